"""A small record whose every part is known, and the sample's."""

from __future__ import annotations

import pytest

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Record

LINES = (
    "Key finding 1: Boats land <safely> at nine sites.",
    "Recommendation 1. Repair the slipway & name who pays.",
    "The Office does not accept this. It will buy a winch instead.",
    "Relevance: 5, satisfactory",
)


def small_record() -> Record:
    text = "\n".join(LINES)
    starts = [text.index(line) for line in LINES]

    def place(i: int) -> list[dict[str, object]]:
        return [{"page": 1, "start": starts[i], "end": starts[i] + len(LINES[i]), "boxes": []}]

    return Record.model_validate(
        {
            "document": {"title": "Landing <well>", "symbol": "XX/1", "language": "en", "media_type": "text/html"},
            "pages": [{"number": 1, "text": text}],
            "evaluations": [
                {
                    "id": "e1",
                    "title": "Landing",
                    "period": {"from": 2019, "to": 2021},
                    "statements": [
                        {
                            "id": "f1",
                            "kind": "finding",
                            "number": "1",
                            "label": "Key finding 1:",
                            "text": LINES[0][15:],
                            "criteria": ["relevance"],
                            "places": place(0),
                        },
                        {
                            "id": "r1",
                            "kind": "recommendation",
                            "number": "1",
                            "text": LINES[1][18:],
                            "places": place(1),
                            "responsible": ["Ports, Harbours and Landing Sites", "Finance"],
                            "priority": "high",
                            "as_printed": {
                                "responsible": "Ports, Harbours and Landing Sites; Finance",
                                "priority": "High",
                                "resources": "Long",
                            },
                        },
                        {
                            "id": "a1",
                            "kind": "response",
                            "text": LINES[2],
                            "places": place(2),
                            "verdict": "rejected",
                            "answers": [{"id": "r1"}],
                        },
                    ],
                    "ratings": [
                        {"criterion": "relevance", "value": 5, "scale": "1-6", "as_printed": "satisfactory", "places": place(3)},
                    ],
                    "links": [{"from": "f1", "to": "r1", "kind": "leads_to", "basis": "proposed", "score": 0.71}],
                }
            ],
            "decisions": [{"paragraph": "9", "text": "The Council decides.", "refers": [{"from": "2", "to": "4"}]}],
            "quantities": [{"value": 9, "unit": "sites", "text": "nine sites", "paragraph": "3", "places": place(0)}],
            "diagnostics": [{"code": "resources-hold-a-time", "message": "“Long” stands in the column of resources."}],
        }
    )


@pytest.fixture
def record() -> Record:
    return small_record()


@pytest.fixture(scope="session")
def sample_record() -> Record:
    return read(sample.path("pdf"))
