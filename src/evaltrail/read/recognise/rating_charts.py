"""Ratings from bar charts: bars named by criteria on an axis that is a rating scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.charts import BarChart, bar_charts
from evaltrail.read.recognise.rating_legends import TOPS, Legend, nearest
from evaltrail.read.recognise.rating_marks import Mark, is_excluded, trimmed
from evaltrail.read.recognise.rating_words import Value, any_word, criterion_names, is_rateable, name_of, of_others, plain, whole_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Block, Outline, OutlinePage
    from evaltrail.read.recognise.charts import Bar
    from evaltrail.read.recognise.sections import Setting

_SNAP = 0.08
"""Steps of the scale within which a bar's end is a whole or half number."""
_LABEL = 60
_MENTION = 200
"""Characters of a label in a chart, and of a paragraph that does little else than announce it."""
_REACH = 60.0
"""Points around the bars within which words are the chart's own: title, axis title, key."""
_AROUND = 4
"""Blocks before and behind a chart that may say what it shows."""


def charts_of(outline: Outline, start: int, end: int) -> list[tuple[int, BarChart]]:
    """The bar charts that stand among the blocks from ``start`` up to ``end``, each with the block before its first label."""
    charts = [c for p in outline.pages if len(p.shapes) > 1 and _names_criteria(p) for c in bar_charts(p)]
    if not charts:
        return []
    places = [(_place(b), i) for i, b in enumerate(outline.blocks)]
    out: list[tuple[int, BarChart]] = []
    for c in charts:
        before = [(place, i) for place, i in places if place is not None and place <= (c.page, c.at)]
        index = max(before)[1] if before else 0
        if start <= index < end:
            out.append((index, c))
    return out


def _names_criteria(page: OutlinePage) -> bool:
    """Whether short labels of a page name two criteria: most drawings are other than charts of ratings."""
    labels = "\n".join(t for w in page.words if len(t := w.text.text) < _LABEL)
    return len(set(criterion_names().findall(plain(labels)))) > 1


def _place(b: Block) -> tuple[int, int] | None:
    """Page and offset of a block's first character."""
    for text in (b.marker, b.content, *(c.content() for c in b.table.cells[:3])) if b.table is not None else (b.marker, b.content):
        if text.pieces:
            return text.pieces[0].page, text.pieces[0].start
    return None


def chart_marks(
    outline: Outline, settings: Sequence[Setting], charts: Sequence[tuple[int, BarChart]], legends: Sequence[Legend]
) -> list[Mark]:
    """Marks that bars give to criteria."""
    out: list[Mark] = []
    for index, chart in charts:
        if is_excluded(settings[index]) or len({n for b in chart.bars if (n := name_of(trimmed(b.label.text))) is not None}) < 2:
            continue
        legend = _legend(chart, index, legends)
        if _is_of_ratings(outline, settings, index, chart, legend):
            out.extend(_marks(chart, index, legend))
    return out


def _legend(chart: BarChart, index: int, legends: Sequence[Legend]) -> Legend | None:
    """The scale that the axis shows, with the words that the paper puts to it; None where the axis is no rating scale."""
    if chart.axis is None:
        return nearest(legends, index)
    low, high = chart.axis
    if low not in (0, 1) or int(high) != high or int(high) not in TOPS:
        return None
    known = nearest(legends, index, top=int(high))
    # An axis that begins at 0 may only begin at the bars' foot.
    return known if known is not None else Legend(int(low), int(high), {}, index)


def _is_of_ratings(outline: Outline, settings: Sequence[Setting], index: int, chart: BarChart, legend: Legend | None) -> bool:
    """Whether the words around the chart, or a legend of its scale right beside it, say that it shows ratings of this evaluation."""
    blocks = outline.blocks[max(0, index - _AROUND) : index + len(chart.bars) + _AROUND + 1]
    x0, y0, x1, y1 = chart.box
    near = [
        plain(w.text.text)
        for p in outline.pages
        if p.number == chart.page
        for w in p.words
        if x0 - _REACH < w.box[2]
        and w.box[0] < x1 + _REACH
        and y0 - _REACH < w.box[3]
        and w.box[1] < y1 + _REACH
        and len(w.text.text) < _MENTION
    ]
    labels = [
        plain(settings[index].section.title),
        *(plain(b.text) for b in blocks if b.kind in ("caption", "heading") or len(b.text) < _LABEL),
    ]
    if of_others(" ".join([*labels, *(t for t in near if len(t) < _LABEL)])):
        return False
    said = " ".join([*labels, *near, *(plain(b.text) for b in blocks if len(b.text) < _MENTION)])
    if chart.axis is None:
        return any_word("nouns").search(said) is not None
    if legend is None:
        return False
    return any_word("nouns").search(said) is not None or any_word("columns", "rating").search(said) is not None or bool(legend.words)


def _marks(chart: BarChart, index: int, legend: Legend | None) -> Iterator[Mark]:
    for bar in chart.bars:
        name = trimmed(bar.label.text)
        if not name or not is_rateable(name):
            continue
        mark = _mark(bar, name, chart, index, legend)
        if mark is not None:
            yield mark


def _mark(bar: Bar, name: str, chart: BarChart, index: int, legend: Legend | None) -> Mark | None:
    of = trimmed(bar.series.text) if bar.series is not None else None
    written = whole_value(bar.printed.text) if bar.printed is not None else None
    drawn = _snapped(bar.value) if bar.value is not None else None
    if written is not None and bar.printed is not None and written.number is not None:
        return Mark(name, written, bar.printed.cut(written.start, written.end), index, "bar", of, legend, boxes=(bar.box,))
    if drawn is None or legend is None or not legend.low - _SNAP <= drawn <= legend.high + _SNAP:
        return None
    words = legend.words.get(int(drawn)) if drawn == int(drawn) else None
    value = Value(0, 0, drawn, None, words or "")
    return Mark(
        name,
        value,
        bar.label,
        index,
        "bar",
        of,
        legend,
        as_printed=words or f"{drawn:g}",
        boxes=(bar.box,) if bar.fill else (),
        score=round(chart.fit, 3),
    )


def _snapped(value: float) -> float:
    for step in (1.0, 0.5):
        whole = round(value / step) * step
        if abs(whole - value) <= _SNAP:
            return whole
    return round(value, 1)
