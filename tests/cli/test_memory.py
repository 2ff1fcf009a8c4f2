#!/usr/bin/env python3
"""Output that streams needs no memory that grows with pages."""
import os
import re
import subprocess
import time

from cli import BINARY, Case, main, pages

FEW, MANY = 300, 6000
GROWTH = 6.0  # MB; the cross-reference table of the file, and the file itself, which is mapped


class Memory(Case):
    def peak(self, *arguments):
        """Largest resident memory of a run, in MB. What wait4() tells would include this very
        interpreter's, from before the exec; the program's own is asked for while it lives."""
        run = subprocess.Popen([BINARY, *arguments], stdout=subprocess.DEVNULL)
        peaks = {}
        while run.poll() is None:
            for pid in [run.pid, *self.children(run.pid)]:
                peaks[pid] = max(self.peak_of(pid), peaks.get(pid, 0))
            time.sleep(0.001)
        self.assertEqual(run.returncode, 0)
        return sum(peaks.values()) / 1024

    def children(self, pid):
        try:
            with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
                return [int(word) for word in file.read().split()]
        except OSError:
            return []

    def peak_of(self, pid):
        try:
            with open(f"/proc/{pid}/status", encoding="ascii") as file:
                found = re.search(r"VmHWM:\s+(\d+) kB", file.read())
        except OSError:
            return 0
        return int(found.group(1)) if found else 0

    def test_ndjson_stays_flat(self):
        if not os.path.exists("/proc/self/status"):
            self.skipTest("no /proc")
        with open(BINARY, "rb") as program:
            if b"__asan_init" in program.read():
                self.skipTest("sanitizers keep what was freed")
        text = "Page {} says " + "the same as the one before, " * 40
        few, many = (self.path(self.write(f"{count}.pdf", pages(count, text)))
                     for count in (FEW, MANY))
        small = self.peak("-t", "ndjson", few)
        streamed = self.peak("-t", "ndjson", many) - small
        whole = self.peak("-t", "json", many) - small
        self.assertLess(streamed, GROWTH)
        self.assertGreater(whole, streamed)  # else the test tells nothing


if __name__ == "__main__":
    main()
