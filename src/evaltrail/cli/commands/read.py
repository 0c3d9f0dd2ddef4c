"""Read evaluation papers (PDF, DOCX, HTML, Markdown, text) into records.

A record is JSON: every finding, rating, conclusion, lesson, recommendation and response with the place it
came from, and the links between them that the paper states or that are proposed with a score. One file goes
to standard output or to -o; several go to the directory -o, each under its stem (report.pdf to report.json;
files with the same stem keep their whole name: report.pdf.json). Each file is read in a process that is held
to limits of time and memory, so that a bad one costs the others nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.cli.reading import add_limits, once, readings, tell

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

NAME = "read"
HELP = "read papers into records"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, where their records go, and limits."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="paper to read; - is standard input")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="file for the record of one paper, or directory for those of several (made if it is missing)"
    )
    add_limits(parser)


def run(args: argparse.Namespace) -> int:
    """Read the files and write their records."""
    from evaltrail.cli.output import Refused, plan
    from evaltrail.cli.say import say

    files = once(args.files)
    try:
        targets = plan(files, args.output, several=len(args.files) > 1)
        return _read(files, targets, args)
    except Refused as e:
        say(str(e))
        return 2


def _read(files: list[str], targets: list[Path | None], args: argparse.Namespace) -> int:
    from evaltrail.cli.output import write_standard, write_whole
    from evaltrail.cli.progress import Bar
    from evaltrail.cli.say import say

    bar = Bar(quiet=args.quiet)
    whole_ones = partial = failed = 0
    try:
        for reading in readings(files, args, bar):
            target = targets[reading.index]
            if reading.json is not None:
                data = _linked(reading.json) + b"\n"
                write_standard(data) if target is None else write_whole(target, data)
            with bar.aside():
                tell(reading)
            failed += reading.json is None
            partial += reading.json is not None and bool(reading.losses)
            whole_ones += reading.json is not None and not reading.losses
    except KeyboardInterrupt:
        bar.clear()
        say(f"stopped. {whole_ones + partial} of {len(files)} files were read")
        raise
    finally:
        bar.clear()
    if len(files) > 1 and not args.quiet:
        say(f"{len(files)} files: {whole_ones} read, {partial} in part, {failed} not")
    if failed == len(files):
        return 2
    return 3 if failed or partial else 0


def _linked(json: bytes) -> bytes:
    """A record as JSON with proposals among its links: reading itself knows only what the paper states."""
    from evaltrail.link import linked
    from evaltrail.record import Record

    return linked(Record.from_json(json)).to_json(indent=None).encode("utf-8")
