"""What the headings of columns and the names of fields mean: recommendation, response, verdict, action, unit, due date and the rest.

The words are in ``languages/*/fields.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from evaltrail.read.recognise.verdicts import without_choices
from evaltrail.read.recognise.words import fold
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Sequence

# A heading longer than this is a sentence; a known word inside it says nothing about the column.
_LONGEST_HEADING, _LONGEST_WITH_REMARK = 9, 40
_LONGEST_BODY = 8
"""Words of the name of an organisation that answers."""
# What a form prints beside a name: "(Accept/Reject)", "*", "1", "(s)".
_REMARK = re.compile(r"\s*[\[(](?!s[\])]).*?(?:[\])]|$)|[*†‡§]+|(?<=[a-zà-ÿ])\d$")


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, ...]]:
    """Folded heading -> the meanings that it may have, in the order of the languages."""
    out: dict[str, list[str]] = {}
    for code in packs.languages():
        for name, words in packs.pack(code, "fields").get("columns", {}).items():
            for w in words:
                have = out.setdefault(_plain(fold(w)), [])
                if name not in have:
                    have.append(name)
    return {k: tuple(v) for k, v in out.items()}


_BEGINNING = 4
"""Characters that a known word has at the least to count inside a heading, and by which it is looked up there."""
_WORD_STARTS = re.compile(r"(?<!\w)(?=.)", re.DOTALL)
_GOES_ON = re.compile(r"[\w-]")


@lru_cache(maxsize=1)
def _by_beginning() -> dict[str, list[tuple[int, str]]]:
    """First characters -> rank and word of the known words that begin so; the longest word of all ranks first."""
    out: dict[str, list[tuple[int, str]]] = {}
    for rank, w in enumerate(sorted((w for w in _known() if len(w) >= _BEGINNING), key=len, reverse=True)):
        out.setdefault(w[:_BEGINNING], []).append((rank, w))
    return out


def _plain(words: str) -> str:
    """Without marks, and with the plural in brackets written out: "responsible unit(s)" as "responsible units"."""
    return re.sub(r"\((s|es)\)", r"\1", words).strip(" .:*-?")


@lru_cache(maxsize=8192)
def exact_meanings(heading: str) -> tuple[str, ...]:
    """Meanings of a heading or field name that is one of the known words and nothing else, a bracketed remark aside."""
    words = fold(heading)
    if not words or len(words.split()) > _LONGEST_WITH_REMARK:
        return ()
    known = _known()
    forms = [words, _REMARK.sub("", words), re.sub(r"^[\W\d]+|\s*\d+$", "", words)]
    name, mark, rest = re.match(r"([^:(\[]*)([:(\[]?)(.*)", words).groups()  # type: ignore[union-attr]
    if mark != ":" or without_choices(rest) != rest:
        # "Management response: accepted, partially accepted or rejected" names a column; "Priority: high" is a field with its value.
        forms.append(name)
    found = next((known[p] for f in forms if (p := _plain(f)) in known), ())
    if not found and re.fullmatch(r"(?:responsible|responsable|responsável)\b(?:[\s/]+[\w()-]+){1,4}", _plain(words)):
        return ("unit",)
    return found


@lru_cache(maxsize=8192)
def meanings_of(heading: str) -> tuple[str, ...]:
    """What a heading cell may mean: by its whole words, or by the longest known word that it holds; empty where it tells nothing."""
    found = exact_meanings(heading)
    if found:
        return found
    words = _plain(_REMARK.sub("", fold(heading)))
    if not words or len(words.split()) > _LONGEST_HEADING + 3 or heading.rstrip().endswith((".", ";")):
        return ()
    best = _longest_within(words)
    # "Best practices from the literature" are not what this paper found: that name counts only as a whole.
    return tuple(m for m in _known().get(best, ()) if m != "good_practice")


def _longest_within(words: str) -> str:
    """The longest known word that stands in the words by itself, the first of several; empty where there is none."""
    by_beginning = _by_beginning()
    held: list[tuple[int, str]] = []
    for start in _WORD_STARTS.finditer(words):
        at = start.start()
        for rank, w in by_beginning.get(words[at : at + _BEGINNING], ()):
            if words.startswith(w, at) and not _GOES_ON.match(words, at + len(w)):  # not "decision-making"
                held.append((rank, w))
                break
    return min(held, default=(0, ""))[1]


def columns_of(headings: Sequence[str]) -> dict[int, str]:
    """Index of the heading -> meaning for a row of headings; words with two meanings are settled by their neighbours."""
    options = [meanings_of(h) for h in headings]
    certain = {o[0] for o in options if len(o) == 1}
    out: dict[int, str] = {}
    for i, o in enumerate(options):
        if not o:
            continue
        meaning = o[0]
        if len(o) > 1:
            meaning = _settled(o, certain, set(out.values()))
        out[i] = meaning
    out = _comments(out)
    meanings = set(out.values())
    if not ({"response", "verdict"} & meanings and {"recommendation", "number", "prompt"} & meanings):
        # Only where recommendations are answered does a column of organisations say by whom.
        out = {i: m for i, m in out.items() if m != "body"}
    if "action" not in out.values():
        # What is to be delivered is the action where no column of actions stands beside it.
        out = {i: "action" if m == "deliverables" else m for i, m in out.items()}
    return out


def _settled(options: tuple[str, ...], certain: set[str], before: set[str]) -> str:
    """One of several meanings, by the other headings of the row."""
    if "time" in options and "due" in options:
        planned = "action" not in certain and ({"resources", "priority"} & certain or "response" not in certain | before)
        return "time" if planned else "due"
    if "comments" in options and ({"recommendation", "prompt"} & before):
        return "comments"
    return next((o for o in options if o != "comments"), options[0])


def _comments(columns: dict[int, str]) -> dict[int, str]:
    """Comments beside a recommendation are the response to it, where no other column is; elsewhere they are remarks."""
    meanings = set(columns.values())
    first = min((i for i, m in columns.items() if m in ("recommendation", "prompt", "finding", "number")), default=None)
    out: dict[int, str] = {}
    for i, m in columns.items():
        if m == "comments":
            answer = first is not None and i > first and "response" not in meanings and "response" not in out.values()
            out[i] = "response" if answer else "remarks"
        else:
            out[i] = m
    return out


_NAMES = ("response", "verdict", "action", "unit", "due", "status", "comments", "recommendation", "number")
_COUNTED = re.compile(r"\w?\d.*|[IVX]+")
"""Numbers of what is answered: 3, R4, 2.1, IV."""
# Words that join the parts of a heading, in the languages of the packs.
_JOINING = frozenset(
    {"of", "by", "from", "for", "the", "to", "a", "an", "and", "s", "de", "du", "des", "la", "le", "les", "par", "pour", "et"}
    | {"del", "el", "los", "las", "por", "para", "y", "da", "do", "dos", "das", "o", "os", "e"}
)


@lru_cache(maxsize=1)
def _of_columns() -> frozenset[str]:
    """All words of the names of columns in matrices, beside those that join them."""
    words = (w for phrase, meanings in _known().items() if set(meanings) & set(_NAMES) for w in re.findall(r"[^\W\d_]+", phrase))
    return frozenset(words) | _JOINING


@lru_cache(maxsize=1024)
def body_of(heading: str) -> str:
    """Who a heading or label says answers ("Response by the Harbour Board": "Harbour Board"); empty where it names nobody.

    What is left beside the known words of such headings is a name when it has a capital letter and is short.
    """
    found = re.finditer(r"[^\W_]+(?:[.&/-][^\W_]+)*", heading.split(":", maxsplit=1)[0])
    own = [m for m in found if fold(m.group()) not in _of_columns() and not _COUNTED.fullmatch(m.group())]
    if not own or len(own) > _LONGEST_BODY or not any(c.isupper() for c in own[0].group()):
        return ""
    return heading[own[0].start() : own[-1].end()]
