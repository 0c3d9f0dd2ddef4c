"""Words of a text as they are compared: numbers whole, quotes, dashes and spaces in one form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from evaltrail.text.normal import plain

# A number with its groups, decimals and sign of per cent; a word with its apostrophes; else one character.
_TOKEN = re.compile(
    r"""
    (?P<number>\d+(?:[.,]\d+|(?<!\d{4})[ \u00a0\u2009\u202f]\d{3}(?!\d))*(?:\ ?%)?)
    | [^\W\d_](?:[^\W\d_]|[\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]|['’\u02bc](?=[^\W\d_]))*
    | \.\.\.
    | [^\s]
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into tokens, which together are the whole text."""

    text: str
    starts: tuple[int, ...]
    """Where each token begins; white space belongs to the token before it."""
    ends: tuple[int, ...]
    """Where each token's own characters end."""
    keys: tuple[str, ...]
    """What is compared: tokens with the same key say the same."""

    def __len__(self) -> int:
        return len(self.keys)

    def slice(self, first: int, last: int) -> str:
        """The text of the tokens from ``first`` to before ``last``, with the white space after each; before the first token, too."""
        if first >= last:
            return ""
        begin = 0 if first == 0 else self.starts[first]
        return self.text[begin : self.starts[last] if last < len(self.starts) else len(self.text)]


def tokens(text: str) -> Tokens:
    """The tokens of a text."""
    starts, ends, keys = [], [], []
    straight = text.isascii()
    for m in _TOKEN.finditer(text):
        key = m[0] if straight else _key(m[0])
        if m["number"]:
            key = "".join(key.split())
        if not key:
            continue  # soft hyphens and the like between words
        starts.append(m.start())
        ends.append(m.end())
        keys.append(key)
    return Tokens(text, tuple(starts), tuple(ends), tuple(keys))


def _key(token: str) -> str:
    if token.isascii():
        return token
    return plain(_INVISIBLE.sub("", unicodedata.normalize("NFC", token)))


def is_word(key: str) -> bool:
    """Whether a token is a word or number and no mark."""
    return key[0].isalnum()


def is_number(key: str) -> bool:
    """Whether a token is a number."""
    return key[0].isdigit()
