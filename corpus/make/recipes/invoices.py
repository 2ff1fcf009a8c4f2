"""Invoices, orders and statements: labels with values on their right, below, and under heads."""

import types

import pdf
import tools
from pdf import Name, Stream
from source import Document

WIDTH, HEIGHT = 595.0, 842.0
SIZE = 10.0


def place(text, x, y, size=SIZE):
    safe = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (size, x, HEIGHT - y, safe)


def build(document, path, pieces, rules):
    """One page of texts where they are told; returns the number of pages."""
    writer = pdf.Writer()
    root, tree, page = writer.reserve(), writer.reserve(), writer.reserve()
    font = writer.add({"Type": Name("Font"), "Subtype": Name("Type1"),
                       "BaseFont": Name("Helvetica"), "Encoding": Name("WinAnsiEncoding")})
    drawn = [place(*piece) for piece in pieces]
    drawn += [b"0.5 w %g %g m %g %g l S" % (x0, HEIGHT - y, x1, HEIGHT - y) for x0, x1, y in rules]
    writer.set(page, {"Type": Name("Page"), "Parent": tree, "MediaBox": [0, 0, WIDTH, HEIGHT],
                      "Resources": {"Font": {"F1": font}},
                      "Contents": writer.add(Stream(b"\n".join(drawn)))})
    writer.set(tree, {"Type": Name("Pages"), "Kids": [page], "Count": 1})
    writer.set(root, {"Type": Name("Catalog"), "Pages": tree})
    tools.write(path, writer.file(root))
    return 1


SETTER = types.SimpleNamespace(build=build)


def told(label, value, kind="text", normalised=None):
    field = {"name": None, "label": label.rstrip(": "), "type": "key_value", "value": value,
             "value_type": kind, "page": 1}
    return {**field, "normalised": normalised} if normalised else field


def invoice(language, *parts):
    return business(f"invoice-{language}",
                    f"An invoice ({language}): numbers, dates, amounts, an IBAN", *parts)


def business(name, summary, title, head, row, items, sums, foot):
    """head, sums, foot: (label, value, type, normalised) beside each other; row: under heads."""
    pieces, rules, fields = [(title, 60, 80, 18.0)], [], []
    for index, (label, value, *more) in enumerate(head):
        pieces += [(label, 330, 120 + 16 * index), (value, 440, 120 + 16 * index)]
        fields.append(told(label, value, *more))
    for column, (label, value, *more) in enumerate(row):
        pieces += [(label, 60 + 160 * column, 250), (value, 60 + 160 * column, 264)]
        fields.append(told(label, value, *more))
    for line, cells in enumerate(items):
        y = 310 + 16 * line
        pieces += [(text, x, y) for text, x in zip(cells, (60, 300, 380, 470))]
        rules.append((60, 535, y + 4))
    for index, (label, value, *more) in enumerate(sums):
        y = 330 + 16 * (len(items) + index)
        pieces += [(label, 350, y), (value, 470, y)]
        fields.append(told(label, value, *more))
    for index, (label, value, *more) in enumerate(foot):
        pieces.append((f"{label} {value}", 60, 560 + 16 * index))
        fields.append(told(label, value, *more))
    document = Document(name=name, family="invoices", blocks=[], summary=summary,
                        facts={"only": ["fields", "page_count"], "needs": ["fields"],
                               "fields": fields})
    return (document, SETTER, {"pieces": pieces, "rules": rules})


IBAN = {"en": "GB82 WEST 1234 5698 7654 32", "de": "DE89 3704 0044 0532 0130 00",
        "fr": "FR14 2004 1010 0505 0001 3M02 606", "es": "ES91 2100 0418 4502 0005 1332"}


def foot(language, mail, account):
    number = IBAN[language]
    return [(mail, "office@example.org", "email"),
            (account, number, "iban", number.replace(" ", ""))]


DOCUMENTS = [
    invoice("en", "Invoice",
            [("Invoice No.:", "2024-0117"), ("Invoice date:", "29 February 2024", "date", "2024-02-29"),
             ("Due date:", "30 March 2024", "date", "2024-03-30"), ("Customer No.:", "K-1043")],
            [("Order number", "A-4711"), ("Delivery date", "28 February 2024", "date", "2024-02-28"),
             ("Reference", "Heron")],
            [("Description", "Quantity", "Price", "Amount"), ("Oars", "4", "40.00", "160.00"),
             ("Varnish, clear", "12", "18.50", "222.00"), ("Rope", "30", "2.10", "63.00")],
            [("Subtotal", "£445.00", "amount", "445.00 GBP"), ("Total", "£534.00", "amount", "534.00 GBP")],
            foot("en", "E-mail:", "IBAN:")),
    invoice("de", "Rechnung",
            [("Rechnungsnummer:", "2024-0117"), ("Rechnungsdatum:", "29.02.2024", "date", "2024-02-29"),
             ("Fällig am:", "30. März 2024", "date", "2024-03-30"), ("Kundennummer:", "K-1043")],
            [("Bestellnummer", "A-4711"), ("Lieferdatum", "28.02.2024", "date", "2024-02-28"),
             ("Referenz", "Reiher")],
            [("Bezeichnung", "Menge", "Preis", "Betrag"), ("Riemen", "4", "40,00", "160,00"),
             ("Klarlack", "12", "18,50", "222,00"), ("Tau", "30", "2,10", "63,00")],
            [("Zwischensumme", "1.445,00 €", "amount", "1445.00 EUR"),
             ("Gesamtbetrag", "1.719,55 €", "amount", "1719.55 EUR")],
            foot("de", "E-Mail:", "IBAN:")),
    invoice("fr", "Facture",
            [("Facture n° :", "2024-0117"), ("Date de facture :", "29/02/2024", "date", "2024-02-29"),
             ("Échéance :", "30 mars 2024", "date", "2024-03-30"), ("N° client :", "K-1043")],
            [("Commande", "A-4711"), ("Date de livraison", "28/02/2024", "date", "2024-02-28"),
             ("Référence", "Héron")],
            [("Désignation", "Quantité", "Prix", "Montant"), ("Avirons", "4", "40,00", "160,00"),
             ("Vernis", "12", "18,50", "222,00"), ("Corde", "30", "2,10", "63,00")],
            [("Total HT", "445,00 €", "amount", "445.00 EUR"),
             ("Total TTC", "534,00 €", "amount", "534.00 EUR")],
            foot("fr", "Courriel :", "IBAN :")),
    invoice("es", "Factura",
            [("Factura n.º:", "2024-0117"), ("Fecha de factura:", "29/02/2024", "date", "2024-02-29"),
             ("Vencimiento:", "30 de marzo de 2024", "date", "2024-03-30"),
             ("N.º de cliente:", "K-1043")],
            [("Pedido", "A-4711"), ("Fecha de entrega", "28/02/2024", "date", "2024-02-28"),
             ("Referencia", "Garza")],
            [("Descripción", "Cantidad", "Precio", "Importe"), ("Remos", "4", "40,00", "160,00"),
             ("Barniz", "12", "18,50", "222,00"), ("Cuerda", "30", "2,10", "63,00")],
            [("Subtotal", "445,00 €", "amount", "445.00 EUR"),
             ("Total", "538,45 €", "amount", "538.45 EUR")],
            foot("es", "Correo electrónico:", "IBAN:")),
    business("order-en", "A purchase order: who buys, where it goes, when it is wanted",
             "Purchase order",
             [("Order No.:", "PO-20417"), ("Order date:", "4 March 2024", "date", "2024-03-04"),
              ("Supplier:", "Quay Chandlers Ltd"), ("Buyer:", "Ida Marsh")],
             [("Ship to", "Boathouse 7"), ("Delivery date", "18 March 2024", "date", "2024-03-18"),
              ("Payment terms", "30 days net")],
             [("Item", "Quantity", "Unit price", "Amount"), ("Rowlocks", "16", "9.50", "152.00"),
              ("Copper nails", "900", "0.12", "108.00")],
             [("Subtotal", "$260.00", "amount", "260.00 $"), ("Freight", "$18.00", "amount", "18.00 $"),
              ("Order total", "$278.00", "amount", "278.00 $")],
             [("E-mail:", "orders@example.org", "email"), ("Telephone:", "0417 55 12")]),
    business("order-de", "A purchase order in German", "Bestellung",
             [("Bestellnummer:", "B-20417"), ("Bestelldatum:", "04.03.2024", "date", "2024-03-04"),
              ("Lieferant:", "Kontor am Kai GmbH"), ("Besteller:", "Ida Marsch")],
             [("Lieferanschrift", "Bootshaus 7"), ("Liefertermin", "18.03.2024", "date", "2024-03-18"),
              ("Zahlungsziel", "30 Tage netto")],
             [("Artikel", "Menge", "Einzelpreis", "Betrag"), ("Dollen", "16", "9,50", "152,00"),
              ("Kupferstifte", "900", "0,12", "108,00")],
             [("Nettobetrag", "260,00 €", "amount", "260.00 EUR"),
              ("Gesamtsumme", "309,40 €", "amount", "309.40 EUR")],
             [("E-Mail:", "einkauf@example.org", "email"), ("Telefon:", "0417 5512")]),
    business("statement-en", "A statement of account: a period, balances, an IBAN",
             "Statement of account",
             [("Account holder:", "Ida Marsh"), ("IBAN:", IBAN["en"], "iban", IBAN["en"].replace(" ", "")),
              ("Statement date:", "31 January 2024", "date", "2024-01-31"), ("Page:", "1", "number", "1")],
             [("Statement number", "2024-01"), ("From", "1 January 2024", "date", "2024-01-01"),
              ("To", "31 January 2024", "date", "2024-01-31")],
             [("Description", "Date", "Paid", "Balance"), ("Mooring fee", "12 Jan", "180.00", "1,020.00"),
              ("Sale of a dinghy", "19 Jan", "-650.00", "1,670.00")],
             [("Opening balance", "£1,200.00", "amount", "1200.00 GBP"),
              ("Closing balance", "£1,670.00", "amount", "1670.00 GBP")],
             [("E-mail:", "ledger@example.org", "email"), ("BIC:", "WESTGB21")]),
    business("statement-fr", "A statement of account in French", "Relevé de compte",
             [("Titulaire :", "Ida Marais"), ("Compte n° :", "0500 013M"), ("Date du relevé :", "31 janvier 2024", "date", "2024-01-31"), ("Page :", "1", "number", "1")],
             [("Relevé n°", "2024-01"), ("Période", "01/01/2024 - 31/01/2024", "date",
                                         "2024-01-01/2024-01-31"), ("Agence", "Quai du Port")],
             [("Opération", "Date", "Débit", "Solde"), ("Droit de port", "12/01", "180,00", "1 020,00"),
              ("Vente d'un canot", "19/01", "-650,00", "1 670,00")],
             [("Ancien solde", "1 200,00 €", "amount", "1200.00 EUR"),
              ("Nouveau solde", "1 670,00 €", "amount", "1670.00 EUR")],
             [("IBAN :", IBAN["fr"], "iban", IBAN["fr"].replace(" ", "")), ("BIC :", "QUAIFRPP")]),
]
