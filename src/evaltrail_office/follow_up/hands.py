"""In whose hands a thing is: what a person may turn, by their unit, their roles and the preset."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.policy import Role
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.machine import AskState, Hand
from evaltrail_office.follow_up.models import Action, Charge, Concern, FollowUp, Response, Track
from evaltrail_office.follow_up.preset import Preset

if TYPE_CHECKING:
    from evaltrail_office.accounts.models import User

Followed = Track | Response | Action | Concern


class Hands:
    """What one person may turn. Made once a request: it keeps what it has read."""

    def __init__(self, user: User, family: Family | None = None) -> None:
        self.user = user
        self.scope = scope_of(user)
        self.family = family or Family.read()
        self.units = self.family.answered_by(self.scope.units)
        """Numbers of the units for which the person answers."""

    def of(self, thing: Followed, preset: Preset) -> frozenset[Hand]:
        """The hands that the person has for a thing, which is the row as it is now."""
        found = self._roles(thing)
        if isinstance(thing, Concern):
            if thing.raised_by_id == self.user.pk:
                found.add(Hand.RAISER)
            if thing.owner_id == self.user.pk:
                found.add(Hand.OWNER)
            return frozenset(found)
        track = thing.track if isinstance(thing, Response | Action) else thing
        charges = list(track.charges.all()) if track is not None else []
        organisation = thing.organisation if isinstance(thing, Response) else None
        found |= self._charged(charges, organisation)
        if isinstance(thing, Response):
            found |= self._clearing(thing, charges, preset)
        if isinstance(thing, Action):
            found |= self._acting(thing, preset)
        return frozenset(found)

    def _roles(self, thing: Followed) -> set[Hand]:
        roles = self.scope.roles(thing.evaluation.key if thing.evaluation is not None else "")
        found: set[Hand] = set()
        if Role.COORDINATOR in roles:
            found.add(Hand.COORDINATOR)
        if roles & {Role.HEAD, Role.MANAGER}:
            found.add(Hand.OFFICE)
        if Role.HEAD in roles:
            found.add(Hand.HEAD)
        return found

    def _charged(self, charges: list[Charge], organisation: str | None) -> set[Hand]:
        own = [c for c in charges if c.unit_id in self.units and organisation in {None, c.organisation}]
        return {Hand.LEAD if c.lead else Hand.CONTRIBUTOR for c in own}

    def _clearing(self, response: Response, charges: list[Charge], preset: Preset) -> set[Hand]:
        if response.step >= len(preset.clearance):
            return set()
        lead = next((c.unit_id for c in charges if c.lead and c.organisation == response.organisation), None)
        match preset.clearance[response.step].by:
            case "unit_head":
                mine = lead is not None and self._heads(lead)
            case "next_level":
                mine = lead is not None and self._next_level(lead)
            case "coordinator":
                mine = Role.COORDINATOR in self.scope.roles(response.evaluation.key)
            case _:
                others = [c.unit_id for c in charges if not c.lead and c.organisation == response.organisation]
                mine = any(unit in self.units for unit in others)
        return {Hand.CLEARER} if mine else set()

    def _acting(self, action: Action, preset: Preset) -> set[Hand]:
        found: set[Hand] = set()
        if action.owner_id == self.user.pk:
            found.add(Hand.OWNER)
        if action.unit_id in self.units or (action.unit_id is not None and self._heads(action.unit_id)):
            found.add(Hand.UNIT)
        if not found and any(x.made_by == self.user.key and x.state == AskState.ASKED for x in action.extensions.all()):
            # Of the unit when they asked, and of another since.
            found.add(Hand.CLAIMER)
        own = found | ({Hand.UNIT} if self.owns(action) else set())
        if not own:
            if self._named(preset.verifier, action):
                found.add(Hand.VERIFIER)
            if self._named(preset.extension, action):
                found.add(Hand.AUTHORITY)
            if self._named(preset.closing.approver, action):
                found.add(Hand.APPROVER)
        return found

    def owns(self, action: Action) -> bool:
        """Whether the action is the person's own or their unit's, so that they may not turn the second key on it.

        The evaluation office is no exception: on an action of its own nobody of the office verifies, be it the head.
        """
        if action.owner_id == self.user.pk:
            return True
        if action.unit_id is None:
            return False
        if any(self.family.related(mine, action.unit_id) for mine in self.units):
            return True
        office = self.family.today(action.unit_id) in self.family.evaluates
        return office and bool(self.scope.roles(action.evaluation.key) & {Role.HEAD, Role.MANAGER})

    def _named(self, who: str, action: Action) -> bool:
        """Whether the person is who a preset names: for a unit's own action never one of the unit."""
        roles = self.scope.roles(action.evaluation.key)
        match who:
            case "evaluation_office":
                return bool(roles & {Role.HEAD, Role.VERIFIER})
            case "committee" | "audit":
                return Role.VERIFIER in roles
            case "coordinator":
                return Role.COORDINATOR in roles
            case "next_level":
                return action.unit_id is not None and self._next_level(action.unit_id)
        return False

    def _heads(self, unit: int) -> bool:
        return self.family.head.get(self.family.today(unit)) == self.user.pk

    def _next_level(self, unit: int) -> bool:
        """Whether the person heads, or answers for, what the unit belongs to."""
        above = self.family.above(self.family.today(unit))
        return bool(above) and (above[0] in self.units or self._heads(above[0]))


def preset_of(follow_up: FollowUp) -> Preset:
    """The preset by which a follow-up runs, as it was when it was opened; read once a row."""
    kept = cast("Preset | None", getattr(follow_up, "_preset", None))
    if kept is None:
        kept = Preset.model_validate(follow_up.rules)
        follow_up._preset = kept  # type: ignore[attr-defined]  # noqa: SLF001 - kept with the row
    return kept
