"""Definitions as files: what comes with the program, what a house adds, and what is said of a bad one."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from evaltrail.measure.follow_up import Refused, load, parsed, shipped

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """
id = "answered"
version = 1
name = "Answered"
words = "answered / all"
kind = "share"
unit = "recommendation"
numerator = "responded happened"
"""
WHOLE = """
id = "whole"
version = 1
name = "Whole"
words = "half and half"
kind = "composite"
[[parts]]
name = "a"
weight = 0.5
figure = "answered@1"
[[parts]]
name = "b"
weight = 0.5
figure = "acceptance@1"
"""


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def test_every_file_is_named_for_its_id_and_version() -> None:
    names = {f.name for f in (files("evaltrail.measure") / "definitions").iterdir() if f.name.endswith(".toml")}
    assert names == {f"{d.id}.{d.version}.toml" for d in shipped()}


def test_what_carries_an_organisations_name_cites_where_it_was_read() -> None:
    cited = [d for d in shipped() if d.organisation]
    assert {d.id for d in cited} == {
        "undp-evaluation-management",
        "wfp-action-closure",
        "afdb-implementation",
        "afdb-alignment",
        "afdb-delay",
        "world-bank-adoption",
    }
    assert [d.key for d in cited if not all(s.url.startswith("http") for s in d.sources)] == []


def test_every_definition_tells_its_formula_and_its_inputs() -> None:
    assert [d.key for d in shipped() if not d.words or not d.inputs] == []


def test_the_latest_version_is_taken_unless_another_is_named() -> None:
    found = shipped()
    assert found.get("world-bank-adoption").version == 2
    assert found.get("world-bank-adoption", 1) == found.get("world-bank-adoption@1")


def test_a_definition_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(Refused, match=r"there is no definition “world-bank-adoption” in version 9; it has 1, 2$"):
        shipped().get("world-bank-adoption@9")
    with pytest.raises(Refused, match=r"there is no definition “acceptances”; there are acceptance, acceptance-of-all-issued"):
        shipped().get("acceptances")


def test_a_folder_of_a_house_builds_on_what_comes_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "answered.1.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "whole.1.toml").write_text(WHOLE, encoding="utf-8")
    found = load(tmp_path, beside=shipped())
    assert found.get("whole").inputs == ("recommendation.responded", "recommendation.verdict")
    assert found.get("acceptance").version == 1


@pytest.mark.parametrize(
    "text, line",
    [
        ("id = ", "x.toml: it is not sound TOML (Invalid value (at end of document)). Mend that line"),
        (changed("version = 1\n", ""), "x.toml: version: is missing. Add it"),
        (changed("words", "word"), "x.toml: words: is missing. Add it; word: is no key of a definition. Take it out, or mend its spelling"),
        (changed('"share"', '"rate"'), "x.toml: kind: Input should be 'share', 'mean', 'median' or 'composite'"),
        (changed('"answered"', '"Ans wered"'), "x.toml: id: String should match pattern '^[a-z0-9][a-z0-9-]*$'"),
        (changed("numerator", "value"), "x.toml: a share has a unit and a numerator, and no value or parts"),
        (
            changed("responded happened", "respond happened"),
            "x.toml: numerator: “respond happened”: a recommendation has no field respond; is responded meant?",
        ),
        (
            changed("responded happened", "verdict is agreed"),
            "x.toml: numerator: “verdict is agreed”: agreed is no value of verdict; it has accepted, partially_accepted, rejected, noted",
        ),
        (SOUND + "replaces = 1", "x.toml: replaces: version 1 can only take the place of an earlier one"),
        (
            SOUND + 'organisation = "The Institute"',
            "x.toml: sources: a definition with an organisation's name needs a source that was read; or leave the name out",
        ),
        (
            SOUND + '[[sources]]\ntitle = "T"\nstatus = "published"\nread = "full"',
            "x.toml: sources.1: a source has a url or a symbol under which it is found",
        ),
        (
            SOUND + 'bands = [[0, "red"], [0.9, "green"]]',
            "x.toml: bands: they go from the highest value down: [[0.9, “green”], [0.8, “yellow”], [0, “red”]]",
        ),
        (
            SOUND + '[settings.late]\nwords = "days"',
            "x.toml: settings.late: no condition uses it; take it out, or write “due + late days < as_of”",
        ),
        (WHOLE.replace("weight = 0.5", "weight = 0.6"), "x.toml: the weights of the parts make 1.2, and have to make 1"),
        (
            WHOLE.replace('figure = "answered@1"', ""),
            "x.toml: parts.1: a part has either a formula of its own, or the id and version of a figure (figure = “acceptance@1”)",
        ),
        (WHOLE + 'formula = { kind = "share" }', "x.toml: parts.2.formula: a share has a unit and a numerator, and no value or parts"),
    ],
)
def test_a_bad_definition_is_refused_in_one_line(text: str, line: str) -> None:
    with pytest.raises(Refused) as refused:
        parsed(text, "x.toml")
    assert str(refused.value) == line


@pytest.mark.parametrize(
    "files_, line",
    [
        ({"a.toml": WHOLE.replace("acceptance@1", "answered@1")}, "whole@1: parts: there is no definition “answered”; there are whole"),
        (
            {"a.toml": SOUND, "b.toml": SOUND},
            "answered@1: there is already a definition with this id and version. Give it the next version",
        ),
        (
            {"a.toml": SOUND.replace("version = 1", "version = 2\nreplaces = 1")},
            "answered@2: replaces: there is no version 1 of it. Keep the old file beside the new one",
        ),
        (
            {"a.toml": WHOLE.replace("acceptance@1", "whole@1"), "b.toml": SOUND},
            "whole@1: parts: it is a part of itself (whole@1 → whole@1). Take one of them out",
        ),
    ],
)
def test_definitions_that_do_not_fit_together_are_refused_in_one_line(tmp_path: Path, files_: dict[str, str], line: str) -> None:
    for name, text in files_.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(tmp_path)
    assert str(refused.value) == line


def test_a_file_that_is_no_text_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match=r"^bad\.toml: it is not UTF-8 text\. Save it as UTF-8$"):
        load(tmp_path)


def test_a_figure_of_another_file_that_is_not_loaded_is_named() -> None:
    with pytest.raises(Refused, match=r"the part “a” is answered@1, which is not there\. Load the two together"):
        _ = parsed(WHOLE, "x.toml").inputs
