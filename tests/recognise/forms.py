"""Response matrices and forms as offices use them, written for these tests as small HTML pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.formats import Options, html
from evaltrail.read.recognise.pipeline import recognise

if TYPE_CHECKING:
    from evaltrail.record import Recommendation, Record, Response


def read(body: str, language: str = "en") -> Record:
    """The record of an HTML page with this body."""
    page = f"<!doctype html><html lang='{language}'><head><title>Test</title></head><body><main>{body}</main></body></html>"
    return recognise(html.outline(page.encode(), Options()))


def recommendations(record: Record) -> list[Recommendation]:
    """Its recommendations, parts aside."""
    return [s for e in record.evaluations for s in e.statements if s.kind == "recommendation" and s.parent is None]


def responses(record: Record) -> list[Response]:
    """Its responses."""
    return [s for e in record.evaluations for s in e.statements if s.kind == "response"]


def answered(record: Record) -> list[tuple[str, ...]]:
    """For each response the numbers of the recommendations that it answers."""
    numbers = {r.id: r.number or "" for r in recommendations(record)}
    return [tuple(numbers[a.id] for a in r.answers) for r in responses(record)]


def table(*rows: str, header: bool = True) -> str:
    """A table of rows given as cells between bars; a cell over all columns is written alone; the first row is of headings."""
    width = max(r.count("|") for r in rows) + 1
    out = []
    for n, row in enumerate(rows):
        cells = [c.strip() for c in row.split("|")]
        tag = "th" if header and not n else "td"
        if len(cells) == 1:
            out.append(f"<tr><{tag} colspan='{width}'>{cells[0]}</{tag}></tr>")
        else:
            out.append("<tr>" + "".join(f"<{tag}>{c}</{tag}>" for c in cells) + "</tr>")
    return "<table>" + "".join(out) + "</table>"
