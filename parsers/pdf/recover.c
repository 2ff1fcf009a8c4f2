/*
 * Writing a recovered file; see recover.h. New objects are appended, so that all offsets of the
 * old ones stay as they are:
 *
 *     [%PDF-1.7] old bytes | cut streams | lengths | fonts | tree nodes | catalog | xref stream
 *
 * The cross-reference is a stream (PDF 32000-1, 7.5.8), because only that can name objects within
 * object streams, which may be encrypted and have to stay where they are.
 */
#include "parsers/pdf/recover.h"

#include <string.h>

#include "parsers/pdf/forest.h"
#include "parsers/pdf/lost_fonts.h"

static const char new_header[] = "%PDF-1.7\n";

/* New objects get numbers this far behind the last one that is there: lost objects, still referred
 * to, have those between. */
enum { NUMBERS_LOST = 100000 };

/* One entry of the cross-reference to be written. */
typedef struct entry {
    int32_t number;
    uint64_t where; /* offset, or number of the object stream */
    int32_t rank; /* generation, or index in the object stream */
    bool contained;
} entry;

/* What the trailers that survive say, and what had to be looked for. */
typedef struct trailer {
    quire_bytes root, info, encrypt, id; /* values; data is NULL where lost */
    quire_bytes catalog; /* its dictionary */
    const quire_found *catalog_object; /* NULL: it stands in a trailer, or is lost */
    const quire_found *encryption; /* dictionary found without a trailer that names it */
} trailer;

typedef struct writer {
    const quire_scan *scan;
    GString *tail; /* what comes behind the old bytes */
    uint64_t base; /* offset of `tail` */
    GArray *entries;
    int32_t next_number; /* free from here on */
} writer;

static bool names_catalog(const quire_scan *scan, quire_bytes root)
{
    quire_bytes catalog, pages;
    return quire_scan_resolve(scan, root, &catalog) && quire_syntax_find(catalog, "Pages", &pages);
}

/* Later trailers count more, but only a /Root that is there counts at all. */
static void read_trailers(const quire_scan *scan, trailer *t)
{
    for (guint i = 0; i < scan->trailers->len; i++) {
        quire_bytes dictionary = g_array_index(scan->trailers, quire_bytes, i), value;
        if (quire_syntax_find(dictionary, "Root", &value) && names_catalog(scan, value)) {
            t->root = value;
            t->catalog_object = quire_scan_follow(scan, value);
            quire_scan_resolve(scan, value, &t->catalog);
        }
        if (quire_syntax_find(dictionary, "Info", &value))
            t->info = value;
        if (quire_syntax_find(dictionary, "Encrypt", &value))
            t->encrypt = value;
        if (quire_syntax_find(dictionary, "ID", &value))
            t->id = value;
    }
}

static bool is_catalog(quire_bytes d)
{
    quire_bytes value;
    return quire_syntax_find(d, "Type", &value) && quire_syntax_reads_name(value, "Catalog");
}

/* The encryption dictionary of the standard handler (7.6.3.2). */
static bool is_encryption(quire_bytes d)
{
    quire_bytes value;
    return quire_syntax_find(d, "Filter", &value) && quire_syntax_reads_name(value, "Standard") &&
           quire_syntax_find(d, "O", &value) && quire_syntax_find(d, "U", &value) &&
           quire_syntax_find(d, "P", &value);
}

static void look_for_trailer_objects(const quire_scan *scan, trailer *t)
{
    for (guint i = 0; i < scan->objects->len; i++) {
        const quire_found *object = &g_array_index(scan->objects, quire_found, i);
        if (object->stream.data || !quire_syntax_is_dictionary(object->value) ||
            quire_scan_find(scan, object->number) != object)
            continue;
        if (!t->root.data && is_catalog(object->value)) {
            t->catalog_object = object; /* the last one is the newest */
            t->catalog = object->value;
        }
        if (!t->encrypt.data && is_encryption(object->value))
            t->encryption = object;
    }
}

static void add_entry(writer *w, entry e)
{
    g_array_append_val(w->entries, e);
}

/* Begins object `number` in the tail. */
static void begin_object(writer *w, int32_t number, int32_t generation)
{
    add_entry(w, (entry){number, w->base + w->tail->len, generation, false});
    g_string_append_printf(w->tail, "%d %d obj\n", number, generation);
}

static void end_object(writer *w)
{
    g_string_append(w->tail, "\nendobj\n");
}

static void append(writer *w, quire_bytes bytes)
{
    g_string_append_len(w->tail, (const char *)bytes.data, (gssize)bytes.size);
}

/* `dictionary` with the value of `key` replaced, or with the key added. */
static void append_with(writer *w, quire_bytes dictionary, const char *key, const char *text)
{
    quire_bytes value;
    const uint8_t *begin = dictionary.data, *end = begin + dictionary.size;
    if (quire_syntax_find(dictionary, key, &value)) {
        append(w, (quire_bytes){begin, (size_t)(value.data - begin)});
        g_string_append_printf(w->tail, " %s ", text);
        begin = value.data + value.size;
        append(w, (quire_bytes){begin, (size_t)(end - begin)});
    } else {
        append(w, (quire_bytes){begin, dictionary.size - 2});
        g_string_append_printf(w->tail, " /%s %s >>", key, text);
    }
}

static int32_t generation_of(const writer *w, int32_t number)
{
    const quire_found *object = quire_scan_find(w->scan, number);
    return object ? object->generation : 0;
}

/* The stream that the file ends in, again, with the length it really has. */
static void write_cut_stream(writer *w, const quire_found *object)
{
    g_autofree char *length = g_strdup_printf("%zu", object->stream.size);
    begin_object(w, object->number, object->generation);
    append_with(w, object->value, "Length", length);
    g_string_append(w->tail, "\nstream\n");
    append(w, object->stream);
    g_string_append(w->tail, "\nendstream");
    end_object(w);
}

/* A /Length that refers to a lost object: Poppler gives up the whole stream without it. */
static void write_lost_length(writer *w, const quire_found *object, GHashTable *written)
{
    quire_bytes value;
    int32_t number, generation;
    if (!quire_syntax_find(object->value, "Length", &value) ||
        !quire_syntax_reads_reference(value, &number, &generation) || number <= 0 ||
        quire_scan_find(w->scan, number) || !g_hash_table_add(written, GINT_TO_POINTER(number)))
        return;
    begin_object(w, number, generation);
    g_string_append_printf(w->tail, "%zu", object->stream.size);
    end_object(w);
}

/* Lists the surviving objects, and mends streams. Returns the number of streams cut. */
static int32_t write_objects(writer *w)
{
    g_autoptr(GHashTable) written = g_hash_table_new(NULL, NULL);
    int32_t cut = 0;
    for (guint i = 0; i < w->scan->objects->len; i++) {
        const quire_found *object = &g_array_index(w->scan->objects, quire_found, i);
        if (quire_scan_find(w->scan, object->number) != object)
            continue;
        w->next_number = MAX(w->next_number, object->number + NUMBERS_LOST);
        if (object->cut) {
            cut++;
            write_cut_stream(w, object);
            continue;
        }
        if (object->stream.data)
            write_lost_length(w, object, written);
        uint64_t offset = object->at + (w->scan->has_header ? 0 : sizeof new_header - 1);
        if (object->container >= 0)
            add_entry(w, (entry){object->number, (uint64_t)object->container, object->index, true});
        else
            add_entry(w, (entry){object->number, offset, object->generation, false});
    }
    return cut;
}

/*
 * A font in place of a lost one, with no metrics of its own: Poppler takes Helvetica's. The
 * ligatures stand where old TeX fonts have them, and mean nothing elsewhere.
 */
static void write_stand_in(writer *w, const quire_lost_font *font)
{
    w->next_number = MAX(w->next_number, font->number + NUMBERS_LOST);
    begin_object(w, font->number, 0);
    g_string_append(w->tail, "<< /Type /Font /Subtype /Type1 /BaseFont /" QUIRE_LOST_FONT
                             " /Encoding << /BaseEncoding /WinAnsiEncoding /Differences "
                             "[11 /ff /fi /fl /ffi /ffl] >> >>");
    end_object(w);
}

/* A simple font again, whose codes name no glyph and so get no text. Unknown names would not do:
 * Poppler takes their codes for characters. */
static void write_silenced(writer *w, const quire_lost_font *font)
{
    enum { CODES = 256 };
    g_autoptr(GString) encoding = g_string_new("<< /Differences [0");
    for (int i = 0; i < CODES; i++)
        g_string_append(encoding, " /.notdef");
    g_string_append(encoding, "] >>");
    begin_object(w, font->number, generation_of(w, font->number));
    append_with(w, font->dictionary, "Encoding", encoding->str);
    end_object(w);
}

/* The map to Unicode of a composite font: its glyphs in the usual order, or none at all;
 * but an empty map would not count as one. */
static void write_to_unicode(writer *w, const quire_lost_font *font)
{
    g_autofree char *map =
        font->latin ? g_strdup_printf("1 beginbfrange\n<0003> <0061> <%04x>\nendbfrange\n",
                                      3 + QUIRE_GLYPH_ORDER_OFFSET)
                    : g_strdup("1 beginbfchar\n<ffff> <fffd>\nendbfchar\n");
    w->next_number = MAX(w->next_number, font->to_unicode + NUMBERS_LOST);
    begin_object(w, font->to_unicode, 0);
    g_string_append_printf(w->tail, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(map), map);
    end_object(w);
}

static void write_lost_font(writer *w, const quire_lost_font *font)
{
    if (font->loss == QUIRE_FONT_TO_UNICODE_GONE)
        write_to_unicode(w, font);
    else if (font->loss == QUIRE_FONT_GONE && font->latin)
        write_stand_in(w, font);
    else if (font->loss == QUIRE_FONT_ENCODING_GONE && !font->latin)
        write_silenced(w, font);
}

static gint by_value(gconstpointer a, gconstpointer b)
{
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void write_lost_fonts(writer *w, quire_recovery *recovery)
{
    g_autoptr(GArray) fonts = quire_lost_fonts_new(w->scan);
    for (guint i = 0; i < fonts->len; i++) {
        const quire_lost_font *font = &g_array_index(fonts, quire_lost_font, i);
        write_lost_font(w, font);
        if (font->latin)
            g_array_append_val(recovery->guessed, font->number);
        else
            recovery->fonts_lost++;
    }
    g_array_sort(recovery->guessed, by_value);
}

/* What pages may have inherited from the nodes that are lost. */
static void append_legacy(writer *w, const quire_forest *forest)
{
    if (forest->resources.data) {
        g_string_append(w->tail, " /Resources ");
        append(w, forest->resources);
    }
    if (forest->media_box.data) {
        g_string_append(w->tail, " /MediaBox ");
        append(w, forest->media_box);
    }
}

static void write_lost_nodes(writer *w, const quire_forest *forest)
{
    for (guint i = 0; i < forest->lost->len; i++) {
        const quire_lost_node *lost = &g_array_index(forest->lost, quire_lost_node, i);
        w->next_number = MAX(w->next_number, lost->number + NUMBERS_LOST);
        begin_object(w, lost->number, 0);
        g_string_append(w->tail, "<< /Type /Pages /Kids [");
        for (guint k = 0; k < lost->kids->len; k++) {
            const quire_found *kid = g_array_index(lost->kids, quire_found *, k);
            g_string_append_printf(w->tail, " %d %d R", kid->number, kid->generation);
        }
        g_string_append_printf(w->tail, " ] /Count %u", lost->kids->len);
        append_legacy(w, forest);
        g_string_append(w->tail, " >>");
        end_object(w);
    }
}

/* The number of the one root of the page tree; a new node where there are several, or none. */
static int32_t write_root(writer *w, const quire_forest *forest)
{
    const GArray *roots = forest->roots;
    int32_t first = roots->len ? g_array_index(roots, int32_t, 0) : 0;
    const quire_found *object = quire_scan_find(w->scan, first);
    quire_bytes kids;
    bool branch = first && (!object || quire_syntax_find(object->value, "Kids", &kids));
    if (roots->len == 1 && branch)
        return first;
    int32_t number = w->next_number++;
    begin_object(w, number, 0);
    g_string_append(w->tail, "<< /Type /Pages /Kids [");
    for (guint i = 0; i < roots->len; i++) {
        int32_t kid = g_array_index(roots, int32_t, i);
        g_string_append_printf(w->tail, " %d %d R", kid, generation_of(w, kid));
    }
    g_string_append_printf(w->tail, " ] /Count %d", forest->pages);
    append_legacy(w, forest);
    g_string_append(w->tail, " >>");
    end_object(w);
    return number;
}

/* The catalog, with its own number: its strings may be encrypted by that. `root` 0: as it is. */
static int32_t write_catalog(writer *w, const trailer *t, int32_t root)
{
    const quire_found *object = t->catalog_object;
    g_autofree char *pages = g_strdup_printf("%d %d R", root, generation_of(w, root));
    int32_t number = object ? object->number : w->next_number++;
    begin_object(w, number, object ? object->generation : 0);
    if (t->catalog.data && root)
        append_with(w, t->catalog, "Pages", pages);
    else if (t->catalog.data)
        append(w, t->catalog);
    else
        g_string_append_printf(w->tail, "<< /Type /Catalog /Pages %s >>", pages);
    end_object(w);
    return number;
}

/* The tree and what names it. A tree of which nothing was found is left to the catalog that names
 * it: its pages may be direct objects. */
static int32_t write_structure(writer *w, const trailer *t, const quire_forest *forest,
                               int32_t named)
{
    write_lost_nodes(w, forest);
    bool leave = forest->pages == 0 && t->catalog.data;
    int32_t root = leave ? 0 : write_root(w, forest);
    if (t->catalog_object && (leave || root == named))
        return t->catalog_object->number;
    return write_catalog(w, t, root);
}

/* By number; of entries for the same one, the later, which is put first. */
static gint by_number(gconstpointer a, gconstpointer b)
{
    const entry *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->where < y->where) - (x->where > y->where);
}

static void sort_entries(writer *w)
{
    g_array_sort(w->entries, by_number);
    guint kept = 0;
    for (guint i = 0; i < w->entries->len; i++) {
        entry e = g_array_index(w->entries, entry, i);
        bool again = kept > 0 && g_array_index(w->entries, entry, kept - 1).number == e.number;
        if (!again)
            g_array_index(w->entries, entry, kept++) = e;
    }
    g_array_set_size(w->entries, kept);
}

static void append_big_endian(GString *out, uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        g_string_append_c(out, (char)(value >> shift & 0xff));
}

/* Runs of consecutive numbers, as /Index has them. */
static void append_index(writer *w)
{
    const entry *entries = (const entry *)w->entries->data;
    for (guint i = 0, run; i < w->entries->len; i += run) {
        for (run = 1; i + run < w->entries->len; run++)
            if (entries[i + run].number != entries[i].number + (int32_t)run)
                break;
        g_string_append_printf(w->tail, " %d %u", entries[i].number, run);
    }
}

static void append_pair(writer *w, const char *key, quire_bytes value)
{
    if (!value.data)
        return;
    g_string_append_printf(w->tail, " /%s ", key);
    append(w, value);
}

static void write_cross_reference(writer *w, const trailer *t, int32_t catalog)
{
    enum { KIND = 1, WHERE = 6, RANK = 4 }; /* bytes of each field */
    uint64_t offset = w->base + w->tail->len;
    int32_t number = w->next_number++;
    begin_object(w, number, 0);
    sort_entries(w);
    g_string_append_printf(w->tail, "<< /Type /XRef /Size %d /W [%d %d %d] /Root %d %d R",
                           w->next_number, KIND, WHERE, RANK, catalog, generation_of(w, catalog));
    append_pair(w, "Info", t->info);
    append_pair(w, "Encrypt", t->encrypt);
    append_pair(w, "ID", t->id);
    if (!t->encrypt.data && t->encryption)
        g_string_append_printf(w->tail, " /Encrypt %d %d R", t->encryption->number,
                               t->encryption->generation);
    g_string_append(w->tail, " /Index [");
    append_index(w);
    g_string_append_printf(w->tail, " ] /Length %u >>\nstream\n",
                           w->entries->len * (KIND + WHERE + RANK));
    for (guint i = 0; i < w->entries->len; i++) {
        const entry *e = &g_array_index(w->entries, entry, i);
        append_big_endian(w->tail, e->contained ? 2 : 1, KIND);
        append_big_endian(w->tail, e->where, WHERE);
        append_big_endian(w->tail, (uint64_t)e->rank, RANK);
    }
    g_string_append(w->tail, "\nendstream");
    end_object(w);
    g_string_append_printf(w->tail, "startxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n", offset);
}

static quire_bytes join(const writer *w)
{
    const quire_scan *scan = w->scan;
    uint8_t *out = g_malloc(w->base + w->tail->len), *to = out;
    if (!scan->has_header)
        to = (uint8_t *)mempcpy(to, new_header, sizeof new_header - 1);
    to = scan->file.size ? (uint8_t *)mempcpy(to, scan->file.data, scan->file.size) : to;
    *to++ = '\n';
    memcpy(to, w->tail->str, w->tail->len);
    return (quire_bytes){out, w->base + w->tail->len};
}

/* Keys of all handlers before revision 5 depend on the /ID (7.6.3.3). */
static bool needs_identifier(const quire_scan *scan, const trailer *t)
{
    quire_bytes dictionary = t->encryption ? t->encryption->value : t->encrypt, value;
    int64_t revision = 0;
    if (!dictionary.data || t->id.data)
        return false;
    return !quire_scan_resolve(scan, dictionary, &dictionary) ||
           !quire_syntax_find(dictionary, "R", &value) ||
           !quire_syntax_reads_integer(value, &revision) || revision < 5;
}

/* The two bytes that begin data of Flate (RFC 1950); of others, one pair in 500 looks so. */
static bool begins_as_flate(quire_bytes stream)
{
    return stream.size > 2 && (stream.data[0] & 0x0f) == 8 &&
           (stream.data[0] << 8 | stream.data[1]) % 31 == 0;
}

/*
 * With the trailer even the fact can be lost that a file is encrypted. Its streams still show it:
 * what they should be packed with is not what they begin with.
 */
static bool looks_encrypted(const quire_scan *scan)
{
    enum { FEW = 3, MOST_FOREIGN = 5 }; /* more than four of five do not begin as they should */
    int packed = 0, sound = 0;
    for (guint i = 0; i < scan->objects->len; i++) {
        const quire_found *object = &g_array_index(scan->objects, quire_found, i);
        quire_bytes filter;
        if (!object->stream.data || !quire_syntax_find(object->value, "Filter", &filter) ||
            !quire_syntax_reads_name(filter, "FlateDecode"))
            continue;
        packed++;
        sound += begins_as_flate(object->stream);
    }
    return packed >= FEW && sound * MOST_FOREIGN < packed;
}

void quire_recovery_init(quire_recovery *recovery, const quire_scan *scan)
{
    trailer t = {0};
    *recovery = (quire_recovery){.guessed = g_array_new(FALSE, FALSE, sizeof(int32_t))};
    read_trailers(scan, &t);
    look_for_trailer_objects(scan, &t);
    g_autoptr(GString) tail = g_string_new(NULL);
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(entry));
    uint64_t base = scan->file.size + 1 + (scan->has_header ? 0 : sizeof new_header - 1);
    writer w = {scan, tail, base, entries, 1};
    quire_bytes value;
    int32_t named = 0, generation;
    if (quire_syntax_find(t.catalog, "Pages", &value))
        quire_syntax_reads_reference(value, &named, &generation);

    quire_forest forest;
    quire_forest_init(&forest, scan, named);
    recovery->streams_cut = write_objects(&w);
    if (!t.encrypt.data && !t.encryption)
        write_lost_fonts(&w, recovery);
    write_cross_reference(&w, &t, write_structure(&w, &t, &forest, named));
    recovery->file = join(&w);
    recovery->pages = forest.pages;
    recovery->pages_lost = (int32_t)g_hash_table_size(forest.missing);
    recovery->trailer_lost = !t.root.data;
    recovery->encrypted = t.encrypt.data || t.encryption;
    recovery->key_lost =
        recovery->encrypted ? needs_identifier(scan, &t) : !t.root.data && looks_encrypted(scan);
    quire_forest_clear(&forest);
}

void quire_recovery_clear(quire_recovery *recovery)
{
    g_free((void *)recovery->file.data);
    if (recovery->guessed)
        g_array_unref(recovery->guessed);
    *recovery = (quire_recovery){0};
}
