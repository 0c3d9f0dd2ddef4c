"""Answers that a confirmed paper prints, as they may be taken over: whose, to which recommendation, with which actions, units and days."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail.check.implied import implied
from evaltrail.check.promised import promised
from evaltrail.record import Response as Answering
from evaltrail.text.dates import due_of
from evaltrail.text.sentences import sentences
from evaltrail_office.accounts.access import visible
from evaltrail_office.evaluations.records import evaluation_in, record_of
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import SYSTEM, Meaning, ResponseState, Verdict
from evaltrail_office.follow_up.models import Charge, House, Response, Track
from evaltrail_office.follow_up.naming import Names, names_nobody
from evaltrail_office.follow_up.organisations import Organisations
from evaltrail_office.follow_up.promised_day import Frame, day_in, day_in_sentence
from evaltrail_office.follow_up.registers.words import status_for
from evaltrail_office.shelf.models import Document, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from evaltrail.check.implied import Implied
    from evaltrail.record import Action as Printed
    from evaltrail.record import Evaluation, Record
    from evaltrail_office.accounts.models import Unit, User
    from evaltrail_office.follow_up.models import FollowUp, Point
    from evaltrail_office.follow_up.preset import Preset, Status

_ITEM = re.compile(r"\s*(?:[•●▪■○‣◦*·–—-]|\(?[a-z]\)|[a-z][.)]|\d{1,2}[.)])\s+(?=\S)")
_NO_ACTION = re.compile(
    r"\W*(?:n/?a|not applicable|none|nil|no (?:further |new |specific |additional )?actions?|sans objet|no aplica|não se aplica)\b",
    re.IGNORECASE,
)
_SUBJECT = 80
"""Characters in which the words of an action name who acts."""


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """An action as the paper prints it, and what was understood of it."""

    text: str
    number: str = ""
    unit: Unit | None = None
    others: tuple[Unit, ...] = ()
    """Further units that the paper names for it, which contribute."""
    due: date | None = None
    """The last day by which the paper's words promise it; None: they leave it open."""
    proposed: date | None = None
    """A day that a person may confirm, where the words leave something open."""
    why: str = ""
    """Why that day is proposed."""
    goes_on: bool = False
    """Whether the paper says that it goes on, so that no day ends it."""
    status: str = ""
    """Code of the preset's status that the paper's words mean; what they call done is under way until both keys are turned."""
    meaning: str = ""
    """What the paper's words mean."""
    comments: str = ""
    """What the paper tells of its progress."""
    printed_unit: str = ""
    printed_due: str = ""
    printed_status: str = ""
    ended: str = ""
    """Name of a unit that is printed and ended, where nobody follows it."""
    promise: bool = False
    """Whether it is what an answer in running text promises, and no line of a table."""

    @property
    def note(self) -> str:
        """What is not known of it, in words; empty: all is."""
        return self.told(self.due)

    def told(self, due: date | None) -> str:
        """The same where a person is to be offered this day."""
        found = []
        if self.ended:
            found.append(_("%(unit)s ended, and no unit follows it") % {"unit": self.ended})
        elif self.unit is None:
            printed = self.printed_unit and not names_nobody(self.printed_unit)
            found.append(_("unit printed as “%(words)s”") % {"words": self.printed_unit} if printed else _("the paper names no unit"))
        if self.goes_on:
            found.append(_("the paper says that it goes on: “%(words)s”") % {"words": self.printed_due})
        elif due is None:
            found.append(
                _("date printed as “%(words)s”") % {"words": self.printed_due} if self.printed_due else _("the paper names no date")
            )
        if self.meaning in {Meaning.DONE, Meaning.DROPPED} or (self.printed_status and not self.status):
            found.append(_("status printed as “%(words)s”, which nobody has verified") % {"words": self.printed_status})
        return "; ".join(found)


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer of the paper that may be taken over."""

    statement: str
    """Its id in the record."""
    track: Track
    point: Point | None
    verdict: str
    """Empty where the paper does not say it clearly."""
    text: str
    actions: tuple[OfferedAction, ...] = ()
    organisation: str = ""
    """Whose answer it is, where several organisations answer."""
    proposal: Implied | None = None
    """What it may mean, and the words that this rests on; never taken without a person."""
    nothing: tuple[str, ...] = ()
    """Words in the place of an action that say there is none: "N/A as already developed"."""


@dataclass(slots=True)
class Offers:
    """What a paper offers."""

    answers: list[Offer] = field(default_factory=list)
    overall: dict[str, str] = field(default_factory=dict)
    """Answers to the evaluation as a whole, by organisation; empty name: there is one."""
    held: int = 0
    """Answers that are left out: the office has one to the same recommendation already, or is writing it."""

    @property
    def joint(self) -> bool:
        """Whether answers of named organisations are among them."""
        return any(o.organisation for o in self.answers) or any(self.overall)


def papers_with_answers(user: User, follow_up: FollowUp) -> list[Document]:
    """Confirmed papers of the evaluation that print answers and were not made by the office itself."""
    keys = Statement.objects.filter(part__evaluation_key=follow_up.evaluation.key, kind="response").values("document")
    found = visible(user, Document.objects.filter(pk__in=keys, confirmed__isnull=False, current__isnull=False))
    return list(found.exclude(versions__made_by=SYSTEM).select_related("current").defer("current__payload").order_by("pk"))


def offers(follow_up: FollowUp, document: Document) -> Offers:
    """What a paper prints that could be taken over. Its record is read."""
    record = record_of(document)
    tracks = {
        t.recommendation.key: t
        for t in follow_up.tracks.select_related("recommendation", "follow_up", "evaluation").prefetch_related("points")
    }
    keys = dict(Statement.objects.filter(document=document).exclude(key="").values_list("record_id", "key"))
    taken: defaultdict[tuple[str, str], set[int | None]] = defaultdict(set)
    begun = Response.objects.filter(follow_up=follow_up).exclude(state=ResponseState.ASKED)
    for key, number, organisation in begun.values_list("track__recommendation__key", "point_id", "organisation"):
        taken[key or "", organisation].add(number)
    asked = Charge.objects.filter(track__follow_up=follow_up).exclude(organisation="").order_by()
    known = list(asked.values_list("organisation", flat=True).distinct())
    reading = _Reading.of(follow_up, document, record)
    found = Offers()
    for part in document.parts.filter(evaluation_key=follow_up.evaluation.key):
        own = evaluation_in(record, part)
        if own is None:
            continue
        whose = Organisations.of(own, known, document.organisation)
        for said in own.overall_responses:
            name = whose.name_of(said.label)
            if not taken.get(("", name)):
                found.overall[name] = "\n".join(w for w in (found.overall.get(name, ""), said.text.strip()) if w)
        for s in own.statements:
            if not isinstance(s, Answering):
                continue
            name = whose.name_of(s.label)
            for track, point in _answered(own, s, keys, tracks):
                there = taken.get((track.recommendation.key, name), set())
                if there if point is None else there & {point.pk, None}:
                    found.held += 1
                    continue
                found.answers.append(replace(reading.offer(s, track, point), organisation=name))
    found.answers.sort(key=lambda o: (o.track.recommendation.position, o.point.position if o.point else 0, o.organisation))
    return found


def _answered(own: Evaluation, s: Answering, keys: Mapping[str, str], tracks: Mapping[str, Track]) -> list[tuple[Track, Point | None]]:
    """What an answer of the paper is to: recommendations that are followed, or points of them."""
    parents = {x.id: x.parent for x in own.statements}
    texts = {x.id: " ".join(x.text.split()) for x in own.statements}
    found: dict[tuple[int, int | None], tuple[Track, Point | None]] = {}
    for answer in s.answers:
        if answer.record is not None:
            continue
        parent = parents.get(answer.id)
        track = tracks.get(keys.get(answer.id, "") or keys.get(parent or "", ""))
        if track is None:
            continue
        live = [p for p in track.points.all() if p.joined is None]
        if parent is None:
            found[track.pk, None] = (track, None)
            continue
        point = next((p for p in live if " ".join(p.text.split()) == texts.get(answer.id)), None)
        if point is not None:
            found[track.pk, point.pk] = (track, point)
    return list(found.values())


@dataclass(slots=True)
class _Reading:
    """What the words of a paper's answers are understood by."""

    names: Names
    family: Family
    frame: Frame
    said: Mapping[str, str]
    """What each answer promises in running text."""
    meant: Mapping[str, Implied]
    """What answers that say neither yes nor no may mean."""
    near: date | None = None
    """The day that was printed in full last."""

    @classmethod
    def of(cls, follow_up: FollowUp, document: Document, record: Record) -> _Reading:
        """Of one paper, by the units, presets and words of the office today."""
        texts = [w for e in record.evaluations for s in e.statements if isinstance(s, Answering) for w in _named_in(s)]
        names = Names.read().with_short(texts)
        start = follow_up.started or document.date
        frame = Frame(document.language or "en", preset_of(follow_up), start, House.of_office().months)
        return cls(names, Family.read(), frame, promised(record), implied(record))

    def offer(self, s: Answering, track: Track, point: Point | None) -> Offer:
        """An answer as it may be taken over."""
        printed = [a for a in s.actions if a.text.strip() and not _says_none(a)]
        nothing = tuple(a.text.strip() for a in s.actions if a.text.strip() and _says_none(a))
        actions = tuple(self._action(a) for a in printed)
        if not s.actions:
            actions = tuple(self._promises(s, track))
        start = track.follow_up.started
        if start is not None:
            # A day before the report was not promised in answer to it: it is shown as printed and left to the person.
            actions = tuple(
                replace(a, due=None, printed_due=a.printed_due or a.due.isoformat()) if a.due and a.due < start else a for a in actions
            )
            actions = tuple(replace(a, proposed=None, why="") if a.proposed and a.proposed < start else a for a in actions)
        verdict = s.verdict if s.verdict in Verdict.values else ""
        return Offer(s.id, track, point, verdict or "", s.text.strip(), actions, proposal=self.meant.get(s.id), nothing=nothing)

    def _action(self, a: Printed) -> OfferedAction:
        words, due_words, status_words = (a.unit or "").strip(), (a.due or "").strip(), (a.status or "").strip()
        named = self.names.named(words) if words and not names_nobody(words) else []
        if not words:
            named = self.names.named(a.text[:_SUBJECT])[:1]
        day = day_in(due_words, self.frame, self.near)
        if not due_words and (sentence := day_in_sentence(a.text, self.frame.language)):
            day = replace(day, day=sentence.last)
        if day.day is not None and not day.proposed:
            self.near = day.day
        code = status_for(status_words, self.frame.preset) if status_words else ""
        known = self.frame.preset.status(code) if code else None
        return replace(
            self._of(named),
            text=a.text.strip(),
            number=(a.number or "").strip()[:24],
            due=None if day.proposed else day.day,
            proposed=day.day if day.proposed else None,
            why=day.proposed,
            goes_on=day.goes_on and day.day is None,
            status=_unverified(known, self.frame.preset),
            meaning=known.meaning.value if known else "",
            comments=(a.comments or "").strip(),
            printed_unit=words,
            printed_due="" if day.none else due_words,
            printed_status=status_words,
        )

    def _of(self, named: Sequence[Unit]) -> OfferedAction:
        """An action of the units that answer today for those that are named, the first of them leading."""
        by = {u.pk: u for u in self.names.values()}
        there = list(dict.fromkeys(self.family.today(u.pk) for u in named if not self.family.ended(u.pk)))
        ended = next((u.name for u in named if self.family.ended(u.pk)), "") if not there else ""
        units = [by[pk] for pk in there]
        return OfferedAction("", unit=units[0] if units else None, others=tuple(units[1:]), ended=ended)

    def _promises(self, s: Answering, track: Track) -> Iterator[OfferedAction]:
        """What an answer in running text promises: each item of a list that it announces, else one action."""
        lead, items = _list_in(s.text)
        promise = self.said.get(s.id, "")
        for words in items or ([promise] if promise else []):
            yield self._promise(words, lead, track)

    def _promise(self, words: str, lead: str, track: Track) -> OfferedAction:
        """One, of the unit that it names, else of the recommendation's first."""
        named = self.names.named(words[:_SUBJECT]) if lead else self._named_in_sentences(words)
        printed = self.names.named(track.printed_addressee)
        due = day_in_sentence(words, self.frame.language) or day_in_sentence(lead, self.frame.language)
        span = due_of(lead, self.frame.language) if due is None and lead else None
        return replace(
            self._of(named or printed),
            text=words,
            due=due.last if due else None,
            proposed=span.last if span else None,
            why=_("the line above the list names it") if span else "",
            printed_due=lead if span else "",
            printed_unit=track.printed_addressee,
            promise=True,
        )

    def _named_in_sentences(self, words: str) -> list[Unit]:
        """Units that act in running text: those with which its sentences begin, else all that it names."""
        acting = [u for s in sentences(words) for u in self.names.named(s.text[:_SUBJECT])]
        return list(dict.fromkeys(acting)) or self.names.named(words)


def _named_in(s: Answering) -> Iterator[str]:
    yield s.text
    for a in s.actions:
        yield from (w for w in (a.unit, a.text) if w)


def _unverified(known: Status | None, preset: Preset) -> str:
    """The status that a paper's word alone can give to an action."""
    if known is None or known.meaning == Meaning.DROPPED:
        return ""
    begun = preset.of(Meaning.PARTIAL, Meaning.SUBSTANTIAL)
    return known.code if known.meaning != Meaning.DONE else begun[0].code if begun else ""


def _says_none(a: Printed) -> bool:
    """Whether what stands in the place of an action says that there is none, for whom and when neither."""
    return bool(_NO_ACTION.match(a.text)) and names_nobody(a.unit or "")


def _list_in(text: str) -> tuple[str, list[str]]:
    """The line that announces a list of at least two items, and the items; nothing where a text ends in no list."""
    lines = [line for line in text.split("\n") if line.strip()]
    at = next((n for n, line in enumerate(lines) if _ITEM.match(line)), 0)
    if not at or not lines[at - 1].rstrip().endswith(":") or len(lines) - at < 2 or not all(_ITEM.match(x) for x in lines[at:]):
        return "", []
    return sentences(lines[at - 1])[-1].text, [_ITEM.sub("", x, count=1).strip() for x in lines[at:]]
