#!/usr/bin/env python3
"""Nonsense on the command line and in files, and signals: one line, the right code, nothing left."""
import os
import signal
import subprocess
import time
import unittest

from cli import BINARY, SAMPLE, SECONDS, Case, main, pages


class Usage(Case):
    def test_nothing_to_do(self):
        self.refuses(code=2, message="no input")
        self.refuses("inspect", code=2, message="no input")

    def test_unknown_options(self):
        self.refuses("--page", "3", SAMPLE, code=2, message="did you mean --pages?")
        self.refuses("--exlpain", SAMPLE, code=2, message="did you mean --explain?")
        self.refuses("--header=keep", SAMPLE, code=2, message="did you mean --headers-footers?")
        self.refuses("--zzzzzzzzzzzzzzz", SAMPLE, code=2, message="see 'quire help convert'")
        self.refuses("-x", SAMPLE, code=2, message="unknown option -x")
        self.refuses("-qx", SAMPLE, code=2, message="unknown option -x")
        self.refuses("--has-text", SAMPLE, code=2, message="an option of 'quire inspect'")
        self.refuses("schema", "--words", code=2, message="an option of 'quire convert'")

    def test_values(self):
        self.refuses("-o", code=2, message="--output needs a value")
        for option in ("--output=", "--to=", "--pages=", "--timeout="):
            self.refuses(option, SAMPLE, code=2, message="not empty")
        self.refuses("--words=yes", SAMPLE, code=2, message="takes no value")
        self.refuses("-t", "jsn", SAMPLE, code=2, message="did you mean json?")
        self.refuses("-t", "json,", SAMPLE, code=2, message="there are ")
        self.refuses("-t", "powerpoint", SAMPLE, code=2, message="markdown")

    def test_commands(self):
        self.refuses("inspct", code=5, message="did you mean the command 'inspect'?")
        self.refuses("help", "formts", code=2, message="did you mean 'formats'?")
        self.refuses("formats", "x", code=2, message="takes no file")
        self.refuses("completions", code=2, message="name a shell")
        self.refuses("completions", "tcsh", code=2, message="bash, zsh and fish")


class Files(Case):
    def test_files_that_are_none(self):
        self.refuses("none.pdf", code=5, message="none.pdf: No such file or directory")
        self.refuses(".", code=5, message=".: Is a directory")
        self.refuses("a\nb.pdf", code=5, message="a b.pdf: ")

    def test_files_that_are_no_documents(self):
        self.write("empty.pdf", b"")
        self.write("text.pdf", b"Dear all,\nthis is not a PDF.\n")
        self.write("zeros.pdf", bytes(5000))
        self.write("head.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for name in ("empty.pdf", "text.pdf", "zeros.pdf", "head.pdf"):
            self.refuses(name, code=6, message=f"quire: {name}: ")
        self.refuses("-", code=6, message="quire: stdin: ", stdin=b"")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_file_that_may_not_be_read(self):
        self.write("locked.pdf")
        os.chmod(self.path("locked.pdf"), 0)
        self.refuses("locked.pdf", code=5, message="Permission denied")

    def test_truncated(self):
        data = pages(20)
        for part in (0.2, 0.5, 0.9, 0.99):
            self.write("cut.pdf", data[:int(len(data) * part)])
            ran = self.quire("-t", "json", "cut.pdf", code=None)
            self.assertIn(ran.code, (4, 6), ran.err)
            if ran.code == 4:
                self.assertEqual(ran.json["status"], "partial")


class Signals(Case):
    def start(self, *arguments, **more):
        return subprocess.Popen([BINARY, *arguments], cwd=self.folder, stderr=subprocess.PIPE,
                                **more)

    def finish(self, run, code):
        err = run.stderr.read()
        run.stderr.close()
        self.assertEqual(run.wait(SECONDS), code, err)
        self.assertEqual(err, b"")

    def test_interrupt_while_reading_standard_input(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            run = self.start("-", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
            time.sleep(0.2)
            run.send_signal(number)
            self.finish(run, code)
            run.stdin.close()

    def test_interrupt_while_writing_a_file(self):
        self.write("many.pdf", pages(6000))
        run = self.start("-t", "ndjson", "--words", "-o", "out.ndjson", "many.pdf")
        until = time.time() + SECONDS
        while len(self.files()) < 2 and run.poll() is None and time.time() < until:
            time.sleep(0.001)  # until the temporary file is there
        run.send_signal(signal.SIGINT)
        self.finish(run, 130)
        self.assertEqual(self.files(), ["many.pdf"])

    def test_ignored_signals_stay_ignored(self):
        run = self.start("-", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                         preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        with open(SAMPLE, "rb") as file:
            run.stdin.write(file.read())
        run.stdin.close()
        self.finish(run, 0)


if __name__ == "__main__":
    main()
