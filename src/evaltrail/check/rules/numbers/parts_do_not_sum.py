"""Parts do not add up to the whole that the sentence states.

## What it does
Adds the numbers where a count is followed by its parts: in brackets or behind a colon, each part beginning with its number
("43 interviews (20 men and 25 women)"), or, for women and men, anywhere in the rest of the sentence ("of the 43 farmers, 20 were
women and 25 were men").

## Why it is bad
The whole or a part is wrong, and with it every share worked out from them.

## Known problems
Parts that overlap ("20 women, 5 of them from the ministry") and lists that leave parts out are only looked at where the
parts are more than the whole, or are women and men. Women and men further on in the sentence are only held against a whole
that is nearly their sum: another number before them may count something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import mentions
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import alternatives, followed_by, number_pattern, printed, quantities, where, worth
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.check.wording import Said
    from evaltrail.record import Quantity
    from evaltrail.text.quantities import Amount

RULE = Rule(code="NUM003", severity="error", sources=("consistency",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Method\n\nThe team held 43 interviews (20 men and 25 women).\n",
    "# Evaluation of the water programme\n\n## Method\n\nThe survey reached 120 farmers: 70 women and 60 men.\n",
    "# Évaluation du programme\n\n## Méthode\n\nL’équipe a mené 43 entretiens (20 hommes et 25 femmes).\n",
    "# Evaluation of the water programme\n\n## Method\n\nOf the 43 farmers asked, 20 were women and 25 were men.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Method\n\nThe team held 45 interviews (20 men and 25 women).\n",
    "# Evaluation of the water programme\n\n## Method\n\nThe survey reached 120 farmers (12 in each of 10 villages).\n",
    "# Évaluation du programme\n\n## Méthode\n\nL’équipe a mené 45 entretiens (20 hommes et 25 femmes).\n",
    "# Evaluation of the water programme\n\n## Method\n\nThe 12 talks were with 20 women and 25 men, in groups.\n",
)

_CONFIRMED = 2
_SLIP = 6
_FAR = 90
"""Characters between a whole and its parts."""
_OPENS = re.compile(r"\s*[(:]\s*")
_BETWEEN = re.compile(r"\s*(?:,|;|\+|/|&|,?\s*(?:and|et|y|e))\s*")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each whole whose parts do not fit, and confirm the first ones that do."""
    del options
    right = 0
    told: set[int] = set()
    likely = followed_by(paper, ":(", 4, _is_count)
    for unit in paper.units:
        if unit.kind == "cell" or id(unit) not in likely or {"contents", "references"} & unit.within:
            continue
        every = quantities(paper, unit)
        for i, whole in enumerate(every):
            if not _is_count(whole):
                continue
            parts = _parts(unit, whole, every[i + 1 :])
            if len(parts) < 2:
                continue
            told.add(id(unit))
            total = sum(p.value for p in parts)
            place = paper.at(unit, whole.start, parts[-1].end)
            if total == whole.value:
                if right < _CONFIRMED:
                    right += 1
                    yield Message(
                        say(
                            "The parts of {value} {of} in {where} add up.", value=printed(whole.value), of=whole.of or "", where=where(unit)
                        ),
                        place,
                        right=True,
                    )
            elif total > whole.value or _both_sexes(paper, unit, parts):
                yield Message(_differs(unit, whole, total), place)
    yield from _women_and_men(paper, told)


def _women_and_men(paper: Paper, told: set[int]) -> Iterator[Message]:
    """One message for each sentence whose women and men do not make the count before them."""
    men = {id(m.unit) for m in mentions(paper, "check_numbers", "men")}
    pair = _pair(paper)
    for m in mentions(paper, "check_numbers", "women"):
        unit = m.unit
        if unit.kind == "cell" or id(unit) in told or id(unit) not in men or {"contents", "references"} & unit.within:
            continue
        for s in paper.sentences(unit):
            for found in pair.finditer(s.text):
                parts = [worth(paper, found[k]) for k in ("one", "other")]
                start, end = s.start + found.start(), s.start + found.end()
                whole = _before(paper, unit, s.start, start)
                if whole is None or None in parts:
                    continue
                total = sum(p for p in parts if p is not None)
                slip = abs(total - whole.value)
                if 0 < slip <= max(_SLIP, total / 10) and whole.value > max(p or 0 for p in parts):
                    yield Message(_differs(unit, whole, total), paper.at(unit, whole.start, end))


def _differs(unit: Unit, whole: Amount, total: float) -> Said:
    return say(
        "{where:capital} has {value} {of}, but its parts add up to {total}.",
        where=where(unit),
        value=printed(whole.value),
        of=whole.of or "",
        total=printed(total),
    )


def _pair(paper: Paper) -> re.Pattern[str]:
    """A count of women and one of men beside each other, in either order, with few words between number and noun."""
    women, men = (alternatives(paper.listed("check_numbers", k)) for k in ("women", "men"))
    number, and_ = number_pattern(paper.language), alternatives(paper.listed("check_numbers", "and"))
    few = r"(?:[^\W\d_]+\s){0,2}?"
    part = rf"{number})\s(?:[^\W\d_]+\s){{0,3}}?(?:d[’'])?(?:{women}|{men})"
    join = rf"\s?(?:[,;]|[,;]?\s?{and_})"
    return re.compile(rf"(?P<one>{part}{join}?\s{few}(?P<other>{part}(?!{join}\s?{few}{number})", re.IGNORECASE)


def _before(paper: Paper, unit: Unit, begin: int, start: int) -> Amount | None:
    """The count right before the parts in their sentence, where no other number stands between; None where there is none."""
    earlier = [a for a in quantities(paper, unit) if begin <= a.start and a.end <= start]
    if not earlier or not _is_count(earlier[-1]):
        return None
    between = unit.text[earlier[-1].end : start]
    return None if len(between) > _FAR or any(c.isdigit() for c in between) else earlier[-1]


def _is_count(a: Amount | Quantity) -> bool:
    return bool(a.of) and a.unit not in _NO_COUNTS and a.value >= 4 and a.value == int(a.value) and not (a.upper or a.bound or a.out_of)


_NO_COUNTS = frozenset({None, "percent", "percentage points", "year", "years", "months", "weeks", "days", "hours", "times", "points"})


def _parts(unit: Unit, whole: Amount, following: list[Amount]) -> list[Amount]:
    """The parts behind a whole: counts that follow one another with only what they count and a comma or "and" between."""
    text = unit.text
    opening = _OPENS.match(text, whole.end)
    if not opening or not following or following[0].start != opening.end():
        return []
    close = len(text)
    if "(" in opening[0]:
        close = text.find(")", opening.end())
        if close < 0:
            return []
    parts: list[Amount] = []
    for a in following:
        if a.start >= close:
            break
        if a.unit in _NO_COUNTS - {None} or a.upper or a.out_of or a.bound or a.value >= whole.value:
            return []
        if parts:
            between = text[parts[-1].start : a.start]
            if not _BETWEEN.search(between) or "." in between or "(" in between:
                return []
        parts.append(a)
    tail = text[parts[-1].end : close] if parts else ""
    if ":" in opening[0] and "." in tail:
        tail = tail.partition(".")[0]
    pieces = (
        [p for p in re.split(r"[,;]|\s(?:and|et|y|e)\s", text[opening.end() : parts[-1].end + len(tail)]) if p.strip()] if parts else []
    )
    return parts if all(re.match(r"\s*(?:\d|[^\W\d_]+\b)", p) for p in pieces) and len(pieces) == len(parts) else []


def _both_sexes(paper: Paper, unit: Unit, parts: list[Amount]) -> bool:
    women, men = paper.words_of("check_numbers", "women"), paper.words_of("check_numbers", "men")
    words = unit.text[parts[0].start : parts[-1].end + 30]
    return bool(women and men and women.search(words) and men.search(words)) and len(parts) == 2
