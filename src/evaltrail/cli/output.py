"""Where results go: which file for which input, and each written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.read.source import display_name
from evaltrail.record import put_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDARD_INPUT = "-"


class Refused(Exception):
    """The output that was asked for is not possible. ``str()`` is one line with the cause and the remedy."""


def plan(inputs: Sequence[str], output: str | None, *, several: bool = False, ending: str = ".json") -> list[Path | None]:
    """The output file of each input; None: standard output.

    One input goes to ``output`` itself, or into it where it is a directory or ends in a slash.  Several go into the
    directory ``output``, each under its stem: ``report.pdf`` becomes ``report.json``.  Inputs with the same stem keep
    their whole name: ``report.pdf.json`` and ``report.docx.json``.  Where these are the same too (the same name in two
    folders), nothing is begun.  ``several`` says that there were several before those given twice were taken out.

    Raises ``Refused`` with the cause, before anything is read.
    """
    if output is None:
        if len(inputs) > 1:
            raise Refused(f"{len(inputs)} files need a directory to go to. Give one with -o DIR")
        return [None]
    folder = Path(output)
    if len(inputs) == 1 and not several and not folder.is_dir() and not output.endswith(("/", os.sep)):
        targets = [folder]
    else:
        targets = [folder / name for name in _names(inputs, ending)]
        _make(folder)
    _refuse_inputs(inputs, targets)
    for where in {t.parent for t in targets}:
        _refuse_unwritable(where)
    return list(targets)


def _names(inputs: Sequence[str], ending: str) -> list[str]:
    files = [Path("standard-input" if i == STANDARD_INPUT else i) for i in inputs]
    # Compared without case: on many systems Report.json and report.json are one file.
    stems = Counter(f.stem.casefold() for f in files)
    names = [(f.stem if stems[f.stem.casefold()] == 1 else f.name) + ending for f in files]
    seen: dict[str, str] = {}
    for given, name in zip(inputs, names, strict=True):
        first = seen.setdefault(name.casefold(), given)
        if first != given:
            both = f"{display_name(first)} and {display_name(given)}"
            raise Refused(f"{both} would both be written to {display_name(name)}. Read them into two directories")
    return names


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Refused(f"{display_name(folder)} is a file, and several files need a directory. Give one with -o DIR") from None
    except OSError as e:
        raise Refused(_cannot(folder, e)) from None


def _refuse_inputs(inputs: Sequence[str], targets: Sequence[Path]) -> None:
    read = {os.path.realpath(i): i for i in inputs if i != STANDARD_INPUT}
    for t in targets:
        if os.path.realpath(t) in read:
            raise Refused(f"{display_name(t)} is one of the files to be read and would be overwritten. Give another place with -o")


def _refuse_unwritable(folder: Path) -> None:
    """Find out before hours of reading that nothing can be written."""
    if not folder.is_dir():
        raise Refused(f"there is no directory {display_name(folder)}. Make it, or give another place with -o")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused(f"nothing can be written to {display_name(folder)} (permission denied). Give another place with -o")


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; one that was there before stays until then.

    Raises ``Refused``.
    """
    try:
        put_whole(target, data)
    except OSError as e:
        raise Refused(_cannot(target, e)) from None


def write_standard(data: bytes) -> None:
    """Write bytes to standard output as they are, whatever its encoding. Raises ``Refused``, and ``BrokenPipeError``."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as e:
        # What is left in the buffer would be tried again, and fail again, when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Refused(_cannot("standard output", e)) from None


def _cannot(what: str | Path, e: OSError) -> str:
    return f"{display_name(what)} cannot be written ({e.strerror or e}). Give another place with -o, or make room"
