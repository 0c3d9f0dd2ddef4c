"""The record that a draft begins with: chosen statements of confirmed papers, or empty places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from evaltrail.record import Answer, DocumentInfo, Evaluation, Link, Model, Period, Record, Response

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from evaltrail.record import AnyStatement

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken over of one paper about one evaluation."""

    document: str
    """The paper's key."""
    evaluation: str
    """The office's key of the evaluation."""
    part: Evaluation
    """What the paper's record says of it."""
    chosen: Collection[str]
    """Ids of the statements that are taken."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The record of a draft, and what of it stands where else."""

    record: Record
    evaluations: Mapping[str, str]
    """Id of an evaluation in the record -> the office's key."""
    came_from: Mapping[str, tuple[str, str]]
    """Id of a statement in the record -> the paper's key and its id there."""


def composed(info: DocumentInfo, titles: Mapping[str, str], taken: Iterable[Taken]) -> Begun:
    """A record of the statements taken, in their papers' order, under the evaluations of ``titles`` (key -> title).

    What was read keeps its words and fields and loses its places: it stands in another paper now.
    """
    papers = list(taken)
    used: set[str] = set()
    evaluations: list[Evaluation] = []
    of: dict[str, str] = {}
    came_from: dict[str, tuple[str, str]] = {}
    for n, (key, title) in enumerate(titles.items()):
        own = [t for t in papers if t.evaluation == key]
        identifier = _free(_roman(n + 1), used)
        of[identifier] = key
        statements: list[AnyStatement] = []
        links: list[Link] = []
        for t in own:
            chosen = _with_parts(t.part.statements, t.chosen)
            names = {s.id: _free(s.id, used) for s in t.part.statements if s.id in chosen}
            came_from |= {new: (t.document, old) for old, new in names.items()}
            statements += [_moved(s, names) for s in t.part.statements if s.id in names]
            links += [
                x.model_copy(update={"from_": names[x.from_], "to": names[x.to], "places": ()})
                for x in t.part.links
                if x.from_ in names and x.to in names
            ]
        first = own[0].part if own else None
        rated = next((t.part for t in own if t.part.ratings), None)
        answered = next((t.part for t in own if t.part.overall_responses), None)
        evaluations.append(
            Evaluation(
                id=identifier,
                # A paper on one evaluation has no parts.
                label=f"Part {_roman(n + 1)}" if len(titles) > 1 else None,
                title=title,
                period=first.period if first else Period(),
                statements=tuple(statements),
                ratings=tuple(_unplaced(r) for r in rated.ratings) if rated else (),
                links=tuple(links),
                overall_responses=tuple(_unplaced(r) for r in answered.overall_responses) if answered else (),
            )
        )
    return Begun(Record(document=info, evaluations=tuple(evaluations)), of, came_from)


def placed(record: Record, back: Record) -> Record:
    """A record with the pages of the file that was written from it, and its statements' places there.

    ``back`` is what was read of the file, with the statements' own ids.
    """
    found = {s.id: s for e in back.evaluations for s in e.statements}
    evaluations = tuple(
        e.model_copy(
            update={"statements": tuple(s.model_copy(update={"places": found[s.id].places}) if s.id in found else s for s in e.statements)}
        )
        for e in record.evaluations
    )
    same = len(back.evaluations) == len(record.evaluations)
    of = {b.id: e.id for b, e in zip(back.evaluations, record.evaluations, strict=True)} if same else {}
    told: dict[str, object] = {"pages": back.pages, "quantities": back.quantities}
    told["passages"] = tuple(p.model_copy(update={"evaluation": of.get(p.evaluation or "")}) for p in back.passages)
    told |= {name: getattr(record, name) or getattr(back, name) for name in ("paragraphs", "footnotes", "decisions")}
    return record.model_copy(update={"evaluations": evaluations, **told})


def _moved(s: AnyStatement, names: Mapping[str, str]) -> AnyStatement:
    update: dict[str, object] = {"id": names[s.id], "parent": names.get(s.parent or ""), "places": (), "origin": {}}
    if isinstance(s, Response):
        update["answers"] = tuple(Answer(id=names[a.id]) if a.record is None else a for a in s.answers if a.record or a.id in names)
        update["actions"] = tuple(_unplaced(a) for a in s.actions)
    return s.model_copy(update=update)


def _unplaced(thing: M) -> M:
    return thing.model_copy(update={"places": ()})


def _with_parts(statements: Iterable[AnyStatement], chosen: Collection[str]) -> set[str]:
    """What was chosen with its parts, whose words stand in the whole's; and without answers to what was not chosen."""
    found, before = set(chosen), -1
    every = list(statements)
    while len(found) > before:
        before = len(found)
        found |= {s.id for s in every if s.parent in found}
    return found - {s.id for s in every if isinstance(s, Response) and s.answers and not any(a.record or a.id in found for a in s.answers)}


def _free(name: str, used: set[str]) -> str:
    """The name, or the name with a number where another paper has it too."""
    free, n = name, 1
    while free in used:
        n += 1
        free = f"{name}-{n}"
    used.add(free)
    return free


def _roman(n: int) -> str:
    out = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            out, n = out + letters, n - value
    return out
