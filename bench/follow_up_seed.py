"""Follow-up to measure with: invented answers and actions on top of an office that ``office_seed`` filled, put in by bulk."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from office_seed import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail_office.accounts.models import Unit
    from evaltrail_office.evaluations.models import Evaluation

UNITS, ABOVE = 300, 20
ACTIONS = (3, 4, 4, 5, 5)
"""Of a recommendation that was answered, at random: of 150,000 a fifth is not, so that there are some 500,000."""
_STATES = ("verified",) * 23 + ("open",) * 8 + ("under_way",) * 12 + ("claimed",) + ("sent_back",) * 2 + ("dropped",) * 4
"""One in fifty waits for the second key: some ten thousand."""
_CLAIMED = {"claimed", "verified"}


def units() -> list[Unit]:
    """Units below others, with somebody in each; made where there are none."""
    from evaltrail_office.accounts.models import Unit, User

    if not Unit.objects.exists():
        above = Unit.objects.bulk_create(Unit(key=f"U-{n + 1:04}", name=f"Department {n + 1}") for n in range(ABOVE))
        Unit.objects.bulk_create(Unit(key=f"U-{ABOVE + n + 1:04}", name=f"Unit {n + 1}", within=above[n % ABOVE]) for n in range(UNITS))
    own = list(Unit.objects.exclude(within=None).order_by("pk"))
    known = set(User.objects.exclude(unit=None).values_list("unit_id", flat=True))
    User.objects.bulk_create(
        User(key=f"P-8{u.pk:04}", email=f"{u.key}@load.example", name=f"Of {u.name}", unit=u) for u in own if u.pk not in known
    )
    return own


def follow(at_once: int = 500) -> Iterator[int]:
    """Follow every recommendation of every evaluation; yields how many actions there are."""
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

    rng = random.Random(5)  # noqa: S311 - the same in every run
    own = units()
    people = dict(User.objects.exclude(unit=None).values_list("unit_id", "pk"))
    keys = list(Evaluation.objects.filter(follow_up=None).order_by("pk").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(keys), at_once):
        rows = list(Evaluation.objects.filter(pk__in=keys[start : start + at_once]).order_by("pk").prefetch_related("recommendations"))
        with transaction.atomic():
            count += _put(rng, rows, own, people, count)
        yield count


def _put(rng: random.Random, evaluations: list[Evaluation], own: list[Unit], people: dict[int, int], before: int) -> int:
    from evaltrail_office.follow_up.models import Action, Charge, Claim, FollowUp, Proof, Response, Track, Transmission
    from evaltrail_office.follow_up.preset import shipped

    rules, today, now = shipped()["house"].model_dump(mode="json"), timezone.localdate(), timezone.now()
    words = [sentence(rng, 14) for _ in range(200)]
    follow_ups = FollowUp.objects.bulk_create(
        FollowUp(
            evaluation=e, preset="house", rules=rules, started=(began := date(e.year or 2020, 1 + n % 12, 1)), started_by="issue",
            response_due=began + timedelta(days=60), made_by="system:bench",
        )
        for n, e in enumerate(evaluations)
    )  # fmt: skip
    handed = Transmission.objects.bulk_create(
        Transmission(evaluation=e, body={}, sha256="0" * 64, made_by="system:bench") for e in evaluations
    )
    of = {f.evaluation_id: (f, t) for f, t in zip(follow_ups, handed, strict=True)}
    recommendations = [r for e in evaluations for r in e.recommendations.all()]
    tracks = Track.objects.bulk_create(
        (
            Track(
                recommendation=r, follow_up=of[r.evaluation_id][0], evaluation_id=r.evaluation_id,
                addressee="management" if rng.random() < 0.96 else "governing_body",
                verdict=(verdict := rng.choice(("accepted", "accepted", "partially_accepted", "rejected", ""))),
                answered=of[r.evaluation_id][0].started + timedelta(days=rng.randint(20, 120)) if verdict else None,
            )
            for r in recommendations
        ),
        batch_size=2000,
    )  # fmt: skip
    leads = [rng.choice(own) for _ in tracks]
    Charge.objects.bulk_create((Charge(track=t, unit=u, lead=True) for t, u in zip(tracks, leads, strict=True)), batch_size=2000)
    responses = Response.objects.bulk_create(
        (
            Response(
                follow_up=t.follow_up, evaluation_id=t.evaluation_id, track=t, verdict=t.verdict, text=rng.choice(words),
                reason="Money." if t.verdict in {"partially_accepted", "rejected"} else "",
                state=rng.choice(("issued", "issued", "issued", "transmitted")) if t.verdict else "asked",
                transmission=of[t.evaluation_id][1] if t.verdict else None, transmitted=t.answered,
            )
            for t in tracks
        ),
        batch_size=2000,
    )  # fmt: skip
    actions, number = [], before
    for t, r, unit in zip(tracks, responses, leads, strict=True):
        if not t.verdict:
            continue
        for n in range(rng.choice(ACTIONS)):
            number += 1
            actions.append(_action(rng, number, n, t, r, unit if rng.random() < 0.8 else rng.choice(own), rng.choice(words), today))
    for a in actions:
        # Most have somebody named who does them.
        a.owner_id = people[a.unit_id] if rng.random() < 0.6 else None
    Action.objects.bulk_create(actions, batch_size=1000)
    claimed = [a for a in actions if a.state in _CLAIMED]
    claims = Claim.objects.bulk_create(
        (
            Claim(
                action=a, state="waiting" if a.state == "claimed" else "verified", status="done", unit=a.unit, made_by="P-09001", made=now,
                verified_status="" if a.state == "claimed" else "done", answered_by="" if a.state == "claimed" else "P-09002",
            )
            for a in claimed
        ),
        batch_size=2000,
    )  # fmt: skip
    proofs = Proof.objects.bulk_create(
        (
            Proof(action=a, words=a.text[:80], address="https://office.example/proof", public=rng.random() < 0.5, made_by="P-09001")
            for a in claimed
        ),
        batch_size=2000,
    )
    Claim.proofs.through.objects.bulk_create(
        (Claim.proofs.through(claim_id=c.pk, proof_id=p.pk) for c, p in zip(claims, proofs, strict=True)), batch_size=2000
    )
    return len(actions)


def _action(rng: random.Random, number: int, position: int, track, response, unit, text: str, today: date):  # noqa: ANN001, ANN202 - models are there after setup only
    from evaltrail_office.follow_up.models import Action

    state = rng.choice(_STATES)
    if track.answered.year >= today.year - 1 and state == "verified":
        state = "under_way"
    first = track.answered + timedelta(days=rng.randint(180, 1500))
    if state in {"open", "under_way", "sent_back"} and rng.random() < 0.9:
        # Most of what is old is closed; what is open is late by some months or due soon.
        first = today + timedelta(days=rng.randint(-400, 500))
    due = first + timedelta(days=rng.choice((0, 0, 0, 90, 200)))
    done = min(today, first + timedelta(days=rng.randint(-60, 300)))
    claimed = done if state in _CLAIMED else None
    verified = state == "verified"
    return Action(
        key=f"A-{number:06}", track=track, response=response, evaluation_id=track.evaluation_id, number=str(position + 1),
        position=position,
        text=text, unit=unit, first_due=first, due=due, state=state, status={"verified": "done", "dropped": "superseded"}.get(state, ""),
        delay=rng.choice(("", "money", "staff")) if first < today and state not in {"verified", "dropped"} else "",
        claimed=claimed, claimed_status="done" if claimed else "", claimed_meaning="done" if claimed else "",
        claimed_share=1.0 if claimed else None, verified=done if verified else None, verified_status="done" if verified else "",
        verified_meaning="done" if verified else "", verified_share=1.0 if verified else None, verified_by="P-09002" if verified else "",
        dropped=done if state == "dropped" else None, closed=done if state in {"verified", "dropped"} else None,
    )  # fmt: skip
