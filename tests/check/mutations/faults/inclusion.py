"""Faults of inclusion: sex, disability and groups that are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recall_mutations.draft import Draft, NotHere
from recall_mutations.faults import plants
from recall_mutations.faults.common import add_sentence, everywhere
from recall_mutations.faults.method import without

if TYPE_CHECKING:
    from random import Random

WOMEN = ("wom[ae]n", r"\bm[ae]n\b", "gender", r"\bsex\b", "sexes", "girls", "boys", "mothers", "fathers", "female", r"\bmale\b")


def neutral(text: str) -> str:
    """The text with what it says of women and men in neutral words."""
    for old, new in (
        (r" \(\d+ with women and \d+ with men\)", ""),
        (r", (?:of which )?\d+ with women and \d+ with men", ""),
        (r", of whom [\d,]+ were women", ""),
        (
            r"(Of the people trained|There) ?,? ?(?:were)? ?[\d,]+ (?:were )?women (?:were )?and [\d,]+ (?:were )?men( were men)?",
            "The count was checked",
        ),
        ("women’s and men’s committees", "committees"),
        (", with seats for women on each board", ""),
        (", half of them women,", ""),
        ("250 women and 250 men", "500 people"),
        ("sex, age and disability", "age and disability"),
        ("Women among ", "Some of the "),
        ("women and men among ", ""),
        (", women and men,", ","),
        ("women’s groups", "village groups"),
        ("groups of women", "village groups"),
        ("gender equality, ", ""),
        ("Women", "Villagers"),
        ("women", "villagers"),
        ("younger men", "younger people"),
        (r"\bmen\b", "villagers"),
        ("mothers and fathers", "families"),
        ("Two men", "Two members"),
        ("the sexes", "all"),
        (" by sex", " by age"),
        ("gender roles", "roles"),
        ("gender equality", "equality"),
    ):
        text = re.sub(old, new, text)
    return text


def _neutral(d: Draft, *keys: str) -> None:
    for leaf in d.leaves:
        if leaf.key in keys or any(leaf.key.startswith(f"{k}.") for k in keys):
            leaf.blocks = [neutral(b) if isinstance(b, str) else b for b in leaf.blocks]


@plants("INC001", "one part splits its interviews by sex and the other does not", into="summary")
def one_part(d: Draft, rng: Random) -> str:
    if len(d.parts) < 2:
        raise NotHere("two parts")
    i = rng.randrange(2)
    leaf = d.leaf(f"p{i + 1}.scope")
    leaf.blocks = [re.sub(r", \d+ with women and \d+ with men", "", b) for b in leaf.blocks]
    return f"no split in part {i + 1}"


@plants("INC002", "no data by sex")
def no_split(d: Draft, _: Random) -> str:
    for leaf in d.leaves:
        for i, b in enumerate(leaf.blocks):
            if isinstance(b, str):
                leaf.blocks[i] = neutral(b)
            else:
                keep = [j for j, c in enumerate(b.rows[0]) if c not in ("Women", "Men")]
                b.rows = [[r[j] for j in keep] for r in b.rows]
    p = d.part
    for f in p.findings:
        f.text, f.evidence = neutral(f.text), [neutral(e) for e in f.evidence]
    for t in (t for ts in p.facts["tables"].values() for t in ts):
        t.rows = [[r[0], r[-1]] for r in t.rows]
    for o in (*p.conclusions, *p.lessons, *p.practices):
        o.text = neutral(o.text)
    for r in p.recommendations:
        r.text, r.measure = neutral(r.text), neutral(r.measure)
    for a in p.responses:
        a.sentences = [neutral(s) for s in a.sentences]
    return "no word on women and men"


@plants("INC003", "gender is not in scope and questions")
def scope(d: Draft, _: Random) -> str:
    leaf = d.leaf("method")
    leaf.blocks = [neutral(b) for b in leaf.blocks]
    _neutral(d, "method.criteria", "summary", "background")
    data = d.leaf("method.data")
    data.blocks = ["All data were disaggregated by sex." if re.search("gender roles", b) else b for b in data.blocks]
    return "no gender in scope, criteria or questions"


@plants("INC004", "gender is not in the method")
def method(d: Draft, _: Random) -> str:
    leaf = d.leaf("method.data")
    leaf.blocks = [neutral(b) for b in leaf.blocks if not re.search("gender roles", b)]
    _neutral(d, "method", "summary")
    return "no gender in the method"


@plants("INC005", "gender is not in the findings")
def findings(d: Draft, _: Random) -> str:
    p = d.part
    for f in p.findings:
        f.text, f.evidence = neutral(f.text), [neutral(e) for e in f.evidence]
    for t in (t for ts in p.facts["tables"].values() for t in ts):
        t.rows = [[r[0], r[-1]] for r in t.rows]
    for o in (*p.conclusions, *p.lessons, *p.practices):
        o.text = neutral(o.text)
    return "no gender in the findings"


@plants("INC006", "gender is not in the recommendations")
def recommendations(d: Draft, _: Random) -> str:
    for r in d.part.recommendations:
        r.text, r.measure = neutral(r.text), neutral(r.measure)
    return "no gender in the recommendations"


@plants("INC007", "disability is not mentioned")
def disability(d: Draft, _: Random) -> str:
    everywhere(
        d,
        r" and disability|, disability inclusion|, the inclusion of persons with disabilities,"
        r"|with attention to persons with disabilities and to",
        lambda m: "with attention to" if "attention" in m[0] else "",
    )
    p = d.part
    p.findings = [f for f in p.findings if "disabilit" not in f.text] or p.findings
    without(d, "disabilit", "wheelchair")
    for f in p.findings:
        if "disabilit" in f.text:
            f.text = "Entrances to the sites were widened after the first year."
    for o in p.practices:
        o.text = o.text.replace("users in wheelchairs", "users")
    numbers = {f.number: i for i, f in enumerate(p.findings, 1)}
    p.facts["tables"] = {numbers[k]: v for k, v in p.facts["tables"].items() if k in numbers}
    for i, f in enumerate(p.findings, 1):
        f.number = i
    return "no word on disability"


@plants("INC008", "human rights and vulnerable groups are not mentioned")
def groups(d: Draft, _: Random) -> str:
    if "young" in d.facts["people"]:
        raise NotHere("a programme for no group in particular")
    without(d, "human rights", "vulnerable", "remote", "disabilit", r"\bpoor", "wheelchair")
    p = d.part
    for f in p.findings:
        if "disabilit" in f.text:
            f.text = "Entrances to the sites were widened after the first year."
    for o in p.practices:
        o.text = o.text.replace("users in wheelchairs", "users")
    for o in p.lessons:
        o.text = o.text.replace("poor and richer villages alike", "all villages").replace("in rich and in poor places", "in many places")
    for r in p.recommendations:
        r.text = r.text.replace("sex, age and disability", "sex and age")
    leaf = d.leaf("summary")
    leaf.blocks[-1] = "\n".join(f"- {r.text}" for r in p.recommendations)
    return "no word on rights and groups"


@plants("INC009", "gendered language")
def language(d: Draft, rng: Random) -> str:
    return add_sentence(
        d,
        rng,
        rng.choice(
            (
                "The chairman of each committee signs his accounts.",
                "Each farmer keeps his own book, and he shows it when asked.",
                "The spokesman of the village was heard.",
                "Manpower was short in the first year.",
                "The businessmen of the town paid for the lights.",
                "Every citizen knows his rights.",
                "Two policemen and a fireman took part.",
                "The work was done in 400 man-hours.",
            )
        ),
    )
