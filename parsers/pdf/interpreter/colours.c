/* The colour operators (PDF 32000-1, 8.6.8): each leaves one 0xRRGGBB in the graphics state. */
#include "parsers/pdf/interpreter/interpreter.h"

static void set_colour(quire_interpreter *in, quire_paint *paint, const quire_space *space,
                       const double *components, int count)
{
    paint->space = space;
    paint->rgb = quire_space_rgb(space, components, count);
    paint->pattern = false;
    in->style_is_current = false;
}

static void set_device(quire_interpreter *in, quire_paint *paint, quire_space_kind kind,
                       const quire_operands *operands)
{
    const quire_space *space = quire_space_device(in, kind);
    set_colour(in, paint, space, quire_operands_last(operands, space->components),
               space->components);
}

QUIRE_OPERATOR(fill_gray)
{
    set_device(in, &in->state->fill, QUIRE_SPACE_GRAY, operands);
}

QUIRE_OPERATOR(stroke_gray)
{
    set_device(in, &in->state->stroke, QUIRE_SPACE_GRAY, operands);
}

QUIRE_OPERATOR(fill_rgb)
{
    set_device(in, &in->state->fill, QUIRE_SPACE_RGB, operands);
}

QUIRE_OPERATOR(stroke_rgb)
{
    set_device(in, &in->state->stroke, QUIRE_SPACE_RGB, operands);
}

QUIRE_OPERATOR(fill_cmyk)
{
    set_device(in, &in->state->fill, QUIRE_SPACE_CMYK, operands);
}

QUIRE_OPERATOR(stroke_cmyk)
{
    set_device(in, &in->state->stroke, QUIRE_SPACE_CMYK, operands);
}

/* A new space brings its initial colour (8.6.5.6). */
static void set_space(quire_interpreter *in, quire_paint *paint, const quire_operands *operands)
{
    int name = operands->count - 1;
    if (operands->kinds[name] != QUIRE_OPERAND_NAME) {
        return;
    }
    const quire_space *space = quire_resources_space(in, operands->slices[name]);
    double initial[QUIRE_MAX_COMPONENTS];
    for (int i = 0; i < space->components; i++) {
        initial[i] = space->initial;
    }
    if (space->kind == QUIRE_SPACE_CMYK) {
        initial[3] = 1;
    }
    set_colour(in, paint, space, initial, space->components);
}

QUIRE_OPERATOR(fill_space)
{
    set_space(in, &in->state->fill, operands);
}

QUIRE_OPERATOR(stroke_space)
{
    set_space(in, &in->state->stroke, operands);
}

/* An uncoloured tiling pattern paints in the colour before its name, anything else in many. */
static void set_pattern(quire_interpreter *in, quire_paint *paint, const quire_operands *operands)
{
    int numbers = operands->count - 1;
    bool coloured = true;
    quire_resources_pattern(in, operands->slices[numbers], &coloured);
    const quire_space *base = paint->space->base;
    if (!coloured && base && numbers >= base->components) {
        paint->rgb = quire_space_rgb(base, operands->numbers, base->components);
    }
    paint->pattern = true;
    in->style_is_current = false;
}

static void set_components(quire_interpreter *in, quire_paint *paint,
                           const quire_operands *operands)
{
    int count = operands->count;
    if (count && operands->kinds[count - 1] == QUIRE_OPERAND_NAME) {
        set_pattern(in, paint, operands);
        return;
    }
    const quire_space *space = paint->space;
    if (space->kind != QUIRE_SPACE_PATTERN && count >= space->components) {
        set_colour(in, paint, space, quire_operands_last(operands, space->components),
                   space->components);
    }
}

QUIRE_OPERATOR(fill_colour)
{
    set_components(in, &in->state->fill, operands);
}

QUIRE_OPERATOR(stroke_colour)
{
    set_components(in, &in->state->stroke, operands);
}
