"""A record as lines, each with what it is in the paper: title, row, cover, heading, summary, body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from evaltrail.about.wording import pattern
from evaltrail.text.normal import aligned, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.record import Cell, Evaluation, Passage, Place, Record

Zone = Literal["title", "row", "cover", "heading", "summary", "body"]
_ROW = r"\s*(?:{})\s*[:?]?\s*"
_COVER_PAGES = 3
_COVER_LINES = 40
_ENDS_COVER = frozenset({"summary", "contents", "background", "method", "findings", "conclusions", "recommendations", "response"})
_LEFT_OUT = frozenset({"aside", "references", "contents", "annex", "foreign"})
_OPENING = 25
"""Paragraphs that stand for a summary where a paper has none."""
_ROW_PAGES = 8
_LONGEST_ROW = 400


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one kind of place. ``text`` has straight quotes and dashes, each character where it was."""

    zone: Zone
    text: str
    place: Place | None
    topic: str = ""
    """Of a row: ``country_rows``, ``title_rows`` or ``goal_rows``."""


class Lines:
    """The lines of one evaluation of a record."""

    def __init__(self, record: Record, evaluation: Evaluation | None) -> None:
        self.record = record
        self.evaluation = evaluation
        self.language = record.document.language
        self.alone = len(record.evaluations) < 2
        own = evaluation.id if evaluation else None
        self._passages = [p for p in record.passages if self.alone or p.evaluation == own]
        self._cover = self._cover_length() if self.alone else 0

    def _cover_length(self) -> int:
        for n, p in enumerate(self._passages):
            far = bool(p.places) and p.places[0].page > _COVER_PAGES
            if far or n >= _COVER_LINES or (_ENDS_COVER & set(p.heads) and p.kind == "heading"):
                return n
        return min(len(self._passages), _COVER_LINES)

    @cached_property
    def all(self) -> list[Line]:
        """Every line in reading order, the titles first; annexes, references and contents are left out."""
        return [*self._titles(), *(line for n, p in enumerate(self._passages) for line in self._of(p, cover=n < self._cover))]

    def of(self, *zones: Zone) -> list[Line]:
        """Lines of these zones."""
        return [line for line in self.all if line.zone in zones]

    def _titles(self) -> Iterator[Line]:
        titles = [self.evaluation.title] if self.evaluation else []
        if self.alone:
            titles.append(self.record.document.title)
        headings = {squeeze(p.text): p for p in self._passages if p.kind in {"title", "heading"}}
        for title in dict.fromkeys(t for t in titles if t):
            found = headings.get(squeeze(title))
            yield Line("title", aligned(title), found.places[0] if found and found.places else None)

    def _of(self, p: Passage, *, cover: bool) -> Iterator[Line]:
        out = bool(_LEFT_OUT & set(p.within)) and not cover
        page = p.places[0].page if p.places else min((c.places[0].page for c in p.cells if c.places), default=1)
        if p.kind == "table":
            if not out:
                yield from self._rows(p, cover=cover)
            return
        if out or not p.text:
            return
        text, place = aligned(p.text), p.places[0] if p.places else None
        if cover or page <= _ROW_PAGES:
            yield from self._labelled(text, place)
        if p.kind == "title":
            yield Line("title", text, place)
        elif cover:
            yield Line("cover", text, place)
        elif p.kind == "heading":
            yield Line("heading", text, place)
        else:
            yield Line("summary" if self._summed_up(p) else "body", text, place)

    def _rows(self, p: Passage, *, cover: bool) -> Iterator[Line]:
        by_row: dict[int, list[Cell]] = {}
        for cell in p.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for cells in by_row.values():
            label, rest = cells[0], cells[1:]
            topic = self._topic(aligned(label.text)) if rest else ""
            if topic:
                first = next((c for c in rest if c.text), rest[0])
                value = " ".join(c.text for c in rest)[:_LONGEST_ROW]
                yield Line("row", aligned(value), first.places[0] if first.places else None, topic)
                continue
            for cell in cells:
                place = cell.places[0] if cell.places else None
                for part in cell.text.split("\n"):
                    yield from self._labelled(aligned(part), place)
                # Under a label that nobody knows stands what it may be: the donor, the evaluator.
                yield Line("cover" if cover and not rest else "body", aligned(cell.text), place)

    def _topic(self, label: str) -> str:
        for topic in ("country_rows", "title_rows", "goal_rows"):
            if pattern(topic, self.language, _ROW).fullmatch(label):
                return topic
        return ""

    def _labelled(self, text: str, place: Place | None) -> Iterator[Line]:
        """Words after a label and a colon, up to the next label: "Countries: Italy and Albania"."""
        for topic in ("country_rows", "title_rows", "goal_rows"):
            found = pattern(topic, self.language, r"(?:^|\n)\s*(?:{})\s*:\s+").search(text)
            if found:
                value = text[found.end() : found.end() + _LONGEST_ROW]
                following = pattern("", None, r"\s[^\W\d_][\w/ ()]{{2,30}}:\s|\n\n").search(value) if topic == "country_rows" else None
                yield Line("row", value[: following.start()] if following else value, place, topic)

    def _summed_up(self, p: Passage) -> bool:
        return "summary" in p.within if self._has_summary else id(p) in self._opening

    @cached_property
    def _has_summary(self) -> bool:
        return any("summary" in p.within for p in self._passages if not _LEFT_OUT & set(p.within))

    @cached_property
    def _opening(self) -> frozenset[int]:
        body = [p for p in self._passages[self._cover :] if p.kind in {"paragraph", "item"} and not _LEFT_OUT & set(p.within)]
        return frozenset(id(p) for p in body[:_OPENING])
