"""HTML: one page that shows the remarks beside the paper. It needs nothing from anywhere else, and no script."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING

from evaltrail.check.formats import _page_parts as parts
from evaltrail.check.formats._boxes import boxed
from evaltrail.check.formats._words import GENRES, LANGUAGES, SEVERITIES, by_severity, counted, line, paged
from evaltrail.facsimile import Mark, is_pdf, marked, page, pictures, sheet, stretches, threads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.formats import Checked, Style
    from evaltrail.check.report import Remark

NAME = "html"
ENDING = ".html"

_FOOT = "Checked by Evaltrail. A remark says what a rule found; whether it matters is for a person to say."


def written(checked: Sequence[Checked], style: Style) -> str:
    """The page of one paper. Raises ``ValueError`` for several: each has a page of its own."""
    del style  # what was found to be right is on every page, folded away
    if len(checked) != 1:
        raise ValueError("a page shows one paper")
    c = checked[0]
    marks = _marks(c)
    whole = [(i, r) for i, r in enumerate(c.report.remarks, 1) if not r.places]
    title = c.record.document.title or c.name
    sections = [
        ("summary", "Summary", parts.summary(c)),
        ("whole", "The paper as a whole", _whole(c, whole)),
        ("pages", "Beside the paper", _beside(c, marks)),
        ("right", "Found right", parts.confirmations(c)),
        ("suppressed", "Suppressed", parts.suppressed(c)),
        ("rules", "The rules", parts.rulebook(c)),
    ]
    links = [(key, words) for key, words, body in sections if body]
    css = (files("evaltrail.check.formats") / "page.css").read_text(encoding="utf-8")
    body = _head(c, title) + "".join(body for _, _, body in sections)
    return page(f"Check of {title} · Evaltrail", links, body, _FOOT, f"{css}\n{threads(marks)}")


def _head(c: Checked, title: str) -> str:
    document, report = c.record.document, c.report
    about = ", ".join(
        x for x in (document.symbol, document.organisation, LANGUAGES.get(document.language or ""), PurePath(c.name).name) if x
    )
    facts = [
        ("Checked", f"{report.checked.day} {report.checked:%B %Y}"),
        ("Against", f"{escape(report.profile.title)}, version {escape(report.profile.version)}"),
        ("Taken for", GENRES[report.genre]),
        ("Rules", str(len(report.rules))),
        ("Found", by_severity(report.remarks) or "nothing"),
        ("Found right", str(len(report.confirmations))),
        ("Suppressed", str(len(report.suppressed))),
    ]
    rows = "".join(f"<div><dt>{n}</dt><dd>{v}</dd></div>" for n, v in facts)
    heading = f'<p class="small">{escape(about)}</p><h1{parts.lang(c)}>{escape(title)}</h1>'
    return f'<div class="head">{heading}<dl class="facts">{rows}</dl></div>\n'


def _whole(c: Checked, remarks: list[tuple[int, Remark]]) -> str:
    if not remarks:
        return ""
    rows = "".join(parts.entry(c, i, r) for i, r in remarks)
    note = f"{counted(len(remarks), 'remark')} on what has no single place."
    return parts.section("whole", "The paper as a whole", note, f'<ol class="items whole">{rows}</ol>')


def _marks(c: Checked) -> list[Mark]:
    """A mark for each remark that has a place, the other places that it speaks of included."""
    out = []
    last = len(c.record.pages)
    for i, r in enumerate(c.report.remarks, 1):
        places = tuple(p for p in (*r.places, *(p for x in r.related for p in x.places)) if p.page <= last)
        if places:
            out.append(Mark(f"m{i}", str(i), r.severity, f"{r.rule} {r.severity}: {r.message[:160]}", boxed(c.record, c.source, places)))
    return out


def _beside(c: Checked, marks: list[Mark]) -> str:
    if not marks:
        return ""
    shown = [s for s in SEVERITIES if any(m.colour == s for m in marks)]
    legend = "".join(f'<li class="k-{s}"><span class="tag k-{s}" aria-hidden="true">#</span> {parts.severity(s)}</li>' for s in shown)
    note = "Point at a remark to see where it stands, or at a mark to see what is said of it."
    return parts.section("pages", "Beside the paper", note, f'<ul class="legend">{legend}</ul>') + _leaves(c, marks)


def _leaves(c: Checked, marks: list[Mark]) -> str:
    held = sorted({p.page for m in marks for p in m.places})
    shown = pictures(c.source, held) if c.source is not None and is_pdf(c.source) else {}
    out = []
    for number in held:
        at = c.record.pages[number - 1]
        here = [m for m in marks if m.on(number)]
        if number in shown:
            out.append(_leaf(c, here, number, f"Page {number}", sheet(at, shown[number], here, "Remarks")))
            continue
        kept = " lines" if c.record.document.media_type == "text/plain" else ""
        for i, (start, end) in enumerate(stretches(at, here)):
            name = _stretch_name(c, number, i, start, end)
            shell = f'<div class="words{kept}" tabindex="0" role="region" aria-label="Words of {name.lower()}"{parts.lang(c)}>'
            begun = [m for m in here if any(start <= p.start < end for p in m.on(number))]
            out.append(_leaf(c, begun, number, name, f"{shell}{marked(at, start, end, here)}</div>", span=(start, end), part=i))
    return "".join(out)


def _stretch_name(c: Checked, number: int, part: int, start: int, end: int) -> str:
    if paged(c.record):
        return f"Page {number}" + (f", part {part + 1}" if part else "")
    if c.record.document.media_type == "text/plain":
        return f"Lines {line(c.record, start)} to {line(c.record, end)}"
    return f"Text, part {part + 1}"


def _leaf(c: Checked, marks: list[Mark], number: int, name: str, picture: str, span: tuple[int, int] | None = None, part: int = 0) -> str:
    """A page or stretch with the entries of the remarks on it; one that was told before only says where."""
    rows = []

    def begins(m: Mark) -> tuple[int, int]:
        starts = [p.start for p in m.on(number) if span is None or span[0] <= p.start < span[1]]
        return min(starts, default=0), int(m.anchor[1:])

    for m in sorted(marks, key=begins):
        i = int(m.anchor[1:])
        remark = c.report.remarks[i - 1]
        first = m.places[0]
        told = bool(remark.places) and first.page == number and (span is None or span[0] <= first.start < span[1])
        rows.append(parts.entry(c, i, remark) if told else parts.again(c, i, remark))
    key = f"page-{number}" + (f"-{part}" if part else "")
    held = counted(len(rows), "remark")
    return (
        f'<section class="leaf" id="{key}" aria-labelledby="h-{key}"><header><h3 id="h-{key}">{name}</h3><p>{held}</p></header>'
        f'{picture}<ol class="items">{"".join(rows)}</ol></section>\n'
    )
