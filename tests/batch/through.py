#!/usr/bin/env python3
"""Any folder of documents, hostile ones too, through a run: the supervisor lives, every file has a
row, no document takes longer than it may, and a second run finds nothing left over.

    through.py BINARY FOLDER [--timeout SECONDS] [--jobs N]
"""
import argparse
import collections
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

OVERSHOOT = 1.0  # seconds


def run(binary, folder, out, arguments):
    return subprocess.run([binary, "batch", folder, "-o", out, "-t", "json", "-q", "--include", "*",
                           "--timeout", str(arguments.timeout), "-j", str(arguments.jobs),
                           "--events", out + ".events", "--resume"], capture_output=True,
                          check=False).returncode


def rows_of(out):
    base = sqlite3.connect(os.path.join(out, ".quire", "run.db"))
    found = base.execute("SELECT path, state, wall_ms, deaths FROM doc").fetchall()
    base.close()
    return found


def broken_outputs(out):
    broken = []
    for top, folders, names in os.walk(out):
        folders[:] = [f for f in folders if f != ".quire"]
        for name in names:
            try:
                with open(os.path.join(top, name), encoding="utf-8") as file:
                    json.load(file)
            except ValueError:
                broken.append(name)
    return broken


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("folder")
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    files = sum(len(names) for _, _, names in os.walk(arguments.folder))
    scratch = tempfile.mkdtemp(prefix="quire-through-")
    try:
        out = os.path.join(scratch, "out")
        code = run(arguments.binary, arguments.folder, out, arguments)
        rows = rows_of(out)
        longest = max(rows, key=lambda row: row[2])
        states = collections.Counter(row[1] for row in rows)
        print(f"{files} files, {len(rows)} rows, exit {code}: {states[2]} done, {states[3]} partial, "
              f"{states[4]} failed, {states[5]} quarantined, {states[6]} missing; "
              f"{sum(row[3] for row in rows)} deaths of workers, none of the supervisor")
        print(f"longest: {longest[2] / 1000:.2f} s of {arguments.timeout:g}, {longest[0]}")
        broken = broken_outputs(out)
        merged = subprocess.run([arguments.binary, "merge", "--verify", out, arguments.folder,
                                 "--include", "*"], capture_output=True, text=True, check=False)
        print(merged.stderr.strip().splitlines()[-1])
        is_good = (code in (0, 1, 4) and len(rows) == files and not broken and
                   merged.returncode == 0 and
                   longest[2] <= 1000 * (arguments.timeout + OVERSHOOT))
        return 0 if is_good else 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
