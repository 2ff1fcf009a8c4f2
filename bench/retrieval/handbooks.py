"""Long documents of our own for bench/retrieval/run, always the same ones, and questions to them.

Five books of 25 to 60 pages, set by corpus/make/typeset.py, as archives have them: chapters that are
made alike (a machine, a district, a variety, a department each), in which the same words come again
and the name of the chapter seldom does; tables, lists, footnotes, running heads, one column and two;
and a chronicle in which nothing comes again. A question asks for one fact by other words than its
sentence has, where there are any; its answer stands in the book once. Facts are asked for by lot, in
every kind of section, whether a heading helps to find them or not.
"""

import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "corpus/make"))

import typeset  # noqa: E402
from source import Document, Heading, List, Paragraph, Table, Title  # noqa: E402

ASKED = 44  # questions to each book

# ---- words that come again ----

FILLER = [
    "Before the work begins, the area is cleared and everybody who has no business there leaves it.",
    "The entries are made on the day itself and signed by the person who was present.",
    "Where two rules seem to contradict each other, the stricter one is followed.",
    "It has proved useful to keep the old papers for a year longer than is asked for.",
    "Small deviations are noted; large ones are reported before anything else is done.",
    "The cover is taken off slowly, because dust that falls into the housing is hard to remove.",
    "In winter the same steps take longer, and nobody should be hurried because of it.",
    "A second person reads the figures aloud while the first one writes them down.",
    "What cannot be settled on the spot goes to the next meeting with a short note.",
    "The keys hang in the office, and whoever takes them writes down the hour.",
    "Older instructions that say otherwise are no longer valid and should be thrown away.",
    "Most complaints of the past year came from the time after a change of staff.",
    "Water, warmth and patience do more here than force and new parts.",
    "The limits were chosen so that an honest mistake does no lasting harm.",
    "It is enough to check one in ten, provided that the ten are picked by lot.",
    "A table at the end of the chapter gives the values that are asked for most.",
    "The work is finished when the place is as clean as it was found.",
    "If the result differs from that of last year, the method is checked first.",
    "Costs are kept apart from those of the neighbours, even where the work is shared.",
    "Guests may watch, but they stay behind the line and touch nothing.",
    "The weather is noted too, since it explains more than one would think.",
    "Those who are new to it do the first three rounds together with somebody experienced.",
    "Every spring the list is read out, and what nobody remembers is struck off.",
    "A pencil is better than a pen here, because the sheets get wet.",
    "The oldest rule is still the best one: look first, then listen, then touch.",
    "Photographs are welcome, but they do not take the place of a description.",
]

NAMES = {
    "machines": ["Heron", "Kestrel", "Curlew", "Plover", "Dunlin", "Bittern", "Merlin", "Osprey",
                 "Siskin", "Wheatear", "Redstart", "Whimbrel", "Garganey", "Shoveler"],
    "districts": ["Hollin", "Aldry", "Quarry Ground", "Mill Lane", "Old Quay", "Withy Bed",
                  "Lane End", "Saint Brannock", "Upper Tarn", "Nether Tarn", "Church Close",
                  "Gallows Hill", "Spring Park", "Burnt House", "Little Marsh", "Long Meadow"],
    "varieties": ["Early Amber", "Quarry Red", "Winter Pearl", "Tall Ivory", "Blue Parson",
                  "Short Copper", "Marsh Gold", "Late Velvet", "Old Bristle", "Moon Pale",
                  "Stone Grey", "Summer Rust", "Long Feather", "Twin Crown", "Hill Barley",
                  "Black Lantern"],
    "departments": ["Harbour Office", "Public Library", "School Kitchen", "Fire Watch", "Land Register",
                    "Town Archive", "Swimming Baths", "Street Lighting", "Parks and Trees",
                    "Bridge Toll", "Weights and Measures", "Registry", "Ferry Service",
                    "Water Works", "Market Hall", "Museum"],
}

# (section, sentence, question, from, to, unit): the numbers are drawn, each once in all books.
FACTS = {
    "machines": [
        ("Installation", "The foundation bolts are tightened with {} in two rounds.",
         "{}: what torque for the foundation bolts?", "newton metres"),
        ("Installation", "Leave {} of free space in front of the switch box.",
         "How much room must stay free before the switch box of the {}?", "millimetres"),
        ("Operation", "At full load the motor may run {} without a pause.",
         "How long may the motor of the {} run at full load?", "minutes"),
        ("Operation", "The relief valve opens at {}, which can be heard in the next room.",
         "At what pressure does the relief valve of the {} open?", "kilopascals"),
        ("Maintenance", "The oil is changed after {} of operation, and once a year in any case.",
         "After how many hours is the oil of the {} changed?", "hours"),
        ("Maintenance", "The filter is washed every {} and dried in the air.",
         "When must the filter of the {} be washed?", "hours"),
        ("Faults", "A whistling sound means that the belt is worn below {}.",
         "{}: the belt whistles; below which width is it worn?", "tenths of a millimetre"),
        ("Faults", "If the lamp blinks, the winding is warmer than {} on the inner scale.",
         "Above which reading does the lamp of the {} blink?", "scale divisions"),
        ("Storage", "Out of use, the housing is filled with {} of preserving oil.",
         "How much preserving oil does the {} take when it is stored?", "millilitres"),
    ],
    "districts": [
        ("Population", "At the end of the year {} lived here, counted by the registers.",
         "How many residents has {}?", "people"),
        ("Population", "Of the households, {} consist of one person alone.",
         "Number of households of a single person in {}", "households"),
        ("Schools", "The schools taught {} in the autumn term.",
         "How many pupils do the schools of {} have?", "children"),
        ("Schools", "The largest class room measures {} on the builder's plan.",
         "How large is the largest class room in {}?", "square feet"),
        ("Roads", "Along the main road {} were planted to replace those that the storm had felled.",
         "Trees planted along the main road of {} after the storm", "limes"),
        ("Roads", "The crossing at the post office is used by {} on a market day.",
         "{}: how many use the crossing by the post office on market days?", "pedestrians"),
        ("Waste", "The bins were emptied {} in the year under report.",
         "How many times were the bins of {} emptied?", "times"),
        ("Waste", "From the compost yard {} went back to the gardens.",
         "How much compost did gardens get from the yard in {}?", "barrows"),
        ("Budget", "For the upkeep of the hall {} were set aside.",
         "What money is set aside for the hall of {}?", "crowns"),
    ],
    "varieties": [
        ("Sowing", "Seed is sown at {} to the square metre, a little more on heavy soil.",
         "How densely is {} sown?", "grains"),
        ("Sowing", "It germinates within {} when the ground is warm.",
         "How long does {} take to germinate?", "hours"),
        ("Growth", "The stems grow {} tall and rarely lodge.",
         "How tall are the stems of {}?", "millimetres"),
        ("Growth", "Flowering begins after {} of summed warmth.",
         "What sum of warmth does {} need until it flowers?", "degree days"),
        ("Harvest", "The best plot gave {} by the old measure.",
         "What was the best yield of {}?", "bushels"),
        ("Harvest", "A thousand kernels weigh {} at the usual moisture.",
         "Weight of a thousand kernels of {}", "carats"),
        ("Diseases", "In wet years {} of a hundred thousand plants showed rust.",
         "How many plants of {} had rust in wet years?", "plants"),
        ("Use", "The flour takes up {} of water to the sack.",
         "How much water does flour of {} take up?", "gills"),
        ("Use", "Its straw makes {} of thatch to the cartload.",
         "How much thatch comes from a cartload of straw of {}?", "bundles"),
    ],
    "departments": [
        ("Hours of work", "The counter is open for {} in the year, holidays not counted.",
         "How many hours a year is the counter of the {} open?", "hours"),
        ("Hours of work", "Night duty is paid with {} on top of the wage.",
         "What is paid for night duty in the {}?", "pence"),
        ("Leave", "Requests are handed in {} before the leave begins.",
         "{}: how long before leave must it be asked for?", "hours"),
        ("Leave", "No more than {} of leave may be carried over.",
         "How much leave can be carried over in the {}?", "half hours"),
        ("Notice", "Notice is given {} before the last day.",
         "What is the period of notice in the {}?", "working hours"),
        ("Travel", "Journeys of less than {} are not refunded.",
         "From which distance does the {} refund journeys?", "furlongs"),
        ("Travel", "For a meal on the way {} are paid without a receipt.",
         "What is paid for meals on a journey for the {}?", "farthings"),
        ("Equipment", "Boots are replaced after {} of wear.",
         "After what wear does the {} replace boots?", "days"),
        ("Equipment", "Each lamp must burn for {} on one charge.",
         "How long must a lamp of the {} burn?", "minutes"),
    ],
}

PARTS = ["Sealing ring, upper", "Sealing ring, lower", "Drive belt", "Hand wheel", "Cover plate",
         "Ball bearing", "Thrust washer", "Filter mesh", "Relief spring", "Valve seat",
         "Cable gland", "Fuse holder", "Oil pipe", "Drain plug", "Locking pin", "Coupling half",
         "Fan blade", "Name plate", "Float switch", "Inlet flange", "Outlet flange", "Shaft key"]

STEPS = ["Close the inlet and wait until the gauge has come to rest.",
         "Lift the cover by both handles, and lay it on the felt.",
         "Turn the shaft by hand through one full circle.",
         "Wipe the seat with a dry cloth, never with a wet one.",
         "Put the cover back, and tighten its screws crosswise."]

CHRONICLE = [
    ("the baker", "lent his cart to the fire brigade", "who lent a cart to the fire brigade"),
    ("the ferryman", "counted the swans and gave up at {}", "how far did the count of swans get"),
    ("the postmistress", "found a letter that had been under way for {} days",
     "how long was the lost letter under way"),
    ("the schoolmaster", "measured the frost in the well and wrote down {} inches",
     "how deep was the frost in the well"),
    ("the sexton", "rang the bell for {} minutes because the rope had caught",
     "how long did the bell ring when its rope caught"),
    ("the miller", "sold {} sacks to a stranger who paid in silver",
     "how many sacks did the stranger with the silver buy"),
    ("the doctor", "rode {} miles through the snow to a birth", "how far did the doctor ride in snow"),
    ("the carpenter", "built a stage of {} planks for the players",
     "how many planks had the stage of the players"),
    ("the gardener", "dug up a jar with {} coins behind the church",
     "how many coins were in the jar behind the church"),
    ("the blacksmith", "shod {} horses of a regiment in one night",
     "how many horses of the regiment were shod"),
]


class Maker:
    def __init__(self):
        self.random, self.used = random.Random("handbooks"), set()

    def number(self):
        """One that no book has yet; four digits, so that it is no page and no year."""
        while True:
            number = self.random.randint(2100, 9899)
            if number not in self.used:
                self.used.add(number)
                return str(number)

    def filler(self, count):
        return self.random.sample(FILLER, count)

    def prose(self, sentences, name, words=(12, 18)):
        """Facts among sentences that stand everywhere; now and then the chapter's name falls."""
        text = self.filler(self.random.randint(*words)) + list(sentences)
        self.random.shuffle(text)
        if self.random.random() < 0.3:
            text.insert(0, f"This section speaks of the {name} alone.")
        half = len(text) // 2
        return [Paragraph(" ".join(text[:half])), Paragraph(" ".join(text[half:]))]

    def sections(self, kind, name, number):
        facts, questions = FACTS[kind], []
        titles = list(dict.fromkeys(fact[0] for fact in facts))
        blocks = []
        for index, title in enumerate(titles, 1):
            blocks.append(Heading(title, 2, f"{number}.{index}"))
            told = []
            for section, sentence, question, unit in facts:
                if section != title:
                    continue
                answer = f"{self.number()} {unit}"
                told.append(sentence.format(answer))
                questions.append((question.format(name), answer))
            blocks += self.prose(told, name)
            if index == 2:
                blocks.append(List([*self.random.sample(STEPS, 4)], ordered=True, marker="1."))
            if index == 3:
                blocks.append(self.noted(name, questions))
        return blocks, questions

    def noted(self, name, questions):
        answer = f"{self.number()} marks"
        questions.append((f"What did the last inspection of {name} cost?", answer))
        before, after = self.filler(2)
        return Paragraph(f"Inspections are paid by the owner.^[{before} The last one cost {answer}.] "
                         f"{after}")

    def parts(self, name, number, questions):
        rows = [["Part", "Order number", "Mass (g)"]]
        for part in PARTS:
            order = self.number()
            rows.append([part, order, str(self.random.randint(2, 99) * 10)])
            if self.random.random() < 0.15:
                questions.append((f"Order number of the {part.lower()} of the {name}", order))
        return [Heading("Spare parts", 2, f"{number}.9"),
                Table(rows, caption=f"Table {number}. Spare parts", align="lrr",
                      widths=[170, 90, 70], style=self.random.choice(["ruled", "booktabs"]))]

    def book(self, kind, title, **facts):
        blocks, questions = [Title(title), Paragraph(" ".join(self.filler(6)))], []
        for number, name in enumerate(NAMES[kind], 1):
            blocks.append(Heading(f"The {name}" if kind != "districts" else name, 1, str(number)))
            blocks.append(Paragraph(" ".join(self.filler(5))))
            more, asked = self.sections(kind, name, number)
            blocks += more
            if kind == "machines":
                blocks += self.parts(name, number, asked)
            questions += asked
        document = Document(name=f"handbook-{kind}", family="handbooks", blocks=blocks, title=title,
                            header=f"{title}||", footer="|%|", **facts)
        return document, self.random.sample(questions, ASKED)

    def chronicle(self):
        blocks, questions = [Title("Chronicle of the parish")], []
        for year in range(1801, 1841):
            blocks.append(Heading(f"The year {year}", 1))
            for who, did, asked in self.random.sample(CHRONICLE, 4):
                text = self.filler(self.random.randint(12, 17))
                if "{}" in did:
                    count = self.number()
                    questions.append((f"In {year}, {asked}?", count))
                    did = did.format(count)
                text.insert(self.random.randint(1, 4), f"In autumn {who} {did}.")
                blocks.append(Paragraph(" ".join(text)))
        document = Document(name="handbook-chronicle", family="handbooks", blocks=blocks,
                            title="Chronicle of the parish", header="|Chronicle of the parish|",
                            footer="||%")
        return document, self.random.sample(questions, ASKED)


def books():
    """(document, options of the typesetter, [(question, answer)]) of each book."""
    maker = Maker()
    yield *maker.book("machines", "Handbook of the pumps"), {}
    yield *maker.book("districts", "Report on the districts"), {"columns": 2, "size": 10.0}
    yield *maker.book("varieties", "Varieties of grain"), {"face": "helvetica", "justify": False}
    yield *maker.book("departments", "Rules of service"), {"indent": 14.0, "space": 0.0}
    yield *maker.chronicle(), {"columns": 2, "gutter": 22.0}


def make(folder):
    """Writes the books; {name: questions}."""
    asked = {}
    for document, questions, options in books():
        pages = typeset.build(document, pathlib.Path(folder, f"{document.name}.pdf"), **options)
        asked[document.name] = questions
        print(f"{document.name}: {pages} pages, {len(questions)} questions", file=sys.stderr)
    return asked


if __name__ == "__main__":
    make(sys.argv[1])
