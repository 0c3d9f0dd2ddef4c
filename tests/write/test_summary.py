"""A summary stands alone on about four pages: nothing in it is cut inside a sentence, and every recommendation is in it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from evaltrail.record import Link
from evaltrail.write import Unwritable
from evaltrail.write.model import Item, Paper, Paragraph, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose
from evaltrail.write.papers._short import CUT, answers, response_line, shortened, weightiest
from evaltrail.write.wording import wording


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


def summary(record: Any) -> Paper:
    """The summary of a record."""
    return compose(Order(record, "summary"))


def words_of(made: Paper) -> str:
    """Everything that the paper says."""
    out = []
    for b in made.walk():
        if isinstance(b, Table):
            out += [plain(p) for c in b.cells for p in c.paragraphs]
        elif hasattr(b, "words"):
            out.append(plain(b.words))
    return "\n".join(out)


def test_statements_are_cut_at_the_ends_of_sentences_and_say_so() -> None:
    assert shortened("One word. Two words here. Three of them.", 5) == "One word. Two words here." + CUT
    assert shortened("A first sentence that is longer than all.", 3) == "A first sentence that is longer than all."
    assert shortened("Short enough.\nIn two lines.", 9) == "Short enough.\nIn two lines."


def test_the_first_sentence_stays_however_long_it_is() -> None:
    assert shortened(SENTENCE * 3, 2) == SENTENCE.strip() + CUT


def test_every_criterion_gets_its_first_finding_before_any_gets_its_second() -> None:
    found = [office.finding(n, f"{SENTENCE}{n}", c) for n, c in enumerate(("relevance", "relevance", "efficiency", "impact"), 1)]
    part = office.ports().model_copy(update={"statements": tuple(found)})
    assert [s.number for s in weightiest(part, "finding", 3)] == ["1", "3", "4"]


def test_a_finding_that_others_follow_from_goes_before_one_that_stands_alone() -> None:
    found = [office.finding(n, f"{SENTENCE}{n}", "relevance") for n in range(1, 5)]
    links = (Link.model_validate({"from": "f3", "to": "r1", "kind": "leads_to", "basis": "stated"}),)
    part = office.ports().model_copy(update={"statements": tuple(found), "links": links})
    assert [s.number for s in weightiest(part, "finding", 2)] == ["1", "3"]


def test_all_recommendations_stand_in_a_table_with_unit_and_priority() -> None:
    asked = tuple(office.recommendation(n, f"{SENTENCE * 9}Number {n}.") for n in range(1, 21))
    made = summary(office.draft(office.ports().model_copy(update={"statements": asked})))
    table = next(b for b in made.blocks if isinstance(b, Table) and len(b.cells) > 60)
    rows = [[plain(c.paragraphs[0]) for c in table.cells if c.row == n] for n in range(1, table.rows)]
    assert [r[0] for r in rows] == [str(n) for n in range(1, 21)]
    assert all(r[1].endswith(CUT) and r[2:] == ["PORTS, FINANCE", "High"] for r in rows)
    assert words_of(made).count("Shortened; the full text is in the report.") == 1


def test_a_summary_of_much_has_the_length_of_about_four_pages() -> None:
    said = [office.finding(n, SENTENCE * 12, "relevance") for n in range(1, 30)]
    said += [office.stating("conclusion", f"c{n}", SENTENCE * 12) for n in range(1, 15)]
    said += [office.recommendation(n, SENTENCE * 12) for n in range(1, 13)]
    made = summary(office.draft(office.ports().model_copy(update={"statements": tuple(said)})))
    assert 700 < len(words_of(made).split()) < 1800
    assert sum(isinstance(b, Item) for b in made.blocks) == 16


def test_nothing_is_said_of_cuts_where_there_are_none() -> None:
    assert "Shortened" not in words_of(summary(office.draft(office.ports())))


def test_the_response_is_one_line_of_counts() -> None:
    words = wording("en")
    assert plain(response_line(office.ports(), words).words) == "Accepted by the Office: 1 of 2; in part: 1."
    assert plain(response_line(office.ports().model_copy(update={"statements": ()}), words).words) == words("sentences.response_none")


def test_an_answer_to_a_part_counts_for_the_whole() -> None:
    part = office.ports()
    said = office.answer(1, "Agreed.", answers=(office.Answer(id="r1.1"),))
    part = part.model_copy(update={"statements": (*(s for s in part.statements if s.kind == "recommendation"), said)})
    assert dict(answers(part).verdicts) == {"accepted": 1, "unanswered": 1}


def test_the_ratings_of_several_evaluations_stand_side_by_side() -> None:
    made = summary(office.draft(office.ports("Part I"), office.schools("Part II")))
    table = next(b for b in made.blocks if isinstance(b, Table) and b.style == "ratings")
    assert [[plain(p) for c in table.cells if c.row == n for p in c.paragraphs] for n in range(table.rows)] == [
        ["Criterion", "Part I", "Part II"],
        ["Relevance", "Satisfactory", "Highly satisfactory"],
        ["Efficiency", "Unsatisfactory", "Somewhat satisfactory"],
        ["Sustainability", "Somewhat unsatisfactory", "–"],
    ]
    assert [c.rating for c in table.cells if c.row == 1] == [None, 0.8, 1.0]


def test_footnotes_are_left_to_the_report() -> None:
    made = summary(office.draft(office.ports(), footnotes=(office.Footnote(number="1", text="A note."),)))
    assert made.notes == ()
    assert not [r for b in made.walk() if isinstance(b, Paragraph) for r in b.words if r.note is not None]


def test_a_record_that_says_nothing_cannot_be_summed_up() -> None:
    with pytest.raises(Unwritable, match="could be summed up"):
        summary(office.draft(title="Ferries"))
