"""Corrected words and numbers of numbered paragraphs, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.text.normal import squeeze
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._draft import replaced, unplaced
from evaltrail.write.papers._references import number_of

if TYPE_CHECKING:
    from evaltrail.record import Paragraph
    from evaltrail.write.papers._draft import Draft


def renumber(draft: Draft) -> None:
    """Put them. A paragraph that was read has its passage's very words, so one that has not was corrected.

    Raises ``Unwritable`` where a paragraph and a statement in it say different things.
    """
    for p in draft.record.paragraphs:
        indices = draft.carriers.of(p.places)
        if len(indices) != 1:
            continue
        (i,) = indices
        if p.text != draft.record.passages[i].text:
            _put(draft, i, p)
        marker = draft.passages[i].marker
        printed = number_of(marker)
        if printed and printed != p.number:
            draft.passages[i] = draft.passages[i].model_copy(update={"marker": marker.replace(printed, p.number)})


def _put(draft: Draft, index: int, p: Paragraph) -> None:
    now = draft.passages[index]
    if now.kind == "table":
        raise unplaced(f"paragraph {p.number}", p.places)
    for e in draft.record.evaluations:
        for s in e.statements:
            if draft.carriers.of(s.places) == (index,) and squeeze(s.text) not in squeeze(p.text):
                raise Unwritable(
                    f"paragraph {p.number} was corrected and {s.label or s.id}, which stands in it, says something else. Correct both"
                )
    # What is the same at both ends keeps its face and its footnotes.
    start = _shared(now.text, p.text)
    end = _shared(now.text[start:][::-1], p.text[start:][::-1])
    draft.passages[index] = replaced(now, start, len(now.text) - end, p.text[start : len(p.text) - end])


def _shared(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
