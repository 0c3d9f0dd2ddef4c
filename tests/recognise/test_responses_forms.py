"""Responses in the forms that offices use: what is recommended, answered, promised, by whom and by when."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
assert _spec is not None
assert _spec.loader is not None
forms = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(forms)
read, table, recommendations, responses, answered = forms.read, forms.table, forms.recommendations, forms.responses, forms.answered

ASK = "The country office should train all field monitors in the new data system"
ASK_2 = "The regional bureau should publish the results of every survey"


def test_a_form_of_full_width_rows_is_read_with_its_rows_of_actions() -> None:
    record = read(
        "<h1>Management response</h1>"
        + table(
            f"<b>Evaluation recommendation 1.</b> {ASK}.",
            "<b>Management response:</b> The office accepts the recommendation and has begun.",
            "Key action(s) | Time frame | Responsible unit(s) | Tracking: comments | Status",
            "1.1 Draw up a curriculum | March 2026 | Programme Unit | | Initiated",
            "1.2 Hold four courses | December 2026 | Programme Unit; Operations | Two held | Ongoing",
            f"<b>Evaluation recommendation 2.</b> {ASK_2}.",
            "<b>Management response:</b> The office partially accepts the recommendation.",
            "Key action(s) | Time frame | Responsible unit(s) | Tracking: comments | Status",
            "2.1 Publish the two latest surveys | June 2026 | Communication Unit | | Completed",
            header=False,
        )
    )
    assert [r.number for r in recommendations(record)] == ["1", "2"]
    assert recommendations(record)[0].text.startswith("The country office should")
    assert answered(record) == [("1",), ("2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "partially_accepted"]
    first, second = responses(record)
    assert [(a.number, a.text, a.due, a.unit, a.status) for a in first.actions] == [
        ("1.1", "Draw up a curriculum", "March 2026", "Programme Unit", "Initiated"),
        ("1.2", "Hold four courses", "December 2026", "Programme Unit; Operations", "Ongoing"),
    ]
    assert [(a.text, a.status) for a in second.actions] == [("Publish the two latest surveys", "Completed")]


def test_a_plain_matrix_gives_one_response_a_row() -> None:
    record = read(
        table(
            "No. | Recommendation | Management response | Planned action | Responsible | Deadline",
            f"1 | {ASK} | Agreed. Courses are planned. | Hold four courses | Programme Unit | Q4 2026",
            f"2 | {ASK_2} | Not agreed. Some surveys hold personal data. | None | |",
        )
    )
    assert [r.number for r in recommendations(record)] == ["1", "2"]
    assert answered(record) == [("1",), ("2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "rejected"]
    assert [(a.text, a.unit, a.due) for a in responses(record)[0].actions] == [("Hold four courses", "Programme Unit", "Q4 2026")]


def test_a_column_that_says_yes_or_no_stands_beside_one_of_comments() -> None:
    record = read(
        table(
            "Recommendation | Accepted (Yes/No) | Comments | Actions to be taken | Responsible unit | Timeframe | Status",
            f"R1. {ASK} | Yes | The curriculum exists already. | Hold courses | Programme Unit | 2026 | Not started",
            f"R2. {ASK_2} | No | Personal data must be protected. | | | |",
        )
    )
    assert [r.verdict for r in responses(record)] == ["accepted", "rejected"]
    assert responses(record)[0].text == "The curriculum exists already."
    assert responses(record)[0].actions[0].status == "Not started"


def test_a_heading_that_lists_the_choices_is_no_verdict() -> None:
    record = read(
        table(
            "Evaluation recommendation | Management response: accepted, partially accepted or rejected and comment"
            " | Action to be taken | Responsible unit | Timeframe | Further funding required (Y/N)",
            f"Recommendation 1. {ASK} | Partially accepted. Only monitors with a contract can be trained. | Hold courses | ESP | 2026 | N",
        )
    )
    assert [r.verdict for r in responses(record)] == ["partially_accepted"]
    assert responses(record)[0].actions[0].unit == "ESP"


def test_a_mark_under_one_of_several_choices_is_the_verdict() -> None:
    record = read(
        table(
            "Recommendation | Accepted | Partially accepted | Rejected | Comments",
            f"1. {ASK} | | X | | Only monitors with a contract can be trained.",
            f"2. {ASK_2} | ✓ | | | Done.",
        )
    )
    assert [r.verdict for r in responses(record)] == ["partially_accepted", "accepted"]
    assert responses(record)[0].text == "Only monitors with a contract can be trained."


def test_deliverables_below_one_action_add_their_dates_to_it() -> None:
    record = read(
        "<h2>Management response and action plan</h2>"
        f"<h3>Recommendation 1</h3><p>{ASK}.</p>"
        "<p><strong>Management response</strong><br>Management agrees with the recommendation.</p>"
        "<table><tr><th>Action plan</th><th>Deliverables</th><th>Expected completion date</th><th>Accountability</th></tr>"
        "<tr><td rowspan='2'>Train the monitors.</td><td>A curriculum</td><td>June 2026</td>"
        "<td rowspan='2'>Director General, Field Directorate</td></tr>"
        "<tr><td>A register of those trained</td><td>May 2027</td></tr></table>"
    )
    (response,) = responses(record)
    assert response.verdict == "accepted"
    assert [(a.text, a.due, a.unit) for a in response.actions] == [
        ("Train the monitors.", "June 2026; May 2027", "Director General, Field Directorate")
    ]
    assert response.actions[0].deliverables == "A curriculum\nA register of those trained"


def test_a_row_that_explains_the_headings_is_passed_over() -> None:
    record = read(
        table(
            "Recommendations | Response | Action plan | Deliverables | Expected completion date | Accountability",
            "Recommendation as stated in the report | Identify whether management agrees or disagrees, and why | Identify what will be done"
            " | Identify key deliverables | Identify timeline | Identify the accountable senior manager",
            f"Recommendation 1: {ASK} | Agree | Courses will be held. | Curriculum | May 2026 | Director, Field Branch",
        )
    )
    assert len(recommendations(record)) == 1
    assert [r.verdict for r in responses(record)] == ["accepted"]
    assert responses(record)[0].actions[0].due == "May 2026"


def test_fields_and_values_side_by_side_make_a_form() -> None:
    record = read(
        table(
            f"Recommendation 1 | {ASK}",
            "Management response | ☒ Accept ☐ Partially accept ☐ Reject",
            "Key action | Hold four courses",
            "Responsible unit | Programme Unit",
            "Deadline | May 2026",
            f"Recommendation 2 | {ASK_2}",
            "Management response | ☐ Accept ☐ Partially accept ☒ Reject",
            "Comments | Surveys hold personal data.",
            "Recommendation 3 | The regional bureau should name a focal point for data",
            "Management response | Partially accepted",
            header=False,
        )
    )
    assert answered(record) == [("1",), ("2",), ("3",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "rejected", "partially_accepted"]
    assert [(a.text, a.unit, a.due) for a in responses(record)[0].actions] == [("Hold four courses", "Programme Unit", "May 2026")]


def test_cells_that_open_with_the_name_of_a_field_are_fields() -> None:
    record = read(
        table(
            f"<b>Evaluation recommendation 1:</b> {ASK}.",
            "Recommendation to: Country Office and Regional Bureau | Priority level (1 to 3): 1",
            "Management response (Accept/Partially accept/Reject): Rejected. This is in place.",
            "Key actions | Time frame or deadline | Responsible unit(s) | Status",
            "N/A as already in place | N/A | N/A |",
            header=False,
        )
    )
    (recommendation,) = recommendations(record)
    assert recommendation.responsible == ("Country Office", "Regional Bureau")
    assert recommendation.as_printed.priority == "1"
    assert [r.verdict for r in responses(record)] == ["rejected"]
    assert responses(record)[0].actions[0].unit == "N/A"


def test_numbered_recommendations_of_a_lettered_block_are_answered_one_by_one() -> None:
    record = read(
        table(
            f"<p><b>Evaluation recommendation A - Training</b></p><p>1. {ASK}.</p><p>2. {ASK_2}.</p>",
            "Recommendation to: | Priority level (1 to 3):",
            "<ul><li>project management;</li><li>donors</li></ul> | 2",
            "<p><b>Management response (Accept/Partially accept/Reject)</b></p>"
            "<p>Recommendation 1 accepted: courses have begun.</p><p>Recommendation 2 partially accepted: where the law allows.</p>",
            header=False,
        )
    )
    assert [r.number for r in recommendations(record)] == ["A1", "A2"]
    assert {r.responsible for r in recommendations(record)} == {("project management", "donors")}
    assert answered(record) == [("A1",), ("A2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "partially_accepted"]


def test_comments_of_others_are_answered_without_being_recommendations() -> None:
    record = read(
        table(
            "Feedback | How feedback will be addressed",
            "The second work area is described in general words only. | It will be described in detail in the next phase.",
            "<b>Actionable recommendation #1:</b> Name the crops that the programme works on. | Duly noted; the crops will be named.",
        )
    )
    assert [r.number for r in recommendations(record)] == ["1"]
    assert [r.prompt for r in responses(record)] == ["The second work area is described in general words only.", None]
    assert answered(record) == [(), ("1",)]
    assert [r.verdict for r in responses(record)] == ["unclear", "noted"]


def test_a_table_without_recommendations_or_answers_states_nothing() -> None:
    record = read(
        table(
            "Practice found in the literature | What the programme does",
            "Set up prevention and emergency response services at once | The programme funds both kinds of service in most places.",
        )
        + table("Indicator | Baseline | Target | Status", "Children reached | 100 | 400 | On track")
    )
    assert recommendations(record) == []
    assert responses(record) == []


def test_several_numbered_actions_in_one_cell_share_its_unit_or_have_each_their_own() -> None:
    record = read(
        table(
            "Recommendation | Response | Actions | Responsible | Due date",
            f"1. {ASK} | Agreed"
            " | <p>1.1 Draw up a curriculum</p><p>1.2 Hold courses</p> | Programme Unit | <p>May 2026</p><p>June 2027</p>",
        )
    )
    assert [(a.number, a.text, a.unit, a.due) for a in responses(record)[0].actions] == [
        ("1.1", "Draw up a curriculum", "Programme Unit", "May 2026"),
        ("1.2", "Hold courses", "Programme Unit", "June 2027"),
    ]


@pytest.mark.parametrize(
    "language,headings,answer,verdict",
    [
        (
            "fr",
            "Recommandation | Réponse de la direction | Actions clés | Responsable | Échéance",
            "Acceptée partiellement.",
            "partially_accepted",
        ),
        (
            "es",
            "Recomendación | Respuesta de la dirección | Acciones clave | Unidad responsable | Plazo",
            "Se acepta la recomendación.",
            "accepted",
        ),
        ("pt", "Recomendação | Resposta da gestão | Ações-chave | Unidade responsável | Prazo", "Não aceite.", "rejected"),
    ],
)
def test_matrices_are_read_in_french_spanish_and_portuguese(language: str, headings: str, answer: str, verdict: str) -> None:
    record = read(
        table(headings, f"1. Former tout le personnel de terrain dans le nouveau système | {answer} | Action un deux | UGP | 2026"),
        language,
    )
    assert [r.verdict for r in responses(record)] == [verdict]
    assert [(a.text, a.unit, a.due) for a in responses(record)[0].actions] == [("Action un deux", "UGP", "2026")]


def test_values_under_the_names_of_fields_and_an_answer_under_its_heading_are_read_in_each_form() -> None:
    def form(number: int, ask: str, unit: str, priority: str, answer: str) -> str:
        return (
            f"<table><tr><td colspan=4><p><b>Recommendation {number}</b></p><p>{ask}.</p></td></tr>"
            f"<tr><td colspan=2><p>Responsible:</p><p>{unit}</p></td>"
            f"<td colspan=2><p>Priority level</p><p>(1 = high, 3 = low)</p><p>{priority}</p></td></tr>"
            f"<tr><td colspan=4><p>Management response:</p><p>{answer}</p></td></tr>"
            "<tr><td>Key actions</td><td>Time frame</td><td>Responsible</td><td>Status</td></tr>"
            f"<tr><td>Draw up plan {number} with the partners</td><td>2026</td><td>Planning Unit</td><td>Ongoing</td></tr></table>"
        )

    record = read(
        "<h1>Response matrix</h1>"
        + form(1, ASK, "Country office", "2", "Partially accepted")
        + form(2, ASK_2, "Regional bureau", "1", "Accepted")
    )
    assert [r.responsible for r in recommendations(record)] == [("Country office",), ("Regional bureau",)]
    assert [r.as_printed.priority for r in recommendations(record)] == ["2", "1"]
    assert [r.verdict for r in responses(record)] == ["partially_accepted", "accepted"]
    assert [[a.text for a in r.actions] for r in responses(record)] == [
        ["Draw up plan 1 with the partners"],
        ["Draw up plan 2 with the partners"],
    ]
