"""Countries of an evaluation are proposed from words that say so; a country that is merely mentioned is not proposed."""

from __future__ import annotations

import pytest

from evaltrail.about import Proposal, proposals
from evaltrail.about.names import codes, find, forms
from evaltrail.read import read
from evaltrail.record import DocumentInfo, Evaluation, Record

FILLER = "The team read the files of the office and spoke with its staff about what had been learned in the years before.\n\n"


def titled(title: str, language: str = "en") -> list[tuple[str, str]]:
    record = Record(document=DocumentInfo(title=title, language=language), evaluations=(Evaluation(id="1", title=title),))
    return [(p.value, p.ground) for p in proposals(record) if p.kind == "country"]


def of(markdown: str) -> list[Proposal]:
    return [p for p in proposals(read(markdown.encode(), name="paper.md")) if p.kind == "country"]


@pytest.mark.parametrize(
    "title, language, wanted",
    [
        ("Evaluation of school meals in Kenya", "en", ["KE"]),
        ("EVALUATION OF SCHOOL MEALS IN COTE D'IVOIRE AND GUINEA-BISSAU", "en", ["CI", "GW"]),
        ("Évaluation finale du projet d'appui aux ports du Bénin", "fr", ["BJ"]),
        ("Evaluation of the Kenyan health insurance", "en", ["KE"]),
        ("L'engagement de la diaspora guinéenne", "fr", ["GN"]),
        ("Evaluación del programa de empleo en el Perú y la República Dominicana", "es", ["DO", "PE"]),
        ("Avaliação do projeto de reinserção em Moçambique", "pt", ["MZ"]),
        ("Reintegration in the Democratic Republic of the Congo", "en", ["CD"]),
        ("Roads of South Sudan", "en", ["SS"]),
        ("Ports of Papua New Guinea", "en", ["PG"]),
        ("Landing sites in Georgia", "en", ["GE"]),
        ("Border posts (Ukraine, Moldova, Georgia)", "en", ["GE", "MD", "UA"]),
    ],
)
def test_the_title_names_them_in_four_languages(title: str, language: str, wanted: list[str]) -> None:
    assert sorted(code for code, _ in titled(title, language)) == wanted


@pytest.mark.parametrize(
    "title",
    [
        "Evaluation of fisheries in West Africa",
        "Ports of the Gulf of Guinea and the Indian Ocean",
        "Lake Chad Basin programme",
        "Southern African trade corridors",
        "Latin American schools",
        "A study of turkey farms and china ware",
        "Evaluation of what Jordan Miller taught",
        "Jobs in the Congo",
        "Global evaluation of social dialogue",
    ],
)
def test_a_region_or_a_name_that_looks_like_a_country_is_none(title: str) -> None:
    assert titled(title) == []


@pytest.mark.parametrize(
    "title, wanted",
    [
        ("Danish support to Nepal", ["NP"]),
        ("Norway's aid to Malawi", ["MW"]),
        ("Return of workers from Libya to Niger", ["NE"]),
        ("Schools in Haiti, funded by Canada", ["HT"]),
        ("Canada's Homelessness Strategy", ["CA"]),
    ],
)
def test_who_gives_and_where_people_come_from_is_not_what_it_is_about(title: str, wanted: list[str]) -> None:
    assert [code for code, _ in titled(title)] == wanted


def test_the_title_of_a_part_speaks_for_that_part_alone() -> None:
    parts = (Evaluation(id="1", title="Ports of Kenya"), Evaluation(id="2", title="Roads of Peru"))
    record = Record(document=DocumentInfo(title="Evaluations in Ghana", language="en"), evaluations=parts)
    assert [(p.evaluation, p.value) for p in proposals(record)] == [("1", "KE"), ("2", "PE")]


def test_a_row_of_the_cover_says_it_and_other_rows_do_not() -> None:
    found = of(
        "# Final evaluation of a training project\n\n| Donor | Government of Japan |\n|---|---|\n| Countries covered | Togo and Benin |\n"
        "| Evaluator | A firm in Spain |\n\n## Summary\n\n" + FILLER
    )
    assert [(p.value, p.ground) for p in found] == [("BJ", "row"), ("TG", "row")]
    assert found[0].words == "Togo and Benin"
    assert found[0].place is not None


def test_a_line_with_a_label_says_it() -> None:
    found = of("# Final evaluation of a training project\n\nCountries: Italy and Albania\n\n## Summary\n\n" + FILLER)
    assert [(p.value, p.ground) for p in found] == [("AL", "row"), ("IT", "row")]


def test_the_title_of_the_evaluation_that_a_response_answers_says_it() -> None:
    found = of(
        "# Management response\n\n| Evaluation title | Landing sites in Ghana |\n|---|---|\n| Office | Lagos, Nigeria |\n\n" + FILLER
    )
    assert [(p.value, p.ground) for p in found] == [("GH", "row")]


def test_a_sentence_of_the_summary_says_where_it_was_done() -> None:
    paper = (
        "# Final evaluation of a training project\n\n## Executive summary\n\nThe project was implemented from 2019 to 2021 in Ghana, "
        "Togo and Benin. Partners in France gave advice. Similar projects were implemented in Chad and Mali.\n\n" + FILLER
    )
    found = of(paper)
    assert [(p.value, p.ground) for p in found] == [("BJ", "stated"), ("GH", "stated"), ("TG", "stated")]
    assert "in Ghana, Togo and Benin" in found[0].words


def test_where_people_were_asked_is_not_where_it_was_done() -> None:
    assert of("# Evaluation of the strategy\n\n## Summary\n\nThe evaluation carried out case studies in Ghana and Togo.\n\n" + FILLER) == []


def test_a_country_that_is_merely_mentioned_is_not_proposed() -> None:
    paper = (
        "# Evaluation of the strategy\n\n## Summary\n\nStaff from Kenya, Peru and Nepal were heard. A pilot in Chile went well.\n\n"
        + FILLER
    )
    assert of(paper) == []


def test_the_country_that_a_paper_speaks_of_all_the_time_is_proposed_if_no_better_words_say_which() -> None:
    paper = (
        "# Evaluation of the strategy\n\n## Summary\n\n" + "Schools in Nepal opened again. Nepal paid for them.\n\n" * 4 + "India helped.\n"
    )
    found = of(paper)
    assert [(p.value, p.ground) for p in found] == [("NP", "mentions")]
    assert found[0].mentions == 8
    assert of(paper.replace("the strategy", "the strategy for South Asia")) == []


def test_a_national_body_judges_its_own_countrys_work() -> None:
    assert [(p.value, p.ground) for p in of("# Audit of grants\n\nGovernment of Canada\n\n## Summary\n\n" + FILLER)] == [("CA", "issuer")]
    assert of("# Audit of grants\n\nMinistry of Foreign Affairs of Denmark\n\n## Summary\n\n" + FILLER) == []


def test_authors_and_their_addresses_on_the_cover_say_nothing() -> None:
    cover = "# Evaluation of training\n\nAda Brook, Regional Officer, Senegal\n\nA firm, Nairobi-Kenya, firm@example.org\n\n## Summary\n\n"
    assert of(cover + FILLER) == []


def test_a_region_of_the_title_is_told_as_a_region() -> None:
    record = Record(document=DocumentInfo(title="Fisheries in West Africa", language="en"), evaluations=(Evaluation(id="1"),))
    assert [(p.kind, p.value) for p in proposals(record)] == [("region", "West Africa")]


def test_a_statement_in_which_the_words_stand_is_named(sample_statement: tuple[Record, str]) -> None:
    record, statement = sample_statement
    assert statement in {p.statement for p in proposals(record)}


@pytest.fixture
def sample_statement() -> tuple[Record, str]:
    paper = "# Evaluation of training\n\n## Conclusions\n\nConclusion 1. The project contributed to SDG 8.7 in every year.\n\n"
    record = read((paper + "SDG 8 was its aim. SDG 8 was reached.\n").encode(), name="paper.md")
    return record, record.evaluations[0].statements[0].id


def test_names_are_found_in_every_spelling_and_the_longest_wins() -> None:
    text = "the DRC, Lao PDR, U.S. firms, Viet Nam, São Tomé and Principe, Guinée équatoriale, drc"
    assert [m.code for m in find(text, "fr")] == ["CD", "LA", "US", "VN", "ST", "GQ"]
    assert [m.region for m in find("the Horn of Africa", "en")] == ["Horn of Africa"]


def test_adjectives_have_all_their_forms() -> None:
    assert set(forms("malien", "fr")) == {"malien", "malienne", "maliens", "maliennes"}
    assert set(forms("guinéen", "fr")) == {"guinéen", "guinéenne", "guinéens", "guinéennes"}
    assert set(forms("sénégalais", "fr")) == {"sénégalais", "sénégalaise", "sénégalaises"}
    assert set(forms("peruano", "es")) == {"peruano", "peruana", "peruanos", "peruanas"}
    assert set(forms("senegalés", "es")) == {"senegalés", "senegalesa", "senegaleses", "senegalesas"}


def test_every_code_among_the_facts_is_one_of_iso_3166() -> None:
    from evaltrail.about.names import _facts, ambiguous

    facts = _facts()
    used = {code for part in ("names", "adjectives") for own in facts[part].values() for code in own} | ambiguous()
    assert used <= codes()
    assert len(codes()) == 249
