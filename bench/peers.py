"""Other libraries that read PDFs, each in an environment of its own outside the repository.

They are installed when they are first measured, into ``$XDG_CACHE_HOME/evaltrail-bench`` (``~/.cache/evaltrail-bench``), with pip as it is
set up on this machine.  Deleting the folder installs them anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

INSTALL_SECONDS = 900


class Missing(Exception):
    """A peer cannot be measured here; one line says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A library that others read PDFs with."""

    name: str
    packages: tuple[str, ...]
    target: float
    """How many times as fast Evaltrail is meant to be."""
    readers: tuple[tuple[str, str], ...] = ()
    """Its readers in ``one_reader.py``, each with what it is called in the table; none: it is measured by its command."""
    needs: str = ""
    """A program without which it does not run."""


_DOCLING = (("docling_parse", "all it gives"), ("docling_parse_shapes", "lines and shapes"), ("docling_parse_lines", "lines only"))

PEERS = (
    Peer("opendataloader-pdf", ("opendataloader-pdf",), 2, needs="java"),
    # From version 2 on, the first is an empty package and its code is in the second.
    Peer("pymupdf4llm", ("pymupdf4llm", "pymupdf"), 8, (("pymupdf4llm", "Markdown by rules"),)),
    Peer("docling-parse", ("docling-parse",), 8, _DOCLING),
)

MATPLOTLIB = Peer("matplotlib", ("matplotlib",), 10)
WEASYPRINT = Peer("weasyprint", ("weasyprint",), 1, (("weasyprint", "PDF of HTML"),))


@dataclass(frozen=True, slots=True)
class Environment:
    """Where a peer is installed."""

    folder: Path
    version: str

    def program(self, name: str) -> Path:
        """A program of the environment."""
        return self.folder / "bin" / name


def cache() -> Path:
    """The folder of all environments."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "evaltrail-bench"


def installed(peer: Peer) -> Environment:
    """The peer's environment, made where it is not there; raises :class:`Missing`."""
    if peer.needs and not shutil.which(peer.needs):
        raise Missing(f"{peer.needs} is not installed")
    folder = cache() / peer.name
    ready = folder / "version"
    if not ready.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"Installing {peer.name} into {folder} …", file=sys.stderr, flush=True)
        _install(peer, folder)
        show: list[str | Path] = [
            folder / "bin" / "python",
            "-c",
            f"from importlib.metadata import version; print(version({peer.packages[0]!r}))",
        ]
        ready.write_text(subprocess.run(show, capture_output=True, text=True, check=True).stdout, encoding="utf-8")
    return Environment(folder, ready.read_text(encoding="utf-8").strip())


def _install(peer: Peer, folder: Path) -> None:
    pip: list[str | Path] = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    commands: list[list[str | Path]] = [[sys.executable, "-m", "venv", folder], [*pip, "--only-binary", ":all:", *peer.packages]]
    for command in commands:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as e:
            raise Missing(f"cannot be installed: {e}") from e
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise Missing(f"cannot be installed: {said[-1] if said else 'pip failed'}")
