"""Faults of the chain: links that are missing, references to nothing, texts that stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recall_mutations.faults import plants
from recall_mutations.faults.common import add_sentence
from recall_mutations.faults.recommendations import renew, subject

if TYPE_CHECKING:
    from random import Random

    from recall_mutations.draft import Draft


@plants("CHA001", "a recommendation that rests on nothing")
def baseless(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.recommendations)
    r.text = f"{subject(r)} " + rng.choice(
        (
            "buy a fleet of electric buses for the capital.",
            "move its headquarters to the coast.",
            "found a museum of postal history.",
            "translate its website into Latin.",
            "sponsor the national chess league.",
            "replace printers in the headquarters.",
        )
    )
    r.measure = r.basis = ""
    renew(d)
    return r.text


@plants("CHA002", "an important finding with a problem that no recommendation takes up")
def unused(d: Draft, rng: Random) -> str:
    f = rng.choice(
        [
            f
            for f in d.part.findings
            if f.number not in d.part.facts["tables"] and sum(g.criterion == f.criterion for g in d.part.findings) == 1
        ]
        or d.part.findings[-1:]
    )
    f.text = rng.choice(
        (
            "Fraud was found in the payment of bus tickets, and it was not reported.",
            "Asbestos was not removed from the roofs of the offices, and staff fell ill.",
            "Personal data of patients were lost in a theft, and no one was told.",
            "Child labour was found at two quarries of a supplier, which nobody had checked.",
        )
    )
    f.evidence = ["The audit file records it. Interviews with two clerks bear it out."]
    for o in (*d.part.conclusions, *d.part.lessons, *d.part.practices):
        o.basis = "(Finding 1)" if f.number != 1 else "(Finding 2)"
    for r in d.part.recommendations:
        r.basis = f"Based on finding {1 if f.number != 1 else 2}."
    return f"finding {f.number}: {f.text}"


@plants("CHA003", "a reference to a statement that is not there")
def missing(d: Draft, rng: Random) -> str:
    p = d.part
    kind = rng.choice(("finding", "conclusion", "recommendation"))
    last = {"finding": len(p.findings), "conclusion": len(p.conclusions), "recommendation": len(p.recommendations)}[kind]
    n = last + rng.randrange(1, 12)
    way = rng.randrange(4)
    if way == 0 and kind != "recommendation":
        o = rng.choice(p.recommendations)
        o.basis = rng.choice((f"This rests on {kind} {n}.", f"(Based on {kind} {n})", f"It follows from {kind}s 1 and {n}."))
        return o.basis
    if way == 1 and kind == "finding":
        o = rng.choice(p.conclusions)
        o.basis = rng.choice((f"(Finding {n})", f"(based on findings 1 and {n})"))
        return o.basis
    words = rng.choice((f"This is taken up in {kind} {n}.", f"See also {kind} {n}.", f"It is why {kind} {n} was made."))
    return add_sentence(d, rng, words, "background", "findings", "response", "ratings")


@plants("CHA003", "a reference to a finding that the part does not have", into="summary")
def missing_in_part(d: Draft, rng: Random) -> str:
    p = rng.choice(d.parts)
    r = rng.choice(p.recommendations)
    n = len(p.findings) + rng.randrange(2, 20)
    r.basis = f"This rests on finding {n}."
    return f"{r.basis} of {len(p.findings)}"


@plants("CHA004", "the decision names the wrong paragraphs", into="summary")
def paragraphs(d: Draft, rng: Random) -> str:
    part = rng.randrange(1, len(d.parts) + 1)
    shift = rng.choice(((1, 0), (-1, 0), (0, 1), (0, -1), (2, 2), (-3, -3), (1, 1), (-1, -1), (6, 6)))
    d.facts["shift"] = {f"«R{part}»": shift}
    return f"range of part {part} shifted by {shift}"


@plants("CHA005", "a reference to a section, table, figure or box that is not there")
def nowhere(d: Draft, rng: Random) -> str:
    n = rng.randrange(9, 30)
    kinds = [f"see Table {n}", f"see Figure {n}", f"as shown in Figure {n}", f"Table {n} has the details", f"see Box {n}"]
    if d.number_headings:
        kinds += [f"see section {n + 10}.{n % 5 + 1}", f"see chapter {n + 10}"]
    what = rng.choice(kinds)
    words = f"More is known of this ({what})." if what.startswith(("see", "as")) else f"{what}."
    return add_sentence(d, rng, words)


@plants("CHA006", "a statement that stands twice in nearly the same words")
def twice(d: Draft, rng: Random) -> str:
    p = d.part
    a = rng.choice([f for f in p.findings if len(f.text.split()) > 12])
    b = rng.choice([f for f in p.findings if f.number != a.number and f.number not in p.facts["tables"]])
    words = a.text.split()
    if rng.random() < 0.6:
        words.insert(rng.randrange(2, len(words) - 1), rng.choice(("also", "indeed", "clearly")))
    b.text = " ".join(words)
    return f"finding {b.number} says what finding {a.number} says"


@plants("CHA007", "words taken from another paper")
def taken(d: Draft, rng: Random) -> str:
    who, what, where, when = (
        rng.choice(x)
        for x in (
            ("Farmers", "Weavers", "Nurses", "Pupils"),
            ("salt", "timber", "wool", "maize"),
            ("the harbour", "the hill road", "the old market", "the river"),
            ("at dawn", "in the dry months", "after the feast", "before the rains"),
        )
    )
    passage = (
        f"{who} who carried {what} along {where} {when} told the team that tolls had been raised twice, "
        f"that clerks wrote no receipts, and that guards let relatives pass without paying, "
        f"so that honest carriers lost a day each week and in the end sold their loads for less than they had cost."
    )
    other = (
        f"# Evaluation of the Toll Reform Project\n\n## Findings\n\nThe reform began "
        f"late.\n\n{passage}\n\nOffices were closed on Fridays.\n\n## Conclusions\n\nTolls need "
        f"receipts.\n"
    )
    d.corpus.append(("toll_reform", other))
    add_sentence(d, rng, passage, "background", "findings", "method.data")
    return passage[:80]


@plants("CHA008", "a conclusion that no recommendation uses")
def conclusion_unused(d: Draft, rng: Random) -> str:
    p = d.part
    c = rng.choice(p.conclusions)
    c.text = rng.choice(
        (
            "Libraries closed in the evenings lose readers to cafés.",
            "Night trains were the weak point of the postal link.",
            "Old telephone lines held back the weather service.",
            "Theatre tickets cost more than families could pay.",
        )
    )
    other = 1 if c.number != 1 else 2
    for r in p.recommendations:
        r.basis = f"Based on conclusion {other}."
    return c.text
