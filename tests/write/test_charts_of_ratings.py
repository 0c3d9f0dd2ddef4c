from __future__ import annotations

import pytest

from evaltrail.read.formats import Options
from evaltrail.read.formats import html as html_format
from evaltrail.read.recognise.pipeline import recognise
from evaltrail.write import charts as c
from evaltrail.write.charts._colour import PAPER
from tests.write.charted import SVG, rects, root, rows, texts

FOUR = c.Scale.of("1-4: 1 = Poor; 2 = Fair; 3 = Good; 4 = Very good")


def test_boxes_are_filled_up_to_the_value_and_the_rest_is_hollow() -> None:
    for value in range(1, 7):
        chart = c.rating_cell(value)
        assert len(rects(chart, c.SIX.colours[value - 1])) == value
        assert len(rects(chart, PAPER)) == 1 + 6 - value  # the sheet and the hollow boxes


def test_a_half_fills_half_a_box() -> None:
    chart = c.rating_cell(2.5)
    filled = rects(chart, c.SIX.colours[1])
    assert len(filled) == 3
    assert filled[2][2] == pytest.approx(filled[0][2] / 2, abs=0.6)


def test_the_line_stands_after_the_third_of_six_boxes() -> None:
    boxes = sorted({x for x, _, w, _ in rects(c.rating_cell(6), c.SIX.colours[5])})
    (line,) = root(c.rating_cell(6)).iter(f"{SVG}line")
    assert boxes[2] < float(line.get("x1", "0")) < boxes[3]


def test_a_cell_holds_no_words_but_a_title_and_a_description() -> None:
    chart = c.rating_cell(3)
    assert texts(chart) == []
    assert chart.picture.description == "3 Somewhat unsatisfactory"
    assert rows(chart.data) == [["Rating"], ["3 Somewhat unsatisfactory"]]


def test_what_is_not_rated_is_hatched_and_said() -> None:
    chart = c.rating_bars([c.RatingRow("Impact"), c.RatingRow("Relevance", 5)])
    assert len(list(root(chart).iter(f"{SVG}path"))) == 6
    assert rows(chart.data)[1] == ["Impact", "not rated"]
    assert "Impact: not rated." in chart.picture.description
    assert "At or above the line: 1 of 1." in chart.picture.description


@pytest.mark.parametrize("value", [0, 7, -2, 1e300, float("nan"), float("inf"), "splendid", "7"])
def test_what_is_not_on_the_scale_is_said_and_not_drawn(value: float | str) -> None:
    chart = c.rating_bars([c.RatingRow("Impact", value)])
    assert len(list(root(chart).iter(f"{SVG}path"))) == 6
    assert "not on the scale" in rows(chart.data)[1][1]


def test_numbers_marks_and_words_of_the_scale_are_known_in_any_case() -> None:
    for value in (3, 3.0, "3", "good", " GOOD ", "3 Good", "Good 3", "Good - 3"):
        assert rows(c.rating_bars([c.RatingRow("Impact", value)], FOUR).data)[1] == ["Impact", "3 Good"]
    letters = c.Scale.of("A-D")
    assert [letters.position(x) for x in ("A", "b", "D", "E", 4)] == [4, 3, 1, None, 4]


def test_words_as_printed_count_before_those_of_the_scale() -> None:
    chart = c.rating_bars([c.RatingRow("Impact", 3, "Good, with reservations")], FOUR)
    assert rows(chart.data)[1] == ["Impact", "3 Good, with reservations"]


def test_a_number_in_the_words_as_printed_is_not_said_twice() -> None:
    assert c.rating_cell(3, FOUR, word="Good - 3").picture.description == "Good - 3"
    assert c.rating_cell(3, FOUR, word="3").picture.description == "3"


def test_a_hollow_triangle_stands_under_the_earlier_rating() -> None:
    chart = c.rating_bars([c.RatingRow("Relevance", 5, earlier=4), c.RatingRow("Impact", 3, earlier=2)])
    marks = [el for el in root(chart).iter(f"{SVG}polygon") if el.get("fill") == PAPER]
    tips = [float(el.get("points", "").split()[2].split(",")[0]) for el in marks]
    middle = {el.text: float(el.get("x", "0")) for el in root(chart).iter(f"{SVG}text") if el.get("text-anchor") == "middle"}
    assert tips[:2] == pytest.approx([middle["4"], middle["2"]], abs=0.1)
    assert rows(chart.data)[0][-1] == "Earlier rating"
    assert [r[-1] for r in rows(chart.data)[1:]] == ["4 Somewhat satisfactory", "2 Unsatisfactory"]


def test_a_scale_has_its_line_in_the_middle_or_none() -> None:
    assert [c.Scale.of(s).line for s in ("1-6", "1-4", "A-D", "1-5", "1-3", "0-3")] == [3, 2, 2, None, None, 2]
    assert c.Scale.of("0-3").position(0) == 1


@pytest.mark.parametrize("said", ["", "good to bad", "6-1", "1-99", "1-1", "A-A"])
def test_words_that_name_no_scale_are_refused(said: str) -> None:
    with pytest.raises(ValueError, match="names no scale"):
        c.Scale.of(said)


def test_a_scale_of_one_step_or_with_its_line_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="between 2 and 12 steps"):
        c.Scale((c.Step("1"),))
    with pytest.raises(ValueError, match="line"):
        c.Scale((c.Step("1"), c.Step("2")), 2)


def test_a_heat_map_has_a_number_in_each_cell_a_notch_below_the_line_and_counts_at_its_foot() -> None:
    chart = c.heat_map(
        [c.HeatRow("One", (5, 3), "2024"), c.HeatRow("Two", (2, None)), c.HeatRow("Three", ("x",))], ["Impact", "Efficiency"]
    )
    drawn = texts(chart)
    assert drawn[:2] == ["Impact", "Efficiency"]
    assert drawn[2:10] == ["One", "2024", "5", "3", "Two", "2", "–", "Three"]
    assert "1 of 2" in drawn
    notches = list(root(chart).iter(f"{SVG}polygon"))
    assert len(notches) == 2 + 3  # two cells, three in the legend
    assert rows(chart.data) == [
        ["Evaluation", "Impact", "Efficiency"],
        ["One, 2024", "5", "3"],
        ["Two", "2", "not rated"],
        ["Three", "x", "not rated"],
    ]
    assert "Impact: 1 of 2 at or above the line." in chart.picture.description


def test_a_heat_map_on_a_scale_of_words_numbers_them_in_cells_and_legend_alike() -> None:
    scale = c.Scale((c.Step("", "No"), c.Step("", "Partly"), c.Step("", "Yes")))
    drawn = texts(c.heat_map([c.HeatRow("One", ("yes", "no"))], ["Impact", "Efficiency"], scale))
    assert drawn[3:5] == ["3", "1"]
    assert drawn[drawn.index("Yes") - 1] == "3"


def test_of_too_many_criteria_the_drawing_has_the_first_and_the_data_all() -> None:
    names = [f"C{i}" for i in range(30)]
    chart = c.heat_map([c.HeatRow("One", (4,) * 30)], names)
    assert [t for t in texts(chart) if t.startswith("C")] == names[:16]
    assert rows(chart.data)[0][1:] == names


def test_ratings_are_read_back_once_from_a_chart_beside_its_table() -> None:
    given = {"Relevance": 5, "Coherence": 3, "Effectiveness": 4, "Efficiency": 2, "Impact": 6, "Sustainability": 1}
    chart = c.rating_bars([c.RatingRow(n, v, earlier=7 - v) for n, v in given.items()])
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows(chart.data))
    for inner in (chart.picture.svg, chart.picture.svg + f"<table>{table}</table>", f"<table>{table}</table>" + chart.picture.svg):
        page = (
            "<!doctype html><html lang='en'><body><h1>Evaluation of ports</h1><h2>Ratings</h2>"
            f"<p>The evaluation rated six criteria on a scale of 1 to 6.</p>{inner}<p>Ratings by criterion.</p></body></html>"
        )
        found = [r for e in recognise(html_format.outline(page.encode(), Options())).evaluations for r in e.ratings]
        assert [(r.criterion_as_printed, r.value) for r in found] == list(given.items())
