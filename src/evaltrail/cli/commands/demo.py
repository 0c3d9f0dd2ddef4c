"""Read the sample paper (or another) and show what was found.

A table in the terminal, and a page (demo.html) with the statements beside pictures of the pages, boxes drawn on them.
"""

from __future__ import annotations

import argparse

NAME = "demo"
HELP = "read the sample paper and show what was found"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Another paper, where the page goes, and whether it is opened."""
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
    return 0
