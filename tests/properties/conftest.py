"""Records beside their sources: the sample paper in every format, and the labelled papers that may be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Record

if TYPE_CHECKING:
    from pathlib import Path

# Without those set aside: a test that fails shows words.
# Names come from the folder, so that each paper is a test of its own; without the folder there is one, which skips.


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each paper."""
    if "paper" in metafunc.fixturenames:
        metafunc.parametrize("paper", _settled(), scope="session")


def _settled() -> list[str]:
    try:
        import accuracy  # from tools
    except ImportError:
        return ["labelled papers"]
    return [p.stem for p in accuracy.papers(accuracy.shared_folder()) if not p.held_out] or ["labelled papers"]


@pytest.fixture(scope="session")
def sampled() -> dict[str, tuple[Path, Record]]:
    """File and record of the sample paper in each format."""
    return {suffix: (sample.path(suffix), read(sample.path(suffix))) for suffix in sample.FORMATS}


@pytest.fixture(scope="session")
def labelled(labelled_records: dict[str, Any]) -> dict[str, tuple[Path, Record]]:
    """File and record of each labelled paper that was read and not set aside."""
    return {
        stem: (paper.file, Record.from_json(record))
        for stem, (paper, record) in labelled_records.items()
        if record is not None and not paper.held_out
    }
