"""Profiles: which rules a standard or a house asks for, its checklist, and what a house suppresses.

A profile is a TOML file.  Those of institutions lie in ``profiles/``, each with its public source and version; a house
writes its own (``docs/how-to/write-a-house-profile.md``).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from evaltrail.check.rule import FAMILIES, Loaded, Severity, rules

NOT_APPLICABLE = "not applicable"
"""What a person may judge every item to be, whatever the scale: it then counts neither for nor against."""


class Refused(Exception):
    """A profile cannot be used. ``str()`` is one line that names the file, the fault and the remedy."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Table):
    """A public document that a profile rests on."""

    key: str
    title: str
    url: str
    year: int | None = Field(default=None, description="Null where the document bears no date; the note then says so.")
    read: Literal["full", "part"] = Field(description="How much of it could be read when the profile was written.")
    note: str = ""


class Setting(_Table):
    """What a profile changes about one rule."""

    severity: Severity | None = None
    options: dict[str, Any] = Field(default_factory=dict)


class Selection(_Table):
    """Which rules are run: codes, or the letters of a family for all of its rules."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Suppression(_Table):
    """Messages that a house has looked at and does not want to see until a day."""

    rule: str
    where: str = Field(default="", description="Words that the message contains; empty: all messages of the rule.")
    reason: str
    until: date

    @field_validator("reason")
    @classmethod
    def _given(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError("a suppression needs a reason")
        return reason


class Item(_Table):
    """An item of a standard's checklist."""

    id: str
    section: str
    text: str = Field(description="What is asked for, in words of our own.")
    source: str = Field(default="", description="Key of the source, and where in it: 'G2010-2, 4.1'; an institution's item always has one.")
    weight: float = Field(default=1.0, gt=0)
    must_pass: bool = False
    papers: tuple[Literal["report", "summary", "response", "other"], ...] = ("report",)
    rules: tuple[str, ...] = Field(
        default=(),
        description="Codes of the rules that speak for or against it; none: only a person can judge. With words behind a colon "
        "(“STR012: terms of reference|mandate”) only the messages count that contain one of them.",
    )

    in_part: bool = Field(
        default=False,
        description="Whether the rules see only a part of what is asked. What they find amiss then makes it seem partly met and no worse; "
        "what they confirm is shown, and a person judges.",
    )

    @field_validator("rules")
    @classmethod
    def _written(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [e for e in entries if not re.fullmatch(r"[A-Z]{3}\d{3}(: ?\S.*)?", e)]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: an item names single rules, such as REC002, or REC002: words of its messages")
        return entries

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of its rules, each once."""
        return tuple(dict.fromkeys(e[:6] for e in self.rules))

    def hears(self, code: str, message: str) -> bool:
        """Whether a rule's message is about this item."""
        text = message.casefold()
        for entry in self.rules:
            of, _, words = entry.partition(":")
            if of == code and (not words.strip() or any(w.strip().casefold() in text for w in words.split("|"))):
                return True
        return False


class Scoring(_Table):
    """How a person's judgements make a score."""

    scale: tuple[tuple[float, str], ...] = Field(
        default=((1.0, "met"), (0.5, "partly met"), (0.0, "not met")),
        description="What an item can be judged, best first: the share of its weight that it earns, and the word.",
    )
    bands: tuple[tuple[float, str], ...] = Field(default=(), description="Least share of the weight, from the highest, and its words.")
    note: str = ""

    @field_validator("scale")
    @classmethod
    def _sound(cls, scale: tuple[tuple[float, str], ...]) -> tuple[tuple[float, str], ...]:
        shares = [share for share, _ in scale]
        words = {word.strip().casefold() for _, word in scale}
        if len(scale) < 2 or shares != sorted(shares, reverse=True) or shares[0] > 1 or shares[-1] != 0:
            raise ValueError("a scale goes from the best word, with a share of at most 1, down to the worst, with the share 0")
        if len(words) < len(scale) or words & {"", NOT_APPLICABLE}:
            raise ValueError(f"each word of a scale stands once, and none is empty or “{NOT_APPLICABLE}”")
        return scale

    @field_validator("bands")
    @classmethod
    def _falling(cls, bands: tuple[tuple[float, str], ...]) -> tuple[tuple[float, str], ...]:
        least = [share for share, _ in bands]
        if least != sorted(set(least), reverse=True) or (least and (least[0] > 1 or least[-1] != 0)):
            raise ValueError("bands go from the highest share down to 0.0: [[0.8, “good”], [0.0, “weak”]]")
        return bands


class Profile(_Table):
    """A standard or a house's own choice of rules."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    version: str
    institution: str | None = Field(default=None, description="Whose standard it is; null for a house profile.")
    extends: str | None = Field(default=None, description="Name of a profile whose rules, checklist and settings are taken over.")
    sources: tuple[Source, ...] = ()
    rules: Selection = Field(default_factory=Selection)
    settings: dict[str, Setting] = Field(default_factory=dict, description="By code.")
    suppress: tuple[Suppression, ...] = ()
    scoring: Scoring = Field(default_factory=Scoring)
    note: str = Field(default="", description="What whoever uses the profile has to know: what could not be read, what is ours.")
    items: tuple[Item, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> Profile:
        keys = {s.key for s in self.sources}
        if self.institution and not keys:
            raise ValueError("a profile that carries an institution's name needs at least one source that was read")
        if self.institution:
            loose = [i.id for i in self.items if i.source.partition(",")[0].strip() not in keys]
            if loose:
                raise ValueError(f"items without a source of this profile: {', '.join(loose)}")
            whole = sorted({*self.rules.select} & set(FAMILIES.values()))
            if whole:
                # A standard asks for single things; a family also holds rules that it never asked for.
                raise ValueError(f"a profile that carries an institution's name names its rules one by one, not {', '.join(whole)}")
        twice = sorted(i for i, n in Counter(i.id for i in self.items).items() if n > 1)
        if twice:
            raise ValueError(f"items with the same id: {', '.join(twice)}")
        known = rules()
        named = {*self.rules.select, *self.rules.ignore, *self.settings, *(s.rule for s in self.suppress)}
        named.update(c for i in self.items for c in i.codes)
        unknown = sorted(named - known.keys() - set(FAMILIES.values()))
        if unknown:
            raise ValueError(f"unknown rules: {', '.join(unknown)}; `evaltrail check --rules` lists them")
        for code, setting in self.settings.items():
            strange = sorted(set(setting.options) - set(known[code].rule.options)) if code in known else []
            if strange:
                raise ValueError(f"{code} has no option {', '.join(strange)}; it has {', '.join(known[code].rule.options) or 'none'}")
            for name, value in setting.options.items() if code in known else ():
                _fit(code, name, value, known[code].rule.options[name])
        return self

    def named(self) -> frozenset[str]:
        """Codes of rules that the profile names one by one, in its checklist or among those selected."""
        return frozenset({*self.rules.select, *(c for i in self.items for c in i.codes)} - set(FAMILIES.values()))

    def chosen(self) -> tuple[Loaded, ...]:
        """The rules that may be run, in order."""
        wanted = {*self.rules.select, *self.named()}
        not_wanted = set(self.rules.ignore)

        def among(rule: Loaded, codes: set[str]) -> bool:
            return rule.code in codes or FAMILIES[rule.family] in codes

        return tuple(r for r in rules().values() if among(r, wanted) and not among(r, not_wanted))


def _fit(code: str, name: str, value: object, default: object) -> None:
    """Raise ``ValueError`` where an option is not what the rule can count with: all are whole numbers or shares."""
    whole = isinstance(default, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not 0 <= value < float("inf"):
        raise ValueError(f"{code}: {name} = {value!r} is no {'whole number' if whole else 'number'} from 0; the rule's own is {default}")


DEFAULT = "evaltrail"


def names() -> tuple[str, ...]:
    """Names of the profiles that come with the program."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in _folder().iterdir() if f.name.endswith(".toml")))


def load(name: str) -> Profile:
    """A profile by its name, or a house profile by the path of its file.

    Raises:
        Refused: there is no such profile, or the file is no sound profile.
    """
    if name in names():
        return _shipped(name)
    path = Path(name)
    if path.suffix != ".toml" and not path.is_file():
        raise Refused(f"there is no profile “{name}”. Profiles: {', '.join(names())}; a house profile is given by its file, house.toml")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(f"{name}: the profile is not UTF-8 text. Save it as UTF-8") from None
    except (OSError, ValueError) as e:
        raise Refused(f"{name}: the profile cannot be read ({getattr(e, 'strerror', None) or e})") from None
    return _parsed(text, name)


def _folder() -> Any:
    return files("evaltrail.check") / "profiles"


@cache
def _shipped(name: str) -> Profile:
    return _parsed((_folder() / f"{name}.toml").read_text(encoding="utf-8"), name)


def _parsed(text: str, name: str) -> Profile:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise Refused(f"{name}: the profile is not sound TOML ({e})") from None
    try:
        own = Profile.model_validate(data)
    except ValidationError as e:
        raise Refused(f"{name}: {'; '.join(_fault(f) for f in e.errors()[:3])}") from None
    return _extended(own, name) if own.extends else own


def _fault(fault: Any) -> str:
    """One fault of a profile in words."""
    where = ".".join(str(p + 1 if isinstance(p, int) else p) for p in fault["loc"])
    words = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "missing":
        words = "is missing"
        if fault["loc"][0] == "suppress":
            words = f"is missing: a suppression needs a rule, a reason and a last day (until = 2027-06-30); {where} is not there"
    if fault["type"] == "extra_forbidden":
        words = "is no field of a profile"
    return f"{where}: {words}" if where else words


def _extended(own: Profile, name: str) -> Profile:
    if own.extends not in names():
        raise Refused(f"{name}: it extends “{own.extends}”, and there is no such profile. Profiles: {', '.join(names())}")
    base = load(own.extends or "")
    twice = sorted({i.id for i in base.items} & {i.id for i in own.items})
    if twice:
        raise Refused(f"{name}: items with the same id as in “{own.extends}”: {', '.join(twice)}. Give them other ids")
    return own.model_copy(
        update={
            "sources": (*base.sources, *own.sources),
            "rules": Selection(select=(*base.rules.select, *own.rules.select), ignore=(*base.rules.ignore, *own.rules.ignore)),
            "settings": {**base.settings, **own.settings},
            "suppress": (*base.suppress, *own.suppress),
            "items": (*base.items, *own.items),
            "scoring": own.scoring if own.scoring != Scoring() else base.scoring,
        }
    )
