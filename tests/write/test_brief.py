"""A brief tells an evaluation on about two pages: ratings, a few findings, every recommendation in a sentence."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from evaltrail.write import Unwritable
from evaltrail.write.house import House
from evaltrail.write.model import Heading, Item, Paper, Paragraph, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose


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

SENTENCE = "Ferries were late in every month of the year, and nobody told the islanders why that was so. "


def brief(record: Any, house: House | None = None) -> Paper:
    """The brief of a record."""
    return compose(Order(record, "brief", house or House()))


def test_a_brief_of_one_evaluation_has_ratings_findings_conclusions_and_recommendations() -> None:
    made = brief(office.draft(office.ports()))
    assert [plain(b.words) for b in made.walk() if isinstance(b, Heading)] == [
        "Support to small ports, 2016–21",
        "Overall assessment",
        "Main findings",
        "Conclusions",
        "Recommendations",
    ]
    assert sum(isinstance(b, Table) for b in made.walk()) == 1


def test_every_recommendation_is_there_with_its_units_and_priority() -> None:
    asked = tuple(office.recommendation(n, f"{SENTENCE * 4}Number {n}.") for n in range(1, 13))
    items = [b for b in brief(office.draft(office.ports().model_copy(update={"statements": asked}))).walk() if isinstance(b, Item)]
    assert [b.marker for b in items] == [f"{n}." for n in range(1, 13)]
    assert {plain(b.words) for b in items} == {f"{SENTENCE}{SENTENCE.strip()} […] (PORTS, FINANCE; High)"}


def test_a_brief_of_much_has_the_length_of_about_two_pages() -> None:
    said = [office.finding(n, SENTENCE * 12, "relevance") for n in range(1, 30)]
    said += [office.stating("conclusion", f"c{n}", SENTENCE * 12) for n in range(1, 15)]
    said += [office.recommendation(n, SENTENCE * 12) for n in range(1, 13)]
    made = brief(office.draft(office.ports().model_copy(update={"statements": tuple(said)})))
    words = " ".join(plain(b.words) for b in made.walk() if isinstance(b, Item | Paragraph)).split()
    assert 250 < len(words) < 700
    assert sum(isinstance(b, Item) for b in made.walk()) == 5 + 3 + 12


def test_several_evaluations_share_one_table_of_ratings() -> None:
    made = brief(office.draft(office.ports("Part I"), office.schools("Part II")))
    assert sum(isinstance(b, Table) for b in made.walk()) == 1
    assert [plain(b.words) for b in made.walk() if isinstance(b, Heading) and b.level == 2] == ["Recommendations", "Recommendations"]


def test_whom_to_write_to_stands_at_the_end() -> None:
    last = brief(office.draft(office.ports()), House(texts={"contact": "eval@merrow.example"})).blocks[-1]
    assert isinstance(last, Paragraph)
    assert (plain(last.words), last.style) == ("eval@merrow.example", "small")


def test_a_record_that_says_nothing_has_no_brief() -> None:
    with pytest.raises(Unwritable, match="that a brief could tell"):
        brief(office.draft(title="Ferries"))
