/*
 * Words: glyphs that stand together.
 *
 *     T h e   s p a c e   i s   n o t   a   c o n s t a n t
 *      |   |                                                 gap between letters, gap between words
 *
 * How wide a space is differs with the font, the size and the justification, and many files draw
 * none. So the gaps of all text in one font and size are counted, and the valley between the two
 * heaps (Otsu 1979) tells letters from words. A space that is drawn counts when it is wider than
 * SPACE_LEAST. Letter-spaced text, in which nearly all gaps are wide and alike, gets a threshold
 * of its own.
 *
 * Also here: which glyphs are read at all, and how each of the others is accounted for.
 */
#include <stdlib.h>

#include "layout/passes.h"

enum {
    CENSUS_SLOTS = 128, /* (font, size) pairs; pairs that collide share their counts */
    BINS = 60,
    HEAP_BINS = 3, /* of a heap, at most, that a cut is moved over */
    WHITE_BINS = 4, /* to a white of so many */
    STACK_LEAST = 8, /* pairs */
    SPREAD_LEAST = 4, /* gaps in a run before letter-spacing is thought of */
};

#define EM_LEAST 0.01f /* points */

/* In ems, but for shares. */
#define GAP_LEAST (-0.2f) /* of the histogram */
#define BIN_WIDTH 0.02f
#define SPACE_LEAST 0.05f
#define RUN_FORWARD 1.0f /* a gap that ends a run */
#define RUN_BACKWARD (-0.5f)
#define CLUSTER_GAP 0.1f /* between glyphs of one cluster, most */
#define RUN_SHIFT 0.1f /* of the baseline */
#define STACK_SHIFT 0.25f /* sideways, of characters below each other */
#define STACK_STEP 0.6f /* down */
#define STACK_STEP_MOST 1.8f
#define SLANTED_ASCENT 0.75f
#define SLANTED_DESCENT 0.25f
#define SIZE_LEAST 0.4f /* of a glyph's box: smaller sizes are not believed (Type 3) */
#define SIZE_MOST 3.0f
#define THRESHOLD_LEAST 0.08f
#define THRESHOLD_MOST 0.30f
#define THRESHOLD_FALLBACK 0.10f
#define THRESHOLD_SPACES 0.18f /* where spaces are drawn, gaps mean less */
#define VALLEY_MEANS 0.12f /* least distance of the two heaps */
#define VALLEY_SHARE 0.04f /* least share of the heap of wide gaps */
#define VALLEY_SHARE_MOST 0.5f
#define SPREAD_SHARE 0.8f
#define SPREAD_DEVIATION 0.05f
#define SPREAD_MOST 0.6f
#define SPREAD_FACTOR 1.3f

typedef struct census {
    uint32_t bins[BINS];
    uint32_t gaps, spaces;
    float threshold; /* 0: not known yet */
} census;

/* A glyph that is read, in the frame of its own angle. */
typedef struct placed {
    uint32_t glyph, style;
    float start, end, baseline; /* along and across the direction of writing */
    float gap; /* from the glyph before it, in points; not of the first */
    float em; /* its size, in points, never 0 */
    bool spaced; /* white space was drawn before it */
    bool starts_run; /* does not go on where the glyph before it ended */
} placed;

typedef struct word_finder {
    layout_page *lp;
    frame *frames; /* per style */
    bool *drawn_twice; /* per style: to look bold */
    census *slots;
    census **of_style; /* per style: its slot, NULL: not looked up yet */
    struct placed *glyphs; /* all glyphs that are read */
    size_t glyph_count;
    const placed *run; /* the run at hand */
    size_t run_count;
} word_finder;

/* ---- which glyphs are read ---- */

static glyph_mark mark_of(const quire_glyph *glyph, bool reads_invisible)
{
    uint32_t hidden = QUIRE_GLYPH_HIDDEN;
    if (reads_invisible)
        hidden &=
            ~(uint32_t)(QUIRE_GLYPH_INVISIBLE | QUIRE_GLYPH_COVERED | QUIRE_GLYPH_SAME_COLOUR);
    if (glyph->flags & hidden)
        return MARK_HIDDEN;
    if (glyph->flags & QUIRE_GLYPH_DUPLICATE)
        return MARK_DUPLICATE;
    bool merged = glyph->flags & (QUIRE_GLYPH_COMBINING | QUIRE_GLYPH_REPLACED);
    if (glyph->text_size == 0 && !merged)
        return MARK_UNMAPPED;
    return MARK_LOST;
}

/* An OCR layer is invisible text on a page that shows none. */
static bool only_invisible(const quire_page *page)
{
    size_t seen = 0, unseen = 0;
    for (size_t i = 0; i < page->glyph_count; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        if (glyph->flags & QUIRE_GLYPH_SPACE)
            continue;
        if (!(glyph->flags & QUIRE_GLYPH_HIDDEN))
            seen++;
        else if (!(glyph->flags & (QUIRE_GLYPH_OFF_PAGE | QUIRE_GLYPH_LAYER_OFF)))
            unseen++;
    }
    return unseen > 0 && seen * 20 < unseen && page->image_count > 0;
}

static void mark_glyphs(layout_page *lp)
{
    const quire_page *page = lp->page;
    lp->marks = quire_arena_array(lp->arena, uint8_t, page->glyph_count);
    for (size_t i = 0; i < page->glyph_count; i++)
        lp->marks[i] = (uint8_t)mark_of(&page->glyphs[i], lp->reads_hidden);
}

/* ---- frames ---- */

static quire_point middle_of(quire_box box)
{
    return (quire_point){(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
}

static bool is_ideograph(const quire_page *page, const quire_glyph *glyph)
{
    quire_text text = quire_glyph_text(page, glyph);
    size_t at = 0;
    return text.size > 2 && quire_is_ideographic(quire_utf8_next(text.data, text.size, &at));
}

/* Vertical writing that the file does not call so: ideographs below each other, not beside. */
static bool is_stacked(const quire_page *page)
{
    size_t below = 0, beside = 0;
    for (size_t i = 1; i < page->glyph_count; i++) {
        const quire_glyph *a = &page->glyphs[i - 1], *b = &page->glyphs[i];
        if (!is_ideograph(page, a) || !is_ideograph(page, b) || b->flags & QUIRE_GLYPH_VERTICAL)
            continue;
        float em = page->styles[b->style].size;
        quire_point from = middle_of(a->box), to = middle_of(b->box);
        float across = fabsf(to.x - from.x) / em, down = (to.y - from.y) / em;
        below += across < STACK_SHIFT && down > STACK_STEP && down < STACK_STEP_MOST;
        beside += fabsf(down) < STACK_SHIFT;
    }
    return below >= STACK_LEAST && below > 2 * beside;
}

static int32_t angle_of(const layout_page *lp, const quire_glyph *glyph)
{
    const quire_style *style = &lp->page->styles[glyph->style];
    if (glyph->flags & QUIRE_GLYPH_VERTICAL || lp->stacked)
        return ((int32_t)lroundf(style->rotation) + 270) % 360;
    return (int32_t)lroundf(style->rotation) % 360;
}

/* The page is read in the direction of most of its text. */
static void choose_frame(layout_page *lp)
{
    const quire_page *page = lp->page;
    lp->stacked = is_stacked(page);
    uint32_t votes[4] = {0}, all = 0, style = UINT32_MAX, vertical = 0;
    int32_t angle = 0;
    for (size_t i = 0; i < page->glyph_count; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        if (lp->marks[i] != MARK_LOST)
            continue;
        if (glyph->style != style || (glyph->flags & QUIRE_GLYPH_VERTICAL) != vertical) {
            style = glyph->style;
            vertical = glyph->flags & QUIRE_GLYPH_VERTICAL;
            angle = angle_of(lp, glyph);
        }
        all++;
        if (angle % 90 == 0)
            votes[angle / 90]++;
    }
    int32_t turn = 0;
    for (int32_t i = 1; i < 4; i++)
        if (votes[i] * 2 > all)
            turn = 90 * i;
    lp->frame = layout_frame_of(turn, page->width, page->height);
    lp->width = turn % 180 ? page->height : page->width;
    lp->height = turn % 180 ? page->width : page->height;
}

/* Frames of all styles; a style is vertical or not as its first glyph is. */
static void set_frames(word_finder *f)
{
    const quire_page *page = f->lp->page;
    f->frames = quire_arena_array(f->lp->scratch, frame, page->style_count);
    for (size_t i = 0; i < page->glyph_count; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        frame *own = &f->frames[glyph->style];
        if (own->cosine == 0 && own->sine == 0)
            *own = layout_frame_of(angle_of(f->lp, glyph), page->width, page->height);
    }
}

/* Styles of which nearly all glyphs are drawn again: that is how bold type is faked. A page that
 * is drawn twice as a whole is not bold. */
static void find_drawn_twice(word_finder *f)
{
    const quire_page *page = f->lp->page;
    uint32_t *once = quire_arena_array(f->lp->scratch, uint32_t, page->style_count);
    uint32_t *again = quire_arena_array(f->lp->scratch, uint32_t, page->style_count);
    uint32_t all_once = 0, all_again = 0;
    f->drawn_twice = quire_arena_array(f->lp->scratch, bool, page->style_count);
    for (size_t i = 0; i < page->glyph_count; i++) {
        bool duplicate = f->lp->marks[i] == MARK_DUPLICATE;
        again[page->glyphs[i].style] += duplicate;
        once[page->glyphs[i].style] += f->lp->marks[i] == MARK_LOST;
        all_again += duplicate;
        all_once += f->lp->marks[i] == MARK_LOST;
    }
    for (size_t i = 0; i < page->style_count && all_again * 2 < all_once; i++)
        f->drawn_twice[i] = again[i] > 0 && again[i] * 5 >= once[i] * 4;
}

/* ---- how wide a space is ---- */

static float clamp(float value, float least, float most)
{
    return fmaxf(least, fminf(value, most));
}

/* Text may be set in size 0; what is measured in ems stays finite. */
static float em_of(const quire_style *style)
{
    return style->size > EM_LEAST ? style->size : EM_LEAST;
}

static bool reads_leftward(const quire_page *page, const quire_glyph *glyph)
{
    quire_text text = quire_glyph_text(page, glyph);
    size_t at = 0;
    return text.size > 1 && quire_is_right_to_left(quire_utf8_next(text.data, text.size, &at));
}

/* White between two glyphs of a run, in points. Right-to-left text may be drawn from either end. */
static float gap_between(const word_finder *f, const placed *before, const placed *here)
{
    float forward = here->start - before->end, backward = before->start - here->end;
    if (forward < 0 && fabsf(backward) < fabsf(forward) &&
        reads_leftward(f->lp->page, &f->lp->page->glyphs[here->glyph]))
        return backward;
    return forward;
}

static census *census_of(const word_finder *f, uint32_t style)
{
    census **known = &f->of_style[style];
    if (!*known) {
        const quire_style *s = &f->lp->page->styles[style];
        uint32_t key = s->font * 2654435761u ^ (uint32_t)lroundf(s->size * 4) * 40503u;
        *known = &f->slots[(key ^ key >> 16) % CENSUS_SLOTS];
    }
    return *known;
}

static void count_gap(word_finder *f, const placed *here)
{
    census *c = census_of(f, here->style);
    c->gaps++;
    if (here->spaced) {
        c->spaces++;
        return;
    }
    float gap = here->gap / here->em;
    int bin = (int)((gap - GAP_LEAST) / BIN_WIDTH);
    c->bins[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin]++;
}

/* Where the first `bins` of a census fall into two heaps, and how far those lie apart. */
typedef struct split {
    int first, last; /* bins that end the lower heap: all of these part them as well */
    double best, distance, share; /* share: of the upper heap */
} split;

static split split_heaps(const census *c, int bins)
{
    double total = 0, sum = 0, low = 0, low_sum = 0;
    for (int i = 0; i < bins; i++) {
        total += c->bins[i];
        sum += (double)i * c->bins[i];
    }
    split s = {0};
    for (int i = 0; i + 1 < bins; i++) {
        low += c->bins[i];
        low_sum += (double)i * c->bins[i];
        if (low == 0 || low == total)
            continue;
        double apart = (sum - low_sum) / (total - low) - low_sum / low;
        double between = low * (total - low) * apart * apart;
        if (between > s.best * (1 + 1e-9))
            s = (split){i, i, between, apart * BIN_WIDTH, (total - low) / total};
        if (between >= s.best * (1 - 1e-9))
            s.last = i;
    }
    return s;
}

/* A cut that has a wider white right below it, behind a few bins of the heap above, moves there:
 * wide gaps of few words may draw it into the heap. */
static void take_wider_white(const census *c, split *s)
{
    int top = s->first;
    while (top > 0 && top > s->first - HEAP_BINS && c->bins[top] > 0)
        top--;
    int end = top;
    while (end > 0 && c->bins[end] == 0)
        end--;
    if (c->bins[end] > 0 && top - end >= WHITE_BINS && top - end > s->last - s->first) {
        s->first = end;
        s->last = top;
    }
}

/*
 * The gap between the heaps of letters and of words; 0 when the gaps do not fall into heaps. Wide
 * gaps of formulas and tables may make a third heap: the lower one is split again while it can be.
 */
static float valley(const census *c)
{
    float found = 0;
    for (int bins = BINS; bins > 2;) {
        split s = split_heaps(c, bins);
        if (s.distance < VALLEY_MEANS || s.share < VALLEY_SHARE || s.share > VALLEY_SHARE_MOST)
            break;
        take_wider_white(c, &s);
        found = GAP_LEAST + BIN_WIDTH * (float)(s.first + s.last + 2) / 2;
        bins = s.first + 1;
    }
    return found;
}

static float threshold_of(const word_finder *f, uint32_t style)
{
    census *c = census_of(f, style);
    if (c->threshold > 0)
        return c->threshold;
    float space = style_font(f->lp, style)->space;
    float fallback =
        clamp(fmaxf(THRESHOLD_FALLBACK, 0.5f * space), THRESHOLD_LEAST, THRESHOLD_MOST);
    float found = valley(c);
    if (c->spaces * 12 > c->gaps)
        c->threshold = fmaxf(THRESHOLD_SPACES, fallback);
    else
        c->threshold = found > 0 ? clamp(found, THRESHOLD_LEAST, THRESHOLD_MOST) : fallback;
    return c->threshold;
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static float median(float *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_floats);
    return values[count / 2];
}

/* A run in which most gaps are wide and alike is letter-spaced: 1.3 times its median gap. */
static float run_threshold(const word_finder *f, float threshold)
{
    if (f->run_count <= SPREAD_LEAST)
        return threshold;
    size_t wide = 0, count = 0;
    for (size_t i = 1; i < f->run_count; i++)
        wide += f->run[i].gap > threshold * f->run[i].em;
    if ((float)wide < SPREAD_SHARE * (float)(f->run_count - 1))
        return threshold;
    float *gaps = quire_arena_array(f->lp->scratch, float, f->run_count);
    for (size_t i = 1; i < f->run_count; i++)
        if (!f->run[i].spaced)
            gaps[count++] = f->run[i].gap / f->run[i].em;
    if (count < SPREAD_LEAST)
        return threshold;
    float middle = median(gaps, count);
    for (size_t i = 0; i < count; i++)
        gaps[i] = fabsf(gaps[i] - middle);
    bool alike = median(gaps, count) < SPREAD_DEVIATION && middle < SPREAD_MOST;
    return alike ? fmaxf(threshold, SPREAD_FACTOR * middle) : threshold;
}

/* ---- making words ---- */

static uint32_t font_flags(const word_finder *f, uint32_t index)
{
    const quire_style *style = &f->lp->page->styles[index];
    const quire_font *font = style_font(f->lp, index);
    uint32_t flags = 0;
    bool stroked_over = style->render_mode == 2 && style->size > 0;
    if (font->weight >= 600 || stroked_over || f->drawn_twice[index])
        flags |= WORD_BOLD;
    if (font->flags & QUIRE_FONT_ITALIC)
        flags |= WORD_ITALIC;
    if (font->flags & QUIRE_FONT_MONOSPACE)
        flags |= WORD_MONOSPACE;
    return flags;
}

static void add_word(word_finder *f, const placed *from, const placed *to)
{
    const quire_page *page = f->lp->page;
    const quire_glyph *glyph = &page->glyphs[from->glyph];
    const quire_style *style = &page->styles[glyph->style];
    word *w = quire_array_push(&f->lp->lists->words);
    if (!w)
        return;
    *w = (word){.first = from->glyph,
                .end = to[-1].glyph + 1,
                .style = glyph->style,
                .flags = font_flags(f, glyph->style),
                .order = (uint32_t)f->lp->lists->words.count - 1,
                .box = quire_box_empty(),
                .baseline = from->baseline,
                .size = style->size,
                .confidence = glyph->confidence,
                .angle = f->frames[glyph->style].angle};
    for (const placed *p = from; p < to; p++) {
        glyph = &page->glyphs[p->glyph];
        w->box = quire_box_union(w->box, layout_frame_box(&f->frames[glyph->style], glyph->box));
        w->flags |= reads_leftward(page, glyph) ? WORD_RIGHT_TO_LEFT : 0;
    }
    if (w->angle % 90 != 0) /* boxes around slanted glyphs overlap */
        w->box = (quire_box){from->start, w->baseline - SLANTED_ASCENT * w->size, to[-1].end,
                             w->baseline + SLANTED_DESCENT * w->size};
    float height = quire_box_height(w->box);
    if (w->size < SIZE_LEAST * height || w->size > SIZE_MOST * height)
        w->size = height;
    w->flags |= from->spaced ? WORD_SPACED : 0;
    w->flags |= page->glyphs[w->first].source == QUIRE_UNICODE_OCR ? WORD_RECOGNISED : 0;
    bool vertical = glyph->flags & QUIRE_GLYPH_VERTICAL || f->lp->stacked;
    w->flags |= vertical ? WORD_VERTICAL : 0;
    w->flags |= glyph->flags & QUIRE_GLYPH_ANNOTATION ? WORD_ANNOTATION : 0;
    w->flags |= glyph->flags & QUIRE_GLYPH_OVERPRINT ? WORD_OVERPRINT : 0;
}

static bool breaks_word(const placed *here, float threshold)
{
    float gap = here->gap / here->em;
    return here->style != here[-1].style || (here->spaced && gap > SPACE_LEAST) || gap > threshold;
}

/* Cuts the run at hand into words. */
static void cut_run(word_finder *f)
{
    quire_arena_mark mark = quire_arena_position(f->lp->scratch);
    float threshold = run_threshold(f, threshold_of(f, f->run[0].style));
    size_t start = 0;
    for (size_t i = 1; i < f->run_count; i++)
        if (breaks_word(&f->run[i], threshold)) {
            add_word(f, &f->run[start], &f->run[i]);
            start = i;
        }
    add_word(f, &f->run[start], &f->run[f->run_count]);
    quire_arena_reset(f->lp->scratch, mark);
}

static placed place(const word_finder *f, uint32_t index)
{
    const quire_glyph *glyph = &f->lp->page->glyphs[index];
    const frame *own = &f->frames[glyph->style];
    if (f->lp->stacked) {
        quire_point middle = layout_frame_point(own, middle_of(glyph->box));
        float half = f->lp->page->styles[glyph->style].size / 2;
        return (placed){.glyph = index,
                        .style = glyph->style,
                        .start = middle.x - half,
                        .end = middle.x + half,
                        .baseline = middle.y};
    }
    quire_point origin = layout_frame_point(own, glyph->origin);
    float advance = frame_along(own, glyph->advance);
    return (placed){.glyph = index,
                    .style = glyph->style,
                    .start = quire_smaller(origin.x, origin.x + advance),
                    .end = quire_larger(origin.x, origin.x + advance),
                    .baseline = origin.y};
}

static bool continues_run(const word_finder *f, const placed *before, const placed *here)
{
    const quire_style *styles = f->lp->page->styles;
    float size = styles[here->style].size, gap = here->gap;
    if (here->style != before->style) {
        if (f->frames[here->style].angle != f->frames[before->style].angle)
            return false;
        size = quire_larger(size, styles[before->style].size);
    }
    return fabsf(here->baseline - before->baseline) <= RUN_SHIFT * size &&
           gap <= RUN_FORWARD * size && gap >= RUN_BACKWARD * size;
}

/* Of a glyph that is no space. */
static bool is_read(const word_finder *f, size_t index)
{
    return f->lp->page->glyphs[index].text_size > 0 &&
           f->lp->marks[index] == (f->lp->is_hidden ? MARK_HIDDEN : MARK_LOST);
}

/* A glyph whose text an earlier one carries, as those of a cluster do: it takes room all the same,
 * which is no gap. */
static void widen(const word_finder *f, placed *carrier, uint32_t index)
{
    const quire_glyph *glyph = &f->lp->page->glyphs[index];
    if (!(glyph->flags & QUIRE_GLYPH_REPLACED) || glyph->text_size > 0 ||
        carrier->style != glyph->style)
        return;
    placed p = place(f, index);
    float em = em_of(&f->lp->page->styles[glyph->style]);
    if (fabsf(p.baseline - carrier->baseline) > RUN_SHIFT * em ||
        p.start - carrier->end > CLUSTER_GAP * em || carrier->start - p.end > CLUSTER_GAP * em)
        return;
    carrier->start = quire_smaller(carrier->start, p.start);
    carrier->end = quire_larger(carrier->end, p.end);
}

/* Places all glyphs that are read, parts them into runs and counts the gaps. */
static void place_glyphs(word_finder *f)
{
    const quire_page *page = f->lp->page;
    bool spaced = false;
    for (uint32_t i = 0; i < page->glyph_count; i++) {
        bool is_space = layout_is_space(page, &page->glyphs[i]);
        spaced |= is_space;
        if (is_space || !is_read(f, i)) {
            if (f->glyph_count > 0 && !spaced)
                widen(f, &f->glyphs[f->glyph_count - 1], i);
            continue;
        }
        placed *here = &f->glyphs[f->glyph_count];
        *here = place(f, i);
        here->spaced = spaced;
        here->em = em_of(&page->styles[here->style]);
        here->gap = f->glyph_count == 0 ? 0 : gap_between(f, here - 1, here);
        here->starts_run = f->glyph_count == 0 || !continues_run(f, here - 1, here);
        if (!here->starts_run)
            count_gap(f, here);
        f->glyph_count++;
        spaced = false;
    }
}

static void cut_runs(word_finder *f)
{
    for (size_t start = 0; start < f->glyph_count;) {
        size_t end = start + 1;
        while (end < f->glyph_count && !f->glyphs[end].starts_run)
            end++;
        f->run = &f->glyphs[start];
        f->run_count = end - start;
        cut_run(f);
        start = end;
    }
}

static void find(layout_page *lp)
{
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    word_finder f = {.lp = lp};
    set_frames(&f);
    find_drawn_twice(&f);
    f.slots = quire_arena_array(lp->scratch, census, CENSUS_SLOTS);
    f.of_style = quire_arena_array(lp->scratch, census *, lp->page->style_count);
    f.glyphs = quire_arena_array(lp->scratch, placed, lp->page->glyph_count);
    if (f.glyphs && f.frames) {
        place_glyphs(&f);
        cut_runs(&f);
    }
    lp->word_count = lp->lists->words.count;
    lp->words = quire_array_freeze(&lp->lists->words, lp->arena);
    quire_arena_reset(lp->scratch, mark);
}

void layout_find_words(layout_page *lp)
{
    if (lp->is_hidden) {
        find(lp);
        return;
    }
    lp->reads_hidden = only_invisible(lp->page);
    mark_glyphs(lp);
    choose_frame(lp);
    find(lp);
}
