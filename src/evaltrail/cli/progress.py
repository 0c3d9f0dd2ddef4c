"""A progress bar of one line on standard error, for people: nothing is written where it is no terminal."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.read.batch import Progress

_BAR = 20
_WAIT = 0.4
"""Seconds before the bar appears: what is done at once needs none."""


class Bar:
    """The bar. ``stream`` None: standard error; it stays silent where that is no terminal."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self._stream = stream or sys.stderr
        self._on = not quiet and _is_terminal(self._stream)
        self._drawn = ""

    def show(self, progress: Progress) -> None:
        """Draw how far it has come."""
        if not self._on or progress.seconds < _WAIT:
            return
        line = cut(describe(progress, full=_can_show(self._stream, "█░…")), shutil.get_terminal_size().columns - 1)
        if line != self._drawn:
            self._write(f"\r{line}\x1b[K")
            self._drawn = line

    def clear(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._write("\r\x1b[K")
            self._drawn = ""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something else is printed; the next ``show`` brings it back."""
        self.clear()
        yield

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()


def describe(progress: Progress, *, full: bool = True) -> str:
    """The line: bar, count, time left, files being read. ``full``: block characters, else plain ASCII."""
    share = _share(progress)
    filled = int(share * _BAR)
    bar = ("█" * filled + "░" * (_BAR - filled)) if full else ("#" * filled + "." * (_BAR - filled))
    parts = [bar, f"{progress.done}/{progress.total}"]
    if 0 < share < 1:
        parts.append(f"{_clock(progress.seconds * (1 - share) / share)} left")
    elif share == 0:
        parts.append(_clock(progress.seconds))
    if progress.current:
        first = Path(progress.current[0]).name
        more = len(progress.current) - 1
        parts.append(first + (f" +{more}" if more else ""))
    return "  ".join(parts)


def _share(progress: Progress) -> float:
    """Share done, by bytes: a large file is not one of many."""
    if progress.bytes_total:
        return progress.bytes_done / progress.bytes_total
    return progress.done / progress.total if progress.total else 1.0


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def cut(text: str, columns: int) -> str:
    """As much of a text as fits on so many columns of a terminal (an East Asian character takes two)."""
    width = 0
    for i, c in enumerate(text):
        width += 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        if width > columns:
            return text[:i]
    return text


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):
        return False


def _can_show(stream: TextIO, characters: str) -> bool:
    try:
        characters.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
