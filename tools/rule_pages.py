"""The pages of docs/reference/rules: one a rule, from its file, its samples and the labels of its messages."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import labels

if TYPE_CHECKING:
    from evaltrail.check.rule import Loaded

TODAY = date(2026, 6, 1)
"""The day of the checks that are shown, so that the pages are the same on every day."""
GENRES = {
    "report": "full evaluation reports",
    "summary": "summaries and papers for governing bodies",
    "response": "management responses",
    "other": "other papers",
}


_SUPPRESS = (
    "Suppress it in a [house profile](../../how-to/write-a-house-profile.md), with a reason and a last day: "
    '`[[suppress]]`, `rule = "{code}"`.'
)
_ABOUT = f"""What `evaltrail check` looks for. Every message was shown, with its page, to a reader who did not write the rule, on all
real papers that the project tests with; an arguable message counts as a false one. A rule is stable when at least
{labels.NEEDED} of its messages from {labels.NEEDED_PAPERS} papers were labelled and {labels.NEEDED_PRECISION:.0%} of them are true; until
then it is in preview. Preview rules run too (some faults are so rare that no number of papers gives twenty of them); `--stable` leaves them
out.

The papers and how they were labelled: [precision of the rules](../../precision.md). How often a fault that was planted is found:
[recall of the rules](../../recall.md)."""


def rule_pages() -> dict[str, str]:
    """The text of every page by its name under docs/reference."""
    from evaltrail.check.rule import rules

    known = rules()
    measured = labels.precision(labels.load(), {code: r.rule.version for code, r in known.items()})
    pages = {f"rules/{code}.md": _page(rule, measured.get(code, labels.Precision())) for code, rule in known.items()}
    pages["rules/README.md"] = _index(known, measured)
    return pages


def _index(known: dict[str, Loaded], measured: dict[str, labels.Precision]) -> str:
    lines = ["# Rules", "", _ABOUT, ""]
    for family in dict.fromkeys(r.family for r in known.values()):
        lines += [
            "",
            f"## {family.capitalize()}",
            "",
            "| code | fault | severity | status | true of labelled | papers |",
            "|---|---|---|---|---|---|",
        ]
        for code, rule in known.items():
            if rule.family == family:
                p = measured.get(code, labels.Precision())
                share = f"{p.true} of {p.messages} ({p.share:.2f})" if p.share is not None else "–"
                cells = (f"[{code}]({code}.md)", _cell(rule.title), rule.rule.severity, rule.rule.status, share, p.papers or "–")
                lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def _page(rule: Loaded, p: labels.Precision) -> str:
    title, _, rest = rule.doc.partition("\n")
    facts = [
        ("name", f"`{rule.name}`"),
        ("severity", rule.rule.severity + (", and it can only suspect" if rule.rule.suspects else "")),
        ("status", f"{rule.rule.status}, version {rule.rule.version}"),
        ("looks at", ", ".join(words for g, words in GENRES.items() if g in rule.rule.papers)),
        ("source", "; ".join(rule.rule.sources)),
        ("asked for by", _profiles(rule.code) or "–"),
        (
            "precision",
            f"{p.true} of {p.messages} labelled messages are true, {p.false} false, {p.arguable} arguable; {p.papers} papers"
            if p.messages
            else "no real paper has given a message yet",
        ),
    ]
    lines = [f"# {rule.code} {title.rstrip('.')}", "", "| | |", "|---|---|", *(f"| {n} | {_cell(v)} |" for n, v in facts), "", rest.strip()]
    lines += ["", "## Example", "", _fenced(rule.bad[0]), "", "What it says:", "", *(f"- {m}" for m in _messages(rule)), ""]
    lines += ["## Use instead", "", _fenced(rule.good[0]), ""]
    lines += ["## When it is wrong for you", "", _SUPPRESS.format(code=rule.code)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _messages(rule: Loaded) -> list[str]:
    from evaltrail.check.paper import Paper
    from evaltrail.link import linked
    from evaltrail.read import read

    own, *others = rule.bad[0].split("\n=== another paper ===\n")
    corpus = [(f"another paper {n}", read(o.encode(), name="other.md")) for n, o in enumerate(others, 1)]
    paper = Paper(linked(read(own.encode(), name="sample.md")), today=TODAY, corpus=corpus)
    found = rule.check(paper, rule.rule.options)
    return [m.text + (f" Proposed: {m.proposal}" if m.proposal else "") for m in found if not m.right]


def _profiles(code: str) -> str:
    from evaltrail.check.profile import load, names

    shipped = [load(n) for n in names()]
    asking = [(p.name, [i.id for i in p.items if code in i.rules]) for p in shipped]
    return ", ".join(f"{name} ({', '.join(ids)})" for name, ids in asking if ids)


def profile_page() -> str:
    """Every profile with its sources, what of them was read, and its checklist."""
    from evaltrail.check.profile import load, names

    lines = ["# Profiles", "", _PROFILES]
    for profile in map(load, names()):
        lines += ["", f"## {profile.name}", "", f"{profile.title}, version {profile.version}."]
        if profile.institution:
            lines += [f"Institution: {profile.institution}."]
        lines += [f"Rules: {len(profile.chosen())}. Items: {len(profile.items)}."]
        if profile.sources:
            lines += ["", "| source | year | read | note |", "|---|---|---|---|"]
            lines += [f"| [{_cell(s.title)}]({s.url}) | {s.year or '–'} | {s.read} | {_cell(s.note)} |" for s in profile.sources]
        if profile.items:
            lines += ["", "| item | asks for | source | rules |", "|---|---|---|---|"]
            for i in profile.items:
                codes = ", ".join(f"[{c}](rules/{c}.md)" for c in i.codes) or "a person judges"
                lines.append(f"| {_cell(i.id)} | {_cell(i.text)}{' (must pass)' if i.must_pass else ''} | {_cell(i.source)} | {codes} |")
    return "\n".join(lines) + "\n"


_PROFILES = """What `--profile` and `--sheet` take. A profile that carries an institution's name holds only what could be
read in a public source of that institution; how much of each source could be read is said beside it. The wording of the items is ours. A
house writes [a profile of its own](../how-to/write-a-house-profile.md)."""


def _fenced(sample: str) -> str:
    return f"```markdown\n{sample.strip()}\n```"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
