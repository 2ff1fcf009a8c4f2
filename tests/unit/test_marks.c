/*
 * Marks on forms: scans that are drawn here, with crosses, ticks, fills and marks that leave
 * their frame; frames drawn in a page; signs and brackets in its text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "ocr/ocr.h"
#include "quire/quire.h"
#include "tests/support/form_sheet.h"
#include "tests/support/paper.h"

#define F1_LEAST 0.97

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static GString *convert_sheet(const sheet *s, const char *format)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    quire_error error;
    GString *out = g_string_new(NULL);
    assert_int_equal(pixWriteMem(&bytes, &size, s->pix, IFF_PNG), 0);
    quire_input input = {.bytes = bytes, .size = size, .name = "form.png"};
    quire_output output = {format, append, out};
    assert_int_equal(quire_convert(&input, NULL, &output, 1, &error), QUIRE_OK);
    lept_free(bytes);
    return out;
}

/* ---- scans ---- */

typedef struct found_mark {
    double box[4]; /* points */
    bool selected;
} found_mark;

/* Reads a field from its line of the JSON; false: it is nothing to mark. */
static bool read_mark(const char *line, found_mark *mark)
{
    bool choice = strstr(line, "\"type\": \"checkbox\"") || strstr(line, "\"type\": \"radio\"");
    const char *box = strstr(line, "\"bbox\": [");
    mark->selected = strstr(line, "\"state\": \"selected\"") != NULL;
    return choice && box && strstr(line, "\"source\": \"image_omr\"") &&
           sscanf(box, "\"bbox\": [%lf, %lf, %lf, %lf]", &mark->box[0], &mark->box[1],
                  &mark->box[2], &mark->box[3]) == 4;
}

static bool is_at(const found_mark *mark, const sheet_frame *frame)
{
    double scale = SHEET_DPI / 72.0, half = frame->side / 2.0;
    double x = (mark->box[0] + mark->box[2]) / 2 * scale,
           y = (mark->box[1] + mark->box[3]) / 2 * scale;
    return fabs(x - frame->x - half) < half / 2 && fabs(y - frame->y - half) < half / 2;
}

typedef struct tally {
    int right, found, truth;
} tally;

static void count_marks(const sheet *s, const char *json, tally *t)
{
    bool used[SHEET_MARKS] = {false};
    g_auto(GStrv) lines = g_strsplit(json, "\n", -1);
    t->truth += s->count;
    for (char **line = lines; *line; line++) {
        found_mark mark;
        if (!read_mark(*line, &mark))
            continue;
        t->found++;
        for (int i = 0; i < s->count; i++)
            if (!used[i] && is_at(&mark, &s->frames[i]) &&
                mark.selected == (s->frames[i].mark != SHEET_EMPTY)) {
                used[i] = true;
                t->right++;
                break;
            }
    }
}

static void check_sheets(const sheet_look *looks, size_t count)
{
    tally t = {0};
    if (!quire_ocr_engine_version())
        skip();
    for (size_t i = 0; i < count; i++) {
        sheet s = sheet_draw(&looks[i]);
        GString *json = convert_sheet(&s, "json");
        tally before = t;
        count_marks(&s, json->str, &t);
        print_message("seed %u: %d right, %d found, %d true\n", looks[i].seed,
                      t.right - before.right, t.found - before.found, t.truth - before.truth);
        g_string_free(json, TRUE);
        pixDestroy(&s.pix);
    }
    double f1 = 2.0 * t.right / (t.found + t.truth);
    print_message("F1 %.3f\n", f1);
    assert_true(f1 >= F1_LEAST);
}

static void clean_scans_tell_their_marks(void **state)
{
    (void)state;
    const sheet_look looks[] = {
        {.seed = 1}, {.seed = 2, .labels_lead = true}, {.seed = 3, .round = true}};
    check_sheets(looks, 3);
}

static void skewed_scans_tell_their_marks(void **state)
{
    (void)state;
    const sheet_look looks[] = {{.seed = 4, .skew = 1.5f},
                                {.seed = 5, .skew = -2.2f},
                                {.seed = 6, .round = true, .skew = 1}};
    check_sheets(looks, 3);
}

static void noisy_scans_tell_their_marks(void **state)
{
    (void)state;
    const sheet_look looks[] = {{.seed = 7, .noise = 0.002f},
                                {.seed = 8, .noise = 0.004f, .skew = 0.8f},
                                {.seed = 9, .noise = 0.002f, .round = true}};
    check_sheets(looks, 3);
}

static void markdown_shows_them(void **state)
{
    (void)state;
    if (!quire_ocr_engine_version())
        skip();
    sheet s = sheet_draw(&(sheet_look){.seed = 1});
    GString *markdown = convert_sheet(&s, "markdown");
    int marked = 0, shown = 0;
    for (int i = 0; i < s.count; i++)
        marked += s.frames[i].mark != SHEET_EMPTY;
    for (const char *at = markdown->str; (at = strstr(at, "[x] ")); at++)
        shown++;
    assert_int_equal(shown, marked);
    g_string_free(markdown, TRUE);
    pixDestroy(&s.pix);
}

/* ---- drawn and written ---- */

static void draw_square(paper *p, float x, float y, float side)
{
    const quire_box sides[4] = {{x, y, x + side, y},
                                {x, y + side, x + side, y + side},
                                {x, y, x, y + side},
                                {x + side, y, x + side, y + side}};
    for (int i = 0; i < 4; i++) {
        quire_rule *rule = quire_array_push(&p->builder.rules);
        *rule = (quire_rule){.box = sides[i],
                             .width = 1,
                             .colour = 0xFF000000,
                             .tag = -1,
                             .horizontal = i < 2,
                             .stroked = true};
    }
}

static void draw_cross(paper *p, float x, float y, float side)
{
    for (int i = 0; i < 2; i++) {
        quire_drawing *line = quire_array_push(&p->builder.drawings);
        *line = (quire_drawing){.box = {x, y, x + side, y + side},
                                .colour = 0xFF000000,
                                .tag = -1,
                                .segments = 1,
                                .stroked = true};
    }
}

static const quire_field *field_labelled(const quire_document *document, const char *name)
{
    for (size_t i = 0; i < document->fields.count; i++)
        if (document->fields.items[i].label && strcmp(document->fields.items[i].label, name) == 0)
            return &document->fields.items[i];
    return NULL;
}

static void assert_state(const paper *p, const char *name, quire_field_state wanted)
{
    const quire_field *field = field_labelled(p->document, name);
    assert_non_null(field);
    assert_int_equal(field->state, wanted);
    assert_int_equal(field->source, QUIRE_FIELD_OF_TEXT_LAYER);
}

static void assert_says(const paper *p, const char *text)
{
    g_autofree char *content = g_strndup(p->document->content.items, p->document->content.count);
    if (!strstr(content, text))
        fail_msg("'%s' is not in '%s'", text, content);
}

static bool has_item(const paper *p, const char *marker, const char *text)
{
    for (size_t i = 0; i < p->document->elements.count; i++) {
        const quire_element *e = &p->document->elements.items[i];
        if (e->type == QUIRE_LIST_ITEM && quire_text_equal(e->marker, quire_text_of(marker)) &&
            quire_text_equal(e->text, quire_text_of(text)))
            return true;
    }
    return false;
}

static void frames_that_are_drawn_are_read(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 3; i++)
        draw_square(&p, 72, 100 + 30 * (float)i, 10);
    draw_cross(&p, 73, 131, 8);
    paper_write(&p, 90, 109, 10, false, "Alpha one");
    paper_write(&p, 90, 139, 10, false, "Beta two");
    paper_write(&p, 90, 169, 10, false, "Gamma three");
    paper_read(&p);
    assert_state(&p, "Alpha one", QUIRE_STATE_UNSELECTED);
    assert_state(&p, "Beta two", QUIRE_STATE_SELECTED);
    assert_state(&p, "Gamma three", QUIRE_STATE_UNSELECTED);
    assert_true(has_item(&p, "\u2611", "Beta two"));
    assert_int_equal(p.document->audit.lost, 0);
    paper_close(&p);
}

static void cells_and_combs_are_no_frames(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 8; i++)
        draw_square(&p, 172 + 12 * (float)i, 100, 12);
    paper_write(&p, 72, 110, 10, false, "Post code");
    for (int row = 0; row < 4; row++) {
        draw_square(&p, 72, 200 + 18 * (float)row, 18);
        paper_write(&p, 96, 214 + 18 * (float)row, 10, false, "Cell of a table");
    }
    paper_read(&p);
    for (size_t i = 0; i < p.document->fields.count; i++)
        assert_int_not_equal(p.document->fields.items[i].type, QUIRE_FIELD_CHECKBOX);
    paper_close(&p);
}

static void signs_and_brackets_are_read(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "\u2610 Weekly \u2612 Daily");
    paper_write(&p, 72, 130, 10, false, "[ ] Morning [x] Evening");
    paper_write(&p, 72, 160, 10, false, "The function f ( ) and item (x) are prose.");
    paper_read(&p);
    assert_state(&p, "Weekly", QUIRE_STATE_UNSELECTED);
    assert_state(&p, "Daily", QUIRE_STATE_SELECTED);
    assert_state(&p, "Morning", QUIRE_STATE_UNSELECTED);
    assert_state(&p, "Evening", QUIRE_STATE_SELECTED);
    assert_int_equal(p.document->fields.count, 4);
    assert_says(&p, "f ( ) and item (x)");
    paper_close(&p);
}

static void a_column_of_labels_may_lead(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 109, 10, false, "Yes");
    draw_square(&p, 95, 100, 10);
    paper_write(&p, 112, 109, 10, false, "No");
    draw_square(&p, 130, 100, 10);
    draw_cross(&p, 131, 101, 8);
    paper_read(&p);
    assert_state(&p, "Yes", QUIRE_STATE_UNSELECTED);
    assert_state(&p, "No", QUIRE_STATE_SELECTED);
    paper_close(&p);
}

static void a_page_of_frames_ends(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 3000, 3000);
    for (int i = 0; i < 100 * 1000; i++)
        draw_square(&p, (float)(i % 330) * 9, (float)i / 330 * 9, 6);
    paper_write(&p, 72, 109, 10, false, "Boxes");
    double start = quire_clock();
    paper_read(&p);
    assert_true(quire_clock() - start < 20);
    assert_int_equal(p.document->fields.count, 0);
    paper_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_scans_tell_their_marks),
        cmocka_unit_test(skewed_scans_tell_their_marks),
        cmocka_unit_test(noisy_scans_tell_their_marks),
        cmocka_unit_test(markdown_shows_them),
        cmocka_unit_test(frames_that_are_drawn_are_read),
        cmocka_unit_test(cells_and_combs_are_no_frames),
        cmocka_unit_test(signs_and_brackets_are_read),
        cmocka_unit_test(a_column_of_labels_may_lead),
        cmocka_unit_test(a_page_of_frames_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
