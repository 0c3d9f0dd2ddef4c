"""Put a backup in the place of an office, which is closed meanwhile.

The archive is read through first, and every part compared with what was written; a damaged one changes nothing. An office that is
not empty stays as it is unless --replace is given. Everybody has to sign in again. The search index is made anew when the office
is next opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

NAME = "restore"
HELP = "put a backup in the place of an office"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which archive."""
    from evaltrail.cli.office import add_data

    parser.add_argument("file", metavar="FILE", help="archive that evaltrail backup has written")
    parser.add_argument("--replace", action="store_true", help="also where the office is not empty; what is in it is lost")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Put it in place."""
    from evaltrail.cli.office import enter

    return enter("site.commands.restore", args.file, replace=args.replace, quiet=args.quiet, data=args.data)
