"""Pictures that are none, or not all there, or far too large: nothing of what their decoders say
may reach the user, who gets one line.
"""
import struct
import zlib

from hostile import ANY, DOCUMENT, LIMIT, OK, PARTIAL, UNREADABLE, Case

REFUSED = {UNREADABLE, LIMIT}
SIDE = 30000


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, rows, bits=8):
    """Grey; `rows` are bytes with a filter byte before each row."""
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))


def blank_png(width, height, bits):
    row = b"\0" + b"\xff" * ((width * bits + 7) // 8)
    maker = zlib.compressobj(1)
    parts = [maker.compress(row) for _ in range(height)]
    return png(width, height, b"".join(parts) + maker.flush(), bits)


def tiff(width, height, data, compression=1, next_directory=0, bits=8):
    """One strip of grey, its directory before the pixels."""
    entries = [(256, 4, width), (257, 4, height), (258, 3, bits), (259, 3, compression),
               (262, 3, 1), (273, 4, 8 + 2 + 9 * 12 + 4), (277, 3, 1), (278, 4, height),
               (279, 4, len(data))]
    body = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        body += struct.pack("<HHII", tag, kind, 1, value)
    return body + struct.pack("<I", next_directory) + data


def whole_tiff():
    return tiff(400, 300, b"\xff" * (400 * 300))


def bmp(width, height):
    return (b"BM" + struct.pack("<IHHI", 54, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 2835, 2835, 0, 0))


def flipped(data):
    middle = len(data) // 2
    return data[:middle] + bytes(b ^ 0x5A for b in data[middle:middle + 40]) + data[middle + 40:]


def has_one_page(document):
    return None if len(document["pages"]) == 1 else "not one page"


def cases():
    sound = blank_png(300, 200, 8)
    huge = "P5\n%d %d\n255\n" % (SIDE, SIDE)
    return [
        Case("a blank PNG", lambda: sound, exits={OK}, check=has_one_page),
        Case("one pixel", lambda: blank_png(1, 1, 8), exits={OK}, check=has_one_page),
        Case("one row", lambda: blank_png(5000, 1, 1), exits=DOCUMENT),
        Case("a PNG cut off in its pixels", lambda: sound[:-40], exits=ANY),
        Case("a PNG cut off in its header", lambda: sound[:20], exits=REFUSED),
        Case("a PNG with wrong bytes", lambda: flipped(sound), exits=ANY),
        Case("text that begins like a PNG", lambda: sound[:8] + b"Dear Sir,\n" * 40,
             exits=REFUSED),
        Case("text that begins like a GIF", lambda: b"GIF89a" + b"Dear Sir,\n" * 40,
             exits=REFUSED),
        Case("text that begins like a JPEG", lambda: b"\xff\xd8\xff\xe0" + b"Dear Sir,\n" * 40,
             exits=REFUSED),
        Case("text that begins like a JPEG 2000",
             lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + b"Dear Sir,\n" * 40, exits=REFUSED),
        Case("text that begins like a WebP", lambda: b"RIFF\x90\x01\0\0WEBPVP8 " + b"Dear " * 80,
             exits=REFUSED),
        Case("a BMP without its pixels", lambda: bmp(4000, 3000), exits=ANY),
        Case("a BMP of negative size", lambda: bmp(-5, -2147483648), exits=REFUSED),
        Case("a TIFF", whole_tiff, exits={OK}, check=has_one_page),
        Case("a TIFF cut off in its pixels", lambda: whole_tiff()[:9000], exits=ANY),
        Case("a TIFF cut off in its directory", lambda: whole_tiff()[:60], exits=REFUSED),
        Case("a TIFF whose fax data are none",
             lambda: tiff(1700, 2200, b"\x5a\xa5\x13" * 3000, compression=4, bits=1), exits=ANY),
        Case("a TIFF whose directories go in a circle",
             lambda: tiff(40, 30, b"\xff" * 1200, next_directory=8), exits=ANY),
        Case("30,000 x 30,000 pixels, one bit each", lambda: blank_png(SIDE, SIDE, 1),
             exits={PARTIAL, LIMIT}, seconds=20, megabytes=900),
        Case("30,000 x 30,000 pixels, claimed only", lambda: huge.encode() + b"\0" * 400,
             exits=REFUSED),
        Case("2,147,483,647 pixels wide", lambda: png(2147483647, 1, b""), exits=REFUSED),
    ]
