"""The paper that rules look at: a record with what many of them ask for, each worked out once and when first asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from evaltrail.check.called import ONE
from evaltrail.check.index import Index
from evaltrail.check.unit import Unit, UnitKind, part
from evaltrail.check.wording import say
from evaltrail.record import Recommendation, Response
from evaltrail.text import packs
from evaltrail.text.sentences import Sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from evaltrail.check.wording import Said
    from evaltrail.record import Evaluation, Link, Passage, Place, Record, Role, Statement

    S = TypeVar("S", bound=Statement)

Genre = Literal["report", "summary", "response", "other"]
"""report: a full evaluation report; summary: a shorter paper that says what evaluations found (for a governing body, a brief);
response: management's answers and little else; other: no evaluation (an audit, an annual report, a page), or nothing could be told."""

ANY: frozenset[Genre] = frozenset({"report", "summary", "response", "other"})
EVALUATIONS: frozenset[Genre] = frozenset({"report", "summary"})
REPORTS: frozenset[Genre] = frozenset({"report"})
WITH_ANSWERS: frozenset[Genre] = frozenset({"report", "summary", "response"})

REPORT_WORDS = 6000
"""Words of running text from which a paper with method and findings is a full report and not a summary."""
DEVELOPMENT_TERMS = 3
"""Different terms of development cooperation that a paper of that field uses at the least."""
TEXT_ROLES: frozenset[Role] = frozenset({"annex", "aside", "foreign", "contents", "references"})
"""What is no running text of the paper itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading with the units under it, those of its subsections included."""

    heading: Unit
    level: int
    heads: frozenset[Role]
    """What its own words name."""
    parent: Section | None
    first: int
    """Index in ``paper.units`` of its heading."""
    last: int
    """One past the index of its last unit."""

    @property
    def title(self) -> str:
        """The heading's words."""
        return self.heading.text


class Paper:
    """A record and what is asked of it.

    Args:
        record: what was read, with its pages.
        today: the day of the check, for dates that have passed.
        corpus: other papers, for words taken from elsewhere; name and record of each.
    """

    def __init__(self, record: Record, *, today: date, corpus: Sequence[tuple[str, Record]] = ()) -> None:
        self.record = record
        self.today = today
        self.corpus = corpus
        self._sentences: dict[int, list[Sentence]] = {}
        self._parted: dict[str, Mapping[str, Sequence[Unit]]] = {}

    # What it is

    @property
    def language(self) -> str:
        """ISO 639-1 code of the paper's language, "en" where it could not be told."""
        return self.record.document.language or "en"

    @cached_property
    def genre(self) -> Genre:
        """What kind of paper it is."""
        kinds = Counter(s.kind for s in self.statements)
        # Roles count by passages under them: a heading alone makes no section.
        roles = Counter(r for p in self.record.passages for r in p.within)
        if kinds["response"] and not kinds["finding"] and not kinds["conclusion"] and roles["method"] + roles["findings"] < 20:
            return "response"
        if not kinds or not self._calls_itself_evaluation:
            return "response" if kinds["response"] and not kinds["finding"] else "other"
        numbered_for_a_body = bool(self.record.decisions) or len(self.record.paragraphs) >= 20
        if self.words >= REPORT_WORDS and not (numbered_for_a_body and len(self.record.evaluations) > 1):
            return "report"
        return "summary"

    @cached_property
    def _calls_itself_evaluation(self) -> bool:
        words = packs.merged("check", self.language).get("evaluation", {}).get("names", ())
        pattern = re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)
        head = " ".join([self.record.document.title, *(u.text for u in self.units[:40] if u.kind in ("title", "heading", "paragraph"))])
        return bool(pattern.search(head[:4000])) and _at_least(5, (m for u in self.running for m in pattern.finditer(u.text)))

    @cached_property
    def development(self) -> bool:
        """Whether it belongs to development cooperation, by what it speaks of: donors, beneficiaries, OECD-DAC, the SDGs and the like."""
        terms = packs.merged("check", self.language).get("evaluation", {}).get("development", ())
        # Languages share beginnings ("beneficiar", "beneficiari") and write one term with a hyphen or without: each counts once.
        terms = {t.replace("-", " ") for t in terms}
        terms = {t for t in terms if not any(t != o and t.startswith(o) for o in terms)}
        text = " ".join(p.text for p in self.record.pages).lower()[:400_000].replace("-", " ")
        different = times = 0
        for n in map(text.count, terms):
            different, times = different + (n > 0), times + n
            if different >= DEVELOPMENT_TERMS and times >= 2 * DEVELOPMENT_TERMS:
                return True
        return False

    @cached_property
    def words(self) -> int:
        """Words of the running text."""
        return sum(len(u.text.split()) for u in self.running)

    # Text

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Everything with words, in reading order, a table's cells in their rows; footnotes last."""
        return tuple(self._units())

    def _units(self) -> Iterator[Unit]:
        numbers = {(p.places[0].page, p.places[0].start): p.number for p in self.record.paragraphs if p.places}
        number: str | None = None
        for i, p in enumerate(self.record.passages):
            if p.kind in ("heading", "title"):
                number = None
            elif p.places and p.kind in ("paragraph", "item"):
                number = numbers.get((p.places[0].page, p.places[0].start), number)
            yield from _units_of(p, i, number, self._within(p))
        for f in self.record.footnotes:
            yield Unit("footnote", f.text, f.number, f.places, frozenset(), None, -1, f"fn{f.number}")

    def _within(self, p: Passage) -> frozenset[Role]:
        """What the headings above a passage make of it; under "Sources and data collection" stands text and no list of sources."""
        within = frozenset(p.within)
        heads = set(self.record.passages[p.section].heads if p.section is not None else p.heads)
        return within - {"references", "aside"} if {"method", "references"} <= heads and "annex" not in within else within

    @cached_property
    def running(self) -> tuple[Unit, ...]:
        """Paragraphs, items and footnotes of the paper itself: no annex, contents, references, or text about other papers."""
        return tuple(u for u in self.units if u.kind in ("paragraph", "item", "footnote") and not u.within & TEXT_ROLES)

    @cached_property
    def body(self) -> tuple[Unit, ...]:
        """The running text without the summary at the front of a report."""
        return tuple(u for u in self.running if "summary" not in u.within)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every heading with its extent, in reading order."""
        index = {u.index: i for i, u in reversed(list(enumerate(self.units)))}
        heads = [(i, p) for i, p in enumerate(self.record.passages) if p.heads or p.kind in ("heading", "title")]
        made: dict[int, Section] = {}
        ends = self._ends([i for i, _ in heads])
        for i, p in heads:
            if i not in index:
                continue
            last = index.get(ends[i], next((index[j] for j in range(ends[i], len(self.record.passages)) if j in index), self._body_end))
            made[i] = Section(self.units[index[i]], p.level, frozenset(p.heads), made.get(p.section or -1), index[i], last)
        return tuple(made.values())

    @cached_property
    def _body_end(self) -> int:
        """Index of the first footnote among the units."""
        return len(self.units) - len(self.record.footnotes)

    def _ends(self, heads: Sequence[int]) -> dict[int, int]:
        """Index of the passage behind the last one of each heading's section."""
        passages = self.record.passages
        ends = {h: len(passages) for h in heads}
        open_: list[int] = []
        for i, p in enumerate(passages):
            opens = i in ends
            around = p.section
            while open_ and open_[-1] != around and (opens or around not in (None, i)) and not self._inside(open_[-1], around):
                ends[open_.pop()] = i
            if opens:
                open_.append(i)
        return ends

    def _inside(self, head: int, around: int | None) -> bool:
        """Whether the heading ``around`` is ``head`` or stands under it."""
        seen = 0
        while around is not None and seen < 50:
            if around == head:
                return True
            around, seen = self.record.passages[around].section, seen + 1
        return False

    def section(self, *roles: Role, annex: bool = False) -> Section | None:
        """The first section whose heading names one of the roles; one in an annex only when asked."""
        return next((s for s in self.sections if s.heads & set(roles) and (annex or "annex" not in s.heading.within)), None)

    def under(self, section: Section) -> tuple[Unit, ...]:
        """The units of a section, its heading excluded."""
        return self.units[section.first + 1 : section.last]

    def sentences(self, unit: Unit) -> list[Sentence]:
        """The unit's sentences with offsets in its text; split once."""
        found = self._sentences.get(id(unit))
        if found is None:
            found = self._sentences[id(unit)] = sentences(unit.text)
        return found

    def at(self, unit: Unit, start: int = 0, end: int | None = None) -> tuple[Place, ...]:
        """The places of ``unit.text[start:end]``."""
        if start <= 0 and (end is None or end >= len(unit.text)):
            return unit.places
        return part(self.record.pages, unit.text, unit.places, start, len(unit.text) if end is None else end)

    def within(self, statement: Statement, start: int, end: int) -> tuple[Place, ...]:
        """The places of ``statement.text[start:end]``."""
        return part(self.record.pages, statement.text, statement.places, start, end)

    def unit_at(self, place: Place) -> Unit | None:
        """The unit in which a place begins, None in running headers and the like."""
        starts, found = self._starts
        i = bisect_right(starts, (place.page, place.start)) - 1
        return found[i] if i >= 0 else None

    @cached_property
    def _starts(self) -> tuple[list[tuple[int, int]], list[Unit]]:
        pairs = sorted(((p.page, p.start), n) for n, u in enumerate(self.units) for p in u.places)
        return [p for p, _ in pairs], [self.units[n] for _, n in pairs]

    @cached_property
    def index(self) -> Index:
        """Which words stand in which units."""
        return Index([u.text for u in self.units])

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """How often each word stands in the paper, in lower case; words are letters with inner hyphens and apostrophes."""
        return self.index.counts

    def holding(self, terms: Sequence[str], *, running: bool = False) -> Iterator[Unit]:
        """Units that may hold one of the terms whole, in any case, in reading order; the others cannot.

        Args:
            terms: words as the language packs list them: one that ends in ``*`` stands for all that begin with it.
            running: only units of the running text.
        """
        for i in self.index.candidates(terms):
            if not running or i in self._running:
                yield self.units[i]

    def holding_each(self, terms: Sequence[str], *, running: bool = False) -> Iterator[tuple[Unit, Sequence[str]]]:
        """The units of ``holding``, each with the terms that it may hold."""
        for i, held in self.index.terms_by_text(terms).items():
            if not running or i in self._running:
                yield self.units[i], held

    @cached_property
    def _running(self) -> frozenset[int]:
        """Indexes of the units of the running text."""
        own = set(map(id, self.running))
        return frozenset(i for i, u in enumerate(self.units) if id(u) in own)

    @cached_property
    def with_figures(self) -> tuple[Unit, ...]:
        """Units with a figure in them."""
        return tuple(u for u in self.units if _FIGURE.search(u.text))

    @cached_property
    def with_shares(self) -> tuple[Unit, ...]:
        """Units that may give a share in per cent: they have its sign, or a word with the letters of "cent"."""
        return tuple(u for u in self.units if "%" in u.text or "cen" in (low := u.text.lower()) or "cien" in low)

    @cached_property
    def running_with_figures(self) -> tuple[Unit, ...]:
        """Units of the running text with a figure in them."""
        return tuple(u for u in self.running if _FIGURE.search(u.text))

    # Parts of the paper

    def units_of(self, evaluation: str | None, among: Literal["units", "running", "body"] = "units") -> Sequence[Unit]:
        """Units that stand in the part of an evaluation, by its id, in reading order; all of them for None."""
        units: Sequence[Unit] = getattr(self, among)
        if evaluation is None:
            return units
        if among not in self._parted:
            self._parted[among] = _grouped((u.evaluation or "", u) for u in units)
        return self._parted[among].get(evaluation, ())

    def sections_of(self, evaluation: str | None) -> Sequence[Section]:
        """Sections whose heading stands in the part of an evaluation; all of them for None."""
        return self.sections if evaluation is None else self._sections_by_evaluation.get(evaluation, ())

    @cached_property
    def _sections_by_evaluation(self) -> Mapping[str, tuple[Section, ...]]:
        return _grouped((s.heading.evaluation or "", s) for s in self.sections)

    # Statements

    @property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """The evaluations of the paper."""
        return self.record.evaluations

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in order of evaluation and place."""
        return tuple(s for e in self.record.evaluations for s in e.statements)

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """Statements by id."""
        return {s.id: s for s in self.statements}

    @cached_property
    def statement_starts(self) -> Mapping[int, list[int]]:
        """Offsets at which statements begin, in order, by page."""
        pairs = sorted((s.places[0].page, s.places[0].start) for s in self.statements if s.places)
        return {page: list(starts) for page, starts in _grouped(pairs).items()}

    @cached_property
    def evaluation_of(self) -> Mapping[str, Evaluation]:
        """The evaluation of each statement, by the statement's id."""
        return {s.id: e for e in self.record.evaluations for s in e.statements}

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """Whole recommendations; their parts are in ``parts``."""
        return tuple(s for s in self.statements if isinstance(s, Recommendation) and s.parent is None)

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """Answers of management."""
        return tuple(s for s in self.statements if isinstance(s, Response))

    def of_kind(self, kind: str) -> tuple[Statement, ...]:
        """Whole statements of a kind, in order."""
        return tuple(s for s in self.statements if s.kind == kind and s.parent is None)

    @cached_property
    def parts(self) -> Mapping[str, tuple[Statement, ...]]:
        """Parts of a statement by its id."""
        out: dict[str, list[Statement]] = defaultdict(list)
        for s in self.statements:
            if s.parent is not None:
                out[s.parent].append(s)
        return {k: tuple(v) for k, v in out.items()}

    @cached_property
    def links_from(self) -> Mapping[str, tuple[Link, ...]]:
        """Links by the statement that they begin at, of any basis."""
        return _grouped((link.from_, link) for e in self.record.evaluations for link in e.links)

    @cached_property
    def links_to(self) -> Mapping[str, tuple[Link, ...]]:
        """Links by the statement that they lead to, of any basis."""
        return _grouped((link.to, link) for e in self.record.evaluations for link in e.links)

    @cached_property
    def answers_to(self) -> Mapping[str, tuple[Response, ...]]:
        """Responses by the id of the recommendation of this record that they answer."""
        return _grouped((a.id, r) for r in self.responses for a in r.answers if a.record is None)

    def name(self, thing: Statement) -> Said:
        """How a message calls a statement: "Recommendation 3 (Part III)", "The finding in paragraph 7", "… on page 12"."""
        evaluation = self.evaluation_of.get(thing.id)
        # One label stands for one evaluation only where there are several.
        several = evaluation and len(self.record.evaluations) > 1
        where = say(" ({evaluation})", evaluation=evaluation.label or evaluation.title) if evaluation and several else ""
        kind = ONE[thing.kind]
        if thing.number:
            return say("{kind:capital} {number}{where}", kind=kind, number=thing.number, where=where)
        unit = self.unit_at(thing.places[0]) if thing.places and self.record.paragraphs else None
        if unit is not None and unit.number:
            return say("The {kind} in paragraph {number}{where}", kind=kind, number=unit.number, where=where)
        if thing.places and len(self.record.pages) > 1:
            return say("The {kind} on page {page}{where}", kind=kind, page=thing.places[0].page, where=where)
        return say("The {kind} “{words}”{where}", kind=kind, words=_short(thing.text), where=where)

    def pointer(self, thing: Statement) -> str:
        """JSON Pointer of a statement in the record, for repairs."""
        return self._pointers[thing.id]

    @cached_property
    def _pointers(self) -> Mapping[str, str]:
        return {s.id: f"/evaluations/{i}/statements/{j}" for i, e in enumerate(self.record.evaluations) for j, s in enumerate(e.statements)}

    # Words of the language

    def pack(self, topic: str) -> Mapping[str, Any]:
        """A topic of the paper's language pack, English standing in for one that is missing."""
        return packs.pack(self.language, topic) or packs.pack("en", topic)

    def listed(self, topic: str, *keys: str) -> tuple[str, ...]:
        """A list of words from the paper's language pack; empty where it has none."""
        found: Any = self.pack(topic)
        for k in keys:
            found = found.get(k, {})
        return tuple(found) if found else ()

    def words_of(self, topic: str, *keys: str) -> re.Pattern[str] | None:
        """A pattern that finds the words of a list whole, in any case; None where the pack has none.

        A word that ends in ``*`` stands for all that begin with it; a space stands for any white space.
        """
        return _pattern(self.listed(topic, *keys))


_FIGURE = re.compile(r"\d")
_PATTERNS: dict[tuple[str, ...], re.Pattern[str] | None] = {}


def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if words not in _PATTERNS:
        parts = [
            re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]") for w in sorted(words, key=len, reverse=True)
        ]
        _PATTERNS[words] = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None
    return _PATTERNS[words]


def _at_least(count: int, found: Iterator[Any]) -> bool:
    """Whether there are so many; those behind are not looked for."""
    return sum(1 for _ in islice(found, count)) == count


def _units_of(p: Passage, index: int, number: str | None, within: frozenset[Role]) -> Iterator[Unit]:
    if p.kind == "table":
        for c in p.cells:
            if c.text:
                yield Unit("cell", c.text, "", c.places, within, p.evaluation, index, number)
        return
    kind: UnitKind = p.kind
    if p.text:
        yield Unit(kind, p.text, p.marker, p.places, within, p.evaluation, index, number)


T = TypeVar("T")
K = TypeVar("K")


def _grouped(pairs: Iterable[tuple[K, T]]) -> Mapping[K, tuple[T, ...]]:
    out: dict[K, list[T]] = defaultdict(list)
    for key, value in pairs:
        out[key].append(value)
    return {k: tuple(v) for k, v in out.items()}


def _short(text: str, most: int = 60) -> str:
    first = text.partition("\n")[0]
    return first if len(first) <= most else first[: most - 1].rsplit(" ", 1)[0] + " …"
