"""A word stands twice in a row.

## What it does
Looks for the same word twice with only a space between, in running text. Words that may follow themselves in the
language ("that that", « nous nous ») and names are left out.

## Why it is bad
It shows that the paper was not read through before it went out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="LAN006", severity="warning", sources=("UNEG quality checklist: clear and correct language",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells in the the village are dry.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLes puits de de la commune sont secs.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe team said that that village had had no well.\n",
    "# Évaluation du programme\n\n## Constatations\n\nNous nous sommes rendus dans les communes.\n",
)

_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})[ \u00a0]\1(?![\w'’/-])", re.IGNORECASE)
_MOST = 3


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each of the first few, the others as related."""
    del options
    right = frozenset(paper.listed("check_language", "may_be_doubled"))
    small = frozenset(paper.listed("stopwords", "words"))
    found: list[tuple[Unit, re.Match[str]]] = []
    for unit in map(paper.units.__getitem__, paper.index.repeating):
        if unit.kind in ("cell", "caption") or {"contents", "references", "foreign"} & unit.within:
            continue
        twice = [m for m in _TWICE.finditer(unit.text) if m[1].lower() not in right]
        # Columns of a table or chart that were read as running text double several words at once.
        if len({m[1].lower() for m in twice}) == 1 and _in_sentence(unit.text, twice[0], small) and _in_line(paper, unit, twice[0], small):
            found += [(unit, m) for m in twice[:1]]
    for i, (unit, m) in enumerate(found[:_MOST]):
        more = found[_MOST:] if i == _MOST - 1 else []
        yield Message(
            say("The word “{words}” stands twice in a row.", words=m[1]),
            paper.at(unit, m.start(), m.end()),
            related=tuple(Related(m2[0], paper.at(u2, m2.start(), m2.end())) for u2, m2 in more),
            proposal=m[1],
        )


def _in_line(paper: Paper, unit: Unit, m: re.Match[str], small: frozenset[str]) -> bool:
    """Whether the words stand in one line, or are small words: longer ones above each other may be two columns."""
    if m[1].lower() in small:
        return True
    places = paper.at(unit, *m.span())
    return not any("\n" in paper.record.pages[p.page - 1].text[p.start : p.end] for p in places)


def _in_sentence(text: str, m: re.Match[str], small: frozenset[str]) -> bool:
    """Whether the words stand in prose, and are no name, no end of a heading with the beginning of a sentence."""
    first, second = m[0].split()
    if first[0].isupper() and second[0].isupper():
        return False
    around = [*_PLAIN.finditer(text, max(0, m.start() - 60), m.end() + 60)]
    strange = [w for w in around if w[0][0].isupper() and w[0].lower() in small and text[: w.start()].rstrip()[-1:].isalpha()]
    return not strange and sum(w[0].islower() for w in around) * 2 > len(around) > _LEAST


_PLAIN = re.compile(r"[^\W\d_]+")
_LEAST = 4
"""Words around that show that there is a sentence."""
