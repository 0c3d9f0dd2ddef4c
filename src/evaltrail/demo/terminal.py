"""A record as a table for the terminal: plain text, no colour needed."""

from __future__ import annotations

import shutil
import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from evaltrail.demo import terms

if TYPE_CHECKING:
    from evaltrail.check.report import Report
    from evaltrail.record import Evaluation, Rating, Recommendation, Record, Response

INDENT = "  "
NARROWEST, WIDEST = 72, 132


def summary_table(record: Record, width: int | None = None) -> str:
    """What was found in a paper, for people.

    Args:
        record: the record.
        width: columns to use; the terminal's own where not given, within 72 and 132.

    Returns:
        Lines joined by newlines, none wider than ``width``.
    """
    columns = max(NARROWEST, min(width or shutil.get_terminal_size((100, 24)).columns, WIDEST))
    lines = textwrap.wrap(record.document.title or "(no title found)", columns)
    lines += textwrap.wrap(terms.about(record), columns)
    rest = (
        terms.counted(len(record.paragraphs), "numbered paragraph"),
        terms.counted(len(record.footnotes), "footnote"),
        terms.counted(len(record.quantities), "number and what it counts", "numbers and what they count"),
        terms.counted(len(record.decisions), "decision"),
    )
    lines += textwrap.wrap(", ".join(rest), columns)
    for evaluation in record.evaluations:
        lines += ["", *_evaluation(evaluation, columns)]
    for decision in record.decisions:
        ranges = ", ".join(r.from_ if r.from_ == r.to else f"{r.from_}–{r.to}" for r in decision.refers)
        where = f" (paragraph {decision.paragraph})" if decision.paragraph else ""
        lines += ["", f"Decision{where}" + (f" on paragraphs {ranges}" if ranges else "")]
    if record.diagnostics:
        lines += ["", terms.counted(len(record.diagnostics), "message") + " about the reading:"]
        for d in record.diagnostics[:8]:
            lines += textwrap.wrap(f"{d.message} [{d.code}]", columns, initial_indent=INDENT, subsequent_indent=INDENT * 2)
        if len(record.diagnostics) > 8:
            lines.append(f"{INDENT}and {len(record.diagnostics) - 8} more in the record")
    return "\n".join(line.rstrip() for line in lines)


def remarks_table(report: Report, width: int | None = None) -> str:
    """What a check says of a paper: the worst first, a few of them, and where the rest is.

    Args:
        report: what the check found.
        width: columns to use; the terminal's own where not given, within 72 and 132.
    """
    columns = max(NARROWEST, min(width or shutil.get_terminal_size((100, 24)).columns, WIDEST))
    if not report.remarks:
        return f"A check with {len(report.rules)} rules found nothing wrong."
    counts = [(s, sum(r.severity == s for r in report.remarks)) for s in ("error", "warning", "note")]
    lines = ["A check says: " + ", ".join(terms.counted(n, s) for s, n in counts if n)]
    worst = sorted(report.remarks, key=lambda r: ("error", "warning", "note").index(r.severity))
    for r in worst[:_REMARKS]:
        page = f"page {r.places[0].page}: " if r.places else ""
        lines += textwrap.wrap(f"{r.rule} {page}{r.message}", columns, initial_indent=INDENT, subsequent_indent=INDENT * 2)
    if len(worst) > _REMARKS:
        lines.append(f"{INDENT}and {len(worst) - _REMARKS} more: evaltrail check shows each with the words that it is about")
    return "\n".join(lines)


_REMARKS = 6


def _evaluation(evaluation: Evaluation, columns: int) -> list[str]:
    name = ". ".join(x for x in (evaluation.label, evaluation.title) if x)
    if evaluation.label and evaluation.title.startswith(evaluation.label):
        name = evaluation.title
    lines = textwrap.wrap(name or "Evaluation", columns, subsequent_indent=INDENT)
    lines.append("─" * columns)
    found = terms.counts(evaluation.statements)
    said = [terms.counted(found[k], one, many) for k, (_, _, one, many) in terms.KINDS.items() if found[k]]
    lines += textwrap.wrap(", ".join(said) or "no statements found", columns, initial_indent=INDENT, subsequent_indent=INDENT)
    if evaluation.ratings:
        lines += ["", *_ratings(evaluation.ratings)]
    recommendations = [s for s in evaluation.statements if s.kind == "recommendation" and s.parent is None]
    if recommendations:
        lines += ["", *_recommendations(evaluation, recommendations, columns)]
    return lines


def _ratings(ratings: tuple[Rating, ...]) -> list[str]:
    names = [r.criterion_as_printed or r.criterion or "Rating" for r in ratings]
    wide = max(len(n) for n in names)
    lines = []
    for name, rating in dict(zip(names, ratings, strict=True)).items():
        low, high = terms.scale_of(rating.scale)
        value = rating.value
        if value is None:
            lines.append(f"{INDENT}{name:<{wide}}  {rating.as_printed}")
            continue
        boxes = "■" * max(0, round(value) - low + 1) + "□" * max(0, high - round(value))
        words = "" if rating.as_printed in ("", f"{value:g}") else f"  {rating.as_printed}"
        lines.append(f"{INDENT}{name:<{wide}}  {boxes}  {value:g}{words}")
    return lines


def _recommendations(evaluation: Evaluation, recommendations: list[Recommendation], columns: int) -> list[str]:
    answers: dict[str, list[str]] = {}
    for s in evaluation.statements:
        if s.kind == "response":
            response: Response = s
            for a in response.answers:
                if a.record is None:
                    answers.setdefault(a.id, []).append(terms.VERDICTS.get(response.verdict or "", "answered"))
    rows = [("", "Recommendation", "Responsible unit", "Priority", "Time", "Answer")]
    for r in recommendations:
        verdict = ", ".join(dict.fromkeys(answers.get(r.id, []))) or "none"
        first, time = r.text.split("\n")[0], r.time or r.as_printed.time or "–"
        rows.append((r.number or "–", first, "; ".join(r.responsible) or "–", r.priority or r.as_printed.priority or "–", time, verdict))
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    for i, most in ((3, 10), (4, 14), (5, 16)):
        widths[i] = min(widths[i], most)
    left = columns - sum(widths[i] for i in (0, 3, 4, 5)) - 2 * 6
    widths[2] = min(widths[2], max(18, left * 2 // 5))
    widths[1] = left - widths[2]
    lines = []
    for n, row in enumerate(rows):
        cells = [textwrap.wrap(cell, width, max_lines=3, placeholder=" …") or [""] for cell, width in zip(row, widths, strict=True)]
        lines += [
            INDENT + "  ".join(f"{words:<{w}}" for words, w in zip(line, widths, strict=True)) for line in zip_longest(*cells, fillvalue="")
        ]
        if n == 0:
            lines.append(INDENT + "  ".join("─" * w for w in widths))
    return lines
