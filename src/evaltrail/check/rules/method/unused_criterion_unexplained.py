"""A criterion is left out and nothing says why.

## What it does
Where a report says that it judges by at least four of the six criteria of the OECD's Development Assistance Committee, looks for
those that it does not name in that place or in a heading, and for a sentence that says why. Coherence is not asked of papers from before
2020, when it became a criterion.

## Why it is bad
To leave a criterion out is often right, but a reader has to know whether it was a choice, and whose.

## Options
- `least`: criteria of the six that the paper names, from which the others are asked for (4).

## Known problems
A reason that does not name the criterion is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import CRITERION
from evaltrail.check.criteria import CRITERIA, criteria, pattern
from evaltrail.check.mention import mentions
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="MET002",
    severity="note",
    sources=("OECD-DAC criteria", "UNEG quality checklist"),
    papers=REPORTS,
    development=True,
    options={"least": 4},
)

BAD = (
    (
        "# Evaluation of the water programme, 2023\n\n## Methodology\n\n"
        "The criteria are relevance, coherence, effectiveness, efficiency and sustainability.\n"
    ),
    (
        "# Évaluation du programme d'eau, 2023\n\n## Méthodologie\n\n"
        "Les critères sont la pertinence, la cohérence, l'efficacité, l'efficience et la durabilité.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme, 2023\n\n## Methodology\n\n"
        "The criteria are relevance, coherence, effectiveness, efficiency and sustainability. It was too early to judge impact.\n"
    ),
    (
        "# Évaluation du programme d'eau, 2023\n\n## Méthodologie\n\n"
        "Les critères sont la pertinence, la cohérence, l'efficacité, l'efficience et la durabilité. L'impact n'a pas été évalué.\n"
    ),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COHERENCE = 2020
"""Year from which coherence is asked for."""
_FRONT = 40
"""Passages at the front in which a paper tells its year."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message that names the criteria left out, or their explanation as right."""
    found = criteria(paper)
    word = paper.words_of("check_method", "criteria_word")
    # Five of the six are nobody's own choice; fewer may follow another standard, unless they are called the criteria.
    called = bool(word and word.search(found.words))
    if len(found.named) < (options["least"] if called else max(options["least"], len(CRITERIA) - 1)):
        return
    # A criterion that is spoken of together with others, or has a heading, is used.
    missing = [c for c in CRITERIA if c not in found.named | found.headings]
    if "coherence" in missing and _year(paper) < _COHERENCE:
        missing.remove("coherence")
    unexplained = [c for c in missing if not _explained(paper, c)]
    if unexplained:
        used = [c for c in CRITERIA if c in found.named | found.headings]
        yield Message(
            plural(
                len(unexplained),
                "The report judges by {used}; nothing says why {unused:and} is left out.",
                "The report judges by {used}; nothing says why {unused:and} are left out.",
                used=say("{words} and {last}", words=tuple(CRITERION[c] for c in used[:-1]), last=CRITERION[used[-1]]),
                unused=tuple(CRITERION[c] for c in unexplained),
            ),
            found.where,
        )
    elif missing:
        yield Message(
            plural(
                len(missing),
                "The report says why {unused:and} is left out.",
                "The report says why {unused:and} is left out.",
                unused=tuple(CRITERION[c] for c in missing),
            ),
            found.where,
            right=True,
        )


def _explained(paper: Paper, criterion: str) -> bool:
    left_out, names = paper.words_of("check_method", "left_out"), pattern(paper, criterion)
    if left_out is None or names is None:
        return True
    for m in mentions(paper, "check_method", ("criteria", criterion)):
        if left_out.search(m.unit.text) and any(names.search(s.text) and left_out.search(s.text) for s in paper.sentences(m.unit)):
            return True
    return False


def _year(paper: Paper) -> int:
    """The latest year that the front of the paper names, today's where it names none."""
    front = " ".join([paper.record.document.title, *(u.text for u in paper.units[:_FRONT])])
    years = [y for y in map(int, _YEAR.findall(front)) if y <= paper.today.year]
    return max(years, default=paper.today.year)
