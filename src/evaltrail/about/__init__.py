"""What a paper is about: countries, Sustainable Development Goals and an office's themes, proposed from its words.

Nothing here decides: each proposal names the words that it rests on, and a person accepts or dismisses it. A record is never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.about.countries import countries
from evaltrail.about.goals import goals
from evaltrail.about.lines import Lines
from evaltrail.about.model import Ground, Kind, Proposal
from evaltrail.about.themes import themes as _themes
from evaltrail.text.normal import aligned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.about.found import Found
    from evaltrail.record import Evaluation, Place, Record

__all__ = ["Ground", "Kind", "Proposal", "proposals"]


def proposals(record: Record, themes: Iterable[str] = ()) -> tuple[Proposal, ...]:
    """What the evaluations of a record may be about.

    Args:
        record: of a paper in English, French, Spanish or Portuguese; of another language, what stands in it in English is found.
        themes: the office's own; no other is proposed.

    Returns:
        For each evaluation countries (ISO 3166), goals, themes and the regions of its title, each once, by kind and weight. What the paper
        only mentions is left out.
    """
    known = tuple(themes)
    every: list[Evaluation | None] = [*record.evaluations] or [None]
    return tuple(p for e in every for p in _of(Lines(record, e), known))


def _of(lines: Lines, themes: tuple[str, ...]) -> list[Proposal]:
    best: dict[tuple[str, str], Found] = {}
    count: dict[tuple[str, str], int] = {}
    for found in (*countries(lines), *goals(lines), *_themes(lines, themes)):
        key = (found.kind, found.value)
        count[key] = count.get(key, 0) + found.mentions
        if key not in best or found.score > best[key].score:
            best[key] = found
    made = [_proposal(lines, f, count[key]) for key, f in best.items()]
    order = ("country", "region", "sdg", "theme")
    return sorted(made, key=lambda p: (order.index(p.kind), -p.score, int(p.value) if p.value.isdecimal() else 0, p.value))


def _proposal(lines: Lines, found: Found, mentions: int) -> Proposal:
    evaluation = lines.evaluation
    place = found.line.place
    return Proposal(
        kind=found.kind,
        value=found.value,
        ground=found.ground,
        words=found.words,
        place=place,
        score=found.score,
        evaluation=evaluation.id if evaluation else None,
        statement=_statement(evaluation, place, found) if evaluation and place else None,
        mentions=mentions,
    )


def _statement(evaluation: Evaluation, place: Place, found: Found) -> str | None:
    """Id of the statement in which the words stand."""
    said = found.line.text[found.start : found.end]
    for s in evaluation.statements:
        if any(p.page == place.page and p.start < place.end and place.start < p.end for p in s.places) and said in aligned(s.text):
            return s.id
    return None
