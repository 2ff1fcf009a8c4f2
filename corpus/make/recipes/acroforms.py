"""Forms of every kind that a PDF can hold, each showing one habit of those who make them."""

import acroform
from acroform import Field, Group
from pdf import Name, Raw, Stream
from source import Document


def entry(name, summary, fields, issues=(), **options):
    pages = fields if fields and isinstance(fields[0], list) else [fields]
    document = Document(name=f"acroform-{name}", family="acroforms", summary=summary, blocks=[],
                        facts={"only": ["fields", "issues", "page_count"], "needs": ["fields"],
                               "issues": list(issues)})
    return (document, acroform, {"pages": pages, **options})


def text(name, label, value="", **more):
    return Field(name, "text", label, value, **more)


def check(name, label, value=False, **more):
    return Field(name, "checkbox", label, value, **more)


def radio(name, label, options, value="", **more):
    return Field(name, "radio", label, value, options, **more)


def choice(name, label, options, value="", **more):
    return Field(name, "choice", label, value, options, **more)


def combo(name, label, options, value="", flags=(), **more):
    return choice(name, label, options, value, flags=("combo", *flags), **more)


PLAIN = {"tooltip": False}
COUNTRIES = [("CH", "Switzerland"), ("FR", "France"), ("AT", "Austria"), ("IT", "Italy")]
BOATS = ["Heron", "Kingfisher", "Coot", "Grebe"]


def person(filled, **more):
    values = ("Ida Marsh", "7 Quay Street", "4051 Basel", "ida@example.org") if filled else ("",) * 4
    names = (("name", "Full name"), ("street", "Street"), ("city", "Postcode and city"),
             ("mail", "E-mail"))
    return [text(name, label, value, **more) for (name, label), value in zip(names, values)]


TEXTS = [
    entry("text-filled", "Text fields with tooltips, filled", person(True)),
    entry("text-empty", "Text fields with tooltips, empty", person(False)),
    entry("text-label-left", "No tooltips: labels stand on the left", person(True, **PLAIN)),
    entry("text-label-above", "No tooltips: labels stand above",
          person(False, tooltip=False, beside="above")),
    entry("text-tooltip-only", "Tooltips, and nothing printed beside the fields",
          person(True, beside="none")),
    entry("text-multiline", "Text of several lines",
          [text("note", "Remarks", "Bring the key.\nIt hangs by the door.\n\nThank you.",
                flags=("multiline",)),
           text("empty", "More remarks", flags=("multiline",))]),
    entry("text-comb", "Combs: a cell for each character, and longest values",
          [text("code", "Member code", "K4717", flags=("comb",), max_length=5),
           text("date", "Date of birth", "29021996", flags=("comb",), max_length=8),
           text("free", "Car plate", max_length=12)]),
    entry("text-password", "A password field, whose value the page does not show",
          [text("user", "User", "ida"), text("word", "Password", "heron7", flags=("password",))]),
    entry("text-defaults", "Default values, kept, changed and cleared",
          [text("kept", "Country", "Switzerland", default="Switzerland"),
           text("changed", "Language", "Rumantsch", default="Deutsch"),
           text("cleared", "Currency", "", default="CHF")]),
    entry("text-stream", "A value that is a stream",
          [text("essay", "Essay", "A long line.\nAnd another.", flags=("multiline",),
                raw=Stream(b"A long line.\nAnd another."))]),
    entry("text-no-looks", "Values that no appearance draws, viewers make them",
          person(True, appearance=False), more={"NeedAppearances": True}),
    entry("text-flags", "Read-only and required fields",
          [text("number", "Member number", "0417", flags=("read_only",)),
           text("name", "Name", "", flags=("required",)),
           text("both", "Branch", "Basel", flags=("read_only", "required"))]),
    entry("text-latin", "Accents in PDFDocEncoding, UTF-16 and UTF-8",
          [text("doc", "Ort", "Zürich", raw=Raw(b"(Z\\374rich)")),
           text("wide", "Straße", "Große Gasse 3"),
           text("utf8", "Prénom", "Zoë Façade",
                raw=Raw("(\ufeffZoë Façade)".encode("utf-8"))),
           text("octal", "Parens", "a (b) \\ c", raw=Raw(b"(a (b) \\\\ \\143)"))]),
    entry("text-greek-cyrillic", "Values in Greek and Cyrillic, without appearances",
          [text("greek", "Name (Greek)", "Ελένη Παπαδοπούλου", appearance=False),
           text("russian", "Name (Russian)", "Анна Ковалёва", appearance=False),
           text("serbian", "Name (Serbian)", "Милица Ђорђевић", appearance=False)]),
    entry("text-hebrew-arabic", "Values from right to left, without appearances",
          [text("hebrew", "שם מלא", "נועה לוי", beside="none", appearance=False),
           text("arabic", "الاسم الكامل", "ليلى حداد", beside="none", appearance=False)], title="Member"),
    entry("text-east-asian", "Values and tooltips in Chinese, Japanese, Korean",
          [text("chinese", "姓名", "王小明", beside="none", appearance=False),
           text("japanese", "氏名", "山田花子", beside="none", appearance=False),
           text("korean", "성명", "김민준", beside="none", appearance=False)], title="Member"),
    entry("text-indic-thai", "Values in Devanagari and Thai, tooltips too",
          [text("hindi", "नाम", "अनिता शर्मा", beside="none", appearance=False),
           text("thai", "ชื่อ", "สมชาย ใจดี", beside="none", appearance=False)], title="Member"),
    entry("text-many-places", "A field that is shown three times is one field",
          [text("name", "Name", "Ida Marsh", places=3), text("other", "Town", "Basel")]),
    entry("text-hidden", "Hidden fields that hold what the form is about",
          [text("name", "Name", "Ida"),
           text("id", "Form number", "F-2024-7", hidden=True, beside="none", appearance=False)]),
    entry("text-rotated", "Fields of a page that is turned", person(True), rotate=90),
    entry("text-two-pages", "Fields over two pages",
          [person(True), [text("more.phone", "Telephone", "061 555 01 23"),
                          text("more.fax", "Fax")]]),
]

BUTTONS = [
    entry("check-plain", "Checkboxes, ticked and not",
          [check("rows", "Rows regularly", True), check("swims", "Can swim", False)]),
    entry("check-label-right", "Checkboxes with their labels behind them, no tooltips",
          [check("a", "I agree to the terms", True, tooltip=False, beside="right"),
           check("b", "Send me the letter", False, tooltip=False, beside="right")]),
    entry("check-states", "States with names of their own",
          [check("one", "One", True, state="1"), check("on", "On", True, state="On"),
           check("choice", "Choice", False, state="Choice1")]),
    entry("check-options", "Checkboxes whose option stands in /Opt",
          [check("wide", "Wide", True, state="0", options=["Größe XL"]),
           check("tall", "Tall", False, state="0", options=["hoch"])]),
    entry("check-no-looks", "Checkboxes without appearances",
          [check("yes", "Yes please", True, appearance=False)]),
    entry("radio-plain", "Groups of radio buttons",
          [radio("fee", "Fee is paid", ["monthly", "yearly"], "yearly"),
           radio("boat", "Boat", BOATS[:3], "Heron")]),
    entry("radio-none", "A group of which nothing is chosen",
          [radio("fee", "Fee is paid", ["monthly", "yearly"])]),
    entry("radio-options", "States that are numbers, options in /Opt",
          [radio("size", "Size", ["klein", "groß"], "groß", numbered=True),
           radio("colour", "Colour", ["red", "green", "blue"], "", numbered=True)]),
    entry("radio-unison", "Buttons in unison share a state",
          [radio("pay", "Paid by", ["card", "cash", "card"], "card", numbered=True,
                 flags=("unison",))]),
    entry("radio-default", "A group with a default",
          [radio("lang", "Language", ["de", "fr", "it"], "fr", default="de",
                 flags=("required", "no_toggle"))]),
    entry("radio-mixed", "The buttons of two groups take turns in the file",
          [radio("left", "Left hand", ["yes", "no"], "no"),
           radio("right", "Right hand", ["yes", "no"], "yes")], mixed=True),
    entry("push-buttons", "Buttons that do something and hold nothing",
          [text("name", "Name", "Ida"), Field("send", "button", "Send"),
           Field("clear", "button", "Clear all")]),
]

CHOICES = [
    entry("combo-plain", "Choices that drop down",
          [combo("boat", "Boat", BOATS, "Coot"), combo("none", "Spare boat", BOATS)]),
    entry("combo-exports", "Options that are sent off under other names",
          [combo("country", "Country", COUNTRIES, "Switzerland"),
           combo("born", "Born in", COUNTRIES, "", default="France")]),
    entry("combo-editable", "A value that is none of the options",
          [combo("boat", "Boat", BOATS, "Otter", flags=("editable",))]),
    entry("list-single", "Lists of which one may be chosen",
          [choice("boat", "Boat", BOATS, "Grebe"), choice("land", "Country", COUNTRIES, "Italy")]),
    entry("list-multi", "Lists of which several are chosen",
          [choice("boats", "Boats", BOATS, ["Heron", "Coot"], flags=("multi_select",)),
           choice("lands", "Countries", COUNTRIES, ["France", "Italy"], flags=("multi_select",))]),
    entry("list-indices", "Chosen by place alone",
          [choice("lands", "Countries", COUNTRIES, ["France", "Austria"], flags=("multi_select",),
                  raw={"I": [1, 2]})]),
    entry("list-empty", "Lists of which nothing is chosen",
          [choice("boats", "Boats", BOATS, flags=("multi_select", "required"))]),
]

SIGNED = {"Name": "Ida Marsh", "M": "D:20240229123000+01'00'", "Location": "Basel",
          "Reason": "I approve"}
SIGNATURES = [
    entry("signature-empty", "A place for a signature",
          [text("name", "Name", "Ida Marsh"), Field("sign", "signature", "Signature",
                                                    flags=("required",))]),
    entry("signature-signed", "Signatures that say who, where and why, and one that does not",
          [Field("sign", "signature", "Signature", signed=SIGNED),
           Field("second", "signature", "Witness", signed={"M": "D:20240301"})]),
]

TREES = [
    entry("names-nested", "Names of five levels",
          [text("order.customer.address.street.name", "Street", "Quay"),
           text("order.customer.address.street.number", "Number", "7"),
           text("order.customer.name", "Customer", "Ida"), check("order.gift", "Gift", True),
           radio("order.ship.by", "Sent by", ["post", "boat"], "boat")]),
    entry("inherited", "Type, flags, value, default and length come from above",
          [text("d.first", "First", "as above", default="blank", max_length=20,
                flags=("required",)),
           text("d.second", "Second", "own", default="blank", max_length=20, flags=("required",)),
           text("d.third", "Third", "as above", default="other", max_length=5, flags=("required",))],
          groups=[Group("d", {"FT": Name("Tx"), "Ff": 2, "V": "as above", "DV": "blank",
                              "MaxLen": 20})]),
    entry("mismatch", "A field that shows another value than it holds",
          [text("total", "Total", "120.00", shown="999.00"),
           text("date", "Date", "2024-02-29", shown="29 Feb 2024"),
           text("sum", "Sum", "1234.5", shown="$1,234.50")], issues=["field_mismatch"]),
]


def tax_page(page, count):
    """As tax forms are built: f1_01[0], c1_01[0] in subforms of subforms."""
    base = f"topmostSubform[0].Page{page}[0]"
    fields = []
    for i in range(count):
        inner = f"{base}.Table_Line{i // 8}[0].Row{i % 8}[0]" if i % 3 else base
        if i % 7 == 6:
            fields.append(check(f"{inner}.c{page}_{i:02}[0]", f"Box {i}", i % 2 == 0, state="1",
                                beside="none"))
        else:
            value = f"{i * 137 % 10007}" if i % 4 else ""
            fields.append(text(f"{inner}.f{page}_{i:02}[0]", f"Line {i}", value,
                               beside="none", appearance=False,
                               max_length=10 if i % 5 == 0 else 0))
    return fields


TAX = [entry("tax", "Four hundred nested fields over four pages, as tax forms have them",
             [tax_page(page, 100) for page in range(1, 5)], title="Return",
             qpdf=["--object-streams=generate", "--compression-level=9",
                   "--recompress-flate", "--deterministic-id"])]


def application(language, labels, values, options):
    name, born, street, mail, agree, kind, land, sign = labels
    fields = [text("person.name", name, values[0]), text("person.born", born, values[1]),
              text("person.street", street, values[2]), text("person.mail", mail, values[3]),
              check("agree", agree, True), radio("kind", kind, options[0], options[0][1]),
              combo("land", land, options[1], options[1][0]),
              Field("sign", "signature", sign)]
    return entry(f"application-{language}", f"An application with every kind of field ({language})",
                 [field for field in fields], title=labels[0])


APPLICATIONS = [
    application("en", ("Full name", "Date of birth", "Address", "E-mail", "I agree", "Membership",
                       "Country", "Signature"),
                ("Ida Marsh", "29 February 1996", "7 Quay Street", "ida@example.org"),
                (["single", "family"], ["Ireland", "Wales"])),
    application("de", ("Vor- und Nachname", "Geburtsdatum", "Straße und Hausnummer",
                       "E-Mail-Adresse", "Ich stimme zu", "Mitgliedschaft", "Land", "Unterschrift"),
                ("Jörg Grün", "29.02.1996", "Große Gasse 3", "joerg@example.org"),
                (["einzeln", "Familie"], ["Österreich", "Schweiz"])),
    application("fr", ("Nom et prénom", "Date de naissance", "Adresse", "Courriel", "J'accepte",
                       "Adhésion", "Pays", "Signature"),
                ("Zoë Lefèvre", "29/02/1996", "3, rue de l'Église", "zoe@example.org"),
                (["simple", "famille"], ["Belgique", "Suisse"])),
    application("es", ("Nombre y apellidos", "Fecha de nacimiento", "Dirección",
                       "Correo electrónico", "Estoy de acuerdo", "Afiliación", "País", "Firma"),
                ("Íñigo Muñoz", "29/02/1996", "Calle Peñón 3", "inigo@example.org"),
                (["individual", "familiar"], ["España", "Perú"])),
]

DOCUMENTS = [*TEXTS, *BUTTONS, *CHOICES, *SIGNATURES, *TREES, *TAX, *APPLICATIONS]
