"""Make the office's migrations anew from its models: one a app, as long as no version has been released that somebody keeps data with.

Migrations that were written by hand (their number is above 0001) stay.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

OFFICE = Path(__file__).resolve().parent.parent / "src" / "evaltrail_office"


def main() -> int:
    """Write 0001_initial of every app that has models. Returns Django's exit code."""
    apps = sorted(path.parent.name for path in OFFICE.glob("*/migrations"))
    before = {path: path.read_bytes() for path in OFFICE.glob("*/migrations/0001_initial.py")}
    by_hand = {path: path.read_bytes() for path in OFFICE.glob("*/migrations/0*.py") if path not in before}
    with tempfile.TemporaryDirectory() as data:
        django = [sys.executable, "-m", "django", "makemigrations", "--no-header", "--skip-checks", *apps]
        environment = {**os.environ, "EVALTRAIL_DATA": data, "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings"}
        for path in (*before, *by_hand):
            path.unlink()
        code = subprocess.run([*django, "--name", "initial"], env=environment, check=False).returncode
        for path, content in (before if code else {}).items():
            path.write_bytes(content)
        for path, content in by_hand.items():
            path.write_bytes(content)
    return code


if __name__ == "__main__":
    sys.exit(main())
