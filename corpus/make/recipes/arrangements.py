"""Arrangements of a page that ask for its reading order: sidebars, cards, margins, spreads."""

import prose
import typeset
from source import (
    Caption,
    Document,
    Figure,
    Heading,
    Lines,
    Paragraph,
    Quote,
    Title,
    pieces,
)

DOCUMENTS = []


def wrap(font, text, width, size):
    lines, line = [], ""
    for word in text.split(" "):
        if line and font.width(f"{line} {word}", size) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return lines + [line]


class Sheet:
    """Text set by hand; `down` is the baseline of the next line."""

    def __init__(self, page, face):
        self.page, self.face, self.down = page, face, 90.0

    def lines(self, lines, x, size=10.5, kind="plain", leading=1.25, centre=0.0, right=0.0):
        font = self.face[kind]
        for line in lines:
            width = font.width(line, size)
            at = x + (centre - width) / 2 if centre else x + right - width if right else x
            self.page.text(at, self.down, line, font, size)
            self.down += size * leading

    def prose(self, text, x, width, size=10.5, kind="plain", space=6.0):
        self.lines(wrap(self.face[kind], text, width, size), x, size, kind)
        self.down += space

    def heading(self, text, x, size=14.0):
        self.lines([text], x, size, "bold")
        self.down += 4


def arrangement(name, summary, blocks, **options):
    """Registers a document whose pages the decorated function draws."""

    def register(draw):
        document = Document(name=f"arrange-{name}", family="arrangements", summary=summary,
                            blocks=blocks)

        def drawn(pages, face):
            draw(Sheet(pages[0], face), blocks)

        DOCUMENTS.append((document, typeset, {"by_hand": True, "draw": drawn, **options}))
        return draw

    return register


BREAD, MAPS, BEES, CLOCK = prose.BREAD, prose.MAPS, prose.BEES, prose.CLOCK


def paragraphs(*texts):
    return [Paragraph(text) for text in texts]


@arrangement("sidebar", "Two columns, and a shaded sidebar in the second that is read by itself",
             [Heading("Bread in two days", 1), *paragraphs(*BREAD[:6]),
              Heading("What is needed", 2),
              *paragraphs("A bowl with a lid, larger than seems right.",
                          "A dish of water for the floor of the oven.")])
def sidebar(sheet, blocks):
    texts = [block.text for block in blocks]
    sheet.heading(texts[0], 60, 16)
    top = sheet.down
    for text in texts[1:5]:
        sheet.prose(text, 60, 225)
    sheet.down = top
    for text in texts[5:7]:
        sheet.prose(text, 310, 225)
    sheet.page.fill(310, sheet.down, 225, 110, (0.9, 0.9, 0.82))
    sheet.down += 24
    sheet.heading(texts[7], 322, 12)
    for text in texts[8:]:
        sheet.prose(text, 322, 200, 9.5)


CARDS = [("Boats", "Eleven with names and two without. The number is that of the rack."),
         ("Keys", "The harbour office keeps one, the chairwoman another, and nobody a third."),
         ("Slip", "It may be used from April to October, and in ice by those who insist."),
         ("Money", "Forty a year, due in March, and asked for in June by letter.")]


@arrangement("cards", "Four framed cards, two in a row, each read through before the next",
             [Title("The club at a glance")]
             + [block for head, text in CARDS for block in (Heading(head, 1), Paragraph(text))])
def cards(sheet, blocks):
    sheet.heading(blocks[0].text, 60, 20)
    for index, (head, text) in enumerate(CARDS):
        x, y = 60 + 245 * (index % 2), 130 + 130 * (index // 2)
        sheet.page.fill(x, y, 225, 105, (0.86, 0.9, 0.95))
        sheet.down = y + 26
        sheet.heading(head, x + 14, 13)
        sheet.prose(text, x + 14, 195)


@arrangement("margin-notes", "Notes in the outer margin beside the text that they belong to",
             [Heading("How the valley was measured", 1), *paragraphs(*MAPS[:4]),
              *paragraphs("A chain is sixty-six feet.", "The kettle is in the museum.")])
def margin_notes(sheet, blocks):
    texts = [block.text for block in blocks]
    sheet.heading(texts[0], 60, 16)
    marks = []
    for text in texts[1:5]:
        marks.append(sheet.down)
        sheet.prose(text, 60, 330)
    for text, mark in zip(texts[5:], (marks[1], marks[3])):
        sheet.down = mark
        sheet.lines(wrap(sheet.face["italic"], text, 110, 8), 425, 8, "italic")


@arrangement("spread", "Two pages of a book on one wide sheet, each of one column",
             [Heading("The clock", 1), *paragraphs(*CLOCK[:4]), Heading("The bees", 1),
              *paragraphs(*BEES[:4])],
             width=842.0, height=595.0)
def spread(sheet, blocks):
    texts = [block.text for block in blocks]
    for start, x in ((0, 60), (5, 471)):
        sheet.down = 90
        sheet.heading(texts[start], x, 16)
        for text in texts[start + 1 : start + 5]:
            sheet.prose(text, x, 310)


@arrangement("drop-cap", "A capital over three lines begins the first paragraph",
             [Heading("The second survey", 1), *paragraphs(MAPS[2], MAPS[3])])
def drop_cap(sheet, blocks):
    sheet.heading(blocks[0].text, 72, 16)
    font, text = sheet.face["plain"], blocks[1].text
    sheet.page.text(72, sheet.down + 26.2, text[0], font, 46)
    room = font.width(text[0], 46) + 4
    first = wrap(font, text[1:], 400 - room, 10.5)[:3]
    sheet.lines(first, 72 + room)
    rest = text[1:][len(" ".join(first)) + 1 :]
    sheet.prose(rest, 72, 400)
    sheet.prose(blocks[2].text, 72, 400)


@arrangement("captions-above", "Figures named above and below them, and a table-like one beside",
             [Heading("What the gauges drew", 1), Paragraph(BEES[4]),
              Caption("Figure 1. The first week."), Figure(), Paragraph(BEES[5]), Figure(),
              Caption("Figure 2. The second week."), Paragraph(BEES[6])])
def captions_above(sheet, blocks):
    sheet.heading(blocks[0].text, 72, 16)
    sheet.prose(blocks[1].text, 72, 420)
    sheet.lines([blocks[2].text], 72, 9)
    drawing(sheet, 72, 300, 70)
    sheet.down += 26
    sheet.prose(blocks[4].text, 72, 420)
    sheet.down -= 10
    drawing(sheet, 72, 300, 70)
    sheet.down += 14
    sheet.lines([blocks[6].text], 72, 9)
    sheet.down += 16
    sheet.prose(blocks[7].text, 72, 420)


def drawing(sheet, x, width, height):
    page, base = sheet.page, sheet.page.height - sheet.down - height
    page.op("0.2 0.4 0.5 RG 1 w")
    steps = 14
    path = " ".join(f"{x + width * i / steps:.1f} {base + height * (0.2 + 0.6 * (i * 5 % 7) / 7):.1f} "
                    f"{'l' if i else 'm'}" for i in range(steps + 1))
    page.op(path + " S")
    sheet.down += height


@arrangement("figure-text", "A drawing with words in it, kept in its place, and its caption",
             [Heading("The brook and its names", 1), Paragraph(MAPS[4]), Figure(),
              Paragraph("Withy Brook"), Paragraph("Mill Leat"),
              Caption("Figure 1. The same water by two of its names."), Paragraph(MAPS[5])])
def figure_text(sheet, blocks):
    sheet.heading(blocks[0].text, 72, 16)
    sheet.prose(blocks[1].text, 72, 420)
    top = sheet.down
    drawing(sheet, 72, 320, 110)
    end = sheet.down
    sheet.page.text(120, top + 30, "Withy Brook", sheet.face["plain"], 8)
    sheet.page.text(260, top + 84, "Mill Leat", sheet.face["plain"], 8)
    sheet.down = end + 14
    sheet.lines([blocks[5].text], 72, 9)
    sheet.down += 16
    sheet.prose(blocks[6].text, 72, 420)


@arrangement("rotated-label", "A word set upwards along the edge of the page, read by itself",
             [Heading("Opening the hives", 1), *paragraphs(*BEES[:3]), Paragraph("Spring report")])
def rotated_label(sheet, blocks):
    sheet.heading(blocks[0].text, 110, 16)
    for block in blocks[1:4]:
        sheet.prose(block.text, 110, 390)
    sheet.page.text(62, 330, blocks[4].text, sheet.face["plain"], 14, turn=(0, 1))


@arrangement("l-shape", "A title across two of three columns, a short third beside it",
             [Heading("News from the harbour", 1), *paragraphs(*BREAD[:4]), Heading("In short", 2),
              *paragraphs("The tram runs again.", "The bus does not.", "The clock is right twice.")])
def l_shape(sheet, blocks):
    texts = [block.text for block in blocks]
    sheet.lines([texts[0]], 60, 24, "bold")
    sheet.down += 8
    top = sheet.down
    for x, pair in ((60, texts[1:3]), (230, texts[3:5])):
        sheet.down = top
        for text in pair:
            sheet.prose(text, x, 155)
    sheet.down = 90
    sheet.lines([texts[5]], 405, 12, "bold")
    sheet.down += 4
    for text in texts[6:]:
        sheet.prose(text, 405, 130, 9.5)


@arrangement("interleaved", "Columns whose lines the file holds row by row, across the gutter",
             [Heading("Two essays at once", 1), *paragraphs(CLOCK[0], CLOCK[1], BEES[0], BEES[1])])
def interleaved(sheet, blocks):
    sheet.heading(blocks[0].text, 60, 16)
    font, top, rows = sheet.face["plain"], sheet.down, []
    for x, pair in ((60, blocks[1:3]), (310, blocks[3:5])):
        y = top
        for block in pair:
            for line in wrap(font, block.text, 225, 10.5):
                rows.append((y, x, line))
                y += 13.1
            y += 6
    for y, x, line in sorted(rows):
        sheet.page.text(x, y, line, font, 10.5)


# ---- notes ----


def marked_words(text, count):
    """Words of `text` as (word, mark): the mark of a footnote behind the word, or ""."""
    words, notes = [], []
    for piece in pieces(text):
        if piece.kind == "note":
            notes.append(piece.text)
            words[-1] = (words[-1][0], str(count + len(notes)))
        else:
            glued = piece.text[:1] not in ("", " ") and words
            parts = piece.text.split()
            if glued and parts:
                words[-1] = (words[-1][0] + parts[0], words[-1][1])
                parts = parts[1:]
            words += [(part, "") for part in parts]
    return words, notes


def marked_prose(sheet, text, x, width, count, size=10.5):
    """Sets text with raised marks; returns its notes."""
    font = sheet.face["plain"]
    words, notes = marked_words(text, count)
    line, used = [], 0.0

    def flush():
        runs = []
        for index, (word, mark) in enumerate(line):
            runs.append((font, size, 0, (0, 0, 0), [(" " if index else "") + word]))
            if mark:
                runs.append((font, size * 0.6, size * 0.36, (0, 0, 0), [mark]))
        sheet.page.line(x, sheet.down, runs)
        sheet.down += size * 1.25

    for word, mark in words:
        need = font.width(f" {word}", size) + font.width(mark, size * 0.6)
        if line and used + need > width:
            flush()
            line, used = [], 0.0
        line.append((word, mark))
        used += need
    flush()
    sheet.down += 6
    return notes


@arrangement("endnotes", "Notes at the end of the text, under a heading of their own",
             [Heading("Wintering", 1),
              Paragraph("Four of the nine colonies had wintered well^[All of them in the old boxes.] and "
                        "two had died with full combs above them. The cause was not found."),
              Paragraph("The weak ones were united in pairs^[With a sheet of newspaper between the "
                        "boxes.] and have been busy since, as the scale hive shows every day"
                        "^[Except on Sundays.] when it is read."),
              Heading("Notes", 2)])
def endnotes(sheet, blocks):
    sheet.heading(blocks[0].text, 72, 16)
    notes = []
    for block in blocks[1:3]:
        notes += marked_prose(sheet, block.text, 72, 400, len(notes))
    sheet.down += 10
    sheet.heading(blocks[3].text, 72, 13)
    for number, note in enumerate(notes, 1):
        sheet.lines([f"{number}. {note}"], 72, 9)
        sheet.down += 3


@arrangement("column-notes", "Two columns, each with the notes of its own text at its foot",
             [Heading("Two surveys", 1),
              Paragraph("They began at the church and ended at the quarry^[Their money was spent.] in "
                        "the autumn. Their sheet is still exact to within a yard, which is more than "
                        "can be said of the wall."),
              Paragraph("The second survey took eleven years^[The wall is missing from it.] and had an "
                        "argument with the landowner. Walkers who trust the sheet are surprised by it "
                        "every spring, and have written letters.")])
def column_notes(sheet, blocks):
    sheet.heading(blocks[0].text, 60, 16)
    top, count = sheet.down, 0
    for block, x in zip(blocks[1:], (60, 310)):
        sheet.down = top
        notes = marked_prose(sheet, block.text, x, 225, count)
        sheet.page.rule(x, 700, x + 70, 700)
        sheet.down = 712
        for note in notes:
            count += 1
            sheet.page.line(x, sheet.down, [(sheet.face["plain"], 5, 3, (0, 0, 0), [str(count)]),
                                            (sheet.face["plain"], 8, 0, (0, 0, 0), [f" {note}"])])
            sheet.down += 10


# ---- lines that mean something ----


VERSE = ["The clock upon the tower is slow,", "the baker winds it in the snow,",
         "and every hour that it has lost", "is entered in the book of cost."]
SECOND = ["The mercury has climbed the glass,", "the pendulum may hardly pass,",
          "and those who trust it miss the train", "and wait till it comes round again."]


@arrangement("verse", "Two stanzas between paragraphs, their lines kept",
             [Heading("A rhyme about the clock", 1), Paragraph(CLOCK[1]),
              Lines(VERSE), Lines(SECOND), Paragraph(CLOCK[3])])
def verse(sheet, blocks):
    sheet.heading(blocks[0].text, 72, 16)
    sheet.prose(blocks[1].text, 72, 430)
    sheet.down += 6
    for stanza in (VERSE, SECOND):
        sheet.lines(stanza, 130)
        sheet.down += 10
    sheet.prose(blocks[4].text, 72, 430)


ADDRESS = ["Miss Adaeze Whitlock", "The Old School House", "3 Quarry Lane", "Stillwater"]


@arrangement("address", "A letter with the address of its reader, line by line",
             [Lines(ADDRESS), Paragraph("14 March 2024"),
              Heading("Your telescope", 1), *paragraphs(MAPS[5], MAPS[6])])
def address(sheet, blocks):
    sheet.lines(ADDRESS, 72)
    sheet.down += 20
    sheet.lines([blocks[1].text], 72, right=430)
    sheet.down += 16
    sheet.heading(blocks[2].text, 72, 13)
    for block in blocks[3:]:
        sheet.prose(block.text, 72, 430)


@arrangement("quote", "A quotation, set in on both sides and smaller",
             [Heading("On crusts", 1), Paragraph(BREAD[4]), Quote(BREAD[5]), Paragraph(BREAD[6])])
def quote(sheet, blocks):
    sheet.heading(blocks[0].text, 72, 16)
    sheet.prose(blocks[1].text, 72, 430)
    sheet.prose(blocks[2].text, 108, 358, 9.5)
    sheet.prose(blocks[3].text, 72, 430)
