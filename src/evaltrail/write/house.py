"""House templates: an organisation's own name, logo, colours, sizes and words, kept in a folder and not in code.

    folder/house.toml, a logo, texts  --load-->  House

Whatever is wrong with a template is said before anything is written, in one line that names the file, the key and the remedy.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = ["House", "HouseError", "Logo", "load"]

PAPERS = ("a4", "us-letter")
SEPARATORS = (",", ";")
TEXTS = ("purpose", "disclaimer", "cover", "contact")
"""Texts of a house's own: what the paper is for, a note under it, lines of the first page, whom to write to."""
KEYS = ("name", "organisation", "governing_body", "head", "paper", "accent", "separator", "logo", "texts", "words")
_LOGO_KEYS = ("file", "description", "width")
_ACCENT = "#123c60"
_INK = "#171d22"
_READABLE = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_WIDEST = 400.0
"""Points: wider than that no logo fits beside the margins."""
_LARGEST_LOGO = 4_000_000
"""Bytes."""


class HouseError(Exception):
    """A house template that cannot be used. ``str()`` is one line: the file, what is wrong, and what would be right."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the first page."""

    data: bytes
    media_type: str
    """image/svg+xml, image/png or image/jpeg."""
    description: str
    width: float
    """Points on the page."""
    height: float
    """Points on the page."""


@dataclass(frozen=True, slots=True)
class House:
    """How an organisation's papers look and what they call things. The default is a plain house without a name."""

    name: str = "plain"
    organisation: str | None = None
    paper: str = "a4"
    """a4 or us-letter."""
    accent: str = _ACCENT
    """Colour of rules and boxes, '#rrggbb'; text never stands in it where it would be hard to read."""
    separator: str = ","
    """What parts the cells of a CSV file, a comma or a semicolon: offices whose decimal sign is the comma open files of the second."""
    logo: Logo | None = None
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """Words that replace those of ``write/words``: language, then key ('headings.response')."""
    texts: dict[str, str] = field(default_factory=dict)
    """Texts of the house's own by name: 'purpose', 'disclaimer' and so on; of one language 'purpose.fr'."""

    @property
    def ink(self) -> str:
        """Colour of headings, '#rrggbb': the accent where it can be read on white (contrast of 4.5, WCAG 2.2, 1.4.3), else that of text."""
        from evaltrail.write.charts._colour import contrast

        return self.accent.lower() if _COLOUR.fullmatch(self.accent) and contrast(self.accent, "#ffffff") >= _READABLE else _INK

    def text(self, name: str, language: str = "") -> str:
        """A text of the house's own in a language, else in the one that it gives for all; empty where it has none."""
        return self.texts.get(f"{name}.{language}") or self.texts.get(name, "")


def load(folder: Path | str) -> House:
    """The house that a folder describes.

    Args:
        folder: holds ``house.toml``, and the files that it names.

    Raises:
        HouseError: the folder or a file is missing, the TOML is none, a key is unknown, a value is not of its kind, or the
            logo is no picture that papers can hold.
    """
    root = Path(folder)
    told = _toml(root)
    _known(told, KEYS, "house.toml")
    organisation = _string(told, "organisation")
    return House(
        name=_string(told, "name") or organisation or root.name,
        organisation=organisation,
        paper=_one_of(told, "paper", PAPERS),
        accent=_colour(told),
        separator=_one_of(told, "separator", SEPARATORS),
        logo=_logo(root, told.get("logo")),
        words=_words(told.get("words", {})),
        texts=_texts(root, told),
    )


def _toml(root: Path) -> dict[str, Any]:
    path = root / "house.toml"
    if not root.is_dir():
        raise HouseError(f"{root}: there is no such folder; a house template is a folder with a file house.toml")
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise HouseError(f"{root}: there is no house.toml in the folder") from None
    except OSError as error:
        raise HouseError(f"{path}: cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError:
        raise HouseError(f"{path}: is not text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise HouseError(f"{path}: is not TOML ({error})") from None


def _known(table: Mapping[str, Any], keys: Collection[str], where: str) -> None:
    """Refuse keys that mean nothing, with the nearest that does."""
    for key in table:
        if key not in keys:
            raise HouseError(f"{where}: there is no key {key!r}; {_nearest(key, keys)}")


def _nearest(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(known)[:12])}"


def _string(table: Mapping[str, Any], key: str, where: str = "house.toml") -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or _control(value):
        raise HouseError(f"{where}: {key} is not a line of text")
    return value.strip() or None


def _control(value: str) -> bool:
    return any(ord(c) < 32 and c not in "\n\t" for c in value)


def _one_of(told: Mapping[str, Any], key: str, values: Sequence[str]) -> str:
    """A value of a few; the first where none is given."""
    value = told.get(key, values[0])
    if value not in values:
        raise HouseError(f"house.toml: {key} is {value!r}; it can be {' or '.join(values)}")
    return str(value)


def _colour(told: Mapping[str, Any]) -> str:
    value = told.get("accent", _ACCENT)
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise HouseError(f"house.toml: accent is {value!r}, which is no colour; write it as {_ACCENT!r}")
    return value.lower()


def _file(root: Path, name: str, key: str) -> bytes:
    """The bytes of a file in the folder; a name that leads out of it is refused, for a template carries all that it needs."""
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        raise HouseError(f"house.toml: {key} names {name!r}, which lies outside the folder")
    try:
        return path.read_bytes()
    except OSError:
        raise HouseError(f"house.toml: {key} names {name!r}, and there is no such file in {root}") from None


def _logo(root: Path, told: object) -> Logo | None:
    from evaltrail.write.pictures import NotAPicture, measured

    if told is None:
        return None
    if not isinstance(told, dict):
        raise HouseError("house.toml: logo is not a table; write [logo] with file, description and width")
    _known(told, _LOGO_KEYS, "house.toml: [logo]")
    name, description = _string(told, "file"), _string(told, "description")
    if not name or not description:
        raise HouseError("house.toml: [logo] needs a file and a description for those who do not see it")
    width = told.get("width", 120)
    if isinstance(width, bool) or not isinstance(width, int | float) or not 0 < width <= _WIDEST:
        raise HouseError(f"house.toml: [logo] width is {width!r}; it is a number of points up to {_WIDEST:.0f}")
    data = _file(root, name, "[logo] file")
    if len(data) > _LARGEST_LOGO:
        raise HouseError(f"{name}: a logo of {len(data):,} bytes is too large; {_LARGEST_LOGO:,} are allowed")
    try:
        media_type, across, down = measured(data)
    except NotAPicture as error:
        raise HouseError(f"{name}: {error}") from None
    return Logo(data, media_type, description, float(width), float(width) * down / across)


def _words(told: object) -> dict[str, dict[str, str]]:
    """Words by language and key; a key with a dot may be written as a table."""
    from evaltrail.write.wording import keys, languages, places_in, wording

    if not isinstance(told, dict):
        raise HouseError("house.toml: words is not a table; write [words.en] with keys such as headings.response")
    out: dict[str, dict[str, str]] = {}
    for language, table in told.items():
        if language not in languages() and not (_LANGUAGE.fullmatch(language) and isinstance(table, dict)):
            raise HouseError(f"house.toml: [words.{language}] is no language; {_nearest(language, languages())}")
        if language not in languages():
            raise HouseError(f"house.toml: papers are not written in {language!r}; there are {', '.join(languages())}")
        for key, words in _flat(table):
            where = f"house.toml: [words.{language}]"
            if key not in keys():
                raise HouseError(f"{where}: there is no key {key!r}; {_nearest(key, keys())}")
            if not isinstance(words, str) or not words.strip() or _control(words):
                raise HouseError(f"{where}: {key} is not a line of text")
            _placed(where, key, words, places_in(wording(language)(key)))
            out.setdefault(language, {})[key] = words
    return out


def _placed(where: str, key: str, words: str, allowed: frozenset[str]) -> None:
    """Refuse words that ask for something that is not put in there."""
    from evaltrail.write.wording import places_in

    try:
        asked = places_in(words)
    except ValueError:
        raise HouseError(f"{where}: {key} has a brace that is not closed") from None
    for name in sorted(asked - allowed):
        said = (
            f"there {'is' if len(allowed) == 1 else 'are'} {', '.join(f'{{{a}}}' for a in sorted(allowed))}"
            if allowed
            else "there is nothing to put in"
        )
        raise HouseError(f"{where}: {key} asks for {{{name}}}; {said}")


def _flat(table: object, before: str = "") -> list[tuple[str, object]]:
    if not isinstance(table, dict):
        return [(before, table)]
    return [pair for name, value in table.items() for pair in _flat(value, f"{before}.{name}" if before else name)]


def _texts(root: Path, told: Mapping[str, Any]) -> dict[str, str]:
    """Texts by name: written in the TOML, or in a file that it names; a table of its own for one language."""
    out: dict[str, str] = {}
    for key in ("governing_body", "head"):
        value = told.get(key)
        for language, words in value.items() if isinstance(value, dict) else (("", value),):
            line = _string({key: words}, key)
            if line:
                out[f"{key}.{language}" if language else key] = line
    table = told.get("texts", {})
    if not isinstance(table, dict):
        raise HouseError("house.toml: texts is not a table; write [texts] with purpose, disclaimer, cover or contact")
    for name, value in table.items():
        if isinstance(value, dict) and "file" not in value and _LANGUAGE.fullmatch(name):
            _known(value, TEXTS, f"house.toml: [texts.{name}]")
            out.update({f"{key}.{name}": _text(root, key, words) for key, words in value.items()})
            continue
        _known({name: value}, TEXTS, "house.toml: [texts]")
        out[name] = _text(root, name, value)
    return out


def _text(root: Path, key: str, value: object) -> str:
    if isinstance(value, dict):
        _known(value, ("file",), f"house.toml: [texts] {key}")
        name = _string(value, "file") or ""
        try:
            value = _file(root, name, f"[texts] {key}").decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise HouseError(f"{name}: is not text in UTF-8") from None
    if not isinstance(value, str) or _control(value):
        raise HouseError(f"house.toml: [texts] {key} is neither a text nor a file with one")
    return value.strip()
