"""Findings, conclusions, lessons and good practices in print.

A labelled statement stands behind its label in bold, a finding in a drawn box.  What has no label of its own stands as a
numbered paragraph of the paper where there are enough of them, and in a table with its number elsewhere.  Statements
stand in the record's order under headings of their criteria.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from evaltrail.write.model import Cell, Frame, Item, Table, text
from evaltrail.write.papers._labels import is_known
from evaltrail.write.papers._sheet import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import AnyStatement, Evaluation
    from evaltrail.write.model import Block
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.wording import Wording

SECTIONS = {"finding": "findings", "conclusion": "conclusions", "lesson": "lessons", "good_practice": "good_practices"}
_FEWEST_RUNNING = 10
"""Numbered paragraphs that show a reader that the paper numbers its text."""
_FEWEST = 2
"""One statement shows no way of setting."""
_FEWEST_WORDS = 4
_FEWEST_WORDS_TOLD = 8
_MOST_LESSONS = 16


def observations(sheet: Sheet, e: Evaluation, kind: str, level: int, *, empty: bool = False) -> None:
    """The section of one kind; nothing where the evaluation has none, unless ``empty`` asks for its place to be kept."""
    found = [s for s in e.statements if s.kind == kind and s.parent is None]
    if not found:
        if empty:
            sheet.heading(sheet.words(f"headings.{SECTIONS[kind]}"), level)
            to_be_written(sheet, SECTIONS[kind])
        return
    first = sheet.first_number(line for s in found for line in s.text.split("\n"))
    sheet.section(sheet.words(f"headings.{SECTIONS[kind]}"), level, first, found[0].places)
    way = _way(sheet, found)
    before = False
    for criteria, group in groupby(found, key=lambda s: s.criteria):
        same = list(group)
        if criteria or before:
            sheet.between(sheet.first_number(same[0].text.split("\n")), same[0].places)
            title = criteria_title(criteria, sheet.words) if criteria else sheet.words(f"headings.other_{SECTIONS[kind]}")
            sheet.heading(title, level + 1)
        before = before or bool(criteria)
        _group(sheet, kind, same, way)


def to_be_written(sheet: Sheet, section: str) -> None:
    """The sentence that keeps the place of an empty section: marked, so that it reads as no statement."""
    words = f"[{sheet.words('empty.mark')}{sheet.words('marks.colon')}{sheet.words(f'empty.{section}')}]"
    sheet.say(text(words, italic=True))


def criteria_title(criteria: Sequence[str], words: Wording) -> str:
    """Criteria as a heading: "Impact and sustainability"."""
    names = [words(f"criteria.{c}") if words.has(f"criteria.{c}") else c for c in criteria]
    return words.listed([n if i == 0 else n[:1].lower() + n[1:] for i, n in enumerate(names)])


def _group(sheet: Sheet, kind: str, found: Sequence[AnyStatement], unlabelled: str) -> None:
    """Statements of one kind under one heading; ``unlabelled`` says how those without a label are set."""
    for way, group in groupby(found, key=lambda s: "label" if _tells(s, sheet.words) else unlabelled):
        same = list(group)
        if way == "label":
            _labelled(sheet, kind, same)
        elif way == "row":
            sheet.blocks.append(_table(kind, same, sheet.words))
        elif way == "bullet":
            sheet.blocks += [Item(text(s.text)) for s in same]
        else:
            for s in same:
                sheet.between(sheet.first_number([s.text]), s.places)
                sheet.blocks += sheet.state(s.text)


def _way(sheet: Sheet, found: Sequence[AnyStatement]) -> str:
    """How statements without labels are set: as paragraphs of the paper, as bullets, or as rows of a table.

    A reader takes paragraphs and bullets for statements where the whole section is made of them; a table says it of any.
    """
    kind = found[0].kind
    least = 1 if sheet.record.paragraphs and kind in ("lesson", "good_practice") else _FEWEST
    if len(found) < least or any(s.label or s.number or "\n" in s.text or len(s.text.split()) < _FEWEST_WORDS for s in found):
        return "row"
    if kind != "finding" and _runs(sheet, found):
        return "paragraph"
    if kind in ("lesson", "good_practice"):
        return "bullet" if _FEWEST <= len(found) <= _MOST_LESSONS else "row"
    said = all(len(s.text.split()) >= _FEWEST_WORDS_TOLD and s.text.rstrip().endswith((".", "!", "?", ".”", ".’")) for s in found)
    return "bullet" if said and not any(s.criteria for s in found) else "row"


def _runs(sheet: Sheet, found: Sequence[AnyStatement]) -> bool:
    """Whether the paper numbers enough paragraphs for these to be some of them."""
    if not sheet.numbered:
        return False
    if sheet.record.paragraphs:
        return all(sheet.first_number([s.text]) is not None for s in found)
    every = [s for e in sheet.record.evaluations for s in e.statements if s.parent is None]
    return sum(s.kind in ("recommendation", "response") and bool(s.label) for s in every) + len(found) >= _FEWEST_RUNNING


def _tells(s: AnyStatement, words: Wording) -> bool:
    """Whether the label is one of the field's, and carries the statement's number."""
    label = s.label or ""
    return is_known(label, s.kind, words.language) and (s.number is None or label.rstrip(" .:").endswith(s.number))


def _labelled(sheet: Sheet, kind: str, found: Sequence[AnyStatement]) -> None:
    """Behind labels: findings that are a paragraph each share a box, what has more paragraphs gets one of its own."""
    shared: list[Block] = []
    for s in found:
        at = len(sheet.blocks)
        sheet.between(sheet.first_number(s.text.split("\n")), s.places)
        blocks = sheet.state(s.text, lead=labelled(s.label or "", sheet.words), numbered=kind != "finding")
        if shared and (len(blocks) > 1 or len(sheet.blocks) > at):
            sheet.blocks.insert(at, Frame(tuple(shared), "finding"))
            shared = []
        if kind == "finding" and len(blocks) == 1:
            shared += blocks
        else:
            sheet.blocks += [Frame(tuple(blocks), "finding" if kind == "finding" else "plain")] if len(blocks) > 1 else blocks
    if shared:
        sheet.blocks.append(Frame(tuple(shared), "finding"))


def _table(kind: str, found: Sequence[AnyStatement], words: Wording) -> Table:
    """A table of number and words, for statements that no label tells."""
    cells = [
        Cell(0, 0, (text(words("columns.number"), bold=True),), header=True),
        Cell(0, 1, (text(words(f"columns.{kind}"), bold=True),), header=True),
    ]
    for n, s in enumerate(found, 1):
        lead = f"{s.label}{words('marks.colon')}" if s.label else ""
        lines = (lead + s.text).split("\n")
        cells += [Cell(n, 0, (text(s.number or words("marks.none")),)), Cell(n, 1, tuple(text(line) for line in lines))]
    return Table(len(found) + 1, 2, tuple(cells), header_rows=1, widths=(0.1, 0.9))
