from __future__ import annotations

import pytest

from evaltrail.text.sentences import sentence_at, sentences

CASES = [
    "The U.S. Government agreed.|See para. 3 and No. 5.|Mr. Smith met J. K. Rowling.",
    "It was done in the U.S.|The end was near.",
    "We saw e.g. Many of them etc.|However, it held.",
    "Sales grew by 3.5 per cent.12|The next year was worse.",
    "Another one (see below).|63 stakeholders came.",
    "What was found?|Nothing!|“So it goes.”|The end.",
    "1. Develop a plan.|It has two steps.",
    "See Fig. 3 and pp. 5–7.|All agreed (Prof. Dr. A. Weber, vol. 2).",
    "Voir p. ex. Mme Dupont, art. 5.|La fin (voir fig. 3).|Les pays, etc.",
    "M. Traoré a parlé.|Le rapport (p. 12) le dit.|« Oui. »|Elle part.",
    "En EE.UU.|Los países vieron.|El Sr. Pérez vive en EE. UU.|Según la pág. 4, sí.",
    "¿Qué pasa?|¡Nada!|El núm. 5 falta.",
    "A Sra. Silva disse, p. ex. Lisboa.|O art. 4 vale.|Os países, etc.|Também o n.º 7.",
    "One line\nAnother line",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    text = case.replace("|", " ")
    assert [s.text for s in sentences(text)] == case.replace("\n", "|").split("|")


@pytest.mark.parametrize("case", CASES)
def test_each_sentence_stands_at_its_offsets(case: str) -> None:
    text = case.replace("|", " ")
    assert all(text[s.start : s.end] == s.text for s in sentences(text))


def test_the_sentence_that_holds_an_offset_is_found() -> None:
    text = "First one. Second one."
    assert sentence_at(text, 13) == sentences(text)[1]
    assert sentence_at(text, 10) is None


def test_a_text_without_words_has_no_sentences() -> None:
    assert sentences(" \n ") == []


def test_several_footnote_numbers_and_an_acronym_that_is_an_abbreviation_elsewhere_hide_no_end() -> None:
    assert [s.text for s in sentences("Links were poor.81,99 Costs were high.12–14 It ended.")] == [
        "Links were poor.81,99",
        "Costs were high.12–14",
        "It ended.",
    ]
    assert len(sentences("They model the approach to MM. Each lesson is followed by another.")) == 2
    assert len(sentences("Selon MM. Dupont et Diallo, le projet avance.")) == 1
