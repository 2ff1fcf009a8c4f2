#!/usr/bin/env python3
"""Whole documents against their goldens: what stands in tests/golden/documents is what comes out.

    documents.py BINARY [NAME]...

A file NAME.md, .tree, .txt or .json there is the expected output of corpus/documents/NAME.pdf in
that format; every difference is shown as a unified diff. With QUIRE_ACCEPT_GOLDEN=1 the files are
rewritten; an empty file is how a new golden begins. Each conversion runs twice: the same bytes.
"""

import difflib
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FORMATS = {".md": "markdown", ".tree": "tree", ".txt": "text", ".json": "json", ".ndjson": "ndjson"}
SHOWN = 60  # lines of a diff


def convert(binary, name, form):
    truth = json.loads((ROOT / "corpus/truth" / f"{name}.json").read_text("utf-8"))
    command = [binary, "-t", form]
    if "password" in truth:
        command += ["--password", truth["password"]]
    command.append(f"corpus/documents/{name}.pdf")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise RuntimeError(f"{name}: {form}: exit {done.returncode}: {message}")
    return done.stdout


def difference(golden, wanted, found):
    lines = list(
        difflib.unified_diff(
            wanted.decode("utf-8", "replace").splitlines(),
            found.decode("utf-8", "replace").splitlines(),
            str(golden.relative_to(ROOT)),
            "what came out",
            lineterm="",
        )
    )
    more = len(lines) - SHOWN
    return "\n".join(lines[:SHOWN] + ([f"... and {more} lines more"] if more > 0 else []))


def compare(binary, golden, accept):
    """What is wrong with one golden, as text; empty when nothing is."""
    form = FORMATS[golden.suffix]
    try:
        found = convert(binary, golden.stem, form)
        again = convert(binary, golden.stem, form)
    except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if found != again:
        return f"{golden.stem}: {form}: two runs, two outputs\n{difference(golden, found, again)}"
    if accept:
        golden.write_bytes(found)
        return ""
    wanted = golden.read_bytes()
    return difference(golden, wanted, found) if found != wanted else ""


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: documents.py BINARY [NAME]...")
    binary, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    accept = os.environ.get("QUIRE_ACCEPT_GOLDEN") == "1"
    goldens = [path for path in sorted((HERE / "documents").iterdir())
               if path.suffix in FORMATS and (not names or path.stem in names)]
    if not goldens:
        raise SystemExit("documents.py: no golden of that name")
    wrong = [text for text in (compare(binary, golden, accept) for golden in goldens) if text]
    print("\n".join(wrong))
    print(f"{len(goldens)} goldens, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
