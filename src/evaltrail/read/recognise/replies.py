"""Sentences that answer a recommendation by naming it: "Recommendation 2 accepted: …", "Recommendations 1 and 4 were …"."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.text import packs

_NUMBER = r"(?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,2}(?:\s?\([a-z]\)|[a-z](?![a-z]))?"
_LINK = r"(?:\s*,\s*(?:and|et|y|e)?\s*|\s*(?:and|et|y|e|&|to|à|a|–|-)\s*)"


@cache
def _pattern() -> re.Pattern[str]:
    nouns: set[str] = set()
    marks: set[str] = set()
    for code in packs.languages():
        table = packs.pack(code, "statements")
        nouns.update(table.get("nouns", {}).get("recommendation", []))
        marks.update(table.get("marks", {}).get("number", []))
    noun = "|".join(re.escape(n) for n in sorted(nouns, key=len, reverse=True))
    mark = "|".join(re.escape(m) for m in sorted(marks, key=len, reverse=True))
    # What follows is the sentence's verb in small letters; a capital letter begins the words of the recommendation itself.
    return re.compile(
        rf"^\W{{0,3}}(?:sub-?)?(?:{noun})(?:s|es)?\s*(?:{mark})?\s*(?P<numbers>{_NUMBER}(?:{_LINK}{_NUMBER})*)\s*(?:\([^)]{{1,40}}\)\s*)?,?\s+(?=[a-zà-ÿ])",
        re.IGNORECASE,
    )


def reply_of(text: str) -> tuple[str, ...] | None:
    """Numbers of the recommendations that a paragraph answers by its opening words, None where it opens otherwise."""
    m = _pattern().match(text)
    if m is None or text[m.end()].isupper():
        return None
    return numbers_of(m.group("numbers"))


def numbers_of(printed: str) -> tuple[str, ...]:
    """The numbers of a printed list of them, ranges of whole numbers counted out: "1, 3 and 5–7"."""
    out: list[str] = []
    parts = re.split(rf"({_LINK})", printed)
    for i in range(0, len(parts), 2):
        number = re.sub(r"\s+", "", parts[i])
        if not number:
            continue
        link = parts[i - 1].strip() if i else ""
        if link in ("to", "à", "a", "–", "-") and out and out[-1].isdigit() and number.isdigit() and int(number) - int(out[-1]) < 40:
            out += [str(n) for n in range(int(out[-1]) + 1, int(number))]
        out.append(number)
    return tuple(out)
