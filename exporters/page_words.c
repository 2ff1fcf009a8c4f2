/*
 * The words of a page, sorted into the elements and lines they belong to: what hOCR and ALTO write.
 * A word belongs to the smallest element that its middle lies in. Its line is the element's own
 * line where that is known; in tables, whose lines are not, words that go on to the right on one
 * height make a line. A word that lies in no element stands in a block of its own at the end, so
 * that none is lost.
 */
#include "exporters/inner.h"

typedef struct placed_word {
    const quire_word *word;
    int32_t element; /* INT32_MAX: none */
    uint32_t line;
    uint32_t order;
} placed_word;

static float middle(float a, float b)
{
    return (a + b) / 2;
}

static bool holds(quire_box box, quire_box word)
{
    return quire_box_holds_point(box, middle(word.x0, word.x1), middle(word.y0, word.y1));
}

static int32_t element_of(const quire_export *job, int32_t page, quire_box word)
{
    const quire_document *document = job->document;
    int32_t best = INT32_MAX;
    float least = INFINITY;
    for (size_t i = 0; i < document->elements.count; i++) {
        const quire_element *element = &document->elements.items[i];
        if (element->page != page || element->own_size == 0 || !holds(element->box, word) ||
            element->layer == QUIRE_LAYER_HIDDEN)
            continue;
        float area = quire_box_area(element->box);
        if (area < least) {
            least = area;
            best = (int32_t)i;
        }
    }
    return best;
}

/* The line whose height and width the word lies in, or which is nearest to its middle. */
static uint32_t line_of(const quire_element *element, quire_box word)
{
    uint32_t best = 0;
    float least = INFINITY, x = middle(word.x0, word.x1), y = middle(word.y0, word.y1);
    for (size_t i = 0; i < element->line_count; i++) {
        quire_box box = element->lines[i].box;
        float beside = quire_larger(0, quire_larger(box.x0 - x, x - box.x1));
        float away = fabsf(middle(box.y0, box.y1) - y) + beside;
        if (away < least) {
            least = away;
            best = (uint32_t)i;
        }
    }
    return best;
}

static gint compare_words(gconstpointer a, gconstpointer b)
{
    const placed_word *x = a, *y = b;
    if (x->element != y->element)
        return x->element < y->element ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Does `word` go on in the line of the word before it? */
static bool goes_on(quire_box before, quire_box word)
{
    float height = quire_larger(before.y1 - before.y0, word.y1 - word.y0);
    float drop = fabsf(middle(before.y0, before.y1) - middle(word.y0, word.y1));
    return drop < height / 2 && word.x0 >= before.x0;
}

static void place_words(const quire_export *job, const quire_page_record *page, GArray *placed)
{
    const quire_document *document = job->document;
    const placed_word *last = NULL;
    for (size_t i = 0; i < page->word_count; i++) {
        const quire_word *word = &page->words[i];
        placed_word made = {word, element_of(job, page->page, word->box), 0, (uint32_t)i};
        const quire_element *element =
            made.element == INT32_MAX ? NULL : &document->elements.items[made.element];
        if (element && element->line_count > 0)
            made.line = line_of(element, word->box);
        else if (last && last->element == made.element)
            made.line = last->line + !goes_on(last->word->box, word->box);
        else
            made.line = (uint32_t)i;
        g_array_append_val(placed, made);
        last = &g_array_index(placed, placed_word, placed->len - 1);
    }
    g_array_sort(placed, compare_words);
}

static void begin_line(quire_page_words *words, const placed_word *word)
{
    quire_words_line line = {.box = quire_box_empty(),
                             .first = words->words->len,
                             .element = word->element == INT32_MAX ? -1 : word->element};
    g_array_append_val(words->lines, line);
}

quire_page_words quire_page_words_new(const quire_export *job, const quire_page_record *page)
{
    quire_page_words words = {g_array_new(FALSE, FALSE, sizeof(const quire_word *)),
                              g_array_new(FALSE, FALSE, sizeof(quire_words_line))};
    g_autoptr(GArray) placed =
        g_array_sized_new(FALSE, FALSE, sizeof(placed_word), (guint)page->word_count);
    place_words(job, page, placed);
    for (guint i = 0; i < placed->len; i++) {
        const placed_word *word = &g_array_index(placed, placed_word, i);
        const placed_word *last = i > 0 ? word - 1 : NULL;
        if (!last || last->element != word->element || last->line != word->line)
            begin_line(&words, word);
        quire_words_line *line =
            &g_array_index(words.lines, quire_words_line, words.lines->len - 1);
        line->box = quire_box_union(line->box, word->word->box);
        g_array_append_val(words.words, word->word);
        line->end = words.words->len;
    }
    return words;
}

void quire_page_words_clear(quire_page_words *words)
{
    g_array_unref(words->words);
    g_array_unref(words->lines);
}
