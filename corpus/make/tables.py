"""Tables of typeset: column widths, wrapped cells, spans, and four manners of drawing them."""

PAD = 3.5


def natural_widths(setter, table):
    """Width of the widest cell of each column, spanning cells left out."""
    widths = [24.0] * len(table.rows[0])
    for _, column, cell in table.cells():
        if cell.column_span == 1:
            kind = "bold" if cell.kind != "content" else None
            chunks = setter.chunks(cell.text, table_size(setter), kind)
            width = sum(c.width() for c in chunks)
            width += sum(setter.space_before(c) for c in chunks[1:])
            widths[column] = max(widths[column], width + 2 * PAD + 1)
    return widths


def column_widths(setter, table):
    room = setter.frame()[1]
    widths = table.widths or natural_widths(setter, table)
    if sum(widths) > room:
        fair = room / len(widths)
        small = [w for w in widths if w <= fair]
        rest = (room - sum(small)) / max(1, len(widths) - len(small))
        widths = [w if w <= fair else rest for w in widths]
    return widths


def table_size(setter):
    return setter.size * setter.option.get("table_scale", 0.92)


def layout(setter, table, widths):
    """Lines of each cell, and the height of each row."""
    size = table_size(setter)
    height = size * 1.2
    cells, heights = [], [height + 2 * PAD] * len(table.rows)
    for row, column, cell in table.cells():
        width = sum(widths[column : column + cell.column_span]) - 2 * PAD
        kind = "bold" if cell.kind != "content" else None
        lines = setter.lines(setter.chunks(cell.text, size, kind), width)
        cells.append((row, column, cell, lines))
        if cell.row_span == 1:
            heights[row] = max(heights[row], len(lines) * height + 2 * PAD)
    for row, _, cell, lines in cells:
        if cell.row_span > 1:
            short = len(lines) * height + 2 * PAD - sum(heights[row : row + cell.row_span])
            if short > 0:
                heights[row + cell.row_span - 1] += short
    return cells, heights


def height(setter, table):
    return sum(layout(setter, table, column_widths(setter, table))[1])


def draw_cell(setter, table, box, cell, lines, column, node):
    x, y, width, height = box
    size = table_size(setter)
    align = (table.align or "l" * len(table.rows[0]))[column]
    down = y + PAD
    if cell.row_span > 1 and table.style == "ruled":
        down = y + (height - len(lines) * size * 1.2) / 2
    setter.mark(node)
    for line in lines:
        natural = sum(c.width() for c in line) + sum(setter.space_before(c) for c in line[1:])
        room = width - 2 * PAD - natural
        if cell.column_span > 1 and cell.kind == "column_header":
            shift = room / 2
        else:
            shift = {"l": 0, "c": room / 2, "r": room}[align]
        setter.draw_line(line, x + PAD + shift, down + size)
        down += size * 1.2
    setter.unmark(node)


def draw_grounds(setter, table, x, tops, widths):
    if table.style == "zebra":
        for row in range(len(table.rows)):
            shade = 0.8 if row < table.header_rows else 0.93
            if row < table.header_rows or (row - table.header_rows) % 2 == 0:
                height = tops[row + 1] - tops[row]
                setter.page.fill(x, tops[row], sum(widths), height, (shade, shade, shade))


def draw_rules(setter, table, x, tops, widths):
    page, right = setter.page, x + sum(widths)
    edges = [x + sum(widths[:index]) for index in range(len(widths) + 1)]
    if table.style == "booktabs":
        page.rule(x, tops[0], right, tops[0], 1.0)
        page.rule(x, tops[table.header_rows], right, tops[table.header_rows], 0.5)
        page.rule(x, tops[-1], right, tops[-1], 1.0)
        for row, column, cell in table.cells():
            if cell.column_span > 1 and row + 1 < table.header_rows:
                end = edges[column + cell.column_span]
                page.rule(edges[column] + 3, tops[row + 1], end - 3, tops[row + 1], 0.4)
    elif table.style == "ruled":
        for row, column, cell in table.cells():
            left, top = edges[column], tops[row]
            end, foot = edges[column + cell.column_span], tops[row + cell.row_span]
            page.rule(left, top, end, top)
            page.rule(left, top, left, foot)
        page.rule(x, tops[-1], right, tops[-1])
        page.rule(right, tops[0], right, tops[-1])
    elif table.style == "rows":
        for top in tops:
            page.rule(x, top, right, top, 0.4)


def place(setter, table):
    """Draws the table at the current place, or in the next frame when it does not fit."""
    widths = column_widths(setter, table)
    cells, heights = layout(setter, table, widths)
    setter.room(sum(heights) + 4)
    x, room = setter.frame()
    x += (room - sum(widths)) / 2
    tops = [setter.down + 3]
    for height in heights:
        tops.append(tops[-1] + height)
    tree = setter.tree
    setter.mark(None, True)
    draw_grounds(setter, table, x, tops, widths)
    setter.unmark(None, True)
    node = tree.node("Table") if tree else None
    rows = [tree.node("TR", node) for _ in table.rows] if tree else None
    for row, column, cell, lines in cells:
        left = x + sum(widths[:column])
        width = sum(widths[column : column + cell.column_span])
        box = (left, tops[row], width, tops[row + cell.row_span] - tops[row])
        place_node = None
        if tree:
            spans = {key: value for key, value in
                     (("RowSpan", cell.row_span), ("ColSpan", cell.column_span)) if value > 1}
            role = "TD" if cell.kind == "content" else "TH"
            place_node = tree.node(role, rows[row], **spans)
        draw_cell(setter, table, box, cell, lines, column, place_node)
    setter.mark(None, True)
    draw_rules(setter, table, x, tops, widths)
    setter.unmark(None, True)
    setter.down = tops[-1] + 2
    return len(setter.pages)
