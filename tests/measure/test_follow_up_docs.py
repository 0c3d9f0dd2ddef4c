"""The page about figures does what it says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from evaltrail.measure.follow_up import ActionFacts, RecommendationFacts, figure, parsed
from evaltrail.measure.follow_up.language import in_words

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "figures.md"


@pytest.fixture
def blocks() -> list[tuple[str, str]]:
    if not PAGE.is_file():
        pytest.skip("needs the repository's docs")
    return re.findall(r"^```(python|toml)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def test_the_programs_print_what_the_page_says(blocks: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec("\n".join(code for language, code in blocks if language == "python"), {})  # noqa: S102 - the page's own programs
    assert out.getvalue().splitlines() == [
        "0.0 0.5",
        "('A1',) ('A1', 'A2')",
        "Finance 1.0",
        "Programmes 0.0",
        "not known of 1 of 1 actions: due (1), and the definition allows 10 per cent",
        "(('A3', 'due'),)",
        "('recommendation.priority', 'action.claimed_meaning', 'action.dropped', 'action.due')",
    ]


def test_the_definition_of_the_page_counts_what_it_says(blocks: list[tuple[str, str]]) -> None:
    from datetime import date

    [text] = [code for language, code in blocks if language == "toml"]
    due, day = date(2026, 1, 1), date(2026, 6, 30)
    actions = (
        ActionFacts("done", due=due, claimed=due, claimed_meaning="done"),
        ActionFacts("not applicable", due=due, dropped=due, drop_meaning="no_longer_applicable"),
        ActionFacts("superseded", due=due, dropped=due, drop_meaning="superseded"),
        ActionFacts("open", due=due),
    )
    assert figure(parsed(text, "closed.1.toml"), [RecommendationFacts("r", "e", actions=actions)], day).numerator_keys == (
        "done",
        "not applicable",
    )


def test_a_condition_is_shown_on_one_line() -> None:
    written = {"all": ["due < as_of", {"not": "dropped happened"}, {"any": ["unit is A", {"not": {"every_action": "due < as_of"}}]}]}
    assert in_words(written) == "due < as_of and not: dropped happened and (unit is A or (not: (every action: due < as_of)))"
