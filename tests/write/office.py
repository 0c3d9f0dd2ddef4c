"""Records as an evaluation office holds them, written by hand for the tests of composed papers: no passages, no places."""

from __future__ import annotations

from typing import Any

from evaltrail.record import (
    Action,
    Answer,
    AsPrinted,
    Decision,
    DocumentInfo,
    Evaluation,
    Footnote,
    Observation,
    OverallResponse,
    Paragraph,
    Period,
    Rating,
    Recommendation,
    Record,
    Response,
)

SCALE = (
    "1-6: 1 = Highly unsatisfactory; 2 = Unsatisfactory; 3 = Somewhat unsatisfactory; "
    "4 = Somewhat satisfactory; 5 = Satisfactory; 6 = Highly satisfactory"
)

__all__ = [
    "Action",
    "Answer",
    "Decision",
    "Footnote",
    "Observation",
    "OverallResponse",
    "Paragraph",
    "answer",
    "draft",
    "finding",
    "ports",
    "rating",
    "recommendation",
    "schools",
    "stating",
]


def stating(kind: str, key: str, words: str, **fields: Any) -> Observation:
    """A finding, conclusion, lesson or good practice."""
    return Observation(id=key, kind=kind, text=words, **fields)


def finding(n: int, words: str, *criteria: str) -> Observation:
    """A labelled finding."""
    return stating("finding", f"f{n}", words, number=str(n), label=f"Key finding {n}", criteria=criteria)


def recommendation(n: int, words: str, **fields: Any) -> Recommendation:
    """A labelled recommendation for the ports department."""
    printed = {"responsible": "PORTS, FINANCE", "priority": "High", "time": "Short-term", "resources": "Low"}
    told: dict[str, Any] = {
        "label": f"Recommendation {n}",
        "number": str(n),
        "responsible": ("PORTS", "FINANCE"),
        "priority": "high",
        "time": "short-term",
        "resources": "low",
        "as_printed": AsPrinted(**printed),
    }
    return Recommendation(id=f"r{n}", text=words, **{**told, **fields})


def answer(n: int, words: str, verdict: str = "accepted", **fields: Any) -> Response:
    """An answer under the label of what it answers."""
    told: dict[str, Any] = {"label": f"Recommendation {n}", "answers": (Answer(id=f"r{n}"),), "verdict": verdict}
    return Response(id=f"a{n}", text=words, **{**told, **fields})


def rating(criterion: str, value: int) -> Rating:
    """A mark on the six-point scale."""
    words = SCALE.split(": ", 1)[1].split("; ")[value - 1].split(" = ")[1]
    return Rating(criterion=criterion, criterion_as_printed=criterion.capitalize(), value=value, scale=SCALE, as_printed=words)


def ports(label: str | None = None) -> Evaluation:
    """An evaluation of small ports with everything in it."""
    return Evaluation(
        id="I",
        label=label,
        title="Support to small ports, 2016–21",
        period=Period.model_validate({"from": 2016, "to": 2021}),
        statements=(
            finding(1, "The programme answered a need that member States had named themselves.", "relevance"),
            finding(2, "Rowing boats, more than half of the fleet, were left out of its plans.", "relevance"),
            finding(3, "Works were handed over fourteen months late.\nMost of the delay arose before a contract was signed.", "efficiency"),
            finding(4, "Two thirds of the sites were still open two years after handover.", "impact", "sustainability"),
            stating("conclusion", "c1", "Safe landing remains a sound field of work for the whole Organization."),
            stating("conclusion", "c2", "What is built does not last, for nobody is charged with its upkeep."),
            stating("lesson", "l1", "A committee with money of its own outlives its project.", number="1", label="Lesson learned 1"),
            stating("good_practice", "g1", "Skippers and inspectors sign the safety sheet together on the quay."),
            recommendation(1, "Draw up one plan for all work on ports. It should:\n• name the sites;\n• say who answers to a committee."),
            Recommendation(id="r1.1", parent="r1", text="name the sites"),
            Recommendation(id="r1.2", parent="r1", text="say who answers to a committee."),
            recommendation(2, "Hand over works only with a signed agreement on upkeep."),
            answer(1, "The Office accepts this recommendation."),
            answer(
                2,
                "Models of such agreements differ from place to place.",
                "partially_accepted",
                actions=(
                    Action(number="2.1", text="Draft a model agreement", unit="LEGAL", due="May 2026", status="Initiated"),
                    Action(number="2.2", text="Publish it in three languages", unit="PUBL", due="December 2026"),
                ),
            ),
        ),
        ratings=(rating("relevance", 5), rating("efficiency", 2), rating("sustainability", 3)),
        overall_responses=(OverallResponse(text="The Office thanks the evaluators for their work.", verdict="unclear"),),
    )


def schools(label: str | None = None) -> Evaluation:
    """A smaller evaluation, whose recommendations have no labels."""
    return Evaluation(
        id="II",
        label=label,
        title="Schools of the outer islands, 2018–22",
        period=Period.model_validate({"from": 2018, "to": 2022}),
        statements=(
            finding(1, "Teachers stay for less than a year on average."),
            recommendation(1, "Build houses for teachers on each of the outer islands.", label=None),
            Response(id="b1", text="Houses stand ready on two islands.", answers=(Answer(id="r1"),), verdict="accepted"),
        ),
        ratings=(rating("relevance", 6), rating("efficiency", 4)),
    )


def draft(*evaluations: Evaluation, **fields: Any) -> Record:
    """A record in English."""
    told: dict[str, Any] = {"title": "Evaluations of the year", "language": "en", "state": "draft"}
    if len(evaluations) == 1:
        told["title"] = evaluations[0].title
    document = {k: fields.pop(k) for k in ("title", "language", "symbol", "organisation", "date") if k in fields}
    return Record(document=DocumentInfo(**{**told, **document}), evaluations=evaluations, **fields)
