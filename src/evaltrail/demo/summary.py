"""The page's summary: what was found, ratings, recommendations with their answers, messages, numbers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from evaltrail.demo import terms
from evaltrail.demo.items import place, rating, verdict, where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.demo.items import Entries
    from evaltrail.record import Evaluation, ParagraphRange, Recommendation, Record


def lang(record: Record) -> str:
    """Attribute for what the paper says, so that a screen reader speaks it rightly."""
    return f' lang="{escape(record.document.language)}"' if record.document.language else ""


def section(key: str, title: str, note: str, body: str) -> str:
    """A section that opens with its heading and one quiet sentence."""
    quiet = f"<p>{note}</p>" if note else ""
    return f'<section class="part" id="{key}"><header><h2>{title}</h2>{quiet}</header>{body}</section>\n'


def table(name: str, heads: Iterable[tuple[str, str]], rows: Iterable[str], css: str = "plain") -> str:
    """A table that scrolls by itself when the window is narrow; ``heads`` are words and classes."""
    cells = "".join(f'<th scope="col" class="{c}">{words}</th>' if c else f'<th scope="col">{words}</th>' for words, c in heads)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table class="{css}">'
        f"<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def head(record: Record, title: str) -> str:
    """Title and the facts about the reading."""
    paged = any(p.height for p in record.pages)
    read = terms.counted(len(record.pages), "page") if paged else terms.counted(sum(len(p.text.split()) for p in record.pages), "word")
    found = [s for e in record.evaluations for s in e.statements]
    doubtful = sum(1 for s in found if any(o.score is not None and o.score < 0.7 for o in s.origin.values()))
    facts = [
        ("Read", read),
        ("Evaluations", str(len(record.evaluations))),
        ("Statements", f"{len(found)}" + (f", {doubtful} doubtful" if doubtful else "")),
        ("Numbered paragraphs", str(len(record.paragraphs))),
        ("Footnotes", str(len(record.footnotes))),
        ("Numbers", f'<a href="#numbers">{len(record.quantities)}</a>' if record.quantities else "0"),
        ("Messages", f'<a href="#messages">{len(record.diagnostics)}</a>' if record.diagnostics else "none"),
    ]
    rows = "".join(f"<div><dt>{n}</dt><dd>{v}</dd></div>" for n, v in facts)
    about = f'<p class="small">{escape(terms.about(record))}</p>'
    return f'<div class="head">{about}<h1{lang(record)}>{escape(title)}</h1><dl class="facts">{rows}</dl></div>\n'


def name(evaluation: Evaluation) -> str:
    """An evaluation's label and title, the label once."""
    label, title = evaluation.label or "", evaluation.title
    return title if title.startswith(label) and title else f"{label}. {title}".strip(". ") or "Evaluation"


def ranges(refers: tuple[ParagraphRange, ...]) -> str:
    """Paragraph numbers as they are written: 21–25, 49."""
    return ", ".join(r.from_ if r.from_ == r.to else f"{r.from_}–{r.to}" for r in refers)


def found(record: Record, entries: Entries) -> str:
    """Counts by kind and evaluation; each links to the first one that it counts."""
    kinds = [k for k in terms.KINDS if any(s.kind == k for e in record.evaluations for s in e.statements)]
    rows = []
    for e in record.evaluations:
        counts = terms.counts(e.statements)
        first = {s.kind: entries.anchors[s.id] for s in reversed(e.statements)}
        links = [f'<a href="#{first[k]}">{counts[k]}</a>' if k in first else "0" for k in kinds]
        period = terms.years((e.period.from_, e.period.to)) or f'<span class="quiet">{terms.UNKNOWN}</span>'
        cells = "".join(f'<td class="number">{x}</td>' for x in links)
        rows.append(f'<tr><th scope="row" class="said"{lang(record)}>{escape(name(e))}</th><td class="years">{period}</td>{cells}</tr>')
    heads = [("Evaluation", ""), ("Period", ""), *((terms.KINDS[k][3].capitalize(), "number") for k in kinds)]
    body = table("Counts", heads, rows)
    for d in record.decisions:
        about = f" on paragraphs {ranges(d.refers)}" if d.refers else ""
        body += f'<p class="meta">Decision{about} {place(entries, d.places, d.paragraph)}</p>'
    return section("found", "What was found", "Every count opens the first of what it counts.", body)


def ratings(record: Record, entries: Entries) -> str:
    """Each evaluation's ratings as rows of boxes."""
    rated = [(i, e) for i, e in enumerate(record.evaluations, 1) if e.ratings]
    if not rated:
        return ""
    blocks = []
    for i, e in rated:
        # A rating that stands in a chart and in a table is shown once.
        once = {((r.criterion_as_printed or r.criterion or "").casefold(), r.value): j for j, r in reversed(list(enumerate(e.ratings, 1)))}
        rows = "".join(rating(entries, e.ratings[j - 1], f"r{i}-{j}") for j in sorted(once.values()))
        title = escape(e.label or name(e))
        blocks.append(f"<div><h3>{title} <span>{terms.years((e.period.from_, e.period.to))}</span></h3>{rows}</div>")
    scales = [terms.scale_of(r.scale) for _, e in rated for r in e.ratings]
    note = "Right of the line is satisfactory." if all((high - low) % 2 for low, high in scales) else ""
    return section("ratings", "Ratings", note, f'<div class="ratings">{"".join(blocks)}</div>')


def recommendations(record: Record, entries: Entries) -> str:
    """All recommendations with who is asked, when, and what was answered."""
    rows = []
    for e in record.evaluations:
        listed = [s for s in e.statements if s.kind == "recommendation" and s.parent is None]
        if listed and len(record.evaluations) > 1:
            rows.append(f'<tr><th scope="rowgroup" colspan="5"><h3>{escape(e.label or name(e))}</h3></th></tr>')
        rows += [_recommendation(record, entries, r) for r in listed]
    if not rows:
        return ""
    heads = [(h, "") for h in ("No.", "Recommendation", "Responsible unit", "Priority, time", "Answer")]
    return section("recommendations", "Recommendations and answers", "", table("Recommendations", heads, rows, "recs"))


def _recommendation(record: Record, entries: Entries, r: Recommendation) -> str:
    units = "<br>".join(escape(u) for u in r.responsible) or f'<span class="quiet">{terms.UNKNOWN}</span>'
    answers = "<br>".join(verdict(a.verdict) for a in entries.answered.get(r.id, [])) or '<span class="quiet">no answer</span>'
    said = (r.priority or r.as_printed.priority, r.time or r.as_printed.time)
    when = " · ".join(escape(x) for x in said if x) or f'<span class="quiet">{terms.UNKNOWN}</span>'
    at = where(entries, r.places, entries.paragraphs.get(r.id)) or "its entry"
    first = escape(r.text.partition("\n")[0])
    return (
        f'<tr><td>{escape(terms.tag(r))}</td><td><p class="said"{lang(record)}>{first}</p>'
        f'<a class="place" href="#{entries.anchors[r.id]}">{at}</a></td>'
        f'<td class="unit small" data-label="Responsible unit">{units}</td><td class="small" data-label="Priority, time">{when}</td>'
        f'<td class="answers" data-label="Answer">{answers}</td></tr>'
    )


def messages(record: Record, entries: Entries) -> str:
    """What the reader could not do, or did with doubt."""
    if not record.diagnostics:
        return ""
    rows = "".join(
        f'<p class="message">{escape(d.message)} <b>{escape(d.code)}</b> {place(entries, d.places)}</p>' for d in record.diagnostics
    )
    return section("messages", "Messages", f"{terms.counted(len(record.diagnostics), 'message')} about the reading.", rows)


def legend(record: Record) -> str:
    """What the letters and lines over the pages mean."""
    present = {s.kind for e in record.evaluations for s in e.statements}
    shown = [(c, letter, singular) for k, (letter, c, singular, _) in terms.KINDS.items() if k in present]
    if any(e.ratings for e in record.evaluations):
        shown.append(("t", "4", "rating"))
    if record.decisions:
        shown.append(("t", "D", "decision"))
    items = "".join(f'<li><span class="tag k-{c}">{letter}</span>{words}</li>' for c, letter, words in shown)
    note = "Point at a statement to see where it stands, or at a box to see what was read there."
    return section("pages", "Beside the paper", note, f'<ul class="legend">{items}</ul>')


def numbers(record: Record, entries: Entries) -> str:
    """The ledger of numbers, folded away."""
    if not record.quantities:
        return ""
    rows = [
        f'<tr><td class="number">{q.value:,.10g}</td><td>{escape(q.unit or "")}</td><td>{escape(q.of or "")}</td>'
        f'<td class="said">{escape(q.text)}</td><td>{place(entries, q.places, q.paragraph)}</td></tr>'
        for q in record.quantities
    ]
    heads = [("Value", "number"), ("Unit", ""), ("Of", ""), ("As printed", ""), ("Place", "")]
    summary = f"<summary>{terms.counted(len(record.quantities), 'number')}</summary>"
    body = f"<details>{summary}{table('Numbers', heads, rows)}</details>"
    return section("numbers", "Numbers", "Every number that the paper gives, with what it counts.", body)
