"""The demo's follow-up: invented units and people answer the sample paper's recommendations and do, or do not, what they promised.

Everything is done by the verbs that people's pages call, so that the journal has it; dates are counted from today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.models import Grant, Unit, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import tallies
from evaltrail_office.follow_up.actions import answers, governing, opening, work
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.models import Action, FollowUp, Response, Track
from evaltrail_office.shelf.models import next_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

PORTS, TRAINING, LEGAL, FIELD = "Ports Division", "Training Branch", "Legal Office", "Field Operations"
PEOPLE = (
    ("Maya Lindqvist", PORTS),
    ("Jonas Petrov", PORTS),
    ("Amara Diallo", TRAINING),
    ("Hugo Ferrand", LEGAL),
    ("Viktor Halland", FIELD),
)
"""People of units; the first of each heads it."""
COORDINATOR = "Elena Castell"
SEEN = "https://tarsa.example/follow-up/"


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer: verdict, words, reason, what is done instead, and the actions with the days from today until which they are promised."""

    lead: str
    verdict: str
    text: str
    reason: str = ""
    instead: str = ""
    actions: tuple[tuple[str, str, int], ...] = ()


_OF_PORTS: tuple[_Said, ...] = (
    _Said(
        PORTS,
        "accepted",
        "The Office will join building, upkeep and training in one plan.",
        actions=(
            ("Set up a working group of the three units", PORTS, -200),
            ("Draft the plan and discuss it with the committees", PORTS, -30),
            ("Lay the plan before the Council", PORTS, 120),
        ),
    ),
    _Said(
        LEGAL,
        "accepted",
        "A model agreement on upkeep becomes part of every handover.",
        actions=(
            ("Draft a model agreement with the harbour masters", LEGAL, -75),
            ("Renew the agreements of sites already handed over", PORTS, -40),
        ),
    ),
    _Said(
        PORTS,
        "partially_accepted",
        "Contracts up to a ceiling are delegated to the field offices.",
        "Contracts above the ceiling have to pass the contracts committee, which its rules do not let the Office change.",
        actions=(
            ("Delegate contracts up to the ceiling", PORTS, -110),
            ("Publish a monthly list of requests and how long each has waited", PORTS, -20),
        ),
    ),
    _Said(
        PORTS,
        "noted",
        "A third of the sites is visited each year, drawn by lot; visits to every site depend on money that is not there yet.",
    ),
    _Said(
        TRAINING,
        "accepted",
        "New designs will have room for boats without engines and for those who sort.",
        actions=(
            ("Train designers in the needs of those who sort the catch", TRAINING, -60),
            ("Write a standard for low jetties", PORTS, -90),
            ("Ask each committee about changes to existing sites", PORTS, 45),
        ),
    ),
)
_OF_TRAINING: tuple[_Said, ...] = (
    _Said(
        TRAINING, "accepted", "The syllabus is renewed.", actions=(("Renew the syllabus with owners, crews and schools", TRAINING, 200),)
    ),
    _Said(
        TRAINING,
        "partially_accepted",
        "Two days on board become part of each course on the large islands.",
        "On two islands there is no boat on which it can be done.",
        actions=(("Find boats for practice", TRAINING, 90), ("Write courses for those who have no boat", TRAINING, 30)),
    ),
    _Said(
        TRAINING,
        "rejected",
        "The two trainings stay apart.",
        "Their certificates rest on two conventions, with teachers of their own.",
        "One calendar of both is kept, so that rooms and boats are shared.",
    ),
)
_NOT_YET: tuple[_Said, ...] = (
    _Said(
        TRAINING,
        "accepted",
        "Three ways of paying are laid open.",
        actions=(("Lay a plan for financing before the Council", TRAINING, 150),),
    ),
    _Said(TRAINING, "accepted", "A target is set.", actions=(("Set a target with crews and owners", TRAINING, 100),)),
)
"""In clearance, and drafted."""


def to_be() -> list[tuple[str, str, str | _StrPromise]]:
    """Whom a visitor can be to try follow-up: name, part, and what it means."""
    return [
        (COORDINATOR, str(Role.COORDINATOR.label), gettext_lazy("sees that every recommendation is answered, and hands the answers over")),
        ("Maya Lindqvist", PORTS, gettext_lazy("heads a unit: answers, and claims what is done")),
        ("Viktor Halland", FIELD, gettext_lazy("heads the units above it, and grants later dates")),
    ]


def show(head: User, people: Mapping[Role | None, User]) -> None:
    """Fill the follow-up of the sample's evaluations, once; nothing where one is open or the sample is another."""
    own = list(Evaluation.objects.order_by("pk")[:3])
    if FollowUp.objects.exists() or len(own) < 3 or any(not e.recommendations.exists() for e in own):
        return
    units, cast = _units(head)
    today = timezone.localdate()
    cast[Role.HEAD.value] = head
    _ports(own[0], units, cast, today)
    _half_answered(own[1], units, cast, today)
    _own_word(own[2], units, cast, today)
    _governing(own[0], head, people, today)
    # A worker does it a minute after changes; whoever looks around now need not wait.
    tallies.tally()


def _units(head: User) -> tuple[dict[str, Unit], dict[str, User]]:
    units: dict[str, Unit] = {u.name: u for u in Unit.objects.filter(name__in=(PORTS, TRAINING, LEGAL, FIELD))}
    for name in (FIELD, PORTS, TRAINING, LEGAL):
        if name not in units:
            units[name] = Unit.objects.create(key=next_key("U", Unit, 4), name=name)
    cast: dict[str, User] = {}
    for name, of in PEOPLE:
        user, unit = _person(name, units[of]), units[of]
        cast[name] = user
        if unit.head is None:
            unit.head = user
        if of != FIELD:
            unit.within = units[FIELD]
        unit.save()
    cast[COORDINATOR] = _person(COORDINATOR, None)
    Grant.objects.get_or_create(user=cast[COORDINATOR], role=Role.COORDINATOR, evaluation="", defaults={"given_by": head.key})
    return units, cast


def _person(name: str, unit: Unit | None) -> User:
    address = f"{name.split(maxsplit=1)[0].lower()}@tarsa.example"
    found = User.objects.filter(name=name).first()
    return found or User.objects.create_user(address, name=name, unit=unit)


def _lead(cast: Mapping[str, User], unit: str) -> User:
    return next(cast[name] for name, of in PEOPLE if of == unit)


def _charged(head: User, evaluation: Evaluation, said: Sequence[_Said], units: Mapping[str, Unit], after: int = 0) -> list[Track]:
    """The recommendations that are answered here, each with its lead unit; points that a paper prints are answered with the whole."""
    every = Track.objects.filter(evaluation=evaluation).select_related("follow_up").order_by("recommendation__position")
    tracks = list(every[after : after + len(said)])
    for track, answer in zip(tracks, said, strict=True):
        opening.charge(head, track, units[answer.lead])
        if track.points.filter(joined=None).exists():
            answers.join(head, track)
    return tracks


def _drafted(track: Track, said: _Said, units: Mapping[str, Unit], cast: Mapping[str, User], today: date) -> Response:
    asked = Response.objects.get(track=track, replaced=False)
    number = track.recommendation.number.strip(" .")
    promises = tuple(
        Promise(text, units[of], today + timedelta(days=days), f"{number}.{n}") for n, (text, of, days) in enumerate(said.actions, 1)
    )
    drafted = Drafted(said.verdict, said.text, said.reason, said.instead, infeasible=bool(said.instead), actions=promises)
    return answers.draft(_lead(cast, said.lead), asked, drafted)


def _handed_over(
    evaluation: Evaluation, tracks: Sequence[Track], said: Sequence[_Said], units: Mapping[str, Unit], cast: Mapping[str, User], today: date
) -> None:
    for track, one in zip(tracks, said, strict=True):
        response = answers.submit(_lead(cast, one.lead), _drafted(track, one, units, cast, today))
        while response.state == "submitted":
            who = cast[COORDINATOR] if _step(response) == "coordinator" else _lead(cast, one.lead)
            response = answers.clear(who, response)
    follow_up = FollowUp.objects.get(evaluation=evaluation)
    answers.transmit(cast[COORDINATOR], follow_up)
    answers.issue(cast[Role.HEAD.value], follow_up)


def _step(response: Response) -> str:
    steps = response.follow_up.rules["clearance"]
    return str(steps[response.step]["by"])


def _ports(evaluation: Evaluation, units: Mapping[str, Unit], cast: Mapping[str, User], today: date) -> None:
    """Answered, and actions in every state."""
    head, jonas, amara, hugo, above = (cast[n] for n in (Role.HEAD.value, "Jonas Petrov", "Amara Diallo", "Hugo Ferrand", "Viktor Halland"))
    opening.open_follow_up(head, evaluation, "house", started=today - timedelta(days=400))
    _handed_over(evaluation, _charged(head, evaluation, _OF_PORTS, units), _OF_PORTS, units, cast, today)
    own = {a.number: a for a in Action.objects.filter(evaluation=evaluation)}
    for a in own.values():
        if a.unit == units[PORTS]:
            work.assign(cast["Maya Lindqvist"], a, jonas)
    # Verified; verified at less than what was claimed.
    _claimed(jonas, own["1.1"], "Decision that sets the group up, and the notes of its first meeting", "The group met three times.")
    work.verify(head, own["1.1"], words="Seen in the notes.")
    _claimed(amara, own["5.1"], "List of those trained", "All designers were trained.")
    work.verify(head, own["5.1"], "partly_done", "Nine of fourteen are on the list.")
    # Claimed and waiting; sent back.
    _claimed(jonas, own["3.1"], "Circular on delegation", "The field offices sign contracts up to the ceiling.")
    _claimed(jonas, own["3.2"], "The list of last month", "The list is public.")
    work.send_back(head, own["3.2"], "The list has no days of waiting, which the recommendation asks for.")
    # Late with a reason, late without one, and a date that was moved.
    work.report(hugo, own["2.1"], "Two of five harbour masters have sent their remarks.", "under_way")
    work.explain(hugo, own["2.1"], "partner", "Three harbour masters have not answered yet.")
    work.report(jonas, own["1.2"], "A first draft is with the committees.", "under_way")
    work.ask_later(jonas, own["2.2"], today + timedelta(days=150), "money", "The budget for lawyers in the islands comes in spring.")
    work.grant_later(above, own["2.2"], today + timedelta(days=100), "By the end of the first quarter.")
    # Dropped.
    work.ask_drop(jonas, own["5.2"], "superseded", "The standard of the regional commission covers low jetties since this year.")
    work.drop(head, own["5.2"], "Agreed: the regional standard asks for more.")


def _claimed(user: User, action: Action, shown: str, words: str) -> None:
    proof = work.add_proof(user, action, shown, f"{SEEN}{action.key.lower()}", public=True)
    work.claim(user, action, "done", words, [proof])


def _half_answered(evaluation: Evaluation, units: Mapping[str, Unit], cast: Mapping[str, User], today: date) -> None:
    """Three answers are handed over, one of them a rejection; one is in clearance and one drafted."""
    head, amara = cast[Role.HEAD.value], cast["Amara Diallo"]
    opening.open_follow_up(head, evaluation, "house", started=today - timedelta(days=40))
    _handed_over(evaluation, _charged(head, evaluation, _OF_TRAINING, units), _OF_TRAINING, units, cast, today)
    given_up = Action.objects.get(evaluation=evaluation, number="2.2")
    work.ask_drop(amara, given_up, "no_longer_applicable", "The shipping authority offers such a course since last month.")
    later = _charged(head, evaluation, _NOT_YET, units, len(_OF_TRAINING))
    first, _second = (_drafted(track, said, units, cast, today) for track, said in zip(later, _NOT_YET, strict=True))
    answers.submit(amara, first)


def _own_word(evaluation: Evaluation, units: Mapping[str, Unit], cast: Mapping[str, User], today: date) -> None:
    """Followed by rules that name nobody who verifies: what is done is self-reported."""
    head, viktor = cast[Role.HEAD.value], cast["Viktor Halland"]
    opening.open_follow_up(head, evaluation, "self-reported", started=today - timedelta(days=300))
    said = (
        _Said(
            FIELD,
            "partially_accepted",
            "One programme with one office for two of the three countries.",
            "Corvane has asked for an office of its own.",
            actions=(("Name the office for the two countries", FIELD, -100),),
        ),
        _Said(FIELD, "accepted", "National law comes first.", actions=(("List the laws that by-laws rest on", FIELD, -15),)),
    )
    _handed_over(evaluation, _charged(head, evaluation, said, units), said, units, cast, today)
    # The third is only asked for.
    _charged(head, evaluation, (_Said(FIELD, "", ""),), units, len(said))
    done = Action.objects.get(evaluation=evaluation, number="1.1")
    work.add_proof(viktor, done, "Decision that names the office", f"{SEEN}{done.key.lower()}", public=True)
    work.claim(viktor, done, "completed", "The office was named.")


def _governing(evaluation: Evaluation, head: User, people: Mapping[Role | None, User], today: date) -> None:
    """A decision as adopted beside its draft, and two concerns: one resolved, one just raised."""
    governing.enter_decision(
        head,
        evaluation,
        body="Council",
        session="71st session",
        taken=today - timedelta(days=380),
        drafted="The Council requested the Director to take into consideration the recommendations of the evaluation.",
        adopted="The Council requested the Director to implement the recommendations of the evaluation, and to report on them every year.",
        amendments="Moved by the Workers’ group; adopted by consensus.",
    )
    speaker = people.get(Role.CONSTITUENT)
    if speaker is None or not governing.groups_of(speaker, evaluation):
        return
    text = "Those who sort the catch at Lagoon Landing were not asked about the new fence, and have lost their shade."
    raised = governing.raise_concern(speaker, "Sorters were not asked about the fence", text, evaluation=evaluation)
    governing.take_up(head, raised)
    governing.resolve(head, raised, "The committee met the sorters; a roof is built beside the fence this year.")
    governing.say(speaker, raised, settled=True, view="The roof is what the sorters had asked for.")
    more = "Crews of boats without engines wait for hours at the low jetty when engines are fuelled there."
    governing.raise_concern(speaker, "Boats without engines have to wait", more, evaluation=evaluation)
