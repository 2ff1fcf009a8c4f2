#!/usr/bin/env python3
"""quire inspect: the table, the objects and the answers."""
from cli import ENCRYPTED, SAMPLE, Case, main, minipdf, pages

IMAGE = ("/XObject<</I 100 0 R>>", {100: minipdf.stream(
    bytes(64), "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8"
    "/ColorSpace/DeviceGray")})


def scan(text=""):
    resources, objects = IMAGE
    return minipdf.simple("q 612 0 0 792 0 0 cm /I Do Q " + text, resources, objects=objects)


class Inspect(Case):
    def look(self, name, data, **more):
        self.write(name, data)
        return self.quire("inspect", "--json", name, **more).json

    def test_text(self):
        found = self.look("a.pdf", pages(40))
        self.assertEqual(found["media_type"], "application/pdf")
        self.assertEqual((found["pages"], found["pages_sampled"], found["pages_text"]),
                         (40, 16, 16))
        self.assertEqual(self.quire("inspect", "--json", "--max-pages=3", "a.pdf")
                         .json["pages_sampled"], 3)
        self.assertEqual(self.quire("inspect", "--json", "-p", "1-2", "a.pdf")
                         .json["pages_sampled"], 2)

    def test_scanned(self):
        self.assertEqual(self.look("a.pdf", scan())["pages_scanned"], 1)
        invisible = "BT 3 Tr /F1 12 Tf 72 700 Td (%s) Tj ET" % ("hidden words " * 20)
        self.assertEqual(self.look("b.pdf", scan(invisible))["pages_scanned"], 1)
        visible = "BT /F1 12 Tf 72 700 Td (%s) Tj ET" % ("words on a picture " * 20)
        self.assertEqual(self.look("c.pdf", scan(visible))["pages_text"], 1)

    def test_empty(self):
        found = self.look("a.pdf", minipdf.simple(""))
        self.assertEqual((found["pages_empty"], found["needs_ocr"]), (1, False))

    def test_garbled(self):
        cmap = ("/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange <00><ff> "
                "endcodespacerange 1 beginbfrange <00><ff><e000> endbfrange endcmap")
        font = ("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 101 0 R>>")
        data = minipdf.simple("BT /G 12 Tf 72 700 Td (what is this) Tj ET",
                              "/Font<</G 100 0 R>>", objects={100: font, 101: minipdf.stream(cmap)})
        found = self.look("a.pdf", data)
        self.assertEqual((found["pages_garbled"], found["needs_ocr"]), (1, True))

    def test_encrypted(self):
        self.assertTrue(self.quire("inspect", "--json", ENCRYPTED, code=8).json["encrypted"])
        self.quire("inspect", "--is-encrypted", ENCRYPTED)
        self.quire("inspect", "--is-encrypted", SAMPLE, code=1)

    def test_predicates_are_silent(self):
        self.write("text.pdf"), self.write("scan.pdf", scan())
        answers = {"--has-text": (0, 1), "--needs-ocr": (1, 0), "--is-encrypted": (1, 1),
                   "--has-tables": (1, 1), "--has-form": (1, 1), "--is-tagged": (1, 1)}
        for predicate, codes in answers.items():
            for name, code in zip(("text.pdf", "scan.pdf"), codes):
                ran = self.quire("inspect", predicate, name, code=code)
                self.assertEqual((ran.out, ran.err), ("", ""))
        self.quire("inspect", "--has-text", "text.pdf", "scan.pdf", code=1)
        self.refuses("inspect", "--has-text", "none.pdf", code=5, message="No such file")
        self.refuses("inspect", "--has-text", "--has-form", "text.pdf", code=2,
                     message="one question")

    def test_tagged_and_tables(self):
        documents = SAMPLE.rsplit("/", 1)[0]
        self.quire("inspect", "--is-tagged", documents + "/tagged-report.pdf")
        self.quire("inspect", "--is-tagged", documents + "/untagged-report.pdf", code=1)
        self.quire("inspect", "--has-tables", documents + "/table-ruled-dense.pdf")
        # Three columns of prose stand below each other, row by row, and are none.
        self.quire("inspect", "--has-tables", documents + "/columns-three.pdf", code=1)

    def test_table_for_people(self):
        self.write("a.pdf"), self.write("bad.pdf", b"nothing")
        ran = self.quire("inspect", "a.pdf", "bad.pdf", code=1)
        title, row = ran.out.splitlines()
        self.assertEqual(title.split()[-1], "file")
        self.assertEqual(row.split(), ["1", "1", "1", "0", "0", "0", "0", "-", "-", "-", "a.pdf"])
        self.assertEqual(len(ran.err.splitlines()), 1)

    def test_standard_input(self):
        self.assertEqual(self.quire("inspect", "--json", "-", stdin=pages(2)).json["pages"], 2)


if __name__ == "__main__":
    main()
