"""Files that are no PDF, or not all of one any more: empty, foreign, cut off, with bits flipped.

What survives must be delivered: a page whose objects all lie before the cut is in the output.
"""
import random
import re

from hostile import ANY, DOCUMENT, OK, PARTIAL, UNREADABLE, Case
from minipdf import HELVETICA, Pdf, simple, stream

HELLO = "BT /F1 12 Tf 72 700 Td (Hello) Tj ET"
CUTS = 40
FLIPS = 60
PAGES = 6


def sentence(page):
    return f"Sheet {page} carries the mark {page * 7919}"


def letter(catalog_first, compress):
    """Several pages that share a font; (bytes, {page: end of its last object})."""
    pdf = Pdf()
    if catalog_first:
        kids = [pdf.reserve() for _ in range(PAGES)]
        pdf.put(pdf.catalog, f"<</Type/Catalog/Pages {pdf.tree} 0 R>>")
        numbers = " ".join(f"{kid} 0 R" for kid in kids)
        pdf.put(pdf.tree, f"<</Type/Pages/Kids[{numbers}]/Count {PAGES}>>")
    font = pdf.add(HELVETICA)
    pages = {}
    for page in range(1, PAGES + 1):
        lines = "".join(f"0 -16 Td (Line {n} of a page that has some more to say) Tj "
                        for n in range(12))
        content = pdf.add(stream(f"BT /F1 12 Tf 72 720 Td ({sentence(page)}) Tj {lines}ET",
                                 compress=compress))
        body = (f"<</Type/Page/Parent {pdf.tree} 0 R/MediaBox[0 0 612 792]/Contents {content} 0 R"
                f"/Resources<</Font<</F1 {font} 0 R>>>>>>")
        pages[page] = pdf.put(kids[page - 1], body) if catalog_first else pdf.add(body)
        if not catalog_first:
            pdf.kids.append(pages[page])
    data = pdf.bytes()
    ends = {page: data.index(b"endobj", pdf.offsets[number]) + 6
            for page, number in pages.items()}
    return data, ends


def packed():
    """The same with page objects in object streams and a cross-reference stream."""
    pdf = Pdf()
    font = pdf.add(HELVETICA)
    held, ends = {}, {}
    for page in range(1, PAGES + 1):
        content = pdf.add(stream(f"BT /F1 12 Tf 72 720 Td ({sentence(page)}) Tj ET"))
        number = pdf.reserve()
        body = (f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {content} 0 R"
                f"/Resources<</Font<</F1 {font} 0 R>>>>>>")
        head = f"{number} 0 "
        holder = pdf.add(stream(head + body, f"/Type/ObjStm/N 1/First {len(head)}"))
        held[number], ends[page] = holder, holder
        pdf.kids.append(number)
    pdf.bytes()  # for the catalogue, the page tree and the offsets
    data = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, body in pdf.bodies.items():
        if body is not None:
            offsets[number] = len(data)
            data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    ends = {page: data.index(b"endobj", offsets[holder]) + 6 for page, holder in ends.items()}
    table, start, count = bytearray(), len(data), len(pdf.bodies) + 2
    for number in range(count):
        if number in held:
            row = (2, held[number], 0)
        elif number in offsets or number == count - 1:
            row = (1, offsets.get(number, start), 0)
        else:
            row = (0, 0, 0)
        table += row[0].to_bytes(1, "big") + row[1].to_bytes(4, "big") + row[2].to_bytes(1, "big")
    data += b"%d 0 obj\n" % (count - 1)
    data += stream(bytes(table), f"/Type/XRef/W[1 4 1]/Size {count}/Root {pdf.catalog} 0 R")
    data += b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(data), ends


def survivors(ends, cut):
    wanted = [sentence(page) for page, end in ends.items() if end <= cut]

    def check(document):
        missing = [text for text in wanted if text not in document["content"]]
        if missing:
            return f"{len(missing)} of {len(wanted)} surviving pages are not in the output"
        return None
    return check


def truncated(name, data, ends):
    body = max(ends.values())
    points = {round(len(data) * k / CUTS) for k in range(1, CUTS)}
    points |= {end for end in ends.values()} | {body + 1, len(data) - 6, len(data) - 30}
    first = min(ends.values())
    for cut in sorted(points):
        alive = cut >= first
        yield Case(f"{name}-cut-{cut:05}", lambda cut=cut: data[:cut],
                   DOCUMENT if alive else ANY, survivors(ends, cut) if alive else None)


def lost_trailer(name, data, ends):
    """Everything from the cross-reference table on is gone: all pages, and said to be partial."""
    cut = max(ends.values())
    yield Case(f"{name}-no-trailer", lambda: data[:cut] + b"\n", {PARTIAL}, survivors(ends, cut))


def flipped(name, data, seed):
    def flip(seed):
        chance = random.Random(seed)
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 3, 10, 60))):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        return bytes(spoilt)
    for n in range(FLIPS):
        yield Case(f"{name}-flip-{n:03}", lambda n=n: flip(seed + n))


def shuffled(name, data):
    """Chunks of the file in a wrong order, twice, or missing."""
    def stir(seed):
        chance = random.Random(seed)
        size = chance.choice((64, 512, 2048))
        chunks = [data[i:i + size] for i in range(0, len(data), size)]
        a, b = (chance.randrange(len(chunks)) for _ in "ab")
        chunks[a] = (chunks[b], b"", chunks[a] * 2, b"\0" * size)[seed % 4]
        return b"".join(chunks)
    for n in range(16):
        yield Case(f"{name}-stir-{n:02}", lambda n=n: stir(n))


def says(text):
    return lambda document: None if text in document["content"] else f"{text!r} is missing"


def foreign():
    hello = simple(HELLO)
    none = {UNREADABLE}
    yield Case("empty", lambda: b"", none)
    yield Case("one-byte", lambda: b"%", none)
    yield Case("text", lambda: b"This is a letter, not a PDF.\n" * 40, none)
    yield Case("html", lambda: b"<!DOCTYPE html><html><body>404 not found</body></html>", none)
    yield Case("random", lambda: random.Random(1).randbytes(100_000), none)
    yield Case("zeros", lambda: bytes(1 << 20), none)
    yield Case("header-only", lambda: b"%PDF-1.7\n", none)
    yield Case("header-and-end", lambda: b"%PDF-1.7\n%%EOF\n", none)
    yield Case("header-and-noise", lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(50_000), none)
    yield Case("many-obj-words", lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 100_000, none)
    yield Case("many-endobj-words", lambda: b"%PDF-1.7\n" + b"endobj stream " * 100_000, none)
    yield Case("whole", lambda: hello, {OK}, says("Hello"))
    yield Case("junk-before", lambda: b"junk\n" * 100 + hello, DOCUMENT, says("Hello"))
    yield Case("junk-behind", lambda: hello + b"\0junk" * 1000, DOCUMENT, says("Hello"))
    yield Case("wrong-startxref", lambda: re.sub(rb"startxref\n\d+", b"startxref\n7", hello),
               DOCUMENT, says("Hello"))
    yield Case("no-startxref", lambda: hello[:hello.rindex(b"startxref")], DOCUMENT, says("Hello"))
    yield Case("old-mac-lines", lambda: hello.replace(b"\n", b"\r"), ANY)
    yield Case("windows-lines", lambda: hello.replace(b"\n", b"\r\n"), ANY)
    yield Case("no-endobj", lambda: hello.replace(b"endobj", b"      "), ANY)
    yield Case("no-endstream", lambda: hello.replace(b"endstream", b"         "), ANY)
    yield Case("one-long-line", lambda: hello.replace(b"\n", b" "), ANY)
    yield Case("twice", lambda: hello + hello, DOCUMENT, says("Hello"))


def cases():
    yield from foreign()
    kinds = {"early": letter(True, False), "late": letter(False, True), "packed": packed()}
    for seed, (name, (data, ends)) in enumerate(kinds.items()):
        yield Case(f"{name}-whole", lambda data=data: data, {OK}, survivors(ends, len(data)))
        yield from truncated(name, data, ends)
        yield from lost_trailer(name, data, ends)
        yield from flipped(name, data, 1000 * seed)
        yield from shuffled(name, data)
