#!/usr/bin/env python3
"""Text as the paper has it, over the corpus: paper.py BINARY [NAME]...

    each word of the JSON is there, as often as the page has it, and no other;
    pages are parted by form feeds;
    words that begin cells of one column of a table, and stand at one place of the paper, begin in
    one column of the grid; of two words in a row the left one stands on the left;
    what stands side by side in a row is what pdftotext -layout has there, nearly always.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LEAST_AGREEMENT = 0.97  # of neighbours with pdftotext's, over all documents
SAME_PLACE = 0.3  # points
ASIDE = {"script-arabic", "script-hebrew", "script-hebrew-list"}  # words run to the left there


def convert(binary, names, folder):
    words = {name: json.loads((ROOT / "corpus/truth" / f"{name}.json").read_text("utf-8"))
             .get("password") for name in names}
    runs = [[name for name in names if not words[name]]] + [[n] for n in names if words[n]]
    for run in filter(None, runs):
        password = ["--password", words[run[0]]] if words[run[0]] else []
        done = subprocess.run([binary, "-q", "-o", f"{folder}/", "-t", "json,text", "--words",
                               "--layout-preserving", *password,
                               *[f"corpus/documents/{name}.pdf" for name in run]],
                              cwd=ROOT, capture_output=True, check=False, timeout=120)
        if done.returncode:
            raise SystemExit(done.stderr.decode().strip())
    for name in names:
        document = json.loads(pathlib.Path(folder, f"{name}.json").read_text("utf-8"))
        yield name, pathlib.Path(folder, f"{name}.txt").read_text("utf-8"), document, words[name]


def split_words(text):
    return [word for words in text for word in words.split()]


def places(part):
    """Where words stand that the page has once: text -> (row, column)."""
    found = collections.defaultdict(list)
    for row, line in enumerate(part.split("\n")):
        for word in re.finditer(r"\S+", line):
            found[word[0]].append((row, word.start()))
    return {text: at[0] for text, at in found.items() if len(at) == 1}


def order_faults(page, at):
    boxes = {w["text"]: w["bbox"] for w in page["words"]}
    rows = collections.defaultdict(list)
    for text, (row, column) in at.items():
        box = boxes.get(text)
        if box and text.isascii() and box[3] - box[1] < box[2] - box[0]:
            rows[row].append((column, box[0], text))
    for row in rows.values():
        row.sort()
        for (_, left, a), (_, right, b) in zip(row, row[1:]):
            if left > right + SAME_PLACE:
                yield f"'{a}' stands before '{b}', but not on the paper"
                return


def column_faults(document, page, at):
    """First words of cells of one line."""
    boxes = {w["text"]: w["bbox"] for w in page["words"]}
    for table in document["elements"]:
        if table["page"] != page["page"] or "cells" not in table or "quad" in table:
            continue
        columns = collections.defaultdict(list)
        for cell in table["cells"]:
            first = cell["text"].split()[:1]
            if first and "\n" not in cell["text"] and first[0] in at and first[0] in boxes:
                columns[cell["col"]].append((boxes[first[0]][0], at[first[0]][1], first[0]))
        for cells in columns.values():
            for x, column, text in cells:
                for other_x, other_column, other in cells:
                    if abs(x - other_x) < SAME_PLACE and column != other_column:
                        yield f"'{text}' and '{other}' begin at {x}, in {column} and {other_column}"
                        return


def neighbours(text):
    found = collections.Counter()
    for line in text.split("\n"):
        row = line.split()
        found.update(zip(row, row[1:]))
    return found


def pdftotext(name, password):
    options = ["-upw", password] if password else []
    return subprocess.run(["pdftotext", "-layout", *options, f"corpus/documents/{name}.pdf", "-"],
                          cwd=ROOT, capture_output=True, check=False, timeout=60).stdout.decode()


def faults(name, text, document):
    parts = text.split("\f")
    if len(parts) != len(document["pages"]):
        yield f"{len(parts)} parts, {len(document['pages'])} pages"
        return
    for page, part in zip(document["pages"], parts):
        wanted = collections.Counter(split_words(w["text"] for w in page["words"]))
        found = collections.Counter(part.split())
        if wanted != found:
            yield f"page {page['page']}: {list(((wanted - found) + (found - wanted)).items())[:5]}"
        at = places(part)
        yield from column_faults(document, page, at)
        if name not in ASIDE:
            yield from order_faults(page, at)


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: paper.py BINARY [NAME]...")
    binary, wrong, same, all_of_them = os.path.abspath(sys.argv[1]), 0, 0, 0
    names = sys.argv[2:] or sorted(p.stem for p in (ROOT / "corpus/truth").glob("*.json"))
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # spares the fsyncs
    with tempfile.TemporaryDirectory(prefix="quire-paper-", dir=memory) as folder:
        for name, text, document, password in convert(binary, names, folder):
            for fault in list(faults(name, text, document))[:3]:
                print(f"{name}: {fault}")
                wrong += 1
            if name in ASIDE or any(p["source"] != "text_layer" for p in document["pages"]):
                continue
            theirs, ours = neighbours(pdftotext(name, password)), neighbours(text)
            same += sum((theirs & ours).values())
            all_of_them += sum(theirs.values())
            if len(sys.argv) > 2:
                print(f"{name}: theirs alone: {list(theirs - ours)[:8]}; ours: {list(ours - theirs)[:8]}")
    agreement = same / max(all_of_them, 1)
    print(f"{len(names)} documents, {wrong} faults; of {all_of_them} neighbours of pdftotext "
          f"{agreement:.4f} are ours")
    return 1 if wrong or agreement < LEAST_AGREEMENT else 0


if __name__ == "__main__":
    sys.exit(main())
