"""A paper set anew says what its record says now, whatever was corrected: the old words stand nowhere, or it is not written at all."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Edit, Record, discrepancies, edited
from evaltrail.text.normal import squeeze
from evaltrail.write import Unwritable, written
from evaltrail.write.model import Frame, Item, Paragraph, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.write.model import Block


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


papers = _beside("papers")
corrections = _beside("corrections")

SEEDS = 6
"""Corrections of each kind, and drawn papers, of a usual run."""


@cache
def the_sample() -> Record:
    """The sample paper's record, as read from its PDF."""
    return read(sample.path("pdf"))


def source(seed: int) -> Record:
    """The sample for every other seed, else a drawn paper."""
    return the_sample() if seed % 2 else papers.paper(Random(seed))  # noqa: S311 (the same paper for the same seed)


def words_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Everything that is printed, block by block."""
    for b in blocks:
        if isinstance(b, Frame):
            yield from words_of(b.blocks)
        elif isinstance(b, Table):
            yield plain(b.caption)
            yield from (plain(line) for c in b.cells for line in c.paragraphs)
        elif isinstance(b, Paragraph | Item) or hasattr(b, "words"):
            yield f"{b.marker} {plain(b.words)}"


def said(record: Record) -> str:
    """All words of the paper set anew, squeezed."""
    return squeeze("\n".join(words_of(compose(Order(record, "same")).blocks)))


def lines(record: Record) -> set[str]:
    """Lines of its statements, squeezed; short ones stand in other words too."""
    found = {squeeze(x) for e in record.evaluations for s in e.statements for x in s.text.split("\n")}
    return {x for x in found if len(x) > 30}


def check_nothing_old(before: Record, after: Record) -> None:
    """No line that the record does not have any more is printed, and every line that came is."""
    printed = said(after)
    still = "\n".join(lines(after))
    assert [x for x in lines(before) - lines(after) if x in printed and x not in still] == []
    assert [x for x in lines(after) - lines(before) if x not in printed] == []


def back(record: Record) -> Record:
    return read(written(record, "html", kind="same"), name="paper.html")


def differing(before: Record, after: Record) -> list[Any]:
    """Facts apart; a numbered paragraph has the words of the statement in it, which the correction left as they were."""
    return [d for d in discrepancies(before, after) if d.fact.kind != "paragraph"]


@pytest.mark.parametrize("kind", sorted(corrections.KINDS))
def test_a_corrected_paper_says_nothing_that_its_record_does_not(kind: str) -> None:
    made = 0
    for seed in range(SEEDS):
        before = source(seed)
        after = corrections.corrected(before, kind, Random(seed))  # noqa: S311 (as above)
        if after is not None:
            made += 1
            check_nothing_old(before, after)
    assert made


@pytest.mark.parametrize("kind", sorted(set(corrections.KINDS) - {"part"}))
@pytest.mark.parametrize("seeds", [SEEDS // 2, pytest.param(8 * SEEDS, marks=pytest.mark.soak)])
def test_a_corrected_paper_is_read_as_its_record(kind: str, seeds: int) -> None:
    for seed in range(seeds):
        after = corrections.corrected(source(seed), kind, Random(seed), labelled=True)  # noqa: S311 (as above)
        assert after is None or differing(after, back(after)) == []


@pytest.mark.parametrize("part", range(3))
def test_the_sample_paper_without_one_of_its_parts_is_read_as_the_others(part: int) -> None:
    data = the_sample().model_dump(by_alias=True, mode="json")["evaluations"]
    after = edited(the_sample(), [Edit(pointer="/evaluations", old=data, new=[*data[:part], *data[part + 1 :]])])
    assert differing(after, back(after)) == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", sorted(corrections.KINDS))
def test_no_correction_of_any_paper_leaves_old_words(kind: str) -> None:
    @settings(suppress_health_check=list(HealthCheck))
    @given(papers.papers(), st.randoms(use_true_random=False))
    def check(before: Record, rng: Random) -> None:
        after = corrections.corrected(before, kind, rng)
        if after is not None:
            check_nothing_old(before, after)

    check()


# Where a paper says things twice, or in forms of its own

TWICE = """# Evaluation of the ferry programme

## Executive summary

The crews did well in both winters. Recommendation 1: Repair the piers of the two northern islands before the next season.

## Introduction

The programme began in a year of storms, and its boats were older than its crews.

## Recommendations

### Recommendation 1

Repair the piers of the two northern islands before the next season. The sum for it is in the budget of the coming year.

### Recommendation 2

Publish the fares at every pier and on board, in letters that can be read from the queue.
"""
FORM = """<h1>Management response</h1><table>
<tr><td colspan="2">Evaluation recommendation 1: Reach an agreement with the owners of the boats on who repairs them.</td></tr>
<tr><td>Recommendation to: Harbour Board</td><td>Priority level (1 to 3): 2</td></tr>
<tr><td colspan="2">Management response: Accepted. The owners were written to.</td></tr>
<tr><td colspan="2">Evaluation recommendation 2: Publish the fares at every pier and on board the boats.</td></tr>
<tr><td>Recommendation to: Fares Office</td><td>Priority level (1 to 3): 2</td></tr>
<tr><td colspan="2">Management response: Accepted. The fares are on the website.</td></tr></table>"""
LOST = """# Evaluation of the ferry programme

## Recommendations

### Recommendation 1

Repair the piers of the two northern islands before the next season.

Responsible unit Priority Time implication Resource implication

Harbour Board High Short-term Low

### Recommendation 2

Publish the fares at every pier and on board.

Responsible unit Priority Time implication Resource implication

Fares Office Medium Long-term Low
"""


def with_values(record: Record, at: str, **values: Any) -> Record:
    """The record with other values in one object."""
    data: Any = record.model_dump(by_alias=True, mode="json")
    for step in at.split("/")[1:]:
        data = data[int(step)] if isinstance(data, list) else data[step]
    return edited(record, [Edit(pointer=f"{at}/{name}", old=data[name], new=new) for name, new in values.items()])


def statement(record: Record, number: str, kind: str = "recommendation") -> str:
    """Pointer to a statement by its number."""
    found = [m for m, s in enumerate(record.evaluations[0].statements) if s.kind == kind and s.number == number]
    return f"/evaluations/0/statements/{found[0]}"


def test_what_the_summary_says_again_is_corrected_there_too() -> None:
    record = read(TWICE.encode(), name="paper.md")
    at = statement(record, "1")
    after = with_values(
        record, at, text="Rebuild the piers of all islands within three years. The sum for it is in the budget of the coming year."
    )
    printed = said(after)
    assert "repairthepiers" not in printed
    assert printed.count("rebuildthepiersofallislandswithinthreeyears") == 2


def test_what_was_taken_out_is_taken_out_of_the_summary_too() -> None:
    record = read(TWICE.encode(), name="paper.md")
    data = record.model_dump(by_alias=True, mode="json")["evaluations"][0]["statements"]
    after = edited(record, [Edit(pointer="/evaluations/0/statements", old=data, new=[d for d in data if d["number"] != "1"])])
    printed = said(after)
    assert "thesumforitisinthebudget" not in printed
    assert "publishthefares" in printed


def test_a_value_in_a_forms_row_is_corrected_in_that_row_alone() -> None:
    record = read(FORM.encode(), name="form.html")
    at = statement(record, "2")
    after = with_values(with_values(record, f"{at}/as_printed", priority="1"), at, priority="high")
    assert said(after).count("prioritylevel1to31") == 1
    assert said(after).count("prioritylevel1to32") == 1
    values = [s.as_printed.priority for s in back(after).evaluations[0].statements if s.kind == "recommendation"]
    assert values == ["2", "1"]


def test_a_value_in_a_table_that_was_read_as_lines_is_corrected_in_a_table() -> None:
    record = read(LOST.encode(), name="paper.md")
    at = statement(record, "1")
    assert record.evaluations[0].statements[0].as_printed.priority == "High"  # type: ignore[union-attr]  # a recommendation
    after = with_values(with_values(record, f"{at}/as_printed", priority="Low"), at, priority="low")
    assert differing(after, back(after)) == []


def test_a_value_that_the_form_has_no_place_for_is_refused() -> None:
    record = read(FORM.encode(), name="form.html")
    after = with_values(record, f"{statement(record, '2')}/as_printed", resources="Low")
    with pytest.raises(Unwritable, match=r"resources of .* was added, and the form in which it stands has no place for it"):
        written(after, "html", kind="same")


def test_a_label_that_came_stands_before_the_words_and_one_that_went_does_not() -> None:
    record = the_sample()
    at, s = next((n, s) for n, s in enumerate(record.evaluations[2].statements) if s.kind == "finding")
    assert not s.label
    after = with_values(record, f"/evaluations/2/statements/{at}", label="Key finding 1", number="1")
    assert said(after).count(squeeze(f"Key finding 1: {s.text}")) == 1
    first = record.evaluations[0].statements[0]
    bare = with_values(record, "/evaluations/0/statements/0", label=None, number=None)
    assert squeeze(f"{first.label}: {first.text}") in said(record)
    assert squeeze(f"{first.label}: {first.text}") not in said(bare)
    assert squeeze(first.text) in said(bare)


def test_a_numbered_paragraph_has_its_corrected_words_and_number() -> None:
    record = the_sample()
    n = next(n for n, p in enumerate(record.paragraphs) if p.number == "6")
    new = record.paragraphs[n].text.replace("Port users", "Masters of ports")
    after = with_values(record, f"/paragraphs/{n}", text=new)
    assert discrepancies(after, back(after)) == []
    first = record.paragraphs[0]
    assert squeeze(f"101. {first.text}") in said(with_values(record, "/paragraphs/0", number="101"))


def test_a_paragraph_that_says_something_else_than_the_statement_in_it_is_refused() -> None:
    record = the_sample()
    n = next(n for n, p in enumerate(record.paragraphs) if p.number == "15")
    with pytest.raises(Unwritable, match=r"paragraph 15 was corrected and .* says something else"):
        said(with_values(record, f"/paragraphs/{n}", text="Something else altogether is said here."))


def test_a_part_that_says_something_else_than_its_whole_is_refused() -> None:
    record = the_sample()
    e = record.evaluations[2]
    n = next(n for n, s in enumerate(e.statements) if s.number == "1(b)")
    after = with_values(record, f"/evaluations/2/statements/{n}", text="closes the offices on the islands.")
    with pytest.raises(Unwritable, match="but not the whole"):
        written(after, "html", kind="same")


def test_the_same_sentence_with_another_figure_is_left_alone() -> None:
    paper = TWICE.replace("The crews did well in both winters.", "Repair the piers of the 12 northern islands before the next season.")
    record = read(paper.encode(), name="paper.md")
    after = with_values(record, statement(record, "1"), text="Rebuild the piers of all islands within three years.")
    assert "repairthepiersofthe12northernislands" in said(after)


def test_a_record_that_nothing_was_corrected_in_gives_the_paper_that_was_read() -> None:
    for seed in range(SEEDS):
        record = source(seed)
        bare = record.model_copy(update={"readings": ()})
        assert compose(Order(record, "same")).blocks == compose(Order(bare, "same")).blocks
