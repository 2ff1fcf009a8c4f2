"""Kinds of blocks beside plain paragraphs: definitions, formulas, quotations, lines, long lists."""

import prose
import typeset
from source import (
    Code,
    Definitions,
    Document,
    Formula,
    Heading,
    Item,
    Lines,
    List,
    Paragraph,
    Quote,
)


def document(name, summary, blocks, **more):
    return Document(name=f"blocks-{name}", family="blocks", summary=summary, blocks=blocks, **more)


WORDS = [
    ("Leat", "A channel that brings water to a mill. Most of them are older than the mill, and all "
             "of them are older than the papers that say who may use the water."),
    ("Tailrace", "The channel in which the water leaves the wheel and goes back to the river."),
    ("Weir", "The wall over which the river falls when the miller does not want it. Ours was built "
             "three times, and the third one was paid for by the railway."),
]

BELOW = document(
    "definitions",
    "Terms in bold, each with its text set in below it, between paragraphs",
    [
        Heading("Words of the mill", 1),
        Paragraph("Visitors ask for the meaning of three words more often than for the way out, and "
                  "so they are printed here, in the order of the alphabet."),
        Definitions(WORDS),
        Paragraph("All other words mean at the mill what they mean elsewhere, with the exception of "
                  "those that are only spoken when the gate has jammed."),
    ],
)

BESIDE = document(
    "definitions-beside",
    "Terms in italics that begin hanging paragraphs",
    [
        Heading("Words of the mill", 1),
        Paragraph("Visitors ask for the meaning of three words more often than for the way out, and "
                  "so they are printed here, in the order of the alphabet."),
        Definitions(WORDS, beside=True, kind="italic"),
        Paragraph("All other words mean at the mill what they mean elsewhere, with the exception of "
                  "those that are only spoken when the gate has jammed."),
    ],
)

MORE_WORDS = WORDS + [
    ("Sluice", "A gate in the leat. It is opened by hand and closed by whoever gets wet."),
    ("Stone dresser", "The man who cuts the grooves. He comes once a year and stays for a week, of "
                      "which he talks for five days."),
]

APART = document(
    "definitions-apart",
    "Terms in one column, and what they mean in another, between paragraphs",
    [
        Heading("Words of the mill", 1),
        Paragraph("Visitors ask for the meaning of five words more often than for the way out, and "
                  "so they are printed here, in the order of the alphabet."),
        Definitions(MORE_WORDS, apart=110.0),
        Paragraph("All other words mean at the mill what they mean elsewhere, with the exception of "
                  "those that are only spoken when the gate has jammed."),
    ],
)

FORMULAS = document(
    "formulas",
    "Formulas of one line, with and without a number, between paragraphs",
    [
        Heading("How much water turns the wheel", 1),
        Paragraph("The power of the wheel follows from the head and from the flow, of which only the "
                  "second can be changed before lunch:"),
        Formula("P = r g Q h", "(1)"),
        Paragraph("Here the head is measured from the water above to the water below. The flow is "
                  "what the gate lets through, and it grows with the root of the depth:"),
        Formula("Q = c b d + 0.5 c b e"),
        Paragraph("With the numbers of the old gate, the first of these gives four kilowatts, which "
                  "is enough for the stones and for a lamp, but not for both and the kettle."),
        Formula("Q < 0.3", "(2)"),
        Paragraph("Below that the wheel stands still, and so does the miller."),
    ],
)

QUOTES = document(
    "quotes",
    "Two quotations, one of them of two paragraphs, set in on both sides",
    [
        Heading("What was said of the weir", 1),
        Paragraph("The first to write about it was the vicar, who could see it from his study and "
                  "hear it from his pulpit:"),
        Quote(prose.MAPS[2]),
        Paragraph("He was answered by the surveyor in a letter that has been kept, although nobody "
                  "remembers by whom or to what end:"),
        Quote(prose.BEES[1]),
        Quote(prose.BEES[2]),
        Paragraph("Neither of them was wrong, and neither of them went there again."),
    ],
)

LINES = document(
    "lines",
    "A poem in the middle of the page and an address at its edge, line by line",
    [
        Heading("The last entry in the log", 1),
        Paragraph("The log of the harbour master ends with a poem. It is not known whether he wrote "
                  "it or found it, and the hand is no help, since it is the same throughout."),
        Lines(["The tide came up to read the gauge", "and found it had been read,",
               "so it went down another page", "and wrote its own instead."], centre=True),
        Paragraph("Letters about it are welcome, and go to the office, where they are answered in "
                  "the order in which they come and in the hand of whoever is there."),
        Lines(["Harbour Office", "Old Customs House, first floor", "2 Ferry Steps", "Stillwater"]),
    ],
)

STEPS = [
    "Open the upper gate by a quarter and wait until the leat is full to the mark.",
    "Look at the trash rack. What has gathered there is taken out with the long rake and not by "
    "hand, however warm the day.",
    "Grease the bearing on the river side. The other one greases itself, as far as is known.",
    "Lift the stone by a finger's breadth.",
    "Open the gate to the half. The wheel should now turn; if it does not, it is not pushed, but "
    "the water is given time.",
    "Listen. A wheel that runs well cannot be heard over the water.",
    "Let the stone down until the meal is warm and not hot.",
    "Feed the corn in the measure in which it is ground.",
]

PAGES = document(
    "list-over-pages",
    "A numbered list that a page's end cuts, bullets within it, and a note at the foot",
    [
        Heading("Setting the mill going", 1),
        *[Paragraph(text) for text in prose.CLOCK[:4]],
        Paragraph("This is done in eight steps, of which the second is the one that is forgotten."),
        List([STEPS[0], Item(STEPS[1], List(["leaves,", "branches,", "a boot, as a rule."],
                                            marker="\u2013")), *STEPS[2:]],
             ordered=True, marker="1."),
        Paragraph("To stop it, the same is done the other way round, but for the boot."),
    ],
    footer="|%|",
    header_on_first=True,
)

LISTINGS = document(
    "code",
    "Listings with indentation, a blank line and numbers in the margin",
    [
        Heading("The program of the gate", 1),
        Paragraph("The gate is moved by a program of a few lines, which are printed here because the "
                  "machine that runs them has no screen."),
        Code(["while True:", "    level = gauge.read()", "    if level > 2.4:",
              "        gate.open(0.5)", "", "    sleep(600)"]),
        Paragraph("It is started from the shell of the station, as anybody could do who has a key:"),
        Code(["$ cd /gate", "$ ./run --gauge river"]),
        Paragraph("Nobody has a key. What it prints is numbered, so that it can be spoken of:"),
        Code(["level 2.31", "level 2.38", "", "level 2.44", "    gate 0.5", "level 2.40", "level 2.36",
              "level 2.30", "    gate 0.0", "level 2.29", "sleeping"], numbered=True),
    ],
)

DOCUMENTS = [
    (BELOW, typeset, {}),
    (APART, typeset, {}),
    (BESIDE, typeset, {"justify": False}),
    (FORMULAS, typeset, {}),
    (QUOTES, typeset, {}),
    (LINES, typeset, {}),
    (PAGES, typeset, {"margins": (72.0, 72.0, 72.0, 420.0)}),
    (LISTINGS, typeset, {"face": "helvetica"}),
]
