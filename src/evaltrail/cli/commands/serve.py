"""Start the office, the web application, on this machine, and keep it open until Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

NAME = "serve"
HELP = "start the office on this machine"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where its data lie and where it is to be found."""
    from evaltrail.cli.arguments import port
    from evaltrail.cli.office import add_data

    add_data(parser)
    parser.add_argument(
        "--port", metavar="PORT", type=port, default=8000, help="port to listen on; 0 takes any that is free (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Start the office."""
    from evaltrail.cli.office import enter

    return enter("site.serve", args.data, args.port)
