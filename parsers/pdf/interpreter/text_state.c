/* Text state and positioning (PDF 32000-1, 9.3 and 9.4.2). */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

QUIRE_OPERATOR(begin_text)
{
    (void)operands;
    in->state->text_matrix = in->state->line_matrix = quire_matrix_identity();
    in->style_is_current = false;
}

QUIRE_OPERATOR(char_space)
{
    in->state->char_space = *quire_operands_last(operands, 1);
}

QUIRE_OPERATOR(word_space)
{
    in->state->word_space = *quire_operands_last(operands, 1);
}

QUIRE_OPERATOR(horizontal_scale)
{
    in->state->horizontal_scale = *quire_operands_last(operands, 1) / 100;
    in->style_is_current = false;
}

QUIRE_OPERATOR(leading)
{
    in->state->leading = *quire_operands_last(operands, 1);
}

QUIRE_OPERATOR(font)
{
    int name = operands->count - 2;
    if (operands->kinds[name] == QUIRE_OPERAND_NAME &&
        operands->kinds[name + 1] == QUIRE_OPERAND_NUMBER) {
        in->state->font = quire_resources_font(in, operands->slices[name]);
        in->state->font_size = operands->numbers[name + 1];
        in->style_is_current = false;
    }
}

QUIRE_OPERATOR(render_mode)
{
    double mode = *quire_operands_last(operands, 1);
    in->state->render_mode = mode >= 0 && mode <= 7 ? (uint8_t)mode : 0;
    in->style_is_current = false;
}

QUIRE_OPERATOR(rise)
{
    in->state->rise = *quire_operands_last(operands, 1);
}

static void move_line(quire_state *state, double x, double y)
{
    quire_matrix *line = &state->line_matrix;
    line->e += x * line->a + y * line->c;
    line->f += x * line->b + y * line->d;
    state->text_matrix = *line;
}

QUIRE_OPERATOR(next_line)
{
    const double *v = quire_operands_last(operands, 2);
    move_line(in->state, v[0], v[1]);
}

QUIRE_OPERATOR(next_line_leading)
{
    const double *v = quire_operands_last(operands, 2);
    in->state->leading = -v[1];
    move_line(in->state, v[0], v[1]);
}

QUIRE_OPERATOR(text_matrix)
{
    const double *v = quire_operands_last(operands, 6);
    quire_state *state = in->state;
    quire_matrix matrix = {v[0], v[1], v[2], v[3], v[4], v[5]};
    /* The style depends on all but the translation, which is what mostly changes. */
    if (memcmp(&state->text_matrix, &matrix, 4 * sizeof(double)) != 0) {
        in->style_is_current = false;
    }
    state->text_matrix = state->line_matrix = matrix;
}

QUIRE_OPERATOR(new_line)
{
    (void)operands;
    move_line(in->state, 0, -in->state->leading);
}

QUIRE_OPERATOR(show)
{
    int text = operands->count - 1;
    if (operands->kinds[text] == QUIRE_OPERAND_STRING) {
        quire_text_show(in, operands->slices[text]);
    }
}

/* Thousandths of the em, backwards (9.4.3). */
static void step_back(quire_state *state, double thousandths)
{
    double by = -thousandths / 1000 * state->font_size;
    quire_matrix *matrix = &state->text_matrix;
    if (state->font && state->font->vertical) {
        matrix->e += by * matrix->c;
        matrix->f += by * matrix->d;
    } else {
        by *= state->horizontal_scale;
        matrix->e += by * matrix->a;
        matrix->f += by * matrix->b;
    }
}

QUIRE_OPERATOR(show_spaced)
{
    int array = operands->count - 1;
    if (operands->kinds[array] != QUIRE_OPERAND_ARRAY) {
        quire_operator_show(in, operands);
        return;
    }
    const quire_element *element = in->elements.items + operands->slices[array].offset;
    const quire_element *end = element + operands->slices[array].size;
    for (; element < end && !in->stopped; element++) {
        if (element->string) {
            quire_text_show(in, element->slice);
        } else {
            step_back(in->state, element->number);
        }
    }
}

QUIRE_OPERATOR(new_line_show)
{
    quire_operator_new_line(in, operands);
    quire_operator_show(in, operands);
}

QUIRE_OPERATOR(new_line_show_spaced)
{
    const double *v = quire_operands_last(operands, 3);
    in->state->word_space = v[0];
    in->state->char_space = v[1];
    quire_operator_new_line_show(in, operands);
}
