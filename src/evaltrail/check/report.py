"""What a check found, as data: written as JSON, and what every other output is made from."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal

from pydantic import Field

from evaltrail.check.wording import Wording
from evaltrail.record import DocumentInfo, Edit, Model, Place
from evaltrail.text.normal import squeeze

SCHEMA = "evaltrail.check/1"


class RelatedPlace(Model):
    """Another place that a remark speaks of."""

    text: str
    wording: Wording | None = Field(default=None, description="What the text was made of; null where it is words of the paper.")
    places: tuple[Place, ...] = ()


class Remark(Model):
    """A fault, or something found to be right, at its place."""

    rule: str = Field(description="Code of the rule: REC004.")
    name: str = Field(description="The rule's name: no-responsible-unit.")
    severity: Literal["error", "warning", "note"]
    status: Literal["preview", "stable", "deprecated"]
    version: int
    suspects: bool = Field(default=False, description="Whether the rule can only suspect.")
    message: str = Field(description="One sentence, in English unless it was asked for in another language.")
    wording: Wording | None = Field(default=None, description="What the message was made of, for other languages.")
    places: tuple[Place, ...] = Field(default=(), description="Empty where something is missing from the whole paper.")
    statement: str | None = None
    related: tuple[RelatedPlace, ...] = ()
    proposal: str | None = None
    repair: tuple[Edit, ...] = ()
    fingerprint: str = Field(description="The same for the same remark on the same words, in whatever format the paper was read.")


class Suppressed(Model):
    """A remark that the profile suppresses, with the reason given and the last day that it holds."""

    remark: Remark
    reason: str
    until: date


class Failed(Model):
    """A rule that broke off: its remarks are lost, also those that it had made, and those of the other rules are not."""

    rule: str
    fault: str


class ProfileUsed(Model):
    """The profile that was checked against."""

    name: str
    title: str
    version: str


class Report(Model):
    """The result of one check."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    document: DocumentInfo = Field(default_factory=DocumentInfo)
    genre: Literal["report", "summary", "response", "other"]
    checked: date
    profile: ProfileUsed
    rules: tuple[str, ...] = Field(default=(), description="Codes of the rules that were run; one for another kind of paper is not.")
    remarks: tuple[Remark, ...] = Field(default=(), description="Faults, in order of place; those about the whole paper first.")
    confirmations: tuple[Remark, ...] = Field(default=(), description="What was looked at and is as it should be.")
    suppressed: tuple[Suppressed, ...] = ()
    expired: tuple[str, ...] = Field(default=(), description="Suppressions whose last day has passed, in words.")
    failed: tuple[Failed, ...] = ()

    def to_json(self, *, indent: int | None = 2) -> str:
        """The report as JSON text."""
        return self.model_dump_json(by_alias=True, indent=indent)


def fingerprint(rule: str, message: str, words: str) -> str:
    """Sixteen hexadecimal digits from a rule's code, its message and the words at its place; spacing and case do not count."""
    return hashlib.sha256(f"{rule}|{squeeze(message)}|{squeeze(words[:400])}".encode()).hexdigest()[:16]
