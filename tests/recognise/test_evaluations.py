"""Several evaluations in one document, and the parts of a report on one."""

from __future__ import annotations

import pytest


def part(heading: str, about: str) -> str:
    """A part with two findings and a recommendation about something."""
    return f"""
# {heading}
## Findings
Finding 1: The {about} are what the islanders ask for.
Finding 2: The {about} cost a third more than elsewhere.
## Recommendations
Recommendation 1: The authority should look after the {about} in winter.
"""


def test_parts_with_statements_of_their_own_are_evaluations(lines) -> None:
    paper = lines(
        "# Summaries of two evaluations\n"
        + part("Part I. Independent evaluation of the ferries, 2014–19", "ferries")
        + part("Part II. Independent evaluation of the piers, 2016–18", "piers")
    )
    first, second = paper.record.evaluations
    assert [(e.id, e.label, e.title) for e in (first, second)] == [
        ("I", "Part I", "Independent evaluation of the ferries, 2014–19"),
        ("II", "Part II", "Independent evaluation of the piers, 2016–18"),
    ]
    assert [(e.period.from_, e.period.to) for e in (first, second)] == [(2014, 2019), (2016, 2018)]
    assert [[s.number for s in e.statements] for e in (first, second)] == [["1", "2", "1"]] * 2
    assert "ferries" in first.statements[-1].text
    assert "piers" in second.statements[-1].text


def test_ids_tell_the_evaluations_apart(lines) -> None:
    paper = lines("# Two evaluations\n" + part("Part I. The ferries", "ferries") + part("Part II. The piers", "piers"))
    ids = [s.id for e in paper.record.evaluations for s in e.statements]
    assert ids == ["I.f1", "I.f2", "I.r1", "II.f1", "II.f2", "II.r1"]


def test_ids_tell_parts_apart_that_are_numbered_anew(lines) -> None:
    paper = lines("# Two evaluations\n" + part("Part I. The ferries", "ferries") + part("Part I. The piers", "piers"))
    ids = [s.id for e in paper.record.evaluations for s in e.statements]
    assert ids == ["I.f1", "I.f2", "I.r1", "I-2.f1", "I-2.f2", "I-2.r1"]


@pytest.mark.parametrize(
    "word,labels", [("Partie", ["Partie I", "Partie II"]), ("Parte", ["Parte I", "Parte II"]), ("PART", ["PART I", "PART II"])]
)
def test_parts_are_named_in_other_languages(lines, word: str, labels: list[str]) -> None:
    paper = lines("# Document\n" + part(f"{word} I: Bateaux", "ferries") + part(f"{word} II: Quais", "piers"))
    assert [e.label for e in paper.record.evaluations] == labels


def test_each_evaluation_is_answered_by_its_own_responses(lines) -> None:
    answer = "## Office response\n### Recommendation 1\nThe Office accepts the recommendation and begins in May.\n"
    paper = lines("# Two evaluations\n" + part("Part I. The ferries", "ferries") + answer + part("Part II. The piers", "piers") + answer)
    for evaluation in paper.record.evaluations:
        (response,) = (s for s in evaluation.statements if s.kind == "response")
        assert [a.id for a in response.answers] == [f"{evaluation.id}.r1"]
        assert [(link.from_, link.to, link.kind, link.basis) for link in evaluation.links if link.kind == "answers"] == [
            (response.id, f"{evaluation.id}.r1", "answers", "stated")
        ]


def test_parts_of_a_report_on_one_evaluation_are_no_evaluations(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
# Part I. Introduction
The authority runs eleven ferries between the four islands.
# Part II. Findings
Finding 1: The ferries are what the islanders ask for.
# Part III. Recommendations
Recommendation 1: The authority should look after the ferries in winter.
"""
    )
    assert [(e.id, e.label) for e in paper.record.evaluations] == [("1", None)]
    assert paper.kinds() == {"finding": 1, "recommendation": 1}


def test_parts_of_which_only_one_states_are_one_evaluation(lines) -> None:
    paper = lines("# Report\n# Part I. The islands\nFour islands lie off the coast.\n" + part("Part II. The ferries", "ferries"))
    assert len(paper.record.evaluations) == 1


def test_a_papers_title_is_that_of_its_evaluation(lines) -> None:
    paper = lines("# Evaluation of the ferries of the four islands, 2017 to 2021\n## Findings\nFinding 1: Fares rose twice.")
    (evaluation,) = paper.record.evaluations
    assert evaluation.title == "Evaluation of the ferries of the four islands, 2017 to 2021"
    assert (evaluation.period.from_, evaluation.period.to) == (2017, 2021)
