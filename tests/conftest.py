"""Fixtures for what a test may need from the machine: a browser, a database server, an office suite, OCR, foreign papers.

Where it is missing a test skips and says why. With ``CI`` set in the environment a missing one is a
failure, except for ``shared``: those papers are under the copyright of others and never part of the project.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
SOAK = os.environ.get("EVALTRAIL_SOAK", "") not in {"", "0"}


def missing(what: str) -> NoReturn:
    """Fail on CI, skip elsewhere."""
    if REQUIRED:
        pytest.fail(f"{what} (CI is set, so this is not skipped)", pytrace=False)
    pytest.skip(what)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave long runs to ``make soak``."""
    if SOAK:
        return
    skip = pytest.mark.skip(reason="a long run: make soak")
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(skip)


def program(*names: str) -> str:
    """The first of the programs that is installed."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    missing(f"needs {' or '.join(names)} on the path")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of labelled papers beside the repository (or ``EVALTRAIL_SHARED``); always only skips."""
    folder = Path(os.environ.get("EVALTRAIL_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip("needs the folder of labelled papers: ../shared, or EVALTRAIL_SHARED")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium."""
    return program("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """Path of LibreOffice's ``soffice``."""
    return program("soffice", "libreoffice")


@pytest.fixture(scope="session")
def tesseract() -> str:
    """Path of tesseract."""
    return program("tesseract")
