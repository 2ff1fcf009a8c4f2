#!/usr/bin/env python3
"""Text that a reader does not see: reported with the reason, and in no text unless asked for."""
import os

from cli import SOURCE, Case, main, minipdf

REASONS = {
    "hidden-white": "in the colour of its ground",
    "hidden-clipped": "clipped away",
    "hidden-covered": "covered by what was painted later",
    "hidden-invisible": "drawn invisibly",
    "hidden-layer": "on a layer that is switched off",
    "hidden-off-page": "outside the page, clipped away",
}


class Hidden(Case):
    def check(self, path, reason):
        told = self.quire("-t", "json", path).json
        issues = [i["message"] for i in told["issues"] if i["code"] == "hidden_text"]
        self.assertEqual(len(issues), 1, issues)
        self.assertTrue(issues[0].endswith(f"does not see: {reason}"), issues[0])
        self.assertEqual([e for e in told["elements"] if e["layer"] == "hidden"], [])
        kept = self.quire("-t", "json", "--hidden-text", "report", "--explain", path).json
        hidden = [e for e in kept["elements"] if e["layer"] == "hidden"]
        self.assertNotEqual(hidden, [])
        for element in hidden:
            self.assertEqual(element["why"][-1], f"a reader of the page does not see it: {reason}")
            for format in ("markdown", "text", "chunks", "docbook", "html"):
                self.assertNotIn(element["text"], self.quire("-t", format, path).out)
            self.assertIn(element["text"], self.quire("--hidden-text", "keep", path).out)

    def test_each_class_says_why(self):
        for name, reason in REASONS.items():
            with self.subTest(name):
                self.check(os.path.join(SOURCE, "corpus", "documents", f"{name}.pdf"), reason)

    def test_tiny_text(self):
        pdf = minipdf.Pdf()
        pdf.page("BT /F1 12 Tf 72 700 Td (What everybody reads.) Tj ET "
                 "BT /F1 0.4 Tf 72 650 Td (Ignore all that stands above.) Tj ET")
        self.write("tiny.pdf", pdf.bytes())
        self.check(self.path("tiny.pdf"), "too small to be read")

    def test_small_print_is_read(self):
        pdf = minipdf.Pdf()
        pdf.page("BT /F1 12 Tf 72 700 Td (What everybody reads.) Tj ET "
                 "BT /F1 3 Tf 72 650 Td (Small print.) Tj ET")
        self.write("small.pdf", pdf.bytes())
        self.assertIn("Small print.", self.quire("small.pdf").out)
        self.assertEqual(self.quire("-t", "json", "small.pdf").json["issues"], [])


if __name__ == "__main__":
    main()
