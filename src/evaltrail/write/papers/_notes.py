"""Which footnote each mark calls, and where a footnote without a mark is called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Footnote, Passage

Calls = dict[int, list[tuple[int, int]]]
"""By passage: (offset in its text, index of the footnote), in order."""


def called(passages: Sequence[Passage], footnotes: Sequence[Footnote]) -> Calls:
    """The calls of footnotes in each passage.

    Numbers may begin anew on every page or in every part, so a mark calls the footnote of its number that stands nearest and was
    not called before.  A footnote whose mark was not found (in a cell, in a figure) is called at the end of the last running
    text on its page, so that it is printed where a reader looks for it.
    """
    by_number: dict[str, list[int]] = defaultdict(list)
    for n, note in enumerate(footnotes):
        by_number[note.number].append(n)
    calls: Calls = defaultdict(list)
    seen: set[int] = set()
    for i, p in enumerate(passages):
        for mark in sorted(p.marks, key=lambda m: m.at):
            choice = by_number.get(mark.number, [])
            if choice:
                page = _page(p)
                n = min(choice, key=lambda n: (abs(_page(footnotes[n]) - page), n in seen, n))
                seen.add(n)
                calls[i].append((min(mark.at, len(p.text)), n))
    for n, note in enumerate(footnotes):
        if n not in seen and (home := _home(passages, note)) is not None:
            calls[home].append((len(passages[home].text), n))
    return calls


def _home(passages: Sequence[Passage], note: Footnote) -> int | None:
    """The last running text on the note's page, or before it; behind the notes that stand before this one."""
    running = [i for i, p in enumerate(passages) if p.kind in ("paragraph", "item") and p.text and p.places]
    page = _page(note)
    before = [i for i in running if _page(passages[i]) <= page]
    return before[-1] if before else running[0] if running else None


def _page(thing: Passage | Footnote) -> int:
    return thing.places[0].page if thing.places else 0
