"""Pages as people lay them out: contents, slides, invoices, boxes, continued tables, figures."""

import prose
import typeset
from source import (
    Caption,
    Cell,
    Code,
    ColumnBreak,
    Columns,
    Contents,
    Document,
    Figure,
    Heading,
    List,
    Paragraph,
    Table,
    Title,
)


def document(name, summary, blocks, **more):
    return Document(name=name, family="layouts", summary=summary, blocks=blocks, **more)


CONTENTS = document(
    "layout-contents",
    "A table of contents with dotted leaders, then the first section",
    [
        Title("Handbook of the boat house"),
        Heading("Contents", 1),
        Contents(
            [
                (1, "1 The boats", 2),
                (2, "1.1 Names and numbers", 2),
                (2, "1.2 Which of them leak", 3),
                (1, "2 The slip", 5),
                (2, "2.1 In summer", 5),
                (2, "2.2 In ice", 6),
                (1, "3 Keys", 8),
                (1, "Index of persons", 9),
            ]
        ),
        ColumnBreak(),
        Heading("The boats", 1, "1"),
        Heading("Names and numbers", 2, "1.1"),
        Paragraph(
            "The Club has eleven boats with names and two without. A number is painted on the bow of "
            "each; it is the number of the rack and not of the boat, as visitors find out."
        ),
        Heading("Which of them leak", 2, "1.2"),
        Paragraph("All of them in April, when the wood is dry. Two of them in September as well."),
    ],
    footer="|%|",
    header_on_first=True,
)

SLIDES = document(
    "layout-slides",
    "Three landscape slides with large text and a footer",
    [
        Title("Teaching a village to count birds"),
        Paragraph("Adaeze Whitlock, winter meeting"),
        ColumnBreak(),
        Heading("What we asked for", 1),
        List(["one morning a month", "a pair of eyes, not necessarily young", "honesty about doubt"]),
        ColumnBreak(),
        Heading("What we got", 1),
        List(["forty-four people", "two telescopes, one of them homemade",
              "the first complete winter since records began"]),
    ],
    footer="Reservoir group||%",
    header_on_first=True,
)

INVOICE = document(
    "layout-invoice",
    "An invoice: addresses, numbers beside labels, positions, totals",
    [
        Paragraph("Repair workshop at the Quay, 3 Quay Street, Stillwater", "small"),
        Paragraph("School at the Weir", "address"),
        Paragraph("1 Weir Road, Stillwater", "address"),
        Heading("Invoice 2024-0117", 1),
        Table(
            [["Customer number", "4471"], ["Date", "12 February 2024"], ["Due", "11 March 2024"]],
            header_rows=0,
            style="open",
            align="ll",
            widths=[120, 120],
        ),
        Paragraph("For work on five school bicycles we charge:"),
        Table(
            [
                ["Pos.", "Description", "Quantity", "Unit price", "Amount"],
                ["1", "Winter check", "5", "75.00", "375.00"],
                ["2", "Brake pads, pair, fitted", "7", "24.00", "168.00"],
                ["3", "Dynamo lamp with cable, fitted", "2", "52.90", "105.80"],
                [Cell("Sum", column_span=4), None, None, None, "648.80"],
                [Cell("Tax, 20 percent", column_span=4), None, None, None, "129.76"],
                [Cell("Total", column_span=4), None, None, None, "778.56"],
            ],
            style="ruled",
            align="llrrr",
            widths=[36, 190, 60, 70, 70],
        ),
        Paragraph("Please pay within four weeks. The bicycles may be fetched at any time before."),
    ],
)

CONTINUED_HEAD = ["No.", "Field", "Crop", "Area (ha)"]


def fields(start, rows):
    return [[str(start + index), *row.split(";")] for index, row in enumerate(rows)]


CONTINUED = document(
    "layout-continued-table",
    "A ruled table over two pages, its head repeated",
    [
        Heading("Register of fields", 1),
        Table(
            [CONTINUED_HEAD]
            + fields(
                1,
                ["Upper Field;cider apples;4.2", "Tithe Piece;wheat;7.9", "Long Meadow;hay;5.0",
                 "Quarry Ground;barley;3.3", "Lane End;pasture;1.8", "Nine Acres;wheat;3.7",
                 "Mill Leat;willow;0.6", "Church Close;hay;2.1", "Withy Bed;willow;0.9"],
            ),
            align="rllr",
            widths=[34, 110, 100, 60],
        ),
        ColumnBreak(),
        Table(
            [CONTINUED_HEAD]
            + fields(
                10,
                ["Burnt House;fallow;2.6", "Little Marsh;pasture;3.0", "Parson's Plot;oats;1.1",
                 "Gallows Hill;gorse;4.4", "Spring Park;hay;6.2"],
            ),
            align="rllr",
            widths=[34, 110, 100, 60],
        ),
        Paragraph("Areas are those of the second survey and have not been measured again."),
    ],
    header="Register of fields||%",
    header_on_first=True,
)

BOXED = document(
    "layout-box",
    "A shaded box with a text of its own beside a column of running text",
    [
        Heading("The town clock", 1),
        Paragraph(prose.CLOCK[0]),
        Paragraph(prose.CLOCK[1]),
        Paragraph(prose.CLOCK[2]),
        Paragraph(prose.CLOCK[3]),
        Heading("Facts", 2),
        Paragraph("Built: 1788"),
        Paragraph("Weights: three"),
        Paragraph("Winding: on Mondays, by the baker"),
    ],
)


def boxed(pages, face):
    page, blocks = pages[0], BOXED.blocks
    page.fill(390, 84, 150, 92, (0.88, 0.92, 0.88))
    page.text(72, 90, blocks[0].text, face["bold"], 16)
    y = 112
    for block in blocks[1:5]:
        y = column_lines(page, face["plain"], block.text, 72, y, 290) + 6
    page.text(400, 104, blocks[5].text, face["bold"], 12)
    y = 124
    for block in blocks[6:]:
        y = column_lines(page, face["plain"], block.text, 400, y, 130, 9.5) + 4


def column_lines(page, font, text, x, y, width, size=10.5):
    line = ""
    for word in text.split(" "):
        if font.width(f"{line} {word}".strip(), size) > width:
            page.text(x, y, line, font, size)
            line, y = "", y + size * 1.25
        line = f"{line} {word}".strip()
    page.text(x, y, line, font, size)
    return y + size * 1.25


FIGURES = document(
    "layout-figures",
    "Drawings with captions below them, one across two columns",
    [
        Heading("Where the rain goes", 1),
        Paragraph(prose.MAPS[0]),
        Figure(80),
        Caption("Figure 1. The skyline from the church."),
        Columns(2),
        Paragraph(prose.MAPS[1]),
        Figure(60),
        Caption("Figure 2. The same from the quarry."),
        Paragraph(prose.MAPS[5]),
        ColumnBreak(),
        Heading("The brook", 2),
        Paragraph(prose.MAPS[4]),
        Paragraph(prose.MAPS[6]),
    ],
)

LISTING = document(
    "layout-listing",
    "Source code with indentation between paragraphs",
    [
        Heading("Reading the gauges", 1),
        Paragraph("The program at the station is short enough to be printed here."),
        Code(
            [
                "def read(sensor):",
                "    level = sensor.pressure / DENSITY",
                "    if level < 0:",
                "        return None",
                "    return round(level, 2)",
            ]
        ),
        Paragraph("It runs every ten minutes and has not failed since the first of March."),
    ],
)

SCIENCE = document(
    "layout-sub-superscript",
    "Superscripts and subscripts drawn smaller and shifted",
    [
        Heading("Water and stone", 1),
        Paragraph("Rain takes up CO2 and becomes H2CO3, a weak acid. It carries off 40 g/m2 of lime."),
    ],
)


def science(pages, face):
    page, plain = pages[0], face["plain"]
    page.text(72, 90, SCIENCE.blocks[0].text, face["bold"], 16)
    ink, runs = (0, 0, 0), []
    for text, rise in (("Rain takes up CO", 0), ("2", -2.2), (" and becomes H", 0), ("2", -2.2),
                       ("CO", 0), ("3", -2.2), (", a weak acid. It carries off 40 g/m", 0),
                       ("2", 3.8), (" of lime.", 0)):
        runs.append((plain, 7 if rise else 10.5, rise, ink, [text]))
    page.line(72, 120, runs)


SMALL = {"width": 420.0, "height": 595.0, "margins": (50, 64, 50, 60)}

REGISTER = [
    Paragraph(text + note)
    for essay in (prose.MAPS, prose.BEES, prose.BREAD)
    for text, note in zip(essay, ["", "^[Register of the parish, page 17.]", "",
                                  "^[Register of the parish, page 204.]", "",
                                  "^[Register of the parish, page 9.]", ""])
]

DOCUMENTS = [
    (Document(name="layout-repeated-notes", family="layouts", blocks=REGISTER,
              summary="Footnotes of the same words at the foot of each page, but for their numbers"),
     typeset, {"width": 420.0, "height": 340.0, "margins": (50, 50, 50, 50)}),
    (CONTENTS, typeset, {**SMALL, "outline": True}),
    (SLIDES, typeset, {"width": 720.0, "height": 405.0, "size": 22, "face": "helvetica",
                       "heading_sizes": (32.0, 28, 24, 22), "title_size": 36.0, "justify": False,
                       "margins": (60, 70, 60, 60)}),
    (INVOICE, typeset, {"face": "helvetica", "size": 10, "justify": False}),
    (CONTINUED, typeset, {**SMALL, "height": 400.0}),
    (BOXED, typeset, {"by_hand": True, "draw": boxed}),
    (FIGURES, typeset, {}),
    (LISTING, typeset, {"face": "helvetica"}),
    (SCIENCE, typeset, {"by_hand": True, "draw": science}),
]
