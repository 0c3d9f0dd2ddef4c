"""The difference of two records: what changed from one version of a paper to the next, statement by statement.

    old, new ── matching ──▶ pairs ── statements, others, running ──▶ Comparison

What is the same is told first (the same words under the same number, then words that are alike, then the number alone), and each match
says how it was made.  Then every pair is compared field by field and its texts word by word.  The models are
:class:`evaltrail.record.Comparison` and what it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from evaltrail.record import Change, Compared, Comparison, Tally
from evaltrail.text.difference.matching import FEW, matched
from evaltrail.text.difference.others import Others
from evaltrail.text.difference.running import Running
from evaltrail.text.difference.statements import Statements
from evaltrail.text.difference.version import Sighted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.record import Record

__all__ = ["RUNNING", "diff"]

RUNNING = ("title", "heading", "paragraph", "item", "table", "caption")
"""Kinds of running text."""


def diff(old: Record, new: Record) -> Comparison:
    """What changed from an older version of a paper to a newer one.

    Args:
        old: record of the older version.
        new: record of the newer version.

    Returns:
        The changes, in the order of the newer paper; empty where both say the same. Pages, boxes, ids, links, and how a field came to its
        value are not compared.
    """
    a, b = Sighted(old), Sighted(new)
    same = matched(a, b)
    statements, others = Statements(a, b, same), Others(a, b, same)
    placed = [*others.changes(), *statements.changes()]
    placed.sort(key=lambda x: (x.part, x.order))
    changes = tuple(x.change for x in placed)
    running = Running(a, b) if same.same_language and (bool(old.passages) == bool(new.passages)) else None
    text = tuple(running.changes()) if running else ()
    notes = list(same.notes)
    if running and min(len(a.statements), len(b.statements)) < FEW and (said := running.in_common()):
        notes.append(said)  # with so few statements only the running text can tell
    return Comparison(
        old=a.version(),
        new=b.version(),
        notes=tuple(notes),
        tallies=_tallies(changes, statements, others),
        changes=changes,
        running=text,
        renumbered_paragraphs=running.renumbered if running else 0,
        renumbered_footnotes=others.renumbered_footnotes,
        typographic=statements.typographic + others.typographic + (running.typographic if running else 0),
    )


def _tallies(changes: Iterable[Change], statements: Statements, others: Others) -> tuple[Tally, ...]:
    counts: dict[str, dict[str, int]] = {what: {} for what in get_args(Compared)}
    for c in changes:
        counts[c.what][c.how] = counts[c.what].get(c.how, 0) + 1
        for a in c.actions:
            counts["action"][a.how] = counts["action"].get(a.how, 0) + 1
    for what, n in (*statements.unchanged.items(), *others.unchanged.items()):
        counts[what]["same"] = n
    return tuple(Tally(what=what, **found) for what, found in counts.items() if found and what not in RUNNING)  # type: ignore[arg-type]
