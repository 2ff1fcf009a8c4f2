/*
 * Places to sign: printed lines and boxes whose label asks for a signature. Signed is one in which
 * something is drawn, or a picture stands; whose hand it was nobody asks.
 *
 *     Signature  ___~/\/~__      Date ________
 */
#include "layout/forms/forms.h"

#include <string.h>

#define ABOVE 2.0f /* of the room's height: how far a signature may reach up from its line */
#define INSIDE 0.5f /* of a drawing: then it stands there */
#define LARGEST 0.25f /* of the page: a larger picture is its ground */
#define SMALLEST 4.0f /* points; a dot signs nothing */

enum { STROKES = 4 /* segments of a path; fewer are frames and rules */, LONGEST = 24 };

static bool is_signature_word(quire_text text)
{
    /* Not "sign", which is what ships are called by, nor "firma", a company in other languages. */
    static const char *const words[] = {"signature",    "signatures",     "signed",
                                        "unterschrift", "unterschriften", "firmado",
                                        "sign\xC3\xA9"};
    char folded[LONGEST + 4];
    size_t size = 0;
    for (size_t at = 0; at < text.size && size < LONGEST;) {
        uint32_t c = quire_lower(quire_utf8_next(text.data, text.size, &at));
        if (quire_is_letter(c))
            size += quire_utf8_put(c, folded + size);
    }
    folded[size] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(folded, words[i]) == 0)
            return true;
    return false;
}

bool form_asks_signature(quire_text label_text)
{
    for (size_t at = 0; at < label_text.size;) {
        size_t end = at;
        while (end < label_text.size && !strchr(" /(", label_text.data[end]))
            end++;
        if (is_signature_word((quire_text){label_text.data + at, end - at}))
            return true;
        at = end + 1;
    }
    return false;
}

static bool stands_in(quire_box room, quire_box box)
{
    float own = quire_box_area(box);
    float inside = quire_box_area(quire_box_intersection(room, box));
    return quire_box_width(box) >= SMALLEST && quire_box_height(box) >= SMALLEST / 2 &&
           inside > INSIDE * own;
}

bool form_is_signed(const layout_page *lp, quire_box room)
{
    const quire_page *page = lp->page;
    float largest = LARGEST * page->width * page->height;
    room.y0 -= ABOVE * quire_box_height(room);
    for (size_t i = 0; i < page->drawing_count; i++) {
        const quire_drawing *d = &page->drawings[i];
        if ((d->curved || d->segments > STROKES) && stands_in(room, d->box))
            return true;
    }
    for (size_t i = 0; i < page->image_count; i++)
        if (quire_box_area(page->images[i].box) < largest && stands_in(room, page->images[i].box))
            return true;
    for (size_t i = 0; i < page->scribble_count; i++)
        if (stands_in(room, page->scribbles[i].box))
            return true;
    return false;
}
