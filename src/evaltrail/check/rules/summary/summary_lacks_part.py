"""The summary says nothing of something that it has to hold.

## What it does
Looks in the summary for words of each part: what was evaluated, why, how, what was found, what is recommended. One message
for each part of which no word stands there.

## Why it is bad
A summary has to stand alone: many read nothing else. Who does not learn how the findings came about cannot tell what they are worth.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.summary._summary import SHORTEST, known, summary, words
from evaltrail.check.wording import say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.summary._summary import Summary

RULE = Rule(code="SUM003", severity="warning", sources=("UNEG quality checklist for evaluation reports",), version=2, papers=REPORTS)

_REST = "## Findings\n\nHalf of the wells work.\n"
_START = "The evaluation had the purpose to learn what the water programme changed for the villages. "
_METHOD = "It rests on 40 interviews and a survey of 300 households. "
_END = (
    "It found that half of the wells work and that the villages keep them well. It recommends that the Ministry repair the others in 2027."
)
_DEBUT = "L’évaluation avait pour objectif d’apprendre ce que le programme de l’eau a changé dans les villages du pays. "
_METHODE = "Elle s’appuie sur 40 entretiens et une enquête. "
_FIN = "Elle constate que la moitié des puits marche. Elle recommande que le Ministère répare les autres puits en 2027."
BAD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\n{_START}{_END}\n\n{_REST}",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\n{_DEBUT}{_FIN}\n\n## Constats\n\nLa moitié des puits marche.\n",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\n{_START}{_METHOD}{_END}\n\n{_REST}",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\n{_DEBUT}{_METHODE}{_FIN}\n\n## Constats\n\nLa moitié des puits marche.\n",
)

_SAID = {
    "object": say("what was evaluated"),
    "purpose": say("the purpose of the evaluation"),
    "method": say("how the evaluation was made"),
    "findings": say("what was found"),
    "recommendations": say("what is recommended"),
}
_ROLES = {"method": "method", "findings": "findings", "recommendations": "recommendations"}
_WORD = re.compile(r"[^\W\d_]{5,}")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each part without a word."""
    found = summary(paper)
    if found is None or not known(paper) or found.words < SHORTEST:
        return
    text = found.text
    for part in packs.pack("en", "check_summary")["parts"]:
        said = _findings_text(paper, found) if part == "findings" else text
        if words("parts", part).search(said) or (part == "object" and _of_title(paper, text)) or _headed(paper, found, part):
            continue
        yield Message(say("The summary says nothing of {part}.", part=_SAID[part]), found.section.heading.places)


def _findings_text(paper: Paper, found: Summary) -> str:
    """The sentences of the summary without those on why and how findings were made: "each finding rests on two sources" tells none."""
    told = (folded(s.text) for u in found.units for s in paper.sentences(u))
    return "\n".join(s for s in told if not words("beside", "findings").search(s))


def _of_title(paper: Paper, text: str) -> bool:
    """Whether a word of the paper's title stands in the summary."""
    return any(w in text for w in _WORD.findall(folded(paper.record.document.title)) if not words("summary", "of_every_title").search(w))


def _headed(paper: Paper, found: Summary, part: str) -> bool:
    """Whether a heading in the summary names the part."""
    role = _ROLES.get(part)
    return role is not None and any(found.first <= s.first < found.last and role in s.heads for s in paper.sections)
