"""One answer: written, contributed to, cleared, sent back, revised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import formset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.follow_up import forms_answers as forms
from evaltrail_office.follow_up import plan_quality, versions
from evaltrail_office.follow_up import queries_answers as queries
from evaltrail_office.follow_up.actions import answers as verbs
from evaltrail_office.follow_up.actions.opening import units_by_name
from evaltrail_office.follow_up.chain import sent_back, steps
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import BY_NAME, HANDS, ResponseState
from evaltrail_office.follow_up.models import Action, PlanJudgement
from evaltrail_office.follow_up.moving import Overtaken, allowed
from evaltrail_office.follow_up.statement import asked_for
from evaltrail_office.follow_up.views.answers import offered_units
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseFormSet
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Response
    from evaltrail_office.follow_up.preset import Preset

HISTORY = 40
_Promises = formset_factory(forms.Promising, extra=0, absolute_max=forms.MOST_ACTIONS, max_num=forms.MOST_ACTIONS)
_NAMES = ("draft", "contribute", "submit", "withdraw", "clear", "send_back")


@dataclass(slots=True)
class _Shown:
    """The forms of the page, as they are to be shown."""

    form: forms.Answering
    rows: BaseFormSet[forms.Promising] | None
    contribution: forms.Contributing
    decision: forms.Deciding
    overtaken: bool = False
    faults: list[str] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an answer."""
    user = signed_in(request)
    found = get_object_or_404(queries.answers(user), pk=pk)
    preset = preset_of(found.follow_up)
    people = queries.people_to_name(found)
    shown = _shown(found, preset, people)
    if request.method == "POST":
        gone = _posted(request, user, found, preset, people, shown)
        if gone is not None:
            return gone
        found = get_object_or_404(queries.answers(user), pk=pk)
    return render(
        request, "follow_up/answers/answer.html", _context(user, found, preset, shown), status=422 if request.method == "POST" else 200
    )


def _shown(found: Response, preset: Preset, people: list[User]) -> _Shown:
    said = {name: getattr(found, name) for name in ("revision", "verdict", "text", "reason", "alternative", "infeasible", "money")}
    own = [_row(a) for a in found.actions.all()]
    editable = found.state in {ResponseState.ASKED, ResponseState.DRAFTED}
    rows = None
    if found.track is not None and editable:
        rows = _Promises(initial=own or [_blank(found)], prefix="actions", form_kwargs={"people": people})
    return _Shown(
        form=forms.Answering(initial=said, preset=preset, whole=found.track is None),
        rows=rows,
        contribution=forms.Contributing(initial={"revision": found.revision}, prefix="gives"),
        decision=forms.Deciding(initial={"revision": found.revision}, prefix="decides"),
    )


def _row(a: Any) -> dict[str, Any]:
    columns = {name: getattr(a, name) for name in ("key", "number", "text", "due", "cost", "currency")}
    return {**columns, "unit": a.unit.name if a.unit else "", "owner": a.owner_id}


def _blank(found: Response, number: int = 1) -> dict[str, Any]:
    """A new row: of the unit that leads, due when the recommendation is."""
    lead, _others = queries.charged(found)
    base = (found.point.number if found.point else "") or (found.track.recommendation.number if found.track else "")
    base = base.strip(" .:")
    return {
        "number": f"{base}.{number}"[:24] if base else str(number),
        "unit": lead.unit.name if lead else "",
        "due": found.track.due if found.track and found.track.due and found.track.due > timezone.localdate() else None,
    }


def _posted(request: HttpRequest, user: User, found: Response, preset: Preset, people: list[User], shown: _Shown) -> HttpResponse | None:
    """Do what was asked; None where the page is shown again, with what was typed."""
    do, _colon, which = request.POST.get("do", "").partition(":")
    if do in {"add", "remove", "draft", "submit"}:
        return _written(request, user, found, preset, people, shown, do, which)
    if do == "contribute":
        shown.contribution = forms.Contributing(request.POST, prefix="gives")
        return _tried(
            request, shown.contribution, shown, found, _("Given. The lead unit sees it beside its draft."),
            lambda given: verbs.contribute(user, found, given["words"], given["revision"]),
        )  # fmt: skip
    if do in {"clear", "send_back"}:
        shown.decision = forms.Deciding(request.POST, prefix="decides")
        verb = verbs.clear if do == "clear" else verbs.send_back
        said = _("Cleared.") if do == "clear" else _("Sent back to the lead unit, with your words.")
        return _tried(request, shown.decision, shown, found, said, lambda given: verb(user, found, given["words"], given["revision"]))
    if do == "hand_in":
        shown.decision = forms.Deciding(request.POST, prefix="decides")
        return _tried(
            request, shown.decision, shown, found, _("Submitted for clearance."), lambda given: verbs.submit(user, found, given["revision"])
        )
    if do == "withdraw":
        shown.decision = forms.Deciding(request.POST, prefix="decides")
        return _tried(
            request, shown.decision, shown, found, _("Taken back from clearance. It can be written on."),
            lambda given: verbs.withdraw(user, found, given["revision"]),
        )  # fmt: skip
    if do == "revise":
        made = verbs.revise(user, found)
        messages.success(request, _("A new version is begun. The one before holds until this one is transmitted."))
        return redirect("answer", made.pk)
    return redirect("answer", found.pk)


def _tried(
    request: HttpRequest, form: Any, shown: _Shown, found: Response, said: str, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse | None:
    """Carry out what a form says; what is refused stands at its field."""
    if not form.is_valid():
        return None
    try:
        act(form.cleaned_data)
    except Overtaken as fault:
        shown.overtaken, shown.faults = True, [str(fault)]
        _renew(form, found)
        return None
    except Refused as fault:
        told(form, fault)
        return None
    messages.success(request, said)
    return redirect("answer", found.pk)


def _renew(form: Any, found: Response) -> None:
    """Let a form that came too late be sent again, now that the person has seen what changed."""
    found.refresh_from_db(fields=["revision"])
    form.data = form.data.copy()
    form.data[form.add_prefix("revision")] = str(found.revision)


def _written(
    request: HttpRequest, user: User, found: Response, preset: Preset, people: list[User], shown: _Shown, do: str, which: str
) -> HttpResponse | None:
    """The answer itself: a row added or taken out, or written down, or written down and submitted."""
    data = request.POST
    shown.form = forms.Answering(data, preset=preset, whole=found.track is None)
    kwargs = {"people": people, "known": units_by_name()}
    if found.track is not None:
        if do in {"add", "remove"}:
            _rows_changed(found, preset, shown, data, kwargs, which if do == "remove" else "")
            return None
        shown.rows = _Promises(data, prefix="actions", form_kwargs=kwargs)
    if not (shown.form.is_valid() and (shown.rows is None or shown.rows.is_valid())):
        return None
    written = [f for f in shown.rows if not f.is_blank] if shown.rows is not None else []
    try:
        done = verbs.draft(
            user,
            found,
            shown.form.said(tuple(f.promise() for f in written) if shown.rows is not None else None),
            shown.form.cleaned_data["revision"],
        )
    except Overtaken as fault:
        shown.overtaken, shown.faults = True, [str(fault)]
        _renew(shown.form, found)
        _keep_theirs(found, shown)
        return None
    except Refused as fault:
        _at_row(shown, written, fault)
        return None
    if do == "draft":
        messages.success(request, _("Written down. Nothing is submitted yet."))
        return redirect("answer", found.pk)
    return _submitted(request, user, done, shown, written)


def _submitted(request: HttpRequest, user: User, done: Response, shown: _Shown, written: list[forms.Promising]) -> HttpResponse | None:
    try:
        verbs.submit(user, done, done.revision)
    except Refused:
        # What was typed is written down; what it lacks stands where it is missing.
        messages.warning(request, _("Written down, and not submitted: something is missing."))
        return redirect("answer", done.pk)
    messages.success(request, _("Submitted for clearance."))
    del shown, written
    return redirect("answer", done.pk)


def _rows_changed(found: Response, preset: Preset, shown: _Shown, data: Any, kwargs: dict[str, Any], which: str) -> None:
    """Add an empty row, or take one out; what was typed stays, and nothing is written."""
    count = int(data.get("actions-TOTAL_FORMS", "0")) if str(data.get("actions-TOTAL_FORMS", "0")).isdigit() else 0
    names = list(forms.Promising.base_fields)
    typed = [{name: data.get(f"actions-{n}-{name}", "") for name in names} for n in range(min(count, forms.MOST_ACTIONS))]
    if which:
        typed = [row for n, row in enumerate(typed) if str(n) != which]
    elif len(typed) < forms.MOST_ACTIONS:
        typed.append(_blank(found, len(typed) + 1))
    said = {name: data.get(name, "") for name in forms.Answering.base_fields}
    said["infeasible"] = bool(data.get("infeasible"))
    shown.form = forms.Answering(initial=said, preset=preset, whole=False)
    shown.rows = _Promises(initial=typed, prefix="actions", form_kwargs=kwargs)


def _keep_theirs(found: Response, shown: _Shown) -> None:
    """Actions that somebody else has written meanwhile are put behind those that were typed: else they would be taken out unseen."""
    if shown.rows is None:
        return
    data: Any = dict(shown.rows.data.items())
    count = shown.rows.total_form_count()
    typed = {data.get(f"actions-{n}-key", "") for n in range(count)}
    for a in Action.objects.filter(response=found).select_related("unit").order_by("position"):
        if a.key not in typed and count < forms.MOST_ACTIONS:
            for name, value in _row(a).items():
                data[f"actions-{count}-{name}"] = "" if value is None else str(value)
            count += 1
    data["actions-TOTAL_FORMS"] = str(count)
    shown.rows = _Promises(data, prefix="actions", form_kwargs=shown.rows.form_kwargs)


def _at_row(shown: _Shown, written: list[forms.Promising], fault: Refused) -> None:
    """A fault of an action stands at its row."""
    start = shown.form
    if fault.field in {"due", "currency", "unit"}:
        for row in written:
            value = row.cleaned_data.get(fault.field)
            if fault.field == "currency" or value is not None:
                words = value.isoformat() if isinstance(value, date) else getattr(value, "name", "")
                if not words or words in str(fault):
                    row.add_error(fault.field, str(fault))
                    return
    told(start, fault)


def _context(user: User, found: Response, preset: Preset, shown: _Shown) -> dict[str, Any]:
    hands = Hands(user)
    may = {name: allowed(hands, found, name) for name in _NAMES}
    own = hands.of(found, preset)
    inside = bool(own) or found.state not in queries.HANDED_OVER
    editable = found.state in {ResponseState.ASKED, ResponseState.DRAFTED}
    lead, others = queries.charged(found)
    line = steps(found, preset)
    back = sent_back(found)
    entries = list(Entry.objects.filter(thing=f"answer:{found.pk}").order_by("-pk")[:HISTORY]) if inside else []
    mine = next((c for c in others if c.unit_id in hands.units), None)
    if mine is not None and not shown.contribution.is_bound:
        shown.contribution.initial["words"] = mine.words
    keys = (
        {e.actor for e in entries}
        | {c.given_by for c in others if c.given_by}
        | {s.by for s in line if s.by}
        | ({back.made_by} if back else set())
    )
    return {
        "answer": found,
        "told": queries.told(hands, found, preset),
        "preset": preset,
        "verdicts": preset.verdicts,
        "asked": asked_for(user, found),
        "shown": shown,
        "may": may,
        "revise": found.state in queries.HANDED_OVER and not found.replaced and bool({"lead", "coordinator"} & {str(h) for h in own}),
        "editable": editable,
        "whose": ", ".join(str(HANDS[h]) for h in HANDS if h in BY_NAME[ResponseState, "draft"].hands),
        "lead": lead,
        "others": others,
        "steps": line,
        "back": back,
        "entries": entries,
        "names": evaluation_queries.names(keys),
        "versions": versions.of(user, found),
        "plans": _plans(found),
        "going_on": queries.going_on(user, found),
        "units": offered_units() if may["draft"] else [],
        "late": found.follow_up.response_due,
        "today": timezone.localdate(),
        "section": "follow-up",
    }


def _plans(found: Response) -> dict[str, list[plan_quality.Mark]]:
    """By action, what is said of its plan: what was judged, or, of one that is still drafted, what rules would say."""
    actions = list(found.actions.all())
    if found.track is None:
        return {}
    for a in actions:
        a.track = found.track
    if found.state not in queries.HANDED_OVER:
        language = (get_language() or "en")[:2]
        return {a.key: plan_quality.live_marks(a, language) for a in actions}
    rows = list(PlanJudgement.objects.filter(action__in=actions))
    return {a.key: plan_quality.marks([r for r in rows if r.action_id == a.pk]) for a in actions}


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version of an answer changed against the one before."""
    user = signed_in(request)
    found = get_object_or_404(queries.answers(user), pk=pk)
    rows = versions.of(user, found)
    before = next((v for v in rows if v.version < found.version), None)
    context = {"answer": found, "before": before, "versions": rows, "changes": versions.changes(before, found) if before else []}
    return render(
        request,
        "follow_up/answers/versions.html",
        context | {"told": queries.told(Hands(user), found, preset_of(found.follow_up)), "section": "follow-up"},
    )
