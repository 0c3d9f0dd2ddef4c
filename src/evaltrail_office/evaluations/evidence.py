"""What the findings of a paper stand on: the paragraphs that the paper sets under them, and the numbers in those.

Under a heading with one finding the paragraphs are that finding's: the paper says so by where it puts them. Under a heading with several,
which paragraph goes with which finding is proposed by the words that they share.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.check.grounds import share, terms
from evaltrail.write.charts import TrailLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import Evaluation, Passage, Place, Quantity, Record, Statement

_FEW = 3
"""Paragraphs under one finding that are shown one by one; more make one piece."""
_LEAST = 0.08
"""Share of a paragraph's or a finding's words that the two must have in common for them to be put together."""
_AS_LIKE = 0.95
"""Share of the best likeness from which on a paragraph goes with another finding too."""
_SHORTEST = 8
"""Words of a paragraph; what is shorter is a label or a piece of a table."""
_BODY = frozenset({"paragraph", "item"})
_NOT_EVIDENCE = frozenset({"conclusions", "lessons", "good_practices", "recommendations", "response", "decision", "contents", "references"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph that findings stand on, or several in a row."""

    id: str
    numbers: tuple[str, ...]
    """Of its paragraphs, as printed."""
    text: str
    places: tuple[Place, ...]
    paragraphs: int
    quantities: int
    """Numbers of the ledger that stand in it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What findings stand on."""

    pieces: tuple[Piece, ...] = ()
    lines: tuple[TrailLine, ...] = ()
    """From a piece to a finding."""
    bare: frozenset[str] = frozenset()
    """Findings with no paragraph under them, no number and no note of their own; empty where the paper sets nothing under any finding."""


@dataclass(slots=True)
class _Unit:
    """A paragraph with the items of its list."""

    passages: list[Passage]
    number: str
    finding: str = ""
    words: frozenset[str] = field(default_factory=frozenset)


def evidence_of(record: Record, evaluation: Evaluation) -> Evidence:
    """What the findings of one evaluation of a record stand on."""
    findings = [s for s in evaluation.statements if s.kind == "finding" and s.parent is None and s.places]
    taken = _starts(p for s in evaluation.statements for p in s.places)
    passages = record.passages
    at = {s.id: _passage_at(passages, s.places[0]) for s in findings}
    sections: defaultdict[int, list[Statement]] = defaultdict(list)
    for s in findings:
        index = at[s.id]
        if index is not None and passages[index].section is not None:
            sections[passages[index].section or 0].append(s)
    units = _units(record, evaluation, sections, taken)
    pieces: list[Piece] = []
    lines: list[TrailLine] = []
    for section, own in sections.items():
        for several, joined, proposed in _joined(units.get(section, []), own, record.document.language or "en"):
            piece = _piece(f"{evaluation.id}/evidence/{len(pieces)}", several, record.quantities)
            pieces.append(piece)
            lines += [TrailLine(piece.id, s.id, proposed) for s in joined]
    if not pieces:
        return Evidence()
    stood_on = {line.end for line in lines}
    alone = frozenset(s.id for s in findings if s.id not in stood_on and not _says_itself(s, record, at[s.id]))
    return Evidence(tuple(pieces), tuple(lines), alone)


def _starts(places: Iterable[Place]) -> dict[int, list[tuple[int, int]]]:
    spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in places:
        spans[place.page].append((place.start, place.end))
    return spans


def _passage_at(passages: Sequence[Passage], place: Place) -> int | None:
    for i, passage in enumerate(passages):
        for own in passage.places:
            if own.page == place.page and own.start <= place.end and place.start <= own.end:
                return i
    return None


def _units(
    record: Record, evaluation: Evaluation, sections: dict[int, list[Statement]], taken: dict[int, list[tuple[int, int]]]
) -> dict[int, list[_Unit]]:
    """Paragraphs by the heading that they stand under, statements left out; an item belongs to the paragraph above it."""
    numbers = {(p.places[0].page, p.places[0].start): p.number for p in record.paragraphs if p.places}
    language = record.document.language or "en"
    found: defaultdict[int, list[_Unit]] = defaultdict(list)
    for passage in record.passages:
        section = passage.section
        if section not in sections or passage.kind not in _BODY or passage.evaluation not in (evaluation.id, None):
            continue
        if not passage.places or set(passage.within) & _NOT_EVIDENCE or _overlaps(passage.places[0], taken):
            continue
        if passage.kind == "item" and found[section]:
            found[section][-1].passages.append(passage)
            continue
        if len(passage.text.split()) < _SHORTEST:
            continue
        place = passage.places[0]
        number = numbers.get((place.page, place.start), passage.marker.rstrip(". "))
        found[section].append(_Unit([passage], number))
    for units in found.values():
        for unit in units:
            unit.words = terms(" ".join(p.text for p in unit.passages), language)
    return found


def _overlaps(place: Place, taken: dict[int, list[tuple[int, int]]]) -> bool:
    return any(start < place.end and place.start < end for start, end in taken.get(place.page, ()))


def _joined(units: list[_Unit], findings: list[Statement], language: str) -> list[tuple[list[_Unit], list[Statement], bool]]:
    """Paragraphs with the findings that they go with, and whether that is only proposed; many of the same findings as one."""
    several: defaultdict[tuple[str, ...], list[_Unit]] = defaultdict(list)
    words = {s.id: terms(s.text, language) for s in findings}
    for unit in units:
        if len(findings) == 1:
            several[findings[0].id,].append(unit)
            continue
        likeness = {s.id: max(share(words[s.id], unit.words), share(unit.words, words[s.id])) if unit.words else 0.0 for s in findings}
        best = max(likeness.values())
        if best >= _LEAST:
            several[tuple(s.id for s in findings if likeness[s.id] >= _AS_LIKE * best)].append(unit)
    by_id = {s.id: s for s in findings}
    out: list[tuple[list[_Unit], list[Statement], bool]] = []
    for ids, own in several.items():
        groups = [own] if len(own) > _FEW else [[unit] for unit in own]
        out += [(group, [by_id[i] for i in ids], len(findings) > 1) for group in groups]
    return out


def _piece(name: str, units: list[_Unit], ledger: Sequence[Quantity]) -> Piece:
    passages = [p for unit in units for p in unit.passages]
    places = tuple(place for p in passages for place in p.places)
    spans = _starts(places)
    inside = sum(1 for q in ledger if q.unit != "year" and q.places and _overlaps(q.places[0], spans))
    numbers = tuple(unit.number for unit in units if unit.number)
    return Piece(name, numbers, passages[0].text, places, len(units), inside)


def _says_itself(finding: Statement, record: Record, at: int | None) -> bool:
    """Whether a finding has a number or calls a note in its own words."""
    spans = _starts(finding.places)
    if any(q.unit != "year" and q.places and _overlaps(q.places[0], spans) for q in record.quantities):
        return True
    return at is not None and bool(record.passages[at].marks)
