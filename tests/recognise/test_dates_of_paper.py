"""The date of the paper itself: what its front says, and nothing that is said of another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample
from evaltrail.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = """
## Introduction
1. The authority runs eleven ferries between the four islands, and has done so since 14 March 2003 without a change of its timetable.
Interviews were held in June 2021.
## Recommendations
Recommendation 1: Buy a spare engine.
"""


def date(lines: Callable[[str], Any], front: str) -> str | None:
    found: str | None = lines(f"# Ferries of the four islands\n{front}\n{BODY}").record.document.date
    return found


@pytest.mark.parametrize(
    "front, expected",
    [
        ("Date: 28 October 2020", "2020-10-28"),
        ("Programme and Evaluation Section Date: 12 February 2024", "2024-02-12"),
        ("Report 17-3 | Published: 2026-03-03 | Source: Ferry Office", "2026-03-03"),
        ("Published on 3 May 2021", "2021-05-03"),
        ("28 October 2020", "2020-10-28"),
        ("(October 2020)", "2020-10"),
        ("MAY 2024", "2024-05"),
        ("Final report, 17 March 2023", "2023-03-17"),
        ("Final report December, 2022", "2022-12"),
        ("Ferry Port, 3 March 2022", "2022-03-03"),
        ("J. Doe, evaluator - Ferry Port September 2022", "2022-09"),
        ("Evaluation of 2014–2019, final report, May 2020", "2020-05"),
        ("2019", "2019"),
        ("© Ferry Authority, 2015", "2015"),
    ],
)
def test_the_front_says_it(lines, front: str, expected: str) -> None:
    assert date(lines, front) == expected


FRENCH = """
# Les bacs des quatre îles
{front}
## Introduction
1. L’autorité exploite onze bacs entre les quatre îles, et elle le fait depuis le 14 mars 2003 sans changement de ses horaires.
"""
SPANISH = """
# Los transbordadores de las cuatro islas
{front}
## Introducción
1. La autoridad explota once transbordadores entre las cuatro islas, y lo hace desde el 14 de marzo de 2003 sin cambiar los horarios.
"""


@pytest.mark.parametrize(
    "body, front, expected",
    [
        (FRENCH, "Date: 28 octobre 2020", "2020-10-28"),
        (FRENCH, "Octobre 2020", "2020-10"),
        (FRENCH, "Rapport final, 1er octobre 2020", "2020-10-01"),
        (FRENCH, "Dakar, le 3 mai 2021", "2021-05-03"),
        (FRENCH, "État au 3 mai 2021", None),
        (SPANISH, "Fecha: 3 de mayo de 2021", "2021-05-03"),
        (SPANISH, "Informe final, mayo de 2021", "2021-05"),
        (SPANISH, "Período de sesiones, 3 de mayo de 2021", None),
    ],
)
def test_it_is_read_in_other_languages(lines, body: str, front: str, expected: str | None) -> None:
    assert lines(body.format(front=front)).record.document.date == expected


@pytest.mark.parametrize(
    "front",
    [
        "2014–2019",
        "Ferries between 2014 and 2019",
        "Sixty-fifth session, 1 April 2025",
        "340th Session, 29 October – 14 November 2020",
        "29 October – 14 November 2020",
        "The boats have sailed since May 2014",
        "As of 3 May 2021",
        "Project start date: 3 May 2021",
        "Status at 3 May 2021",
        "The quay was opened on 3 May 2021.",
        "Deadline\n31 March 2022",
        "First regular session 2025",
        "Ferry plan, 2022",
        "NER_EVAL/2022-01",
    ],
)
def test_what_is_said_of_something_else_is_no_date_of_the_paper(lines, front: str) -> None:
    assert date(lines, front) is None


def test_a_date_in_the_body_is_none(lines) -> None:
    assert date(lines, "Ferry Authority") is None
    assert date(lines, "Ferry Authority\n## Summary\n28 October 2020") is None


def test_a_label_goes_before_what_stands_above_it(lines) -> None:
    assert date(lines, "May 2019\nDate of publication: 4 June 2020") == "2020-06-04"


def test_a_day_further_down_says_a_month_more_exactly_but_no_other_month(lines) -> None:
    assert date(lines, "October 2020\nFerry Port, 28 October 2020") == "2020-10-28"
    assert date(lines, "October 2020\nFerry Port, 3 November 2020") == "2020-10"


def test_day_and_month_in_figures_count_where_they_can_be_read_in_one_way(lines) -> None:
    assert date(lines, "Date: 28/10/2020") == "2020-10-28"
    assert date(lines, "Date: 03/04/2021") == "2021"


def test_a_title_page_set_as_a_table_names_it() -> None:
    page = "# Ferries\n\n| Report | Ferries of the islands |\n| --- | --- |\n| Date | 4 June 2020 |\n\n## Summary\n\nThe ferries sail.\n"
    assert read(page.encode(), name="paper.md").document.date == "2020-06-04"


def test_the_sample_paper_says_its_day_in_every_format_with_pages_or_without() -> None:
    for form in ("pdf", "docx", "html", "txt"):
        assert read(sample.path(form)).document.date == "2024-02-12", form
