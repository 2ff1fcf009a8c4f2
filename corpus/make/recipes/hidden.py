"""Text that a reader of the page does not see, and that must not come out as if he did."""

import typeset
from pdf import Name
from source import Document, Heading, Paragraph

SEEN = [
    Heading("Minutes of the garden committee", 1),
    Paragraph(
        "The committee met on the fourth of May in the shed, since it rained. All five members were "
        "present, and the minutes of the last meeting were read aloud and laughed at."
    ),
    Paragraph(
        "It was agreed that the compost is to be turned on Saturdays, that the hose is to be rolled "
        "up by whoever used it last, and that slugs are nobody's property."
    ),
]


def document(name, summary, hidden):
    import copy

    return Document(name=name, family="hidden", summary=summary, hidden=hidden,
                    blocks=copy.deepcopy(SEEN))


def invisible(pages, face):
    pages[0].text(72, 300, "Invisible remark about the treasurer", face["plain"], 10, mode=3)


def white(pages, face):
    pages[0].text(72, 300, "White words on white paper", face["plain"], 10, colour=(1, 1, 1))
    pages[0].fill(72, 330, 300, 30, (0.1, 0.2, 0.5))
    pages[0].text(80, 350, "Blue words on a blue ground", face["plain"], 10, colour=(0.1, 0.2, 0.5))


def clipped(pages, face):
    page = pages[0]
    page.op("q 72 600 100 20 re W n")
    page.text(72, 500, "Clipped words far from the opening", face["plain"], 10)
    page.op("Q")


def covered(pages, face):
    page = pages[0]
    page.text(72, 300, "Struck out by a black bar", face["plain"], 10)
    page.fill(70, 288, 200, 16, (0, 0, 0))
    page.text(72, 340, "Struck out by a white one", face["plain"], 10)
    page.fill(70, 328, 200, 16, (1, 1, 1))


def off_page(pages, face):
    page = pages[0]
    page.text(700, 300, "Beyond the right edge", face["plain"], 10)
    page.text(72, -40, "Above the upper edge", face["plain"], 10)
    page.text(72, 900, "Below the lower edge", face["plain"], 10)


def layers(pages, face):
    page = pages[0]
    page.op("/OC /Off BDC")
    page.text(72, 300, "Words on a layer that is switched off", face["plain"], 10)
    page.op("EMC")


def layer_groups(writer, references, catalog):
    """One optional content group, off by default."""
    group = writer.add({"Type": Name("OCG"), "Name": "Remarks"})
    for reference in references:
        writer.objects[reference - 1]["Resources"]["Properties"] = {"Off": group}
    catalog["OCProperties"] = {"OCGs": [group], "D": {"OFF": [group], "Order": [group]}}


def everything(pages, face):
    for draw in (invisible, white, clipped, off_page):
        draw(pages, face)


INVISIBLE = ["Invisible remark about the treasurer"]
WHITE = ["White words on white paper", "Blue words on a blue ground"]
CLIPPED = ["Clipped words far from the opening"]
COVERED = ["Struck out by a black bar", "Struck out by a white one"]
OFF = ["Beyond the right edge", "Above the upper edge", "Below the lower edge"]
LAYER = ["Words on a layer that is switched off"]

DOCUMENTS = [
    (document("hidden-invisible", "Text in render mode 3", INVISIBLE), typeset, {"draw": invisible}),
    (document("hidden-white", "Text in the colour of its ground", WHITE), typeset, {"draw": white}),
    (document("hidden-clipped", "Text outside the clip", CLIPPED), typeset, {"draw": clipped}),
    (document("hidden-covered", "Text under bars", COVERED), typeset, {"draw": covered}),
    (document("hidden-off-page", "Text outside the page", OFF), typeset, {"draw": off_page}),
    (document("hidden-layer", "Text on a layer that is off", LAYER), typeset,
     {"draw": layers, "finish": layer_groups}),
    (document("hidden-many", "Four ways of hiding at once", INVISIBLE + WHITE + CLIPPED + OFF), typeset,
     {"draw": everything, "face": "dejavu", "size": 9.5}),
]
