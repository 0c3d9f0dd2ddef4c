"""``evaltrail demo``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def test_it_reads_the_sample_and_leaves_its_record_and_a_page(run: Any, tmp_path: Path) -> None:
    done = run("demo", "-o", tmp_path / "out", "--no-browser")
    assert (done.returncode, done.stderr) == (0, "")
    record = Record.from_json((tmp_path / "out" / "demo.json").read_text(encoding="utf-8"))
    assert record.document.media_type == "application/pdf"
    assert str(tmp_path / "out" / "demo.html") in done.stdout
    assert (tmp_path / "out" / "demo.html").is_file()
    assert (tmp_path / "out" / "check.html").is_file()
    assert "NUM001 page" in done.stdout
    assert (tmp_path / "out" / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "out" / "paper.docx").read_bytes().startswith(b"PK")
    assert "Read again, both papers say all" in done.stdout


def test_it_reads_another_paper(start: Any, paper: Path, tmp_path: Path) -> None:
    assert start("demo", paper, "-o", tmp_path / "out", "--no-browser").returncode == 0
    assert "harbour" in (tmp_path / "out" / "demo.html").read_text(encoding="utf-8")


def test_it_says_why_a_paper_cannot_be_read(run: Any, tmp_path: Path) -> None:
    done = run("demo", tmp_path / "no.pdf", "-o", tmp_path / "out", "--no-browser")
    assert done.returncode == 2
    assert done.stderr == f"evaltrail: {tmp_path}/no.pdf: there is no such file. Check the name\n"


def test_it_says_where_nothing_can_be_written(run: Any) -> None:
    done = run("demo", "-o", "/dev/null/out", "--no-browser")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "/dev/null" in done.stderr
