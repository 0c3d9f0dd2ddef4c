"""A walk through a table: what its columns mean, what its rows speak of, and what a label or a field in a cell says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.columns import exact_meanings
from evaltrail.read.recognise.labels import Label, code_of, label_of
from evaltrail.read.recognise.ledger import FIELD_OF, Ledger
from evaltrail.read.recognise.promises import promises
from evaltrail.read.recognise.replies import reply_of
from evaltrail.read.recognise.sections import KIND_OF_ROLE

if TYPE_CHECKING:
    from evaltrail.read.outline import Cell, Table
    from evaltrail.read.recognise.sections import Setting

NUMBER = re.compile(r"^\s*[\[(]?((?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?|[A-Za-z]|[ivx]{1,5})[\])]?[.):]?(?=\s|$)")
"""A number in front of a statement, or alone in a cell: 3, 1.2, R4, B, b, iv."""
_BARE_LETTERS = re.compile(r"\s*(?:[A-Za-z]|[ivx]{1,5})\s")
"""Letters without a mark behind them: the article of "A plan is missing" and no number."""
# A label with a word in front that no pack knows: "Actionable recommendation #1".
_OTHER_WORD = re.compile(r"^\s*[A-ZÀ-Þ][A-Za-zÀ-ÿ’'-]{3,}\s+(?=\w)")


@dataclass(slots=True)
class Walk:
    """The state of a walk."""

    table: Table
    ledger: Ledger
    columns: dict[int, str] = field(default_factory=dict)
    heading: tuple[str, ...] = ()
    """Words of the last row of headings, to know it when it is repeated."""
    choices: dict[int, Text] = field(default_factory=dict)
    """Headings of columns in which a mark says yes, partly or no: "Agree | Partially agree | Disagree"."""
    bodies: dict[int, str] = field(default_factory=dict)
    """Who answers in a column, where several organisations have columns of their own."""
    headed: int = -2
    """Index of the last row of headings."""
    awaiting: str | None = None
    """Kind of a statement whose label stood in a row of its own."""
    speaking: str | None = None
    """What the last row of one cell was: recommendation, response or None."""
    last: dict[str, Text] = field(default_factory=dict)
    """What stood in each column of the row before."""
    contents: dict[int, Text] = field(default_factory=dict)
    """Words of each cell, by its id: they are asked for many times."""

    def content(self, cell: Cell) -> Text:
        """A cell's words."""
        have = self.contents.get(id(cell))
        if have is None:
            have = self.contents[id(cell)] = cell.content()
        return have


@lru_cache(maxsize=8192)
def _field_cached(text: str, *, alone: bool) -> tuple[tuple[str, ...], int] | None:
    m = re.match(r"\s*([^:\n]{2,90}?)\s*:\s*", text)
    if m is not None:
        meaning = exact_meanings(m.group(1))
        if meaning:
            return meaning, m.end()
    if alone and len(text.split()) <= 9:
        meaning = exact_meanings(text)
        if meaning:
            return meaning, len(text)
    return None


def field_of(text: str, *, alone: bool = False) -> tuple[tuple[str, ...], int] | None:
    """Meanings of the field that a text opens with, and where its value begins; ``alone`` allows a name without a colon."""
    return _field_cached(text[:200], alone=alone)


def label_in(text: str, setting: Setting, *, alone: bool = False) -> Label | None:
    """The label that a cell or paragraph opens with, in words that no pack knows too where a number follows."""
    found = label_of(text, alone=alone) or label_behind_a_word(text)
    if found is not None and found.number is None and found.plural:
        return None
    if found is None and setting.roles:
        found = code_of(text, frozenset(KIND_OF_ROLE[r] for r in setting.roles))
    return found


def number_before(text: str) -> re.Match[str] | None:
    """The number in front of a statement's own words."""
    return None if _BARE_LETTERS.match(text) else NUMBER.match(text)


def label_behind_a_word(text: str) -> Label | None:
    """A recommendation's label with its number and a word in front that no pack knows: "Actionable recommendation #1"."""
    m = _OTHER_WORD.match(text)
    inner = label_of(text[m.end() :]) if m else None
    if m is None or inner is None or inner.kind != "recommendation" or inner.number is None:
        return None
    return Label(inner.kind, inner.number, text[: m.end()] + inner.printed, m.end() + inner.end, inner.how, inner.separator)


def statement(walk: Walk, label: Label, text: Text) -> None:
    """A labelled statement."""
    ledger = walk.ledger
    if label.kind == "response":
        walk.speaking = "response"
        ledger.respond(text, [label.number] if label.answers and label.number else [])
        return
    walk.speaking = label.kind
    items = _lettered_items(label, text)
    if items:
        for n, item in items:
            ledger.state(label.kind, item, number=f"{label.number}{n}", label=label.printed, within=True)
        ledger.letter = label.number or ""
        return
    number = label.number
    if ledger.repeats(label.kind, number, text):
        return
    m = re.match(r"\([^)]{3,80}\)\s*[:.–-]?\s*", text.text)
    if m and len(text.text) > m.end() + 20:
        text = text.cut(m.end())  # "Recommendation 1 (based on conclusion 2): …"
    if number is None:
        m = number_before(text.text)
        if m and len(text.text) > m.end() + 8:
            number, text = m.group(1), text.cut(m.end())
    ledger.state(label.kind, text, number=number, label=label.printed or None)


def _lettered_items(label: Label, text: Text) -> list[tuple[str, Text]]:
    """The numbered recommendations of a block that has a letter and a title ("Recommendation B - Training", 1. …, 2. …)."""
    if label.kind != "recommendation" or label.number is None or not re.fullmatch(r"[A-Z]", label.number):
        return []
    out: list[tuple[str, list[Text]]] = []
    at = 0
    for n, line in enumerate(text.text.split("\n")):
        piece = text.cut(at, at + len(line))
        at += len(line) + 1
        m = re.match(r"(\d{1,2})[.)]\s+", line)
        if m and int(m.group(1)) == len(out) + 1:
            out.append((m.group(1), [piece.cut(m.end())]))
        elif out:
            out[-1][1].append(piece)
        elif n > 1 or line.endswith("."):
            return []
    return [(n, join(parts, "\n")) for n, parts in out]


def refer(walk: Walk, text: Text) -> None:
    """Speak of the recommendation whose number or label stands alone in a cell."""
    label = label_of(text.text, alone=True)
    m = NUMBER.match(text.text)
    number = label.number if label is not None and label.kind == "recommendation" else m.group(1) if m else None
    if number is not None:
        walk.ledger.refer(number)


def take(walk: Walk, meaning: tuple[str, ...], value: Text) -> bool:
    """A field and its value; False where there is nothing that it could belong to."""
    ledger = walk.ledger
    if "recommendation" in meaning:
        statement(walk, Label("recommendation", None, "", 0, "noun", ""), value)
    elif "response" in meaning or ("comments" in meaning and ledger.response is not None and not ledger.response.actions):
        answer(walk, value)
    elif "verdict" in meaning:
        ledger.respond(value, verdict=True)
    elif "action" in meaning:
        for p in promises(value):
            ledger.act(p)
    elif meaning[0] in (*FIELD_OF, "status", "deliverables"):
        return ledger.tell(meaning[0], value)
    else:
        return False
    return True


def answer(walk: Walk, value: Text) -> None:
    """An answer's words; paragraphs that name a recommendation each ("Recommendation 2 accepted: …") are answers of their own."""
    walk.speaking = "response"
    parts: list[tuple[tuple[str, ...], list[Text]]] = [((), [])]
    at = 0
    for line in value.text.split("\n"):
        piece = value.cut(at, at + len(line))
        at += len(line) + 1
        named = reply_of(piece.text)
        if named is not None:
            parts.append((named, [piece]))
        else:
            parts[-1][1].append(piece)
    for numbers, texts in parts:
        if texts:
            walk.ledger.respond(join(texts, "\n"), numbers)


def numbered_name(name: str) -> Label | None:
    """A name such as "Recommendation or issue 1:" as a label."""
    m = re.search(r"\s(\d{1,2}(?:\.\d{1,2})?)\W*$", name)
    return Label("recommendation", m.group(1), name.strip(" :"), 0, "noun", ":") if m else None
