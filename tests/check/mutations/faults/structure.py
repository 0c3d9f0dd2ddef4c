"""Faults of structure: parts that are missing, out of order, empty, or wrongly numbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere, Table
from recall_mutations.faults import plants
from recall_mutations.faults.common import add_sentence, everywhere

if TYPE_CHECKING:
    from random import Random


@plants("STR001", "no list of contents in a long report", into="long_report")
def contents(d: Draft, _: Random) -> str:
    d.drop("contents")
    return "the contents list is gone"


@plants("STR002", "no list of acronyms in a report that uses many")
def acronyms(d: Draft, rng: Random) -> str:
    extra = rng.sample(("GNI", "NDP", "HMIS", "SOP", "BOQ", "TVET", "GIS", "ICT", "PMU", "LGA", "VAT", "RBM", "IEC", "DQA"), 9)
    for e in extra:
        add_sentence(
            d, rng, rng.choice(("The {} was used for this.", "Data of the {} were compared.", "The {} figures agree with it.")).format(e)
        )
    d.drop("acronyms")
    return f"{', '.join(extra)} used and no list"


@plants("STR003", "the period is stated nowhere")
def period(d: Draft, _: Random) -> str:
    a, b = d.facts["y0"], d.facts["y1"]
    d.title = re.sub(r",? \(?\d{4}–\d{4}\)?", "", d.title)
    everywhere(d, rf"(?:between|from) {a} (?:to|and) {b}|{a}–{b}", "")
    leaf = d.leaf("data_sheet")
    for t in leaf.blocks:
        if isinstance(t, Table):
            t.rows = [r for r in t.rows if r[0] != "Period"]
    everywhere(d, rf" (?:in|of) {a}\b| of {b}\b|, {a}\b|, {b}\b", "")
    return f"{a}–{b} taken out"


@plants("STR004", "the place is stated nowhere")
def place(d: Draft, _: Random) -> str:
    country = d.facts["country"]
    d.title = d.title.replace(f" in {country}", "").replace(f", {country}", "")
    leaf = d.leaf("data_sheet")
    for t in leaf.blocks:
        t.rows = [r for r in t.rows if r[0] != "Country"]
    everywhere(d, rf" (?:in|of) {country}|\b{country}\b", "")
    for i in range(4):
        everywhere(d, rf" in {d.facts[f'd{i}']}\b", "")
        everywhere(d, rf"\b{d.facts[f'd{i}']}\b", f"District {i + 1}")
    return f"{country} and its districts taken out"


@plants("STR005", "the evaluators are not named")
def evaluators(d: Draft, _: Random) -> str:
    d.front = d.front[1:]
    return "the line with the evaluators is gone"


@plants("STR006", "who commissioned it is not named")
def commissioner(d: Draft, _: Random) -> str:
    del d.front[1]
    return "the line with the commissioner is gone"


@plants("STR007", "no date")
def no_date(d: Draft, _: Random) -> str:
    del d.front[2]
    return "the line with the date is gone"


@plants("STR008", "no data sheet of the project")
def data_sheet(d: Draft, _: Random) -> str:
    d.drop("data_sheet")
    return "the data sheet is gone"


@plants("STR009", "recommendations before findings, or another part out of order")
def order(d: Draft, rng: Random) -> str:
    one, before = rng.choice(
        (("recommendations", "findings"), ("conclusions", "findings"), ("recommendations", "conclusions"), ("background", "conclusions"))
    )
    if (one, before) == ("background", "conclusions"):
        moved = [x for x in d.leaves if x.key.startswith("background")]
        d.leaves = [x for x in d.leaves if x not in moved]
        at = d.leaves.index(d.leaf("conclusions")) + 1
        d.leaves[at:at] = moved
        return "background behind conclusions"
    leaf = d.leaf(one)
    d.leaves.remove(leaf)
    d.leaves.insert(d.leaves.index(d.leaf(before)), leaf)
    return f"{one} before {before}"


@plants("STR010", "a main part is missing")
def part(d: Draft, rng: Random) -> str:
    key = rng.choice(("findings", "conclusions", "recommendations", "background"))
    d.drop(key)
    p = d.part
    if key == "recommendations":
        d.drop("response")
        p.recommendations, p.responses = [], []
    return f"no {key}"


@plants("STR011", "a recommendation stands among the findings")
def among(d: Draft, rng: Random) -> str:
    f = rng.choice(d.part.findings)
    ministry, country = d.facts["ministry"], d.facts["org"]
    words = rng.choice(
        (
            f"It is recommended that the {ministry} fund upkeep from next year.",
            f"The evaluation recommends that the {country} open a second office.",
            f"We recommend that the {ministry} issue a decree on fees.",
            "The evaluation team therefore recommends to extend the programme by one year.",
        )
    )
    f.evidence[-1] += f" {words}" if rng.random() < 0.5 else ""
    if words not in f.evidence[-1]:
        f.evidence.append(words)
    return f"“{words}” under finding {f.number}"


@plants("STR012", "an annex is missing")
def annex(d: Draft, rng: Random) -> str:
    key = rng.choice(("tor", "people", "documents", "tools", "matrix", "results"))
    d.drop(f"annex.{key}")
    return f"no annex {key}"


@plants("STR013", "a number is left out or given twice")
def numbering(d: Draft, rng: Random) -> str:
    kind = rng.choice(("finding", "heading", "recommendation", "conclusion", "table"))
    p = d.part
    if kind == "heading":
        d.number_headings = True
        key = rng.choice(("conclusions", "findings", "ratings"))
        number = 1 + sum(x.level == 2 and x.numbered for x in d.leaves[: d.leaves.index(d.leaf(key))])
        d.overrides = {key: f"{number + rng.choice((-1, 9))}."}
        return f"heading {key} numbered {d.overrides[key]}"
    if kind == "table":
        table = next(b for b in d.leaf("annex.people").blocks if isinstance(b, Table))
        table.title = table.title.replace("Table 3", "Table 2")
        everywhere(d, r"\(Table 3\)", "")
        return "Table 2 twice, no Table 3"
    items: list = {"finding": p.findings, "recommendation": p.recommendations, "conclusion": p.conclusions}[kind]
    i = rng.randrange(1, len(items) - 1)
    old = items[i].number
    items[i].number = rng.choice((old - 1, old + 40))
    return f"{kind} {old} numbered {items[i].number}"


@plants("STR014", "a heading with nothing under it")
def empty(d: Draft, rng: Random) -> str:
    key = rng.choice(("background.logic", "method.analysis", "method.ethics", "method.limits", "method.data"))
    d.leaf(key).blocks = []
    return f"nothing under {key}"


@plants("STR015", "a placeholder was left")
def placeholder(d: Draft, rng: Random) -> str:
    words = rng.choice(
        (
            "[insert number of visits]",
            "TBC",
            "TBD",
            "XX per cent of the visits were announced.",
            "Lorem ipsum dolor sit amet.",
            "Error! Reference source not found.",
            "[to be completed]",
            "???",
            "[INSERT TABLE HERE]",
            "The figure is XXX.",
            "[add source]",
            "[TBC]",
        )
    )
    return add_sentence(d, rng, words)


@plants("STR017", "an annex is referred to that is not there")
def annex_gone(d: Draft, rng: Random) -> str:
    n = rng.randrange(7, 15)
    return add_sentence(
        d,
        rng,
        rng.choice(
            (f"Details are given in Annex {n}.", f"The list is attached (see Annex {n}).", f"Annex {n} explains how this was done.")
        ),
    )


@plants("STR018", "a heading is given twice, or the contents list names another")
def headings(d: Draft, rng: Random) -> str:
    if rng.random() < 0.5:
        a, b = rng.sample([x for x in d.leaves if x.level == 2 and x.numbered and x.key not in ("findings", "recommendations")], 2)
        b.heading = a.heading
        return f"“{a.heading}” twice"
    lines = [x.heading for x in d.leaves if x.level == 2 and x.key != "contents"]
    if d.number_headings:
        raise NotHere("a contents list without numbers")
    i = rng.randrange(4, len(lines))
    old, lines[i] = lines[i], rng.choice(("Financial analysis", "Partnerships and outreach", "Case studies by district"))
    d.contents = lines
    return f"contents list says “{lines[i]}” for “{old}”"


@plants("STR020", "a table without title, or one that no text mentions")
def table(d: Draft, rng: Random) -> str:
    if rng.random() < 0.5:
        t = rng.choice([t for ts in d.part.facts["tables"].values() for t in ts])
        title, t.title = t.title, ""
        everywhere(d, r"Table 1 shows", "The table shows")
        return f"no title instead of “{title}”"
    everywhere(d, r"Table 1 shows the numbers by district, and the", "The")
    everywhere(d, r", added up in Table 1,", "")
    return "Table 1 mentioned nowhere"


@plants("STR008", "the data sheet is a bare sentence", into="report")
def _sheet(d: Draft, _: Random) -> str:
    leaf = d.leaf("data_sheet")
    leaf.heading, leaf.blocks = "About this report", ["It has nine chapters."]
    return "a heading without data"


@plants("STR016", "tracked changes or comments")
def tracked(d: Draft, rng: Random) -> str:
    n = rng.randrange(2, 60)
    said = rng.choice(
        (
            ("tracked-changes", f"The document holds tracked changes ({n} insertions); it is read as if all were accepted."),
            ("comments", f"The document holds {n} comments, which are not read."),
        )
    )
    d.diagnostics.append(said)
    return said[0]
