"""Presets: how an institution follows its recommendations, as data. ``presets/*.toml`` come with the program; an office may have its own.

Under an institution's name stands only what has a public source that the file cites; everything else is an example with a plain name.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evaltrail_office.follow_up.machine import Meaning, Verdict

_DAYS_OF_A_MONTH = 31
Time = Literal["short", "medium", "long"]
"""A time implication that a number of months stands for."""
_MONTHS: dict[Time, int] = {"short": 12, "medium": 24, "long": 48}


class Broken(Exception):
    """A preset cannot be used; ``str()`` names the key and what to do."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """Where a rule of an institution can be read."""

    title: str
    address: str = ""
    year: int | None = None
    says: str = ""
    """What was read there, in own words."""


class Clock(_Part):
    """What starts the deadlines, and how long they are."""

    starts: Literal["issue", "decision"] = "issue"
    response_days: int | None = Field(default=None, ge=0)
    """After the start; None: there is no such rule."""
    overdue_days: int = Field(default=0, ge=0)
    """Grace before an answer or an action counts as overdue."""
    long_overdue_days: int | None = Field(default=None, ge=1)


class Status(_Part):
    """One of the preset's own words for how far an action is."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    words: str
    meaning: Meaning
    share: float | None = Field(default=None, ge=0, le=1)
    """How much is done, where the body says so."""
    proof: bool = True
    """Whether a claim of it needs proof."""


class Step(_Part):
    """A step of the chain of clearance."""

    name: str
    by: Literal["unit_head", "next_level", "coordinator", "contributors"]


class Reason(_Part):
    """Why something is late."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    words: str
    outside: bool = False
    """Whether it lies outside the unit."""


class Closing(_Part):
    """When a recommendation is retired, and who lets an action be dropped."""

    approver: Literal["evaluation_office", "coordinator", "next_level", "committee"] = "evaluation_office"
    retire: Literal["all_closed", "by_office"] = "all_closed"
    """By itself when every action is closed, or by a person of the evaluation office."""
    years: int | None = Field(default=None, ge=1)
    """After so many years it is retired as it stands."""


class Cycle(_Part):
    """How often units report, and for how long."""

    months: int | None = Field(default=None, ge=1)
    ends_months: int | None = Field(default=None, ge=1)


class Reminders(_Part):
    """When people are told, in days."""

    before: tuple[int, ...] = (30, 7)
    after: tuple[int, ...] = (1, 14, 30)
    escalate: int = Field(default=30, ge=1)
    """Days past the date after which the head of the unit is told."""


class Preset(_Part):
    """How recommendations are followed."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    name: str
    version: int = Field(default=1, ge=1)
    institution: str = ""
    """Whose published practice it is; empty: an example."""
    sources: tuple[Source, ...] = ()
    notes: str = ""
    clock: Clock = Clock()
    verdicts: dict[Verdict, str]
    """Answers that can be given, each in the body's words."""
    statuses: tuple[Status, ...]
    verifier: Literal["evaluation_office", "committee", "audit", "next_level", "none"] = "evaluation_office"
    verifier_name: str = ""
    """As pages call it."""
    clearance: tuple[Step, ...] = ()
    extension: Literal["evaluation_office", "coordinator", "next_level", "committee"] = "next_level"
    """Who grants a later date."""
    reasons: tuple[Reason, ...] = ()
    closing: Closing = Closing()
    cycle: Cycle = Cycle()
    months: dict[Time, int] = Field(default_factory=lambda: dict(_MONTHS))
    """What a time implication means, in months after the clock started."""
    biennium: Literal["even", "odd", ""] = "even"
    """The year in which a biennium begins; empty: the body has none."""
    reminders: Reminders = Reminders()

    @model_validator(mode="after")
    def _whole(self) -> Preset:
        if self.institution and not self.sources:
            raise ValueError("institution: it stands under an institution's name, so sources must say where that can be read")
        codes = [s.code for s in self.statuses]
        if len(set(codes)) != len(codes):
            raise ValueError("statuses: a code stands there twice")
        meanings = {s.meaning for s in self.statuses}
        if Meaning.DONE not in meanings:
            raise ValueError("statuses: none of them means done")
        if Meaning.OPEN not in meanings:
            raise ValueError("statuses: none of them means open")
        return self

    def status(self, code: str) -> Status | None:
        """The status of that code."""
        return next((s for s in self.statuses if s.code == code), None)

    def of(self, *meanings: Meaning) -> tuple[Status, ...]:
        """Statuses that mean one of these, in order."""
        return tuple(s for s in self.statuses if s.meaning in meanings)

    def reason(self, code: str) -> Reason | None:
        """The reason for delay of that code."""
        return next((r for r in self.reasons if r.code == code), None)


def said_as(preset: Preset, verdict: str) -> str:
    """A verdict in the preset's words; empty where there is none yet."""
    return preset.verdicts.get(Verdict(verdict), verdict) if verdict else ""


def parsed(text: str, name: str) -> Preset:
    """A preset from TOML. Raises ``Broken`` with one line that names the file, the key and the fault."""
    try:
        return Preset.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise Broken(f"{name}: not TOML: {fault}") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Broken(f"{name}: {where + ': ' if where else ''}{first['msg'].removeprefix('Value error, ')}") from fault


@cache
def shipped() -> dict[str, Preset]:
    """Presets that come with the program, by id."""
    found = [
        parsed(each.read_text("utf-8"), each.name)
        for each in sorted(files("evaltrail_office.follow_up").joinpath("presets").iterdir(), key=lambda each: each.name)
        if each.name.endswith(".toml")
    ]
    return {p.id: p for p in found}


def due_from(start: date, time: str, preset: Preset, months: dict[str, int] | None = None) -> date | None:
    """The last day that a time implication allows.

    ``time`` is ``short``, ``medium``, ``long``, ``biennium`` or anything else, for which there is no date. ``months`` is the house's own
    meaning of the words, which comes before the preset's.
    """
    if time == "biennium":
        if not preset.biennium:
            return None
        first = start.year - (start.year % 2 if preset.biennium == "even" else (start.year + 1) % 2)
        return date(first + 1, 12, 31)
    known: dict[str, int] = {**{str(k): v for k, v in preset.months.items()}, **(months or {})}
    if time not in known:
        return None
    return later(start, known[time])


def later(start: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(min(start.day, _DAYS_OF_A_MONTH), 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError  # every month has a first day
