"""What a text is by its wording: a sentence, a statement, a quotation, the name of a criterion, an announcement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.recognise.sections import criteria_of
from evaltrail.read.recognise.words import alternation, fold, keyed

if TYPE_CHECKING:
    from evaltrail.read.outline import Block

SENTENCE_END = (".", "!", "?", ";", ":", ".”", ".’", '."', ".)")
_QUOTED = re.compile(r"[“«][^”»]*[”»]?|\"[^\"]*\"?|(?:^|(?<=\s))‘.*?(?:’(?!\w)|$)")
_NAMED = re.compile(r"[^:.]{1,40}\d\s*:")
"""What opens a title: "Work package 3: …"."""


def is_sentence(text: str) -> bool:
    """Whether a text holds a finite verb or asks for something, and so is more than a title."""
    words = fold(text)
    if alternation("statements", "verbs", "finite").search(words):
        return True
    past = re.search(
        r"\b(?!based\b|related\b|linked\b)[a-z]{3,}ed (?:the|a|an|to|by|its|their|in|on|that|with|from|for|and|well|all|not)\b", words
    )
    return (
        bool(past and past.start() > 0)
        or bool(alternation("statements", "sentences", "recommendation").search(words))
        or len(words.split()) >= 20
    )


def states(text: str) -> bool:
    """Whether a text reads as a statement: a sentence that ends as one, and no question."""
    return len(text.split()) >= 8 and "?" not in text[-3:] and ends_sentence(text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence: with a full stop, as titles seldom do, or with another mark where it has a verb."""
    ending = text.rstrip()
    if ending.endswith((".", ".”", ".’")) and not _NAMED.match(text):
        return True
    return ending.endswith(SENTENCE_END) and is_sentence(text)


def is_quotation(b: Block) -> bool:
    """Whether somebody is quoted: most of the words stand in quotation marks, or all are slanted."""
    quoted = sum(len(m.group()) for m in _QUOTED.finditer(b.text))
    return b.italic > 0.5 or 2 * quoted > len(b.text)


def criteria_only(text: str) -> bool:
    """Whether a text is no more than the name of a criterion."""
    return bool(criteria_of(text)) and len(text.split()) < 6


def names_criterion(words: str) -> bool:
    """Whether a bold word or two name a criterion, as noun or adjective ("coherent")."""
    parts = fold(words).strip(" ,.;:").split()
    return 0 < len(parts) <= 4 and any(len(p) >= 6 and any(name[:6] == p[:6] for name in keyed("criteria")) for p in parts)


def introduces(text: str) -> bool:
    """Whether a paragraph announces what follows."""
    return text.rstrip().endswith(":") or bool(alternation("statements", "announces").search(fold(text)))
