"""The title gives another period than the text.

## What it does
Takes the years in the title of each evaluation, and the sentences of its part of the paper that say which years the
evaluation covers. Where both begin or end in different years, they are named.

## Why it is bad
Readers cannot tell which years the findings hold for; follow-up and later evaluations build on the wrong span.

## Known problems
A title may give the years of the programme, and the evaluation cover only some of them; then both are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.once import once
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.numbers._common import where
from evaltrail.check.wording import say
from evaltrail.text.dates import dates, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="NUM008", severity="warning", sources=("consistency",), papers=EVALUATIONS, suspects=True)

BAD = (
    (
        "# Evaluation of the water programme 2010–2019\n\n## Scope\n\nThe evaluation covered the period 2010–2018.\n\n"
        "## Findings\n\nThe wells work.\n"
    ),
    (
        "# Évaluation du programme d’eau 2015–2020\n\n## Portée\n\nL’évaluation a couvert la période 2015–2019.\n\n"
        "## Constatations\n\nLes puits fonctionnent.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme 2010–2019\n\n## Scope\n\nThe evaluation covered the period 2010–2019.\n\n"
        "## Findings\n\nThe wells work.\n"
    ),
    (
        "# Évaluation du programme d’eau 2015–2020\n\n## Portée\n\nL’évaluation a couvert la période 2015–2020.\n\n"
        "## Constatations\n\nLes puits fonctionnent.\n"
    ),
)

_YEARS = re.compile(r"(?:19|20)\d\d.{1,24}\d\d")
_ASIDE = frozenset({"annex", "references", "contents", "foreign"})
_MOST = 400
"""Sentences with two years that are looked at in an evaluation."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation whose title and text differ, or a confirmation."""
    del options
    alone = len(paper.evaluations) <= 1
    for evaluation in paper.evaluations:
        title = evaluation.title or (paper.record.document.title if alone else "")
        span = _span(title, paper.language)
        head = _heading(paper, title)
        if span is None and alone:
            head, span = _headed(paper)
        if span is None:
            continue
        name = say("the title of {evaluation}", evaluation=evaluation.label) if evaluation.label and not alone else say("the title")
        stated = _stated(paper, None if alone else evaluation.id)
        said = [s for s in stated if s[2] != span]
        agreeing = [s for s in stated if s[2] == span]
        if agreeing:
            unit, at, _ = agreeing[0]
            yield Message(
                say("{name:capital} and {where} give the same period.", name=name, where=where(unit)), paper.at(unit, *at), right=True
            )
        elif said and _overlap(said[0][2], span):
            unit, at, other = said[0]
            yield Message(
                say(
                    "One period may be wrong: {name} says {span}, {where} says {other}.",
                    name=name,
                    span=_print(span),
                    where=where(unit),
                    other=_print(other),
                ),
                paper.at(unit, *at),
                related=(Related(head.text, head.places),) if head else (),
            )


def _span(text: str, language: str) -> tuple[int, int] | None:
    found = next((d for d in dates(text, language) if d.span and d.last.year > d.first.year), None)
    return (found.first.year, found.last.year) if found else None


def _heading(paper: Paper, title: str) -> Unit | None:
    words = title[-40:].strip()
    if not words:
        return None
    return _by_end(paper, len(words)).get(words)


@once
def _by_end(paper: Paper, length: int) -> dict[str, Unit]:
    """The first heading with an end of so many characters, by the end."""
    heads = [u for u in paper.units if u.kind in ("heading", "title")]
    return {u.text[-length:]: u for u in reversed(heads)}


def _headed(paper: Paper) -> tuple[Unit | None, tuple[int, int] | None]:
    """The first heading that names an evaluation and its years: that of the only part of a paper with another title."""
    subjects = paper.words_of("dates", "period", "subjects")
    for section in paper.sections:
        if subjects and _YEARS.search(section.title) and subjects.search(section.title) and not section.heading.within & _ASIDE:
            span = _span(section.title, paper.language)
            if span:
                return section.heading, span
    return None, None


def _stated(paper: Paper, evaluation: str | None) -> list[tuple[Unit, tuple[int, int], tuple[int, int]]]:
    """Sentences that say plainly which years the evaluation covers: unit, offsets of the sentence, years."""
    subjects, looks = paper.words_of("dates", "period", "subjects"), paper.words_of("check_numbers", "covers")
    out: list[tuple[Unit, tuple[int, int], tuple[int, int]]] = []
    seen = 0
    for unit in paper.units_of(evaluation, "running"):
        if not _YEARS.search(unit.text):
            continue
        if {"findings", "recommendations", "response", "lessons", "references"} & unit.within:
            continue
        before = ""
        for s in paper.sentences(unit):
            text, before = _with_subject(paper, before, s.text), s.text
            if seen >= _MOST or not _YEARS.search(s.text) or not (subjects and subjects.search(text) and looks and looks.search(s.text)):
                continue
            seen += 1
            spans = [d for d in dates(s.text, paper.language) if d.span and d.last.year > d.first.year]
            found = period_of("", text, paper.language)
            if found and found[0] < found[1] and len(spans) == 1:
                out.append((unit, (s.start, s.end), found))
    return out


def _with_subject(paper: Paper, before: str, sentence: str) -> str:
    """The sentence with the one before it where it says "it" or "its": "The evaluation … . It covers the years 2010–2018."."""
    opens, scope = paper.words_of("check_numbers", "it"), paper.words_of("check_numbers", "its_scope")
    goes_on = bool((opens and opens.match(sentence)) or (scope and scope.search(sentence)))
    return f"{before.rstrip('.')}, {sentence}" if before and goes_on and not _YEARS.search(before) else sentence


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans are so alike that one of them may be a slip: one end is the same, the other near."""
    return (one[0] == other[0] and abs(one[1] - other[1]) <= 2) or (one[1] == other[1] and abs(one[0] - other[0]) <= 2)


def _print(span: tuple[int, int]) -> str:
    return f"{span[0]}–{span[1] % 100:02d}" if span[0] // 100 == span[1] // 100 else f"{span[0]}–{span[1]}"
