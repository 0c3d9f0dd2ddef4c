"""Fields of recommendations: units one by one, who is asked and by when, lines and brackets, normal values."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from evaltrail.read.recognise.bodies import asked_of
from evaltrail.read.recognise.deadlines import time_of
from evaltrail.read.recognise.fields import normal
from evaltrail.read.recognise.units import units

_spec = importlib.util.spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
assert _spec is not None
assert _spec.loader is not None
forms = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(forms)


@pytest.mark.parametrize(
    "printed,names",
    [
        ("PORTS, Deputy Director-General for Policy (DDG/P) and regional offices", ("PORTS", "DDG/P", "regional offices")),
        ("PORTS, DDG/P ACT/EMP, ACTRAV", ("PORTS", "DDG/P", "ACT/EMP", "ACTRAV")),
        ("HQ DDG/FOP", ("HQ DDG/FOP",)),
        ("Cabinet, DDG/P (in particular RESEARCH and STATISTICS)", ("Cabinet", "DDG/P", "RESEARCH", "STATISTICS")),
        ("regional and country office representatives", ("regional and country office representatives",)),
        ("Gender, Equality and Diversity branch (GED)", ("GED",)),
        ("Division of Data, Analytics, Planning and Monitoring (DAPM)", ("DAPM",)),
        ("Information and Technology Management (INFOTEC)", ("INFOTEC",)),
        ("Project management and project implementation team", ("Project management", "project implementation team")),
        ("Evaluation Division, evaluation managers and RPMEOs", ("Evaluation Division", "evaluation managers", "RPMEOs")),
        (
            "RPMEOs and experts on rights, gender, environment and disability",
            ("RPMEOs", "experts on rights, gender, environment and disability"),
        ),
        ("Ministry of Health and Ministry of Education", ("Ministry of Health", "Ministry of Education")),
        ("Ministry of Health and Social Services", ("Ministry of Health and Social Services",)),
        ("Policy and Planning Department", ("Policy and Planning Department",)),
        ("Director General, Finance Directorate, Health Agency", ("Director General, Finance Directorate, Health Agency",)),
        ("M&E focal point (lead) with the support of the programme team", ("M&E focal point", "programme team")),
        ("● project management;\n● Analysis & Reporting\n● donors.", ("project management", "Analysis & Reporting", "donors")),
        ("HC, in collaboration with RCMP", ("HC", "RCMP")),
        ("Ministère de la Santé et Ministère de l'Éducation", ("Ministère de la Santé", "Ministère de l'Éducation")),
        ("Dirección de Planificación y Oficina de Evaluación", ("Dirección de Planificación", "Oficina de Evaluación")),
        ("", ()),
    ],
)
def test_units_are_parted_where_each_could_act_alone(printed: str, names: tuple[str, ...]) -> None:
    assert units(printed) == names


@pytest.mark.parametrize(
    "words,who",
    [
        ("Executive heads of the organizations should, by the end of 2027, review their rules.", "Executive heads of the organizations"),
        ("At its next session, the General Assembly should request a report.", "General Assembly"),
        ("By the end of 2026, bodies that have not yet done so should set up a register.", "bodies that have not yet done so"),
        ("The inspectors call on participating organizations to share their data.", "participating organizations"),
        ("We recommend that the Secretary of Transport direct the ports to publish fees.", "Secretary of Transport"),
        (
            "The Service, Innovation and Training Branch, with the support of others, should improve it.",
            "Service, Innovation and Training Branch",
        ),
        ("The Board should request that the bureau report to it.", "Board"),
        ("(Based on conclusion 2) The Bureau should report each year.", "Bureau"),
        ("L'OIM devrait renforcer ses bureaux.", "OIM"),
        ("Il est recommandé que le Gouvernement adopte une loi.", "Gouvernement"),
        ("La Oficina debería elaborar un plan.", "Oficina"),
        ("O Governo deve adotar uma lei.", "Governo"),
        ("Communication with beneficiaries should be reinforced.", None),
        ("The next strategic plan should position climate action as central.", None),
        ("Consideration should be given to the fees.", None),
        ("It should stop the work.", None),
    ],
)
def test_a_recommendations_wording_tells_who_is_asked(words: str, who: str | None) -> None:
    span = asked_of(words)
    assert (words[slice(*span)] if span else None) == who


@pytest.mark.parametrize(
    "words,when",
    [
        ("The heads should, by the end of 2027, review their rules.", "by the end of 2027"),
        ("At the beginning of 2028, the bodies should ask for a report.", "At the beginning of 2028"),
        ("At its eighty-first session, the Assembly should decide.", "At its eighty-first session"),
        ("The fees should be reviewed within six months.", "within six months"),
        ("No later than 31 December 2026, the office should report.", "No later than 31 December 2026"),
        ("D'ici à fin 2026, le Bureau devrait publier un rapport.", "D'ici à fin 2026"),
        ("Antes de diciembre de 2025 la Oficina debería informar.", "Antes de diciembre de 2025"),
        ("Até o final de 2026 o Governo deve decidir.", "Até o final de 2026"),
        ("The policy adopted in 2019 should be reviewed.", None),
    ],
)
def test_a_recommendations_wording_tells_by_when(words: str, when: str | None) -> None:
    span = time_of(words)
    assert (words[slice(*span)] if span else None) == when


def test_lines_brackets_and_headings_give_fields_and_say_how_they_were_told() -> None:
    record = forms.read(
        "<h2>Recommendations</h2><p><b>Recommendation 1.</b> Set up a register of all grants.</p><p>Priority: High</p>"
        "<p>Responsible: Finance Unit and Legal Office</p><p>Timeframe: by June 2026</p><p>Resources: existing</p>"
        "<p><b>Recommendation 2.</b> Review the fees of all ports (Responsible: Ports Office; Priority: Medium)</p>"
        "<p><b>Recommendation 3.</b> Inform the public of its rights at the ports. [HC, in collaboration with RCMP]</p>"
        "<h3>For the Government</h3><p><b>Recommendation 4.</b> Pass the law on ports.</p>"
        "<p><b>Recommendation 5.</b> The Ports Office should report each year.</p>"
    )
    first, second, third, fourth, fifth = forms.recommendations(record)
    assert first.text == "Set up a register of all grants."
    assert (first.priority, first.responsible, first.as_printed.time, first.resources) == (
        "high",
        ("Finance Unit", "Legal Office"),
        "by June 2026",
        "existing",
    )
    assert (second.responsible, second.priority) == (("Ports Office",), "medium")
    assert third.responsible == ("HC", "RCMP")
    assert fourth.responsible == ("Government",)
    assert [r.origin["responsible"].how for r in (first, second, third, fourth, fifth)] == [
        "printed",
        "printed",
        "printed",
        "inferred",
        "inferred",
    ]


def test_a_lead_in_addresses_all_recommendations_of_its_list() -> None:
    record = forms.read(
        "<h2>Recommendations</h2><p>The following recommendations are directed to the agency’s Director of Ports, as the official"
        " in charge, as well as to the ministry’s Deputy Minister of Healthy Waters and Coast Safety Branch.</p>"
        "<p><b>Recommendation 1:</b> Set up a register of all grants.</p><p><b>Recommendation 2:</b> Review the fees of all ports.</p>"
    )
    assert {r.responsible for r in forms.recommendations(record)} == {
        ("agency’s Director of Ports", "ministry’s Deputy Minister of Healthy Waters and Coast Safety Branch")
    }


@pytest.mark.parametrize(
    "field,printed,value",
    [
        ("priority", "High", "high"),
        ("priority", "Élevée", "high"),
        ("priority", "1", None),
        ("time", "Short- to medium-term", "short-term to medium-term"),
        ("time", "Largo plazo", "long-term"),
        ("time", "June 2026", None),
        ("resources", "Within existing resources", "existing"),
    ],
)
def test_printed_values_are_normalised_where_they_fit_the_scale(field: str, printed: str, value: str | None) -> None:
    assert normal(field, printed) == value
