/*
 * A document to try things with. Its font is not embedded, so that Poppler must know its widths
 * and look for what stands in for it.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/wire.h"

static const char trial[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 46>>stream\n"
    "BT /F 24 Tf 40 100 Td (Quire is well.) Tj ET  \n"
    "endstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "xref\n0 6\n"
    "0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    "0000000214 00000 n \n0000000307 00000 n \n"
    "trailer<</Size 6/Root 1 0 R>>\nstartxref\n369\n%%EOF\n";

quire_bytes quire_trial_document(void)
{
    return (quire_bytes){(const uint8_t *)trial, sizeof trial - 1};
}

static bool swallow(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    return size > 0;
}

static const double SECONDS = 60.0; /* for a trial; what a run gives may be less than a start */

/* Languages that are asked for must be there, which only a page that is recognised shows. */
static quire_options trial_options(const quire_options *options)
{
    quire_options tried = *options;
    if (options->languages && options->ocr != QUIRE_OCR_OFF)
        tried.ocr = QUIRE_OCR_FORCE;
    tried.max_file_size = 0;
    tried.timeout = tried.page_timeout = SECONDS;
    return tried;
}

/* Of ranges of pages only the form is judged: documents that are longer may have them. */
static quire_status judge(quire_status status, quire_error *error)
{
    bool is_good = status <= QUIRE_PARTIAL || strcmp(error->stage, "pages") == 0;
    if (is_good) {
        quire_error_clear(error);
        return QUIRE_OK;
    }
    error->page = 0;
    if (status == QUIRE_USAGE || status == QUIRE_MISSING)
        return status;
    quire_error why = *error;
    quire_error_clear(error);
    return quire_fail(error, status, "options", 0,
                      "not even a trial document can be read with these options: %.150s",
                      why.message);
}

quire_status quire_trial_check(const quire_isolation *isolation, const quire_options *options,
                               const char *const *formats, size_t format_count, quire_error *error)
{
    quire_output outputs[WIRE_FORMATS] = {{0}};
    quire_options tried = trial_options(options);
    quire_isolated *worker = quire_isolated_new(isolation);
    int document = memfd_create("quire-trial", MFD_CLOEXEC);
    quire_input input = {.path = "trial", .descriptor = &document, .name = "trial"};
    for (size_t i = 0; i < format_count && i < WIRE_FORMATS; i++)
        outputs[i] = (quire_output){formats[i], swallow, NULL};
    bool is_written = write(document, trial, sizeof trial - 1) == (ssize_t)sizeof trial - 1 &&
                      lseek(document, 0, SEEK_SET) == 0;
    quire_status status =
        is_written ? quire_isolated_convert(worker, &input, &tried, outputs, format_count, error)
                   : QUIRE_OK;
    quire_isolated_free(worker);
    close(document);
    return judge(status, error);
}
