"""``evaltrail backup``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from evaltrail_office.site.commands.opening import Refused, in_office
from evaltrail_office.site.commands.telling import telling


def main(output: str | None = None, *, quiet: bool = False, data: str | None = None) -> int:
    """Write the office into an archive; returns the exit code."""
    # The day as the clock on the wall has it, for a person who looks for the file.
    target = Path(output or f"evaltrail-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip").expanduser()

    def write() -> int:
        from evaltrail_office.site.backup import Unusable, backup

        if target.is_dir():
            raise Refused(f"{target} is a folder: name the file to write")
        try:
            with telling(quiet=quiet) as tell:
                made = backup(target, tell)
        except Unusable as fault:
            raise Refused(str(fault)) from None
        sys.stdout.write(f"{made.path}: {made.rows} rows and {made.files} files, {made.size} bytes\n")
        return 0

    return in_office(data, write)
