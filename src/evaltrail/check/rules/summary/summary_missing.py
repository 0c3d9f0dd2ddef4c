"""The report has no summary.

## What it does
Looks for a section or a line that names a summary, and for a heading in the first third that names the main results or messages.

## Why it is bad
Those who decide read the summary and often nothing else. A report without one is not read by them.

## Known problems
A summary that is a paper of its own beside the report is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.summary._summary import known, named, summary, words
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="SUM001", severity="warning", sources=("UNEG quality checklist for evaluation reports",), version=2, papers=REPORTS)

_BODY = "## Background\n\nThe programme drilled wells.\n\n## Findings\n\nHalf of the wells work.\n"
_CORPS = "## Contexte\n\nLe programme a foré des puits dans le pays.\n\n## Constats\n\nLa moitié des puits marche.\n"
BAD = (f"# Evaluation of the water programme\n\n{_BODY}", f"# Évaluation du programme de l’eau\n\n{_CORPS}")
GOOD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\nHalf of the wells work.\n\n{_BODY}",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\nLa moitié des puits marche.\n\n{_CORPS}",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when there is none."""
    found = summary(paper)
    if found is not None:
        yield Message(say("The report has a summary, “{title}”.", title=found.section.title), found.section.heading.places, right=True)
    elif known(paper) and not named(paper) and not _instead(paper):
        yield Message(say("The report has no summary."))


def _instead(paper: Paper) -> bool:
    """Whether a section at the front gives what a summary gives under another name, "Key results"; a numbered one is a chapter."""
    front = len(paper.units) // 3
    unnumbered = (s for s in paper.sections if s.first < front and not s.heading.marker and not s.title[:1].isdigit())
    return any(words("summary", "instead").search(folded(s.title)) for s in unnumbered)
