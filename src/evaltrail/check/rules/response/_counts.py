"""Sentences that count answers: "accepts five of the seven recommendations fully, and two partially (3 and 5)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.check.rules.response._answer import TOPIC, negated
from evaltrail.text.numbers import number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.check.paper import Paper


@dataclass(frozen=True, slots=True)
class Claim:
    """How many recommendations are said to have a verdict, and which."""

    count: int
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """What a sentence counts."""

    of: Mapping[str, Claim]
    """By verdict: accepted, partially_accepted, rejected."""
    whole: int | None
    """All recommendations, where the sentence says how many there are."""


_SEGMENT = re.compile(r"[,;:]|\s(?:and|et|y|e|while|whereas|but|mais|pero|mas|tandis que)\s")
_BRACKET = re.compile(r"\(([^()]{1,80})\)")
_NAMED = re.compile(r"\d{1,2}[a-z]?(?:\.\d{1,2})?")


def claims(paper: Paper, sentence: str) -> Claims | None:
    """What the sentence counts; None for one that does not count recommendations by verdict."""
    nouns = paper.words_of(TOPIC, "counts", "recommendations")
    verdict = [paper.words_of(TOPIC, "counts", k) for k in ("accepted", "rejected", "partly")]
    if len(sentence) > 600 or nouns is None or not nouns.search(sentence) or not any(v and v.search(sentence) for v in verdict):
        return None
    whole, found = None, {}
    last: str | None = None
    pending: int | None = None
    for start, end in _segments(sentence):
        text = sentence[start:end]
        bracket = _BRACKET.search(text)
        named = tuple(_NAMED.findall(bracket[1])) if bracket and not re.search(r"per\s*cent|%|cent", bracket[1]) else ()
        plain = _BRACKET.sub(" ", text)
        count, of = _numbers(paper, plain, whole)
        whole = of if of is not None else whole
        kind = _verdict(paper, plain)
        if kind == "mixed":
            return None
        kind = kind or last
        if count is None:
            if kind and pending is not None and kind not in found:
                found[kind] = Claim(pending, named)
                pending = None
            last = kind
            continue
        if kind is None:
            pending = count
            continue
        if kind in found:
            return None
        found[kind] = Claim(count, named)
        last = kind
    return Claims(found, whole) if found else None


def _segments(sentence: str) -> list[tuple[int, int]]:
    """The stretches between commas and conjunctions; what stands in brackets is not cut."""
    inside = [(m.start(), m.end()) for m in _BRACKET.finditer(sentence)]
    cuts = [m for m in _SEGMENT.finditer(sentence) if not any(a <= m.start() < b for a, b in inside)]
    starts = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(sentence)]
    return list(zip(starts, ends, strict=True))


def _verdict(paper: Paper, text: str) -> str | None:
    def has(key: str) -> bool:
        pattern = paper.words_of(TOPIC, "counts", key)
        return bool(pattern and pattern.search(text))

    def turned(key: str) -> bool:
        """Whether each of the words is negated: "n’en accepte pas une"."""
        pattern = paper.words_of(TOPIC, "counts", key)
        found = list(pattern.finditer(text)) if pattern else []
        return bool(found) and all(negated(paper, text, m.start()) is not None for m in found)

    if has("partly"):
        return "mixed" if has("fully") else "partially_accepted"
    if has("rejected"):
        return "rejected"
    if turned("fully"):
        return "mixed"  # "not fully accepted" is neither the one nor the other
    if turned("accepted"):
        return "rejected"
    return "accepted" if has("fully") or has("accepted") else None


@cache
def _number(language: str) -> re.Pattern[str]:
    share = r"\s*(?:%|per\s*cent|pour\s*cent|por\s*ciento)"
    words = number_words(language).pattern
    return re.compile(rf"(?<![\w.,])(?:(?P<figures>\d{{1,3}})(?![\w.,]*\d|{share})|(?P<words>{words}))")


def _numbers(paper: Paper, text: str, whole: int | None) -> tuple[int | None, int | None]:
    """The number counted in a segment and the whole that it is taken from."""
    nouns = paper.words_of(TOPIC, "counts", "recommendations")
    before_whole = "|".join(re.escape(w) for w in sorted(paper.listed(TOPIC, "counts", "whole"), key=len, reverse=True))
    every = paper.words_of(TOPIC, "counts", "all")
    count, of = None, None
    for m in _number(paper.language).finditer(text):
        value = int(m["figures"]) if m["figures"] else int(number_words(paper.language).value(m["words"])[0])
        head = text[: m.start()].rstrip()
        if nouns and re.search(rf"(?:{nouns.pattern})\s*$", head, re.IGNORECASE):
            return None, None  # "Recommendation 3": a label, not a count
        if before_whole and re.search(rf"(?<!\w)(?:{before_whole})$", head, re.IGNORECASE):
            of = value
        elif count is None:
            count = value
    if every and every.search(text) and (count or of or whole):
        count = count or of or whole
        of = of or count
    return count, of
