"""The recommendations of the summary are not those of the body.

## What it does
Compares numbered recommendations (“Recommendation 3”, or items numbered under a heading “Recommendations”) in the
summary with those in the body: the numbers that there are, and, for the same number, the words. A shorter wording is
fine; a message comes only when fewer than the option's share of the summary's words stand in the body's.

## Why it is bad
Management answers what it reads. When the summary asks for something else than the body, nobody knows which is meant.

## Options
- `alike`: share of the longer words of the summary's wording that the body's must have (0.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.summary._summary import listed, summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="SUM005",
    severity="error",
    sources=("consistency", "UNEG quality checklist for evaluation reports"),
    papers=EVALUATIONS,
    options={"alike": 0.3},
)

_ONE = "Recommendation 1: The Ministry should repair the wells.\n\n"
_TWO = "Recommendation 2: The Ministry should train mechanics.\n\n"
_BODY = f"## Findings\n\nHalf of the wells work.\n\n## Recommendations\n\n{_ONE}{_TWO}"
_UN = "Recommandation 1 : Le Ministère devrait réparer les puits.\n\n"
_DEUX = "Recommandation 2 : Le Ministère devrait former des mécaniciens dans chaque village.\n\n"
_AUTRE = "Recommandation 2 : Les communes devraient acheter des pompes solaires neuves.\n\n"
_CORPS = f"## Constats\n\nLa moitié des puits marche.\n\n## Recommandations\n\n{_UN}{_DEUX}"
BAD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\nHalf of the wells work.\n\n{_ONE}{_BODY}",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\nLa moitié des puits marche.\n\n{_UN}{_AUTRE}{_CORPS}",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\nHalf of the wells work.\n\n{_ONE}{_TWO}{_BODY}",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\nLa moitié des puits marche.\n\n{_UN}{_DEUX}{_CORPS}",
)

_WORD = re.compile(r"[^\W_]{4,}")
_SHORT = 5
"""Words of four letters and more that a wording must have to be compared."""


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in listed("labels", "recommendation"))
    return re.compile(
        rf"(?:\W*)(?:key |main )?(?:{words})\s*(?:no\.?|n[°º]|#)?\s*(\d{{1,2}})(?![\d.]\d|\d)(?!\s*(?:,|and|et|y|e|to|a| )\s*\d)[\s.:)—–-]*"
    )


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    text: str
    unit: Unit


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when the numbers differ, and one for each number with other words."""
    found = summary(paper)
    if found is None:
        return
    own = _items(found.units)
    others = [
        u
        for i, u in enumerate(paper.units)
        if not found.first <= i < found.last and not u.within & {"contents", "annex", "response", "foreign"}
    ]
    body = _items(others)
    if len(own) < 1 or len(body) < 1 or max(len(own), len(body)) < 2:
        return
    if set(own) != set(body):
        first = next(iter(own.values()))
        yield Message(
            f"The summary has {_said(own)}, the body {_said(body)}.",
            first.unit.places,
            related=tuple(
                Related(f"Recommendation {n} stands only in the body", body[n].unit.places) for n in sorted(set(body) - set(own))[:4]
            ),
        )
        return
    differ = [n for n in sorted(own) if _differs(own[n].text, body[n].text, options["alike"])]
    for n in differ[:4]:
        related = (Related(f"the body’s Recommendation {n}", body[n].unit.places),)
        yield Message(f"Recommendation {n} of the summary has other words than that of the body.", own[n].unit.places, related=related)
    if not differ:
        yield Message(f"The summary has the same {len(own)} recommendations as the body.", next(iter(own.values())).unit.places, right=True)


def _items(units: Sequence[Unit]) -> dict[int, _Item]:
    """Numbered recommendations among the units by number, the first of each; a label alone takes the unit behind it."""
    out: dict[int, _Item] = {}
    for i, u in enumerate(units):
        if u.kind not in ("heading", "paragraph", "item", "cell", "title"):
            continue
        m = _label().match(folded(u.text[:60]))
        if not m:
            continue
        number, text = int(m[1]), u.text[m.end() :].strip()
        if not text and i + 1 < len(units):
            text = units[i + 1].text
        if number not in out and number > 0 and not text[:1].islower():
            out[number] = _Item(number, text, u)
    return out


def _said(items: Mapping[int, _Item]) -> str:
    numbers = sorted(items)
    if len(numbers) == 1:
        return f"only recommendation {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"recommendations {numbers[0]} to {numbers[-1]}"
    return f"recommendations {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _differs(own: str, body: str, alike: float) -> bool:
    mine, theirs = set(_WORD.findall(folded(own))), set(_WORD.findall(folded(body)))
    if min(len(mine), len(theirs)) < _SHORT:
        return False
    return len(mine & theirs) < alike * min(len(mine), len(theirs))
