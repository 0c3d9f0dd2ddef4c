"""Each rule finds at least 0.95 of the faults of its kind that are planted in clean papers.

The papers and the faults (``mutations/``) follow the norm and import nothing of the rules; Hypothesis chooses paper, place and words.
"""

from __future__ import annotations

import os

import pytest
import recall  # from tools

from evaltrail.check.rule import rules

EXAMPLES = 200 if os.environ.get("EVALTRAIL_SOAK", "") not in {"", "0"} else 8
"""Of each kind; a rule has up to five kinds. Reading a paper takes longer than checking it, hence so few in every run."""
FAULTS = recall.mutations("faults").all_faults()
PLANTED = [code for code in rules() if any(f.code == code for f in FAULTS)]


@pytest.mark.parametrize("code", PLANTED)
def test_a_rule_finds_the_faults_that_are_planted(code):
    counts = {f.name: recall.measure(f, EXAMPLES) for f in FAULTS if f.code == code}
    planted, found = sum(c.planted for c in counts.values()), sum(c.found for c in counts.values())
    missed = [m for c in counts.values() for m in c.missed]
    assert planted >= EXAMPLES
    assert found / planted >= recall.TARGET, "\n".join([f"{found} of {planted} found; missed:", *missed[:6]])
