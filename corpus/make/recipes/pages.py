"""Pages as such: turned, cropped, scaled, labelled, many; running heads, links, attachments."""

import prose
import roff
import tools
import typeset
from pdf import Name, Stream
from source import ColumnBreak, Document, Heading, List, Paragraph, Table, Title

FLAT = [
    Heading("Winding the tower clock", 1),
    Paragraph(prose.CLOCK[0]),
    Paragraph(prose.CLOCK[1]),
    Heading("Its weather", 2),
    Paragraph(prose.CLOCK[2]),
    Table(
        [["Weight", "Drives", "Falls in"], ["Stone", "hours", "8 days"], ["Iron", "quarters", "8 days"],
         ["Lead", "going", "30 hours"]],
        align="lll",
        widths=[90, 90, 90],
    ),
]


def again(blocks):
    """Fresh copies, since a typesetter notes pages in the blocks."""
    import copy

    return copy.deepcopy(blocks)


def rotated(angle):
    """Text that stands upright when the page is shown turned by `angle`."""
    return Document(
        name=f"page-rotate-{angle}",
        family="pages",
        summary=f"A page with /Rotate {angle} whose text is upright as displayed",
        blocks=again(FLAT),
        facts={"rotate": [angle]},
    )


def turn_pages(angle):
    """Turns the content against the page's rotation, so that it is read upright."""

    def draw(pages, face):
        for page in pages:
            width, height = page.width, page.height
            cos, sin, right, up = {
                90: (0, 1, height, 0),
                180: (-1, 0, width, height),
                270: (0, -1, 0, width),
            }[angle]
            page.out.insert(0, f"{cos} {sin} {-sin} {cos} {right:g} {up:g} cm".encode())
            page.entries["Rotate"] = angle
            if angle != 180:
                page.entries["MediaBox"] = [0, 0, height, width]

    return draw


CROP = Document(
    name="page-crop",
    family="pages",
    summary="A crop box smaller than the media box and away from the origin; printer's marks outside",
    blocks=again(FLAT),
    hidden=["SHEET 3 OF 8", "CUT HERE"],
)


def crop(pages, face):
    for page in pages:
        page.text(20, 24, "SHEET 3 OF 8", face["plain"], 8)
        page.text(430, 830, "CUT HERE", face["plain"], 8)
        page.entries["CropBox"] = [40, 30, page.width - 40, page.height - 40]
        page.entries["MediaBox"] = [-10, -20, page.width + 10, page.height]


UNIT = Document(
    name="page-user-unit",
    family="pages",
    summary="A page of half size with UserUnit 2",
    blocks=again(FLAT),
)


def user_unit(pages, face):
    for page in pages:
        page.entries["UserUnit"] = 2


SIDE = Document(
    name="page-side-text",
    family="pages",
    summary="A label that runs up the margin and one that runs down it, beside upright text",
    blocks=again(FLAT)
    + [Paragraph("Inventory of the town hall, volume four", "drawn"),
       Paragraph("Do not remove from the cupboard", "drawn")],
)


def side_text(pages, face):
    page = pages[0]
    page.text(40, 560, "Inventory of the town hall, volume four", face["plain"], 10, turn=(0, 1))
    page.text(560, 260, "Do not remove from the cupboard", face["plain"], 10, turn=(0, -1))


LABELS = ["i", "ii", "iii", "1", "2", "3", "A-1"]
LABELLED = Document(
    name="page-labels",
    family="pages",
    summary="Roman, arabic and prefixed page labels that are also printed",
    footer="|%|",
    header_on_first=True,
    facts={"labels": LABELS},
    blocks=[
        Title("A field guide to one hedge"),
        Paragraph("Second edition, corrected by readers."),
        ColumnBreak(),
        Heading("Preface", 1),
        Paragraph(prose.MAPS[6]),
        ColumnBreak(),
        Heading("Thanks", 1),
        Paragraph("To everybody who sent in leaves, and to those who wrote on the envelope where from."),
        ColumnBreak(),
        Heading("Hawthorn", 1),
        Paragraph(
            "Hawthorn makes the body of the hedge. It is cut every third winter, half through near the "
            "ground, and laid over like a drawbridge; what looks like cruelty is the reason that "
            "hedges outlive the people who plant them."
        ),
        ColumnBreak(),
        Heading("Field maple", 1),
        Paragraph(
            "Field maple is found wherever the soil is good. Its leaf is a hand with blunt fingers, and "
            "in October it is the only yellow that can be seen from the road."
        ),
        ColumnBreak(),
        Heading("Bramble", 1),
        Paragraph(
            "Bramble is not planted, it arrives. It is the door of the hedge: what wants to get in comes "
            "through it, and what wants to get out pays in wool."
        ),
        ColumnBreak(),
        Heading("Appendix", 1),
        Paragraph("Measure the hedge in paces, multiply by three and take off a tenth for the gate."),
    ],
)


def label_pages(writer, references, catalog):
    catalog["PageLabels"] = {
        "Nums": [
            0, {"S": Name("r")},
            3, {"S": Name("D")},
            6, {"S": Name("D"), "P": "A-"},
        ]
    }


LINKED = Document(
    name="page-links",
    family="pages",
    summary="Links to addresses and to places in the document, an outline of two levels",
    blocks=[
        Title("Where to find what"),
        Paragraph(
            "The timetable is on [page two](#timetable), the fares are on [page three](#fares). Both "
            "are kept up to date on [our site](https://ferries.example.org/today); complaints are read "
            "at [the harbour office](mailto:office@ferries.example.org)."
        ),
        ColumnBreak(),
        Heading("Timetable", 1, anchor="timetable"),
        Paragraph("Boats leave at every full hour while it is light. See [fares](#fares)."),
        Heading("In winter", 2),
        Paragraph("In winter there are three boats a day, and none on the twenty-fourth of December."),
        ColumnBreak(),
        Heading("Fares", 1, anchor="fares"),
        List(["Adults 4.20", "Children 2.10", "Dogs and bicycles free"]),
        Paragraph("Details are in [the tariff](https://ferries.example.org/tariff?year=2024&lang=en)."),
    ],
)

ATTACHED = Document(
    name="page-attachments",
    family="pages",
    summary="Two files attached, and metadata",
    title="Readings with their data",
    facts={
        "attachments": [
            {"name": "readings.csv", "size": 61},
            {"name": "how to read them.txt", "size": 47},
        ],
        "metadata": {"title": "Readings with their data"},
    },
    blocks=[
        Heading("Readings with their data", 1),
        Paragraph(
            "The figures that this page is drawn from are attached to it as a file of comma separated "
            "values, with a note on the units. Whoever prints the page loses them."
        ),
    ],
)
FILES = [
    ("readings.csv", b"station,time,level\nHollin Bridge,06:00,0.84\nMill Lane,06:00,0.9",
     "text/csv"),
    ("how to read them.txt", b"Levels are in metres above the sill of the weir", "text/plain"),
]


def attach(writer, references, catalog):
    names = []
    for name, data, kind in sorted(FILES):
        data = data[: {"readings.csv": 61}.get(name, 47)]
        stream = writer.add(Stream(data, {
            "Type": Name("EmbeddedFile"),
            "Subtype": Name(kind.replace("/", "#2F")),
            "Params": {"Size": len(data)},
        }))
        names += [name.encode("ascii"), writer.add({
            "Type": Name("Filespec"), "F": name.encode("ascii"), "UF": name,
            "EF": {"F": stream}, "Desc": "from the station",
        })]
    catalog["Names"] = {"EmbeddedFiles": {"Names": names}}


CHAPTERS = (
    ("Bread", prose.BREAD),
    ("Maps", prose.MAPS),
    ("Bees", prose.BEES),
    ("The tram", prose.TRAM),
    ("The clock", prose.CLOCK),
)


def book_blocks(numbered):
    blocks = [Title("Five plain essays")]
    for index, (name, texts) in enumerate(CHAPTERS, 1):
        if index > 1:
            blocks.append(ColumnBreak())
        blocks.append(Heading(name, 1, str(index) if numbered else ""))
        blocks += [Paragraph(text) for text in texts]
    return blocks


BOOK = Document(
    name="book-running-heads",
    family="pages",
    summary="Many small pages with running heads and page numbers at the foot",
    header="Five plain essays||Orchard Trust",
    footer="|\u2013 % \u2013|",
    blocks=book_blocks(False),
)

OUTER = Document(
    name="book-outer-numbers",
    family="pages",
    summary="Running heads with the page number in them, set by groff, many pages",
    header="Five plain essays||Page %",
    header_on_first=True,
    blocks=book_blocks(True),
)

PACKED = Document(
    name="page-object-streams",
    family="pages",
    summary="Objects in compressed streams, linearized: nothing to be seen, much to be found",
    blocks=again(FLAT),
)

SMALL = {"width": 360.0, "height": 500.0, "margins": (48, 64, 48, 60), "size": 10}

DOCUMENTS = [
    *[(rotated(angle), typeset,
       {"draw": turn_pages(angle), **({"width": 842.0, "height": 595.0} if angle == 270 else {})})
      for angle in (90, 180, 270)],
    (CROP, typeset, {"draw": crop}),
    (UNIT, typeset, {"draw": user_unit, "width": 298.0, "height": 421.0, "size": 5.5,
                     "margins": (36, 40, 36, 36), "heading_sizes": (9.0, 7.0, 6, 6)}),
    (SIDE, typeset, {"draw": side_text, "margins": (80, 72, 80, 72)}),
    (LABELLED, typeset, {"finish": label_pages, **SMALL}),
    (LINKED, typeset, {"outline": True, **SMALL}),
    (ATTACHED, typeset, {"finish": attach}),
    (BOOK, typeset, SMALL),
    (OUTER, roff, {"size": 12, "preamble": [".nr LL 5i", ".nr PO 1.6i", ".nr HM 2i", ".nr FM 2.5i"]}),
    (PACKED, typeset, {"qpdf": ["--object-streams=generate", "--linearize"]}),
]
