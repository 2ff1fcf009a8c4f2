"""Pages with tables on them, drawn from above downwards, and what they say.

    Sheet          one document: pages, a place on the last of them, the tables so far
    Manner         how a table is drawn: which rules, fills and distances
    Sheet.table()  sets a source.Table, over several pages where it must be

A cell's text is broken into lines at spaces only. The truth is that of source.Table: cells with
their spans; a table that goes on over pages is told once for each page, with the repeated header.
"""

import functools
from dataclasses import dataclass

import pdf
from fonts import Standard
from source import Cell, Table


@dataclass
class Manner:
    """What is drawn, and how far apart. Rules: "" none, "solid", "dashed", "pieces", "double"."""

    size: float = 9.0
    family: str = "Helvetica"
    pad_x: float = 4.0
    pad_y: float = 2.5
    leading: float = 1.2
    frame: str = ""  # the rules at the top and bottom
    sides: str = ""  # those at the left and right
    header_rule: str = ""
    row_rules: str = ""
    column_rules: str = ""
    spanner_rules: bool = False  # under a header cell that spans
    head_fill: float = 0  # grey; 0: none
    zebra: float = 0
    cell_fills: float = 0  # each cell a fill of its own
    bold_head: bool = True
    bold_stub: bool = False
    middle: bool = False  # cells stand in the middle of their row's height
    weight: float = 0.5
    wide: bool = False  # as wide as the page


BOLD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}


@functools.lru_cache
def standard(name):
    return Standard(name)


def font_of(manner, bold):
    return standard(BOLD[manner.family] if bold else manner.family)


def broken(text, font, size, width):
    """Lines of at most that width."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and font.width(longer, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


class Sheet:
    def __init__(self, name, size=(595.0, 842.0), margin=60.0):
        self.name, self.size, self.margin = name, size, margin
        self.pages, self.tables, self.captions = [], [], []
        self.turned = None  # (cos, sin): the pages are turned when they are done
        self.left, self.width = margin, size[0] - 2 * margin
        self.new_page()

    def new_page(self):
        self.page = pdf.Page(*self.size)
        self.pages.append(self.page)
        self.down = self.margin

    @property
    def bottom(self):
        return self.size[1] - self.margin

    def bytes(self):
        for page in self.pages:
            if self.turned:
                page.out.insert(0, f"0 1 -1 0 {pdf.number(page.height)} 0 cm".encode())
                page.width, page.height = page.height, page.width
        return pdf.assemble(self.pages)

    # ---- text around tables ----

    def line(self, text, x, size=10, bold=False, family="Times-Roman"):
        font = standard(BOLD[family] if bold else family)
        self.page.text(x, self.down + size, text, font, size)

    def paragraph(self, text, size=10, bold=False, gap=8):
        font = standard("Times-Bold" if bold else "Times-Roman")
        for line in broken(text, font, size, self.width):
            self.line(line, self.left, size, bold)
            self.down += size * 1.2
        self.down += gap

    def furniture(self, head, foot):
        font = standard("Times-Roman")
        for number, page in enumerate(self.pages, 1):
            page.text(self.margin, 36, head, font, 8)
            page.text(page.width / 2, page.height - 30, foot.replace("%", str(number)), font, 8)

    def caption(self, text, gap=3):
        self.captions.append((len(self.tables), text))
        self.paragraph(text, 9, gap=gap)

    # ---- tables ----

    def table(self, table, manner, x=None, break_at=None, gap=14, repeats=True):
        """Sets it at the current place; break_at: rows before which pages end."""
        layout = Layout(self, table, manner)
        left = self.left if x is None else x
        starts = [0, *(break_at or []), len(table.rows)]
        told = None
        for first, end in zip(starts, starts[1:]):
            if first:
                self.new_page()
            rows = list(range(first, end))
            if first and repeats:
                rows = list(range(table.header_rows)) + rows
            top = self.down
            self.down = layout.draw(rows, left, top) + gap
            told = part_of(table, rows, None if told is None else len(self.tables) - 1,
                           manner.bold_stub)
            told["page"] = len(self.pages)
            told["bbox"] = [left, top, left + sum(layout.widths), self.down - gap]
            self.tables.append(told)
        return layout


def part_of(table, rows, continues, bold_stub=False):
    """The truth of those rows."""
    at = {row: index for index, row in enumerate(rows)}
    cells = []
    for row, column, cell in table.cells():
        if row in at:
            stub = bold_stub and column == 0 and cell.kind == "content"
            cells.append({"row": at[row], "col": column, "row_span": cell.row_span,
                          "col_span": cell.column_span, "kind": "row_header" if stub else cell.kind,
                          "text": " ".join(cell.text.split())})
    told = {"rows": len(rows), "cols": len(table.rows[0]), "cells": cells}
    if continues is not None:
        told["continues"] = continues
    return told


class Layout:
    """Widths of columns, heights of rows, lines of cells."""

    def __init__(self, sheet, table, manner):
        self.sheet, self.table, self.manner = sheet, table, manner
        self.widths = table.widths or self.natural_widths()
        self.lines, self.heights = {}, []
        self.measure()

    def is_bold(self, row, column, cell):
        manner = self.manner
        return (manner.bold_head and row < self.table.header_rows or cell.kind == "section"
                or manner.bold_stub and column == 0)

    def natural_widths(self):
        manner, widths = self.manner, [18.0] * len(self.table.rows[0])
        for row, column, cell in self.table.cells():
            if cell.column_span == 1:
                font = font_of(manner, self.is_bold(row, column, cell))
                width = max(font.width(line, manner.size) for line in cell.text.split("\n"))
                widths[column] = max(widths[column], width + 2 * manner.pad_x + 0.5)
        for row, column, cell in self.table.cells():
            if cell.column_span > 1 and cell.kind != "section":
                font = font_of(manner, True)
                need = font.width(cell.text, manner.size) + 2 * manner.pad_x + 1
                short = need - sum(widths[column : column + cell.column_span])
                if short > 0:
                    for index in range(column, column + cell.column_span):
                        widths[index] += short / cell.column_span
        room = self.sheet.width - sum(widths)
        if manner.wide and room > 0:
            widths = [width + room / len(widths) for width in widths]
        return widths

    def measure(self):
        manner = self.manner
        self.heights = [manner.size * manner.leading + 2 * manner.pad_y] * len(self.table.rows)
        for row, column, cell in self.table.cells():
            width = sum(self.widths[column : column + cell.column_span]) - 2 * manner.pad_x
            font = font_of(manner, self.is_bold(row, column, cell))
            lines = broken(cell.text, font, manner.size, width) if cell.text else []
            self.lines[row, column] = lines
            if cell.row_span == 1:
                need = len(lines) * manner.size * manner.leading + 2 * manner.pad_y
                self.heights[row] = max(self.heights[row], need)
        for row, column, cell in self.table.cells():
            need = len(self.lines[row, column]) * manner.size * manner.leading + 2 * manner.pad_y
            short = need - sum(self.heights[row : row + cell.row_span])
            if short > 0:
                self.heights[row + cell.row_span - 1] += short

    def draw(self, rows, left, top):
        """Draws those rows; returns where they end."""
        tops = [top]
        for row in rows:
            tops.append(tops[-1] + self.heights[row])
        edges = [left]
        for width in self.widths:
            edges.append(edges[-1] + width)
        placed = [(at, column, cell, rows[at]) for at, column, cell in self.placed(rows)]
        self.grounds(rows, placed, tops, edges)
        for at, column, cell, row in placed:
            box = (edges[column], tops[at], edges[column + cell.column_span],
                   tops[at + cell.row_span])
            self.text(row, column, cell, box)
        self.rules(rows, placed, tops, edges)
        return tops[-1]

    def placed(self, rows):
        index = {row: at for at, row in enumerate(rows)}
        return [(index[row], column, cell) for row, column, cell in self.table.cells()
                if row in index]

    def text(self, row, column, cell, box):
        manner, down = self.manner, box[1] + self.manner.pad_y
        lines = self.lines[row, column]
        font = font_of(manner, self.is_bold(row, column, cell))
        if manner.middle or cell.row_span > 1:
            down = (box[1] + box[3] - len(lines) * manner.size * manner.leading) / 2
        align = (self.table.align or "l" * len(self.widths))[column]
        if cell.column_span > 1:
            align = "l" if cell.kind == "section" else "c"
        for line in lines:
            room = box[2] - box[0] - 2 * manner.pad_x - font.width(line, manner.size)
            shift = {"l": 0, "c": room / 2, "r": room}[align]
            self.sheet.page.text(box[0] + manner.pad_x + shift, down + manner.size, line, font,
                                 manner.size)
            down += manner.size * manner.leading

    def grounds(self, rows, placed, tops, edges):
        manner, page = self.manner, self.sheet.page
        for at, row in enumerate(rows):
            head = row < self.table.header_rows
            shade = manner.head_fill if head else manner.zebra
            if shade and (head or (row - self.table.header_rows) % 2 == 0):
                page.fill(edges[0], tops[at], edges[-1] - edges[0], tops[at + 1] - tops[at],
                          (shade, shade, shade))
        if manner.cell_fills:
            for at, column, cell, row in placed:
                shade = manner.cell_fills - (0.12 if row < self.table.header_rows else 0)
                width = edges[column + cell.column_span] - edges[column]
                page.fill(edges[column] + 0.5, tops[at] + 0.5, width - 1,
                          tops[at + cell.row_span] - tops[at] - 1, (shade, shade, shade))

    def rules(self, rows, placed, tops, edges):
        manner, last = self.manner, len(rows)
        heads = sum(row < self.table.header_rows for row in rows)
        for at in (0, last):
            self.rule(manner.frame, edges[0], tops[at], edges[-1], tops[at], manner.weight * 2)
        if heads and heads < last:
            self.rule(manner.header_rule, edges[0], tops[heads], edges[-1], tops[heads])
        for x in (edges[0], edges[-1]):
            self.rule(manner.sides, x, tops[0], x, tops[-1])
        for at, column, cell, row in placed:
            right, foot = column + cell.column_span, at + cell.row_span
            if foot < last:
                self.rule(manner.row_rules, edges[column], tops[foot], edges[right], tops[foot])
            if right < len(edges) - 1:
                self.rule(manner.column_rules, edges[right], tops[at], edges[right], tops[foot])
            if manner.spanner_rules and cell.column_span > 1 and row < self.table.header_rows:
                self.rule("solid", edges[column] + 3, tops[foot], edges[right] - 3, tops[foot])

    def rule(self, kind, x0, y0, x1, y1, width=None):
        page, width = self.sheet.page, width or self.manner.weight
        if kind == "dashed":
            page.op("[3 2] 0 d")
        if kind == "pieces":
            parts = 4
            for index in range(parts):
                a, b = index / parts, (index + 1) / parts - 0.004
                page.rule(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b,
                          y0 + (y1 - y0) * b, width)
        elif kind:
            page.rule(x0, y0, x1, y1, width)
        if kind == "double":
            off = (1.6, 0) if x0 == x1 else (0, 1.6)
            page.rule(x0 + off[0], y0 + off[1], x1 + off[0], y1 + off[1], width)
        if kind == "dashed":
            page.op("[] 0 d")


def spanning(rows, header_rows=1, **more):
    """A table of rows of str or Cell; cells of header rows get their kind."""
    made = []
    for index, row in enumerate(rows):
        kind = "column_header" if index < header_rows else "content"
        made.append([None if cell is None else cell if isinstance(cell, Cell)
                     else Cell(cell, kind=kind) for cell in row])
    return Table(made, header_rows=header_rows, **more)
