"""The evaluation questions of a paper, for the rules on method."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.check.once import once

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Place


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the evaluation asks."""

    text: str
    unit: Unit
    places: tuple[Place, ...]


@once
def questions(paper: Paper) -> tuple[Question, ...]:
    """The questions of the sections on method and of those whose heading names questions, sub-questions left out.

    Those of the annexes count where the report itself lists none.  A question that is asked again counts once.
    """
    listed = [u for u in paper.units if u.kind in ("paragraph", "item", "cell") and "?" in u.text and _asks(paper, u)]
    body = [u for u in listed if "annex" not in u.within]
    return tuple(_distinct(paper, body or listed))


def _asks(paper: Paper, unit: Unit) -> bool:
    if unit.within & {"findings", "recommendations", "contents", "references"}:
        return False
    if "method" in unit.within:
        return True
    words = paper.words_of("check_method", "question_headings")
    section = paper.record.passages[unit.index].section
    return bool(words and section is not None and words.search(paper.record.passages[section].text))


def _distinct(paper: Paper, units: list[Unit]) -> list[Question]:
    passages = paper.record.passages
    top = min((passages[u.index].level for u in units if u.kind == "item"), default=0)
    out: dict[str, Question] = {}
    for u in units:
        if u.kind == "item" and passages[u.index].level > top:
            continue
        for s in paper.sentences(u):
            if s.text.endswith("?") and len(s.text.split()) >= _WORDS:
                text = _MARKER.sub("", s.text)
                out.setdefault(" ".join(text.lower().split()), Question(text, u, paper.at(u, s.start, s.end)))
    return list(out.values())


_MARKER = re.compile(r"^(?:[^\w¿]|\d)+(?=[^\W\d]|¿)")
"""A bullet or number that a cell's text keeps before a question."""
_WORDS = 4
"""Words from which a sentence is a question that can be answered."""
