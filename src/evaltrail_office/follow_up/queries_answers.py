"""Reading answers: who owes what, how far each has come, what is missing and who clears next. Limited to what a person may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import User
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.follow_up.actions.answers import missing, title_of
from evaltrail_office.follow_up.machine import ActionState, Hand, ResponseState
from evaltrail_office.follow_up.models import Action, BodyDecision, Charge, FollowUp, Point, Response, Track, Transmission
from evaltrail_office.follow_up.preset import said_as
from evaltrail_office.shelf.models import Kind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.follow_up.hands import Hands
    from evaltrail_office.follow_up.preset import Preset
    from evaltrail_office.shelf.models import Document

DONE = frozenset({ResponseState.CLEARED, ResponseState.TRANSMITTED, ResponseState.ISSUED})
"""States from which on an answer needs no more clearance."""
HANDED_OVER = frozenset({ResponseState.TRANSMITTED, ResponseState.ISSUED})
_ISSUED_AS = (Kind.REPORT, Kind.GOVERNING_BODY, Kind.SUMMARY)


def follow_up_of(user: User, evaluation: Evaluation) -> FollowUp | None:
    """The follow-up of an evaluation, as far as the person may see it."""
    return visible(user, FollowUp.objects.select_related("evaluation")).filter(evaluation=evaluation).first()


def answers(user: User) -> QuerySet[Response]:
    """Answers that a person may see, with what their pages ask of them."""
    return visible(user, _rows())


def _rows() -> QuerySet[Response]:
    rows = Response.objects.select_related("evaluation", "track", "track__recommendation", "point")
    return rows.prefetch_related(*_rules("follow_up", "track__follow_up"), *_around())


def _rules(*names: str) -> tuple[Prefetch[str, QuerySet[FollowUp], str], ...]:
    """Follow-ups, of which all rows have the same: each one's preset is read once, however many rows go by it."""
    return tuple(Prefetch(name, queryset=FollowUp.objects.select_related("evaluation")) for name in names)


def _around() -> tuple[Prefetch[Any, Any, Any], ...]:
    charges = Charge.objects.select_related("unit", "unit__head", "unit__within")
    actions = Action.objects.select_related("unit", "owner").order_by("position", "pk")
    # All answers that were handed over together are in what was: nobody asks for that with each of them.
    sent = Transmission.objects.defer("body")
    return (
        Prefetch("track__charges", queryset=charges),
        Prefetch("actions", queryset=actions),
        Prefetch("transmission", queryset=sent),
    )


def tracks(user: User, evaluation: Evaluation, *, states: bool = False) -> QuerySet[Track]:
    """Recommendations of an evaluation as they are followed, in their order; see ``followed``."""
    return followed(user, states=states).filter(evaluation=evaluation).order_by("recommendation__position", "pk")


def followed(user: User, *, states: bool = False) -> QuerySet[Track]:
    """Recommendations as they are followed, as far as the person sees them, with charges, points and answers.

    ``states``: also answers that are not open to the person, for whoever runs the follow-up: to be shown as states without words.
    """
    charges = Charge.objects.select_related("unit", "unit__head", "unit__within")
    own = (_rows() if states else answers(user)).filter(replaced=False).order_by("point__position", "organisation", "version")
    rows = visible(user, Track.objects.select_related("recommendation", "evaluation"))
    return rows.prefetch_related(
        *_rules("follow_up"),
        Prefetch("charges", queryset=charges),
        Prefetch("points", queryset=Point.objects.filter(joined=None)),
        Prefetch("responses", queryset=own),
    )


def open_to(user: User, follow_up: FollowUp) -> frozenset[int]:
    """Numbers of the answers of a follow-up whose words the person may read."""
    return frozenset(visible(user, Response.objects.filter(follow_up=follow_up, replaced=False)).order_by().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Told:
    """An answer in a list: what it is to, how it stands, what is missing, and whose turn it is."""

    response: Response
    title: str
    verdict: str
    """In the preset's words."""
    missing: tuple[str, ...]
    turn: str
    mine: bool
    """Whether the person has something to do with it now."""
    late: bool
    readable: bool = True
    """Whether the person may read it; else they know how far it is, and not what it says."""


def told(hands: Hands, response: Response, preset: Preset, *, readable: bool = True) -> Told:
    """See ``Told``. Asks the database nothing where ``response`` comes from ``answers``."""
    started = readable and response.state == ResponseState.DRAFTED
    gaps = tuple(dict.fromkeys(words for _field, words in missing(response))) if started else ()
    due = response.follow_up.response_due
    return Told(
        response=response,
        title=title_of(response),
        verdict=said_as(preset, response.verdict) if readable else "",
        missing=gaps,
        turn=turn_of(response, preset),
        mine=_mine(hands, response, preset),
        # Only the first version has a day by which it is owed.
        late=response.version == 1 and due is not None and response.state not in HANDED_OVER and due < timezone.localdate(),
        readable=readable,
    )


def _mine(hands: Hands, response: Response, preset: Preset) -> bool:
    """Whether the next step is the person's, or what their unit contributes is still to come."""
    own = hands.of(response, preset)
    match response.state:
        case ResponseState.ASKED | ResponseState.DRAFTED:
            _lead, others = charged(response)
            owes = any(c.unit_id in hands.units and c.given is None for c in others)
            return Hand.LEAD in own or owes or (response.track is None and Hand.COORDINATOR in own)
        case ResponseState.SUBMITTED:
            return Hand.CLEARER in own
        case ResponseState.CLEARED:
            return Hand.COORDINATOR in own
    return False


def turn_of(response: Response, preset: Preset) -> str:
    """Whose turn it is, in words."""
    lead, others = charged(response)
    match response.state:
        case ResponseState.ASKED | ResponseState.DRAFTED:
            if response.track is None:
                return _("the response coordinator writes it")
            return _("%(unit)s writes it") % {"unit": lead.unit.name} if lead else _("no unit is asked yet")
        case ResponseState.SUBMITTED:
            return step_words(preset, response.step, lead, others)
        case ResponseState.CLEARED:
            return _("the response coordinator transmits it")
    return ""


def charged(response: Response) -> tuple[Charge | None, list[Charge]]:
    """The lead of an answer and those who contribute to it."""
    rows = [c for c in response.track.charges.all() if c.organisation == response.organisation] if response.track else []
    return next((c for c in rows if c.lead), None), [c for c in rows if not c.lead]


def step_words(preset: Preset, step: int, lead: Charge | None, others: Iterable[Charge]) -> str:
    """Who clears a step of the chain, by name where the office knows it."""
    if step >= len(preset.clearance):
        return ""
    match preset.clearance[step].by:
        case "unit_head":
            if lead is None:
                return _("the head of the lead unit clears it")
            name = lead.unit.head.name if lead.unit.head else ""
            if name:
                return _("%(name)s, head of %(unit)s, clears it") % {"name": name, "unit": lead.unit.name}
            return _("the head of %(unit)s clears it; the office does not know who that is") % {"unit": lead.unit.name}
        case "next_level":
            above = lead.unit.within.name if lead and lead.unit.within else ""
            return _("%(unit)s clears it") % {"unit": above} if above else _("the next level of management clears it")
        case "coordinator":
            return _("the response coordinator clears it")
    names = ", ".join(c.unit.name for c in others)
    return _("%(units)s agree to it") % {"units": names} if names else _("contributing units agree to it")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the answers of an organisation have come: by what is asked for, a version that replaces another counted once."""

    asked: int = 0
    begun: int = 0
    submitted: int = 0
    cleared: int = 0
    """And beyond."""
    transmitted: int = 0
    issued: int = 0


def progress(user: User, follow_up: FollowUp, *, states: bool = False) -> dict[str, Progress]:
    """By organisation, and of all under ``*``; in one query. Answers to recommendations and points count, that to the whole does not.

    ``states``: also of answers that the person may not read.
    """
    rows = Response.objects.filter(follow_up=follow_up, replaced=False, track__isnull=False)
    last: dict[tuple[int | None, int | None, str], str] = {}
    columns = ("track_id", "point_id", "organisation", "state")
    for track, point, of, state in (rows if states else visible(user, rows)).order_by("version").values_list(*columns):
        # An answer that is written anew stays handed over until the new version is.
        if last.get((track, point, of)) not in HANDED_OVER or state in HANDED_OVER:
            last[track, point, of] = state
    by: defaultdict[str, list[str]] = defaultdict(list)
    for (_track, _point, of), state in last.items():
        by[of].append(state)
        by["*"].append(state)
    return {name: _progress(found) for name, found in by.items()} | ({} if by else {"*": Progress()})


def _progress(states: list[str]) -> Progress:
    return Progress(
        asked=len(states),
        begun=sum(s != ResponseState.ASKED for s in states),
        submitted=states.count(ResponseState.SUBMITTED),
        cleared=sum(s in DONE for s in states),
        transmitted=sum(s in HANDED_OVER for s in states),
        issued=states.count(ResponseState.ISSUED),
    )


def organisations(follow_up: FollowUp) -> list[str]:
    """Organisations that answer each for itself; one empty name where there is only one."""
    charged = Charge.objects.filter(track__follow_up=follow_up).order_by().values_list("organisation", flat=True).distinct()
    return sorted(set(charged)) or [""]


def unanswered(follow_up: FollowUp) -> bool:
    """Whether nobody has begun an answer to one of the recommendations."""
    begun = Response.objects.filter(follow_up=follow_up, track__isnull=False).exclude(state=ResponseState.ASKED)
    return Track.objects.filter(follow_up=follow_up).exclude(pk__in=begun.values("track")).exists()


def going_on(user: User, response: Response) -> list[Action]:
    """Actions that earlier versions of an answer promised and that still hold."""
    if response.version == 1 or response.track is None:
        return []
    same = Action.objects.filter(
        response__track=response.track, response__point=response.point, response__organisation=response.organisation
    ).exclude(response=response)
    rows = visible(user, same.exclude(state__in=(ActionState.PROPOSED, ActionState.DROPPED)))
    return list(rows.select_related("unit", "owner").order_by("response__version", "position"))


def transmissions(user: User, follow_up: FollowUp) -> list[Transmission]:
    """What was handed over, newest first: for those who see an answer that was."""
    seen = visible(user, Response.objects.filter(follow_up=follow_up, transmission__isnull=False))
    return list(Transmission.objects.filter(pk__in=seen.values("transmission")).defer("body").order_by("-id"))


@dataclass(frozen=True, slots=True)
class Start:
    """The day on which the clock would start, and where it was found."""

    day: date | None
    why: str


def start_of(user: User, evaluation: Evaluation, starts: str, papers: Sequence[Document] | None = None) -> Start:
    """A sensible day for the clock: that of the governing body's decision, or the date of the issued paper."""
    if starts == "decision":
        decided = visible(user, BodyDecision.objects.filter(evaluation=evaluation, withdrawn=None)).order_by("-taken").first()
        if decided is not None:
            return Start(decided.taken, _("the day of the decision, %(body)s") % {"body": decided})
        return Start(None, _("no decision is entered yet; leave it empty until there is one"))
    own = papers if papers is not None else evaluation_queries.papers(user, evaluation)
    today = timezone.localdate()
    dated = [d for d in own if d.kind in _ISSUED_AS and d.date is not None and d.date <= today]
    if dated:
        first = dated[0]
        return Start(first.date, _("the date of %(paper)s") % {"paper": first.symbol or first.title})
    return Start(None, _("no paper of it has a date; leave it empty until it is issued"))


def may_know(user: User, key: str) -> Evaluation | None:
    """An evaluation whose follow-up page a person may open: they know of the evaluation, or their unit is asked in it."""
    found = evaluation_queries.evaluations(user).filter(key=key).first()
    if found is not None:
        return found
    asked = visible(user, FollowUp.objects.filter(evaluation__key=key)).select_related("evaluation", "evaluation__unit").first()
    return asked.evaluation if asked else None


def people_to_name(response: Response) -> list[User]:
    """People of the units that are asked, from whom the owner of an action may be chosen."""
    units = [c.unit_id for c in response.track.charges.all()] if response.track else []
    more = [a.unit_id for a in response.actions.all() if a.unit_id]
    return list(User.objects.filter(unit__in={*units, *more}, is_active=True).select_related("unit").order_by("name")[:200])


@dataclass(slots=True)
class Printed:
    """Where recommendations stand in papers that the person sees: by key, document's key, statement's id and page."""

    of: dict[str, tuple[str, str, int | None]] = field(default_factory=dict)


def printed(keys: Iterable[str], papers: Sequence[Document]) -> Printed:
    """Of each recommendation its place in the paper that speaks first. ``papers`` in the order of ``rank``."""
    by_paper: defaultdict[int, list[tuple[str, str, int | None]]] = defaultdict(list)
    rows = Statement.objects.filter(document__in=[d.pk for d in papers], key__in=list(keys))
    for document, key, statement, page in rows.values_list("document_id", "key", "record_id", "page"):
        by_paper[document].append((key, statement, page))
    found = Printed()
    for paper in papers:
        for key, statement, page in by_paper[paper.pk]:
            found.of.setdefault(key, (paper.key, statement, page))
    return found
