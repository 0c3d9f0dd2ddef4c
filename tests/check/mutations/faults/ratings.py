"""Faults of ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recall_mutations.faults import plants
from recall_mutations.faults.common import add_sentence, everywhere, slip

if TYPE_CHECKING:
    from random import Random

    from recall_mutations.draft import Draft

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")


@plants("RAT001", "a value outside the scale")
def outside(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.ratings)
    r.value = rng.choice((0, 7, 8, 9))
    if rng.random() < 0.5:
        r.words = str(r.value)
    return f"{r.criterion} {r.value} on 1 to 6"


@plants("RAT002", "a misspelt label of the scale")
def misspelt(d: Draft, rng: Random) -> str:
    if rng.random() < 0.5:
        r = rng.choice(d.part.ratings)
        words = r.words.split()
        i = rng.randrange(len(words))
        old = words[i]
        words[i] = slip(rng, old)
        r.words = " ".join(words)
        return f"{words[i]} for {old} in the table"
    labels = [w for w in d.facts["legend"].split("; ") if len(w.split()) == 4]
    entry = rng.choice(labels)
    old = entry.split()[rng.choice((2, 3))]
    new = entry.replace(old, slip(rng, old))
    leaf = d.leaf("method.criteria")
    leaf.blocks = [b.replace(entry, new) for b in leaf.blocks]
    return f"“{new}” in the legend"


@plants("RAT003", "ratings that stand in a chart alone")
def chart(d: Draft, rng: Random) -> str:
    leaf = d.leaf("ratings")
    d.part.ratings = []
    leaf.blocks = [
        rng.choice(
            (
                "Figure 1 presents the ratings.",
                "The overall ratings are shown in Figure 1.",
                "Figure 1 gives a general assessment by criterion.",
            )
        ),
        rng.choice(("Figure 1. Overall evaluation ratings by criterion", "Figure 1. Ratings by criterion", "Figure 1: Evaluation ratings")),
        "1 2 3 4 5 6\n\nOverall\n\nSustainability\n\nImpact\n\nEfficiency\n\nEffectiveness\n\nCoherence\n\nRelevance",
        "   ".join(d.facts["legend"].split("; ")),
    ]
    return "only Figure 1"


@plants("RAT004", "a rating that its words contradict")
def contradicts(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.ratings[:-1])
    scale = [x.partition(" = ")[2] for x in reversed(d.facts["legend"].split("; "))]
    if rng.random() < 0.5:
        other = rng.choice([i for i in range(1, 7) if abs(i - r.value) >= 2])
        r.words = scale[other - 1]
        return f"{r.criterion}: “{r.words}” beside {r.value}"
    other = rng.choice([i for i in range(1, 7) if (i <= 3) != (r.value <= 3) and abs(i - r.value) >= 2])
    words = f"{r.criterion} is rated {scale[other - 1].lower()}."
    add_sentence(d, rng, words, "findings", "ratings")
    return f"“{words}” beside {r.value} in the table"


@plants("RAT005", "an overall rating outside those of the criteria")
def overall(d: Draft, rng: Random) -> str:
    values = [r.value for r in d.part.ratings[:-1]]
    free = [v for v in range(1, 7) if v < min(values) or v > max(values)]
    scale = [x.partition(" = ")[2] for x in reversed(d.facts["legend"].split("; "))]
    r = d.part.ratings[-1]
    r.value = rng.choice(free)
    r.words = scale[r.value - 1]
    r.why = "Judgement of the team"
    return f"overall {r.value}, criteria {values}"


@plants("RAT006", "an end of the scale that the text calls otherwise")
def ends(d: Draft, rng: Random) -> str:
    words = rng.choice(
        (
            "A six-point rating scale – ranging from very unsatisfactory to very satisfactory – was applied.",
            "Ratings go from very satisfactory to very unsatisfactory.",
            "The scale runs from 1 (very unsatisfactory) to 6 (very satisfactory).",
            "Each criterion was rated between very unsatisfactory and very satisfactory.",
        )
    )
    return add_sentence(d, rng, words, "method", "method.analysis", "ratings")


@plants("RAT007", "a rated criterion without finding or reason")
def without_finding(d: Draft, rng: Random) -> str:
    name = rng.choice(("Visibility", "Innovation", "Security", "Branding"))
    d.part.ratings.insert(3, type(d.part.ratings[0])(name, d.part.ratings[0].words, d.part.ratings[0].value, ""))
    return f"{name} is rated and never spoken of"


@plants("RAT008", "a criterion that is not rated")
def not_rated(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.ratings[:-1])
    d.part.ratings.remove(r)
    return f"{r.criterion} is not rated"


@plants("RAT009", "two ratings of one criterion")
def differ(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.ratings[:-1])
    scale = [x.partition(" = ")[2] for x in reversed(d.facts["legend"].split("; "))]
    other = rng.choice([i for i in range(1, 7) if i != r.value])
    words = rng.choice(
        (
            f"{r.criterion} was rated {scale[other - 1].lower()}.",
            f"The rating for {r.criterion.lower()} is {scale[other - 1].lower()} ({other}).",
        )
    )
    d.leaf("summary").blocks[3] += f" {words}"
    return f"{words} In the table: {r.words}"


@plants("RAT010", "a scale that is never explained")
def unexplained(d: Draft, _: Random) -> str:
    leaf = d.leaf("method.criteria")
    leaf.blocks = [b for b in leaf.blocks if "scale" not in b]
    for r in d.part.ratings:
        r.words = str(r.value)
    everywhere(d, r"six-point scale", "scale")
    return "values alone, and no legend"
