#!/usr/bin/env python3
"""Markdown over the corpus, read back by libcmark-gfm: markdown.py BINARY [NAME]...

What is parsed has the blocks that the JSON says, in their order:

    headings    level and text                     lists   depth, printed number and text of items
    tables      rows and cells, spans of HTML       links   where they lead, and their text
    paragraphs, footnotes and captions: their text, calls of notes aside

Twice for each document: as it comes, and with pages parted, headings lowered and front matter, of
which PyYAML says what it holds.
"""
import ctypes
import ctypes.util
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as etree

try:
    import yaml
except ImportError:
    yaml = None

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NODE = "{http://commonmark.org/xml/1.0}"
FOOTNOTES = 1 << 13  # CMARK_OPT_FOOTNOTES
SCHEMES = ("http://", "https://", "mailto:", "ftp://", "tel:")
SEPARATOR = "<!-- page %p -->"
OFFSET = 1
TEXTS = ("paragraph", "footnote", "caption", "formula", "toc", "field_group", "page_header",
         "page_footer", "page_number")


def folded(text):
    return re.sub(r"[ \t\n\r\v\f]+", " ", text).strip(" ")


def ballots(text):
    """Boxes as Markdown writes them."""
    return re.sub("[\u2611\u2612]", "[x]", text.replace("\u2610", "[ ]"))


# ---- cmark-gfm ----

class Reader:
    def __init__(self):
        self.core = ctypes.CDLL(ctypes.util.find_library("cmark-gfm"))
        more = ctypes.CDLL(ctypes.util.find_library("cmark-gfm-extensions"))
        more.cmark_gfm_core_extensions_ensure_registered()
        for name in ("cmark_parser_new", "cmark_find_syntax_extension", "cmark_parser_finish",
                     "cmark_render_xml"):
            getattr(self.core, name).restype = ctypes.c_void_p

    def parse(self, text):
        core, data = self.core, text.encode()
        parser = ctypes.c_void_p(core.cmark_parser_new(FOOTNOTES))
        for name in (b"table", b"strikethrough", b"autolink", b"tasklist"):
            extension = ctypes.c_void_p(core.cmark_find_syntax_extension(name))
            core.cmark_parser_attach_syntax_extension(parser, extension)
        core.cmark_parser_feed(parser, data, ctypes.c_size_t(len(data)))
        root = ctypes.c_void_p(core.cmark_parser_finish(parser))
        core.cmark_parser_free(parser)
        rendered = core.cmark_render_xml(root, FOOTNOTES)
        xml = ctypes.string_at(rendered).decode()
        core.cmark_node_free(root)
        ctypes.CDLL(None).free(ctypes.c_void_p(rendered))
        # notes have no name in its XML
        xml = xml.replace("<<unknown> />", "<footnote_reference />")
        return etree.fromstring(xml.replace("<unknown>", "footnote_definition"))


def kind(node):
    return node.tag.removeprefix(NODE)


def shown(node):
    """The text of a block: calls of notes are left out, tags of raised text are not seen."""
    if kind(node) in ("text", "code"):
        return node.text or ""
    if kind(node) in ("softbreak", "linebreak"):
        return " "
    if kind(node) in ("footnote_reference", "image"):
        return ""
    if kind(node) == "html_inline":
        return "" if re.fullmatch("</?su[bp]>", node.text or "") else f"{{{node.text}}}"
    return "".join(map(shown, node))


class Cells(html.parser.HTMLParser):
    """Rows of (row span, column span, text) of a table that is HTML."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.rows, self.open = [], False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        spans = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append([int(spans.get("rowspan", 1)), int(spans.get("colspan", 1)), ""])
            self.open = True
        elif tag == "br" and self.open:
            self.rows[-1][-1][2] += " "

    def handle_endtag(self, tag):
        self.open = self.open and tag not in ("td", "th")

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1][2] += data


class Parsed:
    """What the Markdown says."""

    def __init__(self, root):
        self.headings, self.items, self.rows, self.texts = [], [], [], []
        self.links, self.comments = [], []
        for block in root:
            self.block(block, 0)
        for link in root.iter(f"{NODE}link"):
            self.links.append((link.get("destination"), folded(shown(link))))

    def block(self, node, depth):
        name = kind(node)
        if name == "heading":
            self.headings.append((int(node.get("level")), folded(shown(node))))
        elif name == "paragraph":
            self.texts.append(folded(shown(node)))
        elif name == "code_block":
            self.texts.append(folded(node.text or ""))
        elif name == "table":
            self.rows += [[(1, 1, folded(shown(cell))) for cell in row] for row in node]
        elif name == "html_block":
            self.html(node.text or "")
        elif name == "list":
            self.list(node, depth)
        else:
            for child in node:
                self.block(child, depth)

    def html(self, text):
        if text.lstrip().startswith("<!--"):
            self.comments.append(text.strip())
            return
        for row in Cells(text).rows:
            self.rows.append([(down, along, folded(cell)) for down, along, cell in row])

    def list(self, node, depth):
        number = int(node.get("start", 1)) if node.get("type") == "ordered" else None
        for item in node:
            blocks = list(item)
            own = blocks.pop(0) if blocks and kind(blocks[0]) == "paragraph" else None
            text = folded(shown(own)) if own is not None else ""
            if kind(item) == "tasklist":
                text = ("[x] " if item.get("completed") == "true" else "[ ] ") + text
            self.items.append((depth, number, text))
            number = number + 1 if number is not None else None
            for block in blocks:
                self.block(block, depth + 1)


# ---- the JSON ----

class Said:
    """What the JSON says, of what Markdown shows."""

    def __init__(self, document, offset):
        self.document, self.offset, self.titled = document, offset, False
        self.by_id = {e["id"]: e for e in document["elements"]}
        self.headings, self.items, self.rows, self.texts, self.links = [], [], [], [], []
        self.repeated = []  # rows of the head of a table that goes on, which may be left out
        self.inner = {}
        for element in document["elements"]:
            if "parent" in element and element["text"]:
                self.inner.setdefault(element["parent"], element["span"][0])
        for element in document["elements"]:
            if element["layer"] != "hidden" and not element.get("repeats"):
                self.element(element)

    def own(self, element, with_notes=False):
        """Its text without that of what it holds, and without the calls of notes."""
        start, end = element["span"]
        end = min(end, self.inner.get(element["id"], end))
        calls = [] if with_notes else [note["span"] for note in element.get("notes", [])]
        kept = [c for at, c in enumerate(self.document["content"][start:end], start)
                if not any(first <= at < last for first, last in calls)]
        return ballots(folded("".join(kept)))

    def depth(self, element):
        depth, at = -1, element
        while "parent" in at:
            at = self.by_id[at["parent"]]
            depth += at["type"] == "list"
        return depth

    def element(self, element):
        name = element["type"]
        if name in ("title", "heading"):
            self.titled |= name == "title"
            level = 1 if name == "title" else element["level"] + self.titled
            self.headings.append((min(level + self.offset, 6), self.own(element, True)))
        elif name == "list_item":
            if element["text"]:
                self.item(element)
        elif name == "table" and "cells" in element:
            self.table(element)
        elif name in TEXTS or name == "code":
            text = self.own(element)
            if name == "footnote" and "note" in element:  # its own mark becomes the label
                text = re.sub(r"^\W*(\d{1,4}|[a-z]\b)?[^\w\s]*\s*", "", text, count=1)
            if text:
                self.texts.append(text)
        if name not in ("title", "heading", "table"):
            self.links += self.links_of(element)

    def item(self, element):
        marker = element.get("marker", "")
        ordinal = re.fullmatch(r"(\d{1,9})[.)]", marker)
        says_more = marker != "o" and re.search(r"[^\W_]|[\u2610-\u2612\u2713-\u2718]", marker)
        text = self.own(element)
        if says_more and not ordinal:
            text = ballots(folded(f"{marker} {text}"))
        self.items.append((self.depth(element), int(ordinal[1]) if ordinal else None, text))

    def table(self, element):
        rows = [[] for _ in range(element["rows"])]
        covered = {(row, column) for c in element["cells"]
                   for row in range(c["row"], c["row"] + c["row_span"])
                   for column in range(c["col"], c["col"] + c["col_span"])}
        cells = {(c["row"], c["col"]): c for c in element["cells"]}
        for row in range(element["rows"]):
            for column in range(element["cols"]):
                cell = cells.get((row, column))
                if cell:
                    rows[row].append((cell["row_span"], cell["col_span"], ballots(folded(cell["text"]))))
                elif (row, column) not in covered:
                    rows[row].append((1, 1, ""))
        first = len(self.rows)
        self.rows += rows
        self.repeated += range(first, first + element.get("repeated_rows", 0))

    def links_of(self, element):
        """Runs of one address that follow each other are one link; one that shows its own address
        says nothing more."""
        found = []
        for run in element.get("runs", []):
            start, end = run["span"]
            if not run.get("uri", "").lower().startswith(SCHEMES) or start >= self.inner.get(
                    element["id"], element["span"][1]):
                continue
            last = found[-1] if found else None
            if last and last[0] == run["uri"] and not self.document["content"][last[2]:start].strip():
                last[2] = end
            else:
                found.append([run["uri"], start, end])
        for uri, start, end in found:
            text = folded(self.document["content"][start:end])
            if bare(uri) != bare(text):
                yield plain_uri(uri), text


def bare(address):
    for scheme in SCHEMES:
        address = address.removeprefix(scheme)
    return address.removesuffix("/")


def plain_uri(uri):
    """Without what is escaped otherwise in Markdown than in the file."""
    return re.sub(r"%([0-9A-Fa-f]{2})", lambda m: chr(int(m[1], 16)), uri)


# ---- comparing ----

def first_difference(name, parsed, said):
    for index in range(max(len(parsed), len(said))):
        here = parsed[index] if index < len(parsed) else None
        wanted = said[index] if index < len(said) else None
        if here != wanted:
            yield f"{name} {index}: {str(here)[:160]}\n    the JSON says {str(wanted)[:160]}"
            return


def row_faults(parsed, said):
    """The head that a continued table repeats may be left out, all else not."""
    at = 0
    for index, row in enumerate(said.rows):
        if at < len(parsed.rows) and parsed.rows[at] == row:
            at += 1
        elif index not in said.repeated:
            here = parsed.rows[at] if at < len(parsed.rows) else None
            yield f"row {index}: {str(here)[:160]}\n    the JSON says {str(row)[:160]}"
            return
    if at < len(parsed.rows):
        yield f"a row that the JSON has not: {parsed.rows[at]}"


def faults(text, document, offset, reader):
    parsed, said = Parsed(reader.parse(text)), Said(document, offset)
    yield from first_difference("heading", parsed.headings, said.headings)
    yield from first_difference("item", parsed.items, said.items)
    yield from row_faults(parsed, said)
    yield from first_difference("link", [(plain_uri(uri), words) for uri, words in parsed.links
                                         if bare(uri) != bare(words)], said.links)
    # notes stand at the end of what is parsed, wherever the page has them
    yield from first_difference("text", sorted(parsed.texts), sorted(said.texts))


def front_faults(text, document):
    found = re.match(r"---\n(.*?\n)---\n", text, re.S)
    if not found:
        yield "there is no front matter"
        return
    wanted = dict(document["metadata"], source=document["input"]["name"],
                  pages=len(document["pages"]))
    if yaml and yaml.safe_load(found[1]) != wanted:
        yield f"front matter: {yaml.safe_load(found[1])}, the JSON says {wanted}"


def paged_faults(text, document, reader):
    yield from front_faults(text, document)
    body = re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.S)
    yield from faults(body, document, OFFSET, reader)
    parts = re.split(r"<!-- page (\d+) -->", body)
    numbers = [page["page"] for page in document["pages"]]
    if [int(number) for number in parts[1::2]] != numbers:
        yield f"pages {parts[1::2]} begin, the JSON has {numbers}"
        return
    for number, part in zip(numbers, parts[2::2]):
        here = [words for _, words in Parsed(reader.parse(part)).headings]
        wanted = [folded(e["text"]) for e in document["elements"]
                  if e["type"] in ("title", "heading") and e["page"] == number
                  and e["layer"] != "hidden"]
        yield from first_difference(f"heading of page {number}", here, wanted)


def convert(binary, names, folder, *options):
    """All that need no password in one run; (name, Markdown, JSON) of each."""
    words = {name: json.loads((ROOT / "corpus/truth" / f"{name}.json").read_text("utf-8"))
             .get("password") for name in names}
    runs = [[name for name in names if not words[name]]] + [[n] for n in names if words[n]]
    for run in filter(None, runs):
        password = ["--password", words[run[0]]] if words[run[0]] else []
        done = subprocess.run([binary, "-q", "-o", f"{folder}/", "-t", "json,markdown", *options,
                               *password, *[f"corpus/documents/{name}.pdf" for name in run]],
                              cwd=ROOT, capture_output=True, check=False, timeout=120)
        if done.returncode:
            raise SystemExit(done.stderr.decode().strip())
    for name in names:
        document = json.loads(pathlib.Path(folder, f"{name}.json").read_text("utf-8"))
        yield name, pathlib.Path(folder, f"{name}.md").read_text("utf-8"), document


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: markdown.py BINARY [NAME]...")
    if not ctypes.util.find_library("cmark-gfm-extensions"):
        print("markdown: not checked: libcmark-gfm-extensions is missing")
        return 77
    binary, reader, found = os.path.abspath(sys.argv[1]), Reader(), {}
    names = sys.argv[2:] or sorted(p.stem for p in (ROOT / "corpus/truth").glob("*.json"))
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # spares the fsyncs
    with tempfile.TemporaryDirectory(prefix="quire-markdown-", dir=memory) as folder:
        for name, text, document in convert(binary, names, folder):
            found[name] = list(faults(text, document, 0, reader))
        for name, text, document in convert(binary, names, folder, "--page-separator", SEPARATOR,
                                            "--heading-offset", str(OFFSET), "--front-matter"):
            found[name] += [f"paged: {fault}" for fault in paged_faults(text, document, reader)]
    for name, all_of_it in found.items():
        for fault in all_of_it[:4]:
            print(f"{name}: {fault}")
    wrong = sum(map(len, found.values()))
    print(f"{len(names)} documents, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
