"""Which Sustainable Development Goals a paper says that its evaluation is about: named by number, or by one of their targets."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.about.found import Found
from evaltrail.about.wording import pattern, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.about.lines import Line, Lines
    from evaltrail.about.model import Ground

GOALS = 17
_NUMBER = r"(?:1[0-7]|[1-9])"
_TARGET = r"(?:\.(?:\d{1,2}|[a-d])\b(?:\.\d)?)?"
_ONE = rf"{_NUMBER}(?!\d){_TARGET}(?![\d%])"
_WEIGHT: dict[str, float] = {"title": 1.0, "row": 0.95, "cover": 0.8, "heading": 0.8, "summary": 0.7, "body": 0.4}
_GROUND: dict[str, Ground] = {"title": "title", "row": "row", "cover": "cover", "heading": "heading", "summary": "stated", "body": "stated"}
_LEAST = 0.55
"""Of a goal that is proposed: one passing mention in the body weighs less."""
_AGAIN = 0.1
_CONTRIBUTES = 0.25
_AROUND = 160
_MANY = 8
"""Goals in one line from which on it lists them rather than says which one is meant."""


@cache
def _patterns(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    goals, targets, joined = (
        "|".join(words("goals", language)),
        "|".join(words("targets", language)),
        "|".join(map(re.escape, words("and", language))),
    )
    sign = r"[\s\-]*(?:n°|nº|no\.|#)?\s*"
    more = rf"(?:\s*(?:,|;|/|{joined})\s*(?:(?:{goals}|{targets})\s*)?#?{_ONE})*"
    named = re.compile(rf"\b(?:{goals})(?:\s*'?s?\s*(?:{targets}))?{sign}(?P<said>{_ONE}{more})", re.IGNORECASE)
    target = re.compile(rf"\b(?:{targets}){sign}(?P<said>{_NUMBER}\.(?:\d{{1,2}}|[a-d])\b{more})", re.IGNORECASE)
    ordinals = "|".join(words("ordinals", language))
    ordinal = re.compile(rf"\b(?P<said>{ordinals})\s+(?:{goals})\b", re.IGNORECASE)
    return named, target, ordinal


def goals(lines: Lines) -> list[Found]:
    """Goals that weigh enough, each with the words that weigh most."""
    seen: defaultdict[str, list[Found]] = defaultdict(list)
    for line in lines.all:
        own = list(_in_line(line, lines.language))
        if line.zone in {"summary", "body"} and len({f.value for f in own}) > _MANY:
            continue
        for f in own:
            seen[f.value].append(f)
    out = []
    for value, found in seen.items():
        best = max(found, key=lambda f: f.score)
        score = min(1.0, best.score + _AGAIN * (len({id(f.line) for f in found}) - 1))
        if score >= _LEAST:
            out.append(Found("sdg", value, best.ground, best.line, best.start, best.end, round(score, 2), len(found)))
    return out


def _in_line(line: Line, language: str | None) -> Iterator[Found]:
    named, target, ordinal = _patterns(language)
    text = line.text
    for m in named.finditer(text):
        for value in _numbers(m["said"]):
            yield _found(line, value, m, language)
    if pattern("goals", language).search(text):
        for m in target.finditer(text):
            for value in _numbers(m["said"]):
                yield _found(line, value, m, language)
        for m in ordinal.finditer(text):
            every = [w.lower() for w in words("ordinals", language)]
            # English stands after the language's own; both begin with the first.
            yield _found(line, str(every.index(m["said"].lower()) % 10 + 1), m, language)
    if line.topic == "goal_rows":
        for m in re.finditer(rf"(?<![\d.])({_ONE})", text):
            yield _found(line, m[1].partition(".")[0], m, language)


def _numbers(said: str) -> list[str]:
    """Numbers of goals in a list; "1 to 17" is no list of goals that are meant."""
    every = [m[0].partition(".")[0] for m in re.finditer(_ONE, said)]
    spans = re.search(rf"({_NUMBER})\s*(?:-|–|to|à|a)\s*({_NUMBER})(?![.\d])", said) if len(every) == 2 else None
    if spans and "." not in said:
        first, last = int(spans[1]), int(spans[2])
        return [] if last - first > 4 or last <= first else [str(n) for n in range(first, last + 1)]
    return list(dict.fromkeys(every))


def _found(line: Line, value: str, m: re.Match[str], language: str | None) -> Found:
    score = _WEIGHT[line.zone]
    around = line.text[max(0, m.start() - _AROUND) : m.end() + _AROUND // 2]
    if line.zone in {"summary", "body"} and pattern("contributes", language).search(around):
        score += _CONTRIBUTES
    return Found("sdg", value, _GROUND[line.zone], line, m.start(), m.end(), min(1.0, score))
