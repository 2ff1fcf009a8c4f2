"""Encrypted files: with the right password, a wrong one, none, and with a spoilt dictionary."""
from hostile import ANY, LOCKED, OK, Case
from minipdf import Pdf

HELLO = "BT /F1 12 Tf 72 700 Td (Hello) Tj ET"


def hello(document):
    return None if "Hello" in document["content"] else "Hello is missing"


def locked(user, **changes):
    pdf = Pdf()
    pdf.page(HELLO)
    pdf.encrypt(user, **changes)
    return pdf.bytes()


def passwords():
    yield Case("password-empty", lambda: locked(b""), {OK}, hello)
    yield Case("password-user", lambda: locked(b"sesame"), {OK}, hello, ("--password", "sesame"))
    yield Case("password-owner", lambda: locked(b"sesame"), {OK}, hello, ("--password", "owner"))
    yield Case("password-none", lambda: locked(b"sesame"), {LOCKED})
    yield Case("password-wrong", lambda: locked(b"sesame"), {LOCKED}, None, ("--password", "sesam"))
    yield Case("password-long", lambda: locked(b"sesame"), {LOCKED}, None,
               ("--password", "x" * 5000))
    yield Case("password-unneeded", lambda: locked(b""), {OK, LOCKED}, None, ("--password", "x"))


def dictionaries():
    spoilt = {
        "v-99": {"V": "99"}, "v-4-bare": {"V": "4", "R": "4"}, "r-99": {"R": "99"},
        "v-5-bare": {"V": "5", "R": "6"}, "v-negative": {"V": "-1"}, "r-none": {"R": None},
        "length-negative": {"Length": "-8"}, "length-huge": {"Length": "2000000000"},
        "length-odd": {"V": "2", "Length": "41"}, "o-none": {"O": None}, "o-short": {"O": "<00>"},
        "o-number": {"O": "7"}, "u-empty": {"U": "()"}, "u-huge": {"U": "(" + "u" * 100_000 + ")"},
        "p-text": {"P": "(x)"}, "p-huge": {"P": "99999999999999"}, "filter-none": {"Filter": None},
        "filter-odd": {"Filter": "/Nope"}, "filter-public": {"Filter": "/Adobe.PubSec"},
        "crypt-loop": {"V": "4", "R": "4", "CF": "<</StdCF 1 0 R>>", "StmF": "/StdCF"},
        "crypt-aes": {"V": "4", "R": "4", "CF": "<</StdCF<</CFM/AESV2/Length 16>>>>",
                      "StmF": "/StdCF", "StrF": "/StdCF"},
        "crypt-aes-256": {"V": "5", "R": "5", "CF": "<</StdCF<</CFM/AESV3/Length 32>>>>",
                          "StmF": "/StdCF", "StrF": "/StdCF", "OE": "<00>", "UE": "<00>"},
        "crypt-aes-256-long": {"V": "5", "R": "6", "CF": "<</StdCF<</CFM/AESV3/Length 32>>>>",
                               "StmF": "/StdCF", "StrF": "/StdCF", "O": f"<{'00' * 48}>",
                               "U": f"<{'00' * 48}>", "OE": f"<{'00' * 32}>",
                               "UE": f"<{'00' * 32}>", "Perms": f"<{'00' * 16}>"},
    }
    for name, changes in spoilt.items():
        yield Case(name, lambda changes=changes: locked(b"", **changes), ANY | {LOCKED})
    plain = Pdf()
    plain.page(HELLO)
    for name, entry in {"self": "/Encrypt 1 0 R", "null": "/Encrypt null", "number": "/Encrypt 7",
                        "missing": "/Encrypt 999 0 R", "empty": "/Encrypt<<>>"}.items():
        def make(entry=entry):
            plain.trailer_extra = entry
            return plain.bytes()
        yield Case("encrypt-" + name, make, ANY | {LOCKED})
    yield Case("no-id", lambda: locked(b"").replace(b"/ID[", b"/IX["), ANY | {LOCKED})


def cases():
    yield from passwords()
    yield from dictionaries()
