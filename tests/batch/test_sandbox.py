#!/usr/bin/env python3
"""Attacks out of a worker: none goes while it is locked in, all go when it is not."""
import os
import subprocess

from batch_case import BINARY, MISSING_LOCKS, BatchCase, main, pages

ATTACKS = (
    "read-passwords read-input-folder read-neighbour read-environment read-parent-memory write-file "
    "write-to-fonts make-folder remove-file rename-file make-link change-mode internet-socket "
    "unix-socket send-datagram fork execute trace-parent read-parent signal-parent bpf raise-limit "
    "memory-file").split()

# Of these at least so many must go with the sandbox off, whatever a container denies by itself.
LEAST_OPEN = 12


class Sandbox(BatchCase):
    def answers(self, *options):
        for name in ("neighbour.pdf", "victim", "moved"):
            self.write("in/" + name)
        for attack in ATTACKS:
            self.write(f"in/{attack}.pdf", pages(1) + f"\n%PROBE {attack}\n".encode())
        self.batch("in", "-o", "out", "-j", "1", "-q", *options, code=None)
        found = {}
        for attack in ATTACKS:
            path = f"out/{attack}.pdf.md"
            found[attack] = self.read(path) if os.path.exists(self.path(path)) else "killed"
        states = dict(self.rows())
        self.assertEqual(states["neighbour.pdf"], 2)
        return found

    def goes_in_this_process(self, attack):
        """The attack without any worker: does the kernel, or the container, let it through?"""
        self.write("probe.pdf", pages(1) + f"\n%PROBE {attack}\n".encode())
        return self.quire("--sandbox", "off", "probe.pdf", code=None).out.endswith("open\n")

    def test_all_are_denied(self):
        if MISSING_LOCKS:
            self.skipTest(MISSING_LOCKS)
        for attack, answer in self.answers().items():
            with self.subTest(attack):
                self.assertIn(answer, (f"{attack}: denied\n", "killed"))

    def test_all_go_without_it(self):
        closed = [attack for attack, answer in self.answers("--sandbox", "off").items()
                  if answer != f"{attack}: open\n"]
        for attack in closed:
            with self.subTest(attack):
                self.assertFalse(self.goes_in_this_process(attack))
        if closed:
            print(f"this user, kernel or container denies by itself: {' '.join(closed)}")
        self.assertGreaterEqual(len(ATTACKS) - len(closed), LEAST_OPEN)

    def test_the_run_says_what_held(self):
        if MISSING_LOCKS:
            self.skipTest(MISSING_LOCKS)
        self.write("in/a.pdf")
        for mode, level in (("on", "seccomp"), ("off", "none")):
            self.batch("in", "-o", mode, "--sandbox", mode, "--events", mode + ".events")
            self.assertIn(level, self.read(mode + ".events").splitlines()[-1])

    def test_the_run_is_refused_where_it_cannot_be_had(self):
        """A kernel without Landlock, as a filter makes it look."""
        self.write("in/a.pdf")
        blocker = os.path.join(os.path.dirname(BINARY), "without_landlock")
        if not os.path.exists(blocker):
            self.skipTest("not built")
        for mode, code in ((), 9), (("--sandbox", "best-effort"), 0):
            self.quire_without_landlock(blocker, mode, code)
            ran = subprocess.run([blocker, BINARY, "batch", "in", "-o", "out", *mode],
                                 cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(ran.returncode, code, ran.stderr)
            if code:
                self.assertIn("Landlock", ran.stderr)

    def quire_without_landlock(self, blocker, mode, code):
        """A single document, which is read in this process by default where there are sanitizers."""
        mode = mode or ("--sandbox", "on")
        ran = subprocess.run([blocker, BINARY, *mode, "in/a.pdf"], cwd=self.folder,
                             capture_output=True, text=True, timeout=60)
        self.assertEqual(ran.returncode, code, ran.stderr)
        self.assertEqual(bool(ran.stdout), code == 0)


if __name__ == "__main__":
    main()
