"""An evaluation question seems to have no answer.

## What it does
Looks for each question's own words, those that few of the other questions have, in the report outside the method, the summary and the
annexes. Where nearly none of at least three stands there, the question may have been left open. Where the text names most questions by
their numbers, looks for those whose numbers it does not name.

## Why it is bad
A question that was agreed and not answered is a promise not kept; where evidence was missing, the report has to say so.

## Options
- `share`: share of a question's own words, up to which it counts as left open (0.2).

## Known problems
An answer in other words than the question's is not seen.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import begins, mentions, quoted
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.method._questions import Question, questions
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="MET004",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "consistency",
    ),
    version=2,
    papers=REPORTS,
    suspects=True,
    options={"share": 0.2},
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Evaluation questions\n\n- Are the wells in use throughout the year?\n"
        "- Do nomadic herders receive compensation for pasture lost to construction?\n\n"
        "## Findings\n\nFinding 1: All wells are in use throughout the year, the dry season included.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Questions d'évaluation\n\n- Les puits sont-ils utilisés toute l'année ?\n"
        "- Les éleveurs nomades reçoivent-ils une indemnisation pour les pâturages perdus ?\n\n"
        "## Constatations\n\nConstatation 1 : Les puits sont utilisés toute l'année.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Evaluation questions\n\n- Are the wells in use throughout the year?\n"
        "- Do nomadic herders receive compensation for pasture lost to construction?\n\n"
        "## Findings\n\nFinding 1: All wells are in use throughout the year.\n\n"
        "Finding 2: Herders were paid a compensation for half of the pasture that they lost.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Questions d'évaluation\n\n- Les puits sont-ils utilisés toute l'année ?\n"
        "- Les éleveurs nomades reçoivent-ils une indemnisation pour les pâturages perdus ?\n\n"
        "## Constatations\n\nConstatation 1 : Les puits sont utilisés. Les éleveurs ont reçu une indemnisation pour les pâturages.\n"
    ),
)
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 6
"""Letters by which two forms of a word are taken for one."""
_MARKED = re.compile(r"(?:[A-Z]{1,3} ?)?(\d{1,2})[.):]?")
_WORD_BEFORE = r"(?<!\w)(?:questions?|preguntas?|perguntas?|quest(?:ão|ões)|EQ|QE) ?(?:n[°º] ?)?"
_NAMED = re.compile(rf"{_WORD_BEFORE}(\d{{1,2}}(?:(?:, | and | et | y | e | to | à | a |–|-)\d{{1,2}})*)(?!\w)", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?: to | à | a |–|-)(\d+)")
_FEW = 3
"""Questions from which their numbers are looked for."""
_LEAST = 3
"""Words of its own that a question must have to be looked for."""
_APART = frozenset({"method", "summary", "annex", "contents", "references", "aside", "background"})


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each question of whose own words the report has nearly none."""
    found = questions(paper)
    if len(found) < 2:  # the words that all questions share cannot be told from those of one
        return
    named = _named(paper)
    numbers = [_number(q) for q in found]
    # Where the text names the questions that it answers, the one that it never names is the one left open.
    by_number = len(found) >= _FEW and len(set(numbers) - {None}) == len(found) and len(named.intersection(numbers)) * 2 > len(found)
    if by_number:
        for q, number in zip(found, numbers, strict=True):
            if number not in named:
                yield Message(
                    say("Question {number}, {words}, seems to be left without an answer.", number=number or "", words=quoted(q.text)),
                    q.places,
                )
        return
    asked = {id(q.unit) for q in found}
    own = [_stems(q.text) for q in found]
    common = Counter(w for words in own for w in words)

    def answers(unit: Unit) -> bool:
        return unit.within.isdisjoint(_APART) and id(unit) not in asked

    for q, words in zip(found, own, strict=True):
        special = {w for w in words if common[w] * 3 <= max(len(found), 3)}
        if len(special) >= _LEAST and sum(begins(paper, w, answers) for w in special) <= options["share"] * len(special):
            yield Message(say("The question {words} seems to be left without an answer.", words=quoted(q.text)), q.places)


def _number(question: Question) -> str | None:
    m = _MARKED.fullmatch(question.unit.marker.strip())
    return m[1] if m else None


def _named(paper: Paper) -> set[str]:
    """The numbers of the questions that the text names outside the method: "this answers questions 2 and 3"."""
    out: set[str] = set()
    for m in mentions(paper, "check_method", "question_word", lambda u: u.within.isdisjoint(_APART)):
        for found in _NAMED.finditer(m.unit.text):
            out.update(re.findall(r"\d+", found[1]))
            for a, b in _RANGE.findall(found[1]):
                out.update(str(n) for n in range(int(a), int(b)))
    return out


def _stems(text: str) -> set[str]:
    return {w[:_STEM] for w in _WORD.findall(text.lower())}
