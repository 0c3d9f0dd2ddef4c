"""Concerns of constituents, and what the governing body decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.policy import Group
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.evaluations.queries import names
from evaltrail_office.follow_up import forms_governing as forms
from evaltrail_office.follow_up import queries_governing as queries
from evaltrail_office.follow_up.actions import governing as verbs
from evaltrail_office.follow_up.models import BodyDecision, Concern
from evaltrail_office.journal.queries import of_thing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User

A_PAGE = 20
_MOVES = ("take_up", "hand_over", "resolve", "say", "withdraw", "release")


@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """Concerns that one may read, and the way to raise one."""
    user = signed_in(request)
    shown = request.GET.get("show", "open")
    page = Paginator(queries.concerns(user, shown=shown), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "show": shown, "counts": queries.counted(user), "raises": queries.raises(user), "section": "follow-up"}
    return render(request, "follow_up/governing/concerns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_concern(request: HttpRequest) -> HttpResponse:
    """Raise a concern for one's group."""
    user = signed_in(request)
    groups = verbs.groups_of(user)
    if not groups:
        raise PermissionDenied(_("Concerns are raised by government, employers and workers, each for their own group."))
    about = {"evaluation": request.GET.get("evaluation", "")}
    form = forms.RaiseForm(request.POST or None, groups=groups, evaluations=queries.evaluations_to_raise(user), initial=about)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = verbs.raise_concern(
                user,
                said["title"],
                said["text"],
                evaluation=said["evaluation"],
                programme=said["programme"],
                group=Group(said["group"]),
                bureau=said["bureau"],
            )
        except Refused as fault:
            told(form, fault)
        else:
            messages.success(request, _("Your concern is raised. You will find here what becomes of it."))
            return redirect("concern", made.key)
    return render(request, "follow_up/governing/concern_new.html", {"form": form, "section": "follow-up"})


@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, key: str) -> HttpResponse:
    """One concern, what became of it, and what can be done with it."""
    user = signed_in(request)
    found: Concern = get_object_or_404(visible(user, Concern.objects.select_related("evaluation", "raised_by", "owner")), key=key)
    own = {
        "owner": forms.OwnerForm(people=queries.resolvers(found)),
        "resolve": forms.ResolveForm(),
        "say": forms.ViewForm(),
    }
    if request.method == "POST":
        done = _done(request, user, found, own)
        if done is not None:
            return done
        found.refresh_from_db()
    scope = scope_of(user)
    entries = list(of_thing(f"concern:{found.key}"))
    context = {
        "concern": found,
        "can": verbs.can(user, found, *_MOVES),
        "forms": own,
        "names_raiser": queries.shows_raiser(scope, found),
        "entries": entries,
        "names": names({e.actor for e in entries}),
        "section": "follow-up",
    }
    return render(request, "follow_up/governing/concern.html", context)


def _done(request: HttpRequest, user: User, found: Concern, own: dict[str, Form]) -> HttpResponse | None:
    """Do what was asked for and go back to the page; None where the page is shown again with what was wrong."""
    name = request.POST.get("do", "")
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isdigit() else None
    kinds: dict[str, Callable[[], Form]] = {
        "take_up": lambda: forms.OwnerForm(request.POST, people=queries.resolvers(found)),
        "resolve": lambda: forms.ResolveForm(request.POST),
        "say": lambda: forms.ViewForm(request.POST),
        "withdraw": lambda: Form(request.POST),
        "release": lambda: Form(request.POST),
        "unrelease": lambda: Form(request.POST),
    }
    if name not in kinds:
        raise Http404
    form = kinds[name]()
    own["owner" if name == "take_up" else name] = form
    if not form.is_valid():
        return None
    try:
        words = _do(user, found, name, form.cleaned_data, revision)
    except Refused as fault:
        if fault.field in form.fields:
            told(form, fault)
        else:
            messages.error(request, str(fault))
        return None
    messages.success(request, words)
    return redirect("concern", found.key)


def _do(user: User, found: Concern, name: str, said: dict[str, Any], revision: int | None) -> str:
    match name:
        case "take_up":
            verbs.take_up(user, found, said["owner"], revision)
            return _("It is taken up.")
        case "resolve":
            verbs.resolve(user, found, said["resolution"], revision)
            return _("It is resolved. Whoever raised it says whether they hold it to be settled.")
        case "say":
            verbs.say(user, found, settled=said["settled"], view=said["view"], revision=revision)
            return _("Your view is kept beside the resolution.")
        case "withdraw":
            verbs.withdraw(user, found, revision)
            return _("It is withdrawn.")
    verbs.release(user, found, released=name == "release", revision=revision)
    return _("The other groups may read it now.") if name == "release" else _("The other groups do not read it any more.")


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest, key: str) -> HttpResponse:
    """What the governing body decided on an evaluation, beside the drafts that the papers print."""
    user = signed_in(request)
    evaluation: Evaluation = get_object_or_404(visible(user, Evaluation.objects.all()), key=key)
    known = list(evaluation.recommendations.all())
    enters = verbs.may_enter(user, evaluation)
    drafts = queries.drafted(user, evaluation)
    form = _decision_form(request, known, drafts) if enters else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Decisions are entered by the evaluation office."))
        if form.is_valid():
            said = form.cleaned_data
            named = said.pop("recommendations")
            chosen = [r for r in known if r.key in named]
            source = _source(request, drafts)
            try:
                verbs.enter_decision(user, evaluation, recommendations=chosen, **{**source, **said})
            except Refused as fault:
                told(form, fault)
            else:
                messages.success(request, _("The decision is entered."))
                return redirect("decisions", evaluation.key)
    context = {
        "evaluation": evaluation,
        "decisions": queries.decisions(user, evaluation),
        "drafts": drafts,
        "form": form,
        "withdraw": forms.WithdrawForm(),
        "section": "library",
    }
    return render(request, "follow_up/governing/decisions.html", context)


def _decision_form(request: HttpRequest, known: list[Any], drafts: list[dict[str, Any]]) -> forms.DecisionForm:
    """The form, filled from the draft decision that was chosen."""
    chosen = _chosen(request, drafts)
    initial = {"drafted": chosen["text"], "adopted": chosen["text"], "recommendations": chosen["recommendations"]} if chosen else {}
    return forms.DecisionForm(request.POST or None, known=known, initial={"how": BodyDecision.How.SITTING, **initial})


def _chosen(request: HttpRequest, drafts: list[dict[str, Any]]) -> dict[str, Any] | None:
    number = request.GET.get("draft", "")
    return drafts[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(drafts) else None


def _source(request: HttpRequest, drafts: list[dict[str, Any]]) -> dict[str, Any]:
    chosen = _chosen(request, drafts)
    return {"document_key": chosen["document"].key, "paragraph": chosen["paragraph"]} if chosen else {}


@require_http_methods(["POST"])
def withdraw_decision(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Withdraw a decision that was entered wrongly."""
    user = signed_in(request)
    found: BodyDecision = get_object_or_404(visible(user, BodyDecision.objects.filter(evaluation__key=key)), pk=pk)
    try:
        verbs.withdraw_decision(user, found, request.POST.get("reason", ""))
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("It is withdrawn, and stays to be read."))
    return redirect(reverse("decisions", args=[key]))
