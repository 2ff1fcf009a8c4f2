"""Twins of generated pages in pixels: what a flatbed makes of them, and their table as a picture.

Turned by up to half a degree, with specks of dust, drawn at 200 dpi in grey and squeezed by JPEG: a
PDF of images, with no text in it.
"""

import math
import pathlib
import random
import struct
import tempfile

import pdf
import tools

DPI, SPECKS, QUALITY = 200, 60, 70


def worn(page, draw):
    """Turns what the page shows about its middle, and puts dust on the glass."""
    angle = math.radians(draw.uniform(-0.5, 0.5))
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = page.width / 2, page.height / 2
    shift = (x - cos * x + sin * y, y - sin * x - cos * y)
    matrix = [f"{value:.6f}" for value in (cos, sin, -sin, cos, *shift)]
    page.out.insert(0, f"{' '.join(matrix)} cm".encode())
    for _ in range(SPECKS):
        size = draw.uniform(0.1, 0.35)
        page.fill(draw.uniform(0, page.width), draw.uniform(0, page.height), size, size, (0.4,) * 3)


def jpeg_size(data):
    """Width, height and components, from the start-of-frame segment (ITU T.81, B.2.2)."""
    at = 2
    while at < len(data):
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if 0xC0 <= marker <= 0xC3:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height, data[at + 9]
        at += 2 + length
    raise ValueError("no frame in the JPEG file")


def image_of(data):
    """The image XObject of a JPEG file, with its size in points."""
    width, height, components = jpeg_size(data)
    space = "DeviceGray" if components == 1 else "DeviceRGB"
    image = {"Type": pdf.Name("XObject"), "Subtype": pdf.Name("Image"), "Width": width,
             "Height": height, "ColorSpace": pdf.Name(space), "BitsPerComponent": 8,
             "Filter": pdf.Name("DCTDecode")}
    return pdf.Stream(data, image, compress=False), width * 72 / DPI, height * 72 / DPI


def image_page(data):
    image, width, height = image_of(data)
    page = pdf.Page(width, height)
    page.resources["XObject"] = {"Im": image}
    page.op(f"{pdf.number(page.width)} 0 0 {pdf.number(page.height)} 0 0 cm /Im Do")
    return page


def scan(sheet, path, seed):
    """Writes the twin of a finished sheet to `path`."""
    draw = random.Random(seed)
    for page in sheet.pages:
        worn(page, draw)
    with tempfile.TemporaryDirectory(prefix="corpus-scan-") as folder:
        source = pathlib.Path(folder) / "page.pdf"
        source.write_bytes(pdf.assemble(sheet.pages))
        tools.run(["pdftoppm", "-r", str(DPI), "-gray", "-jpeg", "-jpegopt", f"quality={QUALITY}",
                   str(source), str(pathlib.Path(folder) / "page")])
        images = sorted(pathlib.Path(folder).glob("page-*.jpg"))
        path.write_bytes(pdf.assemble([image_page(image.read_bytes()) for image in images]))


def picture(sheet, other, path):
    """Writes `other`, a sheet of text, with the only table of `sheet` as a picture below it."""
    left, top, right, bottom = (edge * DPI / 72 for edge in sheet.tables[0]["bbox"])
    pad = DPI // 12
    with tempfile.TemporaryDirectory(prefix="corpus-picture-") as folder:
        source, made = pathlib.Path(folder) / "page.pdf", pathlib.Path(folder) / "table"
        source.write_bytes(sheet.bytes())
        tools.run(["pdftoppm", "-r", str(DPI), "-gray", "-jpeg", "-jpegopt", f"quality={QUALITY}",
                   "-singlefile", "-x", str(int(left) - pad), "-y", str(int(top) - pad),
                   "-W", str(int(right - left) + 2 * pad), "-H", str(int(bottom - top) + 2 * pad),
                   str(source), str(made)])
        image, width, height = image_of(made.with_suffix(".jpg").read_bytes())
    page = other.page
    page.resources["XObject"] = {"Im": image}
    place = (width, 0, 0, height, other.left, page.height - other.down - height)
    page.op(f"q {' '.join(pdf.number(value) for value in place)} cm /Im Do Q")
    other.down += height + 14
    path.write_bytes(other.bytes())
