"""Proofs: brought as a file or an address, given out as a download to whoever may see them, withdrawn by whoever brought them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import proofs
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.follow_up.models import Proof
from evaltrail_office.follow_up.moving import allowed, checked
from evaltrail_office.follow_up.queries_action import action_rows
from evaltrail_office.follow_up.views.action import Sent, shown
from evaltrail_office.intake.sniff import Declined
from evaltrail_office.shelf import files

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from evaltrail_office.follow_up.models import Action

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
"""For a file that somebody brought: should a browser ever show it, it runs nothing and belongs to no origin."""
_HOUR = 3600


class Brought(forms.Form):
    """A proof. The file comes by a way of its own."""

    words = forms.CharField(label=gettext_lazy("What it shows"), required=False, max_length=300)
    address = forms.CharField(
        label=gettext_lazy("Address of a page that shows it"), required=False, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    public = forms.BooleanField(
        label=gettext_lazy("Open to whoever sees the action; else to the unit and those who verify"), required=False
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    """A file that has come already with a form that was sent back, signed."""


@csrf_exempt  # the check reads the whole upload; it is made in here, once the way into the shelf is laid
@never_cache
@require_POST
def bring(request: HttpRequest, key: str) -> HttpResponse:
    """Add a proof to an action."""
    hands = Hands(signed_in(request))
    action = action_rows(hands.user).filter(key=key).first()
    if action is None or not allowed(hands, action, "prove"):
        return _refused(request, action, hands)
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said.isdecimal():
        told = _("The browser did not say how large the file is, so it was not taken. Send it from another browser, or give its address.")
        return _told(request, action, hands, told, 411)
    if int(said) > proofs.most_bytes() + proofs.AROUND:
        # Told at once: not a byte of it is read.
        return _told(request, action, hands, proofs.too_large(), 413)
    request.upload_handlers = [proofs.IntoProof(request)]
    return csrf_protect(_bring)(request, action, hands)


def _refused(request: HttpRequest, action: Action | None, hands: Hands) -> HttpResponse:
    """Answer who may not bring any proof; what is sent goes nowhere."""

    def refuse(request: HttpRequest) -> HttpResponse:
        del request
        if action is None:
            raise Http404
        checked(hands.user, action, "prove", hands=hands)
        raise PermissionDenied

    said = request.META.get("CONTENT_LENGTH") or ""
    request.upload_handlers = [proofs.Nowhere(request)]
    try:
        small = said.isdecimal() and int(said) <= proofs.AROUND
        return csrf_protect(refuse)(request) if small or not said else refuse(request)
    except Refused as fault:
        assert action is not None  # noqa: S101 - only an action has a state
        return _told(request, action, hands, str(fault), 409)


def _told(
    request: HttpRequest, action: Action, hands: Hands, words: str, status: int, *, given: Any = None, field: str = "file"
) -> HttpResponse:
    form = Brought(given or {}, auto_id="prove-%s")
    form.is_valid()
    return shown(request, action, hands, Sent(prove=form, prove_faults={field: words}), status)


def _bring(request: HttpRequest, action: Action, hands: Hands) -> HttpResponse:
    # Reading POST reads the file.
    given = request.POST.copy()
    salt = f"proof:{action.key}:{hands.user.key}"
    form = Brought(given, auto_id="prove-%s")
    if not form.is_valid():
        field = next(iter(form.errors))
        return _told(request, action, hands, str(form.errors[field][0]), 422, given=given, field=field)
    try:
        kept = proofs.kept(request.FILES.get("file")) or _before(form.cleaned_data["kept"], salt)
    except Declined as fault:
        return _told(request, action, hands, str(fault), 413 if str(fault) == proofs.too_large() else 422, given=given)
    if kept is not None:
        given["kept"] = signing.dumps([kept.sha256, kept.size, kept.name, kept.media_type], salt=salt)
    try:
        work.add_proof(
            hands.user, action, form.cleaned_data["words"], kept or form.cleaned_data["address"].strip(), public=form.cleaned_data["public"]
        )
    except Refused as fault:
        return _told(request, action, hands, str(fault), 422, given=given, field=fault.field or "file")
    messages.success(request, _("The proof is there. Claim the action with it when it shows that it is done."))
    return redirect(f"{action_address(action)}#proof")


def action_address(action: Action) -> str:
    """Of an action's page."""
    return reverse("action", args=[action.key])


def _before(kept: str, salt: str) -> work.Kept | None:
    """A file that came with an earlier try of the same person."""
    if not kept:
        return None
    try:
        return work.Kept(*signing.loads(kept, salt=salt, max_age=_HOUR))
    except signing.BadSignature:
        return None


@never_cache
@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, as a download and never as a page of ours: what is in it is not ours."""
    found = get_object_or_404(visible(signed_in(request), Proof.objects.exclude(sha256="")), pk=pk)
    return as_download(found)


def as_download(found: Proof) -> FileResponse:
    """The file of a proof that may be seen, in a frame of its own rights where a browser shows it all the same. 404 where it is gone."""
    path = files.path_of(found.sha256)
    if not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=found.name or f"proof-{found.pk}", content_type=found.media_type)
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a proof on which no claim rests."""
    user = signed_in(request)
    found = get_object_or_404(visible(user, Proof.objects.select_related("action", "action__evaluation")), pk=pk)
    try:
        work.withdraw_proof(user, found)
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The proof is withdrawn. It stays in the history."))
    return redirect(f"{action_address(found.action)}#proof")
