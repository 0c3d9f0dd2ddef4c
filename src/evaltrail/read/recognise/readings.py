"""What was read, as it was read: kept beside the record's values, which people correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.evaluations import part_heads
from evaltrail.record import Place, Reading, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.evaluations import Part
    from evaltrail.record import Decision, DocumentInfo, Evaluation


def readings(
    document: DocumentInfo,
    evaluations: Sequence[Evaluation],
    decisions: Sequence[Decision],
    parts: Sequence[Part],
    blocks: Sequence[Block],
) -> Iterator[Reading]:
    """One reading a thing: the document, evaluation by evaluation, each before what it states, then the decisions."""
    yield Reading.model_construct(kind="document", label=document.symbol, text=document.title)
    heads = [head[0] for head in part_heads(blocks)] if len(parts) > 1 else []
    for e, part in zip(evaluations, parts, strict=True):
        head = next((i for i in heads if part.start <= i < part.end), None)
        above = blocks[head].content.places() if head is not None else ()
        yield Reading.model_construct(kind="evaluation", id=e.id, evaluation=e.id, label=e.label, text=e.title, places=_bare(above))
        for s in e.statements:
            yield Reading.model_construct(
                kind="statement",
                id=s.id,
                evaluation=e.id,
                label=s.label,
                digest=digest_of(s.text),
                places=_bare(s.places),
                as_printed=s.as_printed if s.kind == "recommendation" and any(s.as_printed.model_dump().values()) else None,
                actions=tuple(a.model_copy(update={"places": _bare(a.places)}) for a in s.actions) if s.kind == "response" else (),
            )
        for r in e.ratings:
            yield Reading.model_construct(
                kind="rating", evaluation=e.id, label=r.criterion_as_printed, text=r.as_printed, value=r.value, places=_bare(r.places)
            )
        for o in e.overall_responses:
            yield Reading.model_construct(
                kind="overall_response", evaluation=e.id, label=o.label, digest=digest_of(o.text), places=_bare(o.places)
            )
    for d in decisions:
        yield Reading.model_construct(kind="decision", label=d.paragraph, digest=digest_of(d.text), places=_bare(d.places))


def _bare(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(Place.model_construct(page=p.page, start=p.start, end=p.end, boxes=()) for p in places)
