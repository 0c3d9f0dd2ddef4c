"""Collect the words in which the checks speak, and build their translations.

python tools/check_messages.py           bring the catalogues (``check/locale/<language>/LC_MESSAGES/check.po``) up to date and build them
python tools/check_messages.py --check   say what is missing or out of date; exit code 1 if anything is
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from string import Formatter
from typing import TYPE_CHECKING, Any

import catalogues

from evaltrail.check.wording import DOMAIN, LANGUAGES, LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog

CHECK = LOCALE.parent
OTHERS = tuple(language for language in LANGUAGES if language != "en")
Template = str | tuple[str, str]
"""A template, or that for one thing and that for any other number."""
_CALLS = {"say": slice(0, 1), "plural": slice(1, 3)}
"""The functions that say something, and which of their arguments are templates."""


def templates() -> dict[Template, list[str]]:
    """Every template of the checks with the files that say it. Raises ``ValueError`` for one that is not written out where it is said."""
    found: dict[Template, list[str]] = defaultdict(list)
    for path in sorted(CHECK.rglob("*.py")):
        name = path.relative_to(CHECK).as_posix()
        for template in _said(path.read_text(encoding="utf-8"), name):
            found[template].append(name)
    return dict(found)


def _said(source: str, name: str) -> Iterator[Template]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in _CALLS:
            continue
        given = node.args[_CALLS[node.func.id]]
        texts = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if len(texts) < len(given) or not texts:
            raise ValueError(f"{name}:{node.lineno}: a template has to be written out where it is said")
        yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def path_of(language: str) -> Path:
    """The catalogue of a language, as translators have it."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def brought_up(language: str, found: dict[Template, list[str]]) -> Catalog:
    """The catalogue with every template of the checks and no other, in alphabetical order; what is translated stays."""
    old = catalogues.catalogue(path_of(language), language)
    new = catalogues.empty(language, "What the checks say")
    for template in sorted(found, key=_first):
        known = old.get(_first(template))
        same_kind = known is not None and isinstance(known.id, tuple) == isinstance(template, tuple)
        new.add(template, known.string if known is not None and same_kind else "", locations=[(f, 0) for f in sorted(set(found[template]))])
    return new


def faults(language: str, found: dict[Template, list[str]]) -> list[str]:
    """What is wrong with a catalogue, a line each."""
    new = brought_up(language, found)
    return catalogues.faults(new, path_of(language), places=_places, called="places", stale="the checks no longer say")


def _first(template: Any) -> str:
    return catalogues.each(template)[0]


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def main() -> int:
    """See the module."""
    found = templates()
    return catalogues.run(
        __doc__,
        OTHERS,
        f"{len(found)} templates",
        made=lambda language: brought_up(language, found),
        path_of=path_of,
        checked=lambda language: faults(language, found),
    )


if __name__ == "__main__":
    sys.exit(main())
