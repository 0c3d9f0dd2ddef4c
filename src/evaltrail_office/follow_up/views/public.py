"""What became of recommendations: for whoever has a part in evaluation, and for anybody where the head of evaluation has opened it."""

from __future__ import annotations

import gzip
import hashlib
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaltrail import __version__
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import definitions, public_data, tallies
from evaltrail_office.follow_up import queries_figures as figures
from evaltrail_office.follow_up import queries_public as queries
from evaltrail_office.follow_up.actions.public import set_public
from evaltrail_office.follow_up.became import NAME as BECAME
from evaltrail_office.follow_up.models import House
from evaltrail_office.follow_up.preset import shipped
from evaltrail_office.follow_up.views.proof import as_download
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

P = ParamSpec("P")
HEADLINES = ("acceptance-of-all-issued", "implementation-verified", "on-time-first")


def for_everybody(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a stranger in where it is open, and send them to sign in where it is not; nothing is looked up before that is known.

    Whoever asks again for what has not changed is told so.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        known = isinstance(request.user, User) and request.user.is_active
        if not House.of_office().public:
            if not known:
                return redirect_to_login(request.get_full_path())
            if not scope_of(request.user).holds_a_role:
                raise Http404
        tag = _tag(request)
        early = get_conditional_response(request, etag=tag)
        answer = early if isinstance(early, HttpResponseNotModified) else view(request, *args, **kwargs)
        if answer.status_code in {200, 304}:
            answer.headers.setdefault("ETag", tag)
        # The page has the visitor's own token for choosing a language in it, so that no cache may hand it to another.
        patch_cache_control(answer, private=True, no_cache=True)
        patch_vary_headers(answer, ("Cookie", "Accept-Language"))
        return answer

    return guarded


def _tag(request: HttpRequest) -> str:
    """Changes with everything that a page could show: the journal has every change, and days pass."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    moment = tallies.newest(released=True).as_of
    who = request.user.key if isinstance(request.user, User) else ""
    token = request.COOKIES.get("csrftoken", "")
    asked = request.get_full_path()
    told = f"{last} {moment} {timezone.localdate()} {get_language()} {who} {token} {asked} {__version__}"
    return quote_etag(hashlib.sha256(told.encode()).hexdigest()[:32])


def _frame(here: str) -> dict[str, Any]:
    pages = (
        ("public", _("What became of it")),
        ("public-evaluations", _("Evaluations")),
        ("public-definitions", _("Definitions")),
        ("public-data", _("Open data")),
    )
    return {"pages": pages, "here": here, "as_of": tallies.newest(released=True).as_of, "open": House.of_office().public}


@for_everybody
def public(request: HttpRequest) -> HttpResponse:
    """The first page: three figures, what was done and what was not, and each year."""
    moment = tallies.newest(released=True)
    found = tallies.wholes(moment)
    used = {d.id: d for d in definitions.in_use()}
    shown = {
        name: figures.Shown(used[name], found[name].body)
        for name in (*HEADLINES, "implementation-claimed", "median-delay")
        if name in found and name in used
    }
    became = found[BECAME].body if BECAME in found else None
    context = _frame("public") | {
        "became": became,
        "accepted": shown.get("acceptance-of-all-issued"),
        "implemented": shown.get("implementation-verified"),
        "claimed": shown.get("implementation-claimed"),
        "on_time": shown.get("on-time-first"),
        "delay": shown.get("median-delay"),
        "verdicts": _verdicts(became),
        "further": _further(shown),
        "years": _years(became),
        "reason": _reason(became),
        "done": queries.some(),
    }
    return render(request, "follow_up/public/public.html", context)


def _verdicts(became: dict[str, Any] | None) -> dict[str, Any]:
    if not became or not became["recommendations"]:
        return {}
    said, every = became["verdicts"], became["recommendations"]
    full, part = said.get("accepted", 0), said.get("partially_accepted", 0)
    return {
        "full": full,
        "part": part,
        "rejected": said.get("rejected", 0),
        "full_share": f"{100 * full / every:.2f}%",
        "part_share": f"{100 * part / every:.2f}%",
    }


def _further(shown: dict[str, figures.Shown]) -> str:
    """Width of what is claimed and not verified."""
    verified, claimed = shown.get("implementation-verified"), shown.get("implementation-claimed")
    if verified is None or claimed is None or not verified.known or not claimed.known:
        return ""
    return f"{max(0.0, claimed.body['value'] - verified.body['value']) * 100:.2f}%"


def _years(became: dict[str, Any] | None) -> list[dict[str, Any]]:
    found = []
    for row in became["years"] if became else ():
        every = row["accepted"]
        verified, claimed = row.get("verified", 0), row.get("claimed", 0)
        found.append(
            {
                "year": row["year"],
                "accepted": every,
                "verified": verified,
                "claimed": claimed,
                "late": row.get("late", 0),
                "verified_share": f"{100 * verified / every:.2f}%",
                "claimed_share": f"{100 * claimed / every:.2f}%",
            }
        )
    return found


def _reason(became: dict[str, Any] | None) -> str:
    """The most common kind of reason why something is late, in words."""
    code = next(iter(became["delays"]), "") if became else ""
    for preset in shipped().values():
        known = preset.reason(code)
        if known is not None:
            return known.words
    return ""


@for_everybody
def states(request: HttpRequest, state: str) -> HttpResponse:
    """All actions that are verified, claimed or late."""
    if state not in queries.STATES:
        raise Http404
    rows, page = queries.listed(state, request.GET.get("page"))
    kept = tallies.newest(released=True).rows(definition=BECAME).first()
    count = kept.body["states"].get(state, 0) if kept is not None else 0
    context = {"state": state, "rows": rows, "page": page, "count": count, "most": queries.MOST}
    return render(request, "follow_up/public/states.html", _frame("public") | context)


@for_everybody
def evaluations(request: HttpRequest) -> HttpResponse:
    """Released evaluations that are followed."""
    page = queries.evaluations_listed(request.GET.get("page"))
    return render(request, "follow_up/public/evaluations.html", _frame("public-evaluations") | {"page": page})


@for_everybody
def evaluation(request: HttpRequest, key: str) -> HttpResponse:
    """What became of the recommendations of one evaluation."""
    found = get_object_or_404(queries.evaluations(), key=key)
    context = _frame("public-evaluations") | {"evaluation": found, "followed": queries.followed(found)}
    return render(request, "follow_up/public/evaluation.html", context)


@for_everybody
def words(request: HttpRequest) -> HttpResponse:
    """Every definition: what it counts, by whose practice, and what it gives."""
    moment = tallies.newest(released=True)
    found = tallies.wholes(moment)
    listed = [
        (d, used, figures.Shown(d, found[d.id].body) if used and d.id in found and found[d.id].version == d.version else None)
        for d, used in definitions.words(definitions.known()[0])
    ]
    return render(request, "follow_up/public/definitions.html", _frame("public-definitions") | {"listed": listed})


@for_everybody
def data(request: HttpRequest) -> HttpResponse:
    """What the open data hold, and where they are."""
    context = {"heads": public_data.HEADS, "there": bool(public_data.stamp("csv"))}
    return render(request, "follow_up/public/data.html", _frame("public-data") | context)


@for_everybody
def data_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The released rows as CSV or JSON."""
    stamp = public_data.stamp(form) if form in public_data.FORMS else ""
    if not stamp:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    tag = quote_etag(f"{stamp}{'z' if packed else ''}")
    if get_conditional_response(request, etag=tag) is not None:
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        kept = public_data.path(form)
        content = kept.open("rb") if packed else gzip.open(kept, "rb")  # noqa: SIM115 - Django closes it with the answer
        answer = FileResponse(content, content_type=public_data.FORMS[form])
        if packed:
            answer["Content-Encoding"] = "gzip"
        answer["Content-Disposition"] = f'attachment; filename="follow-up.{form}"'
    answer["ETag"] = tag
    patch_vary_headers(answer, ("Accept-Encoding",))
    return answer


@for_everybody
def proof(request: HttpRequest, pk: int) -> HttpResponseBase:  # noqa: ARG001 - a view
    """A public proof, as a download and never as a page of ours: what is in it is not ours."""
    found = get_object_or_404(queries.proofs().exclude(sha256=""), pk=pk)
    return as_download(found)


@require_POST
def settings(request: HttpRequest) -> HttpResponse:
    """Open it to everybody, or close it; for the head of evaluation."""
    user = signed_in(request)
    if not scope_of(user).holds_a_role:
        raise Http404
    on = request.POST.get("public") == "on"
    if set_public(user, on=on):
        opened, closed = _("Everybody can now read what became of released recommendations."), _("Nobody reads it now without signing in.")
        messages.success(request, opened if on else closed)
    return redirect("follow-up-settings")
