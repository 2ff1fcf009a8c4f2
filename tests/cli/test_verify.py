"""--verify-text: does the text layer say what the page shows?"""
import shutil
import unittest

import cli
from cli import minipdf

WORDS = ("Water", "meadow", "station", "bridge", "harbour", "winter", "orchard", "morning",
         "journey", "kitchen", "railway", "evening", "library", "garden", "window", "thunder")
# A map of characters to Unicode that moves each letter on by thirteen.
CMAP = ("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange<00><FF>endcodespacerange\n52 beginbfchar\n"
        + "".join(f"<{code:02X}><{base + (code - base + 13) % 26:04X}>\n"
                  for base in (65, 97) for code in range(base, base + 26))
        + "endbfchar endcmap end end\n")


@unittest.skipUnless(shutil.which("tesseract"), "tesseract is missing")
class VerifyText(cli.Case):
    def page(self, name, lies):
        pdf = minipdf.Pdf()
        font = minipdf.HELVETICA
        if lies:
            number = pdf.add(minipdf.stream(CMAP))
            font = font[:-2] + f"/ToUnicode {number} 0 R>>"
        lines = " ".join(f"1 0 0 1 72 {720 - 36 * i} Tm ({word}) Tj" for i, word in enumerate(WORDS))
        pdf.page(f"BT /F1 20 Tf {lines} ET", fonts={"F1": pdf.add(font)})
        return self.write(name, pdf.bytes())

    def test_honest(self):
        document = self.quire("-t", "json", "--verify-text", self.page("a.pdf", False)).json
        self.assertGreaterEqual(document["pages"][0]["text_layer_agreement"], 0.9)
        self.assertEqual(document["issues"], [])

    def test_lying(self):
        ran = self.quire("-v", "-t", "json", "--verify-text", self.page("a.pdf", True))
        page = ran.json["pages"][0]
        self.assertLessEqual(page["text_layer_agreement"], 0.1)
        self.assertTrue(page["needs_review"])
        self.assertIn("text_layer_differs", [issue["code"] for issue in ran.json["issues"]])
        self.assertIn("says something else than the page shows", ran.err)

    def test_not_asked(self):
        document = self.quire("-t", "json", self.page("a.pdf", True)).json
        self.assertNotIn("text_layer_agreement", document["pages"][0])

    def test_streams(self):
        records = self.quire("-t", "ndjson", "--verify-text", self.page("a.pdf", False)).lines
        page = next(r["page"] for r in records if r["type"] == "page")
        self.assertGreaterEqual(page["text_layer_agreement"], 0.9)


if __name__ == "__main__":
    cli.main()
