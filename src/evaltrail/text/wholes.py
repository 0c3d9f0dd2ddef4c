"""What a number is of: the noun it counts, the whole that a percentage is a share of, what a sum of money is.

The last of three steps of the ledger (:mod:`~evaltrail.text.quantities`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.text import phrases
from evaltrail.text.figures import word_before, words_before

if TYPE_CHECKING:
    from evaltrail.text.figures import Number
    from evaltrail.text.lexicon import Lexicon

_WORD_AFTER = re.compile(r"\s+([^\W\d_]+)")
_NAMED = re.compile(r"([^\W\d_]+)\s?[=<>≤≥]\s?$")
_WITH_SHARE = re.compile(r"\s\(\d[\d.,]*\s?(?:%|(?:per|pour|por)\s?cent)")
_ENDS = re.compile(r"\s?(?:[;,.)]|$)")
_HYPHENS = frozenset("-‑")
_FEW = 10


def share_of(text: str, n: Number, start: int, lex: Lexicon) -> tuple[str | None, int]:
    """What a percentage is of, and where its words end.

    Looks at what follows "of", at what follows directly ("43 per cent female"), before an opening bracket, and at the
    subject of the verb before it.
    """
    g = lex.grammar
    linked = g.of.match(text, n.end)
    after = phrases.measured(text, linked.end() if linked else n.end, g)
    if after and linked:
        return after.words, after.end
    if after and (_no_noun(after.words, lex) or lex.unit_words.match(after.words)):
        after = None
    opened = _opened(text, start)
    if opened is not None:
        whole = phrases.before(text, opened, g)
        if whole and (whole.lower() in lex.numbers.values or whole.split()[-1].lower() in lex.no_wholes):  # "nine (75 per cent)"
            whole = None
        closed = g.of.match(text, n.end + 1) if whole is None and text[n.end : n.end + 1] == ")" else None
        if closed and (outside := phrases.measured(text, closed.end(), g)):  # "three quarters (75.6 %) of the staff"
            return outside.words, n.end
        if whole and after:
            return f"{whole} ({after.words})", after.end
        if whole:
            return whole, n.end
    if after:
        return after.words, after.end
    return tied(text, start, n.end, lex), n.end


def _no_noun(words: str, lex: Lexicon) -> bool:
    """Whether what follows a number is no noun: "higher", "reported"."""
    low = words.lower()
    first, _, rest = low.partition(" ")
    if rest and first.endswith("ing") and not lex.grammar.head_first:  # "US$ 30 million targeting women"
        return True
    return low in lex.comparatives or (not lex.grammar.head_first and low.endswith(lex.grammar.participles) and " " not in low)


def amount_of(text: str, n: Number, start: int, lex: Lexicon) -> tuple[str | None, int]:
    """What a sum or a measure is of ("US$5 million grant", "total budget of US$25 million", "40 hours of training"), and the words' end."""
    g = lex.grammar
    if n.unit == "years" and of_age(text, start, lex):
        return "age", n.end
    linked = g.of.match(text, n.end)
    if linked:
        after = phrases.measured(text, linked.end(), g)
        first = after.words.split()[0] if after else ""
        if after and first.lower() in lex.age_nouns:
            return first.lower(), linked.end() + len(first)
        if after:
            return after.words, after.end
    found = tied(text, start, n.end, lex)
    if found:
        return found, n.end
    opened = _opened(text, start)
    if opened is not None and (whole := phrases.before(text, opened, g)):
        return whole, n.end
    compound = text[n.end : n.end + 1] in _HYPHENS and n.end < len(text)
    if compound or not g.head_first:
        after = phrases.measured(text, n.end + compound, g)
        if after and not _no_noun(after.words, lex) and (compound or not lex.unit_words.match(after.words)):
            return after.words, after.end
    return None, n.end


def counted(text: str, n: Number, lex: Lexicon) -> tuple[str | None, str | None, int] | None:
    """Unit, phrase and end of what a count counts; None where no noun follows."""
    g = lex.grammar
    one = n.value == 1 and n.upper is None
    if n.weak:
        following = _WORD_AFTER.match(text, n.end)
        if following is None or following[1].lower() in lex.not_after_one or word_before(text, n.start) in lex.not_before_one:
            return None
    at = n.end
    if text[at : at + 1] in _HYPHENS and text[at + 1 : at + 2].isalpha():
        found = phrases.counted(text, at + 1, g, one=True)
        if found is None:
            return None
        return found.words.split()[0].lower(), found.words, found.end
    found = phrases.counted(text, at, g, one=one or (n.value < 1 and not n.plain))
    if found is None and not n.weak and n.plain and (linked := g.of.match(text, at)):  # "three of the interviews"
        found = phrases.measured(text, linked.end(), g)
        found = found if found and g.plural(found.head or "") else None
    if found is None or (one and found.head in lex.not_after_one) or (found.head or "") in lex.comparatives:
        return None
    unit = found.head
    for role, verbs in lex.roles:
        if verbs.match(text, found.end + 1):
            unit = role
    return unit, found.words, found.end


def loose(text: str, n: Number, start: int, lex: Lexicon) -> tuple[str | None, str | None] | None:
    """Unit and phrase of figures with no noun after them; None when nothing shows that they are a quantity."""
    if _WITH_SHARE.match(text, n.end):  # "nine (75 per cent)"
        return None, tied(text, start, n.end, lex)
    if n.in_words and n.scale == 1:
        found = tied(text, start, n.end, lex) if n.value > 1 and word_before(text, start) in lex.grammar.inner_words else None
        return (None, found) if found else None
    if of_age(text, start, lex):
        return "years", "age"
    named = _NAMED.search(text, max(0, n.start - 16), n.start)
    if named:
        return None, named[1]
    opened = _opened(text, start)
    if opened is not None and n.upper is not None:  # "minors (12-18)" are ages
        return None
    if opened is not None and text[n.end : n.end + 1] == ")" and not (n.plain and n.value < _FEW):
        whole = phrases.before(text, opened, lex.grammar)
        if whole and lex.grammar.plural(whole.split()[-1]):
            return whole.split()[-1].lower(), whole
        return None if n.plain else (None, whole)
    found = tied(text, start, n.end, lex)
    if found:
        last = found.split()[-1].lower()
        return (last if lex.grammar.plural(last) else None), found
    return (None, None) if not n.plain else None


def of_age(text: str, start: int, lex: Lexicon) -> bool:
    """Whether the words before ``start`` speak of an age: "aged 15 to 24"."""
    return any(words_before(text, start, count) in lex.ages for count in (1, 2, 3))


def _opened(text: str, start: int) -> int | None:
    """Where the bracket stands that opens directly before ``start``."""
    left = text[max(0, start - 2) : start].rstrip()
    return text.rindex("(", 0, start) if left.endswith("(") else None


def tied(text: str, start: int, end: int, lex: Lexicon) -> str | None:
    """What a verb or "of" before the number ties it to: "unemployment rate of 12 per cent", "the targets increased by 60 per cent"."""
    g = lex.grammar
    left = text[max(0, start - 40) : start].split()
    if left and left[-1].endswith(":") and len(left[-1]) > 1 and _ENDS.match(text, end):  # "Participants: 45"
        return phrases.before(text, text.rindex(":", 0, start), g)
    for count in (3, 2, 1):
        phrase = " ".join(left[-count:]).lower().replace("’", "'")
        if len(left) < count or phrase not in lex.tie:
            continue
        at = start
        for word in reversed(left[-count:]):
            at = text.rindex(word, 0, at)
        strong = left[-count].lower() in g.inner_words and word_before(text, at) not in lex.change_verbs
        if strong:
            found = phrases.before(text, at, g)
        else:
            end, changed = _before_verb(text, at, lex)
            found = phrases.before(text, end, g, wide=changed or phrase not in lex.only_after_change)
            if found and not changed and phrase in lex.only_after_change and not _object_of_change(text, found, end, lex):
                return None
        verb = not g.head_first and found is not None and found.lower().endswith(g.participles)
        return None if found is None or verb or found.lower() in lex.comparatives else found
    return None


def _object_of_change(text: str, found: str, end: int, lex: Lexicon) -> bool:
    """Whether the phrase before ``end`` is what a verb of change acts on: "exceeded its target by"."""
    left = text[max(0, end - 120) : end]
    words = left[: left.rindex(found)].lower().split()[-2:]
    while words and words[-1] in lex.grammar.articles:
        words.pop()
    return bool(words) and words[-1] in lex.change_verbs


def _before_verb(text: str, at: int, lex: Lexicon) -> tuple[int, bool]:
    """Where the subject of a verb of change ("increased", "was reduced") ends, and whether there was such a verb."""
    changed = False
    for _ in range(4):
        left = text[max(0, at - 24) : at].rstrip()
        word = left.rpartition(" ")[2].lower()
        if word in lex.change_verbs:
            changed = True
        elif not (changed and (word in lex.auxiliaries or word.endswith("ly"))) and not word.endswith("ly"):
            break
        if not word:
            break
        at = text.rindex(left[len(left) - len(word) :], 0, at)
    return at, changed
