"""Recommendations and actions as CSV: every word in its place, and nothing that a program would compute."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import (
    Action,
    Answer,
    DocumentInfo,
    Evaluation,
    Observation,
    OverallResponse,
    Rating,
    Recommendation,
    Record,
    Response,
)
from evaltrail.write import Unwritable, written
from evaltrail.write.formats._cells import LONGEST, begins_a_formula, clean, disarmed, parts
from evaltrail.write.formats.csv import COLUMNS
from evaltrail.write.house import House, HouseError, load
from evaltrail.write.order import Order
from evaltrail.write.rows import due_by, spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable


def _beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"write_{name}")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(f"write_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"write_{name}"] = module
    spec.loader.exec_module(module)
    return module


ASKED = Recommendation(
    id="1.r1", number="1", label="Recommendation 1", text="Buy a spare engine.", responsible=("FLEET", "Board"), priority="high"
)
PART = Recommendation(id="1.r1a", number="1(a)", parent="1.r1", text="Ask three makers.")
DONE = Action(
    number="1.1", text="Call for offers.", unit="FLEET", due="June 2025", status="ongoing", deliverables="A call", resources="US$ 300"
)
REPLY = Response(id="1.a1", text="Accepted.", verdict="accepted", answers=(Answer(id="1.r1"),), actions=(DONE,))


def record(*statements: Any, **more: Any) -> Record:
    info = {"document": DocumentInfo(title="Ferries", language="en")}
    return Record(**(info | more), evaluations=(Evaluation(id="1", label="Part I", title="Ferries", statements=statements),))


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def rows(r: Record, **more: Any) -> list[dict[str, str]]:
    return table(written(r, "csv", **more))


def test_it_is_utf_8_with_a_mark_for_excel_and_lines_as_rfc_4180_has_them() -> None:
    data = written(record(ASKED), "csv")
    assert data.startswith(b'\xef\xbb\xbf"number","kind",')
    assert data.endswith(b"\r\n")
    assert data.decode("utf-8-sig").split("\r\n")[0] == ",".join(f'"{c}"' for c in COLUMNS)


def test_a_recommendation_is_followed_by_its_actions_and_its_parts() -> None:
    first, action, part = rows(record(ASKED, PART, REPLY))
    assert (first["kind"], first["number"], first["text"], first["id"]) == ("recommendation", "1", ASKED.text, "1.r1")
    assert (first["evaluation"], first["responsible_units"], first["priority"]) == ("Part I: Ferries", "FLEET; Board", "high")
    assert (first["verdict"], first["response"], first["action"]) == ("accepted", "Accepted.", "")
    assert (action["kind"], action["number"], action["action"], action["part_of"]) == ("action", "1.1", "Call for offers.", "1.r1")
    assert (action["unit"], action["due"], action["due_by"], action["status"]) == ("FLEET", "June 2025", "2025-06-30", "ongoing")
    assert (action["deliverables"], action["action_resources"], action["text"]) == ("A call", "US$ 300", "")
    assert (part["kind"], part["number"], part["part_of"]) == ("part", "1(a)", "1.r1")


def test_two_answers_to_one_recommendation_stand_in_its_row() -> None:
    second = REPLY.model_copy(update={"id": "1.a2", "text": "And rejected in part.", "verdict": "partially_accepted", "actions": ()})
    row = rows(record(ASKED, REPLY, second))[0]
    assert (row["verdict"], row["response"]) == ("accepted; partially_accepted", "Accepted.\n\nAnd rejected in part.")


def test_a_response_that_answers_no_recommendation_has_a_row_of_its_own() -> None:
    finding = Observation(id="1.f1", kind="finding", number="4", text="The boats leak.")
    to_finding = REPLY.model_copy(update={"answers": (Answer(id="1.f1"),)})
    to_words = REPLY.model_copy(update={"id": "1.a2", "answers": (), "prompt": "Why so late?", "number": "7", "actions": ()})
    one, action, other = rows(record(finding, to_finding, to_words))
    assert (one["kind"], one["number"], one["text"], one["response"]) == ("response", "4", "The boats leak.", "Accepted.")
    assert (action["kind"], action["part_of"]) == ("action", "1.f1")
    assert (other["kind"], other["number"], other["text"], other["response"]) == ("response", "7", "Why so late?", "Accepted.")


def test_an_answer_to_the_whole_has_a_row_of_its_own() -> None:
    e = Evaluation(id="1", statements=(ASKED,), overall_responses=(OverallResponse(text="We agree.", verdict="accepted"),))
    last = rows(Record(evaluations=(e,)))[-1]
    assert (last["kind"], last["response"], last["verdict"]) == ("overall response", "We agree.", "accepted")


def test_a_companion_answers_by_the_number_of_what_it_answers() -> None:
    own = ASKED.model_copy(update={"id": "x", "text": "Buy one more engine."})
    reply = REPLY.model_copy(update={"answers": (Answer(id="x"),)})
    report, response = record(ASKED), record(own, reply)
    paired = table(_with(report, response))
    assert [(r["id"], r["text"], r["response"], r["action"]) for r in paired] == [
        ("1.r1", ASKED.text, "Accepted.", ""),
        ("", "", "", "Call for offers."),
    ]


@pytest.mark.parametrize("answers", [(Answer(record="sha", id="1.r1"),), ()])
def test_a_response_alone_is_put_beside_the_report_that_goes_with_it(answers: tuple[Answer, ...]) -> None:
    reply = REPLY.model_copy(update={"answers": answers, "number": "1"})
    for first, second in ((record(ASKED), record(reply)), (record(reply), record(ASKED))):
        row = table(_with(first, second))[0]
        assert (row["id"], row["response"]) == ("1.r1", "Accepted.")


def test_a_number_that_two_recommendations_have_tells_nothing() -> None:
    reply = REPLY.model_copy(update={"answers": (), "number": "1"})
    twice = record(ASKED, ASKED.model_copy(update={"id": "1.r2"}))
    assert [r["kind"] for r in table(_with(twice, record(reply)))] == ["recommendation", "recommendation", "response", "action"]


def _with(first: Record, second: Record) -> bytes:
    from evaltrail.write.formats import formats

    return formats()["csv"].written(Order(first, companion=second))


def test_of_a_paper_it_says_page_and_headings() -> None:
    row = next(r for r in rows(read(sample.path("pdf"))) if r["id"] == "I.r3")
    assert row["page"] == "6"
    assert row["section"].endswith("Part I. Support to small ports and landing sites, 2016–21 › Recommendations")


def test_of_a_paper_without_pages_it_says_the_headings_alone() -> None:
    row = next(r for r in rows(read(sample.path("html"))) if r["id"] == "I.r3")
    assert row["page"] == ""
    assert row["section"].endswith("› Recommendations")


def test_a_paper_with_nothing_to_list_is_said_to_have_nothing() -> None:
    with pytest.raises(Unwritable, match="no recommendations, responses or ratings"):
        written(Record(), "csv")
    rated = Evaluation(id="1", ratings=(Rating(criterion="impact", value=5),))
    with pytest.raises(Unwritable, match="no recommendations or responses"):
        written(Record(evaluations=(rated,)), "csv")


@pytest.mark.parametrize(
    "due, day",
    [
        ("June 2025", date(2025, 6, 30)),
        ("Q2 2022", date(2022, 6, 30)),
        ("by 3 May 2024", date(2024, 5, 3)),
        ("28/10/2020", date(2020, 10, 28)),
        ("03/04/2021", None),
        ("May 2021, then June 2023", None),
        ("continuous", None),
        (None, None),
    ],
)
def test_a_deadline_is_a_day_only_where_its_words_leave_no_doubt(due: str | None, day: date | None) -> None:
    assert due_by(Action(text="x", due=due), "en") == day


# What a program would compute

ARMED = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "words\n=1+1",
    "words;=1+1",
    'words;"=1+1',
    "words\r\n@SUM(A1)",
    '=HYPERLINK("http://127.0.0.1/","x")',
    "=cmd|'/C calc'!A0",
    "+41 22 799",
    "- a point of a list",
)


@pytest.mark.parametrize("words", ARMED)
def test_no_cell_begins_like_a_formula_and_every_word_is_there(words: str) -> None:
    text = rows(record(ASKED.model_copy(update={"text": words})))[0]["text"]
    for cell in re.split(r"[\n;]", text):
        assert not begins_a_formula(cell.strip('"'))
    assert text.replace("'", "") == clean(words).replace("'", "")


@pytest.mark.parametrize("words", [*ARMED, "words,=1+1", 'words, "=1+1', "words\n+1, @SUM(A1)"])
def test_a_file_parted_by_semicolons_has_every_word_and_no_formula_wherever_it_is_split(words: str) -> None:
    data = written(record(ASKED.model_copy(update={"text": words})), "csv", house=House(separator=";")).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(data, newline=""), delimiter=";"))
    assert [r["id"] for r in found] == [ASKED.id]
    assert (found[0]["text"] or "").replace("'", "") == clean(words).replace("'", "")
    # A program may split at commas, at line ends or at bars all the same, with or without an eye for quotation marks.
    for cell in re.split(r"[\n;,|]", data):
        assert not begins_a_formula(cell.strip('"\r'))
    for row in csv.reader(io.StringIO(data, newline="")):
        assert not any(begins_a_formula(cell.strip('"')) for cell in row)


def test_a_house_says_what_parts_the_cells(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text('separator = ";"', encoding="utf-8")
    house = load(tmp_path)
    assert written(record(ASKED), "csv", house=house).startswith(b'\xef\xbb\xbf"number";"kind";')
    (tmp_path / "house.toml").write_text('separator = "|"', encoding="utf-8")
    with pytest.raises(HouseError, match=r"separator is '\|'; it can be , or ;"):
        load(tmp_path)


@pytest.mark.parametrize("words", ["-5", "+3.5", "-12%", "5 - 3 = 2", "a=b", "– a dash", "one; two", "x, -5 per cent"])
def test_what_no_program_computes_stays_as_it_is(words: str) -> None:
    assert disarmed(words) == words


@pytest.fixture(scope="module")
def opened(libreoffice: str, calc: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], str]:
    """A CSV file as LibreOffice takes it, split at a mark and its formulas computed; the sheet as XML."""
    assert calc  # skips where there is no Calc
    home = tmp_path_factory.mktemp("opened")

    def take(data: bytes, mark: str) -> str:
        (home / "table.csv").write_bytes(data)
        options = f"CSV:{ord(mark)},34,76,1,,0,false,true,false,false,false,-1,true"
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [
            libreoffice,
            profile,
            "--headless",
            f"--infilter={options}",
            "--convert-to",
            "fods",
            "--outdir",
            home,
            home / "table.csv",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (home / "table.fods").read_text(encoding="utf-8")

    return take


def test_libreoffice_computes_nothing_whatever_mark_it_splits_at(opened: Callable[[bytes, str], str]) -> None:
    assert "table:formula=" in opened(b'"a","=1+1"\r\n', ",")
    statements = [ASKED.model_copy(update={"id": f"r{n}", "text": words, "label": words}) for n, words in enumerate(ARMED)]
    data = written(record(*statements), "csv")
    parted = written(record(*statements), "csv", house=House(separator=";"))
    shown = [opened(file, mark) for mark in (",", ";") for file in (data, parted)]
    assert [text for text in shown if "table:formula=" in text] == []
    assert "HYPERLINK" in shown[0]


# What a file cannot hold


def test_control_characters_are_left_out_and_every_break_is_a_line() -> None:
    assert clean("a\x00b\x07c\x0bd\r\ne\x85f\tg\ufffeh") == "abc\nd\ne\nf gh"


def test_a_text_longer_than_a_cell_goes_on_in_rows_below() -> None:
    long = " ".join(f"word{n}" for n in range(12_000))
    first, *rest = rows(record(ASKED.model_copy(update={"text": long}), PART))
    more = [r for r in rest if r["kind"] == "continued"]
    assert first["kind"] == "recommendation"
    assert more == rest[: len(more)]
    assert first["text"] + "".join(r["text"] for r in more) == long
    assert all(len(r["text"]) <= LONGEST for r in (first, *more))
    assert {r["id"] for r in more} == {""}


def test_parts_of_a_text_are_counted_as_excel_counts() -> None:
    text = "𝒳" * 40_000
    found = list(parts(text))
    assert "".join(found) == text
    assert max(len(p.encode("utf-16-le")) // 2 for p in found) <= LONGEST


def test_the_same_record_gives_the_same_bytes() -> None:
    made = read(sample.path("pdf"))
    assert written(made, "csv") == written(Record.from_json(made.to_json()), "csv")


@given(_beside("records").records())
@settings(max_examples=40, deadline=None)
def test_every_recommendation_and_action_of_any_draft_has_a_row(made: Record) -> None:
    statements = [s for e in made.evaluations for s in e.statements]
    asked = [s.id for s in statements if s.kind == "recommendation"]
    answers = [s for s in statements if s.kind == "response"]
    if not asked and not answers:
        return
    found = spreadsheet(Order(made))
    assert [r["id"] for r in found.recommendations if r["kind"] in ("recommendation", "part")] == asked
    assert {r["action"] for r in found.actions} == {a.text for s in answers for a in s.actions}
    answered = "\n".join(str(r.get("response")) for r in found.recommendations)
    assert all(s.text in answered for s in answers)


def test_every_column_is_in_the_documentation() -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-paper.md"
    if not page.is_file():
        pytest.skip("the documentation is not in the wheel")
    told = re.findall(r"^\| (`.*?`) \|", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {c for row in told for c in re.findall(r"`(\w+)`", row)} >= set(COLUMNS)
