"""The code of a unit is misspelt.

## What it does
Holds a code that stands behind a name ("Multilateral Cooperation Department (MULITILATERALS)") against the words of the
name, and a code that is used once and nowhere introduced against the codes that the paper uses often; one that differs from
an introduced code by two letters swapped, one doubled or one left out is named even where that code stands only twice.

## Why it is bad
Whoever follows the recommendations up looks for the unit by its code and does not find it, or makes a second one.

## Options
- `often`: how often the right code must stand in the paper where no name tells it (4).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import acronyms
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.spelling import Neighbours, certain, distance
from evaltrail.check.wording import say
from evaltrail.text.normal import strip_accents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.acronyms import Acronyms, Definition
    from evaltrail.check.paper import Paper

RULE = Rule(code="LAN005", severity="error", sources=("consistency",), papers=ANY, suspects=True, options={"often": 4})

BAD = (
    (
        "# Evaluation of the water programme\n\n## Recommendations\n\n"
        "Recommendation 1: The Multilateral Cooperation Department (MULITILATERALS) should publish the plan.\n"
    ),
    (
        "# Evaluation of the water programme\n\n## Findings\n\nPARDEV pays. PARDEV reports. PARDEV plans.\n\n## Recommendations\n\n"
        "Recommendation 1: PARDEV should publish the plan.\n\nRecommendation 2: PARDVE should publish the report.\n"
    ),
    (
        "# Évaluation du programme\n\n## Recommandations\n\n"
        "Recommandation 1 : La direction des partenariats (PARTENARAITS) devrait publier le plan.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Recommendations\n\n"
        "Recommendation 1: The Multilateral Cooperation Department (MULTILATERALS) should publish the plan.\n"
    ),
    (
        "# Évaluation du programme\n\n## Recommandations\n\n"
        "Recommandation 1 : La direction des partenariats (PARTENARIATS) devrait publier le plan.\n"
    ),
)

_WORD = re.compile(r"[^\W\d_]+")
_LONG = 7
_SHORTEST = 4
_TWICE = 2
_BACK = 90
"""Characters before a code in which the words of its name are looked for."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each code."""
    found = acronyms(paper)
    named: set[str] = set()
    for code, definitions in found.definitions.items():
        for d in definitions:
            right = _of_name(d)
            if right and code not in named:
                named.add(code)
                yield Message(
                    say("The code “{code}” may be misspelt: the name before it has “{right}”.", code=code, right=right),
                    paper.at(d.unit, *_span(d)),
                    proposal=_proposal(code, right),
                )
    yield from _rare(paper, found, named, options["often"])


def _of_name(d: Definition) -> str | None:
    """The word of the name that the code was to be, where the code is none but nearly."""
    letters = strip_accents(d.acronym).lower()
    if len(letters) < _LONG or not letters.isalpha() or d.listed:
        return None
    before = d.unit.text[max(0, d.start - _BACK) : d.start] if not d.words else d.words
    words: list[str] = [w for w in _WORD.findall(before) if len(w) >= _LONG]
    folded = [strip_accents(w).lower() for w in words]
    if any(w.startswith(letters[:-1]) or letters.startswith(w) for w in folded):
        return None
    most = 2 if len(letters) > _LONG + 1 else 1
    for w, f in zip(words, folded, strict=True):
        if f[:2] == letters[:2] and min(distance(letters, f), distance(letters, f + "s")) <= most:
            return w
    return None


def _span(d: Definition) -> tuple[int, int]:
    at = d.unit.text.find(d.acronym, d.start)
    return (at, at + len(d.acronym)) if at >= 0 else (d.start, d.end)


def _proposal(code: str, right: str) -> str:
    plural = code.endswith("S") and not right.lower().endswith("s")
    return strip_accents(right).upper() + ("S" if plural else "")


def _rare(paper: Paper, found: Acronyms, named: set[str], often: int) -> Iterator[Message]:
    counts = {a: len(u) for a, u in found.uses.items()}
    near = Neighbours([a for a, n in counts.items() if n + len(found.definitions.get(a, ())) >= _TWICE and len(a) >= _SHORTEST], most=1)
    for code, n in counts.items():
        if n > 1 or code in found.definitions or code in named or len(code) < _SHORTEST or not code.isupper():
            continue
        for other, _ in near.near(code):
            swapped = sorted(code) == sorted(other)
            inside = code[0] == other[0] and (len(code) != len(other) or len(code) > _LONG) and len(code) > _SHORTEST + 1
            plural = code in {other + "S", other[:-1]} or other == code + "S"
            enough = counts[other] + len(found.definitions.get(other, ())) >= often
            told = other in found.definitions and certain(code, other) and (swapped or len(other) > _SHORTEST + 1 or len(code) > len(other))
            if other.isupper() and not plural and (told or (enough and (swapped or inside))):
                use = found.uses[code][0]
                yield Message(
                    say(
                        "The code “{code}” may be misspelt: the paper has “{right}” {times} times.",
                        code=code,
                        right=other,
                        times=counts[other],
                    ),
                    paper.at(use.unit, use.start, use.end),
                    proposal=other,
                )
                break
