"""Whether planned actions are fit to be followed: aligned with the recommendation, specific, measurable, assigned, time-bound.

By rule where one can tell: the library's checks look at an action's words, and a unit and a date are there or not. Whether an action
answers its recommendation only a person can say. A person's word comes before a rule's, and both stay visible.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail.check.planned import said_of
from evaltrail_office.accounts.access import visible
from evaltrail_office.follow_up.machine import SYSTEM, ActionState
from evaltrail_office.follow_up.models import Action, PlanJudgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import FollowUp

Criterion = PlanJudgement.Criterion
_OWNER, _DATE = "RES006", "RES007"
"""Codes of the library's rules on the same of printed actions."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one criterion."""

    criterion: str
    label: str
    met: bool | None
    """None: nobody has said, and no rule can tell."""
    rule: str = ""
    """Code of the rule; empty where a person said it."""
    words: str = ""
    by: str = ""
    """Key of the person."""
    rule_says: bool | None = None
    """What the rule says where a person said otherwise."""


def by_rule(action: Action, recommendation: str, language: str = "en") -> list[PlanJudgement]:
    """What rules say of an action, as rows that are not written."""
    found = [
        _row(
            action, Criterion.ASSIGNED, met=action.unit_id is not None, rule=_OWNER, words="" if action.unit_id else _("no unit is named")
        ),
        _row(action, Criterion.TIME_BOUND, met=action.due is not None, rule=_DATE, words="" if action.due else _("no date is given")),
    ]
    for said in said_of(action.text, recommendation=recommendation, language=language):
        quoted = ", ".join(f"“{w}”" for w in said.words)
        words = ""
        if not said.met and said.rule == "RES015":
            words = _("it only says again what is recommended")
        elif not said.met and said.criterion == "specific":
            words = (
                _("%(words)s says neither what is done nor how far") % {"words": quoted} if quoted else _("it only points in a direction")
            )
        elif not said.met:
            words = _("%(words)s names nothing by which to tell") % {"words": quoted} if quoted else _("it names nothing by which to tell")
        found.append(_row(action, Criterion(said.criterion), met=said.met, rule=said.rule, words=words))
    return found


def _row(action: Action, criterion: PlanJudgement.Criterion, *, met: bool, rule: str, words: str) -> PlanJudgement:
    return PlanJudgement(action=action, criterion=criterion, met=met, rule=rule, words=words, made_by=SYSTEM)


def keep(actions: Sequence[Action], language: str = "en") -> None:
    """Write down what rules say of actions that were promised just now. Called in a transaction."""
    PlanJudgement.objects.filter(action__in=actions).exclude(rule="").delete()
    made = [row for a in actions for row in by_rule(a, a.track.recommendation.text, language)]
    PlanJudgement.objects.bulk_create(made)


def marks(rows: Iterable[PlanJudgement]) -> list[Mark]:
    """The five criteria of an action, each with the word that counts: a person's before a rule's."""
    by: defaultdict[str, list[PlanJudgement]] = defaultdict(list)
    for row in rows:
        by[row.criterion].append(row)
    found = []
    for criterion in Criterion:
        rule = next((r for r in by[criterion] if r.rule), None)
        person = next((r for r in by[criterion] if not r.rule), None)
        counts = person or rule
        found.append(
            Mark(
                criterion=criterion.value,
                label=str(criterion.label),
                met=counts.met if counts else None,
                rule=counts.rule if counts else "",
                words=counts.words if counts else "",
                by=person.made_by if person else "",
                rule_says=rule.met if rule and person and rule.met != person.met else None,
            )
        )
    return found


def live_marks(action: Action, language: str = "en") -> list[Mark]:
    """What rules would say of an action that is still drafted."""
    return marks(by_rule(action, action.track.recommendation.text, language))


@dataclass(frozen=True, slots=True)
class Fit:
    """How many plans meet all five."""

    met: int = 0
    judged: int = 0
    """Of which all five are judged, or one is known not to be met."""
    all: int = 0


def fit_of(user: User, follow_up: FollowUp) -> Fit:
    """Plans that meet all five, of the actions in force that a person sees. Two queries."""
    actions = visible(user, Action.objects.filter(evaluation=follow_up.evaluation, track__follow_up=follow_up, implied=False))
    keys = list(actions.exclude(state=ActionState.PROPOSED).order_by().values_list("pk", flat=True))
    return counted(keys, PlanJudgement.objects.filter(action__in=keys).order_by().values_list("action_id", "criterion", "rule", "met"))


def counted(actions: Sequence[int], rows: Iterable[tuple[int, str, str, bool]]) -> Fit:
    """The same from rows (action, criterion, rule, met)."""
    said: dict[int, dict[str, tuple[bool, bool]]] = {pk: {} for pk in actions}
    for action, criterion, rule, met in rows:
        own = said.get(action)
        # A person's word stays, whatever comes after it.
        if own is not None and (criterion not in own or not own[criterion][0]):
            own[criterion] = (not rule, met)
    whole = [_whole(own) for own in said.values()]
    return Fit(met=whole.count(True), judged=sum(one is not None for one in whole), all=len(whole))


def _whole(said: Mapping[str, tuple[bool, bool]]) -> bool | None:
    """Whether all five are met; None where one is not judged and none is known to be missing."""
    if any(not met for _person, met in said.values()):
        return False
    return True if len(said) == len(Criterion) else None
