#!/usr/bin/env python3
"""The interchange formats over the corpus, read by what others wrote: interchange.py BINARY [NAME]...

    docling       docs/json-schema/docling-subset.schema.json, what we promise of Docling's own
                  schema, closed; references lead somewhere, both ways; the grid agrees with cells
    unstructured  docs/json-schema/unstructured-subset.schema.json; parents stand before
    html          well-formed (expat), ids are unique, links within lead somewhere; the text of
                  headings, items and cells is that of the JSON
    docbook       well-formed, valid against DocBook's RELAX NG schema (xmllint, docbook5-xml); headings
                  and texts are those of the JSON
    hocr, alto    well-formed; every word of the JSON is there, with its box and confidence; boxes
                  lie within those of what holds them

With QUIRE_ALTO_XSD=FILE, ALTO's own schema, which is not ours to hand on, xmllint validates each
ALTO file against it. JSON Schema is skipped where python3-jsonschema is not installed.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as etree

try:
    import jsonschema
except ImportError:
    jsonschema = None

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ENDINGS = {"json": ".json", "docling": ".docling.json", "unstructured": ".unstructured.json",
           "html": ".html", "docbook": ".dbk", "hocr": ".hocr", "alto": ".alto.xml"}
XHTML = "{http://www.w3.org/1999/xhtml}"
DOCBOOK, XML_ID = "{http://docbook.org/ns/docbook}", "{http://www.w3.org/XML/1998/namespace}id"
DOCBOOK_SCHEMA = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"


def convert(binary, name, folder):
    truth = json.loads((ROOT / "corpus/truth" / f"{name}.json").read_text("utf-8"))
    command = [binary, "-q", "--words", "-o", folder, "-t", ",".join(ENDINGS)]
    if "password" in truth:
        command += ["--password", truth["password"]]
    command.append(f"corpus/documents/{name}.pdf")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise ValueError(done.stderr.decode().strip())
    return {form: pathlib.Path(folder, name + ending).read_text("utf-8")
            for form, ending in ENDINGS.items()}


def validator(name):
    if not jsonschema:
        return None
    schema = json.loads((ROOT / f"docs/json-schema/{name}-subset.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def schema_faults(checker, value):
    for error in (checker.iter_errors(value) if checker else []):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:160]}"


# ---- docling ----

def docling_faults(text, document, checker):
    data = json.loads(text)
    yield from schema_faults(checker, data)
    items = {"#/body": data["body"]}
    for array in ("texts", "groups", "tables", "pictures", "key_value_items"):
        for index, item in enumerate(data.get(array, [])):
            if item["self_ref"] != f"#/{array}/{index}":
                yield f"{item['self_ref']} stands at #/{array}/{index}"
            items[item["self_ref"]] = item
    held = collections.Counter()
    for ref, item in items.items():
        for child in item["children"]:
            held[child["$ref"]] += 1
            if items.get(child["$ref"], {}).get("parent") != {"$ref": ref}:
                yield f"{ref}: its child {child['$ref']} does not name it"
        for caption in item.get("captions", []):
            if items.get(caption["$ref"], {}).get("label") != "caption":
                yield f"{ref}: {caption['$ref']} is no caption"
    for ref, item in items.items():
        if ref != "#/body" and item["parent"] and held[ref] != 1:
            yield f"{ref}: held {held[ref]} times"
    for table in data["tables"]:
        yield from grid_faults(table)
    said = sum(1 for e in document["elements"] if e["type"] not in ("list", "figure", "table"))
    if data["pictures"] == [] and len(data["texts"]) < said - 1:
        yield f"{len(data['texts'])} texts, the JSON has {said}"
    if data["origin"]["binary_hash"] != int(document["input"]["sha256"], 16) % 2 ** 64:
        yield "binary_hash is not the low half of the input's hash"


def grid_faults(table):
    data = table["data"]
    if [len(row) for row in data["grid"]] != [data["num_cols"]] * data["num_rows"]:
        yield f"{table['self_ref']}: the grid is not {data['num_rows']} by {data['num_cols']}"
        return
    for cell in data["table_cells"]:
        for row in range(cell["start_row_offset_idx"], cell["end_row_offset_idx"]):
            for column in range(cell["start_col_offset_idx"], cell["end_col_offset_idx"]):
                if data["grid"][row][column] != cell:
                    yield f"{table['self_ref']}: the grid at {row}, {column} is another cell"


# ---- unstructured ----

def unstructured_faults(text, document, checker):
    data, seen = json.loads(text), set()
    yield from schema_faults(checker, data)
    ids = {element["id"] for element in document["elements"]}
    for element in data:
        parent = element["metadata"].get("parent_id")
        if parent and parent not in seen:
            yield f"{element['element_id']}: its parent {parent} does not stand before it"
        if element["element_id"] not in ids:
            yield f"{element['element_id']}: is not in the JSON"
        seen.add(element["element_id"])
        if "text_as_html" in element["metadata"]:
            etree.fromstring(element["metadata"]["text_as_html"])


# ---- html ----

def words_of(text):
    return re.sub(r"\s+", " ", text).strip()


def html_faults(text, document, _):
    root = etree.fromstring(text)
    ids = collections.Counter(e.get("id") for e in root.iter() if e.get("id"))
    for name, count in ids.items():
        if count > 1:
            yield f"id {name}: {count} times"
    by_id = {e.get("id"): words_of("".join(e.itertext())) for e in root.iter() if e.get("id")}
    for link in root.iter(f"{XHTML}a"):
        target = link.get("href", "")
        if target.startswith("#note-") and target[1:] not in ids:
            yield f"a link to {target}, which is not there"
    for element in document["elements"]:
        if element["type"] in ("heading", "title", "paragraph") and element["layer"] == "body":
            if by_id.get(element["id"]) != words_of(element["text"]):
                yield f"{element['id']}: {by_id.get(element['id'])!r}"
    cells = sum(len(e["cells"]) for e in document["elements"] if "cells" in e)
    found = sum(1 for e in root.iter() if e.tag in (f"{XHTML}td", f"{XHTML}th"))
    if found < cells:
        yield f"{found} cells, the JSON has {cells}"


# ---- docbook ----

def docbook_faults(text, document, _):
    root = etree.fromstring(text)
    by_id = {e.get(XML_ID): e for e in root.iter() if e.get(XML_ID)}
    shown = [e for e in document["elements"] if e["layer"] != "hidden" and not e.get("repeats")]
    titles = {words_of("".join(e.itertext())) for e in root.iter(f"{DOCBOOK}title")}
    calls = {call["span"][0] for e in shown for call in e.get("notes", [])}
    for element in shown:
        kind, name = element["type"], element["id"]
        if kind in ("title", "heading") and "notes" not in element:
            if words_of(element["text"]) not in titles:
                yield f"{name}: no title says {element['text']!r}"
        elif kind in ("paragraph", "code", "formula", "table", "footnote", "list_item"):
            if name not in by_id and element["text"]:
                yield f"{name}: a {kind} that is not there"
        if kind == "paragraph" and name in by_id and not calls.intersection(range(*element["span"])):
            if words_of("".join(by_id[name].itertext())) != words_of(element["text"]):
                yield f"{name}: {''.join(by_id[name].itertext())!r}"


def schema_of_docbook_faults(folder):
    """All at once, since the schema takes longer to read than they do."""
    files = sorted(str(path) for path in pathlib.Path(folder).glob("*.dbk"))
    if not os.path.exists(DOCBOOK_SCHEMA) or not shutil.which("xmllint"):
        print("docbook: not validated: docbook5-xml or libxml2-utils is missing")
        return
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--relaxng", DOCBOOK_SCHEMA, *files],
                          capture_output=True, check=False, timeout=120)
    yield from (line for line in done.stderr.decode().splitlines() if " validates" not in line)


# ---- words ----

def json_words(document):
    return collections.Counter(w["text"] for p in document["pages"] for w in p["words"])


def word_faults(found, document):
    wanted = json_words(document)
    for word in (wanted - found) + (found - wanted):
        yield f"the word {word!r} is there {found[word]} times, {wanted[word]} in the JSON"
        return


def within(inner, outer, slack=2):
    return (inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack
            and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack)


def hocr_box(element):
    found = re.search(r"bbox (\d+) (\d+) (\d+) (\d+)", element.get("title", ""))
    return [int(group) for group in found.groups()] if found else None


def hocr_faults(text, document, _):
    root = etree.fromstring(text)
    found = collections.Counter()
    for line in root.iter(f"{XHTML}span"):
        if line.get("class") == "ocrx_word":
            found["".join(line.itertext())] += 1
            if not re.search(r"x_wconf \d{1,3}$", line.get("title")):
                yield f"{line.get('id')}: no confidence"
        elif not all(within(hocr_box(word), hocr_box(line)) for word in line):
            yield f"{line.get('id')}: a word lies outside of it"
    yield from word_faults(found, document)
    pages = [d for d in root.iter(f"{XHTML}div") if d.get("class") == "ocr_page"]
    if len(pages) != len(document["pages"]):
        yield f"{len(pages)} pages"


def alto_box(element):
    x, y, width, height = (int(element.get(n)) for n in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return [x, y, x + width, y + height]


def schema_of_alto_faults(text):
    schema = os.environ.get("QUIRE_ALTO_XSD")
    if schema:
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, "-"],
                              input=text.encode(), capture_output=True, check=False, timeout=60)
        if done.returncode:
            yield done.stderr.decode()[:300]


def alto_faults(text, document, _):
    yield from schema_of_alto_faults(text)
    root = etree.fromstring(text)
    found, ids = collections.Counter(), collections.Counter()
    tags = {e.get("ID") for e in root.iter(f"{ALTO}StructureTag")}
    for element in root.iter():
        ids[element.get("ID")] += element.get("ID") is not None
        if element.get("TAGREFS") and element.get("TAGREFS") not in tags:
            yield f"{element.get('ID')}: no tag {element.get('TAGREFS')}"
    yield from (f"{name}: {count} times" for name, count in ids.items() if count > 1)
    for line in root.iter(f"{ALTO}TextLine"):
        for word in line.iter(f"{ALTO}String"):
            found[word.get("CONTENT")] += 1
            if not within(alto_box(word), alto_box(line)) or not 0 <= float(word.get("WC")) <= 1:
                yield f"{word.get('ID')}: lies outside of its line, or has no confidence"
    yield from word_faults(found, document)


CHECKS = {"docling": docling_faults, "unstructured": unstructured_faults, "html": html_faults,
          "docbook": docbook_faults, "hocr": hocr_faults, "alto": alto_faults}


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: interchange.py BINARY [NAME]...")
    binary = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or sorted(p.stem for p in (ROOT / "corpus/truth").glob("*.json"))
    checkers = {name: validator(name) for name in ("docling", "unstructured")}
    wrong = 0
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # spares the fsyncs
    with tempfile.TemporaryDirectory(prefix="quire-formats-", dir=memory) as folder:
        for name in names:
            try:
                outputs = convert(binary, name, folder)
                document = json.loads(outputs["json"])
            except (ValueError, OSError) as error:
                print(f"{name}: {error}")
                wrong += 1
                continue
            for form, check in CHECKS.items():
                try:
                    faults = list(check(outputs[form], document, checkers.get(form)))
                except etree.ParseError as error:
                    faults = [str(error)]
                wrong += len(faults)
                for fault in faults[:3]:
                    print(f"{name}: {form}: {fault}")
        for fault in schema_of_docbook_faults(folder):
            print(f"docbook: {fault}")
            wrong += 1
    print(f"{len(names)} documents, {len(CHECKS)} formats, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
