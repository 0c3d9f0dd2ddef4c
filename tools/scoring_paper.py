"""Scores the record of the governing-body paper against its labels, part by part: all that a careful reader takes from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scoring import begins_with, letters, names, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """How much of one thing that the labels have was read right."""

    of: int
    wrong: tuple[str, ...] = ()
    """Where: 'II.6' is number 6 of Part II."""
    surplus: int = 0
    """Read, but not there."""

    @property
    def right(self) -> int:
        """How many are right."""
        return self.of - len(self.wrong)

    @property
    def complete(self) -> bool:
        """All right and nothing too much."""
        return not self.wrong and not self.surplus


def score_paper(labels: Data, record: Data) -> dict[str, Part]:
    """Every part of the paper by its name."""
    paper = _Paper(labels, record)
    return {
        "paragraphs": paper.paragraphs(),
        "footnotes": paper.footnotes(),
        "evaluations and their periods": paper.periods(),
        "key findings": paper.findings(),
        "criteria of findings": paper.criteria(),
        "recommendations": paper.recommendations(),
        "responsible units": paper.units(),
        "priority": paper.field("priority"),
        "time": paper.field("time"),
        "resources": paper.field("resources"),
        "responses with their recommendation": paper.responses(),
        "verdicts": paper.verdicts(),
        "paragraph ranges of the decision": paper.ranges(),
        "quantities": paper.quantities(),
        "conclusions, lessons and good practices": paper.conclusions(),
    }


def where(label: Mapping[str, Any]) -> str:
    """Part and number of a label."""
    return f"{label['part']}.{label.get('number', label.get('recommendation'))}"


def _part(labels: Sequence[Data], right: Iterable[str], read: int = 0) -> Part:
    held = set(right)
    return Part(len(labels), tuple(where(x) for x in labels if where(x) not in held), max(0, read - len(labels)))


class _Paper:
    def __init__(self, labels: Data, record: Data) -> None:
        self.labels = labels
        self.record = record
        self.parts: dict[str, Data] = dict(zip((e["part"] for e in labels["evaluations"]), record["evaluations"], strict=False))
        self.numbered = {str(p["number"]): p["text"] for p in record["paragraphs"]}
        self.found = {kind: self._found(f"{kind}s", kind) for kind in ("finding", "recommendation")}

    def of_kind(self, part: str, kind: str) -> list[Data]:
        return [s for s in self.parts.get(part, {}).get("statements", []) if s["kind"] == kind and not s.get("parent")]

    def _found(self, name: str, kind: str) -> dict[str, Data]:
        """The one statement with a label's number and first words."""
        out: dict[str, Data] = {}
        for x in self.labels[name]:
            fits = [s for s in self.of_kind(x["part"], kind) if s["number"] == str(x["number"]) and begins_with(x["starts"], s["text"])]
            if len(fits) == 1:
                out[where(x)] = fits[0]
        return out

    def paragraphs(self) -> Part:
        wanted = self.labels["paragraphs"]
        wrong = tuple(n for n, start in wanted.items() if not begins_with(start, self.numbered.get(n)))
        return Part(len(wanted), wrong, max(0, len(self.record["paragraphs"]) - len(wanted)))

    def footnotes(self) -> Part:
        read = [str(f["number"]) for f in self.record["footnotes"]]
        wanted = [str(n) for n in range(1, self.labels["footnotes"] + 1)]
        return Part(len(wanted), tuple(n for n in wanted if n not in read), max(0, len(read) - len(wanted)))

    def periods(self) -> Part:
        wanted = self.labels["evaluations"]
        read = {part: [e["period"]["from"], e["period"]["to"]] for part, e in self.parts.items()}
        surplus = max(0, len(self.record["evaluations"]) - len(wanted))
        return Part(len(wanted), tuple(e["part"] for e in wanted if read.get(e["part"]) != e["period"]), surplus)

    def _read(self, kind: str) -> int:
        return sum(len(self.of_kind(part, kind)) for part in self.parts)

    def findings(self) -> Part:
        return _part(self.labels["findings"], self.found["finding"], self._read("finding"))

    def criteria(self) -> Part:
        wanted = self.labels["findings"]
        found = self.found["finding"]
        return _part(wanted, [w for x in wanted if (w := where(x)) in found and set(found[w]["criteria"]) == set(x["criteria"])])

    def recommendations(self) -> Part:
        return _part(self.labels["recommendations"], self.found["recommendation"], self._read("recommendation"))

    def units(self) -> Part:
        right = []
        for x in self.labels["recommendations"]:
            wanted, read = names(x["responsible"]), names(self.found["recommendation"].get(where(x), {}).get("responsible"))
            # A name that may be taken as one or as two is no fault.
            if read >= wanted and len(read) <= len(wanted) + 2:
                right.append(where(x))
        return _part(self.labels["recommendations"], right)

    def field(self, name: str) -> Part:
        right = []
        for x in self.labels["recommendations"]:
            s = self.found["recommendation"].get(where(x))
            if s is not None and letters(x[name]) in {letters(s["as_printed"].get(name)), letters(s.get(name))}:
                right.append(where(x))
        return _part(self.labels["recommendations"], right)

    def _answers(self) -> dict[str, Data]:
        out: dict[str, Data] = {}
        for x in self.labels["responses"]:
            asked = self.found["recommendation"].get(where(x), {}).get("id")
            for s in self.of_kind(x["part"], "response"):
                if asked and asked in [a["id"] for a in s["answers"]] and begins_with(x["starts"], s["text"]):
                    out.setdefault(where(x), s)
        return out

    def responses(self) -> Part:
        return _part(self.labels["responses"], self._answers(), self._read("response"))

    def verdicts(self) -> Part:
        answers = self._answers()
        wanted = self.labels["responses"]
        return _part(wanted, [w for x in wanted if (w := where(x)) in answers and answers[w]["verdict"] in verdicts(x)])

    def ranges(self) -> Part:
        wanted = self.labels["decision"]
        read = [
            [int(r["from"]), int(r["to"])]
            for d in self.record["decisions"]
            if d["paragraph"] == str(wanted["paragraph"])
            for r in d["refers"]
            if r["from"].isdigit() and r["to"].isdigit()
        ]
        surplus = len([r for r in read if r not in wanted["refers"]])
        return Part(len(wanted["refers"]), tuple(f"{a}–{b}" for a, b in wanted["refers"] if [a, b] not in read), surplus)

    def quantities(self) -> Part:
        wrong = []
        for at, value, unit in self.labels["quantities"]:
            word = letters(unit)[:7]
            hits = [
                q
                for q in self.record["quantities"]
                if q["value"] == value
                and word[:6] in letters(q["of"]) + letters(q["unit"])
                and (q["paragraph"] == at or not re.fullmatch(r"(fn)?\d+", at))
            ]
            if not hits:
                wrong.append(f"{at}: {value} {unit}")
        return Part(len(self.labels["quantities"]), tuple(wrong))

    def conclusions(self) -> Part:
        """The labels give ranges of paragraphs: each paragraph of them begins one statement, or goes on with the one before."""
        wrong: list[str] = []
        read = surplus = of = 0
        for part, (first, last) in self.labels["conclusion_paragraphs"].items():
            texts = [s["text"] for kind in ("conclusion", "lesson", "good_practice") for s in self.of_kind(part, kind)]
            inside = [str(n) for n in range(first, last + 1)]
            starts = {n: self.labels["paragraphs"][n] for n in inside}
            of += len(inside)
            read += len(texts)
            wrong += [f"{part} paragraph {n}" for n, start in starts.items() if not any(letters(start)[:30] in letters(t) for t in texts)]
            surplus += sum(not any(letters(start)[:30] in letters(t) for start in starts.values()) for t in texts)
        return Part(of, tuple(wrong), surplus)
