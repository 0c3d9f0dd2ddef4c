"""Which passages of a paper carry a statement, a rating or a decision: told by their places."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.record import Passage, Place


class Carriers:
    """Passages by the places that they cover, a table's cells among them."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for i, p in enumerate(passages):
            for place in (*p.places, *(x for c in p.cells for x in c.places)):
                spans[place.page].append((place.start, place.end, i))
        self._spans = {page: sorted(found) for page, found in spans.items()}
        # Passages do not overlap, so ends are in the order of starts but for cells that a table lists by row.
        self._longest = {page: max((end - start for start, end, _ in found), default=0) for page, found in self._spans.items()}

    def of(self, places: Iterable[Place]) -> tuple[int, ...]:
        """Indices of the passages that share words with the places, in reading order, each once."""
        return tuple(sorted({i for place in places for i in self._at(place)}))

    def _at(self, place: Place) -> Iterator[int]:
        spans = self._spans.get(place.page, [])
        first = bisect_left(spans, (place.start - self._longest.get(place.page, 0), -1, -1))
        for start, end, i in spans[first:]:
            if start >= place.end:
                return
            if end > place.start:
                yield i
