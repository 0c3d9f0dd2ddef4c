"""Corrected titles, ratings and actions where the paper prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.text.normal import fold, squeeze
from evaltrail.write.papers._draft import reading_of, replaced, unplaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Action, Evaluation, Rating, Reading, Response
    from evaltrail.write.papers._draft import Draft

_FIELDS = ("number", "text", "unit", "due", "status", "deliverables", "resources", "comments")


def rename(draft: Draft) -> None:
    """Put them. Raises ``Unwritable`` where the paper has one at a place that cannot be told."""
    record = draft.record
    for r in record.readings:
        if r.kind == "document":
            _title(draft, r.text or "", record.document.title)
            _title(draft, r.label or "", record.document.symbol or "")
    read = reading_of(record, "evaluation")
    for e in record.evaluations:
        if e.id in read:
            _evaluation(draft, e, read[e.id])
            _ratings(draft, e)
    answers = reading_of(record, "statement")
    for e in record.evaluations:
        for s in e.statements:
            if s.id in answers and s.places:
                if (s.label or "") != (answers[s.id].label or ""):
                    _label(draft, s.label or "", answers[s.id])
                if s.kind == "response":
                    _actions(draft, s, answers[s.id])


def _title(draft: Draft, was: str, now: str) -> None:
    """Headings, titles and lines of the front that are the title; where none is, the front prints it from the record."""
    if was and was != now:
        for i, p in enumerate(draft.passages):
            if p.kind != "table" and fold(p.text) == fold(was):
                draft.passages[i] = p.model_copy(update={"text": now, "bold": (), "italic": ()})
                if not now:
                    draft.gone.add(i)


def _evaluation(draft: Draft, e: Evaluation, read: Reading) -> None:
    if (read.label or "") == (e.label or "") and (read.text or "") == e.title:
        return
    indices = draft.carriers.of(read.places)
    for i in indices:
        # A label is short, so it is looked for at the front of the heading alone.
        if read.label and read.label != e.label and draft.passages[i].text.startswith(read.label):
            rest = draft.passages[i].text[len(read.label) :]
            draft.passages[i] = draft.passages[i].model_copy(update={"text": (e.label or "") + rest})
        if read.text and read.text != e.title:
            draft.exchange(i, squeeze(read.text), e.title)
    if not indices:
        _title(draft, read.text or "", e.title)
    elif squeeze(f"{e.label or ''}{e.title}") not in "".join(draft.said(i) for i in indices):
        raise unplaced(f"the title of {e.label or e.id}", read.places)


def _label(draft: Draft, label: str, read: Reading) -> None:
    """A label that came or went; another one was exchanged with the words, and what was not found must not stay."""
    indices = [i for i in draft.carriers.of(read.places) if i not in draft.gone]
    near = [i for i in indices[:1] for i in (i, i - 1) if i >= 0]
    if label and read.label:
        if not any(squeeze(label) in draft.said(i) for i in near):
            raise unplaced(f"the label {read.label}", read.places)
    elif label:
        if not near or draft.passages[near[0]].kind not in ("paragraph", "item"):
            raise unplaced(f"the label {label}, which was added,", read.places)
        draft.passages[near[0]] = replaced(draft.passages[near[0]], 0, 0, f"{label}: ", bold=len(label) + 1)
    else:
        _without_label(draft, near, read)


def _without_label(draft: Draft, near: Sequence[int], read: Reading) -> None:
    for i in near:
        p = draft.passages[i]
        if squeeze(p.text) == squeeze(read.label or "") and p.kind != "table":
            draft.gone.add(i)
            return
        if read.label and p.text.startswith(read.label):
            rest = p.text[len(read.label) :].lstrip(" .:–—-")
            draft.passages[i] = replaced(p, 0, len(p.text) - len(rest), "")
            return
    raise unplaced(f"the label {read.label}", read.places)


def _ratings(draft: Draft, e: Evaluation) -> None:
    read = [r for r in draft.record.readings if r.kind == "rating" and r.evaluation == e.id]
    at = {_key(r): r for r in read}
    for r in e.ratings:
        was = at.get(_key(r))
        if was is not None and (was.text != r.as_printed or was.value != r.value):
            _rating(draft, r, was)


def _key(r: Rating | Reading) -> tuple[tuple[int, int], ...]:
    return tuple((p.page, p.start) for p in r.places)


def _rating(draft: Draft, r: Rating, was: Reading) -> None:
    """The mark in words and in figures; one that only a picture shows is put into words from the record."""
    pairs = [(was.text or "", r.as_printed)] if was.text != r.as_printed else []
    if was.value is not None and r.value is not None and was.value != r.value:
        pairs.append((f"{was.value:g}", f"{r.value:g}"))
    for i in draft.carriers.of(r.places):
        p = draft.passages[i]
        if p.kind == "table":
            rows = {p.cells[n].row for n in draft.cells_at(i, r.places)}
            for n, c in enumerate(p.cells):
                for old, new in pairs:
                    if c.row in rows and not c.header and fold(c.text) == fold(old):
                        draft.set_cell(i, n, draft.passages[i].cells[n].model_copy(update={"text": new, "bold": ()}))
        else:
            for old, new in pairs[:1]:
                draft.exchange(i, squeeze(old), new)
        if (
            pairs
            and was.text != r.as_printed
            and squeeze(was.text or "") in squeeze(_said_before(draft, i))
            and squeeze(r.as_printed) not in draft.said(i)
        ):
            raise unplaced(f"the rating of {r.criterion_as_printed or r.criterion}", r.places)


def _said_before(draft: Draft, index: int) -> str:
    p = draft.record.passages[index]
    return " ".join((p.text, *(c.text for c in p.cells)))


def _actions(draft: Draft, s: Response, read: Reading) -> None:
    """Values of actions in their rows; an action's place names it, whatever its words are now."""
    now = {tuple((p.page, p.start) for p in a.places): a for a in s.actions if a.places}
    for was in read.actions:
        key = tuple((p.page, p.start) for p in was.places)
        if not was.places:
            if was.model_dump(exclude={"places"}) not in [a.model_dump(exclude={"places"}) for a in s.actions]:
                raise unplaced(f"an action of {s.label or s.id}", s.places)
        elif key not in now:
            _drop(draft, was, s)
        else:
            _action(draft, now[key], was, s)
    if any(not a.places for a in s.actions) and not all(a.places for a in s.actions) and len(s.actions) > len(read.actions):
        raise unplaced(f"an action of {s.label or s.id}, which was added,", s.places)


def _action(draft: Draft, a: Action, was: Action, s: Response) -> None:
    for field in _FIELDS:
        old, new = getattr(was, field) or "", getattr(a, field) or ""
        if old == new:
            continue
        done = False
        for i in draft.carriers.of(was.places):
            cells = draft.passages[i].cells
            rows = {cells[n].row for n in draft.cells_at(i, was.places)}
            for n, c in enumerate(cells):
                if c.row in rows and old and squeeze(old) in squeeze(c.text) and (field == "text" or fold(c.text) == fold(old)):
                    done = draft.exchange_cell(i, n, squeeze(old), new) or done
            if not cells and field == "text":
                done = draft.exchange(i, squeeze(old), new) or done
        if not done:
            raise unplaced(f"an action of {s.label or s.id}", was.places)


def _drop(draft: Draft, was: Action, s: Response) -> None:
    """The row of an action that is no more; one in running text is cut out."""
    for i in draft.carriers.of(was.places):
        table = draft.passages[i]
        if table.kind != "table":
            draft.exchange(i, squeeze(was.text), "")
            continue
        rows = {table.cells[n].row for n in draft.cells_at(i, was.places)}
        if any(table.cells[n].row in rows for n in draft.cells_at(i, s.places)):
            raise unplaced(f"an action of {s.label or s.id}", was.places)
        draft.drop_rows(i, rows)
