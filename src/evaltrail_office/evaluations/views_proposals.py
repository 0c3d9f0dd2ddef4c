"""Going through what is proposed of many evaluations, and saying of each whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from evaltrail_office.accounts.access import may, scope_of
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import actions_proposals as actions
from evaltrail_office.evaluations import queries_proposals as queries
from evaltrail_office.evaluations.facets import KIND_NAMES, SET_BY_PEOPLE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


@require_safe
def proposed(request: HttpRequest) -> HttpResponse:
    """All papers of which something is proposed that the person may decide."""
    user = signed_in(request)
    if not scope_of(user).in_office:
        raise PermissionDenied(_("What papers propose is decided by the head of evaluation and by evaluation managers."))
    kind = request.GET.get("kind", "") if request.GET.get("kind") in SET_BY_PEOPLE else ""
    sure = request.GET.get("sure") == "1"
    page = Paginator(queries.sheets(user, kind=kind, sure=sure), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "sheets": queries.filled(user, list(page.object_list), kind=kind, sure=sure),
        "kinds": [(k, KIND_NAMES[k]) for k in SET_BY_PEOPLE],
        "kind": kind,
        "sure": sure,
        "decided": queries.last_decided(user),
        "may_look": may(user, Verb.DESCRIBE),
        "here": request.get_full_path(),
        "section": "library",
    }
    return render(request, "evaluations/proposed.html", context)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accept, dismiss or open again: one proposal, those that are ticked, or all that the form showed."""
    user = signed_in(request)
    if "look" in request.POST:
        actions.ask_for_all(user)
        messages.success(request, _("All papers are being looked at again."))
        return redirect(_back(request))
    verb = next((name for name in _VERBS if name in request.POST), None)
    if verb is None:
        raise Http404
    which = request.POST.get(verb, "")
    numbers = request.POST.getlist(which) if which in {"all", "ticked"} else [which]
    rows = queries.chosen(user, [int(n) for n in numbers if n.isdecimal() and len(n) < 16])
    if not rows and which not in {"all", "ticked"}:
        raise Http404
    done = _VERBS[verb](user, rows)
    if rows or which != "ticked":
        messages.success(request, _told(verb, done))
    else:
        messages.warning(request, _("Nothing was ticked."))
    return redirect(_back(request))


_VERBS = {"accept": actions.accept, "dismiss": actions.dismiss, "reopen": actions.reopen}


def _told(verb: str, done: int) -> str:
    if verb == "accept":
        line = ngettext("%(n)d proposal is accepted.", "%(n)d proposals are accepted.", done)
    elif verb == "dismiss":
        line = ngettext("%(n)d proposal is dismissed.", "%(n)d proposals are dismissed.", done)
    else:
        line = ngettext("%(n)d proposal is open again.", "%(n)d proposals are open again.", done)
    return line % {"n": done}


def _back(request: HttpRequest) -> str:
    """The page that the form stood on."""
    asked = request.POST.get("here", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("proposals")
