"""What commands that read papers share: the options that limit reading, the readings, and what is said of them."""

from __future__ import annotations

import os
import sys
from glob import glob
from typing import TYPE_CHECKING

from evaltrail.cli.arguments import duration, whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from evaltrail.cli.progress import Bar
    from evaltrail.read.batch import Reading
    from evaltrail.read.limits import Limits

_SHOWN = 5
"""Reasons printed for one file; the record has them all."""


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Options that limit what reading may take."""
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


def once(files: list[str]) -> list[str]:
    """The files without those that are given twice; on Windows, whose shells do not, with patterns filled in."""
    if os.name == "nt":
        files = [match for f in files for match in (sorted(glob(f)) or [f])]  # noqa: PTH207 - Path.glob takes no absolute pattern
    return list({f if f == "-" else os.path.realpath(f) if "\0" not in f else f: f for f in reversed(files)}.values())[::-1]


def readings(files: Sequence[str | Path | bytes], args: argparse.Namespace, bar: Bar, *, in_order: bool = False) -> Iterator[Reading]:
    """Read the files, ``-`` being standard input, each within the limits that ``args`` give."""
    from evaltrail.read.batch import read_many
    from evaltrail.read.formats import Options

    options = Options(ocr=not args.no_ocr, max_pages=args.max_pages)
    sources = [standard_input(args) if f == "-" else f for f in files]
    return read_many(sources, jobs=args.jobs, options=options, limits=_limits(args), in_order=in_order, on_progress=bar.show)


def standard_input(args: argparse.Namespace) -> bytes:
    """Standard input to its end, but one byte more than may be at most: the reader then says that it is too large."""
    return sys.stdin.buffer.read(_limits(args).memory_for(args.jobs or 1) // 2 + 1) if sys.stdin else b""


def _limits(args: argparse.Namespace) -> Limits:
    from evaltrail.read.limits import Limits

    return Limits(seconds=args.timeout, memory=args.memory and args.memory << 20)


def tell(reading: Reading) -> None:
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
