"""Measure how many planted faults the rules find, fault by fault.

    python tools/recall.py                     the figures
    python tools/recall.py --examples 200      with so many papers a fault
    python tools/recall.py --missed REC RES    the papers of these rules' faults that were missed, with what was planted
    python tools/recall.py --write             write the table in docs/recall.md anew

The clean papers and the faults are those of ``tests/check/mutations``, which know nothing of the rules.  A fault counts as found when
the rule says something of the paper with the fault and nothing of the same paper without it.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.check.profile import Profile
    from evaltrail.check.report import Remark
    from evaltrail.record import Record

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "recall.md"
TARGET = 0.95
EXAMPLES = 25
"""Papers that a kind of fault is planted in, for the table."""
POOL = 12
"""Clean papers of a kind; more when there are many examples."""


def mutations(module: str = "") -> Any:
    """A module of the clean papers and their faults; loaded by its path, as tests are no package on the path."""
    name = "recall_mutations"
    if name not in sys.modules:
        folder = ROOT / "tests" / "check" / "mutations"
        spec = importlib.util.spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
        if spec is None or spec.loader is None:
            raise FileNotFoundError(folder)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return importlib.import_module(f"{name}.{module}") if module else sys.modules[name]


@dataclass(slots=True)
class Count:
    """What became of one fault's examples."""

    planted: int = 0
    found: int = 0
    alarms: int = 0
    """The rule spoke of the clean paper already, which counts as not found."""
    missed: list[str] = field(default_factory=list)
    """What was planted and not found."""

    @property
    def recall(self) -> float | None:
        """The share that was found."""
        return self.found / self.planted if self.planted else None


@cache
def _only(code: str) -> Profile:
    from evaltrail.check.profile import Profile, Selection

    return Profile(name="one-rule", title="One rule", version="1", rules=Selection(select=(code,)))


def remarks(draft: Any, code: str) -> tuple[Remark, ...]:
    """What a rule says of a draft's paper, read as any paper is."""
    from evaltrail.check.run import check

    record = _spoilt(_record(mutations("compose").compose(draft)), draft)
    corpus = [(name, _record(text)) for name, text in draft.corpus]
    return check(record, profile=_only(code), genre=draft.genre, today=_day(draft), corpus=corpus).remarks


def _spoilt(record: Record, draft: Any) -> Record:
    """The record with those faults of the draft that Markdown cannot have."""
    from evaltrail.record import Diagnostic

    said = tuple(Diagnostic(code=c, message=m) for c, m in draft.diagnostics)
    changes: dict[str, Any] = {"diagnostics": (*record.diagnostics, *said)}
    if draft.lost_notes:
        changes["footnotes"] = record.footnotes[:1] + record.footnotes[2:]
    if draft.lost_marks:
        lost = record.footnotes[1].number
        changes["footnotes"] = tuple(f.model_copy(update={"marks": ()}) if f.number == lost else f for f in record.footnotes)
        kept = [p.model_copy(update={"marks": tuple(m for m in p.marks if m.number != lost)}) if p.marks else p for p in record.passages]
        changes["passages"] = tuple(kept)
    return record.model_copy(update=changes)


@cache
def of_clean(maker: str, seed: int, code: str) -> tuple[Remark, ...]:
    """What a rule says of a clean paper; each is read once."""
    from evaltrail.check.run import check

    draft, record = _clean(maker, seed)
    return check(record, profile=_only(code), genre=draft.genre, today=_day(draft)).remarks


@cache
def _clean(maker: str, seed: int) -> tuple[Any, Record]:
    module = mutations({"summary": "governing", "french": "french"}.get(maker, "clean"))
    draft = getattr(module, maker)(seed)
    return draft, _record(mutations("compose").compose(draft))


def _record(text: str) -> Record:
    from evaltrail.link import linked
    from evaltrail.read import read

    return linked(read(text.encode(), name="paper.md"))


def _day(draft: Any) -> date:
    """The last day of the paper's own year: dates to come are still to come."""
    return date(int(draft.facts["paper"]), 12, 31)


def try_one(fault: Any, seed: int, rng: Random, count: Count) -> bool:
    """Plant a fault in the clean paper of a seed and look whether it is found; False where it cannot be planted there."""
    draft = _clean(fault.maker, seed)[0].copy()
    try:
        what = fault.plant(draft, rng)
    except mutations("draft").NotHere:
        return False
    count.planted += 1
    spoken = of_clean(fault.maker, seed, fault.code)
    if spoken:
        count.alarms += 1
        count.missed.append(f"[{fault.maker} {seed}] speaks of the clean paper: {spoken[0].message}")
    elif remarks(draft, fault.code):
        count.found += 1
    else:
        count.missed.append(f"[{fault.maker} {seed}] {what}")
    return True


def measure(fault: Any, examples: int) -> Count:
    """Plant a fault as often as said, in papers, places and words that Hypothesis chooses, the same in every run."""
    from hypothesis import HealthCheck, Phase, assume, given, settings
    from hypothesis import strategies as st

    count = Count()

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**63 - 1))
    def plant(chance: int) -> None:
        rng = Random(chance)  # noqa: S311 (the same paper, place and words for the same number)
        assume(try_one(fault, rng.randrange(max(POOL, examples // 4)), rng, count))

    plant()
    return count


def measured(codes: Iterable[str] = (), examples: int = EXAMPLES) -> dict[str, dict[str, Count]]:
    """Counts by rule and fault, of all rules or of those whose codes begin with these letters."""
    from evaltrail.check.rule import rules

    known = rules()
    wanted = tuple(codes)
    out: dict[str, dict[str, Count]] = defaultdict(dict)
    for fault in mutations("faults").all_faults():
        if fault.code in known and (not wanted or fault.code.startswith(wanted)):
            out[fault.code][fault.name] = measure(fault, examples)
    return out


def table(counts: dict[str, dict[str, Count]]) -> str:
    """The counts as a table, a row a fault."""
    from evaltrail.check.rule import rules

    known = rules()
    lines = ["| rule | what is planted | planted | found | recall |", "|---|---|---:|---:|---:|"]
    for code in known:
        for name, c in counts.get(code, {}).items():
            share = "–" if c.recall is None else f"{c.recall:.2f}"
            lines.append(f"| [{code}](reference/rules/{code}.md) | {name} | {c.planted} | {c.found} | {share} |")
    return "\n".join(lines)


def summary(counts: dict[str, dict[str, Count]]) -> str:
    """The totals in a sentence or two."""
    from evaltrail.check.rule import rules

    every = [c for by_name in counts.values() for c in by_name.values()]
    planted, found = sum(c.planted for c in every), sum(c.found for c in every)
    below = [code for code, by_name in counts.items() if _recall(by_name.values()) < TARGET]
    without = [code for code in rules() if code not in counts]
    text = f"{len(every)} kinds of fault for {len(counts)} rules, {planted} planted, {found} found ({found / max(planted, 1):.3f})."
    if below:
        text += f" Below {TARGET}: {', '.join(sorted(below))}."
    if without:
        text += f" Without a planted fault: {', '.join(without)}."
    return text


def _recall(counts: Iterable[Count]) -> float:
    every = list(counts)
    return sum(c.found for c in every) / max(sum(c.planted for c in every), 1)


def write(path: Path, blocks: dict[str, str]) -> None:
    """Put each text between its marks."""
    text = path.read_text(encoding="utf-8")
    for name, block in blocks.items():
        mark = re.compile(rf"(<!-- measured: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
        text = mark.sub(lambda m, block=block: f"{m[1]}\n{block}\n\n{m[2]}", text)  # type: ignore[misc]
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    parser.add_argument("--missed", nargs="*", metavar="CODE")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    counts = measured(args.missed or (), args.examples)
    if args.missed is not None:
        for by_name in counts.values():
            for name, c in by_name.items():
                print(f"{name}: {c.found} of {c.planted}, {c.alarms} false alarms on clean papers")
                print("".join(f"    {m}\n" for m in c.missed[:5]), end="")
    if args.write:
        write(PAGE, {"recall": table(counts), "recall total": summary(counts)})
    print(table(counts))
    print(summary(counts))
    return 0


if __name__ == "__main__":
    os.nice(5)
    sys.exit(main())
