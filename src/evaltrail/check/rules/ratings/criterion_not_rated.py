"""A criterion has a section and no rating, while the others are rated.

## What it does
Where at least three criteria are rated, tells those with a section of their own among the findings that are not.

## Why it is bad
The gap looks like a mark that somebody did not want to give.

## Known problems
A paper may say elsewhere why it does not rate a criterion, for instance that it is too early for impact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.ratings._marks import marks
from evaltrail.check.rules.ratings._scales import announced
from evaltrail.check.rules.ratings._spoken import headed, patterns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

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
GOOD = (_PAPER.format("| Sustainability | 2 |\n"), _FRENCH.format("| Durabilité | 2 |\n"))

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
            yield Message(f"{len(rated)} criteria are rated, but {criterion} seems to have no rating.", own[0].heading.places)
        if heads and heads.keys() <= rated:
            yield Message(f"All {len(heads)} criteria with a section are rated.", found[0].rating.places, right=True)
