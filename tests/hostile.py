#!/usr/bin/env python3
"""Runs the program on hostile inputs and holds it to its promises: each run must end by itself.

    hostile.py BINARY MODULE [--factor N] [--keep DIR] [--only TEXT]

MODULE names a table of cases: faults/broken, faults/loops ... Every run must end by itself, in
time, within its memory, by no signal and with an exit code of those that the case allows; say in
one line on stderr what went wrong; and write one sound JSON document when it promises one (exit 0
or 4). --factor stretches time and memory for builds with sanitizers.
"""
import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Callable

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

OK, PARTIAL, UNREADABLE, LOCKED, LIMIT = 0, 4, 6, 8, 10
DOCUMENT = {OK, PARTIAL}
ANY = {OK, PARTIAL, UNREADABLE, LIMIT}


@dataclass
class Case:
    name: str
    make: Callable[[], bytes]
    exits: set = field(default_factory=lambda: ANY)
    check: Callable = None  # of the JSON document; returns a complaint or None
    arguments: tuple = ()
    seconds: float = 10.0  # of processor time; of wall time, four times as much
    megabytes: int = 640


def sound(document):
    """Promises that every document keeps, however broken its source was."""
    for key in ("schema_version", "status", "content", "pages", "elements", "audit"):
        if key not in document:
            return f"no {key}"
    text = document["audit"]["text"]
    buckets = ("emitted", "furniture", "hidden", "duplicate", "annotation", "unmapped", "lost")
    if text["lost"]:
        return f"{text['lost']} glyphs lost"
    if sum(text[bucket] for bucket in buckets) != text["glyphs_total"]:
        return f"the audit does not add up: {text}"
    content = document["content"]
    for element in document["elements"]:
        start, end = element["span"]
        if content[start:end] != element["text"]:
            return f"content[span] is not the text of {element['id']}"
    return None


def complaint_of(case, status, out, err):
    if status < 0:
        return f"ended by signal {-status}"
    if status not in case.exits:
        return f"exit {status}, not one of {sorted(case.exits)}"
    if status != OK and len(err.splitlines()) != 1:
        return f"exit {status} with {len(err.splitlines())} lines on stderr, not one"
    if status not in DOCUMENT:
        return f"exit {status}, but wrote to stdout" if out else None
    try:
        document = json.loads(out)
    except ValueError as error:
        return f"no valid JSON: {error}"
    wanted = "ok" if status == OK else "partial"
    if document.get("status") != wanted:
        return f"exit {status}, but status {document.get('status')!r}"
    return sound(document) or (case.check(document) if case.check else None)


def run(binary, case, path, factor):
    """(complaint or None, seconds, megabytes, exit status)"""
    command = [binary, "-t", "json", *case.arguments, path]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        deadline = begin + 4 * case.seconds * factor
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            waited = time.monotonic() - begin
            if pid:
                child.returncode = status
                break
            if time.monotonic() > deadline:
                child.kill()
                os.wait4(child.pid, 0)
                child.returncode = -9
                return f"still running after {waited:.1f} s", waited, 0, -9
            time.sleep(min(0.02, 0.002 + waited / 20))
        seconds = usage.ru_utime + usage.ru_stime
        megabytes = usage.ru_maxrss / 1024
        status = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        written, said = out.read(), err.read().decode("utf-8", "replace")
    complaint = complaint_of(case, status, written, said)
    if not complaint and megabytes > case.megabytes * factor:
        complaint = f"took {megabytes:.0f} MB, at most {case.megabytes * factor:.0f}"
    if not complaint and seconds > case.seconds * factor:
        complaint = f"took {seconds:.2f} s, at most {case.seconds * factor:g}"
    if complaint and said:
        complaint += "\n      " + "\n      ".join(said.splitlines()[:30])
    return complaint, seconds, megabytes, status


def cases_of(module):
    path = os.path.join(HERE, module + ".py")
    spec = importlib.util.spec_from_file_location(os.path.basename(module), path)
    loaded = importlib.util.module_from_spec(spec)
    sys.path.insert(0, os.path.dirname(path))
    spec.loader.exec_module(loaded)
    return list(loaded.cases())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("module")
    parser.add_argument("--factor", type=float, default=1.0)
    parser.add_argument("--keep", help="leave the inputs in this folder")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cases = [case for case in cases_of(options.module) if options.only in case.name]
    names = [case.name for case in cases]
    assert len(set(names)) == len(names) > 0, "cases need names of their own"

    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or scratch
        os.makedirs(folder, exist_ok=True)

        def one(case):
            path = os.path.join(folder, case.name + ".pdf")
            with open(path, "wb") as file:
                file.write(case.make())
            done = run(options.binary, case, path, options.factor)
            if not options.keep:
                os.unlink(path)
            return case, done

        failed, slowest, largest = 0, 0, 0
        with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
            for case, (complaint, seconds, megabytes, status) in pool.map(one, cases):
                slowest, largest = max(slowest, seconds), max(largest, megabytes)
                if complaint:
                    failed += 1
                    print(f"FAIL {case.name}: {complaint}")
                elif options.only or seconds > 1 or megabytes > 200:
                    print(f"     {case.name}: exit {status}, {seconds:.2f} s, {megabytes:.0f} MB")
        print(f"{options.module}: {len(cases) - failed} of {len(cases)} as promised; "
              f"at most {slowest:.2f} s and {largest:.0f} MB")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
