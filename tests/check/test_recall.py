"""Each rule finds at least 0.95 of the faults of its kind that are planted in clean papers.

The papers and the faults (``mutations/``) follow the norm and import nothing of the rules; Hypothesis chooses paper, place and words.
"""

from __future__ import annotations

import os

import pytest

from evaltrail.check.rule import rules

recall = pytest.importorskip("recall", reason="needs the tools folder of the repository")

EXAMPLES = 200 if os.environ.get("EVALTRAIL_SOAK", "") not in {"", "0"} else 2
"""Of each kind; a rule has up to five kinds. Reading a paper takes longer than checking it, hence so few in every run."""
FAULTS = recall.mutations("faults").all_faults()
PLANTED = [code for code in rules() if any(f.code == code for f in FAULTS)]


MORE = 40
"""Of each kind for a rule that misses one: among a few a single miss says little of a share of 0.95."""


def measured(code, examples):
    """How many faults of a rule's kinds were planted and found, and what was missed."""
    counts = [recall.measure(f, examples) for f in FAULTS if f.code == code]
    return sum(c.planted for c in counts), sum(c.found for c in counts), [m for c in counts for m in c.missed]


@pytest.mark.parametrize("code", PLANTED)
def test_a_rule_finds_the_faults_that_are_planted(code):
    planted, found, missed = measured(code, EXAMPLES)
    if found / planted < recall.TARGET and EXAMPLES < MORE:
        planted, found, missed = measured(code, MORE)
    assert planted >= EXAMPLES
    assert found / planted >= recall.TARGET, "\n".join([f"{found} of {planted} found; missed:", *missed[:6]])
