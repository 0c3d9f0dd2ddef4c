"""A criterion has a section and no rating, while the others are rated.

## What it does
Where at least three criteria are rated, tells those with a section of their own among the findings that are not. A section
whose last sentence has the criterion with a word of a scale, and a criterion that is said to be left without a rating, are left alone.

## Why it is bad
The gap looks like a mark that somebody did not want to give.

## Known problems
A paper may say in words that are not known why it does not rate a criterion.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import criterion as called
from evaltrail.check.mention import first
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.ratings._marks import marks
from evaltrail.check.rules.ratings._scales import announced, levels
from evaltrail.check.rules.ratings._spoken import headed, patterns
from evaltrail.check.wording import say
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper, Section
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="RAT008",
    severity="warning",
    sources=("practice of evaluation offices: every criterion of the evaluation is rated",),
    papers=EVALUATIONS,
    suspects=True,
)

_PAPER = (
    "# Evaluation of the water programme\n\n## Findings\n\n### Relevance\n\nPumps are wanted.\n\n### Efficiency\n\nPumps are dear.\n\n"
    "### Impact\n\nFewer fall ill.\n\n### Sustainability\n\nFees do not pay for repairs.\n\n"
    "## Ratings\n\n| Criterion | Rating |\n|---|---|\n| Relevance | 4 |\n| Efficiency | 3 |\n| Impact | 3 |\n{}"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Constats\n\n### Pertinence\n\nLes pompes sont voulues.\n\n"
    "### Efficience\n\nLes pompes coûtent cher.\n\n"
    "### Impact\n\nMoins de malades.\n\n### Durabilité\n\nLes redevances ne suffisent pas.\n\n"
    "## Notation\n\n| Critère | Note |\n|---|---|\n| Pertinence | 4 |\n| Efficience | 3 |\n| Impact | 3 |\n{}"
)
BAD = (_PAPER.format(""), _FRENCH.format(""))
_EARLY = "\n## Methodology\n\nAs the works ended last month, sustainability was not rated.\n"
GOOD = (_PAPER.format("| Sustainability | 2 |\n"), _PAPER.format(_EARLY), _FRENCH.format("| Durabilité | 2 |\n"))

_FEWEST = 3


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each criterion without a rating."""
    for evaluation in paper.evaluations:
        of = evaluation.id if len(paper.evaluations) > 1 else None
        found = marks(evaluation)
        names = " ".join(f"{m.rating.criterion} {m.rating.criterion_as_printed}" for m in found)
        rated = {c for c, p in patterns(paper.language).items() if p.search(names) or c in {m.rating.criterion for m in found}}
        if len(rated) < _FEWEST:
            continue
        heads = headed(paper, of)
        for criterion, sections in heads.items():
            own = [s for s in sections if "findings" in s.heading.within and len(s.title.split()) <= 4]
            if criterion in rated or not own or any(c in rated and p.search(own[0].title) for c, p in patterns(paper.language).items()):
                continue  # "Effectiveness and impact" has one rating
            # The reader may have overlooked a rating that stands in the section.
            if any(announced(paper.language).search(u.text) for s in sections for u in (s.heading, *paper.under(s))):
                continue
            name = patterns(paper.language)[criterion]
            if _closes_with_a_level(paper, sections, name) or _left_out(paper, name):
                continue
            yield Message(
                say(
                    "{number} criteria are rated, but {criterion} seems to have no rating.", number=len(rated), criterion=called(criterion)
                ),
                own[0].heading.places,
            )
        if heads and heads.keys() <= rated:
            yield Message(say("All {number} criteria with a section are rated.", number=len(heads)), found[0].rating.places, right=True)


def _closes_with_a_level(paper: Paper, sections: Sequence[Section], criterion: re.Pattern[str]) -> bool:
    """Whether the last sentence of a section has its criterion and a word of a rating scale, and so may give the rating in its own way."""
    closing = [last for s in sections if (last := next((u for u in reversed(paper.under(s)) if u.kind in ("paragraph", "item")), None))]
    last_ones = [s[-1].text for u in closing if (s := list(paper.sentences(u)))]
    return any(criterion.search(words) and _levels().search(fold(words)) for words in last_ones)


@cache
def _levels() -> re.Pattern[str]:
    words = sorted((w for w in levels() if not w.isdigit()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _left_out(paper: Paper, criterion: re.Pattern[str]) -> bool:
    """Whether a sentence says that the criterion has no rating."""

    def of_criterion(unit: Unit) -> bool:
        return criterion.search(unit.text) is not None

    return first(paper, "check_ratings", "unrated", of_criterion) is not None
