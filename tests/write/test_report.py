"""The full report is a skeleton: every chapter has its place, what the record holds stands in it, and what is missing says so."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from evaltrail.record import discrepancies
from evaltrail.write import Unwritable
from evaltrail.write.model import Contents, Heading, PageBreak, Paper, Paragraph, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose, fitting
from evaltrail.write.wording import languages


def _beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"write_{name}")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(f"write_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"write_{name}"] = module
    spec.loader.exec_module(module)
    return module


office = _beside("office")
composed = _beside("composed")


def report(record: Any) -> Paper:
    """The full report of a record."""
    return compose(Order(record, "report"))


def chapters(made: Paper) -> list[str]:
    """Words of the chapters' headings."""
    return [plain(b.words) for b in made.walk() if isinstance(b, Heading) and b.level == 1]


def to_be_written(made: Paper) -> list[str]:
    """The sentences that keep a place, by their mark."""
    return [plain(b.words) for b in made.walk() if isinstance(b, Paragraph) and plain(b.words).startswith("[")]


def test_every_chapter_has_its_place() -> None:
    assert chapters(report(office.draft(office.ports()))) == [
        "Executive summary",
        "Background",
        "Methodology",
        "Findings",
        "Overall assessment",
        "Conclusions",
        "Lessons learned",
        "Good practices",
        "Recommendations",
        "Office response",
        "Annexes",
    ]


def test_the_cover_and_the_contents_stand_on_pages_of_their_own() -> None:
    kinds = [type(b) for b in report(office.draft(office.ports())).blocks[:4]]
    assert kinds == [Heading, PageBreak, Contents, PageBreak]


def test_what_the_record_holds_reads_back_whole_and_nothing_that_is_to_be_written_is_taken_for_it() -> None:
    record = office.draft(office.ports())
    assert [d for d in discrepancies(record, composed.read_back(report(record))) if d.fact.kind != "paragraph"] == []


@pytest.mark.parametrize("language", languages())
def test_an_empty_report_keeps_every_place_and_states_nothing(language: str) -> None:
    made = report(office.draft(title="Ferries", language=language))
    empty = report(
        office.draft(office.ports().model_copy(update={"statements": (), "ratings": (), "overall_responses": ()}), language=language)
    )
    assert len(to_be_written(made)) == 2
    assert len(to_be_written(empty)) == 8
    assert all(s.endswith("]") for s in to_be_written(empty))
    assert [s for e in composed.read_back(empty).evaluations for s in e.statements] == []


def test_the_record_s_own_paragraphs_stand_in_the_report_with_their_numbers() -> None:
    numbers = tuple(
        office.Paragraph(number=str(n), text=f"Paragraph {n} of the introduction tells of island {n} and of its boats.")
        for n in range(1, 4)
    )
    made = report(office.draft(office.ports(), paragraphs=numbers))
    assert [b.marker for b in made.walk() if isinstance(b, Paragraph) and b.marker] == ["1.", "2.", "3."]


def test_a_record_with_one_evaluation_and_no_decision_is_a_report_unless_another_kind_is_named() -> None:
    assert fitting(office.draft(office.ports())) == "report"
    assert fitting(office.draft(office.ports("Part I"), office.schools("Part II"))) == "governing-body"


def test_a_record_without_title_and_statements_is_refused() -> None:
    with pytest.raises(Unwritable, match="neither a title nor a statement"):
        report(office.draft(title=""))
