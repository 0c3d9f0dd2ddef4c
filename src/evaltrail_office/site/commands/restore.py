"""``evaltrail restore``."""

from __future__ import annotations

import sys
from pathlib import Path

from evaltrail_office.site.commands.opening import Refused, in_office
from evaltrail_office.site.commands.telling import telling


def main(file: str, *, replace: bool = False, quiet: bool = False, data: str | None = None) -> int:
    """Put an archive in the place of the office; returns the exit code."""
    source = Path(file).expanduser()

    def put_back() -> int:
        from evaltrail_office.site.backup import Unusable, restore

        try:
            with telling(quiet=quiet) as tell:
                done = restore(source, replace=replace, tell=tell)
        except Unusable as fault:
            raise Refused(str(fault)) from None
        sys.stdout.write(f"{done.path}: {done.rows} rows and {done.files} files are back in place; open the office with evaltrail serve\n")
        return 0

    return in_office(data, put_back, alone=True, new=True)
