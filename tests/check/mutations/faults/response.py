"""Faults of management's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere, Part, Response
from recall_mutations.faults import plants
from recall_mutations.faults.common import everywhere

if TYPE_CHECKING:
    from random import Random


def part(d: Draft, rng: Random) -> Part:
    """An evaluation with answers."""
    return rng.choice([p for p in d.parts if p.responses])


def answer(d: Draft, rng: Random, *verdicts: str) -> Response:
    """An answer, with one of these verdicts if any is given."""
    found = [a for a in part(d, rng).responses if not verdicts or a.verdict in verdicts]
    if not found:
        raise NotHere(verdicts[0])
    return rng.choice(found)


def uncount(d: Draft) -> None:
    """Take out the sentence that counts the answers, so that only one fault is planted."""
    everywhere(d, r" ?It accepts three of the five recommendations fully and one partially, and it does not accept one\.", "")
    everywhere(d, r" ?Of the five recommendations it accepts three fully and one partially, and it does not accept one\.", "")
    everywhere(
        d,
        r"Three of the five recommendations are accepted fully and one partially; one is not accepted\.",
        "The Office thanks the team for its work.",
    )


for _into in ("report", "summary"):

    @plants("RES001", f"a recommendation without an answer ({_into})", into=_into)
    def unanswered(d: Draft, rng: Random) -> str:
        p = part(d, rng)
        a = rng.choice(p.responses)
        p.responses.remove(a)
        uncount(d)
        return f"no answer to {a.to}"

    @plants("RES002", f"an answer that promises nothing ({_into})", into=_into)
    def welcomed(d: Draft, rng: Random) -> str:
        a = answer(d, rng)
        a.sentences = [
            rng.choice(
                (
                    "This recommendation is welcomed.",
                    "The Office welcomes this recommendation.",
                    "The recommendation is noted.",
                    "The Office takes note of the recommendation with interest.",
                    "The Office appreciates the recommendation.",
                    "This recommendation is well taken.",
                    "The Office thanks the evaluators for this useful recommendation.",
                )
            )
        ]
        a.actions = []
        uncount(d)
        return a.sentences[0]

    @plants("RES003", f"a rejection without a reason ({_into})", into=_into)
    def rejection(d: Draft, rng: Random) -> str:
        a = answer(d, rng)
        a.sentences = [
            rng.choice(
                (
                    "The Office does not accept the recommendation.",
                    "The recommendation is rejected.",
                    "Management does not agree with this recommendation.",
                    "The recommendation is not accepted.",
                    "Rejected.",
                )
            )
        ]
        a.actions = []
        uncount(d)
        return a.sentences[0]

    @plants("RES004", f"a partial acceptance without a reason ({_into})", into=_into)
    def partial(d: Draft, rng: Random) -> str:
        a = answer(d, rng, "partially", "accepted")
        a.sentences = [
            rng.choice(
                (
                    "The Office partially accepts the recommendation.",
                    "The recommendation is partially accepted.",
                    "Management partially agrees with this recommendation.",
                    "Partially accepted.",
                )
            )
        ]
        if rng.random() < 0.5:
            a.sentences.append("A workshop will be held with district staff.")
        uncount(d)
        return " ".join(a.sentences)

    @plants("RES005", f"an acceptance without an action ({_into})", into=_into)
    def no_action(d: Draft, rng: Random) -> str:
        a = answer(d, rng, "accepted")
        a.sentences = [
            rng.choice(
                (
                    "The Office accepts the recommendation.",
                    "The recommendation is accepted.",
                    "Management agrees with the recommendation.",
                    "Accepted.",
                    "The Office fully agrees with this recommendation.",
                )
            ),
            *rng.choice(((), ("It touches on a matter of weight.",), ("The topic has been discussed for years.",))),
        ]
        a.actions = []
        return " ".join(a.sentences)

    @plants("RES011", f"a count of acceptances that the answers do not bear out ({_into})", into=_into)
    def counted(d: Draft, rng: Random) -> str:
        new = rng.choice((("four", "one"), ("two", "two"), ("three", "two"), ("four", "none")))
        n = everywhere(
            d,
            r"(accepts |accepts )three( of the five recommendations)? fully and one partially",
            lambda m: f"{m[1]}{new[0]}{m[2] or ''} fully and {new[1]} partially",
        )
        n += everywhere(
            d,
            r"Three of the five recommendations are accepted fully and one partially",
            f"{new[0].capitalize()} of the five recommendations are accepted fully and {new[1]} partially",
        )
        if not n:
            raise NotHere("a count")
        return f"{new[0]} fully, {new[1]} partially; in truth three and one"


@plants("RES006", "an action without an owner")
def owner(d: Draft, rng: Random) -> str:
    a = rng.choice([a for a in part(d, rng).responses if a.actions])
    for x in a.actions:
        x.unit = rng.choice(("", "–", "TBD")) if rng.random() < 0.3 else ""
    return f"no owner for the answer to {a.to}"


@plants("RES007", "an action without a date")
def date(d: Draft, rng: Random) -> str:
    a = rng.choice([a for a in part(d, rng).responses if a.actions])
    for x in a.actions:
        x.due = rng.choice(("", "", "–", "In due course"))
    return f"no date for the answer to {a.to}"


@plants("RES008", "an answer that depends on money, without amount or source")
def money(d: Draft, rng: Random) -> str:
    a = answer(d, rng, "accepted")
    a.sentences.append(
        rng.choice(
            (
                "This is subject to the availability of funds.",
                "Implementation will depend on available resources.",
                "The work can begin only if additional funding is found.",
                "This is not resource neutral.",
                "Subject to funding, it will be done.",
            )
        )
    )
    return a.sentences[-1]


@plants("RES009", "what cannot be done, and no alternative")
def infeasible(d: Draft, rng: Random) -> str:
    a = answer(d, rng)
    a.sentences = [
        rng.choice(
            (
                "The recommendation is not accepted, because it is not feasible under the statutes.",
                "The Office does not accept the recommendation. It cannot be implemented, since the law does not allow it.",
                "The recommendation is rejected, as it is not feasible with the present staff.",
            )
        )
    ]
    a.actions = []
    uncount(d)
    return a.sentences[0]


@plants("RES010", "an action that is called completed, without proof")
def completed(d: Draft, rng: Random) -> str:
    a = rng.choice([a for a in part(d, rng).responses if a.actions])
    for x in a.actions:
        x.status = rng.choice(("Completed", "Implemented", "Done"))
        x.due = f"March {d.facts['paper']}"
    return f"{a.actions[0].text}: {a.actions[0].status}"


@plants("RES012", "an answer that says neither yes nor no")
def unclear(d: Draft, rng: Random) -> str:
    a = answer(d, rng)
    a.sentences = [
        rng.choice(
            (
                "The matter touches on work of several units and has a long history.",
                "Staff in the districts have often spoken of this.",
                "The Office has worked on this topic since the first phase, with the help of partners.",
                "There are many views of this in the house.",
            )
        )
    ]
    uncount(d)
    return a.sentences[0]


@plants("RES013", "an answer to a recommendation that is not there")
def extra(d: Draft, rng: Random) -> str:
    p = part(d, rng)
    n = len(p.recommendations) + rng.randrange(1, 5)
    p.responses.append(Response(n, "accepted", ["The Office accepts the recommendation. A note will be sent to the mayors."], []))
    uncount(d)
    return f"an answer to recommendation {n}"


@plants("RES014", "an action due before the paper's own date")
def past(d: Draft, rng: Random) -> str:
    a = rng.choice([a for a in part(d, rng).responses if a.actions])
    year = int(d.facts["paper"]) - rng.randrange(1, 4)
    for x in a.actions:
        x.due = x.due[: -len("2020")] + str(year)
    return a.actions[0].due


@plants("RES015", "an answer that only says the recommendation again")
def echo(d: Draft, rng: Random) -> str:
    p = part(d, rng)
    a = rng.choice([a for a in p.responses if a.verdict == "accepted"])
    r = next(r for r in p.recommendations if r.number == a.to)
    said = r.text.replace(" should ", rng.choice((" will ", " is to ", " should ")))
    a.sentences = [a.sentences[0], said]
    # A table of steps with owners and dates would be an answer of its own.
    a.actions = []
    return said


@plants("RES016", "a date that was moved without a reason")
def moved(d: Draft, rng: Random) -> str:
    a = rng.choice([a for a in part(d, rng).responses if a.actions])
    due = int(d.facts["paper"])
    for x in a.actions:
        x.due = rng.choice(
            (
                f"June {due + 2} (previously June {due + 1})",
                f"Moved from March {due + 1} to March {due + 2}",
                f"Postponed to December {due + 2}",
                f"Revised: June {due + 2} (original: May {due + 1})",
            )
        )
    return a.actions[0].due


@plants("RES017", "answers in the same words")
def alike(d: Draft, rng: Random) -> str:
    words = rng.choice(
        (
            ["The Office accepts the recommendation.", "It will look into the matter with all units concerned and report in due time."],
            ["Management agrees with the recommendation.", "Steps will be taken with partners to carry it out within the means at hand."],
        )
    )
    p = part(d, rng)
    for a in p.responses:
        a.sentences = list(words)
        a.actions = []
    uncount(d)
    return words[1]


@plants("RES018", "an answer that names another recommendation")
def other_number(d: Draft, rng: Random) -> str:
    a = answer(d, rng, "accepted")
    n = int(a.to) % len(d.part.recommendations) + 1
    a.sentences[0] = rng.choice(
        (f"The Office accepts recommendation {n}.", f"Recommendation {n} is accepted.", f"Management agrees with recommendation {n}.")
    )
    return f"the answer to {a.to} speaks of {n}"


@plants("RES019", "a rejection that has actions all the same")
def acts(d: Draft, rng: Random) -> str:
    p = part(d, rng)
    a = next(a for a in p.responses if a.verdict == "rejected")
    a.actions = [rng.choice([x for b in p.responses for x in b.actions])]
    return f"action under the rejection: {a.actions[0].text}"


@plants("RES020", "a promise that is hedged")
def hedged(d: Draft, rng: Random) -> str:
    a = answer(d, rng, "accepted")
    a.sentences[1:] = [
        rng.choice(
            (
                "The Office will endeavour to explore possible ways of doing so.",
                "The unit will try to look into this where possible.",
                "Efforts will be made to consider options as appropriate.",
                "The Office will seek to explore the feasibility of such a step.",
                "It will strive to do so to the extent possible.",
            )
        )
    ]
    a.actions = []
    return a.sentences[1]
