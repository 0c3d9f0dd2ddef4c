"""Links that the text states: "Linked to: Conclusions 1, 2", "Conclusion 12 is linked to findings 14 and 15", "(see finding 3)".

A reference is looked for in a statement's own words, in the lines right behind it, in sentences that name both ends, and
in the cells beside a statement in its table's row.  Its numbers are those of statements of the same evaluation; one that
names none becomes a diagnostic.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.references import Reference, may_refer, only_references, plain_number, references, without_code
from evaltrail.read.recognise.rows_of_references import references_of_rows
from evaltrail.record import Diagnostic, Link
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.sections import Setting

_RANK = {"finding": 0, "conclusion": 1, "lesson": 2, "good_practice": 2, "recommendation": 3, "response": 4}
_LONGEST = 600
"""Characters of a paragraph outside the statements that may name both ends of a link."""
_LABEL = 40
"""Characters of an answer that show where it stands, where its label stands apart."""
_NEAR = 4
"""Blocks behind a statement in which a line of references may stand."""


def relation(one: str, other: str) -> tuple[bool, str] | None:
    """(whether ``one`` is where the link begins, kind of link) between statements of two kinds; None where there is none."""
    if one == other or one not in _RANK or other not in _RANK or _RANK[one] == _RANK[other]:
        return None
    first, second = sorted((one, other), key=lambda k: _RANK[k])
    if second == "response":
        # A response speaks about what it names, and so the link begins with it.
        return (one == "response", "answers") if first in ("recommendation", "finding") else None
    return (one == first, "leads_to" if second == "recommendation" else "supports")


@dataclass(slots=True)
class _Index:
    """The numbered statements of one evaluation, and where its numbered paragraphs stand."""

    ids: dict[int, str]
    by_number: dict[tuple[str, str], list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    found: list[Candidate] = field(default_factory=list)
    paragraphs: dict[str, int] = field(default_factory=dict)
    links: dict[tuple[str, str, str], list[Text]] = field(default_factory=lambda: defaultdict(list))
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def of(self, kind: str, number: str) -> list[Candidate]:
        """The statements of a kind that have a number, with or without the code before it ("C1")."""
        return self.by_number.get((kind, number)) or self.by_number.get((kind, without_code(kind, number))) or []


def stated_links(
    found: Sequence[Candidate],
    ids: dict[int, str],
    blocks: Sequence[Block],
    settings: Sequence[Setting],
    stretch: tuple[int, int],
    paragraphs: dict[str, int],
) -> tuple[list[Link], list[Diagnostic]]:
    """The links that one evaluation states, and its references that lead nowhere.

    Args:
        found: its statements in reading order, parts behind what they are parts of.
        ids: record id of each candidate, by ``id()``.
        blocks: all blocks of the document.
        settings: one a block.
        stretch: first block of the evaluation and one past its last.
        paragraphs: number of a numbered paragraph -> index of its block, those of the evaluation.
    """
    index = _index(found, ids, paragraphs)
    for c in found:
        _in_words(index, c)
        if c.kind == "response":
            _answered(index, c)
    _outside(index, blocks, settings, stretch)
    for row in references_of_rows(found, blocks, settings, stretch):
        if row.home is not None:
            for r, words in row.references:
                if r.kind != row.home.kind:
                    _link(index, row.home, r, words, sure=True)
        else:
            _pairs(index, row.references)
    links = [
        Link.model_validate({"from": a, "to": b, "kind": kind, "basis": "stated", "places": [p for t in words for p in t.places()]})
        for (a, b, kind), words in index.links.items()
    ]
    return links, index.diagnostics


def _index(found: Sequence[Candidate], ids: dict[int, str], paragraphs: dict[str, int]) -> _Index:
    index = _Index(ids, found=list(found), paragraphs=paragraphs)
    for c in found:
        if c.number and c.kind != "response":
            number = plain_number(c.number)
            for key in dict.fromkeys((number, re.sub(r"^[a-z]{1,3}(?=\d)", "", number))):
                index.by_number[c.kind, key].append(c)
    return index


def _in_words(index: _Index, c: Candidate) -> None:
    """References in a statement's own words; those inside one of its parts are the part's."""
    if not re.search(r"\d|[IVX]", c.text.text):
        return
    inside = [(p.text.pieces[0], p.text.pieces[-1]) for p in index.found if p.parent is c and p.basis == "part" and p.text.pieces]
    for r in references(c.text.text):
        if c.kind == "response" and r.kind == "recommendation" and not re.search(r"\w", c.text.text[: r.start]):
            continue  # "Recommendation 1 accepted: …" says what it answers
        words = c.text.cut(r.start, r.end)
        if words.pieces and any(_within(words, first, last) for first, last in inside):
            continue
        _link(index, c, r, words, sure=r.led)


def _answered(index: _Index, c: Candidate) -> None:
    """Report the number of a recommendation that an answer's label names and that none of the paper's numbered ones has."""
    if c.target is not None or not any(kind == "recommendation" for kind, _ in index.by_number):
        return
    lost = [n for n in c.answers if not index.of("recommendation", plain_number(n))]
    if lost and c.label and any(ch.isdigit() for ch in c.label):
        at = c.block.text.find(c.label) if c.block is not None else -1
        words = c.block.content.cut(at, at + len(c.label)) if c.block is not None and at >= 0 else c.text.cut(0, _LABEL)
        _report(index, c, Reference("recommendation", tuple(lost), 0, 0, led=True), lost, words)


def _within(words: Text, first: object, last: object) -> bool:
    here = words.pieces[0]
    a, b = (first.page, first.start), (last.page, last.start + last.length)  # type: ignore[attr-defined]
    return a <= (here.page, here.start) < b


def _outside(index: _Index, blocks: Sequence[Block], settings: Sequence[Setting], stretch: tuple[int, int]) -> None:
    """References between the statements: lines right behind one, and sentences that name both ends."""
    covered = {i for c in index.found for i in range(int(c.order), c.last + 1)}
    tops = [c for c in index.found if c.parent is None]
    starts = [c.order for c in tops]
    for i in range(*stretch):
        b = blocks[i]
        if i in covered or b.table is not None or settings[i].aside or settings[i].foreign:
            continue
        if len(b.text) > _LONGEST or not may_refer(b.text):
            continue
        # "C3" before "is linked to F1" may have been taken for a marker.
        line = join([b.marker, b.content]) if re.match(r"[A-Z]{1,3}[.-]?\d", b.marker.text) else b.content
        for s in sentences(line.text):
            _sentence(index, line.cut(s.start, s.end))
        alone = only_references(line.text)
        before = bisect_right(starts, i) - 1
        if alone and before >= 0 and b.kind != "heading":
            home = tops[before]
            near = i - max(home.last, int(home.order))
            between = blocks[max(home.last, int(home.order)) + 1 : i]
            if 0 < near <= _NEAR and not any(x.kind in ("heading", "title", "table") for x in between) and not _both_ends(alone):
                for r in alone:
                    _link(index, home, r, line.cut(r.start, r.end), sure=True)


def _both_ends(found: Sequence[Reference]) -> bool:
    """Whether a line names what it links and what it links it to ("Conclusion 1: findings 2 and 3")."""
    return len({r.kind for r in found}) > 1 and len(found[0].numbers) == 1 and not found[0].led


def _sentence(index: _Index, words: Text) -> None:
    """A sentence that opens with one statement's name and refers to others: "Conclusion 12 is linked to findings 14 and 15."."""
    found = references(words.text)
    if len(found) < 2 or re.search(r"\w{4,}", words.text[: found[0].start]):
        return
    subject = found[0]
    for n, r in enumerate(found[1:], 1):
        next_led = n + 1 < len(found) and found[n + 1].led
        if not r.led or (
            next_led and ";" in words.text[found[n - 1].end : r.start] and words.text[r.end : found[n + 1].start].strip(" ,;")
        ):
            subject = r  # "…; conclusion 2 is based on findings 2 and 3"
            continue
        for home in _named(index, subject) if r.kind != subject.kind else ():
            _link(index, home, r, words.cut(r.start, r.end), sure=True)


def _pairs(index: _Index, found: Sequence[tuple[Reference, Text]]) -> None:
    """A row of a table of references: each column leads to the next kind in the row."""
    order = sorted({r.kind for r, _ in found}, key=lambda k: _RANK.get(k, 9))
    for first, second in pairwise(order):
        for r, _ in found:
            if r.kind == second:
                for home in _named(index, r):
                    for other, words in found:
                        if other.kind == first:
                            _link(index, home, other, words, sure=True)


def _named(index: _Index, r: Reference) -> list[Candidate]:
    """The statements that a reference names beyond doubt."""
    out = []
    for n in r.numbers:
        for kind in r.kind.split("/"):
            own = index.of(kind, n)
            if len(own) == 1:
                out += own
                break
    return out


def _link(index: _Index, home: Candidate, r: Reference, words: Text, *, sure: bool) -> None:
    """Links between a statement and those that it refers to; a reference that names none is reported."""
    if r.kind == "paragraph":
        _link_paragraphs(index, home, r, words)
        return
    lost = []
    for n in r.numbers:
        target = _target(index, home, r.kind, n)
        if target is None:
            lost.append(n)
            continue
        _add(index, home, target, words)
    if lost and (sure or any(index.of(k, n) for k in r.kind.split("/") for n in r.numbers)):
        _report(index, home, r, lost, words)


def _add(index: _Index, home: Candidate, target: Candidate, words: Text) -> None:
    how = relation(home.kind, target.kind)
    if how is None or (how[1] == "answers" and target.kind == "recommendation"):
        return  # which recommendation a response answers is told by its place and label
    a, b = (home, target) if how[0] else (target, home)
    index.links[index.ids[id(a)], index.ids[id(b)], how[1]].append(words)


def _target(index: _Index, home: Candidate, kinds: str, number: str) -> Candidate | None:
    """The statement of a number; where sections count anew, the one of the same criterion."""
    for kind in kinds.split("/"):
        own = [c for c in index.of(kind, number) if c is not home]
        if len(own) > 1 and home.criteria:
            own = [c for c in own if set(c.criteria) & set(home.criteria)]
        if len(own) == 1:
            return own[0]
    return None


def _link_paragraphs(index: _Index, home: Candidate, r: Reference, words: Text) -> None:
    """Links to the statements that stand in the numbered paragraphs that are named."""
    if not index.paragraphs:
        return
    order = sorted(index.paragraphs.values())
    lost = []
    for n in r.numbers:
        at = index.paragraphs.get(n)
        if at is None:
            lost.append(n)
            continue
        behind = next((i for i in order if i > at), at + 1)
        for target in index.found:
            if target is not home and target.parent is None and at <= target.order < behind:
                _add(index, home, target, words)
    if lost:
        _report(index, home, r, lost, words)


def _report(index: _Index, home: Candidate, r: Reference, lost: Sequence[str], words: Text) -> None:
    kind = r.kind.split("/", maxsplit=1)[0].replace("_", " ")
    what = f"{kind} {', '.join(lost)}"
    there = r.kind == "paragraph" or any(k == o for k in r.kind.split("/") for o, _ in index.by_number)
    why = "is not there under one such number" if there else f"was not found: no {kind} has a number"
    name = home.label or f"{home.kind.replace('_', ' ')}{' ' + home.number if home.number else ''}"
    message = f"{name} refers to {what}, which {why}."
    index.diagnostics.append(Diagnostic(code="unresolved-reference", message=message, places=words.places()))
