/*
 * The list of parsers. A new one adds a line here and nowhere else.
 */
#include "parsers/registry.h"

static const quire_parser *const parsers[] = {
    &quire_pdf_parser,
    &quire_image_parser,
};

enum { PARSERS = sizeof parsers / sizeof *parsers };

const quire_parser *quire_parser_at(size_t index)
{
    return index < PARSERS ? parsers[index] : NULL;
}

const quire_parser *quire_parser_find(quire_bytes input)
{
    const quire_parser *best = NULL;
    int highest = 0;
    for (size_t i = 0; i < PARSERS; i++) {
        int bid = parsers[i]->probe(input);
        if (bid > highest) {
            highest = bid;
            best = parsers[i];
        }
    }
    return best;
}
