"""A section, table, figure, box or paragraph is referred to that is not there.

## What it does
Looks for references by number (“see table 9”, “section 7.3”, “paragraph 210”) and for what they lead to: captions,
numbered headings, lines of the pages that begin with the number. References into other papers are left out. Annexes are
looked for by STR017.

## Why it is bad
The reader looks for the evidence and does not find it. Mostly a table was dropped or sections were renumbered.

## Known problems
Nearly silent where the paper has not two things of the kind with a number, as the captions may be part of pictures.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.chain._numbered import Paragraphs, named
from evaltrail.check.rules.chain._references import leads_elsewhere
from evaltrail.check.wording import plural, say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Place

RULE = Rule(code="CHA005", severity="error", sources=("consistency",), papers=ANY)

_PAPER = """# Evaluation of the water programme

## 1. Background

The programme built pumps.

## 2. Method

Interviews were held, as table 1 shows.

Table 1. Interviews

Table 2. Surveys

## 3. Findings

Half of the pumps failed (see {}).
"""
_FRENCH = """# Évaluation du programme de l’eau

## 1. Contexte

Tableau 1. Entretiens

Tableau 2. Enquêtes

## 2. Constats

La moitié des pompes sont en panne ({}).
"""
BAD = (_PAPER.format("table 9"), _PAPER.format("section 7"), _FRENCH.format("voir le tableau 7"))
GOOD = (
    _PAPER.format("table 2"),
    _PAPER.format("section 2"),
    _PAPER.format("table 9 of the annual report"),
    _FRENCH.format("voir le tableau 2"),
)

_FEWEST = 2
"""Things of a kind with a number from which on one that is not found is taken as missing."""
_FAR = 3
_ODD = 2
"""Missing numbers of a kind in a paper with no or one thing of the kind, up to which they may be slips and not lost captions."""
_MOST = 40
"""Largest number: "section 404" is one of a law."""
_SHOWN = 6
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})"
_LINE = re.compile(r"^[ \t]*(?P<n>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})[.):]?(?:[ \t]+\S|[ \t]*$)", re.MULTILINE)

_SAID = {"table": say("table"), "figure": say("figure"), "box": say("box"), "section": say("section"), "chapter": say("chapter")}


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each kind of thing with missing numbers, and for missing paragraphs."""
    there: dict[str, frozenset[str]] = {}
    missing: dict[tuple[str, str], list[tuple[str, tuple[Place, ...]]]] = {}
    right: tuple[Place, ...] = ()
    count = 0
    pattern = _pattern(paper.language)
    for u in _texts(paper):
        for m in pattern.finditer(u.text):
            kind = m.lastgroup or ""
            numbers = re.findall(_NUMBER, m.string[m.end(kind) : m.end()])
            if leads_elsewhere(paper, u.text, m.start(), m.end()):
                continue
            if kind not in there:
                there[kind] = _there(paper, kind)
            lost = [n for n in numbers if _is_lost(n, kind, there[kind])]
            if not lost:
                right, count = right or paper.at(u, m.start(), m.end()), count + 1
            for n in lost:
                missing.setdefault((kind, n), []).append(
                    (quoted(u.text[max(0, m.start() - 20) : m.end() + 20], 60), paper.at(u, m.start(), m.end()))
                )
    few = {kind: len({n for k, n in missing if k == kind}) for kind, _ in missing}
    missing = {
        key: uses for key, uses in missing.items() if len(there[key[0]]) >= _FEWEST or _stands_out(key[1], there[key[0]], few[key[0]])
    }
    for (kind, n), uses in missing.items():
        related = tuple(Related(words, places) for words, places in uses[1:_SHOWN])
        yield Message(
            say("The text refers to {kind} {number}, which is not in the paper.", kind=_SAID.get(kind, kind), number=n),
            uses[0][1],
            related=related,
        )
    if count and not missing:
        yield Message(
            plural(
                count,
                "References to tables, figures and sections lead somewhere ({number} looked at).",
                "References to tables, figures and sections lead somewhere ({number} looked at).",
            ),
            right,
            right=True,
        )
    yield from _paragraphs(paper)


def _texts(paper: Paper) -> Iterator[Unit]:
    """Running text without notes, which cite other works, and sentences that begin as a caption does ("Table 9 has the details.")."""
    nouns = tuple(w for words in _things(paper.language).values() for w in words)
    yield from (u for u in paper.holding(nouns, running=True) if u.kind != "footnote")
    yield from (
        u
        for u in paper.holding(nouns)
        if u.kind == "caption" and u.text.endswith(".") and not u.within & {"annex", "foreign", "references"}
    )


def _paragraphs(paper: Paper) -> Iterator[Message]:
    paragraphs = Paragraphs(paper)
    if not paragraphs.sound:
        return
    for u in paper.running:
        if u.kind == "footnote":
            continue
        for r in named(paper, u.text):
            last = max(b for _, b in r.ranges)
            if all(a == b for a, b in r.ranges) and last > paragraphs.last and not leads_elsewhere(paper, u.text, r.start, r.end):
                yield Message(
                    say("The text refers to paragraph {number}, but the last is {last}.", number=last, last=paragraphs.last),
                    paper.at(u, r.start, r.end),
                )


def _is_lost(number: str, kind: str, there: frozenset[str]) -> bool:
    if number in there or (number[0].isdigit() and int(number.partition(".")[0]) > _MOST):
        return False
    if kind in ("section", "chapter"):
        # Its parts are numbered, or it is a part of one that has none with a number of its own.
        return bool(there) and not any(t.startswith(f"{number}.") for t in there) and any(_form(t) == _form(number) for t in there)
    return len(there) < _FEWEST or sum(_form(t) == _form(number) for t in there) >= _FEWEST


def _stands_out(number: str, there: frozenset[str], missing: int) -> bool:
    """Whether a number is far above those of the few things there are: their captions may be parts of pictures."""
    last = max((int(t) for t in there if t.isdigit()), default=0)
    return number.isdigit() and int(number) > last + _FAR and missing <= _ODD


def _form(number: str) -> str:
    """How a number is written: "7.3" as "0.0", "IV" as "I"."""
    return re.sub(r"[IVX]+", "I", re.sub(r"\d+", "0", number))


def _there(paper: Paper, kind: str) -> frozenset[str]:
    """Numbers of the things of a kind that are in the paper."""
    found: set[str] = set()
    words = _begins(_things(paper.language)[kind])
    for page in paper.record.pages:
        found.update(m["n"] for m in words.finditer(page.text))
    if kind in ("section", "chapter"):
        heads = [p for p in paper.record.passages if p.kind in ("heading", "title")]
        numbered = [m["n"] for p in heads if (m := _LINE.match(f"{p.marker} {p.text}".strip()))]
        if len(numbered) < _FEWEST:
            return frozenset()
        found.update(numbered)
        found.update(m["n"] for page in paper.record.pages for m in _LINE.finditer(page.text))
    return frozenset(found)


@cache
def _things(language: str) -> Mapping[str, Sequence[str]]:
    pack = packs.pack(language, "check_chain") or packs.pack("en", "check_chain")
    things: Mapping[str, Sequence[str]] = pack["things"]
    return things


@cache
def _begins_of(words: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    number = rf"[ \t]*(?:n[o°º]\.?[ \t]?)?(?P<n>{_NUMBER})"
    # A caption goes on with a mark, a capital letter or nothing; "table 3 shows" at the beginning of a line is a sentence.
    behind = r"(?=[a-z]?(?:[ \t]*[.:|–—-]|[ \t]*$|[ \t]+[“\"(]?(?-i:[^\Wa-zà-ÿ\d_])))"
    return re.compile(rf"^[^\w\n]*(?:{either}){number}{behind}", re.IGNORECASE | re.MULTILINE)


def _begins(words: Sequence[str]) -> re.Pattern[str]:
    return _begins_of(tuple(words))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """A thing's noun with a number or several; the group is named for the kind."""
    links = (packs.pack(language, "links") or packs.pack("en", "links"))["references"]
    join = "|".join(sorted(map(re.escape, links["and"]), key=len, reverse=True))
    groups = "|".join(
        f"(?P<{k}>{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})" for k, words in _things(language).items()
    )
    one = rf"{_NUMBER}(?![\w%])"
    return re.compile(rf"(?<![\w])(?:{groups})\s{one}(?:(?:\s?,\s?|\s(?:{join})\s){one})*(?!\s?%|\s?\()", re.IGNORECASE)
