"""A word is misspelt that the paper itself writes otherwise, many times.

## What it does
Holds each rare word against the paper's frequent words. One that differs from a frequent word by one letter within it (left out,
put in, doubled, changed, or two that have changed places) is named, unless it is a word of its own
(languages/*/near_words.toml), of one family with another word of the paper ("protection" beside "protect"), or spelt after
another custom (-ise and -ize). A letter changed or put in counts only against a
word that is much more frequent. Short words are
looked at only behind the word that the paper elsewhere joins with the right one ("decent eork").

## Why it is bad
A misprint in a heading or a term is the first thing that a reader of a governing body sees, and search does not find it.

## Options
- `often`: how often the right word must stand in the paper where the slip is a letter changed or put in (5).

## Known problems
A misprint of a word that the paper uses only a few times, or of its first or last letter, is not seen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.spelling import certain, one_slip
from evaltrail.check.wording import plural, say
from evaltrail.text import packs
from evaltrail.text.normal import strip_accents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="LAN004",
    severity="warning",
    sources=("UNEG quality checklist: clear and correct language",),
    papers=ANY,
    suspects=True,
    options={"often": 5},
)

_TEXT = "The evaluation asked the evaluators of the programme. Evaluators read. Evaluators wrote. Evaluators met. Evaluators left.\n\n"
_TEXT_FR = "Le partenariat avance. Le partenariat dure. Un partenariat naît. Ce partenariat plaît. Tout partenariat compte.\n\n"
BAD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_TEXT}The evalautors found the wells dry.\n",
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Decent work is rare. Decent work pays. Decent work counts. Decent work lasts.\n\n"
        "The unit promotes decent eork in the village.\n"
    ),
    f"# Évaluation du programme\n\n## Constatations\n\n{_TEXT_FR}La mission juge le parteneriat solide.\n",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_TEXT}The evaluators found the wells dry.\n",
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "It runs through May. Go through it. Look through. Read through. Fall through.\n\n"
        "The study was thorough.\n"
    ),
    f"# Évaluation du programme\n\n## Constatations\n\n{_TEXT_FR}La mission juge le partenariat solide.\n",
)

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LEAST = 6
"""Letters of a misspelt word that is looked for everywhere."""
_SHORT = 4
_RARE = 2
_TIMES = 5
"""How many times as often the right word must stand where a letter was changed or put in."""
_CERTAINLY = 3
"""The same, and the least, where letters were swapped, doubled or left out."""
_MANY = 8
"""Letters from which a word with one left out is hardly another word."""
_ENDING = 5
"""Letters that the ending of a word may have."""
_CLAIMS = 8
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "al", "r", "rs", "er", "ers", "nt", "mente", "ment")
_TRIPLED = re.compile(r"([^\W\d_])\1\1")
_VERB = re.compile(r"i[sz](?:e[sd]?|ing)$")
_LEGEND = re.compile(r"\d\s?=\s?\S")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each misspelt word, those of a paper with many in one."""
    own = frozenset(str(packs.pack(paper.language, "near_words").get("words", "")).split())
    if not own:
        return
    wrong = {**_long(paper, own, options["often"]), **_short(paper, options["often"])}
    places: dict[str, list[tuple[Unit, int, int]]] = defaultdict(list)
    for unit in paper.holding(tuple(wrong)):
        if {"references", "contents", "foreign"} & unit.within or _LEGEND.search(unit.text):
            continue
        words = list(_WORD.finditer(unit.text))
        for i, m in enumerate(words):
            if m[0].lower() in wrong and _may_be_ours(paper, unit, words, i):
                places[m[0].lower()].append((unit, m.start(), m.end()))
    found = [(word, wrong[word], at) for word, at in places.items()]
    for _, right, at in found[:_CLAIMS]:
        unit, start, end = at[0]
        yield Message(
            say(
                "“{words}” may be misspelt: the paper has “{right}” {times} times.",
                words=unit.text[start:end],
                right=right,
                times=paper.vocabulary[right],
            ),
            paper.at(unit, start, end),
            related=tuple(Related(u.text[max(0, s - 30) : e + 30], paper.at(u, s, e)) for u, s, e in at[1:3]),
            proposal=_as(unit.text[start:end], right),
        )
    if len(found) > _CLAIMS:
        rest = found[_CLAIMS:]
        unit, start, end = rest[0][2][0]
        yield Message(
            plural(
                len(rest),
                "{number} more words may be misspelt, among them “{words}” for “{right}”.",
                "{number} more words may be misspelt, among them “{words}” for “{right}”.",
                words=rest[0][0],
                right=rest[0][1],
            ),
            paper.at(unit, start, end),
            related=tuple(Related(say("{words} for {right}", words=w, right=r), paper.at(*at[0])) for w, r, at in rest[1:]),
        )


def _long(paper: Paper, own: frozenset[str], often: int) -> dict[str, str]:
    """Misspelt words of six letters and more, with the frequent word that is meant."""
    counts = paper.vocabulary
    frequent: dict[tuple[str, str], list[str]] = defaultdict(list)
    for w, n in counts.items():
        if n >= min(_CERTAINLY, often) and len(w) > _LEAST and w.isalpha():
            frequent[_ends(w)].append(w)
    for of_ends in frequent.values():
        of_ends.sort()
    early = {form: w for of_ends in frequent.values() for w in of_ends if counts[w] >= _CERTAINLY for form in _near_the_ends(w)}
    rare = [w for w, n in counts.items() if n <= _RARE and len(w) >= _LEAST and w.isalpha() and w not in own]
    meant: dict[str, str] = {}
    tripled = {w: two for w in rare if (two := _TRIPLED.sub(r"\1\1", w, count=1)) != w and counts[two]}
    for w in rare:
        right = _meant(w, frequent[_ends(w)], counts, often) if _ends(w) in frequent else early.get(w if len(w) > _LEAST else "")
        times = _CERTAINLY if right and (len(w) == len(right) or len(w) >= _MANY) else _TIMES
        if right and counts[right] >= times * counts[w]:
            meant[w] = right
    if not meant:
        return tripled
    words = sorted(w for w in counts if w not in meant)
    out: dict[str, str] = dict(tripled)
    # Short words first: a form of a word that is itself misspelt ("evalautors") is no excuse.
    for word in sorted(meant, key=len):
        if word not in out and not _inflected(word, counts, out) and not _has_family(word, meant[word], words):
            out[word] = meant[word]
    return out


def _near_the_ends(word: str) -> tuple[str, ...]:
    """Slips at the second and the second last letter: swapped with the inner neighbour, or the second left out."""
    return (word[0] + word[2] + word[1] + word[3:], word[0] + word[2:], word[:-3] + word[-2] + word[-3] + word[-1])


def _meant(word: str, frequent: list[str], counts: Mapping[str, int], often: int) -> str | None:
    """The frequent word of which a rare one may be a slip; a slip that shows how it was made needs fewer to hold it against."""
    for right in frequent:
        if one_slip(word, right) and not _custom(word, right):
            # Words of few letters with one left out are often words of their own.
            sure = certain(word, right) and (len(word) >= len(right) or len(word) >= _MANY)
            least, times = (min(_CERTAINLY, often), _CERTAINLY) if sure else (often, _TIMES)
            if counts[right] >= max(least, times * counts[word]):
                return right
    return None


def _has_family(word: str, right: str, words: list[str]) -> bool:
    """Whether the paper has another word that begins as the rare one does and the frequent one does not: "protect" for "protection"."""
    for length in range(max(_LEAST - 1, len(word) - _ENDING), len(word)):
        stem = word[:length]
        if not right.startswith(stem):
            at = bisect_left(words, stem)
            if at < len(words) and words[at].startswith(stem):
                return True
    return False


def _short(paper: Paper, often: int) -> dict[str, str]:
    """Misspelt words of four and five letters, told by the word before them."""
    stop = frozenset(packs.pack(paper.language, "stopwords").get("words", ()))
    counts = paper.vocabulary
    common: dict[tuple[int, str], list[str]] = defaultdict(list)
    for w, n in counts.items():
        if n >= often - 1 and _SHORT <= len(w) <= _LEAST and w not in stop:
            common[len(w), w[-2:]].append(w)
    out: dict[str, str] = {}
    for rare in [w for w, n in counts.items() if n == 1 and _SHORT <= len(w) <= _LEAST and (len(w), w[-2:]) in common]:
        near = [r for r in common[len(rare), rare[-2:]] if one_slip(rare, r) and not _custom(rare, r)]
        before = _before(paper, rare) if near else ""
        if len(before) >= _SHORT and before not in stop:
            found = [(first, right) for right in near for n, first in (_followed(paper, before, right),) if n >= often - 1]
            if found:
                out[rare] = max(found)[1]
    return out


def _before(paper: Paper, word: str) -> str:
    """The word before one that stands in the paper once; empty where it is the first of its unit."""
    for unit in paper.holding((re.split(r"[-’']", word)[0],)):
        words = [w.lower() for w in _WORD.findall(unit.text)]
        if word in words:
            at = words.index(word)
            return words[at - 1] if at else ""
    return ""


def _followed(paper: Paper, before: str, word: str) -> tuple[int, int]:
    """How often a word stands right behind another, and where it first does, as a number that grows with the place."""
    times = place = 0
    having = set(paper.index.having(re.split(r"[-’']", before)[0]))
    for i in paper.index.having(re.split(r"[-’']", word)[0]):
        if i in having:
            words = [w.lower() for w in _WORD.findall(paper.units[i].text)]
            found = [k for k, pair in enumerate(pairwise(words)) if pair == (before, word)]
            place = place if times or not found else i * 1_000_000 + found[0]
            times += len(found)
    return times, place


def _ends(word: str) -> tuple[str, str]:
    """The letters that a misspelt word has in common with the right one."""
    return word[:2], word[-2:]


def _custom(word: str, right: str) -> bool:
    """Whether two spellings are both right somewhere: accents, -ise and -ize, double consonants before an ending."""
    if strip_accents(word) == strip_accents(right) or word.replace("z", "s") == right.replace("z", "s"):
        return True
    longer, shorter = sorted((word, right), key=len, reverse=True)
    if bool(_VERB.search(word)) != bool(_VERB.search(right)):  # "summarizes" is no misprint of "summaries"
        return True
    return any(longer == (2 * c).join(shorter.rsplit(c, 1)) for c, before in _DOUBLED.items() if before.search(shorter))


_DOUBLED = {c: re.compile(rf"{c}(?:ed|ing|es{'|er|ers|or|ors|ment|ments|ful|ist' if c == 'l' else ''})$") for c in "lspt"}
"""Letters that one custom doubles before an ending and another does not: "modeling", "focused", "targeted"."""


def _inflected(word: str, counts: Mapping[str, int], wrong: Mapping[str, str]) -> bool:
    """Whether the word is another form or a compound of one in the paper: "prioritizes" beside "prioritize"."""
    stems = [word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _SHORT]
    forms = {stem + other for stem in stems for other in ("", "e", "s")} - {word}
    tails = {word[i:] for i in range(3, len(word) - _LEAST)}
    return any(f not in wrong and (counts.get(f, 0) >= 1) for f in forms) or any(counts.get(t, 0) > _RARE for t in tails)


def _may_be_ours(paper: Paper, unit: Unit, words: list[re.Match[str]], i: int) -> bool:
    """Whether the word stands among words of the paper's language, and is no name."""
    text = unit.text
    m = words[i]
    if re.search(r"(?:www\.|https?:|@)\S*$", text[: m.start()]) or text[m.end() : m.end() + 1] in {"@", "_", "/", "\\"}:
        return False
    capital = text[m.start()].isupper() and not m[0].isupper()
    opens = i == 0 or text[: m.start()].rstrip()[-1:] in {".", ":", "?", "!", "•", "–", "(", "“", '"'}
    if capital and not opens and unit.kind not in ("heading", "title"):
        return False
    foreign = _foreign(paper.language)
    beside = [words[j][0].lower() for j in (i - 1, i + 1) if 0 <= j < len(words)]
    if sum(words[j][0].lower() in foreign for j in range(max(i - 4, 0), min(i + 5, len(words)))) > 1:
        return False
    small = packs.pack(paper.language, "stopwords").get("words", ())
    return not beside or any(paper.vocabulary[w] > _RARE or w in small for w in beside)


_FOREIGN: dict[str, frozenset[str]] = {}


def _foreign(language: str) -> frozenset[str]:
    """Small words of other languages that are none of this one."""
    if language not in _FOREIGN:
        own = set(packs.pack(language, "stopwords").get("words", ()))
        others = {w for code in packs.languages() if code != language for w in packs.pack(code, "stopwords").get("words", ()) if len(w) > 1}
        _FOREIGN[language] = frozenset(others - own)
    return _FOREIGN[language]


def _as(printed: str, right: str) -> str:
    if printed.isupper():
        return right.upper()
    return right.capitalize() if printed[:1].isupper() else right
