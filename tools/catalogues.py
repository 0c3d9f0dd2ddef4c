"""What the catalogues of the interface and of the checks have in common: a file a language, brought up to date, checked and built."""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def catalogue(path: Path, language: str) -> Catalog:
    """The translations there are."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def empty(language: str, header: str) -> Catalog:
    """A catalogue without words. The same words make the same file: it has no day of making, and nobody's address."""
    told = {"project": "Evaltrail", "version": "1", "msgid_bugs_address": "-", "last_translator": "-", "language_team": "-"}
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return Catalog(locale=language, header_comment=f"# {header}: {language}.", creation_date=made, revision_date=made, fuzzy=False, **told)


def each(value: Any) -> list[str]:
    """A message's words, or those for one and for other numbers, as a list."""
    return [str(v or "") for v in value] if isinstance(value, (tuple, list)) else [str(value or "")]


def faults(new: Catalog, path: Path, *, places: Callable[[str], set[str]], called: str, stale: str) -> list[str]:
    """What is wrong with a catalogue that was brought up to date, a line each.

    ``places`` tells which places of a text are filled in, ``called`` is their name, ``stale`` is who no longer has words that are kept.
    """
    told = []
    for message in new:
        if not message.id:
            continue
        first, language = each(message.id)[0], new.locale
        if not all(each(message.string)):
            told.append(f"{language}: not translated: {first!r} ({message.locations[0][0]})")
            continue
        ids = [places(text) for text in each(message.id)]
        every, least = set().union(*ids), set.intersection(*ids)
        told += [
            f"{language}: {text!r} has not the {called} of {first!r}" for text in each(message.string) if not least <= places(text) <= every
        ]
    if not told and _po(new) != path.read_bytes():
        told.append(f"{new.locale}: the catalogue holds words that {stale}")
    if not told and _mo(new) != path.with_suffix(".mo").read_bytes():
        told.append(f"{new.locale}: the built catalogue is older than its words")
    return told


def write(new: Catalog, path: Path) -> None:
    """Write a catalogue as translators have it, and built beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_po(new))
    path.with_suffix(".mo").write_bytes(_mo(new))


def _po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=140, include_lineno=False, sort_output=False)
    return out.getvalue()


def _mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def run(
    about: str | None,
    languages: Sequence[str],
    counted: str,
    *,
    made: Callable[[str], Catalog],
    path_of: Callable[[str], Path],
    checked: Callable[[str], list[str]],
) -> int:
    """The command: bring catalogues up to date, or with ``--check`` say what is missing. Returns its exit code.

    ``counted`` says how many messages there are, ``made`` brings the catalogue of a language up to date, ``checked`` tells its faults.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--only", choices=languages, help="one language")
    args = parser.parse_args()
    told = []
    for language in [args.only] if args.only else languages:
        if not args.check:
            write(made(language), path_of(language))
        told += checked(language)
    print("\n".join(told) or f"{counted} in {len(languages)} languages", file=sys.stderr if told else sys.stdout)
    return 1 if told and args.check else 0
