"""A small typesetter that knows where everything stands: blocks flow into frames of pages.

It does by hand what an office program does: greedy lines, justified or ragged, one to three
columns, footnotes at the foot of the column, tables with spans, running heads, links, outline,
page labels, tagged structure. Options (all have defaults, see OPTIONS) choose fonts and manners.
"""

import boxes
import fonts
import pdf
import source
import structure
import tables
import tools
from source import (
    Caption,
    Code,
    ColumnBreak,
    Columns,
    Figure,
    Heading,
    Item,
    List,
    Paragraph,
    Table,
    Title,
)

OPTIONS = {
    "width": 595.0,
    "height": 842.0,
    "margins": (72.0, 72.0, 72.0, 72.0),  # left top right bottom
    "columns": 1,
    "gutter": 18.0,
    "face": "times",  # times helvetica dejavu, or a function that returns a face
    "size": 10.5,
    "leading": 1.25,
    "justify": True,
    "indent": 0.0,  # of the first line; 0: paragraphs stand apart instead
    "space": 0.55,  # between paragraphs, of a line
    "spaces": "glyph",  # or "gap": words stand apart without a space character
    "heading_sizes": (16.0, 13.0, 11.0, 10.5),
    "heading_bold": True,
    "soft_hyphen": "-",  # what is shown where a word is broken
    "drawn_bullets": False,
    "tagged": False,
    "tree_lies": None,  # pages whose parts the tree has in the wrong order; "all"
    "outline": False,
    "by_hand": False,  # the blocks tell only the truth; "draw" makes the page
    "draw": None,  # function(pages, face) that adds by hand after the text is set
    "qpdf": None,  # arguments for qpdf on the finished file
}

SERIF = {"plain": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic", "mono": "Courier"}
SANS = {
    "plain": "Helvetica",
    "bold": "Helvetica-Bold",
    "italic": "Helvetica-Oblique",
    "mono": "Courier",
}
DEJAVU = "/usr/share/fonts/truetype/dejavu/"
TOOLS = []


def face_of(name):
    """Fonts by kind of piece; made anew for each document, since a subset grows as it is used."""
    if callable(name):
        return name()
    if name == "dejavu":
        return {
            "plain": fonts.TrueType(DEJAVU + "DejaVuSerif.ttf", "DejaVuSerif"),
            "bold": fonts.TrueType(DEJAVU + "DejaVuSerif-Bold.ttf", "DejaVuSerif-Bold"),
            "italic": fonts.TrueType(DEJAVU + "DejaVuSerif-Italic.ttf", "DejaVuSerif-Italic"),
            "mono": fonts.TrueType(DEJAVU + "DejaVuSansMono.ttf", "DejaVuSansMono"),
        }
    names = SERIF if name == "times" else SANS
    return {kind: fonts.Standard(font) for kind, font in names.items()}


class Chunk:
    """What stands between two spaces: runs (text, font, size, rise, target, note)."""

    def __init__(self):
        self.runs = []

    def width(self):
        return sum(run[1].width(run[0].replace("\u00ad", ""), run[2]) for run in self.runs)

    def broken(self, room, hyphen):
        """(head, tail) at the last soft hyphen that lets the head fit in `room`, or None."""
        if len(self.runs) != 1 or "\u00ad" not in self.runs[0][0]:
            return None
        text, font, size, *rest = self.runs[0]
        parts = text.split("\u00ad")
        for count in range(len(parts) - 1, 0, -1):
            head, tail = Chunk(), Chunk()
            head.runs = [("".join(parts[:count]) + hyphen, font, size, *rest)]
            tail.runs = [("\u00ad".join(parts[count:]), font, size, *rest)]
            if head.width() <= room:
                return head, tail
        return None


class Setter:
    def __init__(self, document, options):
        self.document = document
        self.option = {**OPTIONS, **options}
        self.face = face_of(self.option["face"])
        self.size = self.option["size"]
        self.pages, self.page = [], None
        self.columns, self.column = self.option["columns"], 0
        self.notes, self.note_count = [], 0
        self.anchors, self.pending, self.outline = {}, [], []
        self.tree = structure.Tree() if self.option["tagged"] else None
        self.open_page()

    # ---- places ----

    def open_page(self):
        self.page = pdf.Page(self.option["width"], self.option["height"])
        self.pages.append(self.page)
        left, top, right, bottom = self.option["margins"]
        self.top, self.bottom = top, self.option["height"] - bottom
        self.left, self.right = left, self.option["width"] - right
        self.column, self.down, self.lowest = 0, self.top, 0.0

    def frame(self):
        """Left edge and width of the current column."""
        gutter = self.option["gutter"]
        width = (self.right - self.left - gutter * (self.columns - 1)) / self.columns
        return self.left + self.column * (width + gutter), width

    def floor(self):
        """Where text must end, the notes that wait taken off."""
        return self.bottom - sum(height for height, *_ in self.notes) - (10 if self.notes else 0)

    def next_frame(self):
        self.place_notes()
        if self.column + 1 < self.columns:
            self.column += 1
            self.down = self.top
        else:
            self.open_page()

    def room(self, height):
        if self.down + height > self.floor() and self.down > self.top:
            self.next_frame()

    def change_columns(self, count):
        """Ends the present columns evenly: what follows starts below the lowest of them."""
        lowest = max(self.down, self.lowest)
        if lowest > self.top:
            self.top = self.down = lowest + self.line_height() * 0.8
        self.columns, self.column, self.lowest = count, 0, 0.0

    def line_height(self):
        return self.size * self.option["leading"]

    # ---- text ----

    def chunks(self, text, size=None, kind=None):
        """Text with markup as chunks; footnotes get their numbers here."""
        size, chunk, found = size or self.size, Chunk(), []
        for piece in source.pieces(text):
            font = self.face[kind or {"link": "plain", "note": "plain"}.get(piece.kind, piece.kind)]
            if piece.kind == "note":
                self.note_count += 1
                note = (str(self.note_count), piece.text)
                chunk.runs.append((note[0], font, size * 0.65, size * 0.35, "", note))
                continue
            for index, word in enumerate(piece.text.split(" ")):
                if index:
                    found.append(chunk)
                    chunk = Chunk()
                if word:
                    chunk.runs.append((word, font, size, 0, piece.target, None))
        found.append(chunk)
        return [chunk for chunk in found if chunk.runs]

    def lines(self, chunks, width, indent=0.0):
        """Greedy lines of chunks; the first one `indent` narrower."""
        waiting, lines, line, used = list(chunks), [], [], indent
        while waiting:
            chunk = waiting.pop(0)
            space = self.space_before(chunk) if line else 0
            if line and used + space + chunk.width() > width:
                parts = chunk.broken(width - used - space, self.option["soft_hyphen"])
                if parts:
                    line.append(parts[0])
                    chunk = parts[1]
                lines.append(line)
                line, used, space = [], 0, 0
            line.append(chunk)
            used += space + chunk.width()
        return lines + [line] if line else lines

    def space_before(self, chunk):
        _, font, size, *_ = chunk.runs[0]
        return font.width(" ", size)

    def notes_of(self, line):
        return [run[5] for chunk in line for run in chunk.runs if run[5]]

    def draw_line(self, line, x, y, width=None, colour=(0, 0, 0), tag=None):
        """Draws one line, stretched to `width` if given; records links."""
        natural = sum(chunk.width() for chunk in line)
        spaces = [self.space_before(chunk) for chunk in line[1:]]
        stretch = (width - natural - sum(spaces)) / len(spaces) if width and spaces else 0
        runs, at = [], x
        for index, chunk in enumerate(line):
            gap = spaces[index - 1] + stretch if index else 0
            self.append_gap(runs, gap, stretch)
            at += gap
            for text, font, size, rise, target, _ in chunk.runs:
                text = text.replace("\u00ad", "") if "\u00ad" != self.option["soft_hyphen"] else text
                advance = font.width(text, size)
                if target:
                    self.note_link(at, y, advance, size, target)
                shade = (0.05, 0.2, 0.6) if target else colour
                if runs and runs[-1][:4] == (font, size, rise, shade):
                    runs[-1][4].append(text)
                else:
                    runs.append((font, size, rise, shade, [text]))
                at += advance
        self.page.line(x, y, [(*run[:4], self.joined(run[4])) for run in runs])
        return at

    def note_link(self, x, y, width, size, target):
        """One rectangle a line for words that lead to the same place."""
        last = self.pending[-1] if self.pending else None
        if last and last[0] is self.page and (last[2], last[5]) == (y, target):
            x, width = last[1], x + width - last[1]
            self.pending.pop()
        self.pending.append((self.page, x, y, width, size, target))

    def append_gap(self, runs, gap, stretch):
        if not gap or not runs:
            return
        if self.option["spaces"] == "gap":
            runs[-1][4].append(gap)
        else:
            runs[-1][4].append(" ")
            if stretch:
                runs[-1][4].append(stretch)

    @staticmethod
    def joined(parts):
        """Neighbouring strings as one, as most producers write them."""
        out = []
        for part in parts:
            if out and isinstance(part, str) and isinstance(out[-1], str):
                out[-1] += part
            else:
                out.append(part)
        return out

    def flow(self, text, size=None, kind=None, indent=0.0, left=0.0, right=0.0, justify=None,
             centre=False, role="P", parent=None, before=None):
        """Sets a text line by line over frames; returns the page on which it starts."""
        size = size or self.size
        height = size * self.option["leading"]
        justify = self.option["justify"] if justify is None else justify
        node = self.tree.node(role, parent) if self.tree else None
        chunks = self.chunks(text, size, kind)
        width = self.frame()[1] - left - right
        lines, started = self.lines(chunks, width, indent), None
        for index, line in enumerate(lines):
            notes = self.notes_of(line)
            self.room(height + sum(self.note_height(note) for note in notes))
            x = self.frame()[0] + left + (indent if index == 0 else 0)
            full = width - (indent if index == 0 else 0)
            if centre:
                natural = sum(chunk.width() for chunk in line)
                natural += sum(self.space_before(chunk) for chunk in line[1:])
                x += (full - natural) / 2
            if started is None:
                started = len(self.pages)
                if before:
                    before(self.down + size)
            self.mark(node)
            stretched = justify and not centre and index + 1 < len(lines)
            self.draw_line(line, x, self.down + size, full if stretched else None)
            self.unmark(node)
            self.down += height
            self.notes += [(self.note_height(note), *note) for note in notes]
        return started

    def mark(self, node, artifact=False):
        if self.tree and node is not None:
            self.tree.content(node, len(self.pages) - 1, self.page.begin(self.tree.role(node)))
        elif self.tree and artifact:
            self.page.begin_artifact()

    def unmark(self, node, artifact=False):
        if self.tree and (node is not None or artifact):
            self.page.end()

    # ---- footnotes ----

    def note_height(self, note):
        return len(self.note_lines(note)) * self.size * 0.8 * 1.2

    def note_lines(self, note):
        return self.lines(self.chunks(note[1], self.size * 0.8), self.frame()[1], 8.0)

    def place_notes(self):
        self.lowest = max(self.down, self.lowest)
        if not self.notes:
            return
        size, (x, width) = self.size * 0.8, self.frame()
        down = self.floor() + 4
        self.mark(None, True)
        self.page.rule(x, down, x + min(90, width / 2), down, 0.4)
        self.unmark(None, True)
        down += 4
        for _, number, text in self.notes:
            node = self.tree.node("Note") if self.tree else None
            self.mark(node)
            first = True
            for line in self.note_lines((number, text)):
                if first:
                    self.page.line(x, down + size, [
                        (self.face["plain"], size * 0.7, size * 0.35, (0, 0, 0), [number])])
                self.draw_line(line, x + (8 if first else 0), down + size)
                down, first = down + size * 1.2, False
            self.unmark(node)
        self.notes = []

    # ---- blocks ----

    def block(self, block):
        started = getattr(self, "set_" + type(block).__name__.lower())(block)
        if started:
            block.page = started

    def set_title(self, block):
        size = self.option.get("title_size", 20.0)
        started = self.flow(block.text, size, "bold", centre=True, role="H1")
        self.down += size * 0.5
        return started

    def set_heading(self, block):
        size = self.option["heading_sizes"][block.level - 1]
        if self.down > self.top:
            self.down += size * 0.7
        self.room(size * 1.25 + 2.2 * self.line_height())
        kind = "bold" if self.option["heading_bold"] else None

        def anchor(y):
            self.anchors[block.anchor or block.printed()] = (len(self.pages), y)

        started = self.flow(block.printed(), size, kind, justify=False, before=anchor,
                            role=f"H{block.level + self.option.get('tag_shift', 1)}")
        self.outline.append((block.level, block.printed(), len(self.pages)))
        self.down += size * 0.3
        return started

    def set_paragraph(self, block):
        if block.style == "drawn":  # "draw" sets it somewhere by hand
            return len(self.pages)
        styles = {
            "author": {"kind": "italic", "centre": True},
            "quote": {"left": 24.0, "right": 24.0, "size": self.size * 0.95},
            "address": {"justify": False},
            "small": {"size": self.size * 0.85},
        }
        first = self.option["indent"]
        style = styles.get(block.style, {"indent": first})
        started = self.flow(block.text, **style)
        self.down += 0 if first and not block.style else self.line_height() * self.option["space"]
        return started

    def set_lines(self, block):
        for line in block.lines:
            self.flow(line, justify=False, centre=block.centre)
        self.down += self.line_height() * self.option["space"]

    def set_quote(self, block):
        started = self.flow(block.text, left=24.0, right=24.0, role="BlockQuote")
        self.down += self.line_height() * self.option["space"]
        return started

    def set_formula(self, block):
        """Centred in its column, letters of variables slanted, the number at the right edge."""
        self.room(self.line_height())
        node = self.tree.node("Formula") if self.tree else None
        x, width = self.frame()
        runs = [(self.face["italic" if word.isalpha() and len(word) < 3 else "plain"], self.size, 0,
                 (0, 0, 0), [word + " "]) for word in block.text.split(" ")]
        natural = sum(run[0].width(run[4][0], self.size) for run in runs)
        self.mark(node)
        self.page.line(x + (width - natural) / 2, self.down + self.size, runs)
        if block.number:
            plain = self.face["plain"]
            end = x + width - plain.width(block.number, self.size)
            self.page.text(end, self.down + self.size, block.number, plain, self.size)
        self.unmark(node)
        self.down += self.line_height() * (1 + self.option["space"])
        return len(self.pages)

    def set_definitions(self, block):
        left, started = block.apart or 24.0, None
        for term, text in block.entries:
            if block.apart:
                page = self.flow(text, left=left, justify=False, before=lambda y, term=term: (
                    self.page.text(self.frame()[0], y, term, self.face[block.kind], self.size)))
            elif block.beside:
                marks = {"bold": "**", "italic": "*", "mono": "`"}[block.kind]
                page = self.hang(f"{marks}{term}{marks} {text}", left)
            else:
                page = self.flow(term, kind=block.kind, justify=False)
                self.flow(text, left=left)
            self.down += self.line_height() * 0.3
            started = started or page
        self.down += self.line_height() * self.option["space"]
        return started

    def hang(self, text, left):
        """A paragraph whose first line begins `left` before the others."""
        return self.flow(text, left=left, indent=-left)

    def set_list(self, block, outer=0.0, parent=None):
        node = structure.add_list(self.tree, block, parent)
        widest = max(self.face["plain"].width(block.marker_of(index), self.size)
                     for index in range(len(block.items)))
        step, started = 0.0 if block.flush else max(16.0, widest + 8), None
        for index, item in enumerate(block.items):
            item = item if isinstance(item, Item) else Item(item)
            left = outer + step
            holder = self.tree.node("LI", node) if self.tree else None

            def bullet(y, index=index, left=left, holder=holder):
                marker = block.marker_of(index)
                label = self.tree.node("Lbl", holder) if self.tree and marker else None
                self.mark(label)
                x = self.frame()[0] + left - step + 3
                if self.option["drawn_bullets"] and not block.ordered:
                    self.disc(x + 2, y - self.size * 0.25, self.size * 0.16)
                else:
                    self.page.text(x, y, marker, self.face["plain"], self.size)
                self.unmark(label)

            page = self.flow(item.text, left=left, role="LBody", parent=holder, before=bullet)
            started = started or page
            for text in item.more:
                self.down += self.line_height() * 0.3
                self.flow(text, left=left, parent=holder)
            if item.inner:
                self.set_list(item.inner, left, holder)
        self.down += self.line_height() * self.option["space"] if not outer else 0
        return started

    def disc(self, x, y, radius):
        """A filled circle, of four curves as drawing programs make it."""
        y, k = self.page.height - y, radius * 0.5523
        n = pdf.number
        arcs = [(0, 1, 1, 0), (1, 0, 0, -1), (0, -1, -1, 0), (-1, 0, 0, 1)]
        path = f"{n(x)} {n(y + radius)} m "
        for ax, ay, bx, by in arcs:
            path += " ".join(n(value) for value in (
                x + radius * ax + k * bx, y + radius * ay + k * by,
                x + radius * bx + k * ax, y + radius * by + k * ay,
                x + radius * bx, y + radius * by)) + " c "
        self.page.op(f"0 0 0 rg {path}f")

    def set_table(self, block):
        if block.caption:
            self.room(tables.height(self, block) + 3 * self.line_height())
            self.flow(block.caption, self.size * 0.9, justify=False, role="Caption")
        started = tables.place(self, block)
        self.down += self.line_height()
        return started

    def set_caption(self, block):
        started = self.flow(block.text, self.size * 0.9, justify=False, role="Caption")
        self.down += self.line_height() * self.option["space"]
        return started

    def set_code(self, block):
        for number, line in enumerate(block.lines, 1):
            self.room(self.line_height())
            node = self.tree.node("Code") if self.tree else None
            self.mark(node)
            if block.numbered:
                plain, size = self.face["plain"], self.size * 0.8
                left = self.frame()[0] + 6 - plain.width(str(number), size)
                self.page.text(left, self.down + self.size, str(number), plain, size)
            self.page.text(self.frame()[0] + 12, self.down + self.size, line, self.face["mono"],
                           self.size * 0.9)
            self.unmark(node)
            self.down += self.line_height()
        self.down += self.line_height() * self.option["space"]

    def set_figure(self, block):
        """A sketch of hills under a sun: curves and slanted lines, no text."""
        self.room(block.height + 6)
        node = self.tree.node("Figure") if self.tree else None
        self.mark(node)
        x, width = self.frame()
        base = self.page.height - self.down - block.height
        points = [(0, 0.2), (0.2, 0.75), (0.35, 0.4), (0.55, 0.9), (0.8, 0.35), (1, 0.6)]
        path = " ".join(
            f"{pdf.number(x + width * a)} {pdf.number(base + block.height * b)} {'l' if i else 'm'}"
            for i, (a, b) in enumerate(points)
        )
        self.page.op(f"0.35 0.5 0.4 RG 1.2 w {path} S")
        self.page.op(f"0.7 0.8 0.7 RG 0.6 w {pdf.number(x)} {pdf.number(base)} {pdf.number(width)} "
                     f"{pdf.number(block.height)} re S")
        self.unmark(node)
        self.down += block.height + 6
        return len(self.pages)

    def set_contents(self, block):
        node = self.tree.node("TOC") if self.tree else None
        plain, (x, width) = self.face["plain"], self.frame()
        for level, words, page in block.entries:
            self.room(self.line_height())
            y, left = self.down + self.size, x + 14.0 * (level - 1)
            dots_end = x + width - plain.width(str(page), self.size) - 4
            start = left + plain.width(words, self.size) + 4
            dots = " ." * int((dots_end - start) / plain.width(" .", self.size))
            self.mark(node)
            self.page.text(left, y, words, plain, self.size)
            self.page.text(dots_end - plain.width(dots, self.size), y, dots, plain, self.size)
            self.page.text(dots_end + 4, y, str(page), plain, self.size)
            self.unmark(node)
            self.down += self.line_height()
        self.down += self.line_height()
        return len(self.pages)

    def set_boxes(self, block):
        return boxes.place(self, block)

    def set_columns(self, block):
        self.change_columns(block.count)

    def set_columnbreak(self, block):
        self.next_frame()

    # ---- the whole ----

    def label(self, index):
        labels = self.document.facts.get("labels")
        return labels[index] if labels else str(index + 1)

    def place_furniture(self):
        size = self.size * 0.85
        for index, page in enumerate(self.pages):
            self.page = page
            for parts, y in ((self.document.header, 40.0),
                             (self.document.footer, self.option["height"] - 36.0)):
                if parts == self.document.header and not index and not self.document.header_on_first:
                    continue
                sides = (parts.split("|") + ["", "", ""])[:3]
                for side, text in enumerate(sides):
                    text = text.strip().replace("%", self.label(index))
                    if not text:
                        continue
                    advance = self.face["plain"].width(text, size)
                    x = (self.left, (self.left + self.right - advance) / 2, self.right - advance)
                    self.mark(None, True)
                    page.text(x[side], y, text, self.face["plain"], size)
                    self.unmark(None, True)

    def settle_links(self):
        for page, x, y, width, size, target in self.pending:
            if target.startswith("#"):
                page.link(x, y - size, width, size * 1.2, page=self.anchors[target[1:]][0])
            else:
                page.link(x, y - size, width, size * 1.2, uri=target)

    def tell_places(self):
        """Puts what only the pages know into the facts: targets of links, pages of the outline."""
        used = {target[1:] for *_, target in self.pending if target.startswith("#")}
        if used:
            self.document.facts["anchors"] = {name: self.anchors[name][0] for name in sorted(used)}
        if self.option["outline"]:
            self.document.facts["outline"] = [
                {"level": level, "title": title, "page": page} for level, title, page in self.outline
            ]

    def finish(self, writer, references, catalog):
        if self.option["outline"] and self.outline:
            structure.write_outline(writer, references, catalog, self.outline)
        if self.tree:
            structure.falsify(self.tree, self.option["tree_lies"])
            self.tree.write(writer, references, catalog, self.document.language)
        if self.option.get("finish"):
            self.option["finish"](writer, references, catalog)


def build(document, path, **options):
    """Writes the PDF; returns the number of its pages."""
    setter = Setter(document, options)
    for block in [] if setter.option["by_hand"] else document.blocks:
        setter.block(block)
    setter.place_notes()
    setter.place_furniture()
    setter.settle_links()
    if setter.option["draw"]:
        setter.option["draw"](setter.pages, setter.face)
    info = {"Title": document.title or document.name, "Producer": "corpus/make typeset"}
    data = pdf.assemble(setter.pages, info, finish=setter.finish)
    if setter.option["qpdf"]:
        plain = path.with_suffix(".plain")
        tools.write(plain, data)
        tools.qpdf(plain, path, *setter.option["qpdf"])
        plain.unlink()
    else:
        tools.write(path, data)
    setter.tell_places()
    return len(setter.pages)
