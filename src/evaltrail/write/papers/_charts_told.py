"""Ratings that a paper shows only as a picture, put into words where the picture stood."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.text.normal import squeeze
from evaltrail.write.papers._references import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import Passage, Rating, Record
    from evaltrail.write.papers._carriers import Carriers

_LABEL = 100
"""Characters up to which a paragraph beside a chart is one of its labels or a line of its legend."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where charts of ratings stood."""

    charts: Mapping[int, tuple[Rating, ...]]
    """Ratings to be printed in place of (or, with ``replaced`` not naming it, behind) the passage of this index."""
    replaced: frozenset[int]
    """Passages that were labels and legends of these charts."""


def ratings_in_pictures(record: Record, passages: Sequence[Passage], carriers: Carriers) -> Told:
    """Ratings whose words stand in no passage at their place, with the passages that were the chart's labels."""
    charts: dict[int, list[Rating]] = defaultdict(list)
    replaced: set[int] = set()
    for e in record.evaluations:
        silent = [(r, carriers.of(r.places)) for r in e.ratings if not _is_printed(r, [passages[i] for i in carriers.of(r.places)])]
        if not silent:
            continue
        labels = sorted({i for _, at in silent for i in at})
        around = {j for i in labels for j in _around(passages, i)}
        replaced |= around
        home = min(around) if around else _behind(passages, e.id)
        if home is not None:
            charts[home].extend(r for r, _ in silent)
    return Told({i: tuple(found) for i, found in charts.items()}, frozenset(replaced))


def _is_printed(rating: Rating, carrying: Sequence[Passage]) -> bool:
    """Whether the mark's words stand in the passages at its place."""
    words = squeeze(" ".join([p.text for p in carrying] + [c.text for p in carrying for c in p.cells]))
    return bool(rating.as_printed) and squeeze(rating.as_printed) in words


def _around(passages: Sequence[Passage], i: int) -> list[int]:
    """A label of a chart with the short lines before and behind it: other labels, numbers of the axis, the legend."""
    first = last = i
    while first > 0 and _is_label(passages[first - 1]):
        first -= 1
    while last + 1 < len(passages) and _is_label(passages[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _is_label(p: Passage) -> bool:
    return (
        p.kind == "paragraph" and len(p.text) <= _LABEL and not number_of(p.marker) and not p.marks and not p.text.endswith((".", ":", ";"))
    )


def _behind(passages: Sequence[Passage], evaluation: str) -> int | None:
    """The last passage under a heading about ratings in the evaluation's part, else the last passage before its conclusions."""
    own = [i for i, p in enumerate(passages) if p.evaluation in (evaluation, None)]
    rated = [i for i in own if "ratings" in (*passages[i].within, *passages[i].heads)]
    if rated:
        return rated[-1]
    ends = [i for i in own if "conclusions" in passages[i].heads]
    return (ends[0] - 1 if ends and ends[0] > 0 else own[-1]) if own else None
