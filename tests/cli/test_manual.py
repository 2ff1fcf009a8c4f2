#!/usr/bin/env python3
"""What the program says about itself is true: help, manual, completions, schema, examples."""
import json
import os
import re
import shutil
import subprocess

from cli import BINARY, SAMPLE, SOURCE, Case, main

COMMANDS = ("convert", "inspect", "formats", "schema", "doctor", "completions", "help")
MANUAL = os.path.join(SOURCE, "docs", "man", "quire.1")


def long_options(text):
    return set(re.findall(r"--[a-z][a-z-]+", text))


class Help(Case):
    def test_each_command_explains_itself(self):
        for command in COMMANDS:
            by_option = self.quire(command, "--help").out
            self.assertTrue(by_option.startswith(f"Usage: quire {command}"), by_option)
            self.same_text(by_option, self.quire("help", command).out, command)
            self.assertIn("Options:", by_option)
            for line in by_option.splitlines():
                self.assertLessEqual(len(line), 100, line)
        self.same_text(self.quire("--help").out, self.quire("help").out, "help")
        self.same_text(self.quire("--help").out, self.quire("-h").out, "-h")

    def test_every_option_that_is_listed_is_known(self):
        """With nonsense behind it, an option is refused for the nonsense, not as unknown."""
        for command in COMMANDS:
            for option in long_options(self.quire("help", command).out.split("Examples:")[0]):
                ran = self.quire(command, option + "=", code=None)
                self.assertEqual(ran.code, 2, f"{command} {option}")
                self.assertNotIn("unknown", ran.err)

    def test_exit_codes_are_listed(self):
        with open(MANUAL, encoding="utf-8") as file:
            manual = file.read().split(".SH EXIT STATUS")[1].split(".SH ")[0]
        listed = self.quire("help").out.split("Exit status:\n")[1].split("\n\n")[0]
        codes = [line.split()[0] for line in listed.splitlines()]
        self.assertEqual(codes, re.findall(r"(?m)^\.B (\d+)$", manual))
        self.assertTrue({"0", "2", "4", "6", "8", "130"} <= set(codes))

    def test_version(self):
        lines = self.quire("--version").out.splitlines()
        self.assertRegex(lines[0], r"^quire \d+\.\d+\.\d+$")
        self.assertTrue(any(line.startswith("poppler ") for line in lines))

    def test_formats(self):
        text = self.quire("formats").out
        for name in ("markdown", "json", "ndjson", "tree", "text", "pdf"):
            self.assertRegex(text, rf"(?m)^  {name} ")

    def test_schema_is_json(self):
        self.assertIn("$schema", json.loads(self.quire("schema").out))

    def test_doctor(self):
        text = self.quire("doctor").out
        self.assertRegex(text, r"(?m)^ok +conversion ")
        self.assertRegex(text, r"(?m)^ok +poppler-data ")


class Manual(Case):
    def test_it_is_current(self):
        with open(MANUAL, encoding="utf-8") as file:
            self.same_text(self.quire("help", "--man").out, file.read(),
                           "docs/man/quire.1: run `quire help --man >docs/man/quire.1`")

    def test_it_is_sound_roff(self):
        if not shutil.which("man"):
            self.skipTest("man is not installed")
        ran = subprocess.run(["man", "--warnings", "-l", MANUAL], capture_output=True, text=True,
                             env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "80"})
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES"):
            self.assertRegex(ran.stdout, rf"(?m)^{section}$")

    def test_it_names_every_option(self):
        with open(MANUAL, encoding="utf-8") as file:
            manual = file.read().replace("\\-", "-")
        for command in COMMANDS:
            listed = long_options(self.quire("help", command).out.split("Examples:")[0])
            self.assertEqual(listed - long_options(manual), set())


class Examples(Case):
    def run_lines(self, lines):
        """Each line runs in a shell, with the program in the path and the documents at hand."""
        os.mkdir(self.path("bin"))
        os.symlink(BINARY, self.path("bin/quire"))
        for name in ("report.pdf", "other.pdf"):
            shutil.copy(SAMPLE, self.path(name))
        shutil.copy(os.path.join(os.path.dirname(SAMPLE), "acroform-application-en.pdf"),
                    self.path("form.pdf"))
        os.mkdir(self.path("archive"))
        shutil.copy(SAMPLE, self.path("archive/old.pdf"))
        path = self.path("bin") + os.pathsep + os.environ["PATH"]
        for line in lines:
            with self.subTest(line):
                ran = subprocess.run(["sh", "-c", line], cwd=self.folder, capture_output=True,
                                     text=True, env={**os.environ, "PATH": path})
                self.assertEqual((ran.returncode, ran.stderr), (0, ""), line)

    def test_those_of_the_manual(self):
        with open(MANUAL, encoding="utf-8") as file:
            text = file.read().split(".SH EXAMPLES")[1].split(".SH ")[0]
        lines = [line[len(".B "):].replace("\\-", "-") for line in text.splitlines()
                 if line.startswith(".B ")]
        self.assertGreaterEqual(len(lines), 5)
        self.run_lines(lines)


class Completions(Case):
    def test_shells_read_them(self):
        for shell in ("bash", "zsh", "fish"):
            text = self.quire("completions", shell).out
            for option in long_options(self.quire("help", "convert").out.split("Examples:")[0]):
                self.assertIn(option[2:], text)
            if shutil.which(shell):
                self.write("script", text.encode())
                ran = subprocess.run([shell, "-n", self.path("script")], capture_output=True,
                                     text=True)
                self.assertEqual((ran.returncode, ran.stderr), (0, ""), shell)

    def complete(self, *words):
        script = ('eval "$("$0" completions bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_quire; printf "%s\\n" "${COMPREPLY[@]}"')
        ran = subprocess.run(["bash", "-c", script, BINARY, *words], cwd=self.folder,
                             capture_output=True, text=True)
        self.assertEqual(ran.stderr, "")
        return ran.stdout.split()

    def test_bash_completes(self):
        self.write("file.pdf"), self.write("inner.pdf")
        self.assertEqual(self.complete("quire", "in"), ["inner.pdf", "inspect"])
        self.assertEqual(self.complete("quire", "--pag"),
                         ["--pages", "--page-separator", "--page-timeout"])
        self.assertEqual(self.complete("quire", "-t", "mark"), ["markdown"])
        self.assertEqual(self.complete("quire", "inspect", "--is"),
                         ["--is-encrypted", "--is-tagged"])
        self.assertEqual(self.complete("quire", "--hidden-text", ""), ["keep", "drop", "report"])
        self.assertEqual(self.complete("quire", "completions", "z"), ["zsh"])
        self.assertEqual(self.complete("quire", "-o", "f"), ["file.pdf"])


if __name__ == "__main__":
    main()
