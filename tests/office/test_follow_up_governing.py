"""Concerns of constituents and decisions of the governing body: who raises, reads, resolves; what was drafted and what adopted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.policy import Group
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up.actions import governing, opening
from evaltrail_office.follow_up.machine import ConcernState
from evaltrail_office.follow_up.models import BodyDecision, Concern, FollowUp
from evaltrail_office.follow_up.moving import Overtaken
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

    Person = Callable[..., User]
    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(evaluation: Callable[..., Evaluation]) -> Evaluation:
    return evaluation("Landing sites that last", stage="released")


@pytest.fixture
def workers(person: Person, own: Evaluation) -> User:
    return person("constituent", own, group="workers")


def raised(user: User, own: Evaluation | None, title: str = "Fees were not discussed") -> Concern:
    return governing.raise_concern(user, title, "The fee table was set without us.", evaluation=own, programme="" if own else "Fees")


def test_a_concern_goes_from_raised_to_settled_by_its_raiser(workers: User, person: Person, own: Evaluation) -> None:
    manager = person("manager", own)
    concern = raised(workers, own)
    governing.take_up(manager, concern)
    governing.resolve(manager, concern, "The table goes to the committee.")
    governing.say(workers, concern, settled=False, view="No date is given.")
    concern.refresh_from_db()
    assert (concern.state, concern.settled, concern.view) == (ConcernState.TAKEN_UP, False, "No date is given.")
    governing.resolve(manager, concern, "It goes to the committee on 3 May.")
    governing.say(workers, concern, settled=True)
    concern.refresh_from_db()
    assert (concern.state, concern.settled) == (ConcernState.RESOLVED, True)
    verbs = list(Entry.objects.filter(thing=f"concern:{concern.key}").values_list("verb", flat=True))
    assert verbs == ["raised", "took up", "resolved", "said what they hold of", "resolved", "said what they hold of"]


def test_groups_do_not_read_each_others_concerns_before_release(workers: User, person: Person, own: Evaluation) -> None:
    colleague = person("constituent", own, group="workers")
    employers = person("constituent", own, group="employers")
    reader, stranger, manager = person("reader"), person(), person("manager", own)
    concern = raised(workers, own)

    def readers() -> list[bool]:
        return [visible(who, Concern.objects.all()).exists() for who in (workers, colleague, manager, employers, reader, stranger)]

    assert readers() == [True, True, True, False, False, False]
    governing.release(manager, concern)
    assert readers() == [True, True, True, True, True, False]


def test_only_who_speaks_for_a_group_raises_and_only_for_it(workers: User, person: Person, own: Evaluation) -> None:
    for who in (person("manager", own), person("reader"), person()):
        with pytest.raises(PermissionDenied):
            raised(who, own)
    with pytest.raises(PermissionDenied):
        governing.raise_concern(workers, "Fees", "No", evaluation=own, group=Group.EMPLOYERS)
    with pytest.raises(Refused, match="name the programme"):
        governing.raise_concern(workers, "Fees", "No")


def test_the_raiser_does_not_resolve_and_the_second_of_two_is_told(workers: User, person: Person, own: Evaluation) -> None:
    manager = person("manager", own)
    concern = raised(workers, own)
    with pytest.raises(Refused, match="does not resolve"):
        governing.take_up(manager, concern, workers)
    governing.take_up(manager, concern, revision=0)
    with pytest.raises(Overtaken):
        governing.take_up(manager, concern, person("head"), revision=0)


def test_concerns_are_raised_and_resolved_on_pages(workers: User, person: Person, own: Evaluation, signed_in: SignedIn) -> None:
    client = signed_in(workers)
    sent = {"title": "Fees", "text": "The table was set without us.", "evaluation": own.key, "group": "workers", "bureau": "on"}
    assert "needed" not in client.get("/follow-up/concerns/new/").content.decode()
    answer = client.post("/follow-up/concerns/new/", {**sent, "text": ""})
    assert "Say what the concern is" in answer.content.decode()
    assert client.post("/follow-up/concerns/new/", sent).status_code == 302
    concern = Concern.objects.get()
    assert (concern.group, concern.bureau, concern.evaluation) == ("workers", True, own)
    manager = person("manager", own)
    client = signed_in(manager)
    address = f"/follow-up/concerns/{concern.key}/"
    client.post(address, {"do": "take_up", "owner": "", "revision": concern.revision})
    client.post(address, {"do": "resolve", "resolution": "It goes to the committee.", "revision": concern.revision + 1})
    client = signed_in(workers)
    page = client.post(address, {"do": "say", "settled": "no", "view": "", "revision": concern.revision + 2}).content.decode()
    assert "Say what is not settled" in page
    client.post(address, {"do": "say", "settled": "yes", "view": "Good.", "revision": concern.revision + 2})
    concern.refresh_from_db()
    assert (concern.owner, concern.settled, concern.view) == (manager, True, "Good.")


@pytest.mark.parametrize("role", ["", "reader", "employers"])
def test_what_is_not_open_to_a_person_is_not_there(role: str, workers: User, person: Person, own: Evaluation, signed_in: SignedIn) -> None:
    concern = raised(workers, own)
    other = person("constituent", own, group="employers") if role == "employers" else person(role)
    client = signed_in(other)
    assert client.get(f"/follow-up/concerns/{concern.key}/").status_code == 404
    assert client.post(f"/follow-up/concerns/{concern.key}/", {"do": "withdraw"}).status_code == 404
    assert concern.title not in client.get("/follow-up/concerns/?show=all").content.decode()


def test_a_list_of_concerns_asks_as_much_for_many_as_for_few(workers: User, own: Evaluation, signed_in: SignedIn) -> None:
    client = signed_in(workers)
    client.get("/follow-up/concerns/")
    counts = []
    for n in (3, 9):
        for i in range(n):
            raised(workers, own, f"Fees {n} {i}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/follow-up/concerns/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_was_adopted_stands_beside_the_draft_and_starts_the_clock_where_the_preset_says_so(person: Person, own: Evaluation) -> None:
    head = person("head")
    first = Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Train the fitters.")
    follow_up = opening.open_follow_up(head, own)
    rules = dict(follow_up.rules)
    rules["clock"] = {**rules["clock"], "starts": "decision"}
    FollowUp.objects.filter(pk=follow_up.pk).update(rules=rules)
    taken = timezone.localdate() - timedelta(days=10)
    made = governing.enter_decision(
        head,
        own,
        body="Assembly",
        session="19th",
        taken=taken,
        drafted="The Assembly notes it.",
        adopted="The Assembly asks for it.",
        recommendations=[first],
    )
    follow_up = FollowUp.objects.get()
    assert (made.amended, follow_up.started, follow_up.response_due) == (True, taken, taken + timedelta(days=60))


def test_a_decision_of_tomorrow_or_on_another_evaluation_is_refused(
    person: Person, own: Evaluation, evaluation: Callable[..., Evaluation]
) -> None:
    head = person("head")
    with pytest.raises(Refused, match="still to come"):
        governing.enter_decision(head, own, body="Assembly", taken=timezone.localdate() + timedelta(days=1), adopted="Yes.")
    foreign = Recommendation.objects.create(key="R-000009", evaluation=evaluation("Other"), number="1", position=0, text="Sell it.")
    with pytest.raises(Refused, match="another evaluation"):
        governing.enter_decision(head, own, body="Assembly", taken=date(2026, 5, 1), adopted="Yes.", recommendations=[foreign])
    with pytest.raises(PermissionDenied):
        governing.enter_decision(person("reader"), own, body="Assembly", taken=date(2026, 5, 1), adopted="Yes.")


def test_a_decision_is_entered_from_the_draft_that_the_paper_prints(
    person: Person, own: Evaluation, document: Callable[..., Document], signed_in: SignedIn
) -> None:
    paper = document(own, stage="released")
    client = signed_in(person("head"))
    address = f"/follow-up/evaluations/{own.key}/decisions/"
    page = client.get(f"{address}?draft=1").content.decode()
    form = client.get(f"{address}?draft=1").context["form"]
    drafted = form.initial["drafted"]
    assert drafted
    assert paper.title in page
    sent = {"body": "Assembly", "session": "19th", "taken": "2026-05-01", "how": "correspondence", "drafted": drafted, "adopted": drafted}
    assert client.post(f"{address}?draft=1", sent).status_code == 302
    made = BodyDecision.objects.get()
    assert (made.document_key, made.how, made.amended) == (paper.key, "correspondence", False)
    client.post(f"{address}{made.pk}/withdraw/", {"reason": "Another session."})
    made.refresh_from_db()
    assert made.withdrawn is not None
    stranger = signed_in(person())
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}{made.pk}/withdraw/", {"reason": "x"}).status_code == 404
