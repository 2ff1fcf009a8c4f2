"""Pages of the corpus, drawn and spoilt on purpose with ImageMagick."""
import html
import math
import os
import re
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DPI = 200

STAMP = ["-colorspace", "sRGB", "-type", "TrueColor", "-fill", "none", "-stroke",
         "rgb(205,70,70)", "-strokewidth", "7", "-draw", "circle 850,700 850,480", "-stroke", "none",
         "-fill", "rgb(205,70,70)", "-pointsize", "90", "-draw", "text 700,720 PAID"]

# what `convert` is told
SPOILT = {
    "as printed": [],
    **{f"skew {angle}": ["-background", "white", "-rotate", angle]
       for angle in ("0.5", "1", "2", "4", "8")},
    "blur": ["-blur", "0x1.6"],
    "noise": ["-seed", "7", "-attenuate", "0.6", "+noise", "Gaussian"],
    "100 dpi": ["-resize", "50%", "-density", "100"],
    "75 dpi": ["-resize", "37.5%", "-density", "75"],
    "JPEG 20": ["-quality", "20"],
    "stamp": STAMP,
    "inverted heading": ["-region", "1400x170+100+150", "-negate"],
    "grey text": ["-region", "1400x400+100+150", "+level", "55%,100%"],
    "rotated 90": ["-rotate", "90"],
    "rotated 180": ["-rotate", "180"],
    "rotated 270": ["-rotate", "270"],
}

# spoilt so badly that much of it cannot be read
RUINED = {
    "blurred": ["-blur", "0x2.4"],
    "grainy": ["-seed", "7", "-attenuate", "2.5", "+noise", "Gaussian"],
    "faxed": ["-seed", "7", "-resize", "50%", "-density", "100", "-attenuate", "0.4", "+noise",
              "Gaussian", "-threshold", "60%"],
    "copied": ["-seed", "7", "-blur", "0x1.2", "-attenuate", "1.5", "+noise", "Gaussian",
               "-threshold", "45%", "-resize", "50%", "-density", "100"],
    "faded": ["-seed", "7", "-blur", "0x0.8", "-attenuate", "1.5", "+noise", "Gaussian",
              "-threshold", "25%"],
}


def output(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                          check=False).stdout


def pdf_of(name):
    return os.path.join(TOP, "corpus", "documents", name + ".pdf")


def draw(folder, name):
    """The first page of a document as a picture; its path."""
    stem = os.path.join(folder, name)
    output("pdftoppm", "-r", str(DPI), "-gray", "-png", "-f", "1", "-l", "1", "-singlefile",
           pdf_of(name), stem)
    return stem + ".png"


def spoil(picture, arguments, spoilt):
    output("convert", picture, "-density", str(DPI), "-quality", "92", *arguments, spoilt)


def turn(box, angle, middle, new_middle):
    """What bounds a box that is turned by degrees about a point that is moved."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = zip(*((new_middle[0] + (x - middle[0]) * cosine - (y - middle[1]) * sine,
                  new_middle[1] + (x - middle[0]) * sine + (y - middle[1]) * cosine)
                 for x in (box[0], box[2]) for y in (box[1], box[3])))
    return [min(x), min(y), max(x), max(y)]


def words_of(name, arguments):
    """Size and words (text, box) of the first page as it is once it was spoilt."""
    written = output("pdftotext", "-bbox", "-f", "1", "-l", "1", pdf_of(name), "-").decode()
    width, height = map(float, re.search(r'<page width="([\d.]+)" height="([\d.]+)"',
                                         written).groups())
    number = r'"([-\d.]+)"'
    words = [(html.unescape(text), [float(side) for side in sides]) for *sides, text in
             re.findall(f"<word xMin={number} yMin={number} xMax={number} yMax={number}>(.*?)"
                        "</word>", written)]
    if "-rotate" not in arguments:
        return (width, height), words
    angle = float(arguments[arguments.index("-rotate") + 1])
    cosine, sine = (abs(f(math.radians(angle))) for f in (math.cos, math.sin))
    size = (width * cosine + height * sine, width * sine + height * cosine)
    middles = (width / 2, height / 2), (size[0] / 2, size[1] / 2)
    return size, [(text, turn(box, angle, *middles)) for text, box in words]
