#!/usr/bin/env python3
"""A form that is known: learned from copies, read from scans that are turned and noisy.

    test_template.py BINARY [--copies N] [--show]

The form is filled in N ways (CTest: 3; all of the promise: 20), drawn at 200 dpi, turned by up to a
degree, moved, and strewn with dots. Of the values that recognition read exactly somewhere on the
page, at least 0.98 must come out exact under their label. Without Tesseract or pdftoppm only
copies with a text layer are read.
"""

import json
import math
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from minipdf import Pdf  # noqa: E402

ARGUMENTS = sys.argv[1:]
BINARY = ARGUMENTS[0]
COPIES = int(ARGUMENTS[ARGUMENTS.index("--copies") + 1]) if "--copies" in ARGUMENTS else 3
SHOW = "--show" in ARGUMENTS

# label, x of the label, x of the value, y from the top, what may stand there
FIELDS = [
    ("Family name", 72, 180, 150, ["Marsh", "Heron", "Grebe-Coot", "Underhill", "Kingfisher"]),
    ("First name", 330, 410, 150, ["Ida", "Jonathan", "Maud", "Oliver", "Ruth"]),
    ("Street", 72, 180, 180, ["7 Quay Street", "112 Mill Lane", "3 Church Road", "49 Station Hill"]),
    ("Postcode", 72, 180, 210, ["40517", "88210", "10664", "73391", "56028"]),
    ("Town", 330, 410, 210, ["Bridgeport", "Salcombe", "Whitby", "Kings Lynn"]),
    ("Telephone", 72, 180, 240, ["555 0142", "061 0187", "79 50129", "0421 63"]),
    ("Date of birth", 330, 410, 240, ["29 February 1996", "3 March 1971", "17 October 1988"]),
    ("Member since", 72, 180, 300, ["2011", "2019", "1997", "2023"]),
    ("Boat", 330, 410, 300, ["Otter", "Dragonfly", "Old Harry", "Swift"]),
    ("Yearly fee", 72, 180, 330, ["120.00", "85.50", "240.00", "60.75"]),
    ("Paid by", 330, 410, 330, ["card", "cash", "standing order"]),
    ("Emergency contact", 72, 190, 390, ["Peter Marsh", "Anna Coot", "Dr. Lowell", "May Rivers"]),
]
PRINTED = [(72, 90, 16, "Membership of the rowing club"),
           (72, 112, 10, "Please fill in all lines in capital letters and hand it to the boatman."),
           (72, 275, 10, "What the club should know about your rowing"),
           (72, 365, 10, "Whom we may call when something happens on the water"),
           (72, 450, 10, "The member agrees to the rules of the club as they hang in the boathouse."),
           (72, 465, 10, "Fees are due on the first of April and are not returned.")]


def drawn(values, turn=0.0, shift=(0, 0)):
    """The content of one copy; `turn` in degrees about the middle of the page."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    x = 306 - cos * 306 + sin * 396 + shift[0]
    y = 396 - sin * 306 - cos * 396 + shift[1]
    out = [f"q {cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f} {x:.4f} {y:.4f} cm 0.5 w"]
    for left, down, size, text in PRINTED:
        out.append(f"BT /F1 {size} Tf {left} {792 - down} Td ({text}) Tj ET")
    for label, left, value_left, down, _ in FIELDS:
        right = 320 if left < 300 else 540
        out.append(f"BT /F1 11 Tf {left} {792 - down} Td ({label}) Tj ET")
        out.append(f"{value_left - 4} {789 - down} m {right} {789 - down} l S")
        if values.get(label):
            out.append(f"BT /F1 11 Tf {value_left} {792 - down} Td ({values[label]}) Tj ET")
    return " ".join(out + ["Q"])


def copy_of(values, **more):
    pdf = Pdf()
    pdf.page(drawn(values, **more))
    return pdf.bytes()


def filled(chance):
    return {label: chance.choice(choices) for label, *_, choices in FIELDS}


def scan(pdf, path, chance):
    """Draws a page at 200 dpi and strews dots over it."""
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-singlefile", pdf, path.with_suffix("")],
                   check=True)
    data = bytearray(path.read_bytes())
    head = 0
    for _ in range(3):
        head = data.index(b"\n", head) + 1
    for _ in range(6000):
        data[chance.randrange(head, len(data))] = chance.choice((0, 90, 255, 255))
    path.write_bytes(data)


def convert(path, *more):
    done = subprocess.run([BINARY, "-t", "json", *more, str(path)], capture_output=True, check=True)
    return json.loads(done.stdout)


class Template(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.chance = random.Random(4)
        cls.template = cls.folder / "club.json"
        copies = []
        for number in range(5):
            path = cls.folder / f"learn{number}.pdf"
            path.write_bytes(copy_of(filled(cls.chance)))
            copies.append(str(path))
        subprocess.run([BINARY, "template", "learn", *copies, "-o", str(cls.template)], check=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def read(self, path, *more):
        fields = convert(path, "--template", str(self.template), *more)["fields"]
        return {field["label"]: field["value"] for field in fields}

    def test_labels_are_learned(self):
        learned = json.loads(self.template.read_text("utf-8"))
        self.assertEqual([field["label"] for field in learned["pages"][0]["fields"]],
                         [label for label, *_ in FIELDS])

    def test_copy_with_text(self):
        values = filled(self.chance)
        path = self.folder / "text.pdf"
        path.write_bytes(copy_of(values, turn=0.0, shift=(9, -14)))
        self.assertEqual(self.read(path, "--ocr", "off"), values)

    def test_empty_copy_has_empty_fields(self):
        path = self.folder / "empty.pdf"
        path.write_bytes(copy_of({"Town": "Whitby"}))
        self.assertEqual(self.read(path, "--ocr", "off"),
                         {label: "Whitby" if label == "Town" else None for label, *_ in FIELDS})

    def test_locked_workers_read_copies_and_template(self):
        copies, chance = [], random.Random(7)
        for number in range(2):
            copies.append(self.folder / f"locked-{number}.pdf")
            copies[-1].write_bytes(copy_of(filled(chance)))
        learned = self.folder / "locked.json"
        subprocess.run([BINARY, "template", "learn", "--sandbox", "on", "-o", str(learned),
                        *map(str, copies)], check=True)
        values = filled(chance)
        path = self.folder / "locked.pdf"
        path.write_bytes(copy_of(values))
        self.assertEqual(self.read(path, "--sandbox", "on", "--template", str(self.template)), values)
        self.assertTrue(json.loads(learned.read_text("utf-8"))["pages"][0]["anchors"])

    def test_batch_reads_by_the_template(self):
        values = filled(random.Random(8))
        source, out = self.folder / "source", self.folder / "out"
        source.mkdir()
        (source / "a.pdf").write_bytes(copy_of(values, shift=(4, 6)))
        subprocess.run([BINARY, "batch", str(source), "-o", str(out), "-t", "json", "-q", "--template",
                        str(self.template)], check=True)
        found = json.loads((out / "a.pdf.json").read_text("utf-8"))["fields"]
        self.assertEqual({field["label"]: field["value"] for field in found}, values)

    def test_other_documents_are_left_alone(self):
        path = HERE.parents[1] / "corpus/documents/layout-invoice.pdf"
        plain, known = convert(path), convert(path, "--template", str(self.template))
        self.assertEqual(plain["fields"], known["fields"])
        self.assertNotEqual(plain["generator"], known["generator"])

    def test_what_is_no_template(self):
        for text in ("", "{}", "[1]", '{"schema": "urn:quire:template:1.0", "pages": [{}, 7]}',
                     '{"schema":"urn:quire:template:1.0","pages":[{"anchors":[{"text":"a"}]}]}'):
            path = self.folder / "bad.json"
            path.write_text(text)
            done = subprocess.run([BINARY, "--template", str(path), str(self.template)],
                                  capture_output=True, text=True)
            self.assertIn(done.returncode, (2, 5), text)
            self.assertLessEqual(len(done.stderr.splitlines()), 1)

    def test_blank_page_teaches_nothing(self):
        path = self.folder / "blank.pdf"
        path.write_bytes(copy_of({}))
        done = subprocess.run([BINARY, "template", "learn", str(path)], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (6, ""))
        self.assertEqual(len(done.stderr.splitlines()), 1)

    @unittest.skipUnless(shutil.which("pdftoppm") and shutil.which("tesseract"), "cannot recognise")
    def test_scans(self):
        right = read = 0
        for number in range(COPIES):
            values = filled(self.chance)
            pdf, image = self.folder / "scan.pdf", self.folder / "scan.pgm"
            pdf.write_bytes(copy_of(values, turn=self.chance.uniform(-1, 1),
                                    shift=(self.chance.uniform(-12, 12), self.chance.uniform(-12, 12))))
            scan(pdf, image, self.chance)
            document = convert(image, "--template", str(self.template))
            found = {field["label"]: field["value"] for field in document["fields"]}
            for label, value in values.items():
                if value not in document["content"].replace("\n", " "):
                    continue
                read += 1
                right += found.get(label) == value
                if SHOW and found.get(label) != value:
                    print(number, label, repr(value), repr(found.get(label)))
        if SHOW:
            print(f"{right} of {read} values exact, of {COPIES * len(FIELDS)}")
        self.assertGreater(read, 0.8 * COPIES * len(FIELDS))
        self.assertGreaterEqual(right, 0.98 * read)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
