#!/usr/bin/env python3
"""The viewer in headless Chromium: viewer.py BINARY [SCREENSHOT.png]

A script is added to the file that does what a person would: it clicks on an element, searches,
zooms, steps with the keys, and writes what it then sees into the page, which is read from the dump
of the document. With SCREENSHOT.png a picture of it is kept, to be looked at. Skips with 77 where
Chromium is missing.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MOST_MILLISECONDS = 300  # on a busy machine; more can be felt
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPT = """
<script>
const key = (name) => document.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
const until = (ready) => new Promise((done) => {
  const look = () => (ready() ? done() : setTimeout(look, 20));
  look();
});
(async () => {
  const seen = {};
  await until(() => document.querySelector("svg .element"));
  seen.title = document.querySelector("aside h2").textContent;
  const shown = document.querySelectorAll(".page")[0].querySelectorAll("svg .element");
  seen.elements = shown.length;
  seen.words = document.querySelectorAll(".page")[0].querySelectorAll("svg .word").length;
  seen.arrows = document.querySelectorAll(".page")[0].querySelectorAll("svg .order").length;
  const target = [...shown].find((rect) => find(rect.dataset.id).type === "heading");
  target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  seen.clicked = JSON.parse(document.getElementById("json").textContent);
  seen.reasons = document.querySelectorAll("aside .why").length;
  seen.chosen = document.querySelectorAll(".chosen").length;
  key("j");
  seen.next = JSON.parse(document.getElementById("json").textContent).id;
  key("k");
  seen.back = JSON.parse(document.getElementById("json").textContent).id;
  const width = document.querySelector(".page").getBoundingClientRect().width;
  key("+");
  seen.zoomed = document.querySelector(".page").getBoundingClientRect().width / width;
  key("-");
  const search = document.querySelector("input[type=search]");
  search.value = "desiccant";
  search.dispatchEvent(new Event("input"));
  seen.hits = document.querySelectorAll("aside li.hit").length;
  document.querySelector("aside li.hit").click();
  seen.hit = JSON.parse(document.getElementById("json").textContent).text;
  const dark = document.documentElement.classList.contains("dark");
  key("d");
  seen.dark = document.documentElement.classList.contains("dark") !== dark;
  key("d");
  key("o");
  seen.order = document.documentElement.classList.contains("show-order");
  key("Escape");
  const result = document.createElement("script");
  result.type = "application/json";
  result.id = "seen";
  result.textContent = JSON.stringify(seen).replace(/</g, "\\\\u003c");
  document.body.append(result);
})();
</script>
"""


# In real time, while the file is loaded: under a budget of virtual time clocks say what they like.
TIMING = """
<script>
{
  const many = document.querySelectorAll(".page")[0];
  many.querySelector("svg")?.remove();
  const held = dataOf(many), own = held.elements.length;
  while (held.elements.length < 500) held.elements.push({ ...held.elements[held.elements.length % own] });
  const start = performance.now();
  draw(many);
  many.getBoundingClientRect();
  const taken = performance.now() - start;
  const result = document.createElement("script");
  result.type = "application/json";
  result.id = "seen";
  result.textContent = JSON.stringify({ milliseconds: taken,
    drawn: many.querySelectorAll("svg .element").length });
  document.body.append(result);
}
</script>
"""


def browser():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def chromium(folder, *arguments):
    return subprocess.run(
        [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         f"--user-data-dir={folder}/profile", "--window-size=1400,1000", *arguments],
        capture_output=True, check=True, timeout=110)


def seen_by(folder, page, text, script, *arguments):
    """What `script`, added to the page, has seen."""
    page.write_text(text.replace("</body>", script + "</body>"), "utf-8")
    dump = chromium(folder, *arguments, "--dump-dom", f"file://{page}").stdout.decode("utf-8")
    found = re.search(r'<script type="application/json" id="seen">(.*?)</script>', dump, re.S)
    assert found, "the script did not come to its end"
    return json.loads(found[1])


def check(seen, document):
    heading = next(e for e in document["elements"] if e["type"] == "heading")
    first = [e for e in document["elements"] if e["page"] == 1]
    ids = [e["id"] for e in document["elements"]]
    assert seen["title"] == "sample.pdf"
    assert seen["elements"] == len(first), seen["elements"]
    assert seen["words"] > 100 and seen["arrows"] > 5
    assert seen["clicked"]["id"] == heading["id"] and seen["clicked"]["text"] == heading["text"]
    assert seen["reasons"] == len(seen["clicked"]["why"]) > 0
    assert seen["chosen"] == 1
    assert seen["next"] == ids[ids.index(heading["id"]) + 1] and seen["back"] == heading["id"]
    assert abs(seen["zoomed"] - 1.2) < 0.01
    assert seen["hits"] >= 1 and "desiccant" in seen["hit"]
    assert seen["dark"] and seen["order"]


def main():
    if len(sys.argv) not in (2, 3):
        raise SystemExit("usage: viewer.py BINARY [SCREENSHOT.png]")
    if not browser():
        print("viewer: not checked: chromium is missing")
        return 77
    binary = os.path.abspath(sys.argv[1])
    sample = str(ROOT / "corpus/documents/sample.pdf")
    with tempfile.TemporaryDirectory(prefix="quire-viewer-") as folder:
        page = pathlib.Path(folder, "sample.viewer.html")
        subprocess.run([binary, "-q", "-t", "viewer", "-o", page, sample], check=True, timeout=60)
        text = page.read_text("utf-8")
        assert not re.search(r'(?:src|href)="(?!data:)', text), "it names another file"
        if len(sys.argv) == 3:
            chromium(folder, "--virtual-time-budget=8000",
                     f"--screenshot={os.path.abspath(sys.argv[2])}", f"file://{page}")
        seen = seen_by(folder, page, text, SCRIPT, "--virtual-time-budget=8000")
        timed = seen_by(folder, page, text, TIMING)
        document = json.loads(subprocess.run([binary, "-t", "json", sample], check=True,
                                             capture_output=True, timeout=60).stdout)
        check(seen, document)
        assert timed["drawn"] >= 500 and 0 < timed["milliseconds"] < MOST_MILLISECONDS, timed
        print(f"viewer: clicks, keys, search and zoom work; {timed['drawn']} elements in "
              f"{timed['milliseconds']:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
