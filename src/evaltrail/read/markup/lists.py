"""List markers as browsers and word processors print them."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(number: int) -> str:
    """Lower-case Roman numeral; digits outside 1 to 3999."""
    if not 0 < number < 4000:
        return str(number)
    out = []
    for value, letters in _ROMAN:
        while number >= value:
            out.append(letters)
            number -= value
    return "".join(out)


def letters(number: int) -> str:
    """a, b, … z, aa, ab … as HTML counts them; digits below 1."""
    if number < 1:
        return str(number)
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(97 + rest) + out
    return out


def ordinal(number: int, kind: str) -> str:
    """The number in the style of HTML's ``type``: 1, a, A, i or I."""
    match kind:
        case "a":
            return letters(number)
        case "A":
            return letters(number).upper()
        case "i":
            return roman(number)
        case "I":
            return roman(number).upper()
        case _:
            return str(number)
