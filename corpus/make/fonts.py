"""Fonts for pages written by hand: the standard fonts by name, TrueType fonts as subsets.

A font has encode(text) -> bytes, width(text, size) -> points and object(writer) -> dictionary.
Widths of the standard fonts come from the metrics of their URW twins.
"""

import functools
import pathlib
import struct

from pdf import Name, Stream

URW = pathlib.Path("/usr/share/fonts/type1/urw-base35")
TWINS = {
    "Times-Roman": "NimbusRoman-Regular",
    "Times-Bold": "NimbusRoman-Bold",
    "Times-Italic": "NimbusRoman-Italic",
    "Helvetica": "NimbusSans-Regular",
    "Helvetica-Bold": "NimbusSans-Bold",
    "Helvetica-Oblique": "NimbusSans-Italic",
    "Courier": "NimbusMonoPS-Regular",
}
# Glyph names of what WinAnsi has beyond ASCII and Latin-1 and our texts use.
NAMES = {
    "\u2022": "bullet",
    "\u2013": "endash",
    "\u2014": "emdash",
    "\u2018": "quoteleft",
    "\u2019": "quoteright",
    "\u201c": "quotedblleft",
    "\u201d": "quotedblright",
    "\u20ac": "Euro",
    "\u2026": "ellipsis",
}


@functools.lru_cache
def metrics(name):
    """Advance of each glyph, by glyph name and by code where the encoding is standard."""
    by_name, by_code = {}, {}
    for line in (URW / f"{TWINS[name]}.afm").read_text("latin-1").splitlines():
        if line.startswith("C "):
            parts = [part.split() for part in line.split(";")]
            code, width, glyph = int(parts[0][1]), float(parts[1][1]), parts[2][1]
            by_name[glyph] = width
            by_code[code] = width
    return by_name, by_code


class Standard:
    """One of the fourteen fonts that every reader has; not embedded, WinAnsi encoding."""

    def __init__(self, name):
        self.name = name

    def encode(self, text):
        return text.encode("cp1252")

    def width(self, text, size):
        by_name, by_code = metrics(self.name)
        total = 0.0
        for character in text:
            code = ord(character)
            if character in NAMES:
                total += by_name[NAMES[character]]
            elif character == "'":
                total += by_name["quotesingle"]
            elif code < 128:
                total += by_code.get(code, 500)
            else:
                total += by_name.get(latin_name(character), 500)
        return total * size / 1000

    def object(self, writer):
        return {
            "Type": Name("Font"),
            "Subtype": Name("Type1"),
            "BaseFont": Name(self.name),
            "Encoding": Name("WinAnsiEncoding"),
        }


def latin_name(character):
    """Glyph name of an accented letter: e acute is "eacute"."""
    import unicodedata

    accents = {"\u0301": "acute", "\u0300": "grave", "\u0308": "dieresis", "\u0302": "circumflex",
               "\u0303": "tilde", "\u0327": "cedilla", "\u030a": "ring"}
    parts = unicodedata.normalize("NFD", character)
    special = {"\u00df": "germandbls", "\u00a3": "sterling", "\u00b0": "degree", "\u00d7": "multiply"}
    if len(parts) == 2:
        return parts[0] + accents.get(parts[1], "")
    return special.get(character, "")


class TrueType:
    """A TrueType file (glyf outlines) of which the used glyphs are embedded, Identity coded.

    vertical: Identity-V, so that text runs down the page. to_unicode: False leaves the map out;
    a dictionary overrides what it says of a character.
    """

    def __init__(self, path, name, vertical=False, to_unicode=True):
        self.data = pathlib.Path(path).read_bytes()
        self.name, self.vertical, self.to_unicode = name, vertical, to_unicode
        count = struct.unpack(">H", self.data[4:6])[0]
        self.tables = {}
        for index in range(count):
            tag, _, offset, length = struct.unpack_from(">4sLLL", self.data, 12 + 16 * index)
            self.tables[tag.decode()] = (offset, length)
        self.units = struct.unpack_from(">H", self.data, self.tables["head"][0] + 18)[0]
        self.characters = self.read_cmap()
        self.used = {0: None}  # old glyph -> character, in the order of use
        self.order = [0]

    def table(self, tag):
        offset, length = self.tables[tag]
        return self.data[offset : offset + length]

    def read_cmap(self):
        """Unicode to glyph from a format 4 or 12 subtable."""
        table, best = self.table("cmap"), None
        for index in range(struct.unpack_from(">H", table, 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * index)
            kind = struct.unpack_from(">H", table, offset)[0]
            if (platform, encoding) in ((3, 1), (3, 10), (0, 3)) and kind == 4:
                best = offset
        found = {}
        segments = struct.unpack_from(">H", table, best + 6)[0] // 2
        ends = best + 14
        for index in range(segments):
            end = struct.unpack_from(">H", table, ends + 2 * index)[0]
            start = struct.unpack_from(">H", table, ends + 2 + 2 * (segments + index))[0]
            delta = struct.unpack_from(">H", table, ends + 2 + 2 * (2 * segments + index))[0]
            place = ends + 2 + 2 * (3 * segments + index)
            offset = struct.unpack_from(">H", table, place)[0]
            for code in range(start, min(end, 0xFFFE) + 1):
                glyph = code
                if offset:
                    glyph = struct.unpack_from(">H", table, place + offset + 2 * (code - start))[0]
                if glyph:
                    found[code] = (glyph + delta) & 0xFFFF
        return found

    def glyph(self, character):
        return self.characters.get(ord(character), 0)

    def advance(self, glyph):
        count = struct.unpack_from(">H", self.data, self.tables["hhea"][0] + 34)[0]
        place = self.tables["hmtx"][0] + 4 * min(glyph, count - 1)
        return struct.unpack_from(">H", self.data, place)[0] * 1000 / self.units

    def width(self, text, size):
        return sum(self.advance(self.glyph(character)) for character in text) * size / 1000

    def encode(self, text):
        codes = []
        for character in text:
            glyph = self.glyph(character)
            if glyph not in self.used:
                self.used[glyph] = character
                self.order.append(glyph)
            codes.append(self.order.index(glyph))
        return struct.pack(f">{len(codes)}H", *codes)

    def outline(self, glyph):
        long_offsets = struct.unpack_from(">h", self.data, self.tables["head"][0] + 50)[0]
        loca = self.tables["loca"][0]
        if long_offsets:
            start, end = struct.unpack_from(">LL", self.data, loca + 4 * glyph)
        else:
            start, end = (2 * part for part in struct.unpack_from(">HH", self.data, loca + 2 * glyph))
        base = self.tables["glyf"][0]
        return bytearray(self.data[base + start : base + end])

    def middle(self, character, size):
        """Distance from the origin to the middle of the drawn glyph."""
        outline = self.outline(self.glyph(character))
        left, _, right, _ = struct.unpack_from(">hhhh", outline, 2)
        return (left + right) / 2 * size / self.units

    def components(self, outline):
        """(place, glyph) of each part of a composite glyph."""
        if not outline or struct.unpack_from(">h", outline, 0)[0] >= 0:
            return
        place, more = 10, True
        while more:
            flags, glyph = struct.unpack_from(">HH", outline, place)
            yield place + 2, glyph
            place += 8 if flags & 1 else 6
            place += 2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
            more = flags & 0x20

    def subset(self):
        """A font file with the used glyphs alone, renumbered in the order of use."""
        outlines, index = [], 0
        while index < len(self.order):
            outline = self.outline(self.order[index])
            for place, part in self.components(outline):
                if part not in self.order:
                    self.order.append(part)
                struct.pack_into(">H", outline, place, self.order.index(part))
            outlines.append(bytes(outline + b"\0" * (-len(outline) % 4)))
            index += 1
        loca, glyf = [0], b""
        for outline in outlines:
            glyf += outline
            loca.append(len(glyf))
        head, hhea = bytearray(self.table("head")), bytearray(self.table("hhea"))
        maxp = bytearray(self.table("maxp"))
        struct.pack_into(">h", head, 50, 1)
        struct.pack_into(">H", hhea, 34, len(outlines))
        struct.pack_into(">H", maxp, 4, len(outlines))
        widths = b"".join(
            struct.pack(">Hh", round(self.advance(glyph) * self.units / 1000), 0)
            for glyph in self.order
        )
        tables = {"glyf": glyf, "head": bytes(head), "hhea": bytes(hhea), "hmtx": widths,
                  "loca": struct.pack(f">{len(loca)}L", *loca), "maxp": bytes(maxp)}
        for tag in ("cvt ", "fpgm", "prep"):
            if tag in self.tables:
                tables[tag] = self.table(tag)
        return sfnt(tables)

    def cmap_stream(self):
        lines = []
        for code, glyph in enumerate(self.order):
            character = self.used.get(glyph)
            if character:
                if isinstance(self.to_unicode, dict):
                    character = self.to_unicode.get(character, character)
                lines.append(f"<{code:04x}> <{character.encode('utf-16-be').hex()}>")
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        body = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
        )
        return Stream(
            (
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                "/CMapName /Corpus def /CMapType 2 def\n"
                "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
                f"{body}\nendcmap end end\n"
            ).encode("ascii")
        )

    def object(self, writer):
        ascent, descent = struct.unpack_from(">hh", self.data, self.tables["hhea"][0] + 4)
        file = self.subset()
        descriptor = {
            "Type": Name("FontDescriptor"),
            "FontName": Name("CORPUS+" + self.name),
            "Flags": 4,
            "FontBBox": [-200, -300, 1200, 1000],
            "ItalicAngle": 0,
            "Ascent": ascent * 1000 // self.units,
            "Descent": descent * 1000 // self.units,
            "CapHeight": 700,
            "StemV": 160 if "Bold" in self.name else 80,
            "FontFile2": writer.add(Stream(file, {"Length1": len(file)})),
        }
        descendant = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType2"),
            "BaseFont": Name("CORPUS+" + self.name),
            "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0},
            "CIDToGIDMap": Name("Identity"),
            "FontDescriptor": writer.add(descriptor),
            "W": [0, [self.advance(glyph) for glyph in self.order]],
        }
        font = {
            "Type": Name("Font"),
            "Subtype": Name("Type0"),
            "BaseFont": Name("CORPUS+" + self.name),
            "Encoding": Name("Identity-V" if self.vertical else "Identity-H"),
            "DescendantFonts": [writer.add(descendant)],
        }
        if self.to_unicode is not False:
            font["ToUnicode"] = writer.add(self.cmap_stream())
        return font


def sfnt(tables):
    """A TrueType file of `tables`, with its checksums."""
    power = 1
    while power * 2 <= len(tables):
        power *= 2
    out = struct.pack(">LHHHH", 0x00010000, len(tables), power * 16, power.bit_length() - 1,
                      (len(tables) - power) * 16)
    offset, body = 12 + 16 * len(tables), b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        check = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        out += struct.pack(">4sLLL", tag.encode(), check, offset + len(body), len(data))
        body += padded
    return out + body
