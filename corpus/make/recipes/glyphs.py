"""Glyphs with a trick to them: spacing, fake bold, ligatures, Type 3, replaced and vertical text."""

import copy

import fonts
import prose
import typeset
from pdf import Name, Raw, Stream
from source import Document, Heading, Paragraph, Title

DROID = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"


def bare(name, summary, blocks, **more):
    return Document(name=name, family="glyphs", summary=summary, blocks=blocks, **more)


SPACED = bare(
    "glyphs-letter-spaced",
    "Headings whose letters are set apart, with wider gaps between words",
    [
        Heading("THE LAST FERRY", 1),
        Paragraph("A song was made of it, and as with most songs the facts are in the third verse."),
        Heading("What happened", 2),
        Paragraph(
            "The boat left at ten with eleven people and a calf. In the middle of the sound the rope of "
            "the rudder broke, and the tide, which was going out, took them to the lighthouse."
        ),
    ],
)


def spaced(pages, face):
    """Redraws the headings, which were left out, with character spacing."""
    page = pages[0]
    page.text(72, 100, "THE LAST FERRY", face["bold"], 16, spacing=4)
    page.text(72, 190, "What happened", face["plain"], 12, spacing=2.4)
    draw_lines(page, face, SPACED.blocks[1].text, 130)
    draw_lines(page, face, SPACED.blocks[3].text, 214)


def draw_lines(page, face, text, y, size=10.5, width=450):
    """Greedy lines by hand."""
    line = ""
    for word in text.split(" ") + [None]:
        longer = f"{line} {word}".strip() if word is not None else None
        if longer is None or face["plain"].width(longer, size) > width:
            page.text(72, y, line, face["plain"], size)
            y, line = y + size * 1.25, word or ""
        else:
            line = longer
    return y


BOLD = bare(
    "glyphs-fake-bold",
    "Headings drawn twice with a small offset, and once stroked as well as filled",
    [
        Heading("Drawn twice", 1),
        Paragraph("Programs without a bold font draw each letter twice, a little to the right."),
        Heading("Filled and stroked", 1),
        Paragraph("Others stroke the outline of the letters and fill it in the same colour."),
    ],
)


def fake_bold(pages, face):
    page = pages[0]
    for shift in (0, 0.35):
        page.text(72 + shift, 100, "Drawn twice", face["plain"], 14)
    draw_lines(page, face, BOLD.blocks[1].text, 124)
    page.op("0.4 w 0 0 0 RG")
    page.text(72, 170, "Filled and stroked", face["plain"], 14, mode=2)
    draw_lines(page, face, BOLD.blocks[3].text, 194)


LIGATURES = bare(
    "glyphs-ligatures",
    "Ligature glyphs: some mapped to their letters, some to the presentation form",
    [
        Heading("The office of the chief fitter", 1),
        Paragraph(
            "The first fitter of the firm found a flaw in five of the fluted fixtures. He filed the "
            "affair under fiction, offered the difficult customer a fifth fitting, and went off to "
            "fish for flounders."
        ),
    ],
)


class Ligated(fonts.TrueType):
    """Sets fi and fl as one glyph; ToUnicode tells the letters for one and the form of the other."""

    def encode(self, text):
        return super().encode(self.joined(text))

    def width(self, text, size):
        return super().width(self.joined(text), size)

    @staticmethod
    def joined(text):
        return text.replace("fi", "\ufb01").replace("fl", "\ufb02")


def ligated_face():
    face = typeset.face_of("dejavu")
    path = typeset.DEJAVU + "DejaVuSerif.ttf"
    face["plain"] = Ligated(path, "DejaVuSerif", to_unicode={"\ufb01": "fi"})
    face["bold"] = Ligated(typeset.DEJAVU + "DejaVuSerif-Bold.ttf", "DejaVuSerif-Bold",
                           to_unicode={"\ufb01": "fi"})
    return face


TYPE3 = bare(
    "glyphs-type3",
    "A Type 3 font of boxes and strokes beside ordinary text; its ToUnicode tells the letters",
    [
        Heading("Counting with sticks", 1),
        Paragraph("The tally in the next line is drawn with a font of strokes."),
        Paragraph("LIT ILL TILT"),
        Paragraph("It was cut into the door frame in 1911, and nobody knows what was counted."),
    ],
)


class Sticks:
    """A Type 3 font with the letters I, L and T."""

    DRAWN = {
        "I": "1000 0 0 0 700 700 d1 300 0 100 700 re f",
        "L": "1000 0 0 0 700 700 d1 100 0 100 700 re 100 0 500 100 re f",
        "T": "1000 0 0 0 700 700 d1 300 0 100 700 re 0 600 700 100 re f",
        " ": "500 0 0 0 0 0 d1",
    }

    def encode(self, text):
        return text.encode("ascii")

    def width(self, text, size):
        return sum(0.5 if character == " " else 1.0 for character in text) * size

    def object(self, writer):
        names = {"I": "a1", "L": "a2", "T": "a3", " ": "a4"}
        lines = "".join(f"<{ord(c):02x}> <{ord(c):04x}>\n" for c in names)
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Sticks def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange {len(names)} beginbfchar\n{lines}"
            "endbfchar endcmap end end"
        )
        differences = []
        for character, name in sorted(names.items()):
            differences += [ord(character), Name(name)]
        widths = [0] * 96
        for character in names:
            widths[ord(character) - 32] = 500 if character == " " else 1000
        return {
            "Type": Name("Font"), "Subtype": Name("Type3"), "FontBBox": [0, 0, 700, 700],
            "FontMatrix": [0.001, 0, 0, 0.001, 0, 0],
            "CharProcs": {name: writer.add(Stream(self.DRAWN[c].encode()))
                          for c, name in names.items()},
            "Encoding": {"Type": Name("Encoding"), "Differences": differences},
            "FirstChar": 32, "LastChar": 127, "Widths": widths,
            "ToUnicode": writer.add(Stream(cmap.encode())), "Resources": {},
        }


def sticks(pages, face):
    page = pages[0]
    page.text(72, 100, "Counting with sticks", face["bold"], 15)
    draw_lines(page, face, TYPE3.blocks[1].text, 126)
    page.text(72, 160, "LIT ILL TILT", Sticks(), 12)
    draw_lines(page, face, TYPE3.blocks[3].text, 190)


ACTUAL = bare(
    "glyphs-actual-text",
    "ActualText replaces what the glyphs say: a drawn initial, a broken word, an ornament",
    [
        Heading("The apprentice", 1),
        Paragraph(
            "Once a month the apprentice was allowed to wind the clock by herself, and the mill-"
            "stone did not complain."
        ),
        Paragraph("Signed: Ida Marsh"),
    ],
)
ACTUAL.blocks[1].text = ACTUAL.blocks[1].text.replace("mill-stone", "millstone")


def replaced(page, shown, actual, x, y, font, size):
    """Shows glyphs that stand for other text."""
    page.op(f"/Span <</ActualText <feff{actual.encode('utf-16-be').hex()}>>> BDC")
    page.text(x, y, shown, font, size)
    page.op("EMC")
    return x + font.width(shown, size)


def actual_text(pages, face):
    page, plain = pages[0], face["plain"]
    page.text(72, 100, "The apprentice", face["bold"], 15)
    x = replaced(page, "0", "O", 72, 130, plain, 10.5)
    page.text(x, 130, "nce a month the apprentice was allowed to wind the clock by herself, and the ",
              plain, 10.5)
    x += plain.width("nce a month the apprentice was allowed to wind the clock by herself, and the ", 10.5)
    page.op(f"/Span <</ActualText <feff{'millstone'.encode('utf-16-be').hex()}>>> BDC")
    page.text(x, 130, "mill-", plain, 10.5)
    page.text(72, 143, "stone", plain, 10.5)
    page.op("EMC")
    page.text(72 + plain.width("stone ", 10.5), 143, "did not complain.", plain, 10.5)
    page.text(72, 170, "Signed: ", plain, 10.5)
    replaced(page, "~~~~~", "Ida Marsh", 72 + plain.width("Signed: ", 10.5), 170, plain, 10.5)


VERTICAL = bare(
    "glyphs-vertical",
    "Japanese in vertical writing mode, columns from right to left, a real Identity-V font",
    [
        Heading("\u6728\u306e\u6a4b", 1),
        Paragraph(
            "\u6751\u306e\u5916\u308c\u306b\u53e4\u3044\u6728\u306e\u6a4b\u304c\u3042\u308b\u3002"
            "\u6bce\u671d\u5b66\u6821\u3078\u884c\u304f\u5b50\u4f9b\u305f\u3061\u304c\u305d\u306e"
            "\u4e0a\u3092\u8d70\u3063\u3066\u6e21\u308b\u3002\u6625\u306b\u306f\u5ddd\u306e\u6c34"
            "\u304c\u5897\u3048\u3066\u3001\u6a4b\u306e\u677f\u304c\u6fe1\u308c\u308b\u3002"
        ),
        Paragraph(
            "\u79cb\u306b\u306a\u308b\u3068\u3001\u7d05\u3044\u8449\u304c\u6c34\u306e\u4e0a\u3092"
            "\u9759\u304b\u306b\u6d41\u308c\u3066\u884c\u304f\u3002"
        ),
    ],
    language="ja",
)


def vertical_face():
    return {kind: fonts.TrueType(DROID, "DroidSansFallback", vertical=True)
            for kind in ("plain", "bold", "italic", "mono")}


def vertical(pages, face):
    """Columns of at most 24 characters, from the right edge of the page to the left."""
    page, x = pages[0], 480.0
    page.text(x, 90, VERTICAL.blocks[0].text, face["plain"], 20)
    x -= 40
    for block in VERTICAL.blocks[1:]:
        for start in range(0, len(block.text), 24):
            page.text(x, 90, block.text[start : start + 24], face["plain"], 13)
            x -= 22
        x -= 12


COMBINED = bare(
    "glyphs-combining",
    "Accents drawn as glyphs of their own over their letters",
    [
        Heading("Caf\u00e9 M\u00fcller", 1),
        Paragraph("The caf\u00e9 at the pier was opened by a Se\u00f1or M\u00fcller from M\u00e1laga."),
    ],
)


def combining(pages, face):
    """Each accent is set back over the letter before it, as old typesetting programs did."""
    import unicodedata

    page = pages[0]
    for block, y, size, font in ((COMBINED.blocks[0], 100, 15, face["bold"]),
                                 (COMBINED.blocks[1], 130, 10.5, face["plain"])):
        parts = []
        for character in unicodedata.normalize("NFD", block.text):
            if unicodedata.combining(character):
                back = font.width(parts[-1][-1], size) - font.middle(parts[-1][-1], size)
                back += font.middle(character, size)
                parts += [-back, character, back - font.width(character, size)]
            elif parts and isinstance(parts[-1], str) and not unicodedata.combining(parts[-1][-1]):
                parts[-1] += character
            else:
                parts.append(character)
        page.line(72, y, [(font, size, 0, (0, 0, 0), parts)])


UNMAPPED = bare(
    "glyphs-unmapped",
    "A line whose font tells no Unicode: it must be counted, and nothing may be invented for it",
    [
        Heading("An honest gap", 1),
        Paragraph("The line below can be seen and not read by a program."),
        Paragraph("After it the text goes on."),
    ],
    facts={"unmapped": True},
)


# Enough different letters that their glyph numbers reach those of printable characters: a program
# that takes numbers for letters shows itself.
UNREADABLE = "Waltz, bad nymph, for quick jigs vex; PACK MY BOX WITH FIVE DOZEN JUGS 0123456789"


def unmapped_face():
    face = typeset.face_of("times")
    face["mono"] = fonts.TrueType(typeset.DEJAVU + "DejaVuSerif.ttf", "ABCDEF", to_unicode=False)
    return face


def unmapped(pages, face):
    page, blocks = pages[0], UNMAPPED.blocks
    page.text(72, 90, blocks[0].text, face["bold"], 16)
    page.text(72, 116, blocks[1].text, face["plain"], 10.5)
    page.text(72, 140, UNREADABLE, face["mono"], 10.5)
    page.text(72, 164, blocks[2].text, face["plain"], 10.5)


def by_hand(document, draw, **options):
    """A document whose pages are drawn by `draw` alone; the blocks only tell the truth."""
    return (document, typeset, {"draw": draw, "by_hand": True, **options})


DOCUMENTS = [
    by_hand(SPACED, spaced, face="helvetica"),
    by_hand(BOLD, fake_bold, face="helvetica"),
    (LIGATURES, typeset, {"face": ligated_face}),
    by_hand(TYPE3, sticks),
    by_hand(ACTUAL, actual_text),
    by_hand(VERTICAL, vertical, face=vertical_face),
    by_hand(COMBINED, combining, face="dejavu"),
    by_hand(UNMAPPED, unmapped, face=unmapped_face),
]
