"""How long writing takes: a paper of 40 pages with three charts, made of the sample.

The sample has three parts with a chart each.  Its running text is repeated, every copy with a number of its own, until the PDF has the
pages that are wanted, so that the paper keeps its three charts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path

    from evaltrail.record import Passage, Record

PAGES = 40


def grown(file: Path, pages: int = PAGES) -> tuple[Record, int]:
    """The record of a paper with so much running text that its PDF has at least ``pages``, and how many it then has."""
    from evaltrail.read import read

    record = read(file)
    for times in range(1, 100):
        long = record.model_copy(update={"passages": tuple(_repeated(record, times))})
        count = len(pypdfium2.PdfDocument(written(long, "pdf")))
        if count >= pages:
            return long, count
    raise ValueError(f"{file.name} has no running text to repeat")


def _repeated(record: Record, times: int) -> list[Passage]:
    out: list[Passage] = []
    place: dict[int, int] = {}
    for i, p in enumerate(record.passages):
        above = place[p.section] if p.section is not None else None
        place[i] = len(out)
        out.append(p.model_copy(update={"section": above}))
        if p.kind == "paragraph" and len(p.text) > 200:
            copies = (
                p.model_copy(update={"text": f"({n}) {p.text}", "marker": "", "marks": (), "places": ()}) for n in range(2, times + 1)
            )
            out.extend(c.model_copy(update={"section": above, "bold": (), "italic": ()}) for c in copies)
    return out


def written(record: Record, to: str) -> bytes:
    """The paper in one format."""
    from evaltrail.write import written as paper

    return paper(record, to)
