"""Texts as cells of a spreadsheet: what a file cannot hold, how long a cell may be, and what a program would take for a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 32_767
"""UTF-16 code units that a cell of Excel holds ("Excel specifications and limits"); LibreOffice holds as many when it reads XLSX."""

# Characters that no XML 1.0 file may hold, but for those that break a line or stand for a blank; and the marks that force a
# direction, which show words backwards.
_NEVER = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# A formula begins with one of these, full-width forms among them (OWASP, "CSV Injection"), after any blanks.
_BLANK = r"[ \u00a0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff]*"
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212]"
_FORMULA = re.compile(rf"{_BLANK}{_SIGN}")
# A program that splits a file at another sign than it is written with is led astray by its quotation marks: a line, or what stands
# behind that sign, begins a cell.
_FORMULA_INSIDE = {
    separator: re.compile(rf"(?:\A|(?<=[\n{others}]))[\"']*{_BLANK}(?={_SIGN})") for separator, others in ((",", ";|"), (";", ";,|"))
}
_NUMBER = re.compile(r"[+\-]?\d+(?:\.\d+)?%?")


def clean(text: str) -> str:
    """Text without control characters; tabs are blanks, and every way to break a line is a line feed."""
    return _NEVER.sub("", _LINE.sub("\n", text)).replace("\t", " ")


def begins_a_formula(text: str) -> bool:
    """Whether a program may take the text for a formula when a person types it or edits its cell."""
    return _FORMULA.match(text) is not None


def disarmed(text: str, separator: str = ",") -> str:
    """Text of which no program makes a formula, in a file where types are guessed: an apostrophe before every sign that would begin one.

    ``separator`` is what parts the file's cells. A plain number such as -5 stays, for it is no more than that. Source: OWASP, "CSV
    Injection".
    """
    if _NUMBER.fullmatch(text):
        return text
    return _FORMULA_INSIDE[separator].sub(lambda m: f"{m[0]}'", text)


def parts(text: str, room: int = LONGEST) -> Iterator[str]:
    """The text in parts that a cell holds, cut at a paragraph or blank where there is one in the last fifth; joined they are the text."""
    while len(text) * 2 > room and len(text.encode("utf-16-le")) // 2 > room:
        head = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
        least = len(head) * 4 // 5
        at = max(head.rfind("\n", least), -1) + 1 or head.rfind(" ", least) + 1 or len(head)
        yield text[:at]
        text = text[at:]
    yield text
