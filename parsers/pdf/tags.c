/*
 * The structure tree of a tagged PDF (PDF 32000-1, 14.7 and 14.8), as a flat list with parents
 * before children.
 *
 *     StructTreeRoot -K-> Document -K-> [ H1 -K-> 0            marked content 0 of page /Pg
 *                                         P  -K-> [ 1 Link ]   and so on
 *                                         Sect -K-> ... ]
 *
 * Content is a node of its own: role "MCR" with an mcid, or "OBJR" with the number of an
 * annotation or XObject. Roles are resolved through the role map to standard ones where they lead
 * to one.
 */
#include <glib.h>
#include <string.h>

#include "parsers/pdf/document.h"

enum {
    MAX_NODES = 250 * 1000, /* some 2,500 pages of prose; then memory would grow with the pages */
    MAX_SPAN = 10 * 1000,
    MAX_ID = 256, /* bytes of the ID of a cell */
    MAX_IDS = 50 * 1000,
    MAX_ROLE_STEPS = 16,
};

/* An element whose kids are being read. */
typedef struct step {
    const quire_object *kids; /* an array, or the only kid */
    int next, count;
    int32_t node, page;
    size_t mark;
} step;

typedef struct role {
    const char *role, *own; /* in the document's arena */
} role;

typedef struct walk {
    quire_pdf *pdf;
    const quire_object *role_map, *class_map;
    QUIRE_ARRAY(quire_structure_node) nodes;
    GHashTable *roles; /* name -> role, so that each is resolved once */
    GHashTable *entered; /* elements by object number */
    GHashTable *ids; /* ID of a cell -> 1 + its node */
    GHashTable *heads; /* IDs that cells name as those of their headers */
    bool cut; /* a limit was reached */
    int depth;
    step steps[QUIRE_MAX_TREE_DEPTH];
} walk;

/* ---- roles ---- */

static bool is_standard(const char *name)
{
    static const char *const names[] = {"Annot",
                                        "Art",
                                        "Artifact",
                                        "Aside",
                                        "BibEntry",
                                        "BlockQuote",
                                        "Caption",
                                        "Code",
                                        "Div",
                                        "Document",
                                        "DocumentFragment",
                                        "Em",
                                        "FENote",
                                        "Figure",
                                        "Form",
                                        "Formula",
                                        "H",
                                        "H1",
                                        "H2",
                                        "H3",
                                        "H4",
                                        "H5",
                                        "H6",
                                        "Index",
                                        "L",
                                        "LBody",
                                        "LI",
                                        "Lbl",
                                        "Link",
                                        "NonStruct",
                                        "Note",
                                        "P",
                                        "Part",
                                        "Private",
                                        "Quote",
                                        "RB",
                                        "RP",
                                        "RT",
                                        "Reference",
                                        "Ruby",
                                        "Sect",
                                        "Span",
                                        "Strong",
                                        "Sub",
                                        "TBody",
                                        "TD",
                                        "TFoot",
                                        "TH",
                                        "THead",
                                        "TOC",
                                        "TOCI",
                                        "TR",
                                        "Table",
                                        "Title",
                                        "WP",
                                        "WT",
                                        "Warichu"};
    size_t low = 0, high = G_N_ELEMENTS(names);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, names[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* What a namespace of PDF 2.0 maps `name` to (ISO 32000-2, 14.7.4.2); NULL: nothing. */
static const char *name_in_namespace(const quire_object *element, const char *name)
{
    const quire_object *space = quire_object_find(element, "NS");
    const quire_object *target = quire_object_find(quire_object_find(space, "RoleMapNS"), name);
    if (quire_object_kind(target) == QUIRE_OBJECT_ARRAY)
        target = quire_object_at(target, 0);
    const char *mapped = quire_object_name(target);
    return *mapped ? mapped : NULL;
}

static const char *mapped_role(const walk *w, const quire_object *element, const char *name)
{
    for (int i = 0; i < MAX_ROLE_STEPS && !is_standard(name); i++) {
        const char *next = quire_object_name(quire_object_find(w->role_map, name));
        if (!*next)
            next = name_in_namespace(element, name);
        if (!next)
            break;
        name = next;
    }
    return name;
}

static const role *role_of(walk *w, const quire_object *element)
{
    const quire_object *object = quire_object_find(element, "S");
    const char *name = quire_object_name(object);
    role *known = g_hash_table_lookup(w->roles, name);
    if (known)
        return known;
    quire_arena *arena = w->pdf->arena;
    const char *mapped = mapped_role(w, element, name);
    const char *own = quire_pdf_name(arena, object);
    known = quire_arena_new_of(arena, role);
    known->role = quire_arena_text(arena, mapped, strlen(mapped));
    known->own = strcmp(mapped, name) != 0 ? own : NULL;
    g_hash_table_insert(w->roles, g_strdup(name), known);
    return known;
}

/* ---- attributes of table cells and lists ---- */

static uint8_t scope_of(const quire_object *attributes, uint8_t known)
{
    static const char *const names[] = {
        [QUIRE_SCOPE_ROW] = "Row", [QUIRE_SCOPE_COLUMN] = "Column", [QUIRE_SCOPE_BOTH] = "Both"};
    const char *name = quire_object_name(quire_object_find(attributes, "Scope"));
    for (uint8_t i = QUIRE_SCOPE_ROW; i < G_N_ELEMENTS(names); i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return known;
}

/* ListNumbering of a list (14.8.5.5; the last three names are of PDF 2.0). */
static uint8_t numbering_of(const quire_object *attributes, uint8_t known)
{
    static const struct {
        const char *name;
        uint8_t numbering;
    } names[] = {
        {"None", QUIRE_NUMBERING_BULLETS},       {"Disc", QUIRE_NUMBERING_BULLETS},
        {"Circle", QUIRE_NUMBERING_BULLETS},     {"Square", QUIRE_NUMBERING_BULLETS},
        {"Decimal", QUIRE_NUMBERING_ORDERED},    {"UpperRoman", QUIRE_NUMBERING_ORDERED},
        {"LowerRoman", QUIRE_NUMBERING_ORDERED}, {"UpperAlpha", QUIRE_NUMBERING_ORDERED},
        {"LowerAlpha", QUIRE_NUMBERING_ORDERED}, {"Ordered", QUIRE_NUMBERING_ORDERED},
        {"Unordered", QUIRE_NUMBERING_BULLETS},  {"Description", QUIRE_NUMBERING_TERMS},
    };
    const char *name = quire_object_name(quire_object_find(attributes, "ListNumbering"));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(name, names[i].name) == 0)
            return names[i].numbering;
    return known;
}

/* The bytes of an ID, which need not be text, as a key; NULL: there is none. */
static char *id_of(const quire_object *id)
{
    size_t size = 0;
    const char *bytes = quire_object_string(id, &size);
    if (!bytes || size == 0 || size > MAX_ID)
        return NULL;
    return g_base64_encode((const guchar *)bytes, size);
}

static void note_headers(const walk *w, const quire_object *headers)
{
    for (int i = 0; i < MIN(quire_object_count(headers), QUIRE_MAX_OBJECT_DEPTH); i++) {
        char *id = id_of(quire_object_at(headers, i));
        if (id && g_hash_table_size(w->heads) < MAX_IDS)
            g_hash_table_add(w->heads, id);
        else
            g_free(id);
    }
}

static void read_attributes(const walk *w, const quire_object *attributes,
                            quire_structure_node *node)
{
    if (quire_object_kind(attributes) != QUIRE_OBJECT_DICTIONARY)
        return;
    node->scope = scope_of(attributes, node->scope);
    node->numbering = numbering_of(attributes, node->numbering);
    note_headers(w, quire_object_find(attributes, "Headers"));
    int rows = quire_object_find_integer(attributes, "RowSpan", node->row_span);
    int columns = quire_object_find_integer(attributes, "ColSpan", node->column_span);
    node->row_span = CLAMP(rows, 1, MAX_SPAN);
    node->column_span = CLAMP(columns, 1, MAX_SPAN);
}

/* A dictionary, or an array of them and of revision numbers (14.7.5.3). */
static void read_attribute_list(const walk *w, const quire_object *attributes,
                                quire_structure_node *node)
{
    if (quire_object_kind(attributes) != QUIRE_OBJECT_ARRAY) {
        read_attributes(w, attributes, node);
        return;
    }
    for (int i = 0; i < MIN(quire_object_count(attributes), QUIRE_MAX_OBJECT_DEPTH); i++)
        read_attributes(w, quire_object_at(attributes, i), node);
}

/* Attributes of classes, then of the element itself, which go before them (14.7.5.2). */
static void read_own_attributes(const walk *w, const quire_object *element,
                                quire_structure_node *node)
{
    const quire_object *classes = quire_object_find(element, "C");
    const char *only = quire_object_name(classes);
    if (*only)
        read_attribute_list(w, quire_object_find(w->class_map, only), node);
    for (int i = 0; i < MIN(quire_object_count(classes), QUIRE_MAX_OBJECT_DEPTH); i++) {
        const char *name = quire_object_name(quire_object_at(classes, i));
        if (*name)
            read_attribute_list(w, quire_object_find(w->class_map, name), node);
    }
    read_attribute_list(w, quire_object_find(element, "A"), node);
}

static void read_cell(const walk *w, const quire_object *element, quire_structure_node *node)
{
    read_own_attributes(w, element, node);
    char *id = id_of(quire_object_find(element, "ID"));
    if (id && g_hash_table_size(w->ids) < MAX_IDS)
        g_hash_table_insert(w->ids, id, GSIZE_TO_POINTER(w->nodes.count));
    else
        g_free(id);
}

/* Cells that others name as their headers, wherever in the tree they stand. */
static void mark_headers(walk *w)
{
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, w->heads);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        size_t node = GPOINTER_TO_SIZE(g_hash_table_lookup(w->ids, id));
        if (node > 0)
            w->nodes.items[node - 1].heads_cells = true;
    }
}

/* ---- nodes ---- */

static int32_t page_of(const walk *w, const quire_object *dictionary, int32_t inherited)
{
    int number, generation;
    if (!quire_object_reference(quire_object_find_raw(dictionary, "Pg"), &number, &generation))
        return inherited;
    return quire_page_tree_number_of(w->pdf->pages, number);
}

static quire_structure_node *add_node(walk *w, const step *parent, const char *name)
{
    quire_structure_node *node = quire_array_push(&w->nodes);
    if (!node) {
        w->cut = true;
        return NULL;
    }
    *node = (quire_structure_node){.role = name,
                                   .parent = parent->node,
                                   .page = parent->page,
                                   .mcid = -1,
                                   .stream = -1,
                                   .row_span = 1,
                                   .column_span = 1};
    return node;
}

/* Marked content of the page itself, or of a form that `reference` names (14.7.4.2). */
static void add_content(walk *w, const step *parent, const quire_object *reference, int mcid)
{
    quire_structure_node *node = mcid >= 0 ? add_node(w, parent, "MCR") : NULL;
    int number, generation;
    if (!node)
        return;
    node->mcid = mcid;
    node->page = page_of(w, reference, parent->page);
    if (quire_object_reference(quire_object_find_raw(reference, "Stm"), &number, &generation))
        node->stream = number;
}

static void add_object(walk *w, const step *parent, const quire_object *reference)
{
    quire_structure_node *node = add_node(w, parent, "OBJR");
    int number, generation;
    if (!node)
        return;
    node->page = page_of(w, reference, parent->page);
    if (quire_object_reference(quire_object_find_raw(reference, "Obj"), &number, &generation))
        node->stream = number;
}

static void push(walk *w, const quire_object *kids, int32_t node, int32_t page, size_t mark)
{
    bool array = quire_object_kind(kids) == QUIRE_OBJECT_ARRAY;
    step *s = &w->steps[w->depth++];
    *s = (step){kids, 0, array ? quire_object_count(kids) : 1, node, page, mark};
}

static void add_element(walk *w, const step *parent, const quire_object *element, size_t mark)
{
    quire_arena *arena = w->pdf->arena;
    const role *r = role_of(w, element);
    quire_structure_node *node = add_node(w, parent, r->role);
    if (!node)
        return;
    node->own_role = r->own;
    node->page = page_of(w, element, parent->page);
    node->alt = quire_pdf_text(arena, quire_object_find(element, "Alt"));
    node->actual_text = quire_pdf_text(arena, quire_object_find(element, "ActualText"));
    node->language = quire_pdf_line(arena, quire_object_find(element, "Lang"));
    node->title = quire_pdf_line(arena, quire_object_find(element, "T"));
    if (strcmp(r->role, "TD") == 0 || strcmp(r->role, "TH") == 0)
        read_cell(w, element, node);
    else if (strcmp(r->role, "L") == 0)
        read_own_attributes(w, element, node);
    const quire_object *kids = quire_object_find_raw(element, "K");
    if (quire_object_kind(quire_object_find(element, "K")) == QUIRE_OBJECT_ARRAY)
        kids = quire_object_find(element, "K");
    if (!kids)
        return;
    if (w->depth == QUIRE_MAX_TREE_DEPTH)
        w->cut = true;
    else
        push(w, kids, (int32_t)w->nodes.count - 1, node->page, mark);
}

/* ---- the walk ---- */

/* One kid of the innermost element: marked content, an object, or an element to be entered. */
static void visit(walk *w, const step *parent, const quire_object *kid, size_t mark)
{
    int number, generation;
    if (quire_object_reference(kid, &number, &generation)) {
        if (!g_hash_table_add(w->entered, GINT_TO_POINTER(number)))
            return;
        kid = quire_objects_fetch(w->pdf->objects, number, generation);
    }
    if (quire_object_kind(kid) == QUIRE_OBJECT_INTEGER) {
        add_content(w, parent, NULL, quire_object_integer(kid, -1));
    } else if (quire_object_kind(kid) == QUIRE_OBJECT_DICTIONARY) {
        const quire_object *type = quire_object_find(kid, "Type");
        if (quire_object_is_name(type, "MCR"))
            add_content(w, parent, kid, quire_object_find_integer(kid, "MCID", -1));
        else if (quire_object_is_name(type, "OBJR"))
            add_object(w, parent, kid);
        else
            add_element(w, parent, kid, mark);
    }
}

static void walk_kids(walk *w)
{
    quire_objects *objects = w->pdf->objects;
    while (w->depth > 0 && !w->nodes.full) {
        step *s = &w->steps[w->depth - 1];
        if (s->next == s->count) {
            quire_objects_release(objects, s->mark);
            w->depth--;
            continue;
        }
        size_t mark = quire_objects_mark(objects);
        int depth = w->depth, index = s->next++;
        bool array = quire_object_kind(s->kids) == QUIRE_OBJECT_ARRAY;
        visit(w, s, array ? quire_object_at_raw(s->kids, index) : s->kids, mark);
        if (w->depth == depth)
            quire_objects_release(objects, mark);
    }
}

void quire_tags_read(quire_pdf *pdf, quire_facts *facts)
{
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *root = quire_object_find(catalog, "StructTreeRoot");
    const quire_object *kids = quire_object_find(root, "K");
    if (!kids)
        return;
    g_autoptr(GHashTable) roles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) entered = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) heads = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    walk w = {.pdf = pdf,
              .role_map = quire_object_find(root, "RoleMap"),
              .class_map = quire_object_find(root, "ClassMap"),
              .roles = roles,
              .entered = entered,
              .ids = ids,
              .heads = heads};
    w.nodes.ceiling = MAX_NODES;
    bool array = quire_object_kind(kids) == QUIRE_OBJECT_ARRAY;
    push(&w, array ? kids : quire_object_find_raw(root, "K"), -1, 0,
         quire_objects_mark(pdf->objects));
    walk_kids(&w);
    mark_headers(&w);
    if (w.cut)
        quire_pdf_issue(pdf, "limit", QUIRE_WARNING, 0,
                        "the structure tree is too large or too deep: %zu nodes were read",
                        w.nodes.count);
    facts->structure_count = w.nodes.count;
    facts->structure = quire_array_freeze(&w.nodes, pdf->arena);
    quire_array_clear(&w.nodes);
}
