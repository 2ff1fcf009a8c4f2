/*
 * Any options over a small good document. The first bytes are flags; the rest is text, a line each:
 * pages, stop_after, password, format.
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "pipeline/pages.h"

static const char document[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R 3 0 R]/Count 3>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F"
    "<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>>>endobj\n"
    "4 0 obj<</Length 30>>stream\nBT /F 9 Tf 9 50 Td (text) Tj ET\nendstream endobj\n"
    "trailer<</Root 1 0 R/Size 5>>\n";

enum { FLAG_BYTES = 8, LINES = 4, LINE_SIZE = 400 };

/* Splits into at most LINES lines; those that are not there stay NULL. */
static void split(const uint8_t *data, size_t size, char storage[LINES][LINE_SIZE],
                  const char *lines[LINES])
{
    size_t line = 0, used = 0;
    for (size_t i = 0; i < size && line < LINES; i++) {
        lines[line] = storage[line];
        if (data[i] == '\n') {
            line++;
            used = 0;
        } else if (used + 1 < LINE_SIZE) {
            storage[line][used++] = (char)data[i];
        }
    }
}

/* A set that was understood gives ascending pages, as many as it says. */
static void promise_ascending(const char *text)
{
    enum { COUNT = 1000 };
    quire_page_set set = {0};
    quire_error error = {0};
    if (quire_page_set_parse(&set, text, &error) == QUIRE_OK) {
        int32_t found = 0;
        for (int32_t page = 0, next; (next = quire_page_set_next(&set, page, COUNT)); page = next) {
            PROMISE(next > page && next <= COUNT);
            found++;
        }
        PROMISE(found == quire_page_set_count(&set, COUNT));
    } else {
        PROMISE(error.message[0] && !strchr(error.message, '\n'));
    }
    quire_page_set_clear(&set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < FLAG_BYTES)
        return 0;
    char storage[LINES][LINE_SIZE] = {{0}};
    const char *lines[LINES] = {0};
    split(data + FLAG_BYTES, size - FLAG_BYTES, storage, lines);
    promise_ascending(lines[0]);
    quire_options options = {
        .pages = lines[0],
        .stop_after = lines[1] && lines[1][0] ? lines[1] : NULL,
        .password = lines[2],
        .headers_footers = data[0] % 4,
        .hidden_text = data[1] % 4,
        .words = data[2] & 1,
        .lines = data[2] & 2,
        .explain = data[2] & 4,
        .timeout = data[3] ? data[3] - 1.0 : 0,
        .page_timeout = data[4] ? data[4] - 1.0 : 0,
        .max_file_size = data[5],
        .max_pages = data[6],
        .ocr = QUIRE_OCR_OFF, /* it would take a second each */
    };
    size_t written = 0;
    quire_output output = {lines[3] ? lines[3] : "json", count_bytes, &written};
    quire_input input = {.bytes = document, .size = sizeof document - 1, .name = "options"};
    quire_error error = {0};
    quire_status status = quire_convert(&input, &options, &output, data[7] != 255, &error);
    PROMISE(status != QUIRE_INTERNAL);
    PROMISE(status == QUIRE_OK || (error.message[0] && !strchr(error.message, '\n')));
    return 0;
}
