#!/usr/bin/env python3
"""What must hold of every JSON output, on the whole corpus: invariants.py BINARY [NAME]...

    content[span] == text of every element and every cell, by code points;
    spans ascend, and what an element holds lies within it;
    every glyph is in exactly one bucket of the audit, and none is lost;
    ids are unique, parents come first, pages are those of the document;
    Markdown, text and ndjson come out too; the JSON is the same bytes in two runs;
    ndjson tells the same elements as json.
"""

import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUCKETS = ("emitted", "furniture", "hidden", "duplicate", "annotation", "unmapped", "lost")


def convert(binary, name, form, password):
    command = [binary, "-t", form]
    if password:
        command += ["--password", password]
    command.append(f"corpus/documents/{name}.pdf")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise ValueError(f"{form}: exit {done.returncode}: {done.stderr.decode().strip()}")
    if not done.stdout:
        raise ValueError(f"{form}: nothing came out")
    return done.stdout


def broken_spans(data):
    content, last = data["content"], 0
    by_id = {}
    for element in data["elements"]:
        start, end = element["span"]
        label = f"{element['type']} {element['id']}"
        if content[start:end] != element["text"]:
            yield f"{label}: content[{start}:{end}] is {content[start:end][:40]!r}, " \
                  f"text is {element['text'][:40]!r}"
        if start < last and element.get("parent") is None:
            yield f"{label}: starts at {start}, before {last}"
        last = max(last, start)
        holder = by_id.get(element.get("parent"))
        if element.get("parent") is not None and holder is None:
            yield f"{label}: its parent does not come before it"
        if holder and not holder["span"][0] <= start <= end <= holder["span"][1]:
            yield f"{label}: lies outside its parent"
        if element["id"] in by_id:
            yield f"{label}: id is used twice"
        by_id[element["id"]] = element
        for cell in element.get("cells", []):
            start, end = cell["span"]
            if content[start:end] != cell["text"]:
                yield f"{label}: cell {cell['row']},{cell['col']}: text is not its span"


def broken_audit(data, needs):
    text = data["audit"]["text"]
    if sum(text[bucket] for bucket in BUCKETS) != text["glyphs_total"]:
        yield f"audit: buckets do not add up: {text}"
    if text["lost"]:
        yield f"audit: {text['lost']} glyphs lost"
    if not text["emitted"] and not needs:
        yield "audit: nothing emitted"


def broken_pages(data, pages):
    numbers = [page["page"] for page in data["pages"]]
    if numbers != list(range(1, pages + 1)):
        yield f"pages: {numbers}, wanted 1 to {pages}"
    for element in data["elements"]:
        if element["page"] not in numbers:
            yield f"{element['id']}: on page {element['page']}"


def ndjson_elements(lines):
    records = [json.loads(line) for line in lines.splitlines()]
    found = [record for record in records if "type" in record and "span" in record]
    return [record.get("text") for record in found] or [
        record["element"].get("text") for record in records if "element" in record
    ]


def broken(binary, name):
    """Lines about one document."""
    truth = json.loads((ROOT / "corpus/truth" / f"{name}.json").read_text("utf-8"))
    password = truth.get("password", "")
    try:
        output = convert(binary, name, "json", password)
        if output != convert(binary, name, "json", password):
            yield "json: two runs, two outputs"
        for form in () if truth.get("needs") else ("markdown", "text"):
            convert(binary, name, form, password)
        data = json.loads(output)
        yield from broken_spans(data)
        yield from broken_audit(data, truth.get("needs"))
        yield from broken_pages(data, truth["pages"])
        lines = ndjson_elements(convert(binary, name, "ndjson", password))
        if lines != [element["text"] for element in data["elements"]]:
            yield "ndjson: its elements are not those of json"
    except (ValueError, KeyError, subprocess.TimeoutExpired) as error:
        yield f"{type(error).__name__}: {error}"


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: invariants.py BINARY [NAME]...")
    binary = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or sorted(path.stem for path in (ROOT / "corpus/truth").glob("*.json"))
    wrong = 0
    for name in names:
        for line in broken(binary, name):
            print(f"{name}: {line}")
            wrong += 1
    print(f"{len(names)} documents, {wrong} promises broken")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
