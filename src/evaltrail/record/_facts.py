"""What a reader of a paper can see of its record, fact by fact: two records that give the same facts say the same.

Pages, boxes, ids, and how a field came to its value are no facts of the paper.  A paper that is issued is read back and
compared with its record by these.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.record._models import Action, AnyStatement, Evaluation, Record

_Name = tuple[str, str | None, str]


class Fact(NamedTuple):
    """One thing that a paper says."""

    kind: str
    """What is told: 'recommendation', 'recommendation.priority', 'rating', 'footnote', …"""
    of: str
    """What it is told of: the part of the paper and the statement's words; a footnote's number."""
    value: Any
    """The value, hashable."""


class Discrepancy(NamedTuple):
    """A fact that only one of two records has."""

    lost: bool
    """True: only the first record has it; false: only the second."""
    fact: Fact


def facts(record: Record) -> Counter[Fact]:
    """Every visible fact of a record, counted."""
    found: Counter[Fact] = Counter()
    for n, e in enumerate(record.evaluations):
        found.update(_of_evaluation(f"part {n + 1}", e))
    for d in record.decisions:
        found[Fact("decision", "", (d.paragraph, d.text, tuple((r.from_, r.to) for r in d.refers)))] += 1
    for p in record.paragraphs:
        found[Fact("paragraph", p.number, p.text)] += 1
    for f in record.footnotes:
        found[Fact("footnote", f.number, f.text)] += 1
    return found


def discrepancies(before: Record, after: Record) -> list[Discrepancy]:
    """Facts that are in only one of two records, by kind and by what they are of; empty where the two say the same."""
    a, b = facts(before), facts(after)
    out = [Discrepancy(lost=True, fact=f) for f in (a - b).elements()] + [Discrepancy(lost=False, fact=f) for f in (b - a).elements()]
    return sorted(out, key=lambda d: (d.fact.kind, d.fact.of, not d.lost))


def _of_evaluation(part: str, e: Evaluation) -> Iterator[Fact]:
    yield Fact("evaluation", part, (e.label, e.title, e.period.from_, e.period.to))
    names = {s.id: (s.kind, s.number, s.text) for s in e.statements}
    for s in e.statements:
        yield from _of_statement(part, s, names)
    for r in e.ratings:
        yield Fact("rating", part, (r.criterion, r.of, r.value, r.scale, r.as_printed))
    for o in e.overall_responses:
        yield Fact("overall response", part, (o.text, o.verdict))


def _of_statement(part: str, s: AnyStatement, names: Mapping[str, _Name]) -> Iterator[Fact]:
    of = f"{part}: {s.text}"
    yield Fact(s.kind, of, (s.number, names.get(s.parent) if s.parent else None))
    yield Fact(f"{s.kind}.label", of, s.label)
    yield Fact(f"{s.kind}.criteria", of, s.criteria)
    if s.kind == "recommendation":
        yield Fact("recommendation.responsible", of, s.responsible)
        yield Fact("recommendation.responsible as printed", of, s.as_printed.responsible)
        for field in ("priority", "time", "resources"):
            yield Fact(f"recommendation.{field}", of, getattr(s, field))
            yield Fact(f"recommendation.{field} as printed", of, getattr(s.as_printed, field))
    if s.kind == "response":
        yield Fact("response.verdict", of, s.verdict)
        yield Fact("response.prompt", of, s.prompt)
        yield Fact("response.answers", of, tuple(names.get(a.id) if a.record is None else (a.record, a.id) for a in s.answers))
        yield Fact("response.actions", of, tuple(_of_action(a) for a in s.actions))


def _of_action(a: Action) -> tuple[str | None, ...]:
    return a.number, a.text, a.unit, a.due, a.status, a.deliverables, a.resources, a.comments
