"""Pages on people."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaltrail_office.accounts import forms, mail
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.actions import people as actions
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.queries import holdings, people
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import A_PAGE, BACKEND, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """People, found by words and state."""
    actions.require_runs_people(request.user)
    words, state = request.GET.get("q", ""), request.GET.get("state", "")
    page = Paginator(people(words, state), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "words": words, "state": state})


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    user = signed_in(request)
    actions.require_runs_people(user)
    form = forms.Person(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person, token = actions.invite(user, email=given["email"], name=given["name"], unit=given["unit"])
        except Refused as fault:
            forms.told(form, fault)
        else:
            return _show_link(request, person, token)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


def _show_link(request: HttpRequest, person: User, token: str) -> HttpResponse:
    """Send the link, and show it this once: an office without mail hands it over by another way."""
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    text = _(
        "%(name)s,\n\n%(by)s has invited you to the evaluation office. Set your password here, within seven days; "
        "the link works once:\n\n%(link)s\n"
    ) % {"name": person.name, "by": signed_in(request).name, "link": link}
    try:
        mail.send(_("Evaltrail: your invitation"), text, person.email)
        fault = ""
    except mail.NotSent as why:
        # Not tried again later: the link is kept nowhere, and stands on the page instead.
        log.warning("an invitation was not sent. %s", why)
        fault = str(why)
    response = render(request, "accounts/invited.html", {"person": person, "link": link, "sent": not fault, "fault": fault})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, key: str) -> HttpResponse:
    """A person: who they are, the roles that they hold and held."""
    user = signed_in(request)
    actions.require_runs_people(user)
    own = get_object_or_404(User.objects.select_related("unit"), key=key)
    form = forms.Person(request.POST or None, initial={"name": own.name, "email": own.email, "unit": own.unit})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            before = actions.change_person(user, own, name=given["name"], email=given["email"], unit=given["unit"])
        except Refused as fault:
            own.refresh_from_db()
            forms.told(form, fault)
        else:
            if before:
                text = _("%(by)s has changed the address of your account to %(email)s. If that is not right, tell the office at once.")
                text %= {"by": user.name, "email": own.email}
                mail.send_or_post(_("Evaltrail: your address was changed"), text, before, asked_by=user.key)
            messages.success(request, _("Saved."))
            return redirect("person", key)
    context = {
        "person": own,
        "form": form,
        "holdings": holdings(own.grants.all()),
        "invited": own.is_active and not own.last_login and not own.has_usable_password(),
        "may_name": scope_of(user).administrator,
        "second_factor": Authenticator.objects.filter(user=own).exists(),
    }
    return render(request, "accounts/person.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End an account, with a reason."""
    user = signed_in(request)
    actions.require_runs_people(user)
    own = get_object_or_404(User, key=key, is_active=True)
    form = forms.Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_person(user, own, form.cleaned_data["reason"])
        except Refused as fault:
            forms.told(form, fault)
        else:
            messages.success(request, _("The account of %(name)s has ended.") % {"name": own.name})
            return redirect("person", key)
    return render(request, "accounts/end.html", {"form": form, "person": own}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_second_factor(request: HttpRequest, key: str) -> HttpResponse:
    """Remove the second factor of somebody who has lost it, with a reason; 404 where there is none."""
    user = signed_in(request)
    if not scope_of(user).administrator:
        raise PermissionDenied(_("A second factor is removed by an administrator."))
    own = get_object_or_404(User.objects.filter(authenticator__isnull=False).distinct(), key=key)
    form = forms.Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_second_factor(user, own, form.cleaned_data["reason"])
        except Refused as fault:
            forms.told(form, fault)
        else:
            messages.success(request, _("%(name)s signs in with the password alone now, and is told by mail.") % {"name": own.name})
            return redirect("person", key)
    return render(request, "accounts/second_factor.html", {"form": form, "person": own}, status=422 if form.errors else 200)


def _simple(request: HttpRequest, key: str, act: Callable[[User, User], None], done: str) -> HttpResponse:
    user = signed_in(request)
    actions.require_runs_people(user)
    own = get_object_or_404(User, key=key)
    try:
        act(user, own)
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, done % {"name": own.name})
    return redirect("person", key)


@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Let somebody in again."""
    return _simple(request, key, actions.reopen_person, _("%(name)s can sign in again. Their roles are to be given anew."))


@require_POST
def administrator(request: HttpRequest, key: str) -> HttpResponse:
    """Make somebody an administrator (``administrator=1``), or no longer."""
    wanted = request.POST.get("administrator") == "1"
    done = _("%(name)s is an administrator now.") if wanted else _("%(name)s is no administrator any more.")
    return _simple(request, key, lambda user, own: actions.set_administrator(user, own, administrator=wanted), done)


@require_POST
def invite_again(request: HttpRequest, key: str) -> HttpResponse:
    """Make a new link for somebody who has not used theirs."""
    user = signed_in(request)
    actions.require_runs_people(user)
    own = get_object_or_404(User, key=key)
    try:
        return _show_link(request, own, actions.invite_again(user, own))
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("person", key)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Have an invited person set their password; 404 for a link that does not work or no longer."""
    found = actions.invitation_of(token)
    if found is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = forms.NewPassword(request.POST or None, person=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            own = actions.accept(token, form.cleaned_data["password"])
        except Refused as fault:
            raise Http404 from fault
        login(request, own, backend=BACKEND)
        return redirect("home")
    return render(request, "accounts/invitation.html", {"form": form, "person": found.user}, status=422 if form.errors else 200)
