"""Pictures: in text, as a scan with a layer of invisible text, and as a scan without any."""

import copy
import math
import pathlib
import tempfile

import prose
import tools
import typeset
from pdf import Name, Stream
from source import Caption, Document, Figure, Heading, List, Paragraph

LETTER = [
    Heading("To the keeper of the tower clock", 1),
    Paragraph(prose.CLOCK[3]),
    Paragraph(prose.CLOCK[0]),
    Heading("What we ask", 2),
    List(["that the hour bell be tuned,", "that somebody look at the north face."]),
]
SMALL = {"width": 420.0, "height": 595.0, "margins": (50, 64, 50, 60)}
DPI = 110


def document(name, summary, blocks, **facts):
    return Document(name=name, family="images", summary=summary, blocks=copy.deepcopy(blocks),
                    facts=facts)


def scan_of(page_document):
    """The only page of a document as (width, height, bits): one bit a pixel, 1 is white."""
    with tempfile.TemporaryDirectory(prefix="corpus-scan-") as folder:
        path = pathlib.Path(folder) / "page.pdf"
        typeset.build(page_document, path, **SMALL)
        tools.run(["pdftoppm", "-mono", "-r", str(DPI), "-singlefile", str(path), f"{folder}/page"])
        data = (pathlib.Path(folder) / "page.pbm").read_bytes()
    kind, size, bits = data.split(b"\n", 2)
    if kind != b"P4":
        raise SystemExit("corpus/make: pdftoppm wrote no bitmap")
    width, height = (int(part) for part in size.split())
    return width, height, bytes(255 - byte for byte in bits)


def scan_stream(page_document):
    width, height, bits = scan_of(page_document)
    return Stream(bits, {
        "Type": Name("XObject"), "Subtype": Name("Image"), "Width": width, "Height": height,
        "ColorSpace": Name("DeviceGray"), "BitsPerComponent": 1,
    })


def under_text(page_document):
    """Lays the scan under the text, which becomes invisible."""

    def draw(pages, face):
        page = pages[0]
        page.resources["XObject"] = {"Scan": scan_stream(copy.deepcopy(page_document))}
        picture = f"q {page.width:g} 0 0 {page.height:g} 0 0 cm /Scan Do Q".encode()
        page.out[:] = [picture, b"3 Tr", *page.out]

    return draw


def instead_of_text(page_document):
    """The scan alone."""

    def draw(pages, face):
        page = pages[0]
        page.resources["XObject"] = {"Scan": scan_stream(copy.deepcopy(page_document))}
        page.fonts.clear()
        page.out[:] = [f"q {page.width:g} 0 0 {page.height:g} 0 0 cm /Scan Do Q".encode()]

    return draw


LAYERED = document("image-ocr-layer", "A scanned page with its text as an invisible layer", LETTER)
BARE = document("image-scan", "A scanned page without any text", LETTER, needs=["ocr"])

PICTURES = document(
    "image-figures",
    "A photograph, a stencil and an inline picture between paragraphs, with captions",
    [
        Heading("What the camera at Mill Lane saw", 1),
        Paragraph("The camera hangs under the bridge and takes a picture every hour, day and night."),
        Figure(100),
        Caption("Figure 1. Ripples at low water."),
        Paragraph(prose.TRAM[2]),
        Figure(60),
        Caption("Figure 2. The mask that hides the neighbour's window."),
        Paragraph(prose.TRAM[4]),
    ],
)


def ripples(width, height):
    """Grey values of two waves that cross."""
    return bytes(
        int(127 + 60 * math.sin(x / 7 + y / 11) + 60 * math.sin(y / 5 - x / 23))
        for y in range(height)
        for x in range(width)
    )


def pictures(pages, face):
    """Lays pictures over the sketches that typeset drew, at their places."""
    page = pages[0]
    page.resources["XObject"] = {
        "Photo": Stream(ripples(120, 60), {
            "Type": Name("XObject"), "Subtype": Name("Image"), "Width": 120, "Height": 60,
            "ColorSpace": Name("DeviceGray"), "BitsPerComponent": 8,
        }),
        "Mask": Stream(bytes([0xF0, 0xF0, 0x0F, 0x0F] * 4), {
            "Type": Name("XObject"), "Subtype": Name("Image"), "Width": 8, "Height": 16,
            "ImageMask": True, "BitsPerComponent": 1,
        }),
    }
    frames = [index for index, line in enumerate(page.out) if line.endswith(b"re S")]
    for index, name in zip(frames, ("Photo", "Mask")):
        x, y, width, height = (float(part) for part in page.out[index].split()[6:10])
        page.out[index] = (f"q 0.2 0.3 0.5 rg {width:g} 0 0 {height:g} {x:g} {y:g} cm /{name} Do Q"
                           .encode())
        page.out[index - 1] = b""
    page.op(b"q 12 0 0 12 380 40 cm BI /W 4 /H 4 /CS /G /BPC 8 ID "
            + bytes(range(60, 220, 10)) + b" EI Q")


DOCUMENTS = [
    (LAYERED, typeset, {**SMALL, "draw": under_text(document("scan", "", LETTER))}),
    (BARE, typeset, {**SMALL, "draw": instead_of_text(document("scan", "", LETTER))}),
    (PICTURES, typeset, {**SMALL, "draw": pictures}),
]
