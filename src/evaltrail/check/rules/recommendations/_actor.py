"""Whether a recommendation says who should act."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.check.rules.recommendations import _acts, _fields
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Passage, Recommendation

_NAME = re.compile(r"\s+(?:\w{1,3}\s+)?[A-ZÀ-Þ]")
_LABEL_WORDS = 8


def named(paper: Paper, recommendation: Recommendation, *, by_action: bool = True) -> bool:
    """Whether somebody who acts is named: in a field, as the subject, as a passive's agent, or in the words above."""
    if _fields.has(paper, recommendation, "responsible", by_action=by_action):
        return True
    found = passive(paper, recommendation)
    if found is not None:
        return _agent(paper, recommendation.text[found.end() :]) or _above(paper, recommendation)
    text = _acts.operative(recommendation.text)
    impersonal = paper.words_of(_fields.TOPIC, "impersonal")
    if impersonal and impersonal.match(text):
        return _above(paper, recommendation)
    # Without a command a subject stands in front of the verb: "Nova Scotia is encouraged to …".
    return _acts.command(text, paper.language) is None or _above(paper, recommendation)


def passive(paper: Paper, recommendation: Recommendation) -> re.Match[str] | None:
    """What "should be done", where the operative text puts it in the passive; none where it says besides what somebody should do."""
    text = _acts.operative(recommendation.text)
    found = _passives(paper.listed(_fields.TOPIC, "passive_forms"), paper.listed(_fields.TOPIC, "participles"), paper.language)
    first = found.search(text) if found else None
    if first is None or any(_acts.asked(s.text, paper.language) for s in sentences(text)):
        return None
    return first


@cache
def _passives(forms: tuple[str, ...], participles: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    """A form of to be after "should", an adverb or none, and a participle; ``*`` in its place stands for any letters."""
    if not forms or not participles:
        return None
    adverbs = [*map(re.escape, sorted(_acts.wording(language).adverbs)), r"\w+(?:ly|ment|mente)"]
    heads, tails = ("|".join(re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in x) for x in (forms, participles))
    return re.compile(rf"(?<!\w)(?:{heads})\s+(?:(?:{'|'.join(adverbs)})\s+)?(?:{tails})(?!\w)", re.IGNORECASE)


def hidden(paper: Paper, recommendations: Sequence[Recommendation], named: Collection[str]) -> list[tuple[Recommendation, re.Match[str]]]:
    """Recommendations in the passive that name nobody, and their passives, where others (``named``, ids) name somebody."""
    if not named:
        return []
    return [(r, p) for r in recommendations if r.id not in named and (p := passive(paper, r))]


def _agent(paper: Paper, after: str) -> bool:
    agents = paper.words_of(_fields.TOPIC, "agents")
    return bool(agents and agents.search(after)) or bool(re.search(r"\b(?:by|par|por)\s+[A-ZÀ-Þ]", after))


def _above(paper: Paper, recommendation: Recommendation) -> bool:
    """Whether the heading, or a line between it and the recommendation, says to whom: "For IOM management:"."""
    unit = paper.unit_at(recommendation.places[0]) if recommendation.places else None
    if unit is None or unit.index < 1:
        return False
    section = paper.record.passages[unit.index].section
    near = range(max(0, unit.index - 6), unit.index)
    return any(_label(paper, paper.record.passages[i]) for i in {*near, *([section] if section is not None else [])})


def _label(paper: Paper, passage: Passage) -> bool:
    """Whether a heading or a short line says to whom the recommendations under it are made."""
    to = paper.words_of(_fields.TOPIC, "addressing")
    if to is None or len(passage.text.split()) > _LABEL_WORDS:
        return False
    first = to.match(passage.text.lstrip())
    return bool(first and _NAME.match(passage.text.lstrip()[first.end() :])) or (
        "recommendations" in passage.heads and to_somebody(paper, passage.text)
    )


def to_somebody(paper: Paper, heading: str) -> bool:
    """Whether words say to whom: "Recommendations to the Ministry"; a name begins with a capital."""
    to = paper.words_of(_fields.TOPIC, "addressing")
    return to is not None and any(_NAME.match(heading[m.end() :]) for m in to.finditer(heading))


def addressed(paper: Paper, recommendations: Sequence[Recommendation]) -> bool:
    """Whether a sentence before the first recommendation says who should do all that follows."""
    first = paper.unit_at(recommendations[0].places[0]) if recommendations and recommendations[0].places else None
    if first is None or first.index < 1:
        return False
    modal = paper.words_of(_fields.TOPIC, "modals")
    before = [p for p in paper.record.passages[max(0, first.index - 4) : first.index] if p.kind == "paragraph"]
    return any(p.text.rstrip().endswith(":") and modal and modal.search(p.text) for p in before)


_SUBJECT = 5
"""Words in front of "should" among which the name of one who acts begins."""


def explained(paper: Paper, recommendations: Sequence[Recommendation]) -> bool:
    """Whether the words before, between and behind the recommendations say that somebody by name should act ("the IOM should also …")."""
    asking = _acts.wording(paper.language).asking
    first = paper.unit_at(recommendations[0].places[0]) if recommendations[0].places else None
    if asking is None or first is None:
        return False
    to = paper.words_of(_fields.TOPIC, "addressed")
    for unit in paper.units_of(first.evaluation):
        if "recommendations" not in unit.within or unit.kind == "cell":
            continue
        if to is not None and any(_NAME.match(unit.text[m.end() :]) for m in to.finditer(unit.text)):
            return True
        if any(_subject(unit.text[: m.start()]) for m in asking.finditer(unit.text)):
            return True
    return False


def _subject(before: str) -> bool:
    """Whether a name ends a text: a word with a capital that does not begin the sentence, or an acronym."""
    sentence = re.split(r"[.;:!?]\s", before)[-1].split()
    near = [(i, w) for i, w in enumerate(sentence) if i >= len(sentence) - _SUBJECT]
    return any(w[:1].isupper() and (i > 0 or (len(w) > 1 and w.isupper())) for i, w in near)
