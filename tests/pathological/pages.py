"""Pages that are legal but extreme. As a release, each takes less than a second of processor time,
its process included: no pass of layout may be quadratic in what a page can hold."""
import random

from hostile import OK, Case
from minipdf import HELVETICA, Pdf, simple, stream

SECOND = 1.0
HEAD = "BT /F1 {} Tf "


def words(places, size=8):
    """Each (x, y, text) shown on its own."""
    shows = "".join(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({text}) Tj " for x, y, text in places)
    return HEAD.format(size) + shows + "ET"


def scattered(count, text, seed, side=1000):
    chance = random.Random(seed)
    return [(chance.uniform(0, side), chance.uniform(0, side), text) for _ in range(count)]


def wide(content):
    return simple(content, media="0 0 1000 1000")


def glyphs(at_least):
    def check(document):
        total = document["audit"]["text"]["glyphs_total"]
        return None if total >= at_least else f"{total} glyphs, at least {at_least}"
    return check


def fonts_page():
    pdf = Pdf()
    fonts = {f"F{n}": pdf.add(HELVETICA.replace("Helvetica", f"Face{n}-{'Bold' * (n % 2)}"))
             for n in range(200)}
    shows = "".join(f"/F{n} {6 + n % 9} Tf 1 0 0 1 {40 + n % 4 * 130} {760 - n // 4 * 14} Tm "
                    f"(Set in face {n}) Tj " for n in range(200))
    pdf.page("BT " + shows + "ET", fonts=fonts)
    return pdf.bytes()


def links_page(content):
    notes = "".join(f"<</Subtype/Link/Rect[{n % 100 * 6} {n // 100 * 4} {n % 100 * 6 + 5} "
                    f"{n // 100 * 4 + 3}]/A<</S/URI/URI(http://example.org/{n})>>>>"
                    for n in range(20_000))
    return simple(content, page=f"/Annots[{notes}]")


def images_page(count, text):
    pdf = Pdf()
    image = pdf.add(stream("x", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
                           "/ColorSpace/DeviceGray"))
    shows = "".join(f"q 3 0 0 3 {n % 100 * 6} {n // 100 * 10} cm /I Do Q " for n in range(count))
    pdf.page(shows + words(text, 3), resources=f"/XObject<</I {image} 0 R>>")
    return pdf.bytes()


def widgets_page(count, text):
    pdf = Pdf()
    boxes = [(n % 100 * 6, n // 100 * 5) for n in range(count)]
    fields = [pdf.add(f"<</Type/Annot/Subtype/Widget/FT/Tx/T(f{n})/V(v{n})"
                      f"/Rect[{x} {y} {x + 5} {y + 4}]>>") for n, (x, y) in enumerate(boxes)]
    references = " ".join(f"{field} 0 R" for field in fields)
    pdf.catalog_extra = f"/AcroForm<</Fields[{references}]>>"
    pdf.page(words(text, 2), extra=f"/Annots[{references}]")
    return pdf.bytes()


def lying(count, step):
    return "".join(f"50 {990 - n * step:.2f} m 950 {990 - n * step:.2f} l S " for n in range(count))


def grid(across, down, text, width=1000):
    """`text` in that many columns and rows all over the page."""
    return [(n % across * width / across, 988 - n // across * 980 / down, text)
            for n in range(across * down)]

def turned():
    chance = random.Random(5)
    shows = ""
    for n in range(10_000):
        c, s = ((1, 0), (0, 1), (-1, 0), (0, -1), (.8, .6), (.6, -.8))[n % 6]
        shows += (f"{c} {s} {-s} {c} {chance.uniform(0, 1000):.1f} {chance.uniform(0, 1000):.1f} Tm"
                  " (word) Tj ")
    return HEAD.format(6) + shows + "ET"


def lists():
    items = [(72 + n % 7 * 10, 980 - n * .4, f"{n}. item") for n in range(2400)]
    return words(items, 3)


def cases():
    for case in pages():
        case.seconds = SECOND
        yield case


def pages():
    rules = "".join(f"{n % 200 * 5} {n // 200 * 10} m {n % 200 * 5 + 4} {n // 200 * 10} l S "
                    for n in range(20_000))
    yield Case("rules", lambda: wide(rules + words([(10, 990, "Hello")])), {OK}, glyphs(5))
    lattice = "".join(f"0 {n * .1:.1f} m 1000 {n * .1:.1f} l S {n * .1:.1f} 0 m {n * .1:.1f} 1000 l S "
                      for n in range(10_000))
    yield Case("lattice", lambda: wide(lattice + words([(10, 990, "Hello")])), {OK}, glyphs(5))
    yield Case("fills", lambda: wide("".join(
        f".{n % 10} g {n % 200 * 5} {n // 200 * 10} 4 8 re f " for n in range(20_000)) +
        words(scattered(500, "Ha", 1))), {OK}, glyphs(1000))
    yield Case("letters", lambda: wide(words(
        [(n % 250 * 4, n // 250 * 5, "abcdefgh"[n % 8]) for n in range(50_000)], 4)), {OK},
        glyphs(50_000))
    yield Case("letters-scattered", lambda: wide(words(scattered(50_000, "a", 2), 4)), {OK},
               glyphs(50_000))
    yield Case("columns", lambda: simple(words(
        [(n * 20, 700 - row * 10, str(n * 7 + row)) for row in range(4) for n in range(5000)], 6),
        media="0 0 100000 792"), {OK}, glyphs(60_000))
    yield Case("columns-narrow", lambda: wide(words(
        [(n * .2, 700 - row * 10, "7") for row in range(4) for n in range(5000)], .2)), {OK},
        glyphs(20_000))
    yield Case("fonts", fonts_page, {OK}, glyphs(2000))
    yield Case("one-line", lambda: wide(words([(0, 500, "word " * 12_000)], .03)), {OK},
               glyphs(60_000))
    yield Case("one-place", lambda: wide(words([(500, 500, "word")] * 15_000)), {OK}, glyphs(60_000))
    yield Case("nearly-one-place", lambda: wide(words(
        [(500 + n % 100 * .01, 500 + n // 100 * .01, "word") for n in range(10_000)])), {OK},
        glyphs(40_000))
    yield Case("staircase", lambda: wide(words([(n * .1, n * .1, "step") for n in range(10_000)])),
               {OK}, glyphs(40_000))
    yield Case("saw", lambda: wide(words(
        [(n % 2 * 500 + n % 17, 1000 - n * .1, "tooth") for n in range(10_000)], 5)), {OK},
        glyphs(50_000))
    yield Case("turned", lambda: wide(turned()), {OK}, glyphs(40_000))
    yield Case("lists", lambda: wide(lists()), {OK}, glyphs(10_000))
    yield Case("all-sizes", lambda: wide("BT " + "".join(
        f"/F1 {1 + n * .005:.3f} Tf 1 0 0 1 {n % 50 * 20} {n // 50 * 10} Tm (size) Tj "
        for n in range(5000)) + "ET"), {OK}, glyphs(20_000))
    yield Case("links", lambda: links_page(words([(10, 700, "Linked")])), {OK}, glyphs(6))
    yield Case("drawings", lambda: wide("".join(
        f"{n % 100 * 10} {n // 100 * 5} m {n % 100 * 10 + 9} {n // 100 * 5 + 4} {n % 100 * 10} 9 5 5 c S "
        for n in range(20_000)) + words([(10, 990, "Hello")])), {OK}, glyphs(5))
    yield Case("clips", lambda: wide("".join(
        f"q {n % 100 * 10} {n // 100 * 10} 9 9 re W n " + words([(n % 100 * 10, n // 100 * 10, "in")])
        + " Q " for n in range(5000))), {OK}, glyphs(10_000))
    yield from dense_pages()


def dense_pages():
    """Much of two kinds, each of which could be held against each of the other."""
    yield Case("line-of-letters", lambda: wide(words([(0, 500, "w" * 100_000)], .015)), {OK},
               glyphs(100_000))
    yield Case("rules-between-words", lambda: wide(lying(256, 3.8) + words(
        [(60 + (c * 37 + n * 53) % 800, 989 - n * .95, f"x{n}") for n in range(1000)
         for c in range(12)], .8)), {OK}, glyphs(24_000))
    yield Case("rules-between-letters", lambda: wide(
        lying(256, 3.8) + words(grid(250, 200, "a"), 4)), {OK}, glyphs(50_000))
    yield Case("rules-between-lines", lambda: wide(lying(900, 1.09) + words(
        grid(1, 900, "running text that goes on from here to there and further on"), .8)), {OK},
        glyphs(40_000))
    cells = "".join(f"0 {n * 4} m 1000 {n * 4} l S {n * 4} 0 m {n * 4} 1000 l S " for n in range(250))
    yield Case("lattice-of-words", lambda: wide(cells + words(grid(250, 200, "a"), 2)), {OK},
               glyphs(50_000))
    yield Case("underlines", lambda: wide("".join(
        f"{n % 100 * 10} {986 - n // 100 * 4.9:.2f} m {n % 100 * 10 + 8} {986 - n // 100 * 4.9:.2f} l S "
        for n in range(20_000)) + words(grid(100, 200, "word"), 3)), {OK}, glyphs(80_000))
    yield Case("fills-under-words", lambda: wide("".join(
        f".{n % 10} g {n % 200 * 5} {n // 200 * 10} 4 8 re f " for n in range(10_000)) + "0 g " +
        words(grid(200, 125, "ab"), 3)), {OK}, glyphs(50_000))
    yield Case("fills-over-words", lambda: wide(words(grid(200, 125, "ab"), 3) + "".join(
        f".{n % 10} g 0 0 1000 {1000 - n * .1:.1f} re f " for n in range(10_000))), {OK},
        glyphs(50_000))
    yield Case("bars", lambda: wide("".join(
        f".{n % 10} g {n * .5:.1f} 0 .4 {7 + n % 300} re f " for n in range(1990)) + "0 g " +
        lying(200, 5) + words(grid(250, 200, "a"), 4)), {OK}, glyphs(50_000))
    yield Case("images-tiny", lambda: images_page(5000, [(10, 700, "Hello")]), {OK}, glyphs(5))
    yield Case("images-under-words", lambda: images_page(5000, grid(100, 200, "ab", 600)), {OK},
               glyphs(30_000))
    yield Case("links-over-words", lambda: links_page(words(grid(100, 200, "ab", 600), 3)), {OK},
               glyphs(30_000))
    yield Case("widgets", lambda: widgets_page(5000, grid(100, 100, "Na:", 600)), {OK},
               glyphs(30_000))
    yield Case("labels", lambda: wide(words(grid(100, 100, "Date:"), 2)), {OK}, glyphs(50_000))
    yield Case("labels-beside", lambda: simple(words(
        [(n * 50, 500, "Total" if n % 2 else "12.50") for n in range(10_000)]),
        media="0 0 500000 792"), {OK}, glyphs(50_000))
    yield Case("captions", lambda: wide(words(
        [(n % 4 * 250, 990 - n // 4 * 3, f"Figure {n}: of it") for n in range(1200)], 2)), {OK},
        glyphs(15_000))
    yield Case("leaders", lambda: wide(words([(60, 990 - n * 9, " . " * 3000) for n in range(20)],
                                             .1)), {OK}, glyphs(60_000))
