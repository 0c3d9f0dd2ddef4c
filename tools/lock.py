"""Resolve the dependencies into requirements.lock: for every platform, with hashes, without addresses.

What the library, the office and the tests need is locked together. The extras whose feature has not
arrived are resolved beside it, to know that they can be installed, and not written down
(docs/decisions/0003-extras-and-the-lock.md).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
EXTRAS_TO_COME = ("screen", "semantic", "cluster")


def main() -> int:
    """Write the lock. Returns 1 if something cannot be resolved or the result holds an address."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions, not those of the present lock")
    args = parser.parse_args()
    lock = ["--output-file", str(LOCK), "--extra", "office", "--group", "dev", "--generate-hashes"]
    if not resolve(*lock, *(["--upgrade"] if args.upgrade else [])):
        return 1
    if "://" in LOCK.read_text(encoding="utf-8"):
        print("requirements.lock holds an address", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        extras = [word for extra in EXTRAS_TO_COME for word in ("--extra", extra)]
        return 0 if resolve("--output-file", str(Path(folder, "extras")), "--constraint", str(LOCK), *extras) else 1


def resolve(*options: str) -> bool:
    """Whether uv could resolve pyproject.toml with these options."""
    universal = ["--universal", "--python-version", "3.11", "--only-binary", ":all:"]
    plain = ["--no-header", "--no-annotate", "--no-config", "--quiet"]
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *universal, *plain, *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
