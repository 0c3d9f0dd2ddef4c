"""Edits: changes to a record that are kept on their own and applied to give a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from evaltrail.record._models import Model, Record

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(Model):
    """One value of a record replaced by another; made only where the old value still stands there."""

    pointer: str = Field(description="Where, as a JSON Pointer (RFC 6901) into the record: /evaluations/0/statements/4/time.")
    old: Any = None
    new: Any = None
    reason: str = Field(default="", description="Rule or person that asked for it.")


class Conflict(Exception):
    """An edit does not fit the record. ``str()`` is one line that names the place and both values."""


def edited(record: Record, edits: Iterable[Edit]) -> Record:
    """A new record with the edits made, in order.

    Raises:
        Conflict: the place is not there, or another value than ``old`` stands there; the record is left as it was.
        pydantic.ValidationError: a new value is none that the record allows.
    """
    data = record.model_dump(by_alias=True, mode="json")
    for edit in edits:
        _make(data, edit)
    return Record.model_validate(data)


def _make(data: Any, edit: Edit) -> None:
    *way, last = [p.replace("~1", "/").replace("~0", "~") for p in edit.pointer.split("/")[1:]] or [""]
    at = data
    try:
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        key: Any = int(last) if isinstance(at, list) else last
        present = at[key]
    except (KeyError, IndexError, ValueError, TypeError):
        raise Conflict(f"{edit.pointer} is not in the record") from None
    if present != edit.old:
        raise Conflict(f"{edit.pointer} holds {present!r} and not {edit.old!r}, so it was not changed to {edit.new!r}")
    at[key] = edit.new
