"""Pages that would take minutes to draw for recognition. Each ends with its page's time limit, and
what of it can be drawn is read."""
import random

from hostile import OK, PARTIAL, LIMIT, Case
from minipdf import simple, stream
from pages import wide, words

SECONDS = 2  # of a page
ARGUMENTS = ("--ocr", "force", "--page-timeout", str(SECONDS))
CHANCE = random.Random(7)
POINTS = [(CHANCE.randrange(1000), CHANCE.randrange(1000)) for _ in range(999)]
BIG = "0 0 1000 1000"


def curves(form):
    """`form` with a point and the three of the curve from it, all over the page."""
    return "".join(form.format(*POINTS[n], *POINTS[n + 1], *POINTS[n + 2])
                   for n in range(0, 997, 3))


def many(content, resources, first):
    return lambda: simple(content * 1000, resources, media=BIG, objects={100: first})


def reads_beside_long_path(document):
    if "drawing_cut" not in [issue["code"] for issue in document["issues"]]:
        return "that a path was left out is no issue"
    return None if "Hello" in document["content"] else f"read {document['content']!r}"


def cases():
    for case in pages():
        case.exits = case.exits - {6}
        case.seconds = 2.0 * SECONDS
        case.megabytes = 800
        case.arguments = case.arguments or ARGUMENTS
        yield case


def pages():
    apart = curves("{0} {1} m {0} {1} {2} {3} {4} {5} c f ")
    one = "0 0 m " + curves("{0} {1} {2} {3} {4} {5} c ")
    yield Case("curves", lambda: wide(apart * 1000))
    yield Case("curves-in-one-path", lambda: wide(one * 300 + "f"))
    yield Case("lines-in-one-path", lambda: wide("0 0 m " + curves("{0} {1} l ") * 900 + "f*"))
    yield Case("strokes", lambda: wide("200 w 1 J 1 j " + apart.replace("f ", "S ") * 30))
    yield Case("dashes", lambda: wide("[.0001] 0 d " + one + "S"))
    yield Case("long-clip", lambda: wide(one * 300 + "W n 0 0 1000 1000 re f"))
    yield Case("letters", lambda: wide(words([(-500, -200, "abcdefgh" * 10_000)], 2000)))
    tile = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
    yield Case("tiles", many("/Pattern cs /P scn 0 0 1000 1000 re f ", "/Pattern<</P 100 0 R>>",
                             stream(apart, tile + "/Resources<<>>")))
    yield Case("shadings", many("/S sh ", "/Shading<</S 100 0 R>>", (
        "<</ShadingType 3/ColorSpace/DeviceRGB/Coords[500 500 0 500 500 700]/Extend[true true]"
        "/Function<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[1 1 1]/N 1>>>>")))
    group = f"/Type/XObject/Subtype/Form/BBox[{BIG}]/Group<</S/Transparency/CS/DeviceGray>>"
    yield Case("groups", many("/X Do ", "/XObject<</X 100 0 R>>",
                              stream("0 0 1000 1000 re f", group)))
    yield Case("soft-masks", many(
        "/G gs 0 0 1000 1000 re f ", "/ExtGState<</G <</SMask<</S/Luminosity/G 100 0 R>>>>>>",
        stream("0 0 1000 1000 re f", group)))
    yield Case("beside-long-path", lambda: simple(
        "1 0 0 RG " + one.replace(" c ", " l ") * 20 + "S BT /F1 60 Tf 1 0 0 1 60 600 Tm "
        "(Hello there) Tj ET", media="0 0 612 792"), {OK, PARTIAL}, reads_beside_long_path,
        arguments=("--ocr", "force"))
