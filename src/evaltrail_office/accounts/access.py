"""What a person may see and do: the one answer for pages, the API and commands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.policy import APART, CONCERNS_ALL, DOES, SEES, SEES_ALL, WORDS, WORKS_IN_OFFICE, Group, Role, Stage, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User

M = TypeVar("M", bound=Model)
NONE = Q(pk__in=[])
_BEFORE_RELEASE = tuple(at for at in Stage if at != Stage.RELEASED)


MANY = 500
"""Evaluations of one person from which on a query asks the table of grants for them instead of naming each."""
EMERGENCY = timedelta(hours=24)
"""How long emergency access lasts."""


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
    groups: dict[str, frozenset[Group]] = field(default_factory=dict)
    """Of a constituent, by evaluation's key; under the empty key in the whole office."""
    units: frozenset[int] = frozenset()
    """Numbers of the units that the person belongs to or answers for."""
    administrator: bool = False
    emergency: frozenset[str] = frozenset()
    """Keys of the evaluations that an administrator looks into at the moment: to see, not to do anything."""

    def roles(self, evaluation: str = "") -> frozenset[Role]:
        """Roles in an evaluation, those of the whole office among them."""
        return self.office | self.held.get(evaluation, frozenset())

    def seeing(self, stage: Stage, evaluation: str) -> frozenset[Role]:
        """Roles that show what has come to a stage in an evaluation: some do so only where they were given for that evaluation."""
        return self.office & SEES_ALL[stage] | self.held.get(evaluation, frozenset()) & SEES[stage]

    def keys(self, roles: Iterable[Role]) -> list[str]:
        """Evaluations in which the person holds one of the roles."""
        wanted = frozenset(roles)
        return sorted(key for key, held in self.held.items() if held & wanted)

    def among(self, roles: Iterable[Role]) -> list[str] | QuerySet[Grant, str]:
        """The same for the right side of an ``__in``: where they are many, as a question to the table of grants."""
        wanted = frozenset(roles)
        keys = self.keys(wanted)
        if len(keys) <= MANY:
            return keys
        return current_grants().filter(user__key=self.key, emergency=False, role__in=sorted(wanted)).values_list("evaluation", flat=True)

    @property
    def holds_a_role(self) -> bool:
        """Whether the person has any part in evaluation: then they see what is released. Running the system is no part in it."""
        return bool(self.office or self.held)

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
    frame: bool = False
    """Whether it is the evaluation itself and none of its papers: whoever holds any role in it knows that it is there."""
    announced: bool = False
    """Of a frame: whether it stands in a plan that was made known."""


class Guarded(Protocol):
    """A row that not everybody may see."""

    def standing(self) -> Standing:
        """What decides about access to it."""

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Rows that the scope sees, as a condition; the same answer as ``sees`` gives for each."""


def current_grants() -> QuerySet[Grant]:
    """Grants that hold today: begun, not ended, not withdrawn; those of an emergency for a day from when they were taken."""
    today = timezone.localdate()
    begun = Q(starts=None) | Q(starts__lte=today)
    going_on = Q(emergency=False) & (Q(ends=None) | Q(ends__gte=today)) | Q(emergency=True, given__gt=timezone.now() - EMERGENCY)
    return Grant.objects.filter(begun, going_on, withdrawn=None)


def scope_of(user: User | AnonymousUser) -> Scope:
    """Roles that a person holds today; one query, kept with the person for the request."""
    if not user.is_authenticated or not user.is_active:
        return Scope()
    kept: Scope | None = getattr(user, "_scope", None)
    if kept is not None:
        return kept
    office: set[Role] = set()
    held: defaultdict[str, set[Role]] = defaultdict(set)
    groups: defaultdict[str, set[Group]] = defaultdict(set)
    emergency: set[str] = set()
    units = {user.unit_id} if user.unit_id else set()
    columns = ("evaluation", "role", "group", "unit_id", "emergency")
    for evaluation, role, group, unit, urgent in current_grants().filter(user=user).order_by().values_list(*columns):
        if urgent:
            emergency.add(evaluation)
            continue
        (held[evaluation] if evaluation else office).add(Role(role))
        if group:
            groups[evaluation].add(Group(group))
        if unit:
            units.add(unit)
    scope = Scope(
        key=user.key,
        today=timezone.localdate(),
        office=frozenset(office),
        held={key: frozenset(roles) for key, roles in held.items()},
        groups={key: frozenset(of) for key, of in groups.items()},
        units=frozenset(units),
        administrator=user.is_administrator,
        emergency=frozenset(emergency),
    )
    user._scope = scope  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
    return scope


def forget_scope(user: User) -> None:
    """Have a person's roles read anew, after one was given or withdrawn in the same request."""
    # A view's user stands before the person and has a dict of its own, so that the attribute is set and deleted through it.
    if hasattr(user, "_scope"):
        del user._scope  # noqa: SLF001 - kept there by the function above


def sees(scope: Scope, thing: Standing) -> bool:
    """Whether a thing may be seen.

    A constituent who was named for the evaluation sees its papers from when they are circulated, because their comments are asked for; one
    of the whole office sees what is released. ``within_office`` and ``within_held`` say the same of rows.
    """
    if not scope.key:
        return False
    if not thing.evaluations:
        return scope.key == thing.brought_by or Role.HEAD in scope.office
    if not scope.emergency.isdisjoint(thing.evaluations):
        return True
    if scope.holds_a_role and (thing.stage == Stage.RELEASED or thing.announced):
        return True
    early = thing.stage == Stage.ISSUED and thing.embargo is not None and thing.embargo > scope.today
    barred = {Role.GOVERNING_BODY} if early else set()
    for evaluation in thing.evaluations:
        if thing.frame and evaluation in scope.held:
            return True
        if scope.seeing(thing.stage, evaluation) - barred:
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
    held = [scope.roles(evaluation) for evaluation in standing.evaluations]
    if any(roles & APART.get(verb, frozenset()) for roles in held):
        return False
    return (all if verb in CONCERNS_ALL else any)(bool(roles & DOES[verb]) for roles in held)


def require(user: User | AnonymousUser, verb: Verb, thing: Guarded | None = None) -> None:
    """Raise ``PermissionDenied`` where a person may not do something; the caller answers 404 to who may not even see it."""
    if not may(user, verb, thing):
        roles = ", ".join(str(role.label) for role in Role if role in DOES.get(verb, ()))
        raise PermissionDenied(_("Your roles do not allow you to %(do)s here. It is for: %(roles)s.") % {"do": WORDS[verb], "roles": roles})


def visible(user: User | AnonymousUser, rows: QuerySet[M]) -> QuerySet[M]:
    """Rows that a person may see. The model is a ``Guarded`` one."""
    scope = scope_of(user)
    if not scope.key:
        return rows.none()
    return rows.filter(rows.model.within(scope))  # type: ignore[attr-defined]


def within_office(scope: Scope, *, stage: str, embargo: str = "") -> Q:
    """Condition on rows with a stage, for what the roles that a person holds in the whole office let them see.

    The rows all belong to an evaluation. ``stage`` and ``embargo`` are names of columns.
    """
    condition = NONE
    if scope.holds_a_role:
        condition |= Q(**{stage: Stage.RELEASED.value})
    for at in _BEFORE_RELEASE:
        if roles := scope.office & SEES_ALL[at]:
            late = at == Stage.ISSUED and embargo and roles == {Role.GOVERNING_BODY}
            condition |= Q(**{stage: at.value}) & (_open(scope, embargo) if late else Q())
    return condition


def within_held(scope: Scope, *, evaluation: str, stage: str, embargo: str = "") -> Q:
    """Condition on rows with an evaluation's key and a stage, for what the roles held in single evaluations let a person see."""
    condition = Q(**{f"{evaluation}__in": sorted(scope.emergency)}) if scope.emergency else NONE
    for at in _BEFORE_RELEASE:
        here, roles = Q(**{stage: at.value}), SEES[at]
        if at == Stage.ISSUED and embargo:
            if scope.keys({Role.GOVERNING_BODY}):
                condition |= here & _open(scope, embargo) & Q(**{f"{evaluation}__in": scope.among({Role.GOVERNING_BODY})})
            roles = roles - {Role.GOVERNING_BODY}
        if scope.keys(roles):
            condition |= here & Q(**{f"{evaluation}__in": scope.among(roles)})
    return condition


def within_stages(scope: Scope, *, evaluation: str, stage: str, embargo: str = "") -> Q:
    """Condition on rows with an evaluation's key and a stage, in columns of these names: the same answer as ``sees``."""
    placed = ~Q(**{evaluation: ""})
    if Role.HEAD in scope.office:
        return placed
    return placed & within_office(scope, stage=stage, embargo=embargo) | within_held(
        scope, evaluation=evaluation, stage=stage, embargo=embargo
    )


def _open(scope: Scope, embargo: str) -> Q:
    return Q(**{embargo: None}) | Q(**{f"{embargo}__lte": scope.today})


def groups_hidden_from(scope: Scope, evaluation: str) -> frozenset[Group]:
    """Groups of constituents whose entries in an evaluation a person does not see before they are released.

    Whoever drafts the report sees all; a constituent sees those of their own group; everybody else sees none.
    """
    if evaluation in scope.emergency or scope.roles(evaluation) & SEES[Stage.DRAFT]:
        return frozenset()
    return frozenset(Group) - scope.groups.get("", frozenset()) - scope.groups.get(evaluation, frozenset())


__all__ = [
    "Guarded",
    "Scope",
    "Standing",
    "current_grants",
    "forget_scope",
    "groups_hidden_from",
    "may",
    "require",
    "scope_of",
    "sees",
    "visible",
    "within_held",
    "within_office",
    "within_stages",
]
