"""Pages on the roles in an evaluation, and emergency access to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.actions.grants import take_emergency_access
from evaltrail_office.accounts.forms import Reason
from evaltrail_office.accounts.policy import Role
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.accounts.views.grants import roles_page, withdraw_page
from evaltrail_office.evaluations.models import Evaluation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _own(request: HttpRequest, key: str) -> Evaluation:
    """The evaluation, for those who have a part in it: 404 where it may not be seen, 403 for whoever only reads what is released."""
    user = signed_in(request)
    found = get_object_or_404(visible(user, Evaluation.objects.all()), key=key)
    scope = scope_of(user)
    if Role.HEAD not in scope.office and key not in scope.held and key not in scope.emergency:
        raise PermissionDenied(_("Who holds which role is shown to those who hold one in the evaluation."))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, key: str) -> HttpResponse:
    """Who holds which role in an evaluation, since and until when, given by whom."""
    return roles_page(request, _own(request, key), reverse("evaluation-roles", args=[key]), {})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw a role."""
    return withdraw_page(request, _own(request, key), number, reverse("evaluation-roles", args=[key]))


class _Emergency(Reason):
    key = forms.CharField(label=gettext_lazy("Key of the evaluation"), max_length=20, help_text=gettext_lazy("As in E-00014."))
    field_order = ("key", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Let an administrator see one evaluation for a day; 404 for everybody else."""
    user = signed_in(request)
    if not scope_of(user).administrator:
        raise Http404
    form = _Emergency(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = Evaluation.objects.filter(key=form.cleaned_data["key"].strip().upper()).first()
        if found is None:
            form.add_error("key", _("No evaluation has this key."))
        else:
            take_emergency_access(user, found, form.cleaned_data["reason"])
            messages.warning(request, _("You see everything of this evaluation for 24 hours. The heads of evaluation are told."))
            return redirect("evaluation-roles", found.key)
    return render(request, "accounts/emergency.html", {"form": form, "section": "people"}, status=422 if form.errors else 200)
