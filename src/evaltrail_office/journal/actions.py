"""Writing into the journal. Every action of the office calls ``note`` in the transaction of its change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connection, transaction

from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LOCK = 0x45564C  # of entries, held until the transaction ends


class NoActor(Exception):
    """A change without somebody who made it."""


class Actor(Protocol):
    """Whoever has a key: a person, or a part of the program."""

    @property
    def key(self) -> str: ...  # noqa: D102 - its name says it


def note(
    actor: Actor | str,
    verb: str,
    thing: str,
    *,
    about: str = "",
    old: Mapping[str, Any] | list[Any] | str | float | None = None,
    new: Mapping[str, Any] | list[Any] | str | float | None = None,
    reason: str = "",
) -> Entry:
    """Add an entry and return it.

    ``actor`` is a person or ``system:…``; ``thing`` is ``kind:key``; ``about`` the evaluation's key. Entries are numbered in the order in
    which they become visible, so that whoever follows them by number misses none.

    Raises:
        NoActor: nobody is named; nothing is written, and the transaction around it should not be either.
        ValueError: the thing has no kind or no key.
    """
    key = actor if isinstance(actor, str) else getattr(actor, "key", "")
    if not key:
        raise NoActor(f"nobody is named who {verb} {thing}")
    _is_a_thing(thing)
    with transaction.atomic():
        _in_turn()
        return Entry.objects.create(actor=key, verb=verb, thing=thing, about=about, old=old, new=new, reason=reason)


@dataclass(frozen=True, slots=True)
class Noted:
    """What ``note`` is given, of one of many."""

    verb: str
    thing: str
    about: str = ""
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    reason: str = ""


def note_all(actor: Actor | str, many: Iterable[Noted]) -> None:
    """Add entries of one actor at once, in their order: for work that changes thousands of rows. Raises as ``note`` does."""
    key = actor if isinstance(actor, str) else getattr(actor, "key", "")
    if not key:
        raise NoActor("nobody is named who changed all this")
    rows = []
    for n in many:
        _is_a_thing(n.thing)
        rows.append(Entry(actor=key, verb=n.verb, thing=n.thing, about=n.about, old=n.old, new=n.new, reason=n.reason))
    with transaction.atomic():
        _in_turn()
        Entry.objects.bulk_create(rows, batch_size=500)


def _is_a_thing(thing: str) -> None:
    kind, colon, rest = thing.partition(":")
    if not (kind and colon and rest):
        raise ValueError(f"{thing!r} names no thing: kind:key")


def _in_turn() -> None:
    if connection.vendor == "postgresql":
        # A number drawn earlier could be committed later, and a reader who has passed it would never see it.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
