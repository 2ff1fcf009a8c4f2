"""Interactive forms (PDF 32000-1, 12.7), field by field: the file and its truth from one list.

A form is a list of pages, a page a list of fields, each on a row of its own with its label beside
it. Dotted names become trees of fields; what a `Group` says is inherited by those below it. Fonts
are Helvetica and ZapfDingbats, which no file has to carry, so that a form stays at some kilobytes.
"""

from dataclasses import dataclass, field

import pdf
import tools
from pdf import Name, Raw, Ref, Stream

WIDTH, HEIGHT = 595.0, 842.0
LABEL_X, FIELD_X, FIELD_WIDTH, FIRST, STEP, SIZE = 72.0, 250.0, 220.0, 130.0, 26.0, 10.0
READ_ONLY, REQUIRED = 1 << 0, 1 << 1
FLAGS = {"read_only": READ_ONLY, "required": REQUIRED, "multiline": 1 << 12, "password": 1 << 13,
         "no_toggle": 1 << 14, "combo": 1 << 17, "editable": 1 << 18, "multi_select": 1 << 21,
         "comb": 1 << 24, "unison": 1 << 25}
RADIO, PUSH = 1 << 15, 1 << 16
TYPES = {"text": "Tx", "checkbox": "Btn", "radio": "Btn", "button": "Btn", "choice": "Ch",
         "signature": "Sig"}


@dataclass
class Field:
    name: str
    kind: str  # text checkbox radio choice signature button
    label: str = ""
    value: object = ""  # text; True or False; the option shown, or a list of them; who signed
    options: list = None  # texts, or (export, text)
    default: object = None
    max_length: int = 0
    flags: tuple = ()  # names of FLAGS
    tooltip: bool = True  # /TU says the label
    beside: str = "left"  # where the label is printed: left above right none
    state: str = "Yes"  # of a checkbox
    numbered: bool = False  # states of buttons are numbers, /Opt has their options
    places: int = 1  # widgets
    appearance: bool = True
    shown: str = None  # what the appearance draws, where that is not the value
    hidden: bool = False
    raw: object = None  # /V as it is written, where the plain way is not meant
    signed: dict = None  # Name M Location Reason
    more: dict = field(default_factory=dict)  # further entries


@dataclass
class Group:
    """Entries of a field above others, by its full name; told or not told to those below."""

    name: str
    entries: dict


def pair(option):
    return option if isinstance(option, tuple) else (option, option)


def export_of(spec, shown):
    for sent, text in map(pair, spec.options or []):
        if text == shown:
            return sent
    return shown


def chosen(spec):
    return spec.value if isinstance(spec.value, list) else [spec.value] if spec.value else []


# ---- truth ----


def truth_of(spec, page):
    """What a faultless reader reports of the field."""
    told = {"name": spec.name, "label": spec.label or None, "type": spec.kind, "page": page,
            "required": "required" in spec.flags, "read_only": "read_only" in spec.flags,
            "hidden": spec.hidden}
    for key in ("multiline", "password", "comb", "combo", "editable", "multi_select"):
        told[key] = key in spec.flags
    told["max_length"] = spec.max_length or None
    shown = [pair(option)[1] for option in spec.options or []]
    if spec.kind == "checkbox":
        option = shown[0] if shown else spec.state
        told.update(state="selected" if spec.value else "unselected", value=None,
                    export_value=spec.state if spec.value else None, options=[option],
                    export_options=[spec.state] if option != spec.state else None)
        return told
    told["value"] = "\n".join(chosen(spec)) or None
    told["default_value"] = spec.default
    if spec.kind == "signature":
        signed = spec.signed or {}
        told.update(value=signed.get("Name"), state="selected" if signed else "unselected",
                    signed_in=signed.get("Location"), signed_for=signed.get("Reason"))
    if spec.options:
        sent = states_of(spec) if spec.kind == "radio" else [pair(o)[0] for o in spec.options]
        if "unison" in spec.flags:
            kept = [i for i, text in enumerate(shown) if text not in shown[:i]]
            shown, sent = [shown[i] for i in kept], [sent[i] for i in kept]
        told.update(options=shown, export_options=sent if sent != shown else None)
        exported = "\n".join(sent[shown.index(v)] if v in shown else v for v in chosen(spec))
        told["export_value"] = exported if exported != "\n".join(chosen(spec)) else None
    return told


# ---- looks ----


def literal(text):
    safe = text.encode("cp1252", "replace").replace(b"\\", b"\\\\")
    return b"(" + safe.replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


class Maker:
    def __init__(self, pages, groups, rotate):
        self.writer, self.groups, self.rotate = pdf.Writer(), groups, rotate
        self.root, self.tree = self.writer.reserve(), self.writer.reserve()
        self.fonts = {
            "Helv": self.writer.add({"Type": Name("Font"), "Subtype": Name("Type1"),
                                     "BaseFont": Name("Helvetica"),
                                     "Encoding": Name("WinAnsiEncoding")}),
            "ZaDb": self.writer.add({"Type": Name("Font"), "Subtype": Name("Type1"),
                                     "BaseFont": Name("ZapfDingbats")})}
        self.nodes, self.top, self.pages = {}, [], pages
        self.page_refs = [self.writer.reserve() for _ in pages]

    def form(self, width, height, drawn):
        return self.writer.add(Stream(drawn, {
            "Type": Name("XObject"), "Subtype": Name("Form"), "BBox": [0, 0, width, height],
            "Resources": {"Font": self.fonts}}))

    def text_look(self, width, height, lines):
        drawn = [b"/Tx BMC q BT /Helv %d Tf 0 g 2 %g Td 12 TL" % (SIZE, height - 11)]
        drawn += [literal(line) + (b" Tj" if not i else b" '") for i, line in enumerate(lines)]
        return self.form(width, height, b"\n".join(drawn + [b"ET Q EMC"]))

    def button_look(self, side, on):
        frame = b"0.5 w 0.5 0.5 %g %g re S" % (side - 1, side - 1)
        return self.form(side, side, frame + (b" BT /ZaDb 9 Tf 2 2 Td (4) Tj ET" if on else b""))

    # ---- the tree ----

    def node(self, name):
        """The field called `name` and those above it; reference and dictionary."""
        if name in self.nodes:
            return self.nodes[name]
        above, _, last = name.rpartition(".")
        entries = {"T": last, **self.groups.get(name, {})}
        self.nodes[name] = reference, entries = self.writer.reserve(), entries
        if above:
            parent, holder = self.node(above)
            entries["Parent"] = parent
            holder.setdefault("Kids", []).append(reference)
        else:
            self.top.append(reference)
        self.writer.set(reference, entries)
        return reference, entries

    def widget(self, page, box, spec):
        x, y, width, height = box
        flags = 2 if spec.hidden else 4
        return {"Type": Name("Annot"), "Subtype": Name("Widget"), "P": self.page_refs[page],
                "F": flags, "Rect": [x, HEIGHT - y - height, x + width, HEIGHT - y]}

    # ---- fields ----

    def add(self, page, spec, y):
        """Writes one field; returns its widgets."""
        reference, entries = self.node(spec.name)
        inherited = {}
        for name, given in self.groups.items():
            if spec.name.startswith(name + "."):
                inherited.update(given)
        flags = sum(FLAGS[name] for name in spec.flags)
        flags |= {"radio": RADIO, "button": PUSH}.get(spec.kind, 0)
        if "FT" not in inherited:
            entries["FT"] = Name(TYPES[spec.kind])
        if flags and inherited.get("Ff") != flags:
            entries["Ff"] = flags
        if spec.tooltip and spec.label:
            entries["TU"] = spec.label
        if spec.max_length and inherited.get("MaxLen") != spec.max_length:
            entries["MaxLen"] = spec.max_length
        entries.update(spec.more)
        return getattr(self, "add_" + spec.kind)(page, spec, y, reference, entries, inherited)

    def placed(self, page, spec, y, reference, entries, looks):
        """One widget in the field's own dictionary, or several below it."""
        found = []
        for place, look in enumerate(looks):
            box = (FIELD_X, y - 11 + 20 * place, FIELD_WIDTH, 15.0)
            shown = self.widget(page, box, spec)
            if look:
                shown["AP"] = {"N": look}
            if len(looks) == 1:
                entries.update(shown)
                found.append(reference)
            else:
                kid = self.writer.add({**shown, "Parent": reference})
                entries.setdefault("Kids", []).append(kid)
                found.append(kid)
        return found

    def lines(self, spec, y):
        shown = spec.shown if spec.shown is not None else "\n".join(chosen(spec))
        if "password" in spec.flags:
            shown = "*" * len(shown)
        return shown.split("\n") if shown else []

    def add_text(self, page, spec, y, reference, entries, inherited):
        if spec.value or spec.raw is not None:
            value = spec.raw if spec.raw is not None else spec.value
            if inherited.get("V") != spec.value:
                entries["V"] = self.writer.add(value) if isinstance(value, Stream) else value
        if spec.default and inherited.get("DV") != spec.default:
            entries["DV"] = spec.default
        entries["DA"] = b"/Helv 10 Tf 0 g"
        look = self.text_look(FIELD_WIDTH, 15.0, self.lines(spec, y)) if spec.appearance else None
        return self.placed(page, spec, y, reference, entries, [look] * spec.places)

    def add_choice(self, page, spec, y, reference, entries, inherited):
        entries["Opt"] = [list(o) if isinstance(o, tuple) else o for o in spec.options]
        sent = [export_of(spec, value) for value in chosen(spec)]
        if spec.raw is not None:
            entries.update(spec.raw)
        elif sent:
            entries["V"] = sent if isinstance(spec.value, list) else sent[0]
        if spec.default:
            entries["DV"] = export_of(spec, spec.default)
        entries["DA"] = b"/Helv 10 Tf 0 g"
        look = self.text_look(FIELD_WIDTH, 15.0, self.lines(spec, y)) if spec.appearance else None
        return self.placed(page, spec, y, reference, entries, [look])

    def box(self, page, spec, place, y, state, on):
        shown = self.widget(page, (FIELD_X + 90 * place, y - 10, 12.0, 12.0), spec)
        if spec.appearance:
            shown["AP"] = {"N": {state: self.button_look(12.0, True),
                                 "Off": self.button_look(12.0, False)}}
        shown["AS"] = Name(state if on else "Off")
        return shown

    def add_checkbox(self, page, spec, y, reference, entries, inherited):
        if spec.options:
            entries["Opt"] = [pair(option)[1] for option in spec.options]
        entries["V"] = Name(spec.state if spec.value else "Off")
        entries.update(self.box(page, spec, 0, y, spec.state, spec.value))
        return [reference]

    def add_radio(self, page, spec, y, reference, entries, inherited):
        states = states_of(spec)
        shown = [pair(option)[1] for option in spec.options]
        if spec.numbered:
            entries["Opt"] = shown
        on = states[shown.index(spec.value)] if spec.value else "Off"
        entries["V"] = Name(on)
        if spec.default:
            entries["DV"] = Name(states[shown.index(spec.default)])
        kids = [self.writer.add({**self.box(page, spec, place, y, state, state == on),
                                 "Parent": reference}) for place, state in enumerate(states)]
        entries["Kids"] = kids
        return kids

    def add_signature(self, page, spec, y, reference, entries, inherited):
        if spec.signed:
            entries["V"] = self.writer.add({
                "Type": Name("Sig"), "Filter": Name("Adobe.PPKLite"), "Contents": b"\0" * 8,
                **spec.signed})
        return self.placed(page, spec, y, reference, entries, [self.text_look(
            FIELD_WIDTH, 15.0, [])])

    def add_button(self, page, spec, y, reference, entries, inherited):
        entries["MK"] = {"CA": spec.label}
        return self.placed(page, spec, y, reference, entries, [None])

    # ---- pages ----

    def labels(self, spec, y):
        if spec.beside == "none" or not spec.label:
            return
        x, down = LABEL_X, 0
        if spec.beside == "above":
            x, down = FIELD_X, -14
        elif spec.beside == "right":
            x = FIELD_X + 18
        yield x, y + down, spec.label, SIZE

    def page(self, index, title, specs):
        drawn, widgets, y = [(LABEL_X, 90.0, title, 16.0)] if title else [], [], FIRST
        dense = len(specs) > 26
        for row, spec in enumerate(specs):
            drawn += self.labels(spec, y)
            if spec.kind == "radio" and not spec.hidden:
                drawn += [(FIELD_X + 17 + 90 * place, y, pair(option)[1], SIZE)
                          for place, option in enumerate(spec.options)]
            widgets.append(self.add(index, spec, y))
            y += 640 / len(specs) if dense else STEP + 20 * (spec.places - 1)
            y += 10 if spec.beside == "above" else 0
        content = b"\n".join(b"BT /Helv %g Tf %g %g Td %s Tj ET" % (size, x, HEIGHT - y, literal(text))
                             for x, y, text, size in drawn)
        entries = {"Type": Name("Page"), "Parent": self.tree, "MediaBox": [0, 0, WIDTH, HEIGHT],
                   "Resources": {"Font": {"Helv": self.fonts["Helv"]}},
                   "Contents": self.writer.add(Stream(content))}
        if self.rotate:
            entries["Rotate"] = self.rotate
        self.writer.set(self.page_refs[index], entries)
        return entries, widgets


def states_of(spec):
    """Names of the states of the buttons of a group; numbers where /Opt has their options."""
    shown = [pair(option)[1] for option in spec.options]
    if not spec.numbered:
        return [pair(option)[0] for option in spec.options]
    if "unison" in spec.flags:
        return [str(shown.index(text)) for text in shown]
    return [str(place) for place in range(len(shown))]


def interleaved(lists):
    """The first of each, the second of each ..."""
    longest = max(map(len, lists), default=0)
    return [one[i] for i in range(longest) for one in lists if i < len(one)]


def build(document, path, pages, title="", groups=(), rotate=0, mixed=False, more=None, qpdf=None,
          xfa=None):
    """Writes the PDF; returns the number of its pages. mixed: widgets of groups stand apart."""
    maker = Maker(pages, {group.name: group.entries for group in groups}, rotate)
    told = []
    for index, specs in enumerate(pages):
        entries, widgets = maker.page(index, title if not index else "", specs)
        listed = interleaved(widgets) if mixed else [w for some in widgets for w in some]
        entries["Annots"] = maker.writer.add(listed)
        told += [truth_of(spec, index + 1) for spec in specs]
    writer = maker.writer
    writer.set(maker.tree, {"Type": Name("Pages"), "Kids": maker.page_refs,
                            "Count": len(maker.page_refs)})
    acroform = {"Fields": maker.top, "DA": b"/Helv 10 Tf 0 g", "DR": {"Font": maker.fonts},
                **(more or {})}
    if xfa:
        acroform["XFA"] = xfa(writer)
    writer.set(maker.root, {"Type": Name("Catalog"), "Pages": maker.tree, "AcroForm": acroform})
    data = writer.file(maker.root)
    document.facts.setdefault("fields", told)
    if qpdf:
        plain = path.with_suffix(".plain")
        tools.write(plain, data)
        tools.qpdf(plain, path, *qpdf)
        plain.unlink()
    else:
        tools.write(path, data)
    return len(pages)


__all__ = ["Field", "Group", "Raw", "Ref", "build"]
