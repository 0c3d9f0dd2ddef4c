"""What two sightings of one thing hold otherwise, field by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evaltrail.record import FieldChange
from evaltrail.text.difference.words import compared
from evaltrail.text.normal import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.record import Model


class Fields:
    """The fields of one pair that hold something else, as they are found; texts are compared word by word."""

    def __init__(self, *, texts: bool = True) -> None:
        self.found: list[FieldChange] = []
        self.typographic = 0
        """Texts that differ in typography alone."""
        self._texts = texts
        """False between two languages: words then always differ, and say nothing."""

    def text(self, name: str, old: str | None, new: str | None) -> None:
        """Compare running words."""
        if old == new or not self._texts:
            return
        if not old or not new:
            if old or new:
                whole = compared(old or "", new or "")
                self.found.append(FieldChange(field=name, old=old, new=new, words=whole.stretches))
            return
        done = compared(old, new)
        if done.changed:
            self.found.append(FieldChange(field=name, old=old, new=new, words=done.stretches))
        else:
            self.typographic += 1

    def words(self, name: str, old: str | None, new: str | None) -> None:
        """Compare a few words, which are shown whole: a label, words as printed."""
        if old == new or not self._texts:
            return
        if old and new and same_words(old, new):
            self.typographic += 1
            return
        if old or new:
            self.found.append(FieldChange(field=name, old=old, new=new))

    def value(self, name: str, old: Any, new: Any) -> None:
        """Compare values that mean the same in every language."""
        if old != new:
            self.found.append(FieldChange(field=name, old=old, new=new))

    def names(self, name: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
        """Compare lists of names."""
        if old == new or not self._texts:
            return
        if len(old) == len(new) and all(same_words(a, b) for a, b in zip(old, new, strict=True)):
            self.typographic += 1
            return
        self.found.append(FieldChange(field=name, old=old, new=new))

    def unknown(self, old: Model, new: Model) -> None:
        """Compare the fields that the schema does not know: a house's own."""
        mine, theirs = old.model_extra or {}, new.model_extra or {}
        for name in sorted(mine.keys() | theirs.keys()):
            if mine.get(name) != theirs.get(name):
                self.found.append(FieldChange(field=name, old=_as_text(mine.get(name)), new=_as_text(theirs.get(name))))


def _as_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def same_words(old: str, new: str) -> bool:
    """Whether two short texts differ in quotes, dashes and spaces at most."""
    return old == new or " ".join(plain(old).split()) == " ".join(plain(new).split())


def without(fields: Iterable[FieldChange], *names: str) -> tuple[FieldChange, ...]:
    """The fields but those of these names."""
    return tuple(f for f in fields if f.field not in names)
