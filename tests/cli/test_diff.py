"""``evaltrail diff``: what it takes, what it gives out, and what the exit code says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.read import read
from evaltrail.record import Comparison

if TYPE_CHECKING:
    from pathlib import Path

PAPER = """Evaluation of the Harbour Programme

Findings

Finding 1. The harbour was rebuilt in {years} years.

Recommendations

Recommendation 1: The Ports Unit should train the pilots.
"""


BOTH = PAPER.format(years="three") + "\nRecommendation 2: The Council should fund the beacons of the coast.\n"


def _record(file: Path, text: str) -> Path:
    paper = file.with_suffix(".txt")
    paper.write_text(text, encoding="utf-8")
    file.write_text(read(paper).to_json(), encoding="utf-8")
    return file


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A record: one needs no process for reading."""
    return _record(tmp_path / "old.json", PAPER.format(years="two"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return _record(tmp_path / "new.json", BOTH)


def test_two_versions_that_say_the_same_give_0(start: Any, old: Path) -> None:
    done = start("diff", old, old)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"no difference\nfrom {old} to {old}\n"


def test_two_that_do_not_give_1_and_are_shown(run: Any, old: Path, new: Path) -> None:
    done = run("diff", old, new)
    assert done.returncode == 1
    assert done.stdout.startswith("1 recommendation added; 1 finding changed\n")
    assert "~ Finding 1 changed (old line 5 → new line 5)" in done.stdout
    assert "rebuilt in [-two-]{+three+} years" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_record_is_compared_with_a_paper(run: Any, old: Path, new: Path) -> None:
    assert run("diff", old, old.with_suffix(".txt")).returncode == 0
    done = run("diff", old, new.with_suffix(".txt"))
    assert done.returncode == 1
    assert "from old.json to new.txt" in done.stdout


def test_one_version_may_come_by_standard_input_and_not_both(run: Any, old: Path, new: Path) -> None:
    done = run("diff", "-", new, input=old.read_text())
    assert done.returncode == 1
    assert "from standard input to new.json" in done.stdout
    assert run("diff", "-", "-", input="").returncode == 2


@pytest.mark.parametrize("ending", ["html", "docx", "txt", "json"])
def test_the_ending_says_what_is_written(run: Any, old: Path, new: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"changes.{ending}"
    done = run("diff", old, new, "-o", out)
    assert (done.returncode, done.stdout) == (1, "")
    assert "1 recommendation added; 1 finding changed" in done.stderr
    begin = {"html": b"<!DOCTYPE html>", "docx": b"PK", "txt": b"1 recommendation added", "json": b"{"}[ending]
    assert out.read_bytes().startswith(begin)


def test_the_data_is_of_its_schema(run: Any, old: Path, new: Path, tmp_path: Path) -> None:
    out = tmp_path / "changes.json"
    run("diff", old, new, "-o", out)
    assert json.loads(out.read_text())["schema"] == "evaltrail.diff/1"
    assert [c.what for c in Comparison.from_json(out.read_bytes()).changes] == ["finding", "recommendation"]


def test_only_the_kinds_that_are_asked_for_are_compared(run: Any, old: Path, new: Path) -> None:
    assert run("diff", old, new, "--only", "rating").returncode == 0
    done = run("diff", old, new, "--only", "rating", "--only", "finding")
    assert done.returncode == 1
    assert done.stdout.startswith("1 finding changed\n")
    assert run("diff", old, new, "--only", "nothing").returncode == 2


def test_running_text_is_listed_where_it_is_asked_for(run: Any, old: Path, tmp_path: Path) -> None:
    text = PAPER.format(years="two").replace("Findings\n", "Findings\n\nThe team spoke with forty pilots of both shores.\n")
    other = _record(tmp_path / "other.json", text)
    done = run("diff", old, other)
    assert done.returncode == 1
    assert done.stdout.startswith("no statement changed\n")
    assert "1 paragraph added; these are not listed here" in done.stdout
    assert "{+The team spoke with forty pilots of both shores.+}" in run("diff", old, other, "--all").stdout


# Errors


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 nothing", b'{"schema": "evaltrail.record/9"}', b'{"schema": "evaltrail.record/1", "pages": 3}', b"{}", b'{"a": '],
)
def test_a_version_that_cannot_be_used_gives_2_and_a_line_that_names_it(run: Any, old: Path, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(content)
    done = run("diff", old, bad)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "bad" in done.stderr


def test_a_version_that_is_not_there_gives_2(run: Any, old: Path, tmp_path: Path) -> None:
    assert run("diff", old, tmp_path / "none.pdf").returncode == 2


def test_an_ending_that_says_nothing_gives_2_and_nothing_is_written(run: Any, old: Path, new: Path, tmp_path: Path) -> None:
    done = run("diff", old, new, "-o", tmp_path / "changes.odt")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert ".docx" in done.stderr
    assert not (tmp_path / "changes.odt").exists()


def test_neither_version_is_written_over(run: Any, old: Path, new: Path) -> None:
    before = new.read_bytes()
    assert run("diff", old, new, "-o", new).returncode == 2
    assert run("diff", old, new, "-o", old).returncode == 2
    assert new.read_bytes() == before


def test_a_folder_is_no_place_for_a_difference(run: Any, old: Path, new: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    done = run("diff", old, new, "-o", tmp_path / "folder.html")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_the_meaning_of_1_is_in_the_help(run: Any) -> None:
    assert "1 where they do not" in run("diff", "--help").stdout
    assert "evaltrail diff found" in run("--help").stdout
