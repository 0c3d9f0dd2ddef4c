"""What the rules on findings share: each finding with the words under it that bear it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.check.criteria import pattern
from evaltrail.check.mention import stated
from evaltrail.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message
    from evaltrail.check.unit import Unit
    from evaltrail.check.wording import Said
    from evaltrail.record import Statement

TOPIC = "check_findings"
_MOST = 400
"""Units under a finding that are looked at; a chapter that the reader took for one finding is not walked to its end."""


@dataclass(frozen=True, slots=True)
class Borne:
    """A finding with what stands under it."""

    statement: Statement
    unit: Unit | None
    """Where it begins."""
    under: tuple[Unit, ...]
    """Paragraphs, items, tables and captions up to the next statement or heading of its rank."""

    @property
    def text(self) -> str:
        """The finding's words and those under it."""
        return "\n".join([self.statement.text, *(u.text for u in self.under)])


@once
def findings(paper: Paper) -> tuple[Borne, ...]:
    """The whole findings with what stands under them; those of the summary are left out, their evidence stands in the body."""
    return tuple(_findings(paper))


def _findings(paper: Paper) -> list[Borne]:
    at = {id(u): i for i, u in enumerate(paper.units)}
    begins = {id(u) for s in paper.statements if s.places for u in (paper.unit_at(s.places[0]),) if u}
    out: list[Borne] = []
    for s in paper.of_kind("finding"):
        first = paper.unit_at(s.places[0]) if s.places else None
        last = paper.unit_at(s.places[-1]) if s.places else None
        if first is None or last is None:
            out.append(Borne(s, None, ()))
            continue
        if "summary" not in first.within:
            out.append(Borne(s, first, _under(paper, at[id(last)], begins)))
    return out


def _under(paper: Paper, at: int, begins: set[int]) -> tuple[Unit, ...]:
    """The units behind ``paper.units[at]`` up to the next statement, or heading that does not stand under it."""
    passages = paper.record.passages
    head = paper.units[at]
    level = passages[head.index].level if head.kind in ("heading", "title") else 0
    out: list[Unit] = []
    for u in paper.units[at + 1 : at + 1 + _MOST]:
        if u.kind in ("heading", "title"):
            # A finding in a paragraph may be followed at once by the subheadings under which its evidence is laid out.
            subheading = not passages[u.index].heads and (passages[u.index].level > level if level else not out or out[0].kind == "heading")
            if not subheading:
                break
        if id(u) in begins or u.kind == "footnote":
            break
        out.append(u)
    return tuple(out)


def has_mark(paper: Paper, borne: Borne) -> bool:
    """Whether the finding, or what stands under it, calls a footnote."""
    indices = {u.index for u in (borne.unit, *borne.under) if u is not None and u.index >= 0}
    return any(paper.record.passages[i].marks for i in indices)


def stated_in_findings(paper: Paper, key: str, missing: Said) -> Iterator[Message]:
    """What findings or conclusions have to speak of: a heading for effectiveness or impact as right, else the message.

    Where headings told little of the chapters, what stands under none of the known ones may be findings too.
    """
    kinds = ("finding", "conclusion")
    own = {id(u) for s in paper.statements if s.kind in kinds and s.places for u in (paper.unit_at(s.places[0]),) if u}
    of_chapter = sum(1 for u in paper.running if "findings" in u.within)
    if not own and not of_chapter:
        return

    def looked_at(unit: Unit) -> bool:
        return id(unit) in own or not unit.within.isdisjoint(_ROLES) or (of_chapter < _CHAPTER and not unit.within)

    names = [p for p in (pattern(paper, c) for c in ("effectiveness", "impact")) if p]

    def shows(unit: Unit, words: str) -> bool:
        return unit.kind == "heading" and any(n.search(words) for n in names)

    yield from stated(paper, TOPIC, key, missing, looked_at, shows)


_CHAPTER = 20
"""Paragraphs of findings from which the chapter was read."""
_ROLES = frozenset({"findings", "conclusions"})


def judges(unit: Unit, _words: str) -> bool:
    """Whether a passage is one in which an evaluation judges: a heading, or a passage of the findings or conclusions."""
    return "annex" not in unit.within and (unit.kind == "heading" or not unit.within.isdisjoint(_ROLES))
