/*
 * Incremental updates; see update.h. Offsets have ten digits in a table, so that files are smaller
 * than ten gigabytes; the limit of files is below that.
 */
#include "parsers/pdf/update.h"

#include <string.h>
#include <zlib.h>

enum { TAIL = 2048, MAX_NAME = 127 };

typedef struct update_entry {
    int number, generation;
    uint64_t offset;
} update_entry;

/* ---- objects ---- */

static void write_name(GString *out, const char *name)
{
    g_string_append_c(out, '/');
    for (const char *c = name; *c; c++) {
        if (g_ascii_isalnum(*c) || strchr("_-.+:", *c))
            g_string_append_c(out, *c);
        else
            g_string_append_printf(out, "#%02X", (unsigned char)*c);
    }
}

static void write_string(GString *out, const quire_object *object)
{
    size_t size;
    const char *bytes = quire_object_string(object, &size);
    g_string_append_c(out, '<');
    for (size_t i = 0; i < size; i++)
        g_string_append_printf(out, "%02X", (unsigned char)bytes[i]);
    g_string_append_c(out, '>');
}

static void write_real(GString *out, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.5f", value);
    g_string_append(out, digits);
}

static void write_array(GString *out, const quire_object *array, int depth)
{
    int count = quire_object_count(array);
    g_string_append_c(out, '[');
    for (int i = 0; i < count; i++) {
        if (i > 0)
            g_string_append_c(out, ' ');
        quire_update_write(out, quire_object_at_raw(array, i), depth + 1);
    }
    g_string_append_c(out, ']');
}

void quire_update_write_entries(GString *out, const quire_object *dictionary,
                                const char *const *except, int depth)
{
    int count = quire_object_count(dictionary);
    for (int i = 0; i < count; i++) {
        const char *key = quire_object_key_at(dictionary, i);
        if (except && g_strv_contains(except, key))
            continue;
        write_name(out, key);
        g_string_append_c(out, ' ');
        quire_update_write(out, quire_object_value_at_raw(dictionary, i), depth + 1);
        g_string_append_c(out, '\n');
    }
}

void quire_update_write(GString *out, const quire_object *object, int depth)
{
    int number, generation;
    if (object && quire_object_reference(object, &number, &generation)) {
        g_string_append_printf(out, "%d %d R", number, generation);
        return;
    }
    switch (depth > QUIRE_MAX_OBJECT_DEPTH ? QUIRE_OBJECT_NULL : quire_object_kind(object)) {
    case QUIRE_OBJECT_BOOLEAN:
        g_string_append(out, quire_object_boolean(object, false) ? "true" : "false");
        break;
    case QUIRE_OBJECT_INTEGER:
        g_string_append_printf(out, "%d", quire_object_integer(object, 0));
        break;
    case QUIRE_OBJECT_REAL:
        write_real(out, quire_object_number(object, 0));
        break;
    case QUIRE_OBJECT_STRING:
        write_string(out, object);
        break;
    case QUIRE_OBJECT_NAME:
        write_name(out, quire_object_name(object));
        break;
    case QUIRE_OBJECT_ARRAY:
        write_array(out, object, depth);
        break;
    case QUIRE_OBJECT_DICTIONARY:
        g_string_append(out, "<<");
        quire_update_write_entries(out, object, NULL, depth);
        g_string_append(out, ">>");
        break;
    default:
        g_string_append(out, "null");
    }
}

/* ---- the update ---- */

void quire_update_init(quire_update *update, quire_pdf *pdf, size_t file_size)
{
    *update = (quire_update){
        .bytes = g_string_new("\n"),
        .entries = g_array_new(FALSE, FALSE, sizeof(update_entry)),
        .file_size = file_size,
        .next = quire_objects_read_facts(pdf->objects).object_count,
    };
}

void quire_update_clear(quire_update *update)
{
    g_string_free(update->bytes, TRUE);
    g_array_unref(update->entries);
}

int quire_update_begin(quire_update *update, int number, int generation)
{
    update_entry entry = {number > 0 ? number : update->next++, generation,
                          update->file_size + update->bytes->len};
    g_array_append_val(update->entries, entry);
    g_string_append_printf(update->bytes, "%d %d obj\n", entry.number, generation);
    return entry.number;
}

void quire_update_end(quire_update *update)
{
    g_string_append(update->bytes, "\nendobj\n");
}

int quire_update_stream(quire_update *update, const char *entries, const char *bytes, size_t size)
{
    uLongf packed_size = compressBound(size);
    g_autofree char *packed = g_malloc(packed_size);
    bool is_packed = compress2((Bytef *)packed, &packed_size, (const Bytef *)bytes, size,
                               Z_BEST_COMPRESSION) == Z_OK;
    int number = quire_update_begin(update, 0, 0);
    g_string_append_printf(update->bytes, "<<%s/Length %lu%s>>\nstream\n", entries,
                           is_packed ? packed_size : (uLongf)size,
                           is_packed ? "/Filter/FlateDecode" : "");
    g_string_append_len(update->bytes, is_packed ? packed : bytes,
                        is_packed ? (gssize)packed_size : (gssize)size);
    g_string_append(update->bytes, "\nendstream");
    quire_update_end(update);
    return number;
}

/* ---- the cross-reference section ---- */

/* Where the file says its last section begins; 0: it does not. */
static uint64_t last_section(quire_bytes file)
{
    size_t start = file.size > TAIL ? file.size - TAIL : 0;
    const char *at = (const char *)file.data + start, *found = NULL;
    const char *end = (const char *)file.data + file.size;
    while ((at = memmem(at, (size_t)(end - at), "startxref", strlen("startxref"))))
        found = at++;
    if (!found)
        return 0;
    uint64_t offset = 0;
    for (found += strlen("startxref"); found < end && g_ascii_isspace(*found); found++)
        continue;
    for (; found < end && g_ascii_isdigit(*found) && offset < file.size; found++)
        offset = offset * 10 + (uint64_t)(*found - '0');
    return offset < file.size ? offset : 0;
}

static bool is_table(quire_bytes file, uint64_t offset)
{
    return file.size - offset > 4 && memcmp(file.data + offset, "xref", 4) == 0;
}

static gint compare_entries(gconstpointer a, gconstpointer b)
{
    return ((const update_entry *)a)->number - ((const update_entry *)b)->number;
}

/* Runs of numbers that follow each other. */
static guint run_end(const GArray *entries, guint first)
{
    guint end = first + 1;
    while (end < entries->len && g_array_index(entries, update_entry, end).number ==
                                     g_array_index(entries, update_entry, end - 1).number + 1)
        end++;
    return end;
}

static void write_trailer_entries(GString *out, quire_pdf *pdf, const quire_update *update,
                                  uint64_t previous)
{
    static const char *const own[] = {"Size",  "Prev",        "XRefStm", "Type",   "W",
                                      "Index", "DecodeParms", "Filter",  "Length", NULL};
    size_t mark = quire_objects_mark(pdf->objects);
    g_string_append_printf(out, "/Size %d\n/Prev %" G_GUINT64_FORMAT "\n", update->next, previous);
    quire_update_write_entries(out, quire_objects_trailer(pdf->objects), own, 0);
    quire_objects_release(pdf->objects, mark);
}

static void write_table(quire_update *update, quire_pdf *pdf, uint64_t previous)
{
    GString *out = update->bytes;
    g_string_append(out, "xref\n");
    for (guint i = 0; i < update->entries->len;) {
        guint end = run_end(update->entries, i);
        g_string_append_printf(out, "%d %u\n",
                               g_array_index(update->entries, update_entry, i).number, end - i);
        for (; i < end; i++) {
            const update_entry *entry = &g_array_index(update->entries, update_entry, i);
            g_string_append_printf(out, "%010" G_GUINT64_FORMAT " %05d n \n", entry->offset,
                                   entry->generation);
        }
    }
    g_string_append(out, "trailer\n<<");
    write_trailer_entries(out, pdf, update, previous);
    g_string_append(out, ">>\n");
}

static void append_big_endian(GString *out, uint64_t value, int bytes)
{
    while (bytes-- > 0)
        g_string_append_c(out, (char)(value >> (8 * bytes)));
}

/* The stream lists itself, too: its offset is that of the section. */
static void write_stream(quire_update *update, quire_pdf *pdf, uint64_t previous)
{
    uint64_t start = update->file_size + update->bytes->len;
    update_entry own = {update->next++, 0, start};
    g_array_append_val(update->entries, own);
    g_autoptr(GString) body = g_string_new(NULL), index = g_string_new(NULL);
    for (guint i = 0; i < update->entries->len;) {
        guint end = run_end(update->entries, i);
        g_string_append_printf(index, "%d %u ",
                               g_array_index(update->entries, update_entry, i).number, end - i);
        for (; i < end; i++) {
            const update_entry *entry = &g_array_index(update->entries, update_entry, i);
            g_string_append_c(body, 1);
            append_big_endian(body, entry->offset, 5);
            append_big_endian(body, (uint64_t)entry->generation, 2);
        }
    }
    GString *out = update->bytes;
    g_string_append_printf(out, "%d 0 obj\n<</Type/XRef/W[1 5 2]/Index[%s]/Length %zu\n",
                           own.number, index->str, body->len);
    write_trailer_entries(out, pdf, update, previous);
    g_string_append(out, ">>\nstream\n");
    g_string_append_len(out, body->str, (gssize)body->len);
    g_string_append(out, "\nendstream\nendobj\n");
}

quire_status quire_update_finish(quire_update *update, quire_pdf *pdf, quire_bytes file,
                                 quire_error *error)
{
    uint64_t previous = last_section(file);
    if (previous == 0)
        return quire_fail(error, QUIRE_UNSUPPORTED, "overlay", 0,
                          "the file has no cross-reference table to go on from");
    g_array_sort(update->entries, compare_entries);
    uint64_t start = update->file_size + update->bytes->len;
    if (is_table(file, previous))
        write_table(update, pdf, previous);
    else
        write_stream(update, pdf, previous);
    g_string_append_printf(update->bytes, "startxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n", start);
    return QUIRE_OK;
}
