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

from evaltrail.check.paper import EVALUATIONS, TEXT_ROLES
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._lines import annexes_elsewhere, folded, known, listed, pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="STR017", severity="error", sources=("consistency",), papers=EVALUATIONS)

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


@cache
def _reference() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(listed("annexes", "words"), key=len, reverse=True))
    others = "|".join(re.escape(w) for w in sorted(listed("annexes", "of_others"), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({words}) (\d{{1,2}}|[a-h]|[ivx]{{1,5}})(?![\w’'])(?! ?[.)]? ?\d)(?!,? (?:{others})(?!\w))")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each annex that is not there."""
    if not known(paper) or annexes_elsewhere(paper):
        return
    pages = pages_of(paper)
    if not any(w in pages.text for w in listed("annexes", "words")):
        return
    used: dict[str, list[Related]] = {}
    for u in paper.running:
        if u.within & TEXT_ROLES:
            continue
        text = folded(u.text)
        for m in _reference().finditer(text):
            # "The project document, Annex I" is an annex of that: an own one is led to by a bracket or a small word.
            if not text[: m.start()].endswith("(") and not _led(text[: m.start()]):
                continue
            if not m[2].isalpha() or u.text[m.start(2)].isupper():
                used.setdefault(m[2], []).append(Related("again", paper.at(u, m.start(), m.end())))
    held = _held(paper)
    for number, places in used.items():
        if _same(number) not in held:
            printed = number.upper() if number.isalpha() else number
            more = f" ({len(places)} times)" if len(places) > 1 else ""
            yield Message(
                f"The text refers to Annex {printed}{more}, which the paper does not have.", places[0].places, related=tuple(places[1:4])
            )
    if used and all(_same(n) in held for n in used):
        yield Message("Every annex that the text refers to is there.", next(iter(used.values()))[0].places, right=True)


def _led(before: str) -> bool:
    words = before[-30:].replace("(", " ").split()
    return bool(words) and (words[-1] in listed("annexes", "leads") or words[-1].endswith(("l'", "d'")))


def _same(number: str) -> str:
    """A Roman numeral as the figure that it is: papers refer to Annex II as Annex 2."""
    return str(_ROMAN.index(number) + 1) if number in _ROMAN else number


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def _held(paper: Paper) -> set[str]:
    """Numbers and letters of the annexes: of lines and headings that begin with the word."""
    words = "|".join(re.escape(w) for w in sorted(listed("annexes", "words"), key=len, reverse=True))
    begins = re.compile(rf"(?:^|[|:]\s?)[^\w\n]*(?:[\d.]+ )?(?:{words})\s+(?:n[°º.] ?)?(\w{{1,5}})", re.MULTILINE)
    return {_same(m[1]) for m in begins.finditer(pages_of(paper).text)}
