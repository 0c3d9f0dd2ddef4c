"""Kinds of paper: a module each, found by scanning.

A module of a kind has ``NAME`` (what ``--as`` takes), ``HELP`` (one line, what the paper is) and ``composed(order)``.
A module whose name begins with an underscore holds what kinds share.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from evaltrail.write.order import Unwritable
from evaltrail.write.papers._rooted import rooted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.record import Record
    from evaltrail.write.model import Paper
    from evaltrail.write.order import Order

__all__ = ["Kind", "compose", "kinds"]


class Kind(Protocol):
    """A module of a kind of paper."""

    NAME: str
    HELP: str

    def composed(self, order: Order) -> Paper:
        """The paper.

        Raises ``Unwritable`` where the record lacks what such a paper is made of.
        """
        ...


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    modules = [cast("Kind", importlib.import_module(f"{__name__}.{n}")) for n in names]
    return {m.NAME: m for m in modules}


def compose(order: Order) -> Paper:
    """The paper that is asked for; where no kind is named, the one that fits the record.

    Raises:
        Unwritable: there is no such kind, or the record lacks what it is made of.
    """
    name = order.kind or fitting(order.record)
    kind = kinds().get(name)
    if kind is None:
        raise Unwritable(f"there is no kind of paper {name!r}; there are {', '.join(kinds())}")
    return kind.composed(replace(order, record=rooted(order.record)))


def fitting(record: Record) -> str:
    """The kind for a record: the paper itself where it was read from one, else what its statements make.

    A record without passages with a decision, with numbered paragraphs or with several evaluations is a governing-body
    paper; one with responses and no recommendation of its own a response matrix; anything else a report.
    """
    if record.passages:
        return "same"
    statements = {s.kind for e in record.evaluations for s in e.statements}
    if record.decisions or record.paragraphs or len(record.evaluations) > 1:
        return "governing-body"
    if "response" in statements and not statements - {"response"}:
        return "response-matrix"
    return "report"
