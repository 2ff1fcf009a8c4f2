/*
 * One page from its content streams to the frozen evidence: geometry, budgets, the run, and what
 * is done once all content is read.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <glib.h>
#include <string.h>

#include "parsers/pdf/normalise.h"
#include "parsers/pdf/page_box.h"
#include "parsers/pdf/page_tree.h"

enum { SCRATCH_KEPT = 4 * 1024 * 1024 };

quire_interpreter *quire_interpreter_of(quire_pdf *pdf)
{
    if (!pdf->interpreter) {
        quire_interpreter *in = g_new0(quire_interpreter, 1);
        pdf->interpreter = in;
        in->pdf = pdf;
        in->scratch = quire_arena_new(0);
        in->scratch_start = quire_arena_position(in->scratch);
        in->marks.ceiling = 1 << 16;
        in->pool.ceiling = QUIRE_MAX_STREAM_BYTES;
        in->grounds.ceiling = 4 * QUIRE_MAX_SHAPES;
        quire_page_builder_init(&in->builder);
        quire_operators_index(in);
        quire_spaces_init(in);
        quire_fonts_init(in);
    }
    return pdf->interpreter;
}

void quire_interpreter_free(quire_interpreter *in)
{
    if (!in) {
        return;
    }
    quire_fonts_clear(in);
    quire_spaces_clear(in);
    quire_page_builder_clear(&in->builder);
    quire_arena_free(in->scratch);
    quire_array_clear(&in->grounds);
    quire_array_clear(&in->accents);
    quire_array_clear(&in->states);
    quire_array_clear(&in->pool);
    quire_array_clear(&in->elements);
    quire_array_clear(&in->path);
    quire_array_clear(&in->marks);
    quire_stream_bytes_clear(&in->content);
    quire_stream_bytes_clear(&in->form_content);
    g_free(in);
}

/* ---- budgets ---- */

void quire_interpreter_stop(quire_interpreter *in, const char *what)
{
    in->stopped = true;
    if (in->page->status == QUIRE_OK) {
        in->page->status = QUIRE_LIMIT;
        in->page->message = what;
        quire_pdf_issue(in->pdf, "limit", QUIRE_SEVERE, in->page->number,
                        "%s: the page is read up to there", what);
    }
}

bool quire_interpreter_in_time(quire_interpreter *in)
{
    if (!in->stopped && quire_clock() > in->deadline) {
        quire_interpreter_stop(in, "time for one page used up");
    }
    return !in->stopped;
}

static void begin_budgets(quire_interpreter *in)
{
    double seconds = in->pdf->options.page_timeout;
    in->operators_left = QUIRE_MAX_OPERATORS;
    in->until_clock = QUIRE_OPERATORS_PER_CLOCK;
    in->deadline = quire_clock() + (seconds > 0 ? seconds : QUIRE_PAGE_SECONDS);
    if (in->pdf->options.deadline > 0) {
        in->deadline = fmin(in->deadline, in->pdf->options.deadline);
    }
    in->bytes_left = QUIRE_MAX_PAGE_BYTES;
    in->path_points_left = QUIRE_MAX_PATH_POINTS;
    in->stopped = in->damaged = false;
}

/* ---- geometry ---- */

static float side_of(double from, double to, double unit)
{
    double side = fabs(to - from) * unit;
    return side < QUIRE_MAX_PAGE_SIDE ? (float)side : QUIRE_MAX_PAGE_SIDE;
}

static void set_geometry(const quire_page_source *source, quire_page *page)
{
    double unit = quire_page_user_unit(source->dictionary);
    float width = side_of(source->crop[0], source->crop[2], unit);
    float height = side_of(source->crop[1], source->crop[3], unit);
    bool lying = source->rotate == 90 || source->rotate == 270;
    page->width = lying ? height : width;
    page->height = lying ? width : height;
    page->rotate = (int16_t)source->rotate;
    page->user_unit = (float)unit;
}

/* ---- the page ---- */

static void begin_page(quire_interpreter *in, quire_arena *arena, quire_page *out)
{
    if (quire_arena_held(in->scratch) > SCRATCH_KEPT) {
        quire_arena_clear(in->scratch);
    } else {
        quire_arena_reset(in->scratch, in->scratch_start);
    }
    quire_page_builder_reset(&in->builder);
    in->arena = arena;
    in->page = out;
    in->page_serial++;
    in->mark = quire_objects_mark(in->pdf->objects);
    in->xobjects = in->names = (quire_table){0};
    in->grounds.count = in->accents.count = in->path.count = in->marks.count = 0;
    in->pool.count = in->elements.count = 0;
    in->tag = in->stream = -1;
    in->hidden = in->actual = 0;
    in->depth = 0;
    in->annotation = in->clip_pending = false;
    in->state_floor = in->mark_floor = in->lost_saves = 0;
    quire_fonts_trim(in);
    begin_budgets(in);
}

bool quire_pdf_page_begin(quire_pdf *pdf, int number, quire_arena *arena, quire_page *out,
                          quire_pdf_page *page)
{
    quire_interpreter *in = quire_interpreter_of(pdf);
    *out = (quire_page){.number = number, .user_unit = 1, .text = ""};
    pdf->page = number;
    begin_page(in, arena, out);
    *page = (quire_pdf_page){.builder = &in->builder, .arena = arena, .page = out};
    if (!quire_page_tree_find(pdf->pages, number, &page->source)) {
        out->status = QUIRE_MALFORMED;
        out->message = "the page is listed in the page tree, but its object is lost";
        quire_objects_release(pdf->objects, in->mark);
        return false;
    }
    set_geometry(&page->source, out);
    page->matrix = quire_page_matrix(&page->source);
    in->page_box = (quire_box){0, 0, out->width, out->height};
    return true;
}

static void note_damage(quire_interpreter *in)
{
    if (in->content.damaged && !in->damaged) {
        in->damaged = true;
        quire_pdf_issue(in->pdf, "damaged_stream", QUIRE_SEVERE, in->page->number,
                        "a content stream is damaged: read up to there");
    }
}

static void read_stream(quire_interpreter *in, const quire_object *stream)
{
    size_t before = in->content.size;
    size_t ceiling =
        in->bytes_left < QUIRE_MAX_STREAM_BYTES ? in->bytes_left : QUIRE_MAX_STREAM_BYTES;
    quire_object_read_stream(stream, ceiling, &in->content);
    in->bytes_left -= in->content.size - before;
    note_damage(in);
    if (in->content.cut) {
        quire_interpreter_stop(in, "content streams too large");
    }
}

/* Streams of an array are one, with white space between them (7.8.2). */
static void read_contents(quire_interpreter *in, const quire_object *contents)
{
    in->content.size = 0;
    in->content.damaged = in->content.cut = false;
    if (quire_object_kind(contents) != QUIRE_OBJECT_ARRAY) {
        read_stream(in, contents);
        return;
    }
    int count = quire_object_count(contents);
    for (int i = 0; i < count && !in->stopped; i++) {
        size_t mark = quire_objects_mark(in->pdf->objects);
        read_stream(in, quire_object_at(contents, i));
        quire_objects_release(in->pdf->objects, mark);
        quire_stream_bytes_put(&in->content, '\n');
    }
}

void quire_pdf_page_interpret(quire_pdf *pdf, quire_pdf_page *page)
{
    quire_interpreter *in = pdf->interpreter;
    read_contents(in, page->source.contents);
    in->stopped = false; /* what was inflated is run, even when it is not all */
    quire_state_init(in, page->matrix);
    quire_resources *resources = quire_resources_new(in, page->source.resources, NULL);
    quire_interpreter_run(in, (quire_bytes){in->content.data, in->content.size}, resources);
}

/* ---- annotations ---- */

/* The matrix that fits the transformed box of the appearance into the rectangle (12.5.5). */
static quire_matrix fit(const quire_xobject *form, const double rectangle[4])
{
    const double *b = form->box;
    quire_box box = quire_matrix_apply_box(
        form->matrix, (quire_box){(float)fmin(b[0], b[2]), (float)fmin(b[1], b[3]),
                                  (float)fmax(b[0], b[2]), (float)fmax(b[1], b[3])});
    double x0 = fmin(rectangle[0], rectangle[2]), x1 = fmax(rectangle[0], rectangle[2]);
    double y0 = fmin(rectangle[1], rectangle[3]), y1 = fmax(rectangle[1], rectangle[3]);
    double width = quire_box_width(box), height = quire_box_height(box);
    double across = width > 0 ? (x1 - x0) / width : 1, up = height > 0 ? (y1 - y0) / height : 1;
    return (quire_matrix){across, 0, 0, up, x0 - box.x0 * across, y0 - box.y0 * up};
}

void quire_pdf_appearance_interpret(quire_pdf *pdf, quire_pdf_page *page,
                                    const quire_object *appearance, const double rectangle[4])
{
    quire_interpreter *in = pdf->interpreter;
    if (in->stopped) {
        return;
    }
    quire_xobject form = {.kind = QUIRE_XOBJECT_FORM, .object = -1, .stream = appearance};
    quire_resources *none = quire_resources_new(in, NULL, NULL);
    in->resources = none;
    if (quire_object_kind(appearance) != QUIRE_OBJECT_STREAM || !quire_form_load(in, &form)) {
        return;
    }
    quire_state_init(in, quire_matrix_multiply(fit(&form, rectangle), page->matrix));
    in->annotation = true;
    quire_form_run(in, &form);
    in->annotation = false;
}

void quire_pdf_page_finish(quire_pdf *pdf, quire_pdf_page *page)
{
    quire_interpreter *in = pdf->interpreter;
    quire_page *out = page->page;
    quire_normalise(in);
    if (out->status == QUIRE_OK && quire_page_builder_is_full(&in->builder)) {
        out->status = QUIRE_LIMIT;
        out->message = "too many things on one page";
    }
    out->fonts = in->font_facts;
    out->font_count = in->font_count;
    quire_page_builder_freeze(&in->builder, page->arena, out);
    quire_objects_release(pdf->objects, in->mark);
}
