"""Small files that ask for a great deal: of time, of memory, or of both.

A bomb may be read in part (exit 4) or to its end, if that is cheap; it may not cost more than the
limits in core/limits.h promise.
"""
import zlib

from hostile import ANY, DOCUMENT, Case
from minipdf import HELVETICA, Pdf, simple, stream, zeros_deflated

HELLO = "BT /F1 12 Tf 72 700 Td (Hello) Tj ET "
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
SLOW = 30.0  # seconds: a page may use up its budget of operators


def hello(document):
    return None if "Hello" in document["content"] else "Hello is missing"


def deflated(parts):
    maker = zlib.compressobj(6)
    return b"".join(maker.compress(part) for part in parts) + maker.flush()


def raw(data, extra):
    return stream(data, extra, compress=False)


def flate(parts, extra=""):
    return raw(deflated(parts), extra + "/Filter/FlateDecode")


def content(body, **more):
    """A good page, then one whose content is the stream `body`."""
    def make():
        pdf = Pdf()
        pdf.page(HELLO)
        pdf.page(pdf.add(body()), **more)
        return pdf.bytes()
    return make


def repeated(text, times):
    """`text` so often, deflated in blocks."""
    block = text.encode() * 1000
    return content(lambda: flate(block for _ in range(times // 1000)))


def form_tower(levels, calls, top):
    objects = {100 + n: stream(f"/X Do " * calls, FORM + f"/Resources<</XObject<</X {101 + n} 0 R>>"
                               ">>") for n in range(levels)}
    objects[100 + levels] = stream(top, FORM + "/Resources<</Font<</F1 99 0 R>>>>")
    objects[99] = HELVETICA
    return lambda: simple(HELLO + "/X Do", "/XObject<</X 100 0 R>>", objects=objects)


def operators():
    for name, text, times in (
            ("q", "q ", 2_000_000), ("q-matrix", "q 1 0 0 1 0 0 cm ", 1_000_000),
            ("Q", "Q ", 2_000_000), ("BT", "BT ", 2_000_000), ("path", "0 0 m 9 9 l S ", 2_000_000),
            ("long-path", "9 9 l 5 5 l ", 5_000_000), ("rectangles", "1 1 5 5 re ", 3_000_000),
            ("fills", "1 1 5 5 re f ", 2_000_000), ("clip", "1 1 500 500 re W n ", 1_000_000),
            ("curves", "0 0 m 1 1 2 2 3 3 c b ", 1_000_000),
            ("marks", "/P <</MCID 1>> BDC ", 1_000_000), ("unmarks", "EMC ", 2_000_000),
            ("compatibility", "BX ", 2_000_000), ("unknown", "wat ", 2_000_000),
            ("operands", "1 2 3 ", 3_000_000), ("names", "/N ", 3_000_000),
            ("fonts", "/F1 1 Tf ", 1_000_000), ("no-fonts", "/Nope 1 Tf ", 1_000_000),
            ("states", "/Nope gs ", 1_000_000), ("colours", "/Nope cs 1 scn ", 1_000_000),
            ("arrays", "[", 3_000_000), ("dictionaries", "<<", 3_000_000),
            ("dictionaries-keyed", "<</A", 3_000_000), ("strings", "(", 3_000_000),
            ("hex", "<41", 3_000_000), ("inline-images", "BI ", 1_000_000),
            ("inline-data", "BI /W 9 /H 9 ID x ", 1_000_000), ("comments", "%\n", 3_000_000),
            ("digits", "1", 8_000_000), ("letters", "a", 8_000_000), ("minus", "-", 8_000_000)):
        yield Case("operators-" + name, repeated(text, times), check=hello, seconds=SLOW)


def text():
    show = "(aaaaaaaaaa bbbbbbbbb) Tj 0 1 Td "
    head = [b"BT /F1 1 Tf "]
    yield Case("text-flood", content(lambda: flate(head + [show.encode() * 1000] * 1000)),
               check=hello, seconds=60, megabytes=1600)
    yield Case("text-one-place", content(lambda: flate(
        head + [b"1 0 0 1 72 72 Tm (aaaaaaaaaa) Tj "] * 100_000)), check=hello, seconds=60,
        megabytes=1600)
    yield Case("text-long-string", content(lambda: flate(
        head + [b"("] + [b"abcdefghi " * 1000] * 300 + [b") Tj"])), check=hello, seconds=60,
        megabytes=1600)
    yield Case("text-kerning-array", content(lambda: flate(
        head + [b"["] + [b"-5 (a) 3 " * 1000] * 500 + [b"] TJ"])), check=hello, seconds=60,
        megabytes=1600)
    yield Case("text-empty-strings", repeated("BT /F1 9 Tf () Tj ET ", 500_000), check=hello,
               seconds=SLOW)


def streams():
    flated = "/Filter/FlateDecode"
    yield Case("inflate", content(lambda: raw(zeros_deflated(1000), flated)), check=hello,
               seconds=SLOW)
    yield Case("inflate-operators", content(lambda: flate(b"0 0 m " * 175_000 for _ in range(300))),
               check=hello, seconds=SLOW)
    yield Case("inflate-twice", content(lambda: raw(zlib.compress(zeros_deflated(3000), 9),
               "/Filter[/FlateDecode/FlateDecode]")), check=hello, seconds=SLOW)
    yield Case("inflate-thrice", content(lambda: raw(zlib.compress(zlib.compress(
        zeros_deflated(3000), 9), 9), "/Filter[" + "/FlateDecode" * 3 + "]")), check=hello,
        seconds=SLOW)
    yield Case("inflate-many", lambda: simple(HELLO, page="/Contents[" + "100 0 R " * 200 + "]",
               objects={100: raw(zeros_deflated(200), flated)}), seconds=SLOW)
    yield Case("filters-many", content(lambda: raw(b"x", "/Filter[" + "/FlateDecode" * 5000 + "]")),
               check=hello)
    yield Case("filters-hex-many", content(lambda: raw(b"x", "/Filter[" + "/AHx" * 5000 + "]")),
               check=hello)
    for name, params in {"columns": "/Columns 2000000000", "colours": "/Colors 2000000000",
                         "bits": "/BitsPerComponent 2000000000", "negative": "/Columns -5/Colors -5",
                         "predictor": "/Predictor 99"}.items():
        yield Case("predictor-" + name, content(lambda params=params: raw(
            zlib.compress(HELLO.encode()), flated + f"/DecodeParms<</Predictor 15{params}>>")),
            check=hello)
    for name in ("LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode", "DCTDecode",
                 "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "Crypt", "Nope"):
        yield Case("filter-" + name, content(lambda name=name: raw(
            bytes(range(256)) * 2000, f"/Filter/{name}")), check=hello)
    yield Case("run-length", content(lambda: raw(b"\x81 " * 2_000_000, "/Filter/RunLengthDecode")),
               check=hello, seconds=SLOW)


def drawing():
    image = "/Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8"
    show = HELLO + "q 612 0 0 792 0 0 cm /I Do Q "
    yield Case("image-huge", lambda: simple(show, "/XObject<</I 100 0 R>>", objects={
        100: raw(zeros_deflated(2000), image + "/Width 60000/Height 60000/Filter/FlateDecode")}),
        DOCUMENT, hello, seconds=3)
    for size in ("/Width 0/Height 0", "/Width -5/Height 2000000000", "/Width(x)", ""):
        yield Case("image-size-" + "".join(filter(str.isalnum, size)), lambda size=size: simple(
            show, "/XObject<</I 100 0 R>>", objects={100: stream("x", image + size)}), DOCUMENT,
            hello)
    yield Case("images-many", lambda: simple(HELLO + "/I Do " * 300_000, "/XObject<</I 100 0 R>>",
               objects={100: stream("x", image + "/Width 9/Height 9")}), check=hello, seconds=SLOW)
    yield Case("inline-image-huge", content(lambda: stream(
        HELLO + "BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID xyz EI " + HELLO)), check=hello)
    tile = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 {0} {0}]/XStep {0}/YStep {0}"
    for step in ("0.01", "0", "-1", "1e-30", "nan"):
        yield Case("tiling-" + step, lambda step=step: simple(
            HELLO + "/Pattern cs /P scn 0 0 14400 14400 re f", "/Pattern<</P 100 0 R>>",
            media="0 0 14400 14400", objects={100: stream("0 0 1 1 re f", tile.format(step) +
                                                          "/Resources<<>>")}), check=hello)
    for kind in range(0, 9):
        yield Case(f"shading-{kind}", lambda kind=kind: simple(
            HELLO + "/S sh", "/Shading<</S 100 0 R>>", objects={
                100: f"<</ShadingType {kind}/ColorSpace/DeviceRGB/Coords[0 0 1e30 1e30 0 0]/Function"
                     "<</FunctionType 0/Domain[0 1]/Size[2000000000]/Range[0 1 0 1 0 1]"
                     "/BitsPerSample 32>>>>"}), check=hello)
    yield Case("dash-tiny", lambda: simple(HELLO + "[0.00001] 0 d 0 0 m 600 700 l S"), DOCUMENT,
               hello)


def nesting():
    deep = 300_000
    places = {"page": dict(page="/X " + "[" * deep + "]" * deep),
              "resources": dict(resources="/X " + "<</A" * deep + " 1" + ">>" * deep),
              "catalog": dict(catalog="/X " + "[" * deep + "]" * deep),
              "unclosed": dict(page="/X " + "[" * deep), "media": dict(media="[" * deep)}
    for name, place in places.items():
        yield Case("deep-" + name, lambda place=place: simple(HELLO, **place), seconds=SLOW)
    yield Case("deep-chain", lambda: simple(HELLO, page="/X 100 0 R", objects={
        n: f"[{n + 1} 0 R]" for n in range(100, 20_100)}), check=hello)
    yield Case("deep-forms", form_tower(300, 1, HELLO), check=hello)
    yield Case("forms-exponential", form_tower(12, 10, HELLO), check=hello, seconds=SLOW,
               megabytes=1600)
    yield Case("forms-exponential-empty", form_tower(12, 10, "n"), check=hello, seconds=SLOW)
    yield Case("forms-exponential-paths", form_tower(9, 10, "0 0 m 9 9 l S " * 10), check=hello,
               seconds=SLOW, megabytes=1600)


def sizes():
    yield Case("name-huge", lambda: simple(HELLO + "/" + "n" * 2_000_000 + " gs", "/" + "k" *
                                           2_000_000 + " 1"), ANY)
    yield Case("string-huge", lambda: simple(HELLO, page="/X(" + "s" * 8_000_000 + ")"), DOCUMENT,
               hello)
    yield Case("title-huge", lambda: simple(HELLO, catalog="/Outlines 100 0 R", objects={
        100: "<</First 101 0 R>>", 101: "<</Title(" + "t" * 4_000_000 + ")>>"}), DOCUMENT, hello)
    yield Case("fonts-many", lambda: simple(HELLO, "/X<<" + "".join(
        f"/K{n} {n} 0 R" for n in range(200_000)) + ">>"), DOCUMENT, hello)
    yield Case("objects-many", lambda: simple(HELLO, objects={
        n: "null" for n in range(100, 200_000)}), DOCUMENT, hello)
    cmap = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    char = HELVETICA[:-2] + "/ToUnicode 101 0 R>>"
    own = dict(page="/Resources<</Font<</F1 100 0 R>>>>")
    yield Case("cmap-ranges", lambda: simple(HELLO, **own, objects={100: char, 101: stream(
        cmap + "100 beginbfrange " + "<0000> <FFFF> <0041> " * 100_000 + "endbfrange")}),
        seconds=SLOW)
    yield Case("cmap-chars", lambda: simple(HELLO, **own, objects={100: char, 101: stream(
        cmap + "100 beginbfchar " + "<0041> <00410042> " * 500_000 + "endbfchar")}), seconds=SLOW)
    yield Case("cmap-cids", lambda: simple(
        "BT /F1 12 Tf 72 700 Td <00410042> Tj ET", **own, objects={
            100: "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 101 0 R/DescendantFonts[102 0 R]>>",
            101: stream(cmap + "100 begincidrange " + "<0000> <FFFF> 0 " * 100_000 + "endcidrange",
                        "/Type/CMap/CMapName/A"),
            102: "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<<>>>>"}), seconds=SLOW)
    yield Case("cmap-inflated", lambda: simple(HELLO, **own, objects={
        100: char, 101: raw(zeros_deflated(400), "/Filter/FlateDecode")}), seconds=SLOW)


def metadata():
    def packet(text):
        return lambda: simple(HELLO, catalog="/Metadata 100 0 R", objects={
            100: stream(text, "/Type/Metadata/Subtype/XML")})
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    rdf = ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-'
           'rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
           '<dc:title>{}</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>')
    yield Case("xmp-entities", packet(f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' +
                                      rdf.format("&l11;")), DOCUMENT, hello)
    yield Case("xmp-quadratic", packet('<!DOCTYPE x [<!ENTITY a "' + "a" * 100_000 + '">]>' +
                                       rdf.format("&a;" * 100_000)), DOCUMENT, hello)
    secret = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + rdf.format("&f;")

    def no_secret(document):
        return "a file of the machine was read" if "root:" in str(document) else hello(document)
    yield Case("xmp-external-file", packet(secret), DOCUMENT, no_secret)
    yield Case("xmp-external-host", packet(secret.replace("file:///etc/passwd",
               "http://192.0.2.1/x")), DOCUMENT, hello, seconds=3)
    yield Case("xmp-external-dtd", packet('<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">' +
                                          rdf.format("t")), DOCUMENT, hello, seconds=3)
    yield Case("xmp-deep", packet("<a>" * 200_000), DOCUMENT, hello)
    yield Case("xmp-wide", packet(rdf.format("<b/>" * 1_000_000)), DOCUMENT, hello)
    yield Case("xmp-noise", packet(bytes(range(256)) * 1000), DOCUMENT, hello)
    yield Case("xmp-inflated", lambda: simple(HELLO, catalog="/Metadata 100 0 R", objects={
        100: raw(zeros_deflated(400), "/Type/Metadata/Subtype/XML/Filter/FlateDecode")}), DOCUMENT,
        hello)


def cases():
    for group in (operators, text, streams, drawing, nesting, sizes, metadata):
        yield from group()
