/*
 * The PDF parser: opening, by Poppler where the file is whole and by scanning for objects where it
 * is not, and the table of functions that the rest of Quire sees.
 *
 *     bytes -> Poppler -> pages? ----------------------------> open
 *                           | none, or its repair was needed
 *                           v
 *                         scan -> recovered bytes -> Poppler -> open, recovered
 */
#include "parsers/pdf/overlay.h"
#include "parsers/pdf/pdf.h"

#include <string.h>

#include <glib.h>

#include "parsers/pdf/document.h"
#include "parsers/pdf/page_box.h"
#include "parsers/pdf/page_tree.h"
#include "parsers/pdf/recover.h"
#include "parsers/registry.h"

/* The vtable's quire_reader: a quire_pdf and the bytes that it stands on. */
struct quire_reader {
    quire_pdf pdf;
    quire_bytes input;
    quire_recovery recovery; /* its file is open instead of `input` where it has one */
    bool foreign_cipher; /* Poppler said that it does not know the security handler */
};

/* ---- probe ---- */

enum { PROBE_BYTES = 1024, CERTAIN = 95, POSSIBLE = 20 };

static bool has_object(quire_bytes bytes)
{
    quire_syntax s = {bytes, 0};
    int64_t number, generation;
    while (s.at < bytes.size) {
        quire_syntax ahead = s;
        if (quire_syntax_integer(&ahead, &number) && quire_syntax_integer(&ahead, &generation) &&
            quire_syntax_keyword(&ahead, "obj"))
            return true;
        quire_syntax_skip_space(&s);
        while (s.at < bytes.size && !quire_syntax_is_space(bytes.data[s.at]))
            s.at++;
    }
    return false;
}

/* A text that is only named .pdf is none; a file that lost its first bytes still may be. */
static int probe(quire_bytes input)
{
    quire_bytes head = {input.data, MIN(input.size, PROBE_BYTES)};
    if (head.size == 0)
        return 0;
    if (memmem(head.data, head.size, "%PDF-", 5))
        return CERTAIN;
    return has_object(head) ? POSSIBLE : 0;
}

/* ---- opening ---- */

static void note_while_opening(void *user, const char *category, int64_t offset,
                               const char *message)
{
    quire_reader *reader = user;
    if (strstr(message, "security handler"))
        reader->foreign_cipher = true;
    quire_pdf_complaint(&reader->pdf, category, offset, message);
}

static quire_open_result open_objects(quire_reader *reader, quire_bytes bytes)
{
    quire_pdf *pdf = &reader->pdf;
    return quire_objects_open(bytes.data, bytes.size, pdf->options.password, note_while_opening,
                              reader, &pdf->objects);
}

static void close_objects(quire_pdf *pdf)
{
    quire_page_tree_free(pdf->pages);
    quire_objects_close(pdf->objects);
    pdf->pages = NULL;
    pdf->objects = NULL;
}

static quire_status fail_locked(const quire_reader *reader, quire_error *error)
{
    if (reader->foreign_cipher)
        return quire_fail(error, QUIRE_UNSUPPORTED, "open", 0,
                          "encrypted in a way that is not supported (no standard password)");
    if (reader->pdf.options.password && *reader->pdf.options.password)
        return quire_fail(error, QUIRE_ENCRYPTED, "open", 0,
                          "the document is encrypted and the password is wrong");
    return quire_fail(error, QUIRE_ENCRYPTED, "open", 0,
                      "the document is encrypted: give its user or owner password (--password)");
}

/* Reads the object streams that a scan cannot open: encrypted, or filtered in an unusual way. */
static void open_opaque_streams(quire_reader *reader, quire_scan *scan)
{
    quire_objects *objects = reader->pdf.objects;
    for (guint i = 0; i < scan->opaque->len; i++) {
        int32_t number = g_array_index(scan->opaque, int32_t, i);
        const quire_found *found = quire_scan_find(scan, number);
        size_t mark = quire_objects_mark(objects);
        quire_stream_bytes bytes = {0};
        quire_object *stream = quire_objects_fetch(objects, number, found->generation);
        if (quire_object_read_stream(stream, QUIRE_MAX_STREAM_BYTES, &bytes))
            quire_scan_open_stream(scan, number, (quire_bytes){bytes.data, bytes.size});
        quire_stream_bytes_clear(&bytes);
        quire_objects_release(objects, mark);
    }
}

/* Makes a new file of what the scan found, and opens it. */
static quire_open_result open_recovered(quire_reader *reader, quire_scan *scan)
{
    quire_recovery_clear(&reader->recovery);
    quire_recovery_init(&reader->recovery, scan);
    quire_open_result result = open_objects(reader, reader->recovery.file);
    if (result != QUIRE_OPENED || scan->opaque->len == 0)
        return result;
    open_opaque_streams(reader, scan);
    g_array_set_size(scan->opaque, 0);
    close_objects(&reader->pdf);
    return open_recovered(reader, scan);
}

static void tell_of_fonts(quire_pdf *pdf, const quire_recovery *r)
{
    if (r->guessed->len > 0)
        quire_pdf_issue(pdf, "fonts_guessed", QUIRE_WARNING, 0,
                        "%u fonts are lost; what is set in them reads as Latin letters",
                        r->guessed->len);
    if (r->fonts_lost > 0)
        quire_pdf_issue(pdf, "fonts_lost", QUIRE_SEVERE, 0,
                        "%d fonts are lost; what is set in them cannot be read", r->fonts_lost);
}

static void tell_of_recovery(quire_reader *reader, int pages)
{
    const quire_recovery *r = &reader->recovery;
    quire_pdf *pdf = &reader->pdf;
    pdf->recovered = r->trailer_lost || r->pages_lost > 0 || r->streams_cut > 0;
    if (!pdf->recovered)
        quire_pdf_issue(pdf, "repaired", QUIRE_WARNING, 0,
                        "the cross-reference table is damaged; all %d pages were found without it",
                        pages);
    else if (r->pages_lost > 0)
        quire_pdf_issue(pdf, "recovered", QUIRE_SEVERE, 0,
                        "the file is damaged or cut off: %d pages recovered by scanning for "
                        "objects, at least %d lost",
                        pages, r->pages_lost);
    else
        quire_pdf_issue(pdf, "recovered", QUIRE_SEVERE, 0,
                        "the file is damaged or cut off: %d pages recovered by scanning for "
                        "objects; there may have been more",
                        pages);
    pdf->guessed_fonts = (const int32_t *)r->guessed->data;
    pdf->guessed_font_count = r->guessed->len;
    tell_of_fonts(pdf, r);
}

/* A file without /ID may still open; one whose encryption is lost gives pages of noise. */
static bool has_lost_key(const quire_reader *reader, quire_open_result result)
{
    return reader->recovery.key_lost &&
           (result == QUIRE_OPEN_LOCKED || !reader->recovery.encrypted);
}

static quire_status fail_recovery(quire_reader *reader, quire_open_result result, guint objects,
                                  quire_error *error)
{
    if (has_lost_key(reader, result))
        return quire_fail(error, QUIRE_MALFORMED, "open", 0,
                          "the file is encrypted and cut off: what its key is made from is lost");
    if (result == QUIRE_OPEN_LOCKED)
        return fail_locked(reader, error);
    if (objects == 0)
        return quire_fail(error, QUIRE_MALFORMED, "open", 0, "no object of a PDF is in this file");
    return quire_fail(error, QUIRE_MALFORMED, "open", 0,
                      "no page can be found in this file (of its objects, %u are readable)",
                      objects);
}

/* `survivors`: pages that Poppler's own repair has found; only as many or more are better. */
static quire_status recover(quire_reader *reader, int survivors, quire_error *error)
{
    quire_scan *scan = quire_scan_new(reader->input);
    guint objects = scan->objects->len;
    quire_open_result result = open_recovered(reader, scan);
    quire_scan_free(scan);
    int pages = 0;
    if (result == QUIRE_OPENED) {
        reader->pdf.pages = quire_page_tree_new(&reader->pdf);
        pages = quire_page_tree_survivors(reader->pdf.pages);
    }
    if (pages == 0 || pages < survivors || has_lost_key(reader, result))
        return fail_recovery(reader, result, objects, error);
    tell_of_recovery(reader, pages);
    return QUIRE_OK;
}

static bool is_whole(const quire_reader *reader)
{
    return reader->pdf.pages && quire_page_tree_count(reader->pdf.pages) > 0 &&
           !quire_objects_read_facts(reader->pdf.objects).repaired;
}

/* Opens the input as it is; its page tree is read where that succeeds. */
static quire_open_result open_as_is(quire_reader *reader)
{
    quire_open_result result = open_objects(reader, reader->input);
    if (result == QUIRE_OPENED)
        reader->pdf.pages = quire_page_tree_new(&reader->pdf);
    return result;
}

/* Back to what Poppler made of the file: the scan found less. */
static quire_status keep_repaired(quire_reader *reader)
{
    close_objects(&reader->pdf);
    quire_recovery_clear(&reader->recovery);
    quire_pdf_issue(&reader->pdf, "repaired", QUIRE_WARNING, 0,
                    "the cross-reference table is damaged and was rebuilt");
    open_as_is(reader);
    return QUIRE_OK;
}

static quire_status open_somehow(quire_reader *reader, quire_error *error)
{
    quire_pdf *pdf = &reader->pdf;
    quire_open_result result = open_as_is(reader);
    if (result == QUIRE_OPEN_LOCKED)
        return fail_locked(reader, error);
    if (is_whole(reader))
        return QUIRE_OK;
    int survivors = pdf->pages ? quire_page_tree_survivors(pdf->pages) : 0;
    close_objects(pdf);
    quire_status status = recover(reader, survivors, survivors ? NULL : error);
    return status != QUIRE_OK && survivors ? keep_repaired(reader) : status;
}

static void close_pdf(quire_reader *reader)
{
    if (!reader)
        return;
    quire_pdf *pdf = &reader->pdf;
    quire_interpreter_free(pdf->interpreter);
    quire_document_state_free(pdf->document);
    close_objects(pdf);
    quire_recovery_clear(&reader->recovery);
    quire_arena_free(pdf->arena);
    g_free((char *)pdf->options.password);
    g_free(reader);
}

static quire_status open_pdf(quire_bytes input, const quire_parse_options *options,
                             quire_reader **reader, quire_error *error)
{
    quire_reader *opened = g_new0(quire_reader, 1);
    opened->input = input;
    opened->pdf.options = options ? *options : (quire_parse_options){0};
    opened->pdf.options.password = g_strdup(opened->pdf.options.password);
    opened->pdf.arena = quire_arena_new(0);
    opened->pdf.document = quire_document_state_new();
    quire_status status = open_somehow(opened, error);
    *reader = status == QUIRE_OK ? opened : NULL;
    if (status != QUIRE_OK)
        close_pdf(opened);
    return status;
}

/* ---- pages ---- */

static const quire_facts *facts(quire_reader *reader)
{
    return quire_pdf_facts(&reader->pdf);
}

static const quire_facts *structure(quire_reader *reader)
{
    return quire_pdf_structure(&reader->pdf);
}

static quire_status parse_page(quire_reader *reader, int number, quire_arena *arena,
                               quire_page *page)
{
    quire_pdf *pdf = &reader->pdf;
    quire_pdf_page open;
    pdf->page = number;
    *page = (quire_page){.number = number, .user_unit = 1};
    if (quire_pdf_page_begin(pdf, number, arena, page, &open)) {
        page->label = quire_pdf_label(pdf, number, arena);
        quire_pdf_page_interpret(pdf, &open);
        quire_annotations_read(pdf, &open);
        quire_pdf_page_finish(pdf, &open);
    }
    pdf->page = 0;
    return page->status;
}

static quire_status draw(quire_reader *reader, const quire_draw_request *request,
                         quire_raster *raster, quire_error *error)
{
    return quire_pdf_draw(&reader->pdf, request, raster, error);
}

static quire_status picture(quire_reader *reader, const quire_picture_request *request,
                            quire_picture *kept, quire_error *error)
{
    return quire_pdf_picture(&reader->pdf, request, kept, error);
}

static quire_status overlay(quire_reader *reader, const quire_overlay_word *words, size_t count,
                            quire_sink *sink, quire_error *error)
{
    return quire_pdf_overlay(&reader->pdf, reader->input, words, count, sink, error);
}

const quire_parser quire_pdf_parser = {
    .name = "pdf",
    .extensions = "pdf",
    .media_type = "application/pdf",
    .summary = "Portable Document Format, also damaged or encrypted",
    .probe = probe,
    .open = open_pdf,
    .facts = facts,
    .structure = structure,
    .parse_page = parse_page,
    .draw = draw,
    .picture = picture,
    .overlay = overlay,
    .close = close_pdf,
};
