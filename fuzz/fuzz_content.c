/*
 * Any bytes as the content stream of a page that has one of everything a content stream can name:
 * fonts of each kind, forms, images, patterns, shadings, colour spaces, states, layers.
 */
#include <glib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "parsers/parser.h"

/* The objects before the content stream, which is the last one. */
static const char *const objects[] = {
    "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[16 0 R]/D<</OFF[16 0 R]>>>>>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 20 0 R/Resources 4 0 R>>",
    "<</Font<</F1 5 0 R/F2 6 0 R/F3 8 0 R/F4 10 0 R/F5 18 0 R>>/XObject<</X1 11 0 R/X2 12 0 R/I1 "
    "13 0 R>>"
    "/ExtGState<</G1<</ca 0.5/CA 0/LW 3/Font[5 0 R 9]/SMask<</S/Alpha/G 11 0 R>>>>/G2<</ca 0>>>>"
    "/Pattern<</P1 14 0 R/P2<</PatternType 2/Shading 15 0 R>>>>/Shading<</S1 15 0 R>>"
    "/ColorSpace<</C1[/Separation/Spot/DeviceCMYK 17 0 R]/C2[/Indexed/DeviceRGB 1 <000000ffffff>]"
    "/C3[/Pattern/DeviceRGB]/C4[/Lab<</WhitePoint[.9 1 1]>>]>>"
    "/Properties<</M1<</MCID 7/ActualText(fi)/Lang(en)>>/M2 16 0 R>>>>",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97"
    "/LastChar 98/Widths[1000 500]/Encoding<</Differences[97/a/b]>>/CharProcs<</a 7 0 R/b 11 0 R>>"
    "/Resources 4 0 R>>",
    "<</Length 41>>\nstream\n1000 0 0 0 750 750 d1 0 0 750 750 re f /X1 Do\nendstream",
    "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/UniGB-UCS2-H/DescendantFonts[9 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    "/Supplement 0>>/DW 1000/W[1[500 600]10 20 250]/DW2[880 -1000]>>",
    "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/UniGB-UCS2-V/DescendantFonts[9 0 R]>>",
    "<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 5 5]/Resources 4 0 R/Length 35>>"
    "\nstream\nq BT /F1 9 Tf (in) Tj ET /X2 Do Q n \nendstream",
    "<</Type/XObject/Subtype/Form/BBox[9 9 0 0]/OC 16 0 R/Length 24>>\nstream\n"
    "BT /F1 9 Tf (off) Tj ET \nendstream",
    "<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 1/ImageMask true/Length 8>>\n"
    "stream\nabcdefgh\nendstream",
    "<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
    "/Resources 4 0 R/Length 11>>\nstream\n0 0 5 5 re f\nendstream",
    "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]/Function<</FunctionType 2/Domain[0 1]"
    "/C0[0 0 0]/C1[1 1 1]/N 1>>>>",
    "<</Type/OCG/Name(layer)>>",
    "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 1 1 0]/N 1>>",
    "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Face-BoldItalic/FirstChar 65/LastChar 66"
    "/Widths[700 700]>>",
    "null",
};

static GString *document_around(const uint8_t *data, size_t size)
{
    enum { COUNT = G_N_ELEMENTS(objects) };
    _Static_assert(COUNT == 19, "the page names object 20 as its content");
    GString *out = g_string_new("%PDF-1.7\n");
    size_t offsets[COUNT + 1];
    for (size_t i = 0; i < COUNT; i++) {
        offsets[i] = out->len;
        g_string_append_printf(out, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    offsets[COUNT] = out->len;
    g_string_append_printf(out, "%d 0 obj\n<</Length %zu>>\nstream\n", COUNT + 1, size);
    g_string_append_len(out, (const char *)data, (gssize)size);
    g_string_append(out, "\nendstream\nendobj\n");
    size_t start = out->len;
    g_string_append_printf(out, "xref\n0 %d\n0000000000 65535 f \n", COUNT + 2);
    for (size_t i = 0; i <= COUNT; i++)
        g_string_append_printf(out, "%010zu 00000 n \n", offsets[i]);
    g_string_append_printf(out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
                           COUNT + 2, start);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GString) text = document_around(data, size);
    quire_bytes bytes = {(const uint8_t *)text->str, text->len};
    const quire_parser *parser = quire_parser_find(bytes);
    PROMISE(parser);
    quire_parse_options options = {.page_timeout = 5};
    quire_reader *reader = NULL;
    quire_error error = {0};
    PROMISE(parser->open(bytes, &options, &reader, &error) == QUIRE_OK);
    quire_arena *arena = quire_arena_new(0);
    quire_page page = {0};
    quire_status status = parser->parse_page(reader, 1, arena, &page);
    PROMISE(status == page.status);
    promise_sound_page(&page);
    quire_arena_free(arena);
    parser->close(reader);
    return 0;
}
