"""What an evaluation is about, for its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.facets import KIND_NAMES, SET_BY_PEOPLE, value_name

if TYPE_CHECKING:
    from evaltrail_office.evaluations.models import Evaluation


@dataclass(frozen=True, slots=True)
class Shown:
    """A country, theme or goal of an evaluation."""

    pk: int
    value: str
    name: str
    set_by: str
    """Name of the person; empty: it follows from what a paper says."""


@dataclass(frozen=True, slots=True)
class Group:
    """What an evaluation has of one kind."""

    kind: str
    name: str
    values: tuple[Shown, ...]


def facets_of(evaluation: Evaluation, *, empty: bool = False) -> list[Group]:
    """Countries, themes and goals of an evaluation that was found for the person; ``empty``: kinds without any too. Two queries."""
    rows = list(evaluation.facets.filter(kind__in=SET_BY_PEOPLE))
    names = queries.names(r.set_by for r in rows)
    groups = []
    for kind in SET_BY_PEOPLE:
        own = [Shown(r.pk, r.value, value_name(kind, r.value), names.get(r.set_by, r.set_by)) for r in rows if r.kind == kind]
        own.sort(key=lambda s: (int(s.value) if kind == "sdg" and s.value.isdecimal() else 0, s.name.casefold()))
        if own or empty:
            groups.append(Group(kind, str(KIND_NAMES[kind]), tuple(own)))
    return groups
