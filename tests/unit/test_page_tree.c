/* The page tree: order, inheritance, lies about itself; page boxes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/pdf/page_box.h"
#include "tests/support/open_pdf.h"
#include "tests/support/small_pdf.h"

/* Opens a file of objects 1, 2 ... as written in `objects`; object 1 is the catalog. */
static void open_objects(open_pdf *open, small_pdf *pdf, const char *const *objects)
{
    *pdf = small_pdf_begin("1.7");
    for (int number = 1; objects[number - 1]; number++)
        small_pdf_object(pdf, number, "%s", objects[number - 1]);
    open_pdf_init(open, small_pdf_end(pdf, "/Root 1 0 R"));
    assert_non_null(open->pdf.objects);
}

static void close_objects(open_pdf *open, small_pdf *pdf)
{
    open_pdf_close(open);
    small_pdf_clear(pdf);
}

static void assert_page(open_pdf *open, int number, int object)
{
    quire_page_source source;
    assert_true(quire_page_tree_find(open->pdf.pages, number, &source));
    assert_int_equal(source.object, object);
}

static void assert_box(const double box[4], double x0, double y0, double x1, double y1)
{
    assert_float_equal(box[0], x0, 1e-6);
    assert_float_equal(box[1], y0, 1e-6);
    assert_float_equal(box[2], x1, 1e-6);
    assert_float_equal(box[3], y1, 1e-6);
}

static void pages_come_in_the_order_of_the_tree(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 4 /Kids [3 0 R 6 0 R 4 0 R] >>",
        "<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [7 0 R 5 0 R] >>",
        "<< /Type /Page /Parent 2 0 R >>",
        "<< /Type /Page /Parent 3 0 R >>",
        "<< /Type /Page /Parent 2 0 R >>",
        "<< /Type /Page /Parent 3 0 R >>",
        NULL};
    open_pdf open;
    small_pdf pdf;
    open_objects(&open, &pdf, objects);
    assert_int_equal(quire_page_tree_count(open.pdf.pages), 4);
    static const int order[] = {7, 5, 6, 4};
    for (int i = 0; i < 4; i++) {
        assert_page(&open, i + 1, order[i]);
        assert_int_equal(quire_page_tree_number_of(open.pdf.pages, order[i]), i + 1);
    }
    quire_page_source source;
    assert_false(quire_page_tree_find(open.pdf.pages, 0, &source));
    assert_false(quire_page_tree_find(open.pdf.pages, 5, &source));
    assert_int_equal(quire_page_tree_number_of(open.pdf.pages, 3), 0);
    assert_string_equal(open.issues->str, "");
    close_objects(&open, &pdf);
}

static void attributes_come_down_the_tree(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 3 /Kids [3 0 R] /MediaBox [0 0 300 400] /Rotate 90 "
        "/Resources << /Marker /Root >> >>",
        "<< /Type /Pages /Parent 2 0 R /Count 3 /Kids [4 0 R 5 0 R 6 0 R] "
        "/CropBox [10 20 200 300] >>",
        "<< /Type /Page /Parent 3 0 R >>",
        "<< /Type /Page /Parent 3 0 R /MediaBox [100 100 0 0] /Rotate -90 "
        "/Resources 7 0 R >>",
        "<< /Type /Page /Parent 3 0 R /Rotate 45 /CropBox [500 500 600 600] >>",
        "<< /Marker /Own >>",
        NULL};
    open_pdf open;
    small_pdf pdf;
    open_objects(&open, &pdf, objects);
    quire_page_source source;
    assert_true(quire_page_tree_find(open.pdf.pages, 1, &source));
    assert_box(source.media, 0, 0, 300, 400);
    assert_box(source.crop, 10, 20, 200, 300);
    assert_int_equal(source.rotate, 90);
    assert_true(quire_object_is_name(quire_object_find(source.resources, "Marker"), "Root"));
    assert_true(quire_page_tree_find(open.pdf.pages, 2, &source));
    assert_box(source.media, 0, 0, 100, 100);
    assert_box(source.crop, 10, 20, 100, 100);
    assert_int_equal(source.rotate, 270);
    assert_true(quire_object_is_name(quire_object_find(source.resources, "Marker"), "Own"));
    assert_true(quire_page_tree_find(open.pdf.pages, 3, &source));
    assert_box(source.crop, 0, 0, 300, 400); /* it has nothing in common with the media */
    assert_int_equal(source.rotate, 0);
    close_objects(&open, &pdf);
}

/* Resources stay readable however many marks were released since. */
static void direct_resources_outlive_the_walk(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] >>",
        "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [4 0 R] /Resources << /Marker /A >> >>",
        "<< /Type /Page /Parent 3 0 R >>",
        "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [6 0 R] /Resources << /Marker /B >> >>",
        "<< /Type /Page /Parent 5 0 R >>",
        NULL};
    open_pdf open;
    small_pdf pdf;
    open_objects(&open, &pdf, objects);
    for (int round = 0; round < 3; round++) {
        size_t mark = quire_objects_mark(open.pdf.objects);
        quire_page_source source;
        assert_true(quire_page_tree_find(open.pdf.pages, 1, &source));
        assert_true(quire_object_is_name(quire_object_find(source.resources, "Marker"), "A"));
        assert_true(quire_page_tree_find(open.pdf.pages, 2, &source));
        assert_true(quire_object_is_name(quire_object_find(source.resources, "Marker"), "B"));
        quire_objects_release(open.pdf.objects, mark);
    }
    close_objects(&open, &pdf);
}

static void odd_trees_still_give_their_pages(void **state)
{
    (void)state;
    static const struct {
        const char *name, *tree[6];
        int pages; /* what the tree lists */
        int survivors; /* what is there of them */
    } cases[] = {
        {"count too small",
         {"/Count 1 /Kids [3 0 R 4 0 R 5 0 R]", "/Type /Page", "/Type /Page", "/Type /Page"},
         3,
         3},
        {"count too large", {"/Count 99 /Kids [3 0 R]", "/Type /Page"}, 1, 1},
        {"no count", {"/Kids [3 0 R 4 0 R]", "/Type /Page", "/Type /Page"}, 2, 2},
        {"no types", {"/Count 1 /Kids [3 0 R]", "/Kids [4 0 R]", "/Contents 9 0 R"}, 1, 1},
        {"wrong types", {"/Count 1 /Kids [3 0 R]", "/Type /Font"}, 1, 1},
        {"kid is its parent", {"/Count 2 /Kids [2 0 R 3 0 R]", "/Type /Page"}, 1, 1},
        {"kid is the catalog's",
         {"/Count 2 /Kids [3 0 R 4 0 R]", "/Type /Pages /Kids [2 0 R 5 0 R]", "/Type /Page",
          "/Type /Page"},
         2,
         2},
        {"branch listed twice",
         {"/Count 3 /Kids [3 0 R 3 0 R 4 0 R]", "/Kids [5 0 R]", "/Type /Page", "/Type /Page"},
         2,
         2},
        {"lost kid", {"/Count 2 /Kids [3 0 R 9 0 R]", "/Type /Page"}, 2, 1},
        {"direct kid", {"/Count 2 /Kids [<< /Type /Page >> 3 0 R]", "/Type /Page"}, 2, 2},
        {"null kid", {"/Count 2 /Kids [null 3 0 R]", "/Type /Page"}, 1, 1},
        {"no kids", {"/Count 3 /Kids []"}, 0, 0},
        {"kids is a number", {"/Count 3 /Kids 7"}, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_pdf pdf = small_pdf_begin("1.7");
        small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
        for (int k = 0; k < 6 && cases[i].tree[k]; k++)
            small_pdf_object(&pdf, 2 + k, "<< %s >>", cases[i].tree[k]);
        open_pdf open;
        open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
        assert_non_null(open.pdf.objects);
        if (quire_page_tree_count(open.pdf.pages) != cases[i].pages ||
            quire_page_tree_survivors(open.pdf.pages) != cases[i].survivors)
            fail_msg("%s: %d pages, %d survive", cases[i].name,
                     quire_page_tree_count(open.pdf.pages),
                     quire_page_tree_survivors(open.pdf.pages));
        close_objects(&open, &pdf);
    }
}

/* /Count says that all kids are pages, but the second of three is a branch. */
static void a_branch_taken_for_a_page_is_its_first(void **state)
{
    (void)state;
    static const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>",
                                          "<< /Type /Pages /Count 3 /Kids [3 0 R 4 0 R 5 0 R] >>",
                                          "<< /Type /Page >>",
                                          "<< /Type /Pages /Count 1 /Kids [6 0 R] >>",
                                          "<< /Type /Page >>",
                                          "<< /Type /Page >>",
                                          NULL};
    open_pdf open;
    small_pdf pdf;
    open_objects(&open, &pdf, objects);
    assert_int_equal(quire_page_tree_count(open.pdf.pages), 3);
    assert_page(&open, 2, 6);
    assert_non_null(strstr(open.issues->str, "page_tree: "));
    close_objects(&open, &pdf);
}

static void a_tree_without_end_is_left(void **state)
{
    (void)state;
    enum { BRANCHES = 200 };
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    for (int i = 0; i < BRANCHES; i++)
        small_pdf_object(&pdf, 2 + i, "<< /Type /Pages /Kids [%d 0 R %d 0 R] >>", 3 + i,
                         300 + i % 2);
    small_pdf_object(&pdf, 300, "<< /Type /Page >>");
    small_pdf_object(&pdf, 301, "<< /Type /Page >>");
    open_pdf open;
    open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
    assert_in_range(quire_page_tree_count(open.pdf.pages), 1, BRANCHES);
    assert_non_null(strstr(open.issues->str, "too deep"));
    close_objects(&open, &pdf);
}

static void resources_are_looked_for_along_the_parents(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 4 0 R >>",
        "<< /Type /Pages /Parent 5 0 R /Count 0 /Kids [] >>",
        "<< /Type /Pages /Parent 4 0 R /Resources << /Marker /Lost >> >>",
        NULL};
    open_pdf open;
    small_pdf pdf;
    open_objects(&open, &pdf, objects);
    quire_page_source source;
    assert_true(quire_page_tree_find(open.pdf.pages, 1, &source));
    assert_true(quire_object_is_name(quire_object_find(source.resources, "Marker"), "Lost"));
    close_objects(&open, &pdf);
}

static void boxes_are_made_sound(void **state)
{
    (void)state;
    static const struct {
        const char *media;
        double box[4];
    } cases[] = {
        {"[0 0 200 100]", {0, 0, 200, 100}},
        {"[200 100 0 0]", {0, 0, 200, 100}},
        {"[-50 -50 50 50]", {-50, -50, 50, 50}},
        {"[0 0 0 0]", {0, 0, 612, 792}},
        {"[0 0 100 0]", {0, 0, 612, 792}},
        {"[0 0 100]", {0, 0, 612, 792}},
        {"[/a /b /c /d]", {0, 0, 612, 792}},
        {"(none)", {0, 0, 612, 792}},
        {"[0 0 1000000000000 500]", {0, 0, QUIRE_MAX_PAGE_SIDE, 500}},
        {"[999999999999 0 9999999999999 500]", {0, 0, 612, 792}},
        {"[0 0 5 0 R 100]", {0, 0, 250, 100}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_pdf pdf = small_pdf_begin("1.7");
        small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
        small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
        small_pdf_object(&pdf, 3, "<< /Type /Page /MediaBox %s >>", cases[i].media);
        small_pdf_object(&pdf, 5, "250");
        open_pdf open;
        open_pdf_init(&open, small_pdf_end(&pdf, "/Root 1 0 R"));
        quire_page_source source;
        assert_true(quire_page_tree_find(open.pdf.pages, 1, &source));
        const double *box = cases[i].box;
        assert_box(source.media, box[0], box[1], box[2], box[3]);
        close_objects(&open, &pdf);
    }
}

/* The corner of the crop box that is seen top left goes to the origin. */
static void the_matrix_shows_the_page_as_displayed(void **state)
{
    (void)state;
    static const struct {
        int rotate;
        double x, y; /* the corner */
    } cases[] = {{0, 10, 220}, {90, 10, 20}, {180, 110, 20}, {270, 110, 220}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_page_source source = {.crop = {10, 20, 110, 220}, .rotate = cases[i].rotate};
        quire_matrix matrix = quire_page_matrix(&source);
        quire_point corner = quire_matrix_apply(matrix, cases[i].x, cases[i].y);
        assert_float_equal(corner.x, 0, 1e-6);
        assert_float_equal(corner.y, 0, 1e-6);
        quire_box all = quire_matrix_apply_box(matrix, (quire_box){10, 20, 110, 220});
        bool across = cases[i].rotate % 180 != 0;
        assert_float_equal(all.x1, across ? 200 : 100, 1e-6);
        assert_float_equal(all.y1, across ? 100 : 200, 1e-6);
        assert_float_equal(all.x0, 0, 1e-6);
        assert_float_equal(all.y0, 0, 1e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_come_in_the_order_of_the_tree),
        cmocka_unit_test(attributes_come_down_the_tree),
        cmocka_unit_test(direct_resources_outlive_the_walk),
        cmocka_unit_test(odd_trees_still_give_their_pages),
        cmocka_unit_test(a_branch_taken_for_a_page_is_its_first),
        cmocka_unit_test(a_tree_without_end_is_left),
        cmocka_unit_test(resources_are_looked_for_along_the_parents),
        cmocka_unit_test(boxes_are_made_sound),
        cmocka_unit_test(the_matrix_shows_the_page_as_displayed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
