"""A criterion is announced and no finding judges by it.

## What it does
Takes the criteria that a sentence, table or list names together, and looks for each in the headings, the findings and the chapters outside
method, background, summary and annexes: by its name, and, where the others have no headings of their own, by the words that a passage
about it would have.

## Why it is bad
The reader was promised a judgement. If there was no evidence for one, the report has to say so.

## Known problems
Where findings do not stand under their criteria, a single word in passing is taken for a judgement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import CRITERION
from evaltrail.check.criteria import CRITERIA, criteria, pattern
from evaltrail.check.mention import mentions, quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="FIN007",
    severity="error",
    sources=(
        "consistency",
        "UNEG quality checklist",
    ),
    papers=EVALUATIONS,
    version=2,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Methodology\n\nThe criteria are relevance, efficiency and sustainability.\n\n"
        "## Findings\n\nFinding 1: The wells are relevant to what villages need.\n\nFinding 2: Fees make the wells sustainable.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Méthodologie\n\nLes critères sont la pertinence, l'efficience et la durabilité.\n\n"
        "## Constatations\n\nConstatation 1 : Les puits répondent aux besoins.\n\nConstatation 2 : Leur durabilité est assurée.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Methodology\n\nThe criteria are relevance, efficiency and sustainability.\n\n"
        "## Findings\n\nFinding 1: The wells are relevant to what villages need.\n\nFinding 2: Fees make the wells sustainable.\n\n"
        "Finding 3: Each well cost half of what was planned.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Méthodologie\n\nLes critères sont la pertinence, l'efficience et la durabilité.\n\n"
        "## Constatations\n\nConstatation 1 : Les puits répondent aux besoins et leur coût est faible.\n\n"
        "Constatation 2 : Leur durabilité est assurée.\n"
    ),
)
_APART = frozenset({"method", "background", "summary", "annex", "contents", "references", "aside", "recommendations", "response"})
_WORDS = ("finding", "conclusion")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message that names the criteria without a finding, or as right that each has one."""
    found = criteria(paper)
    word = paper.words_of("check_method", "criteria_word")
    called = bool(word and word.search(found.words)) or len(found.named) >= len(CRITERIA) - 1
    if not called or not any(s.kind in _WORDS for s in paper.statements):
        return
    named = [c for c in CRITERIA if c in found.named and c not in found.headings]
    judged = {c for s in paper.statements if s.kind in _WORDS for c in s.criteria}
    tables = ("criteria",) if _under_criteria(paper, found.named) else ("criteria", "judged")
    missing = [c for c in named if c not in judged and not _spoken_of(paper, c, found.words, tables)]
    if missing:
        text = plural(
            len(missing),
            "No finding judges by the criterion {criteria:and}, announced{what}.",
            "No finding judges by the criteria {criteria:and}, announced{what}.",
            criteria=tuple(CRITERION[c] for c in missing),
            what=say(" in {words}", words=quoted(found.words)) if found.words else "",
        )
        yield Message(
            text,
            found.where,
        )
    else:
        yield Message(say("Findings judge by each of the {number} criteria announced.", number=len(found.named)), found.where, right=True)


def _under_criteria(paper: Paper, named: frozenset[str]) -> bool:
    """Whether the findings stand under headings of their criteria, nearly all of which have one."""
    heads = [s.title for s in paper.sections if "findings" in s.heading.within and "annex" not in s.heading.within]
    having = sum(1 for c in named if (p := pattern(paper, c)) and any(p.search(h) for h in heads))
    return having >= max(_HEADED, len(named) - 2)


_HEADED = 3


def _spoken_of(paper: Paper, criterion: str, announced: str, tables: tuple[str, ...]) -> bool:
    """Whether a passage of the findings has the criterion's name or, with the table "judged", a word that tells of it."""
    for table in tables:
        for m in mentions(paper, "check_method", (table, criterion)):
            if m.unit.within.isdisjoint(_APART) and not (announced and announced in m.unit.text):
                return True
    return pattern(paper, criterion) is None
