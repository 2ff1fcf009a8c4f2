"""Tables: ruled, booktabs, zebra, row rules only, none at all; spans and cells of several lines."""

import typeset
from source import Caption, Cell, Document, Heading, Paragraph, Table, Title

HEAD = "column_header"

RULED_SPANS = Document(
    name="table-ruled-spans",
    family="tables",
    summary="A ruled table with row and column spans and a header of two rows",
    blocks=[
        Heading("Opening hours of the swimming baths", 1),
        Paragraph(
            "The baths keep two timetables. The summer one begins with the first Monday of May; "
            "outside it the outdoor pool stays covered. Lanes for clubs are marked on the board "
            "beside the ticket desk."
        ),
        Table(
            [
                [
                    Cell("Day", row_span=2, kind=HEAD),
                    Cell("Summer", column_span=2, kind=HEAD),
                    None,
                    Cell("Winter", column_span=2, kind=HEAD),
                    None,
                ],
                [None, "Indoor", "Outdoor", "Indoor", "Outdoor"],
                ["Monday", Cell("closed for cleaning", column_span=4), None, None, None],
                ["Tuesday", "7 to 20", "9 to 20", "7 to 21", Cell("closed", row_span=3)],
                ["Wednesday", "7 to 20", "9 to 20", "10 to 21", None],
                ["Saturday", "8 to 18", "8 to 19", "8 to 18", None],
            ],
            header_rows=2,
            widths=[84, 78, 78, 78, 78],
        ),
        Paragraph(
            "Children under six swim free of charge when an adult is in the water with them. The "
            "last ticket is sold three quarters of an hour before closing."
        ),
    ],
)

BOOKTABS = Document(
    name="table-booktabs",
    family="tables",
    summary="A table with three horizontal rules and right-aligned figures",
    blocks=[
        Heading("Yields of the trial plots", 1),
        Paragraph(
            "Four kinds of wheat were sown on plots of equal size. All of them were weighed at the "
            "same moisture, and the straw was weighed apart."
        ),
        Table(
            [
                ["Variety", "Plots", "Grain (kg)", "Straw (kg)", "Ratio"],
                ["Early Amber", "6", "412.5", "630.1", "0.65"],
                ["Long Meadow", "6", "398.0", "702.7", "0.57"],
                ["Quarry Red", "5", "366.9", "512.4", "0.72"],
                ["Saint Brannock", "6", "441.2", "689.0", "0.64"],
            ],
            style="booktabs",
            align="lrrrr",
            caption="Table 2: Grain and straw by variety, dry weight.",
        ),
        Paragraph(
            "Quarry Red lost one plot to pigeons, which is why its sum is lower than its merit. "
            "Related to the area it came second, and it stood upright after the storm of the "
            "twelfth of July when every other variety had been laid flat."
        ),
    ],
)

ZEBRA = Document(
    name="table-zebra",
    family="tables",
    summary="A price list whose rows are told apart by grey bands only",
    blocks=[
        Title("Price list of the repair workshop"),
        Paragraph("Valid from the first of March. Prices include tax and a test ride."),
        Table(
            [
                ["Article", "Work", "Hours", "Price"],
                ["Brake pads, pair", "replace and adjust", "0.5", "24.00"],
                ["Chain", "measure, replace, oil", "0.5", "38.50"],
                ["Wheel", "true and tension", "0.8", "31.00"],
                ["Bottom bracket", "replace", "1.2", "64.00"],
                ["Dynamo lamp", "replace with cable", "0.7", "52.90"],
                ["Winter check", "everything that turns", "1.5", "75.00"],
            ],
            style="zebra",
            align="llrr",
            widths=[130, 150, 60, 70],
        ),
        Paragraph("Bicycles are kept for two weeks after the agreed day without charge."),
    ],
)

OPEN = Document(
    name="table-open",
    family="tables",
    summary="An aligned table without any rule, between paragraphs",
    blocks=[
        Heading("Ferry connections", 1),
        Paragraph(
            "Two ferries cross the sound on weekdays. They are small, and cars should be "
            "announced the day before; cyclists and walkers always find a place."
        ),
        Table(
            [
                ["Harbour", "First boat", "Last boat", "Crossing"],
                ["Northend", "05:40", "22:15", "25 min"],
                ["Middle Pier", "06:10", "21:30", "40 min"],
                ["Seal Rock", "07:00", "18:45", "55 min"],
                ["Lighthouse", "09:30", "16:00", "70 min"],
            ],
            style="open",
            align="lrrr",
            widths=[120, 90, 90, 90],
        ),
        Paragraph(
            "In fog the boats to Seal Rock and to the lighthouse do not run at all. The harbour "
            "master hangs out a yellow ball when that is so, and the bakery knows it earlier."
        ),
    ],
)

ROWS = Document(
    name="table-rows",
    family="tables",
    summary="Horizontal rules between all rows; cells of several lines",
    blocks=[
        Heading("Duties of the house", 1),
        Table(
            [
                ["Task", "Who", "What has to be done"],
                [
                    "Stairs",
                    "each floor in turn",
                    "Sweep every week, wash every second week. The cellar stairs count as part of "
                    "the ground floor.",
                ],
                [
                    "Snow",
                    "the flat whose week it is",
                    "Clear the path by seven in the morning and again when more than two fingers "
                    "of snow have fallen. Grit stands beside the gate; salt is not allowed.",
                ],
                ["Bins", "volunteers", "Out on Tuesday evening, back on Wednesday."],
                [
                    "Boiler",
                    "Mrs Okafor",
                    "Read the pressure once a month and write it on the card. Call the fitter "
                    "below one bar.",
                ],
            ],
            style="rows",
            widths=[70, 110, 250],
        ),
        Caption("Table 1. Agreed at the meeting of the residents in October."),
        Paragraph(
            "Anyone who cannot do a duty in time finds a neighbour to do it and tells the caretaker. "
            "A list of telephone numbers hangs inside the front door."
        ),
    ],
)

DENSE = Document(
    name="table-ruled-dense",
    family="tables",
    summary="A ruled table of many short rows, a row header and empty cells",
    blocks=[
        Heading("Bird counts at the reservoir", 1),
        Table(
            [["Species", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]]
            + [
                [Cell(name, kind="row_header"), *counts.split()]
                for name, counts in (
                    ("Mallard", "64 81 97 112 88 51"),
                    ("Teal", "12 40 58 61 33 9"),
                    ("Tufted duck", "20 22 35 38 30 24"),
                    ("Goosander", "0 3 7 9 6 1"),
                    ("Great crested grebe", "8 6 5 5 7 11"),
                    ("Coot", "71 90 104 99 83 60"),
                    ("Moorhen", "9 9 8 7 9 10"),
                    ("Grey heron", "4 5 5 3 4 6"),
                    ("Kingfisher", "2 1 1 1 1 2"),
                    ("Cormorant", "11 15 19 21 17 12"),
                )
            ],
            align="lrrrrrr",
            widths=[120, 46, 46, 46, 46, 46, 46],
            caption="Table 4. Highest count of each month, all hides together.",
        ),
        Paragraph(
            "Counts are made on the second Sunday, from eight to ten. In December fog covered the "
            "southern bay, so that the figures of that month are too low rather than too high."
        ),
    ],
)

DOCUMENTS = [
    (RULED_SPANS, typeset, {}),
    (BOOKTABS, typeset, {"face": "times"}),
    (ZEBRA, typeset, {"face": "helvetica", "justify": False}),
    (OPEN, typeset, {"face": "helvetica"}),
    (ROWS, typeset, {}),
    (DENSE, typeset, {"face": "dejavu", "size": 9.5}),
]
