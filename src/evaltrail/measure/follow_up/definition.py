"""Definitions of figures: what is counted, out of what, by whose practice, in which version.

A definition is a TOML file named for its id and version.  Those that come with the program lie in ``measure/definitions``; a house
keeps its own in a folder (``docs/how-to/figures.md``).  A version is never changed once figures were published by it: a new
file replaces it, and the old one can still be computed.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from evaltrail.measure.follow_up.language import Condition, Reader, Unit, Value, anchors_in, fields_in, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Refused(Exception):
    """A definition cannot be used. ``str()`` is one line that names the file, the key, the fault and the remedy."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Table):
    """A document that a definition rests on."""

    title: str
    year: int | None = Field(default=None, description="Left out where the document bears no date; the note then says so.")
    url: str = ""
    symbol: str = ""
    status: Literal["published", "working document"]
    read: Literal["full", "part"] = Field(description="How much of it could be read when the definition was written.")
    note: str = ""

    @model_validator(mode="after")
    def _found(self) -> Source:
        if not (self.url or self.symbol):
            raise ValueError("a source has a url or a symbol under which it is found")
        return self


class Setting(_Table):
    """A number that a definition leaves to whoever uses it."""

    words: str
    default: int | None = Field(default=None, ge=0, description="Left out where nobody can say: no figure is given until somebody sets it.")


class Formula(_Table):
    """How a figure is worked out."""

    kind: Literal["share", "mean", "median", "composite"]
    unit: Unit | None = Field(default=None, description="What is counted: recommendation, action, evaluation. A composite has none.")
    denominator: Any = Field(default=None, description="Condition of what is looked at; left out: everything.")
    numerator: Any = Field(default=None, description="Condition of what is counted of it, for a share.")
    value: str | None = Field(default=None, description="What the mean or median is taken of: quality, or claimed - due.")
    at_least: float | None = Field(default=None, description="Values below count as this one: 0 keeps early from making up for late.")
    unknown: Literal["abstain", "left out"] = Field(
        default="abstain",
        description="Whether one row of which an input is not known stops the figure, or is left out and counted apart.",
    )
    unknown_at_most: float = Field(default=1.0, ge=0, le=1, description="Largest share that may be left out; beyond it no figure is given.")
    parts: tuple[Part, ...] = Field(default=(), description="The weighted parts of a composite.")

    _read: tuple[Condition | None, Condition | None, Value | None] = PrivateAttr(default=(None, None, None))

    @model_validator(mode="after")
    def _whole(self) -> Formula:
        if self.kind == "composite":
            given = [k for k in ("unit", "denominator", "numerator", "value") if getattr(self, k) is not None]
            if given:
                raise ValueError(f"a composite counts nothing itself; move {', '.join(given)} into its parts")
            if not self.parts or abs(sum(p.weight for p in self.parts) - 1) > 1e-9:
                raise ValueError(f"the weights of the parts make {sum(p.weight for p in self.parts):g}, and have to make 1")
        else:
            wanted = "numerator" if self.kind == "share" else "value"
            other = "value" if self.kind == "share" else "numerator"
            if self.parts or self.unit is None or getattr(self, wanted) is None or getattr(self, other) is not None:
                raise ValueError(f"a {self.kind} has a unit and a {wanted}, and no {other} or parts")
        return self

    def read(self, settings: frozenset[str], where: str = "") -> None:
        """Read the conditions; they may name these settings.

        Raises:
            ValueError: one of them is not of the language; the words begin with its key.
        """
        for number, part in enumerate(self.parts, 1):
            if part.formula:
                part.formula.read(settings, f"{where}parts.{number}.formula.")
        if self.unit is None:
            return
        reader = Reader(self.unit, settings)
        made: list[Any] = []
        for key, how in (("denominator", reader.condition), ("numerator", reader.condition), ("value", reader.value)):
            written = getattr(self, key)
            try:
                made.append(None if written is None else how(written))
            except ValueError as e:
                raise ValueError(f"{where}{key}: {e}") from None
        self._read = (made[0], made[1], made[2])

    @property
    def clauses(self) -> tuple[Condition | None, Condition | None, Value | None]:
        """The denominator's condition, the numerator's, and what a mean or median is taken of."""
        return self._read

    @property
    def in_days(self) -> bool:
        """Whether the figure is a number of days; otherwise it is a share of 1."""
        return bool(self._read[2] and self._read[2].in_days)

    def formulas(self) -> Iterator[Formula]:
        """The formula itself and those of its parts, at any depth."""
        yield self
        for part in self.parts:
            yield from part.of.formulas()

    def own(self) -> Iterator[Formula]:
        """The formula itself and those of its parts that stand in the same file."""
        yield self
        for part in self.parts:
            if part.formula:
                yield from part.formula.own()

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the facts that it needs: ``action.due``, ``recommendation.verdict``."""
        found: dict[str, None] = {}
        for formula in self.formulas():
            for name in (n for m in formula.clauses for n in fields_in(m)):
                owner = name.rpartition(".")[0] or formula.unit
                found[f"{owner}.{name.rpartition('.')[2]}"] = None
        return tuple(found)

    @property
    def names_of_settings(self) -> frozenset[str]:
        """Names of the settings that it uses."""
        return frozenset(s for f in self.formulas() for m in f.clauses for s in settings_in(m))

    @property
    def needs_period(self) -> bool:
        """Whether it looks at a period, whose ends have to be given."""
        return any(a.startswith("period") for f in self.formulas() for m in f.clauses for a in anchors_in(m))


class Part(_Table):
    """A part of a composite: a formula of its own, or another figure by id and version."""

    name: str
    weight: float = Field(gt=0, le=1)
    figure: str | None = Field(default=None, pattern=r"^[a-z0-9-]+@\d+$", description="Another definition, as acceptance@1.")
    formula: Formula | None = None

    _found: Formula | None = PrivateAttr(default=None)

    @property
    def of(self) -> Formula:
        """The formula, wherever it stands.

        Raises:
            Refused: it is another figure's, and the two were not loaded together.
        """
        formula = self.formula or self._found
        if formula is None:
            raise Refused(f"the part “{self.name}” is {self.figure}, which is not there. Load the two together, with Definitions")
        return formula

    def find(self, among: Definitions) -> None:
        """Look for the figure that it names.

        Raises:
            Refused: it is not there.
        """
        if self.figure:
            self._found = among.get(self.figure)

    @model_validator(mode="after")
    def _one(self) -> Part:
        if (self.figure is None) == (self.formula is None):
            raise ValueError("a part has either a formula of its own, or the id and version of a figure (figure = “acceptance@1”)")
        return self


class Definition(Formula):
    """A figure with its name, version, source and formula."""

    id: Id
    version: int = Field(ge=1)
    since: date | None = Field(default=None, description="From when it was used; left out where nobody says.")
    replaces: int | None = Field(default=None, description="The version that it takes the place of.")
    name: str
    organisation: str | None = Field(default=None, description="Whose published practice it is; none for one of nobody in particular.")
    words: str = Field(description="The formula in words.")
    sources: tuple[Source, ...] = ()
    notes: str = Field(default="", description="What whoever reads the figure has to know: what the source leaves open, what is ours.")
    settings: dict[str, Setting] = Field(default_factory=dict)
    bands: tuple[tuple[float, str], ...] = Field(default=(), description="Least value and word, from the highest.")

    @model_validator(mode="after")
    def _sound(self) -> Definition:
        if self.organisation and not self.sources:
            raise ValueError("sources: a definition with an organisation's name needs a source that was read; or leave the name out")
        if self.replaces is not None and self.replaces >= self.version:
            raise ValueError(f"replaces: version {self.version} can only take the place of an earlier one")
        least = [value for value, _ in self.bands]
        if least != sorted(set(least), reverse=True):
            raise ValueError("bands: they go from the highest value down: [[0.9, “green”], [0.8, “yellow”], [0, “red”]]")
        self.read(frozenset(self.settings))
        idle = sorted(self.settings.keys() - {s for f in self.own() for m in f.clauses for s in settings_in(m)})
        if idle:
            raise ValueError(f"settings.{idle[0]}: no condition uses it; take it out, or write “due + {idle[0]} days < as_of”")
        return self

    @property
    def key(self) -> str:
        """Id and version, as ``acceptance@1``."""
        return f"{self.id}@{self.version}"


class Definitions:
    """A set of definitions in all their versions."""

    def __init__(self, of: Iterable[Definition]) -> None:
        """Take definitions in.

        Raises:
            Refused: two have the same id and version, or a part or ``replaces`` names one that is not there.
        """
        self._of: dict[tuple[str, int], Definition] = {}
        for one in of:
            if (one.id, one.version) in self._of:
                raise Refused(f"{one.key}: there is already a definition with this id and version. Give it the next version")
            self._of[one.id, one.version] = one
        for one in self._of.values():
            if one.replaces is not None and (one.id, one.replaces) not in self._of:
                raise Refused(f"{one.key}: replaces: there is no version {one.replaces} of it. Keep the old file beside the new one")
            self._part(one, ())

    def __iter__(self) -> Iterator[Definition]:
        return iter(sorted(self._of.values(), key=lambda d: (d.id, d.version)))

    def get(self, name: str, version: int | None = None) -> Definition:
        """A definition by its id, in its latest version unless another is named; ``acceptance@1`` names one too.

        Raises:
            Refused: there is none.
        """
        bare, _, at = name.partition("@")
        versions = sorted(v for i, v in self._of if i == bare)
        wanted = int(at) if at.isdigit() else version or (versions[-1] if versions else 0)
        if (bare, wanted) not in self._of:
            has = f"it has {', '.join(map(str, versions))}" if versions else f"there are {', '.join(sorted({i for i, _ in self._of}))}"
            raise Refused(f"there is no definition “{bare}”{f' in version {wanted}' if versions else ''}; {has}")
        return self._of[bare, wanted]

    def _part(self, of: Formula, above: tuple[str, ...]) -> None:
        if isinstance(of, Definition):
            if of.key in above:
                raise Refused(f"{of.key}: parts: it is a part of itself ({' → '.join((*above, of.key))}). Take one of them out")
            above = (*above, of.key)
        for part in of.parts:
            try:
                part.find(self)
            except Refused as e:
                raise Refused(f"{above[-1]}: parts: {e}") from None
            self._part(part.of, above)


def parsed(text: str, name: str) -> Definition:
    """A definition from the text of its file; ``name`` is what an error calls it.

    Raises:
        Refused: it is no sound definition.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise Refused(f"{name}: it is not sound TOML ({e}). Mend that line") from None
    try:
        return Definition.model_validate(data)
    except ValidationError as e:
        raise Refused(f"{name}: {'; '.join(_fault(f) for f in e.errors()[:3])}") from None


def load(folder: Path, *, beside: Iterable[Definition] = ()) -> Definitions:
    """The definitions of a folder, one a file, together with others that they may build on (such as ``shipped()``).

    Raises:
        Refused: a file cannot be read or is no sound definition, or they do not fit together.
    """
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise Refused(f"{path.name}: it is not UTF-8 text. Save it as UTF-8") from None
        except OSError as e:
            raise Refused(f"{path.name}: it cannot be read ({e.strerror or e})") from None
        found.append(parsed(text, path.name))
    return Definitions([*beside, *found])


@cache
def shipped() -> Definitions:
    """The definitions that come with the program."""
    folder = files("evaltrail.measure") / "definitions"
    texts: Mapping[str, str] = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".toml")}
    return Definitions(parsed(text, name) for name, text in sorted(texts.items()))


def _fault(fault: Any) -> str:
    """One fault of a definition in words."""
    where = ".".join(str(p + 1 if isinstance(p, int) else p) for p in fault["loc"])
    words = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "missing":
        words = "is missing. Add it"
    if fault["type"] == "extra_forbidden":
        words = "is no key of a definition. Take it out, or mend its spelling"
    return f"{where}: {words}" if where else words


Formula.model_rebuild()
Definition.model_rebuild()
