"""What changed in the running text: headings, paragraphs, items, tables and captions that are no statement."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from evaltrail.record import Change
from evaltrail.text.difference.alignment import aligned, in_order
from evaltrail.text.difference.fields import Fields
from evaltrail.text.difference.pairs import Pair, Thing, pairs
from evaltrail.text.difference.statements import how
from evaltrail.text.difference.version import part_name
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail.record import Compared, Paragraph, Passage, Place, Record, Sighting
    from evaltrail.text.difference.version import Sighted

_HEADING_NUMBER = re.compile(r"((?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[IVX]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+)\s+")
_MANY = 20
"""Passages from which on a paper can be told to be another one by them."""
_LITTLE = 0.2
_NOUN = {"title": "Title", "heading": "Heading", "paragraph": "Paragraph", "item": "Item", "table": "Table", "caption": "Caption"}


class Running:
    """The passages of two versions side by side; without passages, their numbered paragraphs."""

    def __init__(self, old: Sighted, new: Sighted) -> None:
        self.old, self.new = _Text(old), _Text(new)
        self.renumbered = 0
        """Numbered paragraphs with another number, statements' among them."""
        self.typographic = 0
        self.pairs = self._pairs()

    def in_common(self) -> str:
        """What is to be said of two papers that share hardly a passage; empty where they share some, or are too short to tell."""
        most = max(len(self.old.texts), len(self.new.texts))
        if most < _MANY or len(self.pairs) >= _LITTLE * most:
            return ""
        return f"These two have little in common: {len(self.pairs)} of {most} passages match."

    def changes(self) -> list[Change]:
        """All changes, in the order of the newer version."""
        mine, theirs, found = self.old, self.new, self.pairs
        moved = set(range(len(found))) - set(in_order([p.new for p in found]))
        out: list[tuple[tuple[int, int, int], Change]] = []
        for n, p in enumerate(found):
            change = self._changed(p, moved=n in moved)
            if change is not None:
                out.append(((p.new, 1, 0), change))
        new_of = {p.old: p.new for p in found}
        before = -1
        for i in range(len(mine.texts)):
            if i in new_of:
                before = new_of[i]
            elif not mine.told[i]:
                out.append(((before, 2, i), Change(what=mine.kinds[i], how="removed", part=mine.parts[i], old=(mine.seen(i),))))
        added = [j for j in sorted(set(range(len(theirs.texts))) - set(new_of.values())) if not theirs.told[j]]
        out += [((j, 0, 0), Change(what=theirs.kinds[j], how="added", part=theirs.parts[j], new=(theirs.seen(j),))) for j in added]
        return [c for _, c in sorted(out, key=lambda x: x[0])]

    def _pairs(self) -> list[Pair]:
        """The same words in the same order first; then, of what is left, what is alike."""
        sure = aligned(self.old.keys, self.new.keys)
        gone = {i for i, _ in sure}, {j for _, j in sure}
        left = [i for i in range(len(self.old.texts)) if i not in gone[0]], [j for j in range(len(self.new.texts)) if j not in gone[1]]
        things = (
            [Thing(self.old.texts[i], sort=self.old.kinds[i] == "table") for i in left[0]],
            [Thing(self.new.texts[j], sort=self.new.kinds[j] == "table") for j in left[1]],
        )
        alike = [Pair(left[0][p.old], left[1][p.new], p.by, p.likeness) for p in pairs(*things, by_name=False)]
        return sorted([Pair(i, j, "words", 1.0) for i, j in sure] + alike, key=lambda p: p.old)

    def _changed(self, p: Pair, *, moved: bool) -> Change | None:
        mine, theirs = self.old, self.new
        numbers = mine.markers[p.old], theirs.markers[p.new]
        bare = [n.strip(" .()") for n in numbers]
        numbered = mine.kinds[p.old] == "paragraph" and all(n[:1].isdigit() for n in bare)
        self.renumbered += numbered and bare[0] != bare[1]
        if mine.told[p.old] and theirs.told[p.new]:
            return None
        fields = Fields()
        fields.value("kind", mine.kinds[p.old], theirs.kinds[p.new])
        if moved and len(mine.texts[p.old].split()) > 2:
            fields.value("order", p.old + 1, p.new + 1)
        if mine.kinds[p.old] == theirs.kinds[p.new] == "heading":
            fields.value("marker", bare[0] or None, bare[1] or None)
        fields.text("text", mine.texts[p.old], theirs.texts[p.new])
        self.typographic += fields.typographic
        found = tuple(fields.found)
        if not found:
            return None
        kind = theirs.kinds[p.new]
        return Change(
            what=kind,
            how="renumbered" if {f.field for f in found} == {"marker"} else how(found),
            part=theirs.parts[p.new],
            old=(mine.seen(p.old),),
            new=(theirs.seen(p.new),),
            by=p.by,
            likeness=round(p.likeness, 3),
            fields=found,
        )


class _Text:
    """The passages of one version; a list of each of their properties."""

    def __init__(self, version: Sighted) -> None:
        self.version = version
        record = version.record
        some: list[Passage | Paragraph] = list(_passages(record)) if record.passages else list(record.paragraphs)
        parts = {e.id: part_name(e) or None for e in record.evaluations}
        self.passages = some
        self.kinds: list[Compared] = [getattr(p, "kind", "paragraph") for p in some]
        apart = [_apart(p) for p in some]
        self.markers = [marker for marker, _ in apart]
        self.texts = [text for _, text in apart]
        self.parts = [parts.get(getattr(p, "evaluation", None) or "") for p in some]
        self.keys = [(fold(t) or t, k == "table") for t, k in zip(self.texts, self.kinds, strict=True)]
        self.told = _told(record, some, self.texts)
        """Whether a passage is told as a statement, rating, decision or the like."""

    def seen(self, index: int) -> Sighting:
        p, marker = self.passages[index], self.markers[index].strip(" .")
        name = _NOUN.get(self.kinds[index], "Paragraph")
        named = f"{name} {marker}" if marker and marker[0].isalnum() and self.kinds[index] in ("paragraph", "heading") else name
        return self.version.sighting(named, p.places, self.texts[index])


def _passages(record: Record) -> Iterator[Passage]:
    """The passages, without lists of contents: their page numbers change with every line."""
    return (p for p in record.passages if "contents" not in p.within and (p.text.strip() or p.cells))


def _apart(p: Passage | Paragraph) -> tuple[str, str]:
    """Marker and words; a heading's number counts as its marker where it stands among the words."""
    marker, text = str(getattr(p, "marker", None) or getattr(p, "number", "")), _text(p)
    if not marker and getattr(p, "kind", "") == "heading" and (found := _HEADING_NUMBER.match(text)):
        return found[1], text[found.end() :]
    return marker, text


def _text(p: Passage | Paragraph) -> str:
    cells = getattr(p, "cells", ())
    if not cells:
        return p.text
    rows: dict[int, list[str]] = defaultdict(list)
    for c in cells:
        rows[c.row].append(" ".join(c.text.split()))
    return "\n".join(" | ".join(rows[n]) for n in sorted(rows))


def _told(record: Record, passages: list[Passage | Paragraph], texts: list[str]) -> list[bool]:
    """Which passages hold what is compared as a statement, with its label and its table."""
    spans = _spans(_places_told(record))
    said = _said(record)
    out = []
    for p, text in zip(passages, texts, strict=True):
        held = any(_overlaps(spans.get(x.page, []), x.start, x.end) for x in p.places)
        out.append(held or fold(text) in said or _is_action_table(p, said))
    return out


def _places_told(record: Record) -> Iterator[Place]:
    for e in record.evaluations:
        for s in e.statements:
            yield from s.places
            if s.kind == "response":
                yield from (p for a in s.actions for p in a.places)
        yield from (p for r in e.ratings for p in r.places)
        yield from (p for o in e.overall_responses for p in o.places)
    for d in record.decisions:
        yield from d.places


def _spans(places: Iterable[Place]) -> dict[int, list[tuple[int, int]]]:
    """Spans of each page, ascending and apart."""
    out: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, start, end in sorted((p.page, p.start, p.end) for p in places):
        some = out[page]
        if some and start <= some[-1][1]:
            some[-1] = (some[-1][0], max(some[-1][1], end))
        else:
            some.append((start, end))
    return out


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    n = bisect_right(spans, (end - 1, 1 << 60)) - 1
    return n >= 0 and spans[n][1] > start


def _said(record: Record) -> set[str]:
    """Folded words of statements, of their labels, and of what is printed in their tables."""
    out: set[str] = set()
    for e in record.evaluations:
        for s in e.statements:
            out |= {fold(s.text), fold(s.label or "")}
            if s.kind == "recommendation":
                out |= {fold(x or "") for x in (s.as_printed.responsible, s.as_printed.priority, s.as_printed.time, s.as_printed.resources)}
    return out - {""}


def _is_action_table(p: Passage | Paragraph, said: set[str]) -> bool:
    """Whether a table holds nothing in its body but what recommendations have as printed."""
    cells = [c for c in getattr(p, "cells", ()) if not c.header and c.row >= getattr(p, "header_rows", 0) and fold(c.text)]
    return bool(cells) and all(fold(c.text) in said for c in cells)
