"""Bring papers into the office, as an upload on its intake page does.

The files make a batch. A worker of the office reads them; where none is running they wait for one, or are read here with --wait.
With --wait the command ends when all were read, and its exit code says how that went: 0 all of them, 3 some, 2 none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

NAME = "add"
HELP = "bring papers into the office"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, who brings them, what for."""
    from evaltrail.cli.office import add_data

    parser.add_argument("files", metavar="FILE", nargs="+", help="paper to bring: PDF, DOCX, HTML, Markdown or plain text")
    parser.add_argument(
        "--as", dest="person", metavar="EMAIL", help="who brings them (default: the head of evaluation, where there is one)"
    )
    parser.add_argument("--evaluation", metavar="KEY", default="", help="evaluation that they are brought for, such as E-00012")
    parser.add_argument("--wait", action="store_true", help="wait until they are read, and read them here where no worker is running")
    parser.add_argument("--quiet", action="store_true", help="no progress bar; faults are printed all the same")
    add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Bring them."""
    from evaltrail.cli.office import enter

    return enter(
        "site.commands.add", args.files, who=args.person, evaluation=args.evaluation, wait=args.wait, quiet=args.quiet, data=args.data
    )
