#!/usr/bin/env python3
"""Many small documents through one run: memory and descriptors of the supervisor stay where they
are, and what the ledger and isolation cost is told.

    soak.py BINARY [--documents N] [--jobs N] [--formats LIST]
"""
import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import minipdf  # noqa: E402

DRIFT = 0.05  # of the supervisor's memory, from a tenth of the run to its end
IN_FOLDER = 1000


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


def run(binary, folder, out, options):
    """Samples of (memory, descriptors), seconds of processor time, exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([binary, "batch", folder, "-o", out, "-q", *options])
    samples = []
    while process.poll() is None:
        try:
            samples.append(look(process.pid))
        except (OSError, AttributeError):
            pass
        time.sleep(0.5)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return samples, cpu, process.returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--documents", type=int, default=100000)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--formats", default="markdown")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="quire-soak-")
    try:
        archive, out = os.path.join(folder, "in"), os.path.join(folder, "out")
        make_archive(archive, arguments.documents)
        begin = time.monotonic()
        samples, cpu, code = run(arguments.binary, archive, out,
                                 ["-j", arguments.jobs, "-t", arguments.formats])
        seconds = time.monotonic() - begin
        written = sum(len(names) for top, _, names in os.walk(out) if ".quire" not in top)
        settled = samples[len(samples) // 10:] or samples
        low, high = settled[0][0], max(memory for memory, _ in settled)
        drift = settled[-1][0] / low - 1
        files = [count for _, count in settled]
        print(f"{written} of {arguments.documents} documents, exit {code}, {seconds:.0f} s, "
              f"{1000 * cpu / arguments.documents:.2f} ms of CPU each")
        print(f"supervisor: {low / 1024:.1f} MB settled, {high / 1024:.1f} MB at most, drift "
              f"{100 * drift:+.1f} %; descriptors {min(files)} to {max(files)}")
        good = written == arguments.documents and code == 0 and drift < DRIFT
        return 0 if good else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
