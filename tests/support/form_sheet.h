/*
 * A scanned form that is drawn here, with its truth: rows of frames with a word behind each, some
 * of them marked, as a pen and a scanner would leave them. Everything follows from the seed.
 */
#ifndef QUIRE_TESTS_FORM_SHEET_H
#define QUIRE_TESTS_FORM_SHEET_H

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdint.h>

enum { SHEET_WIDTH = 1700, SHEET_HEIGHT = 2200, SHEET_DPI = 200, SHEET_MARKS = 64 };

typedef enum sheet_mark {
    SHEET_EMPTY = 0,
    SHEET_CROSS,
    SHEET_TICK,
    SHEET_FILL,
    SHEET_CROSS_LEAKS,
    SHEET_TICK_LEAKS,
    SHEET_MARK_KINDS,
} sheet_mark;

typedef struct sheet_frame {
    int x, y, side; /* pixels */
    sheet_mark mark;
} sheet_frame;

typedef struct sheet_look {
    uint32_t seed;
    bool round, labels_lead; /* circles; the word stands before the frame */
    float skew; /* degrees */
    float noise; /* share of the pixels that are wrong */
} sheet_look;

typedef struct sheet {
    PIX *pix; /* 8 bit */
    sheet_frame frames[SHEET_MARKS];
    int count;
    uint32_t random;
} sheet;

/* The next of the sheet's numbers, below `most`. */
static inline uint32_t sheet_next(sheet *s, uint32_t most)
{
    s->random = s->random * 1664525u + 1013904223u;
    return (s->random >> 8) % most;
}

static inline void sheet_line(sheet *s, float x0, float y0, float x1, float y1, int width)
{
    pixRenderLine(s->pix, (int)x0, (int)y0, (int)x1, (int)y1, width, L_CLEAR_PIXELS);
}

static inline void sheet_outline(sheet *s, const sheet_frame *f, bool round, int width)
{
    if (!round) {
        BOX *box = boxCreate(f->x + width / 2, f->y + width / 2, f->side - width, f->side - width);
        pixRenderBox(s->pix, box, width, L_CLEAR_PIXELS);
        boxDestroy(&box);
        return;
    }
    float r = (float)(f->side - width) / 2, cx = (float)f->x + r + 1, cy = (float)f->y + r + 1;
    for (int i = 0; i < 360; i++) {
        float a = (float)i * (float)M_PI / 180, b = (float)(i + 1) * (float)M_PI / 180;
        sheet_line(s, cx + r * cosf(a), cy + r * sinf(a), cx + r * cosf(b), cy + r * sinf(b),
                   width);
    }
}

/* What a pen leaves in the frame: coordinates are shares of its side. */
static inline void sheet_pen(sheet *s, const sheet_frame *f, const float (*way)[2], int points)
{
    float wobble = (float)sheet_next(s, 100) / 1000.0f - 0.05f;
    int width = 2 + (int)sheet_next(s, 3);
    for (int i = 0; i + 1 < points; i++) {
        if (way[i + 1][0] < -5)
            continue;
        if (way[i][0] < -5)
            continue;
        sheet_line(s, (float)f->x + (way[i][0] + wobble) * (float)f->side,
                   (float)f->y + (way[i][1] - wobble) * (float)f->side,
                   (float)f->x + (way[i + 1][0] - wobble) * (float)f->side,
                   (float)f->y + (way[i + 1][1] + wobble) * (float)f->side, width);
    }
}

static inline void sheet_draw_mark(sheet *s, const sheet_frame *f)
{
    static const float lift = -9;
    const float cross[5][2] = {{0.2f, 0.2f}, {0.8f, 0.8f}, {lift, 0}, {0.8f, 0.2f}, {0.2f, 0.8f}};
    const float tick[3][2] = {{0.2f, 0.5f}, {0.45f, 0.8f}, {0.85f, 0.2f}};
    const float far_cross[5][2] = {
        {-0.2f, -0.15f}, {1.2f, 1.15f}, {lift, 0}, {1.15f, -0.2f}, {-0.1f, 1.2f}};
    const float far_tick[3][2] = {{0.15f, 0.45f}, {0.45f, 0.85f}, {1.3f, -0.4f}};
    switch (f->mark) {
    case SHEET_CROSS:
        sheet_pen(s, f, cross, 5);
        break;
    case SHEET_TICK:
        sheet_pen(s, f, tick, 3);
        break;
    case SHEET_FILL:
        for (int i = 3; i <= 13; i++) {
            const float stroke[2][2] = {{0.18f, (float)i / 16}, {0.82f, (float)i / 16}};
            sheet_pen(s, f, stroke, 2);
        }
        break;
    case SHEET_CROSS_LEAKS:
        sheet_pen(s, f, far_cross, 5);
        break;
    case SHEET_TICK_LEAKS:
        sheet_pen(s, f, far_tick, 3);
        break;
    default:
        break;
    }
}

static inline void sheet_write(sheet *s, L_BMF *type, const char *text, int x, int y)
{
    l_int32 width, overflow;
    pixSetTextline(s->pix, type, text, 0, x, y, &width, &overflow);
}

static inline void sheet_draw_rows(sheet *s, const sheet_look *look, L_BMF *type)
{
    static const char *const words[] = {"Married", "Single", "Pension", "Student", "Employed",
                                        "Renting", "Owner",  "Yearly",  "Monthly", "Hospital",
                                        "Travel",  "Dental", "Vision",  "English", "German"};
    int side = 24 + (int)sheet_next(s, 14), width = 2 + (int)sheet_next(s, 2);
    for (int row = 0; row < 14; row++)
        for (int column = 0; column < 3; column++) {
            sheet_frame *f = &s->frames[s->count++];
            int x = 200 + column * 450, y = 420 + row * 100;
            bool marked = sheet_next(s, 3) == 0;
            *f = (sheet_frame){look->labels_lead ? x + 240 : x, y - side, side,
                               marked ? 1 + sheet_next(s, SHEET_MARK_KINDS - 1) : SHEET_EMPTY};
            sheet_outline(s, f, look->round, width);
            sheet_draw_mark(s, f);
            sheet_write(s, type, words[sheet_next(s, 15)], look->labels_lead ? x : x + side + 22,
                        y - 2);
        }
}

/* Where a frame is once the sheet was turned clockwise about its middle. */
static inline void sheet_turn(sheet_frame *f, float angle)
{
    float half = (float)f->side / 2, middle_x = SHEET_WIDTH / 2.0f, middle_y = SHEET_HEIGHT / 2.0f;
    float x = (float)f->x + half - middle_x, y = (float)f->y + half - middle_y;
    f->x = (int)lroundf(middle_x + x * cosf(angle) - y * sinf(angle) - half);
    f->y = (int)lroundf(middle_y + x * sinf(angle) + y * cosf(angle) - half);
}

static inline void sheet_scan(sheet *s, const sheet_look *look)
{
    if (look->skew != 0) {
        for (int i = 0; i < s->count; i++)
            sheet_turn(&s->frames[i], look->skew * (float)M_PI / 180);
        PIX *turned = pixRotate(s->pix, look->skew * (float)M_PI / 180, L_ROTATE_AREA_MAP,
                                L_BRING_IN_WHITE, 0, 0);
        pixDestroy(&s->pix);
        s->pix = turned;
    }
    for (int i = 0; i < (int)(look->noise * SHEET_WIDTH * SHEET_HEIGHT); i++) {
        int x = (int)sheet_next(s, SHEET_WIDTH), y = (int)sheet_next(s, SHEET_HEIGHT);
        pixSetPixel(s->pix, x, y, sheet_next(s, 2) ? 0 : 255);
    }
}

static inline sheet sheet_draw(const sheet_look *look)
{
    sheet s = {.pix = pixCreate(SHEET_WIDTH, SHEET_HEIGHT, 8), .random = look->seed};
    L_BMF *type = bmfCreate(NULL, 8), *large = bmfCreate(NULL, 14);
    pixSetAll(s.pix);
    sheet_write(&s, large, "Application for an allowance", 200, 180);
    sheet_write(&s, type, "Mark all that apply to your household, with a cross or a tick.", 200,
                260);
    sheet_draw_rows(&s, look, type);
    sheet_write(&s, type, "Return this form to the office before the end of the month.", 200, 1950);
    sheet_scan(&s, look);
    bmfDestroy(&type);
    bmfDestroy(&large);
    pixSetResolution(s.pix, SHEET_DPI, SHEET_DPI);
    return s;
}

#endif
