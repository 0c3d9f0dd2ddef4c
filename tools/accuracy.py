"""Measure reading against the labelled papers and write the tables of ``docs/accuracy.md`` and the figures of the README anew.

    python tools/accuracy.py [--records DIR] [--jobs N]

The papers and their labels are in the folder that ``EVALTRAIL_SHARED`` names, or in ``../shared`` beside the repository: ``gold/x.json``
holds the labels of ``reports/x.*`` or ``paper/x.*``.  ``--records`` keeps the records there.  Only what stands between the marks
``<!-- measured: NAME -->`` and ``<!-- end -->`` is written; the words around them are a person's.

Of the papers that are set aside (``tests/reading/held_out.txt``) nothing comes out of here but numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring import KINDS, Score, field_share, macro_f1, score, strays, total
from scoring_paper import score_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
README = ROOT / "README.md"
PAPER = "gb340_pfa_7"
LANGUAGES = ("en", "fr", "es", "pt")
"""Languages that reading is made for; papers in others are measured apart."""
TARGETS = {"findings": 0.85, "conclusions": 0.80, "lessons": 0.80, "recommendations": 0.92, "responses": 0.92, "ratings": 0.85}
FIELD_TARGET = 0.92
FIELD_NAMES = {
    "responsible": "responsible units, as sets",
    "priority": "priority",
    "time": "time",
    "resources": "resources",
    "verdict": "verdict of a response",
}
_DOCUMENTS = (".pdf", ".html", ".md", ".txt", ".docx")


@dataclass(frozen=True, slots=True)
class Paper:
    """A labelled paper and where its file is."""

    stem: str
    file: Path
    labels: dict[str, Any] = field(repr=False)
    held_out: bool

    @property
    def organisation(self) -> str:
        """Who published it, in short."""
        return re.split(r" \(|,", self.labels.get("organisation", "ILO"))[0].strip()

    @property
    def foreign(self) -> bool:
        """In a language that reading is not made for."""
        return self.labels.get("language", "en") not in LANGUAGES


@dataclass(frozen=True, slots=True)
class Measured:
    """A paper with what reading it was worth."""

    paper: Paper
    score: Score
    parts: dict[str, Any]


def shared_folder() -> Path:
    """The folder of labelled papers; it may not exist."""
    return Path(os.environ.get("EVALTRAIL_SHARED") or ROOT.parent / "shared")


def held_out() -> frozenset[str]:
    """Stems of the papers that were set aside."""
    lines = (ROOT / "tests" / "reading" / "held_out.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def papers(shared: Path) -> list[Paper]:
    """All labelled papers whose file is there, in the order of their names."""
    aside = held_out()
    files = {f.stem: f for folder in ("reports", "paper") for f in sorted((shared / folder).glob("*")) if f.suffix in _DOCUMENTS}
    found = []
    for path in sorted((shared / "gold").glob("*.json")):
        if path.stem in files:
            labels = json.loads(path.read_text(encoding="utf-8"))
            found.append(Paper(path.stem, files[path.stem], labels, path.stem in aside))
    return found


def read_papers(found: Sequence[Paper], jobs: int | None = None) -> Iterator[tuple[Paper, bytes | None]]:
    """Each paper with its record as JSON; None where it could not be read."""
    from evaltrail.read.batch import read_many

    for paper, reading in zip(found, read_many([p.file for p in found], jobs=jobs), strict=True):
        yield paper, reading.json


def measure(paper: Paper, record: bytes | None) -> Measured:
    """Score one paper's record."""
    data = json.loads(record) if record is not None else None
    parts = score_paper(paper.labels, data) if paper.stem == PAPER and data is not None else {}
    return Measured(paper, score(paper.labels, data), parts)


@dataclass(frozen=True, slots=True)
class Groups:
    """Papers that the recognisers were settled on, those set aside, and those in other languages."""

    settled: tuple[Measured, ...]
    held_out: tuple[Measured, ...]
    foreign: tuple[Measured, ...]

    @classmethod
    def of(cls, measured: Sequence[Measured]) -> Groups:
        """Put every paper into its group."""
        ours = [m for m in measured if not m.paper.foreign]
        return cls(
            tuple(m for m in ours if not m.paper.held_out),
            tuple(m for m in ours if m.paper.held_out),
            tuple(m for m in measured if m.paper.foreign),
        )


def scores(group: Sequence[Measured]) -> list[Score]:
    """The scores alone."""
    return [m.score for m in group]


def surplus(group: Sequence[Measured]) -> tuple[int, int, int]:
    """What was read of kinds that the labels do not have: strays, documents that are no traps, and what was read in traps.

    The governing-body paper is left out here: its conclusions are labelled as ranges of paragraphs, which count for nothing above.
    """
    others = [m.score for m in group if m.paper.stem != PAPER]
    stray = sum(strays(others, kind, trap=False)[0] for kind in KINDS)
    trap = sum(strays(others, kind, trap=True)[0] for kind in KINDS)
    paper = sum(m.parts["conclusions, lessons and good practices"].surplus for m in group if m.parts)
    return stray + paper, sum(not m.score.trap for m in group), trap


def number(value: float | None) -> str:
    """Two decimals, cut rather than rounded up to a target; a dash for nothing."""
    return "–" if value is None else f"{int(value * 100 + 1e-9) / 100:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def summary(groups: Groups) -> str:
    """Macro F1 of each kind on both groups, the gap, and the target."""
    rows = []
    for kind in KINDS:
        settled, aside = macro_f1(scores(groups.settled), kind), macro_f1(scores(groups.held_out), kind)
        counts = [sum(bool(m.score.kinds[kind].labels) for m in group) for group in (groups.settled, groups.held_out)]
        gap = None if settled is None or aside is None else settled - aside
        both = macro_f1([*scores(groups.settled), *scores(groups.held_out)], kind)
        row = (f"{number(settled)} ({counts[0]})", f"{number(aside)} ({counts[1]})", "–" if gap is None else f"{gap:+.2f}")
        rows.append((kind.replace("_", " "), *row, number(both), number(TARGETS.get(kind))))
    return table(("kind", "settled (papers)", "set aside (papers)", "gap", "all", "target"), rows)


def fields(groups: Groups) -> str:
    """Shares of fields and verdicts that are right."""
    rows = []
    for name, words in FIELD_NAMES.items():
        shares = [field_share(scores(group), name) for group in (groups.settled, groups.held_out)]
        both = shares[0] + shares[1]
        cells = [f"{number(s.share)} ({s.right}/{s.of})" if s.of else "–" for s in (*shares, both)]
        rows.append((words, *cells, number(FIELD_TARGET)))
    return table(("field", "settled", "set aside", "all", "target"), rows)


def nothing_there(groups: Groups) -> str:
    """Statements of kinds that the labels do not have."""
    rows = []
    for words, group in (("settled", groups.settled), ("set aside", groups.held_out)):
        stray, documents, trap = surplus(group)
        traps = sum(m.score.trap for m in group)
        rows.append(
            (words, str(documents), str(stray), number(stray / documents if documents else None), str(traps), str(trap) if traps else "–")
        )
    rows.append(("target", "", "", "1.00", "", "0"))
    return table(("papers", "papers, no traps", "read, none labelled", "a paper", "traps", "read in traps"), rows)


def governing_body(groups: Groups) -> str:
    """The governing-body paper in all its parts."""
    parts = next((m.parts for m in groups.settled if m.parts), {})
    rows = [(name, f"{p.right}/{p.of}", str(p.surplus), ", ".join(p.wrong[:6])) for name, p in parts.items()]
    return table(("part", "right", "too much", "not as labelled"), rows)


def paper_by_paper(group: Sequence[Measured]) -> str:
    """F1 and hits/labels/read of every paper and kind; empty where there is nothing on either side."""
    rows = []
    for m in group:
        cells = []
        for kind in KINDS:
            c = m.score.kinds[kind]
            cells.append("" if c.f1 is None else f"{number(c.f1)} {c.hits}/{c.labels}/{c.read}")
        remark = " (trap)" if m.score.trap else "" if m.score.was_read else " (not read)"
        rows.append((f"`{m.paper.stem}` {m.paper.organisation}{remark}", *cells))
    together = []
    for kind in KINDS:
        c = total(scores(group), kind)
        together.append("" if c.f1 is None else f"{number(c.f1)} {c.hits}/{c.labels}/{c.read}")
    return table(("paper", *(k.replace("_", " ") for k in KINDS)), [*rows, ("**all together**", *together)])


def in_a_line(groups: Groups) -> str:
    """The figures in a sentence for the README."""
    kinds = ("recommendations", "responses", "findings", "conclusions", "lessons", "ratings")
    pairs = (
        f"{kind} {number(macro_f1(scores(groups.settled), kind))} / {number(macro_f1(scores(groups.held_out), kind))}" for kind in kinds
    )
    counts = f"{len(groups.settled)} labelled papers that it was built on / {len(groups.held_out)} set aside"
    return f"Mean F1 over {counts}: {', '.join(pairs)}."


TABLES: dict[str, Callable[[Groups], str]] = {
    "summary": summary,
    "fields": fields,
    "nothing there": nothing_there,
    "governing body": governing_body,
    "settled": lambda g: paper_by_paper(g.settled),
    "set aside": lambda g: paper_by_paper(g.held_out),
    "other languages": lambda g: paper_by_paper(g.foreign),
}
_MARKED = re.compile(r"(<!-- measured: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def rewritten(page: str, made: dict[str, Callable[[Groups], str]], groups: Groups) -> str:
    """A page with what stands between its marks made anew."""
    marked = {name for _, name, _ in _MARKED.findall(page)}
    if marked != set(made):
        raise ValueError(f"the page and what is made for it differ in {sorted(marked ^ set(made))}")
    return _MARKED.sub(lambda m: f"{m[1]}\n{made[m[2]](groups)}\n\n{m[3]}", page)


def main() -> int:
    """Read, score, write; 1 where the papers are not there or one could not be read."""
    parser = argparse.ArgumentParser(description="Measure reading against the labelled papers and write docs/accuracy.md anew.")
    parser.add_argument("--records", type=Path, help="keep the records in this folder")
    parser.add_argument("--jobs", type=int, help="processes at once")
    options = parser.parse_args()
    shared = shared_folder()
    if not (shared / "gold").is_dir():
        print(f"The labelled papers are not there: {shared} (or set EVALTRAIL_SHARED).", file=sys.stderr)
        return 1
    measured = []
    for paper, record in read_papers(papers(shared), options.jobs):
        measured.append(measure(paper, record))
        if options.records and record is not None:
            options.records.mkdir(parents=True, exist_ok=True)
            (options.records / f"{paper.stem}.json").write_bytes(record)
    groups = Groups.of(measured)
    pages: tuple[tuple[Path, dict[str, Callable[[Groups], str]]], ...] = ((PAGE, TABLES), (README, {"in a line": in_a_line}))
    for page, made in pages:
        page.write_text(rewritten(page.read_text(encoding="utf-8"), made, groups), encoding="utf-8")
    print(summary(groups), fields(groups), nothing_there(groups), governing_body(groups), sep="\n\n")
    unread = [m.paper.stem for m in measured if not m.score.was_read]
    if unread:
        print("not read: " + ", ".join(unread), file=sys.stderr)
    return 1 if unread else 0


if __name__ == "__main__":
    sys.exit(main())
