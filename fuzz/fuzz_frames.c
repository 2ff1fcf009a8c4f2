/*
 * What a worker that was taken over may send, and leave in the memory that it shares: packets of a
 * kind, a number, two bytes of size and their payload; what is left over is its crash record.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "batch/document.h"
#include "fuzz/fuzz.h"

enum { HEAD = 4, MOST_FRAMES = 64 };

static const char *const formats[] = {"markdown"};
static const quire_batch_options options = {.formats = formats, .format_count = 1};

static size_t take_frame(document_plan *plan, batch_document *document, batch_frame *frame,
                         const uint8_t *data, size_t size)
{
    size_t payload = MIN((size_t)(data[2] | data[3] << 8), size - HEAD);
    frame->kind = data[0];
    frame->number = data[1];
    frame->size = (uint32_t)payload;
    memcpy(frame->bytes, data + HEAD, payload);
    if (frame->kind == FRAME_RESULT && payload >= sizeof(frame_result)) {
        frame_result result;
        memcpy(&result, frame->bytes, sizeof result);
        document_answered(document, plan, &result);
        PROMISE(strlen(document->error.message) < sizeof document->error.message);
        PROMISE(strcmp(ledger_state_name(document->row.state), "unknown") != 0);
    } else {
        document_take(document, frame);
    }
    return HEAD + payload;
}

static void promise_death(batch_document *document, const uint8_t *data, size_t size)
{
    crash_record record = {0};
    worker_death death = {.signal = 11};
    memcpy(&record, data, MIN(size, sizeof record));
    crash_signature(&record, death.signal, death.signature);
    crash_describe(&record, death.signal, death.description);
    PROMISE(strlen(death.signature) == 16);
    PROMISE(strlen(death.description) < sizeof death.description);
    death.page = record.signal;
    for (int i = 0; i < 40; i++)
        if (document_broke(document, &death, i % 3 == 0) == DOCUMENT_OVER)
            return;
    PROMISE(!"a document that always breaks its worker comes to an end");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *folder = g_dir_make_tmp("quire-fuzz-XXXXXX", NULL);
    g_autofree batch_frame *frame = g_new(batch_frame, 1);
    g_autofree char *own = g_build_filename(folder, ".quire", NULL);
    quire_error error = {0};
    document_plan plan = {.options = &options, .extensions = {".md"}};
    plan.store = store_open(folder, "fuzz", &error);
    source_item item = {.path = g_strdup("a.pdf"), .file = g_strdup("a.pdf")};
    batch_document *document = document_new(&item);
    wire_request request;
    document_begin(document, &plan, &request);
    size_t at = 0;
    for (int i = 0; i < MOST_FRAMES && size - at >= HEAD && data[at] != 0; i++)
        at += take_frame(&plan, document, frame, data + at, size - at);
    promise_death(document, data + at, size - at);
    document_free(document);
    store_close(plan.store);
    g_rmdir(own);
    g_rmdir(folder);
    return 0;
}
