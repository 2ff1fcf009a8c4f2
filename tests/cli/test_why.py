"""quire why and quire diff."""
import json
import unittest

import cli


class Why(cli.Case):
    def heading(self):
        document = self.quire("-t", "json", cli.SAMPLE).json
        return next(e for e in document["elements"] if e["type"] == "heading")

    def place(self, element):
        x0, y0, x1, y1 = element["bbox"]
        return f"{element['page']}:{(x0 + x1) / 2:.1f},{(y0 + y1) / 2:.1f}"

    def test_reasons(self):
        heading = self.heading()
        out = self.quire("why", cli.SAMPLE, "--at", self.place(heading)).out
        self.assertTrue(out.startswith(f'heading {heading["level"]} "{heading["text"]}"'), out)
        self.assertIn(heading["id"], out)
        self.assertIn("\n  - ", out)

    def test_json(self):
        heading = self.heading()
        found = self.quire("why", "--json", cli.SAMPLE, "--at", self.place(heading)).lines
        self.assertEqual([thing["id"] for thing in found], [heading["id"]])
        self.assertTrue(found[0]["why"])

    def test_nothing_there(self):
        self.assertEqual(self.quire("why", cli.SAMPLE, "--at", "1:1,1", code=1).out,
                         "nothing was found there\n")

    def test_mistakes(self):
        for place in ("1", "1:2", "x:1,2", "1:2,3,4", "0:1,2"):
            self.refuses("why", cli.SAMPLE, "--at", place, code=2, message="PAGE:X,Y")
        self.refuses("why", cli.SAMPLE, code=2, message="PAGE:X,Y")
        self.refuses("why", "--at", "1:1,1", code=2, message="name one document")
        self.refuses("why", "no.pdf", "--at", "1:1,1", code=5, message="no.pdf")


class Diff(cli.Case):
    def setUp(self):
        super().setUp()
        self.document = self.quire("-t", "json", cli.SAMPLE).json
        self.save("a.json", self.document)

    def save(self, name, document):
        self.write(name, json.dumps(document).encode())

    def changed(self, change):
        """What diff says when `change` was made to the elements."""
        document = json.loads(json.dumps(self.document))
        elements = document["elements"]
        change(elements)
        leaves = [e["text"] for e in elements if e["type"] != "list"]
        document["content"] = "\n\n".join(leaves)
        self.save("b.json", document)
        return self.quire("diff", "a.json", "b.json", code=None)

    def paragraph(self, elements):
        return next(e for e in elements if e["text"].startswith("Each station"))

    def test_the_same(self):
        ran = self.quire("diff", "a.json", "a.json")
        self.assertEqual(ran.out, "0 lost, 0 changed, 0 moved, 0 levels, 0 types, 0 added\n")

    def test_lost(self):
        ran = self.changed(lambda elements: elements.remove(self.paragraph(elements)))
        self.assertEqual(ran.code, 1)
        self.assertIn('lost     page 1, paragraph "Each station', ran.out)
        self.assertIn("1 lost,", ran.out)

    def test_lost_words(self):
        def change(elements):
            self.paragraph(elements).update(text="Each station is small.", id="e" + "0" * 16)
        ran = self.changed(change)
        self.assertEqual(ran.code, 1)
        self.assertIn("of its words, now", ran.out)

    def test_level(self):
        def change(elements):
            next(e for e in elements if e["type"] == "heading")["level"] = 3
        ran = self.changed(change)
        self.assertEqual(ran.code, 0)
        self.assertIn(": 1 to 3\n", ran.out)

    def test_moved(self):
        def change(elements):
            self.paragraph(elements).update(page=2, id="e" + "1" * 16)
        ran = self.changed(change)
        self.assertEqual(ran.code, 0)
        self.assertIn(": to page 2\n", ran.out)
        self.assertIn("1 moved", ran.out)

    def test_joined(self):
        def change(elements):
            gone = self.paragraph(elements)
            elements.remove(gone)
            first = next(e for e in elements if e["text"].startswith("Since last spring"))
            first.update(text=first["text"] + " " + gone["text"], id="e" + "2" * 16)
        ran = self.changed(change)
        self.assertEqual(ran.code, 0)
        self.assertIn("its text stands in others", ran.out)

    def test_mistakes(self):
        self.write("c.json", b"{")
        self.write("d.json", b"{}")
        self.refuses("diff", "a.json", code=2, message="name two documents")
        self.refuses("diff", "a.json", "no.json", code=5, message="no.json")
        self.refuses("diff", "a.json", "c.json", code=6, message="c.json")
        self.refuses("diff", "a.json", "d.json", code=6, message="not a document")


if __name__ == "__main__":
    cli.main()
