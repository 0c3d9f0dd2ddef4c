"""The papers that are measured: the project's sample, and where they are at hand the labelled papers that were not set aside."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = Path(str(files("evaltrail.sample"))) / "paper.pdf"


def pages_of(file: Path) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def reports() -> list[Path]:
    """All labelled PDFs that were not set aside, by name; none where the folder is missing."""
    shared = Path(os.environ.get("EVALTRAIL_SHARED") or ROOT.parent / "shared")
    lines = (ROOT / "tests" / "reading" / "held_out.txt").read_text(encoding="utf-8").splitlines()
    aside = {line.strip() for line in lines}
    return [file for file in sorted((shared / "reports").glob("*.pdf")) if file.stem not in aside]


def chosen() -> list[Path]:
    """The sample and of each organisation (the first word of the name) the paper of middle length."""
    by_organisation: dict[str, list[Path]] = {}
    for file in reports():
        by_organisation.setdefault(file.stem.split("_")[0], []).append(file)
    middle = [sorted(some, key=pages_of)[(len(some) - 1) // 2] for some in by_organisation.values()]
    return [SAMPLE, *middle]


def repeated(sources: list[Path], pages: int, target: Path) -> None:
    """Write a PDF of so many pages, made of the papers one after the other, again and again."""
    with pypdfium2.PdfDocument.new() as whole:
        while len(whole) < pages:
            for source in sources:
                with pypdfium2.PdfDocument(source) as document:
                    wanted = min(len(document), pages - len(whole))
                    whole.import_pages(document, range(wanted))
                if len(whole) == pages:
                    break
        whole.save(target)
