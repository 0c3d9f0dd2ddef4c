"""``evaltrail write``: what it takes, where it writes, and what it says when it cannot."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample
from evaltrail.cli import main
from evaltrail.link import linked
from evaltrail.read import read
from evaltrail.record import Record
from evaltrail.write.formats import formats
from evaltrail.write.papers import kinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMATS = sorted(formats())
ENDINGS = sorted(e for f in formats().values() for e in f.ENDINGS)


@dataclass
class Done:
    """What came of a call."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def write(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """The command, in this process: one of its own takes longer to start than the writing."""

    def call(*arguments: str | Path, given: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
        code = main(["write", *map(str, arguments)])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return call


@pytest.fixture(scope="module")
def source() -> bytes:
    """The record of a small paper, as evaltrail read writes it."""
    text = (
        "# Evaluation of the ferries\n\n## Findings\n\nFinding 1. The boats are late.\n\n## Recommendations\n\n"
        "Recommendation 1: The Fleet Unit should buy a spare engine.\n"
    )
    return linked(read(text.encode(), name="ferries.md")).to_json(indent=None).encode() + b"\n"


@pytest.fixture
def record(source: bytes, tmp_path: Path) -> Path:
    """A file with it."""
    (tmp_path / "record.json").write_bytes(source)
    return tmp_path / "record.json"


def told(done: Any, code: int = 2) -> str:
    """The one line that is said."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert "fault in Evaltrail" not in done.stderr
    return str(done.stderr).removeprefix("evaltrail: ").rstrip("\n")


# What is written


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_says_what_is_written(ending: str, write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    done = write(record, "-o", tmp_path / f"paper{ending}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / f"paper{ending}").stat().st_size > 0


def test_an_ending_in_capitals_is_the_same(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    assert write(record, "-o", tmp_path / "PAPER.CSV").returncode == 0
    assert "spare engine" in (tmp_path / "PAPER.CSV").read_text(encoding="utf-8-sig")


def test_json_is_what_read_gives(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    write(record, "-o", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == record.read_bytes()


def test_a_paper_is_read_first(write: Callable[..., Done], paper: Path, tmp_path: Path) -> None:
    done = write(paper, "-o", tmp_path / "a.csv")
    assert done.returncode == 0
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as f:
        (row,) = csv.DictReader(f)
    assert row["text"] == "The Ports Unit should train the pilots."


def test_a_paper_that_was_read_in_part_gives_3_and_is_written(write: Callable[..., Done], tmp_path: Path) -> None:
    done = write(sample.path("pdf"), "--max-pages", "7", "-o", tmp_path / "a.csv")
    assert done.returncode == 3
    assert "read in part" in done.stderr
    assert (tmp_path / "a.csv").exists()


def test_a_companion_goes_with_it(write: Callable[..., Done], tmp_path: Path) -> None:
    head = '{"schema": "evaltrail.record/1", "evaluations": [{"id": "1", "statements": ['
    (tmp_path / "report.json").write_text(head + '{"kind": "recommendation", "id": "r", "number": "1", "text": "Train."}]}]}')
    (tmp_path / "reply.json").write_text(head + '{"kind": "response", "id": "a", "number": "1", "text": "We agree."}]}]}')
    done = write(tmp_path / "report.json", "--with", tmp_path / "reply.json", "--to", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = csv.DictReader(done.stdout.removeprefix("\ufeff").splitlines())
    assert (row["text"], row["response"]) == ("Train.", "We agree.")


def test_a_house_is_a_folder(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "house.toml").write_text('organisation = "Ferry Office"\naccent = "#7a1f1f"\n')
    for name, options in (("plain", ()), ("own", ("--house", tmp_path / "house"))):
        assert write(record, "-o", tmp_path / f"{name}.html", *options).returncode == 0
    plain, own = ((tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("plain", "own"))
    assert "7a1f1f" in own
    assert "7a1f1f" not in plain


# Where it goes


def test_standard_input_and_output(write: Callable[..., Done], record: Path) -> None:
    for options in (("--to", "json"), ("--to", "json", "-o", "-")):
        done = write("-", *options, given=record.read_text(encoding="utf-8"))
        assert (done.returncode, done.stderr) == (0, "")
        assert Record.from_json(done.stdout).document.title == "Evaluation of the ferries"


def test_several_go_into_a_directory_under_their_stems(write: Callable[..., Done], record: Path, paper: Path, tmp_path: Path) -> None:
    done = write(record, paper, "--to", "csv", "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "evaltrail: 2 papers: 2 written, 0 of what could be read, 0 not\n"
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["paper.csv", "record.csv"]


def test_one_goes_into_a_directory_that_is_there(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert write(record, "--to", "csv", "-o", tmp_path / "out").returncode == 0
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["record.csv"]


def test_one_of_several_that_cannot_be_written_gives_3(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text('{"schema": "evaltrail.record/1"}')
    done = write(record, tmp_path / "empty.json", tmp_path / "none.json", "--to", "csv", "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "empty.json: it has no recommendations" in done.stderr
    assert "none.json: there is no such file" in done.stderr
    assert "3 papers: 1 written, 0 of what could be read, 2 not" in done.stderr
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["record.csv"]


def test_a_file_without_ending_takes_what_is_named(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    assert write(record, "--to", "csv", "-o", tmp_path / "table").returncode == 0
    assert (tmp_path / "table").read_bytes().startswith(b"\xef\xbb\xbf")


# What it says


def test_its_help_lists_kinds_with_what_they_are_and_formats(run: Any) -> None:
    said = run("write", "--help", env=os.environ | {"COLUMNS": "200"}).stdout
    for kind in kinds().values():
        assert f"  {kind.NAME}" in said
        assert kind.HELP in said
    assert ", ".join(formats()) in said


@pytest.mark.parametrize(
    "options, said",
    [
        (("-o", "paper.docs"), "paper.docs: .docs is no ending of a format. Did you mean .docx? Endings: "),
        (("-o", "paper.doc"), "paper.doc: .doc is no ending of a format. Did you mean .docx? Endings: "),
        (("-o", "paper.ods"), "paper.ods: .ods is no ending of a format. Did you mean .xlsx? Endings: "),
        (("-o", "paper.q"), "paper.q: .q is no ending of a format. Endings: "),
        (("-o", "paper"), "paper has no ending that says what to write. Say it with --to: csv"),
        ((), "standard output has no ending that says what to write. Say it with --to: csv"),
        (("-o", "out/"), "out/ has no ending that says what to write. Say it with --to: csv"),
        (("--to", "exel", "-o", "paper"), "there is no format “exel”. Formats: csv"),
        (("--to", "htlm"), "there is no format “htlm”. Did you mean html? Formats: csv"),
        (("--to", "csv", "-o", "paper.xlsx"), "paper.xlsx is a name for xlsx, and --to says csv. Give one of them"),
        (("--as", "sam", "--to", "html"), "there is no kind of paper “sam”. Did you mean same? Kinds: "),
        (("--as", "same", "--to", "csv"), "csv holds the record itself, whatever the kind of paper. Leave --as out"),
        (("--house", "none", "--to", "html"), "none: there is no such folder"),
        (("-o", "none/paper.csv"), "there is no directory none. Make it, or give another place with -o"),
        (("-o", "record.json"), "record.json is one of the files to be read and would be overwritten. Give another place with -o"),
        (("--with", "-", "--to", "csv", "-o", "out", "-"), "standard input can be one record only. Give the other as a file"),
        (("--with", "other.json", "-o", "other.json"), "other.json is one of the records given and would be overwritten."),
        (("--with", "none.json", "--to", "csv"), "none.json: there is no such file"),
        (("--to", "csv", "none.json"), "2 files need a directory to go to. Give one with -o DIR"),
    ],
)
def test_a_wrong_call_is_one_line_with_the_remedy(
    options: tuple[str, ...], said: str, write: Callable[..., Done], record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.json").write_bytes(record.read_bytes())
    before = {f: f.read_bytes() for f in tmp_path.iterdir()}
    monkeypatch.chdir(tmp_path)
    done = write(*options, "record.json")
    line = done.stderr.splitlines()[0] + "\n" if "none.json" in said else done.stderr
    assert (done.returncode, done.stdout) == (2, "")
    assert line.startswith(f"evaltrail: {said}")
    assert line.count("\n") == 1
    assert {f: f.read_bytes() for f in tmp_path.iterdir()} == before


def test_what_was_given_is_not_written_over_by_a_link_to_it(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(record)
    before = record.read_bytes()
    assert "would be overwritten" in told(write(record, "-o", tmp_path / "link.json"))
    assert record.read_bytes() == before


def test_a_record_that_lacks_what_the_paper_is_made_of_is_one_line(write: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text('{"schema": "evaltrail.record/1"}')
    said = told(write(tmp_path / "empty.json", "-o", tmp_path / "a.csv"))
    assert said.startswith(f"{tmp_path / 'empty.json'}: it has no recommendations")
    assert not (tmp_path / "a.csv").exists()


# When something breaks


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110  # a device
@pytest.mark.parametrize("options", [("-o", "/dev/full"), ()])
def test_a_full_disk_is_one_line(options: tuple[str, ...], run: Any, record: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        done = run("write", record, "--to", "json", *options, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr


def test_a_reader_that_leaves_early_is_no_fault(record: Path) -> None:
    command = f"{sys.executable} -m evaltrail write {record} --to json | head -c 1"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{", "")


def test_a_directory_that_nobody_may_write_to_is_one_line(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "closed").mkdir(mode=0o500)
    assert "permission denied" in told(write(record, "-o", tmp_path / "closed" / "a.csv"))


def test_a_file_of_before_stays_until_the_new_one_is_whole(write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before")
    (tmp_path / "empty.json").write_text('{"schema": "evaltrail.record/1"}')
    assert write(tmp_path / "empty.json", "-o", tmp_path / "a.csv").returncode == 2
    assert (tmp_path / "a.csv").read_text() == "before"
    assert write(record, "-o", tmp_path / "a.csv").returncode == 0
    assert (tmp_path / "a.csv").read_text() != "before"


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_ctrl_c_leaves_nothing_behind(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "evaltrail", "write", str(record), "-", "--to", "csv", "-o", str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        while not out.is_dir():  # made before anything is read; then standard input is waited for
            time.sleep(0.02)
        time.sleep(0.2)
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=30)
    assert program.returncode == 130
    assert "Traceback" not in said
    assert list(out.iterdir()) == []


def test_a_terminal_is_not_given_what_nobody_can_read(record: Path) -> None:
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    main, other = pty.openpty()
    command = [sys.executable, "-m", "evaltrail", "write", str(record), "--to", "xlsx"]
    done = subprocess.run(command, stdout=other, stderr=subprocess.PIPE, text=True, check=False)
    os.close(other)
    os.close(main)
    assert done.returncode == 2
    assert done.stderr == "evaltrail: xlsx is nothing for a terminal. Give a file with -o paper.xlsx\n"


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_record_gives_the_same_file(ending: str, write: Callable[..., Done], record: Path, tmp_path: Path) -> None:
    for name in "ab":
        assert write(record, "-o", tmp_path / f"{name}{ending}").returncode == 0
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()
