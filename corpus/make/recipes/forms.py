"""Forms with fields (PDF 32000-1, 12.7): text, boxes, choices and a signature, filled and empty."""

import typeset
from pdf import Name, Stream
from source import Document, Heading, Paragraph

LEFT, BOX_LEFT, FIRST, STEP = 72.0, 230.0, 130.0, 30.0
REQUIRED, READ_ONLY, RADIO, COMBO = 1 << 1, 1 << 0, 1 << 15, 1 << 17

# name, label, kind, value, options or None, required, read only
MEMBERSHIP = [
    ("name", "Full name", "text", "Ida Marsh", None, True, False),
    ("street", "Street and number", "text", "7 Quay Street", None, False, False),
    ("since", "Member since", "text", "", None, False, False),
    ("number", "Member number", "text", "0417", None, False, True),
    ("rows", "Rows regularly", "checkbox", "selected", None, False, False),
    ("swims", "Can swim", "checkbox", "unselected", None, True, False),
    ("fee", "Fee is paid", "radio", "yearly", ["monthly", "yearly"], False, False),
    ("boat", "Boat", "choice", "Heron", ["Heron", "Kingfisher", "Coot"], False, False),
    ("consent", "Signature", "signature", "", None, True, False),
]


def fields_of(rows):
    """What a faultless reader reports of the fields."""
    told = []
    for name, label, kind, value, options, required, read_only in rows:
        field = {"name": name, "label": label, "type": kind, "page": 1, "required": required,
                 "read_only": read_only}
        if kind == "checkbox":
            field["state"] = value
        else:
            field["value"] = value
        if kind == "signature":
            field["state"] = "unselected"
        if options:
            field["options"] = options
        told.append(field)
    return told


def ballot(selected):
    """How a reader writes a box down."""
    return "\u2612" if selected else "\u2610"


def document(name, summary, rows):
    blocks = [Heading("Membership of the rowing club", 1)]
    for _, label, kind, value, options, *_ in rows:
        beside = {"radio": [f"{ballot(option == value)} {option}" for option in options or []],
                  "checkbox": [ballot(value == "selected")],
                  "text": [value], "choice": [value]}.get(kind, [])
        blocks.append(Paragraph(" ".join([label, *beside]).strip()))
    return Document(name=name, family="forms", summary=summary, blocks=blocks,
                    facts={"fields": fields_of(rows), "needs": ["fields"]})


def draw_of(rows):
    """Title, labels and frames; the fields themselves are annotations."""

    def draw(pages, face):
        page = pages[0]
        page.text(LEFT, 90, "Membership of the rowing club", face["bold"], 16)
        for index, (_, label, kind, _, options, *_) in enumerate(rows):
            y = FIRST + STEP * index
            page.text(LEFT, y, label, face["plain"], 10.5)
            for place, option in enumerate(options or [] if kind == "radio" else []):
                page.text(BOX_LEFT + 18 + 90 * place, y, option, face["plain"], 10.5)

    return draw


def appearance(writer, width, height, text="", mark=""):
    """A form that shows a frame, and a value or a mark in it."""
    drawn = f"0.6 G 0.5 w 0.25 0.25 {width - 0.5:g} {height - 0.5:g} re S "
    if text:
        drawn += f"/Tx BMC BT 0 g /Helv 10 Tf 3 4 Td ({text}) Tj ET EMC "
    if mark:
        drawn += f"0 G 1.2 w 2 2 m {width - 2:g} {height - 2:g} l 2 {height - 2:g} m {width - 2:g} 2 l S"
    font = {"Type": Name("Font"), "Subtype": Name("Type1"), "BaseFont": Name("Helvetica"),
            "Encoding": Name("WinAnsiEncoding")}
    return writer.add(Stream(drawn.encode("ascii"), {
        "Type": Name("XObject"), "Subtype": Name("Form"), "BBox": [0, 0, width, height],
        "Resources": {"Font": {"Helv": font}},
    }))


def widget(writer, page, y, width, x=BOX_LEFT, height=15.0):
    top = 842.0 - y - 4
    return {"Type": Name("Annot"), "Subtype": Name("Widget"), "P": page, "F": 4,
            "Rect": [x, top, x + width, top + height]}


def button(writer, entries, size, name, chosen):
    """The two looks of a box, of which one is shown."""
    entries["AP"] = {"N": {name: appearance(writer, size, size, mark="x"),
                           "Off": appearance(writer, size, size)}}
    entries["AS"] = Name(name if chosen else "Off")


def add_field(writer, page, row, y):
    """Writes one field; returns (field, widgets)."""
    name, label, kind, value, options, required, read_only = row
    flags = required * REQUIRED + read_only * READ_ONLY
    common = {"T": name, "TU": label, "Ff": flags}
    if kind == "checkbox":
        entries = {**widget(writer, page, y, 12, height=12), **common, "FT": Name("Btn"),
                   "V": Name("Yes" if value == "selected" else "Off")}
        button(writer, entries, 12.0, "Yes", value == "selected")
    elif kind == "radio":
        return add_radio(writer, page, row, y)
    elif kind == "choice":
        entries = {**widget(writer, page, y, 120), **common, "FT": Name("Ch"), "V": value,
                   "Ff": flags | COMBO, "Opt": options, "DA": b"/Helv 10 Tf 0 g",
                   "AP": {"N": appearance(writer, 120.0, 15.0, value)}}
    elif kind == "signature":
        entries = {**widget(writer, page, y, 200, height=24), **common, "FT": Name("Sig"),
                   "AP": {"N": appearance(writer, 200.0, 24.0)}}
    else:
        entries = {**widget(writer, page, y, 200), **common, "FT": Name("Tx"), "V": value,
                   "DA": b"/Helv 10 Tf 0 g", "AP": {"N": appearance(writer, 200.0, 15.0, value)}}
    field = writer.add(entries)
    return field, [field]


def add_radio(writer, page, row, y):
    """A field of its own, whose widgets are its kids."""
    name, label, _, value, options, required, read_only = row
    field, kids = writer.reserve(), []
    for place, option in enumerate(options):
        entries = {**widget(writer, page, y, 12, BOX_LEFT + 90 * place, 12), "Parent": field}
        button(writer, entries, 12.0, option, option == value)
        kids.append(writer.add(entries))
    writer.set(field, {"FT": Name("Btn"), "T": name, "TU": label, "V": Name(value or "Off"), "Kids": kids,
                       "Ff": RADIO | required * REQUIRED | read_only * READ_ONLY})
    return field, kids


def finish_of(rows):
    def finish(writer, references, catalog):
        fields, widgets = [], []
        for index, row in enumerate(rows):
            field, shown = add_field(writer, references[0], row, FIRST + STEP * index)
            fields.append(field)
            widgets += shown
        writer.objects[references[0] - 1]["Annots"] = widgets
        helvetica = {"Type": Name("Font"), "Subtype": Name("Type1"), "BaseFont": Name("Helvetica")}
        catalog["AcroForm"] = {"Fields": fields, "DA": b"/Helv 10 Tf 0 g",
                               "DR": {"Font": {"Helv": helvetica}}}

    return finish


def emptied(rows):
    """The same form before anybody filled it in."""
    blank = {"checkbox": "unselected"}
    return [(name, label, kind, blank.get(kind, "") if kind != "radio" else "", *rest)
            for name, label, kind, _, *rest in rows]


def entry(name, summary, rows):
    return (document(name, summary, rows), typeset,
            {"by_hand": True, "draw": draw_of(rows), "finish": finish_of(rows)})


DOCUMENTS = [
    entry("form-filled", "A filled form: text, boxes, radio buttons, a choice", MEMBERSHIP),
    entry("form-empty", "The same form before it was filled in", emptied(MEMBERSHIP)),
]
