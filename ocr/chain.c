#include "ocr/chain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_NOTES = 16, NOTE_BYTES = 128 };

typedef struct teller {
    quire_arena *arena;
    const char *notes[MOST_NOTES];
    size_t count;
} teller;

static void tell(teller *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void tell(teller *t, const char *format, ...)
{
    char text[NOTE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (t->count < MOST_NOTES)
        t->notes[t->count++] = quire_arena_text(t->arena, text, strlen(text));
}

static void tell_preparation(teller *t, const ocr_paper *paper)
{
    int rules = boxaGetCount(paper->horizontals) + boxaGetCount(paper->verticals);
    if (paper->quarters)
        tell(t, "turned clockwise by %d degrees to stand upright", 90 * paper->quarters);
    if (paper->overprint)
        tell(t, "marks in colour across the text were taken out, and read apart");
    if (paper->grounds)
        tell(t, "dark or grey grounds brought to white: %d", paper->grounds);
    if (paper->enlarged)
        tell(t, "enlarged to twice its size for its small letters");
    if (paper->skew != 0)
        tell(t, "turned by %.2f degrees to be straight", paper->skew);
    if (rules)
        tell(t, "rules taken out: %d", rules);
    if (paper->frames.count)
        tell(t, "boxes to be marked taken out: %zu", paper->frames.count);
    if (paper->dark)
        tell(t, "faint letters made dark: %d", boxaGetCount(paper->faint));
}

static void tell_reading(teller *t, const ocr_chain *chain, const ocr_paper *paper)
{
    if (chain->cells)
        tell(t, "the page is tables: read cell by cell, %d of them", chain->cells);
    if (chain->turned)
        tell(t, "parts on their side turned and read: %d, with %d words", chain->turned,
             chain->turned_words);
    if (chain->parts > chain->turned)
        tell(t, "parts that looked as if on their side, and read badly so: %d",
             chain->parts - chain->turned);
    if (chain->softened)
        tell(t, "read from softened pixels, since it was surer so");
    if (chain->retried)
        tell(t, "doubtful lines read once more: %d, the new reading kept: %d", chain->retried,
             chain->better);
    if (chain->strays)
        tell(t, "words read where the first reading saw none: %d", chain->strays);
    if (chain->overprinted)
        tell(t, "words read in marks in colour: %d", chain->overprinted);
    if (paper->handwriting.count)
        tell(t, "rows that look written by hand, and are believed less: %zu",
             paper->handwriting.count);
    if (chain->dropped)
        tell(t, "words dropped as noise: %d", chain->dropped);
    tell(t, "mean confidence of what was read: %.2f, by the engine itself: %.2f", chain->confidence,
         chain->engine_confidence);
}

void ocr_chain_tell(const ocr_chain *chain, const ocr_paper *paper, quire_arena *arena,
                    quire_page *page)
{
    teller t = {.arena = arena};
    tell(&t, "text was read from pixels: %s", chain->why);
    if (chain->is_picture)
        tell(&t, "the picture stands at %.0f, %.0f to %.0f, %.0f", paper->place.x0, paper->place.y0,
             paper->place.x1, paper->place.y1);
    tell(&t, "drawn with %d x %d pixels, %.0f dpi", chain->width, chain->height, chain->dpi);
    if (chain->language->name[0])
        tell(&t, "read as %s, script: %s", chain->language->name,
             chain->language->script[0] ? chain->language->script : "not known");
    tell_preparation(&t, paper);
    tell_reading(&t, chain, paper);
    const char **notes = quire_arena_array(arena, const char *, page->note_count + t.count);
    if (page->note_count > 0)
        memcpy(notes, page->notes, page->note_count * sizeof *notes);
    memcpy(notes + page->note_count, t.notes, t.count * sizeof *notes);
    page->notes = notes;
    page->note_count += t.count;
}
