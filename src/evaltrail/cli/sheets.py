"""``evaltrail check --sheet``: a quality sheet for one paper, with the judgements of one that was filled in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date

    from evaltrail.check.profile import Profile
    from evaltrail.cli.progress import Bar
    from evaltrail.record import Record

    Others = Callable[[Bar], Sequence[tuple[str, Record]]]


def refuse_strays(args: argparse.Namespace) -> None:
    """Options that would do nothing are refused, so that nobody waits for what they ask for. Raises ``Refused``."""
    from evaltrail.cli.output import Refused

    if args.sheet is None:
        if args.judgements is not None:
            raise Refused("judgements enter a sheet. Say which with --sheet P")
        return
    if args.profile != "evaltrail":
        raise Refused("a sheet is filled in against its own profile. Give --sheet or --profile, not both")
    if args.format != "text":
        raise Refused("a sheet is written as the ending of its file says. Leave --format out and give -o sheet.docx")
    if args.fix is not None:
        raise Refused("a sheet repairs nothing. Give --sheet or --fix, not both")
    if args.output is None:
        raise Refused("a sheet needs a file to go to. Give one with -o sheet.docx")
    if len(args.files) > 1:
        raise Refused(f"a sheet is about one paper, and {len(args.files)} are given. Make a sheet for each")


def make(args: argparse.Namespace, profile: Profile, today: date | None, others: Others, bar: Bar) -> int:
    """Fill in the sheet and write it. 0: whole; 3: parts of the paper could not be read or rules broke off; 2: it could not be read.

    Raises ``Refused`` of the output or of the profile, before the paper is read.
    """
    from evaltrail.check import check, sheets
    from evaltrail.check.sheet import TAKEN_FOR, counted, sheet
    from evaltrail.check.told import sheet_in
    from evaltrail.cli.output import plan, write_whole
    from evaltrail.cli.papers import given
    from evaltrail.cli.say import say

    target = Path(args.output)
    sheets.writable(args.output)
    _refuse_unfit(profile, args)
    judged = sheets.judgements(args.judgements).fitted(profile) if args.judgements is not None else None
    plan(args.files, args.output)
    corpus = others(bar)
    (one,) = given(args.files, args, bar)
    if one.record is None:
        return 2
    report = check(one.record, profile=profile, genre=args.kind, today=today, corpus=corpus)
    filled = sheet(one.record, profile, report=report, judgements=judged)
    write_whole(target, sheets.written(sheet_in(filled, args.language), args.output))
    bar.clear()
    for failed in report.failed:
        say(f"{one.name}: the rule {failed.rule} broke off and its remarks are missing ({failed.fault}). Please report it")
    for note in filled.notes:
        say(f"{args.judgements}: {note[0].lower()}{note[1:]}")
    if 2 * sum(1 for r in filled.rows if r.found == "not applicable") > len(filled.rows):
        say(f"{one.name}: taken for {TAKEN_FOR[filled.genre]}, so most items do not apply. If it is another kind, say so with --kind")
    if not args.quiet:
        say(f"{one.name}: {'; '.join(f'{n} {w}' for w, n in counted(filled))}. {filled.score.in_words}")
    return 3 if one.losses or report.failed else 0


def _refuse_unfit(profile: Profile, args: argparse.Namespace) -> None:
    from evaltrail.check.profile import load, names
    from evaltrail.cli.output import Refused

    if not profile.items:
        able = ", ".join(n for n in names() if load(n).items)
        raise Refused(f"the profile “{profile.name}” has no checklist, so no sheet can be made of it. Profiles with one: {able}")
    if args.judgements is not None and os.path.realpath(args.judgements) == os.path.realpath(args.output):
        raise Refused(f"{args.output} holds the judgements and would be overwritten. Give another place with -o")
