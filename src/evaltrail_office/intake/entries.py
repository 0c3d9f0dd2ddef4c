"""What the preview says of each statement: its tag, how sure it is, what found it, what it rests on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail.record import Recommendation, Response
from evaltrail_office.shelf.words import KINDS, VERDICTS, criteria_line, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from evaltrail.record import AnyStatement, Evaluation, Link, Record
    from evaltrail_office.intake.messages import Message

LETTERS = {"finding": "F", "conclusion": "C", "lesson": "L", "good_practice": "G", "recommendation": "R", "response": "A"}
COLOURS = {**LETTERS, "good_practice": "L"}
"""Letters whose colour and line style a kind has over a page's picture."""
NAMES = KINDS
RESTS = {("finding", "conclusion"): "supports", ("finding", "lesson"): "supports", ("conclusion", "lesson"): "supports"} | {
    (kind, "recommendation"): "leads_to" for kind in ("finding", "conclusion", "lesson", "good_practice")
}
"""Kind of the link from a statement of one kind to one of another that rests on it."""
SURE, LIKELY = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure it is that a statement is what it was taken for."""

    word: str
    name: str
    """``sure``, ``likely``, ``doubtful``; of a person's own ``person``."""
    score: float | None = None
    basis: str = ""

    @property
    def order(self) -> float:
        """Doubtful ones first."""
        return 2.0 if self.name == "person" else self.score if self.score is not None else LIKELY

    @property
    def width(self) -> float:
        """Of the bar, in hundredths."""
        return round(100 * (self.score or 0), 1)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a statement rests on, or what a response answers."""

    tag: str
    id: str
    how: str
    """In words: stated, proposed 0.71, set by a person."""


@dataclass(slots=True)
class Entry:
    """One statement as the preview shows it."""

    statement: AnyStatement
    part: Evaluation
    tag: str
    certainty: Certainty
    page: int | None
    confirmed: datetime | None = None
    confirmed_by: str = ""
    rests: tuple[Rest, ...] = ()
    messages: list[Message] = field(default_factory=list)
    address: str = ""
    current: bool = False
    words: list[tuple[str, bool]] = field(default_factory=list)
    """The text in stretches, each with whether a message speaks of it."""

    @property
    def id(self) -> str:
        """Of the statement."""
        return self.statement.id

    @property
    def colour(self) -> str:
        """Letter of its kind's colour."""
        return COLOURS[self.statement.kind]

    @property
    def name(self) -> str:
        """Kind and number: ``Recommendation 2``."""
        kind = str(NAMES[self.statement.kind])
        return f"{kind} {self.statement.number}" if self.statement.number else f"{kind} {self.tag[1:]}".strip()

    @property
    def found_by(self) -> str:
        """What told that it is one."""
        origin = self.statement.origin.get("kind")
        if origin is None or origin.how == "person":
            return _("set by a person")
        words = str(FOUND.get(origin.rule, origin.rule))
        return f"{words} “{self.statement.label}”" if self.statement.label and origin.rule in {"label", "heading"} else words

    @property
    def line(self) -> str:
        """Its other fields in a line."""
        s = self.statement
        told: list[str] = []
        if isinstance(s, Recommendation):
            told += [", ".join(s.responsible), *(term(v) for v in (s.priority, s.time, s.resources) if v)]
        elif isinstance(s, Response):
            told += [str(VERDICTS.get(s.verdict or "", ""))]
        else:
            told += [criteria_line(s.criteria)]
        if self.rests:
            words = _("answers %(what)s") if isinstance(s, Response) else _("rests on %(what)s")
            told.append(words % {"what": ", ".join(f"{r.tag} ({r.how})" for r in self.rests)})
        return " · ".join(t for t in told if t)


FOUND = {
    "label": gettext_lazy("label"),
    "heading": gettext_lazy("heading"),
    "bold": gettext_lazy("words in bold"),
    "box": gettext_lazy("a box on the page"),
    "bullet": gettext_lazy("an item of a list"),
    "number": gettext_lazy("a number before it"),
    "paragraph": gettext_lazy("a paragraph under a heading of its kind"),
    "part": gettext_lazy("a part of a recommendation"),
    "row": gettext_lazy("a row of a table"),
    "sentence": gettext_lazy("the wording of a sentence"),
}


def each(record: Record) -> Iterator[tuple[Evaluation, AnyStatement]]:
    """All statements of a record with the evaluations that state them."""
    for e in record.evaluations:
        for s in e.statements:
            yield e, s


def entries(record: Record) -> dict[str, Entry]:
    """All statements by id, in the order of the paper: by page and place, then as the record has them; those without a place last."""
    tags = {key: tag for e in record.evaluations for key, tag in tags_of(e).items()}
    found = [
        Entry(s, e, tags[s.id], certainty(s), s.places[0].page if s.places else None, rests=tuple(_rests(e, s, tags)))
        for e, s in each(record)
    ]
    last = len(record.pages) + 1
    found.sort(key=lambda x: (x.page or last, x.statement.places[0].start if x.statement.places else 0))
    return {x.id: x for x in found}


def tags_of(e: Evaluation) -> dict[str, str]:
    """A short name for each statement of an evaluation, by id: the letter of its kind and its number, else its place among its kind."""
    out: dict[str, str] = {}
    taken: set[str] = set()
    at: dict[str, int] = {}
    for s in e.statements:
        letter = LETTERS[s.kind]
        within = out.get(s.parent or "")
        place = within or letter
        at[place] = at.get(place, 0) + 1
        tag = f"{letter}{s.number}" if s.number else f"{within}.{at[place]}" if within else f"{letter}{at[letter]}"
        while tag in taken:
            at[place] += 1
            tag = f"{within or letter}{'.' if within else ''}{at[place]}"
        taken.add(tag)
        out[s.id] = tag
    return out


def certainty(s: AnyStatement) -> Certainty:
    """How sure it is, by the score of what was inferred, else by how often the rule was right on labelled papers."""
    origin = s.origin.get("kind")
    if origin is None or origin.how == "person":
        return Certainty(_("a person's"), "person")
    score, basis = origin.score, _("the rule's own score")
    measured = figures().get(f"{s.kind}/{origin.how}/{origin.rule}")
    if score is None and measured is not None:
        right, read, papers = measured
        # One more right and one more wrong than were counted: few cases make nobody sure.
        score = (right + 1) / (read + 2)
        basis = _("right %(right)d times of %(read)d in %(papers)d labelled papers") % {"right": right, "read": read, "papers": papers}
    if score is None:
        return Certainty(_("likely, not measured"), "likely", None, _("no labelled paper has one that was found in this way"))
    if score >= SURE:
        return Certainty(_("sure"), "sure", score, basis)
    if score >= LIKELY:
        return Certainty(_("likely"), "likely", score, basis)
    return Certainty(_("doubtful"), "doubtful", score, basis)


@cache
def figures() -> Mapping[str, tuple[int, int, int]]:
    """How often rules were right: right, read, papers."""
    data = tomllib.loads((files("evaltrail_office.intake") / "certainty.toml").read_text(encoding="utf-8"))
    return {key: (counts[0], counts[1], counts[2]) for key, counts in data.items()}


def _rests(e: Evaluation, s: AnyStatement, tags: Mapping[str, str]) -> Iterator[Rest]:
    if isinstance(s, Response):
        for answer in s.answers:
            yield Rest(tags.get(answer.id, answer.id), answer.id, _("stated") if answer.record is None else _("another paper"))
        return
    for link in e.links:
        if link.to == s.id and link.kind in {"supports", "leads_to"}:
            yield Rest(tags.get(link.from_, link.from_), link.from_, how_of(link))


def how_of(link: Link) -> str:
    """How a link is known, in words."""
    if link.basis == "proposed":
        return _("proposed %(score).2f") % {"score": link.score or 0}
    return _("stated") if link.basis == "stated" else _("set by a person")
