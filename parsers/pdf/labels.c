/*
 * Page labels (PDF 32000-1, 12.4.2): the numbers that are printed on the pages, "iv", "A-3".
 *
 *     /Nums [ 0 << /S /r >>  4 << /S /D /P (A-) /St 1 >> ]     pages 1-4: i ii iii iv, then A-1 ...
 */
#include <glib.h>
#include <string.h>

#include "parsers/pdf/document.h"

enum {
    MOST_LETTERS = 20, /* of "AAA..."; a greater number is written in digits */
    MOST_ROMAN = 4999,
};

typedef struct range {
    int32_t page; /* 1-based, its first */
    char style; /* D R r A a; 0: prefix only */
    int32_t first; /* number of its first page */
    const char *prefix; /* in the document's arena; never NULL */
} range;

struct quire_label_ranges {
    GArray *ranges;
};

static bool add_range(void *user, const quire_object *key, const quire_object *value)
{
    quire_pdf *pdf = user;
    int page = quire_object_integer(key, -1), number, generation;
    if (quire_object_reference(value, &number, &generation))
        value = quire_objects_fetch(pdf->objects, number, generation);
    if (page < 0 || quire_object_kind(value) != QUIRE_OBJECT_DICTIONARY)
        return true;
    const char *prefix = quire_pdf_line(pdf->arena, quire_object_find(value, "P"));
    range r = {.page = page + 1,
               .style = *quire_object_name(quire_object_find(value, "S")),
               .first = MAX(quire_object_find_integer(value, "St", 1), 1),
               .prefix = prefix ? prefix : ""};
    GArray *ranges = pdf->document->labels->ranges;
    g_array_append_val(ranges, r);
    return ranges->len < QUIRE_MAX_PAGES;
}

static gint by_page(gconstpointer a, gconstpointer b)
{
    const range *x = a, *y = b;
    return (x->page > y->page) - (x->page < y->page);
}

static void read_ranges(quire_pdf *pdf)
{
    pdf->document->labels = g_new0(quire_label_ranges, 1);
    pdf->document->labels->ranges = g_array_new(FALSE, FALSE, sizeof(range));
    size_t mark = quire_objects_mark(pdf->objects);
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *root = quire_object_find(catalog, "PageLabels");
    if (root)
        quire_tree_walk(pdf, root, "Nums", add_range, pdf);
    quire_objects_release(pdf->objects, mark);
    g_array_sort(pdf->document->labels->ranges, by_page);
}

/* The range that page `number` lies in: the last that begins at or before it. */
static const range *range_of(const GArray *ranges, int number)
{
    guint low = 0, high = ranges->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(ranges, range, middle).page <= number)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &g_array_index(ranges, range, low - 1) : NULL;
}

static void append_roman(GString *out, int number)
{
    static const struct {
        int value;
        const char *digits;
    } table[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        for (; number >= table[i].value; number -= table[i].value)
            g_string_append(out, table[i].digits);
}

/* A to Z, then AA to ZZ, then AAA ... */
static void append_letters(GString *out, int number)
{
    for (int i = 0; i <= (number - 1) / 26; i++)
        g_string_append_c(out, (char)('A' + (number - 1) % 26));
}

static void append_number(GString *out, char style, int64_t number)
{
    gsize begin = out->len;
    bool roman = g_ascii_toupper(style) == 'R', letters = g_ascii_toupper(style) == 'A';
    if (roman && number <= MOST_ROMAN)
        append_roman(out, (int)number);
    else if (letters && number <= 26 * MOST_LETTERS)
        append_letters(out, (int)number);
    else
        g_string_append_printf(out, "%" G_GINT64_FORMAT, number);
    for (char *c = out->str + begin; g_ascii_islower(style) && *c; c++)
        *c = g_ascii_tolower(*c);
}

const char *quire_pdf_label(quire_pdf *pdf, int number, quire_arena *arena)
{
    if (!pdf->document->labels)
        read_ranges(pdf);
    const range *r = range_of(pdf->document->labels->ranges, number);
    if (!r)
        return NULL;
    g_autoptr(GString) label = g_string_new(r->prefix);
    if (r->style && strchr("DRrAa", r->style))
        append_number(label, r->style, (int64_t)r->first + number - r->page);
    return quire_arena_text(arena, label->str, label->len);
}

void quire_label_ranges_free(quire_label_ranges *ranges)
{
    if (!ranges)
        return;
    g_array_unref(ranges->ranges);
    g_free(ranges);
}
