#!/usr/bin/env python3
"""What must hold of the chunks of every document of the corpus: chunks.py BINARY [NAME]...

    each character of the text that is shown is in one chunk: no gap, and no repeat but the overlap;
    content[span] is the text, the parts of it joined by a blank line;
    a footnote stands behind its call;
    no row of a table, item of a list or sentence is cut that a chunk has room for;
    context and text together keep the limit of tokens, as counted here, not by the program;
    ids are unique, neighbours name each other, elements and pages are those of the JSON;
    a line is of docs/json-schema/chunk-1.0.schema.json.

Each document is cut in several ways. Skips the schema where python3-jsonschema is not installed.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMA = ROOT / "docs/json-schema/chunk-1.0.schema.json"
MERGES = "#version: 0.2\nt h\nth e\n\u0120 the\ni n\ne r\na n\nin g\no n\n\u0120 o\n\u0120o f\ne n\n"
# tokenizer, tokens, overlap
WAYS = [("characters", 512, 0), ("characters", 40, 12), ("words", 24, 0), ("words", 16, 8),
        ("bpe", 64, 16)]
ASCII_WORD = re.compile(r"[A-Za-z0-9@_](?:[A-Za-z0-9@_]|(?<=[A-Za-z@])['.](?=[A-Za-z@])|"
                        r"(?<=[0-9])[',.;](?=[0-9]))*")


class BytePairs:
    """The reference: pieces as GPT-2 cuts them, the first pair of the list merged first."""
    PIECES = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")

    def __init__(self, merges):
        pairs = [tuple(line.split(" ")) for line in merges.splitlines()[1:]]
        self.ranks = {pair: rank for rank, pair in enumerate(pairs)}

    def count(self, text):
        return sum(self.piece(piece) for piece in self.PIECES.findall(text))

    def piece(self, text):
        symbols = [{" ": "\u0120", "\n": "\u010a", "\t": "\u0109"}.get(c, c) for c in text]
        while True:
            pairs = [(self.ranks[p], i) for i, p in enumerate(zip(symbols, symbols[1:]))
                     if p in self.ranks]
            if not pairs:
                return len(symbols)
            _, at = min(pairs)
            symbols[at:at + 2] = ["".join(symbols[at:at + 2])]


def tokens(text, tokenizer, pairs):
    """The number of tokens, or None where only the program can count them."""
    if tokenizer == "characters":
        return (len(text) + 3) // 4
    if not text.isascii():
        return None
    if tokenizer == "words":
        return sum(word != "_" for word in ASCII_WORD.findall(text))
    return pairs.count(text)


def shown_ranges(document):
    """Ranges of the text of its own of each element that a text for readers shows."""
    inner = {}
    for element in document["elements"]:
        if "parent" in element and element["text"]:
            inner.setdefault(element["parent"], element["span"][0])
    for element in document["elements"]:
        start, end = element["span"]
        own = range(start, min(end, inner.get(element["id"], end)))
        hidden = element["layer"] == "hidden" or element.get("repeats", False)
        yield own, not hidden


def body_spans(document, chunk):
    """Without footnotes, which stand behind the block that calls them."""
    notes = [e["span"] for e in document["elements"] if e["type"] == "footnote" and "note" in e]
    return [span for span in chunk["spans"]
            if not any(start <= span[0] < end for start, end in notes)]


def coverage_faults(document, chunks):
    content = document["content"]
    seen, last = [0] * len(content), 0
    for chunk in chunks:
        for start, end in chunk["spans"]:
            for at in range(max(start, chunk.get("overlap", [0, 0])[1]), end):
                seen[at] += 1
        own = body_spans(document, chunk)
        if own and own[0][0] < last and "overlap" not in chunk:
            yield f"{chunk['id']}: begins before the last one ended"
        last = own[-1][1] if own else last
    for own, is_shown in shown_ranges(document):
        for at in own:
            if content[at].isspace():
                continue
            if seen[at] != int(is_shown):
                yield f"character {at} ({content[at]!r}) is in {seen[at]} chunks"
                return


def text_faults(document, chunk):
    content = document["content"]
    if "\n\n".join(content[start:end] for start, end in chunk["spans"]) != chunk["text"]:
        yield f"{chunk['id']}: content[spans] is not the text"
    if chunk["span"] != [min(s for s, _ in chunk["spans"]), max(e for _, e in chunk["spans"])]:
        yield f"{chunk['id']}: span is not around its spans"
    whole = f"{chunk['context']}\n\n{chunk['text']}" if chunk["context"] else chunk["text"]
    if chunk["page_content"] != whole:
        yield f"{chunk['id']}: page_content is not context and text"


def limit_faults(chunk, way, pairs):
    tokenizer, limit, _ = way
    if chunk["token_count"] > limit:
        yield f"{chunk['id']}: {chunk['token_count']} tokens, the limit is {limit}"
    counted = tokens(chunk["page_content"], tokenizer, pairs)
    if counted is not None and counted != chunk["token_count"]:
        yield f"{chunk['id']}: says {chunk['token_count']} tokens, {counted} were counted"


def note_faults(document, chunks):
    """A footnote is in the chunk of its call, or right behind the block that calls it."""
    for element in document["elements"]:
        if element["type"] != "footnote" or "note" not in element:
            continue
        calls = [call["span"] for e in document["elements"] for call in e.get("notes", [])
                 if call["note"] == element["note"]]
        holder = [c for c in chunks if element["id"] in c["elements"]]
        callers = [c for c in chunks if calls and any(
            start <= calls[0][0] < end for start, end in c["spans"])]
        if holder and callers and chunks.index(holder[0]) < chunks.index(callers[0]):
            yield f"footnote {element['note']} stands before its call"
        if holder and callers and chunks.index(holder[0]) > chunks.index(callers[-1]) + 1:
            yield f"footnote {element['note']} stands far behind its call"


def cut_faults(document, chunks, limit):
    """No row, item or sentence is cut that a chunk has room for."""
    content = document["content"]
    ends = {end for c in chunks for _, end in c["spans"]}
    for element in document["elements"]:
        pieces = [cell["span"] for cell in element.get("cells", []) if cell["row_span"] == 1]
        if element["type"] == "list_item":
            start, end = element["span"]
            inner = [e["span"][0] for e in document["elements"]
                     if e.get("parent") == element["id"] and e["text"]]
            pieces = [[start, min([end, *inner])]]
        elif element["type"] == "paragraph":
            pieces = sentences(content, *element["span"])
        for start, end in pieces:
            while end > start and content[end - 1].isspace():
                end -= 1
            inside = [at for at in range(start + 1, end) if at in ends]
            if inside and end - start < 4 * limit // 2:
                yield f"'{content[start:end][:60]}' is cut at {inside[0] - start}"
                return


def sentences(content, start, end):
    """Surely whole ones: from a full stop before a capital to the next of the kind."""
    cuts = [start, *(start + m.end() for m in
                     re.finditer(r"(?<=[a-z]{3})\. (?=[A-Z][a-z])", content[start:end])), end]
    return list(zip(cuts, cuts[1:]))


def link_faults(document, chunks):
    elements = {element["id"]: element for element in document["elements"]}
    ids = [chunk["id"] for chunk in chunks]
    if len(set(ids)) != len(ids):
        yield "ids are not unique"
    for index, chunk in enumerate(chunks):
        if chunk["previous"] != (ids[index - 1] if index else None):
            yield f"{chunk['id']}: previous is {chunk['previous']}"
        if chunk["next"] != (ids[index + 1] if index + 1 < len(ids) else None):
            yield f"{chunk['id']}: next is {chunk['next']}"
        if not all(name in elements for name in chunk["elements"]):
            yield f"{chunk['id']}: names an element that is not there"
            continue
        if sorted({elements[name]["page"] for name in chunk["elements"]}) != chunk["pages"]:
            yield f"{chunk['id']}: its pages are not those of its elements"


def convert(binary, name, way, folder):
    truth = json.loads((ROOT / "corpus/truth" / f"{name}.json").read_text("utf-8"))
    tokenizer, limit, overlap = way
    if tokenizer == "bpe":
        tokenizer = f"bpe:{folder}/merges.txt"
    command = [binary, "-q", "-o", folder, "-t", "json,chunks", "--tokenizer", tokenizer,
               "--chunk-tokens", str(limit)]
    if overlap:
        command += ["--chunk-overlap", str(overlap)]
    if "password" in truth:
        command += ["--password", truth["password"]]
    command.append(f"corpus/documents/{name}.pdf")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise ValueError(done.stderr.decode().strip())
    document = json.loads(pathlib.Path(folder, f"{name}.json").read_text("utf-8"))
    lines = pathlib.Path(folder, f"{name}.chunks.jsonl").read_text("utf-8").splitlines()
    return document, [json.loads(line) for line in lines]


def faults(binary, name, way, folder, pairs, validator):
    try:
        document, chunks = convert(binary, name, way, folder)
    except (ValueError, OSError) as error:
        yield str(error)
        return
    yield from coverage_faults(document, chunks)
    yield from link_faults(document, chunks)
    if way == WAYS[0]:
        yield from note_faults(document, chunks)
    if way[0] == "characters":
        yield from cut_faults(document, chunks, way[1])
    for chunk in chunks:
        yield from text_faults(document, chunk)
        yield from limit_faults(chunk, way, pairs)
        if validator:
            for error in validator.iter_errors(chunk):
                yield f"{chunk['id']}: {'/'.join(map(str, error.path))}: {error.message[:120]}"


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: chunks.py BINARY [NAME]...")
    binary = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or sorted(p.stem for p in (ROOT / "corpus/truth").glob("*.json"))
    pairs, validator = BytePairs(MERGES), None
    if jsonschema:
        schema = json.loads(SCHEMA.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
    wrong = 0
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # spares the fsyncs
    with tempfile.TemporaryDirectory(prefix="quire-chunks-", dir=memory) as folder:
        pathlib.Path(folder, "merges.txt").write_text(MERGES, "utf-8")
        for name in names:
            for way in WAYS:
                for fault in list(faults(binary, name, way, folder, pairs, validator))[:3]:
                    print(f"{name} ({way[0]} {way[1]} {way[2]}): {fault}")
                    wrong += 1
    print(f"{len(names)} documents in {len(WAYS)} ways, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
