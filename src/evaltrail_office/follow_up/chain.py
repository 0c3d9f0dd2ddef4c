"""The chain of clearance of an answer as a line of steps: who cleared what and when, who is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail_office.follow_up import queries_answers as queries
from evaltrail_office.follow_up.machine import ResponseState

if TYPE_CHECKING:
    from datetime import datetime

    from evaltrail_office.follow_up.models import Clearance, Response
    from evaltrail_office.follow_up.preset import Preset


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the line."""

    name: str
    state: str
    """``done``, ``next``, ``later``."""
    words: str = ""
    by: str = ""
    when: datetime | None = None


def steps(response: Response, preset: Preset) -> list[Step]:
    """From the draft to being public. One query."""
    lead, others = queries.charged(response)
    rows = list(response.clearances.order_by("pk"))
    state = ResponseState(response.state)
    order = list(ResponseState)
    at = order.index(state)
    drafted = "done" if at > order.index(ResponseState.DRAFTED) else "next"
    who = lead.unit.name if lead else _("response coordinator") if response.track is None else _("no unit is asked yet")
    line = [Step(_("Draft"), drafted, who)]
    for n, step in enumerate(preset.clearance):
        if (response.track is None and step.by != "coordinator") or (step.by == "contributors" and not others):
            continue
        own = [c for c in rows if c.step == n and c.round == response.round and c.cleared]
        waiting = state == ResponseState.SUBMITTED and response.step == n
        passed = own and (state in queries.DONE or (state == ResponseState.SUBMITTED and response.step > n))
        if passed or (own and waiting):
            last = own[-1]
            line += [Step(step.name, "done" if passed else "next", c.words, c.made_by, c.made) for c in own if c is not last or passed]
        if waiting:
            line.append(Step(step.name, "next", queries.step_words(preset, n, lead, others)))
        elif not passed:
            line.append(Step(step.name, "later", queries.step_words(preset, n, lead, others)))
    handed = state in queries.HANDED_OVER
    sent = response.transmission
    line.append(
        Step(_("Transmitted"), "done" if handed else "next" if state == ResponseState.CLEARED else "later",
             "" if handed else _("response coordinator"), sent.made_by if sent else "", sent.made if sent else None)
    )  # fmt: skip
    line.append(
        Step(
            _("Public"),
            "done" if state == ResponseState.ISSUED else "next" if handed else "later",
            "" if response.issued else _("evaluation office"),
        )
    )
    return line


def sent_back(response: Response) -> Clearance | None:
    """Why an answer that is drafted again came back; None where it did not."""
    if response.state != ResponseState.DRAFTED or not response.round:
        return None
    last = response.clearances.order_by("-pk").first()
    return last if last is not None and not last.cleared and last.round == response.round else None
