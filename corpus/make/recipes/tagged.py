"""Documents with a structure tree, and the same ones without."""

import copy

import typeset
from recipes.pages import FLAT
from source import (Boxes, Cell, Document, Formula, Heading, Item, List, Paragraph, Quote, Table,
                    Title)
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

PLAIN_ITEMS = [
    Heading("What a dough wants", 1),
    Paragraph(prose.BREAD[0]),
    List([
        "Flour that was milled this year, because what is older smells of the cupboard it stood in, "
        "and no oven takes that smell away again.",
        "Water that is colder than the room in summer and warmer in winter, so that the dough has the "
        "same warmth all the year round.",
        "Salt, weighed and not guessed. A spoon holds as much as the hand that fills it wants it to "
        "hold, and every hand wants something else.",
        "Time, of which there is enough at night.",
    ], marker="", flush=True),
    Paragraph(prose.BREAD[1]),
    Heading("The order of the work", 1),
    Paragraph(prose.BREAD[2]),
    List([
        "Mix the flour and the water in the evening, with a spoon, until no flour is seen on the floor "
        "of the bowl any more.",
        Item("Wait while the dishes are done. Whoever has no dishes to do may choose one of the things "
             "that are told here.",
             List(["Sweep the floor under the table, where the flour lies.",
                   "Read one page, and not the one after it, however the chapter may be going to end "
                   "tonight."], marker="", flush=True)),
        "Add the salt and the yeast, and knead until the dough lets go of the bowl by itself, which "
        "takes as long as an egg.",
    ], ordered=True, marker="", flush=True),
    Heading("What goes wrong", 1),
    Paragraph(prose.BREAD[3]),
    List([
        Item("The crust is pale.", more=("The oven was too cold, or its door was opened too often by "
                                         "somebody who wanted to see how the loaf was doing.",)),
        "The crumb is wet.",
        Item("The loaf is flat.", more=("It waited too long. A dough that has risen and fallen does not "
                                        "rise again as high as it did before.",)),
    ]),
    Paragraph(prose.BREAD[6]),
]


NEWS = [
    ["The bridge is closed until the water has gone down. Carts take the ford above the weir.",
     "The clock is being mended. Who wants to know the time may ask the smith, who hears it."],
    ["Stalls are let on the first day of the month, before breakfast, against ready money.",
     "Nets that were left on the bank have been put in the shed and can be fetched from it."],
    ["Blasting is on Tuesday at noon. Doors and windows should be open, and hens indoors.",
     "There is a stove now. Each child brings a log, and the big ones bring two of them."],
]

STREETS = [
    ["The mill has a new wheel, which turns the same way as the old one did and makes more noise.",
     "The church has a new bell rope. Whoever wants the old one for a washing line should come soon."],
    ["The market has a new pump, and its handle is on the left side, because the smith is a lefty.",
     "The river has a new bend. It is being looked into whose meadow the old one belongs to now."],
    ["The quarry has a new fence, since a cow found out in spring how far down the bottom of it is.",
     "The school has a new map of the world, on which the village is shown by a hole from a pin."],
]

BOXES = [
    Heading("News, from week to week", 1),
    Paragraph(prose.CLOCK[0]),
    Boxes(NEWS, gap=6.0),
    Paragraph(prose.CLOCK[1]),
    Heading("What is new, from north to south", 1),
    Boxes(STREETS, gap=40.0, down=True),
]

LIES = [
    Title("Maps and their makers"),
    Heading("The first survey", 1),
    Paragraph(prose.MAPS[0]),
    Paragraph(prose.MAPS[1]),
    Paragraph(prose.MAPS[2]),
    Heading("Heights and names", 1),
    Paragraph(prose.MAPS[3]),
    Paragraph(prose.MAPS[4]),
    Paragraph(prose.MAPS[5]),
    Paragraph(prose.MAPS[6]),
    Paragraph(prose.BEES[0]),
    Paragraph(prose.BEES[1]),
    Heading("What came of it", 1),
    Paragraph(prose.BREAD[1]),
    Paragraph(prose.BREAD[2]),
    Paragraph(prose.BREAD[4]),
    List(["A sheet in four colours.", "A wall that is not on it.", "Two brothers without money."]),
    Paragraph(prose.BREAD[6]),
]

SMALL = {"width": 420.0, "height": 595.0, "margins": (50, 64, 50, 60)}

DOCUMENTS = [
    (Document(name="tagged-lists", family="tagged", blocks=PLAIN_ITEMS,
              summary="Lists that only tags tell: no bullets, no numbers, no indentation, paragraphs"),
     typeset, {"tagged": True}),
    (Document(name="tagged-order", family="tagged", blocks=BOXES,
              summary="Boxes side by side, read across or down as only the tags tell"),
     typeset, {"tagged": True}),
    (Document(name="tagged-backwards", family="tagged", blocks=copy.deepcopy(LIES),
              summary="A structure tree that tells the document backwards, which is not believed"),
     typeset, {"tagged": True, "tree_lies": "all", **SMALL}),
    (Document(name="tagged-one-page-wrong", family="tagged", blocks=copy.deepcopy(LIES),
              summary="A structure tree that is right but for the order of its second page"),
     typeset, {"tagged": True, "tree_lies": {2}, **SMALL}),
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
