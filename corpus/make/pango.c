/*
 * Sets one page with Pango and Cairo: what a script asks of shaping, joining and running from
 * right to left is done by the library that desktops use. The page is tagged.
 *
 *     page.pdf < script        one command a line, its parts between tabs:
 *
 *     page WIDTH HEIGHT TITLE
 *     font FAMILY LANGUAGE DIRECTION(ltr|rtl|vertical)
 *     block TAG SIZE WEIGHT(normal|bold) INDENT MARKER TEXT     down the page, one after another
 *
 * Wrong scripts, and text that does not fit the page, end the program with a line of complaint.
 */
#include <pango/pangocairo.h>
#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARGIN = 64, MARKER_WIDTH = 16, PARTS = 8 };

typedef struct setter {
    cairo_surface_t *surface;
    cairo_t *cairo;
    char *family, *language;
    gboolean right_to_left, vertical;
    double width, height; /* of the page */
    double down; /* where the next block starts, along the flow of lines */
} setter;

static void complain(const char *what, const char *about)
{
    fprintf(stderr, "pango: %s: %s\n", what, about);
    exit(1);
}

/* Room for one line, along the line. */
static double line_room(const setter *set)
{
    return (set->vertical ? set->height : set->width) - 2 * MARGIN;
}

static double flow_room(const setter *set)
{
    return (set->vertical ? set->width : set->height) - 2 * MARGIN;
}

/* The same clock for every run: Cairo writes the time otherwise. */
static void open_page(setter *set, const char *path, char **parts)
{
    set->width = g_ascii_strtod(parts[1], NULL);
    set->height = g_ascii_strtod(parts[2], NULL);
    set->surface = cairo_pdf_surface_create(path, set->width, set->height);
    cairo_pdf_surface_set_metadata(set->surface, CAIRO_PDF_METADATA_TITLE, parts[3]);
    cairo_pdf_surface_set_metadata(set->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   "2024-01-01T00:00:00Z");
    set->cairo = cairo_create(set->surface);
}

static void choose_font(setter *set, char **parts)
{
    set->family = g_strdup(parts[1]);
    set->language = g_strdup(parts[2]);
    set->right_to_left = strcmp(parts[3], "rtl") == 0;
    set->vertical = strcmp(parts[3], "vertical") == 0;
    if (set->vertical) { /* lines run down, and follow each other from right to left */
        cairo_translate(set->cairo, set->width - MARGIN, MARGIN);
        cairo_rotate(set->cairo, M_PI / 2);
    } else {
        cairo_translate(set->cairo, MARGIN, MARGIN);
    }
}

static PangoLayout *new_layout(const setter *set, double size, gboolean bold, const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(set->cairo);
    PangoContext *context = pango_layout_get_context(layout);
    PangoFontDescription *font = pango_font_description_from_string(set->family);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_context_set_language(context, pango_language_from_string(set->language));
    pango_context_set_base_dir(context,
                               set->right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    if (set->vertical)
        pango_context_set_base_gravity(context, PANGO_GRAVITY_EAST);
    pango_layout_context_changed(layout);
    pango_layout_set_alignment(layout, set->right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static void show(const setter *set, PangoLayout *layout, double along)
{
    cairo_move_to(set->cairo, along, set->down);
    pango_cairo_show_layout(set->cairo, layout);
    g_object_unref(layout);
}

static void show_marker(const setter *set, double indent, double size, const char *marker)
{
    PangoLayout *layout = new_layout(set, size, FALSE, marker);
    double along = indent - MARKER_WIDTH;
    if (set->right_to_left) {
        pango_layout_set_width(layout, MARKER_WIDTH * PANGO_SCALE);
        along = line_room(set) - indent;
    }
    cairo_tag_begin(set->cairo, "Lbl", NULL);
    show(set, layout, along);
    cairo_tag_end(set->cairo, "Lbl");
}

static void set_block(setter *set, char **parts)
{
    const char *tag = parts[1], *marker = parts[5];
    double size = g_ascii_strtod(parts[2], NULL), indent = g_ascii_strtod(parts[4], NULL);
    gboolean item = strcmp(tag, "LI") == 0;
    PangoLayout *layout = new_layout(set, size, strcmp(parts[3], "bold") == 0, parts[6]);
    pango_layout_set_width(layout, (int)((line_room(set) - indent) * PANGO_SCALE));
    pango_layout_set_spacing(layout, (int)(size * 0.3 * PANGO_SCALE));
    int height = 0;
    pango_layout_get_size(layout, NULL, &height);
    double taken = (double)height / PANGO_SCALE;
    if (set->down + taken > flow_room(set))
        complain("text does not fit the page", parts[6]);
    cairo_tag_begin(set->cairo, tag, NULL);
    if (item)
        show_marker(set, indent, size, marker);
    cairo_tag_begin(set->cairo, item ? "LBody" : "Span", NULL);
    show(set, layout, set->right_to_left ? 0 : indent);
    cairo_tag_end(set->cairo, item ? "LBody" : "Span");
    cairo_tag_end(set->cairo, tag);
    set->down += taken + size * (item ? 0.4 : 0.8);
}

static void run_line(setter *set, const char *path, char *line)
{
    char **parts = g_strsplit(g_strchomp(line), "\t", PARTS);
    guint count = g_strv_length(parts);
    if (count == 4 && strcmp(parts[0], "page") == 0 && !set->surface)
        open_page(set, path, parts);
    else if (count == 4 && strcmp(parts[0], "font") == 0 && set->surface && !set->family)
        choose_font(set, parts);
    else if (count == 7 && strcmp(parts[0], "block") == 0 && set->family)
        set_block(set, parts);
    else if (count)
        complain("not understood", line);
    g_strfreev(parts);
}

int main(int argc, char **argv)
{
    setter set = {0};
    char line[16384];
    if (argc != 2)
        complain("usage", "pango OUT.pdf < script");
    while (fgets(line, sizeof line, stdin))
        run_line(&set, argv[1], line);
    if (!set.surface)
        complain("no page in the script", argv[1]);
    cairo_destroy(set.cairo);
    cairo_surface_finish(set.surface);
    cairo_status_t status = cairo_surface_status(set.surface);
    cairo_surface_destroy(set.surface);
    g_free(set.family);
    g_free(set.language);
    if (status != CAIRO_STATUS_SUCCESS)
        complain(argv[1], cairo_status_to_string(status));
    return 0;
}
