"""Faults of numbers, tables, counts and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere, Table
from recall_mutations.faults import plants
from recall_mutations.faults.common import add_sentence, everywhere
from recall_mutations.numbers import MONTHS, WORDS

if TYPE_CHECKING:
    from random import Random

PEOPLE = ("teachers", "engineers", "drivers", "mayors", "nurses", "clerks")


@plants("NUM001", "a value of one column in another")
def column(d: Draft, rng: Random) -> str:
    r = rng.choice(d.part.recommendations)
    kind = rng.choice(("time in resources", "priority and time swapped", "resources in time", "time in priority"))
    if kind == "time in resources":
        r.resources = rng.choice(("Short-term", "Medium-term", "Long-term", "Medium term", "Long term"))
    elif kind == "priority and time swapped":
        r.priority, r.time = r.time, r.priority
    elif kind == "resources in time":
        r.time = rng.choice(("High", "Low", "Within existing resources"))
    else:
        r.priority = rng.choice(("Short-term", "Long-term", "Medium-term"))
    return f"recommendation {r.number}: {kind}"


@plants("NUM002", "the same thing counted differently")
def disagree(d: Draft, rng: Random) -> str:
    f = d.facts
    key, ways = rng.choice(
        (
            ("interviews", ("The {n} interviews lasted an hour each.", "All {n} interviews were written up.")),
            ("documents", ("The {n} documents were coded by theme.", "Of the {n} documents reviewed, most were in print.")),
            ("groups", ("Notes of the {n} focus groups were read back.", "The {n} focus groups met in schools.")),
        )
    )
    n = f[key] + rng.choice((-3, 3, 5, 8, 14))
    return add_sentence(d, rng, rng.choice(ways).format(n=n), "method.analysis", "method.ethics", "findings") + f" (else {f[key]})"


@plants("NUM003", "parts that do not sum to the whole")
def parts(d: Draft, rng: Random) -> str:
    f = d.facts
    a, b = rng.sample(range(11, 60), 2)
    off = rng.choice((-4, -2, -1, 1, 2, 5))
    who = rng.choice(PEOPLE)
    if rng.random() < 0.4:
        everywhere(d, rf"\b{f['men']}(?= with men)", str(f["men"] + off))
        return f"{f['interviews']} interviews, {f['women']} with women, {f['men'] + off} with men"
    words = rng.choice(
        (
            f"A total of {a + b + off} {who} were met: {a} women and {b} men.",
            f"The team met {a + b + off} {who} ({a} women and {b} men).",
            f"Of the {a + b + off} {who}, {a} were women and {b} were men.",
            f"In all, {a + b + off} {who} came, {a} women and {b} men.",
        )
    )
    return add_sentence(d, rng, words)


@plants("NUM004", "a total of a table that is wrong")
def total(d: Draft, rng: Random) -> str:
    tables: list[Table] = [*(t for ts in d.part.facts["tables"].values() for t in ts), d.leaf("annex.people").blocks[0]]
    t = rng.choice(tables)
    i = rng.randrange(1, len(t.rows))
    j = rng.randrange(1, len(t.rows[0])) if i == len(t.rows) - 1 else len(t.rows[0]) - 1
    old = int(t.rows[i][j].replace(",", "").replace("\u00a0", ""))
    t.rows[i][j] = f"{old + rng.choice((-2, -1, 1, 9, 100)):,}".replace(",", "," if d.language == "en" else "\u00a0")
    return f"{t.title}: {t.rows[i][j]} for {old}"


@plants("NUM005", "shares that do not make a hundred")
def shares(d: Draft, rng: Random) -> str:
    a, b = rng.randrange(31, 50), rng.randrange(20, 31)
    c = 100 - a - b + rng.choice((-9, -6, 7, 12))
    if rng.random() < 0.5:
        words = rng.choice(
            (
                f"Of the budget, {a} per cent went to works, {b} per cent to training and the remaining {c} per cent to staff.",
                f"Spending was divided as follows: {a} per cent for works, {b} per cent for training and {c} per cent for staff.",
                f"Funds were split between works ({a} per cent), training ({b} per cent) and staff ({c} per cent).",
            )
        )
        return add_sentence(d, rng, words)
    rows = [["Use", "Share (per cent)"], ["Works", str(a)], ["Training", str(b)], ["Staff", str(c)], ["Total", "100"]]
    d.leaf("annex.results").blocks.append(Table("Table 6. Budget by use, in per cent", rows))
    d.leaf("background").blocks[0] += " Table 6 shows how the budget was used."
    return f"table of {a}, {b}, {c}"


@plants("NUM006", "a share that its numbers do not make")
def share(d: Draft, rng: Random) -> str:
    whole = rng.choice((40, 50, 60, 80, 120))
    a = rng.randrange(10, whole - 5)
    p = round(100 * a / whole) + rng.choice((-11, -6, 5, 8, 20))
    who = rng.choice(PEOPLE)
    if rng.random() < 0.3:
        f = d.facts
        wrong = f["rate"] + rng.choice((-8, 4, 7))
        everywhere(d, rf"response rate of {f['rate']} per cent", f"response rate of {wrong} per cent")
        return f"{f['answers']} of {f['sent']} is said to be {wrong} per cent"
    words = rng.choice(
        (
            f"Of {whole} {who}, {a} ({p} per cent) took part.",
            f"In one district {a} of {whole} {who} ({p} per cent) agreed.",
            f"There {a} out of {whole} {who}, or {p} per cent, had a contract.",
        )
    )
    return add_sentence(d, rng, words)


@plants("NUM007", "a count that is announced and not met")
def announced(d: Draft, rng: Random) -> str:
    n = rng.randrange(3, 7)
    m = n + rng.choice((-1, 1, 2))
    towns = rng.sample(("Arden", "Belmor", "Corvan", "Delby", "Estwick", "Farrow", "Gilden", "Harnow", "Ilvane"), m)
    listed = ", ".join(towns[:-1]) + " and " + towns[-1]
    kind = rng.randrange(4)
    if kind == 0:
        return add_sentence(
            d,
            rng,
            f"The team visited {WORDS[n]} {rng.choice(('towns', 'villages', 'places'))}: {listed}.",
            "background",
            "method.data",
            "method.analysis",
        )
    if kind == 1:
        leaf = d.leaf("background")
        leaf.blocks += [
            f"The plan had the following {WORDS[n]} {rng.choice(('goals', 'tasks', 'elements'))}:",
            "\n".join(f"- Work in {t} and around it." for t in towns),
        ]
        return f"{n} announced, {m} listed"
    if kind == 2:
        wrong = rng.choice((5, 7))
        everywhere(
            d, r"used six criteria|Six criteria were", lambda x: x[0].replace("six", WORDS[wrong]).replace("Six", WORDS[wrong].capitalize())
        )
        return f"{wrong} criteria announced, six named"
    return add_sentence(d, rng, f"Case studies were made in {WORDS[n]} towns ({listed}).", "background", "method.data")


@plants("NUM008", "a period that changes")
def period(d: Draft, rng: Random) -> str:
    f = d.facts
    old = f["y1"]
    new = old + rng.choice((-1, 1))
    if rng.random() < 0.5:
        d.title = re.sub(rf"{old}(?=\)?$)", str(new), d.title)
        return f"title to {new}, text to {old}"
    pattern = rf"(from {f['y0']} to ){old}"
    leaf = d.leaf("method")
    before = list(leaf.blocks)
    leaf.blocks = [re.sub(pattern, rf"\g<1>{new}", b) for b in leaf.blocks]
    if leaf.blocks == before:
        raise NotHere("a period")
    return f"scope to {new}, title to {old}"


@plants("NUM008", "a period of a part that changes", into="summary")
def period_of_part(d: Draft, rng: Random) -> str:
    i = rng.randrange(len(d.parts))
    f = d.parts[i].facts
    leaf = d.leaf(f"p{i + 1}")
    shift = rng.choice((-1, 1))
    leaf.heading = leaf.heading.replace(str(f["y1"]), str(f["y1"] + shift))
    return f"{leaf.heading}, text to {f['y1']}"


@plants("NUM009", "a range that runs backwards")
def reversed_(d: Draft, rng: Random) -> str:
    a, b = sorted(rng.sample(range(12, 90), 2))
    y, z = d.facts["y0"], d.facts["y1"]
    words = rng.choice(
        (
            f"This was so in {z}–{y}.",
            f"Records of {z}–{y} were kept.",
            f"Between {b} and {a} people came to each meeting.",
            f"Ages went from {b} to {a} years.",
            f"Each course had between {b} and {a} participants.",
            f"In the years {z}–{y} the rules were the same.",
        )
    )
    return add_sentence(d, rng, words)


@plants("NUM010", "a date that cannot be")
def impossible(d: Draft, rng: Random) -> str:
    year = d.facts["y1"]
    ways = (
        f"The contract was signed on 31 {rng.choice(('April', 'June', 'September', 'November'))} {year}.",
        f"The store opened on 30 February {year}.",
        f"Payments ended on 29 February {year if year % 4 else year + 1}.",
        f"The team met the mayor on {rng.randrange(3, 20)} {rng.choice(MONTHS)} {d.facts['paper'] + rng.randrange(12, 30)}.",
        f"The last visit took place on 31 November {year}.",
    )
    return add_sentence(d, rng, rng.choice(ways))


@plants("NUM011", "a count of findings or recommendations that is wrong")
def count(d: Draft, rng: Random) -> str:
    p = d.part
    kind = rng.choice(("findings", "recommendations", "conclusions", "lessons"))
    real = {
        "findings": len(p.findings),
        "recommendations": len(p.recommendations),
        "conclusions": len(p.conclusions),
        "lessons": len(p.lessons),
    }[kind]
    n = max(real + rng.choice((-1, 1, 2, 3)), 2)
    n += n == real
    said = WORDS[n] if n < len(WORDS) and rng.random() < 0.6 else str(n)
    if kind == "recommendations" and rng.random() < 0.5:
        everywhere(d, r"evaluation makes five recommendations", f"evaluation makes {said} recommendations")
        return f"{said} recommendations announced, {real} made"
    words = rng.choice(
        (f"The evaluation arrived at {said} {kind}.", f"This report sets out {said} {kind}.", f"The report has {said} {kind}.")
    )
    return add_sentence(d, rng, words, "findings", "method", "ratings") + f", {real} there"


@plants("NUM012", "a footnote that is not called, or a call without a note")
def note(d: Draft, rng: Random) -> str:
    # A Markdown reader drops such a note, so it is planted in the record.
    if rng.random() < 0.5:
        d.lost_notes = True
        return "call 2 has no note"
    d.lost_marks = True
    return "note 2 is not called"


@plants("NUM013", "two ways of writing thousands or decimals")
def marks(d: Draft, rng: Random) -> str:
    a, b = rng.randrange(11, 99), rng.randrange(100, 999)
    ways = (
        f"Users paid US${a}.{b}.{b} in fees.",
        f"The share was {a},{rng.randrange(1, 9)} per cent.",
        f"There were {a}.{b} users in the register.",
        f"The stock came to {a} {b} litres.",
        f"Fees came to US${a},5 million.",
    )
    return add_sentence(d, rng, rng.choice(ways))


@plants("NUM014", "an amount whose currency cannot be told")
def currency(d: Draft, rng: Random) -> str:
    n = rng.randrange(11, 99)
    return add_sentence(
        d,
        rng,
        rng.choice(
            (
                f"Repairs cost ${n},000.",
                f"The store was rented for ${n},500 a year.",
                f"District offices paid $ {n} million.",
                f"Fees of ${n} were charged.",
            )
        ),
    )
