#include "pipeline/paper.h"

/* All of a page is drawn here, as a JPEG; a part of it as figures are kept. */
static bool draw(const quire_paper_source *paper, const quire_paper_request *asked, double deadline,
                 quire_picture *made)
{
    const quire_source_file *source = paper->source;
    quire_draw_request request = {
        .page = asked->page, .dpi = asked->dpi, .colour = true, .deadline = deadline};
    quire_raster raster = {0};
    if (!source->parser->draw ||
        source->parser->draw(source->reader, &request, &raster, NULL) != QUIRE_OK)
        return false;
    quire_status status = quire_picture_of(&raster, made);
    quire_raster_clear(&raster);
    return status == QUIRE_OK;
}

static bool cut(const quire_paper_source *paper, const quire_paper_request *asked, double deadline,
                quire_picture *made)
{
    const quire_source_file *source = paper->source;
    quire_picture_request request = {.page = asked->page, .box = asked->part, .deadline = deadline};
    return source->parser->picture &&
           source->parser->picture(source->reader, &request, made, NULL) == QUIRE_OK;
}

static bool picture(void *user, const quire_paper_request *asked, quire_paper_picture *out)
{
    const quire_paper_source *paper = user;
    double seconds = paper->page_timeout > 0 ? paper->page_timeout : QUIRE_PAGE_SECONDS;
    double deadline = quire_clock() + seconds;
    bool is_part = quire_box_area(asked->part) > 0;
    quire_picture made = {0};
    if (!(is_part ? cut(paper, asked, deadline, &made) : draw(paper, asked, deadline, &made))) {
        quire_picture_clear(&made);
        return false;
    }
    *out = (quire_paper_picture){{made.bytes, made.size}, made.media_type};
    return true;
}

static void release(quire_paper_picture *taken)
{
    quire_picture made = {(uint8_t *)taken->bytes.data, taken->bytes.size, taken->media_type};
    quire_picture_clear(&made);
    *taken = (quire_paper_picture){0};
}

static bool was_recognised(const quire_paper_source *paper, int32_t page)
{
    for (guint i = 0; i < paper->recognised->len; i++) {
        if (g_array_index(paper->recognised, int32_t, i) == page)
            return true;
    }
    return false;
}

static quire_status overlay(void *user, const quire_paper_word *words, size_t count,
                            quire_sink *sink, quire_error *error)
{
    const quire_paper_source *paper = user;
    const quire_source_file *source = paper->source;
    if (!source->parser->overlay)
        return quire_fail(error, QUIRE_UNSUPPORTED, "export", 0,
                          "only a PDF can be written as a PDF with text to search");
    g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(quire_overlay_word));
    int32_t last = 0;
    bool recognised = false;
    for (size_t i = 0; i < count; i++) {
        if (words[i].page != last)
            recognised = was_recognised(paper, words[i].page);
        last = words[i].page;
        quire_overlay_word word = {words[i].page, words[i].skew, words[i].rotation, words[i].text,
                                   words[i].box};
        if (recognised)
            g_array_append_val(kept, word);
    }
    return source->parser->overlay(source->reader, (quire_overlay_word *)(void *)kept->data,
                                   kept->len, sink, error);
}

quire_paper quire_paper_of(quire_paper_source *source)
{
    return (quire_paper){source, picture, release, overlay};
}
