/*
 * Barcodes, through ZBar, which is loaded when the first page is read and may be missing: then
 * there are none of its codes.
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
    ocr_barcodes_found *found;
} reader;

static quire_box box_of(const reader *r, const zbar_symbol_t *symbol)
{
    quire_box box = quire_box_empty();
    for (unsigned i = 0; i < r->zbar.symbol_get_loc_size(symbol); i++) {
        float x = (float)r->zbar.symbol_get_loc_x(symbol, i);
        float y = (float)r->zbar.symbol_get_loc_y(symbol, i);
        box = quire_box_union(box, (quire_box){x, y, x, y});
    }
    return box;
}

static bool is_utf8(const char *bytes, size_t size)
{
    for (size_t at = 0; at < size;)
        if (quire_utf8_next(bytes, size, &at) == QUIRE_REPLACEMENT)
            return false;
    return true;
}

void ocr_barcodes_add(ocr_barcodes_found *found, const char *name, const char *bytes, size_t size,
                      quire_box pixels, float confidence)
{
    size = bytes ? strnlen(bytes, size) : 0;
    if (size == 0 || size > LONGEST || found->count == MOST_CODES || quire_box_width(pixels) <= 0)
        return;
    bool utf8 = is_utf8(bytes, size);
    char *text = quire_arena_take(found->arena, 2 * size + 4);
    for (size_t at = 0, used = 0; at < size;) {
        uint32_t next = utf8 ? quire_utf8_next(bytes, size, &at) : (uint8_t)bytes[at++];
        used += quire_utf8_put(next, text + used);
    }
    float x = found->corner.x, y = found->corner.y, scale = found->scale;
    quire_box box = {x + pixels.x0 * scale, y + pixels.y0 * scale, x + pixels.x1 * scale,
                     y + pixels.y1 * scale};
    found->codes[found->count++] =
        (quire_barcode){.box = box, .symbology = name, .text = text, .confidence = confidence};
}

static void add_symbol(reader *r, const zbar_symbol_t *symbol)
{
    const symbology *kind = find_symbology(r->zbar.symbol_get_type(symbol));
    if (!kind)
        return;
    int lines = r->zbar.symbol_get_quality(symbol);
    bool square = kind->type == ZBAR_QRCODE;
    size_t size = r->zbar.symbol_get_data_length(symbol);
    if ((!square && lines < (kind->checked ? LINES_AGREE : 2 * LINES_AGREE)) ||
        (!kind->checked && size < LEAST_TEXT))
        return;
    float agree = fminf(1, (float)lines / SURE_LINES);
    ocr_barcodes_add(r->found, kind->name, r->zbar.symbol_get_data(symbol), size, box_of(r, symbol),
                     square ? 1 : 0.5f + agree / 2);
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
    double pixels = (double)raster->width * raster->height;
    int step = pixels > MOST_PIXELS ? (int)ceil(sqrt(pixels / MOST_PIXELS)) : 1;
    quire_raster grey = {.channels = 1, .dpi = raster->dpi / (float)step};
    grey.pixels = pack(raster, step, &grey.width, &grey.height);
    grey.stride = grey.width;
    if (!grey.pixels)
        return;
    ocr_barcodes_found found = {.scale = POINTS / grey.dpi, .corner = corner, .arena = arena};
    found.codes = quire_arena_array(arena, quire_barcode, MOST_CODES);
    reader r = {.found = &found};
    if (load(&r.zbar))
        read_pixels(&r, grey.pixels, grey.width, grey.height);
    ocr_datamatrix_read(&grey, &found);
    free(grey.pixels);
    page->barcodes = found.codes;
    page->barcode_count = found.count;
}
