"""How a message calls several statements at once, and one message for many places."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import MANY, counted
from evaltrail.check.rule import Related
from evaltrail.check.wording import listed, plural, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message
    from evaltrail.check.wording import Said
    from evaltrail.record import Statement

SHOWN = 8
"""Statements that a message names before it says how many more there are."""


def names(paper: Paper, statements: Sequence[Statement]) -> Said:
    """What a message calls several statements of one kind and one evaluation: "recommendations 2, 5 and 7 (Part I)".

    Statements without a number, or more of them than a reader takes in, are counted: "9 recommendations (Part I)".
    """
    first = statements[0]
    if len(statements) == 1:
        return say("{name:small}", name=paper.name(first))
    evaluation = paper.evaluation_of.get(first.id)
    several = evaluation and len(paper.evaluations) > 1
    where = say(" ({evaluation})", evaluation=evaluation.label or evaluation.title) if evaluation and several else ""
    numbers = [s.number for s in statements]
    if not all(numbers) or len(numbers) > SHOWN:
        return say("{count}{where}", count=counted(first.kind, len(statements)), where=where)
    return say("{kind} {numbers}{where}", kind=MANY[first.kind], numbers=listed([n for n in numbers if n]), where=where)


def related(paper: Paper, statements: Sequence[Statement], most: int = 12) -> tuple[Related, ...]:
    """The places of statements that a message speaks of, its own excluded."""
    return tuple(Related(say("{name}.", name=paper.name(s)), s.places[:1]) for s in statements[:most] if s.places)


MOST = 8
"""Messages on faults that one rule gives on one paper; the last one tells of the others."""


def few(check: Callable[[Paper, Mapping[str, Any]], Iterator[Message]]) -> Callable[[Paper, Mapping[str, Any]], Iterator[Message]]:
    """Decorates the function of a rule whose fault may stand in every statement: the last message stands for those not given."""

    @wraps(check)
    def first_few(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
        faults: list[Message] = []
        for m in check(paper, options):
            if m.right:
                yield m
            else:
                faults.append(m)
        yield from faults[: MOST - 1]
        rest = faults[MOST - 1 :]
        if len(rest) == 1:
            yield rest[0]
        elif rest:
            others = tuple(Related(m.text, m.places[:1]) for m in rest[1:13])
            text = plural(
                len(rest) - 1,
                "{text:open}; and {number} more of the kind.",
                "{text:open}; and {number} more of the kind.",
                text=rest[0].text,
            )
            yield replace(rest[0], text=text, related=others)

    return first_few
