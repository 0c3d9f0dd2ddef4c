"""The language of a text.

The four languages with a pack are told by a vote of their stop words (``languages/<code>/stopwords.toml``), which takes
microseconds.  Only where the vote is low is ``py3langid`` loaded, to name the other language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text.packs import languages, pack

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000
"""Characters looked at: enough for any vote, few enough that a long text costs no more than a page."""
_FEW_WORDS = 5
_ENOUGH = 0.18
"""Share of words that are stop words of the language. Running prose of the four has 0.3 to 0.5, other languages' below 0.12."""
_AHEAD = 1.35
"""How many times the votes of the next language the winner must have."""
_SURE = 0.9
_LETTERS_FOR_MODEL = 60


@cache
def _stopwords() -> dict[str, frozenset[str]]:
    return {code: frozenset(pack(code, "stopwords").get("words", ())) for code in languages() if pack(code, "stopwords")}


def vote(text: str) -> dict[str, float]:
    """Share of the text's words that are stop words, for each language with a pack."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    if not words:
        return {}
    return {code: sum(w in stop for w in words) / len(words) for code, stop in _stopwords().items()}


def language_of(text: str, *, others: bool = True) -> str | None:
    """ISO 639-1 code of the text's language; None where it is short, mixed or cannot be told.

    With ``others`` a language without a pack is named by ``py3langid``; without, it is None.
    """
    shares = sorted(vote(text).items(), key=lambda item: -item[1])
    words = len(_WORD.findall(text[:_SAMPLE]))
    if shares and words >= _FEW_WORDS:
        (best, first), second = shares[0], shares[1][1] if len(shares) > 1 else 0.0
        if first >= _ENOUGH and first * words >= 2:
            if first >= second * _AHEAD:
                return best
            if second >= _ENOUGH:  # two of the four side by side: a bilingual page, or cognates in a few words
                return None
    if not others or sum(c.isalpha() for c in text[:_SAMPLE]) < _LETTERS_FOR_MODEL:
        return None
    return _by_model(text[:_SAMPLE])


def document_language(texts: Iterable[str], declared: str | None = None) -> str | None:
    """The language of most of a document, read from its longer texts until the vote is clear; ``declared`` where nothing can be told."""
    sample: list[str] = []
    size = 0
    for t in texts:
        if len(t) >= 60:  # headings and cells say little
            sample.append(t)
            size += len(t)
            if size >= _SAMPLE:
                break
    found = language_of("\n".join(sample)) if sample else None
    return found or (declared[:2].lower() if declared else None)


@cache
def _model() -> object:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _by_model(text: str) -> str | None:
    """The language that the statistical model is sure of, None otherwise."""
    code, sure = _model().classify(text)  # type: ignore[attr-defined]
    return str(code) if sure >= _SURE else None
