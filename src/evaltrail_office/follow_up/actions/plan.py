"""Judging a plan before work starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.follow_up.machine import CLOSED, HANDS, ActionState, Hand
from evaltrail_office.follow_up.models import Action, PlanJudgement
from evaltrail_office.follow_up.moving import locked, preset_for
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail_office.accounts.models import User


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person says of a criterion."""

    met: bool
    words: str = ""


def may_judge(hands: Hands, action: Action) -> bool:
    """Whether a person may judge the plan of an action now: the evaluation office, of a unit's action that nobody has claimed yet."""
    before = action.state != ActionState.PROPOSED and action.state not in CLOSED and not list(action.claims.all())
    return before and Hand.OFFICE in hands.of(action, preset_for(action)) and not hands.owns(action)


def judge_plan(user: User, action: Action, said: Mapping[str, Judged | None], revision: int | None = None) -> Action:
    """Say of criteria whether a plan meets them; None takes back what was said. A rule's judgement stays beside it.

    Raises:
        PermissionDenied: it is not the evaluation office's to judge: the person is not of it, or the action is their own unit's.
        Refused: it is not handed over yet, or somebody has claimed it already; there is no such criterion; what is not met has no reason.
    """
    with transaction.atomic():
        action = locked(action, revision)
        hands = Hands(user)
        if Hand.OFFICE not in hands.of(action, preset_for(action)):
            raise PermissionDenied(_("This is for: %(whose)s.") % {"whose": HANDS[Hand.OFFICE]})
        if hands.owns(action):
            raise PermissionDenied(_("Nobody judges the plan of what they or their unit own."))
        if action.state == ActionState.PROPOSED:
            raise Refused(_("A plan is judged when it was handed over."))
        if action.claims.exists() or action.state in CLOSED:
            raise Refused(_("A plan is judged before the first claim; now its result is."))
        before = {j.criterion: j for j in action.plan_judgements.select_for_update().filter(rule="")}
        old, new = {}, {}
        for criterion, judged in said.items():
            if criterion not in PlanJudgement.Criterion.values:
                raise Refused(_("There is no criterion %(name)s.") % {"name": criterion}, criterion)
            was = before.get(criterion)
            now = (judged.met, " ".join(judged.words.split())) if judged else None
            if now is not None and not now[0] and not now[1]:
                raise Refused(_("Say what is missing: the unit will read it."), criterion)
            if (None if was is None else (was.met, was.words)) == now:
                continue
            old[criterion], new[criterion] = was.met if was else None, now[0] if now else None
            if was is not None:
                was.delete()
            if now is not None:
                PlanJudgement.objects.create(action=action, criterion=criterion, met=now[0], words=now[1], made_by=user.key)
        if new:
            note(user, "judged", f"action:{action.key}", about=action.evaluation.key, old={"plan": old}, new={"plan": new})
    return action
