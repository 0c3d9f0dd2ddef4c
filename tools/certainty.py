"""Measure how often a statement is what its rule took it for, on the labelled papers, and write the figures that the office shows.

    python tools/certainty.py

A statement counts as right when it serves a label of its kind (see ``scoring.py``).  Parts of recommendations have no labels of their own,
and of the governing-body paper only the kinds are counted that are labelled one by one.
"""

from __future__ import annotations

import json
from collections import defaultdict

import accuracy
import scoring

TARGET = accuracy.ROOT / "src" / "evaltrail_office" / "intake" / "certainty.toml"
HEAD = """\
# How often a statement was what its rule took it for, on labelled papers: right, read, in how many papers. Written by tools/certainty.py.
"""
_ONE_BY_ONE = {"findings", "recommendations", "responses"}


def main() -> None:
    """Read all labelled papers and write the figures."""
    counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    papers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for paper, data in accuracy.read_papers(accuracy.papers(accuracy.shared_folder())):
        if data is None:
            continue
        wanted, found = scoring.labelled(paper.labels), scoring.read_statements(json.loads(data))
        for name, kind in scoring.STATEMENTS.items():
            if paper.stem == accuracy.PAPER and name not in _ONE_BY_ONE:
                continue
            right = {id(s) for _, s in scoring._pairs(wanted[name], found[name])}  # noqa: SLF001 - the scorer's own way of pairing
            for s in found[name]:
                origin = s["origin"].get("kind", {})
                key = kind, origin.get("how", ""), origin.get("rule", "")
                counts[key][0] += id(s) in right
                counts[key][1] += 1
                papers[key].add(paper.stem)
    lines = [f'"{"/".join(key)}" = [{right}, {read}, {len(papers[key])}]' for key, (right, read) in sorted(counts.items())]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
