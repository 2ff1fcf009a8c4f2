/*
 * Parts of a page on their side: which ink is taken for one, and that their words come back turned.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "ocr/frames.h"
#include "ocr/sideways.h"
#include "quire/quire.h"
#include "tests/support/written_picture.h"

enum { WIDTH = 1500, HEIGHT = 1600, DPI = 300, UPWARDS = 3, DOWNWARDS = 1 };

/* Lines, turned clockwise by quarters, with their corner at (x, y). */
static void write_at(PIX *page, const char *lines, l_int32 x, l_int32 y, int quarters)
{
    l_int32 rows = 1;
    for (const char *c = lines; *c; c++)
        rows += *c == '\n';
    PIX *upright = written_picture(1200, rows * WRITTEN_PITCH + WRITTEN_MARGIN, lines);
    PIX *turned = pixRotateOrth(upright, quarters);
    pixRasterop(page, x, y, pixGetWidth(turned), pixGetHeight(turned), PIX_SRC & PIX_DST, turned, 0,
                0);
    pixDestroy(&upright);
    pixDestroy(&turned);
}

static PIX *empty_page(void)
{
    PIX *page = pixCreate(WIDTH, HEIGHT, 8);
    pixSetAll(page);
    return page;
}

static void fill(PIX *page, l_int32 x, l_int32 y, l_int32 width, l_int32 height)
{
    pixRasterop(page, x, y, width, height, PIX_CLR, NULL, 0, 0);
}

static void draw_box(PIX *page, l_int32 x, l_int32 y, l_int32 side)
{
    fill(page, x, y, side, 3);
    fill(page, x, y + side - 3, side, 3);
    fill(page, x, y, 3, side);
    fill(page, x + side - 3, y, 3, side);
}

/* ---- what is looked at ---- */

/* Parts in ink of which nothing was read upright; takes the page. */
static size_t parts_in(PIX *page, ocr_part parts[OCR_MOST_PARTS])
{
    ocr_paper paper = {.grey = page, .ink = pixThresholdToBinary(page, 128), .dpi = DPI};
    ocr_text nothing = {0};
    size_t count = ocr_sideways_find(&paper, &nothing, parts);
    ocr_paper_clear(&paper);
    return count;
}

static void assert_no_parts(PIX *page)
{
    ocr_part parts[OCR_MOST_PARTS];
    assert_int_equal(parts_in(page, parts), 0);
}

static void lines_on_their_side_are_found(void **state)
{
    (void)state;
    for (int quarters = DOWNWARDS; quarters <= UPWARDS; quarters += 2) {
        ocr_part parts[OCR_MOST_PARTS];
        PIX *page = empty_page();
        write_at(page, "Kept by the harbour office", 700, 100, quarters);
        assert_int_equal(parts_in(page, parts), 1);
        assert_int_equal(parts[0].lines, 1);
        assert_true(quire_box_height(parts[0].box) > 8 * quire_box_width(parts[0].box));
    }
}

static void lines_beside_each_other_are_one_part(void **state)
{
    (void)state;
    ocr_part parts[OCR_MOST_PARTS];
    PIX *page = empty_page();
    write_at(page, "First line of the note\nsecond line of it\nand the third", 600, 100, UPWARDS);
    assert_int_equal(parts_in(page, parts), 1);
    assert_true(parts[0].lines >= 3);
}

static void upright_lines_are_none(void **state)
{
    (void)state;
    PIX *page = empty_page();
    write_at(page, "Kept by the harbour office\nin a drawer of its own\nuntil it is asked for", 100,
             100, 0);
    assert_no_parts(page);
}

static void columns_of_figures_are_none(void **state)
{
    (void)state;
    PIX *page = empty_page();
    write_at(page, "1\n4\n7\n2\n8\n3\n5\n9", 100, 100, 0);
    write_at(page, "12\n48\n70\n23\n81\n36\n55\n90", 400, 100, 0);
    assert_no_parts(page);
}

/* Set solid: what stands below each other nearly touches, and is as high as it is wide. */
static void figures_set_tightly_are_none(void **state)
{
    (void)state;
    PIX *page = empty_page();
    for (int i = 0; i < 8; i++) {
        PIX *figure = written_picture(200, 130, i % 2 ? "8" : "3");
        pixRasterop(page, 300, 100 + i * 46, 200, 130, PIX_SRC & PIX_DST, figure, 0, 0);
        pixDestroy(&figure);
    }
    assert_no_parts(page);
}

static void bars_rules_and_hatching_are_none(void **state)
{
    (void)state;
    PIX *page = empty_page();
    for (int i = 0; i < 12; i++) {
        fill(page, 100 + 19 * i + i % 3, 100, 4 + i % 4, 200); /* a barcode */
        fill(page, 500, 100 + 19 * i + i % 3, 200, 4 + i % 4); /* one on its side */
        fill(page, 900 + 40 * i, 100, 3, 600); /* rules */
    }
    for (int i = 0; i < 300; i++) /* hatching */
        for (int k = 0; k < 8; k++)
            fill(page, 200 + i, 900 + (i + 37 * k) % 300, 4, 4);
    assert_no_parts(page);
}

static void columns_of_boxes_are_none(void **state)
{
    (void)state;
    PIX *page = empty_page();
    for (int i = 0; i < 12; i++) {
        draw_box(page, 100, 100 + 60 * i, 40);
        draw_box(page, 300, 100 + 52 * i, 40);
        fill(page, 500, 100 + 30 * i, 14, 14); /* a dotted line */
    }
    assert_no_parts(page);
}

/* Words of one ideograph each, down the line, as an engine reads vertical writing. */
static void vertical_writing_is_none(void **state)
{
    (void)state;
    ocr_part parts[OCR_MOST_PARTS];
    PIX *page = empty_page();
    write_at(page, "Kept by the harbour office", 700, 100, UPWARDS);
    ocr_paper paper = {.grey = page, .ink = pixThresholdToBinary(page, 128), .dpi = DPI};
    ocr_text text = {0};
    *quire_array_push(&text.lines) = (ocr_line){.end = 40, .box = {0, 0, WIDTH, HEIGHT}};
    for (uint32_t i = 0; i < 40; i++) {
        quire_box box = {700, 40.0f * (float)i, 800, 40.0f * (float)i + 38};
        *quire_array_push(&text.symbols) = (ocr_symbol){.text = "\u6F22", .box = box};
        *quire_array_push(&text.words) =
            (ocr_word){.first = i, .end = i + 1, .box = box, .confidence = 0.7f};
    }
    assert_int_equal(ocr_sideways_find(&paper, &text, parts), 0);
    for (uint32_t i = 0; i < 40; i++)
        strcpy(text.symbols.items[i].text, "x");
    assert_int_equal(ocr_sideways_find(&paper, &text, parts), 1);
    ocr_text_clear(&text);
    ocr_paper_clear(&paper);
}

/* ---- round letters ---- */

enum { RING = 40, RING_STROKE = 3 };

static void draw_ring(PIX *ink, l_int32 x, l_int32 y)
{
    for (int i = 0; i < RING * RING; i++) {
        float dx = (float)(i % RING) - RING / 2.0f + 0.5f,
              dy = (float)(i / RING) - RING / 2.0f + 0.5f;
        float away = sqrtf(dx * dx + dy * dy);
        if (away <= RING / 2.0f && away > RING / 2.0f - RING_STROKE)
            pixSetPixel(ink, x + i % RING, y + i / RING, 1);
    }
}

/* Frames among four circles, below each of which a stroke `width` long stands `gap` away. */
static size_t frames_beside(l_int32 gap, l_int32 width)
{
    ocr_frame_list frames = {0};
    PIX *ink = pixCreate(400, 600, 1);
    for (int i = 0; i < 4; i++) {
        draw_ring(ink, 150, 40 + 130 * i);
        pixRasterop(ink, 150 + RING / 2 - width / 2, 40 + 130 * i + RING + gap, width, 4, PIX_SET,
                    NULL, 0, 0);
    }
    PIX *mask = ocr_frames_find(ink, 20, &frames);
    size_t count = frames.count;
    pixDestroy(&mask);
    pixDestroy(&ink);
    quire_array_clear(&frames);
    return count;
}

static void round_letters_on_their_side_are_no_bubbles(void **state)
{
    (void)state;
    assert_int_equal(frames_beside(30, RING), 4); /* far from anything */
    assert_int_equal(frames_beside(7, RING), 0); /* an l behind an O */
    assert_int_equal(frames_beside(7, 300), 4); /* a rule below a bubble */
}

/* ---- what is read ---- */

static void skip_without_engine(void)
{
    if (!quire_ocr_engine())
        skip();
}

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

/* What a scan of the page becomes; takes the page. */
static GString *read_page(PIX *page, const char *format)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    pixSetResolution(page, DPI, DPI);
    assert_int_equal(pixWriteMem(&bytes, &size, page, IFF_PNG), 0);
    pixDestroy(&page);
    quire_input input = {.bytes = bytes, .size = size, .name = "sheet.png"};
    quire_options options = {.explain = true, .words = true};
    GString *out = g_string_new(NULL);
    quire_output output = {format, append, out};
    assert_int_equal(quire_convert(&input, &options, &output, 1, NULL), QUIRE_OK);
    lept_free(bytes);
    return out;
}

static PIX *sheet_of_text(void)
{
    PIX *page = empty_page();
    write_at(page, "The keeper of the clock\nwinds it on every Monday\nand writes down the hour",
             250, 0, 0);
    return page;
}

static void a_note_along_the_margin_is_read(void **state)
{
    (void)state;
    skip_without_engine();
    for (int quarters = DOWNWARDS; quarters <= UPWARDS; quarters += 2) {
        PIX *page = sheet_of_text();
        write_at(page, "Copied from the town archive", 20, 300, quarters);
        g_autoptr(GString) json = read_page(page, "json");
        assert_non_null(strstr(json->str, "Copied from the town archive"));
        assert_non_null(strstr(json->str, "winds it on every Monday"));
        assert_non_null(strstr(json->str, "on their side turned and read: 1"));
        assert_non_null(strstr(json->str, "\"quad\""));
    }
}

static void a_table_on_its_side_is_a_table(void **state)
{
    (void)state;
    skip_without_engine();
    PIX *page = sheet_of_text(), *table = pixCreate(1000, 340, 8);
    pixSetAll(table);
    static const char *const cells[3][3] = {
        {"Place", "Boats", "Nets"}, {"Harbour", "128", "304"}, {"Lantern", "256", "512"}};
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++)
            write_at(table, cells[row][column], 330 * column - 20, 105 * row - 30, 0);
    for (int i = 0; i <= 3; i++) {
        fill(table, 5, 8 + 105 * i, 993, 4);
        fill(table, 5 + 330 * i, 8, 4, 319);
    }
    PIX *turned = pixRotateOrth(table, UPWARDS);
    pixRasterop(page, 500, 450, 340, 1000, PIX_SRC, turned, 0, 0);
    pixDestroy(&table);
    pixDestroy(&turned);
    g_autoptr(GString) text = read_page(page, "markdown");
    assert_non_null(strstr(text->str, "| Place | Boats | Nets |"));
    assert_non_null(strstr(text->str, "| Lantern | 256 | 512 |"));
    assert_non_null(strstr(text->str, "winds it on every Monday"));
}

static void figures_below_each_other_stay_upright(void **state)
{
    (void)state;
    skip_without_engine();
    PIX *page = sheet_of_text();
    write_at(page, "First 3\nSecond 8\nThird 5\nFourth 9\nFifth 7\nSixth 4", 250, 400, 0);
    write_at(page, "1\n4\n7\n2\n8\n3", 1100, 400, 0);
    g_autoptr(GString) json = read_page(page, "json");
    assert_non_null(strstr(json->str, "Fourth"));
    assert_null(strstr(json->str, "on their side"));
    assert_null(strstr(json->str, "\"quad\""));
}

static void drawings_become_no_words(void **state)
{
    (void)state;
    skip_without_engine();
    PIX *page = sheet_of_text();
    for (int i = 0; i < 14; i++) {
        draw_box(page, 300, 500 + 46 * i, 40);
        fill(page, 500, 500 + 16 * i + i % 3, 50, 5 + i % 5);
        fill(page, 700 + 10 * (i % 4), 500 + 30 * i, 30, 24);
    }
    g_autoptr(GString) json = read_page(page, "json");
    assert_non_null(strstr(json->str, "winds it on every Monday"));
    assert_null(strstr(json->str, "turned and read"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_on_their_side_are_found),
        cmocka_unit_test(lines_beside_each_other_are_one_part),
        cmocka_unit_test(upright_lines_are_none),
        cmocka_unit_test(columns_of_figures_are_none),
        cmocka_unit_test(figures_set_tightly_are_none),
        cmocka_unit_test(bars_rules_and_hatching_are_none),
        cmocka_unit_test(columns_of_boxes_are_none),
        cmocka_unit_test(vertical_writing_is_none),
        cmocka_unit_test(round_letters_on_their_side_are_no_bubbles),
        cmocka_unit_test(a_note_along_the_margin_is_read),
        cmocka_unit_test(a_table_on_its_side_is_a_table),
        cmocka_unit_test(figures_below_each_other_stay_upright),
        cmocka_unit_test(drawings_become_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
