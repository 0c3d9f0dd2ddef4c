"""The summary cannot be read alone.

## What it does
Looks in the summary for references to annexes, figures, tables and boxes that do not stand in it, and to sections
that the body has,
and for acronyms that it uses and never spells out, although the body does, where no list of acronyms stands before it.
One message for each of the two.

## Why it is bad
A summary is passed on without the report. Who reads it alone cannot follow a reference, nor guess what letters mean.

## Options
- `fewest`: acronyms that a summary may leave unexplained before a message (3).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import acronyms
from evaltrail.check.pages import folded
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.summary._summary import listed, summary, words
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.summary._summary import Summary
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="SUM006",
    severity="note",
    sources=("UNEG quality checklist for evaluation reports",),
    version=3,
    papers=REPORTS,
    options={"fewest": 3},
)

_BODY = "## Findings\n\nHalf of the wells work.\n"
_CORPS = "## Constats\n\nLa moitié des puits marche.\n"
BAD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\nHalf of the wells work (see Annex 3).\n\n{_BODY}",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\nLa moitié des puits marche (voir le tableau 4).\n\n{_CORPS}",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\nHalf of the wells work, as section 5 of the law asks.\n\n{_BODY}",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\nLa moitié des puits marche.\n\n{_CORPS}",
)

_HEADING = 8
"""Words of a line up to which it may be a heading."""


@cache
def _reference() -> re.Pattern[str]:
    things = "|".join(re.escape(w) for k in ("things", "parts") for w in sorted(listed("leaning", k), key=len, reverse=True))
    others = "|".join(re.escape(w) for w in sorted(listed("leaning", "of_others"), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w])({things}) (?:n[°º] ?)?(\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|[a-h]|[ivx]{{1,5}})(?![\w’'])(?!,? (?:{others})(?!\w))"
    )


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for references and one for acronyms."""
    found = summary(paper)
    if found is None:
        return
    yield from _references(paper, found)
    yield from _acronyms(paper, found, options["fewest"])


def _references(paper: Paper, found: Summary) -> Iterator[Message]:
    # What begins with its own name is the thing itself: a caption, which not every format marks.
    own = {m[0] for u in found.units if (m := _reference().match(folded(u.text)))}
    marked = {s.heading.marker.strip(" .)(") for s in paper.sections}
    places = [
        Related(say("“{words}”", words=u.text[m.start() : m.end()]), paper.at(u, m.start(), m.end()))
        for u in found.units
        if u.kind in ("paragraph", "item")
        for m in _reference().finditer(folded(u.text))
        if m[0] not in own and (m[1] not in listed("leaning", "parts") or m[2] in marked or _sent(u, m.start()))
    ]
    if places:
        more = plural(len(places) - 1, " and {number} more", " and {number} more") if len(places) > 1 else ""
        yield Message(
            say("The summary sends its reader to {words}{more}.", words=places[0].text, more=more),
            places[0].places,
            related=tuple(places[1:5]),
        )


def _sent(unit: Unit, at: int) -> bool:
    """Whether the reader is told to look there: "(see chapter 3)"."""
    return folded(unit.text[max(0, at - 16) : at]).strip().endswith(listed("leaning", "see"))


def _acronyms(paper: Paper, found: Summary, fewest: int) -> Iterator[Message]:
    if _listed_before(paper, found):
        return
    held = acronyms(paper)
    missing: list[Related] = []
    text = found.text
    for name, uses in held.uses.items():
        inside = [u for u in uses if found.holds(u.unit)]
        spelt = held.definitions.get(name, ())
        if inside and any(d.words for d in spelt) and not any(found.holds(d.unit) or _in(d.words, text) for d in spelt):
            missing.append(Related(name, paper.at(inside[0].unit, inside[0].start, inside[0].end)))
    if len(missing) >= fewest:
        yield Message(
            say(
                "The summary uses {number} acronyms that only the rest of the paper spells out: {acronyms}{more}.",
                number=len(missing),
                acronyms=tuple(m.text for m in missing[:5]),
                more=" …" if len(missing) > 5 else "",
            ),
            missing[0].places,
            related=tuple(missing[1:5]),
        )


def _listed_before(paper: Paper, found: Summary) -> bool:
    """Whether a list of acronyms stands in front of the summary: its reader has just passed it."""
    names = words("leaning", "acronym_lists")
    return any(names.search(folded(u.text)) for u in paper.units[: found.first] if len(u.text.split()) <= _HEADING)


def _in(spelt: str, text: str) -> bool:
    """Whether an acronym's words stand in the summary, though without the acronym behind them."""
    return bool(spelt) and folded(" ".join(spelt.split())) in text
