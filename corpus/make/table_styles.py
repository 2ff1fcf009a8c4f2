"""The styles of generated tables: STYLES maps a name to a function that fills one sheet.

    sheet = make("booktabs", 3)      the fourth document of that style, always the same

A style varies what its name leaves open (type, distances, kinds of columns, numbers of rows), so
that no rule can be made for one page.
"""

import random

import prose
import table_words as words
from source import Cell
from table_sheets import Layout, Manner, Sheet, font_of, spanning

STYLES = {}
ESSAYS = [prose.BREAD, prose.TRAM, prose.CLOCK]


def style(function):
    STYLES[function.__name__] = function
    return function


def make(name, index):
    draw = random.Random(f"{name} {index}")
    return STYLES[name](f"{name}-{index}", draw)


# ---- what styles share ----


def opened(name, draw, paragraphs=1, **more):
    """A sheet that begins with running text."""
    sheet = Sheet(name, **more)
    sheet.paragraph(draw.choice(["Register", "Survey", "Account"]) + f" {draw.randint(2, 90)}", 14,
                    bold=True)
    for _ in range(paragraphs):
        sheet.paragraph(draw.choice(draw.choice(ESSAYS)))
    return sheet


def texts(name):
    """A sheet of text alone."""
    return opened(name, random.Random(name), 2)


def closed(sheet, draw):
    """Running text at the end."""
    sheet.paragraph(draw.choice(draw.choice(ESSAYS)))
    return sheet


def manner_of(draw, **fixed):
    return Manner(**{"size": draw.choice([8, 9, 10]),
                     "family": draw.choice(["Helvetica", "Times-Roman"]),
                     "pad_x": draw.choice([4, 6, 8]), "pad_y": draw.choice([1.5, 2.5, 4]),
                     "bold_head": draw.random() < 0.6, **fixed})


def aligned(draw, kinds):
    """Numbers stand at the right; now and then in the middle."""
    side = draw.choice("rrrc")
    return "".join(side if kind in words.NUMBERS else "l" for kind in kinds)


def plain(draw, rows=None, columns=None, numeric=True, kinds=None, **more):
    """A header and rows of cells."""
    kinds = kinds or words.kinds(draw, columns or draw.randint(3, 6), numeric)
    rows = rows or draw.randint(4, 14)
    cells = [words.column(draw, kind, rows) for kind in kinds]
    lines = [words.labels(draw, kinds)] + [list(line) for line in zip(*cells)]
    return spanning(lines, align=aligned(draw, kinds), **more)


def wordy(draw, sheet, rows=None):
    """Columns of which one holds phrases of several lines."""
    kinds = ["name", "phrase", draw.choice(["count", "sum", "decimal"])]
    if draw.random() < 0.5:
        kinds.append(draw.choice(["state", "date"]))
    table = plain(draw, rows or draw.randint(3, 8), kinds=kinds)
    widths = {"name": 92, "phrase": draw.choice([110, 140]), "date": 72}
    table.widths = [widths.get(kind, 66) for kind in kinds]
    return table


def two_levels(draw, groups=2, rows=None, rowspans=True):
    """A header of two levels: spanners over groups of columns."""
    each = draw.choice([2, 2, 3])
    kinds = ["name"] + [draw.choice(["count", "decimal"]) for _ in range(groups * each)]
    rows = rows or draw.randint(4, 10)
    names = draw.sample(["Summer", "Winter", "First survey", "Second survey", "Harvest"], groups)
    stub = Cell("Place", row_span=2 if rowspans else 1, kind="column_header")
    top = [stub]
    for name in names:
        top += [Cell(name, column_span=each, kind="column_header")] + [None] * (each - 1)
    low = [None if rowspans else ""]
    for _ in names:
        low += draw.sample(["Loads", "Depth", "Mean", "Lots", "Area"], each)
    cells = [words.column(draw, kind, rows) for kind in kinds]
    return spanning([top, low] + [list(line) for line in zip(*cells)], header_rows=2,
                    align=aligned(draw, kinds))


def sections(draw, table, manner, count=2):
    """Rows that name a group of rows; without walls around them, they are cells of the first column
    where they fit it."""
    room = Layout(Sheet(""), table, manner).widths[0] - 2 * manner.pad_x
    width, body = len(table.rows[0]), table.rows[table.header_rows :]
    step = max(2, len(body) // count)
    rows = list(table.rows[: table.header_rows])
    for start in range(0, len(body), step):
        name = f"{draw.choice(['Northern', 'Southern', 'Coastal', 'Upland'])} part {start // step + 1}"
        if manner.column_rules or font_of(manner, True).width(name, manner.size) > room:
            rows.append([Cell(name, column_span=width, kind="section")] + [None] * (width - 1))
        else:
            rows.append([Cell(name, kind="section")] + [Cell("") for _ in range(width - 1)])
        rows += body[start : start + step]
    table.rows = rows
    return table


def grouped(draw, table):
    """The first column names groups of rows by cells that span them."""
    body, row = table.rows[table.header_rows :], 0
    table.rows[0].insert(0, Cell("Group", kind="column_header"))
    while row < len(body):
        span = min(draw.choice([2, 3]), len(body) - row)
        name = draw.choice(["Coast", "Moor", "Valley", "Town"]) + f" {row + 1}"
        body[row].insert(0, Cell(name, row_span=span, kind="stub" if span > 1 else "content"))
        for other in range(row + 1, row + span):
            body[other].insert(0, None)
        row += span
    table.align = "l" + table.align
    return table


def total(draw, table):
    """A last row of sums."""
    row = ["Total"] + [words.value(draw, "count") for _ in table.rows[0][1:]]
    table.rows.append([Cell(text) for text in row])
    return table


GRID = {"frame": "solid", "sides": "solid", "header_rule": "solid", "row_rules": "solid",
        "column_rules": "solid"}
BOOK = {"frame": "solid", "header_rule": "solid"}


def drawn(kind):
    return {key: kind for key in GRID}


def shown(name, draw, table, manner, **more):
    sheet = opened(name, draw, **more)
    sheet.table(table, manner)
    return closed(sheet, draw)


# ---- ruled ----


@style
def grid(name, draw):
    return shown(name, draw, plain(draw, numeric=draw.random() < 0.5), manner_of(draw, **GRID))


@style
def grid_lines(name, draw):
    manner = manner_of(draw, middle=draw.random() < 0.4, **GRID)
    return shown(name, draw, wordy(draw, None), manner)


@style
def grid_spans(name, draw):
    table, manner = two_levels(draw, draw.choice([2, 2, 3])), manner_of(draw, **GRID)
    if draw.random() < 0.5:
        table = sections(draw, table, manner)
    return shown(name, draw, table, manner)


@style
def grid_groups(name, draw):
    return shown(name, draw, grouped(draw, plain(draw, columns=draw.randint(3, 4))),
                 manner_of(draw, **GRID))


@style
def grid_dashed(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, **drawn("dashed")))


@style
def grid_pieces(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, **drawn("pieces")))


@style
def grid_double(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, **drawn("double")))


@style
def grid_open_frame(name, draw):
    """Walls between cells, none around them."""
    rules = {"header_rule": "solid", "row_rules": "solid", "column_rules": "solid"}
    return shown(name, draw, plain(draw, columns=draw.randint(3, 6)), manner_of(draw, **rules))


@style
def grid_open_sides(name, draw):
    rules = {**GRID, "sides": ""}
    return shown(name, draw, plain(draw, columns=draw.randint(3, 6)), manner_of(draw, **rules))


@style
def grid_open_rows(name, draw):
    """A lattice whose rows under the header no rule parts."""
    rules = {"frame": "solid", "sides": "solid", "header_rule": "solid", "column_rules": "solid"}
    return shown(name, draw, plain(draw, rows=draw.randint(4, 16)),
                 manner_of(draw, pad_y=draw.choice([0.5, 1.5, 2.5]), **rules))


@style
def grid_sparse(name, draw):
    """Many cells are empty."""
    table = plain(draw, columns=draw.randint(4, 6))
    for row in table.rows[1:]:
        for column in range(1, len(row)):
            if draw.random() < 0.35:
                row[column] = Cell("")
    return shown(name, draw, table, manner_of(draw, **GRID))


@style
def grid_footer(name, draw):
    table = plain(draw, kinds=["goods"] + ["count"] * draw.randint(2, 4))
    return shown(name, draw, total(draw, table), manner_of(draw, **GRID))


@style
def grid_stub(name, draw):
    """The first column in bold."""
    return shown(name, draw, plain(draw), manner_of(draw, bold_stub=True, bold_head=True, **GRID))


# ---- some rules ----


@style
def booktabs(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, **BOOK))


@style
def booktabs_levels(name, draw):
    return shown(name, draw, two_levels(draw, draw.choice([2, 2, 3])),
                 manner_of(draw, spanner_rules=True, pad_x=6, **BOOK))


@style
def booktabs_sections(name, draw):
    manner = manner_of(draw, **BOOK)
    table = sections(draw, plain(draw, rows=draw.randint(6, 12)), manner)
    return shown(name, draw, table, manner)


@style
def booktabs_lines(name, draw):
    manner = manner_of(draw, pad_y=draw.choice([2.5, 4]), **BOOK)
    return shown(name, draw, wordy(draw, None), manner)


@style
def booktabs_footer(name, draw):
    table = total(draw, plain(draw, kinds=["goods"] + ["count"] * draw.randint(2, 4)))
    return shown(name, draw, table, manner_of(draw, **BOOK))


@style
def header_rule(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, header_rule="solid"))


@style
def row_rules(name, draw):
    rules = {"row_rules": "solid", "header_rule": "solid"}
    if draw.random() < 0.5:
        rules["frame"] = "solid"
    return shown(name, draw, plain(draw), manner_of(draw, **rules))


@style
def row_rules_lines(name, draw):
    rules = {"row_rules": "solid", "header_rule": "solid", "frame": "solid"}
    return shown(name, draw, wordy(draw, None), manner_of(draw, **rules))


@style
def column_rules(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, column_rules="solid"))


@style
def zebra(name, draw):
    return shown(name, draw, plain(draw, rows=draw.randint(5, 14)),
                 manner_of(draw, zebra=0.9, head_fill=draw.choice([0, 0.75]), wide=draw.random() < 0.5))


@style
def filled(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, cell_fills=0.93))


@style
def coloured_head(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, head_fill=0.75))


# ---- no rules ----


@style
def borderless(name, draw):
    return shown(name, draw, plain(draw), manner_of(draw, pad_x=draw.choice([8, 12])))


@style
def borderless_words(name, draw):
    return shown(name, draw, plain(draw, numeric=False, columns=draw.randint(3, 5)),
                 manner_of(draw, pad_x=draw.choice([8, 12]), bold_head=True))


@style
def borderless_lines(name, draw):
    table = wordy(draw, None)
    return shown(name, draw, table, manner_of(draw, pad_x=8, pad_y=4, bold_head=True))


@style
def borderless_sparse(name, draw):
    table = plain(draw, rows=draw.randint(6, 14), columns=draw.randint(4, 6))
    for row in table.rows[1:]:
        for column in range(1, len(row)):
            if draw.random() < 0.2:
                row[column] = Cell("")
    return shown(name, draw, table, manner_of(draw, pad_x=10))


@style
def wide(name, draw):
    """Many columns of small numbers."""
    kinds = ["goods"] + [draw.choice(["count", "decimal"]) for _ in range(draw.randint(8, 11))]
    rules = draw.choice([GRID, BOOK, {}])
    table = plain(draw, kinds=kinds)
    table.rows[0] = [Cell(table.rows[0][0].text, kind="column_header")] + [
        Cell(str(1990 + index), kind="column_header") for index in range(len(kinds) - 1)]
    return shown(name, draw, table, manner_of(draw, **{"size": 7, "pad_x": 4, **rules}))


# ---- several, turned, continued ----


@style
def two_a_page(name, draw):
    sheet = opened(name, draw)
    for rules in draw.sample([GRID, BOOK, {}, {"row_rules": "solid", "header_rule": "solid"}], 2):
        sheet.table(plain(draw, rows=draw.randint(4, 8)), manner_of(draw, pad_x=8, **rules))
        sheet.paragraph(draw.choice(draw.choice(ESSAYS)))
    return sheet


@style
def side_by_side(name, draw):
    """Two lattices beside each other."""
    sheet = opened(name, draw)
    top, rows = sheet.down, draw.randint(4, 9)
    manner = manner_of(draw, size=8, pad_x=4, **GRID)
    first = plain(draw, rows, kinds=["goods", "count", "decimal"])
    layout = sheet.table(first, manner)
    foot, sheet.down = sheet.down, top
    second = plain(draw, rows, kinds=["name", "count", "percent"])
    sheet.table(second, manner, x=sheet.left + sum(layout.widths) + draw.choice([24, 40]))
    sheet.down = max(foot, sheet.down)
    return closed(sheet, draw)


@style
def captioned(name, draw):
    """The caption stands above, or below."""
    sheet = opened(name, draw)
    above = draw.random() < 0.6
    text = f"Table {draw.randint(1, 9)}. {draw.choice(['Yields', 'Visits', 'Stocks'])} of the " \
           f"{draw.choice(['northern', 'southern'])} {draw.choice(['plots', 'sites'])}"
    rules = draw.choice([GRID, BOOK, {"row_rules": "solid", "header_rule": "solid"}])
    if above:
        sheet.caption(text)
    sheet.table(plain(draw), manner_of(draw, **rules), gap=14 if above else 4)
    if not above:
        sheet.captions.append((len(sheet.tables) - 1, text))
        sheet.paragraph(text, 9, gap=12)
    return closed(sheet, draw)


@style
def rotated(name, draw):
    """A page whose content is turned, as landscape tables are bound into books."""
    sheet = Sheet(name, size=(842.0, 595.0))
    sheet.turned = True
    sheet.paragraph(draw.choice(draw.choice(ESSAYS)))
    sheet.table(plain(draw, columns=draw.randint(4, 7)),
                manner_of(draw, pad_x=8, **draw.choice([GRID, BOOK])))
    return closed(sheet, draw)


@style
def sideways(name, draw):
    """An upright page on which the table is turned by a quarter, to either side."""
    sheet = opened(name, draw)
    table = plain(draw, rows=draw.randint(5, 9), kinds=words.kinds(draw, 3))
    manner = manner_of(draw, size=8, pad_x=8, **draw.choice([GRID, BOOK]))
    layout = Layout(sheet, table, manner)
    width, height = sum(layout.widths), sum(layout.heights)
    left, foot, up = 60 + draw.randint(0, 80), 160, sheet.size[1] - sheet.down
    if draw.random() < 0.5:  # read from below upwards
        turn = (0, 1, -1, 0, left + up, foot - sheet.left)
    else:
        turn = (0, -1, 1, 0, left + height - up, foot + width + sheet.left)
    sheet.page.op(f"q {' '.join(str(value) for value in turn)} cm")
    sheet.table(table, manner)
    sheet.page.op("Q")
    sheet.down = sheet.size[1] - 140
    return closed(sheet, draw)


def continued_over(name, draw, rules, rows, repeats=True):
    sheet = opened(name, draw)
    sheet.down = sheet.bottom - 150
    table = plain(draw, rows, columns=draw.randint(3, 5))
    manner = manner_of(draw, size=9, pad_y=2.5, pad_x=8, **rules)
    first = int((sheet.bottom - sheet.down) // (9 * 1.2 + 5))
    breaks = [first] if first < rows else []
    sheet.table(table, manner, break_at=breaks, repeats=repeats)
    closed(sheet, draw)
    sheet.furniture("Register of the harbour office", "Page %")
    return sheet


@style
def continued(name, draw):
    return continued_over(name, draw, GRID, draw.randint(14, 24))


@style
def continued_booktabs(name, draw):
    return continued_over(name, draw, BOOK, draw.randint(14, 24))


def joined(parts, rest):
    """The truth of a row whose words, but `rest`, stand at the end of the first part."""
    first, second = parts
    for cell in first["cells"]:
        if cell["row"] == first["rows"] - 1 and cell["col"] == 1:
            cell["text"] += " " + rest
    second["cells"] = [cell for cell in second["cells"] if cell["row"] != 1]
    for cell in second["cells"]:
        cell["row"] -= cell["row"] > 1
    second["rows"] -= 1


@style
def continued_rows(name, draw):
    """The end of the page parts a row."""
    sheet = opened(name, draw)
    manner = manner_of(draw, size=9, pad_y=2.5, pad_x=6, **draw.choice([GRID, BOOK]))
    table = wordy(draw, sheet, draw.randint(6, 9))
    at = draw.randint(3, 4)
    text = table.rows[at][1].text.split()
    rest = " ".join(text[len(text) // 2 :])
    table.rows[at][1].text = " ".join(text[: len(text) // 2])
    table.rows.insert(at + 1, [Cell(rest if column == 1 else "")
                               for column in range(len(table.rows[0]))])
    height = sum(Layout(sheet, table, manner).heights[: at + 1])
    sheet.down = sheet.bottom - height - 4
    sheet.table(table, manner, break_at=[at + 1])
    joined(sheet.tables[-2:], rest)
    closed(sheet, draw)
    sheet.furniture("Register of the harbour office", "Page %")
    return sheet


@style
def continued_bare(name, draw):
    """The header is not printed again."""
    sheet = continued_over(name, draw, draw.choice([GRID, BOOK]), draw.randint(14, 24), False)
    return sheet
