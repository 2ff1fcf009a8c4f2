/*
 * Data Matrix codes, through libdmtx, which is loaded when a page shows what may be one; where it
 * is missing there are none.
 *
 *     # # # #     two sides of ink that meet in a corner,
 *     ## ## ##    the two others dark and light by turns, module by module
 *     ##  # #
 *     ## # # #    As the solid sides hang together, the box of a piece of ink is that of the code:
 *     #######     libdmtx, which would search all of a page, is shown that alone.
 *
 * Codes that are turned by more than a few degrees, or light on dark, are not seen.
 */
#include "ocr/barcodes.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <dmtx.h>
#include <leptonica/allheaders.h>

#define POINTS 72.0f /* an inch */
#define SIDE_LEAST 8.0f /* points: 10 modules of a printer of 300 dots an inch, 4 dots each */
#define SIDE_MOST 170.0f /* 60 mm */
#define LONGEST_SHAPE 4.5f /* 8 x 32 modules, and what print and scan add */
#define SOLID 0.94f /* of a side that is ink */
#define DOTTED_LEAST 0.3f /* of a side whose modules take turns */
#define DOTTED_MOST 0.7f

enum {
    SIDE_PIXELS = 12,
    INK = 128, /* darker grey levels */
    TURNS = 7, /* from dark to light or back, along 8 modules */
    SKEW = 24, /* pixels of a side for one across: two degrees */
    EDGE = 128, /* the same for what is blurred of an edge */
    CANDIDATES = 8, /* of a page that are read; a page of noise has none */
    MILLISECONDS = 300, /* for all of a page */
};

#define EACH_FUNCTION(of)                                                                          \
    of(TimeNow) of(TimeAdd) of(ImageCreate) of(ImageDestroy) of(DecodeCreate) of(DecodeDestroy)    \
        of(RegionFindNext) of(RegionDestroy) of(DecodeMatrixRegion) of(MessageDestroy)

typedef struct functions {
#define DECLARE(name) __typeof__(&dmtx##name) name;
    EACH_FUNCTION(DECLARE)
#undef DECLARE
} functions;

static bool load(functions *dmtx)
{
    void *library = dlopen("libdmtx.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
#define FIND(name)                                                                                 \
    dmtx->name = (__typeof__(&dmtx##name))dlsym(library, "dmtx" #name);                            \
    if (!dmtx->name)                                                                               \
        return false;
    EACH_FUNCTION(FIND)
#undef FIND
    return true;
}

/* Pixels of one side of a box: the outermost line, and the way to the next ones within. */
typedef struct side {
    const quire_raster *raster;
    int x, y, along_x, along_y, in_x, in_y, length;
} side;

static side side_of(const quire_raster *raster, const BOX *b, int which)
{
    bool upright = which % 2 == 1;
    side s = {raster, b->x, b->y, !upright, upright, upright, !upright, upright ? b->h : b->w};
    if (which == 1) { /* top, right, bottom, left */
        s.x += b->w - 1;
        s.in_x = -1;
    } else if (which == 2) {
        s.y += b->h - 1;
        s.in_y = -1;
    }
    return s;
}

/* Along a line just within the side, that goes `skew` pixels inwards on its way. */
static bool is_ink(const side *s, int at, int skew)
{
    int inset = 1 + s->length / EDGE + (skew > 0 ? skew * at : skew * (at - s->length)) / s->length;
    int x = s->x + at * s->along_x + inset * s->in_x, y = s->y + at * s->along_y + inset * s->in_y;
    const uint8_t *row = s->raster->pixels + (size_t)y * (size_t)s->raster->stride;
    return row[x * s->raster->channels] < INK;
}

static bool is_solid_line(const side *s, int skew)
{
    int dark = 0;
    for (int i = 0; i < s->length; i++)
        dark += is_ink(s, i, skew);
    return (float)dark >= SOLID * (float)s->length;
}

static bool is_dotted_line(const side *s, int skew)
{
    int dark = is_ink(s, 0, skew), turns = 0;
    for (int i = 1; i < s->length; i++) {
        dark += is_ink(s, i, skew);
        turns += is_ink(s, i, skew) != is_ink(s, i - 1, skew);
    }
    float share = (float)dark / (float)s->length;
    return turns >= TURNS && share >= DOTTED_LEAST && share <= DOTTED_MOST;
}

static bool has_line(const side *s, int depth, bool (*is_line)(const side *, int))
{
    int most = s->length / SKEW;
    for (int skew = -most; skew <= most; skew++)
        if (abs(skew) < depth / 2 && is_line(s, skew))
            return true;
    return false;
}

static bool is_candidate(const quire_raster *raster, const BOX *b)
{
    float pixel = POINTS / raster->dpi;
    int longer = b->w > b->h ? b->w : b->h, shorter = b->w > b->h ? b->h : b->w;
    if (shorter < SIDE_PIXELS || (float)shorter * pixel < SIDE_LEAST ||
        (float)longer * pixel > SIDE_MOST || (float)longer > LONGEST_SHAPE * (float)shorter)
        return false;
    bool solid[4];
    int solids = 0, corner = 0;
    for (int i = 0; i < 4; i++) {
        side s = side_of(raster, b, i);
        solid[i] = has_line(&s, shorter, is_solid_line);
        solids += solid[i];
    }
    if (solids != 2 || solid[0] == solid[2])
        return false;
    while (!solid[corner] || !solid[(corner + 1) % 4])
        corner++;
    side third = side_of(raster, b, (corner + 2) % 4), last = side_of(raster, b, (corner + 3) % 4);
    return has_line(&third, shorter, is_dotted_line) && has_line(&last, shorter, is_dotted_line);
}

/* The boxes of all that hangs together; NULL: out of memory. */
static BOXA *find_pieces(const quire_raster *raster)
{
    PIX *ink = pixCreate(raster->width, raster->height, 1);
    for (int y = 0; ink && y < raster->height; y++) {
        const uint8_t *row = raster->pixels + (size_t)y * (size_t)raster->stride;
        l_uint32 *line = pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink);
        for (int x = 0; x < raster->width; x++)
            line[x / 32] |= (l_uint32)(row[x * raster->channels] < INK) << (31 - x % 32);
    }
    BOXA *pieces = ink ? pixConnCompBB(ink, 8) : NULL;
    pixDestroy(&ink);
    return pieces;
}

/* Calls `found` for each candidate until it returns false or there were too many. */
static void find_candidates(const quire_raster *raster, bool (*found)(void *, const BOX *),
                            void *user)
{
    BOXA *pieces = find_pieces(raster);
    int count = pieces ? boxaGetCount(pieces) : 0;
    for (int i = 0, candidates = 0; i < count && candidates < CANDIDATES; i++) {
        BOX *piece = boxaGetBox(pieces, i, L_CLONE);
        bool candidate = is_candidate(raster, piece);
        candidates += candidate;
        if (candidate && !found(user, piece))
            candidates = CANDIDATES;
        boxDestroy(&piece);
    }
    boxaDestroy(&pieces);
}

static bool note(void *user, const BOX *box)
{
    (void)box;
    *(bool *)user = true;
    return false;
}

bool ocr_datamatrix_is_likely(const quire_raster *raster)
{
    bool likely = false;
    find_candidates(raster, note, &likely);
    return likely;
}

typedef struct reader {
    functions dmtx;
    bool loaded;
    DmtxTime deadline;
    const quire_raster *raster;
    ocr_barcodes_found *found;
} reader;

/* The pixels of the box with white around it. */
static uint8_t *cut(const quire_raster *raster, const BOX *box, int margin, int *width, int *height)
{
    *width = box->w + 2 * margin;
    *height = box->h + 2 * margin;
    uint8_t *pixels = malloc((size_t)*width * (size_t)*height);
    if (!pixels)
        return NULL;
    memset(pixels, 255, (size_t)*width * (size_t)*height);
    for (int y = 0; y < box->h; y++) {
        const uint8_t *row = raster->pixels + (size_t)(box->y + y) * (size_t)raster->stride;
        for (int x = 0; x < box->w; x++)
            pixels[(size_t)(y + margin) * (size_t)*width + (size_t)(x + margin)] =
                row[(box->x + x) * raster->channels];
    }
    return pixels;
}

/* Without errors that had to be corrected, the code is sure. */
static bool add_region(reader *r, const BOX *box, DmtxDecode *decode, DmtxRegion *region)
{
    float confidence = 1;
    DmtxMessage *message = r->dmtx.DecodeMatrixRegion(decode, region, 0);
    if (!message) {
        confidence = 0.9f;
        message = r->dmtx.DecodeMatrixRegion(decode, region, DmtxUndefined);
    }
    if (!message)
        return false;
    quire_box pixels = {(float)box->x, (float)box->y, (float)(box->x + box->w),
                        (float)(box->y + box->h)};
    if (message->outputIdx > 0)
        ocr_barcodes_add(r->found, "data_matrix", (const char *)message->output,
                         (size_t)message->outputIdx, pixels, confidence);
    r->dmtx.MessageDestroy(&message);
    return true;
}

static void read_image(reader *r, const BOX *box, DmtxImage *image)
{
    DmtxDecode *decode = r->dmtx.DecodeCreate(image, 1);
    bool done = !decode;
    while (!done) {
        DmtxRegion *region = r->dmtx.RegionFindNext(decode, &r->deadline);
        done = !region || add_region(r, box, decode, region);
        if (region)
            r->dmtx.RegionDestroy(&region);
    }
    if (decode)
        r->dmtx.DecodeDestroy(&decode);
}

static bool read_candidate(void *user, const BOX *box)
{
    reader *r = user;
    int width, height, margin = 4 + box->h / 10;
    if (!r->loaded && !load(&r->dmtx))
        return false;
    if (!r->loaded)
        r->deadline = r->dmtx.TimeAdd(r->dmtx.TimeNow(), MILLISECONDS);
    r->loaded = true;
    uint8_t *pixels = cut(r->raster, box, margin, &width, &height);
    DmtxImage *image = pixels ? r->dmtx.ImageCreate(pixels, width, height, DmtxPack8bppK) : NULL;
    if (image) {
        read_image(r, box, image);
        r->dmtx.ImageDestroy(&image);
    }
    free(pixels);
    return true;
}

void ocr_datamatrix_read(const quire_raster *raster, ocr_barcodes_found *found)
{
    reader r = {.raster = raster, .found = found};
    find_candidates(raster, read_candidate, &r);
}
