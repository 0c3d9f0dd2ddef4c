"""What a number counts: the noun phrase after it, after "of", or before it.

No grammar is parsed.  A phrase is a run of words that ends at punctuation, at a figure or at a word of the language's
``stops``; its head is the first plural that no other noun follows (English) or the first noun (French, Spanish,
Portuguese).  The words are in ``languages/<code>/quantities.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.text.grammar import Grammar

_SPACES = re.compile(r"[ \u00a0\u202f]*")
_INNER_WORDS = 9
_COORDINATED_WORDS = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: ``head`` is the noun counted, in lower case; ``words`` the whole phrase as printed; ``end`` its end in the text."""

    head: str | None
    words: str
    end: int


def _words(text: str, at: int, limit: int, g: Grammar) -> list[tuple[int, int, str]]:
    """The words from ``at`` on that only spaces part, at most ``limit``."""
    out: list[tuple[int, int, str]] = []
    space = _SPACES.match(text, at)
    start = space.end() if space else at
    while len(out) < limit:
        found = g.word.match(text, start)
        if found is None:
            break
        out.append((start, found.end(), found[0]))
        gap = g.gap.match(text, found.end())
        if gap is None:
            break
        start = gap.end()
    return out


def counted(text: str, at: int, g: Grammar, *, one: bool = False) -> Phrase | None:
    """The phrase that a number ending at ``at`` counts, None where no noun follows. ``one``: a singular is counted."""
    return _head_first(text, at, g, one=one) if g.head_first else _head_last(text, at, g, one=one)


def _head_last(text: str, at: int, g: Grammar, *, one: bool) -> Phrase | None:
    run = _adjectives(text, at, g)
    while run and run[0][2] in g.skip:
        run = run[1:]
    head = end = -1
    i = 0
    while i < len(run):
        word = run[i][2]
        low = word.lower()
        if low in g.coordinate and i and head < 0:  # "ILO staff and constituents", "programme and budget targets"
            if i + 1 < len(run) and not g.stop(run[i + 1][2]):
                i += 1
                continue
            break
        if g.stop(word) or (head >= 0 and not one and not _goes_on(word, run[i - 1][2], g)):
            break
        if one:
            verb = g.plural(word) and (i + 1 == len(run) or g.stop(run[i + 1][2]))  # "one member increases"
            if i and (verb or low.endswith(("ed", "ly"))):
                break
            head = i
        elif g.plural(word) and not word.endswith(("'", "’")) and not low.endswith("'s"):
            head = i
        i += 1
    if head < 0 or (not one and run[head][2].lower() in g.not_counted):
        return None
    end = head if one else _coordinated(run, head, g)
    return Phrase(_lower(run[head][2]), text[run[0][0] : run[end][1]], run[end][1])


def _adjectives(text: str, at: int, g: Grammar) -> list[tuple[int, int, str]]:
    """The words from ``at`` on; a comma between adjectives is passed over ("government-wide, random sample surveys")."""
    run = _words(text, at, _INNER_WORDS, g)
    if run and len(run) <= 2 and text[run[-1][1] : run[-1][1] + 2] == ", " and not any(g.plural(w) or g.stop(w) for _, _, w in run):
        run += _words(text, run[-1][1] + 2, _INNER_WORDS, g)
    return run


def _goes_on(word: str, before: str, g: Grammar) -> bool:
    """Whether a word after a plural still belongs to the noun: another plural, or a name's next part ("Nations Country Teams")."""
    if before.endswith(("'", "’")):
        return True
    return (g.plural(word) or (word[0].isupper() and before[0].isupper())) and not word.lower().endswith("ed")


def _goes_with(word: str, before: str, g: Grammar) -> bool:
    """Whether a word after a plural belongs to its phrase: in French, Spanish and Portuguese an adjective in the plural."""
    return g.plural(word) if g.head_first else _goes_on(word, before, g)


def _coordinated(run: list[tuple[int, int, str]], head: int, g: Grammar) -> int:
    """Index of the last word of the phrase when "and" and another plural follow the head, else ``head``."""
    if head + 2 < len(run) and run[head + 1][2].lower() in g.coordinate:
        for i in range(head + 2, min(head + 2 + _COORDINATED_WORDS, len(run))):
            if g.stop(run[i][2]):
                break
            if g.plural(run[i][2]):
                return i
    return head


def _head_first(text: str, at: int, g: Grammar, *, one: bool) -> Phrase | None:
    run = _words(text, at, _INNER_WORDS, g)
    while run and run[0][2].lower() in g.skip:
        run = run[1:]
    if not run or g.stop(run[0][2]) or run[0][2].lower() in g.not_counted:
        return None
    head = run[0][2]
    if not one and not g.plural(head):
        return None
    end = 0
    i = 1
    while i < len(run) and not g.stop(run[i][2]) and (one or g.plural(run[i][2])) and i <= 3:
        end = i
        i += 1
    if i < len(run) and run[i][2].lower() in g.coordinate and i + 1 < len(run) and g.plural(run[i + 1][2]) and not g.stop(run[i + 1][2]):
        end = i + 1
    stop = run[end][1]
    inner = g.inner.match(text, stop)
    if inner:
        more = _words(text, inner.end(), 3, g)
        for k, (_, word_end, word) in enumerate(more):
            if g.stop(word) or (k and word.endswith(g.participles)):
                break
            stop = word_end
            if k and g.plural(word):
                break
    return Phrase(head.lower(), text[run[0][0] : stop], stop)


def measured(text: str, at: int, g: Grammar) -> Phrase | None:
    """The phrase from ``at`` on that a share or an amount is of: plural or singular, with what "of" adds ("total budget of Colombia")."""
    run = _words(text, at, _INNER_WORDS, g)
    while run and run[0][2].lower() in g.articles:
        run = run[1:]
    end = -1
    head: str | None = None
    i = 0
    while i < len(run):
        word = run[i][2]
        if word.lower() in g.coordinate:
            if not i or i + 1 == len(run) or g.stop(run[i + 1][2]) or (head is not None and not g.plural(run[i + 1][2])):
                break
            i += 1
            continue
        if g.stop(word) or _ends_measured(run, i, head, g):
            break
        end = i
        if g.plural(word) and not word.endswith(("'", "’")):
            head = word.lower()
        i += 1
    if end < 0:
        return None
    stop = run[end][1]
    inner = g.inner.match(text, stop)
    if inner:
        stop = _tail(text, inner.end(), g) or stop
    return Phrase(head or run[end][2].lower(), text[run[0][0] : stop], stop)


def _ends_measured(run: list[tuple[int, int, str]], i: int, head: str | None, g: Grammar) -> bool:
    """Whether a phrase ends before the word at ``i``: a word that goes on with the verb, not with the noun."""
    word = run[i][2]
    if head is not None and not g.head_first and run[i - 1][2].lower() not in g.coordinate and not _goes_on(word, run[i - 1][2], g):
        return True
    if g.head_first and i and head is not None and not g.plural(word) and run[i - 1][2].lower() not in g.coordinate:
        return True
    if not word.lower().endswith(g.participles or ("ly",)) or g.plural(word):
        return False
    # A participle before a noun describes it ("remote and isolated communities"), elsewhere it is the verb ("budget allocated to").
    return i > 0 and (g.head_first or i + 1 == len(run) or g.stop(run[i + 1][2]))


def _tail(text: str, at: int, g: Grammar) -> int | None:
    """End of the words after an "of" inside a phrase; None where none follow."""
    stop = None
    last = ""
    for _, word_end, word in _words(text, at, 5, g):
        if g.stop(word) and not (not last and word.lower() in g.articles):
            break
        if last and (word.lower().endswith(g.participles or ("ed",)) or (g.plural(last) and not _goes_with(word, last, g))):
            break
        if not g.stop(word):
            stop, last = word_end, word
    return stop


_SENTENCE_PART = re.compile(r"[.;:!?()\[\]\n,•–—]")
_BACK_WORD = re.compile(r"[^\W_]+(?:[-‑/&'’.][^\W_]+)*")
_BACK_WORD_ELIDED = re.compile(r"[^\W_]+(?:[-‑/&.][^\W_]+)*")
_BACK = 100
_LONGEST_SUBJECT = 12


def before(text: str, at: int, g: Grammar, *, wide: bool = False) -> str | None:
    """The noun phrase that ends at ``at``, read backwards to a stop word: "total budget of Colombia" before "(70 per cent)".

    ``wide`` reads on over the prepositions that a subject may hold.
    """
    left = text[max(0, at - _BACK) : at].rstrip()
    cut = max((m.end() for m in _SENTENCE_PART.finditer(left)), default=0)
    part = left[cut:]
    if cut == 0 and at > _BACK:
        part = part.partition(" ")[2]
    words = [(m.start(), m[0]) for m in (_BACK_WORD_ELIDED if g.head_first else _BACK_WORD).finditer(part)]
    first = len(words)
    while first and len(words) - first < _LONGEST_SUBJECT:
        low = words[first - 1][1].lower()
        if low[0].isdigit() or (g.stop(low) and not _inside(words, first, g, wide=wide)):
            break
        first -= 1
    while first < len(words) and _no_beginning(words[first][1].lower(), g):
        first += 1
    if first >= len(words):
        return None
    return part[words[first][0] :].strip() or None


def _no_beginning(low: str, g: Grammar) -> bool:
    """Whether a phrase cannot begin with the word: an article, a preposition, "quarters" (of "three quarters"), "composed" (of)."""
    return low in g.stops or low in g.articles or low in g.not_counted or (not g.head_first and low.endswith("ed") and low not in g.plurals)


def _inside(words: list[tuple[int, str]], index: int, g: Grammar, *, wide: bool) -> bool:
    """Whether the stop word before ``index`` is the "of" (or "of the") inside a phrase."""
    low = words[index - 1][1].lower()
    if index == len(words):
        return False
    if low in g.inner_back or (wide and low in g.wide):
        return index > 1
    two = f" {words[index - 2][1].lower()} {low} " if index >= 2 else ""
    return bool(g.inner.fullmatch(f" {low} ") or (two and g.inner.fullmatch(two)))


def _lower(word: str) -> str:
    """The word in lower case; an acronym keeps its capitals ("CPOs")."""
    return word if any(c.isupper() for c in word[1:]) else word.lower()
