"""What identifies a paper: as a work, in its language, as this file. What is not known is said to be unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.write.markup.akoma.tree import put

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from evaltrail.write.model import Paper

DOCUMENT = "report"
_NOWHERE = "zz"
"""Country of a paper: those of international organisations have none, and ISO 3166 keeps this code free for what has none."""
_UNNUMBERED = "nn"
"""What the naming convention writes for a paper without number."""
_UNDATED = "0001-01-01"
_DAY, _MONTH, _YEAR = 10, 7, 4
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
# ISO 639-2, which the naming convention writes, for the languages of the United Nations and those most read in the field.
_LANGUAGES = {
    "ar": "ara",
    "da": "dan",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fi": "fin",
    "fr": "fra",
    "it": "ita",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ru": "rus",
    "sv": "swe",
    "tr": "tur",
    "uk": "ukr",
    "zh": "zho",
}
_SLUG = re.compile(r"[^0-9a-z.]+")
_LONGEST = 60


def meta(document: Element, paper: Paper, concepts: Iterable[str]) -> None:
    """Write the paper's ``meta``, with the kinds of statement that it holds as concepts."""
    known = paper.date if paper.date and _DATE.fullmatch(paper.date) else None
    date = (known or "") + "-01-01"[len(known or "") - _YEAR :] if known and len(known) < _DAY else known or _UNDATED
    how = {_DAY: "day", _MONTH: "month", _YEAR: "year"}[len(known)] if known else "unknown"
    number = slug(paper.symbol or "") or _UNNUMBERED
    work = f"/akn/{_NOWHERE}/doc/{DOCUMENT}/{known or _UNDATED[:_YEAR]}/{number}"
    language = language_of(paper.language)
    inner = put(document, "meta")
    levels = {
        "FRBRWork": (f"{work}/!main", work),
        "FRBRExpression": (f"{work}/{language}@/!main", f"{work}/{language}@"),
        "FRBRManifestation": (f"{work}/{language}@/!main.xml", f"{work}/{language}@.akn"),
    }
    identification = put(inner, "identification", source="#evaltrail")
    for level, (this, uri) in levels.items():
        el = put(identification, level)
        put(el, "FRBRthis", value=this)
        put(el, "FRBRuri", value=uri)
        if level == "FRBRWork" and paper.symbol:
            put(el, "FRBRalias", value=paper.symbol, name="symbol")
        put(el, "FRBRdate", date=date, name=how)
        written = level == "FRBRManifestation"
        put(el, "FRBRauthor", href="#evaltrail" if written else "#organisation", as_="#editor" if written else "#author")
        if level == "FRBRWork":
            put(el, "FRBRcountry", value=_NOWHERE)
            put(el, "FRBRnumber", value=paper.symbol or _UNNUMBERED)
        elif level == "FRBRExpression":
            put(el, "FRBRlanguage", language=language)
        else:
            put(el, "FRBRformat", value="application/akn+xml")
    _references(inner, paper, concepts)


def _references(inner: Element, paper: Paper, concepts: Iterable[str]) -> None:
    said = paper.organisation
    references = put(inner, "references", source="#evaltrail")
    of = slug(said or "") or "unknown"
    put(references, "TLCOrganization", eId="organisation", href=f"/akn/ontology/organization/{of}", showAs=said or "not stated")
    put(references, "TLCOrganization", eId="evaltrail", href="/akn/ontology/organization/evaltrail", showAs="Evaltrail")
    for name in ("author", "editor"):
        put(references, "TLCRole", eId=name, href=f"/akn/ontology/role/{name}", showAs=name)
    for name in concepts:
        put(references, "TLCConcept", eId=name, href=f"/akn/ontology/concept/{name}", showAs=name.replace("_", " "))


def language_of(tag: str) -> str:
    """Three letters for a BCP 47 tag, the tag's own language where no such letters are known here."""
    own = slug(tag.split("-", maxsplit=1)[0])
    return _LANGUAGES.get(own, own or "und")


def slug(text: str) -> str:
    """The text as part of an address: small letters, digits, stops and hyphens."""
    return _SLUG.sub("-", text.lower())[:_LONGEST].strip("-.")
