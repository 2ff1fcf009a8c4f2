#!/usr/bin/env python3
"""A run as its operator meets it: asked to stop once and twice, short of disk and of memory."""
import json
import os
import signal
import subprocess
import time

from batch_case import (BINARY, HAS_PROC, IS_SANITIZED, PATIENCE, BatchCase, faulty, main, pages, temporary,
                        tree)

PARTIAL = 3
SHIM = os.path.join(os.path.dirname(BINARY), "iofail.so")


class Operation(BatchCase):
    def wait(self, is_so, what, seconds=30 * PATIENCE):
        limit = time.monotonic() + seconds
        while not is_so():
            self.assertLess(time.monotonic(), limit, f"waited for {what}")
            time.sleep(0.02)

    def events(self, out="out"):
        if not os.path.exists(self.path(out + ".events")):
            return []
        lines = self.read(out + ".events").splitlines()
        return [json.loads(line) for line in lines if line.endswith("}")]

    def warned(self, word, out="out"):
        return any(e["event"] == "warning" and word in e["message"] for e in self.events(out))

    def begin(self, *options, out="out", **more):
        return self.start("in", "-o", out, "--events", out + ".events", *options, **more)

    # ---- signals ----

    def start_hanging(self, *options):
        """A run whose first document hangs, and more behind it."""
        self.write("in/0.pdf", faulty("hang", 2))
        for number in range(1, 30):
            self.write(f"in/{number}.pdf", pages(1, f"{number} {{}}"))
        run = self.begin("-j", "1", *options)
        self.wait(lambda: self.is_busy(run), "the worker")
        return run

    def is_busy(self, run):
        """A worker is up and has the first document: its output is begun."""
        return run.poll() is not None or temporary(self.path("out")) != []

    def test_the_first_signal_finishes_what_is_begun(self):
        """Here a page that is late, and the document without it."""
        run = self.start_hanging("--page-timeout", str(PATIENCE))
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(timeout=30 * PATIENCE), 130)
        self.assertTrue(self.warned("interrupted"))
        self.assertEqual(self.rows(), [("0.pdf", PARTIAL)])
        self.assertEqual(temporary(self.path("out")), [])

    def test_the_second_signal_stops_at_once(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(code):
                subprocess.run(["rm", "-rf", self.path("out"), self.path("out.events")], check=True)
                run = self.start_hanging("--timeout", str(60 * PATIENCE))
                run.send_signal(number)
                self.wait(lambda: self.warned("interrupted"), "the first signal")
                time.sleep(0.5)
                self.assertIsNone(run.poll())
                begin = time.monotonic()
                run.send_signal(number)
                self.assertEqual(run.wait(timeout=30), code)
                self.assertLess(time.monotonic() - begin, 1.0 * PATIENCE)
                self.assertEqual(self.rows(), [])
        self.write("in/0.pdf", pages(1))
        self.batch("in", "-o", "out", "--resume")
        self.assertEqual(len(tree(self.path("out"))), 30)
        self.assertEqual(temporary(self.path("out")), [])
        self.quire("merge", "--verify", "out", "in")

    # ---- a full disk ----

    def test_nothing_is_begun_while_the_disk_is_short(self):
        self.archive(4)
        run = self.begin("--min-free", "1000000G")
        self.wait(lambda: self.warned("disk"), "the warning")
        time.sleep(0.5)
        self.assertEqual(tree(self.path("out")), {})
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(timeout=30), 130)
        self.assertEqual(self.rows(), [])
        self.batch("in", "-o", "out", "--resume")

    def test_goes_on_when_there_is_room_again(self):
        """On a small disk that somebody has filled."""
        self.archive(4)
        os.mkdir(self.path("out"))
        mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", self.path("out")]
        if subprocess.run(mount, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            self.skipTest("a small disk cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", self.path("out")], check=False)
        filler = self.write("out/filler", bytes(7 << 20))
        run = self.begin("--min-free", "4M", out="out")
        self.wait(lambda: self.warned("disk"), "the warning")
        self.assertIsNone(run.poll())
        os.remove(self.path(filler))
        self.assertEqual(run.wait(timeout=30 * PATIENCE), 0)
        self.assertEqual(len(tree(self.path("out"))), 4)

    # ---- little memory ----

    def memory(self, meminfo="MemTotal: 1000\nMemAvailable: 900\n", **files):
        self.write("memory/meminfo", meminfo.encode())
        for name, text in files.items():
            self.write("memory/" + name.replace("_", ".", 1), text.encode())

    def most_at_once(self, **more):
        """Workers that convert at the same time."""
        if IS_SANITIZED or not os.path.exists(SHIM):
            self.skipTest("no shim for this build")
        if not HAS_PROC:
            self.skipTest("without /proc the shim cannot tell workers from their supervisor")
        for number in range(4):
            self.write(f"in/{number}.pdf", faulty("hang", 0, text=f"{number} {{}}"))
        env = dict(os.environ, LD_PRELOAD=SHIM, QUIRE_MEMORY=self.path("memory"))
        run = self.begin("-j", "4", "--timeout", "1", env=env, **more)
        most = 0
        while run.poll() is None:
            most = max(most, len(temporary(self.path("out"))))
            time.sleep(0.02)
        self.assertEqual(len(self.rows()), 4)
        return most

    def test_documents_go_one_by_one_while_memory_is_short(self):
        self.memory("MemTotal: 1000\nMemAvailable: 20\n")
        self.assertEqual(self.most_at_once(), 1)
        self.assertTrue(self.warned("memory"))

    def test_the_memory_of_a_container_counts(self):
        self.memory(memory_max="1000000\n", memory_current="990000\n",
                    memory_stat="anon 900000\ninactive_file 1000\n")
        self.assertEqual(self.most_at_once(), 1)

    def test_kept_files_are_no_want_of_memory(self):
        self.memory(memory_max="1000000\n", memory_current="990000\n",
                    memory_stat="anon 100000\ninactive_file 800000\n")
        self.assertGreater(self.most_at_once(), 1)
        self.assertFalse(self.warned("memory"))


if __name__ == "__main__":
    main()
