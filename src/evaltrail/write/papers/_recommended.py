"""Recommendations in print: number, numbered paragraph, and the table of unit, priority, time and resources under it.

One without a label stands in a table of its own with its number and fields.  A part whose words stand in the whole's own
list is printed there; a part with fields of its own, or whose words stand nowhere else, is a row of the table below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Frame, Heading, Paragraph, Run, Table, text
from evaltrail.write.papers._answered import add_answer, answers_in_place, headed_answer
from evaltrail.write.papers._labels import is_bare, is_known
from evaltrail.write.papers._observations import criteria_title
from evaltrail.write.papers._rows import Rows
from evaltrail.write.papers._sheet import labelled
from evaltrail.write.terms import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import Evaluation, Recommendation
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.wording import Wording

FIELDS = ("responsible", "priority", "time", "resources")
_SHARES = {"responsible": 5, "priority": 2, "time": 3, "resources": 3}


def recommendations(sheet: Sheet, e: Evaluation, level: int, *, answered: bool = False) -> None:
    """The section of recommendations; nothing where the evaluation makes none. ``answered`` prints each with its answers."""
    found: list[Recommendation] = [s for s in e.statements if s.kind == "recommendation" and s.parent is None]
    if not found:
        return
    first = sheet.first_number(line for s in found for line in s.text.split("\n"))
    title = sheet.words("headings.matrix_of" if answered else "headings.recommendations")
    sheet.section(title, level, first, found[0].places)
    criteria: tuple[str, ...] = ()
    announced = ""
    deeper = any(r.criteria for r in found)
    for r in found:
        if r.criteria != criteria:
            sheet.heading(
                criteria_title(r.criteria, sheet.words) if r.criteria else sheet.words("headings.other_recommendations"), level + 1
            )
            criteria = r.criteria
            announced = ""
        if _tells(r, sheet.words):
            announced = ""
        elif sheet.numbered and not sheet.record.paragraphs:
            # A decision names recommendations by their paragraphs: those in a table stand in that of the sentence before it.
            announced = announced or _announced(sheet, level + 1 + deeper)
            sheet.stands[e.id, r.id] = announced
        _recommendation(sheet, e, r, level + 1 + deeper, answered=answered)


def _recommendation(sheet: Sheet, e: Evaluation, r: Recommendation, level: int, *, answered: bool) -> None:
    rows = Rows()
    parts = [s for s in e.statements if s.kind == "recommendation" and s.parent == r.id]
    if _tells(r, sheet.words):
        sheet.between(sheet.first_number(r.text.split("\n")), r.places)
        _labelled(sheet, e, r, level)
        fields(sheet, r, rows)
    else:
        _parts(rows, [r], sheet.words)
    _parts(rows, [p for p in parts if not p.label and not _stands_in(p, r, sheet.words)], sheet.words)
    answers = answers_in_place(e, r, answered=answered)
    for a in answers:
        if not a.label or answered:
            add_answer(rows, a, sheet.words, number=None)
    if answered and not any(a.id == r.id for s in e.statements if s.kind == "response" for a in s.answers) and r.parent is None:
        rows.field(sheet.words("columns.response"), sheet.words("marks.none"))
    if rows.rows:
        sheet.blocks += rows.tables("action")
    for a in answers:
        if a.label and not answered:
            headed_answer(sheet, a, level + 1)
    for p in parts:
        if p.label:
            _recommendation(sheet, e, p, level + 1, answered=answered)


def _announced(sheet: Sheet, level: int) -> str:
    """A numbered sentence before a table of recommendations, under a heading that parts it from words before it; its number."""
    if not isinstance(sheet.blocks[-1], Heading | Table):
        sheet.heading(sheet.words("headings.other_recommendations"), level)
    return sheet.say(sheet.words("sentences.recommended"), numbered=True)


def _tells(r: Recommendation, words: Wording) -> bool:
    """Whether the label is one of the field's."""
    return r.label is not None and is_known(r.label, "recommendation", words.language)


def _labelled(sheet: Sheet, e: Evaluation, r: Recommendation, level: int) -> None:
    """Its label as a heading and its words under it; a label without a number stands in front of the words."""
    label = r.label or ""
    if not is_bare(label):
        sheet.blocks.append(Heading(text(label), level=level, anchor=r.id))
        sheet.blocks += sheet.state(r.text, key=(e.id, r.id))
        return
    blocks = sheet.state(r.text, lead=labelled(label, sheet.words), key=(e.id, r.id))
    sheet.blocks += [Frame(tuple(blocks))] if len(blocks) > 1 else blocks


def _stands_in(part: Recommendation, whole: Recommendation, words: Wording) -> bool:
    """Whether a part is printed with its whole: its words stand there, and it has no fields of its own."""
    return part.text.split("\n", maxsplit=1)[0] in whole.text and not printed(part, words)


def printed(r: Recommendation, words_of: Wording) -> Mapping[str, str]:
    """Field -> its words: as the record's paper printed them, else its normal value in the language's words."""
    out: dict[str, str] = {}
    for name in FIELDS:
        words = getattr(r.as_printed, name)
        if words is None and name == "responsible" and r.responsible:
            words = ", ".join(r.responsible)
        elif words is None and name != "responsible":
            value = getattr(r, name)
            words = in_words(name, value, words_of) if value else None
            words = words[:1].upper() + words[1:] if words else None
        if words:
            out[name] = words
    return out


def fields(sheet: Sheet, r: Recommendation, rows: Rows) -> None:
    """The action table's row; a single field is a line of its own, for a table of one cell says little."""
    have = printed(r, sheet.words)
    if len(have) == 1 and not rows.rows:
        (name, words), *_ = have.items()
        mark = sheet.words("marks.colon")
        lead = Run(sheet.words(f"columns.{name}") + mark.rstrip(), bold=True)
        sheet.blocks.append(Paragraph((lead, Run(mark[len(mark.rstrip()) :] + words))))
    elif have:
        shares = [_SHARES[name] for name in have]
        rows.head([sheet.words(f"columns.{name}") for name in have], shares)
        rows.row(list(have.values()), shares)


def _parts(rows: Rows, found: Sequence[Recommendation], words: Wording) -> None:
    """Recommendations as rows: number, words, and the fields that any of them has."""
    if not found:
        return
    have = [name for name in FIELDS if any(name in printed(r, words) for r in found)]
    shares = [1, 17 - 2 * len(have), *(_SHARES[name] for name in have)]
    rows.head([words("columns.number"), words("columns.recommendation"), *(words(f"columns.{name}") for name in have)], shares)
    for r in found:
        own = printed(r, words)
        lead = f"{r.label}{words('marks.colon')}" if r.label else ""
        rows.row([r.number or words("marks.none"), lead + r.text, *(own.get(name, "") for name in have)], shares)
