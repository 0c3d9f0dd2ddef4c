"""What a page says besides the paper's own words, in the paper's language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evaltrail.write.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.write.house import House


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((files("evaltrail.write.markup") / "words.toml").read_text(encoding="utf-8"))


def words(language: str, house: House | None = None) -> Mapping[str, str]:
    """The words for a BCP 47 tag, by key; English for a language that has none."""
    table: Mapping[str, str] = _all().get(language.lower().split("-")[0]) or _all()["en"]
    return {"contents": wording(language, house)("headings.contents"), **table}
