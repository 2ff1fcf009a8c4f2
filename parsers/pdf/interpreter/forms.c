/*
 * Form XObjects (PDF 32000-1, 8.10): content within content. A form never runs inside itself, and
 * forms within each other end at a depth.
 */
#include "parsers/pdf/interpreter/interpreter.h"

/* Box of a form, through its matrix and the current one. */
static quire_box clip_of(const quire_xobject *form, quire_matrix ctm)
{
    const double *b = form->box;
    quire_box box = {(float)fmin(b[0], b[2]), (float)fmin(b[1], b[3]), (float)fmax(b[0], b[2]),
                     (float)fmax(b[1], b[3])};
    return quire_matrix_apply_box(ctm, box);
}

/* A transparency group starts opaque; what was set outside holds for the whole of it (11.6.6). */
static void begin_group(quire_state *state)
{
    state->group_alpha *= state->fill_alpha;
    state->fill_alpha = state->stroke_alpha = 1;
}

static void run_content(quire_interpreter *in, quire_xobject *form)
{
    int32_t outer_stream = in->stream, outer_tag = in->tag;
    in->state->ctm = quire_matrix_multiply(form->matrix, in->state->ctm);
    quire_state_clip(in, clip_of(form, in->state->ctm));
    if (form->group) {
        begin_group(in->state);
    }
    in->path.count = 0;
    in->clip_pending = false;
    in->stream = form->object;
    in->style_is_current = false;
    quire_interpreter_run(in, form->content, form->resources);
    in->stream = outer_stream;
    in->tag = outer_tag;
    in->path.count = 0;
}

void quire_form_run(quire_interpreter *in, quire_xobject *form)
{
    if (form->running || in->stopped || !quire_form_load(in, form)) {
        return;
    }
    if (in->depth >= QUIRE_MAX_FORM_DEPTH) {
        quire_interpreter_stop(in, "forms nested too deep");
        return;
    }
    if (!quire_state_save(in)) {
        return;
    }
    form->running = true;
    in->depth++;
    run_content(in, form);
    in->depth--;
    form->running = false;
    quire_state_restore(in);
}

QUIRE_OPERATOR(xobject)
{
    int name = operands->count - 1;
    if (operands->kinds[name] != QUIRE_OPERAND_NAME) {
        return;
    }
    quire_xobject *xobject = quire_xobject_find(in, operands->slices[name]);
    in->hidden += xobject->hidden;
    if (xobject->kind == QUIRE_XOBJECT_IMAGE) {
        quire_image_place(in, &xobject->image);
    } else {
        quire_form_run(in, xobject);
    }
    in->hidden -= xobject->hidden;
}
