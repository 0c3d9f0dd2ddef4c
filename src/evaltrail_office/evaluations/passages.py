"""The passages of a paper that can be commented on: its numbered paragraphs, and statements that stand in none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail_office.evaluations.records import record_of

if TYPE_CHECKING:
    from evaltrail.record import Place
    from evaltrail_office.shelf.models import Document

QUOTED = 600
"""Characters of a passage that are kept with a comment."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a paper with an address of its own."""

    id: str
    label: str
    text: str
    position: int
    page: int | None
    evaluation: str
    """Key of the evaluation that it is about; empty where the paper belongs to none."""


def passages(document: Document) -> list[Passage]:
    """The passages of a paper as it reads now, in its order."""
    record = record_of(document)
    keys = {p.record_id: p.evaluation_key for p in document.parts.all()}
    spans = [(p, at) for p in record.paragraphs for at in p.places]
    # What begins at (page, character), what it is called, its words, and to which part of the paper it belongs.
    found: list[tuple[tuple[int, int], str, str, str, str]] = []
    about: list[tuple[tuple[int, int], str]] = []
    for own in record.evaluations:
        for s in own.statements:
            at = s.places[0] if s.places else None
            about.append((_where(at), own.id))
            if not any(_within(at, span) for _p, span in spans):
                name = s.label or " ".join(filter(None, (str(s.kind).replace("_", " ").capitalize(), s.number)))
                found.append((_where(at), f"s:{s.id}", name, s.text, own.id))
    seen: set[str] = set()
    for p in record.paragraphs:
        # A number that stands twice: the first is meant, as by whoever cites it.
        if p.number not in seen:
            seen.add(p.number)
            found.append((_where(p.places[0] if p.places else None), f"p:{p.number}", _("§%(n)s") % {"n": p.number}, p.text, ""))
    about.sort()
    first = next((key for key in keys.values() if key), "")
    return [
        Passage(
            id=name,
            label=label,
            text=words,
            position=position,
            page=at[0] if at[0] < _NOWHERE else None,
            evaluation=keys.get(part or _part_at(about, at), "") or first,
        )
        for position, (at, name, label, words, part) in enumerate(sorted(found, key=lambda f: f[0]))
    ]


_NOWHERE = 1 << 30


def _where(at: Place | None) -> tuple[int, int]:
    return (at.page, at.start) if at else (_NOWHERE, 0)


def _within(at: Place | None, span: Place) -> bool:
    return at is not None and at.page == span.page and span.start <= at.start < span.end


def _part_at(about: list[tuple[tuple[int, int], str]], at: tuple[int, int]) -> str:
    """The part whose statements stand last before a place, or first behind it."""
    before = [part for where, part in about if where <= at]
    return before[-1] if before else (about[0][1] if about else "")
