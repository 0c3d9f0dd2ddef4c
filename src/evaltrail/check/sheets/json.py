"""A quality sheet as JSON: judgements go into ``rows[].judgement``, or into a short file of their own.

The short form is ``{"profile": "uneg", "judgements": {"1.1": "met"}, "comments": {"1.1": "…"}}``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evaltrail.check.score import Judgements
from evaltrail.check.sheets import NotASheet

if TYPE_CHECKING:
    from evaltrail.check.sheet import Sheet


def write(sheet: Sheet) -> bytes:
    """The sheet as JSON text."""
    return sheet.model_dump_json(by_alias=True, indent=2).encode() + b"\n"


def read(data: bytes) -> Judgements:
    """Judgements from either form."""
    try:
        found = json.loads(data)
    except (UnicodeDecodeError, ValueError, RecursionError) as e:
        raise NotASheet(f"it is not sound JSON ({e})") from None
    if not isinstance(found, dict) or not isinstance(found.get("profile"), str):
        raise NotASheet("it holds no sheet: “profile” is missing")
    if "judgements" in found:
        return Judgements(
            profile=found["profile"],
            words=_texts(found["judgements"], "judgements"),
            comments=_texts(found.get("comments", {}), "comments"),
        )
    rows = found.get("rows")
    if not isinstance(rows, list) or not all(isinstance(r, dict) and isinstance(r.get("id"), str) for r in rows):
        raise NotASheet("it holds no sheet: neither “judgements” nor “rows” with an id each")
    return Judgements(
        profile=found["profile"],
        version=str(found.get("profile_version", "")),
        sha256=str(found.get("sha256", "")),
        words=_texts({r["id"]: r["judgement"] for r in rows if r.get("judgement")}, "rows"),
        comments=_texts({r["id"]: r["comment"] for r in rows if r.get("comment")}, "rows"),
    )


def _texts(found: Any, where: str) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(v, str | None) for v in found.values()):
        raise NotASheet(f"“{where}” does not give a word for each item's id")
    return {k: v for k, v in found.items() if v and v.strip()}
