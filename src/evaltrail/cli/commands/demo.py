"""Read the sample paper (or another) and show what was found.

A table in the terminal, a page (demo.html) with the statements beside pictures of the pages, boxes drawn on them, and an office to
try, with invented people and the sample paper in it, open in the browser until Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys

NAME = "demo"
HELP = "read the sample paper and show what was found"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Another paper, where the page goes, and what is opened."""
    from evaltrail.cli.arguments import port

    parser.add_argument("file", metavar="FILE", nargs="?", help="another paper than the sample")
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        default="out",
        help="folder for the page and the record, made if it is missing (default: %(default)s)",
    )
    parser.add_argument(
        "--browser",
        action=argparse.BooleanOptionalAction,
        help="open the page in a browser, or do not (default: where a person sits at the terminal)",
    )
    parser.add_argument(
        "--office",
        action=argparse.BooleanOptionalAction,
        help="open the office at the end, or do not (default: where a person sits at the terminal)",
    )
    parser.add_argument("--port", metavar="PORT", type=port, default=0, help="port of the office; 0 takes any that is free (default)")


def run(args: argparse.Namespace) -> int:
    """Read and show."""
    from evaltrail import demo
    from evaltrail.cli.say import say
    from evaltrail.read.formats import Unreadable
    from evaltrail.read.source import display_name

    try:
        demo.run(args.output, args.file, browser=args.browser)
    except Unreadable as e:
        say(f"{display_name(args.file or 'the sample')}: {e}")
        return 2
    return _office(args)


def _office(args: argparse.Namespace) -> int:
    """Open the office, where it is installed and wanted."""
    from importlib import import_module
    from importlib.util import find_spec
    from pathlib import Path

    if find_spec("django") is None or find_spec("evaltrail_office") is None:
        return 0
    at_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    if not (at_terminal if args.office is None else args.office):
        sys.stdout.write("An office to try, in the browser:  evaltrail demo --office\n")
        return 0
    browser = at_terminal if args.browser is None else args.browser
    # By name: the library knows nothing of the office but this door.
    return int(import_module("evaltrail_office.site.open_demo").main(Path(args.output) / "office", args.port, browser=browser))
