"""How near an answer comes to the truth: each measure is in [0, 1], or None where nothing is asked.

Text is compared after folding what typography may change without changing the words: white space,
quotation marks, dashes, ligatures. Reading order is an indel ratio over the characters; what has
to be found (headings, items, notes) is an F1 over pairs that match; tables are compared cell by
cell and as trees of rows and cells.
"""

import re
import unicodedata
from functools import lru_cache

FOLDED = {
    ord("\u2018"): "'",
    ord("\u2019"): "'",
    ord("\u201c"): '"',
    ord("\u201d"): '"',
    ord("\u2010"): "-",
    ord("\u2011"): "-",
    ord("\u2013"): "-",
    ord("\u2014"): "-",
    ord("\u2212"): "-",
    ord("\u00ad"): None,
}
LEADERS = re.compile(r"(\s*\.){4,}\s*")  # the dots of a table of contents
SIMILAR = 0.9  # texts that are said to be the same


@lru_cache(maxsize=None)
def folded(text):
    text = LEADERS.sub(" ", unicodedata.normalize("NFKC", text).translate(FOLDED))
    return " ".join(text.split())


def bare(text):
    """Without any white space: what is asked of hidden text and of page furniture."""
    return folded(text).replace(" ", "")


def common(a, b):
    """Length of the longest common subsequence; a row of the matrix is one long integer."""
    if not a or not b:
        return 0
    places = {}
    for index, character in enumerate(a):
        places[character] = places.get(character, 0) | 1 << index
    whole = (1 << len(a)) - 1
    row = whole
    for character in b:
        hits = row & places.get(character, 0)
        row = ((row + hits) | (row - hits)) & whole
    return len(a) - row.bit_count()


@lru_cache(maxsize=None)
def likeness(a, b):
    """Indel ratio of two texts that are folded already."""
    if a == b:
        return 1.0
    return 2 * common(a, b) / (len(a) + len(b))


def same(a, b):
    a, b = folded(a), folded(b)
    if a == b:
        return True
    if min(len(a), len(b)) * 2 < SIMILAR * (len(a) + len(b)) - max(len(a), len(b)) * 0.2:
        return False
    return likeness(a, b) >= SIMILAR


def pairs(wanted, found, matches):
    """Pairs (i, j) of things that match, each used once, in the order of what is wanted."""
    free, result = list(range(len(found))), []
    for i, want in enumerate(wanted):
        for j in free:
            if matches(want, found[j]):
                free.remove(j)
                result.append((i, j))
                break
    return result


def f1(wanted, found, matched):
    if not wanted and not found:
        return None
    return 2 * matched / (len(wanted) + len(found))


# ---- what a document is asked for; truth and answer come in the form of score.Told ----


def order(truth, answer):
    return likeness(folded(truth.body), folded(answer.body))


def headings(truth, answer):
    matched = pairs(truth.headings, answer.headings, lambda a, b: same(a[1], b[1]))
    return f1(truth.headings, answer.headings, len(matched))


def levels(truth, answer):
    """Of all pairs of found headings, those that stand to each other as they should."""
    matched = pairs(truth.headings, answer.headings, lambda a, b: same(a[1], b[1]))
    if len(matched) < 2:
        return None
    good = total = 0
    for x, (i, j) in enumerate(matched):
        for k, m in matched[x + 1 :]:
            total += 1
            wanted = sign(truth.headings[i][0] - truth.headings[k][0])
            good += wanted == sign(answer.headings[j][0] - answer.headings[m][0])
    return good / total


def right_levels(truth, answer):
    """The share of found headings whose level is right. Levels may be counted from below the title
    or from it, as long as all of them are; the title stands above all others."""
    matched = pairs(truth.headings, answer.headings, lambda a, b: same(a[1], b[1]))
    if not matched:
        return None
    levels = [(truth.headings[i][0], answer.headings[j][0]) for i, j in matched]
    titles = [found for wanted, found in levels if wanted == 0]
    steps = [wanted - found for wanted, found in levels if wanted > 0]
    below = [found for wanted, found in levels if wanted > 0]
    right = sum(all(title < level for level in below) for title in titles)
    return (right + max((steps.count(step) for step in (-1, 0, 1)), default=0)) / len(levels)


def sign(number):
    return (number > 0) - (number < 0)


def paragraphs(truth, answer):
    matched = pairs(truth.paragraphs, answer.paragraphs, same)
    return f1(truth.paragraphs, answer.paragraphs, len(matched))


def lists(truth, answer):
    """Items with their text, depth and kind of list."""

    def match(a, b):
        return a[1:] == b[1:] and same(a[0], b[0])

    return f1(truth.items, answer.items, len(pairs(truth.items, answer.items, match)))


def sorts(truth, answer):
    """Blocks of a kind of their own: definitions, quotations, formulas, code and lines that are
    kept, each with its lines; and lists, each with the number of its items."""

    def match(a, b):
        return a[0] == b[0] and (a[1] == b[1] or (isinstance(a[1], list) and len(a[1]) == len(b[1])
                                                  and all(map(same, a[1], b[1]))))

    return f1(truth.sorts, answer.sorts, len(pairs(truth.sorts, answer.sorts, match)))


def notes(truth, answer):
    return f1(truth.notes, answer.notes, len(pairs(truth.notes, answer.notes, same)))


def bound(truth, answer):
    """Footnotes that are bound to their mark, the mark being where it is called."""

    def match(a, b):
        return same(a[0], b[0]) and bare(b[1]).endswith(bare(a[1]))

    return f1(truth.bound, answer.bound, len(pairs(truth.bound, answer.bound, match)))


def captions(truth, answer):
    """Captions bound to a figure or table, as the truth binds them."""

    def match(a, b):
        return a[0] == b[0] and same(a[1], b[1])

    return f1(truth.captions, answer.captions, len(pairs(truth.captions, answer.captions, match)))


def furniture(truth, answer):
    """Running heads and feet that were told apart from the text; a lone page proves none."""
    if truth.pages < 2:
        return None
    wanted = [(page, bare(text)) for page, text in truth.furniture]
    found = [(page, bare(text)) for page, text in answer.furniture]
    left = list(found)
    matched = 0
    for page, text in wanted:
        for index, (there, shown) in enumerate(left):
            if there == page and text in shown:
                shown = shown.replace(text, "", 1)
                left[index : index + 1] = [(there, shown)] if shown else []
                matched += 1
                break
    if not wanted and not left:
        return None
    return 2 * matched / (len(wanted) + matched + len(left))


def links(truth, answer):
    wanted, found = set(truth.links), set(answer.links)
    return f1(wanted, found, len(wanted & found))


def exact(name):
    """A measure that is all or nothing, where the truth speaks of it."""

    def measure(truth, answer):
        wanted = getattr(truth, name)
        return None if wanted is None else float(wanted == getattr(answer, name))

    return measure


def hidden(truth, answer):
    """Hidden texts that stayed hidden."""
    if not truth.hidden:
        return None
    shown = bare(answer.everything)
    kept = [text for text in truth.hidden if bare(text) not in shown]
    return len(kept) / len(truth.hidden)


def same_field(want, found):
    """All that the truth says of a field; what is left out is false, empty or null."""
    return all((found.get(key) or None) == (value or None) for key, value in want.items())


def fields(truth, answer):
    """Fields that are right in everything that the truth says of them."""
    if truth.fields is None:
        return None
    found = {}
    for field in answer.fields or []:
        found.setdefault((field["name"], field["label"], field["page"]), []).append(field)
    matched = 0
    for want in truth.fields:
        same = found.get((want["name"], want["label"], want["page"]), [])
        match = next((field for field in same if same_field(want, field)), None)
        if match:
            same.remove(match)
            matched += 1
    return f1(truth.fields, answer.fields or [], matched)


# ---- tables ----


def cells(truth, answer):
    """F1 over cells: place, spans and text must all be right. Tables are paired in order."""
    if not truth.tables and not answer.tables:
        return None
    matched = total = 0
    for want, found in paired_tables(truth.tables, answer.tables):
        wanted, given = cell_set(want), cell_set(found)
        total += len(wanted) + len(given)
        matched += len(wanted & given)
    return 2 * matched / total if total else 1.0


def kinds(truth, answer):
    """Of the cells that are in their place with their text, those of the right kind."""
    right = total = 0
    for want, found in paired_tables(truth.tables, answer.tables):
        given = {(cell["row"], cell["col"], bare(cell["text"])): cell for cell in cells_of(found)}
        for cell in cells_of(want):
            other = given.get((cell["row"], cell["col"], bare(cell["text"])))
            if other:
                total += 1
                right += other["kind"] == cell["kind"]
    return right / total if total else None


def cells_of(table):
    return table["cells"] if table else []


def trees(truth, answer):
    """Tree edit distance similarity, averaged over the tables of both sides."""
    if not truth.tables and not answer.tables:
        return None
    scores = [
        tree_likeness(want, found) if want and found else 0.0
        for want, found in paired_tables(truth.tables, answer.tables)
    ]
    return sum(scores) / len(scores)


def cell_set(table):
    return {
        (cell["row"], cell["col"], cell["row_span"], cell["col_span"], bare(cell["text"]))
        for cell in cells_of(table)
        if cell["text"].strip() or cell["row_span"] * cell["col_span"] > 1
    }


def paired_tables(wanted, found):
    """Tables that belong together by their words; a table without a partner goes with None."""
    left, result = list(found), []
    for want in wanted:
        best = max(left, key=lambda table: shared_words(want, table), default=None)
        if best is not None and shared_words(want, best) >= 0.3:
            left.remove(best)
            result.append((want, best))
        else:
            result.append((want, None))
    return result + [(None, table) for table in left]


def shared_words(a, b):
    one, two = words_of(a), words_of(b)
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 0.0


def words_of(table):
    return {word for cell in table["cells"] for word in folded(cell["text"]).split()}


def rows_of(table):
    rows = [[] for _ in range(table["rows"])]
    for cell in table["cells"]:
        rows[cell["row"]].append(cell)
    return rows


def align(first, second, change, weight):
    """Least cost of turning one sequence into another; weight is what a whole element costs."""
    above = [0.0]
    for item in second:
        above.append(above[-1] + weight(item))
    for a in first:
        row = [above[0] + weight(a)]
        for column, b in enumerate(second):
            row.append(min(above[column + 1] + weight(a), row[-1] + weight(b),
                           above[column] + change(a, b)))
        above = row
    return above[-1]


def cell_change(a, b):
    if (a["row_span"], a["col_span"]) != (b["row_span"], b["col_span"]):
        return 1.0
    return 1.0 - likeness(folded(a["text"]), folded(b["text"]))


def row_change(a, b):
    return align(a, b, cell_change, lambda cell: 1.0)


def tree_likeness(want, found):
    first, second = rows_of(want), rows_of(found)
    cost = align(first, second, row_change, lambda row: 1.0 + len(row))
    size = max(len(first) + sum(map(len, first)), len(second) + sum(map(len, second))) + 1
    return max(0.0, 1.0 - cost / size)


# In the order of the report: name, short head, measure.
ALL = [
    ("order", "order", order),
    ("paragraphs", "para", paragraphs),
    ("headings", "head", headings),
    ("levels", "level", levels),
    ("right_levels", "right", right_levels),
    ("lists", "list", lists),
    ("sorts", "sort", sorts),
    ("cells", "cell", cells),
    ("kinds", "kind", kinds),
    ("trees", "tree", trees),
    ("notes", "note", notes),
    ("bound", "bound", bound),
    ("captions", "capt", captions),
    ("furniture", "furn", furniture),
    ("links", "link", links),
    ("labels", "label", exact("labels")),
    ("hidden", "hide", hidden),
    ("fields", "field", fields),
    ("issues", "issue", exact("issues")),
    ("outline", "outl", exact("outline")),
    ("attachments", "file", exact("attachments")),
    ("page_count", "pages", exact("pages")),
]
