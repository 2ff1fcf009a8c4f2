"""Writes small PDFs byte by byte, so that tests can make them wrong in exactly one place.

    pdf = Pdf()
    font = pdf.add(HELVETICA)
    page = pdf.page("BT /F1 12 Tf 72 700 Td (Hello) Tj ET", fonts={"F1": font})
    data = pdf.bytes()

Object numbers are handed out by add() and reserve(); what a test wants to be broken it writes
itself, as bytes. Nothing here checks anything.
"""
import hashlib
import zlib

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def latin(text):
    return text if isinstance(text, bytes) else text.encode("latin-1")


def stream(data, extra="", compress=True, length=None):
    """The body of a stream object; `length` replaces the true one."""
    data = latin(data)
    if compress:
        data, extra = zlib.compress(data, 9), extra + "/Filter/FlateDecode"
    length = len(data) if length is None else length
    return latin(f"<</Length {length}{extra}>>\nstream\n") + data + b"\nendstream"


def zeros_deflated(megabytes, byte=b" "):
    """A valid zlib stream of `megabytes` equal bytes, made without compressing all of them."""
    block = byte * (1 << 20)
    maker = zlib.compressobj(9)
    head = maker.compress(block) + maker.flush(zlib.Z_FULL_FLUSH)
    piece = maker.compress(block) + maker.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(megabytes):
        checksum = zlib.adler32(block, checksum)
    return head + piece * (megabytes - 1) + b"\x03\x00" + checksum.to_bytes(4, "big")


def rc4(key, data):
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


class Pdf:
    def __init__(self, version="1.7"):
        self.version = version
        self.bodies = {}  # number -> body, in the order of writing
        self.catalog, self.tree = self.reserve(), self.reserve()
        self.kids = []
        self.catalog_extra = ""
        self.trailer_extra = ""
        self.key = None
        self.offsets = {}

    def reserve(self):
        number = len(self.bodies) + 1
        self.bodies[number] = None
        return number

    def put(self, number, body):
        self.bodies.pop(number, None)
        self.bodies[number] = latin(body)
        return number

    def add(self, body):
        return self.put(self.reserve(), body)

    def put_all(self, objects):
        last = max(objects, default=0)
        while len(self.bodies) < last:
            self.reserve()
        for number, body in objects.items():
            self.put(number, body)

    def page(self, content, fonts=None, resources="", media="0 0 612 792", extra=""):
        """Adds a page; `content` may be the number of a stream, or its text."""
        if not isinstance(content, int):
            content = self.add(stream(content))
        if fonts is None:
            fonts = {"F1": self.add(HELVETICA)}
        names = "".join(f"/{name} {number} 0 R" for name, number in fonts.items())
        self.kids.append(self.add(
            f"<</Type/Page/Parent {self.tree} 0 R/MediaBox[{media}]/Contents {content} 0 R"
            f"/Resources<</Font<<{names}>>{resources}>>{extra}>>"))
        return self.kids[-1]

    def close(self, tree=None, catalog=None):
        """Writes the page tree and the catalogue, unless the test wrote its own."""
        kids = " ".join(f"{kid} 0 R" for kid in self.kids)
        for number, body in ((self.tree, tree or f"<</Type/Pages/Kids[{kids}]"
                              f"/Count {len(self.kids)}>>"),
                             (self.catalog, catalog or f"<</Type/Catalog/Pages {self.tree} 0 R"
                              f"{self.catalog_extra}>>")):
            if self.bodies[number] is None:
                self.put(number, body)

    def encrypt(self, user, owner=b"owner", **changes):
        """40-bit RC4, revision 2 (PDF 32000-1, 7.6.3); `changes` spoil entries of the dictionary.
        Streams are encrypted when they are written."""
        identity = b"0123456789abcdef"
        permissions = -4
        owner_key = hashlib.md5((owner + PAD)[:32]).digest()[:5]
        entry_o = rc4(owner_key, (user + PAD)[:32])
        digest = (user + PAD)[:32] + entry_o + (permissions & 0xFFFFFFFF).to_bytes(4, "little")
        self.key = hashlib.md5(digest + identity).digest()[:5]
        entries = {"Filter": "/Standard", "V": "1", "R": "2", "Length": "40",
                   "P": str(permissions), "O": f"<{entry_o.hex()}>",
                   "U": f"<{rc4(self.key, PAD).hex()}>"}
        entries.update(changes)
        body = "".join(f"/{k} {v}" for k, v in entries.items() if v is not None)
        self.trailer_extra += f"/Encrypt<<{body}>>/ID[<{identity.hex()}><{identity.hex()}>]"

    def encrypted(self, number, body):
        start = body.find(b"stream\n")
        if not self.key or start < 0:
            return body
        start += len(b"stream\n")
        end = body.rfind(b"\nendstream")
        salt = number.to_bytes(3, "little") + b"\0\0"
        key = hashlib.md5(self.key + salt).digest()[:10]
        return body[:start] + rc4(key, body[start:end]) + body[end:]

    def bytes(self, trailer=None, size=None):
        self.close()
        out = bytearray(latin(f"%PDF-{self.version}\n%\xe2\xe3\xcf\xd3\n"))
        for number, body in self.bodies.items():
            if body is None:
                continue
            self.offsets[number] = len(out)
            out += b"%d 0 obj\n" % number + self.encrypted(number, body) + b"\nendobj\n"
        start, count = len(out), len(self.bodies) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % count
        for number in range(1, count):
            place = self.offsets.get(number)
            out += b"%010d 00000 %s \n" % (place or 0, b"f" if place is None else b"n")
        trailer = trailer or (f"<</Size {size or count}/Root {self.catalog} 0 R"
                              f"{self.trailer_extra}>>")
        return bytes(out + latin(f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n"))


def simple(content, resources="", media="0 0 612 792", page="", catalog="", objects=None):
    """One page. `objects`: bodies by the number that `resources`, `page` and so on refer to;
    100 and up, so that they never collide with what the writer hands out."""
    pdf = Pdf()
    pdf.catalog_extra = catalog
    pdf.page(content, resources=resources, media=media, extra=page)
    pdf.close()
    pdf.put_all(objects or {})
    return pdf.bytes()
