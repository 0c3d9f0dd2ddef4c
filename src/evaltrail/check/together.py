"""How a message calls several statements at once, and one message for many places."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from evaltrail.check.rule import Related

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message
    from evaltrail.record import Statement

SHOWN = 8
"""Statements that a message names before it says how many more there are."""


def names(paper: Paper, statements: Sequence[Statement]) -> str:
    """What a message calls several statements of one kind and one evaluation: "recommendations 2, 5 and 7 (Part I)".

    Statements without a number, or more of them than a reader takes in, are counted: "9 recommendations (Part I)".
    """
    first = statements[0]
    if len(statements) == 1:
        own = paper.name(first)
        return own[0].lower() + own[1:]
    kind = first.kind.replace("_", " ")
    evaluation = paper.evaluation_of.get(first.id)
    where = f" ({evaluation.label or evaluation.title})" if evaluation and len(paper.evaluations) > 1 else ""
    numbers = [s.number for s in statements]
    if not all(numbers) or len(numbers) > SHOWN:
        return f"{len(statements)} {kind}s{where}"
    return f"{kind}s {listed([n for n in numbers if n])}{where}"


def each(count: int, noun: str, after: str = "") -> str:
    """The subject of a sentence about all of several things: "Each of the 7 recommendations of Part I", "The recommendation"."""
    return f"Each of the {count} {noun}s{after}" if count != 1 else f"The {noun}{after}"


def listed(words: Sequence[str]) -> str:
    """Words as a list: "2, 5 and 7"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def related(paper: Paper, statements: Sequence[Statement], most: int = 12) -> tuple[Related, ...]:
    """The places of statements that a message speaks of, its own excluded."""
    return tuple(Related(f"{paper.name(s)}.", s.places[:1]) for s in statements[:most] if s.places)


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
            yield replace(rest[0], text=f"{rest[0].text[:-1]}; and {len(rest) - 1} more of the kind.", related=others)

    return first_few
