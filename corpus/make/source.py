"""What a corpus document says: the one description that both the PDF and its truth come from.

A recipe states a document as a list of blocks. A typesetter (roff, typeset, pango, writer) turns
the blocks into pages; `truth` turns the same blocks into what a faultless reader would report.
Text is plain, with a little inline markup:

    *italic*   **bold**   `monospace`   [words](https://uri)   [words](#anchor)   ^[a footnote]

The truth knows nothing of how a page was set: no coordinates, no fonts.
"""

import re
from dataclasses import dataclass, field

INLINE = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*"
    r"|\*(?P<italic>[^*]+)\*"
    r"|`(?P<mono>[^`]+)`"
    r"|\^\[(?P<note>[^\]]+)\]"
    r"|\[(?P<words>[^\]]+)\]\((?P<target>[^)]+)\)"
)


@dataclass
class Piece:
    """A run of text in one style, or a footnote (kind "note", the text being the note's)."""

    kind: str  # plain bold italic mono note link
    text: str
    target: str = ""


def pieces(text):
    """The inline markup of `text` as a list of pieces."""
    found, start = [], 0
    for match in INLINE.finditer(text):
        if match.start() > start:
            found.append(Piece("plain", text[start : match.start()]))
        kind = match.lastgroup
        if kind == "target":
            found.append(Piece("link", match["words"], match["target"]))
        else:
            found.append(Piece(kind, match[kind]))
        start = match.end()
    if start < len(text):
        found.append(Piece("plain", text[start:]))
    return found


@dataclass
class Title:
    text: str


@dataclass
class Heading:
    text: str
    level: int = 1
    number: str = ""  # "2.1", printed before the text
    anchor: str = ""

    def printed(self):
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass
class Paragraph:
    text: str
    style: str = ""  # a name the typesetter knows: "author", "quote", "spaced" ...


@dataclass
class Lines:
    """Lines that were ended on purpose: an address, a stanza."""

    lines: list
    centre: bool = False


@dataclass
class Quote:
    text: str


@dataclass
class Formula:
    """A formula as printed, in one line, and the number beside it; `text` of the truth is both."""

    text: str
    number: str = ""

    def printed(self):
        return f"{self.text} {self.number}" if self.number else self.text


@dataclass
class Definitions:
    """Pairs of term and text; the text hangs below the term, or begins beside it."""

    entries: list
    beside: bool = False
    kind: str = "bold"  # of the terms
    apart: float = 0.0  # points from a term to its text, which stand in two columns


@dataclass
class Item:
    text: str
    inner: "List" = None
    more: tuple = ()  # paragraphs that it holds besides


@dataclass
class List:
    items: list
    ordered: bool = False
    marker: str = "\u2022"  # or, ordered: "1." "a)" "i." "(1)"; "": none is printed
    flush: bool = False  # begins where the text around it does

    def marker_of(self, index):
        if not self.ordered or not self.marker:
            return self.marker
        kind = re.search(r"[1ai]", self.marker).group()
        number = {
            "1": str(index + 1),
            "a": "abcdefghijklmnopqrstuvwxyz"[index],
            "i": ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][index],
        }[kind]
        return self.marker.replace(kind, number)


@dataclass
class Cell:
    text: str
    row_span: int = 1
    column_span: int = 1
    kind: str = "content"  # content column_header row_header section


@dataclass
class Table:
    rows: list  # of lists of str or Cell; a covered place is None
    header_rows: int = 1
    style: str = "ruled"  # ruled booktabs zebra open
    widths: list = None  # points, where the typesetter wants them
    align: str = ""  # one letter a column: l r c
    caption: str = ""

    def cells(self):
        """(row, column, Cell) of every cell that is not covered by another."""
        for row, line in enumerate(self.rows):
            for column, cell in enumerate(line):
                if cell is None:
                    continue
                if not isinstance(cell, Cell):
                    cell = Cell(cell)
                if row < self.header_rows and cell.kind == "content":
                    cell = Cell(cell.text, cell.row_span, cell.column_span, "column_header")
                yield row, column, cell


@dataclass
class Caption:
    text: str


@dataclass
class Figure:
    """A drawing that holds no text; `height` in points."""

    height: float = 90


@dataclass
class Code:
    lines: list
    numbered: bool = False  # in the margin, which is no part of the code


@dataclass
class Contents:
    """A table of contents: (level, text, page) of each line, dots in between."""

    entries: list


@dataclass
class ColumnBreak:
    """Ends the column; says nothing of the text."""


@dataclass
class Columns:
    """From here on the text runs in `count` columns; says nothing of the text."""

    count: int


@dataclass
class Boxes:
    """Boxes of text in rows, of equally many each; which is read after which, `down` tells: the one
    below it, or the one beside it."""

    rows: list  # of lists of texts
    down: bool = False
    gap: float = 24.0  # points between rows

    def in_order(self):
        """(row, column, text) of each, as they are read."""
        places = [(row, column) for row in range(len(self.rows))
                  for column in range(len(self.rows[0]))]
        places.sort(key=lambda place: place[::-1] if self.down else place)
        return [(row, column, self.rows[row][column]) for row, column in places]


@dataclass
class Document:
    name: str
    family: str
    blocks: list
    summary: str = ""  # one line: what this document shows
    header: str = ""  # "left|centre|right", "%" being the page number
    footer: str = ""
    header_on_first: bool = False
    title: str = ""
    language: str = "en"
    hidden: list = field(default_factory=list)  # text that no reader of the page sees
    facts: dict = field(default_factory=dict)  # labels password attachments rotate outline ...


CALL_LENGTH = 24  # characters before a footnote's mark that tell where it is called


def plain(text, notes=None):
    """`text` without markup; a footnote leaves its mark when `notes` collects them, a list of
    pairs: its text, and what stands before its mark."""
    out = []
    for piece in pieces(text):
        if piece.kind == "note":
            notes.append((piece.text, "".join(out)[-CALL_LENGTH:]))
            out.append(str(len(notes)))
        else:
            out.append(piece.text)
    return "".join(out).replace("\u00ad", "")


def links_of(text):
    return [(piece.text, piece.target) for piece in pieces(text) if piece.kind == "link"]


class _Truth:
    """Grows the truth of one document; a method for each kind of block."""

    def __init__(self):
        self.elements, self.links, self.notes, self.noted = [], [], [], 0
        self.place = {}  # the page of the block, where the typesetter told

    def add(self, kind, text, parent=None, **more):
        element = {"type": kind, **self.place, **more, "text": plain(text, self.notes)}
        if parent is not None:
            element["parent"] = parent
        self.elements.append(element)
        for words, target in links_of(text):
            key = "anchor" if target.startswith("#") else "uri"
            self.links.append({"text": words, key: target.lstrip("#")})
        return len(self.elements) - 1

    def settle_notes(self):
        while self.noted < len(self.notes):
            text, call = self.notes[self.noted]
            self.noted += 1
            self.add("footnote", text, marker=str(self.noted), call=call)

    def list(self, block, parent, level):
        index = self.add("list", "", parent, ordered=block.ordered)
        del self.elements[index]["text"]
        for number, item in enumerate(block.items):
            item = item if isinstance(item, Item) else Item(item)
            marker = block.marker_of(number)
            place = self.add("list_item", item.text, index, level=level, marker=marker)
            for text in item.more:
                self.add("paragraph", text, place)
            if item.inner:
                self.list(item.inner, place, level + 1)

    def definitions(self, block):
        index = self.add("list", "", ordered=False, definitions=True)
        del self.elements[index]["text"]
        for term, text in block.entries:
            gap = " " if block.beside or block.apart else "\n"
            self.add("list_item", f"{term}{gap}{text}", index, level=1, term=term)

    def table(self, block):
        cells = [
            {
                "row": row,
                "col": column,
                "row_span": cell.row_span,
                "col_span": cell.column_span,
                "kind": cell.kind,
                "text": plain(cell.text, self.notes),
            }
            for row, column, cell in block.cells()
        ]
        self.elements.append(
            {
                "type": "table",
                **self.place,
                "rows": len(block.rows),
                "cols": len(block.rows[0]),
                "cells": cells,
            }
        )

    def figure(self):
        """A caption that is not yet of anything may stand above."""
        at, figure = len(self.elements) - 1, {"type": "figure", **self.place, "text": ""}
        if at >= 0 and self.elements[at]["type"] == "caption":
            if not any(element.get("caption") == at for element in self.elements):
                figure["caption"] = at
        self.elements.append(figure)

    def caption(self, block):
        """A caption of its own stands below its figure, or above what it is of."""
        at = self.add("caption", block.text)
        for before in reversed(self.elements[max(0, at - 4) : at]):  # words may stand in a figure
            if before["type"] in ("figure", "table") and "caption" not in before:
                before["caption"] = at
                return

    def block(self, block):
        page = getattr(block, "page", None)
        self.place = {"page": page} if page else {}
        if isinstance(block, Title):
            self.add("title", block.text)
        elif isinstance(block, Heading):
            self.add("heading", block.printed(), level=block.level)
        elif isinstance(block, Paragraph):
            self.add("paragraph", block.text)
        elif isinstance(block, List):
            self.list(block, None, 1)
        elif isinstance(block, Boxes):
            for _, _, text in block.in_order():
                self.add("paragraph", text)
        elif isinstance(block, Table):
            caption = self.add("caption", block.caption) if block.caption else None
            self.table(block)
            if block.caption:
                self.elements[-1]["caption"] = caption
        elif isinstance(block, Caption):
            self.caption(block)
        elif isinstance(block, Figure):
            self.figure()
        elif isinstance(block, Lines):
            self.add("paragraph", "\n".join(block.lines))
        elif isinstance(block, Quote):
            self.add("paragraph", block.text, quote=True)
        elif isinstance(block, Formula):
            self.add("formula", block.printed())
        elif isinstance(block, Definitions):
            self.definitions(block)
        elif isinstance(block, Code):
            self.elements.append({"type": "code", **self.place, "text": "\n".join(block.lines)})
        elif isinstance(block, Contents):
            text = "\n".join(f"{words} {page}" for _, words, page in block.entries)
            self.elements.append({"type": "toc", **self.place, "text": text})
        self.settle_notes()


def furniture(document, pages):
    """Running heads, feet and page numbers of each page, as printed."""
    found, labels = [], document.facts.get("labels")
    for page in range(1, pages + 1):
        shown = labels[page - 1] if labels else str(page)
        for kind, parts in (("page_header", document.header), ("page_footer", document.footer)):
            if kind == "page_header" and page == 1 and not document.header_on_first:
                continue
            for part in parts.split("|"):
                if part.strip():
                    name = "page_number" if part.strip(" -\u2013") == "%" else kind
                    text = part.strip().replace("%", shown)
                    found.append({"page": page, "type": name, "text": text})
    return found


def truth(document, pages):
    """All that a faultless reader reports of `document`, which came out on `pages` pages."""
    grown = _Truth()
    for block in document.blocks:
        grown.block(block)
    told = {
        "name": document.name,
        "family": document.family,
        "summary": document.summary,
        "pages": pages,
        "elements": grown.elements,
        "furniture": furniture(document, pages),
        "links": grown.links,
        "hidden": document.hidden,
    }
    told.update(document.facts)
    return told
