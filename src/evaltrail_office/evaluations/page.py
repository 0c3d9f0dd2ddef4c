"""What an evaluation's page shows, worked out from its papers: ready for the template, with every link in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaltrail.record import Recommendation, Response
from evaltrail_office.evaluations import trail as drawing
from evaltrail_office.evaluations.page_parts import AnswerRow, Group, RatingRow, ReadThread, Ref, Row, Shown, Spot, Step
from evaltrail_office.evaluations.records import paragraph_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.check.report import Remark
    from evaltrail.record import AnyStatement, Place, Rating
    from evaltrail.write.charts import TrailBreak, TrailNode
    from evaltrail_office.evaluations.trail import Node, Picture
    from evaltrail_office.evaluations.whole import Source, Whole
    from evaltrail_office.shelf.models import Document

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
LISTS = {
    "findings": ("finding",),
    "conclusions": ("conclusion",),
    "recommendations": ("recommendation",),
    "lessons": ("lesson", "good_practice"),
}
"""Lists of statements by the name in their address."""
LISTED = 25
"""Statements of a list that are shown on one page."""
_VERDICTS = {
    "accepted": gettext_lazy("Accepted"),
    "partially_accepted": gettext_lazy("Accepted in part"),
    "rejected": gettext_lazy("Rejected"),
    "noted": gettext_lazy("Noted"),
    "unclear": gettext_lazy("Unclear answer"),
}
_PRIORITIES = {"high": gettext_lazy("high"), "medium": gettext_lazy("medium"), "low": gettext_lazy("low")}
_LETTERS = {"finding": "F", "conclusion": "C", "lesson": "L", "good_practice": "G", "recommendation": "R"}
_SHORT = 6
"""Characters of a number that is set behind a letter."""
_LEAD = 600
"""Characters of a summary that are shown."""
_LEAST = 80
"""Characters that a paragraph of a summary has at least; a shorter one is a heading or a date."""


def spot(document: Document, source: Source, place: Place | None, address: str = "") -> Spot:
    """Where something stands; without an address of its own on the page of the paper, with the words marked."""
    if place is None:
        return Spot("", address)
    paged = bool(source.record.pages and source.record.pages[0].width)
    paragraph = paragraph_at(source.record, place)
    words = [_("p. %(page)s") % {"page": place.page}] if paged else []
    words += [f"§{paragraph}"] if paragraph else []
    return Spot(", ".join(words) or _("place in the text"), address or page_address(document, place))


def page_address(document: Document, place: Place) -> str:
    """Address of the page of a paper with some words marked."""
    return f"{reverse('document-page', args=[document.key, place.page])}?from={place.start}&to={place.end}"


class EvaluationPage:
    """See the module. Asks the database nothing."""

    def __init__(
        self,
        whole: Whole,
        *,
        confirmed: frozenset[tuple[str, str]] = frozenset(),
        remarks: Mapping[str, Sequence[Remark]] | None = None,
        earlier: Mapping[str, tuple[float, str]] | None = None,
        most_rows: int | None = None,
    ) -> None:
        """Work it out.

        ``confirmed``: documents' keys and statements' ids; ``remarks`` by statement of the account; ``earlier`` ratings by criterion;
        ``most_rows``: of the picture; one with more shows the threads of the first recommendations.
        """
        self.whole = whole
        self._confirmed = confirmed
        self._remarks = remarks or {}
        self._earlier = earlier or {}
        told = replace(whole.trail, breaks=tuple(replace(b, said=self.missing(b)) for b in whole.trail.breaks))
        self.breaks = len(told.breaks)
        self.reach = drawing.reach(told)
        self.drawn, self.wanted = drawing.fitting(told, most_rows) if most_rows else (told, 0)
        self.picture: Picture = drawing.picture(self.drawn)
        self._pieces = {p.id: p for p in whole.evidence.pieces}
        # Each is asked for several times: a statement stands in the picture, in threads, in a row and beside others.
        self._addresses: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._words: dict[str, tuple[str, str, str, str, str]] = {}
        self.ratings = self._ratings()
        self._by_criterion = {r.criterion: r for r in self.ratings}

    # Names

    def label(self, s: AnyStatement) -> str:
        """``F4``; of a statement without a number its paragraph, ``§16``."""
        if s.id not in self._labels:
            self._labels[s.id] = self._label(s)
        return self._labels[s.id]

    def _label(self, s: AnyStatement) -> str:
        number = (s.number or "").strip(" .():")
        if number and len(number) <= _SHORT and number[0].isdigit():
            return f"{_LETTERS.get(s.kind, '')}{number}"
        if number:
            return number
        home = self.whole.home(s.id)
        paragraph = paragraph_at(home.record, s.places[0] if s.places else None)
        if paragraph:
            return f"§{paragraph}"
        # Of several without number and paragraph, their order tells them apart.
        own = [o for o in self.whole.statements if o.kind == s.kind and o.parent == s.parent]
        return f"{_LETTERS.get(s.kind, '')}·{own.index(s) + 1}"

    def address(self, statement: str) -> str:
        """A statement's permanent address."""
        if statement not in self._addresses:
            self._addresses[statement] = reverse("statement", args=[self.whole.home(statement).document.key, self.whole.own_id(statement)])
        return self._addresses[statement]

    def spot(self, s: AnyStatement) -> Spot:
        """Where a statement stands."""
        home = self.whole.home(s.id)
        return spot(home.document, home, s.places[0] if s.places else None, self.address(s.id))

    def missing(self, b: TrailBreak) -> str:
        """What is missing at a break, in the interface's language."""
        if b.column == "evidence":
            return _("No evidence cited")
        if b.column == "findings":
            return _("Rests on no finding")
        if b.column == "conclusions":
            return _("Rests on no conclusion")
        if b.column == "responses":
            return _("Not answered")
        return _("Promises no action")

    @property
    def paged(self) -> bool:
        """Whether the account has pages."""
        pages = self.whole.first.record.pages
        return bool(pages and pages[0].width)

    # Ratings

    @property
    def rated(self) -> bool:
        """Whether a node of the trail shows a rating."""
        return any(s.criteria and s.criteria[0] in self._by_criterion for s in self.whole.statements if s.kind == "finding")

    def _ratings(self) -> tuple[RatingRow, ...]:
        for source in (s for s in self.whole.sources if "rating" in s.kinds):
            found = [r for r in source.evaluation.ratings if r.of is None and r.criterion]
            if found:
                rows = {str(r.criterion): self._rating(source, r) for r in found}
                order = [c for c in CRITERIA if c in rows] + sorted(c for c in rows if c not in (*CRITERIA, "overall"))
                return tuple(rows[c] for c in [*order, *(["overall"] if "overall" in rows else [])])
        return ()

    def _rating(self, source: Source, r: Rating) -> RatingRow:
        earlier = self._earlier.get(str(r.criterion), (None, ""))
        place = r.places[0] if r.places else None
        return RatingRow(str(r.criterion), r.value, r.scale, r.as_printed, spot(source.document, source, place), earlier[0], earlier[1])

    # The trail

    @property
    def shown(self) -> list[Shown]:
        """Nodes of the picture with their words."""
        return [self._shown(node) for node in self.picture.nodes]

    def _shown(self, node: Node) -> Shown:
        own = node.node
        label, note, text, address, state = self._said(own)
        rating = None
        s = self.whole.by_id.get(own.id)
        if own.column == "findings" and s is not None and s.criteria:
            rating = self._by_criterion.get(s.criteria[0])
        return Shown(node, label, note, text, address, state, rating, own.column in ("responses", "actions"))

    def _said(self, n: TrailNode) -> tuple[str, str, str, str, str]:
        """Label, note, words, address and state of a node."""
        if n.id not in self._words:
            self._words[n.id] = self._words_of(n)
        return self._words[n.id]

    def _words_of(self, n: TrailNode) -> tuple[str, str, str, str, str]:
        if n.column == "evidence":
            return self._piece_said(n)
        if n.column == "actions":
            promise = n.id.endswith("/promise")
            response = n.id.removesuffix("/promise") if promise else n.id.rpartition("/action/")[0]
            label = _("Promised in the answer") if promise else n.label or _("Action")
            return label, n.note, n.text, self.address(response), ""
        s = self.whole.by_id[n.id]
        if isinstance(s, Response):
            return str(_VERDICTS[s.verdict or "unclear"]), "", s.text, self.address(s.id), s.verdict or "unclear"
        note = str(_PRIORITIES.get(s.priority or "", "")) if isinstance(s, Recommendation) else ""
        return self.label(s), note, s.text, self.address(s.id), ""

    def _piece_said(self, n: TrailNode) -> tuple[str, str, str, str, str]:
        piece = self._pieces[n.id]
        source = self.whole.first
        if piece.paragraphs > 1:
            label = ngettext("%(n)d paragraph", "%(n)d paragraphs", piece.paragraphs) % {"n": piece.paragraphs}
        elif piece.numbers:
            label = f"§{piece.numbers[0]}"
        else:
            label = spot(source.document, source, piece.places[0]).words if self.paged else _("Paragraph")
        note = ngettext("%(n)d number", "%(n)d numbers", piece.quantities) % {"n": piece.quantities} if piece.quantities else ""
        return label, note, piece.text, page_address(source.document, piece.places[0]), ""

    @property
    def threads(self) -> list[ReadThread]:
        """Each recommendation's thread, for reading as a list; the broken first."""
        found = []
        for thread in self.picture.threads:
            label, _note, text, _address, _state = self._said(thread.of)
            steps = []
            for n in thread.nodes:
                own_label, _n, own_text, address, state = self._said(n)
                missing = tuple(b.said for b in thread.gaps if b.node == n.id)
                steps.append(Step(own_label, own_text, address, state, missing, n.id in thread.proposed))
            found.append(ReadThread(label, text, tuple(steps), len(thread.gaps)))
        return sorted(found, key=lambda t: -t.breaks)

    # Statements

    def rows(self, *kinds: str, start: int = 0, most: int | None = None) -> list[Row]:
        """Statements of these kinds in the paper's order, from one of them and no more than so many; parts stand with their whole."""
        found = self._of(*kinds)
        return [self._row(s) for s in found[start : None if most is None else start + most]]

    def count(self, *kinds: str) -> int:
        """How many statements of these kinds there are, parts not counted."""
        return len(self._of(*kinds))

    def _of(self, *kinds: str) -> list[AnyStatement]:
        return [s for s in self.whole.statements if s.kind in kinds and s.parent is None]

    @cached_property
    def _parts(self) -> dict[str, list[AnyStatement]]:
        found: defaultdict[str, list[AnyStatement]] = defaultdict(list)
        for s in self.whole.statements:
            if s.parent is not None:
                found[s.parent].append(s)
        return dict(found)

    def _row(self, s: AnyStatement) -> Row:
        home = self.whole.home(s.id)
        before, after = self.whole.near.get(s.id, ([], []))
        own_id = self.whole.own_id(s.id)
        asks = s if isinstance(s, Recommendation) else None
        answers = [x.end for x in after if isinstance(self.whole.by_id.get(x.end), Response)]
        return Row(
            id=own_id,
            kind=s.kind,
            label=self.label(s),
            text=s.text,
            spot=self.spot(s),
            confirmed=(home.document.key, own_id) in self._confirmed,
            rests_on=tuple(self._ref(x.start, proposed=x.proposed) for x in before if x.start in self.whole.by_id),
            leads_to=tuple(
                self._ref(x.end, proposed=x.proposed)
                for x in after
                if x.end in self.whole.by_id and not isinstance(self.whole.by_id[x.end], Response)
            ),
            evidence=tuple(self._evidence_ref(x.start, proposed=x.proposed) for x in before if x.start in self._pieces),
            quantities=sum(self._pieces[x.start].quantities for x in before if x.start in self._pieces),
            missing=tuple(self.missing(b) for own in (s.id, *answers) for b in self.whole.missing.get(own, ())),
            remarks=tuple(remark for own in (s.id, *answers) for remark in self._remarks.get(own, ())),
            key=self.whole.keys.get((home.document.key, own_id), ""),
            answers=tuple(self._answer(answer) for answer in answers),
            parts=tuple(self._parts.get(s.id, ())),
            unit=", ".join(asks.responsible) if asks else "",
            priority=(str(_PRIORITIES.get(asks.priority or "", "")) or asks.as_printed.priority or "") if asks else "",
            time=(asks.as_printed.time or asks.time or "") if asks else "",
            resources=(asks.as_printed.resources or asks.resources or "") if asks else "",
        )

    def _ref(self, statement: str, *, proposed: bool) -> Ref:
        return Ref(self.label(self.whole.by_id[statement]), self.address(statement), proposed)

    def _evidence_ref(self, piece: str, *, proposed: bool) -> Ref:
        own = self._pieces[piece]
        first = own.places[0]
        source = self.whole.first
        label = f"§{own.numbers[0]}" if own.numbers else spot(source.document, source, first).words
        if own.paragraphs > 1 and own.numbers:
            label = f"§{own.numbers[0]}–{own.numbers[-1]}"
        return Ref(label, page_address(source.document, first), proposed)

    def _answer(self, response: str) -> AnswerRow:
        s = self.whole.by_id[response]
        assert isinstance(s, Response)  # noqa: S101 - callers have looked
        return AnswerRow(self.whole.own_id(s.id), s.verdict or "unclear", s.text, self.spot(s), s.id in self.whole.promises, s.actions)

    @property
    def findings(self) -> list[Group]:
        """Findings by criterion, in the order of the criteria; those of none last."""
        rows = self.rows("finding", most=LISTED)
        criteria = {self.whole.own_id(s.id): (s.criteria[0] if s.criteria else "") for s in self._of("finding")}
        order = list(dict.fromkeys([*CRITERIA, *(c for c in criteria.values() if c), ""]))
        groups = [Group(c, self._by_criterion.get(c), tuple(r for r in rows if criteria[r.id] == c)) for c in order]
        return [g for g in groups if g.rows]

    @property
    def conclusions(self) -> list[Row]:
        """Conclusions in the paper's order."""
        return self.rows("conclusion", most=LISTED)

    @property
    def lessons(self) -> list[Row]:
        """Lessons and good practices in the paper's order."""
        return self.rows("lesson", "good_practice", most=LISTED)

    @property
    def recommendations(self) -> list[Row]:
        """Recommendations in the paper's order, parts with their whole."""
        return self.rows("recommendation", most=LISTED)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are of each list."""
        return {name: self.count(*kinds) for name, kinds in LISTS.items()}

    @property
    def answered(self) -> int:
        """How many recommendations have an answer."""
        answers = {x.start for x in self.whole.trail.lines if isinstance(self.whole.by_id.get(x.end), Response)}
        return sum(s.id in answers for s in self._of("recommendation"))

    # Words of the paper as a whole

    @cached_property
    def summary(self) -> tuple[str, Spot, bool] | None:
        """The beginning of the paper's summary of it, else its first conclusion: words, place, whether it is a summary."""
        source = self.whole.first
        alone = len(source.record.evaluations) == 1
        for passage in source.record.passages:
            own = passage.evaluation == source.evaluation.id or alone
            said = own and "summary" in passage.within and "aside" not in passage.within and passage.kind == "paragraph"
            if said and passage.places and len(passage.text) >= _LEAST and passage.text.rstrip().endswith("."):
                return _shortened(passage.text), spot(source.document, source, passage.places[0]), True
        first = next((s for s in self.whole.statements if s.kind == "conclusion"), None)
        return (_shortened(first.text), self.spot(first), False) if first else None

    @property
    def decisions(self) -> list[tuple[str, Spot, str]]:
        """Decisions of the paper: words, place, paragraph."""
        source = self.whole.first
        return [
            (d.text, spot(source.document, source, d.places[0] if d.places else None), d.paragraph or "") for d in source.record.decisions
        ]


def _shortened(text: str) -> str:
    """The first sentences of a text, with dots where more follow."""
    if len(text) <= _LEAD:
        return text
    cut = max(text.rfind(f"{mark} ", 0, _LEAD) for mark in ".!?")
    return f"{text[: cut + 1] if cut > 0 else text[:_LEAD]} …"
