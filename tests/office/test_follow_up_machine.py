"""Random people do random things to answers and actions: no illegal state, nothing unsaid, nobody verifies their own."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from evaltrail.measure.follow_up import Period, figure
from evaltrail.measure.follow_up import shipped as definitions
from evaltrail_office.accounts.models import Grant, Unit, User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.actions import answers, opening, work
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.facts import Chosen, facts, facts_of_journal
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.follow_up.machine import (
    CLOSED,
    MOVES,
    ActionState,
    ClaimState,
    ConcernState,
    Meaning,
    ResponseState,
    TrackState,
    Verdict,
    open_moves,
)
from evaltrail_office.follow_up.models import Action, Claim, Concern, Response, Track
from evaltrail_office.follow_up.moving import Overtaken
from evaltrail_office.follow_up.past import Past
from evaltrail_office.follow_up.preset import shipped
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

SOAK = bool(os.environ.get("EVALTRAIL_SOAK"))
STARTED = date(2026, 3, 2)


def test_every_state_can_be_reached_and_every_open_state_left() -> None:
    first = {
        TrackState: TrackState.FOLLOWED,
        ResponseState: ResponseState.ASKED,
        ActionState: ActionState.PROPOSED,
        ConcernState: ConcernState.RAISED,
    }
    for of, start in first.items():
        reached, todo = {start}, [start]
        while todo:
            for move in open_moves(of, todo.pop()):
                new = set(move.after) - reached
                reached |= new
                todo += new
        assert reached == set(of), f"{of.__name__}: never reached: {set(of) - reached}"
    ends = {ResponseState.ISSUED, ConcernState.WITHDRAWN}
    for of in first:
        for state in (one for m in MOVES if m.of is of for one in {*m.before, *m.after}):
            assert state in ends or any(set(m.after) - {state} for m in open_moves(of, state)), f"{state} cannot be left"


def test_names_of_moves_are_told_apart_and_lead_only_to_states_of_their_kind() -> None:
    assert len({(m.of, m.name) for m in MOVES}) == len(MOVES)
    for m in MOVES:
        assert m.before <= set(m.of), m.name
        assert m.after <= set(m.of), m.name


@dataclass
class World:
    """An office with two recommendations and the people around them."""

    people: list[User] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    head: User | None = None
    coordinator: User | None = None
    evaluation: Evaluation | None = None


def _world(preset: str) -> World:
    w = World()
    above = Unit.objects.create(key="U-0001", name="Field")
    ports = Unit.objects.create(key="U-0002", name="Ports", within=above)
    training = Unit.objects.create(key="U-0003", name="Training", within=above)
    office = Unit.objects.create(key="U-0004", name="Evaluation", evaluates=True)
    w.units = [above, ports, training, office]
    w.evaluation = Evaluation.objects.create(key="E-00001", title="Landing sites", made_by="system:test", stage="issued")
    for n, (unit, role) in enumerate(
        (
            (above, ""),
            (ports, ""),
            (ports, ""),
            (training, ""),
            (office, "head"),
            (None, "coordinator"),
            (None, "verifier"),
            (office, "verifier"),
        )
    ):
        who = User.objects.create_user(f"p{n}@office.example", name=f"P{n}", unit=unit)
        if role:
            Grant.objects.create(user=who, role=role, given_by="system:test", evaluation=w.evaluation.key if role == "coordinator" else "")
        w.people.append(who)
    above.head, ports.head = w.people[0], w.people[1]
    above.save()
    ports.save()
    for n in range(2):
        Recommendation.objects.create(key=f"R-{n + 1:06}", evaluation=w.evaluation, number=str(n + 1), position=n, text=f"Do {n + 1}.")
    w.head, w.coordinator = w.people[4], w.people[5]
    opening.open_follow_up(w.head, w.evaluation, preset, started=STARTED)
    for track in Track.objects.all():
        opening.charge(w.head, track, ports, [training])
    return w


ACTS = [
    *("report", "claim", "claim", "verify", "verify", "send_back", "withdraw_claim", "explain", "ask_later", "grant_later", "refuse_later"),
    *("withdraw_later", "ask_drop", "drop", "refuse_drop", "withdraw_drop", "reopen", "prove", "assign"),
]
person = st.integers(0, 7)
which = st.integers(0, 3)
words = st.sampled_from(["", "Because.", "It shows."])
status = st.sampled_from(["", *sorted({s.code for p in shipped().values() for s in p.statuses}), "no_such_status"])
days = st.integers(-900, 900)


class Followed(RuleBasedStateMachine):
    """Anybody tries anything. What the office refuses leaves everything as it was; what it allows is checked after each step."""

    reached: ClassVar[set[str]] = set()
    """States of actions that any run came to."""

    @initialize(preset=st.sampled_from(sorted(shipped())), answered=st.booleans())
    def begin(self, preset: str, *, answered: bool) -> None:
        self.point = transaction.savepoint()
        self.w = _world(preset)
        self.done = 0
        self.stale: dict[int, int] = {}
        if answered:
            self.to_the_end_of_clearance(0)
            self.to_the_end_of_clearance(3)

    def _try(self, act: Callable[[], Any]) -> None:
        before = Entry.objects.count()
        try:
            with transaction.atomic():
                act()
        except (Refused, PermissionDenied):
            assert Entry.objects.count() == before
        else:
            self.done += 1
            assert Entry.objects.count() > before

    def _action(self, n: int) -> Action | None:
        rows = list(Action.objects.order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def _who(self, n: int) -> User:
        # Read anew, because roles are kept with the person.
        return User.objects.get(pk=self.w.people[n].pk)

    @rule(
        p=person,
        n=which,
        verdict=st.sampled_from([*Verdict, "agreed", ""]),
        day=days,
        said=words,
    )
    def draft(self, p: int, n: int, verdict: str, day: int, said: str) -> None:
        rows = list(Response.objects.order_by("pk"))
        promise = Promise("Do it", self.w.units[1 if n < 3 else 3], STARTED + timedelta(days=day))
        self._try(
            lambda: answers.draft(self._who(p), rows[n % len(rows)], Drafted(verdict, said, said, said, money=said, actions=(promise,)))
        )

    @rule(n=which)
    def to_the_end_of_clearance(self, n: int) -> None:
        """A whole answer at once, so that actions come into force in short runs too."""
        rows = list(Response.objects.filter(state__in=("asked", "drafted")).order_by("pk"))
        if not rows:
            return
        answer = rows[n % len(rows)]
        lead, w = self._who(1), self.w
        known = set(shipped()[w.evaluation.follow_up.preset].verdicts)  # type: ignore[union-attr]
        verdict = "accepted" if "accepted" in known else min(known)
        promise = Promise("Do it", w.units[1 if n < 3 else 3], STARTED + timedelta(days=300))
        with transaction.atomic():
            answers.draft(lead, answer, Drafted(verdict, "We shall.", actions=(promise,)))
            answers.submit(lead, answer)
        for who in (3, 1, 0, 5, 3, 1, 0, 5):
            self._try(lambda who=who: answers.clear(self._who(who), answer))  # type: ignore[misc]
        self._try(lambda: answers.transmit(self._who(5), w.evaluation.follow_up))  # type: ignore[union-attr]

    @rule(p=person, n=which, said=words, verb=st.sampled_from(["submit", "withdraw", "clear", "send_back", "contribute", "revise"]))
    def answer(self, p: int, n: int, said: str, verb: str) -> None:
        rows = list(Response.objects.order_by("pk"))
        row, who = rows[n % len(rows)], self._who(p)
        do: dict[str, Callable[[], Any]] = {
            "submit": lambda: answers.submit(who, row),
            "withdraw": lambda: answers.withdraw(who, row),
            "clear": lambda: answers.clear(who, row, said),
            "send_back": lambda: answers.send_back(who, row, said),
            "contribute": lambda: answers.contribute(who, row, said),
            "revise": lambda: answers.revise(who, row) if row.state in answers.IN_FORCE and not _revised(row) else answers.submit(who, row),
        }
        self._try(do[verb])

    @rule(p=person, verb=st.sampled_from(["transmit", "issue"]))
    def hand_over(self, p: int, verb: str) -> None:
        follow_up = self.w.evaluation.follow_up  # type: ignore[union-attr]
        self._try(lambda: getattr(answers, verb)(self._who(p), follow_up))

    def _act(self, action: Action, who: User, verb: str, said: str, code: str, at: date) -> None:
        preset = shipped()[self.w.evaluation.follow_up.preset]  # type: ignore[union-attr]
        reason = preset.reasons[0].code if preset.reasons and said else said
        someone = self.w.people[1 if said else 3]
        do: dict[str, Callable[[], Any]] = {
            "report": lambda: work.report(who, action, said, code),
            "claim": lambda: work.claim(who, action, code or "done", said),
            "verify": lambda: work.verify(who, action, code, said),
            "send_back": lambda: work.send_back(who, action, said),
            "withdraw_claim": lambda: work.withdraw_claim(who, action),
            "explain": lambda: work.explain(who, action, reason),
            "ask_later": lambda: work.ask_later(who, action, at, reason),
            "grant_later": lambda: work.grant_later(who, action, at if said else None),
            "refuse_later": lambda: work.refuse_later(who, action, said),
            "withdraw_later": lambda: work.withdraw_later(who, action),
            "ask_drop": lambda: work.ask_drop(who, action, code, said),
            "drop": lambda: work.drop(who, action),
            "refuse_drop": lambda: work.refuse_drop(who, action, said),
            "withdraw_drop": lambda: work.withdraw_drop(who, action),
            "reopen": lambda: work.reopen(who, action, said),
            "prove": lambda: work.add_proof(who, action, said, "https://office.example/proof"),
            "assign": lambda: work.assign(who, action, someone),
        }
        self._try(do[verb])
        self.reached.add(Action.objects.values_list("state", flat=True).get(pk=action.pk))

    @precondition(lambda _: Action.objects.exists())
    @rule(n=which, choices=st.lists(st.integers(0, 1000), min_size=1, max_size=5), back=st.integers(0, 3))
    def likely(self, n: int, choices: list[int], back: int) -> None:
        """People in whose hands it is do what can be done now, one after the other: so that runs come far."""
        for choice in choices:
            action = self._action(n)
            assert action is not None
            preset = shipped()[self.w.evaluation.follow_up.preset]  # type: ignore[union-attr]
            family, can = Family.read(), []
            for p in range(8):
                own = Hands(self._who(p), family).of(action, preset)
                can += [(m.name, p) for m in open_moves(ActionState, action.state) if m.hands & own and m.name in ACTS]
            if not can:
                return
            verbs = sorted({verb for verb, _ in can})
            # What closes an action is done more often than it is undone.
            verbs += [verb for verb in verbs if verb in {"claim", "verify", "drop"}] * 2
            verb = verbs[choice % len(verbs)]
            hands = [p for v, p in can if v == verb]
            meant = Meaning.DROPPED if verb == "ask_drop" else Meaning.PARTIAL if verb == "report" else Meaning.DONE
            known = preset.of(meant)
            code = known[0].code if known and back else ""
            at = STARTED + timedelta(days=301 + choice)
            if verb == "claim" and not action.proofs.exists():
                verb = "prove"
            self._act(action, self._who(hands[choice // 7 % len(hands)]), verb, "It shows.", code, at)

    @precondition(lambda _: Action.objects.exists())
    @rule(
        p=person,
        n=which,
        said=words,
        code=status,
        day=days,
        verb=st.sampled_from(ACTS),
    )
    def act(self, p: int, n: int, said: str, code: str, day: int, verb: str) -> None:
        action = self._action(n)
        assert action is not None
        self._act(action, self._who(p), verb, said, code, STARTED + timedelta(days=day))

    @precondition(lambda _: Action.objects.exists())
    @rule(n=which)
    def remember(self, n: int) -> None:
        """Somebody opens a page."""
        action = self._action(n)
        assert action is not None
        self.stale.setdefault(action.pk, action.revision)

    @precondition(lambda self: self.stale)
    @rule(p=person)
    def come_late(self, p: int) -> None:
        """And sends its form after others have changed the row: nothing of it is written."""
        pk, revision = next(iter(self.stale.items()))
        del self.stale[pk]
        action = Action.objects.filter(pk=pk).first()
        if action is None or action.revision == revision:
            return
        before = stored([action])
        with pytest.raises(Overtaken), transaction.atomic():
            work.report(self._who(p), action, "Late.", revision=revision)
        assert stored([Action.objects.get(pk=pk)]) == before

    @invariant()
    def nothing_is_verified_by_those_whose_it_is(self) -> None:
        if not hasattr(self, "w"):
            return
        family = Family.read()
        for claim in Claim.objects.filter(state__in=(ClaimState.VERIFIED, ClaimState.CORRECTED)).select_related("action"):
            who = User.objects.get(key=claim.answered_by)
            assert who.key != claim.made_by
            assert claim.action.unit_id is not None
            assert who.unit_id is None or not family.related(who.unit_id, claim.action.unit_id)
            if claim.action.unit_id in family.evaluates:
                assert not Grant.objects.filter(user=who, role="head").exists()

    @invariant()
    def states_hold_what_they_say(self) -> None:
        if not hasattr(self, "w"):
            return
        for a in Action.objects.select_related("track"):
            waiting = a.claims.filter(state=ClaimState.WAITING).count()
            assert waiting == (1 if a.state == ActionState.CLAIMED else 0)
            assert (a.closed is not None) == (a.state in CLOSED)
            assert (a.state == ActionState.VERIFIED) <= (a.verified is not None and a.verified_meaning == "done")
            if a.track.state == TrackState.RETIRED and not a.track.retired_by.startswith("P-"):
                assert a.state in CLOSED or a.state == ActionState.PROPOSED
            if a.first_due is not None:
                assert a.due is not None
                assert a.due >= a.first_due
        for r in Response.objects.filter(state__in=answers.IN_FORCE):
            assert r.transmission is not None
            assert r.verdict not in {"partially_accepted", "rejected"} or r.reason

    @invariant()
    def the_journal_tells_it_all(self) -> None:
        if not hasattr(self, "w"):
            return
        rows: list[Track | Response | Action | Concern] = [
            *Track.objects.select_related("recommendation"),
            *Response.objects.all(),
            *Action.objects.select_related("unit", "owner"),
        ]
        assert not differences(replayed(Entry.objects.order_by("pk")), stored(rows))

    def figures_of_the_journal_are_those_of_the_tables(self) -> None:
        """At the end of a run."""
        told, kept = facts_of_journal(Entry.objects.order_by("pk")), facts()
        assert told == kept
        day = timezone.localdate()
        past = Past.read(day, [self.w.evaluation.key])
        for released in (True, False):
            assert facts(Chosen(released=released, past=past)) == facts(Chosen(released=released))
        for definition in definitions():
            settings = dict.fromkeys(definition.settings, 180)
            period = Period.of_year(day.year)
            assert figure(definition, told, day, period, settings=settings) == figure(definition, kept, day, period, settings=settings)

    def teardown(self) -> None:
        if hasattr(self, "w"):
            self.figures_of_the_journal_are_those_of_the_tables()
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)


def _revised(row: Response) -> bool:
    return (
        Response.objects.filter(track=row.track, point=row.point, organisation=row.organisation)
        .exclude(state__in=answers.IN_FORCE)
        .exists()
    )


@pytest.mark.django_db
def test_whatever_people_try_states_stay_legal_and_the_journal_complete() -> None:
    """A seeded share; the soak makes more than 10,000 steps."""
    run_state_machine_as_test(
        Followed,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            # A run that fails is told as it is: shrinking it takes minutes.
            phases=(Phase.explicit, Phase.generate),
        ),
    )
    # A run that nothing came of would have shown nothing; which states it comes to is a matter of luck.
    assert ActionState.CLAIMED in Followed.reached
    assert len(Followed.reached) > 4


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.skipif(not SOAK, reason="a long run: make soak")
def test_ten_thousand_steps() -> None:
    run_state_machine_as_test(
        Followed,
        settings=settings(
            max_examples=220,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
