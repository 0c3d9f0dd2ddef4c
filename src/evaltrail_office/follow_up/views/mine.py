"""My actions, and the queue of claims that wait for a second key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.follow_up import forms_action, groups, offers, queries_mine
from evaltrail_office.follow_up import queries_board as boards
from evaltrail_office.follow_up.desk import Desk
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import ActionState
from evaltrail_office.follow_up.models import Action, Proof
from evaltrail_office.follow_up.moving import Overtaken, WrongState
from evaltrail_office.follow_up.views.action import found_action
from evaltrail_office.follow_up.views.board import choices, file_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

IN_QUEUE = 10
WHOSE = (
    ("", gettext_lazy("All of these")),
    ("me", gettext_lazy("Mine")),
    ("unit", gettext_lazy("My unit’s")),
    ("below", gettext_lazy("Of units below")),
)
WAITS = {
    "claims": gettext_lazy("Claims to verify"),
    "later": gettext_lazy("Later dates to decide on"),
    "drops": gettext_lazy("Actions to be dropped"),
    "draft": gettext_lazy("Answers to write"),
    "contribute": gettext_lazy("Answers to contribute to"),
    "clear": gettext_lazy("Answers to clear"),
}


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person has to do."""
    user = signed_in(request)
    hands = Hands(user)
    only = request.GET.get("waits", "")
    if only:
        if only not in WAITS:
            raise Http404
        waiting = queries_mine.waiting(hands, only, request.GET.get("page"))
        return render(request, "follow_up/work/waits.html", {"waiting": _labelled(waiting), "label": WAITS[only], "section": "follow-up"})
    whose = request.GET.get("whose", "")
    whose = whose if whose in queries_mine.WHOSE else ""
    rows = queries_mine.owed(hands, whose)
    filters = groups.Filters.of(request.GET, whose=whose)
    shown = boards.board(rows, hands, filters, visible(user, Proof.objects.all()), request.GET.get("page"))
    context = {
        "board": shown,
        "waiting": [] if filters.group or filters.overdue else _labelled(queries_mine.waiting(hands)),
        "boards": queries_mine.boards(hands),
        "owes": bool(shown.figures.open or shown.figures.closed or whose or filters.narrowed or filters.group),
        "whose": whose,
        "tabs": [(name, label, filters.address(whose=name)) for name, label in WHOSE],
        "kept_query": [("whose", whose)] if whose else [],
        "section": "follow-up",
        **choices(rows, filters),
    }
    return render(request, "follow_up/work/mine.html", context)


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same list as a file, whole."""
    user = signed_in(request)
    whose = request.GET.get("whose", "")
    filters = groups.Filters.of(request.GET, whose=whose if whose in queries_mine.WHOSE else "")
    return file_of(request, user, queries_mine.owed(Hands(user), filters.whose), filters, form, user.name)


def _labelled(waiting: list[queries_mine.Waiting]) -> list[tuple[Any, queries_mine.Waiting]]:
    return [(WAITS[w.what], w) for w in waiting]


@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Claims that wait for this person's key, the oldest first; verified or sent back right there."""
    user = signed_in(request)
    hands = Hands(user)
    wrong: dict[str, tuple[forms_action.Move, str]] = {}
    status = 200
    if request.method == "POST":
        answer = _turned(request, hands, wrong)
        if answer is not None:
            return answer
        status = 409 if any(words for _shown, words in wrong.values()) else 422
    desk = Desk(hands)
    rows = queries_mine.to_verify(hands, desk)
    page = Paginator(boards.fetched(rows, visible(user, Proof.objects.all())), IN_QUEUE).get_page(request.GET.get("page"))
    listed = list(page)
    boards.share_rules(listed)
    queue = [(row, *(wrong.get(row.action.key) or (_form(row.action), ""))) for row in queries_mine.queue(listed)]
    own = visible(user, Action.objects.filter(state=ActionState.CLAIMED)).filter(desk.owned()).count()
    context = {
        "queue": queue,
        "page": page,
        "may": queries_mine.verifies_something(hands),
        "elsewhere": own,
        "lost": [words for key, (_wrong, words) in wrong.items() if key not in {row.action.key for row, _shown, _said in queue}],
        "section": "follow-up",
    }
    return render(request, "follow_up/work/verification.html", context, status=status)


def _form(action: Action, given: Any = None) -> forms_action.Move:
    return forms_action.Verify(given, action=action, preset=preset_of(action.track.follow_up), auto_id=f"{action.key}-%s")


def _turned(request: HttpRequest, hands: Hands, wrong: dict[str, tuple[forms_action.Move, str]]) -> HttpResponse | None:
    """Turn a key or send a claim back; None, and what is wrong with it, where that is not done."""
    move = request.POST.get("move", "")
    if move not in {"verify", "send_back"}:
        raise Http404
    action = found_action(hands.user, request.POST.get("action", "")[:20])
    form = _form(action, request.POST)
    if not form.is_valid():
        wrong[action.key] = (form, "")
        return None
    try:
        offers.make(move, hands, action, form.given, form.cleaned_data["revision"])
    except (Overtaken, WrongState) as fault:
        fresh = found_action(hands.user, action.key)
        wrong[action.key] = (_form(fresh, {**request.POST.dict(), "revision": str(fresh.revision)}), str(fault))
        return None
    except Refused as fault:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        wrong[action.key] = (form, "")
        return None
    messages.success(request, f"{action.number or action.key}: {offers.DONE[move]}")
    page = request.POST.get("page", "")
    return redirect(f"{request.path}?page={page}#content" if page.isdecimal() else f"{request.path}#content")
