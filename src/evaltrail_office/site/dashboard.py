"""What the head of evaluation looks at first; others see the same of what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations.index import index
from evaltrail_office.evaluations.library import CRITERIA, rows
from evaltrail_office.evaluations.models import Recommendation, State
from evaltrail_office.follow_up import queries_dashboard, queries_figures, tallies
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.shelf.models import Document
from evaltrail_office.shelf.words import SATISFACTORY
from evaltrail_office.site.templatetags.office import scale_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.evaluations.library import Row

IN_MAP = 15
"""Evaluations of the heat map on the dashboard."""
PAGE = 50
NONE = "none"
VERDICTS = (
    (NONE, gettext_lazy("not answered")),
    ("accepted", gettext_lazy("accepted")),
    ("partially_accepted", gettext_lazy("accepted in part")),
    ("rejected", gettext_lazy("rejected")),
    ("noted", gettext_lazy("noted")),
    ("unclear", gettext_lazy("unclear")),
)
PRIORITIES = (
    ("high", gettext_lazy("high")),
    ("medium", gettext_lazy("medium")),
    ("low", gettext_lazy("low")),
    (NONE, gettext_lazy("not stated")),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and the list that it was counted from."""

    value: int
    words: str
    address: str
    alarm: bool = False
    more: str = ""
    """Of these some that are counted by themselves, with a list of their own."""
    more_address: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion over the evaluations of the map."""

    criterion: str
    above: int
    """Rated at or above the middle line of their scale."""
    rated: int


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Figures, each with the list behind it, and the ratings of the latest evaluations."""
    scope = scope_of(request.user)
    found = index.find(scope, {"criterion": list(CRITERIA)}, limit=IN_MAP)
    listed = rows(request.user, found.keys)
    desk = queries_dashboard.desk(Hands(signed_in(request)))
    # The same audience as the page of figures, so that both show the same.
    moment = tallies.newest(released=queries_figures.audience(signed_in(request)))
    delays = queries_figures.broken_down(moment, "reason", None) if scope.holds_a_role else None
    context = {
        "figures": _figures(request, desk),
        "desk": desk,
        "delays": {"used": delays[0], "page": delays[1]} if delays is not None and delays[1].object_list else None,
        "table": queries_figures.table(moment) if scope.holds_a_role else None,
        "rows": listed,
        "rated": found.total,
        "columns": [_column(name, listed) for name in CRITERIA],
        "criteria": CRITERIA,
        "legend": [(value, words) for value, words in reversed(SATISFACTORY.items())] + [(None, _("not rated"))],
        "today": timezone.localdate(),
    }
    return render(request, "site/dashboard.html", context)


def _figures(request: HttpRequest, desk: queries_dashboard.Desk) -> list[Figure]:
    scope = scope_of(request.user)
    states = dict(index.find(scope, {}, limit=0).facets["state"])
    every = Recommendation.objects.all()
    # The head sees each of them, and the database need not look for which evaluation's they are.
    asked = (every if Role.HEAD in scope.office else visible(request.user, every)).count()
    library = reverse("library")
    under_way = states.get(State.UNDER_WAY, 0)
    figures = [
        Figure(sum(states.values()), ngettext("evaluation", "evaluations", sum(states.values())), library),
        Figure(under_way, _("under way"), f"{library}?state={State.UNDER_WAY}"),
        Figure(asked, ngettext("recommendation", "recommendations", asked), reverse("recommendations")),
        *_followed(desk),
    ]
    if scope.in_office:
        waiting = visible(request.user, Document.objects.filter(confirmed=None, source__isnull=False)).count()
        figures.append(Figure(waiting, ngettext("paper to confirm", "papers to confirm", waiting), reverse("intake")))
    return figures


def _followed(desk: queries_dashboard.Desk) -> list[Figure]:
    """Numbers of follow-up, each with its list."""

    def to(what: str) -> str:
        return reverse("follow-up-list", args=[what])

    claimed = ngettext("claimed, to verify", "claimed, to verify", desk.claimed)
    if desk.claimed:
        oldest = ngettext("oldest %(n)d day", "oldest %(n)d days", desk.oldest) % {"n": desk.oldest}
        claimed = f"{claimed}; {oldest}"
    late = ngettext("action late", "actions late", desk.late)
    open_ = ngettext("recommendation unanswered", "recommendations unanswered", desk.unanswered)
    more = ngettext("%(n)d without a reason", "%(n)d without a reason", desk.unexplained) % {"n": desk.unexplained}
    return [
        Figure(desk.late, late, to("late"), alarm=desk.late > 0, more=more if desk.unexplained else "", more_address=to("unexplained")),
        Figure(desk.claimed, claimed, to("claimed")),
        Figure(desk.unanswered, open_, to("unanswered")),
    ]


def _column(name: str, listed: tuple[Row, ...]) -> Column:
    above = rated = 0
    for row in listed:
        mark = row.ratings.get(name)
        if mark is None or mark.value is None:
            continue
        scale = scale_of(mark.scale)
        position = scale.position(mark.value)
        if scale.line is None or position is None:
            continue
        rated += 1
        above += scale.step(position) >= scale.line
    return Column(name, above, rated)


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """Recommendations, each once, however many papers print it."""
    every = visible(request.user, Recommendation.objects.select_related("evaluation")).order_by("-evaluation_id", "position")
    verdict, priority = request.GET.get("verdict", "")[:20], request.GET.get("priority", "")[:40]
    if verdict:
        every = every.filter(verdict="" if verdict == NONE else verdict)
    if priority:
        every = every.filter(priority="" if priority == NONE else priority)
    page = Paginator(every, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "verdict": verdict, "priority": priority, "verdicts": VERDICTS, "priorities": PRIORITIES}
    return render(request, "site/recommendations.html", context)
