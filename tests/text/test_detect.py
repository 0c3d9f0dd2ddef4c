from __future__ import annotations

import pytest

from evaltrail.text.detect import document_language, language_of, vote

PROSE = {
    "en": "The evaluation found that the programme was relevant to the needs of the countries.",
    "fr": "L’évaluation a constaté que le programme était pertinent au regard des besoins des pays.",
    "es": "La evaluación constató que el programa era pertinente para las necesidades de los países.",
    "pt": "A avaliação constatou que o programa foi relevante para as necessidades dos países.",
    "sv": "Utvärderingen visar att svenskt bistånd har haft stor betydelse för landets utveckling.",
    "de": "Die Evaluierung zeigt, dass die Programme für die Bedürfnisse der Länder relevant waren und gute Ergebnisse erzielten.",
    "it": "La valutazione ha rilevato che il programma era rilevante per le esigenze dei paesi e che i risultati sono stati buoni.",
    "ar": "توصلت الدراسة إلى أن البرنامج كان ذا صلة باحتياجات البلدان المستفيدة وأنه حقق نتائج جيدة",
}


@pytest.mark.parametrize("code", PROSE)
def test_the_language_of_a_sentence_is_told(code: str) -> None:
    assert language_of(PROSE[code]) == code


@pytest.mark.parametrize("text", ["", "   ", "Key findings", "Recommendation 3", "12 345 678 90", "ILO"])
def test_a_text_too_short_to_tell_has_no_language(text: str) -> None:
    assert language_of(text) is None


def test_two_languages_side_by_side_have_none() -> None:
    assert language_of(PROSE["en"] + " " + PROSE["fr"]) is None


def test_other_languages_can_be_left_untold() -> None:
    assert language_of(PROSE["sv"], others=False) is None


def test_a_document_is_in_the_language_of_its_longer_texts() -> None:
    assert document_language(["Key findings", PROSE["fr"], PROSE["fr"]]) == "fr"


def test_a_document_that_says_little_has_the_language_it_declares() -> None:
    assert document_language(["Table 1"], declared="es-MX") == "es"
    assert document_language(["Table 1"]) is None


def test_the_vote_is_a_share_of_the_words() -> None:
    assert vote(PROSE["en"])["en"] == pytest.approx(8 / 14)
    assert vote("123") == {}
