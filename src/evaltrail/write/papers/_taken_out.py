"""What was taken out of a record is taken out of its paper: words, labels, rows, and the parts of evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.text.normal import squeeze
from evaltrail.write.papers._corrections import is_action_table
from evaltrail.write.papers._draft import AGAIN
from evaltrail.write.papers._labels import known_at
from evaltrail.write.papers._tables_told import heads_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.record import Passage, Place, Reading
    from evaltrail.write.papers._draft import Draft

KINDS = ("finding", "conclusion", "lesson", "good_practice", "recommendation", "response")


def take_out(draft: Draft) -> None:
    """Take them out; what else stands in the same paragraph or row stays."""
    gone = list(_gone(draft))
    for r in gone:
        if r.kind == "evaluation":
            for i in draft.carriers.of(r.places)[:1]:
                draft.gone.update((i, *draft.under(i)))
    for r in gone:
        if r.kind != "evaluation":
            _one(draft, r)
    if gone:
        _empty_sections(draft)


def _gone(draft: Draft) -> Iterator[Reading]:
    """Readings of which the record holds nothing any more."""
    record = draft.record
    evaluations = {e.id for e in record.evaluations}
    statements = {s.id for e in record.evaluations for s in e.statements}
    places = {_key(o.places) for e in record.evaluations for o in e.overall_responses}
    places |= {_key(r.places) for e in record.evaluations for r in e.ratings}
    places |= {_key(d.places) for d in record.decisions}
    for r in record.readings:
        if not r.places:
            continue
        known = evaluations if r.kind == "evaluation" else statements
        if r.id not in known if r.kind in ("evaluation", "statement") else _key(r.places) not in places:
            yield r


def _key(places: Iterable[Place]) -> tuple[tuple[int, int], ...]:
    return tuple((p.page, p.start) for p in places)


def _one(draft: Draft, r: Reading) -> None:
    """One thing: the heading that labels it with all under it, else its words with their label and the action table behind them."""
    indices = [i for i in draft.carriers.of(r.places) if i not in draft.gone]
    words = squeeze(draft.words_at(r.places))
    if not indices or any(words and words in squeeze(x) for x in _kept_words(draft, indices)):
        # A part that its whole still says.
        return
    if r.kind == "statement" and (head := _own_heading(draft, indices[0])) is not None:
        draft.gone.update((head, *draft.under(head)))
    else:
        for i in indices:
            if draft.passages[i].kind == "table":
                _rows(draft, i, r)
            else:
                _cut(draft, i, r)
        for a in r.actions:
            for i in draft.carriers.of(a.places):
                if i not in draft.gone and draft.passages[i].kind == "table":
                    draft.drop_rows(i, {draft.passages[i].cells[n].row for n in draft.cells_at(i, a.places)})
        _label_above(draft, indices[0])
        _table_behind(draft, indices[-1])
    if len(words) >= AGAIN:
        for j in range(len(draft.passages)):
            if j not in draft.gone and draft.holds(j, words) and not any(words in squeeze(x) for x in _kept_words(draft, [j])):
                draft.exchange(j, draft.words_at(r.places), "")
                _drop_if_bare(draft, j)


def _kept_words(draft: Draft, indices: Sequence[int]) -> Iterator[str]:
    """Words of the statements that the record still has in these passages."""
    for e in draft.record.evaluations:
        for s in e.statements:
            if s.places and set(indices) & set(draft.carriers.of(s.places)):
                yield s.text


def _own_heading(draft: Draft, first: int) -> int | None:
    """The heading right above that is a label, or that is the statement itself, under which no other statement stands."""
    for i in (first, first - 1):
        if i >= 0 and draft.passages[i].kind == "heading" and (i == first or _is_label(draft.passages[i])):
            inside = {i, *draft.under(i)}
            if not any(inside & set(draft.carriers.of(x.places)) for x in _kept(draft)):
                return i
    return None


def _kept(draft: Draft) -> Iterator[Reading]:
    """Readings of what the record still has."""
    gone = [id(r) for r in _gone(draft)]
    yield from (r for r in draft.record.readings if r.kind not in ("document", "evaluation") and id(r) not in gone)


def _is_label(p: Passage) -> bool:
    return any((end := known_at(p.text, kind)) is not None and not squeeze(p.text[end:]) for kind in KINDS)


def _cut(draft: Draft, index: int, r: Reading) -> None:
    """The words out of their passage, and what goes on under the same number where nothing else does."""
    draft.exchange(index, draft.words_in(draft.record.passages[index].places, r.places), "", own=True)
    _drop_if_bare(draft, index)


def _drop_if_bare(draft: Draft, index: int) -> None:
    """A passage of which nothing or a label alone is left goes."""
    p = draft.passages[index]
    if p.kind != "table" and (not squeeze(p.text) or (_is_label(p) and p.text != draft.record.passages[index].text)):
        draft.gone.add(index)


def _label_above(draft: Draft, first: int) -> None:
    """A label alone in the line above, when all it labelled is gone."""
    if first in draft.gone and first > 0 and draft.passages[first - 1].kind != "heading" and _is_label(draft.passages[first - 1]):
        draft.gone.add(first - 1)


def _table_behind(draft: Draft, last: int) -> None:
    """The action table behind a recommendation, whole or as the lines that are left of it."""
    i = last + 1
    if i >= len(draft.passages) or last not in draft.gone:
        return
    held = any(i in draft.carriers.of(x.places) for x in _kept(draft))
    if draft.passages[i].kind == "table" and is_action_table(draft.passages[i]) and not held:
        draft.gone.add(i)
    elif heads_of(draft.passages[i].text):
        held_at = {j for x in _kept(draft) for j in draft.carriers.of(x.places)}
        while (
            i < len(draft.passages)
            and draft.passages[i].kind in ("heading", "paragraph")
            and not draft.passages[i].marker
            and i not in held_at
        ):
            draft.gone.add(i)
            i += 1


def _rows(draft: Draft, index: int, r: Reading) -> None:
    """The rows of a table that are about nothing else; else the words out of their cells."""
    table = draft.passages[index]
    own = draft.cells_at(index, r.places)
    taken = {table.cells[n].row for x in _kept(draft) for n in draft.cells_at(index, x.places)}
    starts = sorted(
        {table.cells[n].row for x in draft.record.readings if x.kind in ("statement", "rating") for n in draft.cells_at(index, x.places)}
    )
    first = min((table.cells[n].row for n in own), default=0)
    end = min((s for s in starts if s > first), default=max((c.row + c.row_span for c in table.cells), default=0))
    rows = set(range(first, end)) if r.kind == "statement" and table.header_rows == 0 else {table.cells[n].row for n in own}
    if rows & taken:
        for n in own:
            cell = table.cells[n]
            words = draft.words_in(cell.places, r.places)
            draft.exchange_cell(index, n, words, "")
        return
    draft.drop_rows(index, rows)


def _empty_sections(draft: Draft) -> None:
    """Headings under which all is gone go too, the innermost first."""
    for i in range(len(draft.passages) - 1, -1, -1):
        if draft.passages[i].kind == "heading" and i not in draft.gone:
            inside = draft.under(i)
            if len(inside) and draft.gone.issuperset(inside):
                draft.gone.add(i)
        if draft.passages[i].kind == "caption" and i + 1 in draft.gone and draft.passages[i + 1].kind == "table":
            draft.gone.add(i)
