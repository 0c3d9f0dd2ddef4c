"""Pages on roles: those of the whole office here, those of an evaluation with its help in ``evaluations``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts import forms
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.actions import grants as actions
from evaltrail_office.accounts.actions.people import runs_people
from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.queries import Holding, holdings
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import A_PAGE, signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.actions.grants import Held


def roles_page(request: HttpRequest, evaluation: Held | None, here: str, context: dict[str, Any]) -> HttpResponse:
    """Who holds which role in an evaluation or (None) in the whole office, with a form for giving one where that is the person's to do.

    ``here`` is the address of the page itself. The caller has asked whether the person may see it.
    """
    user = signed_in(request)
    roles = actions.gives(user, evaluation)
    form = forms.GrantForm(request.POST or None, roles=roles) if roles else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Roles are not yours to give here."))
        if form.is_valid() and _given(request, form, evaluation):
            return redirect(here)
    found = holdings(Grant.objects.filter(evaluation=evaluation.key if evaluation else ""))
    page = Paginator(found, A_PAGE)
    shown = {
        "evaluation": evaluation,
        "page": page.get_page(request.GET.get("page")),
        "form": form,
        "here": here,
        # A unit may have changed since the role was given: the person's, or the one whose programme is evaluated.
        "barred": _barred(found, evaluation) if evaluation else [],
        "withdrawable": roles,
        "head": Role.HEAD in scope_of(user).office,
        **context,
    }
    return render(request, "accounts/roles.html", shown, status=422 if form and form.errors else 200)


def _barred(found: list[Holding], evaluation: Held) -> list[Grant]:
    roles = {role for role in Role if evaluation.unit_barred(role) is not None}
    held = [one.grant for one in found if one.current and one.grant.role in roles]
    return [grant for grant in held if actions.is_barred(grant.user, Role(grant.role), evaluation)]


def _given(request: HttpRequest, form: forms.GrantForm, evaluation: Held | None) -> bool:
    given = form.cleaned_data
    terms = actions.Terms(given["unit"], given["group"], given["starts"], given["ends"], given["reason"])
    try:
        grant = actions.give(signed_in(request), given["email"], Role(given["role"]), evaluation, terms)
    except Refused as fault:
        forms.told(form, fault)
        return False
    messages.success(request, _("%(name)s is %(role)s now.") % {"name": grant.user.name, "role": grant.get_role_display()})
    return True


def withdraw_page(request: HttpRequest, evaluation: Held | None, number: int, back: str) -> HttpResponse:
    """Withdraw a role, with a reason. The caller has asked whether the person may see the page of roles."""
    user = signed_in(request)
    own = get_object_or_404(
        Grant.objects.select_related("user"), pk=number, evaluation=evaluation.key if evaluation else "", withdrawn=None
    )
    form = forms.Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(user, own, evaluation, form.cleaned_data["reason"])
        except Refused as fault:
            forms.told(form, fault)
        else:
            messages.success(
                request, _("Withdrawn: %(name)s is no longer %(role)s.") % {"name": own.user.name, "role": own.get_role_display()}
            )
            return redirect(back)
    context = {"form": form, "grant": own, "evaluation": evaluation, "section": "library" if evaluation else "people"}
    return render(request, "accounts/withdraw.html", context, status=422 if form.errors else 200)


def _require_sees_office_roles(request: HttpRequest) -> None:
    if not runs_people(request.user):
        raise PermissionDenied(_("Roles in the whole office are kept by heads of evaluation."))


@require_http_methods(["GET", "HEAD", "POST"])
def office_roles(request: HttpRequest) -> HttpResponse:
    """Roles in the whole office."""
    _require_sees_office_roles(request)
    return roles_page(request, None, request.path, {"section": "people"})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_office_role(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a role that is held in the whole office."""
    _require_sees_office_roles(request)
    return withdraw_page(request, None, number, "roles")
