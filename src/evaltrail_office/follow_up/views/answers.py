"""The answers to one evaluation: opening its follow-up, who answers what, how far it has come, handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaltrail_office.accounts.access import may, visible
from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Role, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.follow_up import forms_answers as forms
from evaltrail_office.follow_up import paper, plan_quality
from evaltrail_office.follow_up import queries_answers as queries
from evaltrail_office.follow_up.actions import answers as verbs
from evaltrail_office.follow_up.actions import opening
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import ResponseState
from evaltrail_office.follow_up.models import FollowUp, House, Track
from evaltrail_office.follow_up.models.answers import Addressee
from evaltrail_office.follow_up.moving import Overtaken, allowed
from evaltrail_office.follow_up.printed import papers_with_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.naming import Names
    from evaltrail_office.follow_up.preset import Preset
    from evaltrail_office.shelf.models import Document

PAGE = 25
OFFERED = 400
"""Units that a field offers; more are found by their name."""


def own_evaluation(user: User, key: str) -> Evaluation:
    """An evaluation whose follow-up a person may look at; 404 else."""
    found = queries.may_know(user, key)
    if found is None:
        raise Http404
    return found


def own_follow_up(user: User, key: str) -> FollowUp:
    """The open follow-up of an evaluation; 404 where there is none that the person sees."""
    rows = visible(user, FollowUp.objects.select_related("evaluation", "evaluation__unit"))
    found: FollowUp = get_object_or_404(rows, evaluation__key=key)
    return found


def offered_units() -> list[str]:
    """Names of units that fields offer: those that are there today."""
    return list(Unit.objects.filter(successor=None).values_list("name", flat=True)[:OFFERED])


@require_safe
def answers(request: HttpRequest, key: str) -> HttpResponse:
    """How far the answers to an evaluation have come, and what can be done with them."""
    user = signed_in(request)
    evaluation = own_evaluation(user, key)
    follow_up = queries.follow_up_of(user, evaluation)
    papers = evaluation_queries.papers(user, evaluation)
    context: dict[str, Any] = {"evaluation": evaluation, "follow_up": follow_up, "may_plan": may(user, Verb.PLAN, evaluation)}
    if follow_up is None:
        context["form"] = _opening(user, evaluation, papers) if context["may_plan"] else None
        context["known"] = evaluation.recommendations.exists()
    else:
        context |= _account(request, user, follow_up, papers)
    return render(request, "follow_up/answers/answers.html", context | {"section": "follow-up"})


def _opening(user: User, evaluation: Evaluation, papers: Sequence[Document] | None, data: Any = None) -> forms.Opening:
    known = opening.presets()
    chosen = House.of_office().preset
    first = known.get(chosen) or next(iter(known.values()))
    start = queries.start_of(user, evaluation, first.clock.starts, papers)
    return forms.Opening(data, presets=known, why=start.why, initial={"preset": first.id, "started": start.day})


def _account(request: HttpRequest, user: User, follow_up: FollowUp, papers: Sequence[Document]) -> dict[str, Any]:
    hands, preset = Hands(user), preset_of(follow_up)
    plans = may(user, Verb.PLAN, follow_up.evaluation)
    coordinates = Role.COORDINATOR in hands.scope.roles(follow_up.evaluation.key)
    page = Paginator(queries.tracks(user, follow_up.evaluation, states=plans), PAGE).get_page(request.GET.get("page"))
    printed = queries.printed([t.recommendation.key for t in page], papers)
    readable = queries.open_to(user, follow_up)
    rows = [_row(hands, t, preset, printed.of.get(t.recommendation.key), readable) for t in page]
    start = queries.start_of(user, follow_up.evaluation, preset.clock.starts, papers) if plans else None
    counts = queries.progress(user, follow_up, states=plans or coordinates)
    of = queries.organisations(follow_up)
    return {
        "preset": preset,
        "page": page,
        "rows": rows,
        "progress": counts["*"],
        "joint": len(of) > 1 or bool(of[0]),
        "organisations": _organisations(user, hands, follow_up, of, counts, coordinates=coordinates, plans=plans),
        "coordinates": coordinates,
        "may_charge": plans or coordinates,
        "transmissions": queries.transmissions(user, follow_up),
        "offering": papers_with_answers(user, follow_up) if (plans or coordinates) and queries.unanswered(follow_up) else [],
        "fit": plan_quality.fit_of(user, follow_up),
        "readable_papers": {d.key for d in papers},
        "clock": forms.Clock(initial={"started": follow_up.started or start.day}) if start else None,
        "more": follow_up.evaluation.recommendations.filter(track=None).count() if plans else 0,
    }


def _row(hands: Hands, track: Track, preset: Preset, place: tuple[str, str, int | None] | None, readable: frozenset[int]) -> dict[str, Any]:
    return {
        "track": track,
        "place": place,
        "lead": [c for c in track.charges.all() if c.lead],
        "others": [c for c in track.charges.all() if not c.lead],
        "answers": [queries.told(hands, r, preset, readable=r.pk in readable) for r in track.responses.all()],
        "points": list(track.points.all()),
        "may_split": allowed(hands, track, "split") and not any(r.state in queries.HANDED_OVER for r in track.responses.all()),
    }


def _organisations(
    user: User,
    hands: Hands,
    follow_up: FollowUp,
    names: Sequence[str],
    counts: Mapping[str, queries.Progress],
    *,
    coordinates: bool,
    plans: bool,
) -> list[dict[str, Any]]:
    """Of each organisation its overall answer, what it owes, and whether it can be handed over or made public."""
    preset = preset_of(follow_up)
    live = queries.answers(user).filter(follow_up=follow_up, replaced=False)
    whole = {r.organisation: r for r in live.filter(track=None).order_by("version")}
    owed = live.exclude(state__in=verbs.IN_FORCE).order_by("track__recommendation__position", "point__position", "pk")
    waiting = list(owed) if coordinates else []
    handed = set(follow_up.responses.filter(state=ResponseState.TRANSMITTED).values_list("organisation", flat=True)) if plans else set()
    found = []
    for name in names:
        own = [r for r in waiting if r.organisation == name]
        open_ = [queries.told(hands, r, preset) for r in own if r.state not in queries.DONE]
        found.append(
            {
                "name": name,
                "progress": counts.get(name, queries.Progress()),
                "whole": queries.told(hands, whole[name], preset) if name in whole else None,
                "owed": open_,
                "ready": bool(own) and not open_,
                "to_issue": name in handed,
            }
        )
    return found


@require_POST
def open_answers(request: HttpRequest, key: str) -> HttpResponse:
    """Open the follow-up, or take in recommendations that came since."""
    user = signed_in(request)
    evaluation = own_evaluation(user, key)
    form = _opening(user, evaluation, None, request.POST)
    if form.is_valid():
        try:
            opening.open_follow_up(user, evaluation, form.cleaned_data["preset"], started=form.cleaned_data["started"])
        except Refused as fault:
            told(form, fault)
        else:
            messages.success(request, _("The follow-up is open. Say now which units answer."))
            return redirect("answers-charge", key)
    context = {"evaluation": evaluation, "follow_up": None, "form": form, "may_plan": True, "known": True, "section": "follow-up"}
    return render(request, "follow_up/answers/answers.html", context, status=422)


@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Start the clock on a day."""
    user = signed_in(request)
    follow_up = own_follow_up(user, key)
    form = forms.Clock(request.POST)
    if form.is_valid():
        try:
            opening.start_clock(user, follow_up, form.cleaned_data["started"])
        except Refused as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, _("The clock runs, and the dates that follow from it are set."))
    else:
        messages.error(request, _("Give the day on which the report was issued or decided on."))
    return redirect("answers", key)


_Charges = formset_factory(forms.Charging, extra=0)


@require_http_methods(["GET", "HEAD", "POST"])
def charge(request: HttpRequest, key: str) -> HttpResponse:
    """Say who answers each recommendation: many at once, as the papers' words propose."""
    user = signed_in(request)
    follow_up = own_follow_up(user, key)
    hands = Hands(user)
    roles = hands.scope.roles(key)
    if not (roles & {Role.HEAD, Role.MANAGER, Role.COORDINATOR}):
        raise PermissionDenied(_("Who answers is said by the evaluation office and the response coordinator."))
    organisation = " ".join(request.GET.get("organisation", "").split())[:200]
    page = Paginator(queries.tracks(user, follow_up.evaluation), PAGE).get_page(request.GET.get("page"))
    known = opening.units_by_name()
    first = {t.pk: _charged(t, organisation, known) for t in page}
    formset = _Charges(
        request.POST or None, initial=[first[t.pk][0] for t in page] if request.method != "POST" else None, form_kwargs={"known": known}
    )
    by_number = {t.pk: t for t in page}
    if request.method == "POST" and formset.is_valid():
        done, refused = _charge_all(user, by_number, formset, organisation)
        if done:
            said = ngettext("%(n)d recommendation is addressed.", "%(n)d recommendations are addressed.", done)
            messages.success(request, said % {"n": done})
        if not refused:
            back = reverse("answers", args=[key])
            more = page.has_next()
            again = f"{reverse('answers-charge', args=[key])}?{urlencode({'organisation': organisation, 'page': str(page.number + 1)})}"
            return redirect(again if more else back)
    rows = [(form, by_number.get(_number(form))) for form in formset]
    context = {
        "evaluation": follow_up.evaluation,
        "follow_up": follow_up,
        "formset": formset,
        "rows": [(form, track, first[track.pk][1] if track else False) for form, track in rows],
        "page": page,
        "organisation": organisation,
        "organisations": [name for name in queries.organisations(follow_up) if name],
        "units": offered_units(),
        "section": "follow-up",
    }
    return render(request, "follow_up/answers/charge.html", context, status=422 if request.method == "POST" else 200)


def _number(form: forms.Charging) -> int:
    value = form["track"].value()
    return int(value) if str(value).isdigit() else 0


def _charged(track: Track, organisation: str, known: Names) -> tuple[dict[str, Any], bool]:
    """What the form begins with, and whether it is only proposed."""
    own = [c for c in track.charges.all() if c.organisation == organisation]
    lead = next((c.unit.name for c in own if c.lead), "")
    others = [c.unit.name for c in own if not c.lead]
    proposed = False
    if not own:
        named = opening.units_named(track.printed_addressee, known)
        proposed = bool(named)
        lead, others = (named[0].name if named else ""), [u.name for u in named[1:]]
    begins = {"track": track.pk, "revision": track.revision, "addressee": track.addressee, "lead": lead, "others": "; ".join(others)}
    return begins, proposed


def _charge_all(user: User, tracks: Mapping[int, Track], formset: Any, organisation: str) -> tuple[int, bool]:
    """Do what each row says; a row that is refused keeps what was typed and the others stand. Returns how many, and whether one was not."""
    done, refused = 0, False
    for form in formset:
        given = form.cleaned_data
        track = tracks.get(given["track"])
        if track is None:
            continue
        try:
            done += _charge_one(user, track, given, organisation)
        except Overtaken as fault:
            refused = True
            told(form, fault)
            # Now that the person was told, saving again is their own decision.
            form.data = form.data.copy()
            form.data[form.add_prefix("revision")] = str(Track.objects.values_list("revision", flat=True).get(pk=track.pk))
        except Refused as fault:
            refused = True
            told(form, fault if fault.field != "unit" else Refused(str(fault), "lead"))
    return done, refused


def _charge_one(user: User, track: Track, given: Mapping[str, Any], organisation: str) -> bool:
    own = [c for c in track.charges.all() if c.organisation == organisation]
    before = (next((c.unit_id for c in own if c.lead), None), sorted(c.unit_id for c in own if not c.lead))
    revision, changed = given["revision"], False
    if given["addressee"] != track.addressee:
        revision = opening.address(user, track, Addressee(given["addressee"]), revision).revision
        changed = True
    lead, others = given["lead"], given["others"] or []
    if lead is not None and before != (lead.pk, sorted(u.pk for u in others if u.pk != lead.pk)):
        opening.charge(user, track, lead, others, organisation=organisation, revision=revision)
        changed = True
    return changed


@require_POST
def overall(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the answer to the evaluation as a whole."""
    user = signed_in(request)
    found = verbs.overall(user, own_follow_up(user, key), organisation=_known_organisation(request))
    return redirect("answer", found.pk)


def _known_organisation(request: HttpRequest) -> str:
    return " ".join(request.POST.get("organisation", "").split())[:200]


@require_POST
def transmit(request: HttpRequest, key: str) -> HttpResponse:
    """Hand over what is cleared."""
    user = signed_in(request)
    follow_up = own_follow_up(user, key)
    try:
        made = verbs.transmit(user, follow_up, organisation=_known_organisation(request))
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Transmitted and frozen. Its hash begins with %(hash)s.") % {"hash": made.sha256[:12]})
    return redirect("answers", key)


@require_POST
def issue(request: HttpRequest, key: str) -> HttpResponse:
    """Make public what was handed over."""
    user = signed_in(request)
    follow_up = own_follow_up(user, key)
    try:
        count = verbs.issue(user, follow_up, organisation=_known_organisation(request))
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, ngettext("%(n)d answer is public.", "%(n)d answers are public.", count) % {"n": count})
        shown = paper.show(user, follow_up)
        if shown.still:
            messages.warning(request, shown.still)
    return redirect("answers", key)
