"""Check the dependencies without a network: requirements.lock against pyproject.toml and against what is installed.

- the lock holds names, versions, markers and hashes, and no address, path or index option;
- no package is locked twice for one platform and Python;
- every requirement of pyproject.toml is locked at a version that it allows;
- the lock holds nothing that no requirement brings;
- what is installed is what is locked;
- every package has a licence of the list below.
"""

from __future__ import annotations

import itertools
import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "LGPL-3.0-only",  # psycopg: called as a library of its own, not changed
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",  # changes to such a file would have to be published; none is changed
    "OFL-1.1",
    "PSF-2.0",
    "Zlib",
}
"""SPDX identifiers of licences that allow use and distribution beside Apache-2.0 code."""

BY_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}

READ_BY_A_PERSON = {
    "asgiref": "BSD-3-Clause",  # only the older free-text field
    "axe-playwright-python": "MIT",  # its licence file; the axe-core inside is MPL-2.0
    "charset-normalizer": "MIT",  # only the older free-text field
    "colorama": "BSD-3-Clause",  # Windows only
    "lxml": "BSD-3-Clause",  # only the older free-text field
    "oauthlib": "BSD-3-Clause",  # only the older free-text field
    "psutil": "BSD-3-Clause",  # only the older free-text field
    "pypdfium2": "BSD-3-Clause",  # "BSD-3-Clause, Apache-2.0, dependency licenses": its licence folder lists permissive ones
    "qrcode": "BSD-3-Clause",  # its licence file: BSD, and the MIT of what it came from; DENSO asks to be named
    "tzdata": "Apache-2.0",  # Windows only
}
"""Packages whose metadata do not say it in a form that can be checked, or that are not installed on every platform."""

PYTHONS = ("3.11.0", "3.11.9", "3.12.0", "3.13.0", "3.14.0")
PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))


@dataclass(frozen=True, slots=True)
class Pin:
    """A line of the lock."""

    name: str
    version: str
    marker: Marker | None
    hashes: int


def pins(lock: str) -> Iterator[Pin]:
    """The packages of a lock.

    Raises ``ValueError`` at a line that is neither a pin nor one of its hashes.
    """
    for line in lock.replace("\\\n", " ").splitlines():
        text = line.strip()
        if not text:
            continue
        head, *hashes = (part.strip() for part in text.split("--hash="))
        found = re.fullmatch(r"([a-z0-9-]+)==([a-z0-9.+!]+)(?:\s*;\s*(.+))?", head)
        if found is None or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes):
            raise ValueError(f"not a pinned package: {text[:80]}")
        yield Pin(found[1], found[2], Marker(found[3]) if found[3] else None, len(hashes))


def environments() -> Iterator[dict[str, str]]:
    """Marker environments of the platforms and Pythons that the lock is for."""
    for python, (platform, system, name) in itertools.product(PYTHONS, PLATFORMS):
        yield {
            **{k: str(v) for k, v in default_environment().items()},
            "python_version": python.rsplit(".", 1)[0],
            "python_full_version": python,
            "sys_platform": platform,
            "platform_system": system,
            "os_name": name,
        }


def faults_of_lock(lock: str) -> Iterator[str]:
    """What is wrong with the lock taken by itself."""
    if re.search(r"://|--(?:extra-)?index|--find-links|file:|(?:^|\s)-[a-z]\s|\s@\s", lock):
        yield "the lock holds an address, a path or an option"
        return
    locked = list(pins(lock))
    for pin in locked:
        if not pin.hashes:
            yield f"{pin.name} has no hash"
    for name, group in itertools.groupby(sorted(locked, key=lambda p: p.name), key=lambda p: p.name):
        same = list(group)
        if any(sum(p.marker is None or p.marker.evaluate(e) for p in same) > 1 for e in environments()):
            yield f"{name} is locked twice for one platform and Python"


def requirements(project: dict[str, Any], extras: Iterable[str] = ("office",), group: str = "dev") -> Iterator[Requirement]:
    """What the lock is made from: the dependencies, the extras in use and the development group."""
    yield from map(Requirement, project["project"]["dependencies"])
    for extra in extras:
        yield from map(Requirement, project["project"]["optional-dependencies"][extra])
    yield from _group(project, group)


def _group(project: dict[str, Any], name: str) -> Iterator[Requirement]:
    for entry in project["dependency-groups"][name]:
        if isinstance(entry, dict):
            yield from _group(project, entry["include-group"])
        else:
            yield Requirement(entry)


def faults_of_sync(lock: str, wanted: Iterable[Requirement]) -> Iterator[str]:
    """Where the lock and what it is made from disagree, and where what is installed differs from the lock."""
    here = [p for p in pins(lock) if p.marker is None or p.marker.evaluate()]
    versions = {p.name: p.version for p in here}
    reached: set[tuple[str, frozenset[str]]] = set()
    todo = [r for r in wanted if r.marker is None or r.marker.evaluate()]
    while todo:
        requirement = todo.pop()
        name: str = canonicalize_name(requirement.name)
        if name not in versions:
            yield f"{requirement} is not locked"
            continue
        if not requirement.specifier.contains(versions[name], prereleases=True):
            yield f"{requirement} is locked at {versions[name]}"
        key = (name, frozenset(requirement.extras))
        if key in reached:
            continue
        reached.add(key)
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            yield f"{name} {versions[name]} is locked and not installed"
            continue
        if installed.version != versions[name]:
            yield f"{name} is locked at {versions[name]} and installed at {installed.version}"
        for text in installed.requires or ():
            further = Requirement(text)
            if further.marker is None or any(further.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
                todo.append(further)
    for name in sorted(versions.keys() - {name for name, _ in reached}):
        yield f"{name} is locked, and nothing requires it"


def licences(name: str) -> set[str] | None:
    """SPDX identifiers of an installed package's licence, all of which apply; None where its metadata do not tell.

    Of several to choose from ("A OR B") the allowed ones stand.
    """
    if name in READ_BY_A_PERSON:
        return {READ_BY_A_PERSON[name]}
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    for expression in about.get_all("License-Expression", []):
        parts = [set(re.split(r"\s+OR\s+", part.strip("() "))) for part in re.split(r"\s+AND\s+", expression)]
        return {one for part in parts for one in ((part & ALLOWED) or part)}
    classifiers = [c.split(" :: ")[-1] for c in about.get_all("Classifier", []) if c.startswith("License :: ")]
    return {BY_CLASSIFIER.get(c, c) for c in classifiers if c != "OSI Approved"} or None


def faults_of_licences(lock: str) -> Iterator[str]:
    """Packages of the lock whose licence is not allowed or not known."""
    for name in sorted({p.name for p in pins(lock)}):
        found = licences(name)
        if found is None:
            yield f"{name}: the licence cannot be told from its metadata; read it and add it to READ_BY_A_PERSON"
        elif not found <= ALLOWED:
            yield f"{name}: the licence {', '.join(sorted(found - ALLOWED))} is not on the list"


def main() -> int:
    """Print every fault; 1 if there is one."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    faults = list(faults_of_lock(lock))
    if not faults:
        faults = [*faults_of_sync(lock, requirements(project)), *faults_of_licences(lock)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{len({p.name for p in pins(lock)})} locked packages: hashes, versions, origin and licences in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
