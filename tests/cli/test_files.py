#!/usr/bin/env python3
"""Several files and several formats in one run: names, collisions, and whose fault is whose."""
import os
import pathlib

from cli import SAMPLE, Case, main, pages

FIGURES = pathlib.Path(__file__).parents[2] / "corpus" / "documents" / "image-figures.pdf"


class Folder(Case):
    def test_several_files(self):
        self.write("a.pdf"), self.write("b.pdf")
        self.quire("-o", "out", "a.pdf", "b.pdf")
        self.assertEqual(self.files("out"), ["a.md", "b.md"])

    def test_several_formats(self):
        self.write("a.pdf")
        self.quire("-t", "markdown,json", "-t", "ndjson", "-t", "json", "-o", "out/deep", "a.pdf")
        self.assertEqual(self.files("out/deep"), ["a.json", "a.md", "a.ndjson"])
        for name, ending in (("markdown", "md"), ("json", "json"), ("ndjson", "ndjson")):
            self.same_text(self.quire("-t", name, "a.pdf").out, self.read("out/deep/a." + ending),
                           name)

    def test_one_file_in_a_folder(self):
        self.write("a.pdf")
        os.mkdir(self.path("there"))
        self.quire("-o", "there", "a.pdf")
        self.quire("-o", "new/", "-t", "json", "a.pdf")
        self.assertEqual((self.files("there"), self.files("new")), (["a.md"], ["a.json"]))

    def test_figures_in_a_folder(self):
        self.write("a.pdf", FIGURES.read_bytes())
        self.quire("--figures", "img", "-o", "out/", "a.pdf")
        names = self.files("img")
        self.assertEqual([name.split(".")[-1] for name in names], ["png", "png"])
        for name in names:
            self.assertIn(f"](../img/{name})", self.read("out/a.md"))
        self.assertIn(f"](img/{names[0]})", self.quire("--figures", "img", "a.pdf").out)
        self.assertNotIn("![", self.quire("a.pdf").out)

    def test_a_folder_is_needed(self):
        self.write("a.pdf"), self.write("b.pdf"), self.write("file.md", b"old")
        for arguments in ((), ("-o", "-")):
            self.refuses("a.pdf", "b.pdf", *arguments, code=2, message="-o DIR")
            self.refuses("-t", "json,markdown", "a.pdf", *arguments, code=2, message="-o DIR")
        self.refuses("-o", "file.md", "a.pdf", "b.pdf", code=2, message="is not a folder")
        self.assertEqual(self.read("file.md"), "old")

    def test_equal_names_do_not_collide(self):
        for place in ("x", "y", "z"):
            self.write(place + "/a.pdf", pages(1, f"From {place}."))
        self.write("w/a.bin", pages(1, "From w."))
        self.quire("-o", "out", "x/a.pdf", "y/a.pdf", "w/a.bin", "z/a.pdf")
        self.assertEqual(self.files("out"), ["a-2.md", "a-3.md", "a.bin.md", "a.md"])
        self.assertEqual([self.read("out/" + name).strip() for name in self.files("out")],
                         ["From y.", "From z.", "From w.", "From x."])

    def test_the_same_file_twice(self):
        self.write("a.pdf")
        self.quire("-o", "out", "a.pdf", "a.pdf")
        self.assertEqual(self.files("out"), ["a-2.md", "a.md"])

    def test_an_input_in_the_folder_is_spared(self):
        self.write("a.md", pages(1, "A PDF by another name."))
        before = self.read_bytes("a.md")
        self.quire("-o", ".", "a.md")
        self.assertEqual(self.read_bytes("a.md"), before)
        self.assertEqual(self.files(), ["a-2.md", "a.md"])

    def test_standard_input_among_files(self):
        self.write("a.pdf")
        with open(SAMPLE, "rb") as file:
            self.quire("-o", "out", "a.pdf", "-", stdin=file)
        self.assertEqual(self.files("out"), ["a.md", "stdin.md"])
        self.refuses("-o", "out", "-", "-", code=2, message="only once")

    def test_stage_dumps(self):
        self.write("a.pdf"), self.write("b.pdf")
        self.quire("--stop-after", "words", "-o", "out", "a.pdf", "b.pdf")
        self.assertEqual(self.files("out"), ["a.words.txt", "b.words.txt"])

    def test_names_that_look_like_options(self):
        self.write("-a.pdf"), self.write("inspect")
        self.assertTrue(self.quire("--", "-a.pdf").out)
        self.assertTrue(self.quire("convert", "inspect").out)
        self.assertTrue(self.quire("./inspect").out)

    def test_folder_that_cannot_be(self):
        self.write("a.pdf"), self.write("b.pdf")
        self.refuses("-o", "a.pdf/out", "a.pdf", "b.pdf", code=5, message="Not a directory")


class OneOfSeveral(Case):
    def test_a_bad_file_costs_only_itself(self):
        self.write("a.pdf"), self.write("bad.pdf", b"%PDF-1.4\nnothing"), self.write("c.pdf")
        ran = self.quire("-o", "out", "a.pdf", "bad.pdf", "none.pdf", "c.pdf", code=1)
        self.assertEqual(self.files("out"), ["a.md", "c.md"])
        lines = ran.err.splitlines()
        self.assertEqual(len(lines), 2, ran.err)
        self.assertTrue(lines[0].startswith("quire: bad.pdf: "), ran.err)
        self.assertEqual(lines[1], "quire: none.pdf: No such file or directory")

    def test_partial_ones(self):
        self.write("one.pdf"), self.write("five.pdf", pages(5))
        run = ("--max-pages", "2", "-o", "out", "one.pdf", "five.pdf")
        self.quire(*run, code=4)
        self.assertEqual(self.files("out"), ["five.md", "one.md"])
        self.quire("--allow-partial", *run, code=0)
        os.remove(self.path("out/five.md"))
        self.quire("--strict", *run, code=1)
        self.assertEqual(self.files("out"), ["one.md"])

    def test_a_mistake_in_options_is_told_once(self):
        self.write("a.pdf"), self.write("b.pdf")
        self.refuses("-p", "2-1", "-o", "out", "a.pdf", "b.pdf", code=2, message="runs backwards")

    def test_pages_that_one_of_them_lacks(self):
        self.write("one.pdf"), self.write("five.pdf", pages(5))
        self.quire("-p", "3-", "-o", "out", "one.pdf", "five.pdf", code=1)
        self.assertEqual(self.files("out"), ["five.md"])


if __name__ == "__main__":
    main()
