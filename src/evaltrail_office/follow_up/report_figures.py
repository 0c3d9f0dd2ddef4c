"""Figures that a report of follow-up prints: the office's definitions, of the recommendations that stand in it and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.measure.follow_up import FollowUp as Facts
from evaltrail.measure.follow_up import Period, figure
from evaltrail_office.follow_up import definitions, tallies
from evaltrail_office.follow_up.facts import Chosen, facts
from evaltrail_office.follow_up.queries_figures import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.reports import Asked


def figures(user: User, asked: Asked, keys: Sequence[str], today: date) -> list[dict[str, Any]]:
    """Name, value, what it was counted from and definition of each; one that cannot be given says why."""
    if not keys:
        return []
    wanted = frozenset(keys)
    own = facts(Chosen(released=asked.public, user=None if asked.public else user, evaluations=asked.evaluations))
    shown = {r.evaluation for r in own.recommendations if r.key in wanted}
    # Of a unit there are recommendations and actions; evaluations are the office's.
    about = () if asked.unit else tuple(e for e in own.evaluations if e.key in shown)
    own = Facts(tuple(r for r in own.recommendations if r.key in wanted), about)
    period = Period.of_year(asked.year) if asked.year else definitions.period(today)
    out = []
    for d in definitions.in_use():
        if asked.unit and any(f.unit == "evaluation" for f in d.formulas()):
            continue
        body = tallies.body_of(figure(d, own, today, period, settings=definitions.numbers(d)))
        said = Shown(d, body)
        name = f"{d.name} ({d.organisation})" if d.organisation else d.name
        counted = said.counts if said.known else ""
        out.append({"name": name, "value": said.words, "counted": counted, "definition": d.words, "abstained": body["abstained"] or ""})
    return out
