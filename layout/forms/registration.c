/*
 * Laying one sheet over another: an affine map from the words that both have once, and from the
 * crossings of rules (algorithm: random samples as in Fischler and Bolles 1981, drawn in a fixed
 * order, so that the same pages give the same map; then least squares on what agrees).
 *
 *     Name  ______      two words fix a turn, a scale and a shift; the words that then lie where
 *     Date  ______      they should vote for it
 */
#include "layout/forms/known.h"

#include <string.h>

enum {
    MOST_PAIRS = 400,
    SAMPLES = 300,
    LEAST_PAIRS = 6, /* words that agree */
    ROUNDS = 3,
    MOST_CROSSINGS = 400,
};

#define VOTE 6.0f /* points between a word and its place, before the map is refined */
#define CLOSE 4.0f /* after that */
#define APART 60.0f /* points between the two words of a sample, at least */
#define MOST_TURN 0.2f /* radians */
#define LEAST_SHARE 0.3f /* of the words that both have, to agree */

typedef struct pair {
    quire_point from, to;
} pair;

typedef struct pairs {
    pair items[MOST_PAIRS + MOST_CROSSINGS];
    size_t count;
} pairs;

static quire_point centre(quire_box box)
{
    return (quire_point){(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
}

/* Index + 1 of each word that stands on the sheet once, 0 of others. */
static GHashTable *lone_words(const quire_form_sheet *sheet)
{
    GHashTable *words = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < sheet->anchor_count; i++) {
        const char *text = sheet->anchors[i].text;
        bool known = strlen(text) < 2 || g_hash_table_contains(words, text);
        g_hash_table_insert(words, (gpointer)text, GSIZE_TO_POINTER(known ? 0 : i + 1));
    }
    return words;
}

static void pair_words(const quire_form_sheet *from, const quire_form_sheet *to, pairs *out)
{
    g_autoptr(GHashTable) here = lone_words(from), there = lone_words(to);
    for (size_t i = 0; i < from->anchor_count && out->count < MOST_PAIRS; i++) {
        const char *text = from->anchors[i].text;
        size_t other = GPOINTER_TO_SIZE(g_hash_table_lookup(there, text));
        if (GPOINTER_TO_SIZE(g_hash_table_lookup(here, text)) == i + 1 && other > 0)
            out->items[out->count++] =
                (pair){centre(from->anchors[i].box), centre(to->anchors[other - 1].box)};
    }
}

/* ---- maps ---- */

static float miss(quire_matrix m, const pair *p)
{
    quire_point at = quire_matrix_apply(m, p->from.x, p->from.y);
    return hypotf(at.x - p->to.x, at.y - p->to.y);
}

static size_t votes(quire_matrix m, const pairs *p, float reach)
{
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++)
        count += miss(m, &p->items[i]) < reach;
    return count;
}

/* The turn, scale and shift that take one pair of words onto the other; false: not a page's. */
static bool similarity(const pair *a, const pair *b, quire_matrix *m)
{
    double ux = b->from.x - a->from.x, uy = b->from.y - a->from.y;
    double vx = b->to.x - a->to.x, vy = b->to.y - a->to.y;
    double square = ux * ux + uy * uy;
    if (square < APART * APART)
        return false;
    double cosine = (ux * vx + uy * vy) / square, sine = (ux * vy - uy * vx) / square;
    double scale = hypot(cosine, sine);
    if (scale < 0.5 || scale > 2 || fabs(sine) > MOST_TURN * scale)
        return false;
    *m = (quire_matrix){cosine,
                        sine,
                        -sine,
                        cosine,
                        a->to.x - cosine * a->from.x + sine * a->from.y,
                        a->to.y - sine * a->from.x - cosine * a->from.y};
    return true;
}

static size_t sample(const pairs *p, quire_matrix *best)
{
    uint32_t state = 1;
    size_t most = 0;
    for (int i = 0; i < SAMPLES && p->count > 1; i++) {
        quire_matrix m;
        state = state * 1664525u + 1013904223u;
        size_t a = (state >> 8) % p->count;
        state = state * 1664525u + 1013904223u;
        size_t b = (state >> 8) % p->count;
        if (a == b || !similarity(&p->items[a], &p->items[b], &m))
            continue;
        size_t count = votes(m, p, VOTE);
        if (count > most) {
            most = count;
            *best = m;
        }
    }
    return most;
}

static double determinant(const double m[3][3])
{
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

/* Cramer's rule; false where the points lie on a line. */
static bool solve(const double normal[3][3], const double right[3], double out[3])
{
    double whole = determinant(normal);
    if (fabs(whole) < 1e3)
        return false;
    for (int column = 0; column < 3; column++) {
        double changed[3][3];
        memcpy(changed, normal, sizeof changed);
        for (int row = 0; row < 3; row++)
            changed[row][column] = right[row];
        out[column] = determinant(changed) / whole;
    }
    return true;
}

/* The affine map with the least squares over the pairs that agree with *m. */
static void refine(const pairs *p, quire_matrix *m)
{
    double normal[3][3] = {{0}}, x[3] = {0}, y[3] = {0}, a[3], b[3];
    for (size_t i = 0; i < p->count; i++) {
        const pair *at = &p->items[i];
        double row[3] = {at->from.x, at->from.y, 1};
        if (miss(*m, at) >= CLOSE)
            continue;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++)
                normal[r][c] += row[r] * row[c];
            x[r] += row[r] * at->to.x;
            y[r] += row[r] * at->to.y;
        }
    }
    if (solve(normal, x, a) && solve(normal, y, b))
        *m = (quire_matrix){a[0], b[0], a[1], b[1], a[2], b[2]};
}

/* Crossings of rules that the map brings close to one of the other sheet. */
static void pair_crossings(const quire_form_sheet *from, const quire_form_sheet *to, quire_matrix m,
                           pairs *out)
{
    size_t room = out->count + MOST_CROSSINGS;
    for (size_t i = 0; i < from->crossing_count && out->count < room; i++) {
        pair best = {from->crossings[i], {0, 0}};
        float nearest = CLOSE;
        for (size_t k = 0; k < to->crossing_count; k++) {
            pair p = {from->crossings[i], to->crossings[k]};
            float far = miss(m, &p);
            if (far < nearest) {
                nearest = far;
                best = p;
            }
        }
        if (nearest < CLOSE)
            out->items[out->count++] = best;
    }
}

bool form_register(const quire_form_sheet *from, const quire_form_sheet *to, form_registration *out)
{
    pairs p = {.count = 0};
    quire_matrix m;
    pair_words(from, to, &p);
    size_t words = p.count, agreed = sample(&p, &m);
    if (agreed < LEAST_PAIRS || (float)agreed < LEAST_SHARE * (float)words)
        return false;
    for (int i = 0; i < ROUNDS; i++)
        refine(&p, &m);
    pair_crossings(from, to, m, &p);
    refine(&p, &m);
    *out = (form_registration){m, agreed};
    return true;
}
