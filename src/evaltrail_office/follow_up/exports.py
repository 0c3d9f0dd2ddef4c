"""Lists of actions as files: CSV and XLSX in which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail.write.cells import begins_a_formula, clean, disarmed
from evaltrail_office.follow_up.groups import ORDER, Filters, condition, since_of
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.queries_board import fetched, names_of, share_rules
from evaltrail_office.follow_up.standing import past, standing
from evaltrail_office.follow_up.timeline import dates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from evaltrail_office.follow_up.models import Action, Proof

MOST = 10_000
"""Rows of a file; who wants more narrows the list, or takes an export of everything from the API."""
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_AT_ONCE = 500
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
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
    until = today if not a.closed else a.claimed or a.closed
    return (
        a.key, a.number, a.track.recommendation.number or a.track.recommendation.key, a.evaluation.title, a.text,
        a.unit.name if a.unit else "", a.owner.name if a.owner else "", a.track.recommendation.priority, str(a.get_state_display()),
        at.words, a.first_due, a.due, "; ".join(d.isoformat() for d in dates_of(a, today).earlier), past(a.first_due, until),
        past(a.due, until), words(a.status), reason.words if reason else a.delay, a.delay_words, a.claimed, words(a.claimed_status),
        a.verified, words(a.verified_status), names.get(a.verified_by, ""), a.closed,
        float(a.cost) if a.cost is not None else None, a.currency,
    )  # fmt: skip


def as_csv(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """With a byte order mark, so that spreadsheets know the letters."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(heads())
    for row in rows:
        table.writerow([disarmed(clean("" if c is None else c.isoformat() if isinstance(c, date) else str(c))) for c in row])
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(rows: Iterable[tuple[Any, ...]], title: str) -> bytes:
    """Texts are only ever texts, dates are dates, the head stays in sight."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page = book.create_sheet(_("Actions"))
    page.freeze_panes = "B2"
    names = heads()
    for n in range(len(names)):
        page.column_dimensions[get_column_letter(n + 1)].width = _WIDE.get(n, 15)

    def cell(value: Any, *, bold: bool = False) -> Any:
        text = isinstance(value, str)
        # A reader of the format takes _x0041_ for an A (ECMA-376, 22.9.2.19).
        made = WriteOnlyCell(page, value=_ESCAPE.sub("_x005F_", clean(value)[:32_767]) if text else value)
        if text and made.value:
            made.data_type = "s"
            made.quotePrefix = begins_a_formula(value)
        if isinstance(value, date):
            made.number_format = "yyyy-mm-dd"
        made.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            made.font = Font(bold=True)
        return made

    page.append([cell(name, bold=True) for name in names])
    for row in rows:
        page.append([cell(value) for value in row])
    book.properties.creator, book.properties.title = "Evaltrail", clean(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
