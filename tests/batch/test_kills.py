#!/usr/bin/env python3
"""kill -9 at any instant, of the supervisor, a worker, or all: each output exactly once, none
truncated, the ledger sound, nothing left over, and the same bytes as without.

    test_kills.py BINARY [--kills N] [--documents N]
"""
import os
import random
import signal
import sys
import time

from batch_case import HAS_PROC, PATIENCE, BatchCase, main, temporary, tree


def number_of(name, default):
    if name not in sys.argv:
        return default
    at = sys.argv.index(name)
    value = int(sys.argv[at + 1])
    del sys.argv[at:at + 2]
    return value


KILLS = number_of("--kills", 12)
DOCUMENTS = number_of("--documents", 120)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Kills(BatchCase):
    def kill_once(self, run, chance):
        workers = self.workers_of(run.pid)
        what = chance.choice(("supervisor", "worker", "group"))
        if what == "worker" and workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
            return False
        if what == "group":
            os.killpg(run.pid, signal.SIGKILL)
        else:
            os.kill(run.pid, signal.SIGKILL)
        return True

    def no_orphans(self, workers):
        limit = time.monotonic() + 5
        while time.monotonic() < limit:
            workers = [w for w in workers if is_alive(w)]
            if not workers:
                return
            time.sleep(0.02)
        self.fail(f"workers {workers} outlived their supervisor")

    def test_any_instant(self):
        chance = random.Random(7)
        self.archive(DOCUMENTS, many=4)
        self.batch("in", "-o", "expected", "-j", "2", "-t", "json", "-q")
        expected = tree(self.path("expected"))
        kills = rounds = 0
        while kills < KILLS:
            if kills and not os.path.exists(self.path("out/.quire/run.db")):
                rounds += 1
            arguments = ["in", "-o", "out", "-j", "2", "-t", "json", "-q", "--resume"]
            run = self.start(*arguments)
            while run.poll() is None and kills < KILLS:
                time.sleep(chance.uniform(0.005, 0.25) * PATIENCE)
                workers = self.workers_of(run.pid)
                if run.poll() is not None:
                    break
                kills += 1
                if self.kill_once(run, chance):
                    run.wait(timeout=60)
                    self.no_orphans(workers)
            run.wait(timeout=120)
            found = tree(self.path("out"))
            for path in found:
                self.assertEqual(found[path], expected[path])
            if found == expected and kills < KILLS:
                rounds += 1
                os.system(f"rm -rf {self.path('out')}")
        self.batch("in", "-o", "out", "-j", "2", "-t", "json", "-q", "--resume", code=None)
        self.batch("in", "-o", "out", "-j", "2", "-t", "json", "-q", "--resume")
        self.assertEqual(tree(self.path("out")), expected)
        self.assertEqual(temporary(self.path("out")), [])
        self.assertEqual(len(self.rows()), DOCUMENTS)
        self.quire("merge", "--verify", "out", "in")
        whom = "" if HAS_PROC else ", of no worker: without /proc they cannot be found"
        print(f"{kills} kills, {rounds} runs over {DOCUMENTS} documents{whom}")


if __name__ == "__main__":
    main()
