from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaltrail.text.normal import aligned, clean, fold, plain, squeeze, squeezed, strip_accents


def test_clean_spells_ligatures_out_and_drops_what_cannot_be_seen() -> None:
    assert clean("e\ufb03cient\u00a0know\u00adledge\u200b  base") == "efficient knowledge base"


def test_clean_composes_accents() -> None:
    assert clean("re\u0301ponse") == "réponse"


def test_clean_leaves_quotes_and_dashes() -> None:
    assert clean("“2014–19”") == "“2014–19”"


def test_plain_straightens_quotes_and_dashes() -> None:
    assert plain("the Office’s “2014–19” plan…") == 'the Office\'s "2014-19" plan...'


def test_accents_go_but_base_letters_stay() -> None:
    assert strip_accents("réponse à l’œuvre, Çağrı, Łódź") == "reponse a l’oeuvre, Cagri, Lodz"


def test_fold_leaves_words_and_single_spaces() -> None:
    assert fold("  The Office’s\n“Réponse”  – n° 3 ") == "the office s reponse n 3"


def test_two_printings_of_the_same_words_squeeze_to_the_same_string() -> None:
    assert squeeze("know-\nledge e\ufb03ciency") == squeeze("Knowledge Efficiency") == "knowledgeefficiency"


def test_other_scripts_survive_squeezing() -> None:
    assert squeeze("Оценка 2020") == "оценка2020"


@given(st.text())
def test_aligned_keeps_every_character_in_its_place(text: str) -> None:
    assert len(aligned(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("ab Z9é\ufb01œ-\u00ad’ \n")))
def test_a_squeezed_text_knows_its_way_back(text: str) -> None:
    folded = squeezed(text)
    assert folded.text == squeeze(text)
    for i in range(len(folded.text)):
        start, end = folded.original(i, i + 1)
        assert folded.text[i] in squeeze(text[start:end])


def test_a_span_found_in_the_squeezed_text_is_cut_from_the_original() -> None:
    text = "Establish a more e\ufb00ec-\ntive mechanism"
    folded = squeezed(text)
    at = folded.text.index("effective")
    start, end = folded.original(at, at + len("effective"))
    assert text[start:end] == "e\ufb00ec-\ntive"
