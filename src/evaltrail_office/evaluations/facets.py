"""What an evaluation is about: countries by their ISO 3166 codes, themes in the office's own words, Sustainable Development Goals."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Facet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SET_BY_PEOPLE = ("country", "theme", "sdg")
"""Kinds of facets that people set; all others follow from the record or from the evaluation itself."""
KIND_NAMES: dict[str, _StrPromise] = {
    "country": gettext_lazy("Country"),
    "theme": gettext_lazy("Theme"),
    "sdg": gettext_lazy("Sustainable Development Goal"),
}
GOALS: dict[str, _StrPromise] = {
    "1": gettext_lazy("No poverty"),
    "2": gettext_lazy("Zero hunger"),
    "3": gettext_lazy("Good health and well-being"),
    "4": gettext_lazy("Quality education"),
    "5": gettext_lazy("Gender equality"),
    "6": gettext_lazy("Clean water and sanitation"),
    "7": gettext_lazy("Affordable and clean energy"),
    "8": gettext_lazy("Decent work and economic growth"),
    "9": gettext_lazy("Industry, innovation and infrastructure"),
    "10": gettext_lazy("Reduced inequalities"),
    "11": gettext_lazy("Sustainable cities and communities"),
    "12": gettext_lazy("Responsible consumption and production"),
    "13": gettext_lazy("Climate action"),
    "14": gettext_lazy("Life below water"),
    "15": gettext_lazy("Life on land"),
    "16": gettext_lazy("Peace, justice and strong institutions"),
    "17": gettext_lazy("Partnerships for the goals"),
}
"""The United Nations' short names of the seventeen goals."""
LONGEST = 120
_OFFERED = 200
"""Themes that a form offers, the most used ones."""


@cache
def _countries() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((files("evaltrail_office.evaluations") / "countries.json").read_text(encoding="utf-8"))
    return found


def country_name(code: str) -> str:
    """A country in the interface's language; what is no code stays as it is."""
    names = _countries().get(code)
    return names.get((get_language() or "en")[:2], names["en"]) if names else code


def countries() -> list[str]:
    """Names of all countries in the interface's language, in its order as far as letters without accents go."""
    return sorted(map(country_name, _countries()), key=_folded)


@cache
def _codes() -> dict[str, str]:
    """Codes by every name in every language, and by themselves."""
    return {_folded(word): code for code, names in _countries().items() for word in (code, *names.values())}


def _folded(word: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'").replace("&", "and"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def value_name(kind: str, value: str) -> str:
    """A facet's value for people: a country by its name, a goal by number and name."""
    if kind == "country":
        return country_name(value)
    if kind == "sdg" and value in GOALS:
        return f"{value} {GOALS[value]}"
    return value


def value_of(kind: str, words: str) -> str:
    """The value that a person's words mean.

    Raises:
        Refused: there is no such kind, no such country, no such goal; or nothing is said.
    """
    said = " ".join(words.replace("\0", "").split())
    if kind not in SET_BY_PEOPLE:
        raise Refused(_("There is no such facet."))
    if not said:
        raise Refused(_("Say which."), kind)
    if kind == "country":
        code = _codes().get(_folded(said))
        if code is None:
            raise Refused(_("“%(name)s” is no country of ISO 3166. A region is a theme.") % {"name": said[:60]}, kind)
        return code
    if kind == "sdg":
        number = said.removeprefix("SDG").split()[0] if said.removeprefix("SDG").split() else ""
        if number not in GOALS:
            raise Refused(_("The Sustainable Development Goals are numbered from 1 to 17."), kind)
        return number
    if len(said) > LONGEST:
        raise Refused(_("A theme has at most %(n)d characters.") % {"n": LONGEST}, kind)
    # One spelling for one theme: whoever set it first has said how it is written.
    known = Facet.objects.filter(kind="theme", value__iexact=said).order_by("pk").values_list("value", flat=True).first()
    return known or said


def themes_in_use() -> list[str]:
    """Themes that the office has given to evaluations, in order."""
    from django.db.models import Count

    used = Facet.objects.filter(kind="theme").order_by().values("value").annotate(n=Count("pk")).order_by("-n", "value")[:_OFFERED]
    return sorted((u["value"] for u in used), key=_folded)
