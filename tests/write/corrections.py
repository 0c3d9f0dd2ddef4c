"""Random corrections of records, as people make them: each is a list of edits, and leaves a record that does not contradict itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.record import Edit, edited
from evaltrail.write.papers._carriers import Carriers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from evaltrail.record import AnyStatement, Record

SENTENCES = (
    "Lighthouse keepers were asked before any buoy was moved.",
    "Half of the grain barges had left before the customs shed opened.",
    "Winter storage for nets was paid twice, and nobody noticed until spring.",
    "A map of the shallows hangs in every office and is wrong in three places.",
)
VALUES = {
    "priority": (("High", "high"), ("Medium", "medium"), ("Low", "low")),
    "time": (("Short-term", "short-term"), ("Medium-term", "medium-term"), ("Long-term", "long-term")),
    "resources": (("High", "high"), ("Medium", "medium"), ("Low", "low")),
}
UNITS = ("Harbour Board", "Office of the Pilot", "Tide Survey Division")


def corrected(record: Record, name: str, rng: Random, *, labelled: bool = False) -> Record | None:
    """The record with one random correction of the kind; None where it has nothing to be corrected so.

    With ``labelled`` only of statements with labels: what has none is known by its section and by those around it.
    """
    edits = list(KINDS[name](record, rng, labelled=labelled) if name in ("words", "removal") else KINDS[name](record, rng))
    return edited(record, edits) if edits else None


def _statements(record: Record) -> list[tuple[str, AnyStatement, int]]:
    return [(f"/evaluations/{n}/statements/{m}", s, n) for n, e in enumerate(record.evaluations) for m, s in enumerate(e.statements)]


def _roots(record: Record) -> list[tuple[str, AnyStatement, int]]:
    """Statements on their own, that have no parts."""
    wholes = {s.parent for _, s, _ in _statements(record)}
    return [(at, s, n) for at, s, n in _statements(record) if s.parent is None and s.id not in wholes and s.places]


def _new_words(s: AnyStatement, rng: Random) -> str:
    """Other words: a sentence in place of the last, a sentence more, a sentence less, or all new."""
    more = rng.choice(SENTENCES)
    first, *rest = s.text.split("\n")
    head, stop, tail = first.partition(". ")
    choice = rng.randrange(4)
    if choice == 0 and stop:
        return "\n".join([f"{head}. {more}", *rest])
    if choice == 1 and first.endswith("."):
        return "\n".join([f"{first} {more}", *rest])
    if choice == 2 and stop and tail and len(head.split()) > 5:
        return "\n".join([f"{head}.", *rest])
    return "\n".join([more, *rest])


def words(record: Record, rng: Random, *, labelled: bool) -> Iterator[Edit]:
    """A statement in other words; not where a field was read from its words, such as an answer's verdict."""
    found = [(at, s) for at, s, _ in _roots(record) if s.kind != "response" and (s.label or not labelled)]
    found = [(at, s) for at, s in found if s.kind != "recommendation" or s.as_printed.responsible]
    if found:
        at, s = rng.choice(found)
        yield Edit(pointer=f"{at}/text", old=s.text, new=_new_words(s, rng))


def answers(record: Record, rng: Random) -> Iterator[Edit]:
    """An answer with a sentence more."""
    found = [(at, s) for at, s, _ in _roots(record) if s.kind == "response" and s.text.endswith(".")]
    if found:
        at, s = rng.choice(found)
        yield Edit(pointer=f"{at}/text", old=s.text, new=f"{s.text} {rng.choice(SENTENCES)}")


def label(record: Record, rng: Random) -> Iterator[Edit]:
    """Another number in a label that nothing refers to."""
    found = [(at, s) for at, s, _ in _roots(record) if s.kind not in ("recommendation", "response") and s.label and s.number]
    if found:
        at, s = rng.choice(found)
        new = str(rng.randint(60, 90))
        yield Edit(pointer=f"{at}/label", old=s.label, new=s.label.replace(s.number or "", new) if s.label else None)
        yield Edit(pointer=f"{at}/number", old=s.number, new=new)


def value(record: Record, rng: Random) -> Iterator[Edit]:
    """Another priority, time, amount or unit of a recommendation."""
    found = [(at, s) for at, s, _ in _roots(record) if s.kind == "recommendation" and s.as_printed.priority]
    if found:
        at, s = rng.choice(found)
        field = rng.choice(("priority", "time", "resources", "responsible"))
        if field == "responsible":
            unit = rng.choice(UNITS)
            yield Edit(pointer=f"{at}/as_printed/responsible", old=s.as_printed.responsible, new=unit)  # type: ignore[union-attr]  # a recommendation
            yield Edit(pointer=f"{at}/responsible", old=list(s.responsible), new=[unit])  # type: ignore[union-attr]  # as above
        else:
            printed, normal = rng.choice(VALUES[field])
            yield Edit(pointer=f"{at}/as_printed/{field}", old=getattr(s.as_printed, field), new=printed)  # type: ignore[union-attr]  # as above
            yield Edit(pointer=f"{at}/{field}", old=getattr(s, field), new=normal)


def removal(record: Record, rng: Random, *, labelled: bool) -> Iterator[Edit]:
    """A statement less, with its parts and the answers to it; one of its kind is left, so that what it stood among is still there."""
    found = [(s, n) for _, s, n in _roots(record)]
    kinds = [(s.kind, n) for s, n in found]
    found = [(s, n) for s, n in found if kinds.count((s.kind, n)) > 1 and (not labelled or (s.label and not _goes_on(record, s)))]
    if found:
        s, n = rng.choice(found)
        yield _without(record, n, {s.id})


def _goes_on(record: Record, s: AnyStatement) -> bool:
    """Whether text without a number or heading stands behind a statement: when that is gone, it may be read as one itself."""
    carriers = Carriers(record.passages)
    last = max(carriers.of(s.places)) + 1
    held = {i for _, x, _ in _statements(record) for i in carriers.of(x.places)}
    return (
        last < len(record.passages) and record.passages[last].kind == "paragraph" and not record.passages[last].marker and last not in held
    )


def _without(record: Record, n: int, gone: set[str]) -> Edit:
    held = record.evaluations[n].statements
    gone |= {s.id for s in held if s.kind == "response" and any(a.id in gone for a in s.answers)}
    data = record.model_dump(by_alias=True, mode="json")["evaluations"][n]["statements"]
    return Edit(pointer=f"/evaluations/{n}/statements", old=data, new=[d for d in data if d["id"] not in gone])


def part(record: Record, rng: Random) -> Iterator[Edit]:
    """An evaluation less of three or more."""
    if len(record.evaluations) > 2:
        data = record.model_dump(by_alias=True, mode="json")["evaluations"]
        n = rng.randrange(len(data))
        yield Edit(pointer="/evaluations", old=data, new=[*data[:n], *data[n + 1 :]])


def title(record: Record, rng: Random) -> Iterator[Edit]:
    """Another title of an evaluation that is a part of the paper."""
    if len(record.evaluations) > 1:
        n = rng.randrange(len(record.evaluations))
        old = record.evaluations[n].title
        yield Edit(pointer=f"/evaluations/{n}/title", old=old, new=f"Revised {old}")


def rating(record: Record, rng: Random) -> Iterator[Edit]:
    """A rating like that of another criterion."""
    found = [(n, e.ratings) for n, e in enumerate(record.evaluations) if len({r.as_printed for r in e.ratings}) > 1]
    if found:
        n, ratings = rng.choice(found)
        m = rng.randrange(len(ratings))
        other = rng.choice([r for r in ratings if r.as_printed != ratings[m].as_printed])
        at = f"/evaluations/{n}/ratings/{m}"
        yield Edit(pointer=f"{at}/as_printed", old=ratings[m].as_printed, new=other.as_printed)
        yield Edit(pointer=f"{at}/value", old=ratings[m].value, new=other.value)


def whole(record: Record, rng: Random) -> Iterator[Edit]:
    """An answer to the whole with a sentence more."""
    found = [(n, m, o) for n, e in enumerate(record.evaluations) for m, o in enumerate(e.overall_responses) if o.text.endswith(".")]
    if found:
        n, m, o = rng.choice(found)
        yield Edit(pointer=f"/evaluations/{n}/overall_responses/{m}/text", old=o.text, new=f"{o.text} {rng.choice(SENTENCES)}")


def action(record: Record, rng: Random) -> Iterator[Edit]:
    """Another unit of an action, or other words."""
    found = [(f"{at}/actions/{m}", a) for at, s, _ in _statements(record) if s.kind == "response" for m, a in enumerate(s.actions)]
    if found:
        at, a = rng.choice(found)
        if a.unit and rng.random() < 0.5:
            yield Edit(pointer=f"{at}/unit", old=a.unit, new=rng.choice(UNITS))
        else:
            yield Edit(pointer=f"{at}/text", old=a.text, new=rng.choice(SENTENCES))


def paragraph(record: Record, rng: Random) -> Iterator[Edit]:
    """A numbered paragraph with a sentence more, where no statement stands in it."""
    carriers = Carriers(record.passages)
    held = {i for _, s, _ in _statements(record) for i in carriers.of(s.places)}
    held |= {i for e in record.evaluations for o in e.overall_responses for i in carriers.of(o.places)}
    held |= {i for d in record.decisions for i in carriers.of(d.places)}
    found = [(n, p) for n, p in enumerate(record.paragraphs) if p.text.endswith(".") and not held & set(carriers.of(p.places))]
    if found:
        n, p = rng.choice(found)
        yield Edit(pointer=f"/paragraphs/{n}/text", old=p.text, new=f"{p.text} {rng.choice(SENTENCES)}")


KINDS: dict[str, Any] = {
    "words": words,
    "answers": answers,
    "label": label,
    "value": value,
    "removal": removal,
    "part": part,
    "title": title,
    "rating": rating,
    "whole": whole,
    "action": action,
    "paragraph": paragraph,
}
