"""Check papers, or the records of papers, against rules: what is wrong, where, and why it matters.

Every remark names its rule and shows the words that it is about. A paper is read first, as evaltrail read
does; a record is what that command has written, told by its content. Several files work: as text, JSON or
SARIF they come together, or with -o DIR each in a file of its own.

The exit code is 0 where nothing was found, 1 where something was, 2 where a file could not be read or the
command was called wrongly, and 3 where the check is not whole: some of several files, some of a paper,
or a rule could not be dealt with, whatever was found in the rest. With --sheet there is no 1: a sheet is
filled in, whatever it says.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.cli.reading import add_limits, once

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from evaltrail.check.formats import Checked, Format, Style
    from evaltrail.check.profile import Profile
    from evaltrail.cli.papers import Given
    from evaltrail.cli.progress import Bar
    from evaltrail.record import Edit, Record

NAME = "check"
HELP = "say what is wrong with papers, and where"

LANGUAGES = ("en", "es", "fr")
"""What ``evaltrail.check.wording`` can speak; written out, so that the program says what it can do without loading the checks."""
WIDEST = 120
"""Columns that are filled at most: longer lines are hard to read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is checked, against what, and how it is said."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="paper, or record of one; - is standard input")
    parser.add_argument(
        "--profile", metavar="P", default="evaltrail", help="standard by its name, or the file of a house profile (default: all rules)"
    )
    parser.add_argument("--format", metavar="FORMAT", default="text", help="text, sarif, json or html (default: %(default)s)")
    parser.add_argument("-o", "--output", metavar="OUT", help="file for the report on one paper, or directory for those on several")
    parser.add_argument(
        "--fix",
        metavar="OUT",
        help="write the record with all safe repairs made to this file, or into this directory; never over a file given",
    )
    parser.add_argument("--stable", action="store_true", help="only rules whose remarks have been found to be true nearly always")
    parser.add_argument("--kind", choices=["report", "summary", "response", "other"], help="kind of paper (default: told from the paper)")
    parser.add_argument("--corpus", metavar="DIR", help="folder of other papers or records, to find words taken from them")
    parser.add_argument(
        "--language",
        metavar="L",
        choices=LANGUAGES,
        default="en",
        help="language of the remarks: en, es or fr; the words around them stay English (default: %(default)s)",
    )
    parser.add_argument("--today", metavar="DATE", help="day that dates are compared with, as 2026-06-30 (default: today)")
    parser.add_argument("--confirmations", action="store_true", help="list what was found to be right, too")
    parser.add_argument("--sheet", metavar="P", help="fill in this standard's checklist and write it to -o: .docx, .xlsx, .html or .json")
    parser.add_argument(
        "--judgements", metavar="FILE", help="sheet that people have filled in; its judgements make the score of the new one"
    )
    parser.add_argument("--rules", action="store_true", help="list all rules and stop")
    parser.add_argument("--explain", metavar="CODE", help="say what a rule looks at and why, with examples, and stop")
    add_limits(parser)


def run(args: argparse.Namespace) -> int:
    """Check the files, or say what the rules are."""
    from evaltrail.check.profile import Refused as ProfileRefused
    from evaltrail.cli.output import Refused
    from evaltrail.cli.say import say

    try:
        if args.rules or args.explain is not None:
            return _about_rules(args)
        return _check(args)
    except (Refused, ProfileRefused) as e:
        say(str(e))
        return 2


def _about_rules(args: argparse.Namespace) -> int:
    from evaltrail.cli.output import Refused
    from evaltrail.cli.rules import explained, find, table

    if args.explain is None:
        sys.stdout.write(table())
        return 0
    rule = find(args.explain)
    if rule is None:
        raise Refused(f"there is no rule “{args.explain}”. evaltrail check --rules lists them")
    sys.stdout.write(explained(rule))
    return 0


def _check(args: argparse.Namespace) -> int:
    from evaltrail.cli.output import Refused, plan
    from evaltrail.cli.progress import Bar
    from evaltrail.cli.sheets import make, refuse_strays

    if not args.files:
        raise Refused("no paper is given. Give a paper or its record: evaltrail check report.pdf")
    refuse_strays(args)
    if args.sheet is not None:
        bar = Bar(quiet=args.quiet)
        try:
            others = partial(_corpus, args, args.files)
            return make(args, _profile(args.sheet, stable=args.stable), _day(args.today), others, bar)
        finally:
            bar.clear()
    files = once(args.files)
    several = len(args.files) > 1
    form = _format(args.format)
    if form.NAME == "html" and len(files) > 1 and args.output is None:
        raise Refused(f"{len(files)} pages need a directory to go to. Give one with -o DIR")
    today = _day(args.today)
    profile = _profile(args.profile, stable=args.stable)
    if not profile.chosen():
        # Silence would look like a clean paper.
        which = "no stable rules" if args.stable else "no rules"
        rest = f". Its checklist is for a person: --sheet {profile.name} -o sheet.docx" if profile.items else ""
        raise Refused(f"the profile “{profile.name}” has {which}{rest}")
    targets = plan(files, args.output, several=several, ending=form.ENDING) if args.output is not None else None
    repaired = _plan_repairs(files, targets, args.fix, several=several)
    bar = Bar(quiet=args.quiet)
    try:
        corpus = _corpus(args, files, bar)
        return _Run(form, profile, today, args, corpus, targets, repaired).over(files, bar)
    finally:
        bar.clear()


def _format(name: str) -> Format:
    from evaltrail.check.formats import formats
    from evaltrail.cli.output import Refused

    if name not in formats():
        raise Refused(f"there is no format “{name}”. Formats: {', '.join(sorted(formats(), reverse=True))}")
    return formats()[name]


def _day(given: str | None) -> date | None:
    from datetime import date

    from evaltrail.cli.output import Refused

    try:
        return date.fromisoformat(given) if given is not None else None
    except ValueError:
        raise Refused(f"“{given}” is not a date. Give year, month and day: --today 2026-06-30") from None


def _profile(name: str, *, stable: bool) -> Profile:
    from evaltrail.check.profile import load
    from evaltrail.check.rule import rules

    profile = load(name)
    if not stable:
        return profile
    others = tuple(r.code for r in rules().values() if r.rule.status != "stable")
    selection = profile.rules.model_copy(update={"ignore": (*profile.rules.ignore, *others)})
    return profile.model_copy(update={"rules": selection})


def _plan_repairs(
    files: list[str], targets: Sequence[Path | None] | None, out: str | None, *, several: bool
) -> Sequence[Path | None] | None:
    from evaltrail.cli.output import Refused, plan

    if out is None:
        return None
    try:
        found = plan(files, out, several=several)
    except Refused as e:
        raise Refused(str(e).replace("with -o", "with --fix")) from None
    both = {os.path.realpath(t) for t in targets or () if t} & {os.path.realpath(t) for t in found if t}
    if both:
        raise Refused(f"the report and the repaired record would both be written to {both.pop()}. Give --fix another place")
    return found


def _corpus(args: argparse.Namespace, files: list[str], bar: Bar) -> list[tuple[str, Record]]:
    """The other papers of the folder; one that cannot be read is said and left out."""
    from evaltrail.cli.output import Refused
    from evaltrail.cli.papers import given

    if args.corpus is None:
        return []
    folder = Path(args.corpus)
    if not folder.is_dir():
        raise Refused(f"there is no directory {folder}. Give the folder of the other papers with --corpus DIR")
    own = {os.path.realpath(f) for f in files}
    others = sorted(str(f) for f in folder.iterdir() if f.is_file() and not f.name.startswith(".") and os.path.realpath(f) not in own)
    return [(g.name, g.record) for g in given(others, args, bar) if g.record is not None]


class _Run:
    """One run of the command: what is to be done with each paper, and what came of it."""

    def __init__(
        self,
        form: Format,
        profile: Profile,
        today: date | None,
        args: argparse.Namespace,
        corpus: list[tuple[str, Record]],
        targets: Sequence[Path | None] | None,
        repaired: Sequence[Path | None] | None,
    ) -> None:
        self.form, self.profile, self.today, self.args = form, profile, today, args
        self.corpus, self.targets, self.repaired = corpus, targets, repaired
        self.style = _style(form, args, to_file=targets is not None)
        self.found = self.partial = self.failed = 0

    def over(self, files: list[str], bar: Bar) -> int:
        """Check the files; the exit code."""
        from evaltrail.cli.output import write_whole
        from evaltrail.cli.papers import given
        from evaltrail.cli.say import say

        together: list[Checked] = []
        for one in given(files, self.args, bar):
            if one.record is None:
                self.failed += 1
                continue
            checked = self._checked(one, one.record, files[one.index])
            target = self.targets[one.index] if self.targets else None
            with bar.aside():
                self._tell(checked)
                if target is None:
                    together.append(checked)
                else:
                    write_whole(target, self.form.written([checked], self.style).encode("utf-8"))
                if self.repaired:
                    _repair(checked, self.repaired[one.index])
            self.partial += one.losses or bool(checked.report.failed)
            self.found += bool(checked.report.remarks)
        bar.clear()
        if together:
            _print(self.form.written(together, self.style), data=self.form.NAME != "text")
        if self.targets and len(files) > 1 and not self.args.quiet:
            say(f"{len(files)} files: {self.found} with remarks, {len(files) - self.found - self.failed} without, {self.failed} not read")
        if self.failed == len(files):
            return 2
        return 3 if self.failed or self.partial else 1 if self.found else 0

    def _checked(self, one: Given, record: Record, file: str) -> Checked:
        from evaltrail.check.formats import Checked
        from evaltrail.check.run import check
        from evaltrail.check.told import report_in

        report = check(record, profile=self.profile, genre=self.args.kind, today=self.today, corpus=self.corpus)
        report = report_in(report, self.args.language)
        return Checked(one.name, record, report, _source(one, record, file, self.form), None if file == "-" else file)

    def _tell(self, checked: Checked) -> None:
        from evaltrail.cli.say import say

        for f in checked.report.failed:
            say(f"{checked.name}: the rule {f.rule} broke off and its remarks are missing ({f.fault}). Please report it")


def _source(one: Given, record: Record, file: str, form: Format) -> bytes | None:
    """The paper's bytes where an output shows the paper; None for a record."""
    import hashlib

    if one.source is not None or form.NAME not in ("html", "sarif") or file == "-":
        return one.source
    data = Path(file).read_bytes()
    # A record's own file is not the paper, and a paper may have been changed since it was read.
    return data if hashlib.sha256(data).hexdigest() == record.document.sha256 else None


def _style(form: Format, args: argparse.Namespace, *, to_file: bool) -> Style:
    import shutil

    from evaltrail.check.formats import Style

    terminal = form.NAME == "text" and not to_file and sys.stdout.isatty()
    width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST) if terminal else 110
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(width=max(width, 40), colour=colour, wrap=terminal, confirmations=args.confirmations)


def _print(text: str, *, data: bool) -> None:
    from evaltrail.cli.output import write_standard

    encoding = "utf-8" if data else sys.stdout.encoding or "utf-8"
    write_standard(text.encode(encoding, "backslashreplace"))


def _repair(checked: Checked, target: Path | None) -> None:
    """Write the record with its repairs; each remark's are made whole or not at all."""
    from pydantic import ValidationError

    from evaltrail.cli.output import write_whole
    from evaltrail.cli.say import say
    from evaltrail.read.source import display_name
    from evaltrail.record import Conflict, edited

    record, made = checked.record, 0
    if target is None:
        return
    for remark in checked.report.remarks:
        if not remark.repair:
            continue
        try:
            record = edited(record, remark.repair)
        except Conflict as e:
            say(f"{checked.name}: {remark.rule} was not repaired: {e}")
        except ValidationError as e:
            say(f"{checked.name}: {remark.rule} was not repaired: the record would not be sound ({e.errors()[0]['msg']})")
        else:
            made += 1
            say(f"{checked.name}: {remark.rule} repaired: {'; '.join(_change(e) for e in remark.repair)}")
    write_whole(target, record.to_json(indent=None).encode("utf-8") + b"\n")
    count = f"{made} repair{'' if made == 1 else 's'}" if made else "nothing that could be repaired safely"
    say(f"{checked.name}: {count}; the record is in {display_name(target)}")


def _change(edit: Edit) -> str:
    """A repair in words: which field held what and holds what now."""
    words = [json.dumps(v, ensure_ascii=False) if v is not None else "nothing" for v in (edit.old, edit.new)]
    return f"{edit.pointer} held {words[0]} and now holds {words[1]}"
