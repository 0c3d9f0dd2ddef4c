"""Write the whole office into one archive: every row of its database and every paper as it was brought.

People may go on working meanwhile; the archive holds the office as it was when the command began. It is the same for SQLite and
PostgreSQL, so it also moves an office from the one to the other. It is written whole or not at all, never over another file, and
holds everything that the office knows: keep it where only those who run the system can read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

NAME = "backup"
HELP = "write the whole office into one archive"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the archive goes."""
    from evaltrail.cli.office import add_data

    parser.add_argument("-o", "--output", metavar="FILE", help="file to write (default: evaltrail-DATE-TIME.zip in this folder)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Write it."""
    from evaltrail.cli.office import enter

    return enter("site.commands.backup", args.output, quiet=args.quiet, data=args.data)
