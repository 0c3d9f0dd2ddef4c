"""A quality sheet as one HTML page that needs nothing from elsewhere and no script, for reading and printing.

Judgements do not come back from it: a page that is printed or mailed has no fields to fill in.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from evaltrail.check.sheet import counted
from evaltrail.check.sheets._words import HEADS, SIGNS, facts, found_in_words, sources, where

if TYPE_CHECKING:
    from evaltrail.check.sheet import Row, Sheet

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
"""


def write(sheet: Sheet) -> bytes:
    """The sheet as an HTML page."""
    css = (files("evaltrail.check.sheets") / "sheet.css").read_text(encoding="utf-8")
    body = "".join(_section(n, title, rows) for n, (title, rows) in enumerate(sheet.sections.items(), 1))
    page = (
        f"{_HEAD}<title>Quality sheet: {escape(sheet.title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>\n"
        f"{_top(sheet)}{body}{_end(sheet)}</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _top(sheet: Sheet) -> str:
    named = [*facts(sheet)[1:-1], ("Found", "; ".join(f"{n} {w}" for w, n in counted(sheet)))]
    rows = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in named)
    notes = "".join(f'<p class="note">{escape(n)}</p>\n' for n in (*sheet.notes, *([sheet.note] if sheet.note else [])))
    return (
        f'<p class="small">Quality sheet</p>\n<h1>{escape(sheet.title)}</h1>\n<dl class="facts">{rows}</dl>\n'
        f'<p class="score">{escape(sheet.score.in_words)}</p>\n<p class="small">{escape(found_in_words(sheet))}</p>\n{notes}'
    )


def _section(number: int, title: str, rows: list[Row]) -> str:
    classes = ("id", "asked", "found", "", "judged")
    heads = "".join(
        f'<th scope="col" class="{c}">{h}</th>' if c else f'<th scope="col">{h}</th>' for c, h in zip(classes, HEADS, strict=True)
    )
    return (
        f'<h2 id="s{number}">{escape(title)}</h2>\n<div class="scroll" tabindex="0" role="region" aria-labelledby="s{number}"><table>'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(map(_row, rows))}</tbody></table></div>\n"
    )


def _row(row: Row) -> str:
    about = [
        escape(row.source),
        f"weight {row.weight:g}" if row.weight != 1 else "",
        '<span class="must">must pass</span>' if row.must_pass else "",
    ]
    small = " · ".join(a for a in about if a)
    told = f'<p class="small">{small}</p>' if small else ""
    judged = escape(row.judgement or "") or '<span class="small">not judged</span>'
    comment = f'<p class="small">{escape(row.comment)}</p>' if row.comment else ""
    return (
        f'<tr class="{row.found.replace(" ", "-")}"><th scope="row">{escape(row.id)}</th>'
        f'<td><p class="asked-text">{escape(row.text)}</p>{told}</td>'
        f'<td><span class="state"><i aria-hidden="true">{SIGNS[row.found]}</i>{escape(row.suggestion)}</span></td>'
        f"<td>{_evidence(row)}</td><td>{judged}{comment}</td></tr>\n"
    )


def _evidence(row: Row) -> str:
    items = "".join(
        f'<li>{escape(e.message)} <span class="small">{escape(where(e))}</span>'
        + (f"<blockquote>{escape(e.words)}</blockquote>" if e.words else "")
        + "</li>"
        for e in row.evidence
    )
    shown = f'<ul class="evidence">{items}</ul>' if items else ""
    small = [*([f"and {row.more} more"] if row.more else []), *([escape(row.why)] if row.why else [])]
    return shown + "".join(f'<p class="small">{words}</p>' for words in small)


def _end(sheet: Sheet) -> str:
    if not sheet.sources:
        return ""
    items = "".join(f'<li>{escape(words)} <a href="{escape(url)}">{escape(url)}</a></li>' for words, url in sources(sheet))
    return f'<h2>Sources</h2>\n<ul class="small">{items}</ul>\n'
