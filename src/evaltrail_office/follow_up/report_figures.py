"""Figures that a report of follow-up prints: the office's definitions, of the recommendations that stand in it and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.measure.follow_up import FollowUp as Facts
from evaltrail.measure.follow_up import Period, figure
from evaltrail_office.follow_up import definitions, tallies
from evaltrail_office.follow_up.facts import Chosen
from evaltrail_office.follow_up.facts import facts as read
from evaltrail_office.follow_up.queries_figures import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.past import Past
    from evaltrail_office.follow_up.reports import Asked


def facts(user: User, asked: Asked, evaluations: Sequence[str], past: Past | None = None) -> Facts:
    """What the figures are worked out from, of evaluations with these keys (none: all): as it is now, or as it stood."""
    who = None if asked.public else user
    return read(Chosen(released=asked.public, user=who, evaluations=tuple(evaluations), past=past))


def joined(parts: Sequence[Facts]) -> Facts:
    """Facts of different evaluations together."""
    return Facts(tuple(r for p in parts for r in p.recommendations), tuple(e for p in parts for e in p.evaluations))


def figures(asked: Asked, own: Facts, keys: Sequence[str], today: date) -> list[dict[str, Any]]:
    """Name, value, what it was counted from and definition of each; one that cannot be given says why."""
    if not keys:
        return []
    wanted = frozenset(keys)
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
