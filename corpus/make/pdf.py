"""PDF objects and pages written by hand, where a document needs exact geometry or odd features.

Coordinates of Page are points from the top left corner, y downwards, as in the truth and in the
program that is tested; they are turned over when operators are written (PDF 32000-1, 8.3).
"""

import zlib


class Name(str):
    """A name object, without its slash."""


class Ref(int):
    """The number of an indirect object."""


class Raw(bytes):
    """Bytes that go into the file as they are."""


class Stream:
    def __init__(self, data, entries=None, compress=True):
        self.data, self.entries, self.compress = data, dict(entries or {}), compress


def text_string(text):
    """A text string: PDFDocEncoding where ASCII suffices, else UTF-16 (7.9.2.2)."""
    if all(32 <= ord(character) < 127 for character in text):
        return text.encode("ascii")
    return b"\xfe\xff" + text.encode("utf-16-be")


def number(value):
    shown = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if shown in ("", "-0") else shown


def serialise(value):
    if isinstance(value, Raw):
        return bytes(value)
    if isinstance(value, Name):
        return b"/" + value.encode("ascii")
    if isinstance(value, Ref):
        return b"%d 0 R" % value
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if value is None:
        return b"null"
    if isinstance(value, (int, float)):
        return number(value).encode("ascii")
    if isinstance(value, str):
        return serialise(text_string(value))
    if isinstance(value, bytes):
        return b"<" + value.hex().encode("ascii") + b">"
    if isinstance(value, (list, tuple)):
        return b"[" + b" ".join(serialise(item) for item in value) + b"]"
    if isinstance(value, dict):
        inner = b" ".join(serialise(Name(key)) + b" " + serialise(item) for key, item in value.items())
        return b"<<" + inner + b">>"
    raise TypeError(f"not a PDF value: {value!r}")


class Writer:
    """Indirect objects in the order they were reserved, and the file made of them."""

    def __init__(self):
        self.objects = []

    def reserve(self):
        self.objects.append(None)
        return Ref(len(self.objects))

    def add(self, value):
        reference = self.reserve()
        self.objects[reference - 1] = value
        return reference

    def set(self, reference, value):
        self.objects[reference - 1] = value

    def body(self, value):
        if not isinstance(value, Stream):
            return serialise(value)
        data, entries = value.data, dict(value.entries)
        if value.compress:
            data = zlib.compress(data, 9)
            entries["Filter"] = Name("FlateDecode")
        entries["Length"] = len(data)
        return serialise(entries) + b"\nstream\n" + data + b"\nendstream"

    def file(self, root, info=None):
        out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
        for index, value in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n" % index + self.body(value) + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = {"Size": len(places) + 1, "Root": root}
        if info:
            trailer["Info"] = info
        out += b"trailer\n" + serialise(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


class Page:
    """One page's content stream, fonts and links."""

    def __init__(self, width=595.0, height=842.0):
        self.width, self.height = width, height
        self.out, self.fonts, self.links = [], {}, []
        self.entries = {}  # more entries of the page dictionary
        self.resources = {}  # more kinds of resources: {"XObject": {...}}
        self.mcids = 0

    def op(self, line):
        self.out.append(line if isinstance(line, bytes) else line.encode("latin-1"))

    def y(self, down):
        return number(self.height - down)

    def font(self, font):
        return self.fonts.setdefault(font, f"F{len(self.fonts)}")

    def colour(self, rgb, stroke=False):
        self.op(" ".join(number(part) for part in rgb) + (" RG" if stroke else " rg"))

    def text(self, x, y, text, font, size, colour=(0, 0, 0), mode=0, spacing=0, turn=None):
        """Shows `text` with its first origin at x, y. turn: (cos, sin) of its direction."""
        cos, sin = turn or (1, 0)
        place = " ".join([*(number(part) for part in (cos, sin, -sin, cos, x)), self.y(y)])
        more = (f" {mode} Tr" if mode else "") + (f" {number(spacing)} Tc" if spacing else "")
        self.colour(colour)
        self.op(
            f"BT /{self.font(font)} {number(size)} Tf{more} {place} Tm ".encode("ascii")
            + serialise(font.encode(text))
            + b" Tj"
            + (b" 0 Tr" if mode else b"")
            + (b" 0 Tc" if spacing else b"")
            + b" ET"
        )

    def line(self, x, y, runs):
        """Shows runs (font, size, rise, colour, parts) one after the other from x on the baseline
        y. A part is text, or a gap in points that no glyph fills."""
        self.op(f"BT 1 0 0 1 {number(x)} {self.y(y)} Tm")
        for font, size, rise, colour, parts in runs:
            self.colour(colour)
            shown = [
                font.encode(part) if isinstance(part, str) else -part * 1000 / size
                for part in parts
            ]
            self.op(f"/{self.font(font)} {number(size)} Tf {number(rise)} Ts")
            self.op(serialise(shown) + b" TJ")
        self.op("ET")

    def rule(self, x0, y0, x1, y1, width=0.5, colour=(0, 0, 0)):
        self.colour(colour, stroke=True)
        self.op(f"{number(width)} w {number(x0)} {self.y(y0)} m {number(x1)} {self.y(y1)} l S")

    def fill(self, x, y, width, height, colour):
        self.colour(colour)
        self.op(f"{number(x)} {self.y(y + height)} {number(width)} {number(height)} re f")

    def begin(self, tag):
        """Opens a marked-content sequence of the structure; returns its identifier."""
        self.op(f"/{tag} <</MCID {self.mcids}>> BDC")
        self.mcids += 1
        return self.mcids - 1

    def begin_artifact(self):
        self.op("/Artifact BMC")

    def end(self):
        self.op("EMC")

    def link(self, x, y, width, height, uri=None, page=None):
        self.links.append((x, y, width, height, uri, page))


def link_annotation(page, link, references):
    x, y, width, height, uri, target = link
    box = [x, page.height - y - height, x + width, page.height - y]
    entries = {"Type": Name("Annot"), "Subtype": Name("Link"), "Rect": box, "Border": [0, 0, 0]}
    if uri:
        entries["A"] = {"S": Name("URI"), "URI": uri.encode("ascii")}
    else:
        entries["Dest"] = [references[target - 1], Name("XYZ"), None, None, None]
    return entries


def assemble(pages, info=None, catalog=None, finish=None):
    """The file of `pages`. `finish(writer, references, catalog)` adds what concerns them all."""
    writer = Writer()
    root, tree = writer.reserve(), writer.reserve()
    references = [writer.reserve() for _ in pages]
    made = {}
    for page, reference in zip(pages, references):
        for font in page.fonts:
            if font not in made:
                made[font] = writer.reserve()
        resources = {"Font": {key: made[font] for font, key in page.fonts.items()}}
        for kind, entries in page.resources.items():
            resources[kind] = {
                key: writer.add(value) if isinstance(value, Stream) else value
                for key, value in entries.items()
            }
        annotations = [writer.add(link_annotation(page, link, references)) for link in page.links]
        entries = {
            "Type": Name("Page"),
            "Parent": tree,
            "MediaBox": [0, 0, page.width, page.height],
            "Resources": resources,
            "Contents": writer.add(Stream(b"\n".join(page.out))),
            **({"Annots": annotations} if annotations else {}),
            **page.entries,
        }
        writer.set(reference, entries)
    catalog = {"Type": Name("Catalog"), "Pages": tree, **(catalog or {})}
    if finish:
        finish(writer, references, catalog)
    for font, reference in made.items():
        writer.set(reference, font.object(writer))
    writer.set(tree, {"Type": Name("Pages"), "Kids": references, "Count": len(references)})
    writer.set(root, catalog)
    told = writer.add({key: value for key, value in (info or {}).items()}) if info else None
    return writer.file(root, told)
