"""Measure what is proposed of papers: ``python tools/facets.py [develop|test] [--shared FOLDER] [--each]``.

Papers are those of ``tests/about/papers.toml``; beside them, titles of evaluations with the countries that their organisation gives
(``repository/iom_evaluations.csv``), halved by the SHA-256 of the title. Precision and recall of a half count proposals and labels.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.about import proposals
from evaltrail.about.names import find
from evaltrail.read import read
from evaltrail.record import DocumentInfo, Evaluation, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "tests" / "about" / "papers.toml"
SHARED = ROOT.parent / "shared"
HALVES = ("develop", "test")
LANGUAGES = {"English": "en", "French": "fr", "Spanish": "es", "Portuguese": "pt"}


@dataclass
class Score:
    """Counts of one kind in one half."""

    right: int = 0
    proposed: int = 0
    labelled: int = 0

    def add(self, proposed: Iterable[str], labelled: Iterable[str]) -> None:
        """Count one paper."""
        mine, theirs = set(proposed), set(labelled)
        self.right += len(mine & theirs)
        self.proposed += len(mine)
        self.labelled += len(theirs)

    @property
    def precision(self) -> float:
        """Share of what was proposed that is right; 1 where nothing was."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was proposed; 1 where nothing is."""
        return self.right / self.labelled if self.labelled else 1.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.2f} ({self.right} of {self.proposed}), recall {self.recall:.2f} ({self.right} of {self.labelled})"
        )


def half_of(name: str) -> str:
    """The half of a paper or title, by its name alone."""
    return "develop" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else "test"


def papers(half: str, shared: Path, *, each: bool = False, known: Mapping[str, Record] | None = None) -> dict[str, Score]:
    """Countries and goals of the labelled papers of a half; those that are ``known`` by their names are not read again."""
    scores = {"country": Score(), "sdg": Score()}
    for name, labels in tomllib.loads(LABELS.read_text(encoding="utf-8"))[half].items():
        made = proposals((known or {}).get(name) or read(next((shared / "reports").glob(f"{name}.*"))))
        for kind, wanted in (("country", labels["countries"]), ("sdg", labels["sdgs"])):
            own = sorted({p.value for p in made if p.kind == kind})
            scores[kind].add(own, wanted)
            if each and own != wanted:
                print(f"  {name} {kind}: {own}, labelled {wanted}")
                for p in made:
                    if p.kind == kind and p.value not in wanted:
                        print(f"      {p.value} {p.ground} {p.score}: {p.words}")
    return scores


def titles(half: str, shared: Path, *, each: bool = False) -> tuple[Score, Score]:
    """Countries told from titles alone: of all evaluations that have countries, and of those whose title names one of them."""
    every, naming = Score(), Score()
    with (shared / "repository" / "iom_evaluations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file) if half_of(r["Title"]) == half]
    for row in rows:
        language = LANGUAGES.get(row["Languages"].split(",")[0].strip(), "en")
        labelled = {m.code for m in find(row["Countries Covered"], "en") if m.code}
        record = Record(document=DocumentInfo(title=row["Title"], language=language), evaluations=(Evaluation(id="1", title=row["Title"]),))
        own = {p.value for p in proposals(record) if p.kind == "country"}
        if not labelled and row["Evaluation Coverage"] in {"Country", "Multi-country"}:
            continue
        every.add(own, labelled)
        named = {m.code for m in find(row["Title"], language) if m.code}
        naming.add(own, labelled & named)
        if each and (own - labelled or labelled & named - own):
            print(f"  {row['Title'][:150]!r}: {sorted(own)}, given {sorted(labelled)}")
    return every, naming


def main() -> int:
    """Print the figures of a half, or of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", choices=HALVES)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--each", action="store_true", help="print what is wrong or missing")
    asked = parser.parse_args()
    if not (asked.shared / "reports").is_dir():
        print(f"{asked.shared} is not there: the papers lie beside the repository", file=sys.stderr)
        return 2
    for half in [asked.half] if asked.half else HALVES:
        for kind, score in papers(half, asked.shared, each=asked.each).items():
            print(f"{half}, papers, {kind}: {score}")
        every, naming = titles(half, asked.shared, each=asked.each)
        print(f"{half}, titles alone, country: {every}")
        print(f"{half}, titles alone, of those that the title names: recall {naming.recall:.2f} ({naming.right} of {naming.labelled})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
