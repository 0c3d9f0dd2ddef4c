"""The page on people and roles says what the policy says."""

from __future__ import annotations

import re
from pathlib import Path

from evaltrail_office.accounts.policy import APART, BY_NAME, CONCERNS_ALL, DOES, GIVES, SEES, WORDS, Role, Stage, Verb

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "people-and-roles.md").read_text(encoding="utf-8")


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _sees(role: Role, stage: Stage) -> str:
    if role not in SEES[stage]:
        return "–"
    if role in BY_NAME and stage != Stage.RELEASED:
        return "where named"
    return "from the embargo date" if (role, stage) == (Role.GOVERNING_BODY, Stage.ISSUED) else "yes"


def seeing() -> str:
    rows = [_row("role", *(stage.label for stage in Stage), "held in the whole office"), _row(*["---"] * (len(Stage) + 2))]
    rows += [_row(role.label, *(_sees(role, stage) for stage in Stage), "can be" if role.office_wide else "–") for role in Role]
    return "\n".join(rows)


def doing() -> str:
    rows = [_row("to", "roles"), _row("---", "---")]
    for verb, words in WORDS.items():
        if verb is Verb.SEE:
            continue
        allowed = ", ".join(str(role.label) for role in Role if role in DOES[verb])
        more = "; in every evaluation that the paper is about" if verb in CONCERNS_ALL else ""
        barred = ", ".join(str(role.label) for role in Role if role in APART.get(verb, ()))
        rows.append(_row(words, allowed + more + (f"; never whoever is also {barred} there" if barred else "")))
    return "\n".join(rows)


def giving() -> str:
    rows = [_row("role", "gives"), _row("---", "---")]
    rows += [
        _row(role.label, ", ".join(str(r.label) for r in Role if r in given) if len(given) < len(Role) else "every role")
        for role, given in GIVES.items()
    ]
    return "\n".join(rows)


def _holds(name: str, table: str) -> None:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- -->", PAGE, re.DOTALL)
    assert found, f"the page has no place for {name}"
    assert found[1] == table, f"the table is to be:\n{table}"


def test_the_table_of_who_sees_what_is_that_of_the_policy() -> None:
    _holds("seeing", seeing())


def test_the_table_of_who_does_what_is_that_of_the_policy() -> None:
    assert set(WORDS) == set(Verb)
    _holds("doing", doing())


def test_the_table_of_who_gives_which_role_is_that_of_the_policy() -> None:
    _holds("giving", giving())
