"""Boxes of text in rows and columns."""


def place(setter, block):
    """Sets the boxes in the order in which they are read, so that the tree has them in it."""
    before, count = setter.columns, len(block.rows[0])
    setter.columns = count
    tops, started = row_tops(setter, block), len(setter.pages)
    for row, column, text in block.in_order():
        setter.column, setter.down = column, tops[row]
        setter.flow(text, justify=False)
    setter.columns, setter.column, setter.down = before, 0, tops[-1]
    return started


def row_tops(setter, block):
    """Where each row begins, and where the last one ends."""
    tops, width = [setter.down], setter.frame()[1]
    for row in block.rows:
        lines = [len(setter.lines(setter.chunks(text), width)) for text in row]
        tops.append(tops[-1] + max(lines) * setter.line_height() + block.gap)
    return tops
