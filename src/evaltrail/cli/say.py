"""Words for people: on standard error, one line each, whatever the terminal's encoding."""

from __future__ import annotations

import io
import sys
from contextlib import suppress


def fit_streams() -> None:
    """Let a terminal that cannot show a character get an escape for it instead of a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(message: str) -> None:
    """Print ``evaltrail: message`` on standard error as one line."""
    line = " ".join(message.split())
    # Where standard error is closed or full nobody can be told.
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"evaltrail: {line}\n")
        sys.stderr.flush()
