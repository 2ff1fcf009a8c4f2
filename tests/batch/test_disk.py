#!/usr/bin/env python3
"""A disk that fails at every k-th write: no output is ever truncated, and the run can go on.

    test_disk.py BINARY [--full]
"""
import errno
import os
import subprocess
import sys

from batch_case import BINARY, HAS_PROC, IS_SANITIZED, BatchCase, main, tree, with_locks

FULL = "--full" in sys.argv
if FULL:
    sys.argv.remove("--full")
STEP = 1 if FULL else 7
SHIM = os.path.join(os.path.dirname(BINARY), "iofail.so")


class Disk(BatchCase):
    def fail_at(self, call, failure):
        """One run whose `call`-th write fails; True when it came that far."""
        env = dict(os.environ, LD_PRELOAD=SHIM, QUIRE_FAIL_AT=str(call),
                   QUIRE_FAIL_WITH=str(failure), QUIRE_FAIL_COUNT=self.path("reached"))
        command = with_locks(("in", "-o", f"out{failure}", "-j", "1", "-q", "--resume"))
        ran = subprocess.run([BINARY, "batch", *command], cwd=self.folder, env=env, capture_output=True,
                             timeout=60)
        is_reached = os.path.exists(self.path("reached"))
        if is_reached:
            os.remove(self.path("reached"))
        return is_reached, ran

    def sweep(self, failure, codes):
        self.archive(4)
        self.batch("in", "-o", "expected")
        expected = tree(self.path("expected"))
        call, out = 1, self.path(f"out{failure}")
        while True:
            subprocess.run(["rm", "-rf", out], check=True)
            is_reached, ran = self.fail_at(call, failure)
            with self.subTest(call=call, failure=failure):
                self.assertIn(ran.returncode, codes, ran.stderr)
                found = tree(out)
                for path in found:
                    self.assertEqual(found[path], expected[path])
                self.batch("in", "-o", f"out{failure}", "--resume")
                self.assertEqual(tree(out), expected)
            if not is_reached:
                break
            call += STEP
        self.assertGreater(call, 10)
        print(f"{failure}: failed at each {STEP}. of {call} calls")
        self.quire("merge", "--verify", f"out{failure}", "in")

    def setUp(self):
        super().setUp()
        if IS_SANITIZED or not os.path.exists(SHIM):
            self.skipTest("no shim for this build")
        if not HAS_PROC:
            self.skipTest("without /proc the shim cannot tell workers from their supervisor")

    def test_full(self):
        self.sweep(errno.ENOSPC, (0, 5))

    def test_broken(self):
        self.sweep(errno.EIO, (0, 5))

    def test_interrupted(self):
        self.sweep(errno.EINTR, (0, 5))

    def test_short_writes(self):
        self.sweep("short", (0, 5))


if __name__ == "__main__":
    main()
