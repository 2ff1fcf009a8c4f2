#!/usr/bin/env python3
"""Bombs and loops among good documents: each ends in its time and its memory, and no neighbour
notices.

    test_bombs.py BINARY [--full]
"""
import importlib.util
import os
import sys

from batch_case import IS_SANITIZED, PATIENCE, BatchCase, main, tree

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)

FULL = "--full" in sys.argv
if FULL:
    sys.argv.remove("--full")
STEP = 1 if FULL else 7
SECONDS = (3 if FULL else 1) * PATIENCE  # for a document
OVERSHOOT = 1.0
MEMORY = 1 << 30


def cases(name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(TESTS, "faults", name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = {}
    for table in vars(module).values():
        if callable(table) and getattr(table, "__module__", None) == name \
                and not table.__code__.co_argcount and table.__code__.co_flags & 0x20:
            found.update((case.name, case) for case in table())
    return list(found.values())


class Bombs(BatchCase):
    def test_each_costs_itself(self):
        self.archive(12)
        self.batch("in", "-o", "alone", "-t", "json")
        expected = tree(self.path("alone"))
        bombs = (cases("bombs") + cases("loops"))[::STEP]
        self.assertGreater(len(bombs), 10)
        for bomb in bombs:
            self.write(f"in/{bomb.name}.pdf", bomb.make())
        self.batch("in", "-o", "out", "-j", "2", "-t", "json", "-q", "--timeout", str(SECONDS),
                   "--max-memory", str(MEMORY), code=None)
        found = tree(self.path("out"))
        self.assertEqual({path: found.get(path) for path in expected}, expected)
        rows = {row[0]: row[1:] for row in self.rows(columns="path, wall_ms, peak_kb, state")}
        longest = largest = 0
        for bomb in bombs:
            with self.subTest(bomb.name):
                wall, peak, _ = rows[bomb.name + ".pdf"]
                longest, largest = max(longest, wall), max(largest, peak)
                self.assertLessEqual(wall, 1000 * (SECONDS + OVERSHOOT))
                if not IS_SANITIZED:
                    self.assertLessEqual(1024 * peak, MEMORY)
        self.assertEqual(len(rows), 12 + len(bombs))
        print(f"{len(bombs)} bombs and loops: {longest / 1000:.2f} s at most of {SECONDS}, "
              f"{largest // 1024} MB at most")


if __name__ == "__main__":
    main()
