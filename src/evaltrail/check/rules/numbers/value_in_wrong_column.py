"""A value stands in the wrong column of a recommendation's table.

## What it does
Looks at priority, time and resources of each recommendation as printed. A value that belongs to another of these
columns ("Medium-term" under resources, "High" under time) is named. Where the right column holds the same words or is
empty, or two values have changed places, the record can be repaired safely.

## Why it is bad
The one who must plan and pay reads the wrong thing, and what should stand there is not known.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say
from evaltrail.record import Edit, Place
from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Recommendation

RULE = Rule(code="NUM001", severity="error", sources=("consistency",), papers=ANY)

_HEAD = "# Evaluation of the water programme\n\n## Recommendations\n\n### Recommendation 1\n\nThe Ministry should repair the wells.\n\n"
_HEAD_FR = "# Évaluation du programme\n\n## Recommandations\n\n### Recommandation 1\n\nLe ministère devrait réparer les puits.\n\n"
BAD = (
    _HEAD + "| Responsible unit | Priority | Time implication | Resource implication |\n| --- | --- | --- | --- |\n"
    "| Ministry of Water | High | Medium-term | Medium-term |\n",
    _HEAD + "| Responsible unit | Priority | Time implication | Resource implication |\n| --- | --- | --- | --- |\n"
    "| Ministry of Water | Long-term | High | Low |\n",
    _HEAD_FR + "| Unité responsable | Priorité | Délai | Ressources |\n| --- | --- | --- | --- |\n"
    "| Ministère | Élevée | Court terme | Court terme |\n",
)
GOOD = (
    _HEAD + "| Responsible unit | Priority | Time implication | Resource implication |\n| --- | --- | --- | --- |\n"
    "| Ministry of Water | High | Medium-term | Medium |\n",
    _HEAD_FR + "| Unité responsable | Priorité | Délai | Ressources |\n| --- | --- | --- | --- |\n"
    "| Ministère | Élevée | Court terme | Faibles |\n",
)

FIELDS: Final = ("priority", "time", "resources")
_SAID = {"priority": say("a priority"), "time": say("a time"), "resources": say("a resource level")}
_COLUMN = {"priority": say("priority"), "time": say("time"), "resources": say("resource")}


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each value that stands in another's column."""
    del options
    units = {fold(u) for r in paper.recommendations for u in r.responsible}
    right: Recommendation | None = None
    for rec in paper.recommendations:
        values = {f: " ".join((getattr(rec.as_printed, f) or "").split()) for f in FIELDS}
        if not any(values.values()):
            continue
        strange = {f: fits(v) for f, v in values.items() if v and fits(v) and f not in fits(v)}
        for field, others in strange.items():
            yield Message(
                say(
                    "{name} has {what}, “{words}”, in the {column} column.",
                    name=paper.name(rec),
                    what=_SAID[others[0]],
                    words=values[field],
                    column=_COLUMN[field],
                ),
                _places(paper, rec, values[field]),
                statement=rec.id,
                repair=_repair(paper, rec, field, values, strange),
            )
        if values["priority"] and fold(values["priority"]) in units:
            yield Message(
                say("{name} has a responsible unit, “{words}”, in the priority column.", name=paper.name(rec), words=values["priority"]),
                _places(paper, rec, values["priority"]),
                statement=rec.id,
            )
        elif not strange:
            right = right or rec
    if right is not None:
        yield Message(
            say("{name} has priority, time and resources in their own columns.", name=paper.name(right)), right.places, right=True
        )


def fits(value: str) -> tuple[str, ...]:
    """The columns to whose scale a printed value belongs; empty where it belongs to none (a date, a sentence)."""
    words = fold(value)
    return tuple(f for f in ("time", "priority", "resources") if _scale(f).fullmatch(words))


@cache
def _scale(field: str) -> re.Pattern[str]:
    """A pattern of one value of a scale, or two joined ("short- to medium-term"), in any language with a pack."""
    table = packs.merged("fields", "en").get(field, {})
    words = sorted({fold(w) for of_value in table.values() for w in of_value}, key=len, reverse=True)
    bare = {"medium", "short", "long"} if field == "time" else set()  # alone they may be a level of something else
    whole = "|".join(re.escape(w) for w in words if w not in bare)
    any_ = "|".join(re.escape(w) for w in words)
    end = r"(?: (?:priority|priorite|prioridad|prioridade))?" if field == "priority" else ""
    return re.compile(rf"(?:(?:{any_})(?: (?:to|and|or|a|et|y|e|ou|o))? )?(?:{whole}){end}")


def _repair(
    paper: Paper, rec: Recommendation, field: str, values: Mapping[str, str], strange: Mapping[str, tuple[str, ...]]
) -> tuple[Edit, ...]:
    """Edits that lose nothing: away with a copy, into an empty column, or two values change places."""
    at = paper.pointer(rec)
    for target in strange[field]:
        there = values[target]
        if fold(there) == fold(values[field]):
            return _set(rec, at, field, None, None)
        if target in strange and field in strange[target]:
            return (
                *_set(rec, at, field, there, getattr(rec, target)),
                *_set(rec, at, target, values[field], getattr(rec, field)),
            )
        if not there and len(strange[field]) == 1:
            return (*_set(rec, at, field, None, None), *_set(rec, at, target, values[field], getattr(rec, field)))
    return ()


def _set(rec: Recommendation, at: str, field: str, words: str | None, value: str | None) -> tuple[Edit, ...]:
    edits = [Edit(pointer=f"{at}/as_printed/{field}", old=getattr(rec.as_printed, field), new=words, reason=RULE.code)]
    if getattr(rec, field) != value:
        edits.append(Edit(pointer=f"{at}/{field}", old=getattr(rec, field), new=value, reason=RULE.code))
    return tuple(edits)


def _places(paper: Paper, rec: Recommendation, value: str) -> tuple[Place, ...]:
    """The place of the value's last printing in the statement or between it and the next, else the statement's."""
    pattern = re.compile(r"\s+".join(re.escape(w) for w in value.split()))
    if not rec.places:
        return ()
    last = rec.places[-1]
    page = paper.record.pages[last.page - 1].text
    starts = paper.statement_starts.get(last.page, [])
    after = starts[bisect_left(starts, last.end) :][:1]
    found = list(pattern.finditer(page, last.start, min([*after, last.end + _ROW])))
    if not found:
        return rec.places
    return (Place(page=last.page, start=found[-1].start(), end=found[-1].end()),)


_ROW = 1200
"""Characters behind a recommendation in which the row of its table is looked for."""
