from __future__ import annotations

import itertools
import struct
import subprocess
import sys
from dataclasses import replace

import pytest

from evaltrail.write import charts as c
from evaltrail.write.wording import languages, wording
from tests.write.charted import ALL, SVG, Line, cells, is_reference, lines, root, rows, texts

KINDS = pytest.mark.parametrize("kind", ALL)
MANY = pytest.mark.parametrize("many", [0, 1, 2, 9, 60])
WAYS = pytest.mark.parametrize("direction", ["ltr", "rtl"])


@KINDS
@MANY
@WAYS
def test_no_words_run_out_of_a_chart_or_into_each_other(kind: str, many: int, direction: str) -> None:
    chart = ALL[kind](many, c.Look(direction=direction))
    found = lines(chart)
    w, h = chart.picture.width, chart.picture.height
    assert w == 450
    assert [x for x in found if not x.turned and (x.x0 < -0.5 or x.x1 > w + 0.5 or x.y0 < -0.5 or x.y1 > h + 0.5)] == []
    assert [(a.text, b.text) for a, b in _neighbours(found) if a.meets(b)] == []


def _neighbours(found: list[Line]) -> list[tuple[Line, Line]]:
    level = sorted((x for x in found if not x.turned), key=lambda x: x.y0)
    return [(a, b) for i, a in enumerate(level) for b in itertools.takewhile(lambda b, a=a: b.y0 < a.y1, level[i + 1 :])]


@KINDS
@pytest.mark.parametrize("wide", [100, 320, 700])
def test_a_chart_is_as_wide_as_wanted_and_never_too_narrow_for_its_words(kind: str, wide: float) -> None:
    chart = ALL[kind](5, c.Look(width=wide))
    assert chart.picture.width == max(240, wide)
    assert [x for x in lines(chart) if not x.turned and (x.x0 < -0.5 or x.x1 > chart.picture.width + 0.5)] == []


@KINDS
@MANY
def test_every_chart_says_in_words_what_it_shows_and_brings_its_figures(kind: str, many: int) -> None:
    chart = ALL[kind](many, c.Look())
    title, desc = root(chart).find(f"{SVG}title"), root(chart).find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text == chart.picture.title
    assert desc.text == chart.picture.description
    assert root(chart).get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert any(d.isdigit() for d in chart.picture.description) == (many > 0)
    table = chart.data
    assert table.header_rows == 1
    assert all(cell.header for cell in table.cells if cell.row == 0)
    body = rows(table)[1:]
    assert len(body) == table.rows - 1
    if kind != "trail":
        assert len(body) == many
    assert all(row[0] for row in body)


@KINDS
def test_nothing_to_show_is_said_in_a_sentence(kind: str) -> None:
    chart = ALL[kind](0, c.Look())
    assert texts(chart) == ["There is nothing to show."]
    assert chart.picture.description == "There is nothing to show."
    assert chart.picture.height < 30


@KINDS
def test_labels_that_are_shortened_in_the_drawing_are_whole_in_the_data(kind: str) -> None:
    chart = ALL[kind](8, c.Look())
    shown = " ".join(texts(chart))
    if kind != "status_over_time":
        assert "…" in shown
    assert "…" not in " ".join(itertools.chain(*rows(chart.data)))


@KINDS
@WAYS
def test_the_same_rows_give_the_same_bytes(kind: str, direction: str) -> None:
    look = c.Look(direction=direction)
    assert ALL[kind](9, look) == ALL[kind](9, look)


def test_the_order_of_hashing_changes_nothing() -> None:
    code = "from tests.write.charted import ALL, c; print([f(9, c.Look()).picture.svg for f in ALL.values()])"
    run = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": path})
        for seed in ("1", "2")
        for path in [":".join(p for p in sys.path if p)]
    ]
    assert run[0].stdout == run[1].stdout != b""


@KINDS
def test_a_drawing_asks_for_nothing_outside_it(kind: str) -> None:
    assert not is_reference(ALL[kind](9, c.Look()).picture.svg)


def test_several_charts_stand_in_one_page_without_sharing_an_id() -> None:
    drawn = [f(n, c.Look()) for f in ALL.values() for n in (1, 2)]
    ids = [el.get("id") for chart in drawn for el in root(chart).iter() if el.get("id")]
    assert len(set(ids)) == len(ids) == 2 * len(drawn)


def test_ids_begin_with_the_prefix_that_is_asked_for() -> None:
    chart = ALL["likert"](2, c.Look(prefix="fig-3"))
    assert [el.get("id") for el in root(chart).iter() if el.get("id")] == ["fig-3-title", "fig-3-desc"]


@KINDS
def test_marks_of_xml_and_characters_that_it_forbids_break_nothing(kind: str) -> None:
    look = c.Look(title='a <b> & "c" \x00\x0b\ufffe\ud800', words={"nothing": "<&>\x01"})
    for many in (0, 3):
        chart = ALL[kind](many, look)
        title = root(chart).find(f"{SVG}title")
        assert title is not None
        assert (title.text or "").strip() == 'a <b> & "c"'
        chart.picture.svg.encode()


@KINDS
def test_a_chart_for_reading_from_right_to_left_is_the_mirror_image(kind: str) -> None:
    left, right = ALL[kind](5, c.Look()), ALL[kind](5, c.Look(direction="rtl"))
    assert left.data == right.data
    assert left.picture.height == right.picture.height
    there = sorted((round(450 - x.x1, 1), round(x.y1, 1), x.text) for x in lines(left) if not x.turned)
    here = sorted((round(x.x0, 1), round(x.y1, 1), x.text) for x in lines(right) if not x.turned)
    assert [(y, t) for _, y, t in sorted(there, key=lambda v: (v[1], v[2]))] == [
        (y, t) for _, y, t in sorted(here, key=lambda v: (v[1], v[2]))
    ]
    assert max(abs(a[0] - b[0]) for a, b in zip(there, here, strict=True)) < 2.5


def test_words_of_both_directions_are_kept_together_as_one_run() -> None:
    rows = [c.RatingRow("الملاءمة (2)", 5, "مرض"), c.RatingRow("Impact", 4)]
    drawn = c.rating_bars(rows, look=c.Look(direction="rtl")).picture.svg
    assert "\u2067الملاءمة (2)\u2069" in drawn
    assert ">مرض<" in drawn
    assert "\u2067Impact" not in drawn


@pytest.mark.parametrize("language", languages())
def test_the_words_of_each_language_fit_into_the_charts(language: str) -> None:
    look = c.Look.of(wording(language))
    for draw in ALL.values():
        chart = draw(5, look)
        assert [x.text for x in lines(chart) if not x.turned and (x.x0 < -0.5 or x.x1 > 450.5)] == []
        assert [(a.text, b.text) for a, b in _neighbours(lines(chart)) if a.meets(b)] == []


def test_numbers_and_days_are_written_as_the_language_writes_them() -> None:
    look = c.Look.of(wording("fr"))
    assert look.number(1234567.5) == wording("fr").number(1234567.5, 1)
    assert look.number(12) == "12"
    chart = c.target_actual([c.TargetRow("Perte", 12000, 8000.25, None)], look=look)
    assert rows(chart.data)[1][2:5] == [wording("fr").number(12000), wording("fr").number(8000.25, 2), "non indiqué"]
    written = c.Look(number=lambda v: f"<{v:.0f}>")
    assert "<31>" in rows(c.target_actual([c.TargetRow("Sites", 1, 2, 31)], look=written).data)[1]


@pytest.mark.parametrize("kind", [*ALL, "rating_cell"])
def test_a_png_has_the_size_of_the_picture_and_is_the_same_each_time(kind: str) -> None:
    pytest.importorskip("typst")
    chart = (ALL | {"rating_cell": cells})[kind](3, c.Look())
    data = c.png(chart.picture, 2.0)
    assert data == c.png(replace(chart.picture), 2.0)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", data[16:24])
    assert abs(wide - 2 * chart.picture.width) <= 1
    assert abs(high - 2 * chart.picture.height) <= 1


def test_what_is_no_drawing_becomes_no_png() -> None:
    pytest.importorskip("typst")
    chart = ALL["likert"](1, c.Look())
    with pytest.raises(RuntimeError):
        c.png(replace(chart.picture, svg="<svg"))


def test_a_chart_is_loaded_when_it_is_first_asked_for_and_named_like_its_module() -> None:
    code = (
        "import sys; from evaltrail.write import charts; before = [m for m in sys.modules if m.startswith('evaltrail.write.charts.')];"
        "from evaltrail.write.charts.rating_bars import RatingRow; from evaltrail.write.charts import rating_bars;"
        "assert not before, before; assert 'typst' not in sys.modules; assert callable(rating_bars) and callable(charts.rating_bars)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert all(getattr(c, name) is not None for name in c.__all__)
    with pytest.raises(AttributeError, match="pie"):
        _ = c.pie
