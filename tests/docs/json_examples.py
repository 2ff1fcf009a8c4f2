#!/usr/bin/env python3
"""The examples of docs/json.md hold: the JSON is valid, the program puts records together.

    json_examples.py SOURCE_DIR
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile


def examples(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def main(root):
    with open(os.path.join(root, "docs", "json.md"), encoding="utf-8") as stream:
        text = stream.read()
    (document,) = examples(text, "json")
    (program,) = examples(text, "python")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "example.json")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(document)
        check = os.path.join(root, "scripts", "check-json-schema")
        status = subprocess.run([check, path]).returncode
        if status:
            return status
    records = sorted(glob.glob(os.path.join(root, "tests", "golden", "exporters", "*.ndjson")))
    assert records, "no records to put together"
    for path in records:
        made = subprocess.run([sys.executable, "-c", program, path], check=True,
                              capture_output=True, text=True).stdout
        with open(path[:-6] + "json", encoding="utf-8") as stream:
            assert json.loads(made) == json.load(stream), path
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
