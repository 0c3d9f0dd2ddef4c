"""A numbering has a gap or gives a number twice.

## What it does
Follows the numbers of headings, numbered paragraphs, tables, figures and boxes, and of findings, conclusions, lessons
and recommendations. A number counts as left out only when no line of the pages begins with it; one counts as given
twice only when different words stand behind it. One message for each series.

## Why it is bad
References go to the wrong place, and readers ask what was taken out. The response to a paper answers by number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import MANY, ONE, of
from evaltrail.check.ordinal import ordinal
from evaltrail.check.pages import folded, pages_of
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._words import listed
from evaltrail.check.wording import Said, plural, say
from evaltrail.check.wording import listed as listed_with_and
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

RULE = Rule(code="STR013", severity="error", sources=("consistency",), version=2, papers=ANY)

_START = "# Evaluation of the water programme\n\n## 1. Background\n\nThe programme drilled wells.\n\n## 2. Findings\n\nHalf work.\n\n"
_DEBUT = "# Évaluation du programme\n\n## Recommandations\n\nRecommandation 1 : Le Ministère devrait réparer les puits.\n\n"
_SUITE = "Recommandation 2 : Le Ministère devrait former des mécaniciens.\n\n"
_FIN = "Recommandation 4 : Les communes devraient acheter des pompes.\n"
BAD = (f"{_START}## 4. Conclusions\n\nThey were drilled too fast.\n", _DEBUT + _SUITE + _FIN)
GOOD = (f"{_START}## 3. Conclusions\n\nThey were drilled too fast.\n", _DEBUT + _SUITE)

_HEAD = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?$")
_LETTERED = re.compile(r"\(?[a-zA-Z][).]\s")
"""A letter that a heading's number leaves to its title: 1.2.2 a) and 1.2.2 b)."""
_SKIPPED = frozenset({"contents", "annex", "foreign", "references", "aside"})
_ANNEX = frozenset({"annex"})
_KINDS = ("finding", "conclusion", "lesson", "recommendation")
_FEW = 3
"""Numbers that a series must have to be one; headings of which a paper is told."""
_MOST = 20
"""Gaps of one series that are looked for on the pages."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each series with a gap or a number given twice."""
    yield from islice(_headings(paper), _FEW)
    yield from _captions(paper)
    yield from _annexes(paper)
    yield from _statements(paper)
    yield from _paragraphs(paper)


def _headings(paper: Paper) -> Iterator[Message]:
    # Headings of one level under one heading: components numbered anew within a chapter are a series of their own.
    series: dict[tuple[str, int, int], list[tuple[int, str, tuple[Place, ...]]]] = defaultdict(list)
    for s in paper.sections:
        m = _HEAD.match(s.heading.marker.strip())
        if m and not s.heading.within & _SKIPPED:
            prefix, _, last = m[1].rpartition(".")
            parent = 0 if prefix or s.parent is None else s.parent.first
            series[prefix, s.level, parent].append((int(last), s.title, s.heading.places))
    for (prefix, _, _), items in series.items():
        stem = f"{prefix}." if prefix else ""
        numbers = [n for n, _, _ in items]
        stray = _astray(numbers)
        if stray is not None:
            _, title, places = items[stray]
            yield Message(
                say(
                    "The heading “{title}” has the number {stem}{number} where {stem}{due} is due.",
                    title=title,
                    stem=stem,
                    number=numbers[stray],
                    due=stray + 1,
                ),
                places,
            )
            continue
        if numbers != sorted(numbers) or len(set(numbers)) < 2 or numbers[0] > 2:
            continue  # several numberings, or lists taken for headings
        for (a, title, places), (b, other, next_places) in pairwise(items):
            if a == b and folded(title) != folded(other) and not (_LETTERED.match(title) and _LETTERED.match(other)):
                yield Message(
                    say(
                        "Two headings have the number {stem}{number}: “{title}” and “{other}”.",
                        stem=stem,
                        number=a,
                        title=title,
                        other=other,
                    ),
                    next_places,
                    related=(Related(title, places),),
                )
            elif b == a + 2 and not _begins(paper, rf"{re.escape(stem)}{a + 1}[.)]?\s"):
                yield Message(
                    say(
                        "There is no section {stem}{missing}: {stem}{before} is followed by {stem}{behind}.",
                        stem=stem,
                        missing=a + 1,
                        before=a,
                        behind=b,
                    ),
                    next_places,
                    related=(Related(title, places),),
                )


@cache
def _caption() -> re.Pattern[str]:
    words = sorted({folded(w) for w in packs.merged("layout")["captions"]["words"]}, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, words))})\.? (\d{{1,3}})(?![\d.]\d|[a-z]| [a-z] ?[.:])[.: ]*")


def _captions(paper: Paper) -> Iterator[Message]:
    series: dict[str, dict[int, list[tuple[str, tuple[Place, ...]]]]] = defaultdict(dict)
    annexed: dict[str, dict[int, list[tuple[str, tuple[Place, ...]]]]] = defaultdict(dict)
    for u in paper.units:
        if (u.kind == "caption" or (u.kind == "paragraph" and len(u.text) < 160)) and not u.within & (_SKIPPED - _ANNEX):
            m = _caption().match(folded(u.text))
            m = m if m and (u.kind == "caption" or m[0].rstrip()[-1:] in (":", ".")) else None
            # A title has words: a run of codes behind "Table 10:" is a piece of a cell.
            if (m and re.search(r"[a-z]{4}", u.text[m.end() :])) or (m and u.text.isupper()):
                (annexed if u.within & _ANNEX else series)[m[1]].setdefault(int(m[2]), []).append((u.text, u.places))
    for word, numbers in annexed.items():
        # Annexes count on, with a number given again by mistake, or anew.
        again = series[word].keys() & numbers.keys()
        if len(again) <= 1 < len(numbers) and max(numbers) > max(series[word], default=0):
            for n, texts in numbers.items():
                series[word].setdefault(n, []).extend(texts)
    for word, numbers in series.items():
        own = [(n, texts[0]) for n, texts in numbers.items()]
        stray = _astray([n for n, _ in own])
        if stray is not None and not _begins(paper, rf"{word}\.?\s+{stray + 1}(?!\d)"):
            n, (_, places) = own[stray]
            yield Message(say("{word:capital} {number} has this number where {due} is due.", word=word, number=n, due=stray + 1), places)
            continue
        if len(numbers) < _FEW or min(numbers) != 1 or max(numbers) > 2 * len(numbers):
            continue
        ordered = sorted(numbers)
        missing = [n for n in range(1, ordered[-1]) if n not in numbers][:_MOST]
        gaps = [n for n in missing if not _begins(paper, rf"{word}\.?\s+{n}(?!\d)")]
        if 0 < len(gaps) <= len(numbers) // _FEW:
            after = next(n for n in ordered if n > gaps[0])
            yield Message(say("The {word} numbers leave out {numbers}.", word=word, numbers=_and(gaps)), numbers[after][0][1])
        twice = [n for n in ordered if len({_plain(t) for t, _ in numbers[n]}) > 1]
        # A numbering that begins anew gives many numbers twice, and is meant.
        if 0 < len(twice) <= max(1, len(numbers) // 5):
            first, second = numbers[twice[0]][:2]
            yield Message(
                say("There are two with the number {word} {number}.", word=word, number=twice[0]),
                second[1],
                related=(Related(first[0][:80], first[1]),),
            )


def _annexes(paper: Paper) -> Iterator[Message]:
    """The first two annexes with one number, by their headings."""
    words = "|".join(re.escape(w) for w in sorted(listed("annexes", "words"), key=len, reverse=True))
    begins = re.compile(rf"(?:{words}) (\d{{1,2}}|[a-h]|[ivx]{{1,5}})(?![\w]|[.-]\d)")
    seen: dict[str, tuple[str, tuple[Place, ...]]] = {}
    for s in paper.sections:
        m = begins.match(folded(s.title))
        if not m or s.heading.within & {"contents", "foreign"}:
            continue
        before = seen.setdefault(m[1], (s.title, s.heading.places))
        rest, other = _plain(s.title[m.end() :]), _plain(before[0][m.end() :])
        if rest and other and not rest.startswith(other) and not other.startswith(rest):
            number = m[1].upper()
            yield Message(
                say(
                    "Two annexes have the number {number}: “{title}” and “{other}”.",
                    number=number,
                    title=before[0][:60],
                    other=s.title[:60],
                ),
                s.heading.places,
            )
            return


def _plain(text: str) -> str:
    """The first letters of a caption, to tell whether two are one and the same, continued on another page."""
    return "".join(c for c in folded(text) if c.isalnum())[:24]


def _astray(numbers: Sequence[int]) -> int | None:
    """Index of the one number that is wrong in a series that otherwise counts from 1: 1, 2, 14, 4, 5; None for any other series.

    At the end a number left out before the last is no wrong last one.
    """
    wrong = [i for i, n in enumerate(numbers) if n != i + 1]
    if len(numbers) <= _FEW or len(wrong) != 1 or numbers[wrong[0]] == wrong[0] + 2 == len(numbers) + 1:
        return None
    return wrong[0]


def _statements(paper: Paper) -> Iterator[Message]:
    for evaluation in paper.evaluations:
        where = of(evaluation, several=len(paper.evaluations) > 1)
        for kind in _KINDS:
            own = [s for s in evaluation.statements if s.kind == kind and s.parent is None and ordinal(s.number) is not None]
            numbers = [int(s.number or 0) for s in own]
            stray = _astray(numbers)
            if stray is not None:
                text = say(
                    "A {kind}{where} has the number {number} where {due} is due.",
                    kind=ONE[kind],
                    where=where,
                    number=numbers[stray],
                    due=stray + 1,
                )
                yield Message(text, own[stray].places, statement=own[stray].id)
                continue
            if len(set(numbers)) < 2 or max(numbers) > 2 * len(set(numbers)):
                continue
            held = set(numbers)
            gaps = [n for n in range(1, max(numbers)) if n not in held][:_MOST]
            gaps = [
                n
                for n in gaps
                if not re.search(rf"{kind[:6]}\w*\W{{0,3}}{n}(?!\d)", pages_of(paper).text) and not _begins(paper, rf"{n}[.)]\s")
            ]
            if gaps:
                after = next(s for s in own if int(s.number or 0) > gaps[0])
                yield Message(
                    plural(
                        len(gaps),
                        "The {kind}{where} leave out number {numbers}.",
                        "The {kind}{where} leave out number {numbers}.",
                        kind=MANY[kind],
                        where=where,
                        numbers=_and(gaps),
                    ),
                    after.places,
                    statement=after.id,
                )
            twice = [
                n
                for n, times in Counter(numbers).items()
                if times > 1 and len({_plain(s.text) for s in own if int(s.number or 0) == n}) > 1
            ]
            if len(twice) == 1 and sorted(numbers) == numbers:
                again = [s for s in own if int(s.number or 0) == twice[0]]
                related = (Related(say("the first of them"), again[0].places),)
                yield Message(
                    say("Two of the {kind}{where} have the number {number}.", kind=MANY[kind], where=where, number=twice[0]),
                    again[1].places,
                    statement=again[1].id,
                    related=related,
                )


def _paragraphs(paper: Paper) -> Iterator[Message]:
    items = [(n, p.places) for p in paper.record.paragraphs if p.places and (n := ordinal(p.number)) is not None]
    if len(items) < 5 or _backwards([n for n, _ in items]) > 1:
        return
    gaps: list[tuple[int, tuple[Place, ...]]] = []
    twice: list[tuple[int, tuple[Place, ...]]] = []
    have = {n for n, _ in items}
    for (a, _), (b, places) in pairwise(items):
        if a + 1 < b <= a + 3 and len(gaps) < _MOST:
            gaps += [(n, places) for n in range(a + 1, b) if n not in have and not _begins(paper, rf"{n}[.)]?\s")]
        elif a == b:
            twice.append((a, places))
    if gaps:
        yield Message(say("The paragraph numbers leave out {numbers}.", numbers=_and([n for n, _ in gaps])), gaps[0][1])
    if twice:
        yield Message(say("Two paragraphs have the number {number}.", number=twice[0][0]), twice[0][1])
    if not gaps and not twice:
        yield Message(
            say("The paragraphs are numbered from {first} to {last} without a gap.", first=items[0][0], last=items[-1][0]),
            items[0][1],
            right=True,
        )


def _backwards(numbers: Sequence[int]) -> int:
    return sum(b < a for a, b in pairwise(numbers))


def _begins(paper: Paper, pattern: str) -> bool:
    """Whether a line begins with it: what the reader did not tell as a heading is still there."""
    return re.search(rf"^[^\w\n]*{pattern}", pages_of(paper).text, re.MULTILINE) is not None


def _and(numbers: Sequence[int]) -> Said:
    if len(numbers) > 5:
        return say("{numbers} …", numbers=tuple(numbers[:5]))
    return listed_with_and(numbers)
