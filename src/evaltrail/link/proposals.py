"""Proposals: which findings a conclusion rests on, and which findings and conclusions lead to a recommendation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.link.terms import likenesses, terms, weigh
from evaltrail.record import Evaluation, Link, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.link.terms import Weights
    from evaltrail.record import AnyStatement

THRESHOLD = 0.5
"""Least score of a proposal: above it a proposal is more likely right than wrong."""
RULE = "words in common"
_INTO = 3
"""Proposals that lead to one statement, at most."""
_OUT_OF = 6
"""Proposals that lead from one statement to others of a kind, at most."""
_LEAST = 0.02
"""Likeness below which two statements have no more in common than any two."""

# A score is the probability that a logistic model gives, fitted to the pairs of 12 evaluations whose links are stated in the
# paper or were judged by hand. docs/how-to/follow-links.md tells how well it holds on evaluations that it was not fitted to.
_CONSTANT = -1.76
_LIKENESS = 0.605
"""For the natural logarithm of likeness + _FLOOR."""
_FLOOR = 0.005
_BEST_SOURCE = 1.89
"""For the likeness over that of the most alike source of the same target."""
_BEST_TARGET = 1.09
"""For the likeness over that of the most alike target of the same source."""
_ORDER = 1.38
"""For the agreement in order: 1 where both stand at the same point of their lists, 0 at opposite ends."""
_ALONE = 0.5
"""In place of the comparison with the best where there is nothing to compare with."""

_STEPS = (("finding", "conclusion", "supports"), ("conclusion", "recommendation", "leads_to"), ("finding", "recommendation", "leads_to"))


@dataclass(frozen=True, slots=True)
class _Pair:
    source: str
    target: str
    score: float


def propose(of: Record | Evaluation, *, language: str | None = None, threshold: float = THRESHOLD) -> list[Link]:
    """Links that an evaluation does not state and that its statements' words suggest, best first within a kind.

    Where the paper states what a statement rests on, nothing is proposed beside it. A finding is proposed for a recommendation
    only where no conclusion stands between them. Parts of a statement are not linked apart from it.

    Args:
        of: an evaluation, or a record for those of all its evaluations.
        language: ISO 639-1 code of the words; a record's own where not given.
        threshold: least score, from 0 to 1. A score is the share of such proposals that are right, as measured.
    """
    if isinstance(of, Record):
        return [x for e in of.evaluations for x in propose(e, language=language or of.document.language, threshold=threshold)]
    tops = [s for s in of.statements if s.parent is None and s.kind in ("finding", "conclusion", "recommendation")]
    weights = dict(zip([s.id for s in tops], weigh([terms(s.text, language) for s in tops]), strict=True))
    groups = {kind: [s for s in tops if s.kind == kind] for kind in ("finding", "conclusion", "recommendation")}
    known = [x for x in of.links if x.basis != "proposed"]
    kinds = {s.id: s.kind for s in of.statements}
    above = {s.id: s.parent for s in of.statements if s.parent}
    out: list[Link] = []
    for first, second, kind in _STEPS:
        told = {_top(x.to, above) for x in known if x.kind == kind and kinds.get(x.from_) == first}
        passed: set[str] = set()
        if (first, second) == ("finding", "recommendation") and groups["conclusion"]:
            passed = {x.from_ for x in [*known, *out] if x.kind == "supports"}
        pairs = _pairs(groups[first], groups[second], weights)
        chosen = _choose([p for p in pairs if p.score >= threshold and p.target not in told and p.source not in passed])
        out += [
            Link.model_validate(
                {"from": p.source, "to": p.target, "kind": kind, "basis": "proposed", "score": round(p.score, 2), "rule": RULE}
            )
            for p in chosen
        ]
    return out


def _top(of: str, above: dict[str, str]) -> str:
    """The statement that an id is a part of, itself where it is none."""
    while of in above:
        of = above[of]
    return of


def _pairs(sources: Sequence[AnyStatement], targets: Sequence[AnyStatement], weights: dict[str, Weights]) -> list[_Pair]:
    """All pairs that have more in common than any two, with their scores."""
    like = likenesses({s.id: weights[s.id] for s in sources}, {t.id: weights[t.id] for t in targets})
    best_source: dict[str, float] = {}
    best_target: dict[str, float] = {}
    for (source, target), value in like.items():
        best_source[target] = max(value, best_source.get(target, 0.0))
        best_target[source] = max(value, best_target.get(source, 0.0))
    at = {s.id: n / max(1, len(group) - 1) for group in (sources, targets) for n, s in enumerate(group)}
    out = []
    for (source, target), value in like.items():
        if value < _LEAST:
            continue
        logit = (
            _CONSTANT
            + _LIKENESS * math.log(value + _FLOOR)
            + _BEST_SOURCE * (value / best_source[target] if len(sources) > 1 else _ALONE)
            + _BEST_TARGET * (value / best_target[source] if len(targets) > 1 else _ALONE)
            + _ORDER * (1 - abs(at[source] - at[target]))
        )
        out.append(_Pair(source, target, 1 / (1 + math.exp(-logit))))
    return out


def _choose(pairs: list[_Pair]) -> list[_Pair]:
    """The best pairs, a few a statement."""
    into: dict[str, int] = {}
    out_of: dict[str, int] = {}
    out = []
    for p in sorted(pairs, key=lambda p: (-p.score, p.target, p.source)):
        if into.get(p.target, 0) < _INTO and out_of.get(p.source, 0) < _OUT_OF:
            into[p.target] = into.get(p.target, 0) + 1
            out_of[p.source] = out_of.get(p.source, 0) + 1
            out.append(p)
    return out


def linked(record: Record, *, threshold: float = THRESHOLD) -> Record:
    """The record with proposals among its links; proposals that it has already are made anew, all other links stay."""
    made = []
    for e in record.evaluations:
        kept = tuple(x for x in e.links if x.basis != "proposed")
        own = e.model_copy(update={"links": kept})
        made.append(own.model_copy(update={"links": (*kept, *propose(own, language=record.document.language, threshold=threshold))}))
    return record.model_copy(update={"evaluations": tuple(made)})
