"""Outline to record: the order in which the recognisers work."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text
from evaltrail.read.recognise import build, columns, decisions, evaluations, labelled, lists, scattered, tables
from evaltrail.read.recognise.answers import settle
from evaltrail.read.recognise.choose import choose, same, tokens
from evaltrail.read.recognise.completion import complete, number_behind
from evaltrail.read.recognise.fields import row_text, split_row
from evaltrail.read.recognise.parts_of_statements import with_parts
from evaltrail.read.recognise.quantities import quantities
from evaltrail.read.recognise.ratings import ratings
from evaltrail.read.recognise.sections import settings as settings_of
from evaltrail.read.recognise.stated_links import stated_links
from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail.record import DocumentInfo, Evaluation, Footnote, Page, Paragraph, Period, Record
from evaltrail.text.dates import period_of
from evaltrail.text.detect import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Outline, Table
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.evaluations import Part
    from evaltrail.read.recognise.sections import Setting
    from evaltrail.record import Diagnostic

_DECIMAL = re.compile(r"^\(?(\d{1,4})[.)]?$")


def recognise(outline: Outline, *, sha256: str = "") -> Record:
    """The record of an outline."""
    blocks = outline.blocks
    settings = settings_of(blocks, lambda b: _single(labelled.block_label(b)))
    found, whole = _candidates(blocks, settings)
    title = outline.title or next((b.text for b in blocks if b.kind == "title"), "") or next((b.text for b in blocks if b.kind == "heading"), "")
    parts = evaluations.parts_of(blocks, found, title)
    language = language_of(" ".join(b.text for b in blocks[:400])[:20000]) or outline.language
    numbered = numbered_paragraphs(blocks)
    lost: list[Diagnostic] = []
    scene = _Scene(outline, settings, language, numbered, lost)
    made = [_evaluation(scene, p, found, whole) for p in parts]
    texts: list[tuple[str | None, Text | Table]] = []
    number: str | None = None
    for i, b in enumerate(blocks):
        if settings[i].aside or b.kind == "caption":
            continue
        number = _paragraph_number(b) if i in numbered else (None if b.kind in ("heading", "title") else number)
        if b.table is not None:
            texts.append((number, b.table))
        else:
            texts.append((number, b.content))
    texts.extend((f"fn{b.number}", b.content) for b in outline.footnotes)
    marks = _marks(blocks)
    return Record(
        document=DocumentInfo(title=title, symbol=outline.symbol, language=language, sha256=sha256, media_type=outline.media_type),
        pages=tuple(Page(number=p.number, width=p.width, height=p.height, text=p.text) for p in outline.pages),
        evaluations=tuple(made),
        decisions=tuple(decisions.decisions(blocks, settings)),
        paragraphs=tuple(_paragraph(blocks, i, numbered) for i in sorted(numbered)),
        footnotes=tuple(Footnote(number=b.number or "", text=b.text, places=b.content.places(), marks=marks.get(b.number or "", ())) for b in outline.footnotes),
        quantities=tuple(quantities(texts, language)),
        diagnostics=(*outline.diagnostics, *lost),
    )


def _single(label: object) -> bool:
    """Whether a heading's label is that of one statement and not of a section."""
    return label is not None and (getattr(label, "number", None) is not None)


def _candidates(blocks: Sequence[Block], settings: Sequence[Setting]) -> tuple[list[Candidate], list[Candidate]]:
    """(statements, answers to the evaluation as a whole), in reading order."""
    taken: set[int] = set()
    found = labelled.labelled(blocks, settings, taken)
    _tables(blocks, settings, found, taken)
    found.sort(key=lambda c: c.order)
    used = {i for c in found for i in range(int(c.order), c.last + 1)} | taken
    running = numbered_paragraphs(blocks)
    found += lists.listed_statements(blocks, settings, used, found, running)
    found += scattered.scattered_statements(blocks, settings, taken, found, running)
    found.sort(key=lambda c: c.order)
    current: Candidate | None = None
    for c in found:
        if c.kind == "recommendation":
            current = c
        elif c.kind == "response" and c.target is None and not c.answers and current is not None:
            c.target = current
    _lost_tables(blocks, found)
    for c in found:
        number_behind(c)
    found, whole = settle(found, blocks, settings)
    complete(found, blocks, settings)
    return without_quotations(choose(found)), [c for c in whole if not c.setting.summary]


def without_quotations(found: list[Candidate]) -> list[Candidate]:
    """Responses without the recommendation that they quote before they answer; one that only quotes is none."""
    texts = {c.number: tokens(c.text.text) for c in found if c.kind == "recommendation" and c.number}
    out: list[Candidate] = []
    for c in found:
        if c.kind == "response" and c.basis in ("label", "heading"):
            quoted = [texts[n] for n in c.answers if n in texts] + ([tokens(c.target.text.text)] if c.target is not None else [])
            first, _, rest = c.text.text.partition("\n")
            if len(first.split()) >= 8 and verdict_of(first) == "unclear" and any(same(tokens(first), q) for q in quoted):
                if not rest.strip():
                    continue
                c.text = c.text.cut(len(first))
        out.append(c)
    return out


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


def _lost_tables(blocks: Sequence[Block], found: Sequence[Candidate]) -> None:
    """Action tables whose columns are lost (plain text): a line of headings, then the row in a few lines."""
    for i, b in enumerate(blocks):
        if b.kind == "table" or len(b.text) > 120 or not re.search(r"(?i)\b(?:responsible|priority|responsable|priorit|priorid|prioridade)", b.text):
            continue
        names = columns.columns_of([p for p in re.split(r"\s{2,}|\|", b.text)])
        known = {m for w in re.findall(r"[A-Za-zÀ-ÿ]+(?: [a-zà-ÿ]+)?", b.text) for m in columns.meanings_of(w)}
        if len(names) < 3 and not {"unit", "priority"} <= known:
            continue
        before = next((c for c in reversed(found) if c.kind == "recommendation" and c.order < i), None)
        if before is None:
            continue
        row: list[Text] = []
        for other in blocks[i + 1 : i + 6]:
            if other.kind == "table" or other.marker.text or labelled.block_label(other) is not None:
                break
            row.append(other.content)
            whole = row_text(row)
            spans = split_row(whole.text)
            if spans is not None:
                for name, (start, end) in spans.items():
                    before.fields.setdefault(name, whole.cut(start, end))
                # "Within existing / resources" may go on in the next line.
                if len(row) < 5 and row[-1].text[-1:].isalpha():
                    continue
                break


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
    paragraphs = {n: i for i in sorted(scene.numbered) if part.start <= i < part.end and (n := _paragraph_number(outline.blocks[i]))}
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
        id=part.id, label=part.label, title=part.title,
        period=Period.model_validate({"from": span[0], "to": span[1]}) if span else Period(),
        statements=tuple(made), links=tuple(links), ratings=tuple(ratings(outline, settings, part.start, part.end)),
        overall_responses=tuple(build.overall(c) for c in whole if part.start <= c.order < part.end),
    )


def numbered_paragraphs(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of blocks that are numbered paragraphs of the paper: the longest run of markers that counts up through it."""
    marked: list[tuple[int, int]] = []
    for i, b in enumerate(blocks):
        n = _paragraph_number(b)
        if n is not None and b.kind in ("paragraph", "item") and n.isdigit():
            marked.append((i, int(n)))
    # A paper's own numbering counts by one; a list inside it starts again at 1 and is passed over.
    runs: list[list[tuple[int, int]]] = []
    for i, n in marked:
        fitting = [r for r in runs if r[-1][1] < n <= r[-1][1] + (1 if len(r) < 6 else 3)]
        if fitting:
            max(fitting, key=len).append((i, n))
        elif n <= 2 or not runs:
            runs.append([(i, n)])
    best = max(runs, key=len, default=[])
    if len(best) < 8:
        return frozenset()
    # It runs through the paper and numbers its text; a list, however long, stands in one place.
    first, last = best[0][0], best[-1][0]
    text = sum(b.kind == "paragraph" and len(b.text.split()) >= 12 for b in blocks[first : last + 1])
    return frozenset(i for i, _ in best) if last - first >= 0.4 * len(blocks) and len(best) >= 0.25 * text else frozenset()


def _paragraph_number(b: Block) -> str | None:
    m = _DECIMAL.match(b.marker.text.strip())
    return m.group(1) if m else None


def _paragraph(blocks: Sequence[Block], i: int, _numbered: frozenset[int]) -> Paragraph:
    return Paragraph(number=_paragraph_number(blocks[i]) or "", text=blocks[i].text, places=blocks[i].content.places())


def _marks(blocks: Sequence[Block]) -> dict[str, tuple[object, ...]]:
    """Places of the words that carry each footnote mark."""
    out: dict[str, list[object]] = {}
    for b in blocks:
        for at, number in b.marks:
            start = max(b.text.rfind(" ", 0, max(at - 1, 0)), 0)
            out.setdefault(number, []).extend(b.content.cut(start, at).places())
    return {k: tuple(v) for k, v in out.items()}
