"""Say what changed between two versions of a paper, statement by statement.

OLD and NEW are papers, which are read first, or records that evaltrail read has written. Statements are found
again by kind and number, and by their words where they were renumbered or moved; then their words, owners, priorities,
times, answers, ratings and all else are compared. Quotes, dashes, spaces and hyphens make no change.

Without -o the changes are printed. With -o the ending says what is written: .html for a page, .docx for a document with
tracked changes, .txt, or .json for other programs.

The exit code is 0 where both versions say the same, 1 where they do not, and 2 where one of them could not be read or
the command was called wrongly.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.cli.reading import add_limits

if TYPE_CHECKING:
    import argparse

    from evaltrail.record import Comparison, Record
    from evaltrail.write.difference import Form, Showing

NAME = "diff"
HELP = "say what changed between two versions of a paper"

KINDS = (
    "document",
    "evaluation",
    "finding",
    "conclusion",
    "lesson",
    "good_practice",
    "recommendation",
    "response",
    "rating",
    "overall_response",
    "decision",
    "footnote",
)
WIDEST = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two versions, what of their difference is wanted, and where it goes."""
    parser.add_argument("old", metavar="OLD", help="paper or record of the older version; - is standard input")
    parser.add_argument("new", metavar="NEW", help="paper or record of the newer version")
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write: .html, .docx, .txt or .json (default: text is printed)")
    parser.add_argument("--all", action="store_true", help="list the changes of running text too, which else are only counted")
    parser.add_argument(
        "--only",
        metavar="KIND",
        action="append",
        choices=KINDS,
        help=f"only changes of this kind; may be given several times: {', '.join(KINDS)}",
    )
    add_limits(parser)


def run(args: argparse.Namespace) -> int:
    """Compare the two, and show the difference."""
    from evaltrail.cli.output import Refused
    from evaltrail.cli.say import say

    try:
        return _diff(args)
    except Refused as e:
        say(str(e))
        return 2


def _diff(args: argparse.Namespace) -> int:
    from evaltrail.cli.output import Refused, write_whole

    form = _form(args.output)
    if args.old == args.new == "-":
        raise Refused("standard input can be one of the versions, not both")
    target = _target(args) if args.output is not None else None
    records = _records(args)
    if records is None:
        return 2
    found = _compared(records, args)
    data = form.written(found, _showing(args, to_file=target is not None))
    if target is not None:
        write_whole(target, data)
        _tell(found, target, quiet=args.quiet)
    else:
        _print(data.decode("utf-8"))
    return 0 if found.empty else 1


def _form(output: str | None) -> Form:
    from evaltrail.cli.output import Refused
    from evaltrail.write.difference import forms

    if output is None:
        return forms()["text"]
    ending = Path(output).suffix.lower()
    form = next((f for f in forms().values() if ending in f.ENDINGS), None)
    if form is None:
        endings = ", ".join(e for f in forms().values() for e in f.ENDINGS)
        raise Refused(f"the ending of {output} does not say what to write. There are {endings}")
    return form


def _target(args: argparse.Namespace) -> Path | None:
    """The file to write, once it is sure that it is neither of the two versions and can be written."""
    from evaltrail.cli.output import Refused, plan

    if Path(args.output).is_dir():
        raise Refused(f"{args.output} is a directory, and a difference is one file. Give its name with -o")
    plan([args.old], args.output)
    return plan([args.new], args.output)[0]


def _records(args: argparse.Namespace) -> tuple[Record, Record] | None:
    """Both records; None where one could not be read, which has been said."""
    from evaltrail.cli.papers import given
    from evaltrail.cli.progress import Bar

    bar = Bar(quiet=args.quiet)
    try:
        found = list(given([args.old, args.new], args, bar))
    finally:
        bar.clear()
    records = [g.record for g in found if g.record is not None]
    return (records[0], records[1]) if len(records) == 2 else None


def _compared(records: tuple[Record, Record], args: argparse.Namespace) -> Comparison:
    from evaltrail.text.difference import RUNNING, diff

    found = diff(*records)
    return found.only(*args.only, *(RUNNING if args.all else ())) if args.only else found


def _showing(args: argparse.Namespace, *, to_file: bool) -> Showing:
    import shutil

    from evaltrail.read.source import display_name
    from evaltrail.write.difference import Showing

    terminal = not to_file and sys.stdout.isatty()
    width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST) if terminal else 110
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    old, new = ("standard input" if f == "-" else Path(f).name for f in (args.old, args.new))
    if old == new:  # the same name in two folders
        old, new = display_name(args.old), display_name(args.new)
    return Showing((old, new), args.all, max(width, 40), terminal, colour)


def _tell(found: Comparison, target: Path, *, quiet: bool) -> None:
    from evaltrail.cli.say import say
    from evaltrail.read.source import display_name
    from evaltrail.write.difference._words import summary

    if not quiet:
        say(f"{display_name(target)}: {summary(found)}")


def _print(text: str) -> None:
    from evaltrail.cli.output import write_standard

    write_standard(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
