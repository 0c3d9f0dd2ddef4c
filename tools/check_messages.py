"""Collect the words in which the checks speak, and build their translations.

python tools/check_messages.py           bring the catalogues (``check/locale/<language>/LC_MESSAGES/check.po``) up to date and build them
python tools/check_messages.py --check   say what is missing or out of date; exit code 1 if anything is
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections import defaultdict
from datetime import UTC, datetime
from string import Formatter
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from evaltrail.check.wording import DOMAIN, LANGUAGES, LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def catalogue(language: str) -> Catalog:
    """The translations there are."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def brought_up(language: str, found: dict[Template, list[str]]) -> Catalog:
    """The catalogue with every template of the checks and no other, in alphabetical order; what is translated stays."""
    old = catalogue(language)
    # The same words, the same file: no day of making, and nobody's address.
    made = datetime(2026, 1, 1, tzinfo=UTC)
    new = Catalog(
        locale=language,
        header_comment=f"# What the checks say: {language}.",
        project="Evaltrail",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=made,
        revision_date=made,
        fuzzy=False,
    )
    for template in sorted(found, key=_first):
        known = old.get(_first(template))
        same_kind = known is not None and isinstance(known.id, tuple) == isinstance(template, tuple)
        new.add(template, known.string if known is not None and same_kind else "", locations=[(f, 0) for f in sorted(set(found[template]))])
    return new


def faults(language: str, found: dict[Template, list[str]]) -> list[str]:
    """What is wrong with a catalogue, a line each."""
    told = []
    new = brought_up(language, found)
    for message in new:
        if not message.id:
            continue
        if not all(_each(message.string)):
            told.append(f"{language}: not translated: {_first(message.id)!r} ({message.locations[0][0]})")
            continue
        wanted = set().union(*map(_places, _each(message.id)))
        always = set.intersection(*map(_places, _each(message.id)))
        told += [
            f"{language}: {text!r} has not the places of {_first(message.id)!r}"
            for text in _each(message.string)
            if not always <= _places(text) <= wanted
        ]
    if not told and _po(new) != path_of(language).read_bytes():
        told.append(f"{language}: the catalogue holds words that the checks no longer say")
    if not told and _mo(new) != path_of(language).with_suffix(".mo").read_bytes():
        told.append(f"{language}: the built catalogue is older than its words")
    return told


def _each(value: Any) -> list[str]:
    """A template's words, or those for one and for other numbers, as a list."""
    return [str(v or "") for v in value] if isinstance(value, (tuple, list)) else [str(value or "")]


def _first(template: Any) -> str:
    return _each(template)[0]


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=140, include_lineno=False, sort_output=False)
    return out.getvalue()


def _mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    args = parser.parse_args()
    found = templates()
    told = []
    for language in OTHERS:
        if not args.check:
            new = brought_up(language, found)
            path = path_of(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_po(new))
            path.with_suffix(".mo").write_bytes(_mo(new))
        told += faults(language, found)
    print("\n".join(told) or f"{len(found)} templates in {len(OTHERS)} languages", file=sys.stderr if told else sys.stdout)
    return 1 if told and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
