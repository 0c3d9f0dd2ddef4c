"""Each rule finds at least 0.95 of the faults of its kind that are planted in clean papers.

The papers and the faults (``mutations/``) follow the norm and import nothing of the rules; Hypothesis chooses paper, place and words.
"""

from __future__ import annotations

from random import Random

import pytest

from evaltrail.check.rule import rules

recall = pytest.importorskip("recall", reason="needs the tools folder of the repository")

FAULTS = recall.mutations("faults").all_faults()
PLANTED = [code for code in rules() if any(f.code == code for f in FAULTS)]


MORE = 40
"""Of each kind for a rule that misses one: among a few a single miss says little of a share of 0.95."""


def once(fault):
    """The fault planted in one paper, which another kind of fault need not share.

    Reading a paper takes longer than checking it, and a rule has up to five kinds, hence no more in every run.
    """
    of_this = recall.Count()
    for n in range(100):
        chance = Random(f"{n} {fault.name}")  # noqa: S311 (the same paper, place and words in every run)
        if recall.try_one(fault, chance.randrange(recall.POOL), chance, of_this):
            break
    return of_this


def measured(code, examples):
    """How many faults of a rule's kinds were planted and found, and what was missed."""
    counts = [recall.measure(f, examples) if examples > 1 else once(f) for f in FAULTS if f.code == code]
    return sum(c.planted for c in counts), sum(c.found for c in counts), [m for c in counts for m in c.missed]


@pytest.mark.parametrize("code", PLANTED)
@pytest.mark.parametrize("examples", [1, pytest.param(200, marks=pytest.mark.soak)])
def test_a_rule_finds_the_faults_that_are_planted(code, examples):
    planted, found, missed = measured(code, examples)
    if found / planted < recall.TARGET and examples < MORE:
        planted, found, missed = measured(code, MORE)
    assert planted >= examples
    assert found / planted >= recall.TARGET, "\n".join([f"{found} of {planted} found; missed:", *missed[:6]])
