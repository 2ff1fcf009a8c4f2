"""Headings: numbered and not, several levels, told apart by size, weight, case or spacing."""

import prose
import typeset
from source import Document, Heading, List, Paragraph, Title

NUMBERED = Document(
    name="headings-numbered",
    family="headings",
    summary="Decimal numbers over three levels, bold, sizes falling",
    blocks=[
        Title("Handbook of the parish survey"),
        Heading("Before the work", 1, "1"),
        Paragraph(prose.MAPS[0]),
        Heading("What is borrowed", 2, "1.1"),
        Paragraph(prose.MAPS[1]),
        Heading("Instruments", 3, "1.1.1"),
        Paragraph(prose.MAPS[3]),
        Heading("Clothing", 3, "1.1.2"),
        Paragraph("Boots, and a second pair of socks. The hills of the parish are wet from above."),
        Heading("What is asked", 2, "1.2"),
        Paragraph(prose.MAPS[4]),
        Heading("The work", 1, "2"),
        Heading("Distances", 2, "2.1"),
        Paragraph(prose.MAPS[2]),
        Heading("After the work", 1, "3"),
        Paragraph(prose.MAPS[6]),
    ],
)

SAME_SIZE = Document(
    name="headings-same-size",
    family="headings",
    summary="Unnumbered headings in bold, of the size of the text",
    blocks=[
        Title("A year with nine hives"),
        Heading("Spring", 1),
        Paragraph(prose.BEES[0]),
        Paragraph(prose.BEES[1]),
        Heading("Uniting weak colonies", 1),
        Paragraph(prose.BEES[2]),
        Heading("Summer", 1),
        Paragraph(prose.BEES[3]),
        Paragraph(prose.BEES[4]),
        Heading("Mites", 1),
        Paragraph(prose.BEES[5]),
        Heading("Plans", 1),
        Paragraph(prose.BEES[6]),
    ],
)

LIGHT = Document(
    name="headings-light",
    family="headings",
    summary="Headings told by size alone, not bold; capitals on the first level",
    blocks=[
        Heading("THE CLOCK IN THE TOWER", 1),
        Paragraph(prose.CLOCK[0]),
        Heading("Winding", 2),
        Paragraph(prose.CLOCK[1]),
        Heading("Heat and cold", 2),
        Paragraph(prose.CLOCK[2]),
        Heading("THE BELLS", 1),
        Paragraph(prose.CLOCK[3]),
        Heading("Their weights", 2),
        List(["The hour bell, 1140 kg", "The quarter bell, 460 kg", "The stranger, 430 kg"]),
        Paragraph("All three are rung by hammers; ropes were given up when the tower was measured."),
    ],
)

LONG_LINES = Document(
    name="headings-two-lines",
    family="headings",
    summary="Headings that run over two lines, and bold words in text that are no headings",
    blocks=[
        Heading(
            "How the harbour line was closed, forgotten under the asphalt of a street, and found "
            "again in good order", 1, "A"
        ),
        Paragraph(prose.TRAM[0]),
        Paragraph("**Not a heading.** " + prose.TRAM[1]),
        Paragraph(prose.TRAM[2]),
        Heading(
            "What the engineers took out of the ground at night, and to whom they sold it before "
            "anyone had asked", 1, "B"
        ),
        Paragraph(prose.TRAM[3]),
        Paragraph(prose.TRAM[4].replace("the ferries follow", "**the ferries** follow")),
    ],
)

NAMES = Document(
    name="headings-names",
    family="headings",
    summary="A heading in small letters, and a line of text like an entry of the outline",
    blocks=[
        Heading("The tools of the mill", 1),
        Paragraph(prose.MAPS[0]),
        Heading("millstone", 2),
        Paragraph(prose.MAPS[1]),
        Heading("Example", 2),
        Paragraph(prose.MAPS[2]),
        Paragraph("Example:"),
        Paragraph(prose.MAPS[3]),
        Heading("hopper", 2),
        Paragraph(prose.MAPS[4]),
    ],
)

DOCUMENTS = [
    (NAMES, typeset, {"outline": True, "size": 10.91, "justify": False,
                      "heading_sizes": (14.0, 10.91, 10.91, 10.91)}),
    (NUMBERED, typeset, {"outline": True}),
    (SAME_SIZE, typeset, {"heading_sizes": (10.5, 10.5, 10.5, 10.5), "face": "times"}),
    (LIGHT, typeset, {"heading_bold": False, "heading_sizes": (15.0, 12.5, 11, 11),
                      "face": "helvetica", "size": 10}),
    (LONG_LINES, typeset, {"face": "dejavu", "size": 9.5, "heading_sizes": (14.0, 12, 10, 10)}),
]
