"""What rules on recommendations say of an action's words before anybody has begun with it: whether one could tell that it was done.

The rules that find a recommendation vague or without a measure look for verbs of direction and for products, numbers and means; these are
the same in an action that is promised. Where they find nothing either way, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from evaltrail.check.paper import Paper
from evaltrail.check.rules.recommendations import _vague, not_measurable, vague_verb
from evaltrail.check.rules.response.answer_repeats_recommendation import RULE as _REPEATS
from evaltrail.check.similar import near_duplicates
from evaltrail.record import DocumentInfo, Evaluation, Page, Passage, Place, Recommendation, Record

if TYPE_CHECKING:
    from evaltrail.check.rule import Message

Criterion = Literal["specific", "measurable"]
_QUOTED = re.compile(r"“([^”]*)”")


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of an action."""

    criterion: Criterion
    met: bool
    rule: str
    """Its code."""
    words: tuple[str, ...] = ()
    """Of the action, at which it is at fault."""


def said_of(action: str, *, recommendation: str = "", language: str = "en") -> list[Said]:
    """What the rules say of an action's words: at most one answer for each criterion, none where they cannot tell.

    Args:
        action: its words.
        recommendation: those of what it is promised for: an action that only says these again is not specific.
        language: ISO 639-1 code.
    """
    text = " ".join(action.split())
    if not text:
        return []
    paper = _paper(text, language)
    asked = paper.recommendations[0]
    found: list[Said] = []
    vague = list(vague_verb.check(paper, {}))
    unmeasured = list(not_measurable.check(paper, {}))
    concrete = _vague.concrete(paper, asked)
    if recommendation and near_duplicates([text, " ".join(recommendation.split())]):
        found.append(Said("specific", met=False, rule=_REPEATS.code))
    elif vague or _vague.only_vague(paper, asked, _vague.starts(paper)):
        quoted = _quoted(text, *vague, *unmeasured)
        found.append(Said("specific", met=False, rule=vague_verb.RULE.code, words=quoted))
    elif concrete and not unmeasured:
        found.append(Said("specific", met=True, rule=vague_verb.RULE.code))
    if vague or unmeasured:
        quoted = _quoted(text, *unmeasured, *vague)
        found.append(Said("measurable", met=False, rule=not_measurable.RULE.code, words=quoted))
    elif concrete:
        found.append(Said("measurable", met=True, rule=not_measurable.RULE.code))
    return found


def _quoted(text: str, *messages: Message) -> tuple[str, ...]:
    """Words at fault that messages quote; the action itself, by which they call it, is none."""
    words = dict.fromkeys(w for m in messages for w in _QUOTED.findall(m.text) if w.rstrip("… .") not in text.rstrip(". ") or w.islower())
    return tuple(w for w in words if w.casefold() != text.rstrip(". ").casefold())[:2]


def _paper(text: str, language: str) -> Paper:
    """A paper that holds nothing but the action, as a recommendation."""
    place = Place(page=1, start=0, end=len(text))
    asked = Recommendation(id="I.r1", text=text, places=(place,))
    record = Record(
        document=DocumentInfo(language=language),
        pages=(Page(number=1, text=text),),
        evaluations=(Evaluation(id="I", statements=(asked,)),),
        passages=(Passage(kind="paragraph", text=text, places=(place,), evaluation="I"),),
    )
    return Paper(record, today=date.min)
