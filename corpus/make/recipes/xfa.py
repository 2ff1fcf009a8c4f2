"""Forms whose fields stand in XML (XFA): beside the page's own, or instead of them."""

import acroform
from acroform import Field
from pdf import Raw, Stream
from source import Document

TEMPLATE = "http://www.xfa.org/schema/xfa-template/3.3/"
DATA = "http://www.xfa.org/schema/xfa-data/1.0/"


def entry(name, summary, template, data, fields, pages=None, issues=("xfa_only",), whole=False,
          title="Please wait..."):
    document = Document(name=f"xfa-{name}", family="xfa", summary=summary, blocks=[],
                        facts={"only": ["fields", "issues", "page_count"], "needs": ["fields"],
                               "issues": list(issues)})
    if fields is not None:
        document.facts["fields"] = [{"source": "xfa", "page": 1, **field} for field in fields]
    packets = {"template": f'<template xmlns="{TEMPLATE}">{template}</template>'}
    if data is not None:
        packets["datasets"] = (f'<xfa:datasets xmlns:xfa="{DATA}"><xfa:data>{data}</xfa:data>'
                               "</xfa:datasets>")

    def xfa(writer):
        if whole:
            inner = "".join(packets.values())
            text = ('<?xml version="1.0" encoding="UTF-8"?><xdp:xdp '
                    f'xmlns:xdp="http://ns.adobe.com/xdp/">{inner}</xdp:xdp>')
            return writer.add(Stream(text.encode("utf-8")))
        parts = []
        for key, text in packets.items():
            parts += [key, writer.add(Stream(text.encode("utf-8")))]
        return parts

    return (document, acroform, {"pages": pages or [[]], "title": title, "xfa": xfa})


def caption(text):
    return f"<caption><value><text>{text}</text></value></caption>" if text else ""


def ask(name, label, ui="<textEdit/>", more="", attributes=""):
    return f'<field name="{name}"{attributes}><ui>{ui}</ui>{caption(label)}{more}</field>'


def items(texts, save=False):
    kept = ' save="1"' if save else ""
    return f"<items{kept}>" + "".join(f"<text>{text}</text>" for text in texts) + "</items>"


def told(name, label, kind="text", value=None, **more):
    return {"name": name, "label": label, "type": kind, "value": value, "required": False,
            "read_only": False, "hidden": False, **more}


DYNAMIC = entry(
    "dynamic", "A dynamic form with fields of every kind; its page says only that one should wait",
    '<subform name="form1" layout="tb"><pageSet><pageArea name="Page1"><contentArea/></pageArea>'
    '</pageSet><subform name="person">'
    + ask("name", "Full name", more='<validate nullTest="error"/><value><text maxChars="40"/></value>')
    + ask("note", "Remarks", '<textEdit multiLine="1"/>')
    + ask("born", "Date of birth", "<dateTimeEdit/>")
    + ask("fee", "Fee", "<numericEdit/>", "<value><decimal>25.50</decimal></value>",
          ' access="readOnly"')
    + "</subform>"
    + ask("rows", "Rows regularly", "<checkButton/>", items(["yes", "no"]))
    + ask("swims", "Can swim", "<checkButton/>", items(["1", "0"]))
    + '<exclGroup name="pay"><caption><value><text>Paid by</text></value></caption>'
    + ask("a", "Card", "<checkButton/>", items(["C"])) + ask("b", "Cash", "<checkButton/>", items(["B"]))
    + "</exclGroup>"
    + ask("land", "Country", "<choiceList/>",
          items(["Switzerland", "France"]) + items(["CH", "FR"], True))
    + ask("boats", "Boats", '<choiceList open="multiSelect"/>', items(["Heron", "Coot", "Grebe"]))
    + ask("sign", "Signature", "<signature/>") + "</subform>",
    "<form1><person><name>Ida Marsh</name><note>One line.\nAnd another.</note>"
    "<born>1996-02-29</born></person><rows>yes</rows><swims>0</swims><pay>B</pay><land>FR</land>"
    "<boats><value>Heron</value><value>Grebe</value></boats></form1>",
    [told("form1[0].person[0].name[0]", "Full name", value="Ida Marsh", required=True, max_length=40),
     told("form1[0].person[0].note[0]", "Remarks", value="One line.\nAnd another.", multiline=True),
     told("form1[0].person[0].born[0]", "Date of birth", value="1996-02-29", value_type="date"),
     told("form1[0].person[0].fee[0]", "Fee", value="25.50", read_only=True, default_value="25.50"),
     told("form1[0].rows[0]", "Rows regularly", "checkbox", state="selected", options=["yes"],
          export_value="yes"),
     told("form1[0].swims[0]", "Can swim", "checkbox", state="unselected", options=["1"]),
     told("form1[0].pay[0]", "Paid by", "radio", "Cash", options=["Card", "Cash"],
          export_options=["C", "B"], export_value="B"),
     told("form1[0].land[0]", "Country", "choice", "France", options=["Switzerland", "France"],
          export_options=["CH", "FR"], export_value="FR", combo=True),
     told("form1[0].boats[0]", "Boats", "choice", "Heron\nGrebe", multi_select=True,
          options=["Heron", "Coot", "Grebe"]),
     told("form1[0].sign[0]", "Signature", "signature", state="unselected")])

ITEM = ('<subform name="item"><occur min="0" max="-1"/>' + ask("what", "Item") + ask("price", "Price")
        + "</subform>")
REPEATED = entry(
    "repeated", "A subform that comes as often as there is data for it, and one that does not come",
    f'<subform name="order"><subform name="list">{ITEM}</subform>'
    '<subform name="none"><occur min="0" max="-1"/>' + ask("x", "X") + "</subform>"
    + ask("total", "Total") + "</subform>",
    "<order><list>" + "".join(f"<item><what>{what}</what><price>{price}</price></item>"
                              for what, price in (("Oar", "40"), ("Rope", "7.50"), ("Paint", "")))
    + "</list><total>47.50</total></order>",
    [field for i, (what, price) in enumerate((("Oar", "40"), ("Rope", "7.50"), ("Paint", None)))
     for field in (told(f"order[0].list[0].item[{i}].what[0]", "Item", value=what),
                   told(f"order[0].list[0].item[{i}].price[0]", "Price", value=price))]
    + [told("order[0].total[0]", "Total", value="47.50")])

BOUND = entry(
    "bound", "Fields that name their data: by a path, shared, or none at all", '<subform name="f">'
    + ask("a", "First", more='<bind match="dataRef" ref="$.deep.first"/>')
    + ask("b", "Second", more='<bind match="dataRef" ref="$record.deep.second[0]"/>')
    + '<subform name="inner">' + ask("shared", "Shared", more='<bind match="global"/>') + "</subform>"
    + ask("shared", "Shared again", more='<bind match="global"/>')
    + ask("lost", "Not kept", more='<bind match="none"/><value><text>stays</text></value>')
    + "</subform>",
    "<f><deep><first>1st</first><second>2nd</second></deep><shared>same</shared><lost>no</lost></f>",
    [told("f[0].a[0]", "First", value="1st"), told("f[0].b[0]", "Second", value="2nd"),
     told("f[0].inner[0].shared[0]", "Shared", value="same"),
     told("f[0].shared[0]", "Shared again", value="same"),
     told("f[0].lost[0]", "Not kept", value="stays", default_value="stays")])

HTML = '<exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml">{}</body></exData>'
RICH = entry(
    "rich", "Rich captions, drawn labels, nameless and hidden containers",
    '<subform name="f"><subform><area name="left">'
    '<field name="rich"><ui><textEdit/></ui><caption><value>'
    + HTML.format("<p>Family <b>name</b>\n   and initials</p>") + "</value></caption></field></area>"
    "<draw><value><text>Drawn label</text></value></draw>" + ask("drawn", "")
    + '<field name="tip"><ui><textEdit/></ui><assist><toolTip>A tip</toolTip></assist></field></subform>'
    '<subform name="script" presence="hidden">' + ask("inner", "Inner") + "</subform></subform>",
    "<f><rich>" + "Marsh, I." + "</rich><drawn>d</drawn><tip>t</tip>"
    "<script><inner>v</inner></script></f>",
    [told("f[0].#subform[0].left[0].rich[0]", "Family name and initials", value="Marsh, I."),
     told("f[0].#subform[0].drawn[0]", "Drawn label", value="d"),
     told("f[0].#subform[0].tip[0]", "A tip", value="t"),
     told("f[0].script[0].inner[0]", "Inner", value="v", hidden=True)])

SCRIPTS = entry(
    "scripts", "Captions and values in several scripts, all XML in one stream",
    '<subform name="f">' + ask("a", "Имя") + ask("b", "氏名") + ask("c", "Größe &amp; Maß")
    + "</subform>", "<f><a>Анна</a><b>山田花子</b><c>XL &lt; XXL</c></f>",
    [told("f[0].a[0]", "Имя", value="Анна"), told("f[0].b[0]", "氏名", value="山田花子"),
     told("f[0].c[0]", "Größe & Maß", value="XL < XXL")], whole=True)

EMPTY = entry("empty", "A form without data",
              '<subform name="f">' + ask("a", "First") + ask("b", "Second", "<checkButton/>")
              + "</subform>", None,
              [told("f[0].a[0]", "First"),
               told("f[0].b[0]", "Second", "checkbox", state="unselected", options=["1"])])

STATIC_FIELDS = [
    Field("form1[0].name[0]", "text", "Full name", "Ida Marsh", tooltip=False, beside="none",
          raw=Raw(b"()"), appearance=False),
    Field("form1[0].city[0]", "text", "City", "Basel", tooltip=True, beside="none"),
    Field("form1[0].rows[0]", "checkbox", "Rows", True, state="1")]
STATIC = entry(
    "static", "Fields of the page and in XML: captions and values that one of them lacks",
    '<subform name="form1">' + ask("name", "Full name") + ask("city", "City")
    + ask("rows", "Rows", "<checkButton/>") + "</subform>",
    "<form1><name>Ida Marsh</name><city>Basel</city><rows>1</rows></form1>", None,
    pages=[STATIC_FIELDS], issues=(), title="Membership")

DOCUMENTS = [DYNAMIC, REPEATED, BOUND, RICH, SCRIPTS, EMPTY, STATIC]
