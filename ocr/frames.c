/*
 * Frames to be marked:
 *
 *      +---+   pieces of ink as high as wide, of the size of a letter or two, whose outline is
 *      | x |   drawn all around: four straight sides, or a circle, whatever they hold
 *      +---+
 *       \  /   a mark that leaves its frame makes one larger piece with it: the frame is sought
 *      +-\/+   within, by the outline that other frames of the page have
 *      +---+
 *
 * What touches another frame is a comb or a grid, and what stands between letters is a letter.
 */
#include "ocr/frames.h"

#include <math.h>
#include <stdlib.h>

/* Of the height of most letters, which is nearly that of the small ones. */
#define SIDE_LEAST 1.05f
#define SIDE_MOST 5.0f
#define ROUND_LEAST 1.35f /* smaller ones are letters and bullets */
#define LONE_MOST 3.2f /* larger frames that hold something hold a letter */
#define STRETCH 1.45f /* of the longer side to the shorter one */
#define ROUND_STRETCH 1.2f /* the same of circles; a zero is longer */
#define LEAKY 3.2f /* a piece with a mark that leaves the frame: its sides, of the frame's */

#define SIDE_DRAWN 0.86f /* of each side */
#define SIDE_BROKEN 0.75f /* of each side, between four corners */
#define ROUND_DRAWN 0.93f /* of a circle */
#define BAND 8 /* a side is sought in an eighth of the frame */
#define INSET 0.14f /* of a side, beside its thickness: what lies further in is inside */
#define INSET_MOST 0.34f
#define RING 0.25f /* of a side: how far around it leaks are looked for */
#define RING_CLEAR 0.45f /* more ink than that around a frame, and it is part of a drawing */
#define GAP_BEFORE 0.3f /* of its side: what stands nearer is text, with letters before it */
#define GAP_BEHIND 0.16f /* or behind it */
#define ROUND_GAP_BEFORE 0.5f /* the same of circles, which are letters more often */
#define ROUND_GAP_BEHIND 0.33f
#define ROUND_GAP_STACKED 0.28f /* above or below a circle: a letter of a line on its side */
#define ROUND_STROKE 0.12f /* of a circle's diameter: thicker ones are letters */
#define EMPTY 0.04f /* ink inside: less is an empty frame */
#define SOLID 0.55f /* ink inside: a bullet or a letter, unless others like it are empty */
#define COMB 0.3f /* of a side: frames that stand nearer in a row of four are a comb */

enum {
    MOST_FRAMES = 5000,
    MOST_LOOKED_AT = 60 * 1000, /* pieces of the right size */
    MOST_LEAKY = 1500, /* larger pieces in which frames are sought */
    MOST_KINDS = 6, /* of frames, by shape and size */
    LEAST_SIDE = 12, /* pixels */
    ANGLES = 64,
    COMB_CELLS = 4,
    TIP = 6, /* of a circle's width: less ink beyond it is no letter */
    SPECKS = 12, /* of a side: as much ink in a column of it is noise */
};

typedef struct finder {
    const l_uint32 *data;
    int wpl, width, height;
    int least, most; /* sides, pixels */
    int round_least, lone_most;
    ocr_frame_list *frames;
    ocr_frame kinds[MOST_KINDS];
    int kind_count;
} finder;

static bool is_ink(const finder *f, int x, int y)
{
    if (x < 0 || y < 0 || x >= f->width || y >= f->height)
        return false;
    return GET_DATA_BIT(f->data + (size_t)y * (size_t)f->wpl, x);
}

static int count_ink(const finder *f, int x0, int y0, int x1, int y1)
{
    int count = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            count += is_ink(f, x, y);
    return count;
}

/* ---- outlines ---- */

/* Is there ink on the way of `steps` pixels from (x, y)? */
static bool meets_ink(const finder *f, int x, int y, int dx, int dy, int steps)
{
    for (int i = 0; i < steps; i++)
        if (is_ink(f, x + i * dx, y + i * dy))
            return true;
    return false;
}

static int band_of(int side)
{
    int band = side / BAND;
    return band < 2 ? 2 : band;
}

/* The least share of a side that is drawn. */
static float square_drawn(const finder *f, const ocr_frame *b)
{
    int drawn[4] = {0}, band = band_of(b->width < b->height ? b->width : b->height);
    for (int x = b->x; x < b->x + b->width; x++) {
        drawn[0] += meets_ink(f, x, b->y, 0, 1, band);
        drawn[1] += meets_ink(f, x, b->y + b->height - 1, 0, -1, band);
    }
    for (int y = b->y; y < b->y + b->height; y++) {
        drawn[2] += meets_ink(f, b->x, y, 1, 0, band);
        drawn[3] += meets_ink(f, b->x + b->width - 1, y, -1, 0, band);
    }
    float least = 1;
    for (int i = 0; i < 4; i++)
        least = fminf(least, (float)drawn[i] / (float)(i < 2 ? b->width : b->height));
    return least;
}

/* The share of the ellipse in its box that is drawn. */
static float round_drawn(const finder *f, const ocr_frame *b)
{
    int drawn = 0, band = band_of(b->width);
    float rx = (float)(b->width - 1) / 2, ry = (float)(b->height - 1) / 2;
    for (int i = 0; i < ANGLES; i++) {
        float angle = (float)i * 2 * (float)M_PI / ANGLES, c = cosf(angle), s = sinf(angle);
        bool met = false;
        for (int k = -1; k < band && !met; k++)
            met = is_ink(f, (int)lroundf((float)b->x + rx + c * (rx - (float)k)),
                         (int)lroundf((float)b->y + ry + s * (ry - (float)k)));
        drawn += met;
    }
    return (float)drawn / ANGLES;
}

/* Thickness of a circle at its left and right, where a letter is thickest; in pixels. */
static int stroke_of(const finder *f, const ocr_frame *b)
{
    int y = b->y + b->height / 2, left = 0, right = 0;
    while (left < b->width && is_ink(f, b->x + left, y))
        left++;
    while (right < b->width && is_ink(f, b->x + b->width - 1 - right, y))
        right++;
    return left < right ? left : right;
}

/* Corners that hold ink: squares have four of them, a D has two, and circles none. */
static int corners_drawn(const finder *f, const ocr_frame *b)
{
    int reach = band_of(b->width < b->height ? b->width : b->height), drawn = 0;
    int left = b->x, top = b->y, right = b->x + b->width - reach, bottom = b->y + b->height - reach;
    for (int i = 0; i < 4; i++) {
        int x = i & 1 ? right : left, y = i & 2 ? bottom : top;
        drawn += count_ink(f, x, y, x + reach, y + reach) > 0;
    }
    return drawn;
}

/* Sets shape and sides of what lies in the box of `b`; false: it is no frame. */
static bool has_outline(const finder *f, ocr_frame *b)
{
    b->sides = square_drawn(f, b);
    b->shape = QUIRE_MARK_SQUARE;
    int corners = corners_drawn(f, b);
    if ((b->sides >= SIDE_DRAWN && corners == 3) || (b->sides >= SIDE_BROKEN && corners == 4))
        return true;
    int longer = b->width > b->height ? b->width : b->height;
    int shorter = b->width > b->height ? b->height : b->width;
    if (corners > 1 || (float)longer > ROUND_STRETCH * (float)shorter)
        return false;
    b->shape = QUIRE_MARK_ROUND;
    b->sides = round_drawn(f, b);
    return b->sides >= ROUND_DRAWN;
}

/* ---- what is in a frame, and around it ---- */

/* Pixels of ink from (x, y) on, at most `most`. */
static int run_of(const finder *f, int x, int y, int dx, int dy, int most)
{
    int run = 0;
    while (run < most && is_ink(f, x + run * dx, y + run * dy))
        run++;
    return run;
}

/* How thick the sides are, where no mark makes them thicker. */
static int thickness(const finder *f, const ocr_frame *b)
{
    int right = b->x + b->width - 1, bottom = b->y + b->height - 1, thickest = 0;
    int most = (b->width < b->height ? b->width : b->height) / 3;
    int least[4] = {most, most, most, most};
    for (int i = 2; i <= 6; i++) {
        int x = b->x + b->width * i / 8, y = b->y + b->height * i / 8;
        int runs[4] = {run_of(f, b->x, y, 1, 0, most), run_of(f, right, y, -1, 0, most),
                       run_of(f, x, b->y, 0, 1, most), run_of(f, x, bottom, 0, -1, most)};
        for (int k = 0; k < 4; k++)
            least[k] = runs[k] < least[k] ? runs[k] : least[k];
    }
    for (int k = 0; k < 4; k++)
        thickest = least[k] > thickest ? least[k] : thickest;
    return thickest;
}

static int inset_of(int side, int thick)
{
    float inset = INSET * (float)side + (float)thick, most = INSET_MOST * (float)side;
    return (int)(fminf(inset, most) + 0.5f);
}

static void measure_inside(const finder *f, ocr_frame *b)
{
    int thick = b->shape == QUIRE_MARK_SQUARE ? thickness(f, b) : stroke_of(f, b);
    int dx = inset_of(b->width, thick), dy = inset_of(b->height, thick);
    int x0 = b->x + dx, y0 = b->y + dy, x1 = b->x + b->width - dx, y1 = b->y + b->height - dy;
    int left = x1, top = y1, right = x0, bottom = y0, count = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            if (!is_ink(f, x, y))
                continue;
            count++;
            left = x < left ? x : left;
            right = x + 1 > right ? x + 1 : right;
            top = y < top ? y : top;
            bottom = y + 1 > bottom ? y + 1 : bottom;
        }
    b->ink = (float)count / (float)((x1 - x0) * (y1 - y0));
    b->spread = count > 0 ? hypotf((float)(right - left), (float)(bottom - top)) /
                                hypotf((float)(x1 - x0), (float)(y1 - y0))
                          : 0;
}

/* Ink around the frame, of the ring's area. */
static float ring_ink(const finder *f, const ocr_frame *b)
{
    int reach = (int)(RING * (float)b->width) + 1, gap = 2;
    int outer =
        count_ink(f, b->x - reach, b->y - reach, b->x + b->width + reach, b->y + b->height + reach);
    int inner = count_ink(f, b->x - gap, b->y - gap, b->x + b->width + gap, b->y + b->height + gap);
    int area = (b->width + 2 * reach) * (b->height + 2 * reach) -
               (b->width + 2 * gap) * (b->height + 2 * gap);
    return (float)(outer - inner) / (float)area;
}

/* Columns without ink beside the frame, at its height: to the left (step -1) or right. */
static int gap_beside(const finder *f, const ocr_frame *b, int step)
{
    int at = step < 0 ? b->x - 1 : b->x + b->width, gap = 0, speck = b->height / SPECKS;
    for (; gap < b->width; gap++) {
        int x = at + gap * step;
        if (count_ink(f, x, b->y, x + 1, b->y + b->height) > speck)
            break;
    }
    return gap;
}

static bool stands_in_text(const finder *f, const ocr_frame *b)
{
    bool square = b->shape == QUIRE_MARK_SQUARE;
    float before = square ? GAP_BEFORE : ROUND_GAP_BEFORE;
    float behind = square ? GAP_BEHIND : ROUND_GAP_BEHIND;
    return (float)gap_beside(f, b, -1) < before * (float)b->width ||
           (float)gap_beside(f, b, 1) < behind * (float)b->width;
}

/* Is the next ink above the frame (step -1) or below it as near as a letter, and no rule? A speck
 * and the tip of a mark are less than a letter. */
static bool has_letter_beyond(const finder *f, const ocr_frame *b, int step)
{
    int at = step < 0 ? b->y - 1 : b->y + b->height, half = b->width / 2;
    for (int gap = 0; (float)gap < ROUND_GAP_STACKED * (float)b->height; gap++) {
        int y = at + gap * step, right = b->x + b->width;
        if (count_ink(f, b->x, y, right, y + 1) > b->width / TIP)
            return count_ink(f, b->x - half, y, b->x - half / 2, y + 1) == 0 ||
                   count_ink(f, right + half / 2, y, right + half, y + 1) == 0;
    }
    return false;
}

/* The same of a circle in a line that lies on its side. */
static bool stands_in_stack(const finder *f, const ocr_frame *b)
{
    return b->shape == QUIRE_MARK_ROUND &&
           (has_letter_beyond(f, b, -1) || has_letter_beyond(f, b, 1));
}

static void add_frame(finder *f, ocr_frame *b)
{
    measure_inside(f, b);
    ocr_frame *added = quire_array_push(f->frames);
    if (added)
        *added = *b;
}

/* ---- pieces of ink ---- */

static bool has_size(const finder *f, int width, int height)
{
    int longer = width > height ? width : height, shorter = width > height ? height : width;
    return shorter >= f->least && longer <= f->most && (float)longer <= STRETCH * (float)shorter;
}

/* A circle is no letter when it is large and thin, or filled. */
static bool is_button(const finder *f, const ocr_frame *b)
{
    bool thin = (float)stroke_of(f, b) <= ROUND_STROKE * (float)b->width;
    int inked = count_ink(f, b->x, b->y, b->x + b->width, b->y + b->height);
    return b->width >= f->round_least && (thin || inked * 2 > b->width * b->height);
}

static void look_at_piece(finder *f, int x, int y, int width, int height)
{
    ocr_frame b = {.x = x, .y = y, .width = width, .height = height};
    if (!has_outline(f, &b) || stands_in_text(f, &b) || stands_in_stack(f, &b) ||
        ring_ink(f, &b) > RING_CLEAR)
        return;
    if (b.shape == QUIRE_MARK_SQUARE || is_button(f, &b))
        add_frame(f, &b);
}

static void look_at_pieces(finder *f, BOXA *pieces)
{
    int looked_at = 0;
    for (l_int32 i = 0; i < boxaGetCount(pieces) && looked_at < MOST_LOOKED_AT; i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(pieces, i, &x, &y, &width, &height);
        if (!has_size(f, width, height))
            continue;
        looked_at++;
        look_at_piece(f, x, y, width, height);
    }
}

/* ---- marks that leave their frame ---- */

static bool is_alike(const ocr_frame *a, const ocr_frame *b)
{
    return a->shape == b->shape && abs(a->width - b->width) <= 2 + a->width / 12 &&
           abs(a->height - b->height) <= 2 + a->height / 12;
}

static void note_kinds(finder *f)
{
    for (size_t i = 0; i < f->frames->count && f->kind_count < MOST_KINDS; i++) {
        const ocr_frame *b = &f->frames->items[i];
        bool known = b->ink > SOLID;
        for (int k = 0; k < f->kind_count; k++)
            known |= is_alike(&f->kinds[k], b);
        if (!known)
            f->kinds[f->kind_count++] = *b;
    }
}

/* The best place of a frame like `kind` in the box; its `sides` are 0 where there is none. */
static ocr_frame best_place(const finder *f, const ocr_frame *kind, const ocr_frame *within)
{
    ocr_frame best = {0}, b = *kind;
    float least = kind->shape == QUIRE_MARK_SQUARE ? SIDE_DRAWN : ROUND_DRAWN;
    int right = within->x + within->width - kind->width + 1;
    int bottom = within->y + within->height - kind->height + 1;
    for (b.y = within->y - 1; b.y <= bottom; b.y++)
        for (b.x = within->x - 1; b.x <= right; b.x++) {
            if (!meets_ink(f, b.x + b.width / 2, b.y, 0, 1, band_of(b.height)) ||
                !meets_ink(f, b.x, b.y + b.height / 2, 1, 0, band_of(b.width)))
                continue;
            b.sides = kind->shape == QUIRE_MARK_SQUARE ? square_drawn(f, &b) : round_drawn(f, &b);
            if (b.sides >= least && b.sides > best.sides)
                best = b;
        }
    return best;
}

/* A mark that leaves its frame may reach what stands beside it, but not on both sides. */
static bool leaks_into_text(const finder *f, const ocr_frame *b, const ocr_frame *piece)
{
    if (b->shape == QUIRE_MARK_ROUND) {
        ocr_frame all = *piece;
        all.shape = b->shape;
        return stands_in_text(f, &all);
    }
    float near = GAP_BEHIND * (float)b->width;
    return (float)gap_beside(f, piece, -1) < near && (float)gap_beside(f, piece, 1) < near;
}

/* True when a frame of the page would fit into the piece, whether one is there or not. */
static bool look_into_piece(finder *f, const ocr_frame *piece)
{
    ocr_frame best = {0};
    bool any = false;
    for (int k = 0; k < f->kind_count; k++) {
        const ocr_frame *kind = &f->kinds[k];
        bool fits = piece->width >= kind->width - 2 && piece->height >= kind->height - 2 &&
                    (float)piece->width <= LEAKY * (float)kind->width &&
                    (float)piece->height <= LEAKY * (float)kind->height;
        any |= fits;
        ocr_frame b = fits ? best_place(f, kind, piece) : (ocr_frame){0};
        if (b.sides > best.sides)
            best = b;
    }
    best.leak = best.sides > 0 ? ring_ink(f, &best) : 0;
    if (best.sides > 0 && best.leak <= RING_CLEAR && !leaks_into_text(f, &best, piece))
        add_frame(f, &best);
    return any;
}

static bool is_found(const finder *f, const ocr_frame *piece)
{
    for (size_t i = 0; i < f->frames->count; i++) {
        const ocr_frame *b = &f->frames->items[i];
        if (b->x == piece->x && b->y == piece->y && b->width == piece->width)
            return true;
    }
    return false;
}

static void look_for_leaks(finder *f, BOXA *pieces)
{
    size_t clean = f->frames->count;
    note_kinds(f);
    int looked_at = 0;
    for (l_int32 i = 0; i < boxaGetCount(pieces) && looked_at < MOST_LEAKY; i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(pieces, i, &x, &y, &width, &height);
        ocr_frame piece = {.x = x, .y = y, .width = width, .height = height};
        if (width < f->least || height < f->least || (float)width > LEAKY * (float)f->most ||
            (float)height > LEAKY * (float)f->most || (clean > 0 && is_found(f, &piece)))
            continue;
        looked_at += look_into_piece(f, &piece);
    }
}

/* ---- what is no frame after all ---- */

static size_t count_like(const ocr_frame_list *frames, const ocr_frame *b, float most_ink)
{
    size_t count = 0;
    for (size_t i = 0; i < frames->count; i++)
        count += frames->items[i].ink < most_ink && is_alike(&frames->items[i], b);
    return count;
}

/* Bullets, a letter in a circle, a digit in a box: what holds something was marked only where that
 * is plain, or others of its kind are empty. Circles are never alone. */
static bool is_plain(const finder *f, const ocr_frame *b)
{
    bool like_empty = b->ink < EMPTY || count_like(f->frames, b, EMPTY) > 0;
    if (b->shape == QUIRE_MARK_ROUND)
        return like_empty && count_like(f->frames, b, INFINITY) > 1;
    return like_empty || (b->ink < SOLID && b->width <= f->lone_most);
}

static void drop_lone(finder *f)
{
    size_t kept = 0, count = f->frames->count;
    bool *plain = calloc(count + 1, sizeof *plain);
    for (size_t i = 0; plain && i < count; i++)
        plain[i] = is_plain(f, &f->frames->items[i]);
    for (size_t i = 0; plain && i < count; i++)
        if (plain[i])
            f->frames->items[kept++] = f->frames->items[i];
    f->frames->count = kept;
    free(plain);
}

static bool follows(const ocr_frame *a, const ocr_frame *b)
{
    int gap = b->x - (a->x + a->width);
    return abs(a->y - b->y) <= 2 + a->height / 10 && gap <= (int)(COMB * (float)a->width) &&
           gap >= -a->width / 4;
}

static int compare_frames(const void *left, const void *right)
{
    const ocr_frame *a = left, *b = right;
    if (abs(a->y - b->y) > a->height / 2)
        return a->y < b->y ? -1 : 1;
    return (a->x > b->x) - (a->x < b->x);
}

/* Drops rows of frames that stand as close as the cells of a comb, where a word is written. */
static void drop_combs(ocr_frame_list *frames)
{
    size_t kept = 0;
    if (frames->count)
        qsort(frames->items, frames->count, sizeof *frames->items, compare_frames);
    for (size_t first = 0, end; first < frames->count; first = end) {
        end = first + 1;
        while (end < frames->count && follows(&frames->items[end - 1], &frames->items[end]))
            end++;
        if (end - first >= COMB_CELLS)
            continue;
        for (size_t i = first; i < end; i++)
            frames->items[kept++] = frames->items[i];
    }
    frames->count = kept;
}

/* ---- the page ---- */

/* The pixels of all frames and of the marks that reach out of them. */
static PIX *mask_of(PIX *ink, const ocr_frame_list *frames)
{
    PIX *seeds = pixCreateTemplate(ink), *around = pixCreateTemplate(ink);
    for (size_t i = 0; seeds && around && i < frames->count; i++) {
        const ocr_frame *b = &frames->items[i];
        int reach = b->leak > 0 ? b->width : 1;
        pixRasterop(seeds, b->x, b->y, b->width, b->height, PIX_SET, NULL, 0, 0);
        pixRasterop(around, b->x - reach, b->y - reach, b->width + 2 * reach, b->height + 2 * reach,
                    PIX_SET, NULL, 0, 0);
    }
    PIX *mask = NULL;
    if (seeds && around) {
        pixAnd(around, around, ink);
        pixAnd(seeds, seeds, ink);
        mask = pixSeedfillBinary(NULL, seeds, around, 8);
    }
    pixDestroy(&seeds);
    pixDestroy(&around);
    return mask;
}

PIX *ocr_frames_find(PIX *ink, int letter, ocr_frame_list *frames)
{
    finder f = {.data = pixGetData(ink),
                .wpl = pixGetWpl(ink),
                .width = pixGetWidth(ink),
                .height = pixGetHeight(ink),
                .least = (int)(SIDE_LEAST * (float)letter),
                .most = (int)(SIDE_MOST * (float)letter),
                .round_least = (int)(ROUND_LEAST * (float)letter),
                .lone_most = (int)(LONE_MOST * (float)letter),
                .frames = frames};
    f.least = f.least < LEAST_SIDE ? LEAST_SIDE : f.least;
    frames->ceiling = MOST_FRAMES;
    BOXA *pieces = pixConnCompBB(ink, 8);
    look_at_pieces(&f, pieces);
    if (frames->count > 0 && frames->count < MOST_FRAMES)
        look_for_leaks(&f, pieces);
    boxaDestroy(&pieces);
    drop_combs(frames);
    drop_lone(&f);
    return frames->count > 0 ? mask_of(ink, frames) : NULL;
}
