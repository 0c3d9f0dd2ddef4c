"""Statements that nothing labels: items, numbered paragraphs, bold openings, boxes under a heading that names the kind.

Within one section a writer sets statements in one way.  Every way that the section shows is a *pattern*; the most
structured one that fits the kind is taken, the others are its explanation.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Candidate
from evaltrail.read.recognise.evaluations import part_heads
from evaltrail.read.recognise.labelled import whole
from evaltrail.read.recognise.sections import KIND_OF_ROLE, criteria_of, is_pure, roles_of
from evaltrail.read.recognise.words import alternation, fold, keyed, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_DECIMAL = re.compile(r"^\(?(\d{1,3})[.)]?$")
_COMPOSITE = re.compile(r"^\(?([A-Z]{1,3}[.-]?\d{1,2}(?:\.\d{1,2})?|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[.):]?$")
_SENTENCE_END = (".", "!", "?", ";", ":", ".”", ".’", '."', ".)")
_LEAD_MIN = 8
BOUNDED = {"lesson": 16, "good_practice": 16}
"""Kinds that come in short lists: a longer one is a chapter that the heading does not govern."""


@dataclass(slots=True)
class _Unit:
    index: int
    block: Block
    setting: Setting
    number: str | None = None
    running: bool = False


def listed_statements(
    blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int], have: Sequence[Candidate], running: frozenset[int]
) -> list[Candidate]:
    """Unlabelled statements of all sections whose heading names a kind and that hold no labelled ones of it.

    ``running`` are the blocks that carry the paper's running paragraph numbers, which make no list of their own.
    """
    running |= _chaptered(blocks, settings)
    out: list[Candidate] = []
    starts = [0, *(h[0] for h in part_heads(blocks)), len(blocks)]
    # Each evaluation of a document has its own way of setting statements.
    for first, end in zip(starts, starts[1:], strict=False):
        out += _in_part(blocks, settings, taken, [c for c in have if first <= c.order < end], running, range(first, end))
    return out


def _in_part(
    blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int], have: Sequence[Candidate], running: frozenset[int], part: range
) -> list[Candidate]:
    found: dict[str, list[_Group]] = {}
    last: dict[str, int] = {}
    # A paper that labels its statements lists no others of the kind.
    named = Counter(c.kind for c in have if c.number and c.basis in ("label", "heading") and not (c.setting.summary or c.setting.annex or c.setting.foreign))
    for role, start, end in _ranges(settings, part):
        if settings[start].aside or settings[start].foreign or role == "response":
            continue
        kind = KIND_OF_ROLE[role]
        inside = [c for c in have if c.kind == kind and start <= c.order <= end]
        if inside or named.get(kind, 0) >= 3 and not settings[start].summary:
            continue
        units = [_Unit(i, blocks[i], settings[i], running=i in running) for i in range(start, end + 1) if i not in taken]
        if not units:
            continue
        group = _section(kind, units, frozenset(settings[start].roles), last.get(kind, 0))
        if group is not None:
            found.setdefault(kind, []).append(group)
            last[kind] = group.last_number or last.get(kind, 0)
    return [c for kind, groups in found.items() for c in _strongest(kind, groups)]


def _chaptered(blocks: Sequence[Block], settings: Sequence[Setting]) -> frozenset[int]:
    """Paragraphs numbered by chapter ("4.12"), where the report numbers its text so throughout."""
    found = [i for i, b in enumerate(blocks) if b.kind in ("paragraph", "item") and len(b.text.split()) >= 12 and re.match(r"^\d{1,2}\.\d{1,3}(?:\.\d{1,2})?\.?$", b.marker.text.strip())]
    elsewhere = sum(not settings[i].roles for i in found)
    return frozenset(found) if elsewhere >= 12 else frozenset()


@dataclass(slots=True)
class _Group:
    """The statements that one section lists, and how."""

    pattern: str
    candidates: list[Candidate]
    level: int
    last_number: int = 0


_WEAK = frozenset({"paragraphs", "numbered_paragraphs", "requests", "bold_phrases", "bold_words"})


def _strongest(kind: str, groups: list[_Group]) -> list[Candidate]:
    """Sections that speak for the paper: those under the highest heading of the kind, and of these the plainly listed before the prose."""
    out: list[_Group] = []
    for region in (False, True):
        # The summary and the body are weighed apart; the choice between them comes later.
        pool = [g for g in groups if (g.candidates[0].setting.summary or g.candidates[0].setting.annex) == region]
        if pool and kind not in ("finding", "recommendation"):
            top = min(g.level for g in pool)
            pool = [g for g in pool if g.level == top]
        pool = [g for g in pool if g.pattern not in _WEAK] or pool
        if pool and kind == "recommendation":
            top = min(pool, key=lambda g: g.level)
            pool = [g for g in pool if g.level == top.level or g.pattern == top.pattern]
        if sum(len(g.candidates) for g in pool if g.pattern == "stating_headings") < 5:
            pool = [g for g in pool if g.pattern != "stating_headings"]
        out += pool
    return [c for g in out for c in g.candidates]


def _ranges(settings: Sequence[Setting], part: range) -> list[tuple[str, int, int]]:
    """(role, first, last) of the stretches of blocks under one heading that gives a role."""
    out: list[tuple[str, int, int]] = []
    begin = part.start
    for i in range(part.start + 1, part.stop + 1):
        if i == part.stop or _giver(settings[i]) != _giver(settings[begin]):
            roles = settings[begin].roles
            # "Conclusions and lessons learned" may also name a good practice here and there.
            also = {"lessons", "good_practices"} if len(roles) > 1 and roles & {"conclusions", "lessons"} else set()
            out.extend((role, begin, i - 1) for role in sorted(roles | also))
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


def _section(kind: str, units: list[_Unit], joint: frozenset[str], last: int) -> _Group | None:
    patterns = {
        "finding": (_key_list, _finding_boxes, _bold_blocks, _rule_of_bold, _stating_headings),
        "conclusion": (_boxes, _numbered_items, _headed, _bold_leads, _bold_statements, _bold_phrases, _numbered_paragraphs, _bold_words, _only_bullets),
        "lesson": (_numbered_items, _bold_leads, _headed_topics, _bullets, _sentence_headings, _bold_statements, _numbered_paragraphs, _paragraphs),
        "good_practice": (_numbered_items, _bold_leads, _headed_topics, _bullets, _sentence_headings, _bold_statements, _numbered_paragraphs, _paragraphs),
        "recommendation": (_boxes, _numbered_items, _bold_leads, _bold_statements, _bullets, _numbered_paragraphs, _sentence_headings, _requests),
    }[kind]
    giver = _giver(units[0].setting)
    direct = [u for u in units if u.setting.section.index == giver and u.index != giver]
    # What stands straight under the heading speaks first, for headings below it may belong to another chapter; but a
    # plain list further down speaks before the prose that leads to it.
    pools = (direct, units) if kind in BOUNDED and len(direct) < len(units) - 1 else (units,)
    for weak in (False, True):
        for pool in pools:
            for pattern in patterns:
                if (pattern.__name__.strip("_") in _WEAK) == weak:
                    group = _try(kind, pattern, pool, joint, last)
                    if group is not None and len(group.candidates) <= BOUNDED.get(kind, 200):
                        return group
    if kind == "finding" and direct and is_pure(_title(units[0].setting)):
        # "Main findings" over nothing but bulleted sentences.
        return _try(kind, _only_bullets, direct, joint, last)
    return None


def _try(kind: str, pattern: Callable[[list[_Unit]], list[_Unit]], units: list[_Unit], joint: frozenset[str], last: int) -> _Group | None:
    if not units or pattern in (_paragraphs, _bold_words) and not is_pure(_title(units[0].setting)):
        return None
    chosen = [u for u in pattern(units) if _fits(kind, u, joint)]
    if kind == "recommendation" and pattern is _numbered_paragraphs:
        asks = alternation("statements", "sentences", "asks")
        chosen = [u for u in chosen if asks.search(fold(u.block.text)[:400])]
    numbers = [_count(u) for u in chosen if u.number]
    if pattern in (_numbered_items, _key_list) and numbers and not (numbers[0] == 1 or last < numbers[0] <= last + 2):
        return None
    if len(chosen) < _least(kind, pattern.__name__):
        return None
    name = pattern.__name__.strip("_")
    level = next((s.level for s in units[0].setting.section.chain if s.roles & units[0].setting.roles), 9)
    return _Group(name, [_candidate(kind, u, units, chosen, name) for u in chosen], level, numbers[-1] if numbers else 0)


def _title(s: Setting) -> str:
    """Words of the heading that gives the block its roles."""
    return next((x.title for x in s.section.chain if x.roles & s.roles), "")


def _least(kind: str, pattern: str) -> int:
    if pattern in ("_requests", "_bold_statements") and kind == "recommendation":
        return 1
    if pattern == "_key_list":
        return 3
    return 1 if kind in ("lesson", "good_practice") and pattern == "_numbered_paragraphs" else 2


def _fits(kind: str, unit: _Unit, joint: frozenset[str]) -> bool:
    words = fold(unit.block.text)
    if len(words.split()) < 4 or words.strip(" .") in listed("statements", "none"):
        return False
    if len(joint) > 1:
        # A joint section ("Conclusions and lessons learned"): an opening that names a kind decides, else the first role.
        named = _named(words)
        if named is not None or kind not in {KIND_OF_ROLE[r] for r in joint}:
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
        if u.running or u.block.kind == "heading" and not (len(u.block.text.split()) >= 8 and is_sentence(u.block.text)):
            continue
        m = _COMPOSITE.match(marker) or _DECIMAL.match(marker)
        if m:
            found.append(_Unit(u.index, u.block, u.setting, m.group(1)))
    return found


def _key_list(units: list[_Unit]) -> list[_Unit]:
    """A numbered list of sentences straight under a heading such as "Key findings"."""
    giver = _giver(units[0].setting)
    direct = [u for u in units if u.setting.section.index == giver and u.index != giver]
    found = [u for u in _numbered_items(direct) if u.block.kind != "heading" and len(u.block.text.split()) >= 8]
    if not found:
        # "5.1", "5.2" … where the section is nothing but such: short numbered sentences under "Findings".
        numbered = [_Unit(u.index, u.block, u.setting, u.block.marker.text.strip(" .()")) for u in direct if _COMPOSITE.match(u.block.marker.text.strip()) and len(u.block.text.split()) >= 8]
        words = sum(len(u.block.text.split()) for u in numbered)
        if 3 <= len(numbered) <= 40 and len(numbered) >= 0.8 * len(direct) and words <= 90 * len(numbered) and is_pure(_title(units[0].setting)):
            found = numbered
    if not found or found[0].index - direct[0].index > 2:
        return []
    run = found[:1]
    for u in found[1:]:
        if u.index - run[-1].index > 3 or _count(u) != _count(run[-1]) + 1:
            break
        run.append(u)
    return run


def _count(u: _Unit) -> int:
    """The last part of a number: 3 of "3", 4 of "5.4"."""
    m = re.search(r"(\d+)$", u.number or "")
    return int(m.group(1)) if m else -1


def _numbered_paragraphs(units: list[_Unit]) -> list[_Unit]:
    return [_Unit(u.index, u.block, u.setting) for u in units if u.block.kind == "paragraph" and _DECIMAL.match(u.block.marker.text.strip())]


def _bullets(units: list[_Unit]) -> list[_Unit]:
    items = [u for u in units if u.block.kind == "item"]
    if not items:
        return []
    least = min(u.block.level for u in items)
    return [u for u in items if u.block.level == least and not re.match(r"^\(?[a-z]{1,4}[.)]$", u.block.marker.text.strip())]


def _only_bullets(units: list[_Unit]) -> list[_Unit]:
    """Bulleted sentences, where the section is little more than these."""
    found = [u for u in _bullets(units) if len(u.block.text.split()) >= 8 and u.block.text.rstrip().endswith(_SENTENCE_END)]
    text = [u for u in units if u.block.kind in ("paragraph", "item") and len(u.block.text.split()) >= 6]
    if sum(u.block.text.rstrip().endswith(":") for u in text) > 1:
        # Each of several paragraphs is spelled out by items of its own.
        return []
    return found if len(found) >= 2 and len(found) >= 0.6 * len(text) else []


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
    out: list[_Unit] = []
    for u in units:
        b = u.block
        if b.kind not in ("paragraph", "item", "heading"):
            continue
        words = b.text if b.bold > 0.85 else b.text[: _lead(b)] if _lead(b) > 60 else ""
        if len(words.split()) >= 6 and words.rstrip().endswith(_SENTENCE_END) and not criteria_only(words) and is_sentence(words):
            out.append(u)
    return out


def _bold_blocks(units: list[_Unit]) -> list[_Unit]:
    """Sentences in bold that stand alone, three at least, each with plain text behind it."""
    out: list[_Unit] = []
    for n, u in enumerate(units[:-1]):
        b = u.block
        behind = units[n + 1].block
        if b.bold > 0.85 and b.kind in ("paragraph", "heading") and b.text.rstrip().endswith((".", ".”", ".’")) and len(b.text.split()) >= 8 and is_sentence(b.text) and behind.bold < 0.5 and not is_quotation(b):
            out.append(u)
    return out if len(out) >= 3 else []


def is_quotation(b: Block) -> bool:
    """Whether somebody is quoted: in quotation marks, or in slanted type throughout."""
    return b.text[:1] in "“\"«‘[" or b.text.rstrip(" .")[-1:] in "”\"»" or b.italic > 0.5


def _stating_headings(units: list[_Unit]) -> list[_Unit]:
    """Subheadings that are sentences, where most subheadings of the section are."""
    heads = [u for u in units if u.block.kind == "heading" and not criteria_only(u.block.text) and not roles_of(u.block.text)]
    out = _sentence_headings(heads)
    return out if len(out) >= 2 and 2 * len(out) >= len(heads) else []


def _headed_topics(units: list[_Unit]) -> list[_Unit]:
    """Subheadings each with a paragraph under it, two at least: the heading and its text are one statement."""
    out = [
        u for n, u in enumerate(units[:-1])
        if u.block.kind == "heading" and units[n + 1].block.kind == "paragraph" and not roles_of(u.block.text) and not criteria_only(u.block.text)
        and "?" not in u.block.text and 2 <= len(u.block.text.split()) <= 25
    ]
    heads = [u for u in units if u.block.kind == "heading" and not roles_of(u.block.text)]
    return out if len(out) >= 2 and len(out) >= 0.7 * len(heads) else []


def _rule_of_bold(units: list[_Unit]) -> list[_Unit]:
    """Bold statements where they are the rule of a section and not emphasis in its prose."""
    out = [u for u in _bold_statements(units) if not u.block.text.rstrip().endswith("?")]
    long = [u for u in units if u.block.kind in ("paragraph", "item") and len(u.block.text.split()) >= 15]
    return out if 2 * len(out) >= len(long) else []


def _finding_boxes(units: list[_Unit]) -> list[_Unit]:
    return _boxes(units, "finding")


def _boxes(units: list[_Unit], kind: str = "") -> list[_Unit]:
    """Statements in drawn frames: one a frame, or each item of a frame that lists.

    Frames also hold examples, questions and charts, so those that state must open their sections or be the rule.
    """
    frames: dict[str, list[_Unit]] = {}
    for u in units:
        if u.block.box is not None and u.block.kind in ("paragraph", "item", "heading"):
            frames.setdefault(u.block.box, []).append(u)
    out: list[_Unit] = []
    stating = 0
    for inside in frames.values():
        body = [u for u in inside if not (u.block.kind == "heading" and len(u.block.text.split()) < 8)]
        items = [u for u in body if u.block.kind == "item"]
        chosen = items if len(items) >= 2 and len(items) >= len(body) - 1 else body[:1]
        if kind == "finding" and len(body) > 1 and all(_states(u.block.text) and len(u.block.text.split()) <= 60 for u in body):
            # A frame of short paragraphs lists findings; a longer one explains its first.
            chosen = body
        if chosen and all(_states(u.block.text) for u in chosen):
            at = next(n for n, u in enumerate(units) if u is inside[0])
            opens = at == 0 or units[at - 1].block.kind in ("heading", "title") or inside[0].block.kind == "heading"
            stating += opens
            out += chosen
    named = any(u.block.kind == "heading" and roles_of(u.block.text) for inside in frames.values() for u in inside)
    return out if out and 2 * stating >= len(frames) and (len(frames) > 1 or named) else []


def _states(text: str) -> bool:
    """Whether a text reads as a statement: a sentence that ends as one, and no question."""
    ending = text.rstrip()
    return len(text.split()) >= 8 and "?" not in text[-3:] and (ending.endswith((".", ".”", ".’")) or ending.endswith(_SENTENCE_END) and is_sentence(text))


def _sentence_headings(units: list[_Unit]) -> list[_Unit]:
    """Subheadings that are sentences."""
    return [
        u for u in units
        if u.block.kind == "heading" and len(u.block.text.split()) >= 6 and not roles_of(u.block.text) and not criteria_only(u.block.text)
        and "?" not in u.block.text and is_sentence(u.block.text)
    ]


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


def _headed(units: list[_Unit]) -> list[_Unit]:
    """The first paragraph under each numbered subheading ("1 - Communication"), where the section is made of such."""
    out: list[_Unit] = []
    for n, u in enumerate(units[:-1]):
        m = re.match(r"\s*[\[(]?(\d{1,2})[\])]?\s*[.):–—-](?!\d)", f"{u.block.marker.text} {u.block.text}" if u.block.marker.text else u.block.text)
        body = units[n + 1]
        if u.block.kind == "heading" and m and len(u.block.text.split()) < 12 and body.block.kind == "paragraph" and not body.block.marker.text:
            out.append(_Unit(body.index, body.block, body.setting, m.group(1)))
    return out if out and out[0].number == "1" else []


def _bold_phrases(units: list[_Unit]) -> list[_Unit]:
    """Paragraphs that say one thing in bold, where half of the section's paragraphs do."""
    long = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 15]
    out = [u for u in long if any(b - a >= 20 for a, b in u.block.bold_spans)]
    return out if len(out) >= 3 and 2 * len(out) >= len(long) else []


def _bold_words(units: list[_Unit]) -> list[_Unit]:
    """Paragraphs that each name their criterion in bold."""
    long = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 15]
    out = [u for u in long if any(_names_criterion(u.block.text[a:b]) for a, b in u.block.bold_spans)]
    return out if len(out) >= 3 and 3 * len(out) >= 2 * len(long) else []


def _names_criterion(words: str) -> bool:
    """Whether a bold word or two name a criterion, as noun or adjective ("coherent")."""
    parts = fold(words).strip(" ,.;:").split()
    return 0 < len(parts) <= 4 and any(len(p) >= 6 and any(name[:6] == p[:6] for name in keyed("criteria")) for p in parts)


def _paragraphs(units: list[_Unit]) -> list[_Unit]:
    """Plain paragraphs, where the section is no more than a handful of them."""
    plain = [u for u in units if u.block.kind == "paragraph" and len(u.block.text.split()) >= 12]
    if plain and _introduces(plain[0].block.text):
        plain = plain[1:]
    return plain if 1 <= len(plain) <= 9 else []


def _introduces(text: str) -> bool:
    """Whether a paragraph announces what follows."""
    return text.rstrip().endswith(":") or bool(alternation("statements", "announces").search(fold(text)))


def is_sentence(text: str) -> bool:
    """Whether a text holds a finite verb or asks for something, and so is more than a title."""
    words = fold(text)
    if alternation("statements", "verbs", "finite").search(words):
        return True
    past = re.search(r"\b(?!based\b|related\b|linked\b)[a-z]{3,}ed (?:the|a|an|to|by|its|their|in|on|that|with|from|for|and|well|all|not)\b", words)
    return bool(past and past.start() > 0) or bool(alternation("statements", "sentences", "recommendation").search(words)) or len(words.split()) >= 20


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
        if pattern == "headed_topics" and len(parts) == 1 and u.block.kind == "paragraph":
            parts.append(u.block.content)
            last = u.index
            continue
        if u.block.kind == "paragraph" and (u.block.marker.text or not (unit.block.box and u.block.box == unit.block.box)):
            break
        parts.append(whole(u.block))
        last = u.index
    basis = {"numbered_items": "number", "bold_leads": "bold", "bold_statements": "bold", "bullets": "bullet", "only_bullets": "bullet", "boxes": "box", "finding_boxes": "box", "rule_of_bold": "bold", "bold_blocks": "bold", "stating_headings": "heading", "headed_topics": "heading", "key_list": "number", "numbered_paragraphs": "paragraph", "sentence_headings": "heading", "requests": "sentence", "paragraphs": "paragraph", "headed": "number", "bold_phrases": "bold", "bold_words": "bold"}[pattern]
    return Candidate(kind, join(parts, "\n"), unit.index, unit.setting, basis, number=unit.number, criteria=unit.setting.criteria, block=unit.block, last=last, group=("list", pattern, _giver(unit.setting)))
