"""A finding, conclusion or recommendation is referred to that is not there.

## What it does
Looks for references by number (“finding 23”, “recommendation 9”) and holds them against the numbered statements of the
paper, or of the part of it that the reference stands in. References into other papers are left out.

## Why it is bad
The reader looks for what the sentence rests on and finds nothing. Mostly the statements were renumbered late.

## Known problems
Only where the statements of a kind are numbered from 1 without a gap, as otherwise one may have been overlooked.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import counted
from evaltrail.check.mention import quoted
from evaltrail.check.ordinal import ordinal
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.chain._references import leads_elsewhere
from evaltrail.check.wording import plural, say
from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="CHA003", severity="error", sources=("consistency",), papers=ANY, version=2)

_PAPER = """# Evaluation of the water programme

## Findings

Finding 1: Half of the pumps failed.

Finding 2: Fees are paid.

Finding 3: Mechanics are few.

## Recommendations

Recommendation 1: The Ministry should repair the pumps (finding {}).

Recommendation 2: The Ministry should train mechanics (finding 3).
"""
_FRENCH = """# Évaluation du programme de l’eau

## Constats

Constat 1 : La moitié des pompes sont en panne.

Constat 2 : Les redevances sont payées.

## Recommandations

Recommandation 1 : Le ministère devrait réparer les pompes (voir le constat {}).
"""
BAD = (_PAPER.format(7), _FRENCH.format(5))
GOOD = (_PAPER.format(1), _FRENCH.format(1), _PAPER.format("9 of the previous evaluation"))

_KINDS = ("finding", "conclusion", "lesson", "recommendation")
_DIGIT = re.compile(r"\s\d")
_LABELS_BEHIND = 4
"""Numbers in brackets at the end of units from which on these are the units' own labels."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each statement that is referred to and not there, once."""
    last = {(e.id, kind): _last(e.statements, kind) for e in paper.evaluations for kind in _KINDS}
    if not any(last.values()):
        return
    pattern = _pattern(paper.language)
    matches = [(u, list(pattern.finditer(u.text))) for u in paper.holding(_nouns(paper.language)) if _DIGIT.search(u.text)]
    labels = _labels(paper, matches)
    seen: set[tuple[str, str, int]] = set()
    good: tuple[Unit, int, int] | None = None
    count = 0
    for u, own in matches:
        if u.kind in ("heading", "title", "caption") or u.within & {"contents", "references", "foreign"}:
            continue
        for m in own:
            kind = m.lastgroup or ""
            evaluation = u.evaluation if len(paper.evaluations) > 1 else paper.evaluations[0].id
            n = last.get((evaluation or "", kind), 0)
            numbers = [int(x) for x in re.findall(r"\d+", m.string[m.end(kind) : m.end()])]
            if not n or not numbers or _is_label(paper, u, m) or leads_elsewhere(paper, u.text, m.start(), m.end()):
                continue
            missing = [x for x in numbers if x > n and not labels & {(evaluation, kind, x), (None, kind, x)}]
            if not missing:
                good, count = good or (u, m.start(), m.end()), count + 1
            for x in missing:
                if (evaluation or "", kind, x) in seen:
                    continue
                seen.add((evaluation or "", kind, x))
                words = quoted(m.group(), 50)
                yield Message(
                    say("The text refers to {words}, but there are {count}.", words=words, count=counted(kind, n)),
                    paper.at(u, m.start(), m.end()),
                )
    if good is not None and not seen:
        u, start, end = good
        yield Message(
            plural(
                count,
                "References to statements by number lead somewhere ({number} looked at).",
                "References to statements by number lead somewhere ({number} looked at).",
            ),
            paper.at(u, start, end),
            right=True,
        )


def _last(statements: Any, kind: str) -> int:
    """Number of the last statement of a kind, 0 unless they are numbered from 1 without a gap."""
    whole = [s for s in statements if s.kind == kind and s.parent is None]
    numbers = sorted({n for s in whole if (n := ordinal(s.number)) is not None})
    # Numbers may stand twice where the parts of a paper were not told apart; above the last there is nothing all the same.
    sound = len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1)) and all(s.number for s in whole)
    return len(numbers) if sound else 0


def _labels(paper: Paper, matches: Sequence[tuple[Unit, Sequence[re.Match[str]]]]) -> set[tuple[str | None, str, int]]:
    """Statements whose label begins a unit, whatever the reader made of them, or ends several in brackets, each with its evaluation."""
    found: set[tuple[str | None, str, int]] = set()
    behind: set[tuple[str | None, str, int]] = set()
    for u, of_unit in matches:
        evaluation = u.evaluation if len(paper.evaluations) > 1 else None
        for m in of_unit:
            own = {(evaluation, (m.lastgroup or ""), int(x)) for x in re.findall(r"\d+", m.group())}
            if _is_label(paper, u, m):
                found |= own
            elif u.text[m.start() - 1 : m.start()] == "(" and u.text[m.end() : m.end() + 3].strip(" ).") == "" and len(own) == 1:
                behind |= own
    return found | (behind if len(behind) >= _LABELS_BEHIND else set())


def _is_label(paper: Paper, u: Unit, m: re.Match[str]) -> bool:
    """Whether a noun with its number is the label of what follows: it begins the unit, and a mark stands behind it."""
    before = fold(u.text[: min(m.start(), 60)]).split()
    if len(before) > 2:
        return False
    rest = u.text[m.end() : m.end() + 2].lstrip()
    if before and u.kind == "paragraph" and not u.text[m.end() :].strip(" .") and not _qualifiers(paper.language).issuperset(before):
        return False  # "See also recommendation 13."
    return not rest or rest[0] in ":.–—-" or u.kind in ("heading", "title", "cell")


@cache
def _qualifiers(language: str) -> frozenset[str]:
    pack = packs.pack(language, "statements") or packs.pack("en", "statements")
    return frozenset(w for q in pack["qualifiers"] for w in fold(q).split())


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """A statement's noun with a number or several behind it; the group is named for the kind."""
    pack = packs.pack(language, "statements") or packs.pack("en", "statements")
    links = (packs.pack(language, "links") or packs.pack("en", "links"))["references"]
    groups = (f"(?P<{k}>(?:{'|'.join(_stems(pack['nouns'].get(k, ())))}))" for k in _KINDS if pack["nouns"].get(k))
    join = "|".join(sorted(map(re.escape, links["and"]), key=len, reverse=True))
    number = r"\d{1,2}(?![\w%])(?!\.\d)"
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(groups)})\s(?:n[o°º]\.?\s?|#\s?)?{number}(?:(?:\s?,\s?|\s(?:{join})\s|,\s(?:{join})\s){number})*(?!\s?%)",
        re.IGNORECASE,
    )


@cache
def _nouns(language: str) -> tuple[str, ...]:
    """The words that the pattern's nouns begin with, each for all that begin so."""
    pack = packs.pack(language, "statements") or packs.pack("en", "statements")
    return tuple(f"{n[:-1] if len(n) > 4 else n}*" for k in _KINDS for n in pack["nouns"].get(k, ()))


def _stems(nouns: Any) -> Iterator[str]:
    for n in sorted(nouns, key=len, reverse=True):
        yield rf"{re.escape(n[:-1])}\w{{1,3}}" if len(n) > 4 else re.escape(n)
