/* Captions and the figures and tables that they are of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/paper.h"

static void picture(paper *p, float x0, float y0, float x1, float y1)
{
    *quire_array_push(&p->builder.images) =
        (quire_image){.box = {x0, y0, x1, y1}, .width = 64, .height = 64, .bits = 8, .tag = -1};
}

static void prose(paper *p, float x, float y, int lines)
{
    for (int i = 0; i < lines; i++)
        paper_write(p, x, y + 12 * (float)i, 10, false, "the bees of this hive keep the rain off");
}

static const quire_element *nth(const quire_document *document, quire_element_type type, int n)
{
    for (size_t i = 0; i < document->elements.count; i++)
        if (document->elements.items[i].type == type && n-- == 0)
            return &document->elements.items[i];
    return NULL;
}

static quire_text caption_of(const quire_document *document, const quire_element *element)
{
    assert_non_null(element);
    if (element->caption < 0)
        return (quire_text){0};
    const quire_element *caption = &document->elements.items[element->caption];
    assert_int_equal(caption->type, QUIRE_CAPTION);
    return caption->text;
}

static void assert_captioned(const quire_document *document, int figure, const char *text)
{
    quire_text found = caption_of(document, nth(document, QUIRE_FIGURE, figure));
    assert_int_equal(found.size, strlen(text));
    if (found.size > 0)
        assert_memory_equal(found.data, text, found.size);
}

static void binds_the_figure_above(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 400, 600);
    prose(&p, 40, 50, 4);
    picture(&p, 40, 110, 240, 210);
    paper_write(&p, 40, 224, 9, false, "Figure 1. A hive.");
    picture(&p, 40, 240, 240, 340);
    paper_write(&p, 40, 354, 9, false, "Figure 2. Another hive.");
    prose(&p, 40, 400, 4);
    const quire_document *document = paper_read(&p);
    assert_captioned(document, 0, "Figure 1. A hive.");
    assert_captioned(document, 1, "Figure 2. Another hive.");
    const quire_element *caption = nth(document, QUIRE_CAPTION, 1);
    assert_ptr_equal(&document->elements.items[caption->described], nth(document, QUIRE_FIGURE, 1));
    paper_close(&p);
}

static void leaves_alone_what_is_parted(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 400, 600);
    picture(&p, 40, 110, 240, 210);
    prose(&p, 40, 222, 2);
    paper_write(&p, 40, 248, 9, false, "Figure 1. A hive elsewhere.");
    prose(&p, 40, 300, 6);
    const quire_document *document = paper_read(&p);
    assert_captioned(document, 0, "");
    assert_int_equal(nth(document, QUIRE_CAPTION, 0)->described, -1);
    paper_close(&p);
}

static void takes_small_type_below_for_a_caption(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 400, 600);
    prose(&p, 40, 50, 4);
    picture(&p, 40, 110, 240, 210);
    paper_write(&p, 40, 220, 8, false, "The hive that stood behind the school");
    prose(&p, 40, 260, 8);
    const quire_document *document = paper_read(&p);
    assert_captioned(document, 0, "The hive that stood behind the school");
    paper_close(&p);
}

static void shares_one_caption_in_a_row(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 400, 600);
    prose(&p, 40, 50, 4);
    picture(&p, 40, 110, 130, 210);
    picture(&p, 150, 110, 240, 210);
    paper_write(&p, 40, 224, 9, false, "Figure 1. Two hives, before and after the storm.");
    prose(&p, 40, 260, 8);
    const quire_document *document = paper_read(&p);
    assert_captioned(document, 0, "Figure 1. Two hives, before and after the storm.");
    assert_captioned(document, 1, "Figure 1. Two hives, before and after the storm.");
    paper_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binds_the_figure_above),
        cmocka_unit_test(leaves_alone_what_is_parted),
        cmocka_unit_test(takes_small_type_below_for_a_caption),
        cmocka_unit_test(shares_one_caption_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
