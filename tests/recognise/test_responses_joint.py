"""Several organisations that answer in one paper, and what cells of matrices hold beside one action, unit and date."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from evaltrail.read.recognise.columns import body_of

_spec = importlib.util.spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
assert _spec is not None
assert _spec.loader is not None
forms = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(forms)
read, table, responses, answered = forms.read, forms.table, forms.responses, forms.answered

ASK = "Recommendation 1: Keep one list of schools with the ministry"
ASK_2 = "Recommendation 2: Buy from farmers near the schools"
JOINT = [("Harbour Board", "accepted", "1"), ("Coast Guard", "partially_accepted", "1"), ("Harbour Board", "accepted", "2")]


def told(body: str) -> list[tuple[str | None, str | None, str]]:
    """Of each answer: whose it is, its verdict, and what it answers."""
    record = read(body)
    return [(r.label, r.verdict, to[0]) for r, to in zip(responses(record), answered(record), strict=True)]


def test_a_column_of_each_organisation_gives_an_answer_of_each() -> None:
    found = told(
        table(
            "Recommendation | Harbour Board response | Response of the Coast Guard",
            f"{ASK} | Accepted. The Board keeps the list. | Partially accepted. The Guard keeps its own.",
            f"{ASK_2} | Accepted. Purchases have begun. | Rejected. The rules do not allow it.",
        )
    )
    assert found == [*JOINT, ("Coast Guard", "rejected", "2")]


def test_columns_under_the_wide_heading_of_an_organisation_are_its_own() -> None:
    rows = (
        "<tr><th rowspan='2'>Recommendation</th><th colspan='3'>Harbour Board</th><th colspan='3'>Coast Guard</th></tr>"
        "<tr><th>Response</th><th>Action</th><th>Due date</th><th>Response</th><th>Action</th><th>Due date</th></tr>"
        f"<tr><td>{ASK}</td><td>Accepted</td><td>Keep the list</td><td>June 2025</td>"
        "<td>Partially accepted</td><td>Share the canteens</td><td>May 2026</td></tr>"
        f"<tr><td>{ASK_2}</td><td>Accepted</td><td>Sign contracts</td><td>March 2025</td>"
        "<td>Rejected. It is not allowed.</td><td></td><td></td></tr>"
    )
    body = f"<table>{rows}</table>"
    assert told(body) == [*JOINT, ("Coast Guard", "rejected", "2")]
    assert [[(a.text, a.due) for a in r.actions] for r in responses(read(body))] == [
        [("Keep the list", "June 2025")],
        [("Share the canteens", "May 2026")],
        [("Sign contracts", "March 2025")],
        [],
    ]


def test_a_column_that_names_the_organisation_parts_the_answers_below_one_recommendation() -> None:
    found = told(
        table(
            "Recommendation | Organisation | Response | Action | Deadline",
            f"{ASK} | Harbour Board | Accepted | Keep the list | June 2025",
            " | Coast Guard | Partially accepted | Share the canteens | June 2025",
            f"{ASK_2} | Harbour Board | Accepted | Sign contracts | 2025",
        )
    )
    assert found == JOINT


def test_matrices_in_sections_of_different_organisations_are_told_apart_by_their_headings() -> None:
    head = "No. | Recommendation | Management response"
    one, two = ASK.partition(": ")[2], ASK_2.partition(": ")[2]
    body = "<h2>Management response of the Harbour Board</h2>" + table(head, f"1 | {one} | Accepted.", f"2 | {two} | Accepted.")
    body += "<h2>Management response of the Coast Guard</h2>" + table(head, f"1 | {one} | Partially accepted.", f"2 | {two} | Rejected.")
    assert sorted(told(body), key=str) == sorted([*JOINT, ("Coast Guard", "rejected", "2")], key=str)


def test_one_organisation_with_one_column_has_no_name_put_to_its_answers() -> None:
    assert told(table("Recommendation | Management response", f"{ASK} | Accepted.", f"{ASK_2} | Rejected.")) == [
        (None, "accepted", "1"),
        (None, "rejected", "2"),
    ]


def test_a_list_of_people_with_organisations_and_positions_answers_nothing() -> None:
    body = f"<h2>Recommendations</h2><p>{ASK}.</p><h2>People met</h2>"
    assert told(body + table("Organisation | Position", "Harbour Board | Director", "Coast Guard | Captain")) == []


@pytest.mark.parametrize(
    "heading, name",
    [
        ("FAO response", "FAO"),
        ("Response by the Harbour Board", "Harbour Board"),
        ("Management response of UN Women", "UN Women"),
        ("Réponse de la Garde côtière", "Garde côtière"),
        ("Respuesta de la Guardia Costera", "Guardia Costera"),
        ("Management response to recommendation 3", ""),
        ("Response to recommendation R4", ""),
        ("Responsible unit", ""),
        ("", ""),
    ],
)
def test_a_heading_names_who_answers_or_nobody(heading: str, name: str) -> None:
    assert body_of(heading) == name


def test_a_unit_in_a_cell_merged_over_several_actions_is_that_of_each() -> None:
    heads = "".join(f"<th>{h}</th>" for h in ("Recommendation", "Management response", "Action", "Responsible unit", "Deadline"))
    rows = f"<tr>{heads}</tr><tr><td rowspan='2'>{ASK}</td><td rowspan='2'>Agree.</td><td>Ask the schools</td>"
    rows += "<td rowspan='2'>Ports Division</td><td>May 2026</td></tr><tr><td>Print the list</td><td>June 2026</td></tr>"
    (answer,) = responses(read(f"<table>{rows}</table>"))
    assert [(a.text, a.unit, a.due) for a in answer.actions] == [
        ("Ask the schools", "Ports Division", "May 2026"),
        ("Print the list", "Ports Division", "June 2026"),
    ]


def test_a_cell_that_is_a_list_holds_several_actions_with_the_unit_and_the_comments_of_the_row() -> None:
    record = read(
        table(
            "No. | Recommendation | Management response | Key actions | Responsible unit | Time frame | Status | Tracking comments",
            f"1 | {ASK.partition(': ')[2]} | Agree. | <p>• Train twelve cooks</p><p>• Publish a handbook</p> | Ports Division | Q3 2025"
            " | Initiated | Four were trained by May.",
        )
    )
    (answer,) = responses(record)
    assert [(a.text, a.unit, a.due, a.status, a.comments) for a in answer.actions] == [
        ("Train twelve cooks", "Ports Division", "Q3 2025", "Initiated", "Four were trained by May."),
        ("Publish a handbook", "Ports Division", "Q3 2025", "Initiated", "Four were trained by May."),
    ]
