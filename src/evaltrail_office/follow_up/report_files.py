"""A report's record as a file, in the house's template, written by a child process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.formats import formats
from evaltrail_office.evaluations import writing
from evaltrail_office.evaluations.house_folder import folder

if TYPE_CHECKING:
    from pathlib import Path

    from evaltrail.record import Record


def file_of(record: Record, kind: str, form: str, *, seconds: int = writing.SECONDS) -> Path:
    """The file. Tables hold the record itself, whatever the kind of paper. Raises ``writing.Unwritten``."""
    tables = getattr(formats()[form], "OF_RECORD", False)
    return writing.written_of(record, form, kind="" if tables else kind, house=folder(), seconds=seconds)
