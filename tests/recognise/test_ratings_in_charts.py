from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from evaltrail.read.formats import pdf as pdf_format
from evaltrail.read.recognise.charts import bar_charts
from evaltrail.read.recognise.pipeline import recognise
from tests.recognise.drawing import Chart, Page, drawn, pdf

if TYPE_CHECKING:
    from evaltrail.record import Rating

ENGLISH = (
    ("Relevance", 5.0),
    ("Coherence", 3.0),
    ("Effectiveness", 4.0),
    ("Efficiency", 2.0),
    ("Impact", 4.0),
    ("Sustainability", 3.0),
    ("Overall", 4.0),
)
SIX = (
    "6 = Highly satisfactory   5 = Satisfactory   4 = Somewhat satisfactory   "
    "3 = Somehat unsatisfactory   2 = Unsatisfactory   1 = Highly unsatisfactory"
)


def ratings(data: bytes) -> list[Rating]:
    return [r for e in recognise(pdf_format.outline(data)).evaluations for r in e.ratings]


def marks(data: bytes) -> list[tuple[str | None, float | None]]:
    return [(r.criterion_as_printed, r.value) for r in ratings(data)]


@pytest.mark.parametrize("grid", [False, True], ids=["bare", "with gridlines"])
@pytest.mark.parametrize("high", [4, 5, 6])
@pytest.mark.parametrize("upright", [False, True], ids=["bars", "columns"])
def test_each_bar_gives_its_criterion_the_value_at_its_end(*, upright: bool, high: int, grid: bool) -> None:
    wanted = tuple((name, min(value, high)) for name, value in ENGLISH)
    assert marks(drawn(Chart(wanted, high=high, upright=upright, grid=grid))) == list(wanted)


def test_halves_and_tenths_are_read_between_the_labels_of_the_axis() -> None:
    wanted = (("Relevance", 4.5), ("Effectiveness", 3.3), ("Efficiency", 2.0))
    assert marks(drawn(Chart(wanted))) == list(wanted)


def test_an_axis_that_begins_at_one_needs_no_bar_for_a_one() -> None:
    wanted = (("Relevance", 4.0), ("Effectiveness", 3.0), ("Efficiency", 1.0), ("Impact", 2.0))
    assert marks(drawn(Chart(wanted, low=1, high=4))) == list(wanted)


def test_a_track_behind_the_bars_is_not_their_length() -> None:
    assert marks(drawn(Chart(ENGLISH, track=True))) == list(ENGLISH)


def test_values_written_at_the_bars_do_without_an_axis() -> None:
    found = ratings(drawn(Chart(ENGLISH, axis=False, values=True)))
    assert [(r.criterion_as_printed, r.value) for r in found] == list(ENGLISH)
    assert {r.origin["value"].how for r in found} == {"printed"}


def test_a_bar_without_axis_and_value_is_no_rating() -> None:
    assert marks(drawn(Chart(ENGLISH, axis=False))) == []


def test_the_legend_gives_the_words_even_misspelt_ones() -> None:
    found = {r.criterion: r for r in ratings(drawn(Chart(ENGLISH, legend=SIX)))}
    assert found["relevance"].as_printed == "Satisfactory"
    assert found["coherence"].as_printed == "Somehat unsatisfactory"
    assert found["relevance"].scale.startswith("1-6: 1 = Highly unsatisfactory; 2 = Unsatisfactory; 3 = Somehat unsatisfactory;")
    assert found["relevance"].origin["value"].how == "inferred"
    assert found["relevance"].origin["value"].rule == "bar-length"


def test_the_place_of_a_bar_is_its_name_and_the_bar() -> None:
    data = drawn(Chart(ENGLISH))
    outline = pdf_format.outline(data)
    for r in ratings(data):
        (place,) = r.places
        assert outline.pages[place.page - 1].text[place.start : place.end] == r.criterion_as_printed
        assert len(place.boxes) == 2


@pytest.mark.parametrize(
    "title,names,normal",
    [
        ("Figure 1. Notation par critère", ("Pertinence", "Efficacité", "Efficience", "Durabilité", "Note globale"), "fr"),
        ("Gráfico 1. Calificación por criterio", ("Pertinencia", "Eficacia", "Eficiencia", "Sostenibilidad", "Calificación global"), "es"),
        (
            "Gráfico 1. Classificação por critério",
            ("Relevância", "Eficácia", "Eficiência", "Sustentabilidade", "Classificação global"),
            "pt",
        ),
    ],
)
def test_criteria_are_known_in_other_languages(title: str, names: tuple[str, ...], normal: str) -> None:
    found = ratings(drawn(Chart(tuple((n, v) for n, v in zip(names, (5.0, 4.0, 3.0, 2.0, 4.0), strict=True)), title=title)))
    assert [(r.criterion, r.value) for r in found] == [
        ("relevance", 5),
        ("effectiveness", 4),
        ("efficiency", 3),
        ("sustainability", 2),
        ("overall", 4),
    ], normal


def test_a_name_of_two_lines_under_a_column_is_one_name() -> None:
    wanted = (("Relevance", 5.0), ("Likelihood\nof impact", 3.0), ("Efficiency", 4.0))
    assert marks(drawn(Chart(wanted, upright=True))) == [("Relevance", 5), ("Likelihood of impact", 3), ("Efficiency", 4)]


def test_what_people_asked_think_is_no_rating_of_the_evaluation() -> None:
    assert marks(drawn(Chart(ENGLISH, title="Figure 1. Survey: mean score given by participants"))) == []


def test_shares_of_a_hundred_are_no_ratings() -> None:
    page = Page()
    page.words("Ratings: share of projects", 72, 700)
    for i, name in enumerate(("Relevance", "Effectiveness", "Efficiency")):
        page.words(name, 190, 650 - 24 * i, align="right")
        page.bar(200, 646 - 24 * i, 60 + 40 * i, 14)
    for k in range(6):
        page.words(str(20 * k), 200 + 40 * k, 560, align="centre")
    assert marks(pdf(page)) == []


def test_bars_that_are_not_named_by_criteria_are_no_ratings() -> None:
    regions = (("Africa", 3.0), ("Asia", 4.0), ("Europe", 2.0))
    data = drawn(Chart(regions))
    assert marks(data) == []
    (chart,) = bar_charts(pdf_format.outline(data).pages[0])
    assert [(b.label.text, round(b.value or 0)) for b in chart.bars] == [("Africa", 3), ("Asia", 4), ("Europe", 2)]


def test_a_stacked_bar_has_no_single_value() -> None:
    page = Page()
    page.words("Figure 1. Ratings by criterion", 72, 700)
    for i, name in enumerate(("Relevance", "Effectiveness", "Efficiency")):
        page.words(name, 190, 650 - 24 * i, align="right")
        page.bar(200, 646 - 24 * i, 80, 14)
        page.bar(280, 646 - 24 * i, 60, 14, (0.8, 0.3, 0.3))
    for k in range(1, 7):
        page.words(str(k), 200 + 40 * k, 560, align="centre")
    assert marks(pdf(page)) == []


def test_two_series_rate_two_projects_by_the_key_of_colours() -> None:
    page = Page()
    page.words("Figure 1. Ratings of the two projects", 72, 700)
    colours = {"Harbour project": (0.1, 0.3, 0.5), "Ferry project": (0.8, 0.4, 0.1)}
    values = {"Relevance": (5, 4), "Effectiveness": (4, 3), "Efficiency": (2, 5)}
    for i, (name, pair) in enumerate(values.items()):
        page.words(name, 190, 652 - 40 * i, align="right")
        for k, colour in enumerate(colours.values()):
            page.bar(200, 656 - 40 * i - 14 * k, 40 * pair[k], 13, colour)
    for k in range(1, 7):
        page.words(str(k), 200 + 40 * k, 540, align="centre")
    for k, (series, colour) in enumerate(colours.items()):
        page.bar(200 + 120 * k, 510, 8, 8, colour)
        page.words(series, 212 + 120 * k, 510, size=9)
    found = {(r.criterion, r.of): r.value for r in ratings(pdf(page))}
    assert found == {
        (c, p): v
        for c, pair in (("relevance", (5, 4)), ("effectiveness", (4, 3)), ("efficiency", (2, 5)))
        for p, v in zip(colours, pair, strict=True)
    }


def test_a_chart_is_read_alike_with_many_bars_and_with_two() -> None:
    two = ENGLISH[:2]
    assert marks(drawn(replace(Chart(ENGLISH), marks=two))) == list(two)


def boxes(filled: tuple[tuple[str, float], ...], *, top: int = 6, gap: float = 2.0, line: float = 0.0) -> bytes:
    """Rows of boxes filled up to the value, numbers over them; the line after the third stands in a wider gap."""
    page = Page()
    page.words("Overall assessment", 72, 770, size=14)
    page.words("The figure shows how the evaluation rated the programme by criterion.", 72, 745)
    page.words("Figure 1. Ratings by criterion", 72, 690, size=9)
    lefts = [200 + n * (24 + gap) + (line if n >= 3 else 0) for n in range(top)]
    for n, x in enumerate(lefts):
        page.words(str(n + 1), x + 12, 668, size=8, align="centre")
    for i, (name, value) in enumerate(filled):
        y = 650 - 26 * i
        page.words(name, 72, y + 2, size=9)
        for n, x in enumerate(lefts):
            page.bar(x, y, 24, 11, (1, 1, 1))
            if n < value:
                page.bar(x, y, 24 * min(1, value - n), 11, (0.1, 0.3, 0.5 + 0.05 * value))
    page.words("The chapters that follow give the reasons for each of the ratings in turn.", 72, 330)
    return pdf(page)


FILLED = (("Relevance", 5), ("Coherence", 3), ("Effectiveness", 4), ("Efficiency", 2), ("Impact", 6), ("Sustainability", 1))


@pytest.mark.parametrize("line", [0.0, 4.0], ids=["even", "with a line in the middle"])
@pytest.mark.parametrize("gap", [1.0, 2.0, 5.0])
def test_boxes_filled_up_to_the_value_are_one_bar(*, gap: float, line: float) -> None:
    assert marks(boxes(FILLED, gap=gap, line=min(line, 6 - gap))) == [(n, float(v)) for n, v in FILLED]


def test_of_boxes_on_a_shorter_scale_the_last_filled_one_counts() -> None:
    wanted = (("Relevance", 4), ("Effectiveness", 3), ("Efficiency", 1))
    assert marks(boxes(wanted, top=4)) == [(n, float(v)) for n, v in wanted]


def test_a_box_that_is_filled_by_half_counts_half() -> None:
    wanted = (("Relevance", 4.5), ("Effectiveness", 3.0), ("Efficiency", 1.5))
    assert marks(boxes(wanted)) == list(wanted)


def test_where_only_the_first_box_is_filled_the_value_is_the_first() -> None:
    wanted = (("Relevance", 1.0), ("Effectiveness", 1.0), ("Efficiency", 1.0))
    assert marks(boxes(wanted)) == list(wanted)
