/*
 * Destinations and actions (PDF 32000-1, 12.3.2 and 12.6.4): from a link to a page and a height
 * on it, as that page is displayed.
 *
 *     [ page /XYZ left top zoom ]   [ page /FitH top ]   (chapter.3) -> Names /Dests -> one of
 * these
 *
 * Named destinations are read into a table at the first name that is looked up: documents made
 * with TeX have thousands, and each link would have to search their tree again.
 */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "parsers/pdf/document.h"
#include "parsers/pdf/page_box.h"

/* A destination before its page is known as one: 16 bytes, there may be very many. */
typedef struct target {
    int32_t object; /* of the page; of the destination itself while `unread` */
    int32_t generation; /* -1: `object` is the index of a page instead */
    float left, top; /* NAN: not given */
    bool unread;
} target;

struct quire_destinations {
    GHashTable *named; /* bytes of the name -> index in targets + 1 */
    GArray *targets;
    int last_page; /* whose matrix this is: links of a list often share one */
    quire_matrix matrix;
};

/* ---- explicit destinations ---- */

static float number_at(const quire_object *array, int index)
{
    double value = quire_object_number_at(array, index, NAN);
    return isfinite(value) && fabs(value) < 1e9 ? (float)value : NAN;
}

/* Which elements of an explicit destination are its left and its top (table 151). */
static void read_corner(const quire_object *array, target *t)
{
    static const struct {
        const char *fit;
        int left, top; /* 0: none */
    } table[] = {{"XYZ", 2, 3}, {"FitH", 0, 2}, {"FitBH", 0, 2}, {"FitR", 2, 5}, {"FitV", 2, 0}};
    const char *fit = quire_object_name(quire_object_at(array, 1));
    t->left = t->top = NAN;
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (strcmp(fit, table[i].fit) != 0)
            continue;
        t->left = table[i].left ? number_at(array, table[i].left) : NAN;
        t->top = table[i].top ? number_at(array, table[i].top) : NAN;
    }
}

static bool read_explicit(const quire_object *destination, target *t)
{
    if (quire_object_kind(destination) == QUIRE_OBJECT_DICTIONARY)
        destination = quire_object_find(destination, "D");
    const quire_object *page = quire_object_at_raw(destination, 0);
    int object, generation;
    if (quire_object_reference(page, &object, &generation))
        *t = (target){.object = object, .generation = generation};
    else if (quire_object_kind(page) == QUIRE_OBJECT_INTEGER)
        *t = (target){.object = quire_object_integer(page, 0), .generation = -1};
    else
        return false;
    read_corner(destination, t);
    return true;
}

/* ---- named destinations ---- */

static void add_named(quire_destinations *all, const char *name, size_t size,
                      const quire_object *value)
{
    target t = {.unread = true};
    int object, generation;
    if (quire_object_reference(value, &object, &generation)) {
        t.object = object;
        t.generation = generation;
    } else if (!read_explicit(value, &t)) {
        return;
    }
    g_array_append_val(all->targets, t);
    g_hash_table_insert(all->named, g_bytes_new(name, size), GUINT_TO_POINTER(all->targets->len));
}

static bool add_entry(void *user, const quire_object *key, const quire_object *value)
{
    size_t size;
    const char *name = quire_object_string(key, &size);
    add_named(user, name, size, value);
    return true;
}

static void read_named(quire_pdf *pdf, quire_destinations *all)
{
    size_t mark = quire_objects_mark(pdf->objects);
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *old = quire_object_find(catalog, "Dests");
    for (int i = 0; i < MIN(quire_object_count(old), QUIRE_MAX_PAGES); i++) {
        const char *name = quire_object_key_at(old, i);
        add_named(all, name, strlen(name), quire_object_value_at_raw(old, i));
    }
    const quire_object *names = quire_object_find(catalog, "Names");
    const quire_object *tree = quire_object_find(names, "Dests");
    if (tree)
        quire_tree_walk(pdf, tree, "Names", add_entry, all);
    quire_objects_release(pdf->objects, mark);
}

static void free_bytes(gpointer bytes)
{
    g_bytes_unref(bytes);
}

static quire_destinations *destinations_of(quire_pdf *pdf)
{
    if (!pdf->document->destinations) {
        quire_destinations *fresh = g_new0(quire_destinations, 1);
        fresh->targets = g_array_new(FALSE, FALSE, sizeof(target));
        pdf->document->destinations = fresh;
    }
    return pdf->document->destinations;
}

void quire_destinations_free(quire_destinations *destinations)
{
    if (!destinations)
        return;
    if (destinations->named)
        g_hash_table_unref(destinations->named);
    g_array_unref(destinations->targets);
    g_free(destinations);
}

static bool find_named(quire_pdf *pdf, const char *name, size_t size, target *t)
{
    quire_destinations *all = destinations_of(pdf);
    if (!all->named) {
        all->named = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, free_bytes, NULL);
        read_named(pdf, all);
    }
    g_autoptr(GBytes) key = g_bytes_new_static(name, size);
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(all->named, key));
    if (index == 0)
        return false;
    target *held = &g_array_index(all->targets, target, index - 1);
    if (held->unread && held->generation >= 0) {
        quire_object *value = quire_objects_fetch(pdf->objects, held->object, held->generation);
        if (!read_explicit(value, held))
            *held = (target){.object = -1, .generation = -1};
    }
    *t = *held;
    return true;
}

/* ---- places ---- */

/* Height of (left, top) on page `number` as displayed; 0 where the destination does not say. */
static float height_on(quire_pdf *pdf, int number, const target *t)
{
    if (isnan(t->left) && isnan(t->top))
        return 0;
    quire_destinations *all = destinations_of(pdf);
    if (all->last_page != number) {
        quire_page_source source;
        size_t mark = quire_objects_mark(pdf->objects);
        bool found = quire_page_tree_find(pdf->pages, number, &source);
        all->matrix = found ? quire_page_matrix(&source) : quire_matrix_identity();
        all->last_page = number;
        quire_objects_release(pdf->objects, mark);
    }
    bool upright = all->matrix.b == 0; /* else `left` says how far down the place is */
    if (isnan(upright ? t->top : t->left))
        return 0;
    quire_point at =
        quire_matrix_apply(all->matrix, isnan(t->left) ? 0 : t->left, isnan(t->top) ? 0 : t->top);
    return fmaxf(at.y, 0);
}

static bool settle(quire_pdf *pdf, const target *t, quire_place *place)
{
    int count = quire_page_tree_count(pdf->pages);
    if (t->generation < 0)
        place->page = t->object >= 0 && t->object < count ? t->object + 1 : 0;
    else
        place->page = quire_page_tree_number_of(pdf->pages, t->object);
    if (place->page > 0)
        place->y = height_on(pdf, place->page, t);
    return place->page > 0;
}

bool quire_destination_find(quire_pdf *pdf, const quire_object *destination, quire_place *place)
{
    target t;
    size_t size = 0;
    const char *name = quire_object_name(destination);
    *place = (quire_place){0};
    if (*name)
        size = strlen(name);
    else
        name = quire_object_string(destination, &size);
    if (size > 0 ? !find_named(pdf, name, size, &t) : !read_explicit(destination, &t))
        return false;
    return settle(pdf, &t, place);
}

/* ---- actions ---- */

static bool has_scheme(const char *uri)
{
    size_t length =
        strspn(uri, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
    return length > 1 && uri[length] == ':';
}

/* A URI is ASCII by the letter (12.6.4.7), UTF-8 in the field; relative ones have a base. */
static const char *uri_of(quire_pdf *pdf, const quire_object *action, quire_arena *arena)
{
    size_t size;
    const quire_object *string = quire_object_find(action, "URI");
    const char *bytes = quire_object_string(string, &size);
    const char *uri = g_utf8_validate(bytes, (gssize)size, NULL)
                          ? quire_arena_text(arena, bytes, size)
                          : quire_pdf_line(arena, string);
    if (!uri || !*uri)
        return NULL;
    for (char *c = (char *)uri; *c; c++)
        *c = (unsigned char)*c < 0x20 ? ' ' : *c;
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *settings = has_scheme(uri) ? NULL : quire_object_find(catalog, "URI");
    const char *base = quire_pdf_line(arena, quire_object_find(settings, "Base"));
    return base ? quire_arena_printf(arena, "%s%s", base, uri) : uri;
}

/* The file that a remote go-to action names, by its file specification (7.11). */
static const char *file_of(const quire_object *action, quire_arena *arena)
{
    const quire_object *file = quire_object_find(action, "F");
    if (quire_object_kind(file) == QUIRE_OBJECT_DICTIONARY) {
        const quire_object *unicode = quire_object_find(file, "UF");
        file = unicode ? unicode : quire_object_find(file, "F");
    }
    return quire_pdf_line(arena, file);
}

bool quire_target_find(quire_pdf *pdf, const quire_object *item, quire_arena *arena,
                       quire_place *place)
{
    *place = (quire_place){0};
    const quire_object *destination = quire_object_find(item, "Dest");
    if (destination)
        return quire_destination_find(pdf, destination, place);
    const quire_object *action = quire_object_find(item, "A");
    const char *kind = quire_object_name(quire_object_find(action, "S"));
    if (strcmp(kind, "GoTo") == 0)
        return quire_destination_find(pdf, quire_object_find(action, "D"), place);
    if (strcmp(kind, "URI") == 0)
        place->uri = uri_of(pdf, action, arena);
    else if (strcmp(kind, "GoToR") == 0)
        place->uri = file_of(action, arena);
    return place->uri != NULL;
}
