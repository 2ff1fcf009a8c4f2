/*
 * One page from pixels to glyphs, in order:
 *
 *     draw -> prepare -> read the page, or the cells of its tables -> (turn and read again)
 *          -> (read parts on their side) -> (read again, softened) -> drop noise -> read strays
 *          -> (read what is printed across it) -> measure type -> find scribbles -> calibrate
 *          -> evidence
 */
#include "ocr/ocr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ocr/agreement.h"
#include "ocr/alone.h"
#include "ocr/barcodes.h"
#include "ocr/calibrate.h"
#include "ocr/cells.h"
#include "ocr/chain.h"
#include "ocr/colour.h"
#include "ocr/drawing.h"
#include "ocr/engine.h"
#include "ocr/evidence.h"
#include "ocr/handwriting.h"
#include "ocr/languages.h"
#include "ocr/noise.h"
#include "ocr/paper.h"
#include "ocr/pictures.h"
#include "ocr/retry.h"
#include "ocr/scribbles.h"
#include "ocr/sideways.h"
#include "ocr/sizes.h"
#include "ocr/spaces.h"
#include "ocr/strays.h"
#include "ocr/strokes.h"

#define CLEAR 0.85f /* mean confidence of a page that is not read again, softened */
#define SURE 0.60f /* mean confidence of a page that stands upright */
#define BRIDGE 0.03f /* inches */

enum { UPWARDS = 1, DOWNWARDS = 3 }; /* reads a line on its side; quarters clockwise it is turned */
enum { LEAST_SIDE = 16 }; /* pixels: less holds no letter */
enum { MANY_LETTERS = 100 };

struct quire_ocr {
    quire_ocr_options options;
    quire_ocr_draw_fn draw;
    void *user;
    ocr_engine *engine; /* NULL: not opened, or the language is not known yet */
    const ocr_engine_type *type;
    ocr_engine *scripts; /* tells scripts, until the language is known */
    ocr_language language; /* that was found; with the languages "auto" */
};

quire_ocr *quire_ocr_new(const quire_ocr_options *options, quire_ocr_draw_fn draw, void *user)
{
    quire_ocr *ocr = calloc(1, sizeof *ocr);
    if (ocr)
        *ocr = (quire_ocr){.options = *options, .draw = draw, .user = user, .type = &ocr_tesseract};
    return ocr;
}

void quire_ocr_free(quire_ocr *ocr)
{
    if (ocr && ocr->engine)
        ocr->type->close(ocr->engine);
    if (ocr && ocr->scripts)
        ocr->type->close(ocr->scripts);
    free(ocr);
}

quire_status quire_ocr_open(quire_ocr *ocr, quire_error *error)
{
    setMsgSeverity(L_SEVERITY_NONE);
    if (ocr->engine && !ocr->scripts)
        return QUIRE_OK;
    const char *languages = ocr->options.languages;
    if (languages && strcmp(languages, OCR_LANGUAGES_AUTO) == 0)
        return ocr->scripts ? QUIRE_OK : ocr_languages_open(ocr->type, &ocr->scripts, error);
    return ocr->type->open(languages ? languages : "eng", &ocr->engine, error);
}

const char *quire_ocr_engine_version(void)
{
    return ocr_tesseract.version();
}

/* ---- one page ---- */

/* Steps that only a page takes: a drawing slopes where it wants to. */
#define OF_PAGES (1u << QUIRE_OCR_STRAIGHTEN | 1u << QUIRE_OCR_TURN | 1u << QUIRE_OCR_SOFTEN)

typedef struct reading {
    quire_ocr *ocr;
    const quire_page *page;
    quire_box picture; /* without area: the page is read */
    unsigned without; /* steps */
    double deadline;
    quire_error *error;
    double since; /* seconds of CPU, at the end of the last phase */
    PIX *coloured; /* pixels of the raster; NULL: none */
    uint32_t colour; /* theirs */
    ocr_paper paper;
    BOXA *cells; /* of a page of tables, read one by one; NULL: the engine finds what to read */
    ocr_text text;
    ocr_chain chain;
} reading;

static bool takes(const reading *r, quire_ocr_step step)
{
    return !(r->without >> step & 1);
}

/* Adds the time since the phase before to this one. */
static void spend(reading *r, quire_ocr_phase phase)
{
    struct timespec now;
    if (!r->ocr->options.seconds)
        return;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    double seconds = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
    r->ocr->options.seconds[phase] += r->since > 0 ? seconds - r->since : 0;
    r->since = seconds;
}

/* Leaves the engine with the paper's grey. */
static quire_status read_lines(reading *r, PIX *pix, BOXA *lines)
{
    quire_ocr *ocr = r->ocr;
    quire_status status = QUIRE_OK;
    ocr_alone alone = ocr_alone_of(ocr->type, ocr->engine, &r->paper, r->deadline, r->error);
    for (l_int32 i = 0; i < boxaGetCount(lines) && status == QUIRE_OK; i++) {
        BOX *line = boxaGetBox(lines, i, L_CLONE);
        status = ocr_alone_read(&alone, pix, line, &r->text);
        boxDestroy(&line);
    }
    ocr->type->show(ocr->engine, r->paper.grey, (int)lroundf(r->paper.dpi));
    return status;
}

static quire_status read_cells(reading *r)
{
    quire_status status = read_lines(r, r->paper.grey, r->cells);
    for (size_t i = 0; i < r->text.lines.count; i++)
        r->text.lines.items[i].is_cell = true;
    return status;
}

static quire_status read_page(reading *r, ocr_shape shape)
{
    quire_ocr *ocr = r->ocr;
    if (r->cells)
        return read_cells(r);
    ocr->type->show(ocr->engine, r->paper.grey, (int)lroundf(r->paper.dpi));
    if (ocr->options.seconds) {
        ocr->type->read(ocr->engine, OCR_SEGMENTS, NULL, r->deadline, &r->text, r->error);
        spend(r, QUIRE_OCR_SEGMENTATION);
    }
    return ocr->type->read(ocr->engine, shape, NULL, r->deadline, &r->text, r->error);
}

/* The language of the first page that has letters enough is that of the document. */
static quire_status find_language(reading *r)
{
    quire_ocr *ocr = r->ocr;
    ocr_language found;
    if (!ocr->scripts)
        return QUIRE_OK;
    quire_status status =
        ocr_languages_find(ocr->type, ocr->scripts, r->paper.grey, (int)lroundf(r->paper.dpi),
                           r->deadline, &found, r->error);
    if (status != QUIRE_OK)
        return status;
    if (ocr->engine)
        ocr->type->close(ocr->engine);
    ocr->engine = NULL;
    ocr->language = found;
    if (found.script[0]) {
        ocr->type->close(ocr->scripts);
        ocr->scripts = NULL;
    }
    return ocr->type->open(found.name, &ocr->engine, r->error);
}

static quire_status prepare_and_read(reading *r, const quire_raster *raster, int quarters)
{
    if (!ocr_paper_prepare(&r->paper, raster, r->coloured, quarters, r->without))
        return quire_fail(r->error, QUIRE_LIMIT, "ocr", r->page->number,
                          "the page needs more memory than there is");
    if (takes(r, QUIRE_OCR_CELLS))
        r->cells = ocr_cells_find(&r->paper);
    spend(r, QUIRE_OCR_PREPARATION);
    quire_status status = find_language(r);
    if (status == QUIRE_OK)
        status = read_page(r, OCR_PAGE);
    spend(r, QUIRE_OCR_READING);
    return status;
}

static float mean_confidence(const ocr_text *text)
{
    return ocr_text_confidence(text, 0, (uint32_t)text->words.count);
}

static float weight_of(const ocr_text *text)
{
    return ocr_text_weight(text, 0, (uint32_t)text->words.count);
}

static void clear_reading(reading *r)
{
    boxaDestroy(&r->cells);
    ocr_text_clear(&r->text);
    ocr_paper_clear(&r->paper);
}

/* What reads badly may lie on its side, or on its head. */
static quire_status read_turned(reading *r, const quire_raster *raster)
{
    bool reads_well = mean_confidence(&r->text) >= SURE && r->text.symbols.count >= MANY_LETTERS;
    if (reads_well || !takes(r, QUIRE_OCR_TURN))
        return QUIRE_OK;
    int quarters = ocr_paper_quarters(&r->paper);
    if (quarters == 0)
        return QUIRE_OK;
    reading turned = *r;
    turned.paper = (ocr_paper){.place = r->paper.place};
    turned.cells = NULL;
    turned.text = (ocr_text){0};
    quire_status status = prepare_and_read(&turned, raster, quarters);
    bool is_better = mean_confidence(&turned.text) > mean_confidence(&r->text);
    r->since = turned.since;
    clear_reading(is_better ? r : &turned);
    if (is_better)
        *r = turned;
    else
        r->ocr->type->show(r->ocr->engine, r->paper.grey, (int)lroundf(r->paper.dpi));
    return status;
}

static bool reads_badly(const reading *r)
{
    float confidence = mean_confidence(&r->text);
    return confidence > 0 && confidence < CLEAR && takes(r, QUIRE_OCR_SOFTEN);
}

/* A page that reads badly is read once more from softened pixels; the better reading stays. */
static quire_status read_softened(reading *r, PIX *soft)
{
    ocr_text first = r->text;
    r->text = (ocr_text){0};
    PIX *grey = r->paper.grey;
    r->paper.grey = soft;
    quire_status status = read_page(r, OCR_PAGE_AGAIN);
    r->paper.grey = grey;
    r->chain.softened = weight_of(&r->text) > weight_of(&first);
    ocr_text *worse = r->chain.softened ? &first : &r->text;
    ocr_text kept = worse == &first ? r->text : first;
    ocr_agreement_mark(&kept, 0, (uint32_t)kept.words.count,
                       (ocr_reading){worse, 0, (uint32_t)worse->words.count});
    ocr_text_clear(worse);
    r->text = kept;
    return status;
}

static quire_status read_again(reading *r)
{
    bool is_bad = reads_badly(r);
    bool has_doubts = takes(r, QUIRE_OCR_RETRY) && ocr_retry_is_needed(&r->text);
    PIX *soft = is_bad || has_doubts ? ocr_paper_soften(&r->paper) : NULL;
    if (!soft)
        return QUIRE_OK;
    quire_status status = is_bad ? read_softened(r, soft) : QUIRE_OK;
    if (status == QUIRE_OK && takes(r, QUIRE_OCR_RETRY))
        status = ocr_retry_lines(r->ocr->engine, r->ocr->type, soft, (int)lroundf(r->paper.dpi),
                                 r->deadline, &r->text, &r->chain, r->error);
    r->ocr->type->show(r->ocr->engine, r->paper.grey, (int)lroundf(r->paper.dpi));
    pixDestroy(&soft);
    return status;
}

/* Reads lines that may be none, and destroys their list; how many words they are. */
static quire_status read_loose(reading *r, PIX *pix, BOXA *lines, int *words)
{
    size_t first = r->text.words.count;
    quire_status status = read_lines(r, pix, lines);
    boxaDestroy(&lines);
    *words = (int)(r->text.words.count - first);
    if (takes(r, QUIRE_OCR_NOISE))
        *words -= ocr_noise_drop(&r->text, first, true, ocr_sizes_median(&r->text));
    return status;
}

static quire_status read_strays(reading *r)
{
    return read_loose(r, r->paper.dark ? r->paper.dark : r->paper.grey,
                      ocr_strays_find(&r->paper, &r->text), &r->chain.strays);
}

/* What is written in coloured marks; then they are ink of the page again. */
static quire_status read_overprint(reading *r)
{
    l_int32 bridge = (l_int32)(BRIDGE * r->paper.dpi) | 1; /* letters under it left holes in it */
    PIX *ink =
        r->paper.overprint ? pixCloseSafeBrick(NULL, r->paper.overprint, bridge, bridge) : NULL;
    PIX *grey = ink ? pixConvert1To8(NULL, ink, 255, 0) : NULL;
    if (!grey) {
        pixDestroy(&ink);
        return QUIRE_OK;
    }
    BOXA *lines = ocr_strays_in(ink, &r->paper, &r->text);
    size_t first = r->text.lines.count;
    quire_status status = read_loose(r, grey, lines, &r->chain.overprinted);
    for (size_t i = first; i < r->text.lines.count; i++)
        r->text.lines.items[i].is_overprint = true;
    r->paper.overprint_colour = r->colour;
    pixOr(r->paper.ink, r->paper.ink, ink);
    pixDestroy(&grey);
    pixDestroy(&ink);
    return status;
}

/* From what was read, of a page or of a part of it, to words whose type is known. */
static quire_status refine(reading *r)
{
    quire_status status = QUIRE_OK;
    ocr_sizes_measure(&r->text, 0);
    if (takes(r, QUIRE_OCR_NOISE))
        r->chain.dropped = ocr_noise_drop(&r->text, 0, false, ocr_sizes_median(&r->text));
    size_t lines = r->text.lines.count;
    if (takes(r, QUIRE_OCR_STRAYS))
        status = read_strays(r);
    if (status == QUIRE_OK)
        status = read_overprint(r);
    spend(r, QUIRE_OCR_READING_STRAYS);
    ocr_sizes_measure(&r->text, lines);
    if (takes(r, QUIRE_OCR_SPACES))
        ocr_spaces_restore(&r->text, r->paper.ink);
    ocr_sizes_settle(&r->text);
    ocr_strokes_measure(&r->text, &r->paper);
    return status;
}

/* ---- parts on their side ---- */

/* Reads what stands in `box`, turned by `quarters`, into `side`, which the caller clears. */
static quire_status read_side(const reading *r, quire_box box, int quarters, ocr_shape shape,
                              reading *side)
{
    *side = *r;
    side->cells = NULL;
    side->text = (ocr_text){0};
    side->chain = (ocr_chain){0};
    side->without |= OF_PAGES | (shape == OCR_LINE ? 1u << QUIRE_OCR_STRAYS : 0);
    if (!ocr_sideways_cut(&r->paper, box, quarters, &side->paper))
        return quire_fail(r->error, QUIRE_LIMIT, "ocr", r->page->number,
                          "the page needs more memory than there is");
    r->ocr->type->show(r->ocr->engine, side->paper.grey, (int)lroundf(side->paper.dpi));
    return r->ocr->type->read(r->ocr->engine, shape, NULL, r->deadline, &side->text, r->error);
}

/* One line is read both ways, the surer stays. */
static quire_status read_both_ways(const reading *r, quire_box box, reading *surer)
{
    reading other = {0};
    quire_status status = read_side(r, box, UPWARDS, OCR_LINE, surer);
    if (status == QUIRE_OK)
        status = read_side(r, box, DOWNWARDS, OCR_LINE, &other);
    if (weight_of(&other.text) > weight_of(&surer->text)) {
        reading kept = other;
        other = *surer;
        *surer = kept;
    }
    clear_reading(&other);
    return status;
}

/* The longest line of a part tells whether it is text, and which way it is to be turned. */
static quire_status read_part(const reading *r, const ocr_part *part, reading *side)
{
    quire_status status = read_both_ways(r, part->longest, side);
    int quarters = side->paper.quarters;
    bool is_text = ocr_sideways_is_sure(&side->text, true);
    if (status != QUIRE_OK || (is_text && part->lines == 1))
        return status;
    clear_reading(side);
    return is_text ? read_side(r, part->box, quarters, OCR_PAGE_AGAIN, side) : QUIRE_OK;
}

/* Keeps what was read of a part if it is sure. */
static quire_status keep_part(reading *r, const ocr_part *part, reading *side, ocr_sides *kept)
{
    bool is_line = part->lines == 1;
    r->chain.parts++;
    if (!ocr_sideways_is_sure(&side->text, is_line))
        return QUIRE_OK;
    quire_status status = read_again(side);
    spend(side, QUIRE_OCR_READING_SIDEWAYS);
    if (status == QUIRE_OK)
        status = refine(side);
    r->since = side->since;
    r->chain.turned++;
    r->chain.turned_words += (int)side->text.words.count;
    kept->boxes[kept->count++] = part->box;
    ocr_sideways_join(&kept->text, &side->text, part->box, &side->paper);
    return status;
}

static quire_status read_sideways(reading *r, ocr_sides *kept)
{
    ocr_part parts[OCR_MOST_PARTS];
    ocr_sizes_measure(&r->text, 0);
    size_t count = ocr_sideways_find(&r->paper, &r->text, parts);
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        reading side = {0};
        status = read_part(r, &parts[i], &side);
        if (status == QUIRE_OK)
            status = keep_part(r, &parts[i], &side, kept);
        clear_reading(&side);
    }
    if (count > 0)
        r->ocr->type->show(r->ocr->engine, r->paper.grey, (int)lroundf(r->paper.dpi));
    ocr_sideways_empty(&r->text, kept);
    spend(r, QUIRE_OCR_READING_SIDEWAYS);
    return status;
}

static quire_status read_all(reading *r, const quire_raster *raster)
{
    ocr_sides kept = {.count = 0};
    quire_status status = prepare_and_read(r, raster, 0);
    if (status == QUIRE_OK)
        status = read_turned(r, raster);
    if (status == QUIRE_OK && takes(r, QUIRE_OCR_SIDEWAYS))
        status = read_sideways(r, &kept);
    if (status == QUIRE_OK)
        status = read_again(r);
    spend(r, QUIRE_OCR_READING_AGAIN);
    if (status == QUIRE_OK) {
        ocr_sideways_empty(&r->text, &kept); /* the page may have been read again as a whole */
        ocr_sideways_lift(&r->paper, &kept.text);
        status = refine(r);
    }
    ocr_sideways_add(&r->text, &kept.text);
    ocr_text_clear(&kept.text);
    if (status != QUIRE_OK)
        return status;
    if (takes(r, QUIRE_OCR_SCRIBBLES))
        ocr_scribbles_find(&r->paper, &r->text);
    if (takes(r, QUIRE_OCR_HANDWRITING))
        ocr_handwriting_find(&r->paper, &r->text);
    if (r->ocr->options.measures)
        ocr_calibrate_tell(&r->text, r->chain.dropped, &r->paper, r->page,
                           r->ocr->options.measures);
    r->chain.engine_confidence = mean_confidence(&r->text);
    ocr_calibrate(&r->text, r->chain.dropped);
    return status;
}

/* Pictures have text only where it looks like text; pages are read to the last scratch. */
static quire_status read_raster(reading *r, const quire_raster *raster)
{
    if (raster->width < LEAST_SIDE || raster->height < LEAST_SIDE)
        return QUIRE_OK;
    if (quire_box_area(r->picture) > 0 && !ocr_paper_shows_rows(raster))
        return QUIRE_OK;
    quire_status status = quire_ocr_open(r->ocr, r->error);
    return status == QUIRE_OK ? read_all(r, raster) : status;
}

static void add_evidence(reading *r, const quire_ocr_judgement *judgement,
                         const quire_raster *raster, quire_arena *arena, quire_page *page)
{
    r->chain.why = judgement->why;
    r->chain.language = &r->ocr->language;
    r->chain.is_picture = quire_box_area(r->picture) > 0;
    r->chain.width = raster->width;
    r->chain.height = raster->height;
    r->chain.dpi = raster->dpi;
    r->chain.confidence = mean_confidence(&r->text);
    r->chain.cells = r->cells ? boxaGetCount(r->cells) : 0;
    ocr_chain_tell(&r->chain, &r->paper, arena, page);
    ocr_evidence_add(&r->paper, &r->text, judgement, arena, page);
}

static quire_status read_drawn(reading *r, const quire_ocr_judgement *judgement, quire_arena *arena,
                               quire_page *page)
{
    quire_raster raster;
    bool is_page = quire_box_area(r->picture) == 0;
    quire_ocr_drawing drawing;
    spend(r, QUIRE_OCR_DRAWING);
    quire_status status = ocr_drawing_of(page, r->picture, r->ocr->options.dpi,
                                         takes(r, QUIRE_OCR_OVERPRINT), &drawing, r->error);
    if (status == QUIRE_OK)
        status = r->ocr->draw(r->ocr->user, &drawing, &raster, r->error);
    spend(r, QUIRE_OCR_DRAWING);
    if (status != QUIRE_OK)
        return status;
    r->coloured = ocr_colour_split(&raster, &r->colour);
    status = read_raster(r, &raster);
    pixDestroy(&r->coloured);
    if (is_page && status == QUIRE_OK)
        ocr_barcodes_read(&raster, (quire_point){0, 0}, arena, page);
    if (r->paper.grey)
        add_evidence(r, judgement, &raster, arena, page);
    spend(r, QUIRE_OCR_MEASURING);
    quire_raster_clear(&raster);
    return status;
}

quire_status quire_ocr_read(quire_ocr *ocr, const quire_ocr_judgement *judgement, double deadline,
                            quire_arena *arena, quire_page *page, quire_error *error)
{
    bool is_page = quire_box_area(judgement->picture) == 0;
    reading r = {.ocr = ocr,
                 .page = page,
                 .picture = judgement->picture,
                 .without = ocr->options.without | (is_page ? 0 : OF_PAGES),
                 .deadline = deadline,
                 .error = error};
    r.paper.place = is_page ? (quire_box){0, 0, page->width, page->height} : r.picture;
    setMsgSeverity(L_SEVERITY_NONE);
    quire_status status = is_page ? quire_ocr_open(ocr, error) : QUIRE_OK;
    if (status == QUIRE_OK)
        status = read_drawn(&r, judgement, arena, page);
    clear_reading(&r);
    return status;
}
