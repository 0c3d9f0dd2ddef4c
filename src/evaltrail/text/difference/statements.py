"""What changed in the statements of a paper: added, removed, changed, moved, split, merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.record import Change
from evaltrail.text.difference.alignment import in_order
from evaltrail.text.difference.fields import Fields, without
from evaltrail.text.difference.joins import joins
from evaltrail.text.difference.pairs import Thing, pairs
from evaltrail.text.difference.version import action_name, part_name
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Hashable

    from evaltrail.record import Action, ChangeHow, FieldChange, Recommendation, Response, Sighting
    from evaltrail.text.difference.joins import Join
    from evaltrail.text.difference.matching import Matched
    from evaltrail.text.difference.pairs import Pair
    from evaltrail.text.difference.version import Sighted

_PRINTED = ("responsible", "priority", "time", "resources")
_ACTION = ("number", "unit", "due", "status", "deliverables", "resources", "comments")


@dataclass(frozen=True, slots=True)
class Placed:
    """A change and where it is told: the part of the newer version, and the order there."""

    part: tuple[int, int]
    order: tuple[int, int, int]
    change: Change


class Statements:
    """The statements of two versions side by side."""

    def __init__(self, old: Sighted, new: Sighted, same: Matched) -> None:
        self.old, self.new, self.same = old, new, same
        self.typographic = 0
        self.unchanged: Counter[str] = Counter()
        """Statements of each kind that are the same."""
        self._moved = self._out_of_order()

    def changes(self) -> list[Placed]:
        """All changes of statements."""
        joined = joins(self.old, self.new, self.same) if self.same.same_language else []
        gone = {i for x in joined for i in x.old}, {j for x in joined for j in x.new}
        out = [self._joined(x) for x in joined]
        for p in self.same.statements:
            if p.old not in gone[0]:
                change = self._changed(p)
                if change is not None:
                    out.append(self._placed(p.old, p.new, change))
                else:
                    self.unchanged[self.new.statements[p.new].kind] += 1
        out += [self._one(i, None) for i in range(len(self.old.statements)) if i not in self.same.new_of and i not in gone[0]]
        out += [self._one(None, j) for j in range(len(self.new.statements)) if j not in self.same.old_of and j not in gone[1]]
        return out

    # One statement

    def _one(self, i: int | None, j: int | None) -> Placed:
        version, index = (self.old, i) if i is not None else (self.new, j)
        s = version.statements[index]  # type: ignore[index]  # one of the two is given
        seen = (version.statement(index),)  # type: ignore[arg-type]  # as above
        change = Change(
            what=s.kind,
            how="removed" if i is not None else "added",
            part=self._part(i, j),
            old=seen if i is not None else (),
            new=seen if j is not None else (),
        )
        return self._placed(i, j, change)

    def _changed(self, p: Pair) -> Change | None:
        a, b = self.old.statements[p.old], self.new.statements[p.new]
        fields = Fields(texts=self.same.same_language)
        fields.value("kind", a.kind, b.kind)
        self._position(fields, p)
        fields.value("number", a.number, b.number)
        fields.words("label", a.label, b.label)
        fields.text("text", a.text, b.text)
        fields.value("criteria", a.criteria, b.criteria)
        fields.value("parent", *self._parents(p))
        actions: tuple[Change, ...] = ()
        if a.kind == "recommendation" and b.kind == "recommendation":
            _recommendations(fields, a, b)
        if a.kind == "response" and b.kind == "response":
            fields.value("verdict", a.verdict, b.verdict)
            fields.value("answers", *self._answers(a, b))
            fields.text("prompt", a.prompt, b.prompt)
            actions = self._actions(a, b)
        fields.unknown(a, b)
        found = tuple(f for f in fields.found if not (f.field == "text" and self._told_by_its_whole(p)))
        self.typographic += fields.typographic
        if not found and not actions:
            return None
        return Change(
            what=b.kind,
            how=how(found) if not actions else "changed",
            part=self._part(p.old, p.new),
            old=(self.old.statement(p.old),),
            new=(self.new.statement(p.new),),
            by=p.by,
            likeness=round(p.likeness, 3) if self.same.same_language else None,
            fields=found,
            actions=actions,
        )

    def _position(self, fields: Fields, p: Pair) -> None:
        mine, theirs = self.old.part_of[p.old], self.new.part_of[p.new]
        if self.same.part_new.get(mine) != theirs:
            names = part_name(self.old.record.evaluations[mine]), part_name(self.new.record.evaluations[theirs])
            fields.value("part", names[0] or str(mine + 1), names[1] or str(theirs + 1))
        elif p.old in self._moved:
            fields.value("order", self.old.order[p.old], self.new.order[p.new])

    def _parents(self, p: Pair) -> tuple[str | None, str | None]:
        """Names of the wholes; the same name twice where they are the same statement."""
        mine = self.old.at.get(self.old.statements[p.old].parent or "")
        theirs = self.new.at.get(self.new.statements[p.new].parent or "")
        if mine is not None and self.same.new_of.get(mine) == theirs:
            return None, None
        return self.old.names[mine] if mine is not None else None, self.new.names[theirs] if theirs is not None else None

    def _answers(self, a: Response, b: Response) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of what is answered; equal where it is the same."""
        mine = [(x.record, self.same.new_of.get(self.old.at.get(x.id, -1), x.id) if x.record is None else x.id) for x in a.answers]
        theirs = [(x.record, self.new.at.get(x.id, x.id) if x.record is None else x.id) for x in b.answers]
        if sorted(map(str, mine)) == sorted(map(str, theirs)):
            return (), ()
        return (
            tuple(self.old.names[self.old.at[x.id]] if x.id in self.old.at and x.record is None else x.id for x in a.answers),
            tuple(self.new.names[self.new.at[x.id]] if x.id in self.new.at and x.record is None else x.id for x in b.answers),
        )

    def _told_by_its_whole(self, p: Pair) -> bool:
        """Whether the same change stands in the text of the statement that this one is a part of."""
        a, b = self.old.statements[p.old], self.new.statements[p.new]
        mine, theirs = self.old.at.get(a.parent or ""), self.new.at.get(b.parent or "")
        if mine is None or theirs is None or self.same.new_of.get(mine) != theirs or theirs == p.new:
            return False
        return a.text in self.old.statements[mine].text and b.text in self.new.statements[theirs].text

    def _actions(self, a: Response, b: Response) -> tuple[Change, ...]:
        words = self.same.same_language
        mine = [Thing(x.text if words else "", fold(x.number or "") or None) for x in a.actions]
        theirs = [Thing(x.text if words else "", fold(x.number or "") or None) for x in b.actions]
        found = pairs(mine, theirs)
        moved = _moved([p.new for p in found])
        out: list[tuple[tuple[int, int, int], Change]] = []
        for n, p in enumerate(found):
            fields = Fields(texts=words)
            if n in moved:
                fields.value("order", p.old + 1, p.new + 1)
            _action(fields, a.actions[p.old], b.actions[p.new])
            self.typographic += fields.typographic
            if fields.found:
                change = Change(
                    what="action",
                    how=how(tuple(fields.found)),
                    old=(self._seen_action(self.old, a, p.old),),
                    new=(self._seen_action(self.new, b, p.new),),
                    by=p.by,
                    likeness=round(p.likeness, 3) if words else None,
                    fields=tuple(fields.found),
                )
                out.append(((p.new, 1, 0), change))
        new_of = {p.old: p.new for p in found}
        for i in range(len(a.actions)):
            if i not in new_of:
                before = max((new_of[k] for k in range(i) if k in new_of), default=-1)
                out.append(((before, 2, i), Change(what="action", how="removed", old=(self._seen_action(self.old, a, i),))))
        added = sorted(set(range(len(b.actions))) - set(new_of.values()))
        out += [((j, 0, 0), Change(what="action", how="added", new=(self._seen_action(self.new, b, j),))) for j in added]
        return tuple(c for _, c in sorted(out, key=lambda x: x[0]))

    @staticmethod
    def _seen_action(version: Sighted, of: Response, n: int) -> Sighting:
        action = of.actions[n]
        return version.sighting(action_name(action, n + 1), action.places, action.text)

    # Several statements

    def _joined(self, x: Join) -> Placed:
        joined: ChangeHow = "split" if len(x.new) > 1 else "merged"
        i, j = x.old[0], x.new[0]
        # What else changed in the one that was known again.
        pair = next((p for p in self.same.statements if p.old in x.old and p.new in x.new), None)
        known = self._changed(pair) if pair else None
        change = Change(
            what=self.new.statements[j].kind,
            how=joined,
            part=self._part(i, j),
            old=tuple(self.old.statement(n) for n in x.old),
            new=tuple(self.new.statement(n) for n in x.new),
            by="likeness",
            likeness=round(x.likeness, 3),
            fields=(*x.fields, *(without(known.fields, "text", "order") if known else ())),
            actions=known.actions if known else (),
        )
        return self._placed(i, j, change)

    # Order

    def _out_of_order(self) -> set[int]:
        """Statements of the older version that stand elsewhere among those of their part and kind; as few as can be."""
        groups: dict[Hashable, list[Pair]] = defaultdict(list)
        for p in self.same.statements:
            a, b = self.old.statements[p.old], self.new.statements[p.new]
            if a.kind == b.kind and self.same.part_new.get(self.old.part_of[p.old]) == self.new.part_of[p.new]:
                groups[self.old.part_of[p.old], a.kind, a.parent].append(p)
        return {some[n].old for some in groups.values() for n in _moved([p.new for p in some])}

    def _placed(self, i: int | None, j: int | None, change: Change) -> Placed:
        if j is not None:
            return Placed((self.new.part_of[j], 0), (j, 1, 0), change)
        # One that was removed is told after what stood before it, where that is now.
        i = i or 0
        part = self.old.part_of[i]
        if part not in self.same.part_new:
            return Placed((min(part, len(self.new.record.evaluations)), 1), (i, 0, 0), change)
        here = self.same.part_new[part]
        before = next(
            (
                self.same.new_of[k]
                for k in range(i - 1, -1, -1)
                if self.old.part_of[k] == part and self.same.new_of.get(k) is not None and self.new.part_of[self.same.new_of[k]] == here
            ),
            -1,
        )
        return Placed((here, 0), (before, 2, i), change)

    def _part(self, i: int | None, j: int | None) -> str | None:
        e = self.new.record.evaluations[self.new.part_of[j]] if j is not None else self.old.record.evaluations[self.old.part_of[i or 0]]
        return part_name(e) or None


def _moved(new: list[int]) -> set[int]:
    """Positions of those that are out of order."""
    return set(range(len(new))) - set(in_order(new))


def _recommendations(fields: Fields, a: Recommendation, b: Recommendation) -> None:
    fields.names("responsible", a.responsible, b.responsible)
    for name in _PRINTED[1:]:
        fields.value(name, getattr(a, name), getattr(b, name))
    for name in _PRINTED:
        fields.words(f"as_printed.{name}", getattr(a.as_printed, name), getattr(b.as_printed, name))


def _action(fields: Fields, a: Action, b: Action) -> None:
    fields.text("text", a.text, b.text)
    for name in _ACTION:
        fields.words(name, getattr(a, name), getattr(b, name))
    fields.unknown(a, b)


def how(fields: tuple[FieldChange, ...]) -> ChangeHow:
    """What changed, by the fields that hold something else."""
    names = {f.field for f in fields}
    if not names - {"number", "label"}:
        return "renumbered"
    if not without(fields, "number", "label", "order", "part"):
        return "moved"
    return "changed"
