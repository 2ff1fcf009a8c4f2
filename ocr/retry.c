#include "ocr/retry.h"

#include "ocr/agreement.h"

#define UNSURE 0.80f /* mean confidence of a line that is read again */
#define SURER 0.03f /* that much more, and the new reading is taken */
#define KNOWN 0.1f /* what it adds that all of a reading are known words or numbers */
#define AS_LONG 0.6f /* of the symbols; a reading that lost more is none */

enum { PAD = 4, MOST_RETRIES = 60 };

static int symbols_of(const ocr_word *word)
{
    return (int)(word->end - word->first);
}

float ocr_text_weight(const ocr_text *text, uint32_t first_word, uint32_t end_word)
{
    float sum = 0;
    for (uint32_t i = first_word; i < end_word; i++)
        sum += text->words.items[i].confidence * (float)symbols_of(&text->words.items[i]);
    return sum;
}

static int count_symbols(const ocr_text *text, uint32_t first_word, uint32_t end_word)
{
    int count = 0;
    for (uint32_t i = first_word; i < end_word; i++)
        count += symbols_of(&text->words.items[i]);
    return count;
}

float ocr_text_confidence(const ocr_text *text, uint32_t first_word, uint32_t end_word)
{
    int count = count_symbols(text, first_word, end_word);
    return count > 0 ? ocr_text_weight(text, first_word, end_word) / (float)count : 0;
}

static void empty_words(ocr_text *text, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        text->words.items[i].end = text->words.items[i].first;
}

/* Share of the symbols that stand in words of the dictionary, or in numbers. */
static float share_known(const ocr_text *text, uint32_t first_word, uint32_t end_word)
{
    int known = 0, count = count_symbols(text, first_word, end_word);
    for (uint32_t i = first_word; i < end_word; i++)
        known += text->words.items[i].known ? symbols_of(&text->words.items[i]) : 0;
    return count > 0 ? (float)known / (float)count : 0;
}

/* How good a reading is: how sure, and how much of it are words. */
static float merit(const ocr_text *text, uint32_t first_word, uint32_t end_word)
{
    return ocr_text_confidence(text, first_word, end_word) +
           KNOWN * share_known(text, first_word, end_word);
}

/* Keeps the surer of a line and of what was read since there were `words` words; the latter? */
static bool keep_better(ocr_text *text, size_t line, uint32_t words)
{
    ocr_line old = text->lines.items[line];
    uint32_t end = (uint32_t)text->words.count;
    bool is_longer = (float)count_symbols(text, words, end) >=
                     AS_LONG * (float)count_symbols(text, old.first, old.end);
    bool is_surer = merit(text, words, end) > merit(text, old.first, old.end) + SURER;
    bool is_better = is_longer && is_surer;
    ocr_reading before = {text, old.first, old.end}, after = {text, words, end};
    if (is_better)
        ocr_agreement_mark(text, words, end, before);
    else
        ocr_agreement_mark(text, old.first, old.end, after);
    empty_words(text, is_better ? old.first : words, is_better ? old.end : end);
    return is_better;
}

static BOX *box_of(const ocr_line *line, PIX *pix)
{
    BOX *padded =
        boxCreateValid((l_int32)fmaxf(0, line->box.x0 - PAD), (l_int32)fmaxf(0, line->box.y0 - PAD),
                       (l_int32)quire_box_width(line->box) + 2 * PAD,
                       (l_int32)quire_box_height(line->box) + 2 * PAD);
    BOX *box = padded ? boxClipToRectangle(padded, pixGetWidth(pix), pixGetHeight(pix)) : NULL;
    boxDestroy(&padded);
    return box;
}

static bool is_doubtful(const ocr_text *text, const ocr_line *line)
{
    float confidence = ocr_text_confidence(text, line->first, line->end);
    return confidence > 0 && confidence < UNSURE;
}

bool ocr_retry_is_needed(const ocr_text *text)
{
    for (size_t i = 0; i < text->lines.count; i++)
        if (is_doubtful(text, &text->lines.items[i]))
            return true;
    return false;
}

quire_status ocr_retry_lines(ocr_engine *engine, const ocr_engine_type *type, PIX *soft, int dpi,
                             double deadline, ocr_text *text, ocr_chain *chain, quire_error *error)
{
    quire_status status = QUIRE_OK;
    size_t lines = text->lines.count;
    for (size_t i = 0; i < lines && chain->retried < MOST_RETRIES && status == QUIRE_OK; i++) {
        const ocr_line *line = &text->lines.items[i];
        uint32_t words = (uint32_t)text->words.count;
        BOX *box = is_doubtful(text, line) ? box_of(line, soft) : NULL;
        if (!box)
            continue;
        if (chain->retried++ == 0)
            type->show(engine, soft, dpi);
        status = type->read(engine, OCR_LINE, box, deadline, text, error);
        boxDestroy(&box);
        chain->better += keep_better(text, i, words);
    }
    return status;
}
