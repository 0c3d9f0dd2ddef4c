"""The demo: an office with invented people and papers, in which a visitor is whoever they like to be."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.models import Grant, Unit, User
from evaltrail_office.accounts.policy import Group, Role, Stage
from evaltrail_office.site import demo_follow_up

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

MARK = "demo"
"""File in the data folder of a demo: only there can anybody be anybody."""
PEOPLE: tuple[tuple[str, Role | None, str | _StrPromise], ...] = (
    ("Nadia Orvell", Role.HEAD, gettext_lazy("plans, reads and confirms, and issues; sees every draft")),
    ("Anton Rolim", Role.MANAGER, gettext_lazy("runs one evaluation")),
    ("Ines Marquand", Role.TEAM, gettext_lazy("writes it, and alone decides on comments")),
    ("Tomas Ekeland", Role.FOCAL_POINT, gettext_lazy("answers for a unit; sees no draft before it is circulated")),
    ("Rosa Villarreal", Role.GOVERNING_BODY, gettext_lazy("reads what was issued, from the embargo date on")),
    ("Kofi Adomako", Role.CONSTITUENT, gettext_lazy("speaks for workers")),
    ("Lena Brandt", Role.READER, gettext_lazy("reads what was released")),
    ("Sam Okoye", None, gettext_lazy("runs the system, and sees no draft")),
)
"""Everybody's name, role, and what the role means."""


def is_demo() -> bool:
    """Whether this office is a demo."""
    return os.environ.get("EVALTRAIL_DEMO") == "1" and (Path(settings.DATA) / MARK).exists()


def fill() -> None:
    """Put people and the sample paper in, where the office is empty. Reads the paper as any other is read."""
    from evaltrail_office.intake.actions import add_sample
    from evaltrail_office.jobs.worker import drain

    if User.objects.exists():
        return
    (Path(settings.DATA) / MARK).touch()
    unit = Unit.objects.create(key="U-0001", name="Ports Division", code="PORTS")
    people = {}
    for name, role, _words in PEOPLE:
        address = f"{name.split()[0].lower()}@tarsa.example"
        user = User.objects.create_user(address, name=name, is_administrator=role is None, unit=unit if role == Role.FOCAL_POINT else None)
        people[role] = user
        if role and role.office_wide and role != Role.CONSTITUENT:
            Grant.objects.create(user=user, role=role, given_by="system:demo")
    head = people[Role.HEAD]
    add_sample(head)
    drain()
    _confirm(head, people)
    demo_follow_up.show(head, people)
    drain()


def _confirm(head: User, people: dict[Role | None, User]) -> None:
    """Make the evaluations of the sample paper, as the head of evaluation would after a look at it."""
    from evaltrail_office.evaluations import actions
    from evaltrail_office.shelf import actions as shelf
    from evaltrail_office.shelf.models import Document, Kind

    for document in Document.objects.filter(confirmed=None).order_by("id"):
        shelf.confirm(head, document, rest=True)
        document.refresh_from_db()
        document.kind, document.stage = Kind.GOVERNING_BODY, Stage.RELEASED
        document.save()
        for part in document.parts.all():
            made = actions.new_evaluation(
                head, title=part.title, organisation=document.organisation, year=document.date and document.date.year
            )
            actions.match_part(head, part, made)
            for role in (Role.MANAGER, Role.TEAM, Role.FOCAL_POINT, Role.CONSTITUENT):
                ends = timezone.localdate() + timedelta(days=365) if role == Role.TEAM else None
                user = people[role]
                group = Group.WORKERS if role == Role.CONSTITUENT else ""
                Grant.objects.create(user=user, role=role, evaluation=made.key, unit=user.unit, group=group, ends=ends, given_by=head.key)
        actions.confirm_keys(head, document)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Choose who to be. There is no such page outside a demo."""
    if not is_demo():
        raise Http404
    if request.method == "POST":
        user = next((user for user, _role, _words in people_to_be() if user.key == request.POST.get("person")), None)
        if user is not None:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, _("You are %(name)s now. “Change person” in the footer leads back here.") % {"name": user.name})
            return redirect("home")
    return render(request, "site/demo.html", {"people": people_to_be()})


def people_to_be() -> list[tuple[User, str, str | _StrPromise]]:
    """Whom a visitor of the demo can be, each with their role and what it means; nobody outside a demo."""
    if not is_demo():
        return []
    # By name, for a visitor may have made others; an ended account lets nobody in.
    every = [(name, str(role.label) if role else _("administrator"), words) for name, role, words in PEOPLE]
    every += demo_follow_up.to_be()
    by_name = {user.name: user for user in User.objects.filter(name__in=[name for name, _role, _words in every], is_active=True)}
    return [(by_name[name], role, words) for name, role, words in every if name in by_name]
