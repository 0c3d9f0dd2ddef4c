"""Read evaluation papers (PDF, DOCX, HTML, Markdown, text) into records.

A record is JSON: every finding, rating, conclusion, lesson, recommendation and response with the place it
came from, and the links between them that the paper states or that are proposed with a score. One file goes
to standard output or to -o; several go to the directory -o, each under its stem (report.pdf to report.json;
files with the same stem keep their whole name: report.pdf.json). Each file is read in a process that is held
to limits of time and memory, so that a bad one costs the others nothing.
"""

from __future__ import annotations

import os
import sys
from glob import glob
from typing import TYPE_CHECKING

from evaltrail.cli.arguments import duration, whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from evaltrail.cli.progress import Bar
    from evaltrail.read.batch import Reading

NAME = "read"
HELP = "read papers into records"

_SHOWN = 5
"""Reasons printed for one file; the record has them all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, where their records go, and limits."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="paper to read; - is standard input")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="file for the record of one paper, or directory for those of several (made if it is missing)"
    )
    parser.add_argument("--jobs", metavar="N", type=whole, help="files to read at once (default: one a core)")
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=duration, help="time that one file may take (default: 180 and 20 more for each megabyte of it)"
    )
    parser.add_argument(
        "--memory",
        metavar="MB",
        type=whole,
        help="memory that reading one file may take (default: 4096, or less so that all jobs take at most three quarters of the machine's)",
    )
    parser.add_argument("--no-ocr", action="store_true", help="leave scanned pages unread instead of reading them with tesseract")
    parser.add_argument("--max-pages", metavar="N", type=whole, help="read only the first N pages; the rest is named as not read")
    parser.add_argument("--quiet", action="store_true", help="no progress bar and no count at the end; reasons are printed all the same")


def run(args: argparse.Namespace) -> int:
    """Read the files and write their records."""
    from evaltrail.cli.output import Refused, plan
    from evaltrail.cli.say import say

    files = _once(args.files)
    try:
        targets = plan(files, args.output, several=len(args.files) > 1)
        return _read(files, targets, args)
    except Refused as e:
        say(str(e))
        return 2


def _once(files: list[str]) -> list[str]:
    """The files without those that are given twice; on Windows, whose shells do not, with patterns filled in."""
    if os.name == "nt":
        files = [match for f in files for match in (sorted(glob(f)) or [f])]  # noqa: PTH207 - Path.glob takes no absolute pattern
    return list({f if f == "-" else os.path.realpath(f) if "\0" not in f else f: f for f in reversed(files)}.values())[::-1]


def _read(files: list[str], targets: list[Path | None], args: argparse.Namespace) -> int:
    from evaltrail.cli.output import write_standard, write_whole
    from evaltrail.cli.progress import Bar
    from evaltrail.cli.say import say

    bar = Bar(quiet=args.quiet)
    whole_ones = partial = failed = 0
    try:
        for reading in _readings(files, args, bar):
            target = targets[reading.index]
            if reading.json is not None:
                data = _linked(reading.json) + b"\n"
                write_standard(data) if target is None else write_whole(target, data)
            with bar.aside():
                _tell(reading)
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


def _readings(files: list[str], args: argparse.Namespace, bar: Bar) -> Iterator[Reading]:
    from evaltrail.read.batch import read_many
    from evaltrail.read.formats import Options
    from evaltrail.read.limits import Limits

    limits = Limits(seconds=args.timeout, memory=args.memory and args.memory << 20)
    options = Options(ocr=not args.no_ocr, max_pages=args.max_pages)
    # One byte more than may be: the reader then says that it is too large.
    most = limits.memory_for(args.jobs or 1) // 2 + 1
    sources = [(sys.stdin.buffer.read(most) if sys.stdin else b"") if f == "-" else f for f in files]
    return read_many(sources, jobs=args.jobs, options=options, limits=limits, in_order=False, on_progress=bar.show)


def _tell(reading: Reading) -> None:
    """Say on standard error what was not read, and why."""
    from evaltrail.cli.say import say

    if reading.json is None:
        say(f"{reading.name}: {reading.message}")
        if reading.trace and os.environ.get("EVALTRAIL_DEBUG"):
            sys.stderr.write(reading.trace)
        return
    for loss in reading.losses[:_SHOWN]:
        say(f"{reading.name}: read in part: {loss}")
    more = len(reading.losses) - _SHOWN
    if more > 0:
        say(f"{reading.name}: read in part: {more} more reasons are in the record's diagnostics")
    for note in reading.notes[:1] if reading.notes else ():
        say(f"{reading.name}: {note}")
