"""Recommendations to choose from, where many are changed in one go."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from evaltrail_office.accounts.access import visible
from evaltrail_office.follow_up.actions.together import FIELDS, words
from evaltrail_office.follow_up.models import Charge, Track
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User

RECENT = 5
"""Changes of many that can be taken back from the page."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which recommendations are listed."""

    evaluation: str = ""
    """Its key."""
    register: str = ""
    """Key of the register that brought them."""
    printed: str = ""
    """Words of the printed addressee."""
    words: str = ""
    """Of the recommendation."""
    lead: str = ""
    """``none``: without a lead unit; else a unit's key."""
    addressee: str = ""
    state: str = "followed"

    @classmethod
    def of(cls, given: Mapping[str, str], suffix: str = "") -> Filters:
        """From a query string; from a form with ``suffix`` after each name, because the form has fields of the same names."""
        return cls(**{name: str(given.get(name + suffix, default))[:200].strip() for name, default in asdict(cls()).items()})

    def used(self) -> dict[str, str]:
        """Those that narrow the list, for links and hidden fields."""
        return {name: value for name, value in asdict(self).items() if value}


def chosen(user: User, filters: Filters) -> QuerySet[Track]:
    """Recommendations that the person sees and the filters let through."""
    rows = visible(user, Track.objects.all())
    if filters.evaluation:
        rows = rows.filter(evaluation__key=filters.evaluation.upper())
    if filters.register:
        rows = rows.filter(register_rows__register__key=filters.register.upper())
    if filters.printed:
        rows = rows.filter(printed_addressee__icontains=filters.printed)
    if filters.words:
        rows = rows.filter(recommendation__text__icontains=filters.words)
    if filters.addressee:
        rows = rows.filter(addressee=filters.addressee)
    if filters.state in {"followed", "retired"}:
        rows = rows.filter(state=filters.state)
    led = Charge.objects.filter(lead=True, organisation="")
    if filters.lead == "none":
        rows = rows.exclude(pk__in=led.values("track"))
    elif filters.lead:
        rows = rows.filter(pk__in=led.filter(unit__key=filters.lead).values("track"))
    return rows.order_by("evaluation", "recommendation__position", "pk").distinct()


def with_all(rows: QuerySet[Track]) -> QuerySet[Track]:
    """With what a page shows of each."""
    related = rows.select_related("recommendation", "evaluation", "follow_up")
    return related.prefetch_related("charges__unit", "recommendation__samenesses")


def named(user: User, keys: list[str]) -> QuerySet[Track]:
    """Recommendations by key, of those that the person sees."""
    return with_all(visible(user, Track.objects.filter(Q(recommendation__key__in=keys)))).order_by("evaluation", "recommendation__position")


@dataclass(frozen=True, slots=True)
class Recent:
    """A change of many."""

    key: str
    entry: Entry
    field: str
    value: str
    count: int
    undone: bool


def recent(user: User, units: dict[str, str]) -> list[Recent]:
    """The person's own last changes of many."""
    own = list(Entry.objects.filter(actor=user.key, verb="changed together").order_by("-pk")[:RECENT])
    undone = set(Entry.objects.filter(thing__in=[e.thing for e in own], verb="undid").values_list("thing", flat=True))
    out = []
    for entry in own:
        new: Any = entry.new
        value = words(new["field"], new["value"], units)
        key = entry.thing.partition(":")[2]
        out.append(Recent(key, entry, str(FIELDS.get(new["field"], new["field"])), value, len(new["items"]), entry.thing in undone))
    return out
