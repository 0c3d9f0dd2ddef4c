"""Lists: which paragraphs are list items, how deep they are nested, and which only bear the document's running numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.paragraphs import Paragraph

STEP = 6.0
"""Points by which a nested item is set in."""
SAME_X = 9.0
"""Points by which numbers of one series may differ in place (left and right pages do)."""
LONG_SERIES = 8
"""Numbers in a row from which they count a document's paragraphs."""
SHORT_SERIES = 3
"""Numbers, and sections that they run through, from which a short document's paragraphs are numbered and not a list's items."""
LONG_TEXT = 60
"""Characters of a paragraph; a series of shorter ones is a list."""


def find_items(paragraphs: Sequence[Paragraph]) -> None:
    """Mark the items among paragraphs, with their depth."""
    running = running_numbers(paragraphs)
    for p in paragraphs:
        if p.marker is None or p.kind != "paragraph" or id(p) in running:
            continue
        kind, style = p.marker.kind, p.marker.style
        if (
            kind == "bullet"
            or (kind == "letter" and style != "A.")
            or (kind == "roman" and style not in ("I", "I."))
            or (kind == "arabic" and (p.marker.sure or p.cell))
        ):
            p.kind = "item"
    _nest(paragraphs)


def running_numbers(paragraphs: Sequence[Paragraph]) -> set[int]:
    """``id`` of each paragraph that bears a running number: one of a long series at one place, with running text."""
    series: dict[tuple[str, int], list[Paragraph]] = {}
    for p in paragraphs:
        if p.marker is not None and p.marker.kind == "arabic" and p.kind == "paragraph" and not p.cell and p.lines[0].box is None:
            key = (p.marker.style, round(p.lines[0].x0 / SAME_X))
            series.setdefault(key, []).append(p)
    parted = _parted(paragraphs)
    out: set[int] = set()
    for style, x in series:
        near = sorted((p for dx in (-1, 0, 1) for p in series.get((style, x + dx), ())), key=_place)
        for chain in _chains(near):
            long = sum(1 for p in chain if sum(len(line.text) for line in p.lines) > LONG_TEXT)
            through = len(chain) >= SHORT_SERIES and long == len(chain) and len({parted[id(p)] for p in chain}) >= SHORT_SERIES
            if through or (len(chain) >= LONG_SERIES and long > 0.6 * len(chain)):
                out.update(id(p) for p in chain)
    return out


def _parted(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """By ``id`` of each paragraph how many lines that may be headings, larger or bold, stand before it."""
    sizes: Counter[float] = Counter()
    for p in paragraphs:
        sizes[p.lines[0].size] += sum(len(line.text) for line in p.lines)
    body = max(sizes, key=lambda s: sizes[s], default=0.0)
    out: dict[int, int] = {}
    headings = 0
    for p in paragraphs:
        first = p.lines[0]
        headings += p.marker is None and len(p.lines) <= 3 and (first.size > body + 0.5 or all(line.bold > 0.9 for line in p.lines))
        out[id(p)] = headings
    return out


def _place(p: Paragraph) -> tuple[int, float]:
    return p.lines[0].page, p.lines[0].base


def _chains(members: list[Paragraph]) -> list[list[Paragraph]]:
    """Runs of numbers that go up by one (a gap or two allowed)."""
    out: list[list[Paragraph]] = []
    for p in members:
        value = p.marker.value if p.marker is not None else 0
        for chain in reversed(out[-6:]):
            last = chain[-1].marker
            if last is not None and 0 < value - last.value <= 3:
                chain.append(p)
                break
        else:
            out.append([p])
    return out


def _nest(paragraphs: Sequence[Paragraph]) -> None:
    """Depth of each item from where its marker stands, and from markers seen before."""
    stack: list[tuple[float, str]] = []
    page = (0, 0)
    for p in paragraphs:
        if p.kind != "item" or p.marker is None:
            # Words that stand further left than the list end it.
            if stack and (p.kind != "paragraph" or p.marker is not None or p.lines[0].x0 < stack[0][0] + STEP / 2):
                stack = []
            continue
        x, style = p.lines[0].x0, p.marker.style
        if (p.lines[0].page, p.lines[0].region) != page and stack:
            # Another page or column is set at another margin: the marker tells the depth.
            known = next((i for i, (_, s) in enumerate(stack) if s == style), None)
            if known is not None:
                shift = x - stack[known][0]
                stack = [(a + shift, s) for a, s in stack[: known + 1]]
        page = (p.lines[-1].page, p.lines[-1].region)
        while stack and x < stack[-1][0] - STEP:
            stack.pop()
        if not stack or x > stack[-1][0] + STEP:
            stack.append((x, style))
        p.level = len(stack)
