#!/usr/bin/env python3
"""hOCR read by hocr2pdf of ExactImage, which is not ours: hocr.py BINARY [NAME]...

It lays the text of an hOCR page over a picture of it, unseen, as a PDF, in a font of its own. pdftotext
finds every letter and digit there that the JSON's words have, and words that a page has once begin
where the JSON has them (how high they stand is its own choice).
Skips with 77 where hocr2pdf or poppler's tools are missing.
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
NAMES = ("letter", "sample", "table-booktabs", "invoice-en", "list-nested", "image-scan",
         "form-filled", "tagged-report")
SLACK = 1.0  # points
LEAST_IN_PLACE = 0.95


def run(*command, data=None):
    done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr.decode('utf-8', 'replace')[:300]}")
    return done.stdout


def beginnings(path):
    """Where words begin that there are once."""
    found = collections.defaultdict(list)
    for x0, word in re.findall(r'<word xMin="([\d.-]+)"[^>]*>(.*?)</word>',
                               run("pdftotext", "-bbox", path, "-").decode()):
        found[word].append(float(x0))
    return {word: at[0] for word, at in found.items() if len(at) == 1}


def characters(text):
    return collections.Counter(re.sub(r"[^A-Za-z0-9]", "", text))


def faults(binary, name, folder):
    source, picture, laid = (str(path) for path in (
        ROOT / f"corpus/documents/{name}.pdf", pathlib.Path(folder, "page.png"),
        pathlib.Path(folder, "page.pdf")))
    run("pdftoppm", "-r", "300", "-gray", "-png", "-singlefile", source, picture[:-4])
    run("hocr2pdf", "-r", "300", "-i", picture, "-o", laid,
        data=run(binary, "-q", "-t", "hocr", "-p", "1", source))
    page = json.loads(run(binary, "-q", "-t", "json", "--words", "-p", "1", source))["pages"][0]
    wanted = characters("".join(word["text"] for word in page["words"]))
    found = characters(run("pdftotext", laid, "-").decode())
    if not wanted:
        yield "has no words"
    if wanted != found:
        yield f"characters: {list(((wanted - found) + (found - wanted)).items())[:8]}"
    at, seen, far = beginnings(laid), 0, []
    counts = collections.Counter(word["text"] for word in page["words"])
    for word in page["words"]:
        if counts[word["text"]] > 1 or word["text"] not in at or not word["text"].isalnum():
            continue
        seen += 1
        if abs(word["bbox"][0] - at[word["text"]]) > SLACK:
            far.append(word["text"])
    if seen < 8 or len(far) > (1 - LEAST_IN_PLACE) * seen:
        yield f"{len(far)} of {seen} words stand elsewhere: {far[:5]}"


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: hocr.py BINARY [NAME]...")
    missing = [tool for tool in ("hocr2pdf", "pdftoppm", "pdftotext") if not shutil.which(tool)]
    if missing:
        print(f"hocr: not checked: {', '.join(missing)} is missing")
        return 77
    binary, wrong, names = os.path.abspath(sys.argv[1]), 0, sys.argv[2:] or NAMES
    with tempfile.TemporaryDirectory(prefix="quire-hocr-") as folder:
        for name in names:
            for fault in faults(binary, name, folder):
                print(f"{name}: {fault}")
                wrong += 1
    print(f"hocr: {len(names)} pages read by hocr2pdf, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
