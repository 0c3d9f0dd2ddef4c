"""Words that name one sex stand for everybody.

## What it does
Looks for words such as "manpower", "chairman" and "mankind" in the running text. Words in quotation marks, and a title before or
after somebody's name, are left alone. In English also for "he" or "his" behind "each farmer" or "everybody", without "she" or "her".

## Why it is bad
Such words leave out half of the people they mean, and there are others that fit all ("staff", "chair", "humanity").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import mentions, quoted
from evaltrail.check.paper import ANY, TEXT_ROLES
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.inclusion._people import TOPIC
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.mention import Mention
    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="INC009",
    severity="note",
    sources=("United Nations guidelines for gender-inclusive language",),
    papers=ANY,
    version=2,
)

BAD = (
    "# Evaluation of the water programme\n\nThe programme lacks the manpower to repair wells.\n",
    "# Évaluation du programme d'eau\n\nLe coût a été estimé à 300 hommes-jours.\n",
    "# Evaluation of the water programme\n\nEvery keeper of a well has his own book.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\nThe programme lacks the staff to repair wells, as Chairman Paul Bek said.\n",
    "# Évaluation du programme d'eau\n\nLe coût a été estimé à 300 jours de travail.\n",
    "# Evaluation of the water programme\n\nEvery keeper has his or her own book, and each year he shows it.\n",
)

_SENTENCE = 5
"""Words from which a passage is no mere title."""
_NAME_AFTER = re.compile(r"\s+(?:[A-Z]\.\s*)?[A-ZÀ-Þ][a-zà-ÿ]+")
_QUOTED_AROUND = re.compile(r"[“\"«‘]\s*$")


_NEAR = 80
"""Characters between the two, at most."""


def _said_of_all(paper: Paper) -> Iterator[tuple[Unit, int, int]]:
    """Where "he" or "his" follows "each farmer" in one sentence: unit, offsets."""
    everyone, he, women_or_men, things = (paper.words_of(TOPIC, key) for key in ("everyone", "he", "of_one_sex", "no_person"))
    if everyone is None or he is None:
        return
    for m in mentions(paper, TOPIC, "everyone", lambda u: u.kind in ("paragraph", "item", "footnote") and not u.within & TEXT_ROLES):
        for s in paper.sentences(m.unit):
            first = everyone.search(s.text)
            then = he.search(s.text, first.end()) if first else None
            if first is None or then is None or then.start() - first.end() > _NEAR or (things and things.match(s.text, first.end() + 1)):
                continue
            if not (women_or_men and women_or_men.search(s.text)) and not _QUOTED_AROUND.search(s.text[: first.start()]):
                yield m.unit, s.start + first.start(), s.start + then.end()


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each such word, with the places where it stands."""
    found: dict[str, list[Mention]] = {}
    for m in mentions(paper, TOPIC, "gendered", lambda u: not u.within & TEXT_ROLES):
        # With a capital in the middle of a sentence it is a title or part of a name.
        if m.words[0].isupper() and m.start > 0 and m.unit.text[m.start - 2 : m.start] not in (". ", "? "):
            continue
        if len(m.unit.text.split()) < _SENTENCE:
            continue  # a signature, a cell with somebody's office
        if _NAME_AFTER.match(m.unit.text, m.end) or _QUOTED_AROUND.search(m.unit.text[: m.start]):
            continue
        found.setdefault(m.words.lower(), []).append(m)
    for word, at in found.items():
        times = say(" ({number} places)", number=len(at)) if len(at) > 1 else ""
        yield Message(
            say("“{words}” names one sex where all are meant{times}.", words=word, times=times),
            paper.at(at[0].unit, at[0].start, at[0].end),
            related=tuple(Related(m.unit.text[:120], paper.at(m.unit, m.start, m.end)) for m in at[1:4]),
        )
    everyone = list(_said_of_all(paper))
    if everyone:
        unit, start, end = everyone[0]
        times = say(" ({number} places)", number=len(everyone)) if len(everyone) > 1 else ""
        yield Message(
            say("{words} names one sex where all are meant{times}.", words=quoted(unit.text[start:end]), times=times),
            paper.at(unit, start, end),
            related=tuple(Related(u.text[a : a + 120], paper.at(u, a, b)) for u, a, b in everyone[1:4]),
        )
