"""Write the names of countries, from Unicode's CLDR: those that the office offers, and those that the library finds in papers.

ISO 3166 codes with their names in the interface's languages, and in those that have a language pack. Babel, which brings the names, is
large and needed for nothing else at run time; so they are kept as files.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale

SOURCES = Path(__file__).resolve().parents[1] / "src"
TARGET = SOURCES / "evaltrail_office" / "evaluations" / "countries.json"
FOUND = SOURCES / "evaltrail" / "about" / "names.json"
LANGUAGES = ("en", "fr", "es")
READ = ("en", "fr", "es", "pt")
NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""Codes that CLDR has and ISO 3166 has not, or not for a country."""


def countries(languages: tuple[str, ...] = LANGUAGES) -> dict[str, dict[str, str]]:
    """Names by code and language."""
    named = {language: Locale(language).territories for language in languages}
    codes = sorted(c for c in map(str, named["en"]) if len(c) == 2 and c.isalpha() and c not in NO_COUNTRIES)
    return {code: {language: str(named[language][code]) for language in languages} for code in codes}


def text(languages: tuple[str, ...] = LANGUAGES) -> str:
    """What a file holds: one line a country."""
    lines = (f'  "{code}": {json.dumps(names, ensure_ascii=False)}' for code, names in countries(languages).items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    FOUND.write_text(text(READ), encoding="utf-8")
