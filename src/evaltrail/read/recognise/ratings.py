"""Ratings of an evaluation by criterion: in words, in tables, from bars.

Several places may give one criterion its mark: the chapter on it, a table, a chart, the summary, a scoring
matrix in an annex. It is one rating. The body counts before the summary and that before an annex; within a
zone a table or an announced mark counts before a sentence, and a sentence before a bar's length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.rating_charts import chart_marks, charts_of
from evaltrail.read.recognise.rating_legends import Legend, legends, nearest
from evaltrail.read.recognise.rating_marks import Mark, zone
from evaltrail.read.recognise.rating_tables import table_marks
from evaltrail.read.recognise.rating_text import text_marks
from evaltrail.read.recognise.rating_words import entries, is_rateable, plain
from evaltrail.record import Origin, Place, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Outline
    from evaltrail.read.recognise.sections import Setting

_RANK = {"lead": 0, "table": 0, "heading": 1, "verb": 2, "bar": 2, "marker": 3}
_HEADED_AT_LEAST = 2
_BODY_ENOUGH = 2


def ratings(outline: Outline, settings: Sequence[Setting], start: int, end: int) -> list[Rating]:
    """Ratings that the blocks from ``start`` up to ``end`` give to what was evaluated.

    ``settings[i]`` says under which headings block ``i`` stands. A mark of other papers, of an earlier evaluation,
    of risks, of evidence, or by people asked is left out.
    """
    blocks = outline.blocks
    if _is_about_reports(outline, start, end):
        return []
    marks = [*text_marks(blocks, settings, start, end), *table_marks(blocks, settings, start, end)]
    charts = charts_of(outline, start, end)
    if not marks and not charts:
        return []
    found = legends(blocks)
    marks += chart_marks(outline, settings, charts, found)
    if not found and all(m.loose for m in marks):
        return []
    chosen = _chosen([m for m in marks if is_rateable(m.printed) or m.source == "marker"], settings)
    return [_rating(m, found) for m in chosen]


def _is_about_reports(outline: Outline, start: int, end: int) -> bool:
    """Whether the paper rates the quality of evaluation reports: none of its marks is one of a programme."""
    titles = [outline.title, *(b.text for b in outline.blocks[start : min(end, start + 12)] if b.kind in ("title", "heading"))]
    return any(w in plain(t) for t in titles for w in entries("meta"))


def _chosen(marks: Sequence[Mark], settings: Sequence[Setting]) -> list[Mark]:
    """One mark a criterion, in the order of the document."""
    headed = {m.key for m in marks if m.source == "heading"}
    usable = [m for m in marks if m.source != "heading" or len(headed) >= _HEADED_AT_LEAST]
    # An index or a product may have a "rating" of its own; a rated evaluation rates some criterion.
    named = len({m.key for m in usable if m.name})
    usable = [m for m in usable if m.name or m.source in ("table", "marker") or named > m.inherited]
    best: dict[tuple[str, str], tuple[tuple[int, int, int, int], Mark]] = {}
    for n, m in enumerate(usable):
        rank = (zone(settings[m.index]), _RANK[m.source], m.index, n)
        if m.key not in best or rank < best[m.key][0]:
            best[m.key] = (rank, m)
    body = sum(1 for rank, _ in best.values() if rank[0] < 3)
    kept = [(m.index, rank[3], m) for rank, m in best.values() if rank[0] < 3 or body < _BODY_ENOUGH]
    return [m for _, _, m in sorted(kept, key=lambda k: k[:2])]


def _scale(m: Mark, found: Sequence[Legend]) -> Legend | None:
    """The scale of a mark: the one printed with it, with the words that a legend of the paper puts to it, else the nearest that fits."""
    if m.legend is None:
        return nearest(found, m.index, m.value.top, m.value.number, m.value.words, m.value.code)
    same = nearest(found, m.index, m.legend.high) if not m.legend.words else None
    return same if same is not None and same.low == m.legend.low and same.words else m.legend


def _rating(m: Mark, found: Sequence[Legend]) -> Rating:
    value = m.value.number
    origin: dict[str, Origin] = {}
    legend = None if m.source == "marker" else _scale(m, found)
    if value is not None:
        origin["value"] = Origin(how="inferred", rule="bar-length", score=m.score) if m.score is not None else Origin(how="printed")
    elif legend is not None:
        number = legend.number_of(m.value.words, m.value.code)
        if number is not None:
            value = float(number)
            origin["value"] = Origin(how="inferred", rule="legend")
    scale = legend.printed() if legend is not None else f"1-{m.value.top}" if m.value.top else ""
    if legend is None and m.value.top:
        # "4/5" says where the scale ends and not where it begins.
        origin["scale"] = Origin(how="inferred", rule="out-of")
    if m.inherited:
        origin["criterion"] = Origin(how="inferred", rule="heading-above")
    places = m.text.places()
    if m.boxes and places and places[0].boxes:  # a drawing in a format without pages has none
        places = (Place(page=places[0].page, start=places[0].start, end=places[0].end, boxes=(*places[0].boxes, *m.boxes)), *places[1:])
    return Rating(
        criterion=m.name or m.printed.lower(),
        criterion_as_printed=m.printed,
        of=m.of,
        value=value,
        scale=scale,
        as_printed=m.as_printed or m.text.text,
        places=places,
        origin=origin,
    )
