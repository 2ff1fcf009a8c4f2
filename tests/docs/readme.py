#!/usr/bin/env python3
"""The README's examples hold: what stands behind each `$` prints what stands below it, and the
program in C compiles and converts.

    readme.py SOURCE_DIR BUILD_DIR

A line of three dots stands for any lines. The C example is left out of builds with sanitizers.
"""
import os
import re
import subprocess
import sys
import tempfile


def examples(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def commands(session):
    """(command, the pieces that its output must hold in this order)"""
    for part in re.split(r"^\$ ", session, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, [piece for piece in re.split(r"^\.\.\.\n", output, flags=re.M) if piece]


def missing_piece(output, pieces):
    at = 0
    for piece in pieces:
        found = output.find(piece, at)
        if found < 0:
            return piece
        at = found + len(piece)
    return None


def check_session(session, root, build):
    bad = 0
    path = os.pathsep.join([build, os.environ["PATH"]])
    for command, pieces in commands(session):
        done = subprocess.run(["sh", "-c", command], cwd=root, env={**os.environ, "PATH": path},
                              capture_output=True, text=True)
        missing = missing_piece(done.stdout, pieces)
        if missing:
            print(f"$ {command}\ndoes not print (in this order):\n{missing}{done.stderr}")
            bad += 1
    assert pieces, "an example without output proves nothing"
    return bad


def check_program(program, root, build):
    with tempfile.TemporaryDirectory() as folder:
        source, binary = os.path.join(folder, "example.c"), os.path.join(folder, "example")
        with open(source, "w", encoding="utf-8") as file:
            file.write(program)
        subprocess.run(["cc", "-Wall", "-Werror", "-std=c99", "-I", os.path.join(root, "include"),
                        source, "-o", binary, "-L", build, "-lquire", f"-Wl,-rpath,{build}"],
                       check=True)
        sample = os.path.join(root, "corpus", "documents", "sample.pdf")
        done = subprocess.run([binary, sample], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("# Three gauges on the Aune\n"), done.stdout[:200]


def main(root, build, *flags):
    with open(os.path.join(root, "README.md"), encoding="utf-8") as file:
        text = file.read()
    sessions, programs = examples(text, "console"), examples(text, "c")
    assert sessions and programs, "the README has no examples"
    bad = sum(check_session(session, root, build) for session in sessions)
    for program in programs if "--no-program" not in flags else []:
        check_program(program, root, build)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
