/*
 * What someone most likely meant: the name that the fewest single-letter changes lead to
 * (Levenshtein's distance), or the only one that starts alike.
 */
#include "cli/cli.h"

#include <string.h>

enum { LONGEST = 40 };

static size_t distance(const char *a, const char *b)
{
    size_t size = strlen(b), row[LONGEST + 1];
    for (size_t j = 0; j <= size; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < size; j++) {
            size_t change = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = MIN(change, MIN(row[j], diagonal) + 1);
        }
    }
    return row[size];
}

static const char *only_prefixed(const char *word, const char *const *names)
{
    const char *found = NULL;
    for (; *names; names++) {
        if (strncmp(*names, word, strlen(word)) != 0)
            continue;
        if (found)
            return NULL;
        found = *names;
    }
    return found;
}

const char *cli_nearest(const char *word, const char *const *names)
{
    size_t size = strlen(word);
    if (size < 2 || size > LONGEST)
        return NULL;
    const char *best = only_prefixed(word, names);
    bool best_is_prefixed = best != NULL;
    size_t best_distance = 1 + size / 3; /* further away is another word */
    for (; !best_is_prefixed && *names; names++) {
        size_t changes = strlen(*names) > LONGEST ? LONGEST : distance(word, *names);
        if (changes > best_distance || (best && changes == best_distance))
            continue;
        best = *names;
        best_distance = changes;
    }
    return best;
}
