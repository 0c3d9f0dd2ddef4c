"""From forms about evaluations of a paper, answers to them as a whole and decisions, to corrections of the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from evaltrail.record import Decision, OverallResponse, digest_of
from evaltrail_office.intake.changes import SCALES, Unfit, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.record import Correction, Evaluation, Record

Stated = TypeVar("Stated", OverallResponse, Decision)
_YEAR = re.compile(r"\d{4}")


def mark_of(thing: OverallResponse | Decision) -> str:
    """What a form shows of an answer or a decision, to know it again."""
    return digest_of(thing.model_dump_json(exclude={"places"}))


def part_of(record: Record, key: str) -> Evaluation:
    """The evaluation of a paper with that id.

    Raises:
        Unfit: there is none.
    """
    found = next((e for e in record.evaluations if e.id == key), None)
    if found is None:
        raise Unfit(_("This evaluation is not there any more: somebody has merged or split it."))
    return found


def about(record: Record, form: Mapping[str, str]) -> Iterator[Correction]:
    """Another title, label or period of an evaluation."""
    e = part_of(record, form.get("evaluation", ""))
    title, label, period = _words(form, "title"), _words(form, "label") or None, _period(form)
    if title != e.title:
        yield made(kind="evaluation", evaluation=e.id, field="title", new=title)
    if label != e.label:
        yield made(kind="evaluation", evaluation=e.id, field="label", new=label)
    if period != {"from": e.period.from_, "to": e.period.to}:
        yield made(kind="evaluation", evaluation=e.id, field="period", new=period)


def split(record: Record, form: Mapping[str, str], chosen: Sequence[str]) -> Correction:
    """Statements that were chosen, or one and all that follows it, as an evaluation of their own."""
    e = part_of(record, form.get("evaluation", ""))
    order = [s.id for s in e.statements if s.id in set(chosen)]
    if not order or len(order) != len(set(chosen)):
        raise Unfit(_("Choose the statements that belong to the other evaluation."))
    title = _words(form, "title")
    if not title:
        raise Unfit(_("The other evaluation needs a title."))
    data: dict[str, Any] = {"kind": "split_evaluation", "statement": order[0], "title": title, "label": _words(form, "label") or None}
    if form.get("how") == "following":
        if len(order) > 1:
            raise Unfit(_("Choose one statement alone, with which the other evaluation begins."))
    else:
        data["statements"] = order
    return made(**data, period=_period(form))


def merge(record: Record, form: Mapping[str, str]) -> Correction:
    """Two evaluations as one."""
    gone, stays = part_of(record, form.get("evaluation", "")), part_of(record, form.get("into", ""))
    if gone is stays:
        raise Unfit(_("Choose two evaluations."))
    return made(kind="merge_evaluations", evaluation=gone.id, into=stays.id)


def answer(record: Record, form: Mapping[str, str], *, remove: bool) -> Correction | None:
    """An answer to an evaluation as a whole: another one, a new one or none; None where it says what the record says."""
    e = part_of(record, form.get("evaluation", ""))
    old = _old(e.overall_responses, form)
    if remove:
        return made(kind="overall_response", evaluation=e.id, old=_data(old))
    verdict = form.get("verdict", "")
    if verdict and verdict not in SCALES["verdict"]:
        raise Unfit(_("“%(value)s” is not on the scale.") % {"value": verdict[:40]})
    update = {"text": _needed(form), "label": _words(form, "label") or None, "verdict": verdict or None}
    new = (old or OverallResponse(text="-")).model_copy(update=update)
    return None if new == old else made(kind="overall_response", evaluation=e.id, new=_data(new), **({"old": _data(old)} if old else {}))


def decision(record: Record, form: Mapping[str, str], *, remove: bool) -> Correction | None:
    """A decision: another one, a new one or none; None where it says what the record says."""
    old = _old(record.decisions, form)
    if remove:
        return made(kind="decision", old=_data(old))
    new = (old or Decision(text="-")).model_copy(update={"text": _needed(form), "paragraph": _words(form, "paragraph") or None})
    return None if new == old else made(kind="decision", new=_data(new), **({"old": _data(old)} if old else {}))


def _old(held: Sequence[Stated], form: Mapping[str, str]) -> Stated | None:
    if "was" not in form:
        return None
    found = next((x for x in held if mark_of(x) == form["was"]), None)
    if found is None:
        raise Unfit(_("It is not there any more as you saw it: somebody has changed it."))
    return found


def _data(thing: OverallResponse | Decision | None) -> dict[str, Any] | None:
    return thing.model_dump(mode="json", by_alias=True) if thing else None


def _words(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()


def _needed(form: Mapping[str, str]) -> str:
    words = _words(form, "text")
    if not words:
        raise Unfit(_("It needs words. If there is none, take it out."))
    return words


def _period(form: Mapping[str, str]) -> dict[str, int | None]:
    years: dict[str, int | None] = {}
    for end in ("from", "to"):
        year = _words(form, end)
        if year and not _YEAR.fullmatch(year):
            raise Unfit(_("“%(year)s” is no year.") % {"year": year[:20]})
        years[end] = int(year) if year else None
    if years["from"] and years["to"] and years["from"] > years["to"]:
        raise Unfit(_("The first year is after the last."))
    return years
