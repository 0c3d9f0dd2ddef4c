"""The words that stand on charts: the table ``charts`` of the packs in ``write/words``."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from evaltrail.write.wording import keys, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.write.wording import Wording

_TABLE = "charts."


def words_of(words: Wording) -> Mapping[str, str]:
    """The words of a language and a house for charts; those that it lacks in English."""
    return {k.removeprefix(_TABLE): words(k) for k in keys() if k.startswith(_TABLE)}


@cache
def english() -> Mapping[str, str]:
    """The words in English, which also says what keys there are."""
    return MappingProxyType(words_of(wording("en")))
