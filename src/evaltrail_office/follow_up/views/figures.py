"""Figures by definition: side by side, one by one, with the rows behind each, and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import definitions, exports_figures, tallies
from evaltrail_office.follow_up import queries_figures as queries
from evaltrail_office.follow_up.facts import Chosen
from evaltrail_office.follow_up.tables import MEDIA_TYPES

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evaltrail.measure.follow_up import Definition
    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Tally


def _reader(request: HttpRequest) -> User:
    """Whoever has a part in evaluation. Raises ``Http404`` for others: figures name rows."""
    user = signed_in(request)
    if not scope_of(user).holds_a_role:
        raise Http404
    return user


def _dimension(request: HttpRequest) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in definitions.DIMENSIONS else ""


def _frame(request: HttpRequest, user: User, *, released: bool) -> dict[str, Any]:
    head = Role.HEAD in scope_of(user).office
    return {
        "section": "follow-up",
        "released": released,
        "audiences": [("", _("everything"), not released), ("public", _("what is public"), released)] if head else [],
        "by": _dimension(request),
        "dimensions": definitions.DIMENSIONS.items(),
    }


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All definitions for the same data, and the most asked for by unit, year, theme, priority, country or reason."""
    user = _reader(request)
    released = queries.audience(user, request.GET.get("of", ""))
    evaluation = None
    if asked := request.GET.get("evaluation", "")[:20]:
        evaluation = get_object_or_404(visible(user, Evaluation.objects.all()), key=asked)
    moment = tallies.newest(released=released)
    context: dict[str, Any] = _frame(request, user, released=released)
    if evaluation is not None:
        context |= {"table": queries.live(Chosen(evaluation=evaluation.key, user=user)), "evaluation": evaluation}
        return render(request, "follow_up/figures/figures.html", context)
    by = context["by"] or "unit"
    used, page = queries.broken_down(moment, by, request.GET.get("page"))
    context |= {
        "table": queries.table(moment),
        "by": by,
        "used": used,
        "head": capfirst(definitions.DIMENSIONS[by]),
        "page": page,
        "self_reported": tallies.self_reported(),
        "fault": definitions.known()[1] if scope_of(user).in_office else "",
    }
    return render(request, "follow_up/figures/figures.html", context)


def _definition(name: str) -> Definition:
    found = next((d for d in definitions.in_use() if d.id == name), None)
    if found is None:
        raise Http404
    return found


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One definition: what it says, what it gives, what changed, and every row behind it."""
    user, definition = _reader(request), _definition(name)
    released = queries.audience(user, request.GET.get("of", ""))
    moment = tallies.newest(released=released)
    row = tallies.whole(moment, definition.id)
    context = _frame(request, user, released=released)
    by = context["by"] or ("year" if any(f.unit == "evaluation" for f in definition.formulas()) else "unit")
    context |= {"definition": definition, "moment": moment, "by": by, "inputs": definition.inputs}
    if row is not None and row.version == definition.version:
        value = request.GET.get("value", "")[:200]
        within = "" if "value" not in request.GET else context["by"]
        sets = tallies.keys_of(row)
        part = request.GET.get("rows", "")[:100] or next((n for n in sets if n.endswith("numerator")), "numerator")
        bars, bars_page = queries.bars(moment, definition, by, request.GET.get("bars"))
        context |= {
            "shown": queries.shown(definition, row),
            "parts": _parts(row, sets, part),
            "unit": queries.part_of(row, part)["unit"],
            "bars": bars,
            "bars_page": bars_page,
            "since": queries.since_last_report(definition, row),
            "listed": queries.rows_of(user, row, part, within, value, request.GET.get("page")),
            "within": queries.labels_of(within, [value])[value] if within else "",
            "value": value,
            "self_reported": tallies.self_reported() if definitions.reads_verified(definition) else 0,
        }
    return render(request, "follow_up/figures/figure.html", context)


def _parts(row: Tally, sets: dict[str, Any], chosen: str) -> list[tuple[str, str, int, bool]]:
    words = {"numerator": _("counted"), "denominator": _("out of")}
    found = []
    for name in sorted(sets, key=lambda n: (n.rpartition("/")[0], "missing" in n, n.endswith("denominator"), n)):
        own = name.rpartition("/")[2]
        label = words.get(own) or _("not known: %(input)s") % {"input": own.partition(" ")[2]}
        if "/" in name:
            label = f"{queries.part_of(row, name)['definition'].rpartition('/')[2]}: {label}"
        found.append((name, label, len(sets[name]), name == chosen))
    return found


@require_safe
def as_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The rows of a part of a figure as CSV or XLSX."""
    user, definition = _reader(request), _definition(name)
    moment = tallies.newest(released=queries.audience(user, request.GET.get("of", "")))
    row = tallies.whole(moment, definition.id)
    part, value = request.GET.get("rows", "numerator")[:100], request.GET.get("value", "")[:200]
    within = "" if "value" not in request.GET else _dimension(request)
    if form not in MEDIA_TYPES or row is None:
        raise Http404
    keys = queries.part_keys(row, part, within, value)
    if keys is None:
        raise Http404
    body = exports_figures.rows_file(user, str(queries.part_of(row, part)["unit"]), keys, form, definition.name)
    answer = HttpResponse(body, content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{definition.id}.{form}"'
    return answer


@require_safe
def all_as_file(request: HttpRequest, form: str) -> HttpResponse:
    """Every definition with its figure as CSV or XLSX; with ``by`` broken down."""
    user = _reader(request)
    if form not in MEDIA_TYPES:
        raise Http404
    moment = tallies.newest(released=queries.audience(user, request.GET.get("of", "")))
    body = exports_figures.figures_file(moment, _dimension(request), form)
    answer = HttpResponse(body, content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="figures.{form}"'
    return answer
