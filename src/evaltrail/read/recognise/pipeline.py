"""Outline to record: the order in which the recognisers work."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.recognise import build, decisions, evaluations, labelled, lists, scattered, tables
from evaltrail.read.recognise.answers import settle
from evaltrail.read.recognise.choose import choose
from evaltrail.read.recognise.completion import complete, number_behind
from evaltrail.read.recognise.dates_of_paper import date_of_paper
from evaltrail.read.recognise.joint import name_by_section
from evaltrail.read.recognise.lost_tables import complete_from_lost_tables
from evaltrail.read.recognise.paragraphs import footnote_marks, numbered_paragraphs, paragraph, paragraph_number
from evaltrail.read.recognise.parts_of_statements import with_parts
from evaltrail.read.recognise.passages import passages
from evaltrail.read.recognise.quantities import quantities
from evaltrail.read.recognise.quotations import without_quotations
from evaltrail.read.recognise.ratings import ratings
from evaltrail.read.recognise.readings import readings
from evaltrail.read.recognise.sections import settings as settings_of
from evaltrail.read.recognise.stated_links import stated_links
from evaltrail.record import DocumentInfo, Evaluation, Footnote, Page, Period, Record
from evaltrail.text.dates import period_of
from evaltrail.text.detect import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Outline, Table, Text
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.evaluations import Part
    from evaltrail.read.recognise.sections import Setting
    from evaltrail.record import Diagnostic


def recognise(outline: Outline, *, sha256: str = "") -> Record:
    """The record of an outline."""
    blocks = outline.blocks
    settings = settings_of(blocks, _heads_one)
    language = language_of(" ".join(b.text for b in blocks[:400])[:20000]) or outline.language
    numbered = numbered_paragraphs(blocks)
    found, whole = _candidates(blocks, settings, numbered, language)
    title = outline.title or next((b.text for kind in ("title", "heading") for b in blocks if b.kind == kind), "")
    scene = _Scene(outline, settings, language, numbered, [])
    parts = evaluations.parts_of(blocks, found, title)
    made = [_evaluation(scene, p, found, whole) for p in parts]
    marks = footnote_marks(blocks)
    decided = tuple(decisions.decisions(blocks, settings))
    document = DocumentInfo(
        title=title,
        symbol=outline.symbol,
        language=language,
        date=date_of_paper(outline, settings, language),
        sha256=sha256,
        media_type=outline.media_type,
    )
    return Record(
        document=document,
        pages=tuple(Page(number=p.number, width=p.width, height=p.height, text=p.text) for p in outline.pages),
        evaluations=tuple(made),
        decisions=decided,
        paragraphs=tuple(paragraph(blocks[i]) for i in sorted(numbered)),
        footnotes=tuple(
            Footnote(number=b.number or "", text=b.text, places=b.content.places(), marks=marks.get(b.number or "", ()))
            for b in outline.footnotes
        ),
        quantities=tuple(quantities(_counted_texts(scene), language)),
        passages=tuple(passages(blocks, settings, parts)),
        readings=tuple(readings(document, made, decided, parts, blocks)),
        diagnostics=(*outline.diagnostics, *scene.lost),
    )


def _counted_texts(scene: _Scene) -> list[tuple[str | None, Text | Table]]:
    """What the ledger of quantities is read from, each with the number of its paragraph ("fn4" for a footnote)."""
    texts: list[tuple[str | None, Text | Table]] = []
    number: str | None = None
    for i, b in enumerate(scene.outline.blocks):
        if scene.settings[i].aside or b.kind == "caption":
            continue
        if i in scene.numbered:
            number = paragraph_number(b)
        elif b.kind in ("heading", "title"):
            number = None
        texts.append((number, b.table if b.table is not None else b.content))
    texts.extend((f"fn{b.number}", b.content) for b in scene.outline.footnotes)
    return texts


def _heads_one(block: Block) -> bool:
    """Whether a heading's label is that of one statement and not of a section."""
    label = labelled.block_label(block)
    return label is not None and label.number is not None


def _candidates(
    blocks: Sequence[Block], settings: Sequence[Setting], running: frozenset[int], language: str | None
) -> tuple[list[Candidate], list[Candidate]]:
    """(statements, answers to the evaluation as a whole), in reading order; ``running`` are the paper's numbered paragraphs."""
    taken: set[int] = set()
    found = labelled.labelled(blocks, settings, taken)
    _tables(blocks, settings, found, taken)
    found.sort(key=lambda c: c.order)
    used = {i for c in found for i in range(int(c.order), c.last + 1)} | taken
    found += lists.listed_statements(lists.Paper(blocks, settings, running, language), used, found)
    found += scattered.scattered_statements(blocks, settings, taken, found, running)
    found.sort(key=lambda c: c.order)
    current: Candidate | None = None
    for c in found:
        if c.kind == "recommendation":
            current = c
        elif c.kind == "response" and c.target is None and not c.answers and c.prompt is None and current is not None:
            c.target = current
    complete_from_lost_tables(blocks, found)
    for c in found:
        number_behind(c)
    found, whole = settle(found, blocks, settings)
    complete(found, blocks, settings)
    starts = [head[0] for head in evaluations.part_heads(blocks)]
    for c in found:
        c.part = bisect_right(starts, c.order)
    chosen = without_quotations(choose(found))
    name_by_section(chosen)
    return chosen, [c for c in whole if not c.setting.summary]


def _tables(blocks: Sequence[Block], settings: Sequence[Setting], found: list[Candidate], taken: set[int]) -> None:
    """Statements in tables; an action table behind a recommendation or an answer completes it."""
    more, used = tables.read_tables(blocks, settings, found)
    many = Counter((c.kind, c.group) for c in more)
    for c in more:
        # Lessons come in short lists; a long table under such a heading is something else.
        if many[c.kind, c.group] <= lists.BOUNDED.get(c.kind, 500):
            found.append(c)
        else:
            used.discard(int(c.order))
    taken |= used


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every evaluation of a document is read with."""

    outline: Outline
    settings: Sequence[Setting]
    language: str | None
    numbered: frozenset[int]
    """Indices of the paper's numbered paragraphs."""
    lost: list[Diagnostic]
    """References that lead nowhere, as they are found."""


def _evaluation(scene: _Scene, part: Part, found: Sequence[Candidate], whole: Sequence[Candidate]) -> Evaluation:
    outline, settings = scene.outline, scene.settings
    own = with_parts([c for c in found if part.start <= c.order < part.end], outline.blocks, scene.language)
    made, links = build.statements(part.id, own)
    ids = {id(c): s.id for c, s in zip(own, made, strict=True)}
    paragraphs = {n: i for i in sorted(scene.numbered) if part.start <= i < part.end and (n := paragraph_number(outline.blocks[i]))}
    stated, lost = stated_links(own, ids, outline.blocks, settings, (part.start, part.end), paragraphs)
    links += stated
    scene.lost.extend(lost)
    text = "\n".join(b.text for b in outline.blocks[part.start : part.end] if b.kind in ("paragraph", "item"))
    title = part.title
    if part.end - part.start == len(outline.blocks):
        # A title page parts a long title into lines of several sizes.
        title = "\n".join([title, *(b.text for b in outline.blocks[:15] if b.kind in ("title", "heading") and b.page == 1)])
    span = period_of(title, text[:60000], scene.language)
    return Evaluation(
        id=part.id,
        label=part.label,
        title=part.title,
        period=Period.model_validate({"from": span[0], "to": span[1]}) if span else Period(),
        statements=tuple(made),
        links=tuple(links),
        ratings=tuple(ratings(outline, settings, part.start, part.end)),
        overall_responses=tuple(build.overall(c) for c in whole if part.start <= c.order < part.end),
    )
