"""A part that every report needs is missing.

## What it does
Looks in the headings of a report, and in its lines that stand alone, for a part that describes what was evaluated, one with
findings, one with conclusions and one with recommendations. Statements that were read as findings, conclusions or recommendations
count too, and so do sections named after evaluation criteria as findings.

## Why it is bad
The reader has to follow the way from what was done to what was found, what it means and what should be done. A part left out breaks it.

## Known problems
A part under a title of its own invention ("The road ahead") is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import MANY
from evaltrail.check.pages import folded
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import kinds, known
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper, Section
    from evaltrail.check.unit import Unit

RULE = Rule(code="STR010", severity="error", sources=("UNEG quality checklist for evaluation reports",), version=2, papers=REPORTS)

_START = "# Evaluation of the water programme\n\n## Background\n\nThe programme drilled wells.\n\n## Findings\n\nHalf of them work.\n\n"
_CONCLUSION = "## Conclusions\n\nThe wells were drilled too fast.\n\n"
_END = "## Recommendations\n\nRecommendation 1: The Ministry should repair the wells.\n"
_DEBUT = "# Évaluation du programme de l’eau\n\n## Introduction\n\nLe programme a foré des puits dans le pays.\n\n"
_FIN = "## Conclusions et recommandations\n\nLe Ministère devrait réparer les puits.\n"
BAD = (_START + _END, _DEBUT + _FIN)
GOOD = (_START + _CONCLUSION + _END, f"{_DEBUT}## Pertinence\n\nLa moitié des puits marche.\n\n{_FIN}")

_NO_PART = frozenset({"annex", "references", "contents", "summary", "method"})
"""Under what a short line is no heading of a part."""
_SAID = {
    "background": say("description of what was evaluated"),
    "findings": MANY["finding"],
    "conclusions": MANY["conclusion"],
    "recommendations": MANY["recommendation"],
}
_OF_OTHERS = {"findings": frozenset({"method", "background", "annex"}), "background": frozenset({"method", "contents"})}
"""What a heading must neither name nor stand under to be that of a part."""
_STATEMENTS = {"findings": "finding", "conclusions": "conclusion", "recommendations": "recommendation"}


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each part that is not there."""
    if not known(paper) or not paper.sections:
        return
    heads = [s for s in paper.sections if not s.heading.within & {"contents", "annex"} or "contents" not in s.heads]
    for part, terms in kinds("parts").items():
        if part in _STATEMENTS and paper.of_kind(_STATEMENTS[part]):
            continue
        found = next((s.heading for s in heads if _names(folded(s.title), terms) and _may_be(s, part)), None)
        if found is None:
            found = _short_line(paper, terms)
        if found is None:
            yield Message(say("The report has no part with {part}.", part=_SAID[part]))
        else:
            yield Message(say("The report has a part for {part}, “{words}”.", part=_SAID[part], words=found.text), found.places, right=True)


def _may_be(section: Section, part: str) -> bool:
    """Whether a heading can be that of a part: "Analysis" under the method, or "Purpose and methodology", is that of the method."""
    if part in section.heads or part not in _OF_OTHERS:
        return True
    return not (section.heads | section.heading.within) & _OF_OTHERS[part]


def _names(title: str, terms: tuple[str, ...]) -> bool:
    """Whether one of the words stands whole in a folded title."""
    for term in terms:
        word = term.rstrip("*")
        at = title.find(word)
        while at >= 0:
            end = at + len(word)
            if not (at and title[at - 1].isalnum()) and (term.endswith("*") or end == len(title) or not title[end].isalnum()):
                return True
            at = title.find(word, end)
    return False


def _short_line(paper: Paper, terms: tuple[str, ...]) -> Unit | None:
    """A paragraph or item of few words that holds one: a heading that was not told as one."""
    for u in paper.units:
        if u.kind in ("paragraph", "item", "title") and len(u.text) <= 60 and not u.within & _NO_PART:
            text = folded(u.text)
            if len(text.split()) <= 6 and text[-1:] not in ".:;," and _names(text, terms):
                return u
    return None
