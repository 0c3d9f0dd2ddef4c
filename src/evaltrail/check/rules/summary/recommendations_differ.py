"""The recommendations of the summary are not those of the body.

## What it does
Compares numbered recommendations (“Recommendation 3”, or items numbered under a heading “Recommendations”) in the
summary with those in the body: the numbers that there are, and, for the same number, the words. A shorter wording is
fine; a message comes only when fewer than the option's share of the summary's words stand in the body's. Where the summary
gives no numbers, compares how many recommendations it counts or lists, and looks for one that the body does not have.

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

from evaltrail.check.called import MANY
from evaltrail.check.mention import quoted
from evaltrail.check.pages import folded
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.summary._summary import listed, summary
from evaltrail.check.wording import Said, say
from evaltrail.check.wording import listed as listed_with_and

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.summary._summary import Summary
    from evaltrail.check.unit import Unit
    from evaltrail.record import Place, Quantity, Statement

RULE = Rule(
    code="SUM005",
    severity="error",
    sources=("consistency", "UNEG quality checklist for evaluation reports"),
    version=2,
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
_SURE = 2
"""Recommendations, or items of a list of them, from which they are counted."""
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
    if not own:
        yield from _unnumbered(paper, found, options["alike"])
    if len(own) < 1 or len(body) < 1 or max(len(own), len(body)) < 2:
        return
    if set(own) != set(body):
        first = next(iter(own.values()))
        yield Message(
            say("The summary has {own}, the body {body}.", own=_said(own), body=_said(body)),
            first.unit.places,
            related=tuple(
                Related(say("Recommendation {number} stands only in the body", number=n), body[n].unit.places)
                for n in sorted(set(body) - set(own))[:4]
            ),
        )
        return
    differ = [n for n in sorted(own) if _differs(own[n].text, body[n].text, options["alike"])]
    for n in differ[:4]:
        related = (Related(say("the body’s Recommendation {number}", number=n), body[n].unit.places),)
        yield Message(
            say("Recommendation {number} of the summary has other words than that of the body.", number=n),
            own[n].unit.places,
            related=related,
        )
    if not differ:
        yield Message(
            say("The summary has the same {number} recommendations as the body.", number=len(own)),
            next(iter(own.values())).unit.places,
            right=True,
        )


def _unnumbered(paper: Paper, found: Summary, alike: float) -> Iterator[Message]:
    """Against a summary that counts or lists recommendations without numbers: their count, and one that the body does not have."""
    asked = [r for r in paper.recommendations if r.places and not _inside(paper, found, r.places[0])]
    numbers = [r.number for r in asked]
    # Only a body whose recommendations were read from the first to the last can be counted.
    if len(asked) < _SURE or numbers != [str(n) for n in range(1, len(asked) + 1)] or len(paper.evaluations) > 1:
        return
    items = _list(found)
    told = [(q.value, q) for q in paper.record.quantities if _counts(q) and q.places and _inside(paper, found, q.places[0])]
    most, q = max(told, key=lambda t: t[0], default=(0, None))
    # "Two recommendations on training" are some of them: a count is that of all where it is too high, or where so many are listed.
    if q is not None and most != len(asked) and (most > len(asked) or most == len(items)):
        yield Message(
            say("The summary speaks of {words}, the body has {number}.", words=quoted(q.text), number=len(asked)),
            q.places,
            related=_first(asked),
        )
    elif q is not None and len(items) >= _SURE and len(items) != most and (len(items) != len(asked) or _announces(paper, q, items[0])):
        yield Message(
            say("The summary speaks of {words} and lists {number}.", words=quoted(q.text), number=len(items)),
            items[0].places,
            related=_first(asked),
        )
    elif len(items) >= _SURE:
        texts = [set(_WORD.findall(folded(r.text))) for r in asked]
        strange = [u for u in items if _strange(u, texts, alike)]
        if strange and len(strange) * 2 < len(items):
            text = say("The summary recommends {words}, which the body’s recommendations do not.", words=quoted(strange[0].text))
            yield Message(text, strange[0].places, related=_first(asked))
        elif not strange and len(items) == len(asked):
            yield Message(
                say("The summary has the same {number} recommendations as the body.", number=len(items)), items[0].places, right=True
            )


def _inside(paper: Paper, found: Summary, place: Place) -> bool:
    unit = paper.unit_at(place)
    return unit is not None and found.holds(unit)


def _counts(q: Quantity) -> bool:
    """Whether a number counts recommendations, none left out by a word such as "key"."""
    noun = folded(q.unit or "")
    return q.out_of is None and noun in listed("labels", "recommendation")


def _announces(paper: Paper, q: Quantity, item: Unit) -> bool:
    """Whether the count stands in the line right before the list."""
    unit = paper.unit_at(q.places[0])
    return unit is not None and unit.index == item.index - 1 and unit.text.rstrip().endswith(":")


def _first(asked: Sequence[Statement]) -> tuple[Related, ...]:
    return (Related(say("the first of the body’s"), asked[0].places[:1]),)


def _list(found: Summary) -> list[Unit]:
    """The items right behind a line that names recommendations and ends in a colon, or behind their heading."""
    out: list[Unit] = []
    begun = False
    for u in found.units:
        if begun and u.kind == "item":
            out.append(u)
        elif out:
            break
        else:
            named = any(w in folded(u.text) for w in listed("labels", "recommendation"))
            begun = named and (u.kind == "heading" or u.text.rstrip().endswith(":"))
    return out


def _strange(unit: Unit, texts: Sequence[set[str]], alike: float) -> bool:
    """Whether fewer than the share of an item's words stand in any one of the body's recommendations."""
    mine = set(_WORD.findall(folded(unit.text)))
    return len(mine) >= _SHORT and all(len(mine & t) < alike * len(mine) for t in texts)


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


def _said(items: Mapping[int, _Item]) -> Said:
    numbers = sorted(items)
    if len(numbers) == 1:
        return say("only recommendation {number}", number=numbers[0])
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return say("recommendations {first} to {last}", first=numbers[0], last=numbers[-1])
    return say("{kind} {numbers}", kind=MANY["recommendation"], numbers=listed_with_and(numbers))


def _differs(own: str, body: str, alike: float) -> bool:
    mine, theirs = set(_WORD.findall(folded(own))), set(_WORD.findall(folded(body)))
    if min(len(mine), len(theirs)) < _SHORT:
        return False
    return len(mine & theirs) < alike * min(len(mine), len(theirs))
