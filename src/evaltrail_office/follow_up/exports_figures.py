"""Figures and the rows behind them as files: CSV and XLSX in which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evaltrail.write.cells import begins_a_formula, clean, disarmed
from evaltrail_office.follow_up import definitions, tallies
from evaltrail_office.follow_up.became import NAME as BECAME
from evaltrail_office.follow_up.queries_figures import labels_of, things

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.keysets import KeySet

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST = 50_000
"""Rows of a file."""
_AT_ONCE = 500
_LONGEST = 32_767
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
Row = tuple[Any, ...]


def rows_file(user: User, unit: str, keys: KeySet, form: str, title: str) -> bytes:
    """Rows of a figure, as far as the person sees them."""
    heads = {
        "action": (_("key"), _("recommendation"), _("evaluation"), _("unit"), _("state"), _("promised for"), _("date that holds"),
                   _("claimed"), _("claimed as"), _("verified"), _("verified as"), _("dropped"), _("action")),
        "evaluation": (_("key"), _("year"), _("evaluation")),
        "recommendation": (_("key"), _("number"), _("evaluation"), _("year"), _("priority"), _("answer"), _("answered"), _("retired"),
                           _("recommendation")),
    }[unit]  # fmt: skip
    return written(form, title, heads, _rows(user, unit, keys))


def _rows(user: User, unit: str, keys: KeySet) -> Iterator[Row]:
    for start in range(0, min(len(keys), MOST), _AT_ONCE):
        for thing in things(user, unit, list(keys.part(start, start + _AT_ONCE))):
            if unit == "action":
                yield (
                    thing.key, thing.track.recommendation.key, thing.evaluation.title, thing.unit.name if thing.unit else "",
                    str(thing.get_state_display()), thing.first_due, thing.due, thing.claimed, thing.claimed_meaning, thing.verified,
                    thing.verified_meaning, thing.dropped, thing.text,
                )  # fmt: skip
            elif unit == "evaluation":
                yield thing.key, thing.year, thing.title
            else:
                own = thing.recommendation
                yield (
                    own.key, own.number, thing.evaluation.title, thing.evaluation.year, own.priority, str(thing.get_verdict_display()),
                    thing.answered, thing.retired, own.text,
                )  # fmt: skip


def figures_file(moment: tallies.Moment, dimension: str, form: str) -> bytes:
    """Every definition with its figure; broken down where a dimension is named."""
    heads = (
        _("definition"), _("version"), _("name"), _("by"), _("value of it"), _("figure"), _("counted"), _("out of"), _("left out"),
        _("why there is none"), _("as of"), _("formula in words"),
    )  # fmt: skip
    known = {(d.id, d.version): d for d in definitions.known()[0]}
    rows = list(moment.rows(dimension=dimension).exclude(definition=BECAME).defer("keys").order_by("definition", "value"))
    labels = labels_of(dimension, {r.value for r in rows}) if dimension else {"": ""}
    day = moment.as_of.date() if moment.as_of else None

    def cells() -> Iterator[Row]:
        for r in rows:
            d, b = known.get((r.definition, r.version)), r.body
            counted = b["counted"] if b["kind"] == "share" else None
            yield (
                r.definition, r.version, d.name if d else "", dimension, labels[r.value], b["value"], counted, b["of"], b["left_out"],
                b["abstained"] or "", day, d.words if d else "",
            )  # fmt: skip

    return written(form, _("Figures"), heads, cells())


def written(form: str, title: str, heads: Row, rows: Iterable[Row]) -> bytes:
    """A table as a file."""
    return as_csv(heads, rows) if form == "csv" else _as_xlsx(title, heads, rows)


def as_csv(heads: Row, rows: Iterable[Row]) -> bytes:
    """With a byte order mark, so that spreadsheets know the letters."""
    out = io.StringIO()
    made = csv.writer(out, lineterminator="\r\n")
    made.writerow(heads)
    for row in rows:
        made.writerow([disarmed(clean("" if c is None else c.isoformat() if isinstance(c, date) else str(c))) for c in row])
    return ("\ufeff" + out.getvalue()).encode()


def _as_xlsx(title: str, heads: Row, rows: Iterable[Row]) -> bytes:
    """Texts are only ever texts, numbers are numbers, dates are dates."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Rows"))
    sheet.freeze_panes = "B2"
    for n in range(len(heads)):
        sheet.column_dimensions[get_column_letter(n + 1)].width = 60 if n == len(heads) - 1 else 18

    def cell(value: Any, *, bold: bool = False) -> Any:
        text = isinstance(value, str)
        # A reader of the format takes _x0041_ for an A (ECMA-376, 22.9.2.19).
        made = WriteOnlyCell(sheet, value=_ESCAPE.sub("_x005F_", clean(value)[:_LONGEST]) if text else value)
        if text and made.value:
            made.data_type = "s"
            made.quotePrefix = begins_a_formula(value)
        if isinstance(value, date):
            made.number_format = "yyyy-mm-dd"
        made.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(h, bold=True) for h in heads])
    for row in rows:
        sheet.append([cell(c) for c in row])
    book.properties.creator, book.properties.title = "Evaltrail", clean(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
