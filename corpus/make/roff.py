"""Sets a document with groff's ms macros: real line breaking, hyphenation, columns, footnotes.

Glyphs come out in the encodings of Type 1 fonts, by glyph name and without ToUnicode; words are
hyphenated, ligatures are set, and footnotes are placed by the macros.
"""

import tools
from source import (
    Caption,
    Code,
    ColumnBreak,
    Columns,
    Heading,
    Item,
    List,
    Paragraph,
    Table,
    Title,
    pieces,
)

TOOLS = ["groff"]

FONTS = {"bold": r"\fB", "italic": r"\fI", "mono": r"\f[CR]"}


def escape(text):
    return (
        text.replace("\\", r"\[rs]")
        .replace("'", r"\[aq]")
        .replace("`", r"\[ga]")
        .replace("\u00ad", r"\%")
        .replace("\u2013", r"\[en]")
        .replace("\u2014", r"\[em]")
    )


def guarded(line):
    """A text line that cannot be taken for a request, nor for a break by a leading space."""
    line = line.lstrip(" ")
    return r"\&" + line if line[:1] in ".'" else line


def text_lines(text, notes=True):
    """Inline markup as troff input: footnotes and links are requests on lines of their own."""
    out, line = [], ""
    for piece in pieces(text):
        if piece.kind == "note":
            line += r"\**"
            out += [guarded(line), ".FS", guarded(escape(piece.text)), ".FE"]
            line = ""
        elif piece.kind == "link":
            if line:
                out.append(guarded(line.rstrip() + ("" if line.endswith(" ") else r"\c")))
            out.append(None)  # the request is finished when what follows is known
            kind = "L" if piece.target.startswith("#") else "W"
            out[-1] = [kind, piece.target.lstrip("#"), escape(piece.text)]
            line = ""
        elif piece.kind == "plain":
            line += escape(piece.text)
        else:
            line += FONTS[piece.kind] + escape(piece.text) + r"\fP"
        if out and isinstance(out[-1], list) and piece.kind != "link":
            stop = line[:1] if line[:1] in ".,;:)" else ""
            line = line[len(stop) :].lstrip()
            out[-1] = href(out[-1], stop)
    if out and isinstance(out[-1], list):
        out[-1] = href(out[-1], "")
    if line:
        out.append(guarded(line))
    return out


def href(link, stop):
    kind, target, words = link
    after = f' -A "{stop}"' if stop else ""
    return f".pdfhref {kind} -D {target}{after} -- {words}"


class Setter:
    """Writes the input of groff block by block."""

    def __init__(self, options):
        self.options = options
        self.out = []
        self.depth = 0

    def preamble(self, document):
        points = self.options.get("size", 11)
        self.out += [
            r".\" set by corpus/make",
            f".nr PS {points}",
            f".nr VS {self.options.get('leading', points * 1.27):.2f}p",
            ".nr PO 1i",
            ".nr LL 6.27i",
            ".nr HM 1.1i",
            ".nr FM 1i",
            ".nr PD 0.5v",
            ".nr PI 1.6n",
            f".nr HY {1 if self.options.get('hyphenate', True) else 0}",
            ".nr FF 3" if self.options.get("plain_notes") else ".nr FF 0",
        ]
        if self.options.get("family"):
            self.out.append(f".fam {self.options['family']}")
        for place, parts in (("H", document.header), ("F", document.footer)):
            for side, part in zip("LCR", (parts.split("|") + ["", "", ""])[:3]):
                self.out.append(f".ds {side}{place} {escape(part).strip()}")
        if document.header_on_first:
            self.out.append(".P1")
        self.out.append(f".pdfinfo /Title {document.title or document.name}")
        self.out += self.options.get("preamble", [])

    def block(self, block):
        if isinstance(block, Title):
            self.out += [".TL", r"\s+5" + escape(block.text) + r"\s0"]
        elif isinstance(block, Heading):
            self.heading(block)
        elif isinstance(block, Paragraph):
            self.paragraph(block)
        elif isinstance(block, List):
            self.list(block)
        elif isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Caption):
            self.out += [".LP", *text_lines(block.text)]
        elif isinstance(block, Code):
            self.out += [".DS I", r"\f[CR]\s-1\c"]
            self.out += [guarded(escape(line)) for line in block.lines]
            self.out += [r"\s0\fP\c", ".DE"]
        elif isinstance(block, Columns):
            self.out.append(f".{block.count}C" if block.count < 3 else ".MC 2i 0.2i")
        elif isinstance(block, ColumnBreak):
            self.out.append(".bp" if self.options.get("columns", 1) == 1 else ".NCOL")

    def heading(self, block):
        # SH, not NH: the number is ours, so that the truth knows it.
        self.out += [f".SH {block.level}"]
        if block.anchor:
            self.out.append(f".pdfhref M {block.anchor}")
        if self.options.get("outline", True):
            self.out.append(f".pdfbookmark {block.level} {escape(block.printed())}")
        sizes = self.options.get("heading_sizes", [3, 1, 0, 0])
        grow = sizes[block.level - 1]
        style = r"\f[BI]" if block.level >= 3 else ""
        self.out.append(rf"\s+{grow}{style}{escape(block.printed())}\s0" if grow
                        else style + escape(block.printed()))

    def paragraph(self, block):
        if block.style == "author":
            self.out += [".AU", *text_lines(block.text)]
        elif block.style == "quote":
            self.out += [".QP", *text_lines(block.text)]
        else:
            self.out += [".PP" if self.options.get("indent") else ".LP", *text_lines(block.text)]

    def list(self, block):
        if self.depth:
            self.out.append(".RS")
        self.depth += 1
        for number, item in enumerate(block.items):
            item = item if isinstance(item, Item) else Item(item)
            marker = escape(block.marker_of(number))
            self.out += [f'.IP "{marker}" {3 if block.ordered else 2}', *text_lines(item.text)]
            if item.inner:
                self.list(item.inner)
        self.depth -= 1
        if self.depth:
            self.out.append(".RE")

    def table(self, block):
        if block.caption:
            self.out += [".LP", *text_lines(block.caption)]
        ruled = block.style == "ruled"
        self.out += [".KS", ".TS", ("allbox" if ruled else "") + " center tab(@);"]
        align = block.align or "l" * len(block.rows[0])
        for row, line in enumerate(block.rows):
            self.out.append(" ".join(self.format_of(line, row, block, align)))
        self.out[-1] += "."
        for row, line in enumerate(block.rows):
            if block.style == "booktabs" and row in (0, block.header_rows):
                self.out.append("_")
            self.out.append(self.row_of(line))
        if block.style == "booktabs":
            self.out.append("_")
        self.out += [".TE", ".KE"]

    def format_of(self, line, row, block, align):
        """tbl's key letters of one row: s is spanned from the left, ^ from above."""
        keys = []
        for column, cell in enumerate(line):
            if cell is not None:
                bold = "b" if row < block.header_rows else ""
                keys.append(align[column] + bold)
            else:
                keys.append("^" if covered_from_above(block.rows, row, column) else "s")
        return keys

    def row_of(self, line):
        words = []
        for cell in line:
            text = "" if cell is None else getattr(cell, "text", cell)
            words.append("T{\n" + escape(text) + "\nT}" if len(text) > 60 else escape(text))
        return "@".join(words)


def covered_from_above(rows, row, column):
    """Is the place covered by a cell that starts in an earlier row?"""
    for above in range(row - 1, -1, -1):
        for left in range(column, -1, -1):
            cell = rows[above][left]
            span = getattr(cell, "row_span", 1) if cell is not None else 0
            wide = getattr(cell, "column_span", 1) if cell is not None else 0
            if cell is not None and above + span > row and left + wide > column:
                return True
    return False


def build(document, path, **options):
    """Writes the PDF; returns the number of its pages."""
    setter = Setter(options)
    setter.preamble(document)
    for block in document.blocks:
        setter.block(block)
    text = "\n".join(setter.out) + "\n"
    pdf = tools.run(
        ["groff", "-Kutf8", "-t", "-ms", "-Tpdf", "-dpaper=a4", "-P-pa4"], stdin=text.encode()
    )
    tools.write(path, pdf)
    return tools.page_count(path)
