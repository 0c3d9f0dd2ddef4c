"""From candidates to the record's statements: ids, origins, links that the text states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from evaltrail.read.recognise.fields import normal
from evaltrail.read.recognise.units import units
from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail.record import Action, Answer, AsPrinted, Link, Observation, Origin, OverallResponse, Recommendation, Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Text
    from evaltrail.read.recognise.candidates import Candidate, Promise
    from evaltrail.record import AnyStatement, ObservationKind, Verdict

_SHORT = {"finding": "f", "conclusion": "c", "lesson": "l", "good_practice": "g", "recommendation": "r", "response": "a"}


def statements(evaluation: str, found: Sequence[Candidate]) -> tuple[list[AnyStatement], list[Link]]:
    """Record statements and stated links of one evaluation's candidates (in reading order)."""
    ids = _ids(evaluation, found)
    numbers: dict[str, str] = {}
    for c in found:
        if c.kind == "recommendation" and c.number and c.parent is None:
            numbers.setdefault(c.number, ids[id(c)])
    for c in found:
        if c.kind == "recommendation" and c.number and c.parent is not None:
            # A matrix may answer part by part, and print "3(a)" as "3a" or "3.a".
            for printed in (c.number, *_as_others_print(c.number)):
                numbers.setdefault(printed, ids[id(c)])
    out: list[AnyStatement] = []
    links: list[Link] = []
    for c in found:
        common: dict[str, Any] = {
            "id": ids[id(c)],
            "parent": ids.get(id(c.parent)) if c.parent is not None else None,
            "number": c.number,
            "label": c.label,
            "text": c.text.text,
            "criteria": c.criteria,
            "places": c.text.places(),
        }
        origin = {"kind": Origin(how="printed" if c.basis in ("label", "heading") and c.label else "inferred", rule=c.basis)}
        if c.criteria:
            origin["criteria"] = Origin(how="inferred", rule="section")
        if c.kind == "recommendation":
            out.append(_recommendation(c, common, origin))
        elif c.kind == "response":
            response, answered = _response(c, common, origin, ids, numbers)
            out.append(response)
            links.extend(Link.model_validate({"from": response.id, "to": a, "kind": "answers", "basis": "stated"}) for a in answered)
        else:
            out.append(Observation(kind=cast("ObservationKind", c.kind), origin=origin, **common))
    return out, links


def _ids(evaluation: str, found: Sequence[Candidate]) -> dict[int, str]:
    """Stable ids: evaluation, kind and number, else kind and place in order; a repeated number gets a letter."""
    used: set[str] = set()
    counts: dict[str, int] = {}
    out: dict[int, str] = {}
    for c in found:
        if c.parent is None:
            counts[c.kind] = counts.get(c.kind, 0) + 1
        number = c.number if c.number and c.kind != "response" else None
        if c.kind == "response" and c.answers and c.answers[0]:
            number = c.answers[0]
        stem = f"{evaluation}.{_SHORT[c.kind]}{re.sub(r'[^0-9A-Za-z.]+', '', number) if number else 'n' + str(counts.get(c.kind, 1))}"
        if c.parent is not None and not number:
            stem = f"{out.get(id(c.parent), stem)}.p"
        name, n = stem, 1
        while name in used:
            n += 1
            name = f"{stem}-{n}"
        used.add(name)
        out[id(c)] = name
    return out


def _as_others_print(number: str) -> tuple[str, ...]:
    bare = re.sub(r"[().]", "", number)
    return (bare, re.sub(r"\(([a-z]+)\)", r".\1", number)) if "(" in number else ()


def _recommendation(c: Candidate, common: dict[str, Any], origin: dict[str, Origin]) -> Recommendation:
    printed = {name: text.text.replace("\n", " ") for name, text in c.fields.items()}
    values: dict[str, Any] = {}
    for name in ("priority", "time", "resources"):
        if name in printed:
            values[name] = normal(name, printed[name])
            origin[name] = c.origins.get(name) or Origin(how="printed", rule="scale" if values[name] else "as printed")
    responsible: tuple[str, ...] = ()
    if "responsible" in c.fields:
        responsible = units(c.fields["responsible"].text)
        origin["responsible"] = c.origins.get("responsible") or Origin(how="printed", rule="list of units")
    return Recommendation(
        **common,
        responsible=responsible,
        origin=origin,
        as_printed=AsPrinted(**{k: printed.get(k) for k in ("responsible", "priority", "time", "resources")}),
        **values,
    )


def _response(
    c: Candidate, common: dict[str, Any], origin: dict[str, Origin], ids: dict[int, str], numbers: dict[str, str]
) -> tuple[Response, list[str]]:
    answered: list[str] = []
    if c.target is not None and id(c.target) in ids:
        answered.append(ids[id(c.target)])
    for n in c.answers:
        if n in numbers and numbers[n] not in answered and not (answered and c.target is not None):
            answered.append(numbers[n])
    origin["verdict"] = Origin(how="printed" if c.verdict is not None else "inferred", rule="words of the answer")
    actions = tuple(_action(p) for p in c.actions if p.text.text)
    prompt = c.prompt.text if c.prompt is not None else None
    answers = tuple(Answer(id=a) for a in answered)
    return Response(**common, origin=origin, answers=answers, prompt=prompt, verdict=_verdict(c), actions=actions), answered


def _verdict(c: Candidate) -> Verdict:
    """By the words that stand apart for it, else by the answer's own."""
    found = verdict_of(c.verdict.text, field=True) if c.verdict is not None else "unclear"
    return cast("Verdict", found if found != "unclear" else verdict_of(c.text.text))


def overall(c: Candidate) -> OverallResponse:
    """The record's form of an answer to the evaluation as a whole."""
    return OverallResponse(label=c.label, text=c.text.text, verdict=cast("Verdict", verdict_of(c.text.text)), places=c.text.places())


def _action(p: Promise) -> Action:
    return Action(
        text=p.text.text,
        unit=_line(p.unit),
        due=_line(p.due),
        status=_line(p.status),
        number=p.number,
        deliverables=p.deliverables.text if p.deliverables else None,
        resources=_line(p.resources),
        comments=_line(p.comments),
        places=p.text.places(),
    )


def _line(text: Text | None) -> str | None:
    """Paragraphs of a cell as one line: a list is joined with semicolons, a line broken behind a comma with a space."""
    if text is None:
        return None
    out = ""
    for part in text.text.split("\n"):
        words = re.sub(r"^(?:[•●▪■○‣◦–-]|\d{1,2}\.\d{1,2}[.):]?(?=\s))\s*", "", part).strip()
        if out and words:
            out += " " if out.endswith((",", ";", ":", "(", "/", "-")) else "; "
        out += words
    return out.rstrip(";").strip() or None
