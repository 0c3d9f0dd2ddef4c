"""An evaluation as all its papers together say it: the account that ranks first, with the answers that stand in other papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from evaltrail.check.promised import promised
from evaltrail.record import Evaluation, Link, Response
from evaltrail.write.charts import Trail, TrailBreak, TrailLine, TrailNode, trail_of
from evaltrail_office.evaluations.evidence import Evidence, evidence_of
from evaltrail_office.evaluations.records import evaluation_in, rank, record_of
from evaltrail_office.shelf.models import Kind, Rating, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from evaltrail.record import Answer, AnyStatement, Record
    from evaltrail_office.shelf.models import Document, Part

_ACCEPTED = ("accepted", "partially_accepted")


@dataclass(eq=False)
class Source:
    """A part of a paper that reports the evaluation. Its record is read when something of it is asked for."""

    document: Document
    part: Part
    kinds: frozenset[str] = frozenset()
    """Kinds of its statements, and ``rating`` where it has ratings."""

    @cached_property
    def record(self) -> Record:
        """What the paper says."""
        return record_of(self.document)

    @cached_property
    def evaluation(self) -> Evaluation:
        """What it says of the evaluation; nothing where the part is not in the record any more."""
        return evaluation_in(self.record, self.part) or Evaluation(id=self.part.record_id)


@dataclass
class Whole:
    """See the module. ``sources`` in the order of ``rank``; the first is the account."""

    sources: Sequence[Source]
    keys: Mapping[tuple[str, str], str]
    """Key of the office's recommendation by document's key and statement's id."""
    confirmed: Mapping[tuple[str, str], datetime | None] = field(default_factory=dict)
    """When somebody confirmed each statement, by document's key and statement's id; None: nobody did yet."""
    _home: dict[str, Source] = field(default_factory=dict, repr=False)

    @property
    def first(self) -> Source:
        """The account."""
        return self.sources[0]

    @cached_property
    def statements(self) -> tuple[AnyStatement, ...]:
        """Those of the account, and answers of other papers with their document's key before their id."""
        own = self.first.evaluation.statements
        self._home.update((s.id, self.first) for s in own)
        printed = any(isinstance(s, Response) for s in own)
        borrowed: list[AnyStatement] = []
        for source in self.sources[1:]:
            # Of an account that prints answers itself, a paper of management's own is the later word.
            if "response" not in source.kinds or (printed and source.document.kind != Kind.RESPONSE):
                continue
            for s in source.evaluation.statements:
                if isinstance(s, Response) and (answered := self._answered(source, s)):
                    name = f"{source.document.key}/{s.id}"
                    self._home[name] = source
                    borrowed.append(s.model_copy(update={"id": name, "answers": tuple(answered)}))
            if borrowed:
                break
        later = {a.id for s in borrowed if isinstance(s, Response) for a in s.answers}
        return (*(s for s in own if not (isinstance(s, Response) and s.answers and later.issuperset(a.id for a in s.answers))), *borrowed)

    def _answered(self, source: Source, response: Response) -> list[Answer]:
        """The recommendations of the account that a response of another paper answers, known by the keys that a person confirmed."""
        by_key = {self.keys[self.first.document.key, s.id]: s.id for s in self.first.evaluation.statements if self._key(self.first, s.id)}
        found = []
        for answer in response.answers:
            own = by_key.get(self._key(source, answer.id)) if answer.record is None else answer.id
            if own is not None and any(s.id == own for s in self.first.evaluation.statements):
                found.append(answer.model_copy(update={"id": own, "record": None}))
        # An answer may name the statement of the account and its own reprint of it.
        return list(dict.fromkeys(found))

    def _key(self, source: Source, statement: str) -> str:
        return self.keys.get((source.document.key, statement), "")

    @cached_property
    def by_id(self) -> dict[str, AnyStatement]:
        """Statements by id."""
        return {s.id: s for s in self.statements}

    def home(self, statement: str) -> Source:
        """The part in which a statement stands."""
        _ = self.statements
        return self._home[statement]

    def own_id(self, statement: str) -> str:
        """A statement's id in its own paper."""
        return statement.removeprefix(f"{self.home(statement).document.key}/")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links between statements, a stated one before a proposed one of the same ends."""
        found: dict[tuple[str, str], Link] = {}
        for link in self.first.evaluation.links:
            old = found.get((link.from_, link.to))
            if old is None or old.basis == "proposed":
                found[link.from_, link.to] = link
        return tuple(found.values())

    @cached_property
    def evidence(self) -> Evidence:
        """What the findings stand on."""
        return evidence_of(self.first.record, self.first.evaluation)

    @cached_property
    def promises(self) -> dict[str, str]:
        """What answers without actions of their own promise in their words."""
        found: dict[str, str] = {}
        homes = {id(self.home(s.id)): self.home(s.id) for s in self.statements if isinstance(s, Response)}
        for source in homes.values():
            said = promised(source.record)
            for s in self.statements:
                if isinstance(s, Response) and not s.actions and self.home(s.id) is source and self.own_id(s.id) in said:
                    found[s.id] = said[self.own_id(s.id)]
        return found

    @cached_property
    def trail(self) -> Trail:
        """Everything from evidence to action, with what is missing."""
        told = trail_of(self.first.evaluation.model_copy(update={"statements": self.statements}))
        nodes, lines, breaks = list(told.nodes), list(told.lines), []
        first = [TrailNode(piece.id, "evidence", "", piece.text) for piece in self.evidence.pieces]
        lines += self.evidence.lines
        breaks += [TrailBreak(finding, "evidence", "") for finding in sorted(self.evidence.bare)]
        for b in told.breaks:
            words = self.promises.get(b.node)
            if b.column != "actions" or words is None:
                breaks.append(b)
            elif words:
                nodes.append(TrailNode(f"{b.node}/promise", "actions", "", words))
                lines.append(TrailLine(b.node, f"{b.node}/promise"))
        for s in self.statements:
            # An answer that is only noted may still say what will be done.
            if isinstance(s, Response) and s.verdict not in _ACCEPTED and self.promises.get(s.id):
                nodes.append(TrailNode(f"{s.id}/promise", "actions", "", self.promises[s.id]))
                lines.append(TrailLine(s.id, f"{s.id}/promise"))
        return Trail((*first, *nodes), tuple(lines), tuple(breaks))

    @cached_property
    def near(self) -> dict[str, tuple[list[TrailLine], list[TrailLine]]]:
        """Of each node the lines that lead to it and those that lead on."""
        found: defaultdict[str, tuple[list[TrailLine], list[TrailLine]]] = defaultdict(lambda: ([], []))
        for line in self.trail.lines:
            found[line.start][1].append(line)
            found[line.end][0].append(line)
        return dict(found)

    @cached_property
    def missing(self) -> dict[str, list[TrailBreak]]:
        """What is missing before or after each statement."""
        found: defaultdict[str, list[TrailBreak]] = defaultdict(list)
        for b in self.trail.breaks:
            found[b.node].append(b)
        return dict(found)


def whole_of(documents: Iterable[Document], evaluation: str) -> Whole | None:
    """An evaluation as these papers say it, their parts fetched with them; None where none of them says anything of it."""
    parts = [
        (document, part)
        for document in sorted(documents, key=rank)
        for part in document.parts.all()
        if document.current_id and part.evaluation_key == evaluation
    ]
    if not parts:
        return None
    names = {part.pk: document.key for document, part in parts}
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    keys: dict[tuple[str, str], str] = {}
    confirmed: dict[tuple[str, str], datetime | None] = {}
    columns = ("part_id", "record_id", "kind", "key", "confirmed")
    for part, statement, kind, key, when in Statement.objects.filter(part__in=list(names)).order_by().values_list(*columns):
        kinds[part].add(kind)
        confirmed[names[part], statement] = when
        if key:
            keys[names[part], statement] = key
    for part in Rating.objects.filter(part__in=list(names)).order_by().values_list("part_id", flat=True).distinct():
        kinds[part].add("rating")
    sources = [Source(document, part, frozenset(kinds[part.pk])) for document, part in parts]
    # A paper with statements goes before one that has none, whatever its kind.
    sources.sort(key=lambda s: not s.kinds - {"rating"})
    return Whole(sources, keys, confirmed)
