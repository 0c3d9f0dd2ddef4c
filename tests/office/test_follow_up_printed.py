"""Answers that response matrices print become rows of follow-up: read, proposed, confirmed by a person, each organisation's its own."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.actions import confirm_keys, propose_keys, refresh_stage
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.actions import opening
from evaltrail_office.follow_up.actions.taking_over import take_over_printed
from evaltrail_office.follow_up.machine import ActionState
from evaltrail_office.follow_up.models import Action, Charge, FollowUp, Response, Track, Transmission
from evaltrail_office.follow_up.naming import Names
from evaltrail_office.follow_up.preset import shipped
from evaltrail_office.follow_up.printed import offers
from evaltrail_office.follow_up.promised_day import Frame, day_in
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf.actions import confirm
from evaltrail_office.shelf.models import Document
from tests.office.follow_up_cast import unit
from tests.office.matrices_made import HEADINGS, JOINT, ROWS, docx
from tests.office.registers_made import taken, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import Unit, User

    People = Callable[..., User]

pytestmark = pytest.mark.django_db


def read_docx(content: bytes) -> Any:
    """The record of a DOCX."""
    from evaltrail.read.formats import Options
    from evaltrail.read.formats import docx as reader
    from evaltrail.read.recognise.pipeline import recognise

    return recognise(reader.outline(content, Options()))


@pytest.fixture
def confirmed(person: People, evaluation: Callable[..., Evaluation], document: Callable[..., Document]) -> Callable[..., Any]:
    """Confirms a paper of one evaluation and opens its follow-up: (head, follow-up, paper)."""

    def make(content: bytes, started: date = date(2025, 3, 12)) -> tuple[User, FollowUp, Document]:
        own, head = evaluation("Support to small harbours"), person("head")
        paper = document(own, record=read_docx(content), kind="response")
        propose_keys(paper)
        confirm_keys(head, paper)
        confirm(head, paper, rest=True)
        paper.refresh_from_db()
        paper.stage = "issued"
        paper.save()
        refresh_stage(own.key)
        return head, opening.open_follow_up(head, own, started=started), paper

    return make


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """The units that the matrix names, each in another way; the training office follows one that ended."""
    del db
    ports, training = unit("Ports Division"), unit("Training Office", code="TRAIN")
    return {"ports": ports, "training": training}


def test_a_matrix_offers_lists_as_actions_with_all_units_statuses_and_comments(
    confirmed: Callable[..., Any], units: dict[str, Unit]
) -> None:
    _head, follow_up, paper = confirmed(docx("Management response", [HEADINGS, *ROWS]))
    one, two, three, four = offers(follow_up, paper).answers
    assert [(a.text, a.unit, a.others, a.due, a.status, a.comments) for a in one.actions] == [
        (text, units["ports"], (units["training"],), date(2025, 9, 30), "under_way", "Four were trained by May.")
        for text in ("Train twelve fitters", "Publish a handbook for fitters")
    ]
    # The paper gives the Ports Division its short name itself; a season's end is only proposed.
    assert [(a.unit, a.due, a.proposed) for a in two.actions] == [(units["ports"], None, date(2026, 5, 31))]
    assert (three.verdict, three.actions, three.nothing) == ("rejected", (), ("N/A",))
    assert (four.verdict, four.proposal and (four.proposal.verdict, four.proposal.words)) == (
        "",
        ("accepted", "The Division will repair them."),
    )
    assert [(a.goes_on, a.due, a.status, "nobody has verified" in a.note) for a in four.actions] == [(True, None, "under_way", True)]


def test_what_is_only_proposed_is_never_taken_without_a_person(confirmed: Callable[..., Any], units: dict[str, Unit]) -> None:
    del units
    head, follow_up, paper = confirmed(docx("Management response", [HEADINGS, *ROWS]))
    with pytest.raises(Refused, match="Recommendation 4: say whether"):
        take_over_printed(head, follow_up, paper)
    assert not Transmission.objects.exists()


def test_a_matrix_as_docx_goes_from_the_file_to_rows_of_follow_up_in_pages(
    person: People, signed_in: Callable[[User], Client], work: Callable[[], int], units: dict[str, Unit]
) -> None:
    client = signed_in(person("head"))
    file = io.BytesIO(docx("Support to small harbours: management response", [HEADINGS, *ROWS]))
    file.name = "matrix.docx"
    batch = client.post("/intake/", {"file": [file]})["Location"]
    work()
    assert "1 file, done" in client.get(batch).content.decode()
    paper = Document.objects.get()
    part = paper.parts.get()
    fields = {"kind": "response", f"part-{part.record_id}": "new", f"title-{part.record_id}": "Small harbours", "rest": "1"}
    client.post(f"/intake/documents/{paper.key}/confirm/", fields)
    own = Evaluation.objects.get(title="Small harbours")
    paper.refresh_from_db()
    paper.stage = "issued"
    paper.save()
    refresh_stage(own.key)
    board = f"/follow-up/evaluations/{own.key}/"
    client.post(f"{board}open", {"preset": "house", "started": "2025-03-12"})
    address = f"{board}printed/{paper.key}/"
    assert address in client.get(board).content.decode()
    page = client.get(address).content.decode()
    for words in (
        "1 answer says neither yes nor no",
        "it promises to act: <q",
        "The Division will repair them.",
        "Proposed for “Spring 2026”",
        "Contributing units",
        "Printed as “Completed”",
        "Four were trained by May.",
        "In the place of an action the paper says:",
    ):
        assert words in page, words
    assert 'name="3-verdict"' in page
    sent = form_of(page)
    assert sent["3-verdict"] == ""
    assert client.post(address, sent).status_code == 422
    # What is proposed is chosen by a person and shown again before it is saved.
    sent = form_of(client.get(f"{address}?proposed=1").content.decode())
    assert sent["3-verdict"] == "accepted"
    assert client.post(f"{address}?proposed=1", sent).status_code == 302
    assert [t.verdict for t in Track.objects.order_by("recommendation__position")] == [
        "accepted",
        "partially_accepted",
        "rejected",
        "accepted",
    ]
    rows = Action.objects.order_by("track__recommendation__position", "position")
    assert [(a.text, a.unit, a.due, a.state, a.status) for a in rows] == [
        ("Train twelve fitters", units["ports"], date(2025, 9, 30), ActionState.UNDER_WAY, "under_way"),
        ("Publish a handbook for fitters", units["ports"], date(2025, 9, 30), ActionState.UNDER_WAY, "under_way"),
        ("Name the persons", units["ports"], date(2026, 5, 31), ActionState.OPEN, "not_started"),
        ("Repair the jetties of the north", units["ports"], None, ActionState.UNDER_WAY, "under_way"),
    ]
    assert Charge.objects.filter(unit=units["training"], lead=False).count() == 1
    told = " ".join(p.text for a in rows for p in a.progress.all())
    assert "Four were trained by May." in told
    assert "status printed as “Completed”, which nobody has verified" in told
    assert "date printed as “Spring 2026”" in told
    things = [*Response.objects.all(), *rows, *Track.objects.all()]
    assert differences(replayed(Entry.objects.order_by("pk")), stored(things)) == []


def form_of(page: str) -> dict[str, str]:
    """What a browser would send with the page's last form as it stands."""
    from lxml import html

    form = html.fromstring(page).forms[-1]
    return {name: value for name, value in form.form_values() if value is not None}


def test_each_organisation_of_a_joint_paper_hands_over_its_own_answers(
    confirmed: Callable[..., Any], signed_in: Callable[[User], Client]
) -> None:
    head, follow_up, paper = confirmed(docx("Joint evaluation of moorings: management responses", JOINT, joint=True))
    board, guard = unit("Mooring Board"), unit("Coast Guard Operations")
    found = offers(follow_up, paper)
    assert [(o.organisation, o.verdict) for o in found.answers] == [
        ("Coast Guard", "partially_accepted"),
        ("Harbour Board", "accepted"),
        ("Coast Guard", "rejected"),
        ("Harbour Board", "accepted"),
    ]
    tracks = [o.track for o in found.answers]
    # One of them is asked under its full name already.
    opening.charge(head, tracks[0], guard, organisation="Coast Guard")
    opening.charge(head, tracks[0], board, organisation="Harbour Board")
    client, address = signed_in(head), f"/follow-up/evaluations/{follow_up.evaluation.key}/printed/{paper.key}/"
    page = client.get(address).content.decode()
    assert 'name="0-organisation" value="Coast Guard"' in page
    twice = form_of(page) | {"0-organisation": "Harbour Board"}
    refused = client.post(address, twice)
    assert (refused.status_code, "two answers of the same organisation" in refused.content.decode()) == (422, True)
    assert client.post(address, form_of(page)).status_code == 302
    assert [(t.organisation, len(t.body)) for t in Transmission.objects.order_by("organisation")] == [
        ("Coast Guard", 2),
        ("Harbour Board", 2),
    ]
    rows = Response.objects.filter(state="transmitted").order_by("organisation", "track__recommendation__position")
    assert [(r.organisation, r.verdict) for r in rows] == [
        ("Coast Guard", "partially_accepted"),
        ("Coast Guard", "rejected"),
        ("Harbour Board", "accepted"),
        ("Harbour Board", "accepted"),
    ]
    assert {a.text: a.response.organisation for a in Action.objects.all() if a.response} == {
        "Keep the list": "Harbour Board",
        "Share the list of buoys": "Coast Guard",
        "Print the fees": "Harbour Board",
    }
    again = offers(follow_up, paper)
    assert (again.answers, again.held) == ([], 4)


def test_one_organisations_paper_is_offered_to_the_track_that_asks_it(confirmed: Callable[..., Any]) -> None:
    head, follow_up, paper = confirmed(docx("Management response", [HEADINGS, *ROWS]))
    board = unit("Mooring Board")
    for track in follow_up.tracks.all():
        opening.charge(head, track, board, organisation="Office of Strategy")
        opening.charge(head, track, board, organisation="Coast Guard")
    paper.organisation = "Office of Strategy"
    paper.save()
    assert {o.organisation for o in offers(follow_up, paper).answers} == {"Office of Strategy"}
    paper.organisation = "Somebody else"
    assert {o.organisation for o in offers(follow_up, paper).answers} == {""}


def test_the_same_matrix_as_xlsx_and_csv_is_taken_over_as_a_register(
    person: People, evaluation: Callable[..., Evaluation], work: Callable[[], int], units: dict[str, Unit]
) -> None:
    head = person("head")
    # A spreadsheet has a row for each action, and leaves the joined cells of the recommendation empty.
    rows: list[list[Any]] = [[*ROWS[0]], ["", "", "", "Publish a handbook", "Ports Division", "Q4 2025", "Not started", ""], *ROWS[1:3]]
    rows[0][3], rows[0][4] = "Train twelve fitters", "Ports Division"
    own = evaluation("Small harbours")
    taken(head, work, xlsx(rows, HEADINGS, title=False), "matrix.xlsx", own)
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *rows])
    other = evaluation("Small harbours again")
    taken(head, work, out.getvalue().encode(), "matrix.csv", other)
    for each in (own, other):
        tracks = Track.objects.filter(evaluation=each).order_by("recommendation__position")
        assert [r.verdict for t in tracks for r in t.responses.filter(state="transmitted")] == [
            "accepted",
            "partially_accepted",
            "rejected",
        ]
        made = Action.objects.filter(evaluation=each).order_by("track__recommendation__position", "position")
        assert [(a.text, a.due, a.state) for a in made][:2] == [
            ("Train twelve fitters", date(2025, 9, 30), ActionState.UNDER_WAY),
            ("Publish a handbook", date(2025, 12, 31), ActionState.OPEN),
        ]
        assert {a.unit for a in made[:2]} == {units["ports"]}


def test_units_are_found_in_the_words_of_papers(db: None) -> None:
    del db
    agency = unit("Harbour Agency", code="HA")
    legal = unit("Legal and Regulatory Affairs Directorate", within=agency)
    people, evaluation = unit("Division of People and Culture"), unit("Evaluation Office", code="EVAL")
    names = Names.read().with_short(["Division of People and Culture (DPC); EVAL"])
    for words, found in (
        ("Director General, Legal & Regulatory Affairs Directorate, HA", [legal]),
        ("DPC; EVAL", [people, evaluation]),
        ("Office of Evaluation with the support of the Division of People and Culture", [evaluation, people]),
        ("HA", [agency]),
        ("Eval of the people; harbour", []),
        ("N/A", []),
        ("", []),
    ):
        assert names.named(words) == list(found), words


@pytest.mark.parametrize(
    "words, language, day, proposed",
    [
        ("Q3 2026", "en", date(2026, 9, 30), False),
        ("by end 2026", "en", date(2026, 12, 31), False),
        ("fin 2026", "fr", date(2026, 12, 31), False),
        ("segundo trimestre de 2026", "es", date(2026, 6, 30), False),
        ("June 2026 and continuing", "en", date(2026, 6, 30), False),
        ("Winter 2027", "en", date(2027, 3, 31), True),
        ("Q4 2026-2027", "en", date(2027, 3, 31), True),
        ("Q4", "en", date(2025, 12, 31), True),
        ("31 January", "en", date(2026, 1, 31), True),
        ("within six months", "en", date(2025, 9, 12), True),
        ("12 mois", "fr", date(2026, 3, 12), True),
        ("short term", "en", date(2026, 3, 12), True),
        ("Ongoing", "en", None, False),
        ("N/A", "en", None, False),
        ("when the boats are back", "en", None, False),
    ],
)
def test_days_are_read_or_proposed(words: str, language: str, day: date | None, *, proposed: bool) -> None:
    found = day_in(words, Frame(language, shipped()["house"], date(2025, 3, 12)))
    assert (found.day, bool(found.proposed)) == (day, proposed)


def test_what_goes_on_and_the_year_of_the_dates_around_are_told() -> None:
    frame = Frame("en", shipped()["house"], date(2025, 3, 12))
    assert [day_in(w, frame).goes_on for w in ("Ongoing", "June 2026 and continuing", "June 2026")] == [True, True, False]
    assert day_in("Q2 to Q4", frame, date(2027, 6, 30)).day == date(2027, 12, 31)
    assert day_in("N/A", frame).none
