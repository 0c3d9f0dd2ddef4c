"""The working record of a document: what was read, with the corrections that people made to it since.

It is computed and not kept: the reading is a version, every correction a row. A process keeps the records that it used last.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from evaltrail.record import Record, correction, replayed
from evaltrail_office.shelf.models import How

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator
    from datetime import datetime

    from evaltrail.record import Replayed
    from evaltrail_office.shelf.models import Correction, Document, Version

KEPT = 12
"""Records that a process keeps; one of a long paper takes some megabytes."""
_kept: OrderedDict[Hashable, Record] = OrderedDict()
_lock = Lock()


def load(version: Version) -> Record:
    """The record of a version.

    Raises:
        ValueError: the row is damaged: the words do not have the hash that they were kept under.
    """
    payload = zlib.decompress(bytes(version.payload))
    if hashlib.sha256(payload).hexdigest() != version.sha256:
        raise ValueError(f"version {version.number} of document {version.document_id} is damaged: restore it from a backup")
    return Record.from_json(payload)


def working_record(document: Document) -> Record:
    """What the document says as known now: what was read, with all corrections.

    Raises:
        ValueError: the document has no version yet, or the kept one is damaged.
    """
    if document.confirmed and document.current_id:
        # Its words are read only where this process has not kept them.
        known = document.current if type(document).current.is_cached(document) else None
        return _version(known or document.versions.defer("payload").get(pk=document.current_id))
    base = reading_of(document)
    # What was corrected is read only where this process has not kept what came of it.
    made = document.corrections.filter(undone=None).order_by("position").values_list("pk", "made")
    return _get(_key(base, made)) or record_at(base, live(document))


def reading_of(document: Document) -> Version:
    """The version that corrections are made to: the last that is more than a confirmation of what was there.

    Raises:
        ValueError: there is none.
    """
    version = document.versions.exclude(how=How.CONFIRMED).defer("payload").order_by("-number").first()
    if version is None:
        raise ValueError(f"{document.key} has no version")
    return version


def live(document: Document) -> list[Correction]:
    """Corrections that were not undone, in their order."""
    return list(document.corrections.filter(undone=None).order_by("position"))


def record_at(base: Version, rows: list[Correction]) -> Record:
    """A reading with these corrections; computed where this process has not kept it."""
    key = _key(base, _made(rows))
    return _get(key) or _keep(key, record_with(base, rows).record)


def record_with(base: Version, rows: Iterable[Correction]) -> Replayed:
    """What comes of these corrections on a reading."""
    return replayed(_version(base), (correction(row.body) for row in rows))


def remember(base: Version, rows: Iterable[Correction], record: Record) -> None:
    """Keep a working record that was computed elsewhere."""
    _keep(_key(base, _made(rows)), record)


def _version(version: Version) -> Record:
    key = (version.pk, version.sha256)
    return _get(key) or _keep(key, load(version))


def _made(rows: Iterable[Correction]) -> Iterator[tuple[int, datetime]]:
    return ((row.pk, row.made) for row in rows)


def _key(base: Version, made: Iterable[tuple[int, datetime]]) -> Hashable:
    # The time goes with the number, because a number is given again after a transaction that failed.
    return (base.pk, base.sha256, tuple(made))


def _get(key: Hashable) -> Record | None:
    with _lock:
        record = _kept.get(key)
        if record is not None:
            _kept.move_to_end(key)
        return record


def _keep(key: Hashable, record: Record) -> Record:
    with _lock:
        _kept[key] = record
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return record
