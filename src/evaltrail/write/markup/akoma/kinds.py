"""Which statement of the record a block of the paper prints, told by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Frame, Item, Paragraph, plain

if TYPE_CHECKING:
    from evaltrail.record import Record
    from evaltrail.write.model import Block

ORDER = ("finding", "conclusion", "lesson", "good_practice", "recommendation", "response", "decision")
"""All kinds, in the order of the trail."""
_SHORTEST = 20
"""Letters below which words are too common to tell a statement by."""


class Kinds:
    """The kinds of a record's statements by their first words."""

    def __init__(self, record: Record) -> None:
        """Of all statements and decisions; words that two kinds share tell none."""
        self._kinds: dict[str, str] = {}
        self.used: set[str] = set()
        shared: set[str] = set()
        for e in record.evaluations:
            for s in e.statements:
                self._learn(s.text, s.label or "", s.kind, shared)
        for d in record.decisions:
            self._learn(d.text, "", "decision", shared)
        for key in shared:
            del self._kinds[key]

    def _learn(self, text: str, label: str, kind: str, shared: set[str]) -> None:
        first = text.split("\n", maxsplit=1)[0]
        for words in {first, f"{label} {first}"}:
            key = _key(words)
            if len(key) < _SHORTEST:
                continue
            if self._kinds.setdefault(key, kind) != kind:
                shared.add(key)

    def of(self, block: Block) -> str | None:
        """The kind of statement that the block prints, None for anything else."""
        kind = None
        if isinstance(block, Paragraph | Item):
            kind = self._kinds.get(_key(plain(block.words))) if self._kinds else None
        elif isinstance(block, Frame):
            kind = {"finding": "finding", "decision": "decision"}.get(block.kind)
        if kind is not None:
            self.used.add(kind)
        return kind


def _key(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum())
