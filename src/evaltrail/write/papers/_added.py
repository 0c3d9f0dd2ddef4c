"""Statements that were added to a record after its paper was read: set among their kind, in the form of the one before.

Such a statement has no place, and its words stand nowhere in the paper.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from evaltrail.record import Passage
from evaltrail.text.normal import squeeze, squeezed
from evaltrail.write.papers._corrections import filled
from evaltrail.write.papers._labels import known_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import AnyStatement, Evaluation, PassageKind, Record
    from evaltrail.write.papers._carriers import Carriers


def with_added(record: Record, passages: Sequence[Passage], carriers: Carriers) -> list[Passage]:
    """The passages with those of the statements that stand in none.

    Of an evaluation none of whose statements has a place nothing is added: its record does not say where anything stands.
    """
    before: dict[int, list[Passage]] = defaultdict(list)
    for e in record.evaluations:
        placed = any(s.places for s in e.statements)
        new = [s for s in e.statements if placed and not s.places and s.parent is None]
        if new:
            said = squeeze("\n".join(x for p in passages for x in (p.text, *(c.text for c in p.cells))))
            for s in new:
                if squeeze(s.text) not in said:
                    _add(s, e, passages, carriers, before)
    return list(_joined(passages, before))


def _joined(passages: Sequence[Passage], before: dict[int, list[Passage]]) -> Iterator[Passage]:
    """All passages; the headings that they name by index are where they were, but for what was put in front of them."""
    shift = [0] * (len(passages) + 1)
    for i in range(len(passages)):
        shift[i + 1] = shift[i] + len(before.get(i + 1, ()))
    if before.get(0):
        shift = [n + len(before[0]) for n in shift]
    for i, p in enumerate(passages):
        yield from before.get(i, ())
        yield p if p.section is None else p.model_copy(update={"section": p.section + shift[min(p.section, len(passages))]})
    yield from before.get(len(passages), ())


def _add(s: AnyStatement, e: Evaluation, passages: Sequence[Passage], carriers: Carriers, before: dict[int, list[Passage]]) -> None:
    order = [x for x in e.statements if x.parent is None and (x.places or x.id == s.id)]
    at = next(i for i, x in enumerate(order) if x.id == s.id)
    near = [x for x in (*order[:at][::-1], *order[at + 1 :]) if carriers.of(x.places)]
    beside = next((x for x in near if x.kind == s.kind), near[0] if near else None)
    if beside is None:
        return
    starts = {indices[0] for x in e.statements if (indices := carriers.of(x.places))}
    held = sorted({i for x in e.statements if beside.id in (x.id, x.parent) for i in carriers.of(x.places)})
    above = passages[held[0] - 1] if held[0] > 0 else None
    headed = above is not None and above.kind == "heading" and known_at(above.text, beside.kind) is not None
    end = held[-1] + 1
    # All under a heading of its own belongs to the one beside it; else the table behind it does.
    while end < len(passages) and end not in starts and (passages[end].kind == "table" or (headed and passages[end].kind != "heading")):
        end += 1
    before[end].extend(_passages(s, beside, passages[:end], held[0], headed=headed))


def _passages(s: AnyStatement, beside: AnyStatement, passages: Sequence[Passage], first: int, *, headed: bool) -> Iterator[Passage]:
    """The statement in the form of the one beside it: its label above it or before its words, its lines, its action table."""
    form = passages[first]
    if headed and s.label:
        yield passages[first - 1].model_copy(update={"text": s.label, "marker": "", "places": (), "marks": ()})
    label = "" if headed or not s.label else s.label + _between(form, beside)
    kind: PassageKind = "item" if form.kind == "item" else "paragraph"
    marker = "" if any(c.isalnum() for c in form.marker) else form.marker
    for n, line in enumerate(s.text.split("\n")):
        opens = label if n == 0 else ""
        yield Passage(
            kind=kind if n == 0 else "paragraph",
            level=form.level if kind == "item" and n == 0 else 0,
            marker=marker if n == 0 else "",
            text=opens + line,
            bold=((0, len(opens.rstrip())),) if opens else (),
            section=form.section,
            within=form.within,
            evaluation=form.evaluation,
            box=form.box,
        )
    if s.kind == "recommendation":
        table = next((t for p in passages[first:] if p.kind == "table" and (t := filled(s, p))), None)
        if table is not None:
            yield table


def _between(form: Passage, beside: AnyStatement) -> str:
    """What stands between label and words of the one beside it."""
    end = known_at(form.text, beside.kind)
    there = squeezed(form.text)
    at = there.text.find(squeeze(beside.text)[:80])
    if end is None or at < 0 or there.starts[at] <= end:
        return ": "
    between = form.text[end : there.starts[at]]
    return between if len(between) < len(" – “") else ": "
