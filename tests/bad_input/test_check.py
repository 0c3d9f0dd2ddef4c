"""What cannot be checked: each time one clear line, exit code 2 and nothing on standard output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PAPER = "# Evaluation\n\nRecommendation 1: The Unit should report.\n"
PLACE = {"page": 1, "start": 0, "end": 4}


def record(**fields: Any) -> dict[str, Any]:
    return {"schema": "evaltrail.record/1", "pages": [{"number": 1, "text": "Some words"}], **fields}


@pytest.fixture
def refused(run: Any) -> Any:
    """The line that the program says."""

    def call(*arguments: str | Path, **options: Any) -> str:
        done = run("check", *arguments, **options)
        assert done.returncode == 2, done.stderr
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1, done.stderr
        assert "fault in Evaltrail" not in done.stderr
        return str(done.stderr).removeprefix("evaltrail: ").rstrip("\n")

    return call


@pytest.mark.parametrize(
    "content, cause",
    [
        (b'{"schema": "evaltrail.record/1", ', "it is not sound JSON ("),
        (b"%PDF-1.7", "it is not sound JSON ("),
        (b"", "it is"),
        (b"\xff\xfe\x00{", "it is not sound JSON ("),
        (b'{"a": ' * 5000, "it is not sound JSON ("),
        (b'{"schema": "evaltrail.record/1", "x": NaN}', "it is not sound JSON ("),
        (b'{"schema": "evaltrail.record/1", "quantities": [{"value": 1e999, "text": "x"}]}', "quantities/0/value: Input should be"),
        (b'{"schema": "evaltrail.record/1", "pages": [{"number": 1, "text": "\\ud800"}]}', "it is no sound record: Invalid JSON: "),
        (b'{"schema": "evaltrail.record/1", "pages": [{"number": ' + b"9" * 5000 + b"}]}", "it is not sound JSON ("),
        (b'{"schema": "evaltrail.record/1", "x": ' + b"[" * 900 + b"]" * 900 + b"}", "it is no sound record: Invalid JSON: recursion"),
        (b"[1, 2]", "it is JSON, but no record of Evaltrail. Give a paper, or what evaltrail read has written"),
        (b"{}", "it is JSON, but no record of Evaltrail."),
        (b'{"schema": "evaltrail.check/1"}', "it is JSON, but no record of Evaltrail (its schema is 'evaltrail.check/1')"),
        (b'{"schema": 7}', "it is JSON, but no record of Evaltrail."),
        (
            b'{"schema": "evaltrail.record/2"}',
            "it was written by a newer Evaltrail (its schema is evaltrail.record/2, this program knows evaltrail.record/1). Update",
        ),
    ],
)
def test_what_is_no_record(content: bytes, cause: str, refused: Any, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(content)
    said = refused(file)
    assert said.startswith(f"{file}: ")
    assert cause in said


@pytest.mark.parametrize(
    "content, cause",
    [
        (record(pages="none"), "it is no sound record: pages: Input should be a valid array"),
        (
            record(evaluations=[{"id": 7}, {"title": "x"}]),
            "evaluations/0/id: Input should be a valid string; evaluations/1/id: Field required",
        ),
        (record(footnotes=[{}] * 9), "and 15 more"),
        (record(pages=[{"number": 2, "text": "x"}]), "pages/0: page 2 stands where page 1 should"),
        (
            record(paragraphs=[{"number": "1", "text": "x", "places": [PLACE | {"page": 9}]}]),
            "paragraphs/0/places/0: it names page 9, and the record has 1",
        ),
        (
            record(paragraphs=[{"number": "1", "text": "x", "places": [PLACE | {"end": 999}]}]),
            "the span 0 to 999 is not within the 10 characters of page 1",
        ),
        (record(paragraphs=[{"number": "1", "text": "x", "places": [PLACE | {"start": 8}]}]), "the span 8 to 4 is not within"),
        (record(passages=[{"kind": "heading", "text": "x", "section": 3}]), "passages/0/section: 3 is no passage before it"),
        (record(paragraphs=[{"number": "1", "text": "x", "places": [PLACE | {"page": "9"}]}]), "it names page 9, and the record has 1"),
    ],
)
def test_a_record_that_is_not_sound_is_named_with_its_first_faults(content: Any, cause: str, refused: Any, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(json.dumps(content))
    assert cause in refused(file)


def test_a_record_by_standard_input_is_named_so(refused: Any) -> None:
    assert refused("-", input='{"schema": "other"}').startswith("standard input: it is JSON, but no record")


def test_a_directory(refused: Any, tmp_path: Path) -> None:
    assert refused(tmp_path).startswith(f"{tmp_path}: it is a directory")


def test_a_directory_that_is_called_a_record(refused: Any, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    assert "it is a directory" in refused(tmp_path / "folder.json")


def test_no_file_at_all(refused: Any) -> None:
    assert refused() == "no paper is given. Give a paper or its record: evaltrail check report.pdf"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "paper.md"
    file.write_text(PAPER)
    return file


def test_an_unknown_profile(refused: Any, paper: Path) -> None:
    assert refused(paper, "--profile", "nobody").startswith("there is no profile “nobody”. Profiles: ")


HEAD = 'name = "house"\ntitle = "House"\nversion = "1"\n'


@pytest.mark.parametrize(
    "text, cause",
    [
        (HEAD + '[[suppress]]\nrule = "REC001"\nuntil = 2027-06-30\n', "a suppression needs a rule, a reason and a last day"),
        (HEAD + '[[suppress]]\nrule = "REC001"\nreason = " "\nuntil = 2027-06-30\n', "a suppression needs a reason"),
        (HEAD + '[rules]\nselect = ["XYZ999"]\n', "unknown rules: XYZ999"),
        (HEAD + "[rules\n", "the profile is not sound TOML"),
        (HEAD + '[settings.REC001.options]\nmost = "five"\n', "REC001: most = 'five' is no whole number from 0; the rule's own is 12"),
        (HEAD + "[settings.REC001.options]\nmost = true\n", "REC001: most = True is no whole number from 0"),
        (HEAD + "[settings.CHA006.options]\nshare = inf\n", "CHA006: share = inf is no number from 0"),
        (HEAD + 'extends = "nobody"\n', "there is no such profile"),
        ("name = 1", "name: "),
    ],
)
def test_a_house_profile_that_is_not_sound(text: str, cause: str, refused: Any, paper: Path, tmp_path: Path) -> None:
    house = tmp_path / "house.toml"
    house.write_text(text)
    said = refused(paper, "--profile", house)
    assert said.startswith(f"{house}: ")
    assert cause in said


def test_a_profile_that_is_a_directory_or_no_text(refused: Any, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert "cannot be read" in refused(paper, "--profile", tmp_path / "folder.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    assert "is not UTF-8 text" in refused(paper, "--profile", tmp_path / "bytes.toml")


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "", "30.06.2026"])
def test_a_date_that_cannot_be_read(day: str, refused: Any, paper: Path) -> None:
    assert refused(paper, "--today", day) == f"“{day}” is not a date. Give year, month and day: --today 2026-06-30"


def test_a_profile_without_rules_is_no_clean_paper(refused: Any, paper: Path) -> None:
    said = refused(paper, "--profile", "un-swap")
    assert said == "the profile “un-swap” has no rules. Its checklist is for a person: --sheet un-swap -o sheet.docx"


def test_an_unknown_format(refused: Any, paper: Path) -> None:
    assert refused(paper, "--format", "pdf") == "there is no format “pdf”. Formats: text, sarif, json, html"


def test_a_corpus_that_is_no_directory(refused: Any, paper: Path, tmp_path: Path) -> None:
    assert refused(paper, "--corpus", tmp_path / "none").startswith(f"there is no directory {tmp_path / 'none'}")


def test_an_output_that_cannot_be_written(refused: Any, paper: Path, tmp_path: Path) -> None:
    assert refused(paper, "-o", tmp_path / "none" / "x.txt").startswith(f"there is no directory {tmp_path / 'none'}")
    assert refused(paper, "--fix", tmp_path / "none" / "x.json").endswith("Make it, or give another place with --fix")


def test_a_record_that_names_no_pages_is_checked_without_a_fault(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text('{"schema": "evaltrail.record/1"}')
    done = run("check", file)
    assert done.returncode in (0, 1)
    assert done.stderr == ""


def test_a_record_that_makes_no_sense_is_checked_without_a_fault_of_the_program(run: Any, tmp_path: Path) -> None:
    """A part of itself, boxes inside out, answers and links to nothing, a house's own places: all sound by their types."""
    odd = {
        "document": {"language": "xx", "title": "<b>"},
        "house": [{"page": True, "start": "a", "end": None}, {"page": 0, "start": 0, "end": 0}, {"page": -9, "start": 0, "end": 0}],
        "evaluations": [
            {
                "id": "e",
                "statements": [
                    {"id": "r", "kind": "recommendation", "parent": "r", "text": "", "places": [PLACE | {"boxes": [[9, 9, 1, 1]]}]},
                    {"id": "r", "kind": "recommendation", "text": "do", "places": [PLACE | {"end": 0}]},
                    {"id": "a", "kind": "response", "text": "", "answers": [{"id": "nothing"}]},
                ],
                "links": [{"from": "q", "to": "w", "kind": "supports", "basis": "stated"}],
            }
        ],
        "passages": [
            {"kind": "heading", "text": "x"},
            {"kind": "paragraph", "text": "y", "section": 0, "marks": [{"at": 99, "number": "1"}]},
            {"kind": "table", "section": 1, "cells": [{"row": 9, "column": 9, "text": "q"}]},
        ],
    }
    file = tmp_path / "record.json"
    file.write_text(json.dumps(record(**odd)))
    for form in ("text", "json", "sarif", "html"):
        done = run("check", file, "--format", form)
        assert done.returncode in (0, 1), done.stderr
        assert done.stderr == ""
