"""The labelled papers, read and scored once in a test run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from accuracy import Groups


@pytest.fixture(scope="session")
def groups(labelled_records: dict[str, Any]) -> Groups:
    """Every labelled paper's score, in the groups that are reported."""
    import accuracy  # from tools

    return accuracy.Groups.of([accuracy.measure(paper, record) for paper, record in labelled_records.values()])
