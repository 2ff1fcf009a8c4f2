/*
 * Questions of scanned forms that no colon, line or known word tells: they stand where others do.
 *
 *     Maker:    AMF
 *     Length    85 mm        begins where the labels above and below begin, and something
 *     Paper:    554          stands to its right
 */
#include "layout/forms/forms.h"

#define SAME_EDGE 0.6f /* em between left edges of labels in a column */
#define REACH 14.0f /* em up and down to other labels, and to the right to a value */

enum { LABEL_WORDS = 6, LABELS_LEAST = 2, MOST_LOOKED_AT = 3000 };

static bool looks_like_label(const segment *s)
{
    size_t words = 1, letters = 0, at = 0;
    if (!(s->flags & SEGMENT_RECOGNISED) || s->text.size == 0)
        return false;
    uint32_t first = quire_utf8_next(s->text.data, s->text.size, &at);
    for (at = 0; at < s->text.size;) {
        uint32_t c = quire_utf8_next(s->text.data, s->text.size, &at);
        words += c == ' ';
        letters += quire_is_letter(c);
    }
    return quire_is_upper(first) && words <= LABEL_WORDS && letters >= 3 &&
           2 * letters > s->text.size;
}

static bool stands_alike(segments s, size_t index)
{
    const segment *own = &s.items[index];
    size_t labels = 0;
    for (size_t i = 0; i < s.count; i++) {
        const segment *other = &s.items[i];
        labels += i != index && other->flags & SEGMENT_LABEL &&
                  fabsf(other->box.x0 - own->box.x0) < SAME_EDGE * own->size &&
                  fabsf(other->box.y1 - own->box.y1) < REACH * own->size;
    }
    return labels >= LABELS_LEAST;
}

static bool has_value(segments s, size_t index)
{
    const segment *own = &s.items[index], *nearest = NULL;
    for (size_t i = 0; i < s.count; i++) {
        const segment *to = &s.items[i];
        float gap = to->box.x0 - own->box.x1;
        if (i != index && gap > 0 && gap < REACH * own->size && segments_share_row(own, to) &&
            (!nearest || to->box.x0 < nearest->box.x0))
            nearest = to;
    }
    return nearest && !(nearest->flags & (SEGMENT_LABEL | SEGMENT_USED));
}

void form_find_questions(segments s)
{
    uint32_t barred =
        SEGMENT_LABEL | SEGMENT_INLINE | SEGMENT_USED | SEGMENT_IN_PROSE | SEGMENT_HEADS_TABLE;
    if (s.count > MOST_LOOKED_AT)
        return;
    for (size_t i = 0; i < s.count; i++)
        if (!(s.items[i].flags & barred) && looks_like_label(&s.items[i]) && stands_alike(s, i) &&
            has_value(s, i))
            s.items[i].flags |= SEGMENT_LABEL;
}
