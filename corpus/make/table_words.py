"""What stands in generated tables: columns of names, phrases, counts, sums, shares, dates and codes.

Everything is drawn from a random.Random that is seeded by the name of the page, so that the same
page always holds the same words. All of it is our own.
"""

PLACES = (
    "Upper Field,Tithe Piece,Long Meadow,Quarry Ground,Lane End,Nine Acres,Mill Leat,Church Close,"
    "Withy Bed,Burnt House,Little Marsh,Gallows Hill,Spring Park,Saint Brannock,Old Harbour,"
    "North Quay,Ferry Road,Castle Yard,Rope Walk,Market Cross,East Lodge,Stone Bridge,Fox Covert,"
    "Chapel Row,Weir House,Glebe Farm,Sand Pit,Bell Tower,Salt Pans,Round Wood"
).split(",")
GOODS = (
    "Apples,Barley,Candles,Dried peas,Eggs,Flax,Ginger,Honey,Iron nails,Jute sacks,Kindling,Linseed,"
    "Malt,Nutmeg,Oats,Plums,Quinces,Rye flour,Salted cod,Tallow,Umber,Vinegar,Wool,Yarn,Beeswax,"
    "Copper wire,Damsons,Hemp rope,Lamp oil,Slate"
).split(",")
PEOPLE = (
    "A. Holm,B. Ferrand,C. Ostrow,D. Quill,E. Marsh,F. Tarn,G. Linden,H. Abbot,I. Vance,J. Croft,"
    "K. Sorrel,L. Penn,M. Hythe,N. Ayre,O. Birk,P. Dunmore,R. Eastman,S. Farrow,T. Gale,U. Hearn"
).split(",")
SUBJECTS = "The keeper,A second survey,Each lock gate,The night shift,No ferry,One apprentice".split(",")
DOINGS = (
    "counts the barrels before noon;was rebuilt after the flood;closes at the first frost;"
    "reports to the harbour office;is measured again every spring;waits for the turn of the tide;"
    "carries stone from the upper quarry;needs oil and a new rope"
).split(";")
STATES = "open,closed,in use,planned,leased,empty,let,under repair".split(",")
LABELS = {
    "name": ["Place", "Site", "Parish", "Station"],
    "goods": ["Goods", "Article", "Ware"],
    "person": ["Keeper", "Clerk", "Owner"],
    "phrase": ["Remarks", "Notes", "Report"],
    "count": ["Barrels", "Loads", "Visits", "Persons", "Lots", "Crates"],
    "decimal": ["Yield", "Depth", "Area", "Mean", "Width"],
    "percent": ["Share", "Change", "Growth"],
    "sum": ["Price", "Cost", "Income", "Duty"],
    "year": ["Year", "Built", "Since"],
    "date": ["Date", "Due", "Seen on"],
    "code": ["Code", "Mark", "Berth"],
    "state": ["State", "Use"],
}
NUMBERS = ("count", "decimal", "percent", "sum", "year")


def phrase(draw):
    return f"{draw.choice(SUBJECTS)} {draw.choice(DOINGS)}"


def value(draw, kind):
    """One cell of a column of that kind."""
    made = {
        "count": lambda: f"{draw.choice([draw.randint(2, 99), draw.randint(100, 98000)]):,}",
        "decimal": lambda: f"{draw.uniform(0.1, 99):.{draw.choice([1, 1, 2])}f}",
        "percent": lambda: f"{draw.uniform(-9, 80):.1f}%",
        "sum": lambda: f"${draw.randint(3, 4000):,}.{draw.randint(0, 99):02d}",
        "year": lambda: str(draw.randint(1850, 2020)),
        "date": lambda: f"{draw.randint(1, 28)} {draw.choice(['Jan', 'Mar', 'Jun', 'Sep', 'Nov'])} "
                        f"{draw.randint(1990, 2020)}",
        "code": lambda: f"{draw.choice('ABCDEFG')}{draw.randint(10, 99)}-{draw.randint(100, 999)}",
        "state": lambda: draw.choice(STATES),
        "phrase": lambda: phrase(draw),
        "person": lambda: draw.choice(PEOPLE),
    }
    return made[kind]()


def column(draw, kind, rows):
    """The cells of a column; names of rows do not repeat."""
    if kind in ("name", "goods"):
        names = PLACES if kind == "name" else GOODS
        return [names[i % len(names)] + (" " + "I" * (i // len(names)) if i >= len(names) else "")
                for i in draw.sample(range(2 * len(names)), rows)]
    return [value(draw, kind) for _ in range(rows)]


def labels(draw, kinds):
    """Heads of columns, no two alike."""
    used = []
    for kind in kinds:
        free = [label for label in LABELS[kind] if label not in used]
        used.append(draw.choice(free) if free else f"{LABELS[kind][0]} {len(used) + 1}")
    return used


def kinds(draw, columns, numeric=True, first=("name", "goods")):
    """Kinds of a table's columns: something that names the rows, then numbers or words."""
    rest = NUMBERS if numeric else ("person", "code", "state", "date", "count")
    return [draw.choice(first)] + [draw.choice(rest) for _ in range(columns - 1)]
