"""What of a record comes back when the paper written from it is read again.

    python tools/round_trip.py RECORD.json… --to docx html pdf      # a row a record and format, then the differences by kind

Compared is what a reader of the paper can see: statements with their labels, criteria, fields, answers and actions, ratings, decisions with
their ranges, footnotes, answers to the whole. Pages, boxes, ids, and how a field came to its value are apart.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaltrail.read import read
from evaltrail.record import Record
from evaltrail.write import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.record import Action, AnyStatement, Evaluation

Seen = tuple[str, str, Any]
"""Kind of fact ('recommendation.priority'), what it is of, and its value."""


def seen(record: Record) -> Counter[Seen]:
    """Every visible fact of a record, counted."""
    facts: Counter[Seen] = Counter()
    for n, e in enumerate(record.evaluations):
        facts.update(_of_evaluation(f"part {n + 1}", e))
    for d in record.decisions:
        facts["decision", "", (d.paragraph, d.text, tuple((r.from_, r.to) for r in d.refers))] += 1
    for f in record.footnotes:
        facts["footnote", f.number, f.text] += 1
    return facts


def _of_evaluation(part: str, e: Evaluation) -> Iterator[Seen]:
    yield "evaluation", part, (e.label, e.title, e.period.from_, e.period.to)
    names = {s.id: (s.kind, s.number, s.text) for s in e.statements}
    for s in e.statements:
        yield from _of_statement(part, s, names)
    for r in e.ratings:
        yield "rating", part, (r.criterion, r.of, r.value, r.scale, r.as_printed)
    for o in e.overall_responses:
        yield "overall response", part, (o.text, o.verdict)


def _of_statement(part: str, s: AnyStatement, names: Mapping[str, tuple[str, str | None, str]]) -> Iterator[Seen]:
    of = f"{part}: {s.text}"
    yield s.kind, of, (s.number, names.get(s.parent) if s.parent else None)
    yield f"{s.kind}.label", of, s.label
    yield f"{s.kind}.criteria", of, s.criteria
    if s.kind == "recommendation":
        for field in ("responsible", "priority", "time", "resources"):
            yield f"recommendation.{field}", of, getattr(s, field)
            if field != "responsible":
                yield f"recommendation.{field} as printed", of, getattr(s.as_printed, field)
    if s.kind == "response":
        yield "response.verdict", of, s.verdict
        yield "response.prompt", of, s.prompt
        yield "response.answers", of, tuple(names.get(a.id) for a in s.answers)
        yield "response.actions", of, tuple(_of_action(a) for a in s.actions)


def _of_action(a: Action) -> tuple[str | None, ...]:
    return a.number, a.text, a.unit, a.due, a.status, a.deliverables, a.resources


def differences(before: Record, after: Record) -> list[tuple[str, Seen]]:
    """Facts that are only in one of two records: ('lost' or 'new', fact), by kind."""
    a, b = seen(before), seen(after)
    out = [("lost", f) for f in (a - b).elements()] + [("new", f) for f in (b - a).elements()]
    return sorted(out, key=lambda x: (x[1][0], x[1][1], x[0]))


def main() -> int:
    """Print the rows. Returns 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--to", nargs="+", default=["html", "docx", "pdf"])
    parser.add_argument("--as", dest="kind")
    parser.add_argument("--show", type=int, default=3, help="differences shown of each record")
    parser.add_argument("--keep", type=Path, help="folder for the written papers")
    args = parser.parse_args()
    kinds: Counter[str] = Counter()
    for path in args.records:
        before = Record.from_json(path.read_bytes())
        for to in args.to:
            data = written(before, to, kind=args.kind)
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{path.stem}.{to}").write_bytes(data)
            differ = differences(before, read(data, name=f"{path.stem}.{to}"))
            kinds.update(f"{to} {how} {fact[0]}" for how, fact in differ)
            print(f"{path.stem[:44]:44} {to:5} {sum(seen(before).values()):5} facts, {len(differ):4} differ")
            for how, (kind, of, value) in differ[: args.show]:
                print(f"    {how:4} {kind}: {value!r}"[:150] + f" [{of[:70]}]")
    for name, n in sorted(kinds.items()):
        print(f"{n:6} {name}")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
