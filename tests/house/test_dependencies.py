"""The lock, the declared dependencies and the imports say the same; the library needs no optional part."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING

import audit
import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from pathlib import Path

HASH = "--hash=sha256:" + "0" * 64


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_lock_is_in_order(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main() == 0, capsys.readouterr().err
    assert "://" not in (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "lock, fault",
    [
        ("lxml==6.1.3\n", "lxml has no hash"),
        (f"lxml==6.1.3 {HASH}\nlxml==6.1.2 {HASH}\n", "lxml is locked twice for one platform and Python"),
        (f"--index-url https://example.org/simple\nlxml==6.1.3 {HASH}\n", "the lock holds an address, a path or an option"),
        (f"lxml @ file:///tmp/lxml.whl {HASH}\n", "the lock holds an address, a path or an option"),
    ],
)
def test_a_faulty_lock_is_reported(lock: str, fault: str) -> None:
    assert list(audit.faults_of_lock(lock)) == [fault]


def test_one_package_may_be_locked_for_different_pythons() -> None:
    lock = f"numpy==2.4.6 ; python_full_version < '3.12' \\\n    {HASH}\nnumpy==2.5.5 ; python_full_version >= '3.12' \\\n    {HASH}\n"
    assert list(audit.faults_of_lock(lock)) == []


def test_a_line_that_pins_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="not a pinned package: lxml>=6"):
        list(audit.pins("lxml>=6\n"))


def test_a_lock_that_lags_behind_the_declaration_is_reported() -> None:
    here = metadata.version("iniconfig")
    lock = f"iniconfig=={here} {HASH}\nmdurl==0.0.1 {HASH}\n"
    faults = list(audit.faults_of_sync(lock, [Requirement("iniconfig>=99"), Requirement("lxml>=5")]))
    assert f"iniconfig>=99 is locked at {here}" in faults
    assert "lxml>=5 is not locked" in faults
    assert "mdurl is locked, and nothing requires it" in faults


def test_a_package_without_an_allowed_licence_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "ALLOWED", audit.ALLOWED - {"MIT"})
    assert list(audit.faults_of_licences(f"iniconfig==2.0.0 {HASH}\n")) == ["iniconfig: the licence MIT is not on the list"]
    assert "cannot be told" in next(audit.faults_of_licences(f"no-such-package==1.0 {HASH}\n"))


def imported(folder: Path) -> set[str]:
    """Top-level names that the modules of a folder import, wherever they do it."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"evaltrail", "evaltrail_office"}


def modules_of(requirements: list[str]) -> dict[str, set[str]]:
    """Import names by requirement."""
    names = {Requirement(r).name.lower().replace("_", "-") for r in requirements}
    out: dict[str, set[str]] = {name: set() for name in names}
    for module, distributions in metadata.packages_distributions().items():
        for distribution in distributions:
            key = distribution.lower().replace("_", "-")
            if key in out:
                out[key].add(module)
    return out


@pytest.mark.parametrize(
    "package, extra, by_name",
    [
        (
            "evaltrail",
            None,
            {
                "pillow": "pypdfium2 hands page images over as Pillow's",
                "font-source-sans-pro": "found by its name, as a package of files",
                "font-source-serif-pro": "as the other face",
            },
        ),
        (
            "evaltrail_office",
            "office",
            {"django-htmx": "named in the settings", "psycopg": "Django's PostgreSQL engine", "whitenoise": "named in the settings"},
        ),
    ],
)
def test_what_is_imported_is_declared_and_what_is_declared_is_imported(
    root: Path, project: dict[str, dict[str, object]], package: str, extra: str | None, by_name: dict[str, str]
) -> None:
    declared = project["project"]["dependencies"] if extra is None else project["project"]["optional-dependencies"][extra]
    modules = modules_of(declared)
    used = imported(root / "src" / package)
    # An extra is installed on top of what the library needs.
    there = modules if extra is None else {**modules_of(project["project"]["dependencies"]), **modules}
    assert used - {m for some in there.values() for m in some} == set()
    assert {name for name, some in modules.items() if not some & used} - by_name.keys() == set()


OPTIONAL = ("django", "granian", "whitenoise", "sklearn", "scipy", "onnxruntime", "usearch", "distributed", "typst", "playwright")


@pytest.mark.parametrize("statement", ["import evaltrail", "from evaltrail import read; read(b'1. A paper that says something.')"])
def test_the_library_imports_no_optional_part(statement: str) -> None:
    code = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(out.stdout)}
    assert loaded & {*OPTIONAL, "evaltrail_office"} == set()


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import evaltrail; print(*sorted(set(sys.modules) - before))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {name.split(".")[0] for name in out.stdout.split()} - set(sys.stdlib_module_names) == {"evaltrail"}
    assert "evaltrail.record" not in out.stdout.split()


def test_every_third_party_import_of_the_record_is_pydantic(root: Path) -> None:
    assert imported(root / "src" / "evaltrail" / "record") == {"pydantic"}
