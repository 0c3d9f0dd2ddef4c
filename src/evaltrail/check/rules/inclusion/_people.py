"""What the rules on inclusion share: where a footnote belongs, and which sentences count people and split them by sex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.check.mention import counted_near, figured, mentions
from evaltrail.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Place

TOPIC = "check_inclusion"


@dataclass(frozen=True, slots=True)
class Count:
    """A sentence that counts people."""

    unit: Unit
    text: str
    start: int
    """Offset of the sentence in the unit."""
    split: bool
    """Whether it tells how many were women or men."""
    paper: Paper

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the sentence stands."""
        return self.paper.at(self.unit, self.start, self.start + len(self.text))


def counted(paper: Paper, key: str) -> Iterator[Count]:
    """The sentences with a number and a word of the list, in reading order."""
    words, sexes = paper.words_of(TOPIC, key), paper.words_of(TOPIC, "sexes")
    if words is None or sexes is None:
        return
    for m in mentions(paper, TOPIC, key, lambda u: u.kind not in ("heading", "title") and "references" not in u.within):
        if not figured(paper, m.unit.text):
            continue
        for s in paper.sentences(m.unit):
            if any(counted_near(paper, s.text, w.start(), w.end()) for w in words.finditer(s.text)):
                yield Count(m.unit, s.text, s.start, bool(sexes.search(s.text)), paper)


def evaluation_of(paper: Paper, unit: Unit) -> str | None:
    """The id of the evaluation in whose part a unit stands; a footnote stands where it is called."""
    if unit.kind != "footnote":
        return unit.evaluation
    caller = _callers(paper).get(unit.start)
    return caller.evaluation if caller else None


@once
def _callers(paper: Paper) -> dict[tuple[int, int], Unit | None]:
    """The units that call footnotes, by the beginnings of the footnotes."""
    callers: dict[tuple[int, int], Unit | None] = {}
    for f in paper.record.footnotes:
        if f.places and f.marks:
            callers.setdefault((f.places[0].page, f.places[0].start), paper.unit_at(f.marks[0]))
    return callers
