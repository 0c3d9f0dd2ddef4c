"""Whether words ask for something: an item of a list that opens with a verb, a sentence that opens a list of requests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from evaltrail.read.recognise.words import any_of, fold
from evaltrail.text import packs
from evaltrail.text.sentences import sentences

Lead = Literal["asks", "opens", "explains", "none"]

_ELIDED = re.compile(r"^(?:[ds]['’])(?=\w)")
_EARLY = 30
"""Words of an item among which "should" makes it a request."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The words of one language by which somebody is asked to do something."""

    modal: re.Pattern[str]
    introduce: re.Pattern[str]
    explain: re.Pattern[str]
    governs: re.Pattern[str]
    before_verb: re.Pattern[str]
    verbs: frozenset[str]
    endings: tuple[str, ...]
    not_verbs: frozenset[str]

    def asks(self, text: str) -> bool:
        """Whether an item asks for something: it opens with a verb that does, or says "should" early on."""
        return self.opens_with_verb(text) or self.has_request(" ".join(text.split()[:_EARLY]))

    def has_request(self, text: str) -> bool:
        """Whether words hold "should", "is recommended to" and the like, or open with a verb that asks."""
        return bool(self.modal.search(fold(text))) or any(self.opens_with_verb(s.text) for s in sentences(text))

    def opens_with_verb(self, text: str) -> bool:
        """Whether a text opens with a verb that asks: "Ensure …", "To devise …", "Designing …", "Renforcer …"."""
        words = fold(text).lstrip("\"'([-–•* ")
        for _ in range(3):
            words = _ELIDED.sub("", words)
            m = self.before_verb.match(words)
            if m is None:
                break
            words = words[m.end() :].lstrip()
        first = re.match(r"[^\s,.;:()]+", words)
        word = first.group(0).strip("'\"") if first else ""
        if word in self.verbs:
            return True
        # "Systematically document", "Clearly define".
        if word.endswith(("ly", "ment", "mente")) and word not in self.not_verbs:
            rest = words[len(word) :].split()
            return bool(rest) and self._verb(rest[0].strip(",.;:"))
        return self._verb(word)

    def _verb(self, word: str) -> bool:
        return word in self.verbs or (len(word) > 4 and word.endswith(self.endings) and word not in self.not_verbs)

    def lead(self, text: str) -> Lead:
        """What the words before a list make of it.

        "asks": requests ("The Office should:"); "opens": a list of anything (a colon); "explains": reasons or examples;
        "none": they do not announce it.
        """
        last = next((s.text for s in reversed(sentences(text))), "")
        words = fold(last).rstrip()
        colon = words.endswith((":", ": -"))
        words = words.rstrip(": -")
        governed = bool(self.governs.search(words))
        if not colon and not governed:
            return "none"
        asked = max((m.end() for p in (self.modal, self.introduce) for m in p.finditer(words)), default=-1)
        explained = max((m.end() for m in self.explain.finditer(words)), default=-1)
        if explained > asked:
            return "explains"
        if asked >= 0 or (governed and (colon or self.has_request(last))):
            return "asks"
        return "opens" if colon else "none"


@cache
def asking(language: str | None) -> Asking:
    """The words of a language; English where the language is unknown or has no pack."""
    code = language if language in packs.languages() else "en"
    own = packs.pack(code or "en", "links").get("parts", {})
    fields = packs.pack(code or "en", "fields").get("asking", {})
    asks = packs.pack(code or "en", "statements").get("sentences", {}).get("asks", [])
    before = "|".join(re.escape(fold(w)) for w in sorted(own.get("before_verb", ()), key=len, reverse=True)) or "(?!)"
    governs = "|".join(re.escape(fold(w)) for w in own.get("governs", ())) or "(?!)"
    return Asking(
        modal=any_of((*asks, *fields.get("behind", ()))),
        introduce=any_of(tuple(own.get("introduce", ()))),
        explain=any_of(tuple(own.get("explain", ()))),
        governs=re.compile(rf"(?<!\w)(?:{governs})$"),
        before_verb=re.compile(rf"(?:{before})(?!\w)"),
        verbs=frozenset(fold(w) for w in own.get("verbs", ())),
        endings=tuple(own.get("endings", ())) or ("\0",),
        not_verbs=frozenset(fold(w) for w in own.get("not_verbs", ())),
    )
