"""Where this office's house template lies: a folder that EVALTRAIL_HOUSE names, or ``house`` in the data folder."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def folder() -> Path | None:
    """The template's folder; None: papers are plain."""
    named = getattr(settings, "HOUSE", "")
    if named:
        return Path(named)
    own = Path(settings.DATA) / "house"
    return own if (own / "house.toml").is_file() else None
