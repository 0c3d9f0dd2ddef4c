"""There are more evaluation questions than can be answered.

## What it does
Counts the questions in the sections on method and those that headings name as questions, or in the annexes where the report lists none.
Sub-questions in a deeper list do not count, nor do those of an evaluation matrix, which breaks the questions down.

## Why it is bad
Time and evidence are limited. With thirty questions each gets a paragraph, and none an answer that rests on enough.

## Options
- `most`: questions that one evaluation may ask (10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.method._questions import Question, questions
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="MET003",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "practice of evaluation offices: about ten at most",
    ),
    version=2,
    papers=REPORTS,
    options={"most": 10},
)

_LIST = [f"- Has the programme reached district number {n} of the country?" for n in range(1, 13)]
_LISTE = [f"- Le programme a-t-il atteint la région numéro {n} du pays ?" for n in range(1, 13)]
_FRONT, _DEBUT = (
    "# Evaluation of the programme\n\n## Evaluation questions\n\n",
    "# Évaluation du programme\n\n## Questions d'évaluation\n\n",
)
BAD = (_FRONT + "\n".join(_LIST) + "\n", _DEBUT + "\n".join(_LISTE) + "\n")
GOOD = (_FRONT + "\n".join(_LIST[:8]) + "\n", _DEBUT + "\n".join(_LISTE[:8]) + "\n")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message with the number of questions, as right where there are few."""
    found = _listed(paper)
    if len(found) > options["most"]:
        yield Message(
            say(
                "The evaluation asks {number} questions, {words} the first; about {most} can be answered in depth.",
                number=len(found),
                words=quoted(found[0].text, 60),
                most=options["most"],
            ),
            found[0].places,
            related=tuple(Related(q.text, q.places) for q in found[options["most"] : options["most"] + 2]),
        )
    elif found:
        yield Message(say("The evaluation asks {number} questions.", number=len(found)), found[0].places, right=True)


def _listed(paper: Paper) -> tuple[Question, ...]:
    """The questions that stand under no heading of a matrix: a matrix asks them again, with sub-questions and indicators."""
    found, matrix = questions(paper), paper.words_of("check_method", "matrix_headings")
    if matrix is None:
        return found
    passages = paper.record.passages
    heads = {q.unit.index: passages[q.unit.index].section for q in found}
    broken_down = {i for i, section in heads.items() if section is not None and matrix.search(passages[section].text)}
    return tuple(q for q in found if q.unit.index not in broken_down)
