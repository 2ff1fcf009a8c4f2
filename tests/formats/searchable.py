#!/usr/bin/env python3
"""Searchable PDFs, checked by qpdf and pdftotext: searchable.py BINARY

    the input is the beginning of the output, byte by byte: images cannot have changed;
    qpdf finds no fault in it, pdftotext finds the words that were recognised, where they stand;
    what has text of its own comes out as it went in; what cannot be added to is refused.

Skips with 77 where qpdf, pdftotext or the recognition engine are missing.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DOCUMENTS = ROOT / "corpus/documents"
FIXED_BYTES, WORD_BYTES = 2500, 20  # fonts and structure, and each word: a few parts in a hundred


def run(*command, code=0):
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    if done.returncode != code:
        raise AssertionError(f"{command[0]}: exit {done.returncode}: "
                             f"{(done.stderr or done.stdout).decode('utf-8', 'replace')[:300]}")
    return done.stdout


def words_of(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def boxes(path):
    """Middles of words by pdftotext's own reckoning."""
    listing = run("pdftotext", "-bbox", path, "-").decode()
    found = {}
    for x0, y0, x1, y1, word in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
            listing):
        found.setdefault(word, []).append(((float(x0) + float(x1)) / 2,
                                           (float(y0) + float(y1)) / 2))
    return found


def check_places(document, path, slack=6):
    found, far = boxes(path), 0
    words = [w for page in document["pages"] for w in page["words"] if w["text"].isalnum()]
    for word in words:
        x, y = (word["bbox"][0] + word["bbox"][2]) / 2, (word["bbox"][1] + word["bbox"][3]) / 2
        near = any(abs(x - a) < slack and abs(y - b) < slack for a, b in found.get(word["text"], []))
        far += not near
    assert words and far <= 0.05 * len(words), f"{far} of {len(words)} words are elsewhere"


def check_scan(binary, source, folder, has_places=True):
    output = os.path.join(folder, "out.pdf")
    before = pathlib.Path(source).read_bytes()
    run(binary, "-q", "-t", "pdf", "-o", output, source)
    after = pathlib.Path(output).read_bytes()
    assert after.startswith(before), "the input is not the beginning of the output"
    assert len(after) > len(before), "nothing was added"
    run("qpdf", "--check", output)
    document = json.loads(run(binary, "-q", "-t", "json", "--words", source))
    wanted = words_of(document["content"])
    found = words_of(run("pdftotext", output, "-").decode())
    missing = sum((wanted - found).values())
    assert missing <= 0.03 * sum(wanted.values()), f"{missing} of {sum(wanted.values())} words"
    if has_places:
        check_places(document, output)
    again = os.path.join(folder, "again.pdf")
    run(binary, "-q", "-t", "pdf", "-o", again, source)
    assert after == pathlib.Path(again).read_bytes(), "two runs, two outputs"
    return len(after) - len(before), sum(wanted.values())


def check_all(binary, folder):
    scan = str(DOCUMENTS / "image-scan.pdf")
    added, words = check_scan(binary, scan, folder)
    assert added <= FIXED_BYTES + WORD_BYTES * words, f"{added} bytes for {words} words"
    print(f"image-scan: {added} bytes for {words} words")
    streams = os.path.join(folder, "streams.pdf")
    run("qpdf", "--object-streams=generate", scan, streams)  # a cross-reference stream to go on from
    check_scan(binary, streams, folder)
    turned = os.path.join(folder, "turned.pdf")
    run("qpdf", "--rotate=90", scan, turned)
    check_scan(binary, turned, folder, has_places=False)
    for name in ("sample", "page-crop", "image-ocr-layer", "encrypted-owner-aes256"):
        source = str(DOCUMENTS / f"{name}.pdf")
        output = os.path.join(folder, f"{name}.pdf")
        run(binary, "-q", "-t", "pdf", "-o", output, source)
        assert pathlib.Path(output).read_bytes() == pathlib.Path(source).read_bytes(), name
    locked = os.path.join(folder, "locked.pdf")
    run("qpdf", "--encrypt", "", "owner", "256", "--", scan, locked)
    run(binary, "-q", "-t", "pdf", "-o", os.path.join(folder, "no.pdf"), locked, code=6)
    assert not os.path.exists(os.path.join(folder, "no.pdf"))


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: searchable.py BINARY")
    binary = os.path.abspath(sys.argv[1])
    missing = [tool for tool in ("qpdf", "pdftotext", "tesseract") if not shutil.which(tool)]
    if missing:
        print(f"searchable: not checked: {', '.join(missing)} is missing")
        return 77
    with tempfile.TemporaryDirectory(prefix="quire-searchable-") as folder:
        check_all(binary, folder)
    print("searchable: the input untouched, its words found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
