"""What the tests of commands share: the real program, run as a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from evaltrail.read import read

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path


class Run(Protocol):
    """Run ``evaltrail`` with arguments; options are those of ``subprocess.run``."""

    def __call__(self, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def run(forked_program: Run) -> Run:
    """The program, as a process of its own, its output as text."""
    return forked_program


@pytest.fixture(scope="session")
def start(started_program: Run) -> Run:
    """The same with the start of Python and of the program, as from a shell."""
    return started_program


PAPER = (
    "Evaluation of the Harbour Programme\n\nFindings\n\nFinding 1. The harbour was rebuilt in two years.\n\n"
    "Recommendations\n\nRecommendation 1: The Ports Unit should train the pilots.\n"
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A small paper."""
    file = tmp_path / "paper.txt"
    file.write_text(PAPER, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def record_of() -> Callable[[str, str], bytes]:
    """The record of a paper's words and ending, read once: a command that is given it has nothing to read."""

    @cache
    def made(words: str, ending: str) -> bytes:
        return read(words.encode(), name=f"paper.{ending}").to_json(indent=None).encode()

    return made


@pytest.fixture
def paper_read(record_of: Callable[[str, str], bytes], tmp_path: Path) -> Path:
    """The record of the small paper."""
    file = tmp_path / "paper.json"
    file.write_bytes(record_of(PAPER, "txt"))
    return file
