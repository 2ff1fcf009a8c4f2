/*
 * Poppler's objects, streams, fonts, colours, optional content and rendering behind plain C.
 *
 * It knows how to open a file, to follow references, to decode streams, to turn character codes
 * into Unicode and widths, and to draw a page. It refuses to know what any of it is for: no
 * operators, no pages as evidence, no facts. poppler_objects.cc is the only C++ of the library;
 * no exception leaves it, and nothing is written to standard error.
 *
 * Handles of objects are borrowed: they live until a mark that was taken before them is released,
 * and at the latest until the file is closed. Functions that read an object take NULL for "absent".
 */
#ifndef QUIRE_PARSERS_PDF_POPPLER_OBJECTS_H
#define QUIRE_PARSERS_PDF_POPPLER_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/pdf/stream_bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quire_objects quire_objects; /* an open file */
typedef struct quire_object quire_object; /* a borrowed handle */
typedef struct quire_face quire_face; /* a font as the file holds it */
typedef struct quire_tint quire_tint; /* a colour space that Poppler evaluates */

/* ---- the file ---- */

typedef enum quire_open_result {
    QUIRE_OPENED = 0,
    QUIRE_OPEN_LOCKED, /* no password, or a wrong one */
    QUIRE_OPEN_BROKEN, /* no cross-reference table, no catalog, or no page tree */
} quire_open_result;

/* What Poppler complains about; `offset` -1: unknown. The message dies with the call. */
typedef void (*quire_complaint_fn)(void *user, const char *category, int64_t offset,
                                   const char *message);

/*
 * Opens bytes that must outlive the handle. `password` (NULL: none) is tried as the owner's and as
 * the user's. *objects is NULL unless QUIRE_OPENED.
 */
quire_open_result quire_objects_open(const void *bytes, size_t size, const char *password,
                                     quire_complaint_fn complain, void *user,
                                     quire_objects **objects);
void quire_objects_close(quire_objects *objects); /* NULL is fine */

typedef enum quire_permission {
    QUIRE_MAY_PRINT = 1 << 0,
    QUIRE_MAY_CHANGE = 1 << 1,
    QUIRE_MAY_COPY = 1 << 2,
    QUIRE_MAY_ANNOTATE = 1 << 3,
    QUIRE_MAY_FILL_FORMS = 1 << 4,
    QUIRE_MAY_ACCESS = 1 << 5, /* for the disabled */
    QUIRE_MAY_ASSEMBLE = 1 << 6,
    QUIRE_MAY_PRINT_FINE = 1 << 7,
} quire_permission;

typedef struct quire_objects_facts {
    int major, minor; /* PDF version: the greater of header and catalog */
    int page_count;
    int object_count; /* numbers of the cross-reference table: 0 .. object_count - 1 */
    bool repaired; /* Poppler had to rebuild the cross-reference table */
    bool encrypted;
    bool owner; /* the password lifted restrictions: it was the owner's */
    const char *cipher; /* "RC4", "AES-128", "AES-256"; NULL: not encrypted */
    int key_bits;
    unsigned permissions; /* quire_permission, as granted to a user */
} quire_objects_facts;

quire_objects_facts quire_objects_read_facts(quire_objects *objects);

/* Handles taken after a mark die when it is released; marks nest. */
size_t quire_objects_mark(const quire_objects *objects);
void quire_objects_release(quire_objects *objects, size_t mark);

quire_object *quire_objects_catalog(quire_objects *objects);
quire_object *quire_objects_info(quire_objects *objects); /* the information dictionary */
quire_object *quire_objects_trailer(quire_objects *objects); /* of the newest section */
quire_object *quire_objects_fetch(quire_objects *objects, int number, int generation);

typedef struct quire_page_source {
    int number; /* 1-based */
    int object, generation;
    double media[4], crop[4]; /* x0 y0 x1 y1 in default user space, crop within media */
    int rotate; /* 0, 90, 180, 270 */
    quire_object *dictionary, *resources, *contents, *annotations; /* each may be NULL */
} quire_page_source;

/* `reference`: of an optional content group or membership dictionary, not followed. */
bool quire_objects_is_visible(quire_objects *objects, const quire_object *reference);

/* ---- objects ---- */

typedef enum quire_object_type {
    QUIRE_OBJECT_NULL = 0,
    QUIRE_OBJECT_BOOLEAN,
    QUIRE_OBJECT_INTEGER,
    QUIRE_OBJECT_REAL,
    QUIRE_OBJECT_STRING,
    QUIRE_OBJECT_NAME,
    QUIRE_OBJECT_ARRAY,
    QUIRE_OBJECT_DICTIONARY,
    QUIRE_OBJECT_STREAM,
    QUIRE_OBJECT_REFERENCE,
    QUIRE_OBJECT_OTHER,
} quire_object_type;

quire_object_type quire_object_kind(const quire_object *object);
double quire_object_number(const quire_object *object, double otherwise); /* integer or real */
int quire_object_integer(const quire_object *object, int otherwise); /* also of a real */
bool quire_object_boolean(const quire_object *object, bool otherwise);
const char *quire_object_name(const quire_object *object); /* "" when it is no name */
bool quire_object_is_name(const quire_object *object, const char *name);
/* Bytes of a string, not NUL-terminated for certain; "" with *size 0 when it is no string. */
const char *quire_object_string(const quire_object *object, size_t *size);
/* Number and generation of a reference; false when it is none. */
bool quire_object_reference(const quire_object *object, int *number, int *generation);

/* What a reference leads to, NULL when nothing; any other object itself. */
const quire_object *quire_object_target(const quire_object *object);

int quire_object_count(const quire_object *object); /* elements of an array, entries of a dict */
/* Elements of an array, NULL past the end or when null. _raw: references are not followed. */
quire_object *quire_object_at(const quire_object *array, int index);
quire_object *quire_object_at_raw(const quire_object *array, int index);
double quire_object_number_at(const quire_object *array, int index, double otherwise);
/* Up to `count` numbers of an array into `out`; returns how many there were. */
int quire_object_numbers(const quire_object *array, double *out, int count);

/* Entries of a dictionary, or of a stream's; NULL when absent or null. */
quire_object *quire_object_find(const quire_object *dictionary, const char *key);
quire_object *quire_object_find_raw(const quire_object *dictionary, const char *key);
const char *quire_object_key_at(const quire_object *dictionary, int index); /* "" past the end */
quire_object *quire_object_value_at_raw(const quire_object *dictionary, int index);
double quire_object_find_number(const quire_object *dictionary, const char *key, double otherwise);
int quire_object_find_integer(const quire_object *dictionary, const char *key, int otherwise);
bool quire_object_find_boolean(const quire_object *dictionary, const char *key, bool otherwise);

/* ---- streams ---- */

/*
 * Appends the decoded bytes of `stream`, at most `ceiling` of them. Plain Flate goes through zlib,
 * other filters through Poppler; images (JPEG, JPEG 2000, JBIG2, fax) are refused as damaged. False
 * when `stream` is no stream, or nothing could be read.
 */
bool quire_object_read_stream(const quire_object *stream, size_t ceiling,
                              quire_stream_bytes *bytes);

typedef enum quire_image_coding {
    QUIRE_IMAGE_OTHER = 0,
    QUIRE_IMAGE_JPEG,
    QUIRE_IMAGE_JPEG2000,
} quire_image_coding;

/*
 * Appends the bytes of an image as its last filter finds them: a JPEG or JPEG 2000 file, decrypted
 * and without the filters around it. QUIRE_IMAGE_OTHER, and no bytes, where it is neither.
 */
quire_image_coding quire_object_read_image_file(const quire_object *stream, size_t ceiling,
                                                quire_stream_bytes *bytes);
/*
 * Appends the samples of an image whose filters are not JPEG's: fax, JBIG2, Flate and the like; at
 * most `ceiling` bytes. Whoever calls knows that it is as large as is bearable. False: none.
 */
bool quire_object_read_samples(const quire_object *image, size_t ceiling,
                               quire_stream_bytes *bytes);

/* ---- fonts ---- */

typedef struct quire_face_facts {
    const char *name; /* with its subset prefix; "" where the file gives none */
    bool italic, serif, fixed, symbolic, bold; /* of the descriptor's Flags */
    bool embedded, subset, to_unicode, type3, composite, vertical;
    int weight; /* 100..900 of FontWeight, 0: not given */
    const char *encoding; /* name of the base encoding, "" where custom */
    double ascent, descent; /* of an em */
    double matrix[6], box[4]; /* Type 3 only */
} quire_face_facts;

typedef struct quire_face_char {
    uint32_t code;
    const uint32_t *text; /* Unicode, owned by the face; NULL: none */
    int text_count;
    double dx, dy; /* advance, of an em */
    double ox, oy; /* origin of vertical writing relative to the horizontal one, of an em */
} quire_face_char;

typedef enum quire_face_part {
    QUIRE_FACE_PROGRAM = 1 << 0,
    QUIRE_FACE_CMAPS = 1 << 1,
} quire_face_part;

/*
 * Builds the font of `dictionary`; number -1 for a direct one. NULL when it is hopeless. Without
 * QUIRE_FACE_PROGRAM its embedded file is not read, which is most of the cost; only codes of a
 * simple font that its dictionary leaves to the built-in encoding need it. Without QUIRE_FACE_CMAPS
 * its own CMaps are not expanded.
 */
quire_face *quire_face_open(quire_objects *objects, const quire_object *dictionary, int number,
                            int generation, unsigned parts);
void quire_face_close(quire_face *face);
/* Sets a bit for each code that a /Differences array gives a glyph name to. */
void quire_differences_read(const quire_object *differences, uint8_t codes[256 / 8]);
quire_face_facts quire_face_read_facts(const quire_face *face);
/* Reads one character of a string; returns the bytes it took, at least 1 (`size` must be > 0). */
int quire_face_next(const quire_face *face, const uint8_t *bytes, size_t size,
                    quire_face_char *character);
/* Name of the glyph of a code in a simple font, NULL: none. Owned by the face. */
const char *quire_face_glyph_name(const quire_face *face, unsigned code);
/* Unicode of a glyph name in Adobe's lists, 0: unknown. */
uint32_t quire_glyph_name_unicode(const char *name);

/* ---- colours ---- */

/* A colour space of any family; NULL when it cannot be read. */
quire_tint *quire_tint_open(quire_objects *objects, const quire_object *space);
void quire_tint_close(quire_tint *tint);
int quire_tint_components(const quire_tint *tint);
uint32_t quire_tint_rgb(const quire_tint *tint, const double *components, int count); /* 0xRRGGBB */
/* DeviceCMYK as Poppler converts it. */
uint32_t quire_cmyk_rgb(double c, double m, double y, double k);

/* ---- rendering ---- */

typedef struct quire_canvas {
    uint8_t *pixels; /* rows from the top, `stride` bytes each; owned */
    int width, height, stride;
    int channels; /* 1: gray, 3: red green blue */
    int left_out; /* paths that were too much to draw */
} quire_canvas;

typedef struct quire_canvas_request {
    int page; /* 1-based; counts where `object` is none that Poppler knows as a page */
    int object, generation; /* of the page; 0 or less: not known */
    double dpi;
    int channels; /* 1 or 3 */
    bool annotations; /* draw them, too */
    int x, y, width, height; /* part of the page in pixels; width 0: all of it */
    size_t max_pixels; /* 0: 100 million */
    bool (*cancelled)(void *user); /* asked while drawing; may be NULL */
    void *user;
} quire_canvas_request;

/* False when the page does not exist or would need more than max_pixels. */
bool quire_objects_render(quire_objects *objects, const quire_canvas_request *request,
                          quire_canvas *canvas);
void quire_canvas_clear(quire_canvas *canvas);

#ifdef __cplusplus
}
#endif

#endif
