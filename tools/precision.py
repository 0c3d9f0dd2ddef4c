"""Measure how often the rules are right, on all real papers, against what readers said of each message.

    python tools/precision.py                   the figures, rule by rule, and how many messages have no label yet
    python tools/precision.py --todo DIR        the messages without a label, for a reader: a JSON file a paper, with the words around
    python tools/precision.py --take DIR        take the labels that a reader has put into such files
    python tools/precision.py --write           keep the labels of messages that are still given, and write docs/precision.md anew

The papers are in the folder that ``EVALTRAIL_SHARED`` names, or in ``../shared`` beside the repository.  What is kept says nothing of a
paper's words: a message is known by its fingerprint.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import accuracy
import labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.check.report import Remark
    from evaltrail.record import Place, Record

TODAY = date(2026, 11, 1)
"""The day of all checks, so that a label holds on every day."""
PAGE = accuracy.ROOT / "docs" / "precision.md"
AROUND = 300
"""Characters of a page shown to a reader on either side of a message's place."""


@dataclass(frozen=True, slots=True)
class Given:
    """A message on a paper."""

    paper: str
    remark: Remark
    context: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What a label is known by."""
        return self.remark.rule, self.paper, self.remark.fingerprint


def documents(shared: Path) -> list[Path]:
    """All papers that messages are judged on."""
    folders = (shared / "reports", shared / "unlabelled", shared / "paper")
    found = [f for folder in folders for f in sorted(folder.rglob("*")) if f.suffix in (".pdf", ".html", ".md", ".txt", ".docx")]
    return [f for f in found if f.name != "SOURCES.md"]


def messages(files: Sequence[Path], jobs: int | None = None, read: Mapping[Path, bytes] | None = None) -> list[Given]:
    """Every message on every paper; those that have been ``read`` come as records."""
    from evaltrail.check import check
    from evaltrail.link import linked
    from evaltrail.read.batch import read_many
    from evaltrail.record import Record

    records = dict(read or {})
    unread = [f for f in files if f not in records]
    records |= {f: r.json for f, r in zip(unread, read_many(unread, jobs=jobs), strict=True) if r.json is not None}
    out: list[Given] = []
    for file in files:
        if file not in records:
            continue
        record = linked(Record.from_json(records[file]))
        report = check(record, today=TODAY)
        for failed in report.failed:
            print(f"{file.name}: {failed.rule} broke off: {failed.fault}", file=sys.stderr)
        out += [Given(file.stem, r, context(record, r.places)) for r in report.remarks]
    return out


def context(record: Record, places: Sequence[Place]) -> str:
    """The words around a message's first place, the place itself between ⟦ and ⟧."""
    if not places:
        return ""
    p = places[0]
    text = record.pages[p.page - 1].text
    before, after = text[max(0, p.start - AROUND) : p.start], text[p.end : p.end + AROUND]
    return f"{before}⟦{text[p.start : p.end]}⟧{after}"


def todo(given: Sequence[Given], have: Sequence[labels.Label], folder: Path) -> int:
    """Write the messages without a label, a file a paper; return how many."""
    known = {(x.rule, x.paper, x.fingerprint) for x in have}
    missing = [g for g in given if g.key not in known]
    folder.mkdir(parents=True, exist_ok=True)
    for paper in dict.fromkeys(g.paper for g in missing):
        rows = [
            {
                "rule": g.remark.rule,
                "fingerprint": g.remark.fingerprint,
                "version": g.remark.version,
                "message": g.remark.message,
                "page": g.remark.places[0].page if g.remark.places else None,
                "context": g.context,
                "related": [r.text for r in g.remark.related],
                "proposal": g.remark.proposal,
                "label": "",
                "why": "",
            }
            for g in missing
            if g.paper == paper
        ]
        (folder / f"{paper}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(missing)


def take(folder: Path) -> list[labels.Label]:
    """The labels that a reader has put into the files of ``todo``."""
    rows = [(path.stem, row) for path in sorted(folder.glob("*.json")) for row in json.loads(path.read_text(encoding="utf-8"))]
    return [
        labels.Label(row["rule"], row["version"], stem, row["fingerprint"], row["label"], row["why"].strip())
        for stem, row in rows
        if row["label"] in labels.WORDS
    ]


def still_given(given: Sequence[Given], have: Sequence[labels.Label]) -> list[labels.Label]:
    """The labels of messages that are given still, with the version of the rule that gives them now."""
    known = {(x.rule, x.paper, x.fingerprint): x for x in have}
    out: dict[tuple[str, str, str], labels.Label] = {}
    for g in given:
        if g.key in known:
            x = known[g.key]
            out[g.key] = labels.Label(x.rule, g.remark.version, x.paper, x.fingerprint, x.label, x.why)
    return list(out.values())


def table(given: Sequence[Given], have: Sequence[labels.Label]) -> str:
    """The table of all rules as Markdown."""
    from evaltrail.check.rule import rules

    known = rules()
    measured = labels.precision(have, {code: r.rule.version for code, r in known.items()})
    count = Counter(g.remark.rule for g in given)
    labelled = {(x.rule, x.paper, x.fingerprint) for x in have}
    open_ = Counter(g.remark.rule for g in given if g.key not in labelled)
    lines = [
        "| rule | fault | status | messages | papers | true | false | arguable | not labelled | precision |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for code, rule in known.items():
        p = measured.get(code, labels.Precision())
        share = f"{p.share:.2f}" if p.share is not None else "–"
        link = f"[{code}](reference/rules/{code}.md)"
        cells = (
            link,
            rule.title.replace("|", "\\|"),
            rule.rule.status,
            count[code],
            p.papers,
            p.true,
            p.false,
            p.arguable,
            open_[code],
            share,
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def summary(given: Sequence[Given], have: Sequence[labels.Label], papers: int) -> str:
    """The totals in a sentence."""
    from evaltrail.check.rule import rules

    known = rules()
    measured = labels.precision(have, {code: r.rule.version for code, r in known.items()})
    stable = {code for code, r in known.items() if r.rule.status == "stable"}

    def share(codes: set[str]) -> str:
        true = sum(measured[c].true for c in codes if c in measured)
        total = sum(measured[c].messages for c in codes if c in measured)
        return f"{true} of {total} ({true / total:.2f})" if total else "none"

    aside = accuracy.held_out()
    unseen = [x for x in have if x.paper in aside]
    seen = [x for x in have if x.paper not in aside]

    def true(some: Sequence[labels.Label]) -> str:
        return f"{sum(x.label == 'true' for x in some)} of {len(some)} ({sum(x.label == 'true' for x in some) / max(len(some), 1):.2f})"

    return (
        f"{papers} papers, {len(given)} messages of {len({g.remark.rule for g in given})} rules out of {len(known)}. "
        f"Of the labelled messages {share(set(known))} are true; of those of the {len(stable)} stable rules {share(stable)}. "
        f"On the papers that the rules were tried on while they were written {true(seen)} are true, on the {len(aside)} set aside, "
        f"which nobody who wrote rules had looked at, {true(unseen)}."
    )


def write(path: Path, blocks: dict[str, str]) -> None:
    """Put each text between its marks."""
    text = path.read_text(encoding="utf-8")
    for name, block in blocks.items():
        mark = re.compile(rf"(<!-- measured: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
        text = mark.sub(lambda m, block=block: f"{m[1]}{block}\n{m[2]}", text)  # type: ignore[misc]
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--todo", metavar="DIR", type=Path)
    parser.add_argument("--take", metavar="DIR", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--jobs", type=int)
    args = parser.parse_args()
    shared = accuracy.shared_folder()
    if not shared.is_dir():
        print(f"{shared} is not there; EVALTRAIL_SHARED names the folder of papers", file=sys.stderr)
        return 2
    have = labels.load()
    if args.take:
        fresh = {(x.rule, x.paper, x.fingerprint): x for x in [*have, *take(args.take)]}
        have = list(fresh.values())
        labels.save(have)
    papers = documents(shared)
    given = messages(papers, args.jobs)
    if args.todo:
        print(f"{todo(given, have, args.todo)} messages without a label in {args.todo}")
    if args.write:
        have = still_given(given, have)
        labels.save(have)
        write(PAGE, {"rules": table(given, have), "total": summary(given, have, len(papers))})
    print(summary(given, have, len(papers)))
    print(table(given, have))
    return 0


if __name__ == "__main__":
    os.nice(5)
    sys.exit(main())
