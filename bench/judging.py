"""Whether words that were read are right, and what their confidence is then worth."""
import struct
import unicodedata

EDGES = (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.001)
SAME = str.maketrans("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2212\u2010\u2011",
                     "'''\"\"\"-----")


def picture_size(path):
    """Width and height of a PNG in pixels."""
    with open(path, "rb") as file:
        return struct.unpack(">II", file.read(24)[16:24])


def common(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return width * height if width > 0 and height > 0 else 0


def area(box):
    return max(1e-9, (box[2] - box[0]) * (box[3] - box[1]))


def overlap(a, b):
    """Of the smaller box, the share that both have."""
    return common(a, b) / min(area(a), area(b))


def plain(text):
    """Without spaces, and with quotes and dashes of one shape: truths differ in them."""
    return "".join(unicodedata.normalize("NFKC", text).translate(SAME).split())


def neighbours(words, truth):
    """For each word, the true words that stand where it does."""
    rows = {}
    tall = max((box[3] - box[1] for _, box in truth), default=1) + 1
    for j, (_, box) in enumerate(truth):
        for row in range(int(box[1] // tall), int(box[3] // tall) + 1):
            rows.setdefault(row, []).append(j)
    near = []
    for _, box in words:
        found = {j for row in range(int(box[1] // tall), int(box[3] // tall) + 1)
                 for j in rows.get(row, ()) if overlap(box, truth[j][1]) > 0.5}
        near.append(sorted(found))
    return near


def judge_exactly(words, truth):
    """Right is a word of the same text at the same place; a true word serves once."""
    used, rights = set(), []
    for (text, _), near in zip(words, neighbours(words, truth)):
        hit = next((j for j in near if j not in used and plain(truth[j][0]) == plain(text)), None)
        used.add(hit)
        rights.append(hit is not None)
    return rights


def parts_inside(own, candidates, all_words):
    """Of the candidates, those that lie mostly in the box `own`, from the left."""
    return sorted((i for i in candidates
                   if common(all_words[i][1], own) > 0.5 * area(all_words[i][1])),
                  key=lambda i: all_words[i][1][0])


def judge(words, truth):
    """Right is a word whose signs stand at its place, wherever the spaces between them fall: it is a
    true word, or several joined, or those words that lie in one true word are it when joined."""
    near, used, rights = neighbours(words, truth), [False] * len(truth), [False] * len(words)
    texts, true_texts = [[plain(text) for text, _ in each] for each in (words, truth)]
    for i, candidates in enumerate(near):
        hit = next((j for j in candidates if not used[j] and true_texts[j] == texts[i]), None)
        if hit is not None:
            used[hit] = rights[i] = True
    readers = {}
    for i, candidates in enumerate(near):
        for j in candidates:
            readers.setdefault(j, []).append(i)
        parts = parts_inside(words[i][1], [j for j in candidates if not used[j]], truth)
        if not rights[i] and len(parts) > 1 and \
                "".join(true_texts[j] for j in parts) == texts[i]:
            rights[i] = True
            for j in parts:
                used[j] = True
    for j, (_, box) in enumerate(truth):
        parts = parts_inside(box, [i for i in readers.get(j, ()) if not rights[i]], words)
        if not used[j] and len(parts) > 1 and \
                "".join(texts[i] for i in parts) == true_texts[j]:
            for i in parts:
                rights[i] = True
    return rights


# ---- pairs of what was promised and what came true, 0..1 each ----

def bins(pairs):
    """(low, high, number, mean promised, mean right) of each bin that is not empty."""
    rows = []
    for low, high in zip(EDGES, EDGES[1:]):
        inside = [pair for pair in pairs if low <= pair[0] < high]
        if inside:
            rows.append((low, min(high, 1), len(inside), sum(p for p, _ in inside) / len(inside),
                         sum(r for _, r in inside) / len(inside)))
    return rows


def calibration_error(pairs):
    return sum(abs(promised - right) * number
               for _, _, number, promised, right in bins(pairs)) / max(1, len(pairs))


def ranking(pairs):
    """The chance that a right word promised more than a wrong one (AUC)."""
    ordered, rank_sum, at = sorted(pairs), 0, 0
    rights = sum(right for _, right in pairs)
    wrongs = len(pairs) - rights
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        rank_sum += (at + 1 + end) / 2 * sum(right for _, right in ordered[at:end])
        at = end
    return (rank_sum - rights * (rights + 1) / 2) / max(1, rights * wrongs)


def print_bins(title, pairs):
    print(f"\n| {title} confidence | number | promised | right |\n| --- | --- | --- | --- |")
    for low, high, number, promised, right in bins(pairs):
        print(f"| {low:.2f} to {high:.2f} | {number} | {promised:.3f} | {right:.3f} |")


def print_review(pairs, thresholds):
    """What a person sees who looks at single words below a threshold."""
    wrong = sum(1 - right for _, right in pairs)
    print("\n| to be reviewed below | words shown | of the wrong ones |\n| --- | --- | --- |")
    for threshold in thresholds:
        shown = [right for confidence, right in pairs if confidence < threshold]
        caught = sum(1 - right for right in shown)
        print(f"| {threshold:.2f} | {len(shown) / max(1, len(pairs)):.3f} |"
              f" {caught / max(wrong, 1):.3f} |")


def print_pages(pages, thresholds):
    """`pages`: (mean confidence, share of its words that is right)."""
    bad = [mean for mean, right in pages if right < 0.9]
    good = [mean for mean, right in pages if right >= 0.9]
    print("\n| pages below | with less than nine in ten right | others |\n| --- | --- | --- |")
    for threshold in thresholds:
        print(f"| {threshold:.2f} | {sum(mean < threshold for mean in bad)} of {len(bad)} |"
              f" {sum(mean < threshold for mean in good)} of {len(good)} |")
