"""What the tests of several machines share: documents that take a moment each, trees of outputs."""
import hashlib
import os
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(SOURCE, "tests"))
import minipdf  # noqa: E402


def make_archive(folder, count):
    for number in range(count):
        pdf = minipdf.Pdf()
        font = pdf.add(minipdf.HELVETICA)
        for page in range(1, 40):
            lines = "".join(f"1 0 0 1 72 {700 - 12 * line} Tm (Document {number}, page {page}, line "
                            f"{line}.) Tj " for line in range(50))
            pdf.page(f"BT /F1 10 Tf {lines} ET", fonts={"F1": font})
        path = os.path.join(folder, str(number % 7), f"{number}.pdf")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(pdf.bytes())


def tree(folder):
    found = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f != ".quire"]
        for name in names:
            with open(os.path.join(top, name), "rb") as file:
                digest = hashlib.sha256(file.read()).hexdigest()
            found[os.path.relpath(os.path.join(top, name), folder)] = digest
    return found
