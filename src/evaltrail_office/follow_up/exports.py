"""Lists of actions as files: CSV and XLSX in which no cell is a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.follow_up.groups import ORDER, Filters, condition, since_of
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.queries_board import fetched, names_of, share_rules
from evaltrail_office.follow_up.standing import past, standing
from evaltrail_office.follow_up.tables import as_csv, as_xlsx
from evaltrail_office.follow_up.timeline import dates_of, until_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from evaltrail_office.follow_up.models import Action, Proof

MOST = 10_000
"""Rows of a file; who wants more narrows the list, or takes an export of everything from the API."""
_AT_ONCE = 500
_WIDE = {4: 60, 5: 30, 9: 24, 17: 40}


def heads() -> tuple[str, ...]:
    """Names of the columns."""
    return (
        _("key"), _("number"), _("recommendation"), _("evaluation"), _("action"), _("unit"), _("owner"), _("priority"), _("state"),
        _("state in words"), _("promised for"), _("date that holds"), _("dates that were moved"), _("days past the first date"),
        _("days past the date that holds"), _("status as the unit says"), _("reason for delay"), _("in words"), _("claimed"),
        _("claimed as"), _("verified"), _("verified as"), _("verified by"), _("closed"), _("cost"), _("currency"),
    )  # fmt: skip


def listed(rows: QuerySet[Action], filters: Filters, shown_proofs: QuerySet[Proof]) -> QuerySet[Action]:
    """Rows of a list that was narrowed so, in its order."""
    today = timezone.localdate()
    since = since_of(filters, today)
    group = filters.group
    found = filters.on(rows.exclude(state="proposed"), today)
    if group or filters.overdue:
        found = found.filter(condition(group or "open", today, since))
    return fetched(found, shown_proofs).order_by(*ORDER.get(group, ("due", "pk")))


def cells(rows: QuerySet[Action]) -> Iterator[tuple[Any, ...]]:
    """A tuple for each action, in the order of ``heads``."""
    today = timezone.localdate()
    keys = list(rows.values_list("pk", flat=True)[:MOST])
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        found = {a.pk: a for a in rows.filter(pk__in=part)}
        ordered = [found[pk] for pk in part if pk in found]
        share_rules(ordered)
        names = names_of(ordered)
        yield from (_cells(a, names, today) for a in ordered)


def _cells(a: Action, names: dict[str, str], today: date) -> tuple[Any, ...]:
    preset = preset_of(a.track.follow_up)
    at = standing(a, preset, today, claims=len(a.claims.all()))

    def words(code: str) -> str:
        known = preset.status(code)
        return known.words if known else code

    reason = preset.reason(a.delay)
    until = until_of(a, today)
    late = (past(a.first_due, until), past(a.due, until)) if until else (None, None)
    return (
        a.key, a.number, a.track.recommendation.number or a.track.recommendation.key, a.evaluation.title, a.text,
        a.unit.name if a.unit else "", a.owner.name if a.owner else "", a.track.recommendation.priority, str(a.get_state_display()),
        at.words, a.first_due, a.due, "; ".join(d.isoformat() for d in dates_of(a, today).earlier), late[0], late[1],
        words(a.status), reason.words if reason else a.delay, a.delay_words, a.claimed, words(a.claimed_status),
        a.verified, words(a.verified_status), names.get(a.verified_by, ""), a.closed,
        float(a.cost) if a.cost is not None else None, a.currency,
    )  # fmt: skip


def written(form: str, rows: QuerySet[Action], title: str) -> bytes:
    """The list as a file of that form, a key of ``tables.MEDIA_TYPES``."""
    if form == "csv":
        return as_csv(heads(), cells(rows))
    return as_xlsx(title, _("Actions"), heads(), cells(rows), widths=_WIDE, width=15)
