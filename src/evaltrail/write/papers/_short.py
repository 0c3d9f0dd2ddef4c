"""What short papers take of a record: statements cut at the ends of sentences, the findings that matter most, answers counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.text.sentences import sentences
from evaltrail.write.model import Item, Paragraph, text
from evaltrail.write.papers._recommended import printed
from evaltrail.write.papers._rows import Rows
from evaltrail.write.papers._sheet import labelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import AnyStatement, Evaluation, Recommendation, Response
    from evaltrail.write.model import Block, Table
    from evaltrail.write.wording import Wording

CUT = " […]"
"""Behind words that are not the whole statement."""


def shortened(words: str, most: int) -> str:
    """As many whole sentences of a statement as hold ``most`` words, the first one at least; marked where some are left out."""
    every = sentences(words)
    if len(words.split()) <= most or len(every) < 2:
        return words
    kept: list[str] = []
    for s in every:
        if kept and sum(len(k.split()) for k in kept) + len(s.text.split()) > most:
            return " ".join(kept) + CUT
        kept.append(s.text.strip())
    return words


def weightiest(e: Evaluation, kind: str, most: int) -> list[AnyStatement]:
    """The statements of a kind that matter most, in the record's order.

    First those that others follow from, by how many links of the record begin at them; every criterion gets its first
    before any gets its second.
    """
    found = [s for s in e.statements if s.kind == kind and s.parent is None]
    if len(found) <= most:
        return found
    links = Counter(x.from_ for x in e.links)
    ranked = sorted(found, key=lambda s: (-links[s.id], found.index(s)))
    turn: dict[str, int] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    for s in ranked:
        turn[s.id] = seen[s.criteria]
        seen[s.criteria] += 1
    chosen = sorted(ranked, key=lambda s: (turn[s.id], ranked.index(s)))[:most]
    return sorted(chosen, key=found.index)


def as_items(found: Sequence[AnyStatement], most: int, words: Wording) -> list[Block]:
    """Statements as items of a list, each behind its label and within a number of words."""
    return [Item((*(labelled(s.label, words) if s.label else ()), *text(" ".join(shortened(s.text, most).split())))) for s in found]


def recommendation_table(found: Sequence[Recommendation], most: int, words: Wording) -> Table:
    """Number, words, unit and priority of each recommendation."""
    have = [name for name in ("responsible", "priority") if any(name in printed(r, words) for r in found)]
    shares = [1, 13 - 3 * len(have), *({"responsible": 4, "priority": 2}[name] for name in have)]
    rows = Rows()
    rows.head([words("columns.number"), words("columns.recommendation"), *(words(f"columns.{name}") for name in have)], shares)
    for r in found:
        own = printed(r, words)
        cells = [own.get(name) or words("sentences.not_stated") for name in have]
        rows.row([r.number or words("marks.none"), shortened(r.text, most), *cells], shares)
    return rows.tables()[0]


@dataclass(frozen=True, slots=True)
class Answers:
    """How the recommendations of an evaluation were answered."""

    total: int
    verdicts: Mapping[str, int]
    """Verdict ('accepted', …, 'unanswered') -> recommendations."""

    @property
    def answered(self) -> int:
        """Recommendations with a response."""
        return self.total - self.verdicts.get("unanswered", 0)


def whole_recommendations(e: Evaluation) -> list[Recommendation]:
    """The recommendations that are no part of another."""
    return [s for s in e.statements if s.kind == "recommendation" and s.parent is None]


def answers(e: Evaluation) -> Answers:
    """Recommendations by what the first response to each says; parts count with their whole."""
    whole = {s.id: s.parent or s.id for s in e.statements if s.kind == "recommendation"}
    first: dict[str, Response] = {}
    for s in e.statements:
        if s.kind == "response":
            for a in s.answers:
                first.setdefault(whole.get(a.id, a.id), s)
    found = whole_recommendations(e)
    verdicts = Counter((first[r.id].verdict or "unclear") if r.id in first else "unanswered" for r in found)
    return Answers(len(found), verdicts)


def response_line(e: Evaluation, words: Wording) -> Paragraph:
    """The response in a line: how many recommendations were accepted, and the rest."""
    have = answers(e)
    if not have.answered:
        return Paragraph(text(words("sentences.response_none")))
    said = [
        words(f"sentences.response_{name}", number=have.verdicts.get(name, 0), total=have.total)
        for name in ("accepted", "partially_accepted", "rejected", "noted", "unclear", "unanswered")
        if name == "accepted" or have.verdicts.get(name)
    ]
    return Paragraph(text(words("lists.semicolon").join(said) + "."))
