"""Responses in print: the answer to the whole, then the answers to the recommendations, each with its position and actions.

Three forms, by what the record knows of an answer:

- its label names the recommendation ("Recommendation 3"): a heading under that of the responses, numbered paragraphs,
  and a table with the position and the actions;
- its label is that of any answer ("Management response"): behind its recommendation, in the same form;
- it has no label: a row of a table, with the number of the recommendation; one whose words are a numbered paragraph of
  the paper stands under the recommendation's label, since a row has no paragraph number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Heading, text
from evaltrail.write.papers._labels import is_bare
from evaltrail.write.papers._rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import Action, Evaluation, OverallResponse, Recommendation, Response
    from evaltrail.write.papers._sheet import Sheet
    from evaltrail.write.wording import Wording

_ACTION = ("unit", "due", "status", "deliverables", "resources", "comments")
_COLUMN = {"resources": "means"}
_SHARES = {"text": 5, "unit": 4, "due": 3, "status": 3, "deliverables": 4, "resources": 4, "comments": 4}


def overall_responses(sheet: Sheet, e: Evaluation, level: int) -> None:
    """The answers to the whole in a section of their own; nothing where there are none."""
    if not e.overall_responses:
        return
    lines = [line for o in e.overall_responses for line in o.text.split("\n")]
    sheet.section(sheet.words("headings.response"), level, sheet.first_number(lines), e.overall_responses[0].places)
    for o in e.overall_responses:
        sheet.heading(sheet.words("headings.overall_response"), level + 1)
        sheet.blocks += sheet.state(o.text)


def responses(sheet: Sheet, e: Evaluation, level: int, *, answered: bool = False) -> None:
    """The section of responses; nothing where the evaluation has none.

    ``answered``: those to the whole are printed already, and those to a recommendation stand with it.
    """
    found = [s for s in e.statements if s.kind == "response" and not _in_place(e, s, answered=answered)]
    named = "headings.response" in sheet.words.own
    if not answered and (named or len(e.overall_responses) != 1 or len(found) < 2):
        overall_responses(sheet, e, level)
        if found and not e.overall_responses:
            _open(sheet, level, found)
    elif found or not answered:
        # Over several answers the usual heading of the section says that what stands right under it answers the whole.
        whole = [] if answered else list(e.overall_responses)
        _open(sheet, level, [*whole, *found])
        for o in whole:
            sheet.blocks += sheet.state(o.text)
    asked = _asked(e)
    labels = {s.id: _label(sheet, s, asked) for s in found}
    for s in found:
        if labels[s.id]:
            sheet.between(sheet.first_number(s.text.split("\n")), s.places)
            headed_answer(sheet, s, level + 1, labels[s.id])
    rows = Rows()
    for s in found:
        if not labels[s.id]:
            add_answer(rows, s, sheet.words, number=_number(s, asked))
    if rows.rows:
        sheet.blocks += rows.tables()


def _open(sheet: Sheet, level: int, every: Sequence[OverallResponse | Response]) -> None:
    lines = [line for s in every for line in s.text.split("\n")]
    sheet.section(sheet.words("headings.response"), level, sheet.first_number(lines), every[0].places)


def _label(sheet: Sheet, s: Response, asked: Mapping[str, Recommendation]) -> str | None:
    """The answer's label; of a numbered paragraph without one that of the recommendation that it answers."""
    if s.label or sheet.first_number(s.text.split("\n")) is None or len(s.answers) != 1:
        return s.label
    answered = asked.get(s.answers[0].id)
    return answered.label if answered is not None else None


def headed_answer(sheet: Sheet, s: Response, level: int, label: str | None = None) -> None:
    """An answer under its label: paragraphs, then the table of its position and actions."""
    sheet.blocks.append(Heading(text(label or s.label or ""), level=level, listed=False))
    sheet.blocks += sheet.state(s.text)
    rows = Rows()
    add_position_and_actions(rows, s, sheet.words)
    if rows.rows:
        sheet.blocks += rows.tables("action")


def answers_in_place(e: Evaluation, r: Recommendation, *, answered: bool) -> Sequence[Response]:
    """The answers that are printed with their recommendation, and not in the section of responses."""
    return [s for s in e.statements if s.kind == "response" and _in_place(e, s, answered=answered) and s.answers[0].id == r.id]


def _in_place(e: Evaluation, s: Response, *, answered: bool) -> bool:
    """Whether an answer stands with its recommendation: where the paper wants it so, or neither label nor number tells which."""
    asked = [r for a in s.answers if (r := _asked(e).get(a.id)) is not None]
    if len(asked) != 1 or len(s.answers) != 1:
        return False
    if answered:
        return True
    return is_bare(s.label) if s.label else not asked[0].number


def _asked(e: Evaluation) -> Mapping[str, Recommendation]:
    return {s.id: s for s in e.statements if s.kind == "recommendation"}


def _number(s: Response, asked: Mapping[str, Recommendation]) -> str | None:
    numbers = [n for a in s.answers if a.id in asked and (n := asked[a.id].number)]
    return ", ".join(numbers) or None


def add_answer(rows: Rows, s: Response, words: Wording, *, number: str | None) -> None:
    """An answer without a label: what it answers, its words and position, then its actions."""
    heads = [words("columns.response"), words("columns.verdict")]
    cells, shares = [s.text, position(s, words)], [9, 3]
    if s.prompt is not None:
        heads, cells, shares = [words("columns.prompt"), *heads], [s.prompt, *cells], [6, *shares]
    elif number is not None:
        heads, cells, shares = [words("columns.recommendation_number"), *heads], [number, *cells], [2, *shares]
    rows.head(heads, shares)
    rows.row(cells, shares)
    add_actions(rows, s.actions, words)


def position(s: Response, words: Wording) -> str:
    """The verdict in words; a dash where there is none."""
    return words(f"verdicts.{s.verdict}") if s.verdict not in (None, "unclear") else words("marks.none")


def add_position_and_actions(rows: Rows, s: Response, words: Wording) -> None:
    """Position and actions of an answer whose words stand in paragraphs."""
    if s.verdict not in (None, "unclear"):
        rows.field(words("columns.verdict"), position(s, words))
    add_actions(rows, s.actions, words)


def add_actions(rows: Rows, actions: Sequence[Action], words: Wording) -> None:
    """Actions as rows: number and words, then what any of them has of unit, date, status, deliverables, resources and comments."""
    if not actions:
        return
    have = [name for name in _ACTION if any(getattr(a, name) for a in actions)] or ["unit"]
    shares = [_SHARES["text"], *(_SHARES[name] for name in have)]
    rows.head([words("columns.action"), *(words(f"columns.{_COLUMN.get(name, name)}") for name in have)], shares)
    for a in actions:
        rows.row([numbered(a), *(getattr(a, name) or words("marks.none") for name in have)], shares)


def numbered(a: Action) -> str:
    """An action's words behind its number."""
    return a.text if not a.number else f"{a.number} {a.text}" if "." in a.number else f"{a.number}. {a.text}"
