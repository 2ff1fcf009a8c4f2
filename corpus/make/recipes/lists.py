"""Lists: bullets, numbers, letters, nested, items of several lines."""

import typeset
import roff
from source import Document, Heading, Item, List, Paragraph, Title

BULLETS = Document(
    name="list-bullets",
    family="lists",
    summary="Bullets with items of one and of several lines, between paragraphs",
    blocks=[
        Heading("What to take into the hut", 1),
        Paragraph("The hut is open from June to September. There is wood, and there is no light."),
        List(
            [
                "A lamp that works without a telephone.",
                "Food for one day more than planned, because the bridge below the hut is taken away "
                "by the first heavy rain of autumn and nobody rebuilds it before the weekend.",
                "Slippers. The floor was scrubbed by hand.",
                "A book to leave behind; the shelf above the stove lives on gifts and is at present "
                "rich in detective stories and poor in everything else.",
            ]
        ),
        Paragraph("The key hangs where it has always hung. Ask at the last farm."),
    ],
)

NESTED = Document(
    name="list-nested",
    family="lists",
    summary="Numbers, letters and dashes, three levels deep",
    blocks=[
        Heading("Opening the garden in spring", 1),
        List(
            [
                Item(
                    "Look at the trees before anything else:",
                    List(
                        [
                            "remove branches that rub against each other,",
                            Item(
                                "mark what the frost has killed,",
                                List(["red string for branches,", "white string for whole shrubs,"],
                                     marker="\u2013"),
                            ),
                            "leave the ivy alone until the birds have left it.",
                        ],
                        ordered=True,
                        marker="a)",
                    ),
                ),
                Item(
                    "Then turn to the beds.",
                    List(
                        [
                            "Cover the early ones with fleece.",
                            "Dig the late ones only when the soil no longer sticks to the spade.",
                        ],
                        ordered=True,
                        marker="a)",
                    ),
                ),
                "Fill the water butts, and check the taps for cracks.",
            ],
            ordered=True,
            marker="1.",
        ),
        Paragraph("Seed potatoes stay in the shed until the blackthorn has finished flowering."),
    ],
)

ROMAN = Document(
    name="list-roman",
    family="lists",
    summary="Roman numerals in brackets, and a second list with other bullets",
    blocks=[
        Title("Rules of the reading room"),
        Paragraph("The reading room belongs to everybody, and therefore the following holds:"),
        List(
            [
                "Newspapers are read one at a time and put back in their order.",
                "Whoever opens a window closes it.",
                "Conversations are held in the hall, where there is a bench for them.",
                "Food stays in bags, including that which has no smell.",
                "The last reader switches off the lamp and not the heating.",
            ],
            ordered=True,
            marker="(i)",
        ),
        Paragraph("Not covered by the rules, since they have never caused trouble:"),
        List(["spectacles,", "dogs that sleep,", "sleeping in general."], marker="*"),
    ],
)

SETTERS = Document(
    name="list-groff",
    family="lists",
    summary="Lists set by groff, with paragraphs that follow directly",
    blocks=[
        Heading("Care of the instrument", 1),
        Paragraph(
            "A piano wants a room in which people would feel well too. Three things harm it more than "
            "playing does:"
        ),
        List(
            [
                "dry air in winter, when the heating is on and the soundboard shrinks until the pins "
                "lose their hold,",
                "the sun, which bleaches one side of the case,",
                "flowers in water.",
            ]
        ),
        Paragraph("If it has been moved to another house, proceed in this order:"),
        List(
            [
                "Let it stand for three weeks.",
                "Have it tuned.",
                "Have it tuned again after the first winter, which is the tuning that counts.",
            ],
            ordered=True,
            marker="1.",
        ),
        Paragraph("Nothing else is urgent."),
    ],
)

DRAWN = Document(
    name="list-drawn-bullets",
    family="lists",
    summary="Bullets that are drawn as circles, of which the text knows nothing",
    blocks=[
        Heading("What the ferry carries", 1),
        Paragraph("The ferry goes four times a day and takes, without being asked:"),
        List(
            [
                "People",
                "Bicycles, if they are pushed",
                "Dogs, which pay nothing, and their owners, who pay for both as a rule and have been "
                "known to say so at length during the crossing.",
                "The post",
            ]
        ),
        Paragraph("Pianos are taken by arrangement."),
    ],
)

OVER_PAGES = Document(
    name="list-inner-over-pages",
    family="lists",
    summary="A page's end within an inner list, and one within an inner list of that",
    blocks=[
        Heading("What the hut book asks for", 1),
        Paragraph("Whoever stays for a night writes into the book, in this order and in ink."),
        List([
            "The day, and the weather.",
            Item("What was used:", List([
                "wood,", "oil,", "tea from the tin,",
                Item("things that have to be bought again:", List(
                    ["matches,", "candles,", "string,", "sugar,", "salt,"], marker="\u2022")),
                "blankets, counted when they are folded.",
            ], marker="\u2013")),
            Item("What was mended:", List([
                "the door,", "the stove pipe,", "the step in front of the door,", "the book itself."],
                marker="\u2013")),
            "Who comes after.",
        ], ordered=True, marker="1."),
        Paragraph("Nothing else has to be written, and most of it is read by nobody."),
    ],
)

DOCUMENTS = [
    (OVER_PAGES, typeset, {"width": 420.0, "height": 245.0, "margins": (50, 50, 50, 50)}),
    (DRAWN, typeset, {"drawn_bullets": True, "justify": False}),
    (BULLETS, typeset, {"face": "helvetica", "justify": False}),
    (NESTED, typeset, {}),
    (ROMAN, typeset, {"face": "dejavu", "size": 10}),
    (SETTERS, roff, {}),
]
