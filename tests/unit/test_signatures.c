/*
 * Places to sign on scans that are drawn here, signed or not; stamps, and what is neither.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "ocr/ocr.h"
#include "quire/quire.h"
#include "tests/support/signed_sheet.h"

#define RIGHT_LEAST 0.95

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static GString *convert(PIX *pix, const char *format)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    quire_error error;
    GString *out = g_string_new(NULL);
    assert_int_equal(pixWriteMem(&bytes, &size, pix, IFF_PNG), 0);
    quire_input input = {.bytes = bytes, .size = size, .name = "signed.png"};
    quire_output output = {format, append, out};
    assert_int_equal(quire_convert(&input, NULL, &output, 1, &error), QUIRE_OK);
    lept_free(bytes);
    return out;
}

typedef struct found_field {
    double box[4]; /* pixels */
    bool is_signature, is_signed, is_stamp;
} found_field;

static bool read_field(const char *line, found_field *field)
{
    const char *box = strstr(line, "\"bbox\": [");
    field->is_signature = strstr(line, "\"type\": \"signature\"") != NULL;
    field->is_stamp = strstr(line, "\"type\": \"stamp\"") != NULL;
    field->is_signed = strstr(line, "\"state\": \"selected\"") != NULL;
    if (!(field->is_signature || field->is_stamp) || !box ||
        sscanf(box, "\"bbox\": [%lf, %lf, %lf, %lf]", &field->box[0], &field->box[1],
               &field->box[2], &field->box[3]) != 4)
        return false;
    for (int i = 0; i < 4; i++)
        field->box[i] *= SHEET_DPI / 72.0;
    return true;
}

/* Where a pixel of the sheet is, once that was turned. */
static void turn(const signed_look *look, double *x, double *y)
{
    double angle = look->skew * M_PI / 180, dx = *x - SHEET_WIDTH / 2.0,
           dy = *y - SHEET_HEIGHT / 2.0;
    *x = SHEET_WIDTH / 2.0 + dx * cos(angle) - dy * sin(angle);
    *y = SHEET_HEIGHT / 2.0 + dx * sin(angle) + dy * cos(angle);
}

static bool is_near(const found_field *f, double x, double y, double reach)
{
    return x > f->box[0] - reach && x < f->box[2] + reach && y > f->box[1] - reach &&
           y < f->box[3] + reach;
}

typedef struct tally {
    int right, truth, signatures, stamps, true_stamps, right_stamps;
} tally;

static void count_field(const signed_sheet *s, const signed_look *look, const found_field *field,
                        tally *t)
{
    t->signatures += field->is_signature;
    t->stamps += field->is_stamp;
    for (int i = 0; i < s->s.count && field->is_signature; i++) {
        double x = (s->places[i].x0 + s->places[i].x1) / 2.0, y = s->places[i].y - 15;
        turn(look, &x, &y);
        t->right += is_near(field, x, y, 25) && field->is_signed == s->places[i].is_signed;
    }
    for (int i = 0; i < s->stamp_count && field->is_stamp; i++) {
        double x = s->stamp_x[i], y = s->stamp_y[i];
        turn(look, &x, &y);
        t->right_stamps += is_near(field, x, y, 0);
    }
}

static void check_sheet(const signed_look *look, tally *t)
{
    signed_sheet s = signed_draw(look);
    tally before = *t;
    found_field field;
    GString *json = convert(s.s.pix, "json");
    g_auto(GStrv) lines = g_strsplit(json->str, "\n", -1);
    for (char **line = lines; *line; line++)
        if (read_field(*line, &field))
            count_field(&s, look, &field, t);
    t->truth += s.s.count;
    t->true_stamps += s.stamp_count;
    print_message("seed %u: %d places of %d right, %d found; %d stamps of %d, %d found\n",
                  look->seed, t->right - before.right, s.s.count, t->signatures - before.signatures,
                  t->right_stamps - before.right_stamps, s.stamp_count, t->stamps - before.stamps);
    g_string_free(json, TRUE);
    pixDestroy(&s.s.pix);
}

static void check_sheets(const signed_look *looks, size_t count)
{
    tally t = {0};
    if (!quire_ocr_engine_version())
        skip();
    for (size_t i = 0; i < count; i++)
        check_sheet(&looks[i], &t);
    assert_int_equal(t.signatures, t.truth);
    assert_true(t.right >= RIGHT_LEAST * t.truth);
    assert_int_equal(t.stamps, t.right_stamps);
    assert_true(t.right_stamps >= RIGHT_LEAST * t.true_stamps);
}

static void scans_tell_where_they_are_signed(void **state)
{
    (void)state;
    const signed_look looks[] = {{.seed = 1},
                                 {.seed = 7},
                                 {.seed = 2, .skew = 1.2f},
                                 {.seed = 3, .skew = -0.9f, .noise = 0.002f}};
    check_sheets(looks, sizeof looks / sizeof *looks);
}

static void stamps_are_told_apart(void **state)
{
    (void)state;
    const signed_look looks[] = {{.seed = 4, .stamps = true},
                                 {.seed = 5, .stamps = true, .skew = 0.8f},
                                 {.seed = 6, .stamps = true, .noise = 0.002f}};
    check_sheets(looks, sizeof looks / sizeof *looks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scans_tell_where_they_are_signed),
        cmocka_unit_test(stamps_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
