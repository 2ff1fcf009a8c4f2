"""Office documents made by LibreOffice Writer, tagged as it tags them."""

import copy

import prose
import writer
from source import Cell, Columns, Document, Heading, Item, List, Paragraph, Table, Title

REPORT = Document(
    name="office-report",
    family="office",
    summary="A tagged Writer report: headings, nested lists, spans, footnotes, head and foot",
    title="Annual report of the orchard",
    header="Annual report of the orchard||Orchard Trust Pomeroy",
    footer="|Page %|",
    facts={"note_links": [1]},  # Writer links a footnote's mark with the note, both on page 1
    blocks=[
        Title("Annual report of the orchard"),
        Paragraph("Orchard Trust Pomeroy", "author"),
        Heading("Overview", 1, "1"),
        Paragraph(
            "The orchard has two hundred and eleven trees, of which ninety-four are older than the "
            "Trust. It was an uneven year: blossom early, frost late, and a September in which the "
            "apples ripened all at once.^[The cider house worked for nineteen days without a break "
            "and has asked not to be surprised again.] This report follows the seasons."
        ),
        Paragraph(
            "Figures are given for the whole orchard unless a field is named. Field names are those "
            "of the old tithe map, which can be seen [on our pages](https://orchard.example.org/map)."
        ),
        Heading("The trees", 1, "2"),
        Heading("Losses and plantings", 2, "2.1"),
        Paragraph(
            "Seven trees were lost. Three of them fell in the storm of the twelfth of July, two were "
            "taken by honey fungus, and two by a delivery van. Fifteen were planted:"
        ),
        List(
            [
                Item("in the Upper Field", List(["four cider apples,", "three perry pears,"])),
                "along the lane, six damsons for the hedge,",
                "at the gate, two walnuts that none of us will see bear.",
            ]
        ),
        Heading("Harvest", 2, "2.2"),
        Paragraph("Table 1 compares the harvest with that of the year before."),
        Table(
            [
                [Cell("Fruit", row_span=2, kind="column_header"),
                 Cell("Harvest (kg)", column_span=2, kind="column_header"), None,
                 Cell("Sold fresh", row_span=2, kind="column_header")],
                [None, "last year", "this year", None],
                ["Cider apples", "8 420", "11 960", "none"],
                ["Table apples", "2 310", "2 190", "1 740 kg"],
                ["Perry pears", "1 050", "380", "none"],
                ["Damsons", "160", "205", "190 kg"],
            ],
            header_rows=2,
            caption="Table 1. Harvest by fruit.",
        ),
        Paragraph(
            "Perry pears flower first and were caught by the frost of the twenty-second of April. The "
            "cider apples, which flower three weeks later, had the field and the bees to themselves."
        ),
        Heading("The bees", 1, "3"),
        *[Paragraph(text) for text in prose.BEES[:4]],
        Heading("Plans", 1, "4"),
        List(
            [
                "Repair the wall of the Upper Field before the sheep find out about it.",
                "Graft forty rootstocks in February.",
                "Write down what Mr Penhallow knows about the old names.",
            ],
            ordered=True,
            marker="1.",
        ),
        Paragraph(
            "The last point is the most urgent. Mr Penhallow is ninety-one and says that he will not "
            "be hurried, since he has been asked before by people who then did not listen."
        ),
    ],
)

NEWSLETTER = Document(
    name="office-newsletter",
    family="office",
    summary="A Writer newsletter in two columns, untagged",
    blocks=[
        Title("News from the reading room"),
        Columns(2),
        Heading("The clock", 1),
        *[Paragraph(text) for text in prose.CLOCK],
        Heading("The line to the harbour", 1),
        *[Paragraph(text) for text in prose.TRAM],
        Heading("From the apiary", 1),
        *[Paragraph(text) for text in prose.BEES],
        Columns(1),
        Heading("Dates", 1),
        Table(
            [["Date", "What", "Where"], ["4 May", "Committee", "Shed"], ["11 May", "Map evening", "Hall"],
             ["2 June", "Bread for beginners", "School kitchen"]],
            style="open",
        ),
        Paragraph("Whoever brings a chair is sure of a seat."),
    ],
)

UNTAGGED = copy.deepcopy(REPORT)
UNTAGGED.name = "office-report-untagged"
UNTAGGED.summary = "The same report without tags"

DOCUMENTS = [
    (REPORT, writer, {}),
    (UNTAGGED, writer, {"tagged": False}),
    (NEWSLETTER, writer, {"tagged": False, "size": 10}),
]
