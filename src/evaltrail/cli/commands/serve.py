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
    from importlib import import_module
    from importlib.util import find_spec

    from evaltrail.cli.say import say

    for part in ("django", "granian", "whitenoise", "evaltrail_office"):
        if find_spec(part) is None:
            say(f'the office is not installed ({part} is missing). Install it with: pip install "evaltrail[office]"')
            return 2
    # By name: the library knows nothing of the office but this door.
    return int(import_module("evaltrail_office.site.serve").main(args.data, args.port))
