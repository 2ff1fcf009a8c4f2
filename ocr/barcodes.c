/*
 * Barcodes, through ZBar, which is loaded when the first page is read and may be missing: then
 * there are no codes.
 *
 *     ||| || |||   one line of pixels reads all of it; several must agree
 *     [#] ## [#]
 *      ## ##  #    squares of modules, found by their three eyes
 *     [#] #  ##
 *
 * Symbologies without a check digit that print and noise resemble (DataBar, Codabar) are left out.
 */
#include "ocr/barcodes.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zbar.h>

#define POINTS 72.0f /* an inch */
#define MOST_PIXELS 12e6 /* more are thinned out */
#define GREY8 0x30303859ul /* "Y800", little-endian */

enum {
    MOST_CODES = 200, /* of a page */
    LINES_AGREE = 3, /* lines of pixels that read the same bars */
    SURE_LINES = 20,
    LEAST_TEXT = 3, /* characters of a code without a check digit */
    LONGEST = 8 * 1024, /* bytes; the largest symbols hold 7089 digits */
};

#define EACH_FUNCTION(of)                                                                          \
    of(image_scanner_create) of(image_scanner_destroy) of(image_scanner_set_config)                \
        of(image_create) of(image_destroy) of(image_set_format) of(image_set_size)                 \
            of(image_set_data) of(image_first_symbol) of(scan_image) of(symbol_next)               \
                of(symbol_get_type) of(symbol_get_data) of(symbol_get_data_length)                 \
                    of(symbol_get_quality) of(symbol_get_loc_size) of(symbol_get_loc_x)            \
                        of(symbol_get_loc_y)

typedef struct functions {
#define DECLARE(name) __typeof__(&zbar_##name) name;
    EACH_FUNCTION(DECLARE)
#undef DECLARE
} functions;

static bool load(functions *zbar)
{
    void *library = dlopen("libzbar.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
#define FIND(name)                                                                                 \
    zbar->name = (__typeof__(&zbar_##name))dlsym(library, "zbar_" #name);                          \
    if (!zbar->name)                                                                               \
        return false;
    EACH_FUNCTION(FIND)
#undef FIND
    return true;
}

typedef struct symbology {
    zbar_symbol_type_t type;
    const char *name;
    bool checked; /* it has a check digit */
} symbology;

static const symbology symbologies[] = {
    {ZBAR_QRCODE, "qr_code", true},
    {ZBAR_EAN13, "ean_13", true},
    {ZBAR_EAN8, "ean_8", true},
    {ZBAR_UPCA, "upc_a", true},
    {ZBAR_UPCE, "upc_e", true},
    {ZBAR_ISBN10, "isbn_10", true},
    {ZBAR_ISBN13, "isbn_13", true},
    {ZBAR_CODE128, "code_128", true},
    {ZBAR_CODE93, "code_93", true},
    {ZBAR_CODE39, "code_39", false},
    {ZBAR_I25, "interleaved_2_of_5", false},
};

static const symbology *find_symbology(zbar_symbol_type_t type)
{
    for (size_t i = 0; i < sizeof symbologies / sizeof *symbologies; i++)
        if (symbologies[i].type == type)
            return &symbologies[i];
    return NULL;
}

/* The raster without padding, every `step`th pixel of it. */
static uint8_t *pack(const quire_raster *raster, int step, int *width, int *height)
{
    *width = raster->width / step;
    *height = raster->height / step;
    uint8_t *pixels = malloc((size_t)*width * (size_t)*height + 1);
    for (int y = 0; pixels && y < *height; y++) {
        const uint8_t *row = raster->pixels + (size_t)y * (size_t)step * (size_t)raster->stride;
        for (int x = 0; x < *width; x++)
            pixels[(size_t)y * (size_t)*width + (size_t)x] = row[x * step * raster->channels];
    }
    return pixels;
}

typedef struct reader {
    functions zbar;
    float scale; /* points of a pixel */
    quire_point corner; /* of the raster, on the page */
    quire_arena *arena;
    quire_barcode *found;
    size_t count;
} reader;

static quire_box box_of(const reader *r, const zbar_symbol_t *symbol)
{
    quire_box box = quire_box_empty();
    for (unsigned i = 0; i < r->zbar.symbol_get_loc_size(symbol); i++) {
        float x = r->corner.x + (float)r->zbar.symbol_get_loc_x(symbol, i) * r->scale;
        float y = r->corner.y + (float)r->zbar.symbol_get_loc_y(symbol, i) * r->scale;
        box = quire_box_union(box, (quire_box){x, y, x, y});
    }
    return box;
}

/* Valid UTF-8 of what the code says, up to a NUL; NULL: it says nothing. */
static const char *text_of(const reader *r, const zbar_symbol_t *symbol)
{
    const char *data = r->zbar.symbol_get_data(symbol);
    size_t size = r->zbar.symbol_get_data_length(symbol), at = 0, used = 0;
    if (!data || size == 0 || size > LONGEST)
        return NULL;
    size = strnlen(data, size);
    char *text = quire_arena_take(r->arena, 3 * size + 4);
    while (at < size)
        used += quire_utf8_put(quire_utf8_next(data, size, &at), text + used);
    return used > 0 ? text : NULL;
}

static void add_symbol(reader *r, const zbar_symbol_t *symbol)
{
    const symbology *kind = find_symbology(r->zbar.symbol_get_type(symbol));
    if (!kind || r->count == MOST_CODES)
        return;
    int lines = r->zbar.symbol_get_quality(symbol);
    bool square = kind->type == ZBAR_QRCODE;
    const char *text = text_of(r, symbol);
    quire_box box = box_of(r, symbol);
    if (!text || (!square && lines < (kind->checked ? LINES_AGREE : 2 * LINES_AGREE)) ||
        (!kind->checked && strlen(text) < LEAST_TEXT) || quire_box_width(box) <= 0)
        return;
    float agree = fminf(1, (float)lines / SURE_LINES);
    r->found[r->count++] = (quire_barcode){.box = box,
                                           .symbology = kind->name,
                                           .text = text,
                                           .confidence = square ? 1 : 0.5f + agree / 2};
}

static void read_pixels(reader *r, const uint8_t *pixels, int width, int height)
{
    const functions *z = &r->zbar;
    zbar_image_scanner_t *scanner = z->image_scanner_create();
    zbar_image_t *image = z->image_create();
    static const zbar_symbol_type_t off[] = {ZBAR_DATABAR, ZBAR_DATABAR_EXP, ZBAR_CODABAR};
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        z->image_scanner_set_config(scanner, off[i], ZBAR_CFG_ENABLE, 0);
    z->image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, 2);
    z->image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, 2);
    z->image_set_format(image, GREY8);
    z->image_set_size(image, (unsigned)width, (unsigned)height);
    z->image_set_data(image, pixels, (unsigned long)width * (unsigned long)height, NULL);
    if (z->scan_image(scanner, image) > 0)
        for (const zbar_symbol_t *s = z->image_first_symbol(image); s; s = z->symbol_next(s))
            add_symbol(r, s);
    z->image_destroy(image);
    z->image_scanner_destroy(scanner);
}

void ocr_barcodes_read(const quire_raster *raster, quire_point corner, quire_arena *arena,
                       quire_page *page)
{
    reader r = {.corner = corner, .arena = arena};
    int width, height;
    double pixels = (double)raster->width * raster->height;
    int step = pixels > MOST_PIXELS ? (int)ceil(sqrt(pixels / MOST_PIXELS)) : 1;
    if (!load(&r.zbar))
        return;
    uint8_t *packed = pack(raster, step, &width, &height);
    if (!packed)
        return;
    r.scale = POINTS / raster->dpi * (float)step;
    r.found = quire_arena_array(arena, quire_barcode, MOST_CODES);
    read_pixels(&r, packed, width, height);
    free(packed);
    page->barcodes = r.found;
    page->barcode_count = r.count;
}
