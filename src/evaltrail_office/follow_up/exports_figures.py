"""Figures and the rows behind them as files: CSV and XLSX in which no cell is a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail_office.follow_up import definitions, tallies
from evaltrail_office.follow_up.became import NAME as BECAME
from evaltrail_office.follow_up.extended import group_of, of_action
from evaltrail_office.follow_up.queries_figures import labels_of, things
from evaltrail_office.follow_up.tables import as_csv, as_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.keysets import KeySet
    from evaltrail_office.follow_up.tables import Row

MOST = 50_000
"""Rows of a file."""
_AT_ONCE = 500


def rows_file(user: User, unit: str, keys: KeySet, form: str, title: str) -> bytes:
    """Rows of a figure, as far as the person sees them."""
    heads = {
        "action": (_("key"), _("recommendation"), _("evaluation"), _("unit"), _("state"), _("promised for"), _("date that holds"),
                   _("reason for a later date"), _("claimed"), _("claimed as"), _("verified"), _("verified as"), _("dropped"), _("action")),
        "evaluation": (_("key"), _("year"), _("evaluation")),
        "recommendation": (_("key"), _("number"), _("evaluation"), _("year"), _("priority"), _("answer"), _("answered"), _("retired"),
                           _("recommendation")),
    }[unit]  # fmt: skip
    return _written(form, title, heads, _rows(user, unit, keys))


def _rows(user: User, unit: str, keys: KeySet) -> Iterator[Row]:
    for start in range(0, min(len(keys), MOST), _AT_ONCE):
        found = things(user, unit, list(keys.part(start, start + _AT_ONCE)))
        groups = {thing.pk: group_of(of_action(thing)) for thing in found} if unit == "action" else {}
        reasons = labels_of("reason", set(groups.values()))
        for thing in found:
            if unit == "action":
                yield (
                    thing.key, thing.track.recommendation.key, thing.evaluation.title, thing.unit.name if thing.unit else "",
                    str(thing.get_state_display()), thing.first_due, thing.due, reasons[groups[thing.pk]], thing.claimed,
                    thing.claimed_meaning, thing.verified, thing.verified_meaning, thing.dropped, thing.text,
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

    return _written(form, _("Figures"), heads, cells())


def _written(form: str, title: str, heads: Row, rows: Iterable[Row]) -> bytes:
    """As a file; the last column holds the most words."""
    return as_csv(heads, rows) if form == "csv" else as_xlsx(title, _("Rows"), heads, rows, widths={len(heads) - 1: 60}, width=18)
