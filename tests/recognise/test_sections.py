"""What headings make of the blocks under them: roles, criteria, summary, annex, others' statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaltrail.read.recognise.sections import criteria_of, is_foreign, is_pure, roles_of, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting


@pytest.mark.parametrize(
    "title,roles",
    [
        ("Findings", {"findings"}),
        ("3.2 Key findings", {"findings"}),
        ("IV. Conclusions", {"conclusions"}),
        ("Conclusions and recommendations", {"conclusions", "recommendations"}),
        ("Lessons learned & good practices", {"lessons", "good_practices"}),
        ("6. Conclusions, lessons learned and recommendations", {"conclusions", "lessons", "recommendations"}),
        ("Recommendations for the next phase", {"recommendations"}),
        ("Executive summary", {"summary"}),
        ("Annex 3: Terms of reference", {"annex", "method"}),
        ("Annex 4: Management response", {"annex", "response"}),
        ("Appendix B. Lessons learned", {"annex", "lessons"}),
        ("Table of contents", {"contents"}),
        ("Draft decision", {"decision"}),
        ("Response of the Ministry of Ports", {"response"}),
        ("Office response to the recommendations", {"response"}),
        ("Réponse aux recommandations", {"response"}),
        ("Respuesta de la Oficina a las recomendaciones", {"response"}),
        ("Resposta do Instituto", {"response"}),
        ("Constats", {"findings"}),
        ("4. Conclusions et recommandations", {"conclusions", "recommendations"}),
        ("Résumé exécutif", {"summary"}),
        ("Annexe 2 : Enseignements tirés", {"annex", "lessons"}),
        ("Hallazgos", {"findings"}),
        ("5. Conclusiones y recomendaciones", {"conclusions", "recommendations"}),
        ("Lecciones aprendidas", {"lessons"}),
        ("Resumen ejecutivo", {"summary"}),
        ("Constatações", {"findings"}),
        ("Conclusões e recomendações", {"conclusions", "recommendations"}),
        ("Boas práticas", {"good_practices"}),
    ],
)
def test_a_heading_gives_its_section_a_role(title: str, roles: set[str]) -> None:
    assert roles_of(title) == roles


@pytest.mark.parametrize(
    "title",
    [
        "Relevance",
        "The ferry service",
        "Aligning the timetable with best practices to save fuel",
        "Ferries that run late on the northern route lose the trust of the islanders, and conclusions on fares follow",
        "How the authority reached these islands",
        "Emergency response to the storms of spring",
        "Government response to the pandemic",
        "Response of the Government to the pandemic",
        "Response of the schools to the storm",
        "Respuesta del Gobierno a la crisis",
        "Pertinence",
        "Pertinencia del programa",
    ],
)
def test_a_heading_about_something_else_gives_none(title: str) -> None:
    assert not roles_of(title)


def test_a_pure_heading_has_no_words_beside_those_of_its_roles() -> None:
    titles = ("Lessons learned and good practices", "3. Key findings", "Findings on fares", "Conclusiones", "Conclusões sobre as tarifas")
    assert [t for t in titles if not is_pure(t)] == ["Findings on fares", "Conclusões sobre as tarifas"]


@pytest.mark.parametrize(
    "title,criteria",
    [
        ("4.1 Relevance and coherence", ("relevance", "coherence")),
        ("Efficiency: value for money", ("efficiency",)),
        ("Likelihood of sustainability", ("sustainability",)),
        ("EQ2. How efficiently was fuel used?", ("efficiency",)),
        ("Dans quelle mesure le service est-il efficace ?", ("effectiveness",)),
        ("Effective partnerships with the crews", ()),
        ("Pertinence et efficacité", ("relevance", "effectiveness")),
        ("Eficiencia", ("efficiency",)),
        ("Eficácia e impacto", ("effectiveness", "impact")),
        ("The ferries", ()),
        ("The relevance of the ferries was beyond doubt.", ()),
    ],
)
def test_a_heading_names_criteria_and_a_sentence_does_not(title: str, criteria: tuple[str, ...]) -> None:
    assert criteria_of(title) == criteria


@pytest.mark.parametrize(
    "title",
    [
        "Status of recommendations of the 2015 evaluation",
        "Follow-up to previous evaluations",
        "Lessons learned from earlier programmes",
        "Suivi des recommandations",
        "Recomendaciones de la evaluación anterior",
        "Recomendações da avaliação anterior",
    ],
)
def test_a_heading_tells_of_others_statements(title: str) -> None:
    assert is_foreign(title)


@pytest.mark.parametrize("title", ["Recommendations", "Conclusions et recommandations", "Lecciones aprendidas", "Constatações"])
def test_a_papers_own_heading_tells_of_its_own_statements(title: str) -> None:
    assert not is_foreign(title)


@pytest.fixture
def setting_of(block_list: Callable[[str], list[Block]]) -> Callable[[str], dict[str, Setting]]:
    """Each block's first word with what the headings above make of it."""

    def make(source: str) -> dict[str, Setting]:
        blocks = block_list(source)
        return {b.text.split()[0]: s for b, s in zip(blocks, settings(blocks, lambda _: False), strict=True)}

    return make


def test_the_nearest_heading_with_a_role_decides(setting_of) -> None:
    found = setting_of(
        """
# Report
## Findings
### Relevance
relevance text
### Conclusions
conclusion text
## Recommendations
recommendation text
"""
    )
    assert found["relevance"].roles == {"findings"}
    assert found["relevance"].criteria == ("relevance",)
    assert found["conclusion"].roles == {"conclusions"}
    assert found["recommendation"].roles == {"recommendations"}


def test_a_heading_of_the_same_level_that_only_names_a_criterion_stays_in_the_findings(setting_of) -> None:
    found = setting_of("# Report\n## Findings\n## Relevance\nrelevance text\n## Efficiency\nefficiency text\n## Recommendations\nlast text")
    assert found["relevance"].roles == {"findings"}
    assert found["efficiency"].roles == {"findings"}
    assert found["efficiency"].criteria == ("efficiency",)
    assert found["last"].roles == {"recommendations"}


@pytest.mark.parametrize("line", ["**Recommendations**", "- **Recommendations**", "  - **Recommendations**", "3) **Recommendations**"])
def test_a_line_of_bold_stands_under_the_heading_above_it_however_deep_its_list_is(setting_of, line: str) -> None:
    above = "# Report\nbody text that says what the authority does every year.\n## Annex 2: Crews"
    found = setting_of(f"{above}\n{line}\nasked text\n## Annex 3: People\nlist text")
    assert found["asked"].roles == {"recommendations"}
    assert found["asked"].annex
    assert not found["list"].roles


def test_a_summary_lasts_over_its_own_headings_until_the_report_begins(setting_of) -> None:
    found = setting_of(
        """
# Report
## Executive summary
### Findings
summarised text
### Recommendations
asked text
## 1. Introduction
opening text
## 2. Findings
body text
"""
    )
    assert found["summarised"].summary
    assert found["asked"].summary
    assert not found["opening"].summary
    assert not found["body"].summary


def test_a_summary_set_as_large_as_its_findings_still_holds_them(setting_of) -> None:
    found = setting_of(
        "# Report\n## Executive summary\nfirst text\n## Key findings\nkey text\n## Introduction\nopening text\n## Findings\nbody text"
    )
    assert found["key"].summary
    assert not found["body"].summary


def test_an_annex_lasts_over_headings_of_its_own_size(setting_of) -> None:
    found = setting_of(
        """
# Report
## Recommendations
body text that says what the authority should do next year.
## Annex 1: Terms of reference
terms text
## Purpose
purpose text
"""
    )
    assert not found["body"].annex
    assert found["terms"].annex
    assert found["purpose"].annex


def test_contents_references_and_forewords_are_set_aside_up_to_the_next_section(setting_of) -> None:
    found = setting_of("# Report\n## Contents\nlisted text\n## Findings\nbody text\n## References\ncited text\n## Annex\nannexed text")
    assert found["listed"].aside
    assert not found["body"].aside
    assert found["cited"].aside
    assert not found["annexed"].aside


def test_a_foreword_set_larger_than_the_report_does_not_hold_it(setting_of) -> None:
    found = setting_of("# Foreword\ngreeting text\n## Findings\nbody text")
    assert found["greeting"].aside
    assert not found["body"].aside


def test_a_short_bold_line_that_names_a_section_is_its_heading(setting_of) -> None:
    found = setting_of("# Report\n## Part of the island\nopening text\n**Lessons learned**\nlesson text")
    assert not found["opening"].roles
    assert found["lesson"].roles == {"lessons"}


def test_a_bold_sentence_is_no_heading(setting_of) -> None:
    found = setting_of("# Report\n## The islands\n**The lessons learned were shared with the crews.**\nplain text")
    assert not found["plain"].roles


def test_a_section_about_earlier_recommendations_is_anothers_with_all_below_it(setting_of) -> None:
    found = setting_of("# Report\n## Status of recommendations of the 2015 audit\n### Fares\nold text\n## Recommendations\nnew text")
    assert found["old"].foreign
    assert not found["new"].foreign


def test_method_and_background_are_told_where_nothing_is_stated(setting_of) -> None:
    found = setting_of("# Report\n## Introduction\nopening text\n### Methodology\nmethod text\n## Findings\n### Method of work\nbody text")
    assert found["opening"].background
    assert found["method"].method
    assert not found["body"].method


def test_a_papers_own_title_says_nothing_of_its_sections(setting_of) -> None:
    found = setting_of("# Ferries of the four islands: findings and lessons learned of an evaluation\nopening text\n## Fares\nfare text")
    assert not found["opening"].roles
    assert not found["fare"].roles
