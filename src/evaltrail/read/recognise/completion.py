"""Fields of recommendations outside tables: lines such as "Priority: high", brackets, headings that address, the wording.

What is printed as a field goes before what a heading or a lead-in says for several recommendations, and that before the
subject of the sentence; what was taken from the wording is marked as inferred, with the rule.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.bodies import ACRONYM, asked_of, opens_as_body
from evaltrail.read.recognise.columns import exact_meanings
from evaltrail.read.recognise.deadlines import time_of
from evaltrail.read.recognise.labels import label_of
from evaltrail.read.recognise.ledger import FIELD_OF
from evaltrail.read.recognise.units import units
from evaltrail.read.recognise.words import fold, keyed
from evaltrail.record import Origin
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.sections import Setting

_LEAD = re.compile(r"\s*[•▪–-]?\s*([^:\n]{2,60}?)\s*(?::|\s[–—-]\s)\s*(?=\S)")
_BRACKET = re.compile(r"\s*\[([A-ZÀ-Þ][^\]\d]{1,80})\]\s*[.]?$")
_AFTER = 8
"""Blocks behind a recommendation in which its fields may stand."""
_BEFORE = 40
"""Blocks in front of one in which a lead-in may stand that addresses all of the list."""


def complete(found: Sequence[Candidate], blocks: Sequence[Block], settings: Sequence[Setting]) -> None:
    """Fill the fields of the recommendations in ``found`` (sorted by order) that their tables left open."""
    starts = {int(c.order) for c in found}
    # What stands in a statement opens no list of others, even if it ends with a colon.
    taken = {i for c in found for i in range(int(c.order), max(c.last, int(c.order)) + 1)}
    for c in found:
        if c.kind != "recommendation":
            continue
        _own_lines(c)
        if c.basis != "row":
            _lines_behind(c, blocks, starts)
        _bracket(c)
        if "responsible" not in c.fields:
            _addressed(c, blocks, settings, taken)
        if c.parent is None:
            _wording(c)


def number_behind(c: Candidate) -> None:
    """Take the label of a recommendation from brackets behind its words: "… of all ports. (Recommendation 2)"."""
    if c.number is not None or c.kind != "recommendation":
        return
    first = c.text.text.split("\n", maxsplit=1)[0]
    m = re.search(r"\s*\(([^()]{4,30})\)\s*[.]?$", first)
    label = label_of(m.group(1), alone=True) if m else None
    if m is not None and label is not None and label.kind == "recommendation" and label.number is not None and label.end == len(m.group(1)):
        c.number, c.label = label.number, m.group(1)
        c.text = join([c.text.cut(0, m.start()), c.text.cut(len(first))], "\n")


def _field_of(text: str) -> tuple[str, int] | None:
    """(field of a recommendation, offset of its value) when a line opens with a field's name."""
    m = _LEAD.match(text)
    if m is None or len(m.group(1).split()) > 8:
        return None
    name = re.sub(r"\s*\(.*?\)", "", fold(m.group(1))).strip(" .*")
    meaning = _leads().get(name) or next((x for x in exact_meanings(m.group(1)) if x in FIELD_OF), None)
    return (FIELD_OF[meaning], m.end()) if meaning in FIELD_OF else None


def _fields_in(text: str) -> list[tuple[str, int, int]]:
    """(field, beginning and end of its value) for a line that opens with a field and may name more: "Lead: HC. Priority: high."."""
    opened = _field_of(text)
    if opened is None:
        return []
    found = [(opened[0], opened[1], len(text))]
    for m in re.finditer(r"[.;|]\s+(?=[^:.;|\n]{2,60}:)", text):
        named = _field_of(text[m.end() :])
        if named is not None and m.start() > found[-1][1]:
            found[-1] = (*found[-1][:2], m.start())
            found.append((named[0], m.end() + named[1], len(text)))
    return found


@cache
def _leads() -> dict[str, str]:
    return keyed("fields", "leads")


def _set(c: Candidate, name: str, text: Text, rule: str, *, inferred: bool) -> None:
    if name in c.fields or not text.text.strip():
        return
    c.fields[name] = text
    c.origins[name] = Origin(how="inferred" if inferred else "printed", rule=rule)


def _own_lines(c: Candidate) -> None:
    """Lines of the statement that are fields: taken out of its text."""
    kept: list[Text] = []
    at = 0
    taken = False
    for n, line in enumerate(c.text.text.split("\n")):
        piece = c.text.cut(at, at + len(line))
        at += len(line) + 1
        fields = _fields_in(piece.text) if n and len(line.split()) < 60 else []
        for name, start, end in fields:
            _set(c, name, piece.cut(start, end), "line", inferred=False)
        if fields:
            taken = True
        else:
            kept.append(piece)
    if taken:
        c.text = join(kept, "\n")


def _lines_behind(c: Candidate, blocks: Sequence[Block], starts: set[int]) -> None:
    """Lines right behind the statement that are fields."""
    for j in range(max(c.last, int(c.order)) + 1, min(len(blocks), max(c.last, int(c.order)) + 1 + _AFTER)):
        b = blocks[j]
        if j in starts or b.kind not in ("paragraph", "item"):
            return
        fields = _fields_in(b.text) if len(b.text.split()) < 60 else []
        for name, start, end in fields:
            _set(c, name, b.content.cut(start, end), "line", inferred=False)
        if not fields and not _LEAD.match(b.text):
            return


def _bracket(c: Candidate) -> None:
    """Units or fields in brackets at the end of the statement's first paragraph: "[HC, RCMP]", "(Priority: high; lead: HC)"."""
    first = c.text.text.split("\n", maxsplit=1)[0]
    fields = re.search(r"\s*[(\[]([^()\[\]]*:[^()\[\]]*)[)\]]\s*[.]?$", first)
    if fields:
        at = fields.start(1)
        taken = False
        for part in re.split(r"([;|])", fields.group(1)):
            named = _field_of(part)
            if named is not None:
                _set(c, named[0], c.text.cut(at + named[1], at + len(part)), "bracket", inferred=False)
                taken = True
            at += len(part)
        if taken:
            c.text = join([c.text.cut(0, fields.start()), c.text.cut(len(first))], "\n")
            return
    m = _BRACKET.search(first)
    if m and all(ACRONYM.match(u) or opens_as_body(u) for u in units(m.group(1))):
        _set(c, "responsible", c.text.cut(m.start(1), m.end(1)), "bracket", inferred=False)


def _addressed(c: Candidate, blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int]) -> None:
    """The heading, the line or the lead-in above that says to whom the recommendations are made."""
    i = int(c.order)
    section = settings[i].section
    for j in range(i - 1, max(-1, i - 1 - _BEFORE), -1):
        b = blocks[j]
        if j < section.index or b.kind == "table":
            break
        if j in taken or b.kind in ("item", "caption", "footnote"):
            continue
        span = addressees_of_line(b.text) or (addressees_of_lead_in(b.text) if b.kind == "paragraph" else None)
        if span is not None:
            _set(c, "responsible", b.content.cut(*span), "lead-in" if len(b.text.split()) > 12 else "heading above", inferred=True)
            return
    for s in section.chain:
        if s.index < 0:
            break
        span = addressees_of_line(blocks[s.index].text)
        if span is not None:
            _set(c, "responsible", blocks[s.index].content.cut(*span), "heading above", inferred=True)
            return


@cache
def _to_whom() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """("Recommendations for X" or "To X:" as a line of its own, "… recommendations are directed to X" in a lead-in)."""
    nouns: set[str] = set()
    for code in packs.languages():
        nouns.update(packs.pack(code, "statements").get("nouns", {}).get("recommendation", []))
    noun = "|".join(re.escape(n) for n in sorted(nouns, key=len, reverse=True))
    to = (
        "for|to|addressed to|directed to|directed at|aux|au|à|pour|adressées? à|destinées? à"
        "|a la|al|a los|a las|para el|para la|para|a|ao|aos|à|às"
    )
    line = re.compile(rf"^\W*(?:(?:\w+\s+){{0,2}}(?:{noun})e?s?\s+)?(?:{to})\s+(?P<who>\S.{{1,110}}?)\s*[:.]?$", re.IGNORECASE | re.DOTALL)
    verbs = (
        "directed to|directed at|addressed to|intended for|made to|aimed at|adressées? (?:à|aux?)|destinées? (?:à|aux?)"
        "|dirigidas? (?:a|al|a la)|dirigidas? (?:ao|à|aos)"
    )
    lead_in = re.compile(rf"\b(?:{noun})e?s?\b[^.\n]{{0,80}}?\b(?:{verbs})\s+(?P<who>[^\n]{{3,500}}?)(?:\.(?:\s|$)|:\s*$|$)", re.IGNORECASE)
    return line, lead_in


def addressees_of_line(text: str) -> tuple[int, int] | None:
    """Span of those whom a short line addresses ("For IOM:", "Recommendations to the Government"), None for any other line."""
    if len(text.split()) > 16:
        return None
    m = _to_whom()[0].match(text)
    if m is None:
        return None
    names = units(m.group("who"))
    if not names or not all(opens_as_body(n) or ACRONYM.match(n) for n in names):
        return None
    return m.span("who")


def addressees_of_lead_in(text: str) -> tuple[int, int] | None:
    """Span of those whom a paragraph before a list addresses: "The recommendations are directed to …", "… should:"."""
    m = _to_whom()[1].search(text)
    if m is not None and opens_as_body(m.group("who")):
        return m.span("who")
    if text.rstrip().endswith(":") and len(text.split()) < 50:
        return asked_of(text)
    return None


def _wording(c: Candidate) -> None:
    """What the recommendation's own sentence says of who and by when."""
    text = c.text.text
    if "responsible" not in c.fields:
        m = re.match(r"[^.(]{0,60}\((?:to|for|aux?|à|a|al|para|ao)\s+(?P<who>[^)]{3,60})\)", text)
        span = m.span("who") if m and opens_as_body(m.group("who")) else asked_of(text)
        if span is not None:
            _set(c, "responsible", c.text.cut(*span), "subject of the sentence", inferred=True)
    if "time" not in c.fields:
        span = time_of(text)
        if span is not None:
            _set(c, "time", c.text.cut(*span), "wording", inferred=True)
