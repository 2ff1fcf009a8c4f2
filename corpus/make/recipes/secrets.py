"""Encrypted documents: with and without a user password, old ciphers and new."""

import prose
import typeset
from source import Document, Heading, List, Paragraph


def document(name, summary, password=""):
    facts = {"encrypted": True}
    if password:
        facts["password"] = password
    return Document(
        name=name,
        family="secrets",
        summary=summary,
        facts=facts,
        blocks=[
            Heading("Where the spare keys are", 1),
            Paragraph(prose.CLOCK[1]),
            List(["Tower: under the third step.", "Cupboard: with the baker.", "Bells: nobody knows."]),
        ],
    )


def entry(name, summary, arguments, password="", random=False):
    return (document(name, summary, password), typeset, {"qpdf": arguments, "random": random})


DOCUMENTS = [
    entry("encrypted-owner-rc4", "Owner password only, RC4 of 128 bits",
          ["--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--"]),
    entry("encrypted-user-rc4", "User password, RC4 of 128 bits",
          ["--allow-weak-crypto", "--encrypt", "oak", "owner", "128", "--use-aes=n", "--"], "oak"),
    entry("encrypted-rc4-40", "Owner password only, RC4 of 40 bits",
          ["--allow-weak-crypto", "--encrypt", "", "owner", "40", "--"]),
    entry("encrypted-user-aes128", "User password, AES of 128 bits; random vectors",
          ["--allow-weak-crypto", "--encrypt", "elm", "owner", "128", "--use-aes=y", "--"], "elm",
          True),
    entry("encrypted-user-aes256", "User password, AES of 256 bits; random keys",
          ["--encrypt", "linden tree", "owner", "256", "--"], "linden tree", True),
    entry("encrypted-owner-aes256", "Owner password only, AES of 256 bits; random keys",
          ["--encrypt", "", "owner", "256", "--"], "", True),
]
