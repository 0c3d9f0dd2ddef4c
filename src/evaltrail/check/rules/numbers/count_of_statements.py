"""The text says that there are more or fewer recommendations, findings or lessons than the paper has.

## What it does
Looks for sentences that say how many statements of a kind the paper or one of its parts has ("makes seven
recommendations", "five of the seven recommendations") and counts them. Counted are statements that are numbered without
a gap; where the numbers have gaps nothing is said.

## Why it is bad
A statement was dropped or added at the last moment, and answers, tables and decisions that go by the number are wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import in_words
from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import printed, quantities, units_with
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Quantity
    from evaltrail.text.quantities import Amount

RULE = Rule(code="NUM011", severity="error", sources=("consistency",), papers=WITH_ANSWERS)

_RECS = "\n\n".join(f"Recommendation {n}: The Ministry should publish report number {n} by June 2026." for n in range(1, 5))
_RECS_FR = "\n\n".join(f"Recommandation {n} : Le ministère devrait publier le rapport numéro {n} d’ici à juin 2026." for n in range(1, 5))
BAD = (
    f"# Evaluation of the water programme\n\n## Summary\n\nThe evaluation makes five recommendations.\n\n## Recommendations\n\n{_RECS}\n",
    f"# Évaluation du programme\n\n## Résumé\n\nL’évaluation formule cinq recommandations.\n\n## Recommandations\n\n{_RECS_FR}\n",
    (
        f"# Evaluation of the water programme\n\n## Recommendations\n\n{_RECS}\n\n## Management response\n\n"
        "The Office accepts two of the five recommendations.\n"
    ),
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Summary\n\nThe evaluation makes four recommendations.\n\n## Recommendations\n\n{_RECS}\n",
    f"# Évaluation du programme\n\n## Résumé\n\nL’évaluation formule quatre recommandations.\n\n## Recommandations\n\n{_RECS_FR}\n",
)

_APART = 4
"""How far a count may be off; one that is further off is of another paper."""
_BEFORE = 45
"""Characters before a count in which its verb stands."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each count that is wrong, or a confirmation."""
    del options
    makes, whole = paper.words_of("check_numbers", "makes"), _at_end(paper.listed("check_numbers", "whole"))
    other = paper.words_of("check_numbers", "other_evaluation")
    kinds = {k: paper.words_of("check_numbers", "statements", k) for k in ("recommendation", "finding", "lesson", "conclusion")}
    numbers = _numbered(paper)

    def of_statements(q: Quantity) -> bool:
        return bool(q.of) and not q.upper and not q.bound and any(p.fullmatch(q.of or "") for p in kinds.values() if p)

    for unit in units_with(paper, of_statements):
        if {"foreign", "references"} & unit.within:
            continue
        for a in quantities(paper, unit):
            kind = next((k for k, p in kinds.items() if p and a.of and p.fullmatch(a.of)), None)
            if kind is None or a.upper or a.bound or a.value != int(a.value):
                continue
            before = unit.text[max(0, a.start - _BEFORE) : a.start]
            sentence = next((s.text for s in paper.sentences(unit) if s.start <= a.start < s.end), "")
            said = a.out_of or a.value
            made = makes and (m := makes.search(before)) and " that " not in before[m.end() :]
            if (
                not (a.out_of or made or (whole and whole.search(before)))
                or said < (1 if unit.text[a.start].isdigit() else 2)
                or (other and other.search(sentence))
                or re.search(r"\bof (?:which|whom|these)\b", before)
            ):
                continue
            counts = {numbers.get((e, kind)) for e in _scope(paper, unit, kind)}
            yield from _judged(paper, unit, a, int(said), {c for c in counts if c}, kind)


def _at_end(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s*$", re.IGNORECASE) if words else None


def _judged(paper: Paper, unit: Unit, a: Amount, said: int, counts: set[int], kind: str) -> Iterator[Message]:
    place = paper.at(unit, a.start, a.end)
    if said in counts:
        yield Message(say("The text counts {said}, as there are.", said=in_words(kind, said)), place, right=True)
    elif len(counts) == 1 and (has := counts.pop()) > 1 and abs(has - said) <= _APART:
        yield Message(say("The text counts {said}; there are {found}.", said=in_words(kind, said), found=printed(has)), place)


def _scope(paper: Paper, unit: Unit, kind: str) -> list[str | None]:
    """The evaluations that a count may be of: that of its part of the paper, else each, and all together."""
    own = [unit.evaluation] if unit.evaluation else [e.id for e in paper.evaluations]
    return [*own, None] if any(s.kind == kind for s in paper.statements) else []


def _numbered(paper: Paper) -> dict[tuple[str | None, str], int]:
    """How many statements of a kind there are in each evaluation and (None) in all; only where they are numbered from 1 without a gap."""
    out: dict[tuple[str | None, str], int] = {}
    for kind in ("recommendation", "finding", "lesson", "conclusion"):
        total, sound = 0, True
        for e in paper.evaluations:
            own = [s for s in e.statements if s.kind == kind and s.parent is None]
            numbers = [s.number.strip(".") for s in own if s.number]
            fits = bool(own) and numbers == [str(n) for n in range(1, len(own) + 1)]
            if fits:
                out[e.id, kind] = len(own)
            sound = sound and (fits or not own)
            total += len(own)
        if sound and total:
            out[None, kind] = total
    return out
