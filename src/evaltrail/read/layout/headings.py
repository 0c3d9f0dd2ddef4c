"""Headings: which paragraphs are headings, and of what level."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout import front
from evaltrail.read.layout.markers import Marker
from evaltrail.read.layout.paragraphs import is_ended
from evaltrail.text.symbols import symbols_in

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from evaltrail.read.layout.paragraphs import Manner, Paragraph

MAX_LENGTH = 240
MAX_LINES = 5
LONG = 200
"""Characters of a paragraph of running text."""
MIN_NAMED = 5
"""Headings larger than text that a document must have to show that its bookmarks name them all."""
NAMED = 0.9
"""Share of these that the bookmarks must name; a line of a figure may be as large."""
RAISED = 0.82
"""Share of a line's size up to which a word is a raised mark."""

_Look = tuple[float, bool, bool, bool, "str | None"]
"""Size, capitals, bold, upright, colour."""


def find_headings(paragraphs: Sequence[Paragraph], manner: Manner, bookmarks: Container[tuple[int, str]] = ()) -> list[Paragraph]:
    """Mark the headings among a document's paragraphs and give them levels. ``bookmarks``: pages and folded titles.

    Returns the paragraphs that look like headings, but that bookmarks which name every heading do not name.
    """
    body_colour = _body_colour(paragraphs, manner)
    likely: list[tuple[Paragraph, bool]] = []
    for i, p in enumerate(paragraphs):
        after = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
        if p.cell or (p.kind != "paragraph" and not _may_be_numbered(p, paragraphs, i, manner.body)):
            continue
        named = _is_bookmarked(p, bookmarks)
        if named or _is_heading(p, manner, body_colour, after):
            likely.append((p, named))
    complete = _name_all(likely, manner)
    begun = False
    found: list[tuple[Paragraph, _Look]] = []
    passed: list[Paragraph] = []
    for p, named in likely:
        # What stands before the first of them, on the cover, bookmarks pass over.
        begun = begun or named
        if named or not (complete and begun) or _is_larger(p, manner):
            p.kind = "heading"
            found.append((p, _look(p)))
        else:
            passed.append(p)
    _split_numbers([p for p, _ in found])
    # Covers are set in faces of their own, and so are boxes: the levels are those of the text between.
    start = next((p.lines[0].page for p in paragraphs if p.kind == "paragraph" and sum(len(line.text) for line in p.lines) > LONG), 0)
    inside = [(p, look) for p, look in found if p.lines[0].page >= start and p.lines[0].box is None] or found
    levels = _levels(inside)
    for p, look in found:
        p.level = levels[look] if look in levels else _nearest(look, levels)
    return passed


def _name_all(likely: Sequence[tuple[Paragraph, bool]], manner: Manner) -> bool:
    """Whether the bookmarks name the headings that are larger than text, so that a line of text size which they pass over is none."""
    opening = min((p.lines[0].page for p, _ in likely), default=0)
    # What stands large on the first page is the title and what goes with it.
    larger = [named for p, named in likely if _is_larger(p, manner) and (named or p.lines[0].page > opening)]
    return len(larger) >= MIN_NAMED and sum(larger) >= NAMED * len(larger)


def _is_larger(p: Paragraph, manner: Manner) -> bool:
    return min(line.size for line in p.lines) > manner.body + 0.7


_PLAIN = re.compile(r"(\d{1,2})(?=\s+[^\W\d_a-zß-ÿ])")


def _split_numbers(headings: Sequence[Paragraph]) -> None:
    """Numbers without a full stop ("2 Recommendations") told as markers, where several headings bear them in order."""
    plain: list[tuple[Paragraph, int]] = []
    for p in headings:
        found = _PLAIN.match(p.lines[0].text) if p.marker is None else None
        if found is not None and len(p.lines[0].words[0].text) == len(found[1]) and len(p.lines[0].words) > 1:
            plain.append((p, int(found[1])))
    values = [v for _, v in plain]
    if len(values) < 2 or any(not 0 < b - a <= 2 for a, b in pairwise(values)):
        return
    for p, value in plain:
        text = p.lines[0].words[0].text
        p.marker = Marker("arabic", text, 1, value, 1, "1", sure=False)
        p.text_x = p.lines[0].words[1].x0


def _may_be_numbered(p: Paragraph, paragraphs: Sequence[Paragraph], index: int, body: float) -> bool:
    """Whether what looks like a numbered item may be a heading: far larger than text, or with no item of its series beside it."""
    if p.kind == "item" and p.lines[0].size > 1.35 * body:
        return True
    if p.kind != "item" or p.marker is None or p.marker.kind == "bullet" or p.marker.text[:1] == "(":
        return False
    for q in paragraphs[max(0, index - 1) : index + 2]:
        if q is not p and q.marker is not None and q.marker.style == p.marker.style:
            return False
    return True


def _nearest(look: _Look, levels: dict[_Look, int]) -> int:
    """The level of a look that the running text does not have: one under the last that outranks it."""
    above = [level for other, level in levels.items() if _rank(other) < _rank(look)]
    return min(max(above, default=0) + 1, max(levels.values(), default=0) + 1)


def _rank(look: _Look) -> tuple[float, bool, bool, bool, bool]:
    return (-look[0], not look[1], not look[2], not look[3], look[4] is None)


def _is_bookmarked(p: Paragraph, bookmarks: Container[tuple[int, str]]) -> bool:
    """Whether the document's own bookmarks name the paragraph as a heading."""
    text = text_of(p)
    if not bookmarks or len(text) > MAX_LENGTH or len(p.lines) > MAX_LINES or (p.marker is not None and p.marker.kind == "bullet"):
        return False
    # A footnote's mark is not in the bookmark.
    title = front.folded("".join(w.text for line in p.lines for w in line.words if w.style.size > RAISED * line.size))
    return len(title) > 3 and (p.lines[0].page, title) in bookmarks and not text.rstrip().endswith((".", ";", ","))


def text_of(p: Paragraph) -> str:
    """The paragraph's words as they stand."""
    return " ".join(line.text for line in p.lines)


def _body_colour(paragraphs: Sequence[Paragraph], manner: Manner) -> str | None:
    colours: Counter[str | None] = Counter()
    for p in paragraphs:
        for line in p.lines:
            if abs(line.size - manner.body) < 0.3:
                colours[line.colour] += len(line.text)
    return colours.most_common(1)[0][0] if colours else None


def _is_heading(p: Paragraph, manner: Manner, body_colour: str | None, after: Paragraph | None) -> bool:
    text = text_of(p)
    letters = [c for c in text if c.isalpha()]
    if len(text) > MAX_LENGTH or len(p.lines) > MAX_LINES or len(letters) < 2 or any(line.aside for line in p.lines):
        return False
    if p.marker is not None and p.marker.kind == "bullet":
        return False
    if p.lines[0].size < manner.body - 0.6 and not (p.lines[0].bold > 0.9 and p.lines[0].size > 0.8 * manner.body):
        return False
    # "Recommendation 3." is a label for all its full stop.
    ended = is_ended(text) and text.rstrip()[-1] not in "?:" and not (len(text) < 36 and re.search(r"\d\.$", text.rstrip()))
    if not letters[0].isupper() and p.marker is None:
        return False
    larger = _is_larger(p, manner)
    # The number before a heading is often set apart from its words.
    bold = all(_bold_share(p, i) > 0.95 for i in range(len(p.lines)))
    capitals = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)
    coloured = all(line.colour not in (None, body_colour) for line in p.lines)
    if capitals and text.strip() in symbols_in(text):
        return False
    if larger and (not ended or (bold and len(text) < 90)):
        return True
    if ended or (text.rstrip()[-1:] == ":" and not ((bold or capitals) and len(text) < 60)):
        return False
    if bold or (capitals and len(text) < 120 and after is not None):
        return len(text) <= 200
    numbered = p.marker is not None and p.marker.kind in ("decimal", "roman", "arabic") and p.marker.text[:1] != "("
    italic = all(w.style.italic for line in p.lines for w in line.words)
    if coloured and len(text) < 140 and len(p.lines) <= 3:
        return True
    return (italic and len(text) < 110 and len(p.lines) <= 2) or (
        numbered and p.marker is not None and p.marker.kind == "decimal" and len(p.lines) == 1 and len(text) < 90
    )


def _bold_share(p: Paragraph, index: int) -> float:
    line = p.lines[index]
    if index == 0 and p.marker is not None and p.marker.words < len(line.words):
        words = line.words[p.marker.words :]
        total = sum(len(w.text) for w in words)
        return sum(len(w.text) for w in words if w.style.bold) / max(1, total)
    return line.bold


def _look(p: Paragraph) -> _Look:
    text = text_of(p)
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)
    size = max(line.size for line in p.lines)
    italic = all(w.style.italic for line in p.lines for w in line.words)
    return (round(size * 2) / 2, capitals, _bold_share(p, len(p.lines) - 1) > 0.9, not italic, p.lines[-1].colour)


def _levels(found: list[tuple[Paragraph, _Look]]) -> dict[_Look, int]:
    """Levels by size, then capitals, bold, upright; looks that bear decimal numbers are put in the order of their depth."""
    looks: dict[_Look, list[Paragraph]] = {}
    for p, look in found:
        looks.setdefault(look, []).append(p)
    order = sorted(looks, key=_rank)
    depth: dict[_Look, int] = {}
    for look, members in looks.items():
        depths = Counter(p.marker.depth for p in members if p.marker is not None and p.marker.kind == "decimal")
        if depths and sum(depths.values()) >= 0.5 * len(members):
            depth[look] = depths.most_common(1)[0][0]
    levels: dict[_Look, int] = {}
    level = 0
    before: _Look | None = None
    for look in order:
        # Looks that differ in colour alone are one level unless their numbers say otherwise.
        if before is None or look[:4] != before[:4] or depth.get(look) != depth.get(before):
            level += 1
        levels[look] = level
        before = look
    for a, high in depth.items():
        for b, deep in depth.items():
            if high < deep and levels[a] >= levels[b]:
                levels[b] = levels[a] + 1
    return levels
