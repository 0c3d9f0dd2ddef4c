"""Office files as the ZIP packages that they are: the same bytes for the same sheet, and no surprise when one comes back."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from evaltrail.check.sheets import NotASheet

if TYPE_CHECKING:
    from datetime import date

MOST = 100 << 20
"""Bytes that a sheet may unpack to: a filled-in one has less than one million."""


def steady(package: bytes, day: date) -> bytes:
    """The package with the day of the check for all its times, so that it does not change with the clock."""
    stamp = rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode() + rb"\g<2>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)", stamp, data)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return out.getvalue()


def looked_at(data: bytes, kind: str) -> io.BytesIO:
    """The bytes for a library to open, once it is sure that they are a package of a sensible size. Raises ``NotASheet``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(i.file_size for i in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise NotASheet(f"it is no {kind} file") from None
    if size > MOST:
        raise NotASheet(f"it unpacks to {size >> 20} MB, and a sheet has less than one")
    return io.BytesIO(data)
