"""What the rules on the fields of a recommendation's action table share: unit, priority, time, resources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from evaltrail.check.called import of
from evaltrail.check.once import once
from evaltrail.check.ordinal import ordinal
from evaltrail.check.rule import Message
from evaltrail.check.rules.recommendations import _acts
from evaltrail.check.together import names, related
from evaltrail.check.wording import Said, plural, say
from evaltrail.record import Recommendation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation

TOPIC = "check_recommendations"
Field = Literal["responsible", "priority", "time", "resources"]
FEW = 4
"""Recommendations below which it says little that none has a time or a priority."""
_TITLE = 12
"""Words that a heading has at the most."""


def own(evaluation: Evaluation) -> list[Recommendation]:
    """The whole recommendations of an evaluation."""
    return [s for s in evaluation.statements if isinstance(s, Recommendation) and s.parent is None]


def evaluations(paper: Paper) -> Iterator[tuple[Evaluation, list[Recommendation]]]:
    """Each evaluation with its whole recommendations, where what was read as such is that: no headings, none of an older paper."""
    for evaluation in paper.evaluations:
        found = own(evaluation)
        if found and 2 * sum(_heads_or_older(paper, r) for r in found) <= len(found):
            yield evaluation, found


def _heads_or_older(paper: Paper, recommendation: Recommendation) -> bool:
    """Whether a recommendation looks like the heading of a section, or stands under a heading on earlier recommendations."""
    text = recommendation.text.strip()
    if len(text.split()) <= _TITLE and text[-1:] not in ".;:!" and not paper.parts.get(recommendation.id):
        asks = paper.words_of(TOPIC, "modals")
        if not _acts.command(text, paper.language) and not (asks and asks.search(text)):
            return True
    older = paper.words_of(TOPIC, "older")
    return bool(older and older.search(heading(paper, recommendation)))


def count(recommendations: Sequence[Recommendation]) -> int:
    """How many recommendations there are, those counted that were read as part of the one before: "… (12-18) 9. Provide …"."""
    return sum(1 + bool(merged(r)) for r in recommendations)


def merged(recommendation: Recommendation) -> re.Match[str] | None:
    """The next number within a recommendation's own first paragraph, where the next one was read as part of it."""
    number = ordinal(recommendation.number)
    if number is None:
        return None
    return re.search(rf"\s{number + 1}[.)]\s+[A-ZÀ-Þ]", _acts.operative(recommendation.text))


def printed(recommendation: Recommendation, field: str) -> str | None:
    """The words of a field as they stand, None where there are none."""
    words = getattr(recommendation.as_printed, field)
    return words if words and words.strip(" -–—.") else None


def stated(recommendations: Sequence[Recommendation], field: str) -> bool:
    """Whether most of some recommendations print a field: then the others should too."""
    return 2 * sum(printed(r, field) is not None for r in recommendations) >= len(recommendations)


_OF_ACTIONS = {"responsible": "unit", "time": "due", "resources": "resources"}


def has(paper: Paper, recommendation: Recommendation, field: str, *, by_action: bool = True) -> bool:
    """Whether a recommendation, each of its parts, or an action of its answer states the field."""
    if printed(recommendation, field) or getattr(recommendation, field):
        return True
    parts = [p for p in paper.parts.get(recommendation.id, ()) if isinstance(p, Recommendation)]
    if parts and all(printed(p, field) for p in parts):
        return True
    if not by_action:
        return False
    of_action = _OF_ACTIONS.get(field)
    answers = paper.answers_to.get(recommendation.id, ())
    return bool(of_action) and any(getattr(a, str(of_action)) for r in answers for a in r.actions)


@once
def labelled(paper: Paper, column: str) -> bool:
    """Whether the recommendations' sections have a label or a table's heading for a field: then it may be there unread."""
    words = {w.lower() for w in paper.listed("fields", "columns", column)}
    for u in paper.units:
        if "recommendations" in u.within and len(u.text) <= 120:
            head = u.text.partition(":")[0].strip().lower()
            if head in words or (u.kind == "cell" and any(head.startswith(f"{w} ") for w in words)):
                return True
    return False


def heading(paper: Paper, recommendation: Recommendation) -> str:
    """The words of the heading right above a recommendation, empty where there is none."""
    unit = paper.unit_at(recommendation.places[0]) if recommendation.places else None
    passage = paper.record.passages[unit.index] if unit is not None and unit.index >= 0 else None
    return paper.record.passages[passage.section].text if passage is not None and passage.section is not None else ""


def messages(paper: Paper, field: Field, column: str, has_it: Callable[[Recommendation], bool] | None = None) -> Iterator[Message]:
    """One message for each evaluation in which recommendations lack a field, one for each in which all have it.

    Args:
        paper: the paper.
        field: name of the field.
        column: the field's name among the columns of tables.
        has_it: another test for the field than that it is printed.
    """
    for evaluation, _ in evaluations(paper):
        yield from of_one(paper, evaluation, field, column, has_it)


def of_one(
    paper: Paper,
    evaluation: Evaluation,
    field: Field,
    column: str,
    has_it: Callable[[Recommendation], bool] | None = None,
    *,
    elsewhere: frozenset[str] = frozenset(),
) -> Iterator[Message]:
    """The messages of :func:`messages` for one evaluation, without the recommendations that another rule speaks of."""
    # Where the others state it themselves, the date of an action does not make up for it.
    by_action = not stated(own(evaluation), field)
    all_ = [r for r in own(evaluation) if r.id not in elsewhere]
    printed_anywhere = any(printed(r, field) for r in all_)

    def test(r: Recommendation) -> bool:
        return has(paper, r, field, by_action=by_action) or (has_it is not None and has_it(r))

    without = [r for r in all_ if not test(r)]
    have = len(all_) - len(without)
    where = of(evaluation, several=True)
    read = any(printed(r, f) for r in all_ for f in ("responsible", "priority", "time", "resources"))
    if not all_ or (not have and not read and labelled(paper, column)):
        return  # in the second case the paper has the field, in a form that the reader did not take apart
    if field in _ORDERING and not printed_anywhere and not _tabled(all_) and (len(all_) < FEW or 0 < 2 * have < len(all_)):
        return  # too few to need it, or a date here and there in running text that may stand for others too
    if not without and (elsewhere or not all(_fits(r, field) for r in all_)):
        return  # something stands in the field, but not what belongs there: no praise
    if not without:
        yield Message(_all_have(field, have, where), all_[0].places[:1], right=True)
    elif not have:
        said = _none_has(field, count(without), where) if len(without) > 1 else say("{lacking}.", lacking=_lack(field, paper, without))
        yield Message(said, without[0].places[:1], statement=without[0].id)
    else:
        lacking = _lack(field, paper, without)
        yield Message(
            plural(have, "{lacking}; {number} other does.", "{lacking}; {number} others do.", lacking=lacking),
            without[0].places,
            statement=without[0].id,
            related=related(paper, without[1:]),
        )


def _all_have(field: Field, number: int, where: str) -> Said:
    match field:
        case "responsible":
            return plural(
                number,
                "The recommendation{where} names a responsible unit.",
                "Each of the {number} recommendations{where} names a responsible unit.",
                where=where,
            )
        case "priority":
            return plural(
                number,
                "The recommendation{where} has a priority.",
                "Each of the {number} recommendations{where} has a priority.",
                where=where,
            )
        case "time":
            return plural(
                number, "The recommendation{where} has a time.", "Each of the {number} recommendations{where} has a time.", where=where
            )
        case "resources":
            return plural(
                number,
                "The recommendation{where} has a resource implication.",
                "Each of the {number} recommendations{where} has a resource implication.",
                where=where,
            )


def _none_has(field: Field, number: int, where: str) -> Said:
    match field:
        case "responsible":
            return say("None of the {number} recommendations{where} names a responsible unit.", number=number, where=where)
        case "priority":
            return say("None of the {number} recommendations{where} has a priority.", number=number, where=where)
        case "time":
            return say("None of the {number} recommendations{where} has a time.", number=number, where=where)
        case "resources":
            return say("None of the {number} recommendations{where} has a resource implication.", number=number, where=where)


def _lack(field: Field, paper: Paper, without: Sequence[Recommendation]) -> Said:
    which, number = names(paper, without), len(without)
    match field:
        case "responsible":
            return plural(number, "{which:capital} names no responsible unit", "{which:capital} name no responsible unit", which=which)
        case "priority":
            return plural(number, "{which:capital} has no priority", "{which:capital} have no priority", which=which)
        case "time":
            return plural(number, "{which:capital} has no time", "{which:capital} have no time", which=which)
        case "resources":
            return plural(
                number, "{which:capital} has no resource implication", "{which:capital} have no resource implication", which=which
            )


_ORDERING = ("time", "priority")


def _tabled(recommendations: Sequence[Recommendation]) -> bool:
    """Whether recommendations come with fields that no running text has."""
    return any(printed(r, f) for r in recommendations for f in ("priority", "time", "resources"))


def _fits(recommendation: Recommendation, field: str) -> bool:
    """Whether what is printed in a field of fixed values is one of them."""
    return field not in ("priority", "resources") or not printed(recommendation, field) or getattr(recommendation, field) is not None
