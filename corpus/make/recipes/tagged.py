"""Documents with a structure tree, and the same ones without."""

import copy

import typeset
from recipes.pages import FLAT
from source import Cell, Document, Formula, Heading, Item, List, Paragraph, Quote, Table, Title
import prose

BLOCKS = [
    Title("Report of the apiary"),
    Heading("Spring", 1),
    Paragraph(prose.BEES[0]),
    Paragraph(prose.BEES[1] + "^[Measured at the scale hive, one metre above the ground.]"),
    Heading("Work in April", 2),
    List(["Clean the floors.", Item("Unite what is weak,", List(["with newspaper."], marker="\u2013")),
          "Mark the queens."]),
    Heading("Summer", 1),
    Paragraph(prose.BEES[3]),
    Table(
        [
            ["Week", Cell("Gain (kg)", column_span=2, kind="column_header"), None],
            ["", "Best day", "Sum"],
            ["24", "2.1", "9.8"],
            ["25", "4.5", "21.2"],
        ],
        header_rows=2,
        style="booktabs",
        align="lrr",
        widths=[80, 80, 80],
        caption="Table 1. What the scale hive gained.",
    ),
    Paragraph(prose.BEES[4]),
]


def document(name, summary):
    return Document(name=name, family="tagged", summary=summary, header="Apiary||%",
                    header_on_first=True, blocks=copy.deepcopy(BLOCKS))


BLOCK_KINDS = [
    Heading("What the wheel gives", 1),
    Paragraph(prose.CLOCK[0]),
    Formula("Power = head times flow"),
    Paragraph(prose.CLOCK[1]),
    Quote("All water is borrowed."),
    Paragraph(prose.CLOCK[2]),
]

DOCUMENTS = [
    (Document(name="tagged-blocks", family="tagged", blocks=BLOCK_KINDS,
              summary="A formula of words and a quotation of one line, which only the tags tell"),
     typeset, {"tagged": True}),
    (document("tagged-report", "Tagged: headings, lists, a table, a note, artifacts"), typeset,
     {"tagged": True, "outline": True, "width": 420.0, "height": 595.0,
      "margins": (50, 64, 50, 60)}),
    (document("untagged-report", "The same report without tags"), typeset,
     {"width": 420.0, "height": 595.0, "margins": (50, 64, 50, 60)}),
    (Document(name="tagged-gaps", family="tagged", summary="Tagged, words without space characters",
              blocks=copy.deepcopy(FLAT)), typeset, {"tagged": True, "spaces": "gap"}),
]
