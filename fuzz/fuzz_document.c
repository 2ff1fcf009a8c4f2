/*
 * Any bytes as a whole document, through to all outputs at once. A document that is not refused is
 * written, and a failure says what it is in one line.
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "quire/quire.h"

enum { MAX_OUTPUTS = 16 };

static size_t all_outputs(quire_output outputs[MAX_OUTPUTS], size_t *written)
{
    size_t count = 0;
    const quire_format *format;
    for (size_t i = 0; (format = quire_format_at(i)); i++)
        if (format->writes && count < MAX_OUTPUTS)
            outputs[count++] = (quire_output){format->name, count_bytes, written};
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t written = 0;
    quire_output outputs[MAX_OUTPUTS];
    size_t count = all_outputs(outputs, &written);
    quire_input input = {.bytes = data, .size = size, .name = "fuzz"};
    quire_options options = {.words = true,
                             .lines = true,
                             .explain = true,
                             .timeout = 5,
                             .max_pages = 20,
                             .hidden_text = QUIRE_REPORT,
                             .ocr = QUIRE_OCR_OFF};
    quire_error error = {0};
    quire_status status = quire_convert(&input, &options, outputs, count, &error);
    PROMISE(status != QUIRE_INTERNAL);
    PROMISE(status == QUIRE_OK || (error.status == status && error.message[0]));
    PROMISE(!strchr(error.message, '\n'));
    PROMISE(written > 0 || status > QUIRE_PARTIAL);

    quire_inspection inspection = {0};
    status = quire_inspect(&input, &options, &inspection, &error);
    PROMISE(status != QUIRE_INTERNAL);
    return 0;
}
