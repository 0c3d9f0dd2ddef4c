"""The door to the office: the library knows nothing of it but the names of its commands."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from evaltrail.cli.say import say

if TYPE_CHECKING:
    import argparse

MISSING = 2
"""Exit code where the office is not installed."""


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option that names the office."""
    parser.add_argument(
        "--data", metavar="DIR", help="folder of all that the office keeps (default: EVALTRAIL_DATA, else the user's own data folder)"
    )


def enter(module: str, *arguments: Any, **options: Any) -> int:
    """Call ``main`` of a module of the office and return its exit code; where the office is not installed, say what to install."""
    for part in ("django", "granian", "whitenoise", "evaltrail_office"):
        if find_spec(part) is None:
            say(f'the office is not installed ({part} is missing). Install it with: pip install "evaltrail[office]"')
            return MISSING
    return int(import_module(f"evaltrail_office.{module}").main(*arguments, **options))
