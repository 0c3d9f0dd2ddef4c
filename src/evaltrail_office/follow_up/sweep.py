"""Removing files that nobody refers to: a proof that was refused, or given up halfway, leaves its file on the shelf and no row."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from evaltrail_office.follow_up.machine import SYSTEM
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)
LEFT = 24 * 60 * 60
"""Seconds for which a file that no row names is left: whoever brings a proof may be asked for its words, and send them an hour later."""
MANY = 100
"""Of more than so many, if they are most of what is there, it is the database that is the wrong one."""
_HASH = re.compile(r"[0-9a-f]{64}")
_TOLD = 100
"""Hashes that the entry of the journal lists at most."""
_AT_ONCE = 5_000


class Swept(NamedTuple):
    """What was removed."""

    files: int
    size: int


def sweep() -> Swept:
    """Remove files of the shelf that no row of the office names and that nobody has brought for a day; the journal tells it.

    Names are read after the files were listed, and a file's time is looked at once more before it goes: whoever brings the same bytes again
    meanwhile makes it young (``shelf.files``).
    """
    old = list(_older())
    if not old:
        return Swept(0, 0)
    named = _named()
    unnamed = [path for path in old if path.name not in named]
    if len(unnamed) > MANY and 2 * len(unnamed) > len(old):
        log.warning("%d of %d files are in no row: is this the database of this data folder? None was removed", len(unnamed), len(old))
        return Swept(0, 0)
    gone: list[str] = []
    size = 0
    for path in unnamed:
        try:
            found = path.stat()
            if not _is_old(found.st_mtime):
                continue
            path.unlink()
        except OSError as fault:
            log.warning("a file that no row names could not be removed: %s", fault)
            continue
        gone.append(path.name)
        size += found.st_size
    if gone:
        new = {"files": len(gone), "size": size, "sha256": gone[:_TOLD]}
        note(SYSTEM, "swept", f"files:{timezone.localdate().isoformat()}", new=new)
    return Swept(len(gone), size)


def _older() -> Iterator[Path]:
    for path in (Path(settings.DATA) / "files").glob("*/*"):
        if _HASH.fullmatch(path.name) and path.parent.name == path.name[:2] and path.is_file() and _is_old(path.stat().st_mtime):
            yield path


def _is_old(changed: float) -> bool:
    return time.time() - changed > LEFT


def _named() -> set[str]:
    """Every hash that any row of the office has in a column of hashes, whatever it is the hash of: rather one too many than one too few.

    Apps above this one keep files too, so that the columns are found and not listed.
    """
    found: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        columns = [f.attname for f in model._meta.concrete_fields if "sha256" in f.name and isinstance(f, models.CharField)]  # noqa: SLF001 - Django's public name
        for column in columns:
            rows = model._base_manager.exclude(**{column: ""}).order_by()  # noqa: SLF001 - as above
            found.update(rows.values_list(column, flat=True).iterator(_AT_ONCE))
    return found
