/*
 * Grounds: areas of a page that are printed dark or grey, and bear text.
 *
 *      ################################        one threshold for the whole page makes such an area
 *      ##  ANNUAL REPORT  #############        black from edge to edge, and its text is gone;
 *      ################################        so it is brought to white by itself
 *
 * Text that is darker than its ground is kept as it is, text that is lighter is inverted.
 */
#include "ocr/paper.h"

/* In squares of four pixels, of which the ink is looked at. */
enum {
    SOLID = 6, /* a square that text does not fill */
    JOIN = 25, /* what lies between solid parts and is no wider is text on them */
    SIDE_LEAST = 15, /* of a ground; smaller ones are bullets and bars */
    SCALE = 4,
};

enum { CONTRAST = 40, WHITE = 255 }; /* grey levels: text differs by that from its ground */

#define INK_LEAST 0.004f /* share of a ground that is text; */
#define INK_MOST 0.35f /* more is a photograph */

/* What a grey level becomes. */
typedef struct grey_map {
    uint8_t to[WHITE + 1];
} grey_map;

/* The level of the ground is that of most pixels; text is what differs from it. */
static bool measure(PIX *grey, BOX *box, grey_map *map)
{
    int counts[WHITE + 1] = {0}, darker = 0, lighter = 0, all = 0, ground = 0;
    l_int32 x0, y0, width, height;
    boxGetGeometry(box, &x0, &y0, &width, &height);
    for (l_int32 y = y0; y < y0 + height; y += 2) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        for (l_int32 x = x0; x < x0 + width; x += 2, all++)
            counts[GET_DATA_BYTE(line, x)]++;
    }
    for (int so_far = 0; ground < WHITE && (so_far += counts[ground]) * 2 < all;)
        ground++;
    for (int i = 0; i <= WHITE; i++) {
        darker += i < ground - CONTRAST ? counts[i] : 0;
        lighter += i > ground + CONTRAST ? counts[i] : 0;
    }
    bool inverted = lighter > darker;
    for (int i = 0; i <= WHITE; i++) {
        int dark = ground > 0 ? i * WHITE / ground : WHITE;
        int light = ground < WHITE ? (WHITE - i) * WHITE / (WHITE - ground) : WHITE;
        int level = inverted ? light : dark;
        map->to[i] = (uint8_t)(level > WHITE ? WHITE : level);
    }
    float share = (float)(inverted ? lighter : darker) / (float)(all + 1);
    return share >= INK_LEAST && share <= INK_MOST;
}

static void apply(PIX *grey, PIX *mask, BOX *box, const grey_map *map)
{
    l_int32 x0, y0, width, height;
    boxGetGeometry(box, &x0, &y0, &width, &height);
    for (l_int32 y = y0; y < y0 + height; y++) {
        l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        const l_uint32 *masked =
            pixGetData(mask) + (size_t)((y - y0) / SCALE) * (size_t)pixGetWpl(mask);
        for (l_int32 x = x0; x < x0 + width; x++)
            if (GET_DATA_BIT(masked, (x - x0) / SCALE))
                SET_DATA_BYTE(line, x, map->to[GET_DATA_BYTE(line, x)]);
    }
}

/* Dark areas at a quarter of the size, with the text on them. */
static PIX *find_areas(PIX *ink)
{
    PIX *small = pixReduceRankBinaryCascade(ink, 2, 2, 0, 0);
    PIX *solid = small ? pixOpenBrick(NULL, small, SOLID, SOLID) : NULL;
    PIX *areas = solid ? pixCloseSafeBrick(NULL, solid, JOIN, JOIN) : NULL;
    pixDestroy(&small);
    pixDestroy(&solid);
    return areas;
}

static BOX *full_size(BOX *small, PIX *grey)
{
    l_int32 x, y, width, height;
    boxGetGeometry(small, &x, &y, &width, &height);
    BOX *box = boxCreate(x * SCALE, y * SCALE, width * SCALE, height * SCALE);
    BOX *clipped = boxClipToRectangle(box, pixGetWidth(grey), pixGetHeight(grey));
    boxDestroy(&box);
    return clipped;
}

static bool level_area(PIX *grey, PIX *area, BOX *small)
{
    grey_map map;
    l_int32 width, height;
    boxGetGeometry(small, NULL, NULL, &width, &height);
    BOX *box = width >= SIDE_LEAST && height >= SIDE_LEAST ? full_size(small, grey) : NULL;
    bool bears_text = box && measure(grey, box, &map);
    if (bears_text)
        apply(grey, area, box, &map);
    boxDestroy(&box);
    return bears_text;
}

int ocr_paper_level_grounds(ocr_paper *paper)
{
    PIX *areas = find_areas(paper->ink);
    PIXA *each = NULL;
    BOXA *boxes = areas ? pixConnComp(areas, &each, 8) : NULL;
    int levelled = 0;
    for (l_int32 i = 0; i < boxaGetCount(boxes); i++) {
        PIX *area = pixaGetPix(each, i, L_CLONE);
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        levelled += level_area(paper->grey, area, box);
        boxDestroy(&box);
        pixDestroy(&area);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&each);
    pixDestroy(&areas);
    return levelled;
}
