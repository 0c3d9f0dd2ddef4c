"""Words of the checks: a template with named values, said in English and for other languages to say anew.

A rule writes ``say("{name} has no {what}.", name=paper.name(r), what=say("priority"))``.  The result is the English sentence, a ``str``
like any other, that knows its template and values; a value may itself be said so, or be a tuple of values, which are set with commas.
A value that is a plain string is words of the paper, a name or a code, and stays as it is in every language.

Where a number decides about the words, ``plural`` takes both forms of the sentence, as gettext does.  A place of a template may ask for a
form of its value, and a translation for another:

- ``{name:capital}``, ``{name:small}``: with a capital or a small letter at the beginning;
- ``{text:open}``: without the full stop at its end;
- ``{names:and}``, ``{names:apart}``: all values with "and", or with semicolons, between them;
- ``{value:words}``: a number as a sentence has it: small ones in words, in English; ``{value:figures}``: always in figures;
- ``{share:.0%}`` and other forms of numbers of Python's: with the marks of the language.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from evaltrail.record import Model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("en", "es", "fr")
"""Languages in which the checks can speak."""
LOCALE = Path(__file__).resolve().parent / "locale"
DOMAIN = "check"
_TO_TWELVE = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MARKS = {"es": ("\u202f", ","), "fr": ("\u202f", ",")}
"""What stands between groups of figures and before decimals, where it is not as in English."""
_AND = {"en": " and ", "es": " y ", "fr": " et "}
_APART = {"en": "; ", "es": "; ", "fr": "\u00a0; "}


class Said(str):
    """A sentence, or a part of one, in English, with what it was made of."""

    __slots__ = ("number", "other", "template", "values")
    template: str
    other: str | None
    number: int | None
    values: Mapping[str, Value]

    def __reduce__(self) -> tuple[object, ...]:
        """What a copy is made of."""
        return _made, (str(self), self.template, self.other, self.number, self.values)


One: TypeAlias = "str | int | float"
"""Words of the paper, something said, or a number."""
Value: TypeAlias = "One | tuple[One, ...]"
"""One of these, or several."""


def _made(text: str, template: str, other: str | None, number: int | None, values: Mapping[str, Value]) -> Said:
    said = Said(text)
    said.template, said.other, said.number, said.values = template, other, number, values
    return said


def say(template: str, **values: Value) -> Said:
    """A sentence of a template, which must be written out where this is called: the catalogues are made from the calls."""
    return _made(_filled(template, values, "en") if values else template, template, None, None, values)


def plural(number: int, one: str, other: str, **values: Value) -> Said:
    """A sentence of one of two templates: the first for one thing, the second for any other number; ``{number}`` is that number."""
    values = {"number": number, **values}
    return _made(_filled(one if number == 1 else other, values, "en"), one, other, number, values)


def listed(words: Sequence[One]) -> Said:
    """Words as a list: "2, 5 and 7"."""
    if len(words) == 1:
        return say("{words}", words=words[0])
    return say("{words} and {last}", words=tuple(words[:-1]), last=words[-1])


class Wording(Model):
    """What a sentence was made of, for other languages: as data."""

    text: str = Field(description="The template in English, by which the catalogues know it; one for one thing, where a number decides.")
    other: str | None = Field(default=None, description="The template for any other number than one, where a number decides.")
    number: int | None = Field(default=None, description="The number that decides.")
    values: dict[str, Wording | str | int | float | tuple[Wording | str | int | float, ...]] = Field(
        default={}, description="What stands in the places of the template; a plain string is words of the paper."
    )

    @model_serializer(mode="wrap")
    def _short(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Only what there is: a check has hundreds of these."""
        return {k: v for k, v in handler(self).items() if v is not None and v != {}}


_Data: TypeAlias = "Wording | str | int | float | tuple[Wording | str | int | float, ...]"


def wording(said: str) -> Wording | None:
    """What a sentence was made of; None for words that are not said by this module."""
    return _as_data(said) if isinstance(said, Said) else None


def _as_data(said: Said) -> Wording:
    values = {k: _value(v) for k, v in said.values.items()}
    return Wording.model_construct(text=said.template, other=said.other, number=said.number, values=values)


def _value(value: Value) -> _Data:
    return tuple(_one(v) for v in value) if isinstance(value, tuple) else _one(value)


def _one(value: One) -> Wording | str | int | float:
    return _as_data(value) if isinstance(value, Said) else value


def worded(text: str, made_of: Wording | None, language: str) -> str | None:
    """A sentence in a language.

    Args:
        text: the sentence in English.
        made_of: what it was made of; None: nothing is known.
        language: ISO 639-1 code, with or without a region.

    Returns: the sentence, None where the language has no words for it.
    """
    short = language.partition("-")[0]
    if short == "en":
        return text
    return None if made_of is None or short not in LANGUAGES else _told(made_of, short)


def _told(made_of: Wording, language: str) -> str | None:
    known = catalogue(language)
    if made_of.other is None or made_of.number is None:
        template = known.gettext(made_of.text)
    else:
        template = known.ngettext(made_of.text, made_of.other, made_of.number)
    return _filled(template, made_of.values, language) if template else None


class _Nothing(gettext.NullTranslations):
    """Behind a catalogue: what it has not is told by an empty string, not by the words in English."""

    def gettext(self, message: str) -> str:  # noqa: ARG002 - as the class has it
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002 - as the class has it
        return ""


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language; empty strings for what it has not."""
    known = gettext.translation(DOMAIN, LOCALE, languages=[language])
    known.add_fallback(_Nothing())
    return known


def _filled(template: str, values: Mapping[str, Value | _Data], language: str) -> str:
    return "".join(
        literal if name is None else literal + _set(values[name], form or "", language) for literal, name, form in _parts(template)
    )


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str | None], ...]:
    return tuple((literal, name, form) for literal, name, form, _ in Formatter().parse(template))


def _set(value: Value | _Data, form: str, language: str) -> str:
    """A value in the form that a place of a template asks for."""
    if isinstance(value, (int, float)):
        return _number(value, form, language)
    if isinstance(value, Wording):
        # A part that a later version no longer says stays in English: better than nothing of the sentence.
        text = _told(value, language) or _filled(_form_of(value), value.values, "en")
    elif isinstance(value, str):
        text = value
    else:
        between = _AND[language] if form == "and" else _APART[language] if form == "apart" else ", "
        return between.join(_set(v, "", language) for v in value)
    if form == "capital":
        return text[:1].upper() + text[1:]
    if form == "small":
        return text[:1].lower() + text[1:]
    return text.removesuffix(".") if form == "open" else text


def _form_of(made_of: Wording) -> str:
    return made_of.text if made_of.other is None or made_of.number == 1 else made_of.other


def _number(value: float, form: str, language: str) -> str:
    if form in ("words", "figures"):
        whole = int(value)
        if form == "words" and value == whole and language == "en" and 0 <= whole <= 12:
            return _TO_TWELVE[whole]
        text = f"{whole:,}" if value == whole else f"{value:,.2f}".rstrip("0").rstrip(".")
    else:
        text = format(value, form)
    marks = _MARKS.get(language)
    if marks is None:
        return text
    return text.replace(".", "\0").replace(",", marks[0]).replace("\0", marks[1]).replace("%", "\u00a0%")
