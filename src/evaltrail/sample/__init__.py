"""The project's own sample: a governing-body paper of an invented organisation, in four formats.

The files are built by ``tools/build_sample.py`` from one source, ``tools/sample/paper.toml``.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FORMATS = ("pdf", "docx", "html", "txt")


def path(suffix: str = "pdf") -> Path:
    """Where the sample lies in a format: ``pdf``, ``docx``, ``html`` or ``txt``.

    Raises ``ValueError`` for any other.
    """
    if suffix not in FORMATS:
        message = f"the sample comes as {', '.join(FORMATS)}, not as {suffix}"
        raise ValueError(message)
    return Path(str(files(__package__) / f"paper.{suffix}"))
