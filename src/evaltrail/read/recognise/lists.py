"""Statements that nothing labels: items, numbered paragraphs, bold openings, boxes under a heading that names the kind.

Within one section a writer sets statements in one way (``ways``).  Of those that the section shows and that fit the kind
the most structured one is taken; what the others find is its explanation.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.outline import join
from evaltrail.read.recognise.candidates import Candidate
from evaltrail.read.recognise.evaluations import part_heads
from evaltrail.read.recognise.labelled import whole
from evaltrail.read.recognise.sections import KIND_OF_ROLE, is_pure
from evaltrail.read.recognise.ways import WAYS, Unit, count, giver, title_of_section
from evaltrail.read.recognise.ways.bold import opening_criteria
from evaltrail.read.recognise.words import alternation, fold, listed, without_enumerator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Text
    from evaltrail.read.recognise.sections import Setting
    from evaltrail.read.recognise.ways import Way

BOUNDED = {"lesson": 16, "good_practice": 16}
"""Kinds that come in short lists: a longer one is a chapter that the heading does not govern."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of a paper before its lists are read."""

    blocks: Sequence[Block]
    settings: Sequence[Setting]
    running: frozenset[int]
    """Blocks that carry the paper's running paragraph numbers, which make no list of their own."""
    language: str | None = None


def listed_statements(paper: Paper, taken: set[int], have: Sequence[Candidate]) -> list[Candidate]:
    """Unlabelled statements of all sections whose heading names a kind and that hold no labelled ones of it.

    ``taken`` are the blocks of statements found before, which are ``have``.
    """
    blocks = paper.blocks
    paper = replace(paper, running=paper.running | _chaptered(blocks, paper.settings))
    out: list[Candidate] = []
    starts = [0, *(h[0] for h in part_heads(blocks)), len(blocks)]
    # Each evaluation of a document has its own way of setting statements.
    for first, end in pairwise(starts):
        out += _in_part(paper, taken, [c for c in have if first <= c.order < end], range(first, end))
    return out


def _in_part(paper: Paper, taken: set[int], have: Sequence[Candidate], part: range) -> list[Candidate]:
    blocks, settings = paper.blocks, paper.settings
    found: dict[str, list[_Group]] = {}
    last: dict[str, int] = {}
    # A paper that labels its statements lists no others of the kind.
    named = Counter(
        c.kind
        for c in have
        if c.number and c.basis in ("label", "heading") and not (c.setting.summary or c.setting.annex or c.setting.foreign)
    )
    for role, start, end in _ranges(settings, part):
        if settings[start].aside or settings[start].foreign or role == "response":
            continue
        kind = KIND_OF_ROLE[role]
        inside = [c for c in have if c.kind == kind and start <= c.order <= end]
        if inside or (named.get(kind, 0) >= 3 and not settings[start].summary):
            continue
        units = [
            Unit(i, blocks[i], settings[i], running=i in paper.running, language=paper.language)
            for i in range(start, end + 1)
            if i not in taken
        ]
        if not units:
            continue
        group = _section(kind, units, frozenset(settings[start].roles), last.get(kind, 0))
        if group is not None:
            found.setdefault(kind, []).append(group)
            last[kind] = group.last_number or last.get(kind, 0)
    return [c for kind, groups in found.items() for c in _strongest(kind, groups)]


def _chaptered(blocks: Sequence[Block], settings: Sequence[Setting]) -> frozenset[int]:
    """Paragraphs numbered by chapter ("4.12"), where the report numbers its text so throughout."""
    found = [
        i
        for i, b in enumerate(blocks)
        if b.kind in ("paragraph", "item")
        and len(b.text.split()) >= 12
        and re.match(r"^\d{1,2}\.\d{1,3}(?:\.\d{1,2})?\.?$", b.marker.text.strip())
    ]
    elsewhere = sum(not settings[i].roles for i in found)
    return frozenset(found) if elsewhere >= 12 else frozenset()


@dataclass(slots=True)
class _Group:
    """The statements that one section lists, and how."""

    way: Way
    candidates: list[Candidate]
    level: int
    last_number: int = 0


def _ranges(settings: Sequence[Setting], part: range) -> list[tuple[str, int, int]]:
    """(role, first, last) of the stretches of blocks under one heading that gives a role."""
    out: list[tuple[str, int, int]] = []
    begin = part.start
    for i in range(part.start + 1, part.stop + 1):
        if i == part.stop or giver(settings[i]) != giver(settings[begin]):
            roles = settings[begin].roles
            # "Conclusions and lessons learned" may also name a good practice here and there.
            also = {"lessons", "good_practices"} if len(roles) > 1 and roles & {"conclusions", "lessons"} else set()
            out.extend((role, begin, i - 1) for role in sorted(roles | also))
            begin = i
    return out


def _section(kind: str, units: list[Unit], joint: frozenset[str], last: int) -> _Group | None:
    """The statements of one section, set in the most structured way that it shows; ``last`` is the number before its first."""
    direct = _straight_under(units)
    # What stands straight under the heading speaks first, for headings below it may belong to another chapter; but a
    # plain list further down speaks before the prose that leads to it.
    pools = (direct, units) if kind in BOUNDED and len(direct) < len(units) - 1 else (units,)
    for prose in (False, True):
        for pool in pools:
            for way in WAYS[kind]:
                if way.prose == prose:
                    group = _set_in(way, kind, pool, joint, last)
                    if group is not None and len(group.candidates) <= BOUNDED.get(kind, 200):
                        return group
    return None


def _straight_under(units: list[Unit]) -> list[Unit]:
    """The blocks that stand under the heading that names the kind and under no other below it."""
    head = giver(units[0].setting) if units else -1
    return [u for u in units if u.setting.section.index == head and u.index != head]


def _set_in(way: Way, kind: str, units: list[Unit], joint: frozenset[str], last: int) -> _Group | None:
    """The statements that are set in this way, or None where too few are."""
    if way.direct:
        units = _straight_under(units)
    if not units or (way.pure and not is_pure(title_of_section(units[0].setting))):
        return None
    found = way.find(units)
    numbers = [count(u) for u in found if u.number]
    if len(found) < way.least or (way.counts and numbers and not (numbers[0] == 1 or last < numbers[0] <= last + 2)):
        return None
    chosen = [u for u in found if _fits(kind, u, joint, least=2 if way.topics else 4)]
    if kind == "recommendation" and way.name == "numbered_paragraphs":
        asks = alternation("statements", "sentences", "asks")
        chosen = [u for u in chosen if asks.search(fold(u.block.text)[:400])]
    # In a joint list a single item may be the one that names its kind ("A lesson is that …").
    if len(chosen) < (1 if len(joint) > 1 and kind in BOUNDED else way.least):
        return None
    level = next((s.level for s in units[0].setting.section.chain if s.roles & units[0].setting.roles), 9)
    return _Group(way, [_candidate(kind, u, units, found, way) for u in chosen], level, numbers[-1] if numbers else 0)


def _fits(kind: str, unit: Unit, joint: frozenset[str], *, least: int) -> bool:
    """Whether a block of ``least`` words or more can be a statement of the kind in a section of these roles."""
    words = fold(unit.block.text)
    if len(words.split()) < least or words.strip(" .") in listed("statements", "none"):
        return False
    if len(joint) > 1:
        # A joint section ("Conclusions and lessons learned"): an opening that names a kind decides, else the first role.
        named = _named(words)
        if named is not None or kind not in {KIND_OF_ROLE[r] for r in joint}:
            return named == kind
        asks = bool(alternation("statements", "sentences", "recommendation").search(words))
        asks = asks or bool(alternation("statements", "sentences", "obliges").search(words))
        if "recommendations" in joint:
            return asks if kind == "recommendation" else not asks and kind == _first(joint - {"recommendations"})
        return kind == _first(joint)
    return True


def _first(joint: frozenset[str]) -> str:
    """The kind that a joint section is taken for where the words do not tell."""
    for role in ("conclusions", "findings", "lessons", "good_practices", "recommendations", "response"):
        if role in joint:
            return KIND_OF_ROLE[role]
    return ""


def _named(words: str) -> str | None:
    """The kind that an opening names ("A lesson is that …")."""
    opening = " ".join(words.split()[:6])
    for role in ("lessons", "good_practices"):
        if alternation("sections", "roles", role).search(opening):
            return KIND_OF_ROLE[role]
    return None


def _candidate(kind: str, unit: Unit, units: list[Unit], found: list[Unit], way: Way) -> Candidate:
    """The statement that begins with the block, with the items and the rest of the frame behind it."""
    starts = {u.index for u in found}
    block = unit.block
    content = block.content
    if block.kind == "heading":
        content = content.cut(len(block.text) - len(without_enumerator(block.text)))
    parts: list[Text] = [content]
    last = unit.index
    for u in units:
        if u.index <= unit.index:
            continue
        if u.index in starts or u.block.kind not in ("item", "paragraph"):
            break
        if way.topics and block.kind == "heading" and len(parts) == 1 and u.block.kind == "paragraph":
            parts.append(u.block.content)
            last = u.index
            continue
        if u.block.kind == "paragraph" and (u.block.marker.text or not (block.box and u.block.box == block.box)):
            break
        if block.kind == u.block.kind == "item" and (u.block.level, u.block.marker.text) == (block.level, block.marker.text):
            break
        parts.append(whole(u.block))
        last = u.index
    return Candidate(
        kind,
        join(parts, "\n"),
        unit.index,
        unit.setting,
        way.basis,
        number=unit.number,
        criteria=unit.setting.criteria or opening_criteria(unit.block),
        block=unit.block,
        last=last,
        group=("list", way.name, giver(unit.setting)),
    )


def _strongest(kind: str, groups: list[_Group]) -> list[Candidate]:
    """Sections that speak for the paper: those under the highest heading of the kind, and of these the plainly listed before the prose."""
    out: list[_Group] = []
    for region in (False, True):
        # The summary and the body are weighed apart; the choice between them comes later.
        pool = [g for g in groups if (g.candidates[0].setting.summary or g.candidates[0].setting.annex) == region]
        pool = [g for g in pool if not (g.way.prose and any(_leads_to(g, h) for h in pool if not h.way.prose))]
        if pool and kind not in ("finding", "recommendation"):
            top = min(g.level for g in pool)
            pool = [g for g in pool if g.level == top]
        pool = [g for g in pool if not g.way.prose] or pool
        if pool and kind == "recommendation":
            # Other sections count where they stand as high, or set theirs in the same way (at the end of each chapter).
            first = min(pool, key=lambda g: g.level)
            pool = [g for g in pool if g.level == first.level or g.way == first.way]
        if sum(len(g.candidates) for g in pool if g.way.name == "stating_headings") < 5:
            pool = [g for g in pool if g.way.name != "stating_headings"]
        out += pool
    return [c for g in out for c in g.candidates]


def _leads_to(prose: _Group, listed: _Group) -> bool:
    """Whether the prose stands under a heading whose subsections list: it introduces them."""
    under = {s.index for s in listed.candidates[0].setting.section.chain[1:]}
    return giver(prose.candidates[0].setting) in under and giver(listed.candidates[0].setting) != giver(prose.candidates[0].setting)
