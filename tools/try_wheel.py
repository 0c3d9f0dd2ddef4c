"""Build the wheel and run the library's tests against it, with nothing beside it but pytest and Hypothesis.

The tests run in a folder of their own, so that what is found is what was installed: a module or a data
file that the wheel lacks fails here. What needs more than that (the office, the linters, a browser) skips.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from importlib import metadata
from pathlib import Path

import audit
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Return pytest's exit code, or 1 where the wheel cannot be built or installed."""
    with tempfile.TemporaryDirectory(prefix="evaltrail-wheel-") as name:
        folder = Path(name)
        run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
        wheel = next(folder.glob("*.whl"))
        missing = sources() - contents(wheel)
        if missing:
            print("the wheel lacks: " + ", ".join(sorted(missing)), file=sys.stderr)
            return 1
        needed = folder / "needed.lock"
        needed.write_text(subset((ROOT / "requirements.lock").read_text(encoding="utf-8")), encoding="utf-8")
        python = environment(folder / "environment")
        pip = ("-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input")
        run(python, *pip, "--only-binary", ":all:", "--require-hashes", "--requirement", str(needed))
        run(python, *pip, "--no-deps", str(wheel))
        shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__", "house"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        kept = {k: v for k, v in os.environ.items() if k not in {"CI", "PYTHONPATH", "EVALTRAIL_SHARED"}}
        return subprocess.run(
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *sys.argv[1:]], cwd=folder, env=kept, check=False
        ).returncode


def run(*command: str) -> None:
    """Run a program from the repository's root; ends this one where it fails."""
    if subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.exit(1)


def environment(folder: Path) -> str:
    """Make an empty environment and return its Python."""
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def sources() -> set[str]:
    """Everything in src that belongs to the packages, as it should stand in the wheel."""
    tracked = subprocess.run(["git", "ls-files", "src"], cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S607
    if tracked.returncode:
        return set()  # not a repository: an unpacked source archive
    return {line.removeprefix("src/") for line in tracked.stdout.splitlines()}


def contents(wheel: Path) -> set[str]:
    """The files in a wheel."""
    import zipfile

    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def subset(lock: str) -> str:
    """The part of the lock that the library and its tests need: no office, no linters."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    todo = list(audit.requirements(project, extras=(), group="test"))
    names: set[str] = set()
    while todo:
        requirement = todo.pop()
        name = str(canonicalize_name(requirement.name))
        if name in names or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        names.add(name)
        todo += map(Requirement, metadata.requires(name) or ())
    entries = lock.replace("\\\n", "").splitlines()
    return "".join(f"{entry}\n" for entry in entries if entry.split("==")[0] in names)


if __name__ == "__main__":
    sys.exit(main())
