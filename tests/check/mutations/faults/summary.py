"""Faults of the summary: missing, too long, incomplete, or at odds with the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere
from recall_mutations.faults import plants

if TYPE_CHECKING:
    from random import Random


@plants("SUM001", "no summary")
def missing(d: Draft, _: Random) -> str:
    d.drop("summary")
    return "the summary is gone"


@plants("SUM002", "a summary that is much too long")
def too_long(d: Draft, rng: Random) -> str:
    leaf = d.leaf("summary")
    own = [f"{f.text} {' '.join(f.evidence)}" for f in d.part.findings] + [
        b for x in d.leaves if x.key.startswith("method") for b in x.blocks if isinstance(b, str)
    ]
    ways = (
        "{} was raised by the head of office number {} in talks that took {} hours.",
        "In village {1} the team sat {2} hours with elders who told of {0}.",
        "File {1} holds {2} pages on {0}, and each was read twice.",
    )
    topics = ("the road", "seed prices", "school meals", "the old bridge", "night work", "radio time", "water rights", "bus fares")
    more = [rng.choice(ways).format(rng.choice(topics), rng.randrange(2, 99), rng.randrange(2, 99)) for _ in range(220)]
    leaf.blocks[3:3] = own + [" ".join(more[i : i + 5]) for i in range(0, len(more), 5)]
    return f"{sum(len(str(b).split()) for b in leaf.blocks)} words"


@plants("SUM003", "a summary that leaves a part out")
def lacks(d: Draft, rng: Random) -> str:
    leaf = d.leaf("summary")
    i, what = rng.choice(((1, "purpose"), (2, "method"), (3, "findings"), (5, "recommendations")))
    del leaf.blocks[i : i + (2 if what == "recommendations" else 1)]
    if what == "findings":
        leaf.blocks = [b for b in leaf.blocks if not b.startswith("Conclusions")]
    return f"no {what} in the summary"


@plants("SUM004", "a number in the summary that the body does not have")
def number(d: Draft, rng: Random) -> str:
    leaf = d.leaf("summary")
    key, word = rng.choice(
        (
            ("trained", "people"),
            ("documents", "documents"),
            ("interviews", "interviews"),
            ("delay", "weeks"),
            ("answers", "answered"),
            ("built", "built"),
        )
    )
    old = f"{d.facts[key]:,}"
    elsewhere = {str(v) for v in d.facts.values()} | {w for x in d.leaves for b in x.blocks for w in re.findall(r"\d[\d,]*", str(b))}
    new = next(n for step in (100, 7, 11, 30, 13, 59) if (n := f"{d.facts[key] + step:,}") not in elsewhere)
    for i, b in enumerate(leaf.blocks):
        changed = re.sub(rf"(?<![\d,]){re.escape(old)}(?![\d,])", new, b, count=1)
        if changed != b:
            leaf.blocks[i] = changed
            return f"{old} {word} became {new} in the summary"
    raise NotHere(key)


@plants("SUM005", "the summary has other recommendations than the body")
def recommendations(d: Draft, rng: Random) -> str:
    leaf = d.leaf("summary")
    lines = leaf.blocks[-1].split("\n")
    kind = rng.choice(("fewer", "more", "other count"))
    if kind == "fewer":
        lines.pop(rng.randrange(len(lines)))
        leaf.blocks[-2] = "The report makes four recommendations:"
    elif kind == "more":
        lines.insert(rng.randrange(len(lines)), "- The Board should elect a new chair for the audit panel before the next session.")
        leaf.blocks[-2] = "The report makes six recommendations:"
    else:
        leaf.blocks[-2] = leaf.blocks[-2].replace("five", rng.choice(("six", "seven", "four")))
    leaf.blocks[-1] = "\n".join(lines)
    return kind


@plants("SUM006", "the summary leans on the body")
def leans(d: Draft, rng: Random) -> str:
    leaf = d.leaf("summary")
    i = rng.randrange(0, 5)
    words = rng.choice(
        (
            "(see Annex 2)",
            "(see section 2.2)",
            "(Table 1)",
            "as shown in Table 1",
            "(see chapter 3)",
            "as described in Annex 4",
            "(see Annex 5 for the matrix)",
        )
    )
    leaf.blocks[i] = leaf.blocks[i].rstrip(".") + f" {words}."
    return words
