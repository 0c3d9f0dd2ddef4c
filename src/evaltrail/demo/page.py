"""One HTML page that shows a record beside its paper. It needs nothing from anywhere else, and no script."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from evaltrail.demo import summary
from evaltrail.demo.items import Entries
from evaltrail.demo.leaves import leaves, marks_of
from evaltrail.facsimile import page, threads

if TYPE_CHECKING:
    from evaltrail.record import Record

_LINKS = (("found", "What was found"), ("recommendations", "Recommendations"), ("pages", "Beside the paper"))
_FOOT = """Read by Evaltrail; nobody has confirmed it yet.
Every statement links to its place in the paper, and every box on a page to its statement."""


def page_html(record: Record, source: bytes | None = None) -> str:
    """The page as text.

    Args:
        record: what was read.
        source: the paper's bytes; with those of a PDF the page shows pictures of its pages.
    """
    entries = Entries.of(record)
    marks = marks_of(record, entries)
    title = record.document.title or "A paper without a title"
    body = (
        summary.head(record, title),
        summary.found(record, entries),
        summary.ratings(record, entries),
        summary.recommendations(record, entries),
        summary.messages(record, entries),
        summary.legend(record),
        leaves(record, entries, marks, source),
        summary.numbers(record, entries),
    )
    css = (files("evaltrail.demo") / "style.css").read_text(encoding="utf-8")
    return page(f"{title} · Evaltrail", _LINKS, "".join(body), _FOOT, f"{css}\n{threads(marks)}")
