"""Faults of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere
from recall_mutations.faults import plants
from recall_mutations.faults.method import without

if TYPE_CHECKING:
    from random import Random

PLAIN = (
    "The work of the committees has become better known.",
    "Cooperation between the offices is good and has grown.",
    "Staff are motivated and work well together.",
    "The approach is innovative and fits the context.",
    "Users are satisfied with what they receive.",
    "Management of the activities is sound.",
)


@plants("FIN001", "a finding that cites no evidence")
def bare(d: Draft, rng: Random) -> str:
    f = rng.choice([f for f in d.part.findings if f.number not in d.part.facts["tables"]])
    f.text, f.evidence = rng.choice(PLAIN), []
    return f"finding {f.number}: {f.text}"


@plants("FIN002", "a key finding with one kind of source")
def one_source(d: Draft, rng: Random) -> str:
    f = rng.choice([f for f in d.part.findings if f.number not in d.part.facts["tables"]])
    f.text = rng.choice(PLAIN)
    f.evidence = [
        rng.choice(
            (
                "Interviews with district staff point to this.",
                "Interviewees in two districts said so.",
                "According to the people interviewed, this has been so since the start.",
                "This was mentioned in interviews with the ministry.",
                "Seven interviewees described it in the same way.",
            )
        )
    ]
    return f"finding {f.number}: {f.evidence[0]}"


@plants("FIN003", "a finding that recommends")
def recommends(d: Draft, rng: Random) -> str:
    f = rng.choice(d.part.findings)
    ministry = d.facts["ministry"]
    words = rng.choice(
        (
            f"The {ministry} should set aside money for repairs.",
            "District offices should meet more often.",
            "Future phases should begin with a baseline.",
            "Committees should publish their accounts every month.",
            f"The {d.facts['org']} should have opened its own store."[:-1].replace("have opened", "open") + ".",
        )
    )
    f.text = f"{f.text} {words}" if rng.random() < 0.5 else words
    return f"finding {f.number}: {words}"


def _criterion(d: Draft, *names: str) -> None:
    gone = {f.number for f in d.part.findings if f.criterion in names}
    if not gone:
        raise NotHere(names[0])
    p = d.part
    p.findings = [f for f in p.findings if f.number not in gone]
    p.facts["tables"] = {k: v for k, v in p.facts["tables"].items() if k not in gone}
    new = {f.number: i for i, f in enumerate(p.findings, 1)}
    for f in p.findings:
        f.number = new[f.number]
    p.facts["tables"] = {new[k]: v for k, v in p.facts["tables"].items()}
    p.ratings = [r for r in p.ratings if r.criterion not in names]
    for o in (*p.conclusions, *p.lessons, *p.practices):
        o.basis = "(Finding 1)"
    for r in p.recommendations:
        r.basis = "Based on conclusion 1 and finding 1."


@plants("FIN004", "the outcomes are not judged")
def outcomes(d: Draft, _: Random) -> str:
    _criterion(d, "Effectiveness", "Impact")
    p = d.part
    p.conclusions = [c for c in p.conclusions if c.number != 2]
    for i, c in enumerate(p.conclusions, 1):
        c.number = i
    without(d, "outcome", "effectiveness", "impact", r"trained", r"results")
    return "no finding on results"


@plants("FIN005", "sustainability is not judged")
def sustainability(d: Draft, _: Random) -> str:
    _criterion(d, "Sustainability")
    p = d.part
    p.conclusions, p.lessons = p.conclusions[:3], p.lessons[:1]
    p.lessons[0].text = "Short forms save time wherever staff are few, as they are in the hill districts."
    for r in p.recommendations:
        r.basis = "Based on conclusion 1 and finding 1."
    without(d, "likely to last", "upkeep is not")
    return "no finding on sustainability"


@plants("FIN006", "unintended effects were not looked at")
def unintended(d: Draft, _: Random) -> str:
    without(d, "unintended", "nobody had intended")
    leaf = d.leaf("method.criteria")
    leaf.blocks = [b.replace(", intended or unintended,", "") for b in leaf.blocks]
    return "nothing on unintended effects"


@plants("FIN007", "a criterion that was announced has no finding")
def criterion(d: Draft, rng: Random) -> str:
    name = rng.choice(("Coherence", "Efficiency", "Relevance", "Impact"))
    _criterion(d, name)
    return f"no finding on {name}"


@plants("FIN008", "a vague quantity in a finding")
def vague(d: Draft, rng: Random) -> str:
    f = rng.choice([f for f in d.part.findings if f.number not in d.part.facts["tables"]])
    words = rng.choice(
        (
            "Many respondents found the courses too short.",
            "Some stakeholders doubted the figures.",
            "Most interviewees were content with the pace.",
            "Several respondents asked for a second course.",
            "A number of stakeholders disagreed with this.",
            "The majority of participants said that they would come again.",
            "Few interviewees knew the plan.",
            "A large number of beneficiaries complained of delays.",
        )
    )
    if rng.random() < 0.5:
        f.text = f"{f.text} {words}"
    else:
        f.text = words
    return f"finding {f.number}: {words}"


@plants("FIN010", "a finding of a few words")
def short(d: Draft, rng: Random) -> str:
    f = rng.choice([f for f in d.part.findings if f.number not in d.part.facts["tables"]])
    f.text, f.evidence = rng.choice(("Good progress.", "Partners.", "Delays occurred.", "Targets met.", "Satisfactory.")), []
    return f"finding {f.number}: {f.text}"


@plants("FIN009", "no view that differs")
def dissent(d: Draft, _: Random) -> str:
    without(d, "disagree", "[Dd]issent", "differ", "saw no change", "felt left out", "One group")
    return "nobody disagrees"
