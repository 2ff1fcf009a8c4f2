// Collects glyphs through an OutputDev; see oracle.h.

#include "oracle.h"

#include <memory>
#include <optional>
#include <vector>

#include <Error.h>
#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Stream.h>

namespace
{

class Collector : public OutputDev
{
  public:
    std::vector<oracle_glyph> glyphs;

    bool upsideDown() override
    {
        return true;
    }
    bool useDrawChar() override
    {
        return true;
    }
    bool interpretType3Chars() override
    {
        return false;
    }
    bool needNonText() override
    {
        return false; // images would be decoded
    }

    void beginTransparencyGroup(GfxState *, const double *, GfxColorSpace *, bool, bool,
                                bool for_soft_mask) override
    {
        groups.push_back(for_soft_mask);
        masks += for_soft_mask;
    }
    void endTransparencyGroup(GfxState *) override
    {
        if (!groups.empty()) {
            masks -= groups.back();
            groups.pop_back();
        }
    }

    void drawChar(GfxState *state, double x, double y, double dx, double dy, double, double,
                  CharCode code, int bytes, const Unicode *text, int count) override
    {
        if (masks > 0) // a mask is not drawn, only what it masks
            return;
        oracle_glyph glyph = {};
        glyph.code = code;
        glyph.text_count = count < ORACLE_MAX_TEXT ? count : ORACLE_MAX_TEXT;
        for (int i = 0; i < glyph.text_count; i++)
            glyph.text[i] = text[i];
        takeOffSpacing(state, code, bytes, &dx, &dy);
        state->transform(x, y, &glyph.x, &glyph.y);
        state->transformDelta(dx, dy, &glyph.dx, &glyph.dy);
        const auto &font = state->getFont();
        glyph.ascent = font->getAscent();
        glyph.descent = font->getDescent();
        glyph.type3 = font->getType() == fontType3;
        glyphs.push_back(glyph);
    }

  private:
    std::vector<bool> groups;
    int masks = 0;

    static void takeOffSpacing(GfxState *state, CharCode code, int bytes, double *dx, double *dy)
    {
        double spacing = state->getCharSpace();
        if (code == ' ' && bytes == 1)
            spacing += state->getWordSpace();
        double x, y;
        if (state->getFont()->getWMode())
            state->textTransformDelta(0, spacing, &x, &y);
        else
            state->textTransformDelta(spacing * state->getHorizScaling(), 0, &x, &y);
        *dx -= x;
        *dy -= y;
    }
};

bool draws_no_annotation(Annot *, void *)
{
    return false;
}

} // namespace

struct oracle {
    std::unique_ptr<PDFDoc> document;
    Collector collector;
};

oracle *oracle_open(const void *bytes, size_t size)
{
    if (!globalParams) {
        globalParams = std::make_unique<GlobalParams>();
        setErrorCallback([](ErrorCategory, Goffset, const char *) {});
    }
    auto *stream =
        new MemStream(static_cast<const char *>(bytes), 0, (Goffset)size, Object(objNull));
    auto o = std::make_unique<oracle>();
    o->document = std::make_unique<PDFDoc>(stream);
    return o->document->isOk() ? o.release() : nullptr;
}

void oracle_close(oracle *o)
{
    delete o;
}

int oracle_pages(oracle *o)
{
    return o->document->getNumPages();
}

const oracle_glyph *oracle_page(oracle *o, int number, size_t *count)
{
    o->collector.glyphs.clear();
    *count = 0;
    if (!o->document->getPage(number))
        return nullptr;
    o->document->displayPage(&o->collector, number, 72, 72, 0, false, true, false, nullptr, nullptr,
                             draws_no_annotation, nullptr);
    *count = o->collector.glyphs.size();
    o->collector.glyphs.reserve(1); // a page without glyphs is not NULL
    return o->collector.glyphs.data();
}
