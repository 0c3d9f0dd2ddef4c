"""What was corrected in a record stands in the paper that is set anew from it."""

from __future__ import annotations

import pytest

from evaltrail.read import read
from evaltrail.record import AsPrinted, Edit, Observation, Recommendation, Record, discrepancies, edited
from evaltrail.write import written

PAPER = """# Evaluation of the ferry programme

## Findings

**Finding 1:** The service is what the islanders ask for.

**Finding 2:** Fuel costs a third more than at the neighbouring ports.

## Recommendations

### Recommendation 1

Repair the piers of the two northern islands before the next season.

### Recommendation 2

Publish the fares at every pier and on board.
"""
MATRIX = """<h1>Management response</h1><table>
<tr><th>No.</th><th>Recommendation</th><th>Management response</th></tr>
<tr><td>1</td><td>Reach an agreement with the owners on repairs.</td><td>Agree</td></tr>
<tr><td>2</td><td>Publish the fares at every pier and on board.</td><td>Agree</td></tr></table>"""


def paper() -> Record:
    return read(PAPER.encode(), name="paper.md")


def with_values(record: Record, statement: int, **values: str) -> Record:
    """The record with other values in a statement of its first evaluation."""
    s = record.evaluations[0].statements[statement]
    at = f"/evaluations/0/statements/{statement}"
    return edited(record, [Edit(pointer=f"{at}/{name}", old=getattr(s, name), new=new) for name, new in values.items()])


def with_statement(record: Record, at: int, statement: Observation | Recommendation) -> Record:
    """The record with a further statement in its first evaluation, which has no place."""
    e = record.evaluations[0]
    return record.model_copy(
        update={
            "evaluations": (
                e.model_copy(update={"statements": (*e.statements[:at], statement, *e.statements[at:])}),
                *record.evaluations[1:],
            )
        }
    )


def back(record: Record) -> Record:
    return read(written(record, "html", kind="same"), name="paper.html")


@pytest.mark.parametrize("statement,noun", [(1, "Finding"), (3, "Recommendation")])
def test_a_statement_with_another_label_has_it_before_its_words_or_above_them(statement: int, noun: str) -> None:
    fixed = with_values(paper(), statement, label=f"{noun} 7", number="7")
    assert discrepancies(fixed, back(fixed)) == []


def test_rewritten_words_of_a_cell_stand_in_it_and_nowhere_else() -> None:
    record = read(MATRIX.encode(), name="matrix.html")
    answers = [i for i, s in enumerate(record.evaluations[0].statements) if s.kind == "response"]
    assert len(answers) == 2
    fixed = with_values(record, answers[0], text="Agree, as the second review confirmed.")
    assert discrepancies(fixed, back(fixed)) == []


def test_a_statement_that_was_added_stands_behind_the_one_before_in_its_form() -> None:
    finding = Observation(
        id="new", kind="finding", number="3", label="Finding 3", text="Crews know the shallows better than the charts do."
    )
    fixed = with_statement(paper(), 2, finding)
    assert discrepancies(fixed, back(fixed)) == []
    advice = Recommendation(id="new", number="3", label="Recommendation 3", text="Train a second crew for every boat.\nOne is not enough.")
    fixed = with_statement(paper(), 4, advice)
    assert discrepancies(fixed, back(fixed)) == []


def test_a_recommendation_that_was_added_has_an_action_table_like_the_one_before() -> None:
    table = "| Responsible unit | Priority |\n|---|---|\n| Ministry of Ports | High |\n"
    record = read(f"{PAPER}\n{table}\n## Annex\n\nThe list of people met.\n".encode(), name="paper.md")
    advice = Recommendation(
        id="new",
        number="3",
        label="Recommendation 3",
        text="Train a second crew for every boat.",
        responsible=("School of Navigation",),
        priority="low",
        as_printed=AsPrinted(responsible="School of Navigation", priority="Low"),
    )
    fixed = with_statement(record, 4, advice)
    assert discrepancies(fixed, back(fixed)) == []


def test_a_record_whose_places_were_taken_away_gets_no_statement_twice() -> None:
    record = paper()
    e = record.evaluations[0]
    bare = tuple(s.model_copy(update={"places": ()}) for s in e.statements)
    stripped = record.model_copy(update={"evaluations": (e.model_copy(update={"statements": bare}),)})
    assert written(stripped, "html", kind="same") == written(record, "html", kind="same")
