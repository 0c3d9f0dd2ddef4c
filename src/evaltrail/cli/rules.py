"""The rules of the check for people at a terminal: all in a table, one with its documentation and examples."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.check.rule import Loaded


def table() -> str:
    """All rules, a line each: code, severity, status, name, what is wrong."""
    from evaltrail.check.rule import rules

    rows = [("code", "severity", "status", "name", "what is wrong")]
    rows += [(r.code, r.rule.severity, r.rule.status, r.name, r.title) for r in rules().values()]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    return "\n".join("  ".join([*(f"{c:<{w}}" for c, w in zip(row[:4], widths, strict=True)), row[4]]) for row in rows) + "\n"


def find(asked: str) -> Loaded | None:
    """The rule with this code or name."""
    from evaltrail.check.rule import rules

    wanted = asked.strip().casefold().replace("_", "-")
    return next((r for r in rules().values() if wanted in (r.code.casefold(), r.name)), None)


def explained(rule: Loaded) -> str:
    """A rule's documentation with its first examples."""
    head = f"{rule.code} {rule.name} [{rule.rule.severity}, {rule.rule.status}{', possible' if rule.rule.suspects else ''}]"
    papers = ", ".join(sorted(rule.rule.papers))
    parts = [
        head,
        "",
        rule.doc.strip(),
        "",
        "## Sources",
        *(f"- {s}" for s in rule.rule.sources),
        "",
        f"Looks at papers of the kinds: {papers}",
    ]
    for name, samples in (("Example of what it finds", rule.bad[:1]), ("Example that is right", rule.good[:1])):
        for sample in samples:
            parts += ["", f"## {name}", *(f"    {line}" if line else "" for line in _folded(sample.strip()))]
    return "\n".join(parts) + "\n"


def _folded(sample: str) -> list[str]:
    width = min(shutil.get_terminal_size((100, 24)).columns, 100) - 4
    return [x for line in sample.splitlines() for x in textwrap.wrap(line, width, break_long_words=False, subsequent_indent="  ") or [""]]
