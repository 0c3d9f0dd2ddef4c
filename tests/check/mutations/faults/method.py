"""Faults of method: what a reader must know of how it was done is not said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere
from recall_mutations.faults import plants
from recall_mutations.faults.common import drop_block, everywhere

if TYPE_CHECKING:
    from random import Random


def without(d: Draft, *words: str) -> None:
    """Take out every sentence of the running text that has one of the words, in the summary too."""
    pattern = re.compile("|".join(words), re.IGNORECASE)
    for leaf in d.leaves:
        for i, b in enumerate(leaf.blocks):
            if isinstance(b, str) and pattern.search(b):
                kept = [s for s in re.split(r"(?<=[.!?]) (?=[A-Z])|(?<=\n)", b) if not pattern.search(s)]
                leaf.blocks[i] = " ".join(kept)
        leaf.blocks = [b for b in leaf.blocks if b]
    for f in d.part.findings:
        f.evidence = [" ".join(s for s in re.split(r"(?<=[.!?]) (?=[A-Z])", e) if not pattern.search(s)) for e in f.evidence]
        f.evidence = [e for e in f.evidence if e]


@plants("MET001", "the criteria are named nowhere")
def criteria(d: Draft, _: Random) -> str:
    leaf = d.leaf("method.criteria")
    leaf.heading = "Questions"
    leaf.blocks = [b for b in leaf.blocks if not re.search("criteria", b)]
    d.part.ratings = []
    d.drop("ratings")
    topics = {
        "Relevance": "Needs",
        "Coherence": "Partners",
        "Effectiveness": "Results",
        "Efficiency": "Money and time",
        "Impact": "Changes",
        "Sustainability": "What lasts",
    }
    for f in d.part.findings:
        f.criterion = topics[f.criterion]
    for x in d.leaves:
        for b in x.blocks:
            if not isinstance(b, str):
                b.rows = [
                    [re.sub(r" \((?:Relevance|Coherence|Effectiveness|Efficiency|Impact|Sustainability)\)", "", c) for c in r]
                    for r in b.rows
                ]
    without(d, "criteria", "criterion", "rating")
    return "no criterion is named"


COHERENCE_SINCE = 2020
"""Year from which coherence is a criterion."""


@plants("MET002", "a criterion is left out without a word of why")
def unused(d: Draft, rng: Random) -> str:
    gone = rng.choice(("Coherence", "Efficiency", "Impact", "Relevance"))
    if gone == "Coherence" and d.facts["paper"] < COHERENCE_SINCE:
        gone = "Efficiency"
    p = d.part
    p.findings = [f for f in p.findings if f.criterion != gone]
    numbers = {f.number: i for i, f in enumerate(p.findings, 1)}
    for f in p.findings:
        f.number = numbers[f.number]
    p.ratings = [r for r in p.ratings if r.criterion != gone]
    p.facts["tables"] = {numbers[k]: v for k, v in p.facts["tables"].items()}
    for o in (*p.conclusions, *p.lessons, *p.practices):
        o.basis = "(Finding 1)"
    for r in p.recommendations:
        r.basis = "Based on conclusion 1 and finding 1."
    # In the middle of a list, or last but one: "efficiency, impact and sustainability".
    everywhere(d, rf", {gone.lower()} and (\w+)", r" and \1")
    everywhere(d, rf"{gone.lower()}, ", "")
    everywhere(d, r"\b([Ss])ix criteria", lambda m: "Five criteria" if m[1] == "S" else "five criteria")
    leaf = d.leaf("method.criteria")
    i = next(i for i, b in enumerate(leaf.blocks) if b.startswith("1. "))
    words = {"Coherence": "fit with", "Efficiency": "money, staff", "Impact": "wider changes", "Relevance": "answer the needs"}[gone]
    lines = [x for x in leaf.blocks[i].split("\n") if words not in x]
    leaf.blocks[i] = "\n".join(re.sub(r"^\d+", str(n), x) for n, x in enumerate(lines, 1))
    matrix = d.leaf("annex.matrix").blocks[0]
    matrix.rows = [r for r in matrix.rows if gone not in r[0]]
    return f"{gone} not used, and no reason"


@plants("MET003", "far too many questions")
def questions(d: Draft, rng: Random) -> str:
    leaf = d.leaf("method.criteria")
    i = next(i for i, b in enumerate(leaf.blocks) if b.startswith("1. "))
    more = [
        "How were staff chosen?",
        "Were reports sent on time?",
        "Who decided on the sites?",
        "What did users pay?",
        "Did prices change?",
        "How were trainers found?",
        "Which risks came true?",
        "Were boards elected?",
        "What did donors ask for?",
        "How was fraud prevented?",
        "What was bought abroad?",
        "Who owns the sites now?",
    ]
    chosen = rng.sample(more, rng.randrange(8, 13))
    leaf.blocks[i] += "".join(f"\n{n}. {q}" for n, q in enumerate(chosen, 7))
    return f"{6 + len(chosen)} questions"


@plants("MET004", "a question without an answer")
def unanswered(d: Draft, rng: Random) -> str:
    leaf = d.leaf("method.criteria")
    i = next(i for i, b in enumerate(leaf.blocks) if b.startswith("1. "))
    if rng.random() < 0.5:
        q = rng.choice(
            (
                "How well did the donors coordinate their audits?",
                "Did exchange rates affect the value of grants?",
                "How did the choice of currency affect procurement abroad?",
            )
        )
        leaf.blocks[i] += f"\n7. {q}"
        return f"question 7, “{q}”, is answered nowhere"
    number = rng.randrange(1, 7)
    pattern = re.compile(rf"question {number}\b")
    for f in d.part.findings:
        f.evidence = [" ".join(s for s in re.split(r"(?<=[.!?]) (?=[A-Z])", e) if not pattern.search(s)) for e in f.evidence]
    matched = d.part.findings
    gone = [
        f.number
        for f in matched
        if f.criterion == ("Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability")[number - 1]
    ]
    for f in d.part.findings:
        if f.number in gone:
            f.text, f.evidence = (
                "The district office moved to a new building by the river.",
                ["Photographs and the lease show the new rooms.", "Two staff members described the move."],
            )
    return f"question {number} has no answer"


HEARD = ("interview", "survey", "focus group", "groups", r"\btalks?\b", "questionnaire", "respond", "answered said")
READ = (
    "document",
    "files?\\b",
    "registers?",
    "records?\\b",
    "statistics",
    "accounts?",
    "reports?\\b",
    "books?",
    "certificates",
    "lists",
    "plans? in",
    "letters",
    "ledgers",
    "statements",
    "drawings",
    "diaries",
    "visit",
)


@plants("MET005", "no sources of data")
def sources(d: Draft, _: Random) -> str:
    leaf = d.leaf("method.data")
    leaf.heading, leaf.blocks = "Conduct of the work", ["The team began its work in spring and ended it in autumn."]
    drop_block(d.leaf("summary"), "method:")
    d.leaf("method.analysis").blocks = ["The analysis was done by the team leader."]
    d.leaf("method.limits").blocks = ["- The time was short. The team made up for this by working in pairs."]
    d.drop("annex.documents", "annex.tools", "annex.people", "annex.matrix")
    without(d, *HEARD, *READ)
    return "no documents, interviews or surveys anywhere"


@plants("MET006", "no word of how respondents and places were chosen")
def sampling(d: Draft, _: Random) -> str:
    without(d, r"\bsampl", "at random", "drawn from")
    return "nothing about sampling"


@plants("MET007", "a survey without response rate")
def rate(d: Draft, rng: Random) -> str:
    ways = (
        "A survey was sent to people who had taken part in the training. The questionnaire is in Annex 4.",
        "An online survey of participants was run in all districts.",
        "Views of participants were collected with a survey, whose questionnaire is in Annex 4.",
    )
    leaf = d.leaf("method.data")
    i = next(i for i, b in enumerate(leaf.blocks) if "survey was sent" in b)
    leaf.blocks[i] = rng.choice(ways)
    everywhere(d, r"a survey that \d+ of \d+ people answered", "a survey")
    everywhere(d, r"In the survey, \d+ per cent of those who answered said", "In the survey, people said")
    return leaf.blocks[i]


@plants("MET008", "no triangulation")
def triangulation(d: Draft, _: Random) -> str:
    without(d, "triangulat", "two kinds", "held against", "sources differed")
    d.leaf("method.analysis").heading = "Analysis"
    d.leaf("method.analysis").blocks = ["Notes were coded by theme."]
    return "nothing about triangulation"


@plants("MET009", "no limitations")
def limitations(d: Draft, _: Random) -> str:
    d.drop("method.limits")
    return "no limitations"


@plants("MET010", "a limitation without what was done about it")
def mitigation(d: Draft, rng: Random) -> str:
    leaf = d.leaf("method.limits")
    leaf.heading = "Limitations"
    lines = [x.split(". ")[0] + "." for x in leaf.blocks[0].split("\n")]
    if rng.random() < 0.4:
        lines = [" ".join(x.removeprefix("- ") for x in lines)]
    leaf.blocks = ["\n".join(lines)]
    return leaf.blocks[0]


@plants("MET011", "no consultation of stakeholders")
def consultation(d: Draft, _: Random) -> str:
    d.leaf("method.ethics").heading = "Ethics"
    drop_block(d.leaf("method.ethics"), "consulted")
    without(d, *HEARD, "discussed", "with women", "were heard", "consent", "took part", "Women and men")
    d.drop("annex.people", "annex.tools", "annex.matrix")
    return "nobody was consulted or heard: a desk study"


@plants("MET012", "no ethics")
def ethics(d: Draft, _: Random) -> str:
    d.leaf("method.ethics").heading = "Consultation"
    drop_block(d.leaf("method.ethics"), "ethic")
    return "nothing about ethics"


@plants("MET013", "interviews that are not counted, or counted differently")
def interviews(d: Draft, rng: Random) -> str:
    f = d.facts
    if rng.random() < 0.5:
        everywhere(
            d,
            rf"held {f['interviews']} interviews \({f['women']} with women and {f['men']} with men\)",
            "held interviews with women and men",
        )
        leaf = d.leaf("method.data")
        i = next(i for i, b in enumerate(leaf.blocks) if "interviews" in b and str(f["interviews"]) in b)
        leaf.blocks[i] = "Interviews were held with staff, officials and partners."
        d.leaf("annex.people").blocks = ["Officials of the ministry; partners; users."]
        return "no number of interviews"
    leaf = d.leaf("summary")
    other = f["interviews"] + rng.choice((-9, 4, 12, 20))
    i = next(i for i, b in enumerate(leaf.blocks) if "interviews" in b)
    leaf.blocks[i] = re.sub(rf"{f['interviews']} interviews \(.*?\)", f"{other} interviews", leaf.blocks[i])
    return f"{other} interviews in the summary, {f['interviews']} in the method"


@plants("MET014", "no evaluation matrix")
def matrix(d: Draft, _: Random) -> str:
    without(d, "matrix")
    d.drop("annex.matrix")
    return "no matrix anywhere"


@plants("MET015", "no theory of change")
def theory(d: Draft, _: Random) -> str:
    d.drop("background.logic", "annex.results")
    without(d, "theory of change", "results framework")
    return "no theory of change"


@plants("MET016", "no evaluation questions")
def no_questions(d: Draft, _: Random) -> str:
    leaf = d.leaf("method.criteria")
    leaf.heading = "Evaluation criteria"
    leaf.blocks = [b for b in leaf.blocks if not b.startswith("1. ")]
    without(d, "question")
    matrix_ = d.leaf("annex.matrix").blocks[0]
    matrix_.title = "Table 4. Indicators and sources"
    matrix_.rows = [["Item", *matrix_.rows[0][1:]], *([r[0].split("(")[1].rstrip(")"), *r[1:]] for r in matrix_.rows[1:])]
    return "no questions"


@plants("MET017", "no purpose")
def purpose(d: Draft, _: Random) -> str:
    without(d, "purpose", r"was meant to", "aim of")
    if "urpose" in d.leaf("method").heading:
        d.leaf("method").heading = "Methodology"
    if not d.leaf("method").blocks:
        raise NotHere("method")
    return "the purpose is not stated"


@plants("MET018", "no users")
def users(d: Draft, _: Random) -> str:
    without(d, "users", "inform the planning", "help the", "inform a second", "help plan")
    return "nobody is named who is to use it"
