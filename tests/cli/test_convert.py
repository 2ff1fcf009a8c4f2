#!/usr/bin/env python3
"""quire convert with one document: where it goes, and what each option changes."""
import csv
import io
import json
import os
import re
import subprocess
import unittest

from cli import BINARY, ENCRYPTED, SAMPLE, SECONDS, Case, main, pages


class StandardOutput(Case):
    def test_bare_form_prints_markdown(self):
        bare = self.quire(SAMPLE)
        self.assertTrue(bare.out.startswith("# "), bare.out[:80])
        self.assertEqual(bare.err, "")
        self.assertEqual(self.quire("convert", SAMPLE).out, bare.out)
        self.assertEqual(self.quire("-t", "markdown", "-o", "-", SAMPLE).out, bare.out)

    def test_standard_input(self):
        with open(SAMPLE, "rb") as file:
            data = file.read()
        found = self.quire("-t", "json", "-", stdin=data).json
        self.assertEqual(found["input"]["name"], "stdin")
        with open(SAMPLE, "rb") as file:  # a file, not a pipe
            self.assertEqual(self.quire("-", stdin=file).out, self.quire(SAMPLE).out)

    def test_text_alone_on_its_pages_is_no_running_head(self):
        """Labels: each page holds one line, the same but for its number."""
        for count in (2, 5):
            self.write("labels.pdf", pages(count))
            lines = [f"Page {page} says something." for page in range(1, count + 1)]
            self.assertEqual(self.quire("labels.pdf").out, "\n\n".join(lines) + "\n")

    def test_json_is_one_document(self):
        found = self.quire("-t", "json", SAMPLE).json
        self.assertEqual(found["status"], "ok")
        self.assertEqual(found["input"]["name"], "sample.pdf")
        self.assertEqual(found["audit"]["text"]["lost"], 0)

    def test_csv_holds_the_tables(self):
        """Read back with a reader that is not ours."""
        tables = [e for e in self.quire("-t", "json", SAMPLE).json["elements"]
                  if e["type"] == "table"]
        text = self.quire("-t", "csv", SAMPLE).bytes.decode()
        read = [list(csv.reader(io.StringIO(part, newline="")))
                for part in text.split("\r\n\r\n")]
        self.assertEqual(len(read), len(tables))
        for rows, table in zip(read, tables):
            self.assertEqual({len(row) for row in rows}, {table["cols"]})
            for cell in table["cells"]:
                self.assertEqual(rows[cell["row"]][cell["col"]], cell["text"])

    def test_csv_in_a_folder_is_a_file_for_each_table(self):
        parts = self.quire("-t", "csv", SAMPLE).bytes.split(b"\r\n\r\n")
        self.quire("-t", "csv", "-t", "text", "-o", self.path("out/"), SAMPLE)
        names = [f"sample-{number}.csv" for number in range(1, len(parts) + 1)]
        self.assertEqual(self.files("out"), [*names, "sample.txt"])
        for name, part in zip(names, parts):
            self.assertEqual(self.read_bytes(f"out/{name}").strip(b"\r\n"), part.strip(b"\r\n"))
        self.quire("-t", "csv", "-o", self.path("none/"), os.path.join(os.path.dirname(SAMPLE), "letter.pdf"))
        self.assertEqual(self.files("none"), [])

    def test_tables_are_looked_for_as_asked(self):
        def tables(which):
            found = self.quire("-t", "json", "--tables", which, SAMPLE).json
            return [e["method"] for e in found["elements"] if e["type"] == "table"]
        self.assertNotEqual(tables("auto"), [])
        self.assertEqual(tables("off"), [])
        self.assertNotIn("aligned", tables("ruled"))
        self.assertNotIn("ruled", tables("aligned"))

    def test_same_bytes_twice(self):
        for name in ("json", "ndjson", "markdown"):
            self.assertEqual(self.quire("-t", name, SAMPLE).bytes,
                             self.quire("-t", name, SAMPLE).bytes)

    def test_reader_that_goes_away_is_no_error(self):
        self.write("many.pdf", pages(400))
        run = subprocess.Popen([BINARY, "-t", "ndjson", "--words", "many.pdf"], cwd=self.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        run.stdout.readline()
        run.stdout.close()
        self.assertEqual(run.stderr.read(), b"")
        run.stderr.close()
        self.assertIn(run.wait(SECONDS), (141, -13))

    def test_closed_standard_output(self):
        run = subprocess.run([BINARY, SAMPLE], stderr=subprocess.PIPE, timeout=SECONDS,
                             preexec_fn=lambda: os.close(1))
        self.assertEqual(run.returncode, 5)
        self.assertIn(b"cannot write standard output", run.stderr)

    def test_full_disk(self):
        for arguments in ((SAMPLE,), ("schema",), ("--help",), ("help", "--man"), ("formats",)):
            with open("/dev/full", "wb") as full:
                ran = self.quire(*arguments, code=5, stdout=full)
            self.assertIn("standard output: No space left on device", ran.err)
        self.refuses("-o", "/dev/full", SAMPLE, code=5, message="No space left on device")


class OutputFile(Case):
    def test_format_comes_from_the_name(self):
        self.quire("-o", "a.json", SAMPLE)
        self.assertTrue(self.read("a.json").startswith("{"))
        self.quire("-o", "a.md", SAMPLE)
        self.same_text(self.quire(SAMPLE).out, self.read("a.md"), "a.md")
        self.quire("-o", "noextension", SAMPLE)
        self.same_text(self.read("a.md"), self.read("noextension"), "noextension")
        self.refuses("-o", "a.docx", SAMPLE, code=2, message="name one with -t")
        self.assertEqual(self.files(), ["a.json", "a.md", "noextension"])

    def test_format_asked_for_wins(self):
        self.quire("-t", "markdown", "-o", "a.json", SAMPLE)
        self.assertTrue(self.read("a.json").startswith("# "))

    def test_options_may_follow_files(self):
        self.quire(SAMPLE, "-oa.md")
        self.quire(SAMPLE, "--output=b.md", "--to=markdown")
        self.same_text(self.read("a.md"), self.read("b.md"), "b.md")

    def test_failure_leaves_nothing_behind(self):
        self.write("bad.pdf", b"%PDF-1.4\nnothing")
        self.quire("-o", "a.md", "bad.pdf", code=6)
        self.assertEqual(self.files(), ["bad.pdf"])

    def test_failure_keeps_the_old_file(self):
        self.write("bad.pdf", b"%PDF-1.4\nnothing")
        self.write("a.md", b"old")
        self.quire("-o", "a.md", "bad.pdf", code=6)
        self.assertEqual(self.read("a.md"), "old")
        self.assertEqual(self.files(), ["a.md", "bad.pdf"])

    def test_input_is_never_written_over(self):
        self.write("a.pdf")
        before = self.read_bytes("a.pdf")
        os.symlink("a.pdf", self.path("b.md"))
        self.refuses("-t", "markdown", "-o", "a.pdf", "a.pdf", code=2, message="overwritten")
        self.refuses("-t", "markdown", "-o", "./a.pdf", "a.pdf", code=2, message="overwritten")
        self.refuses("-o", "b.md", "a.pdf", code=2, message="overwritten")
        self.assertEqual(self.read_bytes("a.pdf"), before)

    def test_symbolic_link_stays(self):
        self.write("real.md", b"old")
        os.symlink("real.md", self.path("link.md"))
        self.quire("-o", "link.md", SAMPLE)
        self.assertTrue(os.path.islink(self.path("link.md")))
        self.assertTrue(self.read("real.md").startswith("# "))

    def test_permissions_are_the_usual(self):
        self.quire("-o", "a.md", SAMPLE, umask=0o027)
        self.assertEqual(os.stat(self.path("a.md")).st_mode & 0o777, 0o640)

    def test_missing_folder(self):
        self.refuses("-o", "no/a.md", SAMPLE, code=5, message="no: No such file")

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_folder_that_may_not_be_written(self):
        os.mkdir(self.path("locked"), 0o555)
        self.refuses("-o", "locked/a.md", SAMPLE, code=5, message="Permission denied")

    def test_device(self):
        self.quire("-o", "/dev/null", SAMPLE)
        self.assertEqual(self.quire("-t", "markdown", "-o", "/dev/stdout", SAMPLE).out,
                         self.quire(SAMPLE).out)


class Options(Case):
    def text(self, *arguments, **more):
        return self.quire("-t", "json", *arguments, **more).json

    def test_pages(self):
        self.write("five.pdf", pages(5))
        for wanted, found in (("2", [2]), ("4-", [4, 5]), ("-2", [1, 2]), ("5,1-2,2", [1, 2, 5])):
            document = self.text("-p", wanted, "five.pdf")
            self.assertEqual([page["page"] for page in document["pages"]], found)
        self.assertEqual(self.quire("--pages=3", "five.pdf").out.strip(), "Page 3 says something.")
        self.refuses("-p", "3-1", "five.pdf", code=2, message="'3-1' runs backwards")
        self.refuses("-p", "0", "five.pdf", code=2, message="count from 1")
        self.refuses("-p", "9", "five.pdf", code=2, message="no page of 5")

    def test_password(self):
        right = self.password()
        self.refuses(ENCRYPTED, code=8, message="password")
        self.refuses("--password", "wrong", ENCRYPTED, code=8, message="password")
        self.assertTrue(self.quire("--password", right, ENCRYPTED).out)
        self.write("secret", right.encode() + b"\nsecond line\n")
        self.assertTrue(self.quire("--password-file", "secret", ENCRYPTED).out)
        self.refuses("--password-file", "none", ENCRYPTED, code=5, message="No such file")
        self.refuses("--password", "a", "--password-file", "secret", ENCRYPTED, code=2,
                     message="give one")

    def password(self):
        name = os.path.splitext(os.path.basename(ENCRYPTED))[0]
        with open(os.path.join(os.path.dirname(os.path.dirname(ENCRYPTED)), "truth",
                               name + ".json"), encoding="utf-8") as file:
            return json.load(file)["password"]

    def test_words_lines_explain(self):
        plain = self.text(SAMPLE)
        self.assertNotIn("words", plain["pages"][0])
        self.assertNotIn("lines", plain["elements"][0])
        self.assertNotIn("why", plain["elements"][0])
        full = self.text("--words", "--lines", "--explain", SAMPLE)
        self.assertTrue(full["pages"][0]["words"])
        self.assertTrue(full["elements"][0]["lines"])
        self.assertTrue(full["elements"][0]["why"])

    def test_options_hash_tells_outputs_apart(self):
        def hashed(*arguments):
            return self.text(*arguments, SAMPLE)["generator"]["options_hash"]
        self.assertEqual(hashed(), hashed("--timeout", "100"))
        self.assertNotEqual(hashed(), hashed("--words"))

    def test_stop_after(self):
        text = self.quire("help", "convert").out
        passes = re.search(r"\nPasses: (.*?)\n\n", text, re.S).group(1).split(",")
        self.assertTrue(passes)
        for name in passes:
            self.assertTrue(self.quire("--stop-after", name.strip(), SAMPLE).out, name)
        self.refuses("--stop-after", "nosuchpass", SAMPLE, code=2, message="there are ")

    def test_limits(self):
        self.write("five.pdf", pages(5))
        ran = self.quire("-t", "json", "--max-pages", "2", "five.pdf", code=4)
        self.assertEqual(len(ran.json["pages"]), 2)
        self.assertEqual(ran.json["status"], "partial")
        self.assertIn("only 2 of 5 pages", ran.err)
        self.refuses("--max-file-size", "100", "five.pdf", code=10, message="larger than 100 bytes")
        self.refuses("--max-file-size", "100", "-", stdin=pages(5), code=10,
                     message="quire: stdin: larger than 100 bytes; raise --max-file-size")
        self.quire("--max-file-size", "1M", "--timeout", "30", "--page-timeout", "10", "five.pdf")
        for option in ("--max-pages", "--timeout", "--page-timeout", "--max-file-size"):
            for value in ("0", "-1", "x", "", "1x", "nan"):
                self.refuses(f"{option}={value}", "five.pdf", code=2, message=option)

    def test_partial(self):
        self.write("five.pdf", pages(5))
        partial = ("--max-pages", "2", "five.pdf")
        self.quire("-o", "a.md", *partial, code=4)
        self.assertIn("a.md", self.files())
        self.quire("-o", "b.md", "--allow-partial", *partial, code=0)
        self.assertIn("b.md", self.files())
        self.quire("-o", "c.md", "--strict", *partial, code=4)
        self.assertNotIn("c.md", self.files())
        self.refuses("--strict", "--allow-partial", "five.pdf", code=2, message="contradict")

    def test_furniture_and_hidden_text(self):
        for option in ("--headers-footers", "--hidden-text"):
            self.refuses(option, "maybe", SAMPLE, code=2, message="there are keep, drop, ")
            self.quire(option, "keep", SAMPLE)
            self.quire(option + "=drop", SAMPLE)

    def test_quiet_and_verbose(self):
        self.write("five.pdf", pages(5))
        partial = ("--max-pages", "2", "five.pdf")
        self.assertEqual(self.quire("-q", *partial, code=4).err, "")
        usual = self.quire(*partial, code=4).err
        self.assertEqual(len(usual.splitlines()), 1)
        self.assertGreater(len(self.quire("-v", *partial, code=4).err.splitlines()), 1)

    def test_log_format(self):
        self.write("five.pdf", pages(5))
        ran = self.quire("--log-format", "json", "-v", "--max-pages", "2", "five.pdf", code=4)
        lines = [json.loads(line) for line in ran.err.splitlines()]
        self.assertTrue(all(line["file"] == "five.pdf" for line in lines))
        self.assertEqual([line["code"] for line in lines], ["page_limit", "partial"])

    def test_progress(self):
        self.write("five.pdf", pages(5))
        plain = self.quire("--progress", "plain", "five.pdf").err
        self.assertEqual(plain, "five.pdf: page 5 of 5\n")
        line = json.loads(self.quire("--progress=json", "five.pdf").err)
        self.assertEqual((line["level"], line["page"]), ("progress", 5))
        self.assertEqual(self.quire("--progress", "none", "five.pdf").err, "")
        self.assertEqual(self.quire("--progress", "auto", "five.pdf").err, "")


if __name__ == "__main__":
    main()
