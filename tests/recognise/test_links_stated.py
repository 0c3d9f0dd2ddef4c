"""Links that a paper states, in every place where papers state them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evaltrail.read.recognise.references import only_references, references

if TYPE_CHECKING:
    from evaltrail.record import Record

_spec = importlib.util.spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
assert _spec is not None
assert _spec.loader is not None
forms = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(forms)

INTRODUCTION = (
    "<h1>Evaluation of school meals</h1><p>The evaluation looked at five districts and spoke to 140 people between 2019 and 2023.</p>"
)
TEXTS = [
    "The programme reached most rural schools but not the poorest ones.",
    "Meals were late in a third of the schools that were visited.",
    "Local farmers sold little to the programme because payment took months.",
    "Monitoring data were complete but nobody used them.",
]
FINDINGS = "<h2>Findings</h2>" + "".join(f"<p><b>Finding {n}.</b> {text}</p>" for n, text in enumerate(TEXTS, 1))
CONCLUSIONS = (
    "<h2>Conclusions</h2><p><b>Conclusion 1:</b> Targeting leaves out the poorest.</p><p><b>Conclusion 2:</b> Delivery is weak.</p>"
)


def read(body: str) -> Record:
    return forms.read(INTRODUCTION + body)


def stated(record: Record) -> set[tuple[str, str, str]]:
    """(from, kind, to) of the links whose words the record shows, statements by the letter of their kind and their number."""
    names = {s.id: f"{s.kind[0]}{s.number}" for e in record.evaluations for s in e.statements}
    return {(names[x.from_], x.kind, names[x.to]) for e in record.evaluations for x in e.links if x.basis == "stated" and x.places}


def unresolved(record: Record) -> list[str]:
    return [d.message for d in record.diagnostics if d.code == "unresolved-reference"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Linked to: Conclusions 1, 2 and 6", [("conclusion", ("1", "2", "6"))]),
        ("Conclusion 12 is linked to findings 14 and 15.", [("conclusion", ("12",)), ("finding", ("14", "15"))]),
        ("(see finding 3)", [("finding", ("3",))]),
        ("based on conclusions C1, C3 and C5", [("conclusion", ("c1", "c3", "c5"))]),
        ("(Findings 4–6)", [("finding", ("4", "5", "6"))]),
        ("Links: Conclusion 4; Finding 12", [("conclusion", ("4",)), ("finding", ("12",))]),
        ("as Findings 3.2 to 3.4 show", [("finding", ("3.2", "3.3", "3.4"))]),
        ("refers to paragraphs 12-14", [("paragraph", ("12", "13", "14"))]),
        ("Recommendation 3(a) and 3(b)", [("recommendation", ("3a", "3b"))]),
        ("voir les constats 3 et 4", [("finding", ("3", "4"))]),
        ("véase el hallazgo 2 y las conclusiones 4 a 6", [("finding", ("2",)), ("conclusion", ("4", "5", "6"))]),
        ("baseada nas constatações 1, 2 e 3", [("finding", ("1", "2", "3"))]),
        ("Conclusion n° 3, recommandation n°4", [("conclusion", ("3",)), ("recommendation", ("4",))]),
    ],
)
def test_references_are_read_with_their_lists_and_ranges(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(r.kind, r.numbers) for r in references(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "finding 3 of the 2015 evaluation",
        "the previous evaluation's recommendation 4",
        "in line with recommendation 2 of the regional audit report",
        "paragraph 12 of resolution 70/1",
        "based on findings in Section 3",
        "there were 3 findings in 25% of the reports",
        "vitamins C1 and B2 were given",
    ],
)
def test_what_points_into_another_paper_or_counts_things_is_no_reference(text: str) -> None:
    assert references(text) == []


def test_a_line_of_references_holds_nothing_else() -> None:
    assert only_references("Origin: Conclusion 2")
    assert not only_references("Conclusion 2 was discussed with the ministry at length")


def test_a_statement_says_in_brackets_what_it_rests_on() -> None:
    record = read(
        FINDINGS + "<h2>Conclusions</h2><p><b>Conclusion 1.</b> Targeting leaves out the poorest (see finding 1).</p>"
        "<p><b>Conclusion 2.</b> Delivery is weak (Findings 2–3).</p>"
        "<h2>Recommendations</h2><p><b>Recommendation 1.</b> Revise the targeting (based on conclusion 1).</p>"
    )
    assert stated(record) == {
        ("f1", "supports", "c1"),
        ("f2", "supports", "c2"),
        ("f3", "supports", "c2"),
        ("c1", "leads_to", "r1"),
    }


def test_a_link_shows_the_words_that_state_it() -> None:
    record = read(FINDINGS + "<h2>Conclusions</h2><p><b>Conclusion 1.</b> Targeting leaves out the poorest (see finding 1).</p>")
    (link,) = (x for e in record.evaluations for x in e.links)
    (place,) = link.places
    assert record.pages[0].text[place.start : place.end] == "finding 1"
    assert link.score is None


def test_a_line_behind_a_statement_names_its_origin() -> None:
    record = read(
        FINDINGS + "<h2>Conclusions</h2><p><b>Conclusion 1:</b> Targeting leaves out the poorest.</p><p>Origin: Finding 1</p>"
        "<p><b>Conclusion 2:</b> Delivery is weak.</p><p>Origin: Findings 2 and 3</p>"
        "<h2>Recommendations</h2><p><b>Recommendation 1:</b> Pay farmers within a month.</p><p>Priority: High</p>"
        "<p>Based on: Conclusions 1, 2</p>"
    )
    assert stated(record) == {
        ("f1", "supports", "c1"),
        ("f2", "supports", "c2"),
        ("f3", "supports", "c2"),
        ("c1", "leads_to", "r1"),
        ("c2", "leads_to", "r1"),
    }


def test_a_sentence_may_name_both_ends() -> None:
    record = read(
        FINDINGS + CONCLUSIONS + "<p>Conclusion 1 is based on finding 1; conclusion 2 is based on findings 2 and 3.</p>"
        "<h2>Recommendations</h2><p><b>Recommendation 1:</b> Revise the targeting.</p>"
        "<p>Recommendation 1 addresses Conclusion 1 and Finding 4.</p>"
    )
    assert stated(record) == {
        ("f1", "supports", "c1"),
        ("f2", "supports", "c2"),
        ("f3", "supports", "c2"),
        ("c1", "leads_to", "r1"),
        ("f4", "leads_to", "r1"),
    }


@pytest.mark.parametrize(
    "table",
    [
        ("No. | Recommendation | Linked conclusions", "1 | Revise the targeting of the programme. | 1", "2 | Pay farmers in time. | 1, 2"),
        (
            "Recommendation | Based on | Responsible",
            "Recommendation 1: Revise the targeting of the programme. | Conclusion 1 | Ministry",
            "Recommendation 2: Pay farmers in time. | C1, C2 | Treasury",
        ),
    ],
)
def test_a_column_names_the_conclusions_of_each_recommendation(table: tuple[str, ...]) -> None:
    record = read(FINDINGS + CONCLUSIONS + "<h2>Recommendations</h2>" + forms.table(*table))
    assert stated(record) == {("c1", "leads_to", "r1"), ("c1", "leads_to", "r2"), ("c2", "leads_to", "r2")}


def test_a_form_has_a_row_for_what_a_recommendation_rests_on() -> None:
    record = read(
        FINDINGS
        + CONCLUSIONS
        + "<h2>Recommendations</h2>"
        + forms.table("Recommendation 1: Revise the targeting.", "Linked conclusions | 1", "Responsible | Ministry", header=False)
        + forms.table("Recommendation 2: Pay farmers in time.", "Linked to | Conclusions 1 and 2", "Responsible | Treasury", header=False)
    )
    assert stated(record) == {("c1", "leads_to", "r1"), ("c1", "leads_to", "r2"), ("c2", "leads_to", "r2")}


def test_a_table_of_numbers_links_column_to_column() -> None:
    record = read(
        FINDINGS + CONCLUSIONS + "<h2>Recommendations</h2><p><b>Recommendation 1:</b> Revise the targeting.</p>"
        "<p><b>Recommendation 2:</b> Pay farmers in time.</p>"
        + "<h2>Annex 3: From findings to recommendations</h2>"
        + forms.table("Findings | Conclusions | Recommendations", "1 | 1 | 1", "2, 3 | 2 | 2")
    )
    assert stated(record) == {
        ("f1", "supports", "c1"),
        ("c1", "leads_to", "r1"),
        ("f2", "supports", "c2"),
        ("f3", "supports", "c2"),
        ("c2", "leads_to", "r2"),
    }


def test_a_matrix_of_responses_numbers_its_recommendations_and_links_nothing_by_it() -> None:
    record = read(
        "<h2>Management response</h2>"
        + forms.table("No. | Recommendation | Response", "1 | Revise the targeting. | Agreed.", "2 | Pay farmers in time. | Agreed.")
    )
    assert stated(record) == set()
    assert unresolved(record) == []


def test_numbered_paragraphs_are_references_to_what_stands_in_them() -> None:
    findings = "".join(
        f"<p>{n}. <b>Key finding {n}:</b> The programme did number {n} well in most schools of the region, and everybody said so.</p>"
        for n in range(1, 9)
    )
    record = read(
        f"<h2>Findings</h2>{findings}<h2>Recommendations</h2>"
        "<p>9. <b>Recommendation 1:</b> Revise the targeting of the programme, as shown in paragraphs 2 and 3 above.</p>"
        "<p>10. <b>Recommendation 2:</b> Revise the manuals of the programme for all schools (see paras. 4–6).</p>"
    )
    assert stated(record) == {
        ("f2", "leads_to", "r1"),
        ("f3", "leads_to", "r1"),
        ("f4", "leads_to", "r2"),
        ("f5", "leads_to", "r2"),
        ("f6", "leads_to", "r2"),
    }


def test_each_part_of_a_paper_has_its_own_numbers() -> None:
    part = (
        "<h2>Findings</h2><p><b>Finding 1.</b> {0} meals came late.</p><p><b>Finding 2.</b> {0} cooks were trained.</p>"
        "<h2>Recommendations</h2><p><b>Recommendation 1.</b> Deliver {0} meals in time (see finding 1).</p>"
        "<p><b>Recommendation 2.</b> Train more {0} cooks.</p>"
    )
    record = read("<h1>Part I. School meals</h1>" + part.format("school") + "<h1>Part II. Hospital meals</h1>" + part.format("hospital"))
    assert [e.id for e in record.evaluations] == ["I", "II"]
    for e in record.evaluations:
        names = {s.id for s in e.statements}
        assert [(x.from_ in names, x.to in names, x.kind) for x in e.links] == [(True, True, "leads_to")]


def test_a_reference_inside_a_part_belongs_to_the_part() -> None:
    record = read(
        FINDINGS + "<h2>Recommendations</h2><h3>Recommendation 1</h3><p>The ministry should improve delivery.</p>"
        "<ol type='a'><li>Pay farmers in time (finding 3).</li><li>Use the monitoring data (finding 4).</li></ol>"
    )
    assert stated(record) == {("f3", "leads_to", "r1(a)"), ("f4", "leads_to", "r1(b)")}


def test_a_response_may_speak_of_a_finding() -> None:
    record = read(
        FINDINGS + "<h2>Recommendations</h2><p><b>Recommendation 1:</b> Pay farmers in time.</p>"
        "<h2>Management response</h2><p><b>Response to recommendation 1:</b> Agreed."
        " With reference to finding 3, a new rule is in force.</p>"
    )
    names = {s.id: s.kind for e in record.evaluations for s in e.statements}
    found = {(names[x.from_], x.kind, names[x.to]) for e in record.evaluations for x in e.links}
    assert found == {("response", "answers", "recommendation"), ("response", "answers", "finding")}


def test_a_reference_to_nothing_is_reported_with_its_place() -> None:
    record = read(FINDINGS + "<h2>Recommendations</h2><p><b>Recommendation 1.</b> Pay farmers in time (findings 3 and 7).</p>")
    assert stated(record) == {("f3", "leads_to", "r1")}
    (fault,) = (d for d in record.diagnostics if d.code == "unresolved-reference")
    assert "Recommendation 1 refers to finding 7" in fault.message
    (place,) = fault.places
    assert record.pages[0].text[place.start : place.end] == "findings 3 and 7"
    assert not fault.lost


def test_a_number_that_two_findings_have_is_no_link() -> None:
    record = read(
        "<h2>Findings</h2><h3>Relevance</h3><p><b>Finding 1.</b> Meals were wanted.</p>"
        "<h3>Efficiency</h3><p><b>Finding 1.</b> Meals were dear.</p>"
        "<h2>Recommendations</h2><p><b>Recommendation 1.</b> Buy cheaper meals (finding 1).</p>"
    )
    assert stated(record) == set()
    assert len(unresolved(record)) == 1


FRENCH = """
<h1>Évaluation du programme</h1><p>L’évaluation a porté sur les activités menées dans cinq régions et sur les résultats obtenus.</p>
<h2>Constats</h2><p><b>Constat 1 :</b> Le programme a atteint la plupart des écoles rurales.</p>
<p><b>Constat 2 :</b> Les repas étaient en retard.</p>
<h2>Conclusions</h2><p><b>Conclusion 1 :</b> Le ciblage est faible (voir les constats 1 et 2).</p>
<h2>Recommandations</h2><p><b>Recommandation 1 :</b> Revoir le ciblage du programme.</p><p>En lien avec la conclusion 1</p>
"""
SPANISH = """
<h1>Evaluación del programa</h1><p>La evaluación examinó las actividades realizadas en cinco regiones y los resultados obtenidos.</p>
<h2>Hallazgos</h2><p><b>Hallazgo 1:</b> El programa llegó a la mayoría de las escuelas.</p>
<p><b>Hallazgo 2:</b> Las comidas llegaban tarde.</p>
<h2>Conclusiones</h2><p><b>Conclusión 1:</b> La focalización es débil. Se basa en los hallazgos 1 y 2.</p>
<h2>Recomendaciones</h2><p><b>Recomendación 1:</b> Revisar la focalización (véase la conclusión 1).</p>
"""
PORTUGUESE = """
<h1>Avaliação do programa</h1><p>A avaliação examinou as atividades realizadas em cinco regiões e os resultados obtidos.</p>
<h2>Constatações</h2><p><b>Constatação 1:</b> O programa chegou à maioria das escolas.</p>
<p><b>Constatação 2:</b> As refeições chegavam tarde.</p>
<h2>Conclusões</h2><p><b>Conclusão 1:</b> A focalização é fraca (ver constatações 1 e 2).</p>
<h2>Recomendações</h2><p><b>Recomendação 1:</b> Rever a focalização. Ligada à conclusão 1.</p>
"""


@pytest.mark.parametrize("language, paper", [("fr", FRENCH), ("es", SPANISH), ("pt", PORTUGUESE)])
def test_links_are_read_in_other_languages(language: str, paper: str) -> None:
    record = forms.read(paper, language)
    assert stated(record) == {("f1", "supports", "c1"), ("f2", "supports", "c1"), ("c1", "leads_to", "r1")}
    assert unresolved(record) == []


def test_a_real_paper_gives_all_the_links_that_it_states(shared: Path) -> None:
    """The meta-evaluation states 32 links from findings to conclusions and 14 from these to recommendations."""
    from evaltrail.read import read as read_file

    record = read_file(shared / "reports" / "iom_meta_evaluation_2020_2024.pdf")
    found = stated(record)
    assert {kind: sum(k == kind for _, k, _ in found) for kind in ("supports", "leads_to")} == {"supports": 32, "leads_to": 14}
    assert {a for a, kind, b in found if (kind, b) == ("supports", "c13")} == {"f17", "f19", "f20", "f21"}
    assert {a for a, kind, b in found if (kind, b) == ("leads_to", "r4")} == {"c3", "c8", "c10", "c11"}
    assert unresolved(record) == []


def test_an_answer_to_a_recommendation_that_is_not_there_is_reported() -> None:
    record = read(
        "<h2>Recommendations</h2><p><b>Recommendation 1:</b> Pay farmers in time.</p><p><b>Recommendation 2:</b> Train the cooks.</p>"
        "<h2>Management response</h2><p><b>Response to recommendation 1:</b> Management agrees and has begun.</p>"
        "<p><b>Response to recommendation 7:</b> Management agrees and will do so.</p>"
    )
    (fault,) = (d for d in record.diagnostics if d.code == "unresolved-reference")
    assert fault.message.startswith("Response to recommendation 7 refers to recommendation 7")
    assert record.pages[0].text[fault.places[0].start : fault.places[0].end] == "Response to recommendation 7"
