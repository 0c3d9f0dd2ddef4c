"""``evaltrail check --sheet`` fills in a checklist, takes judgements back, and refuses what cannot be in one line."""

from __future__ import annotations

import json

import openpyxl
import pytest


@pytest.fixture
def filled(run, paper_read, tmp_path):
    """A sheet as a workbook in which a person has judged two items."""
    file = tmp_path / "filled.xlsx"
    done = run("check", paper_read, "--sheet", "good-practice", "--kind", "report", "-o", file)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(file)
    page = book["Sheet"]
    rows = {page[f"B{n}"].value: n for n in range(13, page.max_row + 1)}
    page[f"I{rows['RE1']}"] = "met"
    page[f"I{rows['FM1']}"] = "partly met"
    page[f"J{rows['FM1']}"] = "Only in the subtitle."
    book.save(file)
    return file


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "json"])
def test_it_writes_a_sheet_and_says_what_was_found(run, paper, tmp_path, ending):
    target = tmp_path / f"sheet.{ending}"
    done = run("check", paper, "--sheet", "uneg", "--kind", "report", "-o", target, "--today", "2026-06-01")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "for a person to judge" in done.stderr
    assert "No score yet" in done.stderr
    assert target.stat().st_size > 1000


def test_it_says_so_when_most_items_do_not_apply_to_what_the_paper_was_taken_for(run, paper_read, tmp_path):
    done = run("check", paper_read, "--sheet", "uneg", "--kind", "response", "-o", tmp_path / "s.html", "--quiet")
    assert done.returncode == 0
    assert "taken for a management response, so most items do not apply" in done.stderr
    assert "--kind" in done.stderr


def test_the_same_paper_on_the_same_day_gives_the_same_sheet(run, paper_read, tmp_path):
    made = []
    for name in ("a.docx", "b.docx"):
        run("check", paper_read, "--sheet", "undp", "-o", tmp_path / name, "--today", "2026-06-01")
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_judgements_of_a_filled_sheet_make_the_score(run, paper_read, filled, tmp_path):
    target = tmp_path / "scored.json"
    done = run("check", paper_read, "--sheet", "good-practice", "--kind", "report", "--judgements", filled, "-o", target)
    assert done.returncode == 0, done.stderr
    sheet = json.loads(target.read_text(encoding="utf-8"))
    assert sheet["score"]["share"] == 0.75
    assert sheet["score"]["provisional"]
    assert "Provisional score: 75 per cent" in done.stderr
    judged = {r["id"]: (r["judgement"], r["comment"]) for r in sheet["rows"] if r["judgement"]}
    assert judged == {"RE1": ("met", ""), "FM1": ("partly met", "Only in the subtitle.")}


def test_a_paper_that_changed_since_it_was_judged_is_said(run, paper, filled, tmp_path):
    paper.write_text(paper.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")
    done = run("check", paper, "--sheet", "good-practice", "--judgements", filled, "-o", tmp_path / "new.docx")
    assert done.returncode == 0
    assert "filled.xlsx: the judgements were given to another version of the paper" in done.stderr


def refused(run, *arguments):
    done = run("check", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.removeprefix("evaltrail: ")


@pytest.mark.parametrize(
    "options, said",
    [
        (["--sheet", "evaltrail", "-o", "s.docx"], "the profile “evaltrail” has no checklist"),
        (["--sheet", "nowhere", "-o", "s.docx"], "there is no profile “nowhere”"),
        (["--sheet", "uneg", "-o", "s.pdf"], "s.pdf: a sheet is written to a file that ends in .docx, .html, .json, .xlsx, not .pdf"),
        (["--sheet", "uneg", "-o", "sheet"], "sheet: a sheet is written to a file that ends in"),
        (["--sheet", "uneg"], "a sheet needs a file to go to"),
        (["--sheet", "uneg", "-o", "nowhere/s.docx"], "there is no directory nowhere"),
        (["--sheet", "uneg", "-o", "s.docx", "--format", "json"], "a sheet is written as the ending of its file says"),
        (["--sheet", "uneg", "-o", "s.docx", "--profile", "undp"], "a sheet is filled in against its own profile"),
        (["--sheet", "uneg", "-o", "s.docx", "--fix", "r.json"], "a sheet repairs nothing"),
        (["--judgements", "s.xlsx"], "judgements enter a sheet"),
        (["--sheet", "uneg", "-o", "s.docx", "--judgements", "none.xlsx"], "none.xlsx: the judgements cannot be read (No such file"),
        (
            ["--sheet", "uneg", "-o", "s.docx", "--judgements", "s.html"],
            "s.html: judgements come back from a file that ends in .docx, .json, .xlsx",
        ),
        (["--sheet", "uneg", "-o", "s.docx", "--judgements", "s.docx"], "s.docx holds the judgements and would be overwritten"),
    ],
)
def test_it_refuses_what_cannot_be_in_one_line(run, paper, tmp_path, options, said):
    assert refused(run, paper, *options, "--quiet").startswith(said)
    assert not (tmp_path / "s.docx").exists()


def test_it_refuses_two_papers_for_one_sheet(run, paper):
    assert refused(run, paper, "other.pdf", "--sheet", "uneg", "-o", "s.docx").startswith("a sheet is about one paper, and 2 are given")


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("j.json", "{", "j.json: it is not sound JSON"),
        ("j.json", "[" * 200_000, "j.json: it is not sound JSON"),
        ("j.json", "[]", "j.json: it holds no sheet: “profile” is missing"),
        ("j.json", '{"profile": "uneg"}', "j.json: it holds no sheet: neither “judgements” nor “rows”"),
        ("j.json", '{"profile": "uneg", "judgements": {"1.1": 1}}', "j.json: “judgements” does not give a word for each item's id"),
        ("j.json", '{"profile": "uneg", "judgements": {"9.9": "met"}}', "j.json: the profile “uneg” has no item 9.9"),
        (
            "j.json",
            '{"profile": "uneg", "judgements": {"1.1": "fine"}}',
            "j.json: item 1.1 is judged “fine”. It can be met, partly met, not met or not applicable",
        ),
        ("j.json", '{"profile": "undp", "judgements": {}}', "j.json: it is a sheet of profile “undp”, not of “uneg”"),
        ("j.xlsx", "no workbook", "j.xlsx: it is no XLSX file"),
        ("j.docx", "no document", "j.docx: it is no DOCX file"),
    ],
)
def test_it_refuses_judgements_that_are_none(run, paper_read, tmp_path, name, content, said):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert (
        refused(run, paper_read, "--sheet", "uneg", "-o", "s.docx", "--judgements", tmp_path / name)
        .partition(f"{tmp_path}/")[2]
        .startswith(said)
    )


def test_it_refuses_office_files_that_are_no_sheet(run, paper_read, tmp_path):
    import docx

    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    docx.Document().save(str(tmp_path / "other.docx"))
    for name, said in (("other.xlsx", "it has no worksheets “Sheet” and “About”"), ("other.docx", "it has no table with the columns")):
        assert said in refused(run, paper_read, "--sheet", "uneg", "-o", "s.docx", "--judgements", tmp_path / name)


def test_it_refuses_a_paper_that_cannot_be_read(run, tmp_path):
    assert "nothing.pdf" in refused(run, tmp_path / "nothing.pdf", "--sheet", "uneg", "-o", tmp_path / "s.docx")
