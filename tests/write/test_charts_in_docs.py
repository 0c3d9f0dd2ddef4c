from __future__ import annotations

import re

import pytest

draw_charts = pytest.importorskip("draw_charts")


def test_the_pictures_in_the_documentation_are_as_they_would_be_drawn() -> None:
    stale = [n for n, chart in draw_charts.drawn().items() if (draw_charts.FOLDER / f"{n}.svg").read_text("utf-8") != chart.picture.svg]
    assert stale == [], "python tools/draw_charts.py"


def test_every_chart_is_shown_and_explained() -> None:
    page = (draw_charts.FOLDER.parents[1] / "how-to" / "charts.md").read_text(encoding="utf-8")
    assert set(re.findall(r"images/charts/(\w+)\.svg", page)) == set(draw_charts.drawn()) == {p.stem for p in draw_charts.FOLDER.iterdir()}
    assert all(f"`{name}(" in page for name in draw_charts.drawn())
