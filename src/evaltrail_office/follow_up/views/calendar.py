"""A person's calendar of due dates: the address, making it, revoking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import calendars
from evaltrail_office.follow_up.models import CalendarFeed

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_not_required
@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for programs that cannot sign in; whoever has the address has it, until it is revoked."""
    found = calendars.feed_of(token)
    if found is None:
        raise Http404
    link = request.build_absolute_uri(reverse("action", args=["KEY"])).replace("KEY", "{key}")
    text = calendars.written(found.user, calendars.owed_by(found.user), timezone.now(), link)
    headers = {"Content-Disposition": 'attachment; filename="follow-up.ics"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Make or revoke the address of one's calendar. It is shown once, when it is made."""
    user = signed_in(request)
    address = ""
    if request.method == "POST":
        if request.POST.get("do") == "revoke":
            if calendars.revoke(user):
                messages.success(request, _("The address is revoked. Programs that use it get nothing any more."))
            return redirect("calendar-own")
        address = request.build_absolute_uri(reverse("calendar", args=[calendars.new_feed(user)]))
    current = CalendarFeed.objects.filter(user=user, revoked=None).first()
    return render(request, "follow_up/calendar.html", {"address": address, "current": current, "section": "follow-up"})
