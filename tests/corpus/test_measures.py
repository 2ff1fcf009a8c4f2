#!/usr/bin/env python3
"""The measures measure: a faultless answer scores 1, and each kind of fault lowers its measure."""

import importlib.machinery
import importlib.util
import json
import pathlib
import sys
import unittest

CORPUS = pathlib.Path(__file__).resolve().parent.parent.parent / "corpus"
sys.dont_write_bytecode = True
sys.path.insert(0, str(CORPUS))

import measures  # noqa: E402

loader = importlib.machinery.SourceFileLoader("score", str(CORPUS / "score"))
score = importlib.util.module_from_spec(importlib.util.spec_from_loader("score", loader))
loader.exec_module(score)


def call_notes(data):
    """Binds each footnote to the element in which its mark stands behind the words of its call."""
    for number, note in enumerate((e for e in data["elements"] if "call" in e), 1):
        at = data["content"].index(note["call"]) + len(note["call"])
        holder = next(e for e in data["elements"] if e["span"][0] <= at <= e["span"][1])
        note["note"] = number
        holder.setdefault("notes", []).append({"note": number, "span": [at, at + 1]})


def answer_like(name):
    """What a faultless program would write of a document, made from its truth."""
    truth = json.loads((CORPUS / "truth" / f"{name}.json").read_text("utf-8"))
    data = {"content": "", "elements": [], "links": [], "attachments": truth.get("attachments", [])}
    for index, element in enumerate(truth["elements"] + truth["furniture"]):
        element = {"page": 1, "text": "", **element, "id": f"e{index}"}
        for key in ("parent", "caption"):
            if key in element:
                element[key] = f"e{element[key]}"
        start = len(data["content"])
        data["content"] += element["text"] + "\n\n"
        element["span"] = [start, start + len(element["text"])]
        data["elements"].append(element)
    call_notes(data)
    for link in truth["links"]:
        place = {"target_page": truth["anchors"][link["anchor"]]} if "anchor" in link else link
        data["links"].append(place)
    data["links"] += [{"target_page": page} for page in truth.get("note_links", [])]
    labels = truth.get("labels", [None] * truth["pages"])
    data["pages"] = [{"page": number, "label": label} for number, label in enumerate(labels, 1)]
    data["outline"] = truth.get("outline", [])
    data["fields"] = truth.get("fields", [])
    data["issues"] = [{"code": code, "severity": "warning"} for code in truth.get("issues", [])]
    return data


def measure(name, change=lambda data: None):
    data = answer_like(name)
    change(data)
    truth, answer = score.truth_of(name), score.answer_of(data)
    return {key: value for key, _, m in measures.ALL
            if (value := m(truth, answer)) is not None}


class Faultless(unittest.TestCase):
    def test_every_document_can_be_told_without_fault(self):
        for path in sorted((CORPUS / "truth").glob("*.json")):
            for key, value in measure(path.stem).items():
                self.assertEqual(value, 1.0, f"{path.stem}: {key}")


class Faults(unittest.TestCase):
    def test_swapped_captions_and_calls(self):
        def swap(data):
            first, second = [e for e in data["elements"] if "caption" in e][:2]
            first["caption"], second["caption"] = second["caption"], first["id"]
        self.lowered("image-figures", "captions", swap)

        def unbind(data):
            for element in data["elements"]:
                element.pop("notes", None)
        self.lowered("sample", "bound", unbind)

    def lowered(self, name, key, change):
        self.assertLess(measure(name, change)[key], 1.0)

    def first(self, data, kind):
        return next(element for element in data["elements"] if element["type"] == kind)

    def test_swapped_paragraphs(self):
        def swap(data):
            data["elements"].insert(2, data["elements"].pop(9))
        self.lowered("headings-numbered", "order", swap)

    def test_heading_as_paragraph(self):
        def demote(data):
            self.first(data, "heading")["type"] = "paragraph"
        self.lowered("headings-numbered", "headings", demote)
        self.lowered("headings-numbered", "paragraphs", demote)

    def test_flat_levels(self):
        def flatten(data):
            for element in data["elements"]:
                element["level"] = 1
        self.lowered("headings-numbered", "levels", flatten)
        self.lowered("headings-numbered", "right_levels", flatten)

    def test_blocks_of_a_kind_as_paragraphs(self):
        def forget(data):
            for element in data["elements"]:
                if element["type"] in ("code", "formula"):
                    element["type"] = "paragraph"
                for key in ("quote", "term"):
                    element.pop(key, None)
        for name in ("code", "definitions", "formulas", "quotes"):
            self.lowered(f"blocks-{name}", "sorts", forget)

        def run_on(data):
            data["content"] = data["content"].replace("gauge\nand", "gauge and")
        self.lowered("blocks-lines", "sorts", run_on)

    def test_split_keeps_sources_together(self):
        loader = importlib.machinery.SourceFileLoader("split", str(CORPUS / "split"))
        split = importlib.util.module_from_spec(importlib.util.spec_from_loader("split", loader))
        loader.exec_module(split)
        held = [split.is_held_out(f"{number:014}") for number in range(1200)]
        self.assertTrue(300 < sum(held) < 500, sum(held))
        for start in range(0, 1200, 10):
            self.assertEqual(len(set(held[start : start + 10])), 1)

    def test_flat_list(self):
        def flatten(data):
            outer = self.first(data, "list")["id"]
            for element in data["elements"]:
                if element["type"] == "list_item":
                    element["parent"] = outer
        self.lowered("list-nested", "lists", flatten)

    def test_lost_span_and_lost_row(self):
        def narrow(data):
            for cell in self.first(data, "table")["cells"]:
                cell["col_span"] = 1
        self.lowered("table-ruled-spans", "cells", narrow)
        self.lowered("table-ruled-spans", "trees", narrow)

        def behead(data):
            table = self.first(data, "table")
            table["cells"] = [cell for cell in table["cells"] if cell["row"] > 0]
        self.lowered("table-ruled-dense", "trees", behead)

    def test_head_as_content(self):
        def level(data):
            for cell in self.first(data, "table")["cells"]:
                cell["kind"] = "content"
        self.lowered("table-zebra", "kinds", level)

    def test_invented_table(self):
        def invent(data):
            cell = {"row": 0, "col": 0, "row_span": 1, "col_span": 1, "kind": "content",
                    "text": "new"}
            data["elements"].append({"id": "x", "type": "table", "page": 1, "span": [0, 0],
                                     "rows": 1, "cols": 1, "cells": [cell]})
        self.lowered("table-zebra", "cells", invent)
        self.lowered("table-zebra", "trees", invent)

    def test_running_head_as_text(self):
        def keep(data):
            self.first(data, "page_header")["type"] = "paragraph"
        self.lowered("sample", "furniture", keep)
        self.lowered("sample", "order", keep)

    def test_text_as_running_head(self):
        def hide(data):
            self.first(data, "paragraph")["type"] = "page_header"
        self.lowered("sample", "furniture", hide)

    def test_footnote_as_text(self):
        def keep(data):
            self.first(data, "footnote")["type"] = "paragraph"
        self.lowered("sample", "notes", keep)

    def test_hidden_text_shown(self):
        def reveal(data):
            data["content"] += "White words  on white\npaper"
        self.lowered("hidden-white", "hidden", reveal)

    def test_box_that_is_not_ticked(self):
        def tick(data):
            box = next(field for field in data["fields"] if field["type"] == "checkbox")
            box["state"] = "indeterminate"
        self.lowered("form-filled", "fields", tick)

    def test_field_without_its_flag(self):
        self.lowered("acroform-text-comb", "fields", lambda data: data["fields"][0].pop("comb"))

    def test_issue_that_is_not_told(self):
        self.lowered("acroform-mismatch", "issues", lambda data: data["issues"].pop())

    def test_wrong_labels_links_files(self):
        self.lowered("page-labels", "labels", lambda data: data["pages"][0].update(label="1"))
        self.lowered("page-links", "links", lambda data: data["links"].pop())
        self.lowered("page-attachments", "attachments", lambda data: data["attachments"].pop())
        self.lowered("page-links", "outline", lambda data: data["outline"].pop())


class Text(unittest.TestCase):
    def test_common_subsequence(self):
        self.assertEqual(measures.common("abcbdab", "bdcaba"), 4)
        self.assertEqual(measures.common("", "abc"), 0)

    def test_typography_is_no_difference(self):
        self.assertEqual(measures.folded("\u201cof\ufb01ce\u201d \u2013  1"), '"office" - 1')
        self.assertEqual(measures.folded("Keys . . . . . . . . 8"), "Keys 8")


if __name__ == "__main__":
    unittest.main()
