"""One HTML page that shows a record beside its paper. It needs nothing from anywhere else, and no script."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from evaltrail.demo import summary
from evaltrail.demo.images import faces
from evaltrail.demo.items import Entries
from evaltrail.demo.leaves import leaves, marks_of

if TYPE_CHECKING:
    from evaltrail.demo.marks import Mark
    from evaltrail.record import Record

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
"""
_LOGO = (
    '<svg viewBox="0 0 26 16" aria-hidden="true">'
    '<path d="M3 12C8 12 8 4 13 4s5 8 10 8" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path fill="currentColor" d="M0 9h6v6H0zM10 1h6v6h-6zM20 9h6v6h-6z"/></svg>'
)
_TOP = f"""<a class="skip" href="#found">To what was found</a>
<div class="top"><div class="wrap"><span class="brand">{_LOGO}Evaltrail</span><nav aria-label="On this page">
<a href="#found">What was found</a><a href="#recommendations">Recommendations</a><a href="#pages">Beside the paper</a>
</nav></div></div>
"""
_FOOT = """<footer class="wrap">Read by Evaltrail; nobody has confirmed it yet.
Every statement links to its place in the paper, and every box on a page to its statement.</footer>
"""


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
    return (
        f"{_HEAD}<title>{escape(title)} · Evaltrail</title>\n<style>\n{faces()}\n{css}\n{_threads(marks)}</style>\n</head>\n"
        f'<body>\n{_TOP}<main class="wrap">\n{"".join(body)}</main>\n{_FOOT}</body>\n</html>\n'
    )


def _threads(marks: list[Mark]) -> str:
    """One thread a statement: pointing at the entry lights its boxes, pointing at a box lights the entry."""
    rules = []
    for m in marks:
        entry = f".leaf:has(#{m.anchor}:is(:hover, :focus-within, :target), .also-{m.anchor}:hover)"
        rules.append(
            f"{entry} .b.{m.anchor} rect:not(.flag) {{ stroke-width: 2.6; fill: color-mix(in srgb, var(--kind) 16%, transparent); }}"
        )
        rules.append(f"{entry} .m.{m.anchor} {{ background: color-mix(in srgb, var(--kind) 22%, transparent); }}")
        box = f".leaf:has(.{m.anchor}:is(:hover, :focus-visible))"
        rules.append(f"{box} :is(#{m.anchor}, .also-{m.anchor}) {{ background: var(--sheet); border-left-color: var(--kind); }}")
    return "\n".join(rules) + "\n"
