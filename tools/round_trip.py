"""What of a record comes back when the paper written from it is read again.

    python tools/round_trip.py RECORD.json… --to html docx pdf      # a row a record and format, then the differences by kind
    python tools/round_trip.py FOLDER --to html --count             # figures alone, for papers that nobody may look at

Compared are the facts that a reader of the paper can see (``evaltrail.record.facts``): statements with their labels, criteria, fields,
answers and actions, ratings, decisions with their ranges, numbered paragraphs, footnotes, answers to the whole.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.read import read
from evaltrail.record import Record, discrepancies, facts
from evaltrail.write import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Discrepancy


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """The records: files as named, of a folder every JSON in it."""
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


def show(found: Sequence[Discrepancy], most: int, width: int, kind: str | None) -> None:
    """Print the first differences."""
    for d in [d for d in found if kind is None or kind in d.fact.kind][:most]:
        print(f"    {'lost' if d.lost else 'new '} {d.fact.kind}: {d.fact.value!r}"[:width] + f" [{d.fact.of[: width // 2]}]")


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
            kinds.update(f"{to} {'lost' if d.lost else 'new'} {d.fact.kind}" for d in found)
            totals[to] = [a + b for a, b in zip(totals[to], (1, not found, count, lost), strict=True)]
            if not args.count:
                print(f"{path.stem[:44]:44} {to:5} {count:5} facts, {lost:4} lost, {len(found) - lost:4} new")
                show(found, args.show, args.width, args.only)
    for name, n in sorted(kinds.items()):
        print(f"{n:6} {name}")
    for to, (papers, whole, count, lost) in totals.items():
        print(f"{to}: {whole} of {papers} papers whole, {1 - lost / max(count, 1):.2%} of {count} facts came back")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
