"""Faults of conclusions and lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recall_mutations.faults import plants

if TYPE_CHECKING:
    from random import Random

    from recall_mutations.draft import Draft


@plants("CON001", "a conclusion that rests on no finding")
def baseless(d: Draft, rng: Random) -> str:
    c = rng.choice(d.part.conclusions)
    c.text = rng.choice(
        (
            "International exchange rates favoured exporters of coffee.",
            "Parliament has lost interest in telephone tariffs.",
            "Football clubs could win more young readers for newspapers.",
            "Air travel between the islands has become too dear.",
        )
    )
    c.basis = ""
    return c.text


@plants("CON002", "a number in a conclusion that stands nowhere before")
def number(d: Draft, rng: Random) -> str:
    c = rng.choice(d.part.conclusions)
    words = rng.choice(
        (
            "Losses came to 83.7 per cent.",
            "In all, 4,917 families gained from it.",
            "It saved US$6.13 million.",
            "Some 5,381 jobs were kept.",
            "Costs fell by 94.6 per cent.",
            "The share of late deliveries was 7.4 per cent.",
        )
    )
    c.text = f"{c.text} {words}"
    return words


@plants("CON003", "a conclusion that repeats a finding")
def repeats(d: Draft, rng: Random) -> str:
    c, f = rng.choice(d.part.conclusions), rng.choice([f for f in d.part.findings if len(f.text.split()) > 12])
    c.text = f.text
    if rng.random() < 0.5:
        words = c.text.rstrip(".").split()
        at = rng.randrange(3, len(words) - 2)
        words.insert(at, rng.choice(("clearly", "also", "overall", "indeed")))
        c.text = " ".join(words) + "."
    return f"conclusion {c.number} is finding {f.number}"


@plants("CON004", "a conclusion that recommends")
def recommends(d: Draft, rng: Random) -> str:
    c = rng.choice(d.part.conclusions)
    words = rng.choice(
        (
            f"The {d.facts['ministry']} should set aside money for repairs.",
            "It is recommended that the offices meet twice a year.",
            f"The {d.facts['org']} should therefore open a second store.",
            "Committees should publish their accounts.",
            f"We recommend that the {d.facts['org']} change its rules.",
        )
    )
    c.text = f"{c.text} {words}"
    return f"conclusion {c.number}: {words}"


@plants("LES001", "no lessons")
def no_lessons(d: Draft, _: Random) -> str:
    d.drop("lessons", "practices")
    return "no lessons"


@plants("LES002", "a lesson without context")
def context(d: Draft, rng: Random) -> str:
    o = rng.choice(d.part.lessons)
    o.text = rng.choice(
        (
            "Training works.",
            "Planning is important.",
            "Good communication is key to success.",
            "Ownership matters.",
            "Monitoring is useful for learning.",
            "Partnerships take time.",
        )
    )
    o.basis = ""
    return o.text


@plants("LES003", "a lesson that recommends")
def lesson_recommends(d: Draft, rng: Random) -> str:
    o = rng.choice(d.part.lessons)
    o.text = rng.choice(
        (
            f"The {d.facts['org']} should open a second store before the rains.",
            f"It is recommended that the {d.facts['ministry']} fund repairs in poor and rich places alike.",
            f"The {d.facts['ministry']} should delegate small purchases to the districts where roads are bad.",
            f"The {d.facts['org']} must hire trainers from the hill districts.",
        )
    )
    return o.text


@plants("LES004", "a lesson that is about the project alone")
def bound(d: Draft, rng: Random) -> str:
    o = rng.choice(d.part.lessons)
    short, country, year = d.facts["short"], d.facts["country"], d.facts["y1"]
    o.text = rng.choice(
        (
            f"The {short} office in {country} opened late in {year} because the lease was signed late.",
            f"The {short} trained more people in {country} in {year} than it had planned.",
            f"In {country} the {short} had two cars, and this was not enough in {year}.",
            f"The second phase of the {short} in {country} began without a coordinator.",
        )
    )
    return o.text


@plants("LES005", "a lesson that repeats a finding")
def lesson_repeats(d: Draft, rng: Random) -> str:
    o, f = rng.choice(d.part.lessons), rng.choice([f for f in d.part.findings if len(f.text.split()) > 12])
    o.text = f.text
    return f"lesson {o.number} is finding {f.number}"


@plants("CON005", "a criterion with findings and no conclusion")
def criterion(d: Draft, rng: Random) -> str:
    p = d.part
    name = rng.choice(("Efficiency", "Sustainability"))
    gone = 3 if name == "Efficiency" else 4
    p.conclusions = [c for c in p.conclusions if c.number != gone]
    for i, c in enumerate(p.conclusions, 1):
        c.number = i
    for r in p.recommendations:
        r.basis = r.basis.replace("conclusion 3", "conclusion 2").replace("conclusion 4", "conclusion 2")
    return f"no conclusion on {name.lower()}"
