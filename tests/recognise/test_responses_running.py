"""Responses in running text: labelled, under headings, in sentences of a section of comments, in quoted replies."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
assert _spec is not None
assert _spec.loader is not None
forms = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(forms)
read, table, recommendations, responses, answered = forms.read, forms.table, forms.recommendations, forms.responses, forms.answered

ASK = "The Director of the agency should set up a register of all grants"
ASK_2 = "The Secretary of Transport should review the fees of all ports"
ASK_3 = "The Administrator of the bureau should publish the results of the survey"


def listed(*asks: str) -> str:
    return "<h2>Recommendations</h2>" + "".join(f"<p><b>Recommendation {n}:</b> {a}.</p>" for n, a in enumerate(asks, 1))


def test_a_label_behind_each_recommendation_opens_its_response_with_fields_of_an_action() -> None:
    record = read(
        f"<h2>Recommendation 1</h2><p>{ASK}.</p>"
        "<p><b>Management Response:</b> Management agreed with the recommendation and will set up the register.</p>"
        "<p>Responsible official: Chief Financial Officer</p><p>Target date: 30 June 2026</p>"
        f"<h2>Recommendation 2</h2><p>{ASK_2}.</p><p><b>Management Response:</b> Management partially agreed. Fees are set by law.</p>"
    )
    assert answered(record) == [("1",), ("2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "partially_accepted"]
    assert [(a.unit, a.due) for a in responses(record)[0].actions] == [("Chief Financial Officer", "30 June 2026")]


def test_agencies_that_concur_in_a_section_of_comments_answer_the_recommendations_they_name() -> None:
    record = read(
        "<h2>Recommendations for Executive Action</h2><p>We are making three recommendations:</p>"
        f"<p>{ASK}. (Recommendation 1)</p><p>{ASK_2}. (Recommendation 2)</p><p>{ASK_3}. (Recommendation 3)</p>"
        "<h2>Agency Comments and Our Evaluation</h2><p>We provided a draft of this report to the two departments for comment."
        " The bureau concurred with recommendations 1 and 3 and described steps under way."
        " Transport did not concur with recommendation 2. It said that fees are set by law.</p>"
    )
    assert [r.number for r in recommendations(record)] == ["1", "2", "3"]
    assert answered(record) == [("1", "3"), ("2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "rejected"]
    assert responses(record)[1].text.endswith("fees are set by law.")


def test_what_an_agency_neither_agrees_nor_disagrees_with_is_unclear() -> None:
    record = read(
        f"<h2>Recommendation for Executive Action</h2><p>{ASK}. (Recommendation 1)</p><h2>Agency Comments</h2>"
        "<p>In its comments the agency neither agreed nor disagreed with our recommendation but named a date for its work.</p>"
    )
    assert [r.verdict for r in responses(record)] == ["unclear"]
    assert answered(record) == [("1",)]


def test_a_reply_quoted_behind_a_recommendation_answers_it() -> None:
    record = read(
        "<h1>Inquiry into a derailment</h1><h2>7. Recommendations</h2>"
        "<p>7.1 On 3 May the Commission recommended that the Chief Executive of HarbourRail improve the training of all signallers.</p>"
        "<p>7.2 On 30 May HarbourRail replied:</p>"
        "<blockquote><p>HarbourRail accepts the recommendation and will review the training by December.</p></blockquote>"
        "<p>7.3 On 3 May the Commission recommended that the Director of Maritime Safety publish guidance for small ports.</p>"
        "<p>7.4 On 2 June the Director replied: “We do not accept this recommendation because guidance exists.”</p>"
    )
    assert [r.number for r in recommendations(record)] == ["7.1", "7.3"]
    assert answered(record) == [("7.1",), ("7.3",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "rejected"]


def test_sentences_that_name_recommendations_by_number_answer_them() -> None:
    record = read(
        "<h1>Follow-up note of the secretariat</h1><h2>Overview</h2>"
        + "".join(f"<p>Recommendation {n}: {a}.</p>" for n, a in enumerate((ASK, ASK_2, ASK_3), 1))
        + "<p>Recommendation 2 was implemented by comparing fees with those of ports abroad."
        " Recommendation 3 was accepted and work on it goes on.</p>"
        "<p>Recommendation 1 was considered to be outside what the secretariat can decide alone.</p>"
    )
    assert answered(record) == [("2",), ("3",), ("1",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "accepted", "unclear"]


def test_one_answer_may_be_to_several_recommendations() -> None:
    record = read(
        listed(ASK, ASK_2, ASK_3)
        + "<h2>Management response</h2><h3>Response to recommendations 1 and 3</h3><p>Management agrees with both.</p>"
        "<h3>Response to recommendation 2</h3><p>Not accepted. Fees are set by law.</p>"
    )
    assert answered(record) == [("1", "3"), ("2",)]


def test_one_answer_behind_all_recommendations_is_to_all() -> None:
    record = read(
        listed(ASK, ASK_2) + "<h2>Management response</h2><p>Management agrees with all recommendations and will act in 2026.</p>"
    )
    assert answered(record) == [("1", "2")]
    assert [r.verdict for r in responses(record)] == ["accepted"]


def test_a_numbered_list_of_answers_is_one_answer_each() -> None:
    record = read(
        f"<h2>Recommendations</h2><ol><li>{ASK}.</li><li>{ASK_2}.</li></ol>"
        "<h2>Management response</h2><ol><li>Agreed. The register will be set up.</li><li>Not agreed. Fees are set by law.</li></ol>"
    )
    assert answered(record) == [("1",), ("2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "rejected"]


def test_an_answer_to_the_evaluation_as_a_whole_is_kept_apart() -> None:
    record = read(
        listed(ASK, ASK_2)
        + "<h2>Office response</h2><p>The Office welcomes the evaluation and thanks all who took part.</p>"
        + "<h3>Recommendation 1</h3><p>The Office agrees with the recommendation.</p>"
        + "<h3>Recommendation 2</h3><p>The Office does not agree with the recommendation.</p>"
    )
    assert answered(record) == [("1",), ("2",)]
    (overall,) = record.evaluations[0].overall_responses
    assert overall.text.startswith("The Office welcomes the evaluation")


def test_a_statement_of_agreement_under_its_own_heading_is_the_verdict() -> None:
    record = read(
        listed(ASK)
        + "<h3>Recommendation 1</h3><p>"
        + ASK
        + ".</p><h4>Statement of agreement or disagreement</h4><p>Disagree with the recommendation.</p>"
        + "<h4>Management response</h4><p>A register exists in each of the regions and is kept with care.</p>"
    )
    assert [r.verdict for r in responses(record)] == ["rejected"]
    assert responses(record)[0].text.startswith("A register exists")


def test_an_action_plan_under_an_answer_is_its_actions() -> None:
    record = read(
        "<h2>Management response</h2><h3>Recommendation 1</h3><p><b>" + ASK + ".</b></p>"
        "<h4>Management response</h4><p>The agency agrees with this recommendation.</p>"
        "<h4>Management action plan</h4><ul><li>1.1</li><li>The agency will draw up a form.</li></ul>"
        "<p><b>Completion date</b>: Spring 2026</p>"
        "<ul><li>1.2</li><li>The agency will test the form.</li></ul><p><b>Completion date</b>: Winter 2027</p>"
    )
    (response,) = responses(record)
    assert response.text == "The agency agrees with this recommendation."
    assert [(a.number, a.text, a.due) for a in response.actions] == [
        ("1.1", "The agency will draw up a form.", "Spring 2026"),
        ("1.2", "The agency will test the form.", "Winter 2027"),
    ]


def test_items_with_a_date_in_brackets_are_actions() -> None:
    record = read(
        f"<h3>Recommendation 1</h3><p>{ASK}.</p><p><b>Management response</b></p><p>The agency agrees with this recommendation.</p>"
        "<p>The agency will:</p><ul><li>draw up a form (Q4 2026-2027).</li><li>name an officer in each region (June 2027).</li></ul>"
    )
    assert [(a.text, a.due) for a in responses(record)[0].actions] == [
        ("draw up a form", "Q4 2026-2027"),
        ("name an officer in each region", "June 2027"),
    ]


def test_a_response_of_its_own_repeats_what_it_answers() -> None:
    record = read(
        f"<h2>Government response</h2><p><b>Recommendation 1: {ASK}.</b></p><p>1.1 The Government accepts this recommendation.</p>"
        "<p>1.2 The register will be set up.</p>"
        f"<p><b>Recommendation 2: {ASK_2}.</b></p><p>2.1 The Government does not accept this recommendation.</p>"
    )
    assert [r.number for r in recommendations(record)] == ["1", "2"]
    assert answered(record) == [("1",), ("2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "rejected"]


def test_a_table_that_gives_numbers_alone_answers_the_recommendations_of_the_text() -> None:
    record = read(
        listed(ASK, ASK_2)
        + "<h2>Annex 5: Management response</h2>"
        + table("Rec. | Accepted? | Comment", "1 | Yes | The register will be set up.", "2 | Partially | Fees are set by law.")
    )
    assert answered(record) == [("1",), ("2",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "partially_accepted"]


def test_each_body_of_a_joint_evaluation_answers_for_itself() -> None:
    record = read(table("Recommendation | Response of UNAA | Response of UNBB", f"1. {ASK} | Agreed. | Partially agreed."))
    assert answered(record) == [("1",), ("1",)]
    assert [r.verdict for r in responses(record)] == ["accepted", "partially_accepted"]


def test_a_matrix_of_marks_a_body_is_no_response() -> None:
    record = read(
        "<h1>Annex</h1>" + table("Recommendation | UNAA | UNBB | UNCC", "Recommendation 1 | A | E | A", "Recommendation 2 | A | A | E")
    )
    assert recommendations(record) == []
    assert responses(record) == []


def test_a_response_in_french_with_its_fields() -> None:
    record = read(
        "<h2>Recommandation 1</h2><p>Le Bureau devrait mettre en place un registre de toutes les subventions d'ici à fin 2026.</p>"
        "<p><b>Réponse de la direction :</b> Acceptée partiellement. Le registre sera limité aux grandes subventions.</p>"
        "<p>Responsable : Direction financière</p><p>Échéance : décembre 2026</p>",
        "fr",
    )
    assert [r.verdict for r in responses(record)] == ["partially_accepted"]
    assert [(a.unit, a.due) for a in responses(record)[0].actions] == [("Direction financière", "décembre 2026")]
    assert recommendations(record)[0].responsible == ("Bureau",)
