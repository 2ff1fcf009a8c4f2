/*
 * The graphics state and its stack (PDF 32000-1, 8.4). A clip path is kept as the box around it.
 */
#include "parsers/pdf/interpreter/interpreter.h"

void quire_state_init(quire_interpreter *in, quire_matrix ctm)
{
    const quire_space *gray = quire_space_device(in, QUIRE_SPACE_GRAY);
    in->states.count = 0;
    in->states.ceiling = QUIRE_MAX_STATE_DEPTH + QUIRE_MAX_FORM_DEPTH + 2;
    in->state = quire_array_push(&in->states);
    *in->state = (quire_state){
        .ctm = ctm,
        .clip = in->page_box,
        .fill = {.space = gray},
        .stroke = {.space = gray},
        .fill_alpha = 1,
        .stroke_alpha = 1,
        .group_alpha = 1,
        .line_width = 1,
        .horizontal_scale = 1,
        .text_matrix = quire_matrix_identity(),
        .line_matrix = quire_matrix_identity(),
    };
    in->style_is_current = false;
}

bool quire_state_save(quire_interpreter *in)
{
    quire_state *saved = quire_array_push(&in->states);
    if (!saved) {
        return false;
    }
    saved[0] = saved[-1];
    in->state = saved;
    return true;
}

void quire_state_restore(quire_interpreter *in)
{
    in->states.count--;
    in->state = &in->states.items[in->states.count - 1];
    in->style_is_current = false;
}

void quire_state_clip(quire_interpreter *in, quire_box box)
{
    in->state->clip = quire_box_intersection(in->state->clip, box);
}

/* Beyond the ceiling q is only counted, so that each Q still finds its q. */
QUIRE_OPERATOR(save)
{
    (void)operands;
    bool room = in->states.count < QUIRE_MAX_STATE_DEPTH;
    if (in->lost_saves || !room || !quire_state_save(in)) {
        if (in->lost_saves++ == 0 && in->page->status == QUIRE_OK) {
            in->page->status = QUIRE_LIMIT;
            in->page->message = "graphics states nested too deep";
        }
    }
}

QUIRE_OPERATOR(restore)
{
    (void)operands;
    if (in->lost_saves) {
        in->lost_saves--;
    } else if (in->states.count > in->state_floor) {
        quire_state_restore(in);
    }
}

QUIRE_OPERATOR(concatenate)
{
    const double *v = quire_operands_last(operands, 6);
    quire_matrix matrix = {v[0], v[1], v[2], v[3], v[4], v[5]};
    in->state->ctm = quire_matrix_multiply(matrix, in->state->ctm);
    in->style_is_current = false;
}

QUIRE_OPERATOR(line_width)
{
    in->state->line_width = *quire_operands_last(operands, 1);
}

QUIRE_OPERATOR(dash)
{
    int array = operands->count - 2;
    if (operands->kinds[array] == QUIRE_OPERAND_ARRAY) {
        in->state->dashed = operands->slices[array].size > 0;
    }
}

static void apply(quire_interpreter *in, const quire_state_change *change)
{
    quire_state *state = in->state;
    if (change->sets_fill_alpha) {
        state->fill_alpha = change->fill_alpha;
    }
    if (change->sets_stroke_alpha) {
        state->stroke_alpha = change->stroke_alpha;
    }
    if (change->sets_blend) {
        state->blends = change->blends;
    }
    if (change->sets_mask) {
        state->masked = change->masked;
    }
    if (change->sets_width) {
        state->line_width = change->line_width;
    }
    if (change->sets_dash) {
        state->dashed = change->dashed;
    }
    if (change->sets_font) {
        state->font = change->font;
        state->font_size = change->font_size;
    }
    in->style_is_current = false;
}

QUIRE_OPERATOR(state)
{
    int name = operands->count - 1;
    if (operands->kinds[name] != QUIRE_OPERAND_NAME) {
        return;
    }
    const quire_state_change *change = quire_resources_state(in, operands->slices[name]);
    if (change) {
        apply(in, change);
    }
}

/* Operators that change nothing a page's evidence could show. */
QUIRE_OPERATOR(ignore)
{
    (void)in;
    (void)operands;
}
