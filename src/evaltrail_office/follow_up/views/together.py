"""Changing many recommendations in one go: a list to choose from, a page that shows each change, one POST that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import queries_together as queries
from evaltrail_office.follow_up.actions import together as actions
from evaltrail_office.follow_up.forms_together import Together
from evaltrail_office.follow_up.models.answers import Addressee

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.actions.together import Foreseen

PAGE = 50
FORM = "-filter"
_MANAGE = frozenset({Role.HEAD, Role.MANAGER, Role.COORDINATOR})


def _allowed(request: HttpRequest) -> User:
    """Who asks, if they manage any follow-up at all."""
    user = signed_in(request)
    scope = scope_of(user)
    if not (scope.office & _MANAGE or any(held & _MANAGE for held in scope.held.values())):
        raise PermissionDenied(_("This is for heads of evaluation, managers and response coordinators."))
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Choose, look at what would change, and change it."""
    user = _allowed(request)
    if request.method != "POST":
        return _list(request, user, Together())
    form = Together(request.POST)
    if not form.is_valid():
        return _list(request, user, form, 422)
    if "do" in request.POST:
        return _do(request, user, form)
    return _preview(request, user, form)


def _list(request: HttpRequest, user: User, form: Together, status: int = 200) -> HttpResponse:
    filters = queries.Filters.of(request.POST, FORM) if request.method == "POST" else queries.Filters.of(request.GET)
    page = Paginator(queries.with_all(queries.chosen(user, filters)), PAGE).get_page(request.GET.get("page"))
    units = dict(Unit.objects.values_list("key", "name"))
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "units": units.items(),
        "addressees": Addressee.choices,
        "recent": queries.recent(user, units),
        "marked": set(request.POST.getlist("key")),
        "most": actions.MOST,
    }
    return render(request, "follow_up/together/list.html", context, status=status)


def _preview(request: HttpRequest, user: User, form: Together) -> HttpResponse:
    filters = queries.Filters.of(request.POST, FORM)
    if "all" in request.POST:
        rows = list(queries.with_all(queries.chosen(user, filters))[: actions.MOST + 1])
    else:
        rows = list(queries.named(user, request.POST.getlist("key")[: actions.MOST + 1]))
    if not rows:
        form.add_error(None, _("Mark the recommendations that are to be changed, or choose all of the list."))
        return _list(request, user, form, 422)
    if len(rows) > actions.MOST:
        words = _("At most %(most)d are changed at a time. Narrow the list, and do it in several goes.")
        form.add_error(None, words % {"most": actions.MOST})
        return _list(request, user, form, 422)
    field, value = form.chosen
    try:
        foreseen = actions.foresee(user, rows, field, value)
    except Refused as fault:
        form.told(fault)
        return _list(request, user, form, 422)
    return render(
        request,
        "follow_up/together/preview.html",
        {
            "field": field,
            "field_name": actions.FIELDS[field],
            "value": value,
            "changes": [f for f in foreseen if not f.refused],
            "refused": [f for f in foreseen if f.refused],
            "new": _words(foreseen),
            "back": _back(filters),
            "filters": filters,
        },
    )


def _words(foreseen: list[Foreseen]) -> str:
    return next((f.new for f in foreseen), "")


def _back(filters: queries.Filters) -> str:
    return f"{reverse('together')}?{urlencode(filters.used())}"


def _do(request: HttpRequest, user: User, form: Together) -> HttpResponse:
    seen = dict(part.partition(":")[::2] for part in request.POST.getlist("seen"))
    rows = queries.named(user, list(seen)[: actions.MOST])
    chosen = [(t, int(seen[t.recommendation.key])) for t in rows if seen[t.recommendation.key].isdigit()]
    field, value = form.chosen
    try:
        done = actions.change_together(user, chosen, field, value)
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect(_back(queries.Filters.of(request.POST, FORM)))
    n = done.changed
    messages.success(request, ngettext("%(n)d recommendation was changed.", "%(n)d recommendations were changed.", n) % {"n": n})
    for key, why in done.refused[:10]:
        messages.warning(request, f"{key}: {why}")
    return redirect(_back(queries.Filters.of(request.POST, FORM)))


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take a change of many back."""
    try:
        done = actions.undo(_allowed(request), key)
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        n = done.changed
        messages.success(request, ngettext("%(n)d recommendation is as before.", "%(n)d recommendations are as before.", n) % {"n": n})
        for name, why in done.refused[:10]:
            messages.warning(request, f"{name}: {why}")
    return redirect("together")
