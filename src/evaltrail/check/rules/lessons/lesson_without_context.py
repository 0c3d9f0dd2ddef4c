"""A lesson does not say where it holds.

## What it does
Looks for lessons of one short sentence, with nothing behind it, that name no condition, place, time or reason.

## Why it is bad
"Communication is important" is true of everything and helps nobody. A lesson is usable elsewhere when it says under which conditions
something was learned.

## Options
- `short`: words up to which a lesson is short (14).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evaltrail.check.bare import bare
from evaltrail.check.mention import counts, quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="LES002",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
    version=2,
    suspects=True,
    options={"short": 14},
)

BAD = (
    "# Evaluation of the water programme\n\n## Lessons learned\n\nLesson 1: Communication is important for success.\n",
    "# Évaluation du programme d'eau\n\n## Leçons apprises\n\nLeçon 1 : La communication est essentielle.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Lessons learned\n\nLesson 1: Wells last where users choose the keeper themselves.\n",
    "# Évaluation du programme d'eau\n\n## Leçons apprises\n\nLeçon 1 : Les puits durent là où les usagers choisissent le gardien.\n",
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each bare lesson."""
    context = paper.words_of("check_lessons", "context")
    if context is None:
        return
    begins = {id(u) for s in paper.statements if s.places for u in (paper.unit_at(s.places[0]),) if u}
    after = {id(u): v for u, v in pairwise(paper.units)}
    for s in paper.of_kind("lesson"):
        if len(s.text.split()) > options["short"] or context.search(s.text) or counts(paper, s.text):
            continue
        last = paper.unit_at(s.places[-1]) if s.places else None
        if last is not None and _goes_on(after.get(id(last)), begins):
            continue
        yield Message(say("{name} seems to have no context: {words}.", name=paper.name(s), words=quoted(s.text)), s.places, statement=s.id)
    for x in bare(paper, "lesson", "lessons", options["short"]):
        if not _goes_on(after.get(id(x.unit)), begins) and not context.search(x.words) and not counts(paper, x.words):
            yield Message(say("{label} seems to have no context: {words}.", label=x.label, words=quoted(x.words)), x.unit.places)


def _goes_on(behind: Unit | None, begins: set[int]) -> bool:
    """Whether what stands behind a lesson still belongs to it."""
    return behind is not None and behind.kind in ("paragraph", "item") and "lessons" in behind.within and id(behind) not in begins
