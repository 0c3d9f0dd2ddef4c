"""A report that uses many acronyms has no list of them.

## What it does
Counts the different acronyms that are used at least twice. Where there are as many as the option says, it looks for a
heading or a line that names a list of acronyms.

## Why it is bad
A reader who opens the report in the middle does not know what the letters mean, and few remember thirty of them.

## Options
- `fewest`: different acronyms from which a report needs a list (10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import acronyms
from evaltrail.check.pages import named_lines
from evaltrail.check.paper import REPORTS, TEXT_ROLES
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import known, listed
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="STR002",
    severity="warning",
    sources=("UNEG quality checklist for evaluation reports",),
    version=2,
    papers=REPORTS,
    options={"fewest": 10},
)

_USES = "The {0} met the {1}, and the {1} wrote to the {0}. "
_PAIRS = [("WHO", "FAO"), ("ILO", "IOM"), ("UNDP", "WFP"), ("IFAD", "UNFPA"), ("UNEP", "ITU")]
_TEXT = "".join(_USES.format(*p) for p in _PAIRS)
BAD = (
    f"# Evaluation of the water programme\n\n## Findings\n\n{_TEXT}\n",
    "# Évaluation du programme\n\n## Constats\n\n" + _TEXT.replace("The", "Le").replace("and the", "et le"),
)
GOOD = (
    f"# Evaluation of the water programme\n\n## List of acronyms\n\n- WHO: World Health Organization\n\n## Findings\n\n{_TEXT}\n",
    "# Évaluation du programme\n\n## Sigles et acronymes\n\n- OMS : Organisation mondiale de la santé\n\n## Constats\n\n" + _TEXT,
    "# Evaluation of the water programme\n\n## Findings\n\nThe WHO met the FAO; the WHO and the FAO agreed.\n",
)

_RUNNING = frozenset({"paragraph", "item", "footnote"})


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when there are many acronyms and no list."""
    if not known(paper):
        return
    found = next(named_lines(paper, listed("acronyms", "names")), None)
    if found:
        yield Message(say("The report has a list of acronyms."), (found,), right=True)
        return
    uses = acronyms(paper).uses
    # Two letters are as often a province or a unit as an acronym, and what stands only in the references needs no list.
    running = {a: sum(u.unit.kind in _RUNNING and not u.unit.within & TEXT_ROLES for u in uses[a]) for a in uses if len(a) > 2}
    often = sorted((a for a in running if running[a]), key=lambda a: -running[a])
    if len(often) >= options["fewest"]:
        yield Message(
            say("The report uses {number} acronyms ({acronyms} …) and has no list of them.", number=len(often), acronyms=tuple(often[:4]))
        )
