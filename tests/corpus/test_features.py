#!/usr/bin/env python3
"""corpus/features tells decisions with their truth: each pass has some, and is mostly right."""

import os
import pathlib
import subprocess
import sys

FEATURES = pathlib.Path(__file__).resolve().parent.parent.parent / "corpus" / "features"
WANTED = {  # pass: (families, columns, rows at least, share of decisions that are right)
    "headings": (["headings"], 15, 10, None),
    "paragraphs": (["columns"], 24, 100, 0.9),
    "lists": (["lists"], 8, 10, 0.9),
    "order": (["columns"], 15, 5, 0.5),
}

for stage, (families, columns, least, share) in WANTED.items():
    done = subprocess.run([sys.executable, str(FEATURES), sys.argv[1], "--pass", stage, *families],
                          capture_output=True, check=True, text=True,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    assert len(rows) >= least, f"{stage}: {len(rows)} decisions"
    assert {len(row) for row in rows} == {columns}, f"{stage}: columns {set(map(len, rows))}"
    right = sum(row[1] == row[2] for row in rows) / len(rows)
    assert share is None or right >= share, f"{stage}: {right:.2f} of the decisions are right"
