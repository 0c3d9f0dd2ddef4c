"""Records made for these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.record import Evaluation, Record

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = {"f": "finding", "c": "conclusion", "r": "recommendation", "a": "response"}


def evaluation(name: str, texts: dict[str, str], links: list[dict[str, Any]] | None = None) -> Evaluation:
    """An evaluation whose statements are named by their kind's letter and their number: f1, c2, r3, r3(a)."""
    statements = []
    for key, text in texts.items():
        number = key[1:]
        parent = f"{name}.{key.partition('(')[0]}" if "(" in key else None
        statements.append({"id": f"{name}.{key}", "kind": KINDS[key[0]], "number": number, "text": text, "parent": parent})
    return Evaluation.model_validate({"id": name, "statements": statements, "links": links or []})


@pytest.fixture
def paper() -> Callable[..., Record]:
    """Make a record of one evaluation."""

    def make(texts: dict[str, str], *, language: str = "en", links: list[dict[str, Any]] | None = None) -> Record:
        return Record.model_validate({"document": {"language": language}, "evaluations": [evaluation("1", texts, links)]})

    return make


@pytest.fixture
def school_meals() -> dict[str, str]:
    """Four findings, two conclusions and three recommendations that plainly belong together."""
    return {
        "f1": "Targeting by district left out the poorest households, who live far from rural schools.",
        "f2": "Meals were delivered late in a third of the schools, mostly in the rainy season when roads are closed.",
        "f3": "Local farmers sold little grain to the programme because payment took four months on average.",
        "f4": "Monitoring data were complete, but no manager used the quarterly dashboard.",
        "c1": "The programme does not reach the poorest households, since targeting stops at the district.",
        "c2": "Late delivery in the rainy season and slow payment of farmers weaken the programme.",
        "r1": "Target households rather than districts, so that the poorest are reached.",
        "r2": "Pay local farmers for their grain within one month.",
        "r3": "Train managers to use the quarterly dashboard of monitoring data.",
    }
