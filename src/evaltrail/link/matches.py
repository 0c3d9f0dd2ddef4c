"""Matches across documents: which statements of two records are the same, as in a report and its management response."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from evaltrail.link.terms import covered, likenesses, terms, weigh
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import AnyStatement, Record

Rule = Literal["number and words", "words", "number"]

_LEAST = 0.5
_STEEP = 14.0
_MIDDLE = 0.42
"""Agreement in words at which two statements are as likely the same as not."""
_SAME_NUMBER = 1.5
_OTHER_NUMBER = -0.5
_NUMBER_ALONE = 0.6
"""Score of statements of the same kind and number in two languages, where both documents have as many of the kind."""
_FEW_TERMS = 6
"""Different words of a statement from which on they tell it from others by themselves."""
_OPENING = 0.9
"""What a statement that is the beginning of the other is worth against one of the same words throughout."""
_SHORT = 0.4
"""What the agreement of short statements is worth where no number supports it."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two statements proposed as the same; a person confirms."""

    first: str
    """id in the first record."""
    second: str
    """id in the second record."""
    kind: str
    score: float
    """How likely it is that they are the same, 0 to 1."""
    rule: Rule
    basis: Literal["proposed"] = "proposed"


def match(first: Record, second: Record) -> list[Match]:
    """Which statements of two records are the same, by number and words: each at most once, in the order of the first record.

    A statement's parts are compared as statements too: a response may number as two what the report asks for as one. In records of
    two languages only kind and number tell, and only where both have as many statements of the kind.
    """
    if first.document.language and second.document.language and first.document.language != second.document.language:
        return _by_number(first, second)
    found: list[Match] = []
    for kind in ("finding", "conclusion", "lesson", "good_practice", "recommendation", "response"):
        found += _of_kind(kind, _statements(first, kind), _statements(second, kind), first.document.language)
    return _once(found, [s.id for e in first.evaluations for s in e.statements])


def _statements(record: Record, kind: str) -> list[AnyStatement]:
    return [s for e in record.evaluations for s in e.statements if s.kind == kind]


def _of_kind(kind: str, left: Sequence[AnyStatement], right: Sequence[AnyStatement], language: str | None) -> list[Match]:
    """All pairs of a kind that may be the same."""
    words = [terms(s.text, language) for s in (*left, *right)]
    weights = weigh(words)
    # The records may use the same ids, so each side has its own names.
    own = dict(zip([s.id for s in left], weights, strict=False))
    other = dict(zip([s.id for s in right], weights[len(left) :], strict=True))
    terms_of = {("a", s.id): t for s, t in zip(left, words, strict=False)} | {
        ("b", s.id): t for s, t in zip(right, words[len(left) :], strict=True)
    }
    of_left, of_right = {s.id: s for s in left}, {s.id: s for s in right}
    out = []
    for (a, b), like in likenesses(own, other).items():
        score, rule = _score(of_left[a], of_right[b], like, terms_of["a", a], terms_of["b", b])
        if score >= _LEAST:
            out.append(Match(a, b, kind, score, rule))
    return out


def _score(a: AnyStatement, b: AnyStatement, like: float, words_a: Sequence[str], words_b: Sequence[str]) -> tuple[float, Rule]:
    shorter, longer = (words_a, words_b) if len(words_a) <= len(words_b) else (words_b, words_a)
    same = bool(a.number and b.number) and fold(a.number or "") == fold(b.number or "")
    if len(set(shorter)) >= _FEW_TERMS:
        # A response may quote the recommendation's first sentence only; a report's may go on with its reasons.
        agreement = max(like, _OPENING * covered(pairwise(shorter), pairwise(longer[: len(shorter) + 8])))
    else:
        # "Management agrees." is said of many a recommendation.
        agreement = like if same else like * _SHORT
    logit = _STEEP * (agreement - _MIDDLE)
    if same:
        logit += _SAME_NUMBER
    elif a.number and b.number:
        logit += _OTHER_NUMBER
    return 1 / (1 + math.exp(-logit)), "number and words" if same else "words"


def _by_number(first: Record, second: Record) -> list[Match]:
    """Matches between two languages, evaluation by evaluation."""
    out = []
    if len(first.evaluations) != len(second.evaluations):
        return []
    for one, two in zip(first.evaluations, second.evaluations, strict=True):
        for kind in ("finding", "conclusion", "lesson", "good_practice", "recommendation"):
            left = [s for s in one.statements if s.kind == kind and s.parent is None]
            right = [s for s in two.statements if s.kind == kind and s.parent is None]
            numbers = {fold(s.number): s for s in right if s.number}
            if len(left) == len(right) == len(numbers):
                out += [
                    Match(s.id, numbers[fold(s.number)].id, kind, _NUMBER_ALONE, "number")
                    for s in left
                    if s.number and fold(s.number) in numbers
                ]
    return out


def _once(found: list[Match], order: list[str]) -> list[Match]:
    """The best match of each statement, both ways; the scores rounded."""
    taken_first: set[str] = set()
    taken_second: set[str] = set()
    out = []
    for m in sorted(found, key=lambda m: (-m.score, m.first, m.second)):
        if m.first not in taken_first and m.second not in taken_second:
            taken_first.add(m.first)
            taken_second.add(m.second)
            out.append(replace(m, score=round(m.score, 2)))
    at = {name: n for n, name in enumerate(order)}
    return sorted(out, key=lambda m: at[m.first])
