"""Text for a person at a terminal, or a line a remark for other programs."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from evaltrail.check.formats._excerpt import excerpt, plain
from evaltrail.check.formats._words import basis, by_family, by_severity, counted, doubts, paged, where
from evaltrail.check.run import words_at
from evaltrail.text.normal import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.check.formats import Checked, Style
    from evaltrail.check.formats._excerpt import Row
    from evaltrail.check.report import RelatedPlace, Remark
    from evaltrail.record import Place

NAME = "text"
ENDING = ".txt"

ROWS = 2
"""Rows of the page that one remark shows."""
RELATED = 3
"""Other places that one remark shows."""
_COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;36", "right": "1;32", "bold": "1", "dim": "2"}


def written(checked: Sequence[Checked], style: Style) -> str:
    """A block a remark, in reading order, what the whole paper lacks first; then the counts."""
    blocks: list[str] = []
    for c in checked:
        blocks += [_remark(c, r, style, r.severity) for r in c.report.remarks]
        if style.confirmations:
            blocks += [_remark(c, r, style, "right") for r in c.report.confirmations]
    closing = [_summary(c, style) for c in checked]
    if len(checked) > 1:
        closing.append(_total(checked, style))
    return "\n\n".join([*blocks, *closing, *_hint(checked)]) + "\n"


def _paint(words: str, colour: str, style: Style) -> str:
    return f"\x1b[{_COLOURS[colour]}m{words}\x1b[0m" if style.colour and words else words


def _remark(c: Checked, remark: Remark, style: Style, kind: str) -> str:
    at = where(c.record, remark.places)
    start = ": ".join(x for x in (c.name, at) if x) + ": "
    said = doubts(remark) if kind != "right" else ""
    code = f"{remark.rule} [{kind}]"
    words = f"{plain(remark.message)}{f' ({said})' if said else ''}"
    # Broken first and painted then, for paint takes no columns.
    lines = textwrap.wrap(f"{start}{code} {words}", style.width, subsequent_indent="  ") if style.wrap else [f"{start}{code} {words}"]
    lines[0] = lines[0].replace(f"{start}{code}", f"{_paint(start, 'bold', style)}{_paint(code, kind, style)}", 1)
    lines += _passage(c, remark.places, style, kind, ROWS)
    for r in remark.related[:RELATED]:
        lines += _related(c, r, style)
    if len(remark.related) > RELATED:
        lines += _note("related", f"and {counted(len(remark.related) - RELATED, 'more place')}", style)
    if remark.proposal:
        lines += _note("proposal", remark.proposal, style)
    if remark.repair:
        lines += _note("repair", "can be made with --fix", style)
    return "\n".join(lines)


def _related(c: Checked, related: RelatedPlace, style: Style) -> Iterator[str]:
    at = where(c.record, related.places) if related.places else ""
    rows = list(_passage(c, related.places, style, "dim", 1))
    # Words that are about to be shown at their place need not be said first.
    said = squeeze(words_at(c.record, related.places))
    words = "" if rows and squeeze(related.text).strip('“”"«» …')[:20] == said[:20] and at else related.text
    yield from _note("related", ": ".join(x for x in (at, words) if x), style)
    yield from rows


def _note(name: str, words: str, style: Style) -> list[str]:
    text = plain(words)
    start = f"    = {name}: "
    lines = textwrap.wrap(text, style.width, initial_indent=start, subsequent_indent=" " * 6) if style.wrap else [start + text]
    lines[0] = lines[0].replace(start, f"    {_paint('=', 'dim', style)} {_paint(f'{name}:', 'bold', style)} ", 1)
    return lines


def _passage(c: Checked, places: Sequence[Place], style: Style, colour: str, most: int) -> Iterator[str]:
    rows, more = excerpt(c.record, places, style.width - 6, most)
    page = rows[0].page if rows else 0
    for row in rows:
        if row.page != page and paged(c.record):
            yield f"    {_paint('|', 'dim', style)} {_paint(f'page {row.page}', 'dim', style)}"
        page = row.page
        yield f"    {_paint('|', 'dim', style)} {row.words}"
        yield f"    {_paint('|', 'dim', style)} {_paint_under(row, colour, style)}"
    if more and most > 1:
        yield f"    {_paint('| … and ' + counted(more, 'more line'), 'dim', style)}"


def _paint_under(row: Row, colour: str, style: Style) -> str:
    out, at = "", 0
    for start, end in row.marks:
        out += " " * (start - at) + _paint("^" * (end - start), colour, style)
        at = end
    return out


def _summary(c: Checked, style: Style) -> str:
    report = c.report
    basis_ = basis(report, c.record)
    if not report.remarks:
        lines = [f"{_paint(c.name, 'bold', style)}: {_paint('nothing found', 'right', style)} ({basis_})"]
    else:
        lines = [f"{_paint(c.name, 'bold', style)}: {by_severity(report.remarks)} ({basis_})"]
        families = by_family(report.remarks)
        widest = max(len(f) for f, _ in families)
        most = max(n for _, n in families)
        scale = min(1.0, 30 / most)
        lines += [f"  {f:<{widest}}  {n:>3}  {'#' * max(1, round(n * scale))}" for f, n in families]
    repairs = sum(1 for r in report.remarks if r.repair)
    if report.suppressed:
        lines.append(f"  {counted(len(report.suppressed), 'remark')} suppressed by the profile")
    lines += [f"  expired: {plain(e)}" for e in report.expired]
    if repairs:
        lines.append(f"  {counted(repairs, 'remark')} can be mended in the record: --fix OUT")
    if report.confirmations and not style.confirmations:
        lines.append(f"  {counted(len(report.confirmations), 'thing was', 'things were')} looked at and found right: --confirmations")
    return "\n".join(lines)


def _total(checked: Sequence[Checked], style: Style) -> str:
    remarks = [r for c in checked for r in c.report.remarks]
    words = f"{len(checked)} papers: {by_severity(remarks) or 'nothing found'}"
    return _paint(words, "bold", style)


def _hint(checked: Sequence[Checked]) -> list[str]:
    codes = [r.rule for c in checked for r in c.report.remarks]
    return [f"What a rule means and why: evaltrail check --explain {codes[0]}"] if codes else []
