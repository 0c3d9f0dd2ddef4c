"""Write the names of countries that the office offers: ISO 3166 codes with their names in the interface's languages, from Unicode's CLDR.

The office keeps the codes. Babel, which brings the names, is large and needed for nothing else at run time; so they are kept as a file.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).resolve().parents[1] / "src" / "evaltrail_office" / "evaluations" / "countries.json"
LANGUAGES = ("en", "fr", "es")
NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""Codes that CLDR has and ISO 3166 has not, or not for a country."""


def countries() -> dict[str, dict[str, str]]:
    """Names by code and language."""
    named = {language: Locale(language).territories for language in LANGUAGES}
    codes = sorted(c for c in map(str, named["en"]) if len(c) == 2 and c.isalpha() and c not in NO_COUNTRIES)
    return {code: {language: str(named[language][code]) for language in LANGUAGES} for code in codes}


def text() -> str:
    """What the file holds: one line a country."""
    lines = (f'  "{code}": {json.dumps(names, ensure_ascii=False)}' for code, names in countries().items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
