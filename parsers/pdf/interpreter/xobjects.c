/*
 * External objects (PDF 32000-1, 8.8 to 8.10): what a name of the XObject resources stands for.
 * One that has an object number is looked at once a page, whatever names it goes by. Images are
 * never decoded: their dictionaries say all that placing them needs.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NAME = 255, MAX_IMAGE_SIDE = 1 << 24 };

static uint32_t side_of(const quire_object *stream, const char *key)
{
    int side = quire_object_find_integer(stream, key, 0);
    return side > 0 && side < MAX_IMAGE_SIDE ? (uint32_t)side : 0;
}

/* The last filter is the one that tells what kind of picture it is. */
static void read_filter(const quire_object *stream, quire_image *image)
{
    const quire_object *filter = quire_object_find(stream, "Filter");
    if (quire_object_kind(filter) == QUIRE_OBJECT_ARRAY) {
        filter = quire_object_at(filter, quire_object_count(filter) - 1);
    }
    snprintf(image->filter, sizeof image->filter, "%.15s", quire_object_name(filter));
}

static void read_image(quire_xobject *xobject)
{
    const quire_object *stream = xobject->stream;
    quire_image *image = &xobject->image;
    bool stencil = quire_object_find_boolean(stream, "ImageMask", false);
    int bits = stencil ? 1 : quire_object_find_integer(stream, "BitsPerComponent", 8);
    image->width = side_of(stream, "Width");
    image->height = side_of(stream, "Height");
    image->bits = (uint8_t)(bits > 0 && bits <= 16 ? bits : 8);
    image->flags = (uint8_t)((stencil ? QUIRE_IMAGE_STENCIL : 0) |
                             (quire_object_find_raw(stream, "SMask") ? QUIRE_IMAGE_SOFT_MASK : 0) |
                             (quire_object_find_raw(stream, "Mask") ? QUIRE_IMAGE_MASK : 0));
    image->object = xobject->object;
    image->generation = xobject->generation;
    read_filter(stream, image);
}

static quire_xobject *read_xobject(quire_interpreter *in, const quire_object *raw)
{
    quire_xobject *xobject = quire_arena_new_of(in->scratch, quire_xobject);
    xobject->object = xobject->generation = -1;
    quire_object_reference(raw, &xobject->object, &xobject->generation);
    xobject->stream = quire_object_target(raw);
    if (quire_object_kind(xobject->stream) != QUIRE_OBJECT_STREAM) {
        return xobject;
    }
    const quire_object *layer = quire_object_find_raw(xobject->stream, "OC");
    xobject->hidden = layer && !quire_objects_is_visible(in->pdf->objects, layer);
    const quire_object *subtype = quire_object_find(xobject->stream, "Subtype");
    if (quire_object_is_name(subtype, "Image")) {
        xobject->kind = QUIRE_XOBJECT_IMAGE;
        read_image(xobject);
    } else if (quire_object_is_name(subtype, "Form")) {
        xobject->kind = QUIRE_XOBJECT_FORM;
    }
    return xobject;
}

static quire_xobject *find_by_number(quire_interpreter *in, const quire_object *raw)
{
    int number, generation;
    if (!quire_object_reference(raw, &number, &generation)) {
        return read_xobject(in, raw);
    }
    quire_xobject *xobject = quire_table_find(&in->xobjects, &number, sizeof number);
    if (!xobject) {
        xobject = read_xobject(in, raw);
        quire_table_put(&in->xobjects, in->scratch, &xobject->object, sizeof xobject->object,
                        xobject);
    }
    return xobject;
}

quire_xobject *quire_xobject_find(quire_interpreter *in, quire_slice name)
{
    const uint8_t *bytes = quire_slice_bytes(name, &in->pool);
    quire_table *named = &in->resources->kind[QUIRE_RESOURCE_XOBJECT].named;
    quire_xobject *xobject = quire_table_find(named, bytes, name.size);
    if (xobject) {
        return xobject;
    }
    char text[MAX_NAME + 1];
    quire_slice_copy(name, &in->pool, text, sizeof text);
    xobject = find_by_number(in, quire_resources_raw(in->resources, QUIRE_RESOURCE_XOBJECT, text));
    const char *key = quire_arena_text(in->scratch, (const char *)bytes, name.size);
    quire_table_put(named, in->scratch, key, name.size, xobject);
    return xobject;
}

/* Content of a form, moved to the page's scratch memory, since forms run within each other. */
static void read_content(quire_interpreter *in, quire_xobject *form)
{
    quire_stream_bytes *bytes = &in->form_content;
    size_t ceiling =
        in->bytes_left < QUIRE_MAX_STREAM_BYTES ? in->bytes_left : QUIRE_MAX_STREAM_BYTES;
    bytes->size = 0;
    bytes->damaged = bytes->cut = false;
    quire_object_read_stream(form->stream, ceiling, bytes);
    in->bytes_left -= bytes->size;
    if (bytes->cut) {
        quire_interpreter_stop(in, "content streams too large");
    }
    char *copy = quire_arena_text(in->scratch, (const char *)bytes->data, bytes->size);
    form->content = (quire_bytes){(const uint8_t *)copy, copy ? bytes->size : 0};
}

bool quire_form_load(quire_interpreter *in, quire_xobject *form)
{
    if (form->kind != QUIRE_XOBJECT_FORM || form->loaded) {
        return form->kind == QUIRE_XOBJECT_FORM;
    }
    form->loaded = true;
    double m[6] = {1, 0, 0, 1, 0, 0};
    const quire_object *matrix = quire_object_find(form->stream, "Matrix");
    if (quire_object_count(matrix) == 6) {
        quire_object_numbers(matrix, m, 6);
    }
    form->matrix = (quire_matrix){m[0], m[1], m[2], m[3], m[4], m[5]};
    quire_object_numbers(quire_object_find(form->stream, "BBox"), form->box, 4);
    form->group = quire_object_find_raw(form->stream, "Group") != NULL;
    const quire_object *resources = quire_object_find(form->stream, "Resources");
    form->resources = quire_resources_new(in, resources, in->resources);
    read_content(in, form);
    return true;
}
