"""What of a record comes back when the paper written from it is read again.

    python tools/round_trip.py RECORD.json… --to html docx pdf      # a row a record and format, then the differences by kind
    python tools/round_trip.py FOLDER --to html --count             # figures alone, for papers that nobody may look at

Compared are the facts that a reader of the paper can see (``evaltrail.record.facts``): statements with their labels, criteria, fields,
answers and actions, ratings, decisions with their ranges, numbered paragraphs, footnotes, answers to the whole.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from evaltrail.read import read
from evaltrail.record import Record, StatementKind, discrepancies, facts
from evaltrail.write import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Discrepancy


STATEMENTS = frozenset(get_args(StatementKind))


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """The records: files as named, of a folder every JSON in it."""
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


@dataclass(frozen=True)
class Change:
    """What is told of one difference: its kind, and the words before and after."""

    kind: str
    before: str
    after: str


def changes(found: Sequence[Discrepancy]) -> Iterator[Change]:
    """The differences, each told once: a statement whose words changed is paired with what it became and not told field by field."""
    lost = {d.fact.of: d.fact for d in found if d.lost and d.fact.kind in STATEMENTS}
    new = {d.fact.of: d.fact for d in found if not d.lost and d.fact.kind in STATEMENTS}
    gone, come = [of for of in lost if of not in new], [of for of in new if of not in lost]
    for of in gone:
        near = difflib.get_close_matches(of[:600], [n[:600] for n in come], 1, 0.5)
        became = next((n for n in come if near and n[:600] == near[0]), None)
        if became is None:
            yield Change(f"{lost[of].kind} gone", of, "")
        else:
            come.remove(became)
            yield Change(f"{lost[of].kind} in other words", *_apart(of, became))
    yield from (Change(f"{new[of].kind} come", "", of) for of in come)
    rest = [d for d in found if not (d.fact.of in (lost if d.lost else new) and (d.fact.of in lost) != (d.fact.of in new))]
    for (kind, _), group in groupby(rest, key=lambda d: (d.fact.kind, d.fact.of)):
        told = list(group)
        before, after = ([str(d.fact.value) for d in told if d.lost is way] for way in (True, False))
        yield from (Change(kind, *_apart(a, b)) for a, b in zip_longest(before, after, fillvalue=""))


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two texts from a little before where they part."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    lead = f"{before[:30]}… " if at > 70 else ""
    start = max(0, at - 40) if at > 70 else 0
    return lead + before[start:], lead + after[start:]


def main() -> int:
    """Print the rows. Returns 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--to", nargs="+", default=["html", "docx", "pdf"])
    parser.add_argument("--as", dest="kind")
    parser.add_argument("--show", type=int, default=3, help="differences shown of each record")
    parser.add_argument("--only", help="show those whose kind holds this word")
    parser.add_argument("--width", type=int, default=150, help="characters shown of a value")
    parser.add_argument("--count", action="store_true", help="show no words of the papers, nor their names")
    parser.add_argument("--keep", type=Path, help="folder for the written papers")
    args = parser.parse_args()
    kinds: Counter[str] = Counter()
    totals: dict[str, list[int]] = {to: [0, 0, 0, 0] for to in args.to}
    for path in files(args.records):
        before = Record.from_json(path.read_bytes())
        count = sum(facts(before).values())
        for to in args.to:
            data = written(before, to, kind=args.kind)
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{path.stem}.{to}").write_bytes(data)
            found = discrepancies(before, read(data, name=f"{path.stem}.{to}"))
            lost = sum(d.lost for d in found)
            told = list(changes(found))
            kinds.update(f"{to} {c.kind}" for c in told)
            totals[to] = [a + b for a, b in zip(totals[to], (1, not found, count, lost), strict=True)]
            if not args.count:
                print(f"{path.stem[:44]:44} {to:5} {count:5} facts, {lost:4} lost, {len(found) - lost:4} new")
                for c in [c for c in told if args.only is None or args.only in c.kind][: args.show]:
                    print(f"    {c.kind}\n      - {c.before[: args.width]!r}\n      + {c.after[: args.width]!r}")
    for name, n in sorted(kinds.items()):
        print(f"{n:6} {name}")
    for to, (papers, whole, count, lost) in totals.items():
        print(f"{to}: {whole} of {papers} papers whole, {1 - lost / max(count, 1):.2%} of {count} facts came back")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
