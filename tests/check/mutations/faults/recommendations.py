"""Faults of recommendations."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from recall_mutations.faults import plants

if TYPE_CHECKING:
    from random import Random

    from recall_mutations.draft import Draft, Recommendation


def one(d: Draft, rng: Random) -> Recommendation:
    """A recommendation; the summary's list follows what is done to it by :func:`renew`."""
    return rng.choice(d.part.recommendations)


def renew(d: Draft) -> None:
    """Give the summary the recommendations as they now stand."""
    if d.has("summary"):
        d.leaf("summary").blocks[-1] = "\n".join(f"- {r.text}" for r in d.part.recommendations)


def subject(r: Recommendation) -> str:
    """ "The Water Department should"."""
    return r.text.split(" should ")[0] + " should"


@plants("REC001", "far too many recommendations")
def many(d: Draft, rng: Random) -> str:
    p = d.part
    verbs = (
        "repaint",
        "insure",
        "measure",
        "photograph",
        "fence",
        "clean",
        "label",
        "inspect",
        "light",
        "pave",
        "survey",
        "rename",
        "map",
        "guard",
    )
    things = (
        "the store",
        "both vehicles",
        "every gate",
        "all wells",
        "the old wall",
        "the office roof",
        "each tank",
        "the pumps",
        "the yard",
        "the access road",
        "the parcels",
        "the rooms",
        "the paths",
        "the depot",
    )
    for v, t in zip(rng.sample(verbs, 13), rng.sample(things, 13), strict=True):
        r = deepcopy(p.recommendations[0])
        r.number = len(p.recommendations) + 1
        r.text = f"{subject(p.recommendations[r.number % 5])} {v} {t}."
        p.recommendations.append(r)
    renew(d)
    return f"{len(p.recommendations)} recommendations"


@plants("REC002", "a recommendation that names nobody who acts")
def unit(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.unit = ""
    verb = r.text.split(" should ")[1].rstrip(".")
    # In the passive it would be the fault of REC015.
    r.text = rng.choice((f"It is recommended to {verb}.", f"{verb[0].upper()}{verb[1:]}."))
    renew(d)
    return f"recommendation {r.number}: {r.text}"


def _column(d: Draft, rng: Random, name: str) -> str:
    items = d.part.recommendations if rng.random() < 0.4 else [one(d, rng)]
    for r in items:
        setattr(r, name, "")
        if name == "time":
            r.measure = ""
    return f"no {name} for {'all' if len(items) > 1 else items[0].number}"


@plants("REC003", "no time")
def time(d: Draft, rng: Random) -> str:
    return _column(d, rng, "time")


@plants("REC004", "no priority")
def priority(d: Draft, rng: Random) -> str:
    return _column(d, rng, "priority")


@plants("REC005", "no resources")
def resources(d: Draft, rng: Random) -> str:
    return _column(d, rng, "resources")


@plants("REC006", "a vague verb")
def vague(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.text = f"{subject(r)} " + rng.choice(
        (
            "strengthen its efforts.",
            "continue to strengthen cooperation.",
            "consider improving communication.",
            "ensure better coordination.",
            "pay more attention to quality.",
            "strengthen partnerships.",
            "promote ownership.",
            "further enhance synergies.",
            "improve monitoring.",
            "support capacity.",
        )
    )
    r.measure = ""
    renew(d)
    return r.text


@plants("REC007", "no verb that asks for an act")
def verbless(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.text = rng.choice(
        (
            "Better coordination between the offices.",
            "More resources for maintenance.",
            "Maintenance of sites in the hill districts.",
            "A stronger role for women in the committees.",
            "Regular communication with partners.",
            "Clear division of tasks.",
        )
    )
    r.measure = ""
    renew(d)
    return r.text


@plants("REC008", "several acts for several owners in one recommendation")
def compound(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    ministry, org = d.facts["ministry"], d.facts["org"]
    r.text = r.text.rstrip(".") + rng.choice(
        (
            f", the {ministry} should issue a decree on fees, and the {org} should recruit two engineers.",
            f"; the {ministry} should revise the law on water fees; and district offices should publish their accounts.",
            f". In addition, the {org} should open a store in the capital, and the {ministry} should pay its rent.",
            (
                f", publish the accounts of all sites, recruit two engineers and revise the manual on purchases; "
                f"the {ministry} should issue a decree."
            ),
        )
    )
    renew(d)
    return r.text


@plants("REC009", "a recommendation that stands twice")
def twice(d: Draft, rng: Random) -> str:
    a, b = rng.sample(d.part.recommendations, 2)
    b.text = a.text if rng.random() < 0.5 else a.text.replace(" should ", " should also ")
    b.measure = a.measure
    renew(d)
    return f"{b.number} says what {a.number} says"


@plants("REC010", "a recommendation whose fulfilment cannot be measured")
def unmeasurable(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.measure = ""
    r.text = f"{subject(r)} " + rng.choice(
        (
            "raise awareness of equality among staff.",
            "improve the quality of dialogue with partners.",
            "make procedures more flexible.",
            "promote a culture of learning.",
            "improve the visibility of the work.",
        )
    )
    r.time = ""
    renew(d)
    return r.text


@plants("REC011", "a recommendation that is far too long")
def long(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    bits = (
        "because the roads are bad in the rainy season and parts arrive late",
        "while the price of fuel has doubled since the start and drivers are few",
        "as the notes of the steering committee make plain on page after page",
        "although the number of staff has not changed since the office was opened",
        "which the district engineers, the treasurers and the mayors all bore out in their own words",
        "and since the law on fees leaves the matter open",
        "with the effect that sites stand idle for weeks at a time and users lose their trust",
        "even where a fund for repairs exists on paper",
        "as was seen in the hill districts and on the coast",
        "so that each repair is begun anew by a new team",
    )
    chosen = rng.sample(bits, len(bits)) * 2
    r.text = r.text.rstrip(".") + ", " + ", ".join(chosen) + "."
    renew(d)
    return f"{len(r.text.split())} words"


@plants("REC012", "several units and none in the lead")
def lead(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    names = sorted({x.unit for x in d.part.recommendations if x.unit} | {"REGIONAL", "LOGISTICS"})
    r.unit = ", ".join(rng.sample(names, rng.randrange(3, len(names) + 1)))
    return f"recommendation {r.number}: {r.unit}"


@plants("REC013", "high priority and a long term")
def urgent(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.priority, r.time = (
        rng.choice((("High", "Long-term"), ("High", "Long term"), ("Urgent", "Long-term")))
        if rng.random() < 0.9
        else ("Very high", "Long-term")
    )
    return f"{r.priority}, {r.time}"


@plants("REC014", "everyone is to act")
def everyone(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.unit = rng.choice(("All stakeholders", "All partners", "All units", "Everyone", "All staff", "All departments"))
    return r.unit


@plants("REC015", "passive and without an actor")
def passive(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.text = rng.choice(
        (
            "A register of all sites should be set up.",
            "Two engineers should be recruited for the hill districts.",
            "The manual on purchases should be revised.",
            "Fees should be raised by a tenth.",
            "A plan for upkeep must be written.",
            "It should be ensured that accounts are published.",
        )
    )
    r.unit = ""
    renew(d)
    return r.text


@plants("REC016", "a time that says nothing")
def vague_time(d: Draft, rng: Random) -> str:
    r = one(d, rng)
    r.time = rng.choice(("As soon as possible", "In due course", "When feasible", "Soon", "In the near future", "When resources allow"))
    r.measure = ""
    return r.time


@plants("REC017", "all recommendations have the same priority")
def same(d: Draft, rng: Random) -> str:
    value = rng.choice(("High", "Medium"))
    for r in d.part.recommendations:
        r.priority = value
    return f"all {value}"
