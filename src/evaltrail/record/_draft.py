"""A record taken apart so that corrections can change it, and put together again with what nobody touched as it was."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from evaltrail.record._models import Answer, Model, Period, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.record._models import AnyStatement, Evaluation, Link, Place, Record

_WIDTH = 70
"""Characters of a value that a message shows."""


class Refused(Exception):
    """A correction does not fit. ``str()`` is one line that says why."""

    def __init__(self, why: Any, line: str, present: Any = None) -> None:
        super().__init__(line)
        self.why, self.present = why, present


class Part:
    """An evaluation of the record with its statements, ratings and links."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.statements = {s.id: s for s in evaluation.statements}
        self.ratings, self.links = list(evaluation.ratings), list(evaluation.links)
        self.overall_responses = list(evaluation.overall_responses)

    def copy(self) -> Part:
        """The same, to be changed on its own."""
        made = Part.__new__(Part)
        made.evaluation, made.statements = self.evaluation, {**self.statements}
        made.ratings, made.links, made.overall_responses = [*self.ratings], [*self.links], [*self.overall_responses]
        return made

    def whole(self) -> Evaluation:
        """The evaluation as it is now; the very same where nothing changed."""
        e = self.evaluation
        now: dict[str, tuple[Any, ...]] = {
            "statements": tuple(self.statements.values()),
            "ratings": tuple(self.ratings),
            "links": tuple(self.links),
            "overall_responses": tuple(self.overall_responses),
        }
        changed = {name: values for name, values in now.items() if not _same_things(values, getattr(e, name))}
        return e.model_copy(update=changed) if changed else e


class Draft:
    """A record that can be changed. Statements are found by id in any of its evaluations."""

    def __init__(self, record: Record, parts: Iterable[Part] | None = None) -> None:
        self.of, self.document, self.passages = record, record.document, record.passages
        self.decisions = list(record.decisions)
        self.parts = list(parts) if parts is not None else [Part(e) for e in record.evaluations]
        self.pages = {p.number: p.text for p in record.pages}

    def copy(self) -> Draft:
        """The same, to be changed on its own."""
        made = Draft(self.of, (p.copy() for p in self.parts))
        made.document, made.passages, made.decisions = self.document, self.passages, [*self.decisions]
        return made

    def record(self) -> Record:
        """The record as it is now; the very same where nothing changed."""
        evaluations = tuple(p.whole() for p in self.parts)
        changed: dict[str, Any] = {}
        if not _same_things(evaluations, self.of.evaluations):
            changed["evaluations"] = evaluations
        if not _same_things(self.decisions, self.of.decisions):
            changed["decisions"] = tuple(self.decisions)
        if self.document is not self.of.document:
            changed["document"] = self.document
        if self.passages is not self.of.passages:
            changed["passages"] = self.passages
        return self.of.model_copy(update=changed) if changed else self.of

    def find(self, key: str) -> tuple[str, AnyStatement | None]:
        """The id of the evaluation and the statement with that id; None where there is none."""
        for p in self.parts:
            if key in p.statements:
                return p.evaluation.id, p.statements[key]
        return "", None

    def statement(self, key: str) -> AnyStatement:
        """The statement with that id. Raises ``Refused``."""
        _, s = self.find(key)
        if s is None:
            raise Refused("missing", f"no statement of the record has the id {key}")
        return s

    def all(self) -> Iterator[tuple[str, AnyStatement]]:
        """All statements, each with the id of its evaluation."""
        return ((p.evaluation.id, s) for p in self.parts for s in p.statements.values())

    def part(self, key: str, name: str = "") -> Part:
        """The evaluation with that id, else the one with that name, else the only one there is. Raises ``Refused``."""
        found = [p for p in self.parts if p.evaluation.id == key] or [p for p in self.parts if name and part_name(p.evaluation) == name]
        found = found or (self.parts if len(self.parts) == 1 else [])
        if len(found) != 1:
            raise Refused("missing", f"no evaluation of the record is {shown(name) if name else key}")
        return found[0]

    def part_of(self, key: str) -> Part:
        """The evaluation that states it."""
        return next(p for p in self.parts if key in p.statements)

    def children(self, key: str) -> list[AnyStatement]:
        """Its parts."""
        return [s for _, s in self.all() if s.parent == key]

    def parts_of(self, key: str) -> list[AnyStatement]:
        """Its parts and theirs."""
        out: list[AnyStatement] = []
        held = {key}
        for _ in range(8):  # deeper is not printed, and a record from elsewhere may go in a circle
            more = [s for _, s in self.all() if s.parent in held and s.id not in held]
            if not more:
                break
            out += more
            held |= {s.id for s in more}
        return [s for _, s in self.all() if any(s is o for o in out)]

    def value(self, s: AnyStatement, field: str) -> Any:
        """What a field of a statement holds. Raises ``Refused`` where its kind has no such field."""
        whole, _, part = field.partition(".")
        if whole not in type(s).model_fields:
            raise Refused("unfit", f"{named(s)} is a {s.kind.replace('_', ' ')} and has no {whole.replace('_', ' ')}")
        held = getattr(s, whole)
        return getattr(held, part) if part else held

    def put(self, s: AnyStatement) -> None:
        """Put a statement in the place of the one with its id."""
        self.part_of(s.id).statements[s.id] = s

    def stands_before(self, a: str, b: str) -> bool:
        """Whether a statement stands before another in the paper."""
        (_, x), (_, y) = self.find(a), self.find(b)
        if x is not None and y is not None and x.places and y.places:
            return (x.places[0].page, x.places[0].start) <= (y.places[0].page, y.places[0].start)
        order = [s.id for _, s in self.all()]
        return order.index(a) < order.index(b)

    def insert(self, s: AnyStatement, part: Part, *, after: str | None) -> None:
        """Put a new statement after another of that evaluation; None: before all."""
        held = part.statements
        if after is None or after not in held:
            part.statements = {s.id: s, **held}
            return
        part.statements = {}
        for key, other in held.items():
            part.statements[key] = other
            if key == after:
                part.statements[s.id] = s

    def move(self, key: str, part: Part, *, after: str | None) -> None:
        """Put a statement after another, of any evaluation; the links from it go with it."""
        before = self.part_of(key)
        s = before.statements.pop(key)
        self.insert(s, part, after=after)
        if before is not part:
            part.links += [x for x in before.links if x.from_ == key]
            before.links = [x for x in before.links if x.from_ != key]

    def assign(self, old: str, new: str, since: tuple[int, int] = (0, 0)) -> None:
        """Have passages from a place on (page, first code point) stand in another evaluation's part of the paper."""
        self.passages = tuple(
            p.model_copy(update={"evaluation": new})
            if p.evaluation == old and (since == (0, 0) or (p.places and (p.places[0].page, p.places[0].start) >= since))
            else p
            for p in self.passages
        )

    def assign_at(self, old: str, new: str, places: Iterable[Place]) -> None:
        """Have passages that hold one of these places stand in another evaluation's part of the paper."""
        held: dict[int, list[Place]] = {}
        for place in places:
            held.setdefault(place.page, []).append(place)
        self.passages = tuple(
            p.model_copy(update={"evaluation": new})
            if p.evaluation == old and any(q.start < x.end and x.start < q.end for x in p.places for q in held.get(x.page, ()))
            else p
            for p in self.passages
        )

    def last_of(self, keys: Iterable[str]) -> str:
        """Which of them stands last."""
        wanted = set(keys)
        return [s.id for _, s in self.all() if s.id in wanted][-1]

    def before_place(self, part: Part, s: AnyStatement) -> str | None:
        """The id of the statement that a new one follows by its place; where it has none, the last of its kind, else of all."""
        at = (s.places[0].page, s.places[0].start) if s.places else None
        placed = [((x.places[0].page, x.places[0].start), x.id) for x in part.statements.values() if x.places]
        if at is not None and placed:
            ahead = [p for p in placed if p[0] <= at]
            return max(ahead)[1] if ahead else None
        same = [x.id for x in part.statements.values() if x.kind == s.kind] or list(part.statements)
        return same[-1] if same else None

    def before_kind(self, part: Part, s: AnyStatement, family: set[str]) -> str | None:
        """The id of the statement that stands before the first of its kind; the last of all where there is none of it."""
        others = [x for x in part.statements.values() if x.id not in family]
        ahead = [x.id for x in takewhile(lambda x: x.kind != s.kind, others)]
        return ahead[-1] if ahead else None

    def take_out(self, key: str, *, instead: str | None = None) -> None:
        """Take a statement out; what speaks of it speaks of another instead, or no longer."""
        del self.part_of(key).statements[key]
        for part in self.parts:
            part.links = list(_relinked(part.links, key, instead))
            for s in [*part.statements.values()]:
                if isinstance(s, Response) and any(a.record is None and a.id == key for a in s.answers):
                    answers = (Answer(id=instead) if a.record is None and a.id == key and instead else a for a in s.answers)
                    kept = tuple(dict.fromkeys(a for a in answers if a.record is not None or a.id not in {key, s.id}))
                    part.statements[s.id] = s.model_copy(update={"answers": kept})


def _relinked(links: Iterable[Link], key: str, instead: str | None) -> Iterator[Link]:
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        x = link
        if key in {x.from_, x.to}:
            if instead is None:
                continue
            ends = {"from_": instead if x.from_ == key else x.from_, "to": instead if x.to == key else x.to}
            x = x.model_copy(update=ends)
        name = (x.from_, x.to, x.kind)
        if x.from_ != x.to and (name not in seen or x is link):
            seen.add(name)
            yield x


def _same_things(a: Sequence[Any], b: Sequence[Any]) -> bool:
    return len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))


def part_name(e: Evaluation) -> str:
    """What an evaluation is called in a message."""
    return ": ".join(p for p in (e.label, e.title) if p) or e.id


def named(s: AnyStatement) -> str:
    """What a statement is called in a message: by its label, its kind and number, or its first words."""
    kind = s.kind.replace("_", " ")
    if s.label:
        return s.label
    return f"{kind.capitalize()} {s.number}" if s.number else f"{kind.capitalize()} {shown(s.text, 40)}"


def shown(value: Any, width: int = _WIDTH) -> str:
    """A value in a message: short, on one line, and in words where there is none."""
    if value is None or value in ((), ""):
        return "empty"
    if isinstance(value, Period):
        return f"{value.from_ or '?'}-{value.to or '?'}"
    if isinstance(value, Answer):
        return value.id
    if isinstance(value, Model):
        text = str(getattr(value, "text", "") or getattr(value, "page", ""))
        return shown(text, width)
    if isinstance(value, (tuple, list)):
        return shown(", ".join(shown(v, width).strip("“”") for v in value), width)
    words = " ".join(str(value).split())
    return f"“{words}”" if len(words) <= width else f"“{words[: width - 1].rstrip()}…”"


def shown_beside(now: Any, was: Any, wanted: Any) -> tuple[str, str, str]:
    """Values in a message that are to be compared: long ones from shortly before where the first two differ."""
    if isinstance(now, str) and isinstance(was, str) and max(len(now), len(was)) > _WIDTH:
        words = [" ".join(v.split()) for v in (now, was, str(wanted))]
        same = len([1 for _ in takewhile(lambda two: two[0] == two[1], zip(*words[:2], strict=False))])
        start = words[0].rfind(" ", 0, max(0, same - 20)) + 1
        a, b, c = (shown("…" + w[start:] if start and w.startswith(words[0][:start]) else w) for w in words)
        return a, b, c
    return shown(now), shown(was), shown(wanted)
