"""Open the demo's office."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from evaltrail_office.site import serve

if TYPE_CHECKING:
    from pathlib import Path


def main(data: str | Path, port: int = 8000, *, browser: bool = False) -> int:
    """Open the demo's office, filled at the first start, and a browser with it. Returns the exit code of ``serve``."""
    os.environ["EVALTRAIL_DEMO"] = "1"
    # A demo is never the office that somebody works in.
    os.environ.pop("DATABASE_URL", None)
    return serve.main(data, port, browser=browser)
