"""Sets a page with Pango: scripts that need shaping, right to left, and vertical lines.

Options: font (family), direction (ltr, rtl, vertical), size, width, height.
"""

import atexit
import pathlib
import shlex
import shutil
import tempfile

import source
import tools
from source import Heading, Item, List, Paragraph, Title

TOOLS = ["cairo", "pango"]
HERE = pathlib.Path(__file__).resolve().parent
_compiled = []


def program():
    """Path of the compiled setter; compiled once a run."""
    if not _compiled:
        folder = tempfile.mkdtemp(prefix="corpus-pango-")
        atexit.register(shutil.rmtree, folder)
        flags = shlex.split(tools.run(["pkg-config", "--cflags", "--libs", "pangocairo", "cairo-pdf"])
                            .decode())
        tools.run(["cc", "-std=gnu11", "-O1", "-Wall", "-Wextra", "-o", f"{folder}/set",
                   str(HERE / "pango.c"), *flags, "-lm"])
        _compiled.append(f"{folder}/set")
    return _compiled[0]


def line(tag, size, weight, indent, marker, text):
    return "\t".join(["block", tag, f"{size:g}", weight, f"{indent:g}", marker,
                      source.plain(text, [])])


def list_lines(block, size, depth=1):
    for index, item in enumerate(block.items):
        item = item if isinstance(item, Item) else Item(item)
        yield line("LI", size, "normal", 18 * depth, block.marker_of(index), item.text)
        if item.inner:
            yield from list_lines(item.inner, size, depth + 1)


def script(document, font, direction, size, width, height):
    yield f"page\t{width:g}\t{height:g}\t{document.title or document.name}"
    yield f"font\t{font}\t{document.language}\t{direction}"
    for block in document.blocks:
        if isinstance(block, Title):
            yield line("H1", size * 1.9, "bold", 0, "", block.text)
        elif isinstance(block, Heading):
            yield line(f"H{block.level + 1}", size * (1.5 - 0.2 * block.level + 0.2), "bold", 0, "",
                       block.printed())
        elif isinstance(block, Paragraph):
            yield line("P", size, "normal", 0, "", block.text)
        elif isinstance(block, List):
            yield from list_lines(block, size)
        else:
            raise SystemExit(f"corpus/make: pango cannot set {type(block).__name__}")
        block.page = 1


def build(document, path, font, direction="ltr", size=11, width=480, height=640):
    """Writes the PDF; returns the number of its pages."""
    lines = script(document, font, direction, size, width, height)
    tools.run([program(), str(path)], stdin=("\n".join(lines) + "\n").encode())
    return 1
