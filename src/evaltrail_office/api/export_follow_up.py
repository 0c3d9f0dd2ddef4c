"""Rows that hold others as lines of a table: a column for each field of what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from evaltrail_office.api.shapes_actions import ActionOut
from evaltrail_office.api.shapes_follow_up import AnswerOut, FollowedOut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_INSIDE = frozenset({"answers", "actions", "units", "points"})
"""Of a recommendation, what has lines or columns of its own."""
_TOLD = frozenset({"evaluation", "recommendation"})
"""Of answers and actions, what the recommendation tells already."""


def columns_of(model: type[BaseModel]) -> Iterator[str]:
    """Names of columns; what stands inside a field has its own: ``unit key``, ``unit name``."""
    for name, field in model.model_fields.items():
        inner = next((t for t in (field.annotation, *get_args(field.annotation)) if isinstance(t, type) and issubclass(t, BaseModel)), None)
        if inner is None or getattr(field.annotation, "__origin__", None) is list:
            yield name
        else:
            yield from (f"{name} {below}" for below in columns_of(inner))


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the fields of what stands inside it beside its own."""
    made: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            made |= {f"{name} {below}": inner for below, inner in flat(value).items()}
        else:
            made[name] = value
    return made


def columns() -> Iterator[str]:
    """Columns of follow-up: of the recommendation, then of the answer, then of the action."""
    yield from (name for name in columns_of(FollowedOut) if name not in _INSIDE)
    yield from ("lead units", "contributing units")
    yield from (f"answer {name}" for name in columns_of(AnswerOut) if name not in {*_INSIDE, *_TOLD})
    yield from (f"action {name}" for name in columns_of(ActionOut) if name not in {*_TOLD, "answer"})


def lines(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A recommendation with its answers and actions: a line an action, one an answer without any, one where there is neither."""
    own = {name: value for name, value in row.items() if name not in _INSIDE}
    for name, lead in (("lead units", True), ("contributing units", False)):
        own[name] = list(dict.fromkeys(charge["unit"]["name"] for charge in row["units"] if charge["lead"] is lead))
    answers = {answer["number"]: answer for answer in row["answers"]}
    bare = dict.fromkeys(answers)
    for action in row["actions"]:
        bare.pop(action["answer"], None)
        yield {**own, **_part("answer", answers.get(action["answer"])), **_part("action", action)}
    for number in bare:
        yield {**own, **_part("answer", answers[number])}
    if not row["actions"] and not answers:
        yield own


def _part(name: str, inner: Mapping[str, Any] | None) -> dict[str, Any]:
    return {f"{name} {below}": value for below, value in flat(inner or {}).items()}
