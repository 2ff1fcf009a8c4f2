#!/usr/bin/env python3
"""Options of Markdown: what stands between pages, before them, and in place of pictures."""
import os
import re

from cli import SAMPLE, SOURCE, Case, main, minipdf, pages

try:
    import yaml
except ImportError:
    yaml = None

FIGURES = os.path.join(SOURCE, "corpus", "documents", "image-figures.pdf")


def sparse(*texts):
    """A page for each text; one without text is empty."""
    pdf = minipdf.Pdf()
    for text in texts:
        pdf.page(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "")
    return pdf


class PageSeparator(Case):
    def test_each_page_is_a_part(self):
        self.write("sparse.pdf", sparse("", "One.", "", "Two.", "").bytes())
        for format in ("markdown", "text"):
            text = self.quire("-t", format, "--page-separator", "=== cut", "sparse.pdf").out
            self.assertEqual([part.strip() for part in text.split("=== cut")],
                             ["", "One.", "", "Two.", ""])

    def test_numbers_stand_before_the_first_page_too(self):
        self.write("sparse.pdf", sparse("One.", "", "Two.").bytes())
        self.assertEqual(self.quire("--page-separator", "<!-- %p of %p -->", "sparse.pdf").out,
                         "<!-- 1 of 1 -->\n\nOne.\n\n<!-- 2 of 2 -->\n\n<!-- 3 of 3 -->\n\nTwo.\n")
        self.assertEqual(self.quire("-p", "3", "--page-separator", "%p", "sparse.pdf").out,
                         "3\n\nTwo.\n")

    def test_nothing_by_default(self):
        self.write("two.pdf", sparse("One.", "Two.").bytes())
        self.assertEqual(self.quire("two.pdf").out,
                         "One.\n\nTwo.\n")

    def test_streamed_or_held_is_the_same(self):
        held = self.path("held/")
        options = ("--page-separator", "-- %p", SAMPLE)
        self.quire("-t", "markdown,json", "-o", held, *options)
        self.assertEqual(self.read_bytes("held/sample.md"), self.quire(*options).bytes)


class FrontMatter(Case):
    def test_any_text_comes_back(self):
        if not yaml:
            self.skipTest("no yaml")
        title = 'A: "b" \\ #c\u2028\u00e9\x85 - d\n--- e'
        pdf = sparse("One.")
        info = pdf.add(f"<</Title <FEFF{title.encode('utf-16-be').hex()}>/Yes(1)>>")
        pdf.trailer_extra = f"/Info {info} 0 R"
        self.write("odd.pdf", pdf.bytes())
        found = self.quire("-t", "json", "odd.pdf").json["metadata"]
        text = self.quire("--front-matter", "odd.pdf").out
        front = re.match(r"---\n(.*?\n)---\n\nOne\.\n\Z", text, re.S)
        self.assertEqual(yaml.safe_load(front[1]), {**found, "source": "odd.pdf", "pages": 1})
        self.assertIn('"b"', found["title"])

    def test_before_the_first_separator(self):
        self.write("two.pdf", pages(1))
        self.assertEqual(self.quire("--front-matter", "--page-separator", "%p", "two.pdf").out,
                         '---\nsource: "two.pdf"\npages: 1\n---\n\n1\n\nPage 1 says something.\n')


class Headings(Case):
    def levels(self, *options):
        return [len(found) for found in re.findall("^#+", self.quire(*options, SAMPLE).out, re.M)]

    def test_lower(self):
        plain = self.levels()
        self.assertEqual(self.levels("--heading-offset", "2"), [level + 2 for level in plain])
        self.assertEqual(self.levels("--heading-offset", "5"), [6] * len(plain))

    def test_too_low(self):
        run = self.quire("--heading-offset", "6", SAMPLE, code=2)
        self.assertIn("by 5 levels, not 6", run.err)


class Placeholders(Case):
    def test_a_comment_for_each_figure(self):
        figures = [e for e in self.quire("-t", "json", FIGURES).json["elements"]
                   if e["type"] == "figure" and not e.get("decorative")]
        text = self.quire("--figures", "placeholder", FIGURES).out
        self.assertEqual(text.count("<!-- figure -->"), len(figures))
        self.assertNotIn("<!-- figure -->", self.quire(FIGURES).out)
        self.assertNotIn("<!-- figure -->", self.quire("--figures", "embed", FIGURES).out)
        self.assertGreater(len(figures), 0)


if __name__ == "__main__":
    main()
