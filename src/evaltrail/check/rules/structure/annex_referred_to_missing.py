"""The text refers to an annex that the paper does not have.

## What it does
Collects references to annexes by number or letter (“see Annex 4”) in the running text and looks for a line that begins
with the annex's name. Silent where the paper says that its annexes stand in another volume.

## Why it is bad
The reader goes to look up the evidence and does not find it. Often an annex was left out or renumbered late.

## Known problems
“Annex 2” of another paper is told by the words behind it (“Annex 2 of the agreement”); where these stand elsewhere it
is taken for an own annex.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import pages_of
from evaltrail.check.paper import EVALUATIONS, TEXT_ROLES
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._words import annexes_elsewhere, known, known_headings, listed
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.pages import Pages
    from evaltrail.check.paper import Paper

RULE = Rule(code="STR017", severity="error", sources=("consistency",), version=3, papers=EVALUATIONS)

_BODY = (
    "## Findings\n\nHalf of the wells work (see Annex {}).\n\n## Annex 1: People met\n\nThe mayor.\n\n## Annex 2: Survey\n\nWhich well?\n"
)
_CORPS = (
    "## Constats\n\nLa moitié des puits marche (voir l’annexe {}).\n\n## Annexe 1 : Personnes rencontrées\n\nLe maire et ses adjoints.\n"
)
BAD = (
    f"# Evaluation of the water programme\n\n{_BODY.format(4)}",
    f"# Évaluation du programme de l’eau\n\n{_CORPS.format(3)}",
)
GOOD = (
    f"# Evaluation of the water programme\n\n{_BODY.format(2)}",
    f"# Évaluation du programme de l’eau\n\n{_CORPS.format(1)}",
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells fall under Annex 3 of the agreement.\n",
)


_MOST = 4
"""Missing annexes that get a message each."""
_NUMBER = re.compile(r"\s+(?:n[°º.] ?)?(\d{1,2}|[a-h]|[ivx]{1,5})(?![\w’'])(?! ?[.)]? ?\d)")
_BEGINNING = re.compile(r"\s+(?:n[°º.] ?)?(\w{1,5})")


@cache
def _of_others() -> re.Pattern[str]:
    return re.compile(rf",? (?:{'|'.join(re.escape(w) for w in listed('annexes', 'of_others'))})(?!\w)")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each annex that is not there."""
    if not known(paper) or annexes_elsewhere(paper):
        return
    pages = pages_of(paper)
    held: set[str] = set()
    used: dict[str, list[Related]] = {}
    beside: set[int] = set()
    found_in: dict[str, set[int]] = {}
    for at, end in pages.hits(listed("annexes", "words")):
        before = pages.text[max(pages.line(at)[0], at - 40) : at]
        m = _NUMBER.match(pages.text, end)
        told = m is not None and _subject(pages, at, m.end()) and pages.text[pages.line(at)[1] - 1] == "."
        if not told and not any(c.isalpha() for c in re.split(r"[|:]", before)[-1]) and (begun := _BEGINNING.match(pages.text, end)):
            held.add(_same(begun[1]))
        if not m:
            continue
        if _of_others().match(pages.text, m.end()):
            unit = paper.unit_at(pages.place(at, m.end()))
            beside.add(-1 if unit is None else unit.index)
            continue
        # "The project document, Annex I" is an annex of that: an own one is led to by a bracket or a small word.
        led = before.endswith("(") or _led(pages.text[max(0, at - 30) : at]) or _subject(pages, at, m.end())
        if not led or (m[1].isalpha() and not pages.printed(m.start(1), m.end()).isupper()):
            continue
        place = pages.place(at, m.end())
        unit = paper.unit_at(place)
        if unit is not None and unit.kind in ("paragraph", "item", "footnote") and not unit.within & TEXT_ROLES:
            used.setdefault(m[1], []).append(Related(say("again"), (place,)))
            found_in.setdefault(m[1], set()).add(unit.index)
    # The mark of a footnote stands right behind a number on a page, never in a format that marks it.
    notes = set() if known_headings(paper) else {f.number for f in paper.record.footnotes}
    for number in [n for n in used if any(n[:i] in held and n[i:] in notes for i in range(1, len(n)))]:
        del used[number]  # "Annex 1" with the mark of footnote 9
    # "Annex 7 as per the manual … (Annex 8)": what stands beside an annex of another paper may be one too.
    missing = {n: places for n, places in used.items() if _same(n) not in held and not found_in[n] <= beside}
    for number, places in missing.items() if len(missing) <= _MOST else ():
        more = say(" ({number} times)", number=len(places)) if len(places) > 1 else ""
        related = tuple(places[1:4])
        yield Message(
            say("The text refers to Annex {number}{more}, which the paper does not have.", number=_printed(number), more=more),
            places[0].places,
            related=related,
        )
    if len(missing) > _MOST:
        names = tuple(_printed(n) for n in list(missing)[:6])
        first, *others = [places[0] for places in missing.values()]
        more = " …" if len(missing) > 6 else ""
        yield Message(
            say("The text refers to annexes that the paper does not have: {annexes}{more}.", annexes=names, more=more),
            first.places,
            related=tuple(others[:4]),
        )
    if used and all(_same(n) in held for n in used):
        yield Message(say("Every annex that the text refers to is there."), next(iter(used.values()))[0].places, right=True)


def _printed(number: str) -> str:
    return number.upper() if number.isalpha() else number


def _subject(pages: Pages, at: int, end: int) -> bool:
    """Whether a sentence begins with the annex and goes on in small letters: "Annex 7 explains how"."""
    before = pages.text[max(0, at - 12) : at].rstrip(" \t")
    article = re.sub(r"(?:\b(?:the|l'|le|el|o)) *$", "", before).rstrip(" \t")
    return bool(re.search(r"(?:^|[.\n])\d{0,3}$", article)) and bool(re.match(r" [a-zà-ÿ]{3,}", pages.printed(end, end + 12)))


def _led(before: str) -> bool:
    words = before[-30:].replace("(", " ").split()
    return bool(words) and (words[-1] in listed("annexes", "leads") or words[-1].endswith(("l'", "d'")))


def _same(number: str) -> str:
    """A Roman numeral as the figure that it is: papers refer to Annex II as Annex 2."""
    return str(_ROMAN.index(number) + 1) if number in _ROMAN else number


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
