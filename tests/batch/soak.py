#!/usr/bin/env python3
"""Many small documents through one run: memory and descriptors of the supervisor stay where they
are, the ledger costs less than a millisecond a document, and locking workers in next to nothing.

    soak.py BINARY [--documents N] [--jobs N] [--formats LIST] [--rounds N]
"""
import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import minipdf  # noqa: E402

DRIFT = 0.05  # of the supervisor's memory and descriptors, from a tenth of the run to its end
LEDGER_MS = 1.0  # for a document
ISOLATION = 0.05  # of the processor's time
IN_FOLDER = 1000
COMPARED = 2000  # documents, with and without the sandbox


def make_archive(folder, count):
    """Small documents, each its own content."""
    for number in range(count):
        top = os.path.join(folder, str(number // IN_FOLDER))
        os.makedirs(top, exist_ok=True)
        pdf = minipdf.Pdf()
        font = pdf.add(minipdf.HELVETICA)
        pdf.page(f"BT /F1 12 Tf 72 700 Td (Document {number} of many.) Tj ET", fonts={"F1": font})
        with open(os.path.join(top, f"{number}.pdf"), "wb") as file:
            file.write(pdf.bytes())


def look(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        kilobytes = int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))
    return kilobytes, len(os.listdir(f"/proc/{pid}/fd"))


def run(command):
    """Samples of (memory, descriptors), seconds of processor time, exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command)
    samples = []
    while process.poll() is None:
        try:
            samples.append(look(process.pid))
        except (OSError, AttributeError):
            pass
        time.sleep(0.2)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return samples, cpu, process.returncode


def drift_of(values, typical):
    """From the first tenth of what was sampled to the last."""
    tenth = max(len(values) // 10, 1)
    return typical(values[-tenth:]) / typical(values[:tenth]) - 1


def soak(folder, arguments):
    archive, out = os.path.join(folder, "in"), os.path.join(folder, "out")
    events = os.path.join(folder, "events")
    make_archive(archive, arguments.documents)
    begin = time.monotonic()
    samples, cpu, code = run([arguments.binary, "batch", archive, "-o", out, "-q", "--events",
                              events, "-j", arguments.jobs, "-t", arguments.formats])
    seconds = time.monotonic() - begin
    with open(events, encoding="utf-8") as file:
        end = json.loads(file.readlines()[-1])
    files_ms, ledger_ms = (1000 * end[key] / arguments.documents for key in ("settling", "booking"))
    written = sum(len(names) for top, _, names in os.walk(out) if ".quire" not in top)
    settled = samples[len(samples) // 10:] or samples
    memory, files = [s[0] for s in settled], [s[1] for s in settled]
    drifts = drift_of(memory, statistics.median), drift_of(files, max)
    print(f"{written} of {arguments.documents} documents, exit {code}, {seconds:.0f} s, "
          f"{1000 * cpu / arguments.documents:.2f} ms of CPU each")
    print(f"supervisor: {statistics.median(memory) / 1024:.1f} MB, {max(memory) / 1024:.1f} MB at "
          f"most, drift {100 * drifts[0]:+.1f} %; descriptors {min(files)} to {max(files)}, drift "
          f"{100 * drifts[1]:+.1f} %")
    print(f"a document: {ledger_ms:.2f} ms in the ledger, {files_ms:.2f} ms for durable outputs")
    return (code == 0 and written == arguments.documents and max(drifts) < DRIFT and
            ledger_ms <= LEDGER_MS)


def compare(folder, arguments):
    """The processor's time with the sandbox and without, in turns; the least of each."""
    archive, out = os.path.join(folder, "some"), os.path.join(folder, "out")
    make_archive(archive, COMPARED)
    least = {}
    for number in range(2 * arguments.rounds):
        mode = ("on", "off")[number % 2]
        shutil.rmtree(out, ignore_errors=True)
        _, cpu, _ = run([arguments.binary, "batch", archive, "-o", out, "-q", "-j", "1",
                         "--sandbox", mode])
        least[mode] = min(cpu, least.get(mode, cpu))
    share = least["on"] / least["off"] - 1
    print(f"sandbox: {1000 * least['on'] / COMPARED:.2f} ms of CPU a document, "
          f"{1000 * least['off'] / COMPARED:.2f} without it: {100 * share:+.1f} %")
    return share <= ISOLATION


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--documents", type=int, default=100000)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--formats", default="markdown")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="quire-soak-")
    try:
        is_steady = soak(folder, arguments)
        shutil.rmtree(folder)
        return 0 if compare(folder, arguments) and is_steady else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
