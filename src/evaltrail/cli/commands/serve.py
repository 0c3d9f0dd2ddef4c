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

    parser.add_argument(
        "--data", metavar="DIR", help="folder of all that the office keeps (default: EVALTRAIL_DATA, else the user's own data folder)"
    )
    parser.add_argument(
        "--port", metavar="PORT", type=port, default=8000, help="port to listen on; 0 takes any that is free (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Start the office."""
    from evaltrail.cli.say import say

    try:
        import django  # noqa: F401 - asked for first, so that its absence is told apart from a fault in the office
        import granian  # noqa: F401

        from evaltrail_office.site.serve import main
    except ImportError as e:
        say(f'the office is not installed ({e.name} is missing). Install it with: pip install "evaltrail[office]"')
        return 2
    return main(args.data, args.port)
