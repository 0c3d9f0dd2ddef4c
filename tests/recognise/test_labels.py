"""Labels: what names a statement at the beginning of a text, and what only looks so."""

from __future__ import annotations

import pytest

from evaltrail.read.recognise.labels import code_of, label_of

ALL = frozenset({"finding", "conclusion", "lesson", "good_practice", "recommendation", "response"})


@pytest.mark.parametrize(
    "text,kind,number,rest",
    [
        ("Finding 3: Ferries run late.", "finding", "3", "Ferries run late."),
        ("Key finding 12. Ferries run late.", "finding", "12", "Ferries run late."),
        ("KEY FINDING 4 – Ferries run late.", "finding", "4", "Ferries run late."),
        ("Recommendation no. 2 - Repair the pier.", "recommendation", "2", "Repair the pier."),
        ("Recommendation #5 Repair the pier.", "recommendation", "5", "Repair the pier."),
        ("Strategic recommendation IV: Repair the pier.", "recommendation", "IV", "Repair the pier."),
        ("Recommendation 2.1: Repair the pier.", "recommendation", "2.1", "Repair the pier."),
        ("Recommendation 3(a) Repair the pier.", "recommendation", "3(a)", "Repair the pier."),
        ("Recommendation 3.b. Repair the pier.", "recommendation", "3.b", "Repair the pier."),
        ("Recommendation Two: Repair the pier.", "recommendation", "2", "Repair the pier."),
        ("Recommandation trois : Réparer le quai.", "recommendation", "3", "Réparer le quai."),
        ("Recomendación nro. 4: Reparar el muelle.", "recommendation", "4", "Reparar el muelle."),
        ("Recommendation A: Repair the pier.", "recommendation", "A", "Repair the pier."),
        ("[Recommendation 7] Repair the pier.", "recommendation", "7", "Repair the pier."),
        ("Lesson learned 1: Ask the crews.", "lesson", "1", "Ask the crews."),
        ("Lesson: Ask the crews.", "lesson", None, "Ask the crews."),
        ("Good practice 2: Crews meet weekly.", "good_practice", "2", "Crews meet weekly."),
        ("Conclusion 6. The route is needed.", "conclusion", "6", "The route is needed."),
        ("Management response: Accepted.", "response", None, "Accepted."),
        ("Management response to recommendation 4: Accepted.", "response", "4", "Accepted."),
        ("Constat n° 3 : Les bacs sont en retard.", "finding", "3", "Les bacs sont en retard."),
        ("Recommandation 2 – Réparer le quai.", "recommendation", "2", "Réparer le quai."),
        ("Leçon apprise 1 : Interroger les équipages.", "lesson", "1", "Interroger les équipages."),
        ("Bonne pratique 1 : Une réunion par semaine.", "good_practice", "1", "Une réunion par semaine."),
        ("Bonne pratique émergente 1 : Une réunion par semaine.", "good_practice", "1", "Une réunion par semaine."),
        ("Buena práctica emergente 2: Una reunión por semana.", "good_practice", "2", "Una reunión por semana."),
        ("Réponse de la direction : Acceptée.", "response", None, "Acceptée."),
        ("Hallazgo 4: Los transbordadores llegan tarde.", "finding", "4", "Los transbordadores llegan tarde."),
        ("Conclusión 1. La ruta es necesaria.", "conclusion", "1", "La ruta es necesaria."),
        ("Recomendación 3: Reparar el muelle.", "recommendation", "3", "Reparar el muelle."),
        ("Lección aprendida 2: Preguntar a las tripulaciones.", "lesson", "2", "Preguntar a las tripulaciones."),
        ("Constatação 5: As barcas atrasam-se.", "finding", "5", "As barcas atrasam-se."),
        ("Recomendação 1 – Reparar o cais.", "recommendation", "1", "Reparar o cais."),
        ("Lição aprendida 3: Perguntar às tripulações.", "lesson", "3", "Perguntar às tripulações."),
        ("Resposta da gestão: Aceite.", "response", None, "Aceite."),
    ],
)
def test_a_label_gives_kind_and_number_and_leaves_the_words(text: str, kind: str, number: str | None, rest: str) -> None:
    label = label_of(text)
    assert label is not None
    assert (label.kind, label.number, text[label.end :]) == (kind, number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Recommendation 3 was carried out in the second year.",
        "Recommendation 3 of the audit led to a new pier.",
        "Recommendations 3 and 4 were addressed to the ports.",
        "Findings from the survey show that ferries run late.",
        "Finding a new pier took two years.",
        "Conclusions are drawn with care.",
        "Lessons from the first phase were used.",
        "Response rates were low: 12 per cent of the crews answered.",
        "COVID-19 Emergency Response",
        "Emergency response: the ferries carried vaccines.",
        "Rapid response teams: four were trained.",
        "La recommandation 3 a été mise en œuvre.",
        "Recommandation 3 a été mise en œuvre.",
        "Recomendación 3 fue aplicada en el segundo año.",
        "Recomendação 3 foi aplicada no segundo ano.",
        "Lessons-based training: two courses were held.",
        "Recommendation 3.5 per cent of the fares",
        "",
    ],
)
def test_a_sentence_that_begins_like_a_label_is_none(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    "text,who,rest",
    [
        ("Recommendation 3 to the Ministry of Ports: Repair the pier.", "the Ministry of Ports", "Repair the pier."),
        ("Recommandation 3 pour le Ministère : Réparer le quai.", "le Ministère", "Réparer le quai."),
        ("Recomendación 3 al Ministerio: Reparar el muelle.", "Ministerio", "Reparar el muelle."),
    ],
)
def test_a_recommendations_label_may_say_to_whom_it_is_made(text: str, who: str, rest: str) -> None:
    label = label_of(text)
    assert label is not None
    assert label.to is not None
    assert (label.number, text[slice(*label.to)], text[label.end :]) == ("3", who, rest)


@pytest.mark.parametrize(
    "text", ["Recommendation 3 to the ministry was dropped.", "Recommendation 3 for two years: nothing", "Recommendation two years ago"]
)
def test_words_behind_a_number_that_address_nobody_are_a_sentence(text: str) -> None:
    assert label_of(text, alone=True) is None


@pytest.mark.parametrize("text", ["Recommendation", "Conclusion.", "Leçon apprise", "Hallazgo", "Recomendação"])
def test_a_bare_noun_is_a_label_where_it_stands_by_itself(text: str) -> None:
    assert label_of(text, alone=True) is not None
    assert label_of(text) is None


@pytest.mark.parametrize("text", ["Recommendations", "Key findings", "Lessons learned", "Conclusions", "Recomendaciones"])
def test_a_bare_plural_heads_a_section_and_labels_nothing(text: str) -> None:
    assert label_of(text, alone=True) is None


@pytest.mark.parametrize("text", ["COVID-19 Emergency Response", "Response to the floods", "Rapid response", "Humanitarian response"])
def test_a_heading_about_a_response_to_events_labels_no_answer(text: str) -> None:
    assert label_of(text, alone=True) is None


@pytest.mark.parametrize(
    "text,number", [("Response to recommendations 4 and 5: Accepted.", "4and5"), ("Office response to recommendation 2: Yes.", "2")]
)
def test_an_answer_that_names_a_recommendation_says_so(text: str, number: str) -> None:
    label = label_of(text)
    assert label is not None
    assert label.answers
    assert label.number == number


@pytest.mark.parametrize("text", ["Recommendation to recommendation 4: Yes.", "Finding on recommendation 4: Yes."])
def test_only_an_answer_answers_a_recommendation(text: str) -> None:
    label = label_of(text)
    assert label is None or not label.answers


@pytest.mark.parametrize(
    "text,kind,number",
    [
        ("R3. Repair the pier.", "recommendation", "3"),
        ("KF 2: Ferries run late.", "finding", "2"),
        ("LL1 Ask the crews.", "lesson", "1"),
        ("GP 4 – The route", "good_practice", "4"),
    ],
)
def test_a_short_code_is_a_label_where_its_kind_is_due(text: str, kind: str, number: str) -> None:
    label = code_of(text, ALL)
    assert label is not None
    assert (label.kind, label.number) == (kind, number)
    assert code_of(text, ALL - {kind}) is None


def test_a_code_that_two_kinds_share_is_of_the_kind_that_is_due() -> None:
    text = "C4 – La ligne est utile"
    for kind in ("finding", "conclusion"):
        label = code_of(text, frozenset({kind}))
        assert label is not None
        assert label.kind == kind


@pytest.mark.parametrize("text", ["R3 was carried out.", "F16 aircraft were used", "C4% of the crews", "Ferries R3. Repair"])
def test_a_code_inside_a_sentence_is_none(text: str) -> None:
    assert code_of(text, ALL) is None
