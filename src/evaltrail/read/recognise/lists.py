"""Statements that nothing labels: items, numbered paragraphs, bold openings, boxes under a heading that names the kind.

Within one section a writer sets statements in one way.  Every way that the section shows is a *pattern*; the most
structured one that fits the kind is taken, the others are its explanation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Candidate
from evaltrail.read.recognise.labelled import whole
from evaltrail.read.recognise.sections import KIND_OF_ROLE, criteria_of, roles_of
from evaltrail.read.recognise.words import alternation, fold, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_DECIMAL = re.compile(r"^\(?(\d{1,3})[.)]?$")
_COMPOSITE = re.compile(r"^\(?([A-Z]{1,3}[.-]?\d{1,2}(?:\.\d{1,2})?|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[.):]?$")
_SENTENCE_END = (".", "!", "?", ";", ":", ".”", ".’", '."', ".)")
_LEAD_MIN = 8


@dataclass(slots=True)
class _Unit:
    index: int
    block: Block
    setting: Setting
    number: str | None = None


def listed_statements(
    blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int], have: Sequence[Candidate]
) -> list[Candidate]:
    """Unlabelled statements of all sections whose heading names a kind and that hold no labelled ones of it."""
    out: list[Candidate] = []
    for role, start, end in _ranges(settings):
        if settings[start].aside or settings[start].foreign:
            continue
        kind = KIND_OF_ROLE[role]
        if kind == "response":
            continue
        inside = [c for c in have if c.kind == kind and start <= c.order <= end]
        if inside:
            continue
        units = [_Unit(i, blocks[i], settings[i]) for i in range(start, end + 1) if i not in taken]
        joint = frozenset(settings[start].roles)
        out.extend(_section(kind, units, joint))
    return out


def _ranges(settings: Sequence[Setting]) -> list[tuple[str, int, int]]:
    """(role, first, last) of the stretches of blocks under one heading that gives a role."""
    out: list[tuple[str, int, int]] = []
    begin = 0
    for i in range(1, len(settings) + 1):
        if i == len(settings) or _giver(settings[i]) != _giver(settings[begin]):
            out.extend((role, begin, i - 1) for role in sorted(settings[begin].roles))
            begin = i
    return out


def _giver(s: Setting) -> int:
    """Index of the heading that gives the block its roles."""
    if not s.roles:
        return -2
    for section in s.section.chain:
        if section.roles & s.roles:
            return section.index
    return -2


def _section(kind: str, units: list[_Unit], joint: frozenset[str]) -> list[Candidate]:
    patterns = {
        "finding": (_boxes, _bold_statements),
        "conclusion": (_boxes, _numbered_items, _bold_leads, _bold_statements, _numbered_paragraphs),
        "lesson": (_numbered_items, _bold_leads, _bullets, _bold_statements, _numbered_paragraphs, _paragraphs),
        "good_practice": (_numbered_items, _bold_leads, _bullets, _bold_statements, _numbered_paragraphs, _paragraphs),
        "recommendation": (_boxes, _numbered_items, _bold_leads, _bold_statements, _bullets, _numbered_paragraphs, _sentence_headings, _requests),
    }[kind]
    for pattern in patterns:
        chosen = [u for u in pattern(units) if _fits(kind, u, joint)]
        if len(chosen) >= _least(kind, pattern.__name__):
            return [_candidate(kind, u, units, chosen, pattern.__name__.strip("_")) for u in chosen]
    return []


def _least(kind: str, pattern: str) -> int:
    if pattern in ("_requests", "_bold_statements") and kind == "recommendation":
        return 1
    return 1 if kind in ("lesson", "good_practice") and pattern == "_numbered_paragraphs" else 2


def _fits(kind: str, unit: _Unit, joint: frozenset[str]) -> bool:
    words = fold(unit.block.text)
    if len(words.split()) < 4 or words.strip(" .") in listed("statements", "none"):
        return False
    if len(joint) > 1:
        # A joint section ("Conclusions and lessons learned"): an opening that names a kind decides, else the first role.
        named = _named(words)
        if named is not None:
            return named == kind
        asks = bool(alternation("statements", "sentences", "recommendation").search(words)) or bool(re.search(r"\b(?:should|must|needs? to|devrait|devraient|debería|deberían|deveria|deveriam)\b", words))
        if "recommendations" in joint:
            return asks if kind == "recommendation" else not asks and kind == _first(joint - {"recommendations"})
        return kind == _first(joint)
    return True


def _first(joint: frozenset[str]) -> str:
    for role in ("conclusions", "findings", "lessons", "good_practices", "recommendations", "response"):
        if role in joint:
            return KIND_OF_ROLE[role]
    return ""


def _named(words: str) -> str | None:
    opening = " ".join(words.split()[:6])
    for role in ("lessons", "good_practices"):
        if alternation("sections", "roles", role).search(opening):
            return KIND_OF_ROLE[role]
    return None


def _numbered_items(units: list[_Unit]) -> list[_Unit]:
    """Items or paragraphs whose markers count 1, 2, 3 within the section (lettered codes such as B2 too)."""
    found: list[_Unit] = []
    for u in units:
        marker = u.block.marker.text.strip()
        m = _COMPOSITE.match(marker)
        if m:
            found.append(_Unit(u.index, u.block, u.setting, m.group(1)))
            continue
        m = _DECIMAL.match(marker)
        if m and u.block.kind != "heading":
            found.append(_Unit(u.index, u.block, u.setting, m.group(1)))
    plain = [u for u in found if u.number and u.number.isdigit()]
    numbers = [int(u.number or 0) for u in plain]
    if numbers and numbers[0] != 1:
        # The paper's running paragraph numbers, not a list of the section's own.
        found = [u for u in found if u not in plain]
    return found


def _numbered_paragraphs(units: list[_Unit]) -> list[_Unit]:
    return [_Unit(u.index, u.block, u.setting) for u in units if u.block.kind == "paragraph" and _DECIMAL.match(u.block.marker.text.strip())]


def _bullets(units: list[_Unit]) -> list[_Unit]:
    items = [u for u in units if u.block.kind == "item"]
    if not items:
        return []
    least = min(u.block.level for u in items)
    return [u for u in items if u.block.level == least and not re.match(r"^\(?[a-z]{1,4}[.)]$", u.block.marker.text.strip())]


def _lead(block: Block) -> int:
    """Length of the bold opening of a block, 0 without one."""
    if block.bold_spans and block.bold_spans[0][0] <= 1:
        return block.bold_spans[0][1]
    return 0


def _bold_leads(units: list[_Unit]) -> list[_Unit]:
    """Blocks that open in bold and go on in plain type."""
    return [u for u in units if u.block.kind in ("paragraph", "item") and _LEAD_MIN <= _lead(u.block) < len(u.block.text) - 20 and u.block.bold < 0.9]


def _bold_statements(units: list[_Unit]) -> list[_Unit]:
    """Sentences wholly in bold: a block of its own, or the opening of one."""
    return [
        u for u in units
        if u.block.kind in ("paragraph", "item", "heading") and (u.block.bold > 0.85 or _lead(u.block) > 60)
        and len(u.block.text.split()) >= 6 and u.block.text.rstrip().endswith(_SENTENCE_END) and not criteria_only(u.block.text)
    ]


def _boxes(units: list[_Unit]) -> list[_Unit]:
    """Blocks in drawn frames: the first one of each, when most frames are short."""
    seen: set[str] = set()
    out: list[_Unit] = []
    for u in units:
        b = u.block
        if b.box is None or b.kind not in ("paragraph", "item", "heading") or len(b.text.split()) < 6:
            continue
        if b.box not in seen:
            seen.add(b.box)
            out.append(u)
    return out


def _sentence_headings(units: list[_Unit]) -> list[_Unit]:
    return [u for u in units if u.block.kind == "heading" and len(u.block.text.split()) >= 6 and not roles_of(u.block.text) and not criteria_only(u.block.text)]


def _requests(units: list[_Unit]) -> list[_Unit]:
    """Paragraphs that ask for something in so many words."""
    pattern = alternation("statements", "sentences", "recommendation")
    ask = re.compile(r"\b(?:should|devrait|devraient|debería|deberían|deveria|deveriam)\b")
    out = []
    for u in units:
        if u.block.kind not in ("paragraph", "item"):
            continue
        words = fold(u.block.text)
        if words.endswith(":") and re.search(r"\bfollowing\b", words):
            continue
        if pattern.search(words) or ask.search(words[:200]):
            out.append(u)
    return out


def _paragraphs(units: list[_Unit]) -> list[_Unit]:
    """Plain paragraphs, where the section is no more than a handful of them."""
    plain = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 12]
    return plain if 2 <= len(plain) <= 9 else []


def criteria_only(text: str) -> bool:
    """Whether a text is no more than the name of a criterion."""
    return bool(criteria_of(text)) and len(text.split()) < 6


def _candidate(kind: str, unit: _Unit, units: list[_Unit], chosen: list[_Unit], pattern: str) -> Candidate:
    starts = {u.index for u in chosen}
    parts: list[Text] = [unit.block.content]
    last = unit.index
    for u in units:
        if u.index <= unit.index:
            continue
        if u.index in starts or u.block.kind not in ("item", "paragraph"):
            break
        if u.block.kind == "paragraph" and (u.block.marker.text or not (unit.block.box and u.block.box == unit.block.box)) and not (parts[-1].text.endswith(":") and False):
            break
        parts.append(whole(u.block))
        last = u.index
    basis = {"numbered_items": "number", "bold_leads": "bold", "bold_statements": "bold", "bullets": "bullet", "boxes": "box", "numbered_paragraphs": "paragraph", "sentence_headings": "heading", "requests": "sentence", "paragraphs": "paragraph"}[pattern]
    return Candidate(kind, join(parts, "\n"), unit.index, unit.setting, basis, number=unit.number, criteria=unit.setting.criteria, block=unit.block, last=last, group=("list", pattern, _giver(unit.setting)))
