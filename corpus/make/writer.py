"""Sets a document with LibreOffice Writer, as most office documents are made: tagged, TrueType.

The blocks become a flat OpenDocument text; Writer breaks lines and pages. Options: tagged, size,
columns of sections through Columns blocks. Writer's identifiers are random: not reproducible.
"""

import pathlib
import tempfile
from xml.sax.saxutils import escape

import tools
from source import (
    Caption,
    Cell,
    Code,
    ColumnBreak,
    Columns,
    Heading,
    Item,
    List,
    Paragraph,
    Table,
    Title,
    pieces,
)

TOOLS = ["libreoffice"]
REPRODUCIBLE = False
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("style", "style"), ("text", "text"),
                        ("table", "table"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"))
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def paragraph_style(name, size, before=0.0, after=6.0, bold=False, extra="", italic=False):
    weight = ' fo:font-weight="bold"' if bold else ""
    slant = ' fo:font-style="italic"' if italic else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f'<style:paragraph-properties fo:margin-top="{before}pt" fo:margin-bottom="{after}pt" {extra}/>'
        f'<style:text-properties style:font-name="Body" fo:font-size="{size}pt"{weight}{slant}/>'
        "</style:style>"
    )


def styles(size):
    """Styles of paragraphs, characters and lists."""
    keep = 'fo:keep-with-next="always"'
    head = "".join(
        paragraph_style(f"H{level}", size * scale, size * 0.9, size * 0.4, True, keep)
        for level, scale in ((1, 1.5), (2, 1.2), (3, 1.0))
    )
    return (
        paragraph_style("Title", size * 2, 0, size, True, 'fo:text-align="center"')
        + head
        + paragraph_style("P", size, extra='fo:text-align="justify"')
        + paragraph_style("Left", size)
        + paragraph_style("Author", size, italic=True, extra='fo:text-align="center"')
        + paragraph_style("Cell", size * 0.9, 0, 0)
        + paragraph_style("CellHead", size * 0.9, 0, 0, True)
        + paragraph_style("Small", size * 0.8, 0, 2)
        + paragraph_style("Break", size, extra='fo:break-before="page"')
        + '<style:style style:name="B" style:family="text"><style:text-properties '
        'fo:font-weight="bold"/></style:style>'
        '<style:style style:name="I" style:family="text"><style:text-properties '
        'fo:font-style="italic"/></style:style>'
        '<style:style style:name="M" style:family="text"><style:text-properties '
        'style:font-name="Mono"/></style:style>'
        + list_style("Bullets", False, "\u2022")
        + list_style("Numbers", True, "1.")
        + list_style("Letters", True, "a)")
    )


def automatic_styles():
    """Cells and sections: Writer takes their styles only from here."""
    rule = "0.5pt solid #000000"
    return (
        f'<style:style style:name="Ruled" style:family="table-cell"><style:table-cell-properties '
        f'fo:padding="3pt" fo:border="{rule}"/></style:style>'
        '<style:style style:name="Open" style:family="table-cell"><style:table-cell-properties '
        'fo:padding="3pt" fo:border="none"/></style:style>'
        f'<style:style style:name="Top" style:family="table-cell"><style:table-cell-properties '
        f'fo:padding="3pt" fo:border-bottom="{rule}" fo:border-top="{rule}"/></style:style>'
        + "".join(
            f'<style:style style:name="Sect{count}" style:family="section">'
            '<style:section-properties text:dont-balance-text-columns="false">'
            f'<style:columns fo:column-count="{count}" fo:column-gap="18pt"/>'
            "</style:section-properties></style:style>"
            for count in (1, 2, 3)
        )
    )


def list_style(name, ordered, marker):
    levels = ""
    for level in range(1, 4):
        place = (
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            f'fo:text-indent="-16pt" fo:margin-left="{18 * level}pt"/></style:list-level-properties>'
        )
        if ordered:
            levels += (f'<text:list-level-style-number text:level="{level}" '
                       f'style:num-format="{marker[0]}" style:num-suffix="{marker[1:]}">'
                       f"{place}</text:list-level-style-number>")
        else:
            levels += (f'<text:list-level-style-bullet text:level="{level}" '
                       f'text:bullet-char="{marker}">{place}</text:list-level-style-bullet>')
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


class Setter:
    def __init__(self):
        self.out, self.notes, self.section, self.tables = [], 0, False, 0

    def inline(self, text):
        out = ""
        for piece in pieces(text):
            words = escape(piece.text)
            if piece.kind == "note":
                self.notes += 1
                out += (f'<text:note text:id="n{self.notes}" text:note-class="footnote">'
                        f"<text:note-citation>{self.notes}</text:note-citation><text:note-body>"
                        f'<text:p text:style-name="Small">{words}</text:p>'
                        "</text:note-body></text:note>")
            elif piece.kind == "link":
                target = escape(piece.target, {'"': "&quot;"})
                out += f'<text:a xlink:type="simple" xlink:href="{target}">{words}</text:a>'
            elif piece.kind == "plain":
                out += words
            else:
                name = {"bold": "B", "italic": "I", "mono": "M"}[piece.kind]
                out += f'<text:span text:style-name="{name}">{words}</text:span>'
        return out

    def paragraph(self, style, text):
        return f'<text:p text:style-name="{style}">{self.inline(text)}</text:p>'

    def block(self, block):
        if isinstance(block, Title):
            self.out.append(self.paragraph("Title", block.text))
        elif isinstance(block, Heading):
            mark = f'<text:bookmark text:name="{block.anchor}"/>' if block.anchor else ""
            self.out.append(f'<text:h text:style-name="H{block.level}" '
                            f'text:outline-level="{block.level}">{mark}'
                            f"{self.inline(block.printed())}</text:h>")
        elif isinstance(block, Paragraph):
            style = {"author": "Author", "address": "Left"}.get(block.style, "P")
            self.out.append(self.paragraph(style, block.text))
        elif isinstance(block, Caption):
            self.out.append(self.paragraph("Small", block.text))
        elif isinstance(block, List):
            self.out.append(self.list(block))
        elif isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Columns):
            self.close_section()
            self.section = True
            self.out.append(f'<text:section text:style-name="Sect{block.count}" '
                            f'text:name="s{len(self.out)}">')
        else:
            raise SystemExit(f"corpus/make: writer cannot set {type(block).__name__}")

    def close_section(self):
        if self.section:
            self.out.append("</text:section>")
        self.section = False

    def list(self, block):
        name = "Bullets" if not block.ordered else "Numbers" if "1" in block.marker else "Letters"
        out = f'<text:list text:style-name="{name}">'
        for item in block.items:
            item = item if isinstance(item, Item) else Item(item)
            inner = self.list(item.inner) if item.inner else ""
            out += f'<text:list-item>{self.paragraph("Left", item.text)}{inner}</text:list-item>'
        return out + "</text:list>"

    def table(self, block):
        if block.caption:
            self.out.append(self.paragraph("Small", block.caption))
        self.tables += 1
        columns = len(block.rows[0])
        rows = [self.row(line, index, block) for index, line in enumerate(block.rows)]
        head = "".join(rows[: block.header_rows])
        if head:
            head = f"<table:table-header-rows>{head}</table:table-header-rows>"
        self.out.append(
            f'<table:table table:name="t{self.tables}"><table:table-column '
            f'table:number-columns-repeated="{columns}"/>{head}'
            + "".join(rows[block.header_rows :])
            + '</table:table><text:p text:style-name="Cell"/>'
        )

    def row(self, line, index, block):
        out = "<table:table-row>"
        for cell in line:
            if cell is None:
                out += "<table:covered-table-cell/>"
                continue
            cell = cell if isinstance(cell, Cell) else Cell(cell)
            style = {"ruled": "Ruled"}.get(block.style, "Top" if index < block.header_rows else "Open")
            head = index < block.header_rows or cell.kind != "content"
            spans = (f' table:number-columns-spanned="{cell.column_span}"'
                     f' table:number-rows-spanned="{cell.row_span}"')
            out += (f'<table:table-cell table:style-name="{style}"{spans}>'
                    f'{self.paragraph("CellHead" if head else "Cell", cell.text)}</table:table-cell>')
        return out + "</table:table-row>"


def furniture(parts, kind):
    """A running head or foot: three places, of which tabs lead to the second and the third."""
    if not parts:
        return ""
    shown = escape(parts).replace("%", "<text:page-number/>").replace("|", "<text:tab/>")
    return (f'<style:{kind}><text:p text:style-name="Small{kind}">{shown}</text:p></style:{kind}>')


def opendocument(document, size):
    setter = Setter()
    for block in document.blocks:
        setter.block(block)
    setter.close_section()
    tabs = "".join(
        f'<style:style style:name="Small{kind}" style:family="paragraph"><style:paragraph-properties>'
        '<style:tab-stops><style:tab-stop style:position="225pt" style:type="center"/>'
        '<style:tab-stop style:position="451pt" style:type="right"/></style:tab-stops>'
        '</style:paragraph-properties><style:text-properties style:font-name="Body" '
        f'fo:font-size="{size * 0.8}pt"/></style:style>'
        for kind in ("header", "footer")
    )
    space = 'fo:margin-bottom="12pt"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        "<office:font-face-decls>"
        '<style:font-face style:name="Body" svg:font-family="Liberation Serif"/>'
        '<style:font-face style:name="Mono" svg:font-family="Liberation Mono"/>'
        "</office:font-face-decls>"
        f"<office:styles>{styles(size)}{tabs}</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="595pt" '
        'fo:page-height="842pt" fo:margin="72pt"/>'
        f"<style:header-style><style:header-footer-properties {space}/></style:header-style>"
        '<style:footer-style><style:header-footer-properties fo:margin-top="12pt"/>'
        f"</style:footer-style></style:page-layout>{automatic_styles()}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="A4">'
        f'{furniture(document.header, "header")}{furniture(document.footer, "footer")}'
        "</style:master-page></office:master-styles>"
        f'<office:body><office:text>{"".join(setter.out)}</office:text></office:body>'
        "</office:document>"
    )


def build(document, path, size=11, tagged=True):
    """Writes the PDF; returns the number of its pages."""
    document.header_on_first = True
    with tempfile.TemporaryDirectory(prefix="corpus-writer-") as folder:
        text = pathlib.Path(folder) / f"{document.name}.fodt"
        text.write_text(opendocument(document, size), encoding="utf-8")
        choice = f'pdf:writer_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{str(tagged).lower()}"}}}}'
        tools.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   "--convert-to", choice, "--outdir", folder, str(text)])
        tools.write(path, (pathlib.Path(folder) / f"{document.name}.pdf").read_bytes())
    return tools.page_count(path)
