"""Faults of language and terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere
from recall_mutations.faults import plants
from recall_mutations.faults.common import add_sentence, running, slip

if TYPE_CHECKING:
    from random import Random

OTHERS = (
    "Public",
    "Regional",
    "Special",
    "Central",
    "Mobile",
    "Local",
    "General",
    "Western",
    "Open",
    "Early",
    "Direct",
    "Federal",
    "Yearly",
)
"""Words that may stand for another of the same letter."""
FOREIGN = ("QTRM", "BVDA", "DRPK", "XOLS", "MVTC", "JGRA", "KWDP", "HQLB")


@plants("LAN001", "an acronym that is nowhere spelt out")
def undefined(d: Draft, rng: Random) -> str:
    a = rng.choice(FOREIGN)
    add_sentence(
        d,
        rng,
        rng.choice(
            (f"The {a} sent its figures to the team.", f"Staff of the {a} took part in two visits.", f"Data came from the {a} as well.")
        ),
    )
    return add_sentence(d, rng, rng.choice((f"The {a} was told of this.", f"Figures of the {a} agree with it.")))


@plants("LAN002", "an acronym that is defined twice")
def defined_twice(d: Draft, rng: Random) -> str:
    a, one, two = rng.choice(
        (
            ("DMC", "District Management Committee", "Donor Monitoring Council"),
            ("NRC", "National Road Commission", "Northern Rivers Council"),
            ("TSU", "Technical Support Unit", "Transport Security Union"),
            ("CBT", "community-based training", "computer-based testing"),
        )
    )
    d.acronyms.pop(a, None)
    leaf = d.leaf("background")
    leaf.blocks.append(f"The {one} ({a}) set the rules. The {a} met every month.")
    return add_sentence(d, rng, f"The {two} ({a}) was asked for its view.", "findings", "method.analysis", "response") + f", else {one}"


@plants("LAN003", "an acronym in the list that is never used")
def unused(d: Draft, rng: Random) -> str:
    a, words = rng.choice(
        (
            ("NTB", "National Tea Board"),
            ("ICRW", "Inland Canal and River Works"),
            ("FPA", "Forest Protection Act"),
            ("HDSU", "Highland Dairy Sales Union"),
            ("VLC", "Village Land Council"),
        )
    )
    d.acronyms = dict(sorted([*d.acronyms.items(), (a, words)]))
    return f"{a} in the list alone"


def _frequent(d: Draft) -> list[str]:
    """Long words that the paper uses often."""
    f = d.facts
    words = re.findall(
        r"[a-z]{8,}",
        " ".join([f["people"], f["thing"], f["skill"], "recommendation programme evaluation committees interviews districts documents"]),
    )
    said = " ".join(b for x in d.leaves for b in x.blocks if isinstance(b, str))
    return sorted({w for w in words if len(re.findall(rf"\b{w}\b", said)) >= _OFTEN})


_OFTEN = 5


@plants("LAN004", "a misspelt term that is spelt right four times elsewhere or more")
def misspelt(d: Draft, rng: Random) -> str:
    frequent = _frequent(d)
    if not frequent:
        raise NotHere("a long word that is used often")
    word = rng.choice(frequent)
    wrong = slip(rng, word)
    spots = [
        (leaf, i)
        for leaf, i in running(d, "background", "background.logic", "method", "method.data", "method.ethics", "findings", "response")
        if re.search(rf"\b{word}\b", leaf.blocks[i])
    ]
    if not spots:
        raise NotHere(word)
    leaf, i = rng.choice(spots)
    leaf.blocks[i] = re.sub(rf"\b{word}\b", wrong, leaf.blocks[i], count=1)
    return f"{wrong} for {word} in {leaf.key}"


@plants("LAN005", "a misspelt code of a unit")
def unit(d: Draft, rng: Random) -> str:
    counts: dict[str, int] = {}
    for r in d.part.recommendations:
        counts[str(r.unit)] = counts.get(str(r.unit), 0) + 1
    r = rng.choice([r for r in d.part.recommendations if counts[str(r.unit)] > 1 and len(str(r.unit)) > 4] or d.part.recommendations)
    old = str(r.unit)
    if len(old) < 5:
        raise NotHere("a long code")
    r.unit = slip(rng, old)
    return f"{r.unit} for {old}"


@plants("LAN006", "a word that stands twice")
def doubled(d: Draft, rng: Random) -> str:
    leaf, i = rng.choice(running(d))
    words = leaf.blocks[i].split(" ")
    spots = [j for j, w in enumerate(words) if re.fullmatch(r"the|of|in|and|to|a|for|was|were|with|by|from|at", w)]
    if not spots:
        raise NotHere("a small word")
    j = rng.choice(spots)
    words.insert(j, words[j])
    leaf.blocks[i] = " ".join(words)
    return f"“{words[j]} {words[j]}” in {leaf.key}"


@plants("LAN007", "a sentence of far too many words")
def long(d: Draft, rng: Random) -> str:
    bits = [
        "the roads were bad in the rainy season",
        "the price of fuel had doubled since the start",
        "drivers were few and paid by the day",
        "letters took a week from the capital to the hills",
        "the new law left open who pays for repairs",
        "two mayors had been voted out in the spring",
        "the store stood empty for most of the year",
        "parts had to be bought abroad and came late",
    ]
    rng.shuffle(bits)
    return add_sentence(d, rng, "The team heard that " + ", that ".join(bits[:-1]) + ", and that " + bits[-1] + ".")


@plants("LAN008", "a bracket or quotation mark that is not closed")
def unmatched(d: Draft, rng: Random) -> str:
    return add_sentence(
        d,
        rng,
        rng.choice(
            (
                "The store (which opened late was rented from a mill.",
                "One mayor spoke of “a slow start and left it at that.",
                "The fees which users pay) are low.",
                "Prices (in the hill districts fell again.",
                "A treasurer called it “hard but fair work.",
                "The depot [now closed was sold.",
            )
        ),
    )


@plants("LAN009", "a name or term that is written two ways")
def two_ways(d: Draft, rng: Random) -> str:
    pair = rng.choice((("programme", "program"), ("Organisation", "Organization"), ("organisation", "organization"), ("labour", "labor")))
    text = rng.choice((f"The {pair[1]} was known to all.", f"Another {pair[1]} of this kind is planned."))
    add_sentence(d, rng, f"The {pair[0]} was praised by mayors, and the {pair[0]} was open to all.")
    return add_sentence(d, rng, text)


@plants("LAN010", "a hedged statement")
def hedged(d: Draft, rng: Random) -> str:
    f = rng.choice(d.part.findings)
    words = rng.choice(
        (
            "It is felt that the work could perhaps be of use to some extent.",
            "It is believed that this may possibly have helped.",
            "It seems that it might have been somewhat useful.",
            "It would appear that results could possibly be better.",
            "It is felt that more was possible.",
        )
    )
    f.text = words if rng.random() < 0.5 else f"{f.text} {words}"
    return words


@plants("LAN011", "a leftover in another language")
def leftover(d: Draft, rng: Random) -> str:
    leaf, i = rng.choice(running(d))
    words = rng.choice(
        (
            (
                "Le comité de pilotage s’est réuni deux fois par an et ses décisions ont été consignées dans un "
                "procès-verbal signé par tous les membres présents."
            ),
            (
                "El comité se reunió dos veces al año y sus decisiones constan en un acta firmada por todos los "
                "miembros que estaban presentes en la reunión."
            ),
            (
                "Les agents du ministère ont accompagné l’équipe dans chaque village et ont répondu à toutes "
                "les questions qui leur ont été posées."
            ),
        )
    )
    leaf.blocks.insert(i + 1, words)
    return words


@plants("LAN012", "the list of acronyms has other words than the text")
def list_differs(d: Draft, rng: Random) -> str:
    f = d.facts
    key = rng.choice((f["short"], f["org"]))
    old = d.acronyms[key]
    words = old.split()
    capitals = [i for i, w in enumerate(words) if any(n[0] == w[0] for n in OTHERS) and w not in OTHERS]
    i = rng.choice(capitals)
    words[i] = next(n for n in OTHERS if n[0] == words[i][0])
    d.acronyms[key] = " ".join(words)
    return f"list: {d.acronyms[key]}; text: {old}"


@plants("LAN013", "two capitalised words run together")
def together(d: Draft, rng: Random) -> str:
    words = d.parts[0].facts["name"].split()
    pairs = [i for i in range(len(words) - 1) if all(re.fullmatch(r"[A-Z][a-z]{3,}", w) for w in words[i : i + 2])]
    if not pairs:
        raise NotHere("a name of two capitalised words")
    i = rng.choice(pairs)
    name = " ".join([*words[:i], words[i] + words[i + 1], *words[i + 2 :]])
    ways = ("The {} kept its office open.", "Staff of the {} were met twice.", "This was news to the {}.")
    return add_sentence(d, rng, rng.choice(ways).format(name))
