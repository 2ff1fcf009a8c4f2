/*
 * quire diff: what became of the elements of one JSON in another. Elements are matched by id, then
 * by their text, then by their place; what is left of the first one was lost, unless its text goes
 * on within others.
 *
 *     A                        B
 *     heading 1 "Hives"   ->   heading 2 "Hives"         level: 1 to 2
 *     paragraph "A hive"  ->   (page 2)                  moved
 *     paragraph "Boxes."  ->   paragraph "Boxed."        changed
 *     paragraph "Smoke"                                  lost
 */
#include "cli/cli.h"

#include <jansson.h>
#include <string.h>

typedef struct diff_element {
    const json_t *json;
    const char *id, *type, *text;
    int level, page;
    double box[4];
    struct diff_element *other; /* what it became, or was */
} diff_element;

typedef struct diff_side {
    json_t *document;
    diff_element *elements;
    size_t count;
    GHashTable *words; /* of the content: word -> how often */
} diff_side;

typedef struct difference {
    diff_side a, b;
    GString *out;
    int moved, changed, relevelled, retyped, lost, added;
} difference;

/* A table of pages counts its elements; holders of others are left out, which have their text. */
static bool is_compared(const json_t *element)
{
    const char *type = json_string_value(json_object_get(element, "type"));
    const char *text = json_string_value(json_object_get(element, "text"));
    return type && text && *text && strcmp(type, "list") != 0;
}

static void count_words(GHashTable *words, const char *text)
{
    g_auto(GStrv) parts = g_regex_split_simple("\\s+", text, 0, 0);
    for (char **part = parts; *part; part++) {
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(words, *part));
        if (**part)
            g_hash_table_replace(words, g_strdup(*part), GUINT_TO_POINTER(count + 1));
    }
}

static int open_side(diff_side *side, const char *path)
{
    json_error_t error;
    side->document = json_load_file(path, 0, &error);
    const json_t *elements = json_object_get(side->document, "elements"), *element;
    const char *content = json_string_value(json_object_get(side->document, "content"));
    if (!side->document || !json_is_array(elements) || !content) {
        cli_usage_error("%s: %s", path,
                        side->document ? "is not a document of quire -t json" : error.text);
        return side->document || error.line > 0 ? cli_exit_of(QUIRE_MALFORMED) : CLI_EXIT_IO;
    }
    side->elements = g_new0(diff_element, json_array_size(elements) + 1);
    side->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    count_words(side->words, content);
    size_t index;
    json_array_foreach(elements, index, element)
    {
        if (!is_compared(element))
            continue;
        diff_element *made = &side->elements[side->count++];
        *made = (diff_element){
            .json = element,
            .id = json_string_value(json_object_get(element, "id")),
            .type = json_string_value(json_object_get(element, "type")),
            .text = json_string_value(json_object_get(element, "text")),
            .level = (int)json_integer_value(json_object_get(element, "level")),
            .page = (int)json_integer_value(json_object_get(element, "page")),
        };
        for (size_t i = 0; i < 4; i++)
            made->box[i] = json_number_value(json_array_get(json_object_get(element, "bbox"), i));
    }
    return CLI_EXIT_OK;
}

static void close_side(diff_side *side)
{
    json_decref(side->document);
    g_free(side->elements);
    if (side->words)
        g_hash_table_unref(side->words);
}

/* ---- matching ---- */

static void bind(diff_element *a, diff_element *b)
{
    a->other = b;
    b->other = a;
}

/* Binds what agrees in the key that `key_of` makes; of several equal ones the first free one. */
static void bind_equal(difference *d, const char *(*key_of)(const diff_element *element))
{
    g_autoptr(GHashTable) free_ones = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = d->b.count; i-- > 0;) {
        if (!d->b.elements[i].other && key_of(&d->b.elements[i]))
            g_hash_table_replace(free_ones, (gpointer)key_of(&d->b.elements[i]), &d->b.elements[i]);
    }
    for (size_t i = 0; i < d->a.count; i++) {
        diff_element *a = &d->a.elements[i];
        diff_element *b = a->other || !key_of(a) ? NULL : g_hash_table_lookup(free_ones, key_of(a));
        if (b && !b->other)
            bind(a, b);
    }
}

static const char *by_id(const diff_element *element)
{
    return element->id;
}

static const char *by_text(const diff_element *element)
{
    return element->text;
}

/* Part of the smaller one's place that both share. */
static double shared_place(const diff_element *a, const diff_element *b)
{
    double width = MIN(a->box[2], b->box[2]) - MAX(a->box[0], b->box[0]);
    double height = MIN(a->box[3], b->box[3]) - MAX(a->box[1], b->box[1]);
    double area = MIN((a->box[2] - a->box[0]) * (a->box[3] - a->box[1]),
                      (b->box[2] - b->box[0]) * (b->box[3] - b->box[1]));
    return a->page == b->page && width > 0 && height > 0 && area > 0 ? width * height / area : 0;
}

/* What stands where it stood, for the most part, is what it became. */
static void bind_places(difference *d)
{
    for (size_t i = 0; i < d->a.count; i++) {
        diff_element *a = &d->a.elements[i], *best = NULL;
        double most = 0.5;
        for (size_t k = 0; k < d->b.count && !a->other; k++) {
            diff_element *b = &d->b.elements[k];
            double shared = b->other ? 0 : shared_place(a, b);
            if (shared > most) {
                most = shared;
                best = b;
            }
        }
        if (best)
            bind(a, best);
    }
}

/* ---- telling ---- */

static void append_short(GString *out, const char *text)
{
    enum { SHOWN = 60 };
    glong length = g_utf8_strlen(text, -1);
    g_autofree char *part = g_utf8_substring(text, 0, MIN(length, SHOWN));
    g_strdelimit(part, "\n\t", ' ');
    g_string_append_printf(out, "\"%s%s\"", part, length > SHOWN ? "..." : "");
}

static void tell(difference *d, const char *what, const diff_element *element)
{
    g_string_append_printf(d->out, "%-8s page %d, %s ", what, element->page, element->type);
    append_short(d->out, element->text);
}

/* Words of `text` that the other side has less often than the side it is of. */
static int missing_words(const difference *d, const char *text)
{
    int missing = 0;
    g_auto(GStrv) parts = g_regex_split_simple("\\s+", text, 0, 0);
    for (char **part = parts; *part; part++) {
        guint before = GPOINTER_TO_UINT(g_hash_table_lookup(d->a.words, *part));
        guint after = GPOINTER_TO_UINT(g_hash_table_lookup(d->b.words, *part));
        missing += **part && after < before;
    }
    return missing;
}

static void compare_bound(difference *d, const diff_element *a)
{
    const diff_element *b = a->other;
    if (strcmp(a->type, b->type) != 0) {
        tell(d, "type", a);
        g_string_append_printf(d->out, ": %s to %s\n", a->type, b->type);
        d->retyped++;
    } else if (a->level != b->level) {
        tell(d, "level", a);
        g_string_append_printf(d->out, ": %d to %d\n", a->level, b->level);
        d->relevelled++;
    }
    if (a->page != b->page || (strcmp(a->id, b->id) != 0 && shared_place(a, b) < 0.5)) {
        tell(d, "moved", a);
        g_string_append_printf(d->out, ": to page %d\n", b->page);
        d->moved++;
    }
    if (strcmp(a->text, b->text) == 0)
        return;
    int missing = missing_words(d, a->text);
    tell(d, missing ? "lost" : "changed", a);
    if (missing)
        g_string_append_printf(d->out, ": %d of its words", missing);
    g_string_append(d->out, ", now ");
    append_short(d->out, b->text);
    g_string_append_c(d->out, '\n');
    d->lost += missing > 0;
    d->changed += missing == 0;
}

static void compare_all(difference *d)
{
    for (size_t i = 0; i < d->a.count; i++) {
        const diff_element *a = &d->a.elements[i];
        int missing = a->other ? 0 : missing_words(d, a->text);
        if (a->other) {
            compare_bound(d, a);
        } else if (missing > 0) {
            tell(d, "lost", a);
            g_string_append_printf(d->out, ": %d words\n", missing);
            d->lost++;
        } else {
            tell(d, "changed", a);
            g_string_append(d->out, ": its text stands in others\n");
            d->changed++;
        }
    }
    for (size_t i = 0; i < d->b.count; i++) {
        if (d->b.elements[i].other)
            continue;
        tell(d, "added", &d->b.elements[i]);
        g_string_append_c(d->out, '\n');
        d->added++;
    }
}

static int compare(difference *d)
{
    bind_equal(d, by_id);
    bind_equal(d, by_text);
    bind_places(d);
    compare_all(d);
    g_string_append_printf(d->out, "%d lost, %d changed, %d moved, %d levels, %d types, %d added\n",
                           d->lost, d->changed, d->moved, d->relevelled, d->retyped, d->added);
    int code = cli_print(d->out);
    return code == CLI_EXIT_OK && d->lost > 0 ? CLI_EXIT_FALSE : code;
}

int cli_diff(const cli_options *options)
{
    if (options->operand_count != 2)
        return cli_usage_error("name two documents of quire -t json");
    difference d = {.out = g_string_new(NULL)};
    int code = open_side(&d.a, options->operands[0]);
    if (code == CLI_EXIT_OK)
        code = open_side(&d.b, options->operands[1]);
    if (code == CLI_EXIT_OK)
        code = compare(&d);
    close_side(&d.a);
    close_side(&d.b);
    g_string_free(d.out, TRUE);
    return code;
}
