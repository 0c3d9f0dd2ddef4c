"""A criterion has findings and no conclusion.

## What it does
Where the conclusions name at least three evaluation criteria, or mostly name the findings that they rest on and these are of
at least three criteria, tells the criteria that have a section of their own and that no conclusion names or rests on.

## Why it is bad
The reader learns what was found on the criterion and not what it means.

## Known problems
A conclusion can judge a criterion without its name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.basis import MOSTLY, stated
from evaltrail.check.called import criterion as name_of
from evaltrail.check.called import of
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation, Place

RULE = Rule(
    code="CON005",
    severity="note",
    sources=("UNEG quality checklist: conclusions cover the evaluation's criteria",),
    papers=EVALUATIONS,
    version=2,
    suspects=True,
)

_PAPER = """# Evaluation of the water programme

## Findings

### Relevance

Finding 1: Pumps are wanted.

### Effectiveness

Finding 2: Half of the pumps work.

### Efficiency

Finding 3: Pumps cost twice as much as planned.

### Sustainability

Finding 4: Fees do not pay for repairs.

## Conclusions

Conclusion 1: The programme is relevant; its relevance has grown, and its effectiveness is low.

Conclusion 2: The efficiency of the programme is low.

Conclusion 3: {}
"""
_FRENCH = """# Évaluation du programme de l’eau

## Constats

### Pertinence

Constat 1 : Les pompes sont voulues.

### Efficacité

Constat 2 : La moitié des pompes marchent.

### Efficience

Constat 3 : Les pompes coûtent deux fois plus que prévu.

### Durabilité

Constat 4 : Les redevances ne paient pas les réparations.

## Conclusions

Conclusion 1 : La pertinence du programme est forte et son efficacité faible.

Conclusion 2 : L’efficience du programme est faible. {}
"""
_BASED = _PAPER.replace(
    "relevant; its relevance has grown, and its effectiveness is low", "wanted, and half of it works (findings 1 and 2)"
)
_BASED = _BASED.replace("efficiency of the programme is low", "cost was underestimated (finding 3)")
BAD = (_PAPER.format("It is well led."), _FRENCH.format("Il est bien dirigé."), _BASED.format("It costs more than planned (finding 3)."))
GOOD = (
    _PAPER.format("Its sustainability is at risk."),
    _BASED.format("It will not last (finding 4)."),
    _FRENCH.format("Sa durabilité est menacée."),
)

_LEAST = 3
"""Criteria that the conclusions must name for one that they do not name to be missing."""
# "Performance" and "appropriateness" name no single criterion in running text.
_LOOSE = frozenset(
    {
        "performance",
        "relevant",
        "impacts",
        "economy",
        "efficient",
        "alignment",
        "complementarity",
        "use of resources",
        "utilisation des ressources",
    }
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each criterion that the conclusions leave out."""
    for evaluation in paper.evaluations:
        several = len(paper.evaluations) > 1
        texts = [s.text for s in evaluation.statements if s.kind == "conclusion"]
        texts += [u.text for u in paper.units_of(evaluation.id if several else None) if "conclusions" in u.within]
        named = {c for c, pattern in _criteria(paper.language).items() if any(pattern.search(t) for t in texts)}
        named |= _rested_on(paper, evaluation)
        if len(named) < _LEAST:
            continue
        found = _with_findings(paper, evaluation)
        for criterion, places in found.items():
            if criterion not in named:
                where = of(evaluation, several=several)
                called = say(
                    "The conclusions{where} seem to leave out {criterion}, which has findings.", where=where, criterion=name_of(criterion)
                )
                yield Message(
                    called,
                    places,
                )
        if found and named >= found.keys():
            first = next((s for s in evaluation.statements if s.kind == "conclusion"), None)
            if first is not None:
                yield Message(
                    say("The conclusions speak of all {number} criteria with findings.", number=len(found)), first.places, right=True
                )


def _rested_on(paper: Paper, evaluation: Evaluation) -> set[str]:
    """Criteria of the findings that conclusions name, in a paper whose conclusions mostly do."""
    having, lacking = stated(paper, evaluation, "conclusion", into=True)
    if not having or len(having) < MOSTLY * (len(having) + len(lacking)):
        return set()
    findings = (paper.by_id.get(x.from_) for c in having for x in paper.links_to.get(c.id, ()) if x.basis != "proposed")
    return {criterion for f in findings if f is not None for criterion in f.criteria}


def _with_findings(paper: Paper, evaluation: Evaluation) -> dict[str, tuple[Place, ...]]:
    """Criteria that have a heading of their own in the findings, or a finding."""
    found: dict[str, tuple[Place, ...]] = {}
    for s in paper.sections_of(evaluation.id if len(paper.evaluations) > 1 else None):
        if "findings" not in s.heading.within or "annex" in s.heading.within:
            continue
        for criterion, pattern in _criteria(paper.language).items():
            if pattern.search(s.title) and len(s.title.split()) <= 6:
                found.setdefault(criterion, s.heading.places)
    return found


@cache
def _criteria(language: str) -> dict[str, re.Pattern[str]]:
    pack = packs.pack(language, "criteria") or packs.pack("en", "criteria")
    # Beginnings of the names: "durabilité" is spoken of as "durable" too.
    return {
        c: re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(w if ' ' in w else w[: max(6, len(w) - 4)]) for w in words if w not in _LOOSE)})",
            re.IGNORECASE,
        )
        for c, words in pack.items()
    }
