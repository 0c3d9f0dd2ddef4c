"""People, units and an action to try follow-up with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up.actions import answers, opening
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.models import Action, Response, Track

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.evaluations.models import Evaluation

    Person = Callable[..., User]

ISSUED = date(2026, 3, 2)


@dataclass
class Cast:
    """The people of a follow-up."""

    head: User
    coordinator: User
    line: User
    """Of the lead unit."""
    chief: User
    """Head of the lead unit."""
    helper: User
    """Of a contributing unit."""
    above: User
    """Of what the lead unit belongs to."""
    stranger: User
    ports: Unit
    training: Unit
    evaluation: Evaluation
    track: Track


def unit(name: str, **fields: object) -> Unit:
    made: Unit = Unit.objects.create(key=f"U-{Unit.objects.count() + 1:04}", name=name, **fields)
    return made


def gathered(person: Person, evaluation: Callable[..., Evaluation]) -> Cast:
    """An issued evaluation with one recommendation whose follow-up is open and charged."""
    own = evaluation("Landing sites that last", stage="issued")
    recommendation = Recommendation.objects.create(
        key="R-000001", evaluation=own, number="3", position=0, text="Train the fitters and name one a site."
    )
    field = unit("Field operations")
    ports, training = unit("Ports Division", within=field), unit("Training Section", within=field)
    people = {name: person() for name in ("line", "chief", "helper", "above", "stranger")}
    for name, of in (("line", ports), ("chief", ports), ("helper", training), ("above", field)):
        people[name].unit = of
        people[name].save()
    ports.head, field.head = people["chief"], people["above"]
    ports.save()
    field.save()
    head, coordinator = person("head"), person("coordinator", own)
    opening.open_follow_up(head, own, started=ISSUED)
    track = opening.charge(head, Track.objects.get(recommendation=recommendation), ports, [training])
    return Cast(head=head, coordinator=coordinator, ports=ports, training=training, evaluation=own, track=track, **people)


def answered(cast: Cast, *promises: Promise, verdict: str = "accepted", reason: str = "") -> Response:
    """The answer, drafted by the lead unit."""
    asked = Response.objects.get(track=cast.track, replaced=False)
    return answers.draft(
        cast.line,
        asked,
        Drafted(
            verdict=verdict,
            text="We shall train them.",
            actions=promises or (Promise("Train twelve fitters", cast.ports, date(2026, 12, 31), "3.1"),),
            reason=reason,
        ),
    )


def transmitted(cast: Cast) -> Action:
    """The action of a transmitted answer."""
    response = answers.submit(cast.line, answered(cast))
    answers.clear(cast.helper, response)
    answers.clear(cast.chief, response)
    answers.clear(cast.coordinator, response)
    answers.transmit(cast.coordinator, cast.track.follow_up)
    return Action.objects.get()
