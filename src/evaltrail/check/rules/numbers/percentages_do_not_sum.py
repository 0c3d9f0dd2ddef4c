"""Percentages of one whole do not add up to a hundred.

## What it does
Adds, in a sentence, percentages that are said to be of the same whole and stand in one list. More than 101 is too much; where
the sentence says that the list is the whole ("the remaining 20 per cent", "was split between"), less than 98 is too little.
Shares in a column whose total is a hundred are added up too. Answers of which people could give several are left out.

## Why it is bad
One of the shares is wrong, or they are not of the same whole.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import hundreds, mark, quantities
from evaltrail.check.wording import say
from evaltrail.text.numbers import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.text.quantities import Amount

RULE = Rule(code="NUM005", severity="warning", sources=("consistency",), papers=ANY, suspects=True)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Of the total budget, 60 per cent went to wells, 35 per cent to pumps and 15 per cent to "
        "schools.\n"
    ),
    "# Évaluation du programme\n\n## Constatations\n\nLes répondants étaient composés de femmes (62 %) et d’hommes (48 %).\n",
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Funds were split between wells (50 per cent), pumps (30 per cent) and schools (12 per cent).\n"
    ),
    (
        "# Evaluation of the water programme\n\n## Findings\n\n| Use | Share (per cent) |\n| --- | --- |\n| Wells | 50 |\n"
        "| Pumps | 30 |\n| Schools | 12 |\n| Total | 100 |\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Of the total budget, 60 per cent went to wells, 25 per cent to pumps and 15 per cent to "
        "schools.\n"
    ),
    "# Évaluation du programme\n\n## Constatations\n\nLes répondants étaient composés de femmes (62 %) et d’hommes (38 %).\n",
)

_CENT = re.compile(r"%|cent\b|ciento\b", re.IGNORECASE)
_TOO_MUCH = (101.5, 130.0)
_TOO_LITTLE = (70.0, 98.4)
_GAP = 60


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each list."""
    del options
    women, men = paper.words_of("check_numbers", "women"), paper.words_of("check_numbers", "men")
    of_all = paper.words_of("check_numbers", "of_all")
    several = paper.words_of("check_numbers", "several")
    running = set(map(id, paper.running))
    for unit in paper.with_shares:
        if id(unit) not in running or len(_CENT.findall(unit.text)) < 2:
            continue
        of_sexes = any(words and words.search(unit.text) for words in (women, men))
        # Told from the words first: finding the quantities takes longer.
        if not of_sexes and not any(_complete(paper, s.text) or (of_all and of_all.match(s.text)) for s in paper.sentences(unit)):
            continue
        shares = [a for a in quantities(paper, unit) if a.unit == "percent" and a.upper is None and a.bound is None]
        for s in paper.sentences(unit):
            own = [a for a in shares if s.start <= a.start < s.end]
            if len(own) < 2 or len(own) > 8 or (several and several.search(s.text)):
                continue
            complete = _complete(paper, s.text)
            sexes = len(own) == 2 and women is not None and men is not None and _beside_sexes(unit.text, own, women, men)
            whole = (complete or bool(of_all and of_all.match(s.text))) and len(own) > 2
            total = sum(a.value for a in own)
            if (sexes or whole) and _one_list(unit.text, own) and (_wrong(total, sexes=sexes) or (complete and _few(total))):
                yield Message(
                    say("The percentages in one list may be wrong: they add up to {total:g}.", total=total),
                    paper.at(unit, own[0].start, own[-1].end),
                )
    yield from _columns(paper)


def _complete(paper: Paper, sentence: str) -> bool:
    """Whether a sentence says that its list is the whole."""
    split, remaining = paper.words_of("check_numbers", "split"), paper.words_of("check_numbers", "remaining")
    return bool((split and split.search(sentence)) or (remaining and remaining.search(sentence)))


def _few(total: float) -> bool:
    return _TOO_LITTLE[0] <= total <= _TOO_LITTLE[1]


def _columns(paper: Paper) -> Iterator[Message]:
    """One message for each column of shares whose total is given as a hundred and is not their sum."""
    for passage in paper.record.passages:
        if passage.kind != "table":
            continue
        for shares, total in hundreds(paper, passage):
            values = [numeral(c.text.strip(" %"), mark(paper)) for c in shares]
            if None in values or len(values) < 2:
                continue
            real = sum(v for v in values if v is not None)
            slack = 0.51 * len(values) if all("." not in c.text and "," not in c.text for c in shares) else 0.6
            if slack < abs(real - 100) <= _TOO_MUCH[1] - 100:
                yield Message(
                    say("The shares in the table may be wrong: they add up to {total:g} and not to 100.", total=real), total.places
                )


def _wrong(total: float, *, sexes: bool) -> bool:
    return _TOO_MUCH[0] < total <= _TOO_MUCH[1] or (sexes and 85 < total < 98.5)


def _beside_sexes(text: str, shares: list[Amount], women: re.Pattern[str], men: re.Pattern[str]) -> bool:
    """Whether one share stands beside women and the other beside men."""
    first, second = (text[max(0, a.start - 20) : a.end + 20] for a in shares)
    return bool((women.search(first) and men.search(second)) or (men.search(first) and women.search(second)))


def _one_list(text: str, shares: list[Amount]) -> bool:
    """Whether little stands between the shares, and nothing that compares."""
    gaps = [text[a.end : b.start] for a, b in pairwise(shares)]
    return all(len(g) <= _GAP and not re.search(r"[;:]|\d", g) for g in gaps)
