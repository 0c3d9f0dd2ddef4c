"""Collect the words of the office's interface, and build what Django shows of their translations.

python tools/messages.py           bring the catalogues (``locale/<language>/LC_MESSAGES/django.po``) up to date and build them
python tools/messages.py --check   say what is missing or out of date; exit code 1 if anything is
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import catalogues

from evaltrail.check.rule import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
OFFICE = ROOT / "src" / "evaltrail_office"
LOCALE = OFFICE / "site" / "locale"
LANGUAGES = ("es", "fr")
_SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_CALL = re.compile(r"\b([np]?gettext|_)\(\s*")
_STRING = re.compile(r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""", re.DOTALL)
_HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]")


@dataclass(frozen=True, slots=True)
class InContext:
    """A message that means one thing here and another elsewhere, with what tells them apart."""

    context: str
    text: str


Words = str | tuple[str, str] | InContext
"""A message, its singular and plural, or one with its context."""


def words() -> dict[Words, list[tuple[str, int]]]:
    """Every message of the interface with the files that show it, and the titles of the check's rules."""
    found: dict[Words, list[tuple[str, int]]] = defaultdict(list)
    for path in sorted(OFFICE.rglob("*.py")):
        if "migrations" not in path.parts:
            for message, line in _of_python(path.read_text(encoding="utf-8")):
                found[message].append((path.relative_to(OFFICE).as_posix(), line))
    for path in sorted(p for ending in ("*.html", "*.txt") for p in OFFICE.rglob(f"templates/**/{ending}")):
        for message, line in _of_template(path.read_text(encoding="utf-8")):
            found[message].append((path.relative_to(OFFICE).as_posix(), line))
    for rule in rules().values():
        found[rule.title].append((f"rules:{rule.code}", 0))
    return dict(found)


def _of_python(source: str) -> Iterator[tuple[Words, int]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in _SINGLE and texts:
            yield texts[0], node.lineno
        elif name in _CONTEXT and len(texts) >= 2:
            yield InContext(texts[0], texts[1]), node.lineno
        elif name in _PLURAL and len(texts) >= 2:
            yield (texts[0], texts[1]), node.lineno


def _of_template(source: str) -> Iterator[tuple[Words, int]]:
    # Django's own step before GNU gettext: everything but the calls becomes blank.
    from django.utils.translation.template import templatize

    calls = templatize(source)
    for call in _CALL.finditer(calls):
        line = calls.count("\n", 0, call.start()) + 1
        first = _STRING.match(calls, call.end())
        if first is None:
            continue
        singular = str(ast.literal_eval(first.group(1)))
        if call.group(1) not in {"ngettext", "pgettext"}:
            yield singular, line
            continue
        second = _STRING.match(calls, re.compile(r"\s*,\s*").match(calls, first.end()).end())  # type: ignore[union-attr]
        if second is not None:
            other = str(ast.literal_eval(second.group(1)))
            yield (InContext(singular, other) if call.group(1) == "pgettext" else (singular, other)), line


def brought_up(language: str, found: dict[Words, list[tuple[str, int]]]) -> Catalog:
    """The catalogue with every message of the interface and no other, in alphabetical order; what is translated stays."""
    old = catalogues.catalogue(_path(language), language)
    new = catalogues.empty(language, "The office's interface")
    for message in sorted(found, key=lambda words: (_first(words), _context(words) or "")):
        known = old.get(_first(message), context=_context(message))
        kept = known.string if known is not None and not known.fuzzy and isinstance(known.id, tuple) == isinstance(message, tuple) else ""
        files = sorted({(name, 0) for name, _ in found[message]})
        flags = ["python-format"] if _HOLE.search(_first(message)) else []
        text = message.text if isinstance(message, InContext) else message
        new.add(text, kept, locations=files, flags=flags, context=_context(message))
    return new


def faults(language: str, found: dict[Words, list[tuple[str, int]]]) -> list[str]:
    """What is wrong with a catalogue, a line each."""
    new = brought_up(language, found)
    return catalogues.faults(new, _path(language), places=_holes, called="holes", stale="the interface no longer has")


def _holes(text: str) -> set[str]:
    return set(_HOLE.findall(text))


def _first(message: Any) -> str:
    return message.text if isinstance(message, InContext) else catalogues.each(message)[0]


def _context(message: Words) -> str | None:
    return message.context if isinstance(message, InContext) else None


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main() -> int:
    """See the module."""
    found = words()
    return catalogues.run(
        __doc__,
        LANGUAGES,
        f"{len(found)} messages",
        made=lambda language: brought_up(language, found),
        path_of=_path,
        checked=lambda language: faults(language, found),
    )


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")
if __name__ == "__main__":
    sys.exit(main())
