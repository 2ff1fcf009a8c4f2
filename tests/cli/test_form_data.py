#!/usr/bin/env python3
"""Form data out (fdf, xfdf, fields, fields-csv): what others read from it is what was filled in.

    test_form_data.py BINARY

Where pdftk is installed it fills the emptied form with our FDF and XFDF, and we read it again.
"""

import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as tree

BINARY = sys.argv.pop(1)
ROOT = pathlib.Path(__file__).resolve().parents[2]
FORMS = sorted((ROOT / "corpus/documents").glob("acroform-*.pdf"))
SPACE = "{http://ns.adobe.com/xfdf/}"


def convert(path, form):
    done = subprocess.run([BINARY, "-t", form, "--ocr", "off", str(path)], capture_output=True,
                          check=True)
    return done.stdout


def fields_of(path):
    return json.loads(convert(path, "json"))["fields"]


def sent(field):
    """What a form sends off for a field."""
    value = field.get("export_value") or field["value"]
    return value or ("Off" if field["type"] in ("checkbox", "radio") else "")


def wanted(path):
    return {field["name"]: sent(field) for field in fields_of(path)
            if field["type"] not in ("button", "signature", "key_value")}


def told_by_xfdf(data):
    found = {}

    def walk(node, above):
        for field in node.findall(SPACE + "field"):
            name = above + [field.get("name")]
            values = [value.text or "" for value in field.findall(SPACE + "value")]
            if values or not field.findall(SPACE + "field"):
                found[".".join(name)] = "\n".join(values)
            walk(field, name)

    walk(tree.fromstring(data).find(SPACE + "fields"), [])
    return found


class FormData(unittest.TestCase):
    def test_there_are_forms(self):
        self.assertGreater(len(FORMS), 40)

    def test_xfdf_says_what_was_filled_in(self):
        for path in FORMS:
            with self.subTest(path.stem):
                self.assertEqual(told_by_xfdf(convert(path, "xfdf")), wanted(path))

    def test_fdf_is_told_like_xfdf(self):
        data = convert(ROOT / "corpus/documents/acroform-names-nested.pdf", "fdf").decode("ascii")
        for line in ("/T (order)", "/T (street)", "/T (name) /V (Quay)", "/V /Yes", "/V /boat"):
            self.assertIn(line, data)
        wide = convert(ROOT / "corpus/documents/acroform-text-east-asian.pdf", "fdf").decode("ascii")
        self.assertIn("<FEFF738B5C0F660E>", wide)

    def test_fields_are_one_object(self):
        found = json.loads(convert(ROOT / "corpus/documents/acroform-application-en.pdf", "fields"))
        self.assertEqual(found["person.name"], "Ida Marsh")
        self.assertIs(found["agree"], True)
        self.assertIsNone(found["sign"])
        several = json.loads(convert(ROOT / "corpus/documents/acroform-list-multi.pdf", "fields"))
        self.assertEqual(several["boats"], ["Heron", "Coot"])

    def test_printed_places_to_sign_are_signed_or_not(self):
        path = ROOT / "corpus/documents/printed-signatures.pdf"
        states = {field["label"]: field["state"] == "selected" for field in fields_of(path)
                  if field["type"] == "signature"}
        self.assertIn(True, states.values())
        found = json.loads(convert(path, "fields"))
        head, row = csv.reader(io.StringIO(convert(path, "fields-csv").decode("utf-8")))
        for label, signed in states.items():
            self.assertIs(found[label], signed)
            self.assertEqual(dict(zip(head, row))[label], "yes" if signed else "no")

    def test_fields_csv_is_one_row(self):
        text = convert(ROOT / "corpus/documents/acroform-application-de.pdf", "fields-csv")
        head, row = csv.reader(io.StringIO(text.decode("utf-8"), newline=""))
        found = dict(zip(head, row))
        self.assertEqual(found["file"], "acroform-application-de.pdf")
        self.assertEqual(found["person.name"], "Jörg Grün")
        self.assertEqual(found["agree"], "yes")

    def test_many_forms_are_one_table(self):
        names = ("application-de", "application-fr", "combo-plain")
        paths = [str(ROOT / f"corpus/documents/acroform-{name}.pdf") for name in names]
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "table.csv"
            subprocess.run([BINARY, "fields", "-o", str(table), *paths], check=True)
            with open(table, encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        self.assertEqual([row["person.name"] for row in rows], ["Jörg Grün", "Zoë Lefèvre", ""])
        self.assertEqual([row["boat"] for row in rows], ["", "", "Coot"])

    def test_a_form_that_cannot_be_read_costs_itself(self):
        good = str(ROOT / "corpus/documents/acroform-combo-plain.pdf")
        done = subprocess.run([BINARY, "fields", "/nowhere.pdf", good], capture_output=True)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stdout.decode().splitlines()), 2)
        self.assertEqual(len(done.stderr.decode().splitlines()), 1)

    @unittest.skipUnless(shutil.which("pdftk"), "pdftk is not installed")
    def test_others_fill_the_form_with_it(self):
        for name in ("application-fr", "names-nested", "list-multi", "text-greek-cyrillic"):
            path = ROOT / f"corpus/documents/acroform-{name}.pdf"
            for form in ("fdf", "xfdf"):
                with self.subTest(f"{name} {form}"), tempfile.TemporaryDirectory() as folder:
                    self.check_round(path, form, pathlib.Path(folder))

    def check_round(self, path, form, folder):
        """Other values first, then ours; what we read of it is what we read at first."""
        data, spoilt, filled = folder / ("d." + form), folder / "spoilt.pdf", folder / "filled.pdf"
        data.write_bytes(convert(path, form))
        blank = folder / "blank.xfdf"
        text = re.sub("<value>[^<]*</value>", "<value>spoilt</value>",
                      convert(path, "xfdf").decode("utf-8"))
        blank.write_text(text, encoding="utf-8")
        subprocess.run(["pdftk", path, "fill_form", blank, "output", spoilt], check=True,
                       capture_output=True)
        self.assertNotEqual(wanted(spoilt), wanted(path))
        subprocess.run(["pdftk", spoilt, "fill_form", data, "output", filled], check=True,
                       capture_output=True)
        self.assertEqual(wanted(filled), wanted(path))


if __name__ == "__main__":
    unittest.main()
