"""Units as they hang together: what each belongs to, and which followed which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from evaltrail_office.accounts.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from evaltrail_office.accounts.access import Scope


@dataclass(frozen=True, slots=True)
class Family:
    """All units, as they hang together: what each belongs to, and which followed which."""

    within: dict[int, int | None] = field(default_factory=dict)
    successor: dict[int, int | None] = field(default_factory=dict)
    head: dict[int, int | None] = field(default_factory=dict)
    evaluates: frozenset[int] = frozenset()
    until: dict[int, date] = field(default_factory=dict)
    """The last day of units that have one."""

    @classmethod
    def read(cls) -> Family:
        """From the table, in one query; units are few."""
        rows = list(Unit.objects.order_by().values_list("pk", "within_id", "successor_id", "head_id", "evaluates", "valid_until"))
        return cls(
            within={pk: within for pk, within, *_ in rows},
            successor={pk: successor for pk, _, successor, *_ in rows},
            head={pk: head for pk, _, _, head, *_ in rows},
            evaluates=frozenset(pk for pk, _, _, _, evaluates, _ in rows if evaluates),
            until={pk: until for pk, *_, until in rows if until is not None},
        )

    def today(self, unit: int) -> int:
        """The unit that answers for a unit now: itself, or the last of its successors."""
        seen = {unit}
        while (following := self.successor.get(unit)) is not None and following not in seen:
            seen.add(following)
            unit = following
        return unit

    def ended(self, unit: int) -> bool:
        """Whether a unit is over and nobody follows it."""
        until = self.until.get(self.today(unit))
        return until is not None and until < timezone.localdate()

    def answered_by(self, units: Iterable[int]) -> frozenset[int]:
        """Units for which people of these units answer: their own, and all that were merged into them."""
        own = frozenset(units)
        return own | {pk for pk in self.successor if self.today(pk) in own}

    def above(self, unit: int) -> list[int]:
        """Units that a unit belongs to, the nearest first."""
        found: list[int] = []
        at = self.within.get(unit)
        while at is not None and at not in found:
            found.append(at)
            at = self.within.get(at)
        return found

    def related(self, one: int, other: int) -> bool:
        """Whether one is the other or lies inside it, as they are today."""
        one, other = self.today(one), self.today(other)
        return one == other or other in self.above(one)

    def seen_by(self, units: Iterable[int]) -> frozenset[int]:
        """Units whose work people of these units see: those for which they answer, and all that belong to these."""
        own = self.answered_by(units)
        return own | {pk for pk in self.within if not own.isdisjoint(self.above(self.today(pk)))}


def units_seen(scope: Scope) -> frozenset[int]:
    """Units whose answers and actions a person sees: those that they belong to, answer for or head, and what is below these."""
    if not scope.key:
        return frozenset()
    own = scope.units | frozenset(Unit.objects.filter(head__key=scope.key).values_list("pk", flat=True))
    return Family.read().seen_by(own) if own else frozenset()
