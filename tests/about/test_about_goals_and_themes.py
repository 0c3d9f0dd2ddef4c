"""Goals are proposed where the paper names them by number; themes are the office's own or none."""

from __future__ import annotations

import pytest

from evaltrail.about import proposals
from evaltrail.about.themes import stem
from evaltrail.read import read
from evaltrail.record import DocumentInfo, Evaluation, Record

FILLER = "The team read the files of the office and spoke with its staff about what had been learned in the years before.\n\n"


def goals(text: str, language: str = "en") -> list[str]:
    """Goals of a paper with this text as its summary."""
    head = {"en": "Executive summary", "fr": "Résumé exécutif", "es": "Resumen ejecutivo", "pt": "Resumo executivo"}[language]
    record = read(f"# Report\n\n## {head}\n\n{text}\n\n{FILLER}".encode(), name="paper.md")
    record = record.model_copy(update={"document": record.document.model_copy(update={"language": language})})
    return [p.value for p in proposals(record) if p.kind == "sdg"]


@pytest.mark.parametrize(
    "text, language, wanted",
    [
        ("The project contributes to SDG 8 and SDG 10.", "en", ["8", "10"]),
        ("It is aligned with SDGs 1, 5 and 8.", "en", ["1", "5", "8"]),
        ("It contributes to SDG8.", "en", ["8"]),
        ("It supports Sustainable Development Goal (SDG) 10.7.", "en", ["10"]),
        ("It contributes to the SDGs, in particular to target 8.7.", "en", ["8"]),
        ("It contributes to SDG target 16.2.", "en", ["16"]),
        ("It contributes to the third Sustainable Development Goal.", "en", ["3"]),
        ("Le projet contribue à l'ODD #3 et à l'ODD n° 8.", "fr", ["3", "8"]),
        ("Il contribue au troisième objectif de développement durable.", "fr", ["3"]),
        ("El proyecto contribuye a los ODS 5 y 8 y a la meta 10.7.", "es", ["5", "8", "10"]),
        ("O projeto contribui para o Objetivo de Desenvolvimento Sustentável 4.", "pt", ["4"]),
    ],
)
def test_goals_are_read_in_four_languages(text: str, language: str, wanted: list[str]) -> None:
    assert sorted(goals(text, language), key=int) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It contributes to all 17 SDGs.",
        "It contributes to SDGs 1 to 17.",
        "It contributes to the SDGs by 2030.",
        "It contributes to SDG 18 and to SDG 2030.",
        "It reached Goal 5 of its own plan, and target 8.7 of its log frame.",
        "It contributes to MDG 5.",
        "The SDGs are 1, poverty.",
    ],
)
def test_what_names_no_goal_proposes_none(text: str) -> None:
    assert goals(text) == []


def body(text: str) -> list[tuple[str, str]]:
    end = "## References\n\nA book on SDG 4, which contributes.\n"
    paper = f"# Report\n\n## Executive summary\n\n{FILLER}## Findings\n\n{FILLER}{text}\n\n{end}"
    return [(p.value, p.ground) for p in proposals(read(paper.encode(), name="paper.md")) if p.kind == "sdg"]


def test_a_passing_mention_in_the_body_is_not_enough_but_more_of_them_or_a_word_of_contributing_are() -> None:
    assert body("Others write of SDG 6 in their plans.") == []
    assert body("The project contributes to SDG 6.") == [("6", "stated")]
    assert body("Others write of SDG 6.\n\nMany name SDG 6.\n\nSome forget SDG 6.") == [("6", "stated")]


def test_a_list_of_all_goals_says_nothing() -> None:
    assert body("The plan is aligned with SDG 1, SDG 2, SDG 3, SDG 4, SDG 5, SDG 6, SDG 7, SDG 8 and SDG 9.") == []


def test_the_title_and_a_row_of_the_cover_weigh_most() -> None:
    paper = f"# Synthesis on SDG 6\n\n| Related SDGs | 8, 10.7 |\n|---|---|\n| Budget | 5 |\n\n## Summary\n\n{FILLER}"
    made = [p for p in proposals(read(paper.encode(), name="paper.md")) if p.kind == "sdg"]
    assert [(p.value, p.ground) for p in made] == [("6", "title"), ("8", "row"), ("10", "row")]
    assert made[0].score > made[1].score


def themes(title: str, known: list[str], language: str = "en") -> list[str]:
    record = Record(document=DocumentInfo(title=title, language=language), evaluations=(Evaluation(id="1", title=title),))
    return [p.value for p in proposals(record, known) if p.kind == "theme"]


def test_themes_are_found_by_the_stems_of_their_words() -> None:
    known = ["Migrant workers", "Social dialogue", "Youth employment", "Ports"]
    assert themes("Employment of the young and youth employments", known) == ["Youth employment"]
    assert themes("Dialogue, social and other", known) == ["Social dialogue"]
    assert themes("Two social dialogues", known) == ["Social dialogue"]
    assert themes("Protecting a migrant worker", known) == ["Migrant workers"]
    assert themes("Formations professionnelles au Bénin", ["Formation professionnelle"], "fr") == ["Formation professionnelle"]
    assert themes("Políticas migratorias", ["Política migratoria"], "es") == ["Política migratoria"]


def test_a_theme_that_the_office_does_not_have_is_never_proposed() -> None:
    assert themes("Social dialogue in ports", []) == []
    assert themes("Employment of young people", ["Youth employment"]) == []


def test_a_theme_of_one_word_needs_the_title_or_two_headings() -> None:
    known = ["Gender", "Decent work"]
    paper = f"# Report\n\n## Summary\n\n{FILLER}## Gender\n\n{FILLER}## Decent work for all\n\n{FILLER}"
    assert [p.value for p in proposals(read(paper.encode(), name="p.md"), known) if p.kind == "theme"] == ["Decent work"]
    twice = paper + f"## Gender and age\n\n{FILLER}"
    assert [p.value for p in proposals(read(twice.encode(), name="p.md"), known) if p.kind == "theme"] == ["Decent work", "Gender"]


def test_a_stem_keeps_four_letters() -> None:
    assert stem("bases", "en") == "base"
    assert stem("ports", "en") == "port"
    assert stem("migrations", "en") == "migr"
