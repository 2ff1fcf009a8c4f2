"""Running text: paragraphs that stand apart or are indented, hyphens, letters, a contract."""

import prose
import roff
import typeset
from source import Code, Document, Heading, List, Paragraph, Table, Title


def paragraphs(texts):
    return [Paragraph(text) for text in texts]


APART = Document(
    name="text-apart",
    family="text",
    summary="Justified paragraphs that stand apart, over two pages",
    blocks=[Title("On bread"), *paragraphs(prose.BREAD), *paragraphs(prose.CLOCK)],
)

INDENTED = Document(
    name="text-indented",
    family="text",
    summary="Paragraphs told apart by the indent of their first line alone; words hyphenated",
    blocks=[Title("What maps leave out"), *paragraphs(prose.MAPS)],
)

RAGGED = Document(
    name="text-ragged",
    family="text",
    summary="Ragged right, words set apart by gaps without space characters",
    blocks=[Title("The line to the harbour"), *paragraphs(prose.TRAM)],
)

SOFT = Document(
    name="text-soft-hyphens",
    family="text",
    summary="A narrow column with words broken at soft hyphens, hard hyphens kept",
    blocks=[
        Heading("Notes of a well-known clock-maker", 1),
        Paragraph(
            "A re\u00adpair be\u00adgins with a draw\u00ading. Who\u00adever takes an es\u00adcape\u00adment "
            "apart with\u00adout a draw\u00ading will find, when every\u00adthing has been cleaned, that "
            "the re\u00admain\u00adder of the day be\u00adlongs to a puz\u00adzle with twenty-three "
            "pieces and one so\u00adlu\u00adtion."
        ),
        Paragraph(
            "The main\u00adspring is let down first. It is a mat\u00adter of self-preservation: a "
            "spring that un\u00adwinds by it\u00adself throws wheels about the work\u00adshop, and the "
            "small ones are found years lat\u00ader be\u00adneath the floor\u00adboards by an "
            "in\u00adher\u00aditor who has no use for them."
        ),
        Paragraph(
            "Clean\u00ading is done with pa\u00adtience and pet\u00adrol. The mod\u00adern bath with its "
            "ul\u00adtra\u00adsound is quicker, but it loosens things that were tight for a "
            "cen\u00adtury, and a tight-fitting pin was very of\u00adten the in\u00adten\u00adtion."
        ),
    ],
)

LETTER = Document(
    name="letter",
    family="text",
    summary="A letter: addresses, date, salutation, signature",
    footer="Orchard Trust, Registered Charity, 4 Cider Lane, Pomeroy||",
    header_on_first=True,
    blocks=[
        Paragraph("Orchard Trust Pomeroy, 4 Cider Lane, Pomeroy", "small"),
        Paragraph("Ms Adaeze Whitlock", "address"),
        Paragraph("17 November 2023", "address"),
        Heading("Your question about old pear trees", 1),
        Paragraph("Dear Ms Whitlock,", "address"),
        Paragraph(
            "thank you for your letter and for the photographs. The tree in your garden is indeed a "
            "perry pear, and judging by the trunk it was planted when the railway came. Trees of "
            "that age are rare, and yours looks healthier than most."
        ),
        Paragraph(
            "You ask whether it should be pruned. We would leave it alone. An old pear carries its "
            "dead wood without harm, and the holes in it are let to owls and tits. Only the long "
            "limb above the shed should be shortened, by a third and not in one winter."
        ),
        Paragraph(
            "If you agree, one of us will come in February to cut a few shoots for grafting. We have "
            "rootstocks waiting, and in three years you could have a young tree of the same kind in "
            "case the old one falls."
        ),
        Paragraph("With kind regards", "address"),
        Paragraph("Tobias Erlund, keeper of the register", "address"),
    ],
)

CONTRACT = Document(
    name="contract",
    family="text",
    summary="A contract with numbered clauses and lettered sub-clauses",
    header="Agreement on the use of the boat house||Page %",
    header_on_first=True,
    blocks=[
        Title("Agreement on the use of the boat house"),
        Paragraph(
            "between the Rowing Club of Stillwater (the **Club**) and the School at the Weir (the "
            "**School**), concluded on the second of May."
        ),
        Heading("Subject", 1, "1."),
        Paragraph(
            "The Club lets the School use the boat house at the Upper Weir, together with the slip "
            "and the two racks on its northern side, for the teaching of rowing."
        ),
        Heading("Times", 1, "2."),
        Paragraph("The School may use the boat house"),
        List(
            [
                "on Tuesdays and Thursdays from two to five in the afternoon,",
                "on one Saturday in each month, to be announced four weeks in advance,",
                "in the week before the school regatta, every day from eight in the morning.",
            ],
            ordered=True,
            marker="(a)",
        ),
        Paragraph(
            "On all other days the Club decides whether there is room. A refusal needs no reason but "
            "shall be given in writing if the School asks for it."
        ),
        Heading("Duties of the School", 1, "3."),
        List(
            [
                "The School keeps the boats that it uses clean and reports damage on the same day.",
                "It pays for what its pupils break, fair wear excepted.",
                "It names a teacher who holds a key and who may not hand it on.",
            ],
            ordered=True,
            marker="(a)",
        ),
        Heading("Duties of the Club", 1, "4."),
        Paragraph(
            "The Club insures the building. It keeps the slip free of mud and ice, and it lends the "
            "School two motor boats for safety whenever more than three crews are on the water."
        ),
        Heading("End", 1, "5."),
        Paragraph(
            "The agreement runs for two years. It goes on for another year each time unless one side "
            "gives notice by the end of January. What has been agreed by word of mouth does not count."
        ),
    ],
)

KITCHEN = Document(
    name="kitchen-recipe",
    family="text",
    summary="A kitchen recipe: title, ingredients as a table without rules, numbered steps",
    blocks=[
        Title("Plum cake from the tray"),
        Paragraph("*For one large tray, twelve pieces. An hour of work, two of waiting.*"),
        Heading("Ingredients", 2),
        Table(
            [
                ["500 g", "wheat flour"],
                ["20 g", "fresh yeast"],
                ["220 ml", "warm milk"],
                ["80 g", "butter, soft"],
                ["70 g", "sugar, and more for sprinkling"],
                ["1.5 kg", "plums, small and not too ripe"],
            ],
            header_rows=0,
            style="open",
            align="rl",
            widths=[70, 220],
        ),
        Heading("Method", 2),
        List(
            [
                "Crumble the yeast into the milk with a spoon of the sugar and wait until it foams.",
                "Knead all but the plums to a smooth dough and let it rise for an hour under a cloth.",
                "Stone the plums, but leave the halves joined on one side so that they open like a book.",
                "Roll the dough out on the greased tray and set the plums upright in close rows.",
                "Bake for forty minutes at 190 degrees. Sprinkle with sugar only after baking, or the "
                "juice will drown the crumb.",
            ],
            ordered=True,
            marker="1.",
        ),
        Paragraph("It is best on the same day. On the next it is still good, but it is a spoon dish."),
    ],
)

MANUAL = Document(
    name="manual-page",
    family="text",
    summary="A page of a manual with listings in a typewriter face",
    blocks=[
        Title("The tally program"),
        Paragraph(
            "The program `tally` counts lines that begin with the same word. It reads from a file or, "
            "if none is named, from its standard input, and prints each word with its number."
        ),
        Heading("Use", 1),
        Code(["tally [-r] [-n COUNT] [FILE]", "tally -n 5 harvest.txt"]),
        Paragraph(
            "With `-r` the order is reversed, so that rare words come first. With `-n` only that many "
            "words are printed. A count of zero prints nothing and is not an error."
        ),
        Heading("Example", 1),
        Paragraph("A list of deliveries is counted by customer:"),
        Code(["$ tally -n 3 deliveries.txt", "41  Harbour Inn", "27  School at the Weir", "19  Erlund"]),
        Paragraph(
            "Words are compared byte by byte. The program does not know languages, and it will not "
            "learn any."
        ),
    ],
)

DOCUMENTS = [
    (APART, typeset, {"size": 11, "width": 420.0, "height": 595.0, "margins": (50, 60, 50, 60)}),
    (INDENTED, roff, {"indent": True}),
    (RAGGED, typeset, {"face": "helvetica", "justify": False, "spaces": "gap"}),
    (SOFT, typeset, {"margins": (150, 80, 250, 80), "size": 11}),
    (LETTER, typeset, {"face": "helvetica", "justify": False}),
    (CONTRACT, typeset, {"face": "dejavu", "size": 9.5, "heading_sizes": (11.0, 10.0, 9.5, 9.5)}),
    (KITCHEN, typeset, {"face": "helvetica", "justify": False}),
    (MANUAL, roff, {}),
]
