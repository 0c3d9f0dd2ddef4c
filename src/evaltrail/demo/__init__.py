"""The demo: read and check the sample paper, write it again from its record, and show what came out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.demo.terminal import remarks_table, summary_table

if TYPE_CHECKING:
    import os

    from evaltrail.check.formats import Checked
    from evaltrail.record import Record

__all__ = ["run", "summary_table", "write_demo_page"]


def write_demo_page(record: Record, source: bytes | str | os.PathLike[str] | None, out: str | os.PathLike[str]) -> Path:
    """Write one HTML page that shows a record beside its paper; it needs no network and no script.

    Args:
        record: what was read.
        source: the paper as bytes or as the path of its file; a PDF is shown in pictures of its pages,
            every other format (and None) by its words.
        out: file to write; folders that are missing are made.

    Returns:
        The path written.
    """
    from evaltrail.demo.page import page_html

    data = source if isinstance(source, bytes) or source is None else Path(source).read_bytes()
    path = Path(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page_html(record, data), encoding="utf-8")
    return path


def run(out_dir: str | os.PathLike[str] = "out", source: str | os.PathLike[str] | None = None, *, browser: bool | None = None) -> Path:
    """Read and check a paper (the sample where none is given), write it anew, print what was found, and make two pages.

    Args:
        out_dir: folder for ``demo.html``, ``demo.json``, the record, ``check.html``, what a check says, and the paper
            written from the record, ``paper.pdf`` and ``paper.docx``.
        source: another paper than the sample.
        browser: open the page in a browser; None opens it only where a person sits at the terminal.

    Returns:
        The path of the page that shows what was read.

    Raises:
        evaltrail.read.formats.Unreadable: the paper cannot be read.
    """
    from evaltrail import sample
    from evaltrail.check.formats import Style, formats
    from evaltrail.link import linked
    from evaltrail.read import read

    paper = Path(source) if source is not None else sample.path("pdf")
    record = linked(read(paper))
    folder = Path(out_dir)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo.json").write_text(record.to_json() + "\n", encoding="utf-8")
    page = write_demo_page(record, paper, folder / "demo.html").resolve()
    checked = _checked(record, paper)
    check_page = page.with_name("check.html")
    check_page.write_text(formats()["html"].written([checked], Style()), encoding="utf-8")
    found = remarks_table(checked.report)
    written = _write(record, page.parent)
    files = f"Record  {page.with_suffix('.json')}\nPage    {page}\nCheck   {check_page}\n" + "".join(f"Paper   {w}\n" for w in written)
    told = _read_back(record, written)
    sys.stdout.write(f"{summary_table(record)}\n\n{found}\n\n{paper.name} read, checked, and written anew from its record. {told}\n{files}")
    sys.stdout.flush()
    if sys.stdout.isatty() and sys.stdin.isatty() if browser is None else browser:
        import webbrowser

        webbrowser.open(page.as_uri())
    return page


def _checked(record: Record, paper: Path) -> Checked:
    from evaltrail.check import check
    from evaltrail.check.formats import Checked

    return Checked(paper.name, record, check(record), paper.read_bytes(), str(paper))


def _write(record: Record, folder: Path) -> list[Path]:
    """The paper from the record, in the formats that are printed and that are edited."""
    from evaltrail.write import write

    return [write(record, folder / name) for name in ("paper.pdf", "paper.docx")]


def _read_back(record: Record, papers: list[Path]) -> str:
    """What of the record comes back when the written papers are read: a sentence with the count."""
    from evaltrail.read import read
    from evaltrail.record import discrepancies, facts

    count = sum(facts(record).values())
    lost = [sum(d.lost for d in discrepancies(record, read(p))) for p in papers]
    if not any(lost):
        return f"Read again, both papers say all {count} things that the first one said."
    return f"Read again, they say {' and '.join(str(count - n) for n in lost)} of the {count} things that the first one said."
