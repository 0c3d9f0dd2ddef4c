"""Clean summaries for a governing body: one to three evaluations with answers, numbered paragraphs and a decision."""

from __future__ import annotations

from random import Random

from recall_mutations import numbers, programmes, words_en
from recall_mutations.clean import _Report
from recall_mutations.draft import Draft, Leaf, Part

ROMAN = ("I", "II", "III")


def summary(seed: int) -> Draft:
    """The clean summary of a seed, always the same."""
    rng = Random(seed + 7000)  # noqa: S311 (the same paper for the same seed)
    count = seed % 2 + 1
    chosen = rng.sample(programmes.ENGLISH, count)
    parts: list[Part] = []
    leaves: list[Leaf] = []
    acronyms: dict[str, str] = {}
    for i, programme in enumerate(chosen, 1):
        one = _Report(rng, seed * 10 + i, programme, second=i == 2)
        part = one.stated()
        part.facts.pop("tables", None)
        for f in part.findings:
            f.evidence = [
                e.replace(
                    "Table 1 shows the numbers by district, and the training registers bear them out.",
                    "The training registers and the reports of the districts show the numbers.",
                ).replace(", added up in Table 1,", "")
                for e in f.evidence
            ]
        parts.append(part)
        acronyms |= one.acronyms()
        leaves += _part(i, one, part)
    year = max(p.facts["paper"] for p in parts)
    for part in parts:
        move = year - part.facts["paper"]
        if move:
            for r in part.recommendations:
                r.measure = r.measure.replace(str(part.facts["due"]), str(year + 1))
            for a in part.responses:
                for x in a.actions:
                    x.due = x.due.replace(str(part.facts["due"]), str(year + 1))
    ranges = ", ".join(f"«R{i}»" for i in range(1, count + 1))
    ranges = " and ".join(ranges.rsplit(", ", 1))
    decision = (
        f"The Governing Body requests the Director-General to take into consideration the "
        f"recommendations of the evaluations (paragraphs {ranges}) and to ensure their implementation."
    )
    leaves.append(Leaf("decision", "Draft decision", 2, [decision]))
    number = numbers.WORDS[count]
    plural = "s" if count > 1 else ""
    title = rng.choice(
        (f"Summary of {number} independent evaluation{plural}", f"Findings and recommendations of {number} independent evaluation{plural}")
    )
    opening = (
        f"This paper gives the Governing Body a summary of {number} independent evaluation{plural} "
        f"completed in {year}. The full report{plural} can be had from the Evaluation Office."
    )
    facts = {"paper": year, "recommendation headings": {"Recommendations"}, "count": count}
    draft = Draft(
        seed,
        "summary",
        "en",
        title,
        [f"Date: {rng.randrange(2, 28)} {rng.choice(numbers.MONTHS)} {year}", opening],
        acronyms,
        leaves,
        parts,
        number_headings=False,
        labels={**words_en.LABELS, "finding": "Key finding"},
        facts=facts,
    )
    draft.genre = "summary"
    return draft


def _part(i: int, one: _Report, part: Part) -> list[Leaf]:
    f = part.facts
    say = one.say
    count = numbers.WORDS[len(part.recommendations)]
    criteria = "The evaluation used six criteria: relevance, coherence, effectiveness, efficiency, impact and sustainability."
    return [
        Leaf(f"p{i}", f"Part {ROMAN[i - 1]}. Evaluation of the {f['name']} in {f['country']}, {f['y0']}–{f['y1']}", 2),
        Leaf(
            f"p{i}.scope",
            "Purpose and scope",
            3,
            [
                (say("summary.object") if i == 1 else f"The {f['name']} ({f['short']}) belongs to the {f['organisation']} ({f['org']}).")
                + " "
                + say("method"),
                f"{criteria} Documents reviewed: {f['documents']}.",
                f"The team of this part held {f['interviews']} interviews, {f['women']} with women and {f['men']} with men.",
                say("method.triangulation") + " " + say("method.ethics").replace("[^2]", ""),
                f"{say('method.limits').split(chr(10))[0].removeprefix('- ')} The {f['org']} had agreed to the dates of the {f['short']}.",
            ],
        ),
        Leaf(f"p{i}.findings", "Summary of findings", 3, [say("method.gender")]),
        Leaf(f"p{i}.conclusions", "Conclusions", 3),
        Leaf(f"p{i}.lessons", "Lessons learned", 3),
        Leaf(f"p{i}.recommendations", "Recommendations", 3),
        Leaf(
            f"p{i}.response",
            "Office response",
            3,
            [
                (
                    (
                        f"The Office thanks the team. Of the {count} recommendations it accepts three fully and one "
                        f"partially, and it does not accept one."
                    )
                    if i == 1
                    else f"Three of the {count} recommendations are accepted fully and one partially; one is not accepted."
                )
            ],
        ),
    ]
