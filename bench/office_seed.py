"""An office of any size to measure with: invented evaluations, papers, statements and recommendations, put in by bulk."""

from __future__ import annotations

import hashlib
import random
import zlib
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from evaltrail import __version__
from evaltrail.check import check
from evaltrail.check.report import Remark
from evaltrail.record import Evaluation as RecordPart
from evaltrail.record import Link, Observation, Passage, Rating, Recommendation, Record, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.report import Report

_SUBJECTS = [
    "harbours",
    "landing-sites",
    "cold-rooms",
    "nurseries",
    "clinics",
    "water-points",
    "teachers",
    "midwives",
    "co-operatives",
    "roads",
    "forests",
    "radios",
]
_VERBS = [
    "reached",
    "missed",
    "strengthened",
    "delayed",
    "doubled",
    "weakened",
    "joined",
    "left",
    "opened",
    "repaired",
    "counted",
    "trained",
]
_OBJECTS = [
    "committees",
    "budgets",
    "women",
    "farmers",
    "ministries",
    "unions",
    "schools",
    "villages",
    "partners",
    "employers",
    "fees",
    "records",
    "targets",
    "boats",
]
_PLACES = [
    "Kenya",
    "Peru",
    "Nepal",
    "Ghana",
    "Laos",
    "Chad",
    "Fiji",
    "Oman",
    "Togo",
    "Mali",
    "Cuba",
    "Iraq",
    "Iran",
    "Chile",
    "Kuwait",
    "Tonga",
]
_CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
FINDINGS, CONCLUSIONS, RECOMMENDATIONS, RESPONSES = 28, 12, 10, 10
"""Statements of one evaluation: sixty."""


def sentence(rng: random.Random, words: int = 22) -> str:
    """Words that look like a report's, of a vocabulary that repeats as one does."""
    pools = (_SUBJECTS, _VERBS, _OBJECTS, _PLACES)
    said = " ".join(
        rng.choice(pools[n % 4]) if rng.random() < 0.7 else f"{rng.choice(_OBJECTS)}-{rng.randrange(5000)}" for n in range(words)
    )
    return f"{said[:1].upper()}{said[1:]}."


def record(rng: random.Random, number: int) -> Record:
    """One paper of sixty statements with its links and ratings."""
    findings = tuple(
        Observation(id=f"f{n}", kind="finding", number=str(n), label=f"Finding {n}", text=sentence(rng), criteria=(rng.choice(_CRITERIA),))
        for n in range(1, FINDINGS + 1)
    )
    conclusions = tuple(
        Observation(id=f"c{n}", kind="conclusion", number=str(n), label=f"Conclusion {n}", text=sentence(rng))
        for n in range(1, CONCLUSIONS + 1)
    )
    asked = tuple(
        Recommendation(
            id=f"r{n}",
            number=str(n),
            label=f"Recommendation {n}",
            text=sentence(rng),
            priority=rng.choice(("high", "medium", "low", None)),
            responsible=(f"Unit {rng.randrange(40)}",),
        )
        for n in range(1, RECOMMENDATIONS + 1)
    )
    answers = tuple(
        Response(
            id=f"a{n}",
            number=str(n),
            label=f"Response {n}",
            text=sentence(rng),
            verdict=rng.choice(("accepted", "partially_accepted", "rejected")),
        )
        for n in range(1, RESPONSES + 1)
    )
    links = [Link(from_=f"f{n}", to=f"c{1 + n % CONCLUSIONS}", kind="supports", basis="stated") for n in range(1, FINDINGS + 1)]
    links += [Link(from_=f"c{n}", to=f"r{1 + n % RECOMMENDATIONS}", kind="leads_to", basis="stated") for n in range(1, CONCLUSIONS + 1)]
    links += [Link(from_=f"a{n}", to=f"r{n}", kind="answers", basis="stated") for n in range(1, RESPONSES + 1)]
    ratings = tuple(Rating(criterion=c, value=rng.randint(1, 6), scale="1-6") for c in _CRITERIA)
    part = RecordPart(
        id="e1",
        title=f"Evaluation {number} of {rng.choice(_SUBJECTS)}",
        statements=findings + conclusions + asked + answers,
        ratings=ratings,
        links=tuple(links),
    )
    passages = tuple(Passage(kind="paragraph", marker=f"{n}.", text=sentence(rng, 40)) for n in range(1, 8))
    return Record(
        document={"title": part.title, "language": "en", "organisation": f"Organisation {rng.randrange(60)}"},
        evaluations=(part,),
        passages=passages,
    )


def report(rng: random.Random, paper: Record) -> Report:
    """What a check says of a paper, with remarks to a fifth of its statements: invented words break few rules."""
    made = check(paper)
    found = tuple(
        Remark(
            rule="REC004", name="no-responsible-unit", severity=rng.choice(("error", "warning", "note")), status="stable", version=1,
            message=sentence(rng, 12), statement=s.id, fingerprint=f"{rng.getrandbits(64):016x}",
        )
        for s in paper.evaluations[0].statements[::5]
    )  # fmt: skip
    return made.model_copy(update={"remarks": (*made.remarks, *found)})


def fill(evaluations: int, *, different: int = 400, at_once: int = 500) -> Iterator[int]:
    """Fill an empty office; yields how many evaluations are in. ``different`` papers are used in turn."""
    rng = random.Random(7)  # noqa: S311 - the same in every run
    papers = [record(rng, n) for n in range(min(different, evaluations))]
    payloads = [zlib.compress(p.to_json(indent=None).encode(), 6) for p in papers]
    hashes = [hashlib.sha256(zlib.decompress(p)).hexdigest() for p in payloads]
    reports = [report(rng, p) for p in papers]
    for first in range(0, evaluations, at_once):
        numbers = range(first, min(first + at_once, evaluations))
        with transaction.atomic():
            _put(rng, list(numbers), papers, payloads, hashes, reports)
        yield numbers[-1] + 1


def _put(
    rng: random.Random, numbers: list[int], papers: list[Record], payloads: list[bytes], hashes: list[str], reports: list[Report]
) -> None:
    from evaltrail_office.evaluations.models import Check, Evaluation, Facet
    from evaltrail_office.evaluations.models import Recommendation as Kept
    from evaltrail_office.shelf.models import Document, Part, Statement, Version
    from evaltrail_office.shelf.models import Rating as Rated

    now = timezone.now()
    made = Evaluation.objects.bulk_create(
        Evaluation(
            key=f"E-{n + 1:05}",
            title=f"Evaluation {n} of {rng.choice(_SUBJECTS)} in {rng.choice(_PLACES)}",
            organisation=papers[n % len(papers)].document.organisation or "",
            year=rng.randint(2004, 2025),
            kind=rng.choice(("centralised", "decentralised", "joint", "cluster")),
            timing=rng.choice(("mid_term", "final", "ex_post", "synthesis")),
            state="completed",
            stage=rng.choice(("draft", "released", "released", "released")),
            made_by="system:bench",
        )
        for n in numbers
    )
    Facet.objects.bulk_create(
        Facet(evaluation=e, kind=kind, value=value)
        for e in made
        for kind, value in {("country", rng.choice(_PLACES)), ("theme", rng.choice(_SUBJECTS)), ("sdg", str(rng.randint(1, 17)))}
    )
    kept = Kept.objects.bulk_create(
        Kept(
            key=f"R-{n * RECOMMENDATIONS + m + 1:06}",
            evaluation=e,
            number=str(m + 1),
            position=m,
            text=s.text,
            priority=s.priority or "",
            verdict="accepted",
        )
        for n, e in zip(numbers, made, strict=True)
        for m, s in enumerate(s for s in papers[n % len(papers)].evaluations[0].statements if s.kind == "recommendation")
    )
    documents = Document.objects.bulk_create(
        Document(
            key=f"D-{n + 1:06}", kind="report", title=e.title, organisation=e.organisation, language="en", stage=e.stage,
            confirmed=now - timedelta(days=n % 900), confirmed_by="system:bench", brought_by="system:bench",
        )
        for n, e in zip(numbers, made, strict=True)
    )  # fmt: skip
    parts = Part.objects.bulk_create(
        Part(document=d, position=0, record_id="e1", title=e.title, evaluation_key=e.key, matched_by="system:bench")
        for d, e in zip(documents, made, strict=True)
    )
    versions = Version.objects.bulk_create(
        Version(
            document=d, number=1, how="confirmed", payload=payloads[n % len(papers)], sha256=hashes[n % len(papers)],
            schema="evaltrail.record/1", made_by="system:bench",
        )
        for n, d in zip(numbers, documents, strict=True)
    )  # fmt: skip
    for d, v in zip(documents, versions, strict=True):
        d.current = v
    Document.objects.bulk_update(documents, ["current"])
    # The office checks every paper when it is matched to its evaluation.
    columns = [_columns(r) for r in reports]
    Check.objects.bulk_create(
        (Check(version=v, **columns[n % len(papers)]) for n, v in zip(numbers, versions, strict=True)),
        batch_size=500,
    )
    keys = iter(kept)
    Statement.objects.bulk_create(
        (
            Statement(
                document=d, part=p, record_id=s.id, position=m, kind=s.kind, number=s.number or "", label=s.label or "", text=s.text,
                criteria=list(getattr(s, "criteria", ())), key=next(keys).key if s.kind == "recommendation" else "",
                confirmed=now, confirmed_by="system:bench",
            )
            for n, d, p in zip(numbers, documents, parts, strict=True)
            for m, s in enumerate(papers[n % len(papers)].evaluations[0].statements)
        ),
        batch_size=2000,
    )  # fmt: skip
    Rated.objects.bulk_create(
        Rated(document=d, part=p, position=m, criterion=r.criterion or "", value=r.value, scale=r.scale)
        for n, d, p in zip(numbers, documents, parts, strict=True)
        for m, r in enumerate(papers[n % len(papers)].evaluations[0].ratings)
    )


def _columns(found: Report) -> dict[str, Any]:
    counts = Counter(remark.severity for remark in found.remarks)
    kept = {"program": __version__, "profile": found.profile.name, "body": found.model_dump(mode="json", by_alias=True)}
    return kept | {"errors": counts["error"], "warnings": counts["warning"], "notes": counts["note"]}
