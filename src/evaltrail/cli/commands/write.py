"""Write papers from records: as DOCX, PDF or HTML, as spreadsheets, or as data.

A record is what evaltrail read has written; a paper given in its place is read first. One record goes to the
file -o, whose ending says what is written; several go to the directory -o, each under its stem, in the format
that --to names. Without -o, or with -o -, the paper goes to standard output. A file is written whole or not at
all, and what was given is never written over.

The same record, kind and house give the same bytes: no date but the record's enters a paper.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.cli.reading import add_limits, once

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from evaltrail.cli.papers import Given
    from evaltrail.cli.progress import Bar
    from evaltrail.record import Record
    from evaltrail.write.formats import Format
    from evaltrail.write.house import House

NAME = "write"
HELP = "write papers from records"

_PACKAGE = Path(__file__).resolve().parents[2] / "write"
_NEAR = {".doc": ".docx", ".odt": ".docx", ".rtf": ".docx", ".xls": ".xlsx", ".ods": ".xlsx", ".tsv": ".csv", ".htm": ".html"}
"""What is meant by an ending that is not written, where no other ending is spelt like it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is written, of what, where to, and how it looks."""
    parser.add_argument("files", metavar="RECORD", nargs="+", help="record, or paper to be read first; - is standard input")
    parser.add_argument("-o", "--output", metavar="OUT", help="file for the paper of one record, or directory for those of several")
    parser.add_argument(
        "--to", metavar="FORMAT", help=f"{', '.join(_told('formats'))} (default: what the ending of OUT says; needed where it has none)"
    )
    parser.add_argument("--as", dest="kind", metavar="KIND", help="kind of paper, see below (default: the one that fits the record)")
    parser.add_argument(
        "--house", metavar="DIR", help="folder with an organisation's name, logo, colours and words (default: a plain house)"
    )
    parser.add_argument(
        "--with", dest="companion", metavar="RECORD", help="second record or paper, of which the first is the report or the response"
    )
    add_limits(parser)
    kinds = _told("papers")
    wide = max(map(len, kinds), default=0)
    parser.epilog = "\n".join(["kinds of paper:", *(f"  {name:{wide}}  {what}" for name, what in kinds.items())])


def _told(folder: str) -> dict[str, str]:
    """Names of the modules in a folder of ``write``, each with its line of help.

    Taken from their source: to import them takes longer than the whole help may take.
    """
    found = {}
    for file in sorted((_PACKAGE / folder).glob("[!_]*.py")):
        said = dict(re.findall(r'^(NAME|HELP) = "(.*)"$', file.read_text(encoding="utf-8"), re.MULTILINE))
        found[said.get("NAME", file.stem)] = said.get("HELP", "")
    return found


def run(args: argparse.Namespace) -> int:
    """Write the papers."""
    from evaltrail.cli.output import Refused
    from evaltrail.cli.progress import Bar
    from evaltrail.cli.say import say

    bar = Bar(quiet=args.quiet)
    try:
        return _Run(args).over(bar)
    except Refused as e:
        bar.clear()
        say(str(e))
        return 2
    finally:
        bar.clear()


class _Run:
    """One run of the command. Raises ``Refused`` before anything is read where the call is wrong."""

    def __init__(self, args: argparse.Namespace) -> None:
        from evaltrail.cli.output import plan

        self.args = args
        self.files = once(args.files)
        several = len(args.files) > 1
        to_file = args.output is not None and args.output != "-"
        self.form = _format(args, folder=several or (to_file and _is_folder(args.output)))
        _refuse_kind(args.kind, self.form)
        self.house = _house(args.house)
        given = [*self.files, *([args.companion] if args.companion is not None else [])]
        _refuse_two_inputs(given)
        self.targets = plan(self.files, args.output if to_file else None, several=several, ending=self.form.ENDINGS[0])
        _refuse_companion(args.companion, self.targets)
        _refuse_terminal(self.form, self.targets)

    def over(self, bar: Bar) -> int:
        """Write the papers; the exit code."""
        from evaltrail.cli.papers import given
        from evaltrail.cli.say import say

        companion = self._companion(bar)
        whole = partial = failed = 0
        try:
            for one in self._steps(given(self.files, self.args, bar), bar):
                if one.record is None or not self._written(one, one.record, companion, bar):
                    failed += 1
                else:
                    whole, partial = whole + (not one.losses), partial + one.losses
        except KeyboardInterrupt:
            bar.clear()
            say(f"stopped. {whole + partial} of {len(self.files)} papers were written")
            raise
        bar.clear()
        if len(self.files) > 1 and not self.args.quiet:
            say(f"{len(self.files)} papers: {whole} written, {partial} of what could be read, {failed} not")
        if failed == len(self.files):
            return 2
        return 3 if failed or partial or (companion is not None and companion.losses) else 0

    def _steps(self, papers: Iterator[Given], bar: Bar) -> Iterator[Given]:
        from evaltrail.read.batch import Progress

        began = time.monotonic()
        for one in papers:
            bar.show(Progress(one.index, len(self.files), 0, 0, (one.name,), time.monotonic() - began))
            yield one

    def _companion(self, bar: Bar) -> Given | None:
        from evaltrail.cli.output import Refused
        from evaltrail.cli.papers import given

        if self.args.companion is None:
            return None
        (one,) = given([self.args.companion], self.args, bar)
        if one.record is None:
            raise Refused(f"nothing was written, as {one.name} was to go with it")
        return one

    def _written(self, one: Given, record: Record, companion: Given | None, bar: Bar) -> bool:
        """Write one paper, or say why it cannot be."""
        from evaltrail.cli.output import write_standard, write_whole
        from evaltrail.cli.say import say
        from evaltrail.write.order import Order, Unwritable

        order = Order(record, self.args.kind, self.house, companion.record if companion is not None else None)
        try:
            data = self.form.written(order)
        except Unwritable as e:
            with bar.aside():
                say(f"{one.name}: {e}")
            return False
        target = self.targets[one.index]
        if target is None:
            write_standard(data)
        else:
            write_whole(target, data)
        return True


def _is_folder(output: str) -> bool:
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _format(args: argparse.Namespace, *, folder: bool) -> Format:
    """The format that --to or the ending of -o names. Raises ``Refused``."""
    from evaltrail.cli.output import Refused
    from evaltrail.write.formats import formats

    known = formats()
    if args.to is not None and args.to not in known:
        raise Refused(f"there is no format “{args.to}”{_nearest(args.to, list(known))} Formats: {', '.join(known)}")
    to_file = args.output is not None and args.output != "-" and not folder
    ending = Path(args.output).suffix.lower() if to_file else ""
    by_ending = next((f for f in known.values() if ending in f.ENDINGS), None)
    if args.to is not None:
        if by_ending is not None and args.to != by_ending.NAME:
            raise Refused(f"{args.output} is a name for {by_ending.NAME}, and --to says {args.to}. Give one of them")
        return known[args.to]
    if by_ending is not None:
        return by_ending
    endings = [e for f in known.values() for e in f.ENDINGS]
    if ending:
        near = f". Did you mean {_NEAR[ending]}?" if ending in _NEAR else _nearest(ending, endings)
        raise Refused(f"{args.output}: {ending} is no ending of a format{near} Endings: {', '.join(endings)}")
    where = "standard output has" if not to_file and not folder else f"{args.output or 'a directory'} has"
    raise Refused(f"{where} no ending that says what to write. Say it with --to: {', '.join(known)}")


def _refuse_kind(kind: str | None, form: Format) -> None:
    from evaltrail.cli.output import Refused
    from evaltrail.write.papers import kinds

    if kind is None:
        return
    if getattr(form, "OF_RECORD", False):
        # It would do nothing, and somebody waits for what it asks for.
        raise Refused(f"{form.NAME} holds the record itself, whatever the kind of paper. Leave --as out, or write a paper: docx, pdf, html")
    if kind not in kinds():
        raise Refused(f"there is no kind of paper “{kind}”{_nearest(kind, list(kinds()))} Kinds: {', '.join(kinds())}")


def _house(folder: str | None) -> House:
    from evaltrail.cli.output import Refused
    from evaltrail.write.house import House, HouseError, load

    try:
        return load(folder) if folder is not None else House()
    except HouseError as e:
        raise Refused(str(e)) from None


def _nearest(word: str, words: Sequence[str]) -> str:
    """The end of a sentence, and the word that may be meant."""
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), words, 1)
    return f". Did you mean {near[0]}?" if near else "."


def _refuse_two_inputs(given: Sequence[str]) -> None:
    from evaltrail.cli.output import Refused

    if given.count("-") > 1:
        raise Refused("standard input can be one record only. Give the other as a file")


def _refuse_companion(companion: str | None, targets: Sequence[Path | None]) -> None:
    from evaltrail.cli.output import Refused
    from evaltrail.read.source import display_name

    if companion is not None and any(t and os.path.realpath(t) == os.path.realpath(companion) for t in targets):
        raise Refused(f"{display_name(companion)} is one of the records given and would be overwritten. Give another place with -o")


def _refuse_terminal(form: Format, targets: Sequence[Path | None]) -> None:
    """A terminal is no place for what no person can read."""
    from evaltrail.cli.output import Refused

    if targets == [None] and form.NAME in ("docx", "pdf", "xlsx") and sys.stdout is not None and sys.stdout.isatty():
        raise Refused(f"{form.NAME} is nothing for a terminal. Give a file with -o paper{form.ENDINGS[0]}")
