"""Printed forms without fields of the file's own: lines, boxes, combs and cells to write in."""

import types

import pdf
import tools
from pdf import Name, Stream
from source import Document

WIDTH, HEIGHT = 595.0, 842.0
LABEL, SMALL, WRITTEN = 10.0, 6.5, 10.0


class Sheet:
    """What is drawn on a page, and what a faultless reader says of its fields."""

    def __init__(self, title):
        self.drawn, self.fields = [], []
        self.text(title, 60, 70, 16.0, "F2")

    def text(self, text, x, y, size=LABEL, font="F1"):
        safe = text.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
        self.drawn.append(b"BT /%s %g Tf %g %g Td (%s) Tj ET"
                          % (font.encode(), size, x, HEIGHT - y, safe))

    def rule(self, x0, y0, x1, y1, width=0.5):
        self.drawn.append(b"%g w %g %g m %g %g l S" % (width, x0, HEIGHT - y0, x1, HEIGHT - y1))

    def box(self, x0, y0, x1, y1):
        self.drawn.append(b"0.5 w %g %g %g %g re S" % (x0, HEIGHT - y1, x1 - x0, y1 - y0))

    def tell(self, label, value):
        self.fields.append({"name": None, "label": label, "type": "key_value", "value": value,
                            "page": 1})


def lines(rows):
    """A rule behind each label; the second half are underscores, as typed."""
    sheet = Sheet("Registration of a boat")
    for index, (label, value, *more) in enumerate(rows):
        y = 120 + 24 * index
        sheet.text(label, 60, y)
        if "typed" in more:
            sheet.text(value or "_" * 40, 200, y)
        else:
            sheet.rule(180, y + 2, 480, y + 2)
            if value:
                sheet.text(value, 186, y - 1)
        sheet.tell(label.rstrip(": "), value)
    sheet.text("The harbour master keeps this sheet for ten years and gives a copy of it to nobody but", 60, 400)
    sheet.text("the owner. Whoever sells a boat tells the office within a fortnight.", 60, 413)
    return sheet


def boxes(rows):
    """A box behind each label, or under it."""
    sheet = Sheet("Order of a mooring")
    for index, (label, value, *more) in enumerate(rows):
        y = 120 + 40 * index
        x = 60 if "under" in more else 190
        top = y + 4 if "under" in more else y - 12
        sheet.text(label, 60, y)
        sheet.box(x, top, x + 260, top + 17)
        if value:
            sheet.text(value, x + 4, top + 12)
        sheet.tell(label.rstrip(": "), value)
    return sheet


def combs(rows):
    """A cell for each character: one box with strokes, or boxes side by side."""
    sheet = Sheet("Transfer to another account")
    for index, (label, value, cells, *more) in enumerate(rows):
        y, pitch = 130 + 40 * index, 15.0
        sheet.text(label, 60, y)
        if "apart" in more:
            for cell in range(cells):
                sheet.box(190 + cell * (pitch + 2), y - 12, 190 + cell * (pitch + 2) + pitch, y + 5)
        else:
            sheet.box(190, y - 12, 190 + cells * pitch, y + 5)
            for cell in range(1, cells):
                sheet.rule(190 + cell * pitch, y - 12, 190 + cell * pitch, y + 5)
        step = pitch + 2 if "apart" in more else pitch
        for cell, character in enumerate(value or ""):
            sheet.text(character, 190 + cell * step + 5, y)
        sheet.tell(label.rstrip(": "), value)
    return sheet


def corners(rows):
    """Cells of a lattice with a small label in the corner of each."""
    sheet = Sheet("Notice of arrival")
    y = 110
    for row in rows:
        sheet.rule(60, y, 535, y)
        share = 475 / len(row)
        for index, (label, value) in enumerate(row):
            x = 60 + index * share
            sheet.text(label, x + 3, y + 8, SMALL)
            if value:
                sheet.text(value, x + 6, y + 24, WRITTEN)
            sheet.rule(x, y, x, y + 30)
            sheet.tell(label.rstrip(": "), value)
        sheet.rule(535, y, 535, y + 30)
        y += 30
    sheet.rule(60, y, 535, y)
    return sheet


def signatures(signed):
    """Lines and a box to sign; what is signed is drawn by hand."""
    sheet = Sheet("Handing over of a boat")
    for index, (label, value) in enumerate([("Boat", "Heron"), ("Signature of the owner", None),
                                            ("Date:", "29 February 2024"), ("Signature", None)]):
        y = 140 + 44 * index
        sheet.text(label, 60, y)
        if index == 3:
            sheet.box(190, y - 14, 430, y + 8)
        else:
            sheet.rule(190, y + 2, 430, y + 2)
        if value:
            sheet.text(value, 194, y - 1)
        if value is None and signed:
            sheet.drawn.append(b"1 w %g %g m" % (200, HEIGHT - y) + b"".join(
                b" %g %g %g %g %g %g c" % (210 + 18 * k, HEIGHT - y + 16, 214 + 18 * k, HEIGHT - y - 3,
                                           218 + 18 * k, HEIGHT - y + 2 * (k % 3)) for k in range(6)) + b" S")
        if value is None:
            sheet.fields.append({"name": None, "label": label, "type": "signature", "value": None,
                                 "state": "selected" if signed else "unselected", "page": 1})
        else:
            sheet.tell(label.rstrip(":"), value)
    return sheet


def build(document, path, drawn):
    """One page; returns the number of pages."""
    writer = pdf.Writer()
    root, tree, page = writer.reserve(), writer.reserve(), writer.reserve()
    named = {name: writer.add({"Type": Name("Font"), "Subtype": Name("Type1"),
                               "BaseFont": Name(font), "Encoding": Name("WinAnsiEncoding")})
             for name, font in (("F1", "Helvetica"), ("F2", "Helvetica-Bold"))}
    writer.set(page, {"Type": Name("Page"), "Parent": tree, "MediaBox": [0, 0, WIDTH, HEIGHT],
                      "Resources": {"Font": named},
                      "Contents": writer.add(Stream(b"\n".join(drawn)))})
    writer.set(tree, {"Type": Name("Pages"), "Kids": [page], "Count": 1})
    writer.set(root, {"Type": Name("Catalog"), "Pages": tree})
    tools.write(path, writer.file(root))
    return 1


SETTER = types.SimpleNamespace(build=build)


def entry(name, summary, sheet):
    document = Document(name=name, family="printed", blocks=[], summary=summary,
                        facts={"only": ["fields", "page_count"], "needs": ["fields"],
                               "fields": sheet.fields})
    return (document, SETTER, {"drawn": sheet.drawn})


def emptied(rows):
    return [(label, None, *more) for label, _, *more in rows]


LINES = [("Name of the boat:", "Heron"), ("Length over all", "7.20 m"), ("Owner:", "Ida Marsh"),
         ("Home port", "Quay Haven"), ("Telephone:", "0417 55 12", "typed"),
         ("Built in:", "1987", "typed")]
BOXES = [("Surname", "Marsh"), ("Given name", "Ida"), ("Street and number", "7 Quay Street"),
         ("Berth wanted", "C 14", "under"), ("From", "29 February 2024", "under"),
         ("Remarks", "beside the crane", "under")]
COMBS = [("Member number", "0417553", 8), ("Postal code", "24103", 5),
         ("Amount", "1250", 8), ("Date of birth", "29021968", 8, "apart")]
CORNERS = [[("Name of vessel", "Heron"), ("Call sign", "DK4711"), ("Flag", "Denmark")],
           [("Last port of call", "Skagen"), ("Next port of call", "Bergen")],
           [("Master", "Ida Marsh"), ("Crew", "4"), ("Passengers", "11"), ("Draught", "1.9 m")]]
BLANK = [[(label, None) for label, _ in row] for row in CORNERS]

DOCUMENTS = [
    entry("printed-lines", "Lines to write on, filled in", lines(LINES)),
    entry("printed-lines-empty", "The same lines with nothing on them", lines(emptied(LINES))),
    entry("printed-boxes", "Boxes to write in, filled in", boxes(BOXES)),
    entry("printed-boxes-empty", "The same boxes with nothing in them", boxes(emptied(BOXES))),
    entry("printed-combs", "A cell for each character, filled in", combs(COMBS)),
    entry("printed-combs-empty", "The same cells with nothing in them", combs(emptied(COMBS))),
    entry("printed-corners", "Cells with their label in the corner, filled in", corners(CORNERS)),
    entry("printed-signatures", "A line and a box that are signed by hand", signatures(True)),
    entry("printed-signatures-empty", "The same before anybody signed", signatures(False)),
    entry("printed-corners-empty", "The same cells with nothing in them", corners(BLANK)),
]
