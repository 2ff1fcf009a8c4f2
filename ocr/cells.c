/*
 *      Net sales   16.2   17.9   18.1     letters in reach of each other are a run; runs on one
 *      Costs        9.8   10.4   10.9     level are a row; rows that follow each other and whose
 *      |  gaps  |||     ||     ||         gaps stand above each other are a table
 *
 * The engine's own analysis takes most of a page's time for such rows, and joins or loses some of
 * them; a cell that is shown alone is read in milliseconds. Where most letters of a page stand in
 * tables, its runs are read one by one; elsewhere the engine finds columns and lines better.
 */
#include "ocr/cells.h"

#include <math.h>
#include <stdlib.h>

/* Of the letters: 0.92 and more stand in tables on pages of them, 0.56 and less on others. */
#define MOSTLY 0.6f

/* Of the size of the type (an em). */
#define LETTER_EM 0.55f /* the median letter */
#define LETTER_LEAST 0.28f
#define LETTER_MOST 1.6f
#define WIDTH_MOST 4.0f /* of one piece: letters that touch */
#define DASH_LEAST 0.15f /* its width */
#define REACH 0.75f /* gaps up to that are within a run */
#define ASIDE 0.40f /* dots and strokes that close to a run belong to it */
#define ABOVE 0.20f
#define BELOW 0.05f
#define LEVEL 0.35f /* between the middles of runs on one row */
#define GAP_LEAST 1.0f /* between cells */
#define GAP_SHARED 0.5f /* as much of two gaps stands above each other */
#define ROW_GAP 3.5f /* between rows of one table */
#define SHORT 12.0f /* longer runs are lines of running text */

#define SAME_LINE 0.5f /* of the lower letter */
#define ALIGNED 0.7f /* of a row's gaps stand over gaps of the next */

enum { PIECES_MOST = 20000, RUNS_MOST = 4000, SPECK = 2 /* pixels */ };
enum { CELLS_LEAST = 4 /* of a row */, ROWS_LEAST = 4 /* of a table */ };

/* A letter, a smaller piece, or a run of them. */
typedef struct piece {
    float x0, y0, x1, y1;
    int run; /* of a letter: the first one it hangs together with */
    int letters;
} piece;

typedef struct row {
    float middle;
    int first, end; /* runs, from the left */
    int shorts;
} row;

typedef struct finder {
    float em;
    piece *letters, *smalls, *runs;
    row *rows;
    int letter_count, small_count, run_count, row_count;
    bool too_many; /* runs */
} finder;

static float middle_of(const piece *p)
{
    return (p->y0 + p->y1) / 2;
}

static int by_left(const void *a, const void *b)
{
    const piece *left = a, *right = b;
    int side = (left->x0 > right->x0) - (left->x0 < right->x0);
    return side ? side : (left->y0 > right->y0) - (left->y0 < right->y0);
}

static int by_middle(const void *a, const void *b)
{
    float left = middle_of(a), right = middle_of(b);
    return left != right ? (left > right) - (left < right) : by_left(a, b);
}

/* ---- letters ---- */

static void add_piece(finder *f, l_int32 x, l_int32 y, l_int32 w, l_int32 h)
{
    piece p = {(float)x, (float)y, (float)(x + w), (float)(y + h), .letters = 1};
    if ((float)h > LETTER_MOST * f->em || (float)w > WIDTH_MOST * f->em || h < SPECK)
        return;
    bool is_dash = w >= 2 * h && (float)w >= DASH_LEAST * f->em;
    if ((float)h >= LETTER_LEAST * f->em || is_dash)
        f->letters[f->letter_count++] = p;
    else
        f->smalls[f->small_count++] = p;
}

static void gather(finder *f, BOXA *found)
{
    for (l_int32 i = 0; i < boxaGetCount(found); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(found, i, &x, &y, &w, &h);
        add_piece(f, x, y, w, h);
    }
    qsort(f->letters, (size_t)f->letter_count, sizeof *f->letters, by_left);
}

/* ---- runs ---- */

static bool on_one_line(const piece *a, const piece *b)
{
    float shared = fminf(a->y1, b->y1) - fmaxf(a->y0, b->y0);
    return shared > SAME_LINE * fminf(a->y1 - a->y0, b->y1 - b->y0);
}

static void widen(piece *to, const piece *by)
{
    to->x0 = fminf(to->x0, by->x0);
    to->y0 = fminf(to->y0, by->y0);
    to->x1 = fmaxf(to->x1, by->x1);
    to->y1 = fmaxf(to->y1, by->y1);
}

/* The nearest letter on the line of this one that reaches further right; -1: none in reach. */
static int next_of(const finder *f, int i)
{
    const piece *p = &f->letters[i];
    for (int k = i + 1; k < f->letter_count; k++) {
        const piece *other = &f->letters[k];
        if (other->x0 > p->x1 + REACH * f->em)
            return -1;
        if (other->x1 > p->x1 && on_one_line(p, other))
            return k;
    }
    return -1;
}

static int first_of_run(piece *letters, int i)
{
    while (letters[i].run != i)
        i = letters[i].run = letters[letters[i].run].run;
    return i;
}

static void find_runs(finder *f)
{
    piece *letters = f->letters;
    for (int i = 0; i < f->letter_count; i++)
        letters[i].run = i;
    for (int i = 0; i < f->letter_count; i++) {
        int next = next_of(f, i);
        if (next >= 0)
            letters[first_of_run(letters, next)].run = first_of_run(letters, i);
    }
    for (int i = 0; i < f->letter_count; i++) {
        int first = first_of_run(letters, i);
        if (first == i)
            continue;
        widen(&letters[first], &letters[i]);
        letters[first].letters++;
    }
    for (int i = 0; i < f->letter_count; i++) {
        f->too_many |= letters[i].run == i && f->run_count == RUNS_MOST;
        if (letters[i].run == i && f->run_count < RUNS_MOST)
            f->runs[f->run_count++] = letters[i];
    }
}

/* Whether the middle of a piece lies in the box of a run, widened by that much. */
static bool lies_in(const piece *p, const piece *run, float aside, float above, float below)
{
    float x = (p->x0 + p->x1) / 2, y = middle_of(p);
    return x > run->x0 - aside && x < run->x1 + aside && y > run->y0 - above && y < run->y1 + below;
}

/* Dots and commas go to the run that they stand at. */
static void add_smalls(finder *f)
{
    for (int i = 0; i < f->small_count; i++) {
        const piece *p = &f->smalls[i];
        int k = 0;
        while (k < f->run_count &&
               !lies_in(p, &f->runs[k], ASIDE * f->em, ABOVE * f->em, BELOW * f->em))
            k++;
        if (k < f->run_count)
            widen(&f->runs[k], p);
    }
}

/* Parts of broken letters, within a longer run. */
static void drop_inner(finder *f)
{
    int kept = 0;
    for (int i = 0; i < f->run_count; i++) {
        bool is_inner = false;
        for (int k = 0; k < f->run_count && !is_inner; k++)
            is_inner = f->runs[k].letters > f->runs[i].letters &&
                       lies_in(&f->runs[i], &f->runs[k], 0, 0, 0);
        if (!is_inner)
            f->letters[kept++] = f->runs[i];
    }
    for (int i = 0; i < kept; i++)
        f->runs[i] = f->letters[i];
    f->run_count = kept;
}

/* ---- rows ---- */

static void find_rows(finder *f)
{
    qsort(f->runs, (size_t)f->run_count, sizeof *f->runs, by_middle);
    for (int i = 0; i < f->run_count; i++) {
        float middle = middle_of(&f->runs[i]);
        row *last = f->row_count ? &f->rows[f->row_count - 1] : NULL;
        if (!last || middle - last->middle > LEVEL * f->em) {
            last = &f->rows[f->row_count++];
            *last = (row){.first = i, .middle = middle};
        }
        last->end = i + 1;
        last->shorts += f->runs[i].x1 - f->runs[i].x0 <= SHORT * f->em;
    }
    for (int i = 0; i < f->row_count; i++)
        qsort(f->runs + f->rows[i].first, (size_t)(f->rows[i].end - f->rows[i].first),
              sizeof *f->runs, by_left);
}

static bool may_be_cells(const row *r)
{
    return r->shorts >= CELLS_LEAST && 2 * r->shorts > r->end - r->first;
}

static bool is_shared(const finder *f, float x0, float x1, const row *other)
{
    for (int k = other->first; k + 1 < other->end; k++)
        if (fminf(x1, f->runs[k + 1].x0) - fmaxf(x0, f->runs[k].x1) >= GAP_SHARED * f->em)
            return true;
    return false;
}

/* Most gaps of row `a` stand above gaps of row `b`. */
static bool stand_alike(const finder *f, const row *a, const row *b)
{
    int gaps = 0, shared = 0;
    for (int i = a->first; i + 1 < a->end; i++) {
        float x0 = f->runs[i].x1, x1 = f->runs[i + 1].x0;
        if (x1 - x0 < GAP_LEAST * f->em)
            continue;
        gaps++;
        shared += is_shared(f, x0, x1, b);
    }
    return shared >= CELLS_LEAST - 1 && (float)shared >= ALIGNED * (float)gaps &&
           b->middle - a->middle <= ROW_GAP * f->em;
}

static int letters_of(const finder *f, const row *r)
{
    int letters = 0;
    for (int k = r->first; k < r->end; k++)
        letters += f->runs[k].letters;
    return letters;
}

/* Letters in rows that follow each other as those of a table do; others between them are not. */
static int letters_in_tables(const finder *f)
{
    const row *last = NULL;
    int all = 0, letters = 0, rows = 0;
    for (int i = 0; i < f->row_count; i++) {
        const row *r = &f->rows[i];
        if (!may_be_cells(r))
            continue;
        if (!last || !stand_alike(f, last, r)) {
            all += rows >= ROWS_LEAST ? letters : 0;
            letters = rows = 0;
        }
        letters += letters_of(f, r);
        rows++;
        last = r;
    }
    return all + (rows >= ROWS_LEAST ? letters : 0);
}

static BOXA *boxes_of(const finder *f)
{
    BOXA *boxes = boxaCreate(f->run_count);
    for (int i = 0; boxes && i < f->run_count; i++) {
        const piece *run = &f->runs[i];
        boxaAddBox(boxes,
                   boxCreate((l_int32)run->x0, (l_int32)run->y0, (l_int32)(run->x1 - run->x0),
                             (l_int32)(run->y1 - run->y0)),
                   L_INSERT);
    }
    return boxes;
}

static BOXA *find(finder *f, BOXA *pieces)
{
    gather(f, pieces);
    find_runs(f);
    add_smalls(f);
    drop_inner(f);
    find_rows(f);
    bool is_table = (float)letters_in_tables(f) >= MOSTLY * (float)f->letter_count;
    return is_table && f->run_count > 0 && !f->too_many ? boxes_of(f) : NULL;
}

BOXA *ocr_cells_find(const ocr_paper *paper)
{
    finder f = {.em = (float)ocr_paper_letter(paper) / LETTER_EM};
    BOXA *pieces = f.em > 0 ? pixConnCompBB(paper->ink, 8) : NULL;
    size_t count = pieces ? (size_t)boxaGetCount(pieces) : 0;
    BOXA *cells = NULL;
    if (count > 0 && count <= PIECES_MOST) {
        f.letters = malloc(count * sizeof *f.letters);
        f.smalls = malloc(count * sizeof *f.smalls);
        f.runs = malloc(RUNS_MOST * sizeof *f.runs);
        f.rows = malloc(RUNS_MOST * sizeof *f.rows);
        cells = f.letters && f.smalls && f.runs && f.rows ? find(&f, pieces) : NULL;
    }
    boxaDestroy(&pieces);
    free(f.letters);
    free(f.smalls);
    free(f.runs);
    free(f.rows);
    return cells;
}
