"""The programs that recipes call, each by one function, with fixed clocks and identifiers."""

import os
import subprocess

EPOCH = "1704067200"  # 2024-01-01: documents are the same whenever they are made

TOOLS = {
    "poppler-utils": ["pdftoppm", "-v"],
    "groff": ["groff", "--version"],
    "qpdf": ["qpdf", "--version"],
    "cairo": ["pkg-config", "--modversion", "cairo"],
    "pango": ["pkg-config", "--modversion", "pangocairo"],
    "libreoffice": ["soffice", "--version"],
}


def run(command, stdin=None, allowed=(0,)):
    environment = dict(os.environ, SOURCE_DATE_EPOCH=EPOCH, TZ="UTC", LC_ALL="C.UTF-8")
    done = subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
    if done.returncode not in allowed:
        raise SystemExit(
            f"corpus/make: {command[0]} failed ({done.returncode}): "
            + done.stderr.decode("utf-8", "replace").strip()
        )
    return done.stdout


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def version(tool):
    return run(TOOLS[tool]).decode().splitlines()[0].strip()


def page_count(path, password=""):
    more = [f"--password={password}"] if password else []
    return int(run(["qpdf", *more, "--show-npages", str(path)], allowed=(0, 3)))


def qpdf(source, target, *arguments):
    """qpdf with reproducible identifiers; warnings (exit 3) are none of ours."""
    identifier = "--static-id" if "--encrypt" in arguments else "--deterministic-id"
    run(["qpdf", identifier, *arguments, str(source), str(target)], allowed=(0, 3))
