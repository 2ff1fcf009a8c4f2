#!/usr/bin/env python3
"""What must hold of every document of the corpus: invariants.py BINARY SCHEMA_CHECKER [NAME]...

    JSON and NDJSON keep the schema and its promises (SCHEMA_CHECKER is scripts/check-json-schema);
    no glyph is lost, and some are emitted; the pages are those of the document;
    what an element holds lies within its span; elements stand in the order of their spans;
    Markdown, text and tree come out too; every output is the same bytes in two runs.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FORMATS = {"json": ".json", "ndjson": ".ndjson", "markdown": ".md", "text": ".txt", "tree": ".tree"}
RUNS = ("first", "second")
SKIPPED = 77


def convert(binary, name, folder, password):
    """All formats in one pass; returns their bytes by extension."""
    command = [binary, "-q", "-o", str(folder)]
    for form in FORMATS:
        command += ["-t", form]
    if password:
        command += ["--password", password]
    command.append(f"corpus/documents/{name}.pdf")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise ValueError(f"exit {done.returncode}: {done.stderr.decode().strip()}")
    return {ending: (folder / f"{name}{ending}").read_bytes() for ending in FORMATS.values()}


def broken_places(data):
    by_id, last = {}, 0
    for element in data["elements"]:
        start, end = element["span"]
        label = f"{element['type']} {element['id']}"
        if start < last:
            yield f"{label}: starts at {start}, before {last}"
        last = start
        holder = by_id.get(element.get("parent"))
        if holder and not holder["span"][0] <= start <= end <= holder["span"][1]:
            yield f"{label}: lies outside of what holds it"
        by_id[element["id"]] = element


def broken_audit(data, is_scan):
    text = data["audit"]["text"]
    if text["lost"]:
        yield f"audit: {text['lost']} glyphs lost"
    if not text["emitted"] and not is_scan:
        yield "audit: nothing emitted"


def broken_pages(data, pages):
    numbers = [page["page"] for page in data["pages"]]
    if numbers != list(range(1, pages + 1)):
        yield f"pages: {numbers}, wanted 1 to {pages}"


def broken(binary, name, folder):
    """Lines about one document, whose outputs are left in folder/first."""
    truth = json.loads((ROOT / "corpus/truth" / f"{name}.json").read_text("utf-8"))
    password, is_scan = truth.get("password", ""), "ocr" in truth.get("needs", [])
    try:
        first, second = (convert(binary, name, folder / run, password) for run in RUNS)
        data = json.loads(first[".json"])
    except (ValueError, OSError, subprocess.TimeoutExpired) as error:
        yield str(error)
        return
    for ending, output in first.items():
        if output != second[ending]:
            yield f"{ending}: two runs, two outputs"
        if not output.strip() and not is_scan:
            yield f"{ending}: nothing came out"
    yield from broken_places(data)
    yield from broken_audit(data, is_scan)
    yield from broken_pages(data, truth["pages"])


def check_schema(checker, folder):
    """Lines of the schema checker that tell of faults."""
    files = sorted(str(path) for path in folder.iterdir() if path.suffix in (".json", ".ndjson"))
    done = subprocess.run([checker, *files], capture_output=True, check=False)
    if done.returncode == SKIPPED:
        print("the schema is not checked: python3-jsonschema is not installed")
    elif done.returncode:
        for line in done.stdout.decode().splitlines():
            yield line.replace(f"{folder}/", "")


def main():
    if len(sys.argv) < 3:
        raise SystemExit("usage: invariants.py BINARY SCHEMA_CHECKER [NAME]...")
    binary, checker = (os.path.abspath(path) for path in sys.argv[1:3])
    names = sys.argv[3:] or sorted(path.stem for path in (ROOT / "corpus/truth").glob("*.json"))
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # spares 900 fsyncs
    with tempfile.TemporaryDirectory(prefix="quire-invariants-", dir=memory) as temporary:
        folder = pathlib.Path(temporary)
        for run in RUNS:
            (folder / run).mkdir()
        wrong = [f"{name}: {line}" for name in names for line in broken(binary, name, folder)]
        wrong += check_schema(checker, folder / RUNS[0])
    for line in wrong:
        print(line)
    print(f"{len(names)} documents, {len(wrong)} promises broken")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
