"""The same word is spelt after two customs.

## What it does
Counts, in the running text and not in names of several words, words that have two right spellings:
"organisation" and "organization", "programme" and "program", "well-being" and "wellbeing". One message names the pairs of
which the paper uses both. Footnotes and quotations are left out: they hold the words and titles of others.

## Why it is bad
It shows that parts by several hands were not brought together, and search finds only half.

## Options
- `each`: how often the rarer spelling must stand in the paper where a hyphen is the difference (3). A spelling of another custom
  ("organization" for "organisation") is named from the first on, a letter doubled ("focussed") from the second.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural, say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="LAN009", severity="note", sources=("consistency",), papers=ANY, options={"each": 3})

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nAn organisation met. Each organisation paid. No organisation left. "
        "An organization met. Each organization paid. No organization left.\n"
    ),
    (
        "# Évaluation du programme\n\n## Constatations\n\nUn sous-projet, un autre sous-projet et encore un sous-projet. "
        "Un sousprojet, un autre sousprojet et encore un sousprojet.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nAn organisation met. Each organisation paid. No organisation left. "
        "The International Organization for Migration met.\n"
    ),
    "# Évaluation du programme\n\n## Constatations\n\nUn sous-projet, un autre sous-projet et encore un sous-projet.\n",
)

_WORD = re.compile(r"(?<![\w@./’'-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@/]|\.\w|-)")
_ISE = re.compile(r"i[sz](?=(?:e|es|ed|ing|ation|ations|ational|er|ers)$)")
_APOSTROPHE = re.compile(r"[’']")
_DOUBLED = re.compile(r"([st])\1(?=(?:ed|ing)$)")
_TWICE = 2
_LONG = 5
_SHOWN = 4


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for the paper."""
    if not packs.pack(paper.language, "check_language"):
        return  # its words may be those of another language that it quotes
    pairs: dict[str, str] = dict(tuple(p.split("/", 1)) for p in paper.listed("check_language", "spellings"))  # type: ignore[misc]
    wanted = _wanted(paper, pairs)
    small = frozenset(paper.listed("check_language", "determiners"))
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Unit, int, int]] = {}
    # Asked for each word alone, of which a text has few: going through all words of the texts takes many times as long.
    for unit, words in paper.holding_each(tuple(wanted), running=True):
        if unit.kind == "footnote":
            continue
        for m in _standing(unit.text, words):
            if m[0].lower() not in wanted or _quoted(unit.text, m.start()):
                continue
            word = m[0].lower() if _is_no_name(unit.text, m, small) else m[0]
            # "re-" at the end of a line may be a hyphen of the page; a word with a line break in it has none here.
            if word in wanted and len(word) >= _LONG:
                counts[word] += 1
                if word not in first:
                    first[word] = (unit, m.start(), m.end())
    found: list[tuple[str, str]] = []
    for word, n in counts.items():
        other = _other(word, counts, pairs)
        if other and min(n, counts[other]) >= (_least(word, other) or options["each"]):
            found.append((word, other) if n >= counts[other] else (other, word))
    found = sorted(dict.fromkeys(found), key=lambda p: -counts[p[1]])
    if found:
        shown = tuple(
            say("“{words}” ({times}) and “{others}” ({other_times})", words=a, times=counts[a], others=b, other_times=counts[b])
            for a, b in found[:_SHOWN]
        )
        rest = len(found) - _SHOWN
        more = plural(rest, "; and {number} more", "; and {number} more") if rest > 0 else ""
        yield Message(
            say("Words are spelt in two ways: {shown:apart}{more}.", shown=shown, more=more),
            paper.at(*first[found[0][1]]),
            related=tuple(Related(b, paper.at(*first[b])) for _, b in found[1:6]),
        )


def _standing(text: str, words: Sequence[str]) -> Iterator[re.Match[str]]:
    """What ``_WORD`` finds where one of the words begins, in order."""
    lower = text.lower()
    if len(lower) != len(text):
        yield from _WORD.finditer(text)
        return
    starts: set[int] = set()
    for word in words:
        at = lower.find(word)
        while at >= 0:
            starts.add(at)
            at = lower.find(word, at + 1)
    for at in sorted(starts):
        if m := _WORD.match(text, at):
            yield m


def _least(word: str, other: str) -> int:
    """How often the rarer spelling must stand where letters part the two; 0 where a hyphen does, as the break of a line may put in."""
    if "-" in word or "-" in other:
        return 0
    longer, shorter = sorted((word, other), key=len, reverse=True)
    return _TWICE if _DOUBLED.sub(r"\1", longer, count=1) == shorter else 1


def _quoted(text: str, at: int) -> bool:
    """Whether a quotation mark opens before a place and closes after it."""
    return any(text.count(a, 0, at) > text.count(b, 0, at) for a, b in (("“", "”"), ("«", "»"))) or text.count('"', 0, at) % 2 == 1


def _is_no_name(text: str, m: re.Match[str], small: frozenset[str]) -> bool:
    """Whether a word with a capital stands alone behind an article or the like ("the Organisation met") and is no part of a longer name."""
    if not m[0][0].isupper() or m[0].isupper() or _NAME_GOES_ON.match(text, m.end()):
        return False
    before = text[: m.start()].rsplit(None, 1)
    return bool(before) and before[-1].lower() in small


_NAME_GOES_ON = re.compile(r"\s(?:\w+\s){0,2}[A-ZÀ-Ý]|\W*$")


def _wanted(paper: Paper, pairs: Mapping[str, str]) -> frozenset[str]:
    """Words of the paper that stand in it in two spellings, as far as its vocabulary tells."""
    held = {part for word in paper.vocabulary for part in (word, *_APOSTROPHE.split(word))}
    held |= {part for word in held if "-" in word for part in word.split("-")}
    return frozenset(w for word in held if (other := _other(word, held, pairs)) for w in (word, other))


def _other(word: str, counts: Container[str], pairs: Mapping[str, str]) -> str | None:
    """The other spelling of a word, where the paper has it; asked only from one of the two."""
    if "-" in word and (joined := word.replace("-", "")) in counts:
        return joined
    if word in pairs and pairs[word] in counts:
        return pairs[word]
    m = _ISE.search(word)
    if m and word[m.start() + 1] == "s" and (z := f"{word[: m.start()]}iz{word[m.end() :]}") in counts:
        return z
    return None
