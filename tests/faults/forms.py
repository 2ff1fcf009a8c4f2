"""Forms that lead in circles, promise absurd numbers of fields, or whose XML is a trap."""
from hostile import ANY, DOCUMENT, OK, PARTIAL, Case
from minipdf import Pdf, stream

TEXT = "BT /F1 12 Tf 72 700 Td (Hello) Tj ET"


def form(widgets="", fields="", more="", objects=None, acroform=""):
    """One page with `widgets` as /Annots and a form of `fields`."""
    pdf = Pdf()
    pdf.catalog_extra = f"/AcroForm<</Fields[{fields}]{acroform}>>"
    pdf.page(TEXT, extra=f"/Annots[{widgets}]{more}")
    pdf.close()
    pdf.put_all(objects or {})
    return pdf.bytes()


def widget(number, entries):
    y = number % 700
    return f"<</Subtype/Widget/Rect[50 {y} 90 {y + 10}]{entries}>>"


def references(first, count):
    return " ".join(f"{n} 0 R" for n in range(first, first + count))


def count_of(least, most=None):
    def check(document):
        count = len(document["fields"])
        most_of = most if most is not None else least
        return None if least <= count <= most_of else f"{count} fields, not {least} to {most_of}"
    return check


def tells(code, fields=None):
    def check(document):
        codes = {issue["code"] for issue in document["issues"]}
        if code not in codes:
            return f"no issue {code}, only {sorted(codes)}"
        return fields(document) if fields else None
    return check


def trees():
    yield Case("parent-self", lambda: form("100 0 R", "100 0 R", objects={
        100: widget(0, "/Parent 100 0 R/FT/Tx/T(a)/V(b)")}), {OK}, count_of(1))
    yield Case("parent-ring", lambda: form("100 0 R", "101 0 R", objects={
        100: widget(0, "/Parent 101 0 R/FT/Tx/T(a)"),
        101: "<</T(b)/Parent 102 0 R/Kids[100 0 R 102 0 R]>>",
        102: "<</T(c)/Parent 101 0 R/Kids[101 0 R 100 0 R]>>"}), {OK}, count_of(1))
    yield Case("kids-self", lambda: form("", "100 0 R 100 0 R", objects={
        100: "<</T(a)/FT/Tx/Kids[100 0 R 100 0 R]>>"}), {OK}, count_of(0))
    yield Case("kids-direct-ring", lambda: form("", "100 0 R", objects={
        100: "<</T(a)/Kids[<</T(b)/Kids[100 0 R]>> 101 0 R]>>",
        101: "<</T(c)/FT/Tx/V(x)/Parent 100 0 R>>"}), {OK}, count_of(1))
    yield Case("kids-nonsense", lambda: form("7 (x) null /N [] 999 0 R", "7 (x) null /N [] 999 0 R"),
               {OK})
    yield Case("tree-deep", lambda: form("", "100 0 R", objects={
        **{n: f"<</T(n)/Kids[{n + 1} 0 R]/Parent {n - 1} 0 R>>" for n in range(100, 5100)},
        5100: "<</T(end)/FT/Tx/V(v)>>"}), {OK})
    yield Case("tree-unplaced-100000", lambda: form("", references(100, 100000), objects={
        100 + n: f"<</T(f{n})/FT/Tx/V(v{n})>>" for n in range(100000)}), {OK}, count_of(100000),
        seconds=20)


def widgets():
    yield Case("widgets-100000", lambda: form(references(100, 100000), references(100, 100000),
               objects={100 + n: widget(n, f"/FT/Tx/T(f{n})/V(v)") for n in range(100000)}),
               {PARTIAL}, tells("limit", count_of(20000)), seconds=20)
    yield Case("widgets-one-radio", lambda: form(references(101, 15000), "100 0 R", objects={
        100: f"<</FT/Btn/Ff 32768/T(r)/V/S7/Opt[{'(o)' * 3000}]/Kids[{references(101, 15000)}]>>",
        **{101 + n: widget(n, f"/Parent 100 0 R/AS/Off/AP<</N<</S{n} null/S{n}x 5 0 R>>>>")
           for n in range(15000)}}), {PARTIAL}, tells("limit"), seconds=20)
    yield Case("widgets-long-value", lambda: form(references(101, 15000), "100 0 R", objects={
        100: f"<</FT/Tx/T(t)/V({'long ' * 200000})>>",
        **{101 + n: widget(n, f"/Parent 100 0 R/T(k{n})/F 2") for n in range(15000)}}), {PARTIAL},
        tells("limit"), seconds=20)
    yield Case("widgets-long-names", lambda: form(references(102, 15000), "100 0 R", objects={
        100: f"<</T({'name' * 20000})/FT/Tx>>",
        **{102 + n: widget(n, f"/Parent 100 0 R/T(k{n})") for n in range(15000)}}), {PARTIAL},
        tells("limit"), seconds=20)
    yield Case("widgets-shared-options", lambda: form(references(101, 15000), "100 0 R", objects={
        100: f"<</FT/Ch/T(c)/V(o1999)/Opt[{''.join(f'[(o{n})(t{n})]' for n in range(2000))}]>>",
        **{101 + n: widget(n, f"/Parent 100 0 R/T(k{n})/F 2") for n in range(15000)}}), {PARTIAL},
        tells("limit"), seconds=20)
    yield Case("flags-absurd", lambda: form("100 0 R", "100 0 R", objects={
        100: widget(0, "/FT/Tx/Ff 99999999999/MaxLen -5/T(a)/TU 7/V[1 2]/DV<<>>/Q(x)")}), ANY)


def xfa(xml, compress=True, split=None):
    data = xml if isinstance(xml, bytes) else xml.encode("utf-8")
    if split:
        inner = " ".join(f"({name}) {100 + i} 0 R" for i, name in enumerate(split))
        return form(acroform=f"/XFA[{inner}]",
                    objects={100 + i: stream(part.encode("utf-8")) for i, part in
                             enumerate(split.values())})
    return form(acroform="/XFA 100 0 R", objects={100: stream(data, compress=compress)})


def template(inner, data="", head=""):
    return (f'{head}<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><subform name="f">{inner}'
            f"</subform></template><datasets><data>{data}</data></datasets></xdp:xdp>")


FIELD = "<field name='a'><caption><value><text>{}</text></value></caption></field>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"


def traps():
    def refused(name, xml, **more):
        return Case(name, lambda: xfa(xml, **more), {PARTIAL}, tells("xfa_unread", count_of(0)))
    yield refused("xfa-billion-laughs", template(FIELD.format("&a9;"), head=LAUGHS))
    yield refused("xfa-external", template(FIELD.format("&x;"), head=(
        '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')))
    yield refused("xfa-parameter-entity", template(FIELD.format("x"), head=(
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://192.0.2.1/x">%p;]>')))
    yield refused("xfa-quadratic", template(FIELD.format("&b;" * 20000), head=(
        f"<!DOCTYPE x [<!ENTITY b '{'b' * 20000}'>]>")))
    yield refused("xfa-utf16-laughs", template(FIELD.format("&a9;"), head=LAUGHS).encode("utf-16"))
    yield refused("xfa-noise", bytes(range(256)) * 100)
    yield refused("xfa-bomb", "<template>" + " " * 200_000_000)
    yield Case("xfa-broken", lambda: xfa(template(FIELD.format("Name"), "<f><a>v</a></f>")[:-40]),
               {OK}, tells("xfa_damaged", count_of(1)))
    yield Case("xfa-crossed-tags", lambda: xfa(
        "<template><subform name='f'><field name='a'></subform></field></template>"), {OK},
        tells("xfa_damaged"))
    yield Case("xfa-no-stream", lambda: form(acroform="/XFA[(template) 7 (datasets) (x) 5]"), {OK})
    yield Case("xfa-is-number", lambda: form(acroform="/XFA 7"), {OK})
    yield Case("xfa-unknown-entity", lambda: xfa(template(FIELD.format("a &nosuch; b"))), {OK},
               tells("xfa_damaged", count_of(1)))


def sizes():
    yield Case("xfa-deep", lambda: xfa(template("<subform name='s'>" * 50000)), DOCUMENT)
    yield Case("xfa-deep-sound", lambda: xfa(template(
        "<subform name='s'>" * 200 + FIELD.format("x") + "</subform>" * 200)), DOCUMENT)
    yield Case("xfa-fields-200000", lambda: xfa(template(
        "".join(f"<field name='a{n}'/>" for n in range(200000)))), {PARTIAL},
        tells("limit", count_of(100000)), seconds=20)
    yield Case("xfa-instances", lambda: xfa(template(
        "<subform name='i'><occur initial='2000000000' max='-1'/>" * 5 + FIELD.format("x")
        + "</subform>" * 5)), {PARTIAL}, tells("limit"), seconds=20)
    yield Case("xfa-same-names", lambda: xfa(template(
        "<field name='a'/>" * 50000, "<f>" + "<a>v</a>" * 200000 + "</f>")), {OK}, count_of(50000),
        seconds=20)
    yield Case("xfa-rows-40000", lambda: xfa(template(
        "<subform name='r'><occur max='-1'/>" + FIELD.format("x") + "</subform>",
        "<f>" + "<r><a>v</a></r>" * 40000 + "</f>")), {OK}, count_of(40000), seconds=20)
    yield Case("xfa-long-items", lambda: xfa(template(
        "<field name='c'><ui><choiceList/></ui><items>" + "<text>o</text>" * 100000
        + "</items></field>")), {OK}, count_of(1))


def cases():
    for table in (trees, widgets, traps, sizes):
        yield from table()
