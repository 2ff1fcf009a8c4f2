#!/usr/bin/env python3
"""quire batch and quire merge: inputs, outputs, resuming, parts, records."""
import hashlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import tarfile
import time
import zipfile

from cli import BINARY, ENCRYPTED, Case, main, pages


def tree(folder):
    """Path and hash of every output."""
    found = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f != ".quire"]
        for name in names:
            path = os.path.join(top, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


class Batch(Case):
    def archive(self, count=6):
        for number in range(count):
            self.write(f"in/{number % 3}/{number}.pdf", pages(1, f"Number {number}, page {{}}"))
        return "in"

    def batch(self, *arguments, code=0, **more):
        return self.quire("batch", *arguments, code=code, **more)

    def rows(self, out="out", part="run"):
        base = sqlite3.connect(self.path(f"{out}/.quire/{part}.db"))
        base.text_factory = os.fsdecode  # names are bytes
        found = base.execute("SELECT path, state, message FROM doc ORDER BY path").fetchall()
        base.close()
        return found

    # ---- inputs and outputs ----

    def test_mirrors_the_folder(self):
        ran = self.batch(self.archive(), "-o", "out", "-t", "markdown,json")
        self.assertIn("6 documents: 6 done", ran.err)
        found = tree(self.path("out"))
        self.assertEqual(len(found), 12)
        self.assertIn("2/5.pdf.json", found)
        self.assertIn("Number 4", self.read("out/1/4.pdf.md"))

    def test_same_bytes_as_convert(self):
        self.batch(self.archive(2), "-o", "out", "-t", "json")
        one = self.quire("-t", "json", "in/0/0.pdf")
        self.assertEqual(one.bytes, self.read_bytes("out/0/0.pdf.json"))

    def test_passes_over_other_files(self):
        self.archive(2)
        self.write("in/readme.txt", b"no document")
        self.write("in/notes.md", b"none")
        self.batch("in", "-o", "out")
        self.assertEqual(len(tree(self.path("out"))), 2)

    def test_includes_and_excludes(self):
        self.archive(6)
        self.batch("in", "-o", "out", "--include", "[0-3].pdf", "--exclude", "0/*")
        self.assertEqual(sorted(tree(self.path("out"))), ["1/1.pdf.md", "2/2.pdf.md"])

    def test_output_within_the_input(self):
        self.archive(3)
        self.batch("in", "-o", "in/out")
        self.batch("in", "-o", "in/out", "--resume")
        self.assertEqual(len(tree(self.path("in/out"))), 3)

    def test_lists(self):
        self.archive(3)
        paths = ["in/0/0.pdf", "in/1/1.pdf"]
        for name, data, more in (
                ("a.txt", "\n".join(paths) + "\n", ()),
                ("b.ndjson", "".join(json.dumps({"path": p}) + "\n" for p in paths), ()),
                ("c.list", "\0".join(paths) + "\0", ("-0",))):
            self.write(name, data.encode())
            self.batch(name, "-o", "out-" + name, *more)
            self.assertEqual(sorted(tree(self.path("out-" + name))), [p + ".md" for p in paths])
        self.batch("-", "-o", "out-stdin", stdin="\n".join(paths).encode())
        self.assertEqual(len(tree(self.path("out-stdin"))), 2)

    def test_bad_list(self):
        self.write("a.ndjson", b'{"path": "x.pdf"}\n{"nothing": 1}\n')
        self.write("x.pdf")
        ran = self.batch("a.ndjson", "-o", "out", code=2)
        self.assertIn("line 2", ran.err)

    def test_paths_that_lead_outside(self):
        self.write("x.pdf")
        self.write("sub/list.txt", b"../x.pdf\n")
        ran = subprocess.run([BINARY, "batch", "list.txt", "-o", "out", "-q"],
                             cwd=self.path("sub"), check=False, timeout=60)
        self.assertEqual(ran.returncode, 0)
        self.assertEqual(len(tree(self.path("sub/out"))), 1)
        self.assertFalse([p for p in tree(self.path("sub/out")) if p.startswith("..")])

    def test_zip_and_tar(self):
        with zipfile.ZipFile(self.path("a.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(5):
                archive.writestr(f"d/{number}.pdf", pages(1, f"Zipped {number} {{}}"))
            archive.writestr("d/readme.txt", "none")
            archive.writestr("../../evil.pdf", pages(1, "Evil {}"))
        with tarfile.open(self.path("b.tar.gz"), "w:gz") as archive:
            data = pages(2, "Tarred {}")
            info = tarfile.TarInfo("/x/y.pdf")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        self.batch("a.zip", "b.tar.gz", "-o", "out", "-j", "1")
        found = sorted(tree(self.path("out")))
        self.assertEqual(found, ["a.zip/d/%d.pdf.md" % n for n in range(5)] +
                         ["a.zip/evil.pdf.md", "b.tar.gz/x/y.pdf.md"])
        ran = self.batch("a.zip", "b.tar.gz", "-o", "out", "--resume")
        self.assertIn("2 skipped", ran.err)
        self.quire("merge", "--verify", "out", "a.zip", "b.tar.gz")

    def test_members_are_not_lost(self):
        """Names beyond ASCII, in other encodings, links, one that is too large."""
        with zipfile.ZipFile(self.path("a.zip"), "w") as archive:
            archive.writestr("\u00fc.pdf", pages(1, "One {}"))
            archive.writestr("large.pdf", pages(300, "Two {}"))
        with tarfile.open(self.path("b.tar"), "w", format=tarfile.USTAR_FORMAT,
                          encoding="latin-1") as archive:
            data = pages(1, "Three {}")
            info = tarfile.TarInfo("\u00e4.pdf")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
            link = tarfile.TarInfo("link.pdf")
            link.type, link.linkname = tarfile.LNKTYPE, "\u00e4.pdf"
            archive.addfile(link)
        ran = self.batch("a.zip", "b.tar", "-o", "out", "--max-file-size", "50K", code=1)
        self.assertEqual(sorted(map(os.fsencode, tree(self.path("out")))),
                         [b"a.zip/\xc3\xbc.pdf.md", b"b.tar/\xe4.pdf.md"])
        self.assertIn("a.zip/large.pdf: it cannot be unpacked whole", ran.err)
        self.assertIn("b.tar/link.pdf: it is a link", ran.err)
        messages = {path: message for path, _, message in self.rows()}
        self.assertEqual(messages["b.tar"], "some of its members failed")
        self.quire("merge", "--verify", "out", "a.zip", "b.tar")

    def test_archive_bomb(self):
        with zipfile.ZipFile(self.path("a.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("good.pdf", pages(1))
            archive.writestr("zeros.pdf", bytes(300 << 20))
            archive.writestr("late.pdf", pages(1))
        ran = self.batch("a.zip", "-o", "out", code=1)
        self.assertIn("bomb", ran.err)
        self.assertEqual(sorted(tree(self.path("out"))), ["a.zip/good.pdf.md"])

    # ---- what fails ----

    def test_a_bad_file_costs_itself(self):
        self.archive(4)
        self.write("in/broken.pdf", b"%PDF-1.4\nnothing")
        self.write("list.txt", b"in/0/0.pdf\nin/gone.pdf\nin/broken.pdf\n")
        ran = self.batch("list.txt", "-o", "out", code=1)
        self.assertIn("1 done, 1 failed, 1 missing", ran.err)
        states = {path: state for path, state, _ in self.rows()}
        self.assertEqual(states, {"in/0/0.pdf": 2, "in/gone.pdf": 6, "in/broken.pdf": 4})

    def test_nothing_is_passed_over_in_silence(self):
        """A link to nowhere; a folder that cannot be looked into."""
        self.archive(2)
        os.symlink("nowhere.pdf", self.path("in/dangling.pdf"))
        os.symlink("nowhere.txt", self.path("in/dangling.txt"))
        missing = {"dangling.pdf": 6}
        if os.geteuid() != 0:
            self.write("in/closed/a.pdf")
            os.chmod(self.path("in/closed"), 0)
            self.addCleanup(os.chmod, self.path("in/closed"), 0o700)
            missing["closed"] = 6
        ran = self.batch("in", "-o", "out", code=1)
        self.assertIn("in/dangling.pdf: No such file", ran.err)
        self.assertEqual({path: state for path, state, _ in self.rows() if state != 2}, missing)
        self.assertIn("see out/.quire/run.html", ran.err)
        self.quire("merge", "--verify", "out", "in")

    def test_any_name(self):
        for name in ("new\nline.pdf", "-dash.pdf", "blank s.pdf", "quote'\".pdf", "star*[x].pdf",
                     os.fsdecode(b"latin-\xe4.pdf"), "\u6587\u4ef6.pdf", "x" * 250 + ".pdf"):
            self.write("in/" + name, pages(1, f"{len(name)} {{}}"))
        self.batch("in", "-o", "out", "-t", "json", "--events", "events")
        self.assertEqual(len(tree(self.path("out"))), 8)
        for line in self.read_bytes("events").decode("utf-8").splitlines():
            json.loads(line)
        self.assertIn("8 skipped", self.batch("in", "-o", "out", "-t", "json", "--resume").err)
        self.quire("merge", "--verify", "out", "in")

    def test_encrypted(self):
        self.write("list.txt", (ENCRYPTED + "\n").encode())
        ran = self.batch("list.txt", "-o", "out", code=1)
        self.assertIn("password", ran.err)

    def test_too_large(self):
        self.archive(1)
        with open(self.path("in/large.pdf"), "wb") as file:
            file.truncate(1 << 40)
        ran = self.batch("in", "-o", "out", code=1)
        self.assertIn("in/large.pdf: larger than", ran.err)
        self.assertIn("1 done, 1 failed", ran.err)

    def test_usage(self):
        self.archive(1)
        self.refuses("batch", "in", "-o", "out", "--figures", "img", code=2, message="embed")
        self.refuses("batch", "in", code=2, message="-o DIR")
        self.refuses("batch", "-o", "out", code=2, message="no input")
        self.refuses("batch", "nowhere", "-o", "out", code=5, message="nowhere")
        self.refuses("batch", "in", "-o", "out2", "--shard", "3/3", code=2, message="0/16")
        self.refuses("batch", "in", "-o", "out3", "--shard", "auto", code=2, message="scheduler")

    def test_options_are_tried_before_documents(self):
        self.archive(2)
        for wrong, code, message in (
                (("-p", "x-y"), 2, "page range"),
                (("--chunk-tokens", "3"), 2, "at least 16"),
                (("--tokenizer", "letters"), 2, "letters"),
                (("--tokenizer", "bpe:nowhere"), 5, "nowhere"),
                (("-l", "xyz"), 3, "tesseract-ocr-xyz")):
            with self.subTest(wrong):
                self.refuses("batch", "in", "-o", "out", *wrong, code=code, message=message)
                self.assertFalse(os.path.exists(self.path("out/.quire/run.db")))

    def test_messages_name_the_file_once(self):
        self.write("in/broken.pdf", b"%PDF-1.4 nothing")
        ran = self.batch("in", "-o", "out", code=1)
        self.assertTrue(ran.err.startswith("quire: in/broken.pdf: "), ran.err)
        self.assertEqual(ran.err.count("broken.pdf"), 1)
        self.assertIn("1 document: 0 done, 1 failed; 0 pages", ran.err)

    # ---- going on ----

    def test_resume_does_what_is_left(self):
        self.batch(self.archive(6), "-o", "out")
        before = tree(self.path("out"))
        self.refuses("batch", "in", "-o", "out", code=2, message="--resume")
        self.write("in/new.pdf", pages(1, "New {}"))
        self.write("in/0/0.pdf", pages(1, "Changed {}"))
        os.remove(self.path("out/1/1.pdf.md"))
        ran = self.batch("in", "-o", "out", "--resume")
        self.assertIn("3 done, 4 skipped", ran.err)
        after = tree(self.path("out"))
        self.assertEqual(after["1/1.pdf.md"], before["1/1.pdf.md"])
        self.assertNotEqual(after["0/0.pdf.md"], before["0/0.pdf.md"])
        ran = self.batch("in", "-o", "out", "--resume", "--headers-footers", "keep")
        self.assertIn("7 done", ran.err)

    def test_other_options_are_other_outputs(self):
        """Each that changes what is written; and a file that one of them names."""
        self.archive(1)
        self.write("merges.txt", b"a b\n")
        self.batch("in", "-o", "out", "-t", "chunks")
        for more in (("--chunk-tokens", "64"), ("--chunk-overlap", "8"), ("--tokenizer", "words"),
                     ("--links", "drop"), ("--emphasis", "drop"), ("--verify-text",),
                     ("--tokenizer", "bpe:merges.txt")):
            with self.subTest(more):
                command = ("in", "-o", "out", "-t", "chunks", "--resume", *more)
                self.assertIn("1 done;", self.batch(*command).err)
                self.assertIn("1 skipped", self.batch(*command).err)
        self.write("merges.txt", b"a b\nb c\n")
        self.assertIn("1 done;", self.batch(*command).err)

    def test_chunks_by_a_file(self):
        self.write("in/a.pdf", pages(1, "the they them {}"))
        self.write("merges.txt", b"t h\nth e\n")
        options = ("-t", "chunks", "--tokenizer", "bpe:merges.txt")
        self.batch("in", "-o", "out", *options)
        for sandbox in ("on", "off"):
            one = self.quire("--sandbox", sandbox, *options, "in/a.pdf")
            self.assertEqual(one.bytes, self.read_bytes("out/a.pdf.chunks.jsonl"))

    def test_touched_but_not_changed(self):
        self.batch(self.archive(2), "-o", "out")
        os.utime(self.path("in/0/0.pdf"), (1, 1))
        self.assertIn("2 skipped", self.batch("in", "-o", "out", "--resume").err)

    def test_outputs_that_are_there(self):
        self.archive(2)
        self.write("out/0/0.pdf.md", b"mine")
        ran = self.batch("in", "-o", "out", code=1)
        self.assertIn("--on-exists replace", ran.err)
        self.assertEqual(self.read("out/0/0.pdf.md"), "mine")
        ran = self.batch("in", "-o", "out", "--on-exists", "skip")
        self.assertEqual(self.read("out/0/0.pdf.md"), "mine")
        self.quire("merge", "--verify", "out", "in")
        self.batch("in", "-o", "out", "--on-exists", "replace")
        self.assertIn("Number 0", self.read("out/0/0.pdf.md"))

    def test_same_content_is_converted_once(self):
        data = pages(1, "The same {}")
        for number in range(20):
            self.write(f"in/{number}/same.pdf", data)
        self.batch("in", "-o", "out", "-t", "json", "--events", "events", "-j", "2")
        events = [json.loads(line) for line in self.read("events").splitlines()]
        worked = [e for e in events if e["event"] == "document" and e["cpu_ms"] + e["wall_ms"] > 0]
        self.assertLessEqual(len(worked), 1)
        self.assertEqual(len(set(tree(self.path("out")).values())), 1)
        self.assertEqual(len(tree(self.path("out"))), 20)

    # ---- parts ----

    def test_any_parts_and_jobs_make_the_same_tree(self):
        self.archive(24)
        self.write("in/bad.pdf", b"%PDF-")
        self.batch("in", "-o", "whole", "-j", "1", "-t", "json", code=1)
        expected = tree(self.path("whole"))
        self.assertEqual(len(expected), 24)
        for jobs in ("2", "8"):
            self.batch("in", "-o", "jobs" + jobs, "-j", jobs, "-t", "json", code=1)
            self.assertEqual(tree(self.path("jobs" + jobs)), expected)
        for parts in (3, 16):
            out = f"parts{parts}"
            for part in range(parts):
                self.batch("in", "-o", out, "--shard", f"{part}/{parts}", "-t", "json", code=None)
            self.assertEqual(tree(self.path(out)), expected)
            merged = self.quire("merge", "--verify", out, "in")
            self.assertIn(f"25 documents of {parts} parts: 24 done, 1 failed", merged.err)

    def test_schedulers(self):
        self.archive(4)
        done = 0
        for index in (5, 6, 7):
            env = dict(os.environ, SLURM_ARRAY_TASK_ID=str(index), SLURM_ARRAY_TASK_COUNT="3",
                       SLURM_ARRAY_TASK_MIN="5", SLURM_ARRAY_TASK_MAX="7")
            self.batch("in", "-o", "out", "--shard", "auto", env=env)
            done = len(tree(self.path("out")))
        self.assertEqual(done, 4)
        env = dict(os.environ, SLURM_ARRAY_TASK_ID="7", SLURM_ARRAY_TASK_COUNT="3",
                   SLURM_ARRAY_TASK_MIN="3", SLURM_ARRAY_TASK_MAX="9")
        self.batch("in", "-o", "out2", "--shard", "auto", env=env, code=2)

    def test_merge_finds_what_is_wrong(self):
        self.batch(self.archive(6), "-o", "out")
        self.quire("merge", "--verify", "out", "in")
        path = self.path("out/0/0.pdf.md")
        data = self.read_bytes("out/0/0.pdf.md")
        with open(path, "wb") as file:
            file.write(data[:-1] + b"X")
        self.quire("merge", "out", "in")  # of the same size: only --verify reads it
        self.assertIn("1 damaged", self.quire("merge", "--verify", "out", "in", code=1).err)
        os.remove(path)
        self.assertIn("1 damaged", self.quire("merge", "out", "in", code=1).err)
        self.write("out/0/foreign", b"x")
        self.write("in/late.pdf")
        ran = self.quire("merge", "out", "in", code=1)
        self.assertIn("1 foreign; 1 inputs missing", ran.err)
        self.assertEqual(self.read("out/.quire/missing.txt"), "in/late.pdf\n")

    # ---- operation ----

    def test_events_and_report(self):
        self.archive(3)
        self.write("in/<b>.pdf", b"%PDF-1.4 nothing")
        self.batch("in", "-o", "out", "--events", "events", code=1)
        events = [json.loads(line) for line in self.read("events").splitlines()]
        self.assertEqual(events[0]["event"], "run_start")
        self.assertEqual(events[-1]["event"], "run_end")
        self.assertEqual(events[-1]["done"], 3)
        self.assertEqual([e["number"] for e in events], list(range(len(events))))
        self.assertIn("seccomp", events[-1]["sandbox"])
        report = self.read("out/.quire/run.html")
        self.assertIn("&lt;b&gt;.pdf", report)
        self.assertNotIn("<b>.pdf", report)
        self.assertNotIn("http", report.replace("http-equiv", ""))

    def test_two_runs_of_one_output(self):
        self.archive(2)
        os.makedirs(self.path("out/.quire"))
        base = sqlite3.connect(self.path("out/.quire/run.db"))
        base.execute("PRAGMA locking_mode=EXCLUSIVE")
        base.execute("CREATE TABLE x(y)")
        base.commit()
        self.refuses("batch", "in", "-o", "out", code=75, message="another run")
        base.close()

    def test_signals_drain(self):
        for number in range(300):
            self.write(f"in/{number}.pdf", pages(20, f"Number {number}, page {{}}"))
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            limit = time.monotonic() + 20
            before = len(tree(self.path("out")))
            run = subprocess.Popen([BINARY, "batch", "in", "-o", "out", "-j", "2", "--resume"],
                                   cwd=self.folder, stderr=subprocess.PIPE)
            while len(tree(self.path("out"))) == before and time.monotonic() < limit:
                time.sleep(0.05)
            run.send_signal(number)
            _, err = run.communicate(timeout=30)
            self.assertEqual(run.returncode, code, err)
            self.assertIn(b"--resume goes on", err)
            self.assertEqual(os.listdir(self.path("out/.quire")).count("tmp-run"), 0)
        self.batch("in", "-o", "out", "--resume")
        self.quire("merge", "--verify", "out", "in")
        self.assertEqual(len(tree(self.path("out"))), 300)


if __name__ == "__main__":
    main()
