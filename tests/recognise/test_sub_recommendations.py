"""Parts of recommendations: lettered, numbered or bulleted, in lists, sentences and tables."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from evaltrail.record import Recommendation, Record

_spec = importlib.util.spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
assert _spec is not None
assert _spec.loader is not None
forms = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(forms)

INTRODUCTION = (
    "<h1>Evaluation of school meals</h1><p>The evaluation looked at five districts and spoke to 140 people between 2019 and 2023.</p>"
)


def read(recommendations: str, language: str = "en") -> Record:
    return forms.read(f"{INTRODUCTION}<h2>Recommendations</h2>{recommendations}", language)


def parts(record: Record, of: str | None = None) -> list[Recommendation]:
    """The parts of the recommendation with a number, or all."""
    all_of = [s for e in record.evaluations for s in e.statements if s.kind == "recommendation"]
    ids = {s.id for s in all_of if of is None or s.number == of}
    return [s for s in all_of if s.parent in ids]


def numbers(record: Record) -> list[str | None]:
    """The numbers of the recommendations themselves."""
    return [r.number for r in forms.recommendations(record)]


def test_lettered_items_under_a_recommendation_are_its_parts() -> None:
    record = read(
        "<h3>Recommendation 1</h3><p>The ministry should improve its planning.</p>"
        "<ol type='a'><li>Set up a planning unit in each district.</li><li>Train all planners in costing.</li></ol>"
        "<h3>Recommendation 2</h3><p>The fund should publish its accounts.</p>"
    )
    assert numbers(record) == ["1", "2"]
    assert [(p.number, p.text) for p in parts(record, "1")] == [
        ("1(a)", "Set up a planning unit in each district."),
        ("1(b)", "Train all planners in costing."),
    ]
    whole = forms.recommendations(record)[0]
    assert "Set up a planning unit" in whole.text
    assert whole.text.startswith("The ministry should improve its planning.")


def test_items_counted_off_in_a_sentence_are_parts_without_the_joining_words() -> None:
    record = read(
        "<p><b>Recommendation 2:</b> The agency should (i) revise its policy; (ii) publish it; and (iii) report on it every year.</p>"
    )
    assert [(p.number, p.text) for p in parts(record)] == [
        ("2(i)", "revise its policy"),
        ("2(ii)", "publish it"),
        ("2(iii)", "report on it every year."),
    ]


def test_things_counted_off_in_a_sentence_are_no_parts() -> None:
    record = read(
        "<p><b>Recommendation 1:</b> The office should make sure that returnees understand (a) their rights and (b) the way home.</p>"
        "<p><b>Recommendation 2:</b> The office should report yearly.</p>"
    )
    assert parts(record) == []


def test_bullets_that_a_colon_introduces_are_parts() -> None:
    record = read(
        "<p><b>Recommendation 1:</b> The agency should strengthen its field presence. In particular:</p>"
        "<ul><li>open two offices in the north</li><li>recruit an adviser for each of them</li></ul>"
    )
    assert [(p.number, p.text) for p in parts(record, "1")] == [
        (None, "open two offices in the north"),
        (None, "recruit an adviser for each of them"),
    ]


def test_parts_may_stand_behind_a_paragraph_of_their_own() -> None:
    record = read(
        "<p><b>Recommendation 1:</b> The agency should strengthen its field presence.</p><p>To this end, the agency should:</p>"
        "<ul><li>open two offices in the north</li><li>recruit an adviser for each of them</li></ul>"
        "<p><b>Recommendation 2:</b> The agency should report yearly.</p>"
    )
    assert numbers(record) == ["1", "2"]
    assert len(parts(record, "1")) == 2


@pytest.mark.parametrize(
    "explanation",
    [
        "The current fees have several weaknesses:</p><ul><li>fees are high for small farmers</li><li>fees are not published</li></ul>",
        "The reasons are these:</p><ol type='a'><li>reports come late</li><li>staff change often</li></ol>",
        "Focus on the following districts:</p><ul><li>Kano</li><li>Sokoto</li></ul>",
        "The evaluation found that there are opportunities to:</p><ul><li>train more cooks</li><li>use local grain</li></ul>",
    ],
)
def test_a_list_of_reasons_examples_or_names_is_no_list_of_parts(explanation: str) -> None:
    record = read(
        f"<h3>Recommendation 1</h3><p>Review the fees. {explanation}<h3>Recommendation 2</h3><p>The fund should report yearly.</p>"
    )
    assert parts(record) == []
    assert numbers(record) == ["1", "2"]


def test_rows_numbered_below_a_recommendation_are_its_parts_with_fields_of_their_own() -> None:
    record = read(
        forms.table(
            "No. | Recommendation | Responsible | Priority | By when",
            "1 | Strengthen the evidence base for school meals. | School Meals Unit | High | 2026",
            "1.1 | Commission two impact studies with universities. | Research Division | Medium | June 2026",
            "1.2 | Publish monitoring data every quarter. | Country offices | Low | Ongoing",
            "2 | Improve supply planning across the region. | Supply Chain | High | 2027",
        )
    )
    assert numbers(record) == ["1", "2"]
    assert [(p.number, p.responsible, p.priority) for p in parts(record, "1")] == [
        ("1.1", ("Research Division",), "medium"),
        ("1.2", ("Country offices",), "low"),
    ]


def test_a_recommendation_labelled_as_part_of_another_is_one() -> None:
    record = read(
        "<p><b>Recommendation 3:</b> The bank should reform its procurement.</p>"
        "<p><b>Recommendation 3(a):</b> The bank should publish all tenders online.</p>"
        "<p><b>Recommendation 3(b):</b> The bank should shorten the approval chain.</p>"
        "<p><b>Recommendation 4:</b> The bank should report once a year.</p>"
    )
    assert numbers(record) == ["3", "4"]
    assert [p.number for p in parts(record, "3")] == ["3(a)", "3(b)"]


def test_numbers_with_letters_are_recommendations_where_no_whole_one_stands_above_them() -> None:
    record = read(
        "<p><b>Recommendation 1a:</b> The bank should publish all tenders online.</p>"
        "<p><b>Recommendation 1b:</b> The bank should shorten the approval chain.</p>"
    )
    assert numbers(record) == ["1a", "1b"]


def test_sub_recommendations_go_with_the_recommendation_above_them() -> None:
    record = read(
        "<h3>Recommendation 1: Strengthen coordination with partners</h3><p>The country team should lead this work.</p>"
        "<p><b>Sub-recommendation A:</b> Hold monthly meetings with the ministry.</p>"
        "<p><b>Sub-recommendation B:</b> Share annual work plans.</p>"
    )
    assert numbers(record) == ["1"]
    assert [p.text for p in parts(record, "1")] == ["Hold monthly meetings with the ministry.", "Share annual work plans."]


def test_paragraphs_numbered_below_a_recommendation_are_its_parts() -> None:
    record = read(
        "<p><b>Recommendation 1:</b> The agency should strengthen its field presence.</p>"
        "<p>1.1 Open two offices in the north.</p><p>1.2 Recruit an adviser for each of them.</p>"
        "<p><b>Recommendation 2:</b> The agency should report yearly.</p>"
    )
    assert [p.number for p in parts(record, "1")] == ["1.1", "1.2"]
    assert numbers(record) == ["1", "2"]


def test_parts_may_have_parts() -> None:
    record = read(
        "<h3>Recommendation 4</h3><p>The fund should plan for longer.</p><ol type='a'>"
        "<li>Consider adaptive planning by:<ol type='i'><li>asking for a plan of five years;</li><li>reviewing it yearly.</li></ol></li>"
        "<li>Simplify the results framework.</li></ol>"
    )
    assert [p.number for p in parts(record, "4")] == ["4(a)", "4(b)"]
    assert [p.number for p in parts(record, "4(a)")] == ["4(a)(i)", "4(a)(ii)"]


IN_FRENCH = """
<h1>Évaluation du programme</h1><p>L’évaluation a porté sur les activités menées dans cinq régions et sur leurs résultats.</p>
<h2>Recommandations</h2><p><b>Recommandation 1 :</b> Le ministère devrait renforcer la coordination. Il s’agirait notamment de :</p>
<ul><li>mettre en place un comité dans chaque région ;</li><li>former les agents à la collecte des données.</li></ul>
"""
IN_SPANISH = """
<h1>Evaluación del programa</h1><p>La evaluación examinó las actividades realizadas en cinco regiones y sus resultados.</p>
<h2>Recomendaciones</h2><p><b>Recomendación 1:</b> El ministerio debería fortalecer la coordinación. Para ello:</p>
<ul><li>crear un comité en cada región;</li><li>capacitar a los funcionarios en el uso de datos.</li></ul>
"""
IN_PORTUGUESE = """
<h1>Avaliação do programa</h1><p>A avaliação examinou as atividades realizadas em cinco regiões e os seus resultados.</p>
<h2>Recomendações</h2><p><b>Recomendação 1:</b> O ministério deveria reforçar a coordenação. Para isso:</p>
<ul><li>criar um comité em cada região;</li><li>formar os funcionários na recolha de dados.</li></ul>
"""


@pytest.mark.parametrize(
    "language, paper, expected",
    [
        ("fr", IN_FRENCH, ["mettre en place un comité dans chaque région", "former les agents à la collecte des données."]),
        ("es", IN_SPANISH, ["crear un comité en cada región", "capacitar a los funcionarios en el uso de datos."]),
        ("pt", IN_PORTUGUESE, ["criar um comité em cada região", "formar os funcionários na recolha de dados."]),
    ],
)
def test_parts_are_told_in_other_languages(language: str, paper: str, expected: list[str]) -> None:
    assert [p.text for p in parts(forms.read(paper, language), "1")] == expected


def test_a_parts_words_stand_where_the_record_says() -> None:
    record = read("<p><b>Recommendation 2:</b> The agency should (i) revise its policy; and (ii) report on it every year.</p>")
    pages = {p.number: p.text for p in record.pages}
    assert [[pages[x.page][x.start : x.end] for x in p.places] for p in parts(record)] == [
        ["revise its policy"],
        ["report on it every year."],
    ]


def test_an_answer_to_a_part_finds_the_part() -> None:
    record = read(
        "<p><b>Recommendation 3:</b> The bank should reform its procurement.</p>"
        "<p><b>Recommendation 3(a):</b> The bank should publish all tenders online.</p>"
        "<h2>Management response</h2><p><b>Response to recommendation 3(a):</b> Management agrees and will publish them.</p>"
    )
    answer = forms.responses(record)[0]
    assert [a.id for a in answer.answers] == [parts(record, "3")[0].id]


def test_parts_are_counted_as_the_labels_count_them(shared: Path) -> None:
    """Papers whose labels count the parts of recommendations; those set aside are left out."""
    import json

    from evaltrail.read import read as read_file

    held_out = {line.strip() for line in (Path(__file__).parents[1] / "reading" / "held_out.txt").read_text().splitlines()}
    wrong = []
    for name in ("iom_arco_response.pdf", "unicef_e_icef_2025_4.pdf", "iom_niger_miraa_response.pdf", "canada_eccc_air_pollution.html"):
        stem = name.rsplit(".", 1)[0]
        assert stem not in held_out
        labels = json.loads((shared / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
        record = read_file(shared / "reports" / name)
        for label in (x for e in labels["evaluations"] for x in e["recommendations"]):
            found = [r for r in forms.recommendations(record) if label["starts"][:25] in r.text[:90]]
            got = [len([p for p in parts(record) if p.parent == r.id]) for r in found[:1]]
            if got != [label["sub_actions"] or 0]:
                wrong.append((stem, label["number"], label["sub_actions"], got))
    assert wrong == []
