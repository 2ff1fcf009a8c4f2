/*
 * How sure a candidate is a table: what was measured of it, each from 0 to 1, weighed and brought
 * between 0 and 1 (a logistic function). The weights were set by hand so that whatever the rules
 * of accept.c let pass stays above LEAST; learned ones may take their place in this table.
 */
#include "layout/tables/tables.h"

#include <stdio.h>
#include <string.h>

#define BIAS -1.5f

enum { REASON_BYTES = 96 };

typedef struct weight {
    float weight;
    const char *says;
} weight;

static const weight weights[TABLE_FEATURES] = {
    [FEATURE_WALLED] = {2.0f, "walls are drawn around its cells"},
    [FEATURE_RULED] = {1.2f, "rules or fills bound it"},
    [FEATURE_FILLED] = {1.5f, "its cells are filled"},
    [FEATURE_ALIGNED] = {1.5f, "the cells of its columns align"},
    [FEATURE_NUMERIC] = {0.6f, "its cells are numbers"},
    [FEATURE_PARTED] = {1.0f, "its rows fall into columns"},
    [FEATURE_TERSE] = {0.8f, "its cells are short"},
    [FEATURE_HEADED] = {0.7f, "a header names its columns"},
    [FEATURE_STATED] = {2.5f, "the file's tags say so, and its text stands as they say"},
};

float layout_score_table(const float features[TABLE_FEATURES])
{
    float sum = BIAS;
    for (size_t i = 0; i < TABLE_FEATURES; i++)
        sum += weights[i].weight * features[i];
    return 1 / (1 + expf(-sum));
}

/* The feature that adds most and is not among `told`. */
static size_t strongest(const float features[TABLE_FEATURES], uint32_t told)
{
    size_t best = TABLE_FEATURES;
    for (size_t i = 0; i < TABLE_FEATURES; i++) {
        float adds = weights[i].weight * features[i];
        if (adds > 0 && !(told >> i & 1) &&
            (best == TABLE_FEATURES || adds > weights[best].weight * features[best]))
            best = i;
    }
    return best;
}

void layout_explain_table(const layout_page *lp, const float features[TABLE_FEATURES], table *t)
{
    uint32_t told = 0;
    if (!lp->options->explain)
        return;
    while (t->why_count < TABLE_REASONS) {
        size_t best = strongest(features, told);
        if (best == TABLE_FEATURES)
            break;
        char text[REASON_BYTES];
        snprintf(text, sizeof text, "table: %s (%.0f %%)", weights[best].says,
                 (double)(100 * features[best]));
        t->why[t->why_count++] = quire_arena_text(lp->arena, text, strlen(text));
        told |= 1u << best;
    }
}
