"""What the title calls the programme that is evaluated, and the acronyms of that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.check.acronyms import acronyms
from evaltrail.check.once import once

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper

_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){1,6}")
"""Words with capitals in a row; the first title's words too, as a name may begin there."""
_FEWEST = 8
"""Letters of words in the title that are enough for an acronym's meaning."""


@once
def names(paper: Paper) -> re.Pattern[str]:
    """A pattern that finds the names; worked out once."""
    title = " ".join(paper.record.document.title.split())
    known = [a for a, ds in acronyms(paper).definitions.items() if any(_is_in(d.words, title) for d in ds)]
    words = [re.escape(w).replace(r"\ ", r"\s+") for w in (*known, *_NAME.findall(title))]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])") if words else re.compile(r"(?!)")


def _is_in(words: str, title: str) -> bool:
    return len(words) >= _FEWEST and " ".join(words.split()).lower() in title.lower()
