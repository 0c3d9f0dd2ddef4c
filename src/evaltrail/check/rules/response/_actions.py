"""Actions of answers and what they lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from evaltrail.check.rule import Message, Related
from evaltrail.check.rules.response import _answer
from evaltrail.check.wording import plural
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Action, Response

_SHARED = 0.25
"""Share of actions without the field from which on the table shares one cell among several actions."""
_NONE = frozenset("-–—?.…")


def lacking(paper: Paper, responses: Sequence[Response], field: Literal["unit", "due"]) -> Iterator[Message]:
    """One message for the actions of an evaluation's answers that lack a field, or for all that have it.

    Args:
        paper: the paper.
        responses: the answers of one evaluation.
        field: name of the field.
    """
    no_action = paper.words_of(_answer.TOPIC, "no_action")
    all_ = [(r, a) for r in responses for a in r.actions if not (no_action and no_action.match(a.text.strip(" ()[]-–—.")))]
    without = [(r, a) for r, a in all_ if not _stated(paper, a, field)]
    having = len(all_) - len(without)
    if not having:
        return
    if not without:
        said = (
            plural(having, "The action has an owner.", "Each of the {number} actions has an owner.")
            if field == "unit"
            else plural(having, "The action has a date.", "Each of the {number} actions has a date.")
        )
        yield Message(said, all_[0][1].places[:1], right=True)
        return
    # An answer of whose actions some have it shares the cell, unless the table does so nowhere else.
    bare = [(r, a) for r, a in without if not any(_stated(paper, b, field) for b in r.actions)]
    if len(without) <= max(1, _SHARED * len(all_)):
        bare = without
    if not bare or len(bare) > having:
        return
    responses_ = list({r.id: r for r, _ in bare}.values())
    whose = _answer.names(paper, responses_)
    which = plural(len(bare), "An action of {answers:small}", "{number} actions of {answers:small}", answers=whose)
    yield Message(
        plural(
            len(bare),
            "{which} has no owner; {having} of {all} have one.",
            "{which} have no owner; {having} of {all} have one.",
            which=which,
            having=having,
            all=len(all_),
        )
        if field == "unit"
        else plural(
            len(bare),
            "{which} has no date; {having} of {all} have one.",
            "{which} have no date; {having} of {all} have one.",
            which=which,
            having=having,
            all=len(all_),
        ),
        bare[0][1].places or bare[0][0].places,
        statement=bare[0][0].id,
        related=tuple(Related(a.text.partition("\n")[0], a.places[:1]) for _, a in bare[1:8] if a.places),
    )


def _stated(paper: Paper, action: Action, field: Literal["unit", "due"]) -> bool:
    value = " ".join(((action.unit if field == "unit" else action.due) or "").split()).strip(" ()[].?")
    if value and not set(value) <= _NONE and not _open(paper, value, field):
        return True
    # A date may stand in the action's own words: "Publish the report by June 2027".
    return field == "due" and bool(dates(action.text, paper.language))


def _open(paper: Paper, value: str, field: Literal["unit", "due"]) -> bool:
    """Whether the words in a field say that it is still to be filled ("to be determined"), or name a time that never ends."""
    lists = [paper.words_of(_answer.TOPIC, "unsettled")]
    if field == "due":
        lists.append(paper.words_of("check_recommendations", "vague_times"))
    return any(p is not None and p.fullmatch(value) for p in lists)
