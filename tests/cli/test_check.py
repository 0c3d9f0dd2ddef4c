"""``evaltrail check``: what it takes, what it gives out, and what the exit code says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample
from evaltrail.check.report import Report
from evaltrail.check.rule import rules
from evaltrail.check.wording import LANGUAGES
from evaltrail.cli.commands import check as command
from evaltrail.record import Record

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = "\n\n".join(f"Recommendation {n}: The Ministry should publish report number {n} by June 2026." for n in range(1, 14))
TOO_MANY = f"# Evaluation of the water programme\n\n## Recommendations\n\n{ITEMS}\n"
WRONG_COLUMN = """# Evaluation of the water programme

## Recommendations

### Recommendation 1

The Ministry should repair the wells.

| Responsible unit | Priority | Time implication | Resource implication |
| --- | --- | --- | --- |
| Ministry of Water | High | Medium-term | Medium-term |
"""
HOUSE = 'name = "house"\ntitle = "House rules"\nversion = "1"\n\n[rules]\nselect = ["REC001", "NUM001"]\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A profile of two rules, so that what other rules say of these small papers does not matter."""
    file = tmp_path / "house.toml"
    file.write_text(HOUSE, encoding="utf-8")
    return file


SOUND = "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: The Ministry should report.\n"


@pytest.fixture
def faulty_paper(tmp_path: Path) -> Path:
    file = tmp_path / "faulty.md"
    file.write_text(TOO_MANY, encoding="utf-8")
    return file


@pytest.fixture
def table_paper(tmp_path: Path) -> Path:
    file = tmp_path / "table.md"
    file.write_text(WRONG_COLUMN, encoding="utf-8")
    return file


# Most of what follows is about what is done with a paper once it has been read, and is tried with records.


@pytest.fixture
def faulty(record_of: Any, tmp_path: Path) -> Path:
    file = tmp_path / "faulty.json"
    file.write_bytes(record_of(TOO_MANY, "md"))
    return file


@pytest.fixture
def sound(record_of: Any, tmp_path: Path) -> Path:
    file = tmp_path / "sound.json"
    file.write_bytes(record_of(SOUND, "md"))
    return file


@pytest.fixture
def table(record_of: Any, tmp_path: Path) -> Path:
    file = tmp_path / "table.json"
    file.write_bytes(record_of(WRONG_COLUMN, "md"))
    return file


# Exit codes


def test_a_paper_with_a_fault_gives_1_and_shows_it(start: Any, faulty_paper: Path, house: Path) -> None:
    done = start("check", faulty_paper, "--profile", house, "--kind", "report")
    assert done.returncode == 1
    assert f"{faulty_paper}: REC001 [warning] " in done.stdout
    assert "^^^^" in done.stdout
    assert done.stderr == ""


def test_a_paper_without_gives_0(run: Any, sound: Path, house: Path) -> None:
    done = run("check", sound, "--profile", house)
    assert done.returncode == 0
    assert "nothing found" in done.stdout


def test_a_paper_that_cannot_be_read_gives_2(run: Any, tmp_path: Path) -> None:
    done = run("check", tmp_path / "none.pdf")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_some_of_several_that_cannot_be_read_give_3_and_the_rest_is_told(run: Any, faulty_paper: Path, house: Path, tmp_path: Path) -> None:
    done = run("check", faulty_paper, tmp_path / "none.pdf", "--profile", house, "--kind", "report")
    assert done.returncode == 3
    assert "REC001" in done.stdout
    assert "none.pdf" in done.stderr


def test_a_paper_that_was_read_in_part_gives_3(run: Any) -> None:
    done = run("check", sample.path("pdf"), "--max-pages", "3")
    assert done.returncode == 3
    assert "read in part" in done.stderr


def test_the_meaning_of_1_is_in_the_help(run: Any) -> None:
    assert "1    evaltrail check found something" in run("--help").stdout


# What it takes


def test_a_record_is_told_by_its_content(run: Any, faulty_paper: Path, house: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    record.write_text(run("read", faulty_paper).stdout, encoding="utf-8")
    for file, given in ((record, None), ("-", record.read_text())):
        done = run("check", file, "--profile", house, "--kind", "report", input=given)
        assert done.returncode == 1
        assert "REC001" in done.stdout


def test_a_paper_comes_by_standard_input(run: Any, house: Path) -> None:
    done = run("check", "-", "--profile", house, "--kind", "report", input=TOO_MANY)
    assert done.returncode == 1
    assert done.stdout.startswith("standard input: ")


def test_the_kind_decides_which_rules_are_run(run: Any, faulty: Path, house: Path) -> None:
    assert "REC001" not in run("check", faulty, "--profile", house, "--kind", "response").stdout


def test_only_stable_rules_are_run_where_it_is_asked_for(run: Any, sound: Path) -> None:
    report = Report.model_validate_json(run("check", sound, "--stable", "--format", "json").stdout)
    assert all(rules()[code].rule.status == "stable" for code in report.rules)


def test_dates_are_compared_with_the_day_given(run: Any, sound: Path) -> None:
    done = run("check", sound, "--today", "2020-02-29", "--format", "json")
    assert json.loads(done.stdout)["checked"] == "2020-02-29"


def test_papers_of_a_folder_are_read_as_a_corpus_and_bad_ones_are_said(run: Any, sound: Path, house: Path, tmp_path: Path) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    (folder / "good.md").write_text(TOO_MANY)
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = run("check", sound, "--corpus", folder, "--profile", house)
    assert done.returncode == 0
    assert "bad.pdf" in done.stderr


# What it gives out


def test_json_is_the_report(run: Any, faulty: Path, house: Path) -> None:
    done = run("check", faulty, "--profile", house, "--kind", "report", "--format", "json")
    report = Report.model_validate_json(done.stdout)
    assert [r.rule for r in report.remarks] == ["REC001"]
    assert report.profile.name == "house"


def test_several_papers_come_together_as_a_list(run: Any, faulty: Path, sound: Path, house: Path) -> None:
    done = run("check", sound, faulty, "--profile", house, "--kind", "report", "--format", "json")
    assert done.returncode == 1
    assert [len(r["remarks"]) for r in json.loads(done.stdout)] == [0, 1]


@pytest.mark.parametrize("form, ending", [("text", "txt"), ("json", "json"), ("sarif", "sarif"), ("html", "html")])
def test_several_papers_go_into_a_directory_each_in_its_file(
    form: str, ending: str, run: Any, faulty: Path, sound: Path, house: Path, tmp_path: Path
) -> None:
    done = run("check", faulty, sound, "--profile", house, "--kind", "report", "--format", form, "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "evaltrail: 2 files: 1 with remarks, 1 without, 0 not read\n"
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == [f"faulty.{ending}", f"sound.{ending}"]
    assert "REC001" in (tmp_path / "out" / f"faulty.{ending}").read_text(encoding="utf-8")


def test_several_pages_need_a_directory(run: Any, faulty: Path, sound: Path) -> None:
    done = run("check", faulty, sound, "--format", "html")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "evaltrail: 2 pages need a directory to go to. Give one with -o DIR\n")


def test_the_page_of_a_pdf_shows_its_pages_and_that_of_its_record_its_words(run: Any, tmp_path: Path) -> None:
    run("check", sample.path("pdf"), "--format", "html", "-o", tmp_path / "pdf.html")
    assert "<img" in (tmp_path / "pdf.html").read_text(encoding="utf-8")
    run("read", sample.path("pdf"), "-o", tmp_path / "record.json")
    run("check", tmp_path / "record.json", "--format", "html", "-o", tmp_path / "record.html")
    assert 'class="words' in (tmp_path / "record.html").read_text(encoding="utf-8")


def test_what_is_right_is_listed_where_it_is_asked_for(run: Any, sound: Path, house: Path) -> None:
    assert "[right]" in run("check", sound, "--profile", house, "--kind", "report", "--confirmations").stdout


def test_a_terminal_gets_colour_and_its_own_width_unless_it_wants_none(faulty: Path, house: Path) -> None:
    for environment, painted in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        said = at_a_terminal(
            "check", faulty.name, "--profile", str(house), "--kind", "report", "--quiet", folder=faulty.parent, **environment
        )
        assert ("\x1b[1;33mREC001 [warning]\x1b[0m" in said) is painted


def at_a_terminal(*arguments: str, folder: Path | None = None, **environment: str) -> str:
    """The program's output at a terminal of its own."""
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    main, other = pty.openpty()
    settings = {**os.environ, "TERM": "xterm", **environment}
    settings.pop("NO_COLOR", None) if "NO_COLOR" not in environment else None
    with subprocess.Popen([sys.executable, "-m", "evaltrail", *arguments], stdout=other, stderr=other, env=settings, cwd=folder) as program:
        os.close(other)
        out = b""
        while True:
            try:
                more = os.read(main, 4096)
            except OSError:
                break
            if not more:
                break
            out += more
        os.close(main)
        program.wait(60)
    return out.decode("utf-8", "replace")


# Repairs


def test_a_repaired_record_is_written_and_its_repairs_are_said(run: Any, table: Path, house: Path, tmp_path: Path) -> None:
    done = run("check", table, "--profile", house, "--kind", "report", "--fix", tmp_path / "fixed.json")
    assert done.returncode == 1
    assert 'NUM001 repaired: /evaluations/0/statements/0/as_printed/resources held "Medium-term" and now holds nothing' in done.stderr
    record = Record.from_json((tmp_path / "fixed.json").read_bytes())
    assert record.evaluations[0].statements[0].as_printed.resources is None  # type: ignore[union-attr]
    again = run("check", tmp_path / "fixed.json", "--profile", house, "--kind", "report")
    assert again.returncode == 0


def test_a_record_without_repairs_is_written_as_it_was(run: Any, sound: Path, house: Path, tmp_path: Path) -> None:
    done = run("check", sound, "--profile", house, "--fix", tmp_path / "fixed.json")
    assert "nothing that could be repaired safely" in done.stderr
    assert Record.from_json((tmp_path / "fixed.json").read_bytes()).pages


@pytest.mark.parametrize("given", ["table.md", "link.md"])
def test_what_was_given_is_never_written_over(given: str, run: Any, table_paper: Path, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(table_paper)
    done = run("check", table_paper, "--fix", tmp_path / given)
    assert done.returncode == 2
    assert done.stderr.endswith("would be overwritten. Give another place with --fix\n")
    assert table_paper.read_text() == WRONG_COLUMN


def test_report_and_record_do_not_go_to_one_file(run: Any, table: Path, tmp_path: Path) -> None:
    done = run("check", table, "--format", "json", "-o", tmp_path / "a.json", "--fix", tmp_path / "a.json")
    assert done.returncode == 2
    assert "would both be written to" in done.stderr
    assert not (tmp_path / "a.json").exists()


# Rules


def test_all_rules_are_listed(run: Any) -> None:
    done = run("check", "--rules")
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.splitlines()[1:]]
    assert listed == list(rules())


@pytest.mark.parametrize("asked", ["REC001", "rec001", "too-many"])
def test_a_rule_is_explained_with_examples(asked: str, run: Any) -> None:
    done = run("check", "--explain", asked)
    assert done.returncode == 0
    assert done.stdout.startswith("REC001 too-many [warning, ")
    assert "Why it is bad" in done.stdout
    assert "Example that is right" in done.stdout


def test_a_rule_that_is_not_there_cannot_be_explained(run: Any) -> None:
    done = run("check", "--explain", "XYZ999")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "evaltrail: there is no rule “XYZ999”. evaltrail check --rules lists them\n"


# Other languages


def test_remarks_come_in_another_language_and_the_rest_as_always(run: Any, table: Path, house: Path) -> None:
    done = run("check", table, "--profile", house, "--kind", "report", "--language", "fr")
    assert f"{table}: NUM001 [error] La recommandation 1 a un délai, « Medium-term »" in " ".join(done.stdout.split())
    assert done.returncode == 1
    spanish = run("check", table, "--profile", house, "--kind", "report", "--language", "es", "--format", "sarif")
    (result,) = json.loads(spanish.stdout)["runs"][0]["results"]
    assert result["message"]["text"] == "La recomendación 1 tiene un plazo, «Medium-term», en la columna de los recursos."
    english = run("check", table, "--profile", house, "--kind", "report", "--format", "sarif")
    assert result["partialFingerprints"] == json.loads(english.stdout)["runs"][0]["results"][0]["partialFingerprints"]


def test_a_language_that_the_checks_do_not_speak_is_refused(run: Any, table: Path) -> None:
    done = run("check", table, "--language", "pt")
    assert done.returncode == 2
    assert "'en', 'es', 'fr'" in done.stderr


def test_the_command_names_the_languages_that_the_checks_speak() -> None:
    assert command.LANGUAGES == LANGUAGES
