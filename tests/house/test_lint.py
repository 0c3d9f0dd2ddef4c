"""The checks really check: bad code is reported, and what is excluded is excluded for a reason and for something."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BAD = """\
import os, sys
def Finding(x, items=[]):
    try:
        assert eval(x)
    except:
        pass
    return None
"""


def run(*command: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=cwd, input=stdin, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def config(root: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]


@pytest.mark.parametrize("place", ["src/evaltrail/read/bad.py", "src/evaltrail_office/site/bad.py"])
def test_bad_code_is_reported(root: Path, place: str) -> None:
    out = run("ruff", "check", "--output-format=json", f"--stdin-filename={place}", "-", cwd=root, stdin=BAD)
    found = {fault["code"] for fault in json.loads(out.stdout)}
    assert found >= {"ANN001", "ANN201", "B006", "D100", "D103", "E401", "E722", "F401", "N802", "S101", "S307"}


def test_badly_laid_out_code_is_reported(root: Path) -> None:
    out = run("ruff", "format", "--check", "--stdin-filename=src/evaltrail/bad.py", "-", cwd=root, stdin="x = {'a':1}\n")
    assert out.returncode == 1


def test_wrong_types_are_reported_in_both_packages(root: Path, tmp_path: Path) -> None:
    for package, line in {
        "evaltrail": "from evaltrail.record import Place\nplace = Place(page='one', start=0, end=1)\n",
        "evaltrail_office": "from django.http import HttpRequest\n\ndef view(request: HttpRequest) -> str:\n    return request.nothing\n",
    }.items():
        bad = tmp_path / f"bad_{package}.py"
        bad.write_text(f"{line}\ndef untyped(x):\n    return x\n", encoding="utf-8")
        out = run("mypy", f"--config-file={root / 'pyproject.toml'}", "--no-incremental", str(bad), cwd=root)
        assert out.returncode == 1
        assert "[no-untyped-def]" in out.stdout
        assert "[arg-type]" in out.stdout or "[attr-defined]" in out.stdout


@pytest.mark.parametrize(
    "module, line, contract",
    [
        ("evaltrail/record/_models.py", "import evaltrail.read", "The library's packages import one way"),
        ("evaltrail/record/_models.py", "import django", "The library knows neither the office"),
        ("evaltrail/text/packs.py", "import evaltrail_office.site.views", "The library knows neither the office"),
        ("evaltrail/read/outline.py", "import sklearn", "What only an extra brings"),
        ("evaltrail/read/formats/pdf.py", "import evaltrail.read.recognise", "Formats know nothing"),
        ("evaltrail/read/recognise/__init__.py", "import evaltrail.read.layout", "Recognisers know the outline"),
        ("evaltrail_office/journal/__init__.py", "import evaltrail_office.site.views", "The office's apps import one way"),
    ],
)
def test_an_import_in_the_wrong_direction_is_reported(root: Path, tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    target = tmp_path / "src" / module
    target.parent.mkdir(exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    # The copy stands in front of what is installed.
    check = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as check; check()"
    out = subprocess.run([sys.executable, "-c", check, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert out.returncode == 1
    broken = " ".join(out.stdout.split()).split("Broken contracts")[1]
    assert contract in broken


def test_every_exclusion_has_a_reason(root: Path) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    table = text.split("[tool.ruff.lint]")[1].split("[tool.ruff.lint.flake8-pytest-style]")[0]
    codes = [line for line in table.splitlines() if re.match(r'\s+"', line)]
    assert len(codes) > 10
    assert [line for line in codes if not re.search(r"#\s+\S.{10,}", line)] == []


def test_every_exclusion_still_excludes_something(root: Path, config: dict[str, dict[str, object]]) -> None:
    everywhere: list[str] = config["ignore"]
    by_place: dict[str, list[str]] = config["per-file-ignores"]
    codes = {*everywhere, *(code for some in by_place.values() for code in some)}
    whole = {code for code in codes if re.search(r"\d", code)}
    found: dict[str, set[Path]] = {code: set() for code in codes}
    # A family by itself: of codes that contradict each other ruff drops one, and says so.
    for some in (whole, *({code} for code in codes - whole)):
        out = run("ruff", "check", "--isolated", f"--select={','.join(sorted(some))}", "--output-format=json", "--exit-zero", ".", cwd=root)
        assert some != whole or "incompatible" not in out.stderr
        for fault in json.loads(out.stdout):
            code = fault["code"] if fault["code"] in some else min(some)
            found[code].add(root.joinpath(fault["filename"]).relative_to(root))
    dead = [f"ignore: {code}" for code in everywhere if not found[code]]
    dead += [f"{pattern}: {code}" for pattern, some in by_place.items() for code in some if not found[code] & files(root, pattern)]
    assert dead == []


def files(root: Path, pattern: str) -> set[Path]:
    """The files of a pattern, from the repository's root."""
    return {path.relative_to(root) for path in root.glob(f"{pattern}/*" if pattern.endswith("**") else pattern)}


def test_no_file_is_taken_out_of_the_checks(root: Path, config: dict[str, dict[str, object]]) -> None:
    whole = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert not {"exclude", "extend-exclude"} & (whole["ruff"].keys() | config.keys())
    assert not {"exclude", "ignore_errors"} & whole["mypy"].keys()
    sources = [p for folder in ("src", "tools", "tests") for p in (root / folder).rglob("*.py")]
    assert [
        p for p in sources if re.search(r"^# (?:ruff: noqa|mypy: ignore|type: ignore)", p.read_text(encoding="utf-8"), re.MULTILINE)
    ] == []
