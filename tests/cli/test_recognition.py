#!/usr/bin/env python3
"""What recognition needs and may not find, and image files that are none or nearly none."""
import os
import random
import struct
import subprocess
import unittest
import zlib

from cli import BINARY, SAMPLE, SOURCE, Case, main

SCAN = os.path.join(SOURCE, "corpus", "documents", "image-scan.pdf")
HAS_ENGINE = b"ok       recognition" in subprocess.run([BINARY, "doctor"], capture_output=True).stdout
MEGABYTES = 400


def png(width, height, rows):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


class WithoutEngine(Case):
    """Files that are no libraries stand in the place of Tesseract's."""

    def setUp(self):
        super().setUp()
        for name in ("libtesseract.so.5", "libtesseract.so.4", "libtesseract.so"):
            self.write(f"lib/{name}", b"no library")
        self.env = {**os.environ, "LD_LIBRARY_PATH": self.path("lib")}
        subprocess.run(["qpdf", "--empty", "--pages", SAMPLE, "1", SCAN, "1", "--",
                        self.path("mixed.pdf")], check=True)

    def run_without(self, *arguments, code):
        return self.quire("--sandbox", "off", *arguments, code=code, env=self.env)

    def test_a_scan_names_what_to_install(self):
        ran = self.run_without(SCAN, code=3)
        self.assertIn("libtesseract5", ran.err)
        self.assertEqual(len(ran.err.splitlines()), 1)
        self.assertEqual(ran.out, "")

    def test_digital_pages_are_converted(self):
        self.assertIn("#", self.run_without(SAMPLE, code=0).out)
        ran = self.run_without("-t", "json", "mixed.pdf", code=4)
        self.assertIn("libtesseract5", ran.err)
        self.assertEqual([page["source"] for page in ran.json["pages"]], ["text_layer", "none"])

    def test_what_was_asked_for_is_no_partial_document(self):
        for arguments in (("--ocr", "force", SAMPLE), ("-l", "eng", "mixed.pdf")):
            ran = self.run_without(*arguments, code=3)
            self.assertIn("libtesseract5", ran.err)
            self.assertEqual(ran.out, "")

    def test_off_needs_none(self):
        self.run_without("--ocr", "off", "mixed.pdf", code=0)

    def test_the_doctor_sees_it(self):
        ran = self.quire("doctor", code=None, env=self.env)
        self.assertIn("missing  recognition", ran.out)


@unittest.skipUnless(HAS_ENGINE, "recognition is not installed")
class WithoutData(Case):
    def test_a_language_names_its_package(self):
        self.refuses("-l", "eng+tlh", SCAN, code=3, message="tesseract-ocr-tlh")
        self.refuses("-l", "chi_sim_nope", SCAN, code=3, message="tesseract-ocr-chi-sim-nope")

    def test_no_data_at_all(self):
        os.mkdir(self.path("data"))
        env = {**os.environ, "TESSDATA_PREFIX": self.path("data")}
        for language, package in (("auto", "tesseract-ocr-osd"), ("eng", "tesseract-ocr-eng")):
            self.refuses("-l", language, SCAN, code=3, message=package, env=env)

    def test_languages_that_are_none(self):
        self.refuses("-l", "../etc", SCAN, code=2, message="no list of languages")


class Pictures(Case):
    def test_one_pixel(self):
        self.write("one.png", png(1, 1, b"\0\0"))
        self.assertEqual(self.quire("-t", "text", "one.png").out.strip(), "")

    def test_thirty_thousand_a_side(self):
        """The file is a megabyte, its pixels would be 900: they are not unpacked."""
        self.write("vast.png", png(30000, 30000, bytes(30001) * 30000))
        with open(BINARY, "rb") as program: # a sanitizer's shadow alone is larger
            limited = b"__asan_init" not in program.read()
        limit = ["prlimit", f"--as={MEGABYTES << 20}"] if limited else []
        ran = subprocess.run([*limit, BINARY, "--sandbox", "off", "vast.png"], cwd=self.folder,
                             capture_output=True, timeout=60)
        self.assertEqual(ran.returncode, 10, ran.stderr)
        self.assertIn(b"30000 x 30000 pixels is too large", ran.stderr)

    def test_no_picture(self):
        self.write("letter.png", b"Dear all, this is a letter and no picture.\n" * 9)
        self.refuses("letter.png", code=6, message="not a format that Quire reads")
        self.write("head.png", png(40, 40, b"\0" * 41 * 40)[:60])
        self.refuses("head.png", code=6, message="cannot be decoded")

    def test_a_folder(self):
        os.mkdir(self.path("scan.tiff"))
        self.refuses("scan.tiff", code=5, message="scan.tiff: Is a directory")

    @unittest.skipUnless(HAS_ENGINE, "recognition is not installed")
    def test_standard_input(self):
        picture = subprocess.run(["pdftoppm", "-r", "120", "-png", "-f", "1", "-l", "1", SCAN],
                                 capture_output=True, check=True).stdout
        ran = self.quire("-t", "text", "-", stdin=picture)
        self.assertIn("keeper of the tower clock", ran.out)


@unittest.skipUnless(HAS_ENGINE, "recognition is not installed")
class Confidence(Case):
    """It speaks of what is right, and a page that reads badly asks to be looked at."""

    def page_of(self, path):
        return self.quire("-t", "json", "--words", "--explain", path).json["pages"][0]

    def test_a_clean_scan_is_believed(self):
        page = self.page_of(SCAN)
        self.assertGreater(page["confidence"], 0.97)  # the engine says 0.97 at most
        self.assertFalse(page["needs_review"])
        told = [why for why in page["why"] if "mean confidence" in why]
        self.assertRegex(told[0], r"0\.9[789], by the engine itself: 0\.9")

    def test_a_speckled_one_is_to_be_looked_at(self):
        subprocess.run(["pdftoppm", "-r", "110", "-gray", "-f", "1", "-l", "1", "-singlefile", SCAN,
                        self.path("clean")], check=True)
        with open(self.path("clean.pgm"), "rb") as file:
            magic, size, depth, pixels = file.read().split(b"\n", 3)
        chance = random.Random(7)
        speckled = bytes(value if chance.random() > 0.01 else 255 - value for value in pixels)
        page = self.page_of(self.write("speckled.pgm",
                                       b"\n".join((magic, size, depth, speckled))))
        self.assertLess(page["confidence"], 0.9)
        self.assertTrue(page["needs_review"])


def stamped(pixels, width, height):
    """A red ring printed over grey pixels: what is black stays black."""
    out = bytearray(byte for value in pixels for byte in (value, value, value))
    middle, outer, inner = (width // 2, height // 3), width // 6, width // 6 - 8
    for y in range(middle[1] - outer, middle[1] + outer):
        for x in range(middle[0] - outer, middle[0] + outer):
            distance = (x - middle[0]) ** 2 + (y - middle[1]) ** 2
            if inner ** 2 <= distance <= outer ** 2:
                at = 3 * (y * width + x)
                out[at + 1] = out[at + 2] = min(out[at], 70)
    return bytes(out)


@unittest.skipUnless(HAS_ENGINE, "recognition is not installed")
class Overprint(Case):
    """What was stamped across text in colour is taken out of the pixels that are read."""

    def words_of(self, path):
        page = self.quire("-t", "json", "--words", "--explain", path).json["pages"][0]
        return [word["text"] for word in page["words"]], page["why"]

    def test_text_under_a_stamp_is_read(self):
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-f", "1", "-l", "1", "-singlefile", SCAN,
                        self.path("clean")], check=True)
        with open(self.path("clean.pgm"), "rb") as file:
            _, size, depth, pixels = file.read().split(b"\n", 3)
        width, height = map(int, size.split())
        path = self.write("stamped.ppm", b"\n".join((b"P6", size, depth,
                                                      stamped(pixels, width, height))))
        clean, _ = self.words_of(self.path("clean.pgm"))
        read, why = self.words_of(path)
        self.assertIn("marks in colour across the text were taken out, and read apart", why)
        missed = [word for word in clean if word not in read]
        self.assertLess(len(missed), 0.02 * len(clean), missed)


if __name__ == "__main__":
    main()
