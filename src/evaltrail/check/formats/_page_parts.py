"""Parts of the HTML page: entries of remarks, the summary with its chart, what is folded away."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from evaltrail.check.formats._words import SEVERITIES, by_family, counted, doubts, family, paged, where
from evaltrail.check.rule import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.formats import Checked
    from evaltrail.check.report import Remark
    from evaltrail.record import Place

_SIGNS = {
    "error": '<path d="M4.6 1h4.8L13 4.6v4.8L9.4 13H4.6L1 9.4V4.6z"/><path d="M4.8 4.8l4.4 4.4M9.2 4.8l-4.4 4.4"/>',
    "warning": '<path d="M7 1.4L13 12.4H1z"/><path d="M7 5.4v3.4M7 10v.9"/>',
    "note": '<circle cx="7" cy="7" r="5.8"/><path d="M7 6.4v4M7 3.6v.9"/>',
    "right": '<path d="M1.4 1.4h11.2v11.2H1.4z"/><path d="M4 7.2l2.2 2.2L10.2 5"/>',
}
_BAR, _ROW, _NAME, _WIDE = 12, 24, 132, 400
"""Of the chart: height of a bar and of a row, width of the names, width of all."""


def section(key: str, title: str, note: str, body: str) -> str:
    """A section that opens with its heading and one quiet sentence."""
    quiet = f"<p>{note}</p>" if note else ""
    return f'<section class="part" id="{key}"><header><h2>{title}</h2>{quiet}</header>{body}</section>\n'


def lang(c: Checked) -> str:
    """Attribute for what the paper says, so that a screen reader speaks it rightly."""
    language = c.record.document.language
    return f' lang="{escape(language)}"' if language else ""


def severity(name: str) -> str:
    """A severity: shape, then word."""
    return f'<span class="sev k-{name}"><svg viewBox="0 0 14 14" aria-hidden="true">{_SIGNS[name]}</svg>{name.capitalize()}</span>'


def entry(c: Checked, number: int, remark: Remark) -> str:
    """The list item of a remark."""
    key = f"m{number}"
    has_place = bool(remark.places)
    tag = f'<span class="tag k-{remark.severity}">{number}</span>'
    if has_place:
        tag = f'<a class="tag k-{remark.severity}" href="#b-{key}" aria-label="Remark {number}, to its place">{number}</a>'
    at = _place(c, remark.places, f"b-{key}") if has_place else ""
    said = doubts(remark)
    rule = f'<a href="#rule-{remark.rule}">{remark.rule} {escape(remark.name)}</a>'
    meta = f'<p class="small meta">{severity(remark.severity)} {rule}{f", {said}" if said else ""}</p>'
    return (
        f'<li id="{key}" class="k-{remark.severity}"><div>{tag}</div>'
        f"<div><h4>{at}{escape(remark.message)}</h4>{meta}{_more(c, remark)}</div></li>"
    )


def again(c: Checked, number: int, remark: Remark) -> str:
    """The item of a remark that is told elsewhere and speaks of this page too."""
    at = f", {where(c.record, remark.places)}" if remark.places and where(c.record, remark.places) else ""
    note = f'<p class="small meta">Speaks of this too: <a href="#m{number}">remark {number}</a>{at}</p>'
    tag = f'<span class="tag k-{remark.severity}">{number}</span>'
    return f'<li class="k-{remark.severity} also-m{number}"><div>{tag}</div><div><p>{escape(remark.message)}</p>{note}</div></li>'


def _place(c: Checked, places: Sequence[Place], target: str) -> str:
    words = f"p. {places[0].page}" if paged(c.record) else where(c.record, places) or "in the text"
    return f'<a class="place" href="#{target}">{words}</a>'


def _more(c: Checked, remark: Remark) -> str:
    rows = []
    for r in remark.related:
        page = f"p. {r.places[0].page}: " if r.places and paged(c.record) else ""
        rows.append(f"<p>{page}{escape(r.text)}</p>")
    if remark.proposal:
        rows.append(f"<p><b>Proposal</b> {escape(remark.proposal)}</p>")
    if remark.repair:
        rows.append("<p><b>Repair</b> can be made in the record with --fix</p>")
    return f'<div class="more">{"".join(rows)}</div>' if rows else ""


def summary(c: Checked) -> str:
    """Counts by family as a chart, by rule as a table, and what went wrong with the check itself."""
    report = c.report
    body = ""
    if report.remarks:
        body = f'<div class="sum"><div>{_chart(report.remarks)}</div>{_table(report.remarks)}</div>'
    lines = [f"<b>{escape(f.rule)}</b> broke off, and its remarks are missing: {escape(f.fault)}" for f in report.failed]
    lines += [escape(e[:1].upper() + e[1:]) + "." for e in report.expired]
    body += "".join(f'<p class="message">{x}</p>' for x in lines)
    note = (
        "Every count opens the first remark that it counts."
        if report.remarks
        else f"{counted(len(report.rules), 'rule')} found nothing to say."
    )
    return section("summary", "Summary", note, body)


def _chart(remarks: Sequence[Remark]) -> str:
    """Remarks by family and severity as bars: errors full, warnings hatched, notes hollow."""
    families = by_family(remarks)
    scale = (_WIDE - _NAME - 40) / max(n for _, n in families)
    rows, described = [], []
    for i, (name, count) in enumerate(families):
        counts = Counter[str](r.severity for r in remarks if family(r.rule) == name)
        x, y = float(_NAME), i * _ROW + (_ROW - _BAR) / 2
        rows.append(f'<text x="0" y="{i * _ROW + 16.5}">{name.capitalize()}</text>')
        for s in SEVERITIES:
            wide = counts[s] * scale
            if wide:
                rows.append(f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{_BAR}" fill="{_FILLS[s]}"/>')
                x += wide
        rows.append(f'<text x="{x + 8:.1f}" y="{i * _ROW + 16.5}">{count}</text>')
        described.append(f"{name}: " + ", ".join(counted(counts[s], s) for s in SEVERITIES if counts[s]))
    at = len(families) * _ROW + 12
    key, x = "", 0.0
    for s in SEVERITIES:
        if any(r.severity == s for r in remarks):
            key += f'<rect class="bar" x="{x + 0.5}" y="{at}" width="18" height="{_BAR}" fill="{_FILLS[s]}"/>'
            key += f'<text x="{x + 26}" y="{at + 11}">{s}s</text>'
            x += 100
    hatch = (
        '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0v5" stroke="currentColor" stroke-width="2.4"/></pattern>'
    )
    said = f'<title id="chart-t">Remarks by family of rules</title><desc id="chart-d">{escape("; ".join(described))}</desc>'
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDE} {at + 20}" role="img" aria-labelledby="chart-t chart-d">{said}'
        f"<defs>{hatch}</defs>{''.join(rows)}{key}</svg>"
    )


_FILLS = {"error": "currentColor", "warning": "url(#hatch)", "note": "none"}


def _table(remarks: Sequence[Remark]) -> str:
    first: dict[str, int] = {}
    for i, r in enumerate(remarks, 1):
        first.setdefault(r.rule, i)
    counts = Counter(r.rule for r in remarks)
    order = sorted(first, key=lambda code: (SEVERITIES.index(remarks[first[code] - 1].severity), -counts[code], code))
    rows = "".join(
        f'<tr><td class="number"><a href="#m{first[code]}">{counts[code]}</a></td><td>{severity(remarks[first[code] - 1].severity)}</td>'
        f'<th scope="row"><a href="#rule-{code}">{code}</a></th><td>{escape(_title(code))}</td></tr>'
        for code in order
    )
    heads = '<th scope="col" class="number">Remarks</th>' + "".join(
        f'<th scope="col">{words}</th>' for words in ("Severity", "Rule", "What is wrong")
    )
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Remarks by rule"><table class="rules">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _title(code: str) -> str:
    return rules()[code].title if code in rules() else ""


def confirmations(c: Checked) -> str:
    """What was looked at and is as it should be, folded away."""
    if not c.report.confirmations:
        return ""
    rows = "".join(
        f'<li class="k-right">{severity("right").replace("Right", "")} {escape(r.message)} '
        f'<span class="small">{_at(c, r)}<a href="#rule-{r.rule}">{r.rule}</a></span></li>'
        for r in c.report.confirmations
    )
    number = counted(len(c.report.confirmations), "thing")
    body = f'<details><summary>{number} that rules looked at</summary><ul class="plain-items">{rows}</ul></details>'
    return section("right", "Found right", "What was looked at and is as it should be.", body)


def suppressed(c: Checked) -> str:
    """Remarks that the profile suppresses, with the reasons given."""
    if not c.report.suppressed:
        return ""
    rows = "".join(
        f'<li>{escape(s.remark.message)} <span class="small">{_at(c, s.remark)}<a href="#rule-{s.remark.rule}">{s.remark.rule}</a></span>'
        f'<p class="more"><b>Reason</b> {escape(s.reason)} (until {s.until.day} {s.until:%B %Y})</p></li>'
        for s in c.report.suppressed
    )
    note = (
        f"{counted(len(c.report.suppressed), 'remark')} that the profile “{escape(c.report.profile.title)}” does not want to see for now."
    )
    return section("suppressed", "Suppressed", note, f'<ul class="plain-items">{rows}</ul>')


def _at(c: Checked, remark: Remark) -> str:
    """Where it stands, in words: pages without remarks are not shown."""
    at = where(c.record, remark.places) if remark.places else ""
    return f"{at}, " if at else ""


def rulebook(c: Checked) -> str:
    """What the rules that are named on the page look at and why, each folded away."""
    named = {r.rule for r in (*c.report.remarks, *c.report.confirmations, *(s.remark for s in c.report.suppressed))}
    rows = []
    for code, rule in rules().items():
        if code in named:
            doc = rule.doc.partition("\n")[2]
            sources = "".join(f"<li>{escape(s)}</li>" for s in rule.rule.sources)
            rows.append(
                f'<details id="rule-{code}"><summary>{code} {escape(rule.name)}: {escape(rule.title)}</summary>'
                f"<div>{_prose(doc)}<h4>Sources</h4><ul>{sources}</ul></div></details>"
            )
    # A rule that this installation does not know still has its anchor.
    rows += [f'<p id="rule-{code}">{escape(code)}</p>' for code in sorted(named - rules().keys())]
    if not rows:
        return ""
    return section("rules", "The rules", "What each looks at, and why it is worth saying.", f'<div class="rulebook">{"".join(rows)}</div>')


def _prose(text: str) -> str:
    """The Markdown of a rule's documentation: headings, paragraphs, lists and code."""
    out = []
    for block in re.split(r"\n\s*\n|\n(?=## )|(?<=\n)(?=- )", text.strip()):
        title, _, rest = block.strip().partition("\n") if block.strip().startswith("## ") else ("", "", block.strip())
        if title:
            out.append(f"<h4>{escape(title.removeprefix('## '))}</h4>")
        items = re.split(r"(?:^|\n)- ", rest)
        if items[0].strip():
            out.append(f"<p>{_inline(items[0])}</p>")
        if items[1:]:
            out.append("<ul>" + "".join(f"<li>{_inline(i)}</li>" for i in items[1:]) + "</ul>")
    return "".join(out)


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(" ".join(text.split()), quote=False))
