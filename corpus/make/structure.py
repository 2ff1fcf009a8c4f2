"""The structure tree and the outline of a document that typeset makes (PDF 32000-1, 14.7, 12.3)."""

from pdf import Name


class Tree:
    """Structure elements in reading order, with the marked content that belongs to them."""

    def __init__(self):
        self.nodes = []  # [role, parent, contents, attributes]; a content is (page, mcid)

    def node(self, role, parent=None, **attributes):
        self.nodes.append([role, parent, [], attributes])
        return len(self.nodes) - 1

    def role(self, node):
        return self.nodes[node][0]

    def content(self, node, page, mcid):
        self.nodes[node][2].append((page, mcid))

    def write(self, writer, references, catalog, language):
        root, document = writer.reserve(), writer.reserve()
        places = [writer.reserve() for _ in self.nodes]
        kids = {index: [] for index in range(-1, len(self.nodes))}
        for index, (_, parent, _, _) in enumerate(self.nodes):
            kids[-1 if parent is None else parent].append(places[index])
        owners = [{} for _ in references]
        for index, (role, parent, contents, attributes) in enumerate(self.nodes):
            entries = {
                "Type": Name("StructElem"),
                "S": Name(role),
                "P": document if parent is None else places[parent],
            }
            inner = []
            for page, mcid in contents:
                owners[page][mcid] = places[index]
                entries.setdefault("Pg", references[page])
                if entries["Pg"] == references[page]:
                    inner.append(mcid)
                else:
                    inner.append({"Type": Name("MCR"), "Pg": references[page], "MCID": mcid})
            entries["K"] = inner + kids[index]
            if attributes:
                entries["A"] = {"O": Name("Table"), **attributes}
            writer.set(places[index], entries)
        numbers = []
        for page, owned in enumerate(owners):
            row = [owned.get(mcid) for mcid in range(max(owned, default=-1) + 1)]
            numbers += [page, writer.add(row)]
        writer.set(document, {"Type": Name("StructElem"), "S": Name("Document"), "P": root,
                              "K": kids[-1]})
        writer.set(root, {"Type": Name("StructTreeRoot"), "K": [document],
                          "ParentTree": writer.add({"Nums": numbers}),
                          "ParentTreeNextKey": len(owners)})
        for page, reference in enumerate(references):
            writer.objects[reference - 1]["StructParents"] = page
        catalog.update({"StructTreeRoot": root, "MarkInfo": {"Marked": True},
                        "Lang": language.encode("ascii")})


def add_list(tree, block, parent):
    """An element for a list; its numbering is stated where no label shows it. None: no tree."""
    if not tree:
        return None
    if block.marker:
        return tree.node("L", parent)
    numbering = Name("Decimal" if block.ordered else "None")
    return tree.node("L", parent, O=Name("List"), ListNumbering=numbering)


def falsify(tree, pages):
    """Has the tree tell the elements of some pages backwards; "all": of all pages."""
    if not pages:
        return
    tops = [index for index, (_, parent, contents, _) in enumerate(tree.nodes)
            if parent is None and (pages == "all" or (contents and contents[0][0] + 1 in pages))]
    nodes = [tree.nodes[index] for index in tops]
    moved = dict(zip(tops, reversed(tops)))
    for index, node in zip(reversed(tops), nodes):
        tree.nodes[index] = node
    for node in tree.nodes:
        node[1] = moved.get(node[1], node[1])


def write_outline(writer, references, catalog, items):
    """items: (level, title, page), in document order."""
    root = writer.reserve()
    places = [writer.reserve() for _ in items]
    parents, stack = [], []
    for index, (level, _, _) in enumerate(items):
        while stack and items[stack[-1]][0] >= level:
            stack.pop()
        parents.append(stack[-1] if stack else -1)
        stack.append(index)
    kids = {index: [i for i, parent in enumerate(parents) if parent == index]
            for index in range(-1, len(items))}
    for index, (_, title, page) in enumerate(items):
        brothers = kids[parents[index]]
        at = brothers.index(index)
        entries = {
            "Title": title,
            "Parent": root if parents[index] < 0 else places[parents[index]],
            "Dest": [references[page - 1], Name("Fit")],
        }
        if at:
            entries["Prev"] = places[brothers[at - 1]]
        if at + 1 < len(brothers):
            entries["Next"] = places[brothers[at + 1]]
        if kids[index]:
            entries.update({"First": places[kids[index][0]], "Last": places[kids[index][-1]],
                            "Count": len(kids[index])})
        writer.set(places[index], entries)
    writer.set(root, {"Type": Name("Outlines"), "First": places[kids[-1][0]],
                      "Last": places[kids[-1][-1]], "Count": len(kids[-1])})
    catalog["Outlines"] = root
