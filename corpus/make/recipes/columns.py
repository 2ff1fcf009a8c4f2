"""Two and three columns, with titles and figures across them."""

import prose
import roff
import typeset
from source import (
    Caption,
    ColumnBreak,
    Columns,
    Document,
    Figure,
    Heading,
    List,
    Paragraph,
    Table,
    Title,
)

ARTICLE = Document(
    name="columns-article",
    family="columns",
    summary="An article: title across, two columns with headings, footnotes and a table, two pages",
    header="Erlund and Whitlock|Old surveys|%",
    blocks=[
        Title("What two old surveys of one valley tell about its water"),
        Paragraph("Tobias Erlund and Adaeze Whitlock", "author"),
        Paragraph(
            "**Summary.** Two surveys of the same valley, made eighty years apart, disagree about the "
            "course of a brook. We show that both were right, and that the brook was moved."
        ),
        Columns(2),
        Heading("Introduction", 1, "1"),
        Paragraph(prose.MAPS[0]),
        Paragraph(
            prose.MAPS[1] + "^[The field books are kept in the county record office, in a box that is "
            "labelled as belonging to another parish.]"
        ),
        Heading("The second survey", 1, "2"),
        Paragraph(prose.MAPS[2]),
        Paragraph(prose.MAPS[3]),
        Heading("Names", 2, "2.1"),
        Paragraph(prose.MAPS[4]),
        Table(
            [["Sheet", "Width", "Bends"], ["First", "2.1 m", "14"], ["Second", "1.8 m", "3"],
             ["Today", "1.8 m", "3"]],
            style="booktabs",
            align="lrr",
            caption="Table 1. The brook on three sheets.",
        ),
        Heading("Methods", 1, "3"),
        *[Paragraph(text) for text in prose.CLOCK[1:3]],
        *[Paragraph(text) for text in prose.TRAM[1:4]],
        *[Paragraph(text) for text in prose.BREAD[2:6]],
        *[Paragraph(text) for text in prose.BEES[1:3]],
        Heading("Discussion", 1, "4"),
        Paragraph(prose.MAPS[5] + "^[One cellar was dug nevertheless. It is used as a pond.]"),
        Paragraph(prose.BREAD[1].replace("A dough", "A dough, to take an example from the kitchen,")),
        Paragraph(prose.MAPS[6]),
        Heading("Thanks", 1),
        Paragraph("We thank the owners of the wall, who let us measure it from both sides."),
    ],
)

THREE = Document(
    name="columns-three",
    family="columns",
    summary="A bulletin in three narrow columns under a title and a figure across the page",
    blocks=[
        Title("The Harbour Bulletin"),
        Figure(110),
        Caption("The hills above the old tram line, drawn by a reader."),
        Columns(3),
        Heading("The line returns", 2),
        *[Paragraph(text) for text in prose.TRAM[:3]],
        Heading("From the apiary", 2),
        *[Paragraph(text) for text in prose.BEES[:4]],
        Heading("What the old sheets know", 2),
        *[Paragraph(text) for text in prose.MAPS[2:6]],
        Heading("Overheard at the clock", 2),
        *[Paragraph(text) for text in prose.CLOCK],
        Heading("In short", 2),
        List(["Baths open on Monday.", "Bins out on Tuesday.", "No ferry in fog."]),
    ],
)

ROFF = Document(
    name="columns-groff",
    family="columns",
    summary="Two columns by groff with hyphenation, indented paragraphs and a footnote",
    header="The keeping of bees||%",
    blocks=[
        Title("Nine hives in their first year"),
        Paragraph("Orchard Trust Pomeroy", "author"),
        Columns(2),
        Heading("Spring", 1),
        Paragraph(prose.BEES[0]),
        Paragraph(prose.BEES[1]),
        Paragraph(
            prose.BEES[2] + "^[The paper must not be glossy. A magazine about interiors kept two "
            "colonies apart until June.]"
        ),
        Heading("Summer", 1),
        *[Paragraph(text) for text in prose.BEES[3:5]],
        Heading("Autumn", 1),
        *[Paragraph(text) for text in prose.BEES[5:]],
        Heading("A remark on bread", 1),
        *[Paragraph(text) for text in prose.BREAD[:5]],
    ],
)

MIXED = Document(
    name="columns-mixed",
    family="columns",
    summary="One column, then two, then one again on the same page",
    blocks=[
        Heading("Two voices on the tram", 1),
        Paragraph(prose.TRAM[0]),
        Columns(2),
        Heading("For", 2),
        Paragraph(prose.TRAM[2]),
        Paragraph(prose.TRAM[4]),
        ColumnBreak(),
        Heading("Against", 2),
        Paragraph(prose.TRAM[1]),
        Paragraph(prose.TRAM[3]),
        Columns(1),
        Heading("What the editors think", 1),
        Paragraph(prose.CLOCK[0]),
    ],
)

UNEVEN = Document(
    name="columns-narrow-gutter",
    family="columns",
    summary="Two ragged columns with a gutter hardly wider than a word space",
    blocks=[
        Heading("Bread, by somebody who waits", 1),
        Columns(2),
        *[Paragraph(text) for text in prose.BREAD],
    ],
)

DOCUMENTS = [
    (ARTICLE, typeset, {"columns": 1, "size": 9.5, "margins": (54, 64, 54, 60)}),
    (THREE, typeset, {"size": 9, "face": "times", "gutter": 14, "margins": (48, 60, 48, 60)}),
    (ROFF, roff, {"size": 10, "indent": True}),
    (MIXED, typeset, {"face": "helvetica", "size": 9.5}),
    (UNEVEN, typeset, {"size": 9.5, "gutter": 10, "justify": False, "indent": 12.0,
                       "height": 480.0}),
]
