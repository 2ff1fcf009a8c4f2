"""Runs the program as a person or a script would, for the tests of the command line.

    test_NAME.py BINARY        each file is a program of the standard library's unittest

A test has an empty folder of its own (self.folder), in which the program runs.
"""
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(SOURCE, "tests"))

import minipdf  # noqa: E402

BINARY = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "quire"
SAMPLE = os.path.join(SOURCE, "corpus", "documents", "sample.pdf")
ENCRYPTED = os.path.join(SOURCE, "corpus", "documents", "encrypted-user-aes256.pdf")
SECONDS = 60


def pages(count, text="Page {} says something."):
    """A PDF of `count` pages."""
    pdf = minipdf.Pdf()
    font = pdf.add(minipdf.HELVETICA)
    for number in range(1, count + 1):
        pdf.page(f"BT /F1 12 Tf 72 700 Td ({text.format(number)}) Tj ET", fonts={"F1": font})
    return pdf.bytes()


class Ran:
    def __init__(self, done):
        self.code = done.returncode
        self.bytes = done.stdout or b""
        self.out = self.bytes.decode("utf-8")
        self.err = (done.stderr or b"").decode("utf-8")

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="quire-cli-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data=None):
        """A file in the folder; without data a PDF of one page."""
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(pages(1) if data is None else data)
        return name

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def read_bytes(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def files(self, folder="."):
        return sorted(os.listdir(self.path(folder)))

    def quire(self, *arguments, code=0, stdin=subprocess.DEVNULL, **more):
        """Runs the program; the exit code must be `code`, and errors must be single lines."""
        more.setdefault("stdout", subprocess.PIPE)
        if isinstance(stdin, bytes):
            more["input"], stdin = stdin, None
        else:
            more["stdin"] = stdin
        ran = Ran(subprocess.run([BINARY, *arguments], cwd=self.folder, stderr=subprocess.PIPE,
                                 timeout=SECONDS, **more))
        if code is not None:
            self.assertEqual(ran.code, code, f"quire {' '.join(arguments)}\n{ran.err}")
        return ran

    def refuses(self, *arguments, code, message, **more):
        """The program fails with one line that holds `message`, and writes no document."""
        ran = self.quire(*arguments, code=code, **more)
        self.assertEqual(len(ran.err.splitlines()), 1, ran.err)
        self.assertTrue(ran.err.startswith("quire: "), ran.err)
        self.assertIn(message, ran.err)
        self.assertEqual(ran.out, "")
        return ran

    def same_text(self, expected, found, name):
        """Equal, or a unified diff."""
        if expected == found:
            return
        lines = difflib.unified_diff(expected.splitlines(True), found.splitlines(True),
                                     name + " (expected)", name + " (found)")
        self.fail("\n" + "".join(lines))


def main():
    if len(sys.argv) < 2:
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} BINARY")
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
