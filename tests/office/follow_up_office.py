"""An invented office whose follow-up has run for two years: to look at, and to try pages with. Everything is done through the verbs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from evaltrail_office.accounts.models import Grant, Unit, User
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.actions import answers, opening, work
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.models import Action, Claim, Drop, Extension, FollowUp, Progress, Proof, Response, Track
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import files

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOCKED = ((Entry, "at"), *((m, "made") for m in (Action, Claim, Drop, Extension, FollowUp, Progress, Proof, Response, Track)))
PASSWORD = "tall ships in fog"  # noqa: S105 - of invented people


@contextmanager
def on(day: date) -> Iterator[None]:
    """Have everything in the block be done on that day."""

    def now() -> datetime:
        return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)

    fields = [model._meta.get_field(name) for model, name in _CLOCKED]
    kept, timezone.now = timezone.now, now
    for one in fields:
        one.default = now
        one.__dict__.pop("_get_default", None)
    try:
        yield
    finally:
        timezone.now = kept
        for one in fields:
            one.default = kept
            one.__dict__.pop("_get_default", None)


@dataclass
class Office:
    """The people and units."""

    today: date
    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)

    def day(self, ago: int) -> date:
        """A day so many days ago; ahead where it is negative."""
        return self.today - timedelta(days=ago)


PEOPLE = (
    ("Nadia Orvell", "", ("head",)),
    ("Ilse Dray", "", ("verifier",)),
    ("Paulo Renn", "", ("coordinator",)),
    ("Mara Sabeth", "Field operations", ()),
    ("Tomas Ekeland", "Ports Division", ()),
    ("Ruth Amsel", "Ports Division", ()),
    ("Jonas Fell", "Stores Section", ()),
    ("Greta Holm", "Training Section", ()),
    ("Lena Brandt", "", ("reader",)),
    ("Sam Okoye", "", ()),
)
EVALUATIONS = (
    (
        "Fees and fairness on the lower lakes", 2023, 1150,
        [
            ("7", "high", "Set one table of landing fees for the three lower lakes and publish it at every site.", [
                ("7.1", "Joint fee table for the three lower lakes", "Ports Division", 305),
                ("7.2", "Fees posted at every landing site", "Ports Division", 700),
            ]),
            ("4", "medium", "Give those who pay fees a vote on how they are spent.", [
                ("4.1", "By-laws changed at 20 sites", "Ports Division", 62),
                ("4.2", "First votes held at four sites", "Training Section", -210),
            ]),
        ],
    ),
    (
        "Stores and supply", 2024, 800,
        [
            ("3", "high", "Make one person answer for each spare-parts store.", [
                ("3.4", "Name a person for each spare-parts store", "Stores Section", 29),
                ("3.5", "Stock cards at the six largest stores", "Stores Section", 420),
            ]),
            ("2", "medium", "Keep a list of fitters who can repair a cold room within a day.", [
                ("2.3", "Fitters’ list for the upper basin", "Ports Division", 107),
                ("2.4", "Fitters’ list for the lower basin, with two names for every site and the hours at which they can be reached",
                 "Ports Division", -44),
            ]),
        ],
    ),
    (
        "Landing sites that last: small ports and cold rooms on inland waters", 2025, 365,
        [
            ("1", "high", "Agree one training plan with both bodies.", [
                ("1.3", "Trainers of all three bodies meet at Lake Mirrim", "Training Section", -30),
                ("1.4", "Training plan printed in four languages", "Ports Division", -160),
            ]),
            ("2", "high", "Hand over only with a signed repair contract.", [
                ("2.1", "Model contract issued", "Ports Division", 180),
                ("2.2", "Contracts signed at 12 sites", "Ports Division", 142),
            ]),
            ("6", "low", "Publish what is landed.", [
                ("6.1", "Page with quarterly landing weights", "Ports Division", -58),
                ("6.2", "Weights of 2019 to 2024 put on the page", "Ports Division", -400),
                ("6.3", "Paper log books at sites without a signal", "Stores Section", 12),
            ]),
        ],
    ),
)  # fmt: skip


def fill(today: date | None = None) -> Office:
    """Fill an empty office. The dates are given in days before ``today``."""
    office = Office(today or timezone.localdate())
    with on(office.day(1200)):
        _people(office)
    for title, year, ago, recommendations in EVALUATIONS:
        _promised(office, title, year, ago, recommendations)
    # Their reports, which are not made here, are released and print priorities.
    Evaluation.objects.update(stage="released")
    for title, _year, _ago, recommendations in EVALUATIONS:
        for number, priority, _text, _actions in recommendations:
            Recommendation.objects.filter(evaluation__title=title, number=number).update(priority=priority)
    _worked(office)
    return office


def _people(office: Office) -> None:
    above = None
    for name in ("Field operations", "Ports Division", "Stores Section", "Training Section"):
        office.units[name] = Unit.objects.create(key=f"U-{Unit.objects.count() + 1:04}", name=name, within=above)
        above = office.units["Ports Division" if name == "Ports Division" else "Field operations"]
        if name == "Stores Section":
            above = office.units["Field operations"]
    office.units["Office of Evaluation"] = Unit.objects.create(key="U-0099", name="Office of Evaluation", evaluates=True)
    for name, of, roles in PEOPLE:
        user = User.objects.create_user(f"{name.split()[0].lower()}@tarsa.example", PASSWORD, name=name, unit=office.units.get(of))
        office.people[name.split()[0]] = user
        for role in roles:
            Grant.objects.create(user=user, role=role, given_by="system:test")
    for of, who in (("Field operations", "Mara"), ("Ports Division", "Ruth"), ("Stores Section", "Jonas"), ("Training Section", "Greta")):
        office.units[of].head = office.people[who]
        office.units[of].save()


def _promised(office: Office, title: str, year: int, ago: int, recommendations: list[Any]) -> None:
    nadia, tomas, ruth, paulo = (office.people[n] for n in ("Nadia", "Tomas", "Ruth", "Paulo"))
    number = Evaluation.objects.count() + 1
    own = Evaluation.objects.create(
        key=f"E-{number:05}",
        title=title,
        year=year,
        organisation="Tarsa Compact",
        stage="released",
        state="completed",
        made_by="system:test",
    )
    for n, priority, text, _actions in recommendations:
        key = f"R-{Recommendation.objects.count() + 1:06}"
        Recommendation.objects.create(key=key, evaluation=own, number=n, position=int(n), text=text, priority=priority)
    with on(office.day(ago)):
        follow_up = opening.open_follow_up(nadia, own, started=office.day(ago))
        for track in Track.objects.filter(evaluation=own):
            opening.charge(nadia, track, office.units["Ports Division"])
    for n, _priority, _text, actions in recommendations:
        with on(office.day(ago - 20)):
            asked = Response.objects.get(track__evaluation=own, track__recommendation__number=n)
            promises = tuple(Promise(words, office.units[of], office.day(due), number) for number, words, of, due in actions)
            said = Drafted(verdict="accepted", text="Accepted. " + " ".join(f"{p.text}." for p in promises), actions=promises)
            answers.submit(tomas, answers.draft(tomas, asked, said))
            answers.clear(ruth, asked)
            answers.clear(paulo, asked)
    with on(office.day(ago - 40)):
        answers.transmit(paulo, follow_up)
    office.actions |= {a.number: a for a in Action.objects.all()}


def _proof(office: Office, who: str, number: str, words: str, name: str = "") -> None:
    body = f"%PDF-1.7\n{words}\n%%EOF".encode()
    if name:
        sha256, size = files.keep([body])
        work.add_proof(office.people[who], office.actions[number], words, work.Kept(sha256, size, name, "application/pdf"))
    else:
        work.add_proof(office.people[who], office.actions[number], words, "https://tarsa.example/landing-weights", public=True)


def _worked(office: Office) -> None:
    a, who, day = office.actions, office.people, office.day
    with on(day(640)):
        _proof(office, "Tomas", "7.2", "Photographs of the boards at 31 sites", "boards.pdf")
        work.claim(who["Tomas"], a["7.2"], "done", "Fees are posted at all 31 sites.")
    with on(day(600)):
        work.verify(who["Ilse"], a["7.2"])
    with on(day(430)):
        _proof(office, "Jonas", "3.5", "Stock cards of six stores", "cards.pdf")
        work.claim(who["Jonas"], a["3.5"], "done", "All six keep cards.")
    with on(day(400)):
        work.verify(who["Ilse"], a["3.5"], "partly_done", "Two of the six stores keep no cards since May.")
    with on(day(330)):
        work.ask_later(who["Tomas"], a["7.1"], day(88), "decision", "The second lake’s council has not met.")
    with on(day(320)):
        work.grant_later(who["Mara"], a["7.1"], words="Until the council has met.")
    with on(day(181)):
        _proof(office, "Tomas", "2.1", "Model contract, as sent to all sites", "model-contract.pdf")
        work.claim(who["Tomas"], a["2.1"], "done")
    with on(day(162)):
        work.verify(who["Ilse"], a["2.1"])
    with on(day(118)):
        work.ask_later(who["Tomas"], a["2.2"], day(-60), "partner", "The tender had no bidder.")
        work.assign(who["Ruth"], a["2.2"], who["Tomas"])
    with on(day(115)):
        work.grant_later(who["Mara"], a["2.2"])
    with on(day(110)):
        _proof(office, "Ruth", "2.3", "List of fitters", "fitters.pdf")
        work.claim(who["Ruth"], a["2.3"], "done", "Every lake of the upper basin has a fitter.")
    with on(day(95)):
        work.ask_later(who["Ruth"], a["7.1"], day(-213), "decision", "Waits for a decision of a member state")
    with on(day(92)):
        work.grant_later(who["Mara"], a["7.1"])
        work.send_back(who["Ilse"], a["2.3"], "The list named no fitter for two lakes.")
    with on(day(68)):
        _proof(office, "Tomas", "4.1", "20 by-laws, 3 sets of minutes", "by-laws.pdf")
        work.claim(who["Tomas"], a["4.1"], "done", "All twenty sites have changed their by-laws.")
    with on(day(40)):
        work.report(who["Greta"], a["1.3"], "Rooms are booked, two of three bodies have named their trainers.", "under_way")
        work.report(who["Tomas"], a["1.4"], "The translators have the text.", "under_way")
        work.ask_drop(who["Tomas"], a["6.2"], "no_longer_applicable", "The weights before 2025 were lost with the old server.")
    with on(day(20)):
        _proof(office, "Ruth", "2.3", "List of fitters, with the two lakes", "fitters-2.pdf")
        work.claim(who["Ruth"], a["2.3"], "done", "Mirrim and Oste are in now.")
    with on(day(10)):
        work.ask_later(who["Jonas"], a["6.3"], day(-90), "staff", "Both clerks left in the spring.")
    for one in a.values():
        one.refresh_from_db()
