"""Making one correction in a record that is taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from evaltrail.record._corrections import RemoveLink
from evaltrail.record._draft import Part, Refused, named, part_name, shown, shown_beside
from evaltrail.record._located import (
    ALIKE,
    Find,
    Lost,
    cut_places,
    joined_places,
    likeness,
    locate,
    offset_again,
    place_again,
    plain,
    words_of,
)
from evaltrail.record._models import (
    Answer,
    Decision,
    Evaluation,
    Link,
    Observation,
    Origin,
    OverallResponse,
    Rating,
    Recommendation,
    Response,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from evaltrail.record._corrections import (
        AddLink,
        AddStatement,
        ChangeDecision,
        ChangeLink,
        ChangeOverallResponse,
        ChangeRating,
        Correction,
        Known,
        MergeEvaluations,
        MergeStatements,
        MoveStatement,
        RemoveStatement,
        SetDocument,
        SetEvaluation,
        SetField,
        SplitEvaluation,
        SplitStatement,
    )
    from evaltrail.record._draft import Draft
    from evaltrail.record._models import AnyStatement, Place

Placed = TypeVar("Placed", Rating, OverallResponse)
Stated = TypeVar("Stated", OverallResponse, Decision)

_REPEATED = 0.9
"""How like the words at the same place must be for an added statement to be the one that is there."""


class Maker:
    """Makes one correction in a draft, or raises ``Refused``."""

    def __init__(self, draft: Draft, change: Correction, position: int) -> None:
        self.draft, self.change, self.position = draft, change, position
        self.finds: list[Find] = []
        self._known = {k.id: k for k in change.known}
        self._rule = change.by

    def make(self) -> None:
        """Make the correction in the draft, which may be left half changed where this raises ``Refused``."""
        made = self.change.makes
        if made is not None and self.draft.find(made)[1] is not None:
            raise Refused("there", f"{named(self.draft.statement(made))} is in the record already, so it was not made a second time")
        getattr(self, f"_make_{self.change.kind}")(self.change)

    # Statements

    def _make_set(self, c: SetField) -> None:
        s = self._found(c.statement)
        new = self._values(c)
        present = self.draft.value(s, c.field)
        what = c.field.replace("as_printed.", "printed ").replace("_", " ")
        self._compare(c, present, new, f"{named(s)}: {what}")
        person = {**s.origin, c.field: Origin(how="person", rule=self._rule)}
        if c.field == "kind":
            for part in self.draft.parts_of(s.id):
                if part.kind == s.kind:
                    origin = {**part.origin, c.field: Origin(how="person", rule=self._rule)}
                    self.draft.put(_as_kind(part, new).model_copy(update={"origin": origin}))
            self.draft.put(_as_kind(s, new).model_copy(update={"origin": person}))
            return
        if c.field == "parent" and new is not None and (new == s.id or new in {p.id for p in self.draft.parts_of(s.id)}):
            raise Refused("unfit", f"{named(s)} cannot be a part of itself")
        if c.field == "answers" and isinstance(s, Response):
            self._relink_answers(s, new)
        if c.field.startswith("as_printed."):
            assert isinstance(s, Recommendation)  # noqa: S101 - others have no such field
            printed = s.as_printed.model_copy(update={c.field.partition(".")[2]: new})
            self.draft.put(s.model_copy(update={"as_printed": printed, "origin": person}))
            return
        self.draft.put(s.model_copy(update={c.field: new, "origin": person}))

    def _values(self, c: SetField) -> Any:
        """The new value, with the ids that statements have in this record."""
        if c.field == "parent" and c.new is not None:
            return self._found(c.new).id
        if c.field == "answers":
            return tuple(a if a.record is not None else a.model_copy(update={"id": self._found(a.id).id}) for a in c.new)
        return c.new

    def _relink_answers(self, s: Response, new: Sequence[Answer]) -> None:
        part = self.draft.part_of(s.id)
        before, after = ({a.id for a in answers if a.record is None} for answers in (s.answers, new))
        part.links = [x for x in part.links if not (x.kind == "answers" and x.from_ == s.id and x.to in before - after)]
        there = {x.to for x in part.links if x.kind == "answers" and x.from_ == s.id}
        part.links += [Link(from_=s.id, to=to, kind="answers", basis="person", rule=self._rule) for to in sorted(after - before - there)]

    def _make_merge(self, c: MergeStatements) -> None:
        gone, stays = self._found(c.statement), self._found(c.into)
        if gone.id == stays.id:
            raise Refused("unfit", f"{named(gone)} cannot be merged into itself")
        first, second = (stays, gone) if self.draft.stands_before(stays.id, gone.id) else (gone, stays)
        update: dict[str, Any] = {
            "text": _joined(first.text, second.text, " " if c.join == "space" else "\n"),
            "places": joined_places(stays.places, gone.places),
            "criteria": tuple(dict.fromkeys((*stays.criteria, *gone.criteria))),
            "number": stays.number or gone.number,
            "label": stays.label or gone.label,
        }
        if isinstance(stays, Recommendation) and isinstance(gone, Recommendation):
            update["responsible"] = tuple(dict.fromkeys((*stays.responsible, *gone.responsible)))
            update |= {f: getattr(stays, f) or getattr(gone, f) for f in ("priority", "time", "resources")}
            printed = {f: v or getattr(gone.as_printed, f) for f, v in stays.as_printed.model_dump().items() if f in _PRINTED}
            update["as_printed"] = stays.as_printed.model_copy(update=printed)
        if isinstance(stays, Response) and isinstance(gone, Response):
            update["answers"] = tuple(dict.fromkeys((*stays.answers, *gone.answers)))
            update["actions"] = (*first.actions, *second.actions) if isinstance(first, Response) and isinstance(second, Response) else ()
            update |= {"verdict": stays.verdict or gone.verdict, "prompt": stays.prompt or gone.prompt}
        update["parent"] = None if stays.parent == gone.id else stays.parent
        origin = {**gone.origin, **stays.origin, "text": Origin(how="person", rule=self._rule)}
        self.draft.put(
            stays.model_copy(
                update={**update, "origin": {f: o for f, o in origin.items() if f.partition(".")[0] in type(stays).model_fields}}
            )
        )
        for part in self.draft.children(gone.id):
            if part.id != stays.id:
                self.draft.put(part.model_copy(update={"parent": stays.id}))
        self.draft.take_out(gone.id, instead=stays.id)

    def _make_split(self, c: SplitStatement) -> None:
        s = self._found(c.statement)
        known = self._known.get(c.statement)
        offset = c.offset if known is None else offset_again(known.text, c.offset, s.text)
        if offset is None:
            raise Refused(
                "changed",
                f"{named(s)} reads {shown(s.text)} and not {shown(known.text if known else '')} now, so it was not cut in two",
                s.text,
            )
        left, right = s.text[:offset].rstrip(" \n•▪◦"), s.text[offset:].lstrip()
        if not left or not right:
            raise Refused("unfit", f"{named(s)} has no words on one side of the cut")
        first, second = cut_places(s.text, offset, s.places, self.draft.pages)
        person = Origin(how="person", rule=self._rule)
        made = _made(
            c.becomes or s.kind,
            id=c.makes,
            parent=s.parent,
            number=c.number,
            label=c.label,
            text=right,
            criteria=s.criteria,
            places=second,
            origin={**({"criteria": s.origin["criteria"]} if "criteria" in s.origin else {}), "kind": person, "text": person},
        )
        self.draft.put(s.model_copy(update={"text": left, "places": first, "origin": {**s.origin, "text": person}}))
        moved = [p for p in self.draft.children(s.id) if p.places and _within(p, made) and not _within(p, self.draft.statement(s.id))]
        family = [p.id for p in self.draft.parts_of(s.id) if p.id not in {m.id for m in moved}]
        self.draft.insert(made, self.draft.part_of(s.id), after=self.draft.last_of([s.id, *family]))
        after = made.id
        for p in moved:
            self.draft.put(p.model_copy(update={"parent": made.id}))
            self.draft.move(p.id, self.draft.part_of(s.id), after=after)
            after = p.id

    def _make_remove(self, c: RemoveStatement) -> None:
        s = self._found(c.statement)
        for part in self.draft.parts_of(s.id) if not c.keep_parts else ():
            self.draft.take_out(part.id)
        for part in self.draft.children(s.id):
            self.draft.put(part.model_copy(update={"parent": s.parent}))
        self.draft.take_out(s.id)

    def _make_add(self, c: AddStatement) -> None:
        part = self._evaluation(c)
        places: list[Place] = []
        for place, words in zip(c.places, c.words or [words_of(self.draft.pages, p) for p in c.places], strict=False):
            found = place_again(place, words, self.draft.pages)
            if found is None:
                present = words_of(self.draft.pages, place)
                line = f"page {place.page} reads {shown(present)} where {shown(words)} stood, so {shown(c.text)} was not added"
                raise Refused("changed", line, present)
            places.append(found)
        for s in part.statements.values():
            if s.kind == c.becomes and _overlap(s.places, places) and likeness(s.text, c.text) > _REPEATED:
                raise Refused("there", f"{named(s)} reads {shown(s.text)}, so {shown(c.text)} was not added a second time", s.text)
        person = Origin(how="person", rule=self._rule)
        made = _made(
            c.becomes,
            id=c.makes,
            parent=self._found(c.parent).id if c.parent else None,
            number=c.number,
            label=c.label,
            text=c.text,
            places=tuple(places),
            origin=dict.fromkeys(("kind", "text", *(f for f in ("number", "label") if getattr(c, f))), person),
        )
        self.draft.insert(made, part, after=self._found(c.after).id if c.after else self.draft.before_place(part, made))

    def _make_move(self, c: MoveStatement) -> None:
        s = self._found(c.statement)
        part = self._evaluation(c)
        parts = [p.id for p in self.draft.parts_of(s.id)]
        after = self._found(c.after).id if c.after else None
        if after in {s.id, *parts}:
            raise Refused("unfit", f"{named(s)} cannot follow itself")
        if after is None:
            after = self.draft.before_kind(part, s, {s.id, *parts})
        elif self.draft.part_of(after) is not part:
            raise Refused("unfit", f"{named(self.draft.statement(after))} belongs to another evaluation than {named(s)} is moved to")
        self.draft.move(s.id, part, after=after)
        for last, p in zip([s.id, *parts], parts, strict=False):
            self.draft.move(p, part, after=last)

    # Links

    def _make_link(self, c: AddLink) -> None:
        self._add_link(self._found(c.from_), self._found(c.to), c.link)

    def _add_link(self, a: AnyStatement, b: AnyStatement, kind: Any) -> None:
        if a.id == b.id:
            raise Refused("unfit", f"{named(a)} cannot be linked to itself")
        part = self.draft.part_of(a.id)
        for i, x in enumerate(part.links):
            if (x.from_, x.to, x.kind) == (a.id, b.id, kind):
                if x.basis == "proposed":
                    part.links[i] = x.model_copy(update={"basis": "person", "score": None, "rule": self._rule})
                break
        else:
            part.links.append(Link(from_=a.id, to=b.id, kind=kind, basis="person", rule=self._rule))
        if kind == "answers" and isinstance(a, Response) and not any(x.record is None and x.id == b.id for x in a.answers):
            origin = {**a.origin, "answers": Origin(how="person", rule=self._rule)}
            self.draft.put(a.model_copy(update={"answers": (*a.answers, Answer(id=b.id)), "origin": origin}))

    def _make_unlink(self, c: RemoveLink) -> None:
        a, b = self._found(c.from_), self._found(c.to)
        part = self.draft.part_of(a.id)
        kept = [x for x in part.links if (x.from_, x.to, x.kind) != (a.id, b.id, c.link)]
        answered = c.link == "answers" and isinstance(a, Response) and any(x.record is None and x.id == b.id for x in a.answers)
        if len(kept) == len(part.links) and not answered:
            raise Refused("missing", f"{named(a)} has no link ({c.link.replace('_', ' ')}) to {named(b)}, so none was taken out")
        part.links = kept
        if answered and isinstance(a, Response):
            answers = tuple(x for x in a.answers if x.record is not None or x.id != b.id)
            origin = {**a.origin, "answers": Origin(how="person", rule=self._rule)}
            self.draft.put(a.model_copy(update={"answers": answers, "origin": origin}))

    def _make_relink(self, c: ChangeLink) -> None:
        self._make_unlink(RemoveLink(from_=c.from_, to=c.to, link=c.link))
        self._add_link(self._found(c.new_from), self._found(c.new_to), c.new_link)

    # The rest

    def _make_rating(self, c: ChangeRating) -> None:
        part = self._evaluation(c)
        person = Origin(how="person", rule=self._rule)
        new = None if c.new is None else c.new.model_copy(update={"origin": {**c.new.origin, "value": person}})
        if c.old is None:
            assert new is not None  # noqa: S101 - the model asks for one of the two
            if any(_mark(r) == _mark(new) for r in part.ratings):
                raise Refused("there", f"the rating of {new.criterion} as {_value(new)} is in the record already")
            part.ratings.append(new)
            return
        of = (c.old.criterion, c.old.of)
        held = [i for i, r in enumerate(part.ratings) if (r.criterion, r.of) == of]
        exact = [i for i in held if _mark(part.ratings[i]) == _mark(c.old)]
        if not held:
            raise Refused("missing", f"no rating of {c.old.criterion} is in the record, so {_value(c.old)} was not set to {_value(c.new)}")
        if not exact:
            present = part.ratings[held[0]]
            if len(held) > 1 or new is None or _mark(present) != _mark(new):
                is_now = f"the rating of {c.old.criterion} is {_value(present)} now and was {_value(c.old)}"
                raise Refused("changed", f"{is_now}, so it was not set to {_value(c.new)}", present)
            exact = held
        if new is None:
            del part.ratings[exact[0]]
            return
        part.ratings[exact[0]] = new if new.places else new.model_copy(update={"places": part.ratings[exact[0]].places})

    def _make_document(self, c: SetDocument) -> None:
        self._compare(c, getattr(self.draft.document, c.field), c.new, f"the document's {c.field}")
        self.draft.document = self.draft.document.model_copy(update={c.field: c.new})

    def _make_evaluation(self, c: SetEvaluation) -> None:
        part = self._evaluation(c)
        self._compare(c, getattr(part.evaluation, c.field), c.new, f"{part_name(part.evaluation)}: {c.field}")
        part.evaluation = part.evaluation.model_copy(update={c.field: c.new})

    def _make_split_evaluation(self, c: SplitEvaluation) -> None:
        s = self._found(c.statement)
        if any(p.evaluation.id == c.evaluation for p in self.draft.parts):
            raise Refused("there", f"the evaluation that begins with {named(s)} is in the record already, so it was not made a second time")
        part = self.draft.part_of(s.id)
        keys = list(part.statements)
        moved = self._chosen(c, s, part)
        if not c.statements and (s.parent is not None or keys[0] == s.id):
            raise Refused("unfit", f"{named(s)} begins no evaluation: it is a part of another statement, or the first")
        made = Part(Evaluation(id=c.evaluation, title=c.title, label=c.label, period=c.period))
        made.statements = {key: part.statements.pop(key) for key in moved}
        made.links = [x for x in part.links if x.from_ in made.statements]
        part.links = [x for x in part.links if x.from_ not in made.statements]
        if c.statements:
            self.draft.assign_at(part.evaluation.id, c.evaluation, (p for x in made.statements.values() for p in x.places))
        elif s.places:
            since = (s.places[0].page, s.places[0].start)
            made.ratings, part.ratings = _parted(part.ratings, since)
            made.overall_responses, part.overall_responses = _parted(part.overall_responses, since)
            self.draft.assign(part.evaluation.id, c.evaluation, since)
        self.draft.parts.insert(self.draft.parts.index(part) + 1, made)

    def _chosen(self, c: SplitEvaluation, s: AnyStatement, part: Part) -> list[str]:
        """What goes to the new evaluation, in the order of the old."""
        keys = list(part.statements)
        if not c.statements:
            return keys[keys.index(s.id) :]
        chosen = {s.id, *(self._found(key).id for key in c.statements)}
        elsewhere = next((key for key in chosen if key not in part.statements), None)
        if elsewhere is not None:
            raise Refused("unfit", f"{named(self.draft.statement(elsewhere))} belongs to another evaluation than {named(s)}")
        chosen |= {p.id for key in list(chosen) for p in self.draft.parts_of(key)}
        torn = next((x for x in part.statements.values() if x.id in chosen and x.parent is not None and x.parent not in chosen), None)
        if torn is not None:
            raise Refused("unfit", f"{named(torn)} is a part of {named(self.draft.statement(torn.parent or ''))}, which stays: choose both")
        if chosen >= set(keys):
            raise Refused("unfit", f"nothing would be left of {part_name(part.evaluation)}")
        return [key for key in keys if key in chosen]

    def _make_merge_evaluations(self, c: MergeEvaluations) -> None:
        gone, stays = self._evaluation(c), self.draft.part(c.into)
        if gone is stays:
            raise Refused("unfit", f"{part_name(gone.evaluation)} cannot be merged into itself")
        order = (gone, stays) if self.draft.parts.index(gone) < self.draft.parts.index(stays) else (stays, gone)
        stays.statements = {key: s for p in order for key, s in p.statements.items()}
        stays.ratings, stays.links = [r for p in order for r in p.ratings], [x for p in order for x in p.links]
        stays.overall_responses = [o for p in order for o in p.overall_responses]
        self.draft.parts.remove(gone)
        self.draft.assign(gone.evaluation.id, stays.evaluation.id)

    def _make_overall_response(self, c: ChangeOverallResponse) -> None:
        part = self._evaluation(c)
        _replace(part.overall_responses, c.old, c.new, "answer to the evaluation as a whole", lambda r: (plain(r.text), r.label, r.verdict))

    def _make_decision(self, c: ChangeDecision) -> None:
        _replace(self.draft.decisions, c.old, c.new, "decision", lambda d: (plain(d.text), d.paragraph, d.refers))

    def unfound(self) -> tuple[str, ...]:
        """Ids of the statements that the correction names and that are not found, or not told from others."""
        gone = []
        for key in self.change.names:
            try:
                self._found(key)
            except Refused:
                gone.append(key)
        return tuple(gone)

    # Finding and comparing

    def _found(self, key: str) -> AnyStatement:
        """The statement that the correction calls by this id."""
        _, at_id = self.draft.find(key)
        known = self._known.get(key)
        if known is None:
            if at_id is None:
                raise Refused("missing", f"no statement of the record has the id {key}")
            return at_id
        if at_id is not None and at_id.text == known.text:
            self.finds.append(Find(self.position, key, key, "id", 1.0))
            return at_id
        found = locate(known, at_id, list(self.draft.all()))
        if isinstance(found, Lost):
            is_now, was, _ = shown_beside(at_id.text if at_id else "", known.text, "")
            what = f"{_name_of(known)} ({was})"
            if found.ambiguous:
                names = ", ".join(named(self.draft.statement(k)) for k in found.candidates)
                raise Refused("ambiguous", f"{what} may be one of several statements in this reading: {names}")
            raise Refused("missing", f"{what} is not in this reading" + (f"; {key} reads {is_now} now" if at_id else ""))
        self.finds.append(Find(self.position, key, *found))
        return self.draft.statement(found[0])

    def _evaluation(
        self, c: AddStatement | MoveStatement | ChangeRating | SetEvaluation | MergeEvaluations | ChangeOverallResponse
    ) -> Part:
        return self.draft.part(c.evaluation, c.part)

    def _compare(self, c: SetField | SetDocument | SetEvaluation, present: Any, new: Any, what: str) -> None:
        """Refuse where something else stands there than the person saw, unless it is what the person set."""
        if "old" not in c.model_fields_set or _same(present, c.old) or _same(present, new):
            return
        is_now, was, wanted = shown_beside(present, c.old, c.new)
        line = f"{what} is {is_now} now and was {was}, so it was not set to {wanted}"
        raise Refused("changed", line, present)


_PRINTED = ("responsible", "priority", "time", "resources")


def _as_kind(s: AnyStatement, kind: Any) -> AnyStatement:
    """The statement as another kind; what that kind has no field for is laid aside, and comes back with the kind."""
    model = _model_of(kind)
    if type(s) is model:
        return s.model_copy(update={"kind": kind})
    given = {f: getattr(s, f) for f in (*type(s).model_fields, *(s.model_extra or ())) if f in s.model_fields_set}
    alien = {f for f in given if f in type(s).model_fields and f not in model.model_fields}
    # As JSON has it, so that a record that was written and read back is the same.
    aside = {**given.pop("laid_aside", {}), **s.model_dump(mode="json", by_alias=True, include=alien, exclude_defaults=True)}
    given = {f: v for f, v in given.items() if f not in alien}
    given |= {f: aside.pop(f) for f in list(aside) if f in model.model_fields}
    return model.model_validate({**given, "kind": kind, **({"laid_aside": aside} if aside else {})})


def _made(kind: str, **fields: Any) -> AnyStatement:
    return _model_of(kind).model_validate({"kind": kind, **fields})


def _model_of(kind: str) -> type[Recommendation | Response | Observation]:
    if kind == "recommendation":
        return Recommendation
    return Response if kind == "response" else Observation


def _same(a: Any, b: Any) -> bool:
    """Whether two values say the same; of words what readings may make otherwise does not count."""
    if isinstance(a, str) and isinstance(b, str):
        return plain(a) == plain(b)
    return bool(a == b)


def _joined(first: str, second: str, between: str) -> str:
    """Two texts as one; one that holds the other already stays as it is."""
    if plain(second) in plain(first):
        return first
    return second if plain(first) in plain(second) else f"{first.rstrip()}{between}{second.lstrip()}"


def _overlap(a: Iterable[Place], b: Sequence[Place]) -> bool:
    return any(p.page == q.page and p.start < q.end and q.start < p.end for p in a for q in b)


def _within(inner: AnyStatement, outer: AnyStatement) -> bool:
    return all(any(q.page == p.page and q.start <= p.start and p.end <= q.end for q in outer.places) for p in inner.places)


def _parted(things: list[Placed], since: tuple[int, int]) -> tuple[list[Placed], list[Placed]]:
    """What stands at or after a place, and what before it or nowhere."""
    after = [t for t in things if t.places and (t.places[0].page, t.places[0].start) >= since]
    return after, [t for t in things if not any(t is a for a in after)]


def _replace(held: list[Stated], old: Stated | None, new: Stated | None, what: str, mark: Callable[[Stated], tuple[Any, ...]]) -> None:
    """Put one thing in the place of another, add it or take it out; the other is known by its words."""
    if old is None:
        assert new is not None  # noqa: S101 - the model asks for one of the two
        if any(plain(x.text) == plain(new.text) for x in held):
            raise Refused("there", f"the {what} {shown(new.text)} is in the record already, so it was not added a second time")
        at = (new.places[0].page, new.places[0].start) if new.places else None
        before = [n for n, x in enumerate(held) if at is None or (x.places and (x.places[0].page, x.places[0].start) <= at)]
        held.insert(before[-1] + 1 if before else 0, new)
        return
    ranked = sorted(((1.0 if mark(x) == mark(old) else likeness(x.text, old.text), -n) for n, x in enumerate(held)), reverse=True)
    if new is not None and any(mark(x) == mark(new) for x in held) and not any(mark(x) == mark(old) for x in held):
        return
    if not ranked or ranked[0][0] < ALIKE:
        raise Refused("missing", f"the {what} {shown(old.text)} is not in this reading, so it was not set to {shown(new and new.text)}")
    present = held[-ranked[0][1]]
    if mark(present) != mark(old):
        is_now, was, wanted = shown_beside(present.text, old.text, new.text if new else None)
        if plain(present.text) == plain(old.text):
            is_now, was = (shown(" ".join(str(v) for v in mark(x)[1:] if v) or None) for x in (present, old))
        raise Refused("changed", f"the {what} is {is_now} now and was {was}, so it was not set to {wanted}", present)
    if new is None:
        del held[-ranked[0][1]]
        return
    held[-ranked[0][1]] = new if new.places else new.model_copy(update={"places": present.places})


def _mark(r: Rating) -> tuple[Any, ...]:
    return r.criterion, r.of, r.value, r.scale, r.as_printed


def _value(r: Rating | None) -> str:
    if r is None:
        return "nothing"
    return shown(r.as_printed or None) if r.value is None else f"{r.value:g}" + (f" ({r.as_printed})" if r.as_printed else "")


def _name_of(known: Known) -> str:
    return known.label or f"{known.kind.replace('_', ' ').capitalize()} {known.number or known.id}"
