/*
 * Showing text (PDF 32000-1, 9.4.3 and 9.4.4): from a string to glyphs on the page. This is where
 * most of the time of a page goes, so what a string has in common is worked out once.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

enum { MODE_STROKES = 1, MODE_INVISIBLE = 3 }; /* of the render mode, modulo 4 */

static uint32_t colour_of(const quire_state *state, const quire_paint *paint, float alpha)
{
    float all = alpha * state->group_alpha;
    uint32_t bits = all <= 0 ? 0 : all >= 1 ? 255 : (uint32_t)(all * 255 + 0.5f);
    return bits << 24 | (paint->pattern ? 0x808080u : paint->rgb);
}

/* Degrees counter-clockwise as seen, to a hundredth, in [0, 360). */
static float rotation_of(double right, double down)
{
    if (down == 0 && right >= 0) {
        return 0;
    }
    double degrees = round(atan2(-down, right) * (18000 / M_PI)) / 100;
    return (float)(degrees < 0 ? degrees + 360 : degrees);
}

/* Works out the style, and how far glyphs of it reach from their origin. */
static void find_style(quire_interpreter *in)
{
    const quire_state *s = in->state;
    const quire_pdf_font *font = s->font;
    const quire_matrix *t = &s->text_matrix, *m = &s->ctm;
    double size = s->font_size, wide = size * s->horizontal_scale;
    double right_x = wide * (t->a * m->a + t->b * m->c),
           right_y = wide * (t->a * m->b + t->b * m->d);
    double up_x = size * (t->c * m->a + t->d * m->c), up_y = size * (t->c * m->b + t->d * m->d);
    double height = sqrt(up_x * up_x + up_y * up_y);
    double width = sqrt(right_x * right_x + right_y * right_y);
    int mode = s->render_mode & 3;
    bool strokes = mode == MODE_STROKES || mode == MODE_STROKES + 1;
    quire_style style;
    memset(&style, 0, sizeof style);
    style.font = font->index;
    style.size = (float)height * font->em;
    style.rotation = rotation_of(right_x, right_y);
    style.width_scale = height > 0 ? (float)(width / height) : 1;
    style.fill = colour_of(s, &s->fill, s->fill_alpha);
    style.stroke = strokes ? colour_of(s, &s->stroke, s->stroke_alpha) : 0;
    style.render_mode = s->render_mode;
    style.fill_pattern = s->fill.pattern;
    in->style = quire_page_builder_style(&in->builder, &style);
    float em = font->em, up = font->ascent * em, down = font->descent * em;
    in->glyph_right = (quire_point){(float)right_x * em, (float)right_y * em};
    in->glyph_reach = (quire_box){
        fminf((float)up_x * up, (float)up_x * down), fminf((float)up_y * up, (float)up_y * down),
        fmaxf((float)up_x * up, (float)up_x * down), fmaxf((float)up_y * up, (float)up_y * down)};
    in->style_is_current = true;
}

/* Flags that all glyphs of a string share. */
static uint32_t flags_of(const quire_interpreter *in)
{
    const quire_state *s = in->state;
    const quire_style *style = &in->builder.styles.items[in->style];
    int mode = s->render_mode & 3;
    bool fills = mode == 0 || mode == 2, strokes = mode == 1 || mode == 2;
    bool seen = (fills && style->fill >> 24) || (strokes && style->stroke >> 24);
    return (seen ? 0 : QUIRE_GLYPH_INVISIBLE) | (in->hidden ? QUIRE_GLYPH_LAYER_OFF : 0) |
           (in->annotation ? QUIRE_GLYPH_ANNOTATION : 0) |
           (s->font->vertical ? QUIRE_GLYPH_VERTICAL : 0) |
           (s->font->type3 ? QUIRE_GLYPH_TYPE3 : 0);
}

/* A vertical glyph hangs, centred, below its origin. */
static quire_box vertical_box(const quire_interpreter *in, quire_point at, quire_point advance)
{
    quire_point em = in->glyph_right;
    float x = at.x - em.x / 2, y = at.y - em.y / 2;
    return (quire_box){
        fminf(x, x + em.x) + fminf(0, advance.x), fminf(y, y + em.y) + fminf(0, advance.y),
        fmaxf(x, x + em.x) + fmaxf(0, advance.x), fmaxf(y, y + em.y) + fmaxf(0, advance.y)};
}

static quire_box horizontal_box(const quire_interpreter *in, quire_point at, quire_point advance)
{
    const quire_box *reach = &in->glyph_reach;
    float x = at.x + advance.x, y = at.y + advance.y;
    return (quire_box){(at.x < x ? at.x : x) + reach->x0, (at.y < y ? at.y : y) + reach->y0,
                       (at.x > x ? at.x : x) + reach->x1, (at.y > y ? at.y : y) + reach->y1};
}

#define TINY 1.0f /* points */

static uint32_t place_flags(const quire_interpreter *in, const quire_box *box)
{
    const quire_box *clip = &in->state->clip;
    float x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    uint32_t flags = 0;
    if (!(x >= 0 && y >= 0 && x <= in->page_box.x1 && y <= in->page_box.y1)) {
        flags |= QUIRE_GLYPH_OFF_PAGE;
    }
    if (!(box->x1 >= clip->x0 && box->y1 >= clip->y0 && box->x0 <= clip->x1 &&
          box->y0 <= clip->y1)) {
        flags |= QUIRE_GLYPH_CLIPPED;
    }
    if (box->x1 - box->x0 < TINY && box->y1 - box->y0 < TINY) {
        flags |= QUIRE_GLYPH_TINY;
    }
    return flags;
}

/* Offset of a character's text in the page's pool, where it is put once a page. */
static uint32_t page_text(quire_interpreter *in, const quire_char *c)
{
    quire_char *cached = (quire_char *)c;
    if (c->page != in->page_serial) {
        const char *text = in->state->font->text.items + c->text;
        cached->page_text = quire_page_builder_text(&in->builder, text, c->text_size);
        cached->page = in->page_serial;
    }
    return c->page_text;
}

static void add_glyph(quire_interpreter *in, const quire_char *c, quire_point at,
                      quire_point advance, uint32_t flags)
{
    quire_glyph *glyph = quire_array_push(&in->builder.glyphs);
    if (!glyph) {
        quire_interpreter_stop(in, "too many glyphs");
        return;
    }
    if (c->mark) {
        uint32_t *accent = quire_array_push(&in->accents);
        if (accent) {
            *accent = (uint32_t)in->builder.glyphs.count - 1;
        }
    }
    glyph->text = c->text_size ? page_text(in, c) : 0;
    glyph->text_size = c->text_size;
    glyph->source = c->source;
    glyph->confidence = 255;
    glyph->code = c->code;
    glyph->style = in->style;
    glyph->tag = in->tag;
    glyph->origin = at;
    glyph->advance = advance;
    glyph->box = flags & QUIRE_GLYPH_VERTICAL ? vertical_box(in, at, advance)
                                              : horizontal_box(in, at, advance);
    glyph->flags = flags | c->flags | place_flags(in, &glyph->box);
}

/* The way a character moves the pen, in text space: its own, and with the spacing. */
typedef struct step {
    double x, y, spaced_x, spaced_y;
} step;

static step step_of(const quire_state *s, const quire_char *c, bool single_space)
{
    double space = s->char_space + (single_space ? s->word_space : 0);
    if (s->font->vertical) {
        double x = c->dx * s->font_size, y = c->dy * s->font_size;
        return (step){x, y, x, y + space};
    }
    double x = c->dx * s->font_size * s->horizontal_scale, y = c->dy * s->font_size;
    return (step){x, y, x + space * s->horizontal_scale, y};
}

void quire_text_show(quire_interpreter *in, quire_slice text)
{
    quire_state *s = in->state;
    quire_pdf_font *font = s->font;
    if (!font || !font->face) {
        return;
    }
    if (!in->style_is_current) {
        find_style(in);
    }
    quire_matrix m = quire_matrix_multiply(s->text_matrix, s->ctm);
    uint32_t flags = flags_of(in);
    const uint8_t *at = quire_slice_bytes(text, &in->pool), *end = at + text.size;
    double x = 0, y = 0;
    while (at < end && !in->stopped) {
        const quire_char *c = font->simple && font->chars[*at].used
                                  ? &font->chars[*at]
                                  : quire_font_char(in, font, at, (size_t)(end - at));
        step way = step_of(s, c, c->used == 1 && *at == ' ');
        quire_point origin = quire_matrix_apply(m, x, y + s->rise);
        quire_point advance = {(float)(m.a * way.x + m.c * way.y),
                               (float)(m.b * way.x + m.d * way.y)};
        add_glyph(in, c, origin, advance, flags);
        x += way.spaced_x;
        y += way.spaced_y;
        at += c->used;
    }
    quire_matrix *t = &s->text_matrix;
    t->e += x * t->a + y * t->c;
    t->f += x * t->b + y * t->d;
}
