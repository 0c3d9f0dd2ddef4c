"""A unit's board: what it owes, how late it is and why, and which of the two keys are turned."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import exports, groups, tables
from evaltrail_office.follow_up import queries_board as queries
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import ActionState
from evaltrail_office.follow_up.models import Action, Proof
from evaltrail_office.follow_up.standing import OPEN_STATES, verifier_name
from evaltrail_office.shelf.words import term

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

CHOICES = 200
"""Evaluations and owners that a filter offers."""
PRIORITIES = ("high", "medium", "low", groups.NONE)


def unit_rows(user: User, unit: Unit, hands: Hands) -> QuerySet[Action]:
    """Actions of a unit, of those that were merged into it and of those below it, as far as the person sees them."""
    units = hands.family.seen_by([unit.pk])
    rows = Action.objects.filter(unit__in=units)
    # Of their own units people see everything, so that nothing more is asked about that.
    return rows if units <= hands.family.seen_by(hands.scope.units) else visible(user, rows)


def board_of(request: HttpRequest, unit_key: str) -> tuple[User, Hands, Unit, QuerySet[Action]]:
    """What a board is made of. Raises ``Http404`` for whoever neither belongs to the unit nor sees anything that it owes."""
    user = signed_in(request)
    hands = Hands(user)
    unit = get_object_or_404(Unit.objects.select_related("successor", "within", "head"), key=unit_key)
    rows = unit_rows(user, unit, hands)
    scope = scope_of(user)
    own = unit.pk in hands.family.seen_by(scope.units)
    if not own and not scope.office & {Role.HEAD, Role.COORDINATOR} and not rows.exclude(state=ActionState.PROPOSED).exists():
        raise Http404
    return user, hands, unit, rows


@require_safe
def board(request: HttpRequest, unit_key: str) -> HttpResponse:
    """The board."""
    user, hands, unit, rows = board_of(request, unit_key)
    filters = groups.Filters.of(request.GET)
    shown = queries.board(rows, hands, filters, visible(user, Proof.objects.all()), request.GET.get("page"))
    context = {
        "unit": unit,
        "board": shown,
        "verifiers": sorted({v for s in shown.sections for v in _verifiers(s)}),
        "section": "follow-up",
        **choices(rows, filters),
    }
    return render(request, "follow_up/work/board.html", context)


def _verifiers(section: queries.Section) -> set[str]:
    presets = [preset_of(row.action.track.follow_up) for row in section.lines]
    return {verifier_name(p) for p in presets if p.verifier != "none"}


def choices(rows: QuerySet[Action], filters: groups.Filters) -> dict[str, Any]:
    """What the filters of a list offer."""
    evaluations, owners = _choices(rows)
    return {
        "filters": filters,
        "evaluations": evaluations,
        "owners": [*owners, (groups.NONE, _("nobody named"))],
        "priorities": [(p, _("not stated") if p == groups.NONE else term(p)) for p in PRIORITIES],
        "groups": groups.Group.choices,
        "overdue": groups.Overdue.choices,
    }


def _choices(rows: QuerySet[Action]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Evaluations and owners of what is open, by key; kept for some minutes, because a filter may be a little behind."""
    owed = rows.filter(state__in=sorted(OPEN_STATES)).order_by()
    key = f"follow-up:choices:{hashlib.sha256(str(owed.query).encode()).hexdigest()}"
    kept: tuple[list[tuple[str, str]], list[tuple[str, str]]] | None = cache.get(key)
    if kept is None:
        # Their keys first: as a part of the other questions, PostgreSQL looks for each person of the house whether they owe anything.
        pairs = set(owed.values_list("evaluation", "owner").distinct())
        evaluations = Evaluation.objects.filter(pk__in={e for e, _owner in pairs}).order_by("title").values_list("key", "title")
        owners = User.objects.filter(pk__in={o for _evaluation, o in pairs if o}).order_by("name").values_list("key", "name")
        kept = list(evaluations[:CHOICES]), list(owners[:CHOICES])
        cache.set(key, kept, 300)
    return kept


@require_safe
def as_file(request: HttpRequest, unit_key: str, form: str) -> HttpResponse:
    """The same list as a file, whole."""
    user, _hands, unit, rows = board_of(request, unit_key)
    return file_of(request, user, rows, groups.Filters.of(request.GET), form, unit.name)


def file_of(request: HttpRequest, user: User, rows: QuerySet[Action], filters: groups.Filters, form: str, title: str) -> HttpResponse:
    """A list as CSV or XLSX; where it is too long for one it says so, and nothing is left out unsaid."""
    if form not in tables.MEDIA_TYPES:
        raise Http404
    found = exports.listed(rows, filters, visible(user, Proof.objects.all()))
    if found[exports.MOST :].exists():
        messages.error(request, _("A file holds %(n)d actions at most. Narrow the list, then take it again.") % {"n": exports.MOST})
        return redirect(f"{request.path.rpartition('/')[0]}/{filters.address()}")
    answer = HttpResponse(exports.written(form, found, title), content_type=tables.MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="actions.{form}"'
    return answer
