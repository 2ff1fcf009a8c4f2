"""Structures that refer to themselves, claim absurd sizes, or lie where a number is expected."""
from hostile import ANY, DOCUMENT, OK, Case
from minipdf import HELVETICA, Pdf, simple, stream

HELLO = "BT /F1 12 Tf 72 700 Td (Hello) Tj ET"


def hello(document):
    return None if "Hello" in document["content"] else "Hello is missing"


def tree(kids, count, more=None, page=""):
    """A page tree whose root says `kids` and `count`; GOOD stands for a good page."""
    pdf = Pdf()
    pdf.page(HELLO, extra=page)
    good = pdf.kids[0]
    pdf.close(tree=f"<</Type/Pages/Kids[{kids.replace('GOOD', f'{good} 0 R')}]/Count {count}>>")
    pdf.put_all({number: body.replace("GOOD", f"{good} 0 R")
                 for number, body in (more or {}).items()})
    return pdf.bytes()


def page_trees():
    yield Case("tree-self", lambda: tree("2 0 R 2 0 R", 1000000))
    yield Case("tree-self-and-page", lambda: tree("GOOD 2 0 R", 100000))
    yield Case("tree-two-loop", lambda: tree("GOOD 100 0 R", 9, {
        100: "<</Type/Pages/Kids[101 0 R]/Count 5/Parent 2 0 R>>",
        101: "<</Type/Pages/Kids[100 0 R 2 0 R]/Count 5/Parent 100 0 R>>"}))
    for count in ("2000000000", "99999999999999999999", "-5", "0", "(one)", "null", "2 0 R"):
        yield Case("tree-count-" + "".join(filter(str.isalnum, count)) + "-" * (count[0] == "-"),
                   lambda count=count: tree("GOOD", count))
    yield Case("tree-kids-nonsense", lambda: tree("GOOD null 7 (x) /N [] <<>> 999 0 R", 8))
    yield Case("tree-same-page-often", lambda: tree("GOOD " * 3000, 3000), seconds=20)
    yield Case("tree-deep", lambda: tree("100 0 R", 1, {
        **{n: f"<</Type/Pages/Kids[{n + 1} 0 R]/Count 1/Parent {n - 1} 0 R>>"
           for n in range(100, 5100)}, 5100: "<</Type/Pages/Kids[GOOD]/Count 1>>"}))
    yield Case("tree-wide-empty", lambda: tree("100 0 R " * 50000, 50000, {
        100: "<</Type/Pages/Kids[]/Count 0>>"}))
    yield Case("page-parent-self", lambda: simple(HELLO, page="/Parent 100 0 R", objects={
        100: "<</Type/Pages/Parent 100 0 R/Kids[]/Count 0>>"}))
    yield Case("page-without-all", lambda: tree("100 0 R", 1, {100: "<</Type/Page>>"}))
    yield Case("catalog-is-page", lambda: simple(HELLO).replace(b"/Type/Catalog", b"/Type/Page   "))


def contents():
    yield Case("contents-array-self", lambda: simple(HELLO, page="/Contents 100 0 R", objects={
        100: "[100 0 R 100 0 R]"}))
    yield Case("contents-many", lambda: simple(HELLO, page="/Contents[" + "100 0 R " * 20000 + "]",
                                               objects={100: stream("q Q ")}), seconds=20)
    yield Case("contents-missing", lambda: simple(HELLO, page="/Contents 999 0 R"))
    yield Case("length-self", lambda: simple(HELLO, page="/Contents 100 0 R", objects={
        100: stream(HELLO, compress=False, length="100 0 R")}))
    for length in ("-1", "2000000000", "(x)", "null"):
        yield Case(f"length-{length.strip('()')}", lambda length=length: simple(
            HELLO, page="/Contents 100 0 R", objects={
                100: stream(HELLO, compress=False, length=length)}))
    yield Case("resources-self", lambda: simple(HELLO, page="/Resources 100 0 R", objects={
        100: "<</Font 100 0 R/XObject 100 0 R/ExtGState 100 0 R/Properties 100 0 R/F1 100 0 R>>"}))
    yield Case("reference-to-self", lambda: simple(HELLO, page="/Resources 100 0 R", objects={
        100: "100 0 R"}))
    yield Case("reference-ring", lambda: simple(HELLO, page="/Resources 100 0 R/MediaBox 101 0 R",
                                                objects={100: "101 0 R", 101: "100 0 R"}))


FORM = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"


def forms():
    yield Case("form-self", lambda: simple(HELLO + " /X Do", "/XObject<</X 100 0 R>>", objects={
        100: stream("/X Do /X Do", FORM + "/Resources<</XObject<</X 100 0 R>>>>")}), check=hello)
    yield Case("form-pair", lambda: simple(HELLO + " /X Do", "/XObject<</X 100 0 R>>", objects={
        100: stream("/X Do " * 9, FORM + "/Resources<</XObject<</X 101 0 R>>>>"),
        101: stream("/X Do " * 9, FORM + "/Resources<</XObject<</X 100 0 R>>>>")}), check=hello)
    pattern = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
    paint = "/Pattern cs /P scn 0 0 612 792 re f "
    yield Case("pattern-self", lambda: simple(HELLO + " " + paint, "/Pattern<</P 100 0 R>>", objects={
        100: stream(paint * 3, pattern + "/Resources<</Pattern<</P 100 0 R>>>>")}))
    yield Case("type3-self", lambda: simple(HELLO + " BT /T 9 Tf (aaaa) Tj ET", "/Font<</T 100 0 R>>"
               "/X<<>>", objects={
                   100: "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]"
                        "/CharProcs<</a 101 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97"
                        "/LastChar 97/Widths[1]/Resources<</Font<</T 100 0 R>>>>>>",
                   101: stream("1 0 d0 BT /T 1 Tf (aa) Tj ET")}))
    yield Case("soft-mask-self", lambda: simple("/G gs " + HELLO, "/ExtGState<</G 100 0 R>>", objects={
        100: "<</SMask<</S/Alpha/G 101 0 R>>>>",
        101: stream("/G gs /X Do", FORM + "/Group<</S/Transparency>>/Resources<</ExtGState"
                    "<</G 100 0 R>>/XObject<</X 101 0 R>>>>")}), check=hello)
    yield Case("image-mask-self", lambda: simple(HELLO + " /I Do", "/XObject<</I 100 0 R>>", objects={
        100: stream(b"\0" * 8, "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 1"
                    "/ColorSpace/DeviceGray/SMask 100 0 R/Mask 100 0 R")}), check=hello)
    yield Case("colour-space-self", lambda: simple(
        "/C cs 1 scn " + HELLO, "/ColorSpace<</C 100 0 R>>", objects={
            100: "[/Indexed 100 0 R 1 <0000>]"}), check=hello)
    yield Case("colour-space-alternate-self", lambda: simple(
        "/C cs 1 scn " + HELLO, "/ColorSpace<</C 100 0 R>>", objects={
            100: "[/Separation/Spot 100 0 R 101 0 R]",
            101: "<</FunctionType 3/Domain[0 1]/Functions[101 0 R 101 0 R]/Bounds[.5]"
                 "/Encode[0 1 0 1]>>"}), check=hello)


def fonts():
    def font(body, objects=None, text="(Hello)"):
        return simple(f"BT /F 12 Tf 72 700 Td {text} Tj ET " + HELLO,
                      "", page="/Resources<</Font<</F 100 0 R/F1 199 0 R>>>>",
                      objects={100: body, 199: HELVETICA, **(objects or {})})
    type0 = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[101 0 R]"
    cid = "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<<>>"
    bad = {
        "descendant-self": (type0.replace("101", "100") + ">>", {}),
        "descendant-none": (type0.replace("101 0 R", "") + ">>", {}),
        "descendant-null": (type0.replace("101 0 R", "null") + ">>", {}),
        "widths-absurd": (type0 + ">>", {101: cid + "/W[0 2000000000 500 5 [1 2 (x)]]>>"}),
        "widths-negative": (type0 + ">>", {101: cid + "/W[-5 -1 500]/DW -1e30>>"}),
        "first-char-absurd": (HELVETICA[:-2] + "/FirstChar -9/LastChar 2000000000/Widths[1]>>", {}),
        "differences-absurd": ("<</Type/Font/Subtype/Type1/BaseFont/A/Encoding<</Differences"
                               "[-1/a 300/b 99999999999/c/d (x) 65]>>>>", {}),
        "encoding-self": ("<</Type/Font/Subtype/Type1/BaseFont/A/Encoding 100 0 R>>", {}),
        "descriptor-self": ("<</Type/Font/Subtype/Type1/BaseFont/A/FontDescriptor 100 0 R"
                            "/FontFile 100 0 R>>", {}),
        "to-unicode-self": (HELVETICA[:-2] + "/ToUnicode 100 0 R>>", {}),
        "file-noise": ("<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 101 0 R>>", {
            101: "<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 102 0 R>>",
            102: stream(bytes(range(256)) * 40)}),
        "cmap-use-self": (type0.replace("/Identity-H", " 102 0 R") + ">>", {
            101: cid + ">>", 102: stream("begincmap endcmap", "/Type/CMap/UseCMap 102 0 R"
                                         "/CMapName/A")}),
        "is-a-number": ("7", {}),
        "is-a-stream": (stream("x"), {}),
        "type3-no-procs": ("<</Type/Font/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/Encoding<<>>>>", {}),
        "type3-nan-matrix": ("<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[1e40 0 0 1e40"
                             " 0 0]/CharProcs<<>>/Encoding<<>>/FirstChar 0/LastChar 255>>", {}),
    }
    for name, (body, objects) in bad.items():
        yield Case("font-" + name, lambda body=body, objects=objects: font(body, objects),
                   check=hello)
    for name, range_ in {"range": "<0000> <FFFFFFFF> <0041>", "backwards": "<FF> <00> <0041>",
                         "array": "<00> <FF> [<0041>]", "long": f"<00> <FF> <{'0041' * 20000}>",
                         "odd": "<0> <F> <4>", "surrogates": "<00> <FF> <D800>"}.items():
        cmap = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange " \
               f"{range_} endbfrange endcmap"
        yield Case("to-unicode-" + name, lambda cmap=cmap: font(
            HELVETICA[:-2] + "/ToUnicode 101 0 R>>", {101: stream(cmap)}))


def facts():
    """Outline, labels, structure, annotations, forms, names, layers."""
    def catalog(entry, objects):
        return lambda: simple(HELLO, catalog=entry, objects=objects)
    item = "<</Title(x)/Parent 100 0 R"
    table = {
        "outline-next-self": ("/Outlines 100 0 R", {
            100: "<</First 101 0 R/Last 101 0 R/Count 9>>", 101: item + "/Next 101 0 R>>"}),
        "outline-first-parent": ("/Outlines 100 0 R", {
            100: "<</First 101 0 R>>", 101: item + "/First 100 0 R/Next 101 0 R>>"}),
        "outline-ring": ("/Outlines 100 0 R", {
            100: "<</First 101 0 R>>", 101: item + "/First 102 0 R/Next 102 0 R>>",
            102: item + "/First 101 0 R/Next 101 0 R>>"}),
        "outline-deep": ("/Outlines 100 0 R", {
            n: item + f"/First {n + 1} 0 R>>" for n in range(100, 4100)}),
        "outline-wide": ("/Outlines 99 0 R", {99: "<</First 100 0 R>>", **{
            n: item + f"/Next {n + 1} 0 R/Dest[{n} 0 R/Fit]>>" for n in range(100, 30100)}}),
        "labels-loop": ("/PageLabels 100 0 R", {100: "<</Kids[100 0 R 100 0 R]/Nums[0 100 0 R]>>"}),
        "labels-absurd": ("/PageLabels<</Nums[0<</S/r/St 2000000000>>1<</S/A/St -7>>-3<<>>]>>", {}),
        "labels-letters": ("/PageLabels<</Nums[0<</S/a/St 99999999>>]>>", {}),
        "structure-self": ("/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R", {
            100: "<</Type/StructTreeRoot/K[101 0 R]>>",
            101: "<</S/P/P 100 0 R/K[101 0 R 101 0 R 100 0 R]>>"}),
        "structure-many": ("/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R", {
            100: "<</Type/StructTreeRoot/K[101 0 R]>>",
            101: "<</S/P/K[" + "102 0 R " * 3000 + "]>>",
            102: "<</S/P/K[" + "103 0 R " * 3000 + "]>>", 103: "<</S/Span/K[0 1 2]>>"}),
        "structure-deep": ("/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R", {
            n: f"<</S/Div/K {n + 1} 0 R>>" for n in range(100, 5100)}),
        "role-map-loop": ("/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R", {
            100: "<</K 101 0 R/RoleMap<</A/B/B/A/C/C>>>>", 101: "<</S/A/K[<</S/C/K 0>>]>>"}),
        "names-loop": ("/Names<</EmbeddedFiles 100 0 R/Dests 100 0 R>>", {
            100: "<</Kids[100 0 R 100 0 R]/Limits[(a)(z)]>>"}),
        "names-nonsense": ("/Names<</EmbeddedFiles<</Names[(a) 7 (b) null (c) 100 0 R]>>>>", {
            100: "<</Type/Filespec/EF<</F 100 0 R>>/UF 100 0 R/Desc[]>>"}),
        "acroform-loop": ("/AcroForm<</Fields[100 0 R]>>", {
            100: "<</T(a)/Kids[100 0 R 101 0 R]>>", 101: "<</T(b)/Parent 101 0 R/Kids[100 0 R]>>"}),
        "layers-loop": ("/OCProperties<</OCGs[100 0 R]/D<</OFF[100 0 R]/Order[101 0 R]>>>>", {
            100: "<</Type/OCG/Name(x)>>", 101: "[101 0 R 101 0 R]"}),
        "metadata-self": ("/Metadata 100 0 R", {100: "<</Metadata 100 0 R>>"}),
        "language-odd": ("/Lang[/x]", {}),
        "version-odd": ("/Version 100 0 R", {100: "/99.99"}),
    }
    for name, (entry, objects) in table.items():
        yield Case(name, catalog(entry, objects), check=hello)
    yield Case("layer-expression-self", lambda: simple(
        "/OC /L BDC " + HELLO + " EMC", "/Properties<</L 100 0 R>>",
        catalog="/OCProperties<</OCGs[101 0 R]/D<<>>>>", objects={
            100: "<</Type/OCMD/VE 102 0 R/OCGs[100 0 R]>>", 101: "<</Type/OCG/Name(x)>>",
            102: "[/And 102 0 R 102 0 R]"}))
    notes = {
        "annotation-self": "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Parent 100 0 R/Popup 100 0 R"
                           "/A 100 0 R/Next 100 0 R/AP 100 0 R/N 100 0 R/Dest 100 0 R>>",
        "annotation-action-loop": "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D 101 0 R"
                                  "/Next 100 0 R>>>>",
        "annotation-number": "7",
        "annotation-rect-odd": "<</Subtype/Link/Rect[(a) null]/A<</S/URI/URI 7>>>>",
        "annotation-rect-huge": "<</Subtype/Link/Rect[-1e38 1e39 1e38 nan]/A<</S/URI/URI(u:)>>>>",
    }
    for name, body in notes.items():
        yield Case(name, lambda body=body: simple(HELLO, page="/Annots[100 0 R 100 0 R]", objects={
            100: body, 101: "[101 0 R/XYZ null null null]"}), check=hello)
    yield Case("annotations-self", lambda: simple(HELLO, page="/Annots 100 0 R", objects={
        100: "[100 0 R 100 0 R]"}), check=hello)
    yield Case("annotations-many", lambda: simple(HELLO, page="/Annots[" + "100 0 R " * 100000 + "]",
               objects={100: "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(x:y)>>>>"}), seconds=20)
    yield Case("appearance-self", lambda: simple(HELLO, page="/Annots[100 0 R]", objects={
        100: "<</Subtype/Stamp/Rect[0 0 99 99]/AP<</N 101 0 R>>>>",
        101: stream("/X Do", FORM + "/Resources<</XObject<</X 101 0 R>>>>")}), check=hello)


def boxes():
    odd = {"huge": "0 0 1000000000 1000000000", "backwards": "612 792 0 0", "zero": "0 0 0 0",
           "nan": "nan -nan inf -inf", "words": "/a (b) null []", "short": "0 0 612", "none": "",
           "overflow": "0 0 1e38 1e39", "digits": "0 0 " + "9" * 400 + " 792",
           "tiny": "0 0 .0001 .0001", "far": "1e9 1e9 1000000612 1000000792",
           "far-negative": "-2147483648 -2147483648 -2147483000 -2147483000"}
    for name, box in odd.items():
        yield Case("box-" + name, lambda box=box: simple(HELLO, media=box), DOCUMENT)
        yield Case("crop-" + name, lambda box=box: simple(HELLO, page=f"/CropBox[{box}]"), DOCUMENT)
    yield Case("crop-elsewhere", lambda: simple(HELLO, page="/CropBox[5000 5000 6000 6000]"),
               DOCUMENT)
    for unit in ("0", "-1", "1e30", "1e-30", "(x)", "99999999999999999999"):
        yield Case("unit-" + unit.strip("()"), lambda unit=unit: simple(
            HELLO, page=f"/UserUnit {unit}"), DOCUMENT)
    for angle in ("45", "-90", "450", "99999999999", "-2147483648", "(x)", "1e10", "90.5"):
        yield Case("rotate-" + angle.strip("()"), lambda angle=angle: simple(
            HELLO, page=f"/Rotate {angle}"), DOCUMENT)


def numbers():
    odd = ("0", "-1", "1e38", "-1e38", "99999999999999999999999999", "0.0000000000000001", "nan",
           "--5", "1.2.3", "+-.", "9" * 3000, "2147483648", "-2147483649")
    uses = {"size": "BT /F1 {} Tf 72 700 Td (Hello) Tj ET", "matrix": "{0} {0} {0} {0} {0} {0} cm " +
            HELLO, "text-matrix": "BT /F1 12 Tf {0} 0 0 {0} 72 700 Tm (Hello) Tj ET",
            "spacing": "BT /F1 12 Tf {0} Tc {0} Tw {0} Tz {0} Ts {0} TL 72 700 Td (He) Tj T* (l) Tj"
            " ET", "kerning": "BT /F1 12 Tf 72 700 Td [(He) {0} (llo) {0}] TJ ET",
            "rectangle": "{0} {0} {0} {0} re f " + HELLO, "line": "{0} w 0 0 m {0} {0} l S " + HELLO,
            "mode": "BT {0} Tr /F1 12 Tf 72 700 Td (Hello) Tj ET", "dash": "[{0} {0}] {0} d 0 0 m "
            "600 0 l S " + HELLO, "colour": "{0} {0} {0} rg {0} g {0} {0} {0} {0} k " + HELLO}
    for use, content in uses.items():
        for n, number in enumerate(odd):
            yield Case(f"number-{use}-{n:02}", lambda content=content, number=number: simple(
                content.format(number)), DOCUMENT)


def tables():
    """Cross-reference tables and object streams that lie."""
    whole = simple(HELLO)

    def later(text):
        """`text` as the trailer of the one section."""
        start = whole.index(b"trailer")
        return whole[:start] + b"trailer\n" + text.encode() + whole[whole.index(b"\nstartxref"):]
    start = whole.index(b"xref\n0")
    yield Case("xref-prev-self", lambda: later(f"<</Size 6/Root 1 0 R/Prev {start}>>"))
    yield Case("xref-prev-absurd", lambda: later("<</Size 6/Root 1 0 R/Prev 99999999999>>"))
    yield Case("xref-stream-self", lambda: later(f"<</Size 6/Root 1 0 R/XRefStm {start}>>"))
    yield Case("xref-size-absurd", lambda: later("<</Size 2147483647/Root 1 0 R>>"))
    yield Case("xref-size-negative", lambda: later("<</Size -6/Root 1 0 R>>"))
    yield Case("xref-root-self", lambda: later("<</Size 6/Root 6 0 R>>"))
    yield Case("xref-root-missing", lambda: later("<</Size 6>>"))
    yield Case("xref-count-absurd", lambda: whole.replace(b"xref\n0 6", b"xref\n0 2000000000"))
    yield Case("xref-start-absurd", lambda: whole.replace(b"xref\n0 6", b"xref\n2000000000 6"))
    for name, entries in {"n-absurd": "/N 2000000000/First 10", "first-absurd": "/N 1/First 99999999",
                          "negative": "/N -1/First -1", "extends-self":
                          "/N 1/First 6/Extends 100 0 R", "none": ""}.items():
        yield Case("objstm-" + name, lambda entries=entries: simple(HELLO, objects={
            100: stream("101 0 <</Type/Page>>", "/Type/ObjStm" + entries)}), {OK, *DOCUMENT})


def acroform(annotations, objects):
    """A page of widgets; `objects` are fields and widgets."""
    return simple(HELLO, page=f"/Annots[{annotations}]", objects=objects,
                  catalog="/AcroForm<</Fields[100 0 R]>>")


def many_widgets(count, parent=""):
    """All of them kids of one field, if there is one."""
    widgets = {200 + n: f"<</Subtype/Widget/Rect[{n % 600} {n // 600} {n % 600 + 9} {n // 600 + 9}]"
               f"/FT/Tx/T(f{n})/V(v{n}){parent}>>" for n in range(count)}
    return acroform(" ".join(f"{n} 0 R" for n in widgets), {100: "<</T(all)>>", **widgets})


def has_fields(wanted):
    def check(document):
        found = len(document["fields"])
        return None if found == wanted else f"{found} fields, wanted {wanted}"
    return check


def acroforms():
    yield Case("form-parent-self", lambda: acroform("100 0 R", {
        100: "<</Subtype/Widget/Rect[9 9 99 29]/FT/Tx/T(a)/Parent 100 0 R/Kids[100 0 R]>>"}),
        DOCUMENT, has_fields(1))
    yield Case("form-two-loop", lambda: acroform("100 0 R", {
        100: "<</Subtype/Widget/Rect[9 9 99 29]/T(a)/V(b)/Parent 101 0 R>>",
        101: "<</T(c)/FT/Tx/Parent 102 0 R>>", 102: "<</T(d)/Parent 101 0 R>>"}),
        DOCUMENT, has_fields(1))
    yield Case("form-options-self", lambda: acroform("100 0 R", {
        100: "<</Subtype/Widget/Rect[9 9 99 29]/FT/Ch/T(a)/V 101 0 R/Opt 101 0 R>>",
        101: "[101 0 R [101 0 R 101 0 R] (x)]"}), DOCUMENT, has_fields(1))
    yield Case("form-20000-fields", lambda: many_widgets(20000, "/Parent 100 0 R"),
               DOCUMENT, seconds=20)
    yield Case("form-100000-fields", lambda: many_widgets(100000), DOCUMENT, seconds=20)


def cases():
    for group in (page_trees, contents, forms, acroforms, fonts, facts, boxes, numbers, tables):
        yield from group()
