"""A range of paragraphs does not hold what the text says of it.

## What it does
Where a decision or the text says that recommendations or responses stand in certain numbered
paragraphs, holds the numbers against the paragraphs in which they do stand.

## Why it is bad
A governing body decides on what the numbers name. A recommendation that the range leaves out is not decided on.

## Known problems
Only papers whose paragraphs are numbered from one to the last without a gap are looked at.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import MANY, counted, of
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.chain._numbered import Paragraphs, named, nouns
from evaltrail.check.wording import Said, plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

RULE = Rule(code="CHA004", severity="error", sources=("consistency",), papers=ANY)

_PAPER = """# Evaluation of the water programme

## Findings

1. Wells work.

2. Pumps fail.

3. Few pumps are repaired.

4. Fees are paid.

## Recommendations

**Recommendation 1**

5. The Ministry should repair the pumps.

**Recommendation 2**

6. The Ministry should raise the fees.

**Recommendation 3**

7. The Ministry should train mechanics.

## Draft decision

8. The Governing Body requested the Director-General to take into consideration the recommendations (paragraphs {}).

9. It thanked the evaluators.
"""
BAD = (_PAPER.format("5–6"), _PAPER.format("4 to 7"), _PAPER.format("15–17"))
GOOD = (_PAPER.format("5–7"), _PAPER.format("5, 6 and 7"))

_BEFORE = 260
"""Characters in front of a range among which it is said what stands there."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each range that is wrong, and for each that is right."""
    paragraphs = Paragraphs(paper)
    if not paragraphs.sound:
        return
    holding: dict[str, dict[int, str]] = {}
    for text, places, at in _texts(paper):
        for reference in named(paper, text):
            before = text[max(0, reference.start - _BEFORE) : reference.start]
            kinds = [m.lastgroup for m in nouns(paper.language).finditer(before) if m.lastgroup]
            if not kinds:
                continue
            kind = kinds[-1]
            if kind not in ("recommendation", "response"):
                continue  # of findings and conclusions a section has more than its statements
            if kind not in holding:
                holding[kind] = _holding(paper, paragraphs, kind)
            ranges = _merged(reference.ranges)
            if not holding[kind] or all(a == b for a, b in ranges):
                continue
            for first, last in ranges:
                yield _judged(paper, paragraphs, kind, holding[kind], (first, last), ranges, places, at)


def _texts(paper: Paper) -> Iterator[tuple[str, tuple[Place, ...], Said]]:
    """Decisions, then the running text that names paragraphs."""
    for d in paper.record.decisions:
        yield d.text, d.places, (say("The decision in paragraph {number}", number=d.paragraph) if d.paragraph else say("The decision"))
    decided = {id(u) for d in paper.record.decisions for p in d.places if (u := paper.unit_at(p)) is not None}
    for u in paper.running:
        if id(u) in decided:
            continue
        where = say("A footnote") if u.kind == "footnote" else say("Paragraph {number}", number=u.number) if u.number else say("The text")
        yield u.text, u.places, where


def _holding(paper: Paper, paragraphs: Paragraphs, kind: str) -> dict[int, str]:
    """Paragraphs that hold a whole statement of the kind, with the id of its evaluation."""
    found: dict[int, str] = {}
    for s in paper.of_kind(kind):
        if (n := paragraphs.of(s)) is not None:
            found.setdefault(n, paper.evaluation_of[s.id].id)
    for e in paper.evaluations if kind == "response" else ():
        for overall in e.overall_responses:
            found.update(dict.fromkeys(paragraphs.all_of(overall.places), e.id))
    return found


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges with those joined that follow each other: 5, 6 and 7 is 5–7."""
    out: list[tuple[int, int]] = []
    for a, b in ranges:
        if out and out[-1][1] + 1 == a:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _judged(
    paper: Paper,
    paragraphs: Paragraphs,
    kind: str,
    holding: Mapping[int, str],
    own: tuple[int, int],
    ranges: Sequence[tuple[int, int]],
    places: tuple[Place, ...],
    at: Said,
) -> Message:
    first, last = own
    noun = MANY[kind]
    said = say("{at} names paragraphs {first}–{last} for {noun}", at=at, first=first, last=last, noun=noun)
    inside = [n for n in holding if first <= n <= last]
    stand = tuple(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in _runs(sorted(holding)))
    if last > paragraphs.last:
        return Message(
            say(
                "{said}, but the last paragraph is {last}; {noun} stand in {stand}.",
                said=said,
                last=paragraphs.last,
                noun=noun,
                stand=stand,
            ),
            places,
        )
    if not inside:
        return Message(say("{said}, but none stands there; they stand in {stand}.", said=said, stand=stand), places)
    around = next((r for r in _runs(sorted(holding)) if r[0] <= inside[0] <= r[-1]), [])
    left_out = [n for n in around if not any(a <= n <= b for a, b in ranges)]
    related = tuple(Related(say("Paragraph {number}", number=n), (paragraphs.places[n],)) for n in left_out[:3] if n in paragraphs.places)
    if left_out:
        text = plural(
            len(left_out),
            "{said} and leaves out paragraph {missing}, which holds one too.",
            "{said} and leaves out paragraph {missing}, which holds one too.",
            said=said,
            missing=tuple(left_out),
        )
        return Message(text, places, related=related)
    if first not in holding or last not in holding:
        without = first if first not in holding else last
        return Message(
            say("{said}, but paragraph {without} holds none; they stand in {stand}.", said=said, without=without, stand=stand), places
        )
    where = {holding[n] for n in inside}
    part = next((of(e, several=True) for e in paper.evaluations if where == {e.id}), "")
    return Message(
        say(
            "{at} rightly names paragraphs {first}–{last}: they hold the {count}{part}.",
            at=at,
            first=first,
            last=last,
            count=counted(kind, len(inside)),
            part=part,
        ),
        places,
        right=True,
    )


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers in runs without a gap."""
    return [[n for _, n in group] for _, group in groupby(enumerate(numbers), key=lambda x: x[1] - x[0])]
