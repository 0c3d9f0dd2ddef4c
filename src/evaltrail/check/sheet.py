"""Quality sheets: for each item of a standard's checklist what the program found, and a place for a person's judgement.

The program only suggests.  A suggestion rests on what rules said, with page and words; where no rule said anything for
or against an item, it is for a person to judge, and silence never makes it met.  Only judgements enter the score
(:mod:`evaltrail.check.score`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from evaltrail.check.profile import NOT_APPLICABLE, Profile, Refused, Scoring, Source, load
from evaltrail.check.rule import rules
from evaltrail.check.run import check, words_at
from evaltrail.check.score import Judgements, Score, score
from evaltrail.check.wording import Wording, say, wording
from evaltrail.record import Model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.check.profile import Item
    from evaltrail.check.report import Remark, Report
    from evaltrail.record import Record

SCHEMA = "evaltrail.sheet/1"

Found = Literal["met", "partly met", "not met", "not applicable", "for a person to judge"]

SHOWN = {"against": 3, "for": 2}
"""Remarks that are shown for one item; the others are counted."""
WORDS = 130
"""Characters of the paper that are quoted for one remark."""

_QUOTED = re.compile("“([^”]*)”")

GENRES = {
    "report": say("evaluation reports"),
    "summary": say("summaries of evaluations"),
    "response": say("management responses"),
    "other": say("other papers"),
}
SUGGESTIONS = {
    "met": say("met"),
    "seems met": say("seems met"),
    "partly met": say("partly met"),
    "seems partly met": say("seems partly met"),
    "not met": say("not met"),
    "seems not met": say("seems not met"),
    "for a person to judge": say("for a person to judge"),
    "not applicable": say("not applicable"),
}
"""What can be found of an item, for other languages."""
TAKEN_FOR = {
    "report": "an evaluation report",
    "summary": "a summary of evaluations",
    "response": "a management response",
    "other": "no evaluation paper, or none that could be told",
}


class Evidence(Model):
    """What one rule said that speaks for or against an item."""

    speaks: Literal["for", "against"]
    rule: str
    suspects: bool = Field(description="Whether the rule can only suspect, or finds it no more than worth a look.")
    message: str = Field(description="One sentence, in English unless it was asked for in another language.")
    wording: Wording | None = Field(default=None, description="What the message was made of, for other languages.")
    page: int | None = Field(default=None, description="Page of the paper, from 1; null where it has no pages or the whole paper is meant.")
    words: str = Field(default="", description="What stands there, cut at the end of a word.")


class Row(Model):
    """An item of the checklist with what was found and what was judged."""

    id: str
    section: str
    text: str
    source: str
    weight: float
    must_pass: bool
    found: Found
    seems: bool = Field(default=False, description="Whether it rests on suspicion alone.")
    why: str = Field(default="", description="Why it is left to a person, or not applicable.")
    why_wording: Wording | None = Field(default=None, description="What that was made of, for other languages.")
    evidence: tuple[Evidence, ...] = ()
    more: int = Field(default=0, description="Remarks that are not shown.")
    judgement: str | None = None
    comment: str = ""

    @property
    def suggestion(self) -> str:
        """What was found in words: "seems partly met"."""
        return f"seems {self.found}" if self.seems else self.found


class Sheet(Model):
    """A filled-in checklist for one paper."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    title: str
    sha256: str
    checked: date
    genre: Literal["report", "summary", "response", "other"]
    profile: str
    profile_title: str
    profile_version: str
    institution: str | None = None
    note: str = ""
    sources: tuple[Source, ...] = ()
    scoring: Scoring = Field(default_factory=Scoring)
    rows: tuple[Row, ...]
    score: Score
    notes: tuple[str, ...] = Field(
        default=(), description="What to know about this sheet: judgements given to another version of the paper."
    )

    @property
    def sections(self) -> dict[str, list[Row]]:
        """Rows by section, in order."""
        out: dict[str, list[Row]] = {}
        for row in self.rows:
            out.setdefault(row.section, []).append(row)
        return out

    @property
    def choices(self) -> tuple[str, ...]:
        """What an item can be judged."""
        return (*(word for _, word in self.scoring.scale), NOT_APPLICABLE)


def sheet(
    record: Record,
    profile: str | Profile,
    *,
    report: Report | None = None,
    judgements: Judgements | None = None,
    today: date | None = None,
) -> Sheet:
    """Fill in the checklist of a profile for a paper.

    Args:
        record: what was read.
        profile: a profile with items, its name, or the path of a house profile.
        report: the result of checking the record against this profile; None: it is checked here.
        judgements: what people judged, from a sheet that was filled in.
        today: day of the check; None: that of the machine, in UTC.

    Raises:
        Refused: there is no such profile, it has no items, or the judgements are not for it.
    """
    used = load(profile) if isinstance(profile, str) else profile
    if not used.items:
        raise Refused(f"the profile “{used.name}” has no checklist, so no sheet can be made of it. Give one with items, such as uneg")
    given = judgements.fitted(used) if judgements else Judgements(profile=used.name)
    result = report or check(record, profile=used, today=today)
    rows = tuple(_row(item, record, result, given) for item in used.items)
    notes = (
        [f"The judgements were given to profile version {given.version}; this is version {used.version}."] if _older(given, used) else []
    )
    if given.sha256 and record.document.sha256 and given.sha256 != record.document.sha256:
        notes.append("The judgements were given to another version of the paper: look at them again.")
    return Sheet(
        title=": ".join(filter(None, (record.document.symbol, record.document.title))) or "A paper without a title",
        sha256=record.document.sha256 or "",
        checked=result.checked,
        genre=result.genre,
        profile=used.name,
        profile_title=used.title,
        profile_version=used.version,
        institution=used.institution,
        note=used.note,
        sources=used.sources,
        scoring=used.scoring,
        rows=rows,
        score=score(rows, used.scoring),
        notes=tuple(notes),
    )


def _older(given: Judgements, used: Profile) -> bool:
    return bool(given.version) and given.version != used.version


def _row(item: Item, record: Record, report: Report, given: Judgements) -> Row:
    found, seems, why = _nothing(item, report)
    told = [(r, "for") for r in report.confirmations if item.hears(r.rule, r.message)] if found is None else []
    against = [(r, "against") for r in report.remarks if item.hears(r.rule, r.message)] if found is None else []
    if found is None:
        found, seems, why = _weighed([r for r, _ in told], [r for r, _ in against], item, report)
    judged = given.words.get(item.id)
    return Row(
        id=item.id,
        section=item.section,
        text=item.text,
        source=item.source,
        weight=item.weight,
        must_pass=item.must_pass,
        found=found,
        seems=seems,
        why=str(why),
        why_wording=wording(why) if why else None,
        evidence=tuple(
            Evidence(
                speaks="for" if side == "for" else "against",
                rule=r.rule,
                suspects=_weak(r),
                message=r.message,
                wording=r.wording,
                page=r.places[0].page if r.places and len(record.pages) > 1 else None,
                words=_words(words_at(record, r.places), r.message),
            )
            for r, side in (*_first(against), *_first(told))
        ),
        more=len(told) + len(against) - len(_first(told)) - len(_first(against)),
        judgement=judged,
        comment=given.comments.get(item.id, ""),
    )


def _nothing(item: Item, report: Report) -> tuple[Found | None, bool, str]:
    """What is said of an item that no rule could look at; None as the first where one could."""
    if report.genre not in item.papers:
        return "not applicable", False, say("The item is meant for {papers:and}.", papers=tuple(GENRES[p] for p in item.papers))
    if not item.rules:
        return "for a person to judge", False, say("No rule looks at this.")
    known = rules()
    if not any(report.genre in known[code].rule.papers for code in item.codes):
        # The profile asks it of this kind of paper, so it applies; a machine just cannot help.
        return "for a person to judge", False, say("Its rules are not meant for {papers}.", papers=GENRES[report.genre])
    failed = {f.rule for f in report.failed}
    if not set(item.codes) & set(report.rules) - failed:
        broken = failed & set(item.codes)
        return "for a person to judge", False, say("Its rules broke off.") if broken else say("Its rules were not run.")
    return None, False, ""


def _weighed(right: list[Remark], against: list[Remark], item: Item, report: Report) -> tuple[Found, bool, str]:
    firm = [r for r in against if not _weak(r)]
    if not right and not against:
        held_back = sum(1 for s in report.suppressed if item.hears(s.remark.rule, s.remark.message))
        said = (
            say("The house profile suppresses what was found.")
            if held_back
            else say("The rules found nothing amiss, and nothing that shows it.")
        )
        return "for a person to judge", False, said
    if not against and item.in_part:
        return "for a person to judge", False, say("The rules see only a part of what is asked.")
    if not against:
        # Firmly met is what every rule that looked has confirmed; a silent one leaves a doubt.
        looked = set(item.codes) & set(report.rules) - {f.rule for f in report.failed}
        return "met", looked != {r.rule for r in right if not r.suspects}, ""
    if firm and not item.in_part:
        return ("partly met" if right else "not met"), False, ""
    return "partly met", True, ""


def _weak(r: Remark) -> bool:
    return r.suspects or r.severity == "note"


def _first(remarks: list[tuple[Remark, str]]) -> list[tuple[Remark, str]]:
    """Those to be shown: the firmest, in the paper's order."""
    most = SHOWN[remarks[0][1]] if remarks else 0
    return sorted(sorted(remarks, key=lambda x: _weak(x[0]))[:most], key=remarks.index)


def _words(words: str, message: str) -> str:
    """The words at a message's places, cut; empty where the message quotes as much of them itself."""
    text = " ".join(words.split())
    cut = text if len(text) <= WORDS else text[: WORDS - 2].rsplit(" ", 1)[0] + " …"
    said = [q.strip("… ") for q in _QUOTED.findall(message)]
    return "" if any(q and q in text and 2 * len(q) >= len(cut) for q in said) else cut


def counted(sheet: Sheet) -> list[tuple[str, int]]:
    """How many items were found to be what, in the order of the words; those that nothing was found to be are left out."""
    words: Iterable[str] = ("met", "seems met", "partly met", "seems partly met", "not met", "for a person to judge", "not applicable")
    return [(w, n) for w in words if (n := sum(1 for r in sheet.rows if r.suggestion == w))]
