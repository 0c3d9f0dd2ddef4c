"""What a person may see and do: the one answer for pages, the API and commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.utils import timezone

from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.policy import DOES, SEES, WORKS_IN_OFFICE, Group, Role, Stage, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles that a person holds today."""

    key: str = ""
    """The person's; empty: nobody is signed in."""
    today: date = field(default_factory=timezone.localdate)
    office: frozenset[Role] = frozenset()
    """Held in the whole office."""
    held: dict[str, frozenset[Role]] = field(default_factory=dict)
    """By evaluation's key, those held in the whole office not counted."""
    groups: frozenset[Group] = frozenset()
    units: frozenset[int] = frozenset()
    """Numbers of the units that the person belongs to or answers for."""
    administrator: bool = False

    def roles(self, evaluation: str = "") -> frozenset[Role]:
        """Roles in an evaluation, those of the whole office among them."""
        return self.office | self.held.get(evaluation, frozenset())

    def keys(self, roles: Iterable[Role]) -> list[str]:
        """Evaluations in which the person holds one of the roles."""
        wanted = frozenset(roles)
        return sorted(key for key, held in self.held.items() if held & wanted)

    @property
    def in_office(self) -> bool:
        """Whether the person works in the evaluation office."""
        return bool(self.office & WORKS_IN_OFFICE) or any(held & WORKS_IN_OFFICE for held in self.held.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about access to a thing: the evaluations that it belongs to, how far it has come, who brought it."""

    evaluations: tuple[str, ...]
    stage: Stage
    embargo: date | None = None
    """Governing-body members see it from this day on; None: from issue on."""
    brought_by: str = ""
    """Key of who uploaded it: they see it while it belongs to no evaluation."""


class Guarded(Protocol):
    """A row that not everybody may see."""

    def standing(self) -> Standing:
        """What decides about access to it."""

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Rows that the scope sees, as a condition; the same answer as ``sees`` gives for each."""


def scope_of(user: User | AnonymousUser) -> Scope:
    """Roles that a person holds today; one query, kept with the person for the request."""
    if not user.is_authenticated or not user.is_active:
        return Scope()
    kept: Scope | None = getattr(user, "_scope", None)
    if kept is not None:
        return kept
    today = timezone.localdate()
    office: set[Role] = set()
    held: dict[str, set[Role]] = {}
    groups: set[Group] = set()
    units = {user.unit_id} if user.unit_id else set()
    begun = Q(starts=None) | Q(starts__lte=today)
    going_on = Q(ends=None) | Q(ends__gte=today)
    for grant in Grant.objects.filter(begun, going_on, user=user, withdrawn=None):
        role = Role(grant.role)
        if grant.evaluation:
            held.setdefault(grant.evaluation, set()).add(role)
        else:
            office.add(role)
        if grant.group:
            groups.add(Group(grant.group))
        if grant.unit_id:
            units.add(grant.unit_id)
    scope = Scope(
        key=user.key,
        today=today,
        office=frozenset(office),
        held={key: frozenset(roles) for key, roles in held.items()},
        groups=frozenset(groups),
        units=frozenset(units),
        administrator=user.is_administrator,
    )
    user._scope = scope  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
    return scope


def sees(scope: Scope, thing: Standing) -> bool:
    """Whether a thing may be seen."""
    if not scope.key:
        return False
    if not thing.evaluations:
        return scope.key == thing.brought_by or Role.HEAD in scope.office
    for evaluation in thing.evaluations:
        roles = scope.roles(evaluation) & SEES[thing.stage]
        early = thing.stage == Stage.ISSUED and thing.embargo is not None and thing.embargo > scope.today
        if roles - ({Role.GOVERNING_BODY} if early else set()):
            return True
    return False


def may(user: User | AnonymousUser, verb: Verb, thing: Guarded | None = None) -> bool:
    """Whether a person may do something to a thing that they see; without a thing, to what is new."""
    scope = scope_of(user)
    if thing is None:
        return bool(scope.key) and (
            scope.in_office if verb in {Verb.UPLOAD, Verb.CORRECT, Verb.CONFIRM} else bool(scope.office & DOES[verb])
        )
    standing = thing.standing()
    if not sees(scope, standing):
        return False
    if verb is Verb.SEE:
        return True
    if not standing.evaluations:
        # A paper that belongs to no evaluation yet is in the hands of who brought it.
        return verb in {Verb.UPLOAD, Verb.CORRECT, Verb.CONFIRM, Verb.MATCH}
    return any(scope.roles(evaluation) & DOES[verb] for evaluation in standing.evaluations)


def require(user: User | AnonymousUser, verb: Verb, thing: Guarded | None = None) -> None:
    """Raise ``PermissionDenied`` where a person may not do something; the caller answers 404 to who may not even see it."""
    if not may(user, verb, thing):
        raise PermissionDenied(f"{verb.value} is not yours to do here")


def visible(user: User | AnonymousUser, rows: QuerySet[M]) -> QuerySet[M]:
    """Rows that a person may see. The model is a ``Guarded`` one."""
    scope = scope_of(user)
    if not scope.key:
        return rows.none()
    return rows.filter(rows.model.within(scope))  # type: ignore[attr-defined]


def within_stages(scope: Scope, *, evaluation: str, stage: str, embargo: str | None = None) -> Q:
    """Condition on rows with an evaluation's key and a stage, in columns of these names: the same answer as ``sees``."""
    condition = Q(pk__in=[])
    for at in Stage:
        roles = SEES[at]
        here = Q(**{stage: at.value})
        for early in (False, True) if at == Stage.ISSUED and embargo else (False,):
            counted = roles - {Role.GOVERNING_BODY} if early else roles
            when = here
            if at == Stage.ISSUED and embargo:
                when &= Q(**{f"{embargo}__gt": scope.today}) if early else Q(**{embargo: None}) | Q(**{f"{embargo}__lte": scope.today})
            if scope.office & counted:
                condition |= when & ~Q(**{evaluation: ""})
            elif keys := scope.keys(counted):
                condition |= when & Q(**{f"{evaluation}__in": keys})
    return condition


__all__ = ["Guarded", "Scope", "Standing", "may", "require", "scope_of", "sees", "visible", "within_stages"]
