/*
 * A scanned page that is drawn here, with its truth: places to sign of which some are signed, and
 * stamps. Everything follows from the seed.
 */
#ifndef QUIRE_TESTS_SIGNED_SHEET_H
#define QUIRE_TESTS_SIGNED_SHEET_H

#include <string.h>

#include "tests/support/form_sheet.h"

enum { SIGNED_PLACES = 4, SIGNED_STAMPS = 2 };

typedef struct signed_look {
    uint32_t seed;
    float skew; /* degrees */
    float noise; /* share of the pixels that are wrong */
    bool stamps;
} signed_look;

typedef struct signed_place {
    int x0, x1, y; /* of its line, pixels; before the sheet was turned */
    bool is_signed;
} signed_place;

typedef struct signed_sheet {
    sheet s;
    signed_place places[SIGNED_PLACES];
    int stamp_x[SIGNED_STAMPS], stamp_y[SIGNED_STAMPS]; /* middles */
    int stamp_count;
} signed_sheet;

static inline float signed_share(sheet *s)
{
    return (float)sheet_next(s, 1000) / 1000;
}

/* A pen that goes to the right in loops, as a hand that writes its own name does. */
static inline void signed_write(sheet *s, int x, int y, int length)
{
    float height = 28 + 30 * signed_share(s), loops = 5 + 5 * signed_share(s);
    float lean = 14 + 14 * signed_share(s), phase = 6 * signed_share(s);
    int width = 2 + (int)sheet_next(s, 3), steps = 400;
    float px = 0, py = 0;
    for (int i = 0; i <= steps; i++) {
        float t = (float)i / (float)steps, turn = 2 * (float)M_PI * loops * t;
        float swell = 0.35f + 0.65f * fabsf(sinf(3 * (float)M_PI * t + phase));
        float nx = (float)x + t * (float)length + lean * sinf(turn);
        float ny = (float)y - 8 - height * swell * (0.5f - 0.5f * cosf(turn + 0.7f * sinf(phase)));
        if (i > 0)
            sheet_line(s, px, py, nx, ny, width);
        px = nx;
        py = ny;
    }
    sheet_line(s, px, py, px + 60, py - 10 + 20 * signed_share(s), width);
}

static inline void signed_add_place(signed_sheet *sheet_, int x0, int x1, int y)
{
    sheet *s = &sheet_->s;
    signed_place *p = &sheet_->places[s->count++];
    *p = (signed_place){x0, x1, y, sheet_next(s, 2) == 0};
    sheet_line(s, (float)x0, (float)y, (float)x1, (float)y, 3);
    if (p->is_signed)
        signed_write(s, x0 + 30 + (int)sheet_next(s, 60), y + 6, 200 + (int)sheet_next(s, 160));
}

/* The other sides of a box whose lower one is a line. */
static inline void signed_box(sheet *s, float x0, float y0, float x1, float y1)
{
    sheet_line(s, x0, y0, x1, y0, 3);
    sheet_line(s, x0, y0, x0, y1, 3);
    sheet_line(s, x1, y0, x1, y1, 3);
}

/* Sets `type` down on the sheet, turned. */
static inline void signed_paste(sheet *s, PIX *type, float degrees, int x, int y)
{
    PIX *turned = pixRotate(type, degrees * (float)M_PI / 180, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE,
                            pixGetWidth(type), pixGetHeight(type));
    PIX *mask = pixThresholdToBinary(turned, 128);
    pixPaintThroughMask(s->pix, mask, x - pixGetWidth(turned) / 2, y - pixGetHeight(turned) / 2,
                        40);
    pixDestroy(&mask);
    pixDestroy(&turned);
}

static inline PIX *signed_type(L_BMF *type, const char *text, int width, int height)
{
    PIX *pix = pixCreate(width, height, 8);
    l_int32 wide, overflow, own;
    pixSetAll(pix);
    bmfGetStringWidth(type, text, &own);
    pixSetTextline(pix, type, text, 0, (width - own) / 2, height / 2 + 12, &wide, &overflow);
    return pix;
}

static inline void signed_frame_stamp(sheet *s, L_BMF *type, int x, int y)
{
    static const char *const words[] = {"R E C E I V E D", "P A I D", "C O P Y", "APPROVED"};
    PIX *pix = signed_type(type, words[sheet_next(s, 4)], 380, 120);
    BOX *box = boxCreate(4, 4, 372, 112);
    pixRenderBox(pix, box, 5, L_CLEAR_PIXELS);
    boxDestroy(&box);
    float degrees = 5 + 14 * signed_share(s);
    signed_paste(s, pix, sheet_next(s, 2) ? degrees : -degrees, x, y);
    pixDestroy(&pix);
}

static inline void signed_ring_stamp(sheet *s, L_BMF *type, int x, int y)
{
    static const char legend[] = "CITY REGISTRY * TAX OFFICE * ";
    float r = 130;
    for (int i = 0; i < 360; i++) {
        float a = (float)i * (float)M_PI / 180, b = (float)(i + 1) * (float)M_PI / 180;
        sheet_line(s, (float)x + r * cosf(a), (float)y + r * sinf(a), (float)x + r * cosf(b),
                   (float)y + r * sinf(b), 5);
    }
    for (size_t i = 0; i < sizeof legend - 1; i++) {
        char letter[2] = {legend[i], '\0'};
        float degrees = 360.0f * (float)i / (float)(sizeof legend - 1);
        float a = (degrees - 90) * (float)M_PI / 180;
        PIX *pix = signed_type(type, letter, 40, 40);
        signed_paste(s, pix, degrees, x + (int)(0.78f * r * cosf(a)),
                     y + (int)(0.78f * r * sinf(a)));
        pixDestroy(&pix);
    }
    PIX *date = signed_type(type, "29 FEB 2024", 200, 40);
    signed_paste(s, date, -4, x, y);
    pixDestroy(&date);
}

static inline void signed_add_stamps(signed_sheet *sheet_, L_BMF *type)
{
    const int at[SIGNED_STAMPS][2] = {{1200, 700 + (int)sheet_next(&sheet_->s, 120)},
                                      {500, 760 + (int)sheet_next(&sheet_->s, 120)}};
    signed_ring_stamp(&sheet_->s, type, at[0][0], at[0][1]);
    signed_frame_stamp(&sheet_->s, type, at[1][0], at[1][1]);
    for (int i = 0; i < SIGNED_STAMPS; i++) {
        sheet_->stamp_x[i] = at[i][0];
        sheet_->stamp_y[i] = at[i][1];
    }
    sheet_->stamp_count = SIGNED_STAMPS;
}

static inline signed_sheet signed_draw(const signed_look *look)
{
    signed_sheet sheet_ = {
        .s = {.pix = pixCreate(SHEET_WIDTH, SHEET_HEIGHT, 8), .random = look->seed}};
    sheet *s = &sheet_.s;
    L_BMF *type = bmfCreate(NULL, 8), *large = bmfCreate(NULL, 14);
    pixSetAll(s->pix);
    sheet_write(s, large, "Agreement on the use of a garden", 200, 180);
    sheet_write(s, type, "The owner lets the garden behind the house to the tenant for a year.",
                200, 260);
    sheet_write(s, type, "The tenant keeps the paths clear and waters the roses in the summer.",
                200, 310);
    sheet_write(s, type, "Name: Ada Marsh", 200, 420);
    sheet_write(s, type, "Place: Dover", 900, 420);
    sheet_write(s, type, "Signature of the tenant:", 200, 1200);
    signed_add_place(&sheet_, 580, 1100, 1205);
    sheet_write(s, type, "Signature of the owner:", 200, 1400);
    if (look->seed % 2)
        signed_box(s, 580, 1330, 1100, 1405);
    signed_add_place(&sheet_, 580, 1100, 1405);
    signed_add_place(&sheet_, 200, 700, 1700);
    sheet_write(s, type, "Signature of the witness", 220, 1745);
    signed_add_place(&sheet_, 900, 1400, 1700);
    sheet_write(s, type, "Signature of the notary", 920, 1745);
    sheet_write(s, type, "Keep a copy of this sheet for as long as the garden is let.", 200, 1950);
    if (look->stamps)
        signed_add_stamps(&sheet_, type);
    sheet_look scan = {.skew = look->skew, .noise = look->noise};
    int places = s->count;
    s->count = 0; /* there are no frames to turn */
    sheet_scan(s, &scan);
    s->count = places;
    bmfDestroy(&type);
    bmfDestroy(&large);
    pixSetResolution(s->pix, SHEET_DPI, SHEET_DPI);
    return sheet_;
}

#endif
