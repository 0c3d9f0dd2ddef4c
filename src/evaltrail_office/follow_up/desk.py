"""What waits for one person: the same answer as ``Hands`` gives for each thing, as conditions that the database can look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from evaltrail_office.accounts.policy import Role
from evaltrail_office.follow_up.machine import ResponseState
from evaltrail_office.follow_up.models import Charge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail_office.follow_up.hands import Hands

EVERY = ~Q(pk__in=[])
"""All rows; an empty condition would be left out where it stands beside another."""
NOTHING = Q(pk__in=[])


class Desk:
    """Conditions on rows, for one person."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.scope, self.family = hands, hands.scope, hands.family
        units = self.family.within
        self.headed = frozenset(u for u in units if self.family.head.get(self.family.today(u)) == hands.user.pk)
        """Units that the person heads."""
        self.related = frozenset(u for u in units if any(self.family.related(mine, u) for mine in hands.units)) | self.headed
        """Units whose actions count as the person's own: nobody turns the second key on these."""
        self.below = frozenset(u for u in units if self._next_level(u))
        """Units for which the person is the next level of management."""

    def _next_level(self, unit: int) -> bool:
        above = self.family.above(self.family.today(unit))
        return bool(above) and (above[0] in self.hands.units or self.family.head.get(self.family.today(above[0])) == self.hands.user.pk)

    def holds(self, roles: Iterable[Role], evaluation: str = "evaluation__key") -> Q:
        """Rows of evaluations in which the person holds one of the roles; of all where they hold it in the whole office."""
        wanted = frozenset(roles)
        if self.scope.office & wanted:
            return EVERY
        among = self.scope.among(wanted)
        # Where there is none, no table of evaluations is needed to say so.
        return Q(**{f"{evaluation}__in": among}) if not isinstance(among, list) or among else NOTHING

    def names(self, part: str) -> Q:
        """Actions for which the preset names this person: ``verifier``, ``extension`` or ``closing__approver``; never their own."""
        rule = f"track__follow_up__{part.rpartition('__')[2]}"
        office = Q(**{rule: "evaluation_office"}) & self.holds({Role.HEAD, Role.VERIFIER})
        outside = Q(**{f"{rule}__in": ("committee", "audit")}) & self.holds({Role.VERIFIER})
        coordinator = Q(**{rule: "coordinator"}) & self.holds({Role.COORDINATOR})
        above = Q(**{rule: "next_level"}) & Q(unit__in=self.below)
        return (office | outside | coordinator | above) & ~self.owned()

    def owned(self) -> Q:
        """Actions on which the person may not turn the second key: their own, their units', and those of an office they work in."""
        own = Q(owner=self.hands.user) | Q(unit__in=self.related)
        evaluates = [u for u in self.family.within if self.family.today(u) in self.family.evaluates]
        if not evaluates:
            return own
        return own | Q(unit__in=evaluates) & self.holds({Role.HEAD, Role.MANAGER})

    def drafts(self) -> Q:
        """Answers that the person's unit leads, or that they coordinate, and that have to be written."""
        waiting = Q(state__in=(ResponseState.ASKED, ResponseState.DRAFTED), replaced=False)
        return waiting & self._charged(unit__in=self.hands.units, lead=True)

    def contributions(self) -> Q:
        """Answers to which the person's unit has not yet given what it contributes."""
        waiting = Q(state__in=(ResponseState.ASKED, ResponseState.DRAFTED), replaced=False)
        return waiting & self._charged(unit__in=self.hands.units, lead=False, given=None)

    def to_clear(self) -> Q:
        """Answers in clearance in which the person may have a step; ``Hands`` says whether it is the present one."""
        submitted = Q(state=ResponseState.SUBMITTED, replaced=False)
        charged = self._charged(unit__in=self.hands.units | self.headed | self.below)
        return submitted & (charged | self.holds({Role.COORDINATOR}))

    @staticmethod
    def _charged(**charge: Any) -> Q:
        # Of charges by themselves: joined to them, every answer would stand there once for each.
        return Q(track__in=Charge.objects.filter(**charge).values("track"))
