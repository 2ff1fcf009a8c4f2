/*
 * The front matter of Markdown: what the file says of itself, as YAML between two lines of dashes,
 * where site generators and notebooks look for it:
 *
 *     ---
 *     title: "Three gauges on the Aune"
 *     author: "Water Watch"
 *     source: "sample.pdf"
 *     pages: 2
 *     ---
 *
 * Strings stand between double quotes (YAML 1.2, 7.3.1), in which no character can mean anything
 * else. Only what is known before the first page is told, since Markdown streams.
 */
#include "exporters/inner.h"

#include <string.h>

/* Characters that YAML does not print, or takes for the end of a line (5.1, 5.4). */
static bool needs_number(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           c == 0xFFFE || c == 0xFFFF;
}

static void append_string(GString *out, quire_text text)
{
    g_string_append_c(out, '"');
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (c == '"' || c == '\\')
            g_string_append_printf(out, "\\%c", (char)c);
        else if (needs_number(c))
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_len(out, text.data + start, (gssize)(at - start));
    }
    g_string_append_c(out, '"');
}

/* A key of letters, digits and what joins them needs no quotes, unless it is a word of YAML's. */
static void append_key(GString *out, const char *key)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on",
                                        "off",  "null",  "y",   "n"};
    bool is_plain = g_ascii_isalpha(*key);
    for (const char *at = key; *at; at++)
        is_plain &= g_ascii_isalnum(*at) || *at == '_' || *at == '-';
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        is_plain &= g_ascii_strcasecmp(key, words[i]) != 0;
    if (is_plain)
        g_string_append(out, key);
    else
        append_string(out, quire_text_of(key));
    g_string_append(out, ": ");
}

static void append_pair(GString *out, const char *key, const char *value)
{
    append_key(out, key);
    append_string(out, quire_text_of(value));
    g_string_append_c(out, '\n');
}

/* What two sources say is said once, by the first of them, and never in place of our own keys. */
static bool is_told(const quire_document *document, size_t index)
{
    const char *key = document->metadata.items[index].key;
    for (size_t i = 0; i < index; i++) {
        if (strcmp(document->metadata.items[i].key, key) == 0)
            return true;
    }
    return strcmp(key, "source") == 0 || strcmp(key, "pages") == 0;
}

void quire_front_matter(GString *out, const quire_document *document)
{
    g_string_append(out, "---\n");
    for (size_t i = 0; i < document->metadata.count; i++) {
        const quire_model_metadata *item = &document->metadata.items[i];
        if (!is_told(document, i))
            append_pair(out, item->key, item->value);
    }
    if (document->input_name)
        append_pair(out, "source", document->input_name);
    g_string_append_printf(out, "pages: %d\n---", document->page_count);
}
