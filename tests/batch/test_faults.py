#!/usr/bin/env python3
"""What a bad document may do to a run: nothing. Each fault costs its page or its document.

    test_faults.py BINARY [--full]
"""
import json
import sys
import time

from batch_case import (HAS_PROC, IS_SANITIZED, LOCKED_IN, PATIENCE, BatchCase, faulty, main, pages,
                        tree)

FULL = "--full" in sys.argv
if FULL:
    sys.argv.remove("--full")
ALLOCATIONS = range(1, 3000, 7 if FULL else 150)  # that fail, each in a document of its own

DONE, PARTIAL, FAILED, QUARANTINED = 2, 3, 4, 5


class Faults(BatchCase):
    def around(self, documents, *options, jobs="2"):
        """Runs the documents among good ones, whose bytes must be what they are without them."""
        self.archive(12)
        self.batch("in", "-o", "alone", "-j", jobs, "-t", "json")
        expected = tree(self.path("alone"))
        for name, data in documents.items():
            self.write("in/" + name, data)
        self.batch("in", "-o", "out", "-j", jobs, "-t", "json", *options, code=None)
        found = tree(self.path("out"))
        self.assertEqual({path: found.get(path) for path in expected}, expected)
        return dict(self.rows())

    def test_a_page_that_crashes(self):
        states = self.around({"bad.pdf": faulty("crash", 3)})
        self.assertEqual(states["bad.pdf"], PARTIAL)
        document = json.loads(self.read("out/bad.pdf.json"))
        self.assertEqual(document["status"], "partial")
        statuses = [page["status"] for page in document["pages"]]
        self.assertEqual([s == "ok" for s in statuses], [True, True, False, True, True])
        self.assertIn("Page 5", document["content"])
        (name,) = self.files("out/.quire/quarantine")
        record = json.loads(self.read("out/.quire/quarantine/" + name))
        self.assertEqual(record["broken_pages"], "3")
        self.assertIn("-p 3", record["command"])
        self.assertIn("bad.pdf", record["command"])

    def test_every_kind(self):
        kinds = ["crash", "abort", "exit", "stack", "babble"]
        states = self.around({f"{k}-{p}.pdf": faulty(k, p) for k in kinds for p in (0, 2)})
        for kind in kinds:
            with self.subTest(kind):
                self.assertEqual(states[f"{kind}-0.pdf"], QUARANTINED)
                self.assertEqual(states[f"{kind}-2.pdf"], PARTIAL)

    def test_memory(self):
        if IS_SANITIZED:
            self.skipTest("address space is not limited there")
        states = self.around({"bad.pdf": faulty("memory", 2)}, "--max-memory", "500M")
        self.assertEqual(states["bad.pdf"], PARTIAL)

    def test_memory_before_the_first_page(self):
        if IS_SANITIZED:
            self.skipTest("address space is not limited there")
        self.around({"bad.pdf": faulty("memory", 0)}, "--max-memory", "500M")
        messages = dict(self.rows(columns="path, message"))
        self.assertIn("--max-memory", messages["bad.pdf"])

    def test_hang_and_stop_end_in_time(self):
        limit = 2 * PATIENCE
        for kind in ("hang", "stop"):
            self.write("in/bad.pdf", faulty(kind, 0))
            begin = time.monotonic()
            self.batch("in", "-o", "out-" + kind, "--timeout", str(limit), code=1)
            self.assertLess(time.monotonic() - begin, limit + 1.0 + PATIENCE)
            (row,) = self.rows("out-" + kind, "state, error_kind, wall_ms")
            self.assertEqual(row[:2], (FAILED, "limit"))
            self.assertLess(row[2], 1000 * (limit + 1))

    def test_pages_before_the_one_that_hangs_are_counted(self):
        self.write("in/bad.pdf", faulty("hang", 3))
        self.batch("in", "-o", "out", "--timeout", str(2 * PATIENCE), code=1)
        self.assertEqual(self.rows(columns="pages_done, pages"), [(2, 5)])

    def test_time_is_kept_while_a_large_input_is_hashed(self):
        """It is claimed when the one that hangs has begun, and takes some seconds."""
        if IS_SANITIZED:
            self.skipTest("hashing takes minutes there")
        self.write("in/0.pdf", faulty("hang", 0))
        for number in range(1, 4):
            self.write(f"in/{number}.pdf", pages(1, f"{number} {{}}"))
        with open(self.path("in/4.pdf"), "wb") as file:
            file.truncate(1 << 30)
        self.batch("in", "-o", "out", "-j", "2", "--timeout", "0.5", code=1)
        self.assertLess(dict(self.rows(columns="path, wall_ms"))["0.pdf"], 1500)

    def test_a_page_that_hangs(self):
        states = self.around({"bad.pdf": faulty("hang", 2)}, "--page-timeout", str(PATIENCE),
                             "--timeout", str(60 * PATIENCE))
        self.assertEqual(states["bad.pdf"], PARTIAL)

    def test_output_without_end(self):
        states = self.around({"bad.pdf": faulty("flood", 2)}, "--max-output", "5M")
        self.assertEqual(states["bad.pdf"], FAILED)

    def test_crashes_are_grouped(self):
        if IS_SANITIZED:
            self.skipTest("the sanitizer answers the signal")
        for number in range(3):
            self.write(f"in/a{number}.pdf", faulty("crash", 0, text=f"{number} {{}}"))
            self.write(f"in/b{number}.pdf", faulty("abort", 0, text=f"{number} {{}}"))
        self.batch("in", "-o", "out", code=1)
        signatures = dict(self.rows(columns="path, signature"))
        self.assertEqual(len({signatures[f"a{n}.pdf"] for n in range(3)}), 1)
        self.assertEqual(len(set(signatures.values())), 2)
        report = self.read("out/.quire/run.html")
        for signature in set(signatures.values()):
            row = report.split(f"<td>{signature}</td>")
            self.assertEqual(len(row), 2)
            self.assertTrue(row[1].startswith('<td class="n">3</td><td class="n">6</td>'), row[1])

    def test_memory_that_runs_out_anywhere(self):
        """Every allocation from the n-th on fails: the worker may die, the run may not."""
        if IS_SANITIZED:
            self.skipTest("the sanitizer has its own allocator")
        documents = {f"{n}.pdf": faulty("malloc", 1000 + n, text=f"{n} {{}}")
                     for n in ALLOCATIONS}
        states = self.around(documents)
        self.assertEqual(len(states), 12 + len(documents))
        self.assertTrue(any(states[name] != DONE for name in documents))

    def test_resume_tries_again(self):
        self.write("in/bad.pdf", faulty("crash", 0))
        self.batch("in", "-o", "out", code=1)
        self.write("in/bad.pdf", pages(1))
        self.batch("in", "-o", "out", "--resume")
        self.assertEqual(self.rows(), [("bad.pdf", DONE)])

    def test_no_more_workers_than_documents(self):
        if not HAS_PROC:
            self.skipTest("without /proc workers cannot be counted")
        self.write("in/bad.pdf", faulty("hang", 0))
        run = self.start("in", "-o", "out", "-j", "50", "--timeout", str(2 * PATIENCE))
        most = 0
        while run.poll() is None:
            most = max(most, len(self.workers_of(run.pid)))
            time.sleep(0.02)
        self.assertEqual(most, 1)

    # ---- one document ----

    def single(self, kind, page, *options, code):
        self.write("bad.pdf", faulty(kind, page))
        return self.quire(*LOCKED_IN, "-o", "bad.md", *options, "bad.pdf", code=code)

    def test_one_document_that_crashes(self):
        for kind in ("crash", "abort", "exit", "stack"):
            ran = self.single(kind, 2, code=7)
            self.assertEqual(len(ran.err.splitlines()), 1, ran.err)
            self.assertIn("broke the worker", ran.err)
            self.assertEqual(self.files(), ["bad.pdf"])

    def test_other_commands_read_in_a_worker_too(self):
        self.write("bad.pdf", faulty("crash", 1))
        for command in (("why", "--at", "1:1,1"), ("fields",)):
            ran = self.quire(*command, *LOCKED_IN, "bad.pdf", code=7)
            self.assertIn("broke the worker", ran.err)

    def test_one_document_that_hangs(self):
        for kind in ("hang", "stop"):
            begin = time.monotonic()
            self.single(kind, 2, "--timeout", str(2 * PATIENCE), code=10)
            self.assertLess(time.monotonic() - begin, 2 * PATIENCE + 1 + PATIENCE)

    def test_one_document_that_wants_memory(self):
        if not IS_SANITIZED:
            ran = self.single("memory", 2, "--max-memory", "500M", code=10)
            self.assertIn("--max-memory", ran.err)

    def test_little_memory_is_enough_for_little_or_said_to_be_too_little(self):
        self.write("a.pdf", pages(1))
        if not IS_SANITIZED:
            self.quire(*LOCKED_IN, "--max-memory", "100M", "a.pdf", code=0)
            for least in ("40", "30M"):
                ran = self.quire(*LOCKED_IN, "--max-memory", least, "a.pdf", code=10)
                self.assertIn("raise --max-memory", ran.err)

    def test_the_next_document_gets_a_fresh_worker(self):
        self.write("a.pdf", faulty("crash", 1))
        self.write("b.pdf", pages(2))
        ran = self.quire(*LOCKED_IN, "-o", "out", "a.pdf", "b.pdf", code=1)
        self.assertIn("a.pdf", ran.err)
        self.assertEqual(self.files("out"), ["b.md"])

    def test_a_worker_that_babbles(self):
        self.single("babble", 1, code=7)


if __name__ == "__main__":
    main()
