"""Labels of messages: what a reader who did not write the rule said of each message on real papers.

``tests/check/labels/<code>.csv``, a row a message: the rule's version when it was labelled, the paper's short name, the message's
fingerprint, the label (true, false or arguable), and for the last two why, in words of the reader and never of the paper.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "check" / "labels"
FIELDS = ("version", "paper", "fingerprint", "label", "why")
WORDS = ("true", "false", "arguable")
NEEDED, NEEDED_PAPERS, NEEDED_PRECISION = 20, 5, 0.9
"""What a stable rule needs: labelled messages, papers that they are from, and the share of them that is true."""


@dataclass(frozen=True, slots=True)
class Label:
    """One message's label."""

    rule: str
    version: int
    paper: str
    fingerprint: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """What the labels of one rule amount to; an arguable message counts as a false one."""

    true: int = 0
    false: int = 0
    arguable: int = 0
    papers: int = 0

    @property
    def messages(self) -> int:
        """Messages that are labelled."""
        return self.true + self.false + self.arguable

    @property
    def share(self) -> float | None:
        """Share of the labelled messages that are true; None without any."""
        return self.true / self.messages if self.messages else None

    @property
    def enough(self) -> bool:
        """Whether the rule may be stable."""
        return self.messages >= NEEDED and self.papers >= NEEDED_PAPERS and (self.share or 0) >= NEEDED_PRECISION


def load(folder: Path = FOLDER) -> list[Label]:
    """All labels. Raises ``ValueError`` for a word that is no label."""
    out: list[Label] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f):
                if row["label"] not in WORDS:
                    raise ValueError(f"{path.name}: “{row['label']}” is no label; labels are {', '.join(WORDS)}")
                out.append(Label(path.stem, int(row["version"]), row["paper"], row["fingerprint"], row["label"], row["why"]))
    return out


def save(labels: Iterable[Label], folder: Path = FOLDER) -> None:
    """Write labels, a file a rule; files of rules that have none any more are removed."""
    by_rule: dict[str, list[Label]] = defaultdict(list)
    for one in labels:
        by_rule[one.rule].append(one)
    folder.mkdir(parents=True, exist_ok=True)
    for stale in set(folder.glob("*.csv")) - {folder / f"{rule}.csv" for rule in by_rule}:
        stale.unlink()
    for rule, own in by_rule.items():
        with (folder / f"{rule}.csv").open("w", encoding="utf-8", newline="") as f:
            writer = csv.writer(f, lineterminator="\n")
            writer.writerow(FIELDS)
            writer.writerows(
                (x.version, x.paper, x.fingerprint, x.label, x.why) for x in sorted(own, key=lambda x: (x.paper, x.fingerprint))
            )


def precision(labels: Iterable[Label], versions: Mapping[str, int]) -> dict[str, Precision]:
    """Precision by rule, from the labels that were given to its present version."""
    by_rule: dict[str, list[Label]] = defaultdict(list)
    for one in labels:
        if versions.get(one.rule) == one.version:
            by_rule[one.rule].append(one)
    return {
        rule: Precision(
            true=sum(x.label == "true" for x in own),
            false=sum(x.label == "false" for x in own),
            arguable=sum(x.label == "arguable" for x in own),
            papers=len({x.paper for x in own}),
        )
        for rule, own in by_rule.items()
    }
