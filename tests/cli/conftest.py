"""What the tests of commands share: the real program, run as a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    import subprocess
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


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A small paper."""
    file = tmp_path / "paper.txt"
    file.write_text(
        "Evaluation of the Harbour Programme\n\nFindings\n\nFinding 1. The harbour was rebuilt in two years.\n\n"
        "Recommendations\n\nRecommendation 1: The Ports Unit should train the pilots.\n",
        encoding="utf-8",
    )
    return file
