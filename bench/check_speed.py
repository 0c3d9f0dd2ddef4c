"""How long a check takes, and how it grows with the record.

A long record is made of copies of a real one, one behind the other: pages, passages, statements, links, quantities and footnotes,
each copy with words of its own, so that it is no paper that repeats itself.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from evaltrail.record import Passage, Place, Quantity, Record, Statement

DAY = "2026-06-01"
_PLACES = ("north", "south", "east", "west", "coast", "hills", "valley", "delta", "plain", "border", "capital", "islands", "forest")
_THINGS = (
    "water",
    "schools",
    "roads",
    "clinics",
    "farms",
    "markets",
    "courts",
    "ports",
    "mines",
    "mills",
    "banks",
    "unions",
    "radio",
    "grids",
)


def record_of(file: Path) -> Record:
    """A paper as ``evaltrail check`` gets it: read, with proposed links."""
    from evaltrail.link import linked
    from evaltrail.read import read

    return linked(read(file))


def checked(record: Record) -> None:
    """One check with all rules."""
    from datetime import date

    from evaltrail.check import check

    report = check(record, today=date.fromisoformat(DAY))
    if report.failed:
        raise RuntimeError(str(report.failed))


def statements_in(record: Record) -> int:
    """How many statements it holds."""
    return sum(len(e.statements) for e in record.evaluations)


def grown(record: Record, copies: int) -> Record:
    """A record ``copies`` times as long."""
    each = [_copy(record, n) for n in range(copies)]
    joined = {name: tuple(chain.from_iterable(e[name] for e in each)) for name in each[0]}
    return record.model_copy(update=joined)


def _copy(record: Record, n: int) -> dict[str, tuple[Any, ...]]:
    ahead, first = n * len(record.pages), n * len(record.passages)
    words = f" {_PLACES[n % 13]} {_THINGS[n % 14]} {_PLACES[n // 13 % 13]} {_THINGS[n // 14 % 14]} {n}"

    def moved(places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(p.model_copy(update={"page": p.page + ahead}) for p in places)

    def key(old: str) -> str:
        return f"{n}-{old}"

    def passage(p: Passage) -> Passage:
        cells = tuple(c.model_copy(update={"places": moved(c.places)}) for c in p.cells)
        section = None if p.section is None else p.section + first
        evaluation = p.evaluation and key(p.evaluation)
        return p.model_copy(update={"places": moved(p.places), "cells": cells, "section": section, "evaluation": evaluation})

    def statement(s: Statement) -> Statement:
        update: dict[str, Any] = {"id": key(s.id), "parent": s.parent and key(s.parent), "places": moved(s.places), "text": s.text + words}
        if hasattr(s, "answers"):
            update["answers"] = tuple(a.model_copy(update={"id": key(a.id)}) for a in s.answers)
        return s.model_copy(update=update)

    def quantity(q: Quantity) -> Quantity:
        return q.model_copy(update={"places": moved(q.places), "of": q.of and q.of + words})

    evaluations = tuple(
        e.model_copy(
            update={
                "id": key(e.id),
                "label": f"{e.label or 'Part'} {n}",
                "statements": tuple(statement(s) for s in e.statements),
                "ratings": tuple(r.model_copy(update={"places": moved(r.places)}) for r in e.ratings),
                "links": tuple(x.model_copy(update={"from_": key(x.from_), "to": key(x.to), "places": moved(x.places)}) for x in e.links),
            }
        )
        for e in record.evaluations
    )
    return {
        "pages": tuple(p.model_copy(update={"number": p.number + ahead}) for p in record.pages),
        "passages": tuple(passage(p) for p in record.passages),
        "evaluations": evaluations,
        "footnotes": tuple(f.model_copy(update={"places": moved(f.places), "marks": moved(f.marks)}) for f in record.footnotes),
        "quantities": tuple(quantity(q) for q in record.quantities),
        "paragraphs": tuple(p.model_copy(update={"places": moved(p.places)}) for p in record.paragraphs),
    }
