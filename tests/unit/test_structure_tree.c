/* From marked content to the elements of a structure tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/structuretree.h"

enum { COUNT_OF_NODES = 12 };

/* A heading, a figure in a paragraph, an item with a paragraph, and content of a form. */
static const quire_structure_node nodes[COUNT_OF_NODES] = {
    {.role = "Document", .parent = -1, .mcid = -1, .stream = -1, .language = "de"},
    {.role = "H2", .parent = 0, .page = 1, .mcid = -1, .stream = -1},
    {.role = "MCR", .parent = 1, .page = 1, .mcid = 0, .stream = -1},
    {.role = "P", .parent = 0, .page = 1, .mcid = -1, .stream = -1, .language = "fr"},
    {.role = "MCR", .parent = 3, .page = 1, .mcid = 1, .stream = -1},
    {.role = "Figure", .parent = 3, .page = 1, .mcid = -1, .stream = -1, .alt = "A hive"},
    {.role = "MCR", .parent = 5, .page = 1, .mcid = 2, .stream = -1},
    {.role = "LI", .parent = 0, .page = 1, .mcid = -1, .stream = -1},
    {.role = "P", .parent = 7, .page = 1, .mcid = -1, .stream = -1},
    {.role = "Span", .parent = 8, .page = 1, .mcid = -1, .stream = -1},
    {.role = "MCR", .parent = 9, .page = 1, .mcid = 3, .stream = 17},
    {.role = "MCR", .parent = 9, .page = 2, .mcid = 0, .stream = -1},
};

static const quire_facts facts = {.structure = nodes, .structure_count = COUNT_OF_NODES};

static const quire_tag tags[] = {
    {.name = "H2", .mcid = 0, .stream = -1, .parent = -1},
    {.name = "P", .mcid = 1, .stream = -1, .parent = -1},
    {.name = "Span", .mcid = -1, .stream = -1, .parent = 1},
    {.name = "Artifact", .mcid = -1, .stream = -1, .parent = -1},
    {.name = "Span", .mcid = -1, .stream = -1, .parent = 3},
    {.name = "P", .mcid = 3, .stream = 17, .parent = -1},
    {.name = "P", .mcid = 9, .stream = -1, .parent = -1},
    {.name = "Figure", .mcid = 2, .stream = 40, .parent = -1},
};

static void marked_content_finds_its_leaf(void **state)
{
    (void)state;
    enum { TAGS = sizeof tags / sizeof *tags };
    static const int32_t expected[TAGS] = {2, 4, 4, TAG_ARTIFACT, TAG_ARTIFACT, 10, TAG_UNKNOWN, 6};
    quire_page page = {.number = 1, .tags = tags, .tag_count = TAGS};
    structure_tree *tree = layout_tree_new(&facts);
    int32_t found[TAGS];
    layout_tree_resolve(tree, &page, found);
    for (size_t i = 0; i < TAGS; i++)
        assert_int_equal(found[i], expected[i]);
    page.number = 2; /* where only its first content stands */
    layout_tree_resolve(tree, &page, found);
    assert_int_equal(found[0], 11);
    assert_int_equal(found[1], TAG_UNKNOWN);
    layout_tree_free(tree);
}

static void the_nearest_telling_role_counts(void **state)
{
    (void)state;
    structure_tree *tree = layout_tree_new(&facts);
    tag_element heading = layout_tree_element(tree, 2), item = layout_tree_element(tree, 10);
    tag_element paragraph = layout_tree_element(tree, 4);
    assert_int_equal(heading.kind, TAG_HEADING);
    assert_int_equal(heading.level, 2);
    assert_int_equal(item.kind, TAG_ITEM);
    assert_int_equal(item.node, 7);
    assert_int_equal(paragraph.kind, TAG_PLAIN);
    assert_int_equal(paragraph.node, 3);
    assert_int_equal(layout_tree_element(tree, TAG_ARTIFACT).node, -1);
    layout_tree_free(tree);
}

static void what_is_stated_holds_for_all_below(void **state)
{
    (void)state;
    structure_tree *tree = layout_tree_new(&facts);
    assert_string_equal(layout_tree_language(tree, 2), "de");
    assert_string_equal(layout_tree_language(tree, 6), "fr");
    assert_string_equal(layout_tree_alt(tree, 6), "A hive");
    assert_null(layout_tree_alt(tree, 2));
    assert_null(layout_tree_language(tree, TAG_UNKNOWN));
    layout_tree_free(tree);
}

static void a_file_without_tree_has_none(void **state)
{
    (void)state;
    assert_null(layout_tree_new(NULL));
    assert_null(layout_tree_new(&(quire_facts){.tagged = true}));
    layout_tree_free(NULL);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(marked_content_finds_its_leaf),
        cmocka_unit_test(the_nearest_telling_role_counts),
        cmocka_unit_test(what_is_stated_holds_for_all_below),
        cmocka_unit_test(a_file_without_tree_has_none),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
