"""How much of what is proposed of real papers is right, and how much is found. ``python tools/facets.py`` prints the same figures."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from evaltrail.record import Record

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> Any:
    path = ROOT / "tools" / "facets.py"
    if not path.exists():
        pytest.skip("needs the repository")
    spec = importlib.util.spec_from_file_location("facets_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["facets_tool"] = module
    spec.loader.exec_module(module)
    return module


def test_each_labelled_paper_is_in_the_half_that_follows_from_its_name(tool: Any) -> None:
    import tomllib

    halves = tomllib.loads(tool.LABELS.read_text(encoding="utf-8"))
    held_out = {line for line in (ROOT / "tests" / "reading" / "held_out.txt").read_text(encoding="utf-8").split("\n") if line[:1] != "#"}
    for half, papers in halves.items():
        assert {tool.half_of(name) for name in papers} == {half}
        assert not held_out & papers.keys()


@pytest.mark.parametrize("half", ["develop", "test"])
def test_countries_of_titles_are_right_nine_times_in_ten(tool: Any, shared: Path, half: str) -> None:
    every, naming = tool.titles(half, shared)
    assert every.precision >= 0.88
    assert naming.recall >= 0.9


@pytest.mark.parametrize("half", ["develop", "test"])
def test_countries_and_goals_of_whole_papers_are_right(tool: Any, shared: Path, labelled_records: dict[str, Any], half: str) -> None:
    known = {stem: Record.from_json(data) for stem, (_, data) in labelled_records.items() if data}
    scores = tool.papers(half, shared, known=known)
    assert scores["country"].precision >= 0.85
    assert scores["country"].recall >= 0.6
    assert scores["sdg"].precision >= 0.6
