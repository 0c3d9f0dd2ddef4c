"""Two records of one evaluation as one: the recommendations of a report, and the responses and actions of another paper to them.

A response goes to the recommendation that it names by the record's and statement's id, else by id, else by number, as the
answer or the label gives it.  One that finds none is kept, without anything that it answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.record import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import AnyStatement, Evaluation, Recommendation, Record, Response

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})*(?:\([a-z]\)|[a-z])?")
_IN_ID = re.compile(r"\.r([0-9A-Za-z.]+?)(?:-\d+)?$")


def together(record: Record, companion: Record | None) -> Record:
    """The record that recommends, with the responses of the other beside its own; the record itself where there is no other."""
    if companion is None:
        return record
    asking, answering = (
        (record, companion) if _count(record, "recommendation") >= _count(companion, "recommendation") else (companion, record)
    )
    evaluations = [
        e.model_copy(
            update={
                "statements": (*e.statements, *_responses(e, answering, alone=len(asking.evaluations) == 1)),
                "overall_responses": (*e.overall_responses, *_overall(e, asking, answering)),
            }
        )
        for e in asking.evaluations
    ]
    return asking.model_copy(update={"evaluations": tuple(evaluations)})


def _count(record: Record, kind: str) -> int:
    return sum(s.kind == kind for e in record.evaluations for s in e.statements)


def _twin(e: Evaluation, answering: Record, *, alone: bool) -> Sequence[Evaluation]:
    """The evaluations of the other record that are this one: by label, by title, or all where there is one here."""
    same = [x for x in answering.evaluations if (e.label and x.label == e.label) or (e.title and x.title == e.title)]
    return same or (answering.evaluations if alone else [])


def _overall(e: Evaluation, asking: Record, answering: Record) -> list[object]:
    twins = _twin(e, answering, alone=len(asking.evaluations) == 1)
    return [o for t in twins for o in t.overall_responses if o not in e.overall_responses]


def _responses(e: Evaluation, answering: Record, *, alone: bool) -> list[AnyStatement]:
    asked = {s.id: s for s in e.statements if s.kind == "recommendation"}
    by_number = {s.number: s.id for s in reversed(list(asked.values())) if s.number}
    out: list[AnyStatement] = []
    for twin in _twin(e, answering, alone=alone):
        numbers = {s.id: s.number for s in twin.statements if s.kind == "recommendation"}
        for s in twin.statements:
            if s.kind == "response":
                found = _answered(s, asked, by_number, numbers)
                out.append(s.model_copy(update={"id": f"{e.id}.{s.id}", "answers": tuple(Answer(id=i) for i in found)}))
    return out


def _answered(
    s: Response, asked: Mapping[str, Recommendation], by_number: Mapping[str, str], numbers: Mapping[str, str | None]
) -> list[str]:
    found: list[str] = []
    for a in s.answers:
        in_id = _IN_ID.search(a.id)
        number = numbers.get(a.id) or (in_id[1] if in_id else None)
        hit = a.id if a.id in asked else by_number.get(number or "")
        if hit is not None and hit not in found:
            found.append(hit)
    if not found and s.label:
        found = [by_number[n] for n in _NUMBER.findall(s.label) if n in by_number]
    return found
