/*
 * Annotations (PDF 32000-1, 12.5): links as links, notes and marks as annotations, and what any of
 * them draws on the page, through the interpreter. The text of a filled form stands there and
 * nowhere else.
 */
#include <string.h>

#include "parsers/pdf/document.h"
#include "parsers/pdf/page_box.h"

enum {
    MAX_ANNOTATIONS = 20 * 1000, /* of a page */
    MAX_QUADS = 200, /* of a link */
    QUAD_NUMBERS = 8,
    /* table 165 */
    FLAG_HIDDEN = 1 << 1,
    FLAG_NO_VIEW = 1 << 5,
};

/* One annotation while it is read. */
typedef struct annotation {
    const quire_object *dictionary;
    const char *subtype;
    double rectangle[4]; /* in default user space */
    quire_box box; /* on the page as displayed */
    bool hidden;
} annotation;

static bool is_one_of(const char *subtype, const char *const *subtypes)
{
    for (; *subtypes; subtypes++)
        if (strcmp(subtype, *subtypes) == 0)
            return true;
    return false;
}

static quire_box box_of(quire_matrix matrix, const double r[4])
{
    quire_point a = quire_matrix_apply(matrix, r[0], r[1]);
    quire_point b = quire_matrix_apply(matrix, r[2], r[3]);
    return (quire_box){fminf(a.x, b.x), fminf(a.y, b.y), fmaxf(a.x, b.x), fmaxf(a.y, b.y)};
}

/* Corners in order; false for what is no rectangle. A rectangle without area is one. */
static bool read_rectangle(const quire_object *array, double r[4])
{
    double n[4];
    if (quire_object_numbers(array, n, 4) < 4)
        return false;
    for (int i = 0; i < 4; i++)
        if (!(fabs(n[i]) < 1e7))
            return false;
    r[0] = fmin(n[0], n[2]);
    r[1] = fmin(n[1], n[3]);
    r[2] = fmax(n[0], n[2]);
    r[3] = fmax(n[1], n[3]);
    return true;
}

/* ---- links ---- */

static void add_link(quire_pdf_page *page, const quire_place *place, quire_box box)
{
    quire_link *link = quire_array_push(&page->builder->links);
    if (link)
        *link = (quire_link){box, place->uri, place->page, place->y};
}

/* A link over several lines has a quadrilateral for each of them (12.5.6.5). */
static int add_quads(quire_pdf_page *page, const annotation *a, const quire_place *place)
{
    const quire_object *array = quire_object_find(a->dictionary, "QuadPoints");
    int count = quire_object_count(array) / QUAD_NUMBERS, added = 0;
    for (int q = 0; q < count && q < MAX_QUADS; q++) {
        quire_box box = quire_box_empty();
        for (int i = 0; i < QUAD_NUMBERS; i += 2) {
            double x = quire_object_number_at(array, q * QUAD_NUMBERS + i, NAN);
            double y = quire_object_number_at(array, q * QUAD_NUMBERS + i + 1, NAN);
            quire_point at = quire_matrix_apply(page->matrix, x, y);
            if (isfinite(at.x) && isfinite(at.y))
                box = quire_box_union(box, (quire_box){at.x, at.y, at.x, at.y});
        }
        /* quads outside the rectangle are to be ignored */
        if (quire_box_is_empty(box) || !quire_box_overlaps(box, a->box))
            continue;
        add_link(page, place, box);
        added++;
    }
    return added;
}

static void read_link(quire_pdf *pdf, quire_pdf_page *page, const annotation *a)
{
    quire_place place;
    if (a->hidden || !quire_target_find(pdf, a->dictionary, page->arena, &place))
        return;
    if (add_quads(page, a, &place) == 0)
        add_link(page, &place, a->box);
}

/* ---- what it draws ---- */

/* The stream of the normal appearance, in the state that is set (12.5.5). */
static const quire_object *appearance_of(const annotation *a)
{
    const quire_object *states = quire_object_find(quire_object_find(a->dictionary, "AP"), "N");
    if (quire_object_kind(states) != QUIRE_OBJECT_DICTIONARY)
        return states;
    const quire_object *state = quire_object_find(a->dictionary, "AS");
    return quire_object_find(states, state ? quire_object_name(state) : "Off");
}

static void draw(quire_pdf *pdf, quire_pdf_page *page, const annotation *a)
{
    static const char *const silent[] = {"Popup", NULL};
    if (a->hidden || is_one_of(a->subtype, silent))
        return;
    const quire_object *appearance = appearance_of(a);
    if (quire_object_kind(appearance) == QUIRE_OBJECT_STREAM)
        quire_pdf_appearance_interpret(pdf, page, appearance, a->rectangle);
}

/* ---- notes and marks ---- */

static void add_annotation(quire_pdf_page *page, const annotation *a)
{
    static const char *const listed_elsewhere[] = {"Link", "Popup", "Widget", "", NULL};
    if (is_one_of(a->subtype, listed_elsewhere))
        return;
    quire_annotation *out = quire_array_push(&page->builder->annotations);
    if (!out)
        return;
    const quire_object *d = a->dictionary;
    *out = (quire_annotation){
        .box = a->box,
        .subtype = quire_arena_text(page->arena, a->subtype, strlen(a->subtype)),
        .contents = quire_pdf_text(page->arena, quire_object_find(d, "Contents")),
        .author = quire_pdf_line(page->arena, quire_object_find(d, "T")),
        .hidden = a->hidden};
}

/* What a reader sees of a field as text: a box is a box, however its mark is drawn; a value that
 * is not drawn is shown by viewers all the same. */
static void show_widget(quire_pdf *pdf, quire_pdf_page *page, const quire_widget *widget)
{
    static const char selected[] = "\u2612", unselected[] = "\u2610";
    bool box = widget->type == QUIRE_WIDGET_CHECKBOX || widget->type == QUIRE_WIDGET_RADIO;
    bool text = widget->type == QUIRE_WIDGET_TEXT || widget->type == QUIRE_WIDGET_CHOICE;
    bool secret = widget->flags & QUIRE_WIDGET_PASSWORD;
    if (widget->flags & QUIRE_WIDGET_HIDDEN)
        return;
    if (box) {
        quire_pdf_replace_glyphs(page, widget->first_glyph);
        bool on = widget->flags & QUIRE_WIDGET_SELECTED;
        quire_pdf_stand_in(pdf, page, widget->box, on ? selected : unselected);
    } else if (text && !secret && widget->value && widget->first_glyph == widget->glyph_end) {
        quire_pdf_stand_in(pdf, page, widget->box, widget->value);
    }
}

/* The frame and the mark that a widget draws are what it says itself: as rules they would be taken
 * for those of a table. */
static void read_widget(quire_pdf *pdf, quire_pdf_page *page, const annotation *a)
{
    quire_page_builder *builder = page->builder;
    size_t glyphs = builder->glyphs.count, rules = builder->rules.count;
    size_t fills = builder->fills.count, drawings = builder->drawings.count;
    draw(pdf, page, a);
    builder->rules.count = rules;
    builder->fills.count = fills;
    builder->drawings.count = drawings;
    quire_widget place = {.box = a->box,
                          .flags = a->hidden ? QUIRE_WIDGET_HIDDEN : 0,
                          .first_glyph = (uint32_t)glyphs,
                          .glyph_end = (uint32_t)builder->glyphs.count};
    const quire_widget *widget = quire_widget_read(pdf, page, a->dictionary, place);
    if (widget)
        show_widget(pdf, page, widget);
}

static void read_annotation(quire_pdf *pdf, quire_pdf_page *page, const quire_object *dictionary)
{
    annotation a = {.dictionary = dictionary};
    if (quire_object_kind(dictionary) != QUIRE_OBJECT_DICTIONARY)
        return;
    int flags = quire_object_find_integer(dictionary, "F", 0);
    const quire_object *layer = quire_object_find_raw(dictionary, "OC");
    a.subtype = quire_object_name(quire_object_find(dictionary, "Subtype"));
    a.hidden = (flags & (FLAG_HIDDEN | FLAG_NO_VIEW)) ||
               (layer && !quire_objects_is_visible(pdf->objects, layer));
    if (!read_rectangle(quire_object_find(dictionary, "Rect"), a.rectangle))
        return;
    a.box = box_of(page->matrix, a.rectangle);
    if (strcmp(a.subtype, "Link") == 0)
        read_link(pdf, page, &a);
    else
        add_annotation(page, &a);
    if (strcmp(a.subtype, "Widget") == 0)
        read_widget(pdf, page, &a);
    else
        draw(pdf, page, &a);
}

void quire_annotations_read(quire_pdf *pdf, quire_pdf_page *page)
{
    const quire_object *array = page->source.annotations;
    int count = quire_object_count(array);
    if (count > MAX_ANNOTATIONS) {
        quire_pdf_issue(pdf, "limit", QUIRE_SEVERE, page->source.number,
                        "%d annotations, of which %d are read", count, MAX_ANNOTATIONS);
        count = MAX_ANNOTATIONS;
    }
    for (int i = 0; i < count; i++) {
        size_t mark = quire_objects_mark(pdf->objects);
        read_annotation(pdf, page, quire_object_at(array, i));
        if (!quire_form_parents_grew(page))
            quire_objects_release(pdf->objects, mark);
    }
    quire_form_parents_free(page);
}
