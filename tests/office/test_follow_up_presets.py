"""Presets: every one that is shipped is whole, an institution's cites its sources, and a broken one says what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail_office.follow_up.machine import Meaning
from evaltrail_office.follow_up.preset import Broken, due_from, later, parsed, shipped

HOUSE = """
id = "ours"
name = "Ours"
verdicts = { accepted = "Agreed" }
statuses = [
  { code = "todo", words = "To do", meaning = "open" },
  { code = "done", words = "Done", meaning = "done" },
]
"""


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_preset_can_be_lived_by(name: str) -> None:
    preset = shipped()[name]
    assert preset.of(Meaning.DROPPED), "an action could never be dropped"
    assert preset.reasons, "nobody could say why something is late"
    assert all(s.proof for s in preset.of(Meaning.DONE)), "done would need no proof"
    assert bool(preset.institution) == bool(preset.sources)
    assert all(s.address.startswith("http") and s.says for s in preset.sources)
    assert preset.institution or preset.name.startswith("Example:") or preset.id == "house"


@pytest.mark.parametrize(
    "change, told",
    [
        (("name = ", "name == "), "not TOML"),
        (('meaning = "done"', 'meaning = "finished"'), "statuses.1.meaning"),
        (('code = "done"', 'code = "todo"'), "stands there twice"),
        (('meaning = "done"', 'meaning = "partial"'), "none of them means done"),
        (('meaning = "open"', 'meaning = "partial"'), "none of them means open"),
        (('name = "Ours"', 'name = "Ours"\ninstitution = "A Bank"'), "sources"),
        (('name = "Ours"', 'name = "Ours"\nverifyer = "audit"'), "verifyer"),
        (('name = "Ours"', 'name = "Ours"\nverifier = "anybody"'), "verifier"),
        (("accepted", "agreed"), "verdicts.agreed"),
    ],
)
def test_a_broken_preset_names_the_file_and_the_key(change: tuple[str, str], told: str) -> None:
    assert parsed(HOUSE, "ours.toml").id == "ours"
    with pytest.raises(Broken, match=r"^ours\.toml: ") as fault:
        parsed(HOUSE.replace(*change, 1), "ours.toml")
    assert told in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    "start, time, due",
    [
        (date(2026, 3, 2), "short", date(2027, 3, 2)),
        (date(2026, 3, 2), "long", date(2030, 3, 2)),
        (date(2026, 3, 2), "biennium", date(2027, 12, 31)),
        (date(2027, 3, 2), "biennium", date(2027, 12, 31)),
        (date(2026, 3, 2), "ongoing", None),
        (date(2026, 3, 2), "", None),
    ],
)
def test_a_time_implication_gives_a_date(start: date, time: str, due: date | None) -> None:
    assert due_from(start, time, shipped()["house"]) == due


def test_the_house_says_what_it_means_by_a_word_and_months_end_on_a_day_that_there_is() -> None:
    assert due_from(date(2026, 3, 2), "short", shipped()["house"], {"short": 6}) == date(2026, 9, 2)
    assert later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert later(date(2023, 12, 31), 2) == date(2024, 2, 29)
