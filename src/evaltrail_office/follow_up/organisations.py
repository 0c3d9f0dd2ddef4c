"""Whose the answers of a paper are, where several organisations follow one evaluation."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.recognise.columns import body_of
from evaltrail.record import Response as Answering
from evaltrail_office.follow_up.naming import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Evaluation

_LONGEST = 200
"""Characters of an organisation's name in follow-up."""


@dataclass(frozen=True, slots=True)
class Organisations:
    """Which organisation each label of an answer names."""

    known: tuple[str, ...]
    """Organisations that are asked for answers already."""
    joint: bool
    """Whether the paper's answers are of several."""
    only: str = ""
    """Whose all answers are, where they are of one of those that are asked."""

    @classmethod
    def of(cls, evaluation: Evaluation, known: Sequence[str], organisation: str) -> Organisations:
        """Of one evaluation's answers in a paper that ``organisation`` issued."""
        answers = [(a.id, s.label) for s in evaluation.statements if isinstance(s, Answering) for a in s.answers]
        labelled = [*answers, *(("", o.label) for o in evaluation.overall_responses)]
        to: defaultdict[str, set[str]] = defaultdict(set)
        for what, label in labelled:
            if name := body_of(label or ""):
                to[what].add(plain(name))
        names = {name for each in to.values() for name in each}
        # Several answer where one recommendation, or the whole, has answers under different names.
        several = any(len(each) > 1 for each in to.values())
        only = "" if several else next((k for n in (*names, organisation) if (k := _match(n, known))), "")
        return cls(tuple(known), several, only)

    def name_of(self, label: str | None) -> str:
        """Whose an answer with this label is; empty: the one organisation's."""
        if not self.joint:
            return self.only
        name = body_of(label or "")
        return (_match(name, self.known) or name)[:_LONGEST]


def _match(name: str, known: Sequence[str]) -> str:
    """The organisation that is asked and is called so: by its name, or by the first letters of it."""
    if not name:
        return ""
    exact = next((k for k in known if plain(k) == plain(name)), "")
    return exact or next((k for k in known if plain(name) in _short(k) or plain(k) in _short(name)), "")


def _short(name: str) -> set[str]:
    """Short names of a name: the one in brackets, and its capital letters."""
    capitals = "".join(w[0] for w in re.findall(r"\w+", name) if w[0].isupper())
    found = {m.lower() for m in re.findall(r"\(([^()]{2,12})\)", name)}
    return found | ({capitals.lower()} if len(capitals) > 1 else set())
