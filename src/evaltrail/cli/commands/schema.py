"""Print the JSON Schema of the record, for programs that read or write records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

NAME = "schema"
HELP = "print the JSON Schema of the record"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    del args
    import json

    from evaltrail.cli.output import Refused, write_standard
    from evaltrail.cli.say import say
    from evaltrail.record import json_schema

    try:
        write_standard(json.dumps(json_schema(), indent=2, ensure_ascii=False).encode("utf-8") + b"\n")
    except Refused as e:
        say(str(e))
        return 2
    return 0
