/* Reading the XML of XFA: elements by their local name, attributes, and text, plain or rich. */
#include "parsers/pdf/xfa.h"

#include <string.h>

enum { MOST_TEXT = 1 << 20, MOST_DEPTH = 64 };

bool quire_xfa_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const xmlNode *quire_xfa_child(const xmlNode *node, const char *name)
{
    for (const xmlNode *child = node ? node->children : NULL; child; child = child->next)
        if (quire_xfa_is(child, name))
            return child;
    return NULL;
}

const char *quire_xfa_attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node ? node->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children && a->children->content ? (const char *)a->children->content : "";
    return NULL;
}

bool quire_xfa_attribute_is(const xmlNode *node, const char *name, const char *value)
{
    const char *found = quire_xfa_attribute(node, name);
    return found && strcmp(found, value) == 0;
}

/* ---- text ---- */

static bool begins_line(const xmlNode *node)
{
    static const char *const blocks[] = {"p", "div", "li", "br", "value"};
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
        if (quire_xfa_is(node, blocks[i]))
            return true;
    return false;
}

static bool is_text(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

/* `plain`: line breaks in it count; in rich text they are white space. */
static void append(GString *out, const xmlNode *node, bool plain, int depth)
{
    for (const xmlNode *child = node->children; child && out->len < MOST_TEXT;
         child = child->next) {
        if (is_text(child) && child->content)
            g_string_append(out, (const char *)child->content);
        if (child->type != XML_ELEMENT_NODE || depth >= MOST_DEPTH)
            continue;
        if (!plain && begins_line(child) && out->len > 0)
            g_string_append_c(out, '\1');
        append(out, child, plain, depth + 1);
    }
}

static bool ends_line(char c, bool plain)
{
    return c == '\1' || (plain && (c == '\n' || c == '\r'));
}

/* Lines without white space at their ends and, in rich text, none that is wider than a space. */
static void settle_lines(GString *text, bool plain)
{
    char *to = text->str;
    for (const char *from = text->str; *from; from++) {
        bool follows_space = to == text->str || to[-1] == ' ' || to[-1] == '\n';
        if (ends_line(*from, plain)) {
            while (to > text->str && to[-1] == ' ')
                to--;
            *to++ = '\n';
        } else if ((unsigned char)*from > ' ') {
            *to++ = *from;
        } else if (plain || !follows_space) {
            *to++ = ' ';
        }
    }
    *to = '\0';
    g_strstrip(text->str);
}

static bool has_elements(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

const char *quire_xfa_text(quire_arena *arena, const xmlNode *node, size_t *spent)
{
    if (!node || *spent >= QUIRE_XFA_TEXT)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    bool plain = !has_elements(node);
    append(text, node, plain, 0);
    settle_lines(text, plain);
    size_t size = strlen(text->str);
    *spent += size + 64;
    return size > 0 ? quire_arena_text(arena, text->str, size) : NULL;
}
