"""Papers on follow-up set what a unit claims beside what was verified, never in one, and say of each lateness against which date it is."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from evaltrail.write import Unwritable, written
from evaltrail.write.model import Paper, Paragraph, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose
from evaltrail.write.standing import STANDINGS
from evaltrail.write.wording import languages, wording

if TYPE_CHECKING:
    from evaltrail.record import Record


def _beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"write_{name}")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(f"write_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"write_{name}"] = module
    spec.loader.exec_module(module)
    return module


office = _beside("office")
DAY = "2026-11-23"


def promised(text: str, **fields: Any) -> Any:
    """An action with fields beyond those of the record."""
    return office.Action.model_validate({"text": text, **fields})


def followed(*actions: Any, language: str = "en", **more: Any) -> Record:
    """A record in which the second recommendation's answer promises these actions, on a day."""
    part = office.ports()
    said = tuple(s.model_copy(update={"actions": actions if s.id == "a2" else ()}) if s.kind == "response" else s for s in part.statements)
    own = part.model_copy(update={"statements": said}).model_dump(by_alias=True) | more
    record = office.draft(type(part).model_validate(own), language=language)
    made: Record = record.model_copy(update={"document": record.document.model_copy(update={"date": DAY})})
    return made


def paper(record: Record, kind: str = "follow-up") -> Paper:
    """The composed paper."""
    return compose(Order(record, kind))


def rows(made: Paper) -> list[list[str]]:
    """Words of the rows of all tables."""
    return [
        [" / ".join(plain(p) for p in c.paragraphs) for c in t.cells if c.row == n]
        for t in made.walk()
        if isinstance(t, Table)
        for n in range(t.rows)
    ]


def paragraphs(made: Paper) -> list[str]:
    """Words of all paragraphs."""
    return [plain(b.words) for b in made.walk() if isinstance(b, Paragraph)]


def row_of(made: Paper, text: str) -> list[str]:
    """The row of an action."""
    return next(r for r in rows(made) if any(cell == text for cell in r))


CLAIMED = promised("Print it", standing="claimed", claimed="Done", claimed_on="2026-11-02", due="2026-10-01", first_due="2026-10-01")


def test_claimed_and_verified_have_a_column_each() -> None:
    verified = promised("Send it", standing="verified", claimed="Done", claimed_on="2026-11-02", verified="Partly done", verified_on=DAY)
    made = paper(followed(CLAIMED, verified))
    head = next(r for r in rows(made) if r[0] == "Action")
    assert head == ["Action", "Responsible unit", "Due date", "The unit claims", "Verified"]
    assert row_of(made, "Print it")[3:5] == ["Done / 2 November 2026", "Not yet verified"]
    assert row_of(made, "Send it")[3:5] == ["Done / 2 November 2026", "Partly done / 23 November 2026"]


@pytest.mark.parametrize(
    "fields, claim, found",
    [
        ({"standing": "open"}, "Not started", "–"),
        ({"standing": "under_way", "status": "Under way"}, "No claim. Reported: Under way", "–"),
        ({"standing": "sent_back", "claimed": "Done", "standing_words": "Ten of twelve."}, "Done", "Sent back / Ten of twelve."),
        ({"standing": "self_reported", "claimed": "Done"}, "Done", "Self-reported, nobody verifies"),
        ({"standing": "drop_asked"}, "No claim", "Dropping is asked for, not decided"),
        ({"standing": "dropped", "dropped": "Superseded", "standing_words": "Closed."}, "No claim", "Dropped: Superseded / Closed."),
    ],
)
def test_every_state_is_said_in_words(fields: dict[str, str], claim: str, found: str) -> None:
    assert row_of(paper(followed(promised("Print it", **fields))), "Print it")[3:5] == [claim, found]


def test_nothing_counts_as_verified_that_is_only_claimed_or_self_reported() -> None:
    own = promised("Send it", claimed="Done")
    made = {r[0]: r[2] for r in rows(paper(followed(CLAIMED, own, self_reported=True))) if len(r) == 4}
    assert (made["Verified"], made["Claimed, not yet verified"]) == ("0 of 2 (0\u00a0per cent)", "1 of 2 (50\u00a0per cent)")
    assert made["Self-reported as done"] == "1 of 2 (50\u00a0per cent)"
    assert any("self-reported" in p for p in paragraphs(paper(followed(own, self_reported=True))))


def test_lateness_says_against_which_date_it_is_and_why() -> None:
    late = promised("Print it", standing="under_way", due="2026-11-13", first_due="2026-11-13")
    moved = promised("Send it", standing="open", due="2027-01-31", first_due="2026-10-14", delay_reason="Money")
    both = promised("Sort it", standing="sent_back", due="2026-11-22", first_due="2026-11-20", delay_reason="Staff")
    claimed = promised("Show it", standing="claimed", claimed="Done", due="2026-11-01")
    made = paper(followed(late, moved, both, claimed))
    assert row_of(made, "Print it")[-1] == "Days late: 10 / No reason given"
    assert row_of(made, "Send it")[2] == "31 January 2027 / (first: 14 October 2026)"
    assert row_of(made, "Send it")[-1] == "Days past the first date: 40 / Money"
    assert row_of(made, "Sort it")[-1] == "Days late: 1 / Days past the first date: 3 / Staff"
    assert row_of(made, "Show it")[-1] == "–"
    counts = {r[0]: r[2] for r in rows(made) if len(r) == 4}
    assert counts["Late against the current date"].startswith("2 of 3")
    assert counts["Late against the first date"].startswith("3 of 3")
    assert counts["Late without a reason"].startswith("1 of 2")


def test_a_recommendation_says_its_answer_its_reason_and_its_end() -> None:
    more = {"r2": {"retired": DAY, "retired_reason": "All done."}, "a2": {"reason": "No money.", "alternative": "A list."}}
    said = [s.model_dump(by_alias=True) | more.get(s.id, {}) for s in office.ports().statements]
    made = paragraphs(paper(followed(statements=said, verifier="Audit")))
    assert {"Reason given: No money.", "Instead: A list.", "Retired: 23 November 2026: All done."} <= set(made)


def test_figures_that_come_with_the_record_stand_with_their_definitions_and_say_why_there_is_none() -> None:
    figures = [
        {"name": "Accepted", "value": "50 %", "counted": "1 of 2", "definition": "accepted / all"},
        {"name": "Aligned", "value": "", "counted": "", "definition": "aligned / all", "abstained": "not known of 2"},
    ]
    made = rows(paper(followed(CLAIMED).model_copy(update={"figures": figures})))
    assert ["Accepted", "50 %", "1 of 2", "accepted / all"] in made
    assert ["Aligned", "–", "", "aligned / all / No figure: not known of 2"] in made


def test_who_verifies_is_said_once_and_with_the_actions_where_evaluations_differ() -> None:
    one = followed(CLAIMED, verifier="Audit")
    other = followed(promised("Send it", claimed="Done"), self_reported=True).evaluations[0]
    said = paragraphs(paper(one))
    assert said.count("Verified by: Audit.") == 1
    both = paragraphs(paper(one.model_copy(update={"evaluations": (*one.evaluations, other.model_copy(update={"id": "x"}))})))
    assert both.index("Verified by: Audit.") > said.index("Verified by: Audit.")
    assert sum(p.startswith("Nobody verifies") for p in both) == 1


def test_the_plan_lists_what_is_open_by_unit_and_date() -> None:
    actions = (
        promised("Later", standing="open", due="2027-02-01", unit="Ports"),
        promised("Sooner", standing="under_way", due="2026-11-13", unit="Ports"),
        promised("Unowned", standing="open"),
        promised("Waiting", standing="claimed", claimed="Done", due="2026-10-01", unit="Legal"),
        promised("Over", standing="verified", claimed="Done", verified="Done", unit="Legal"),
        promised("Given up", standing="dropped", dropped="Superseded", unit="Legal"),
        promised("Own word", standing="self_reported", claimed="Done", unit="Legal"),
    )
    made = rows(paper(followed(*actions), "rolling-plan"))
    assert made[1:4] == [
        ["Legal", "1", "0", "0", "1", "0"],
        ["Ports", "2", "1", "1", "0", "0"],
        ["No unit named", "1", "0", "0", "0", "1"],
    ]
    assert [r[1] for r in made[4:] if r[1] != "Action"] == ["Waiting", "Sooner", "Later", "Unowned"]
    assert next(r for r in made if r[1] == "Waiting")[3] == "Claimed, not yet verified"


def test_a_plan_of_nothing_open_says_so_and_one_of_nothing_at_all_is_refused() -> None:
    over = promised("Over", standing="verified", claimed="Done", verified="Done")
    assert "No action is open." in paragraphs(paper(followed(over), "rolling-plan"))
    with pytest.raises(Unwritable, match="no action that could be planned"):
        paper(office.draft(title="Ferries"), "rolling-plan")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", ["follow-up", "rolling-plan"])
def test_every_language_has_words_for_every_state(language: str, kind: str) -> None:
    actions = [promised(f"Do {s}", standing=s, due="2026-01-31", first_due="2025-12-31", unit="Ports") for s in STANDINGS]
    made = paper(followed(*actions, language=language), kind)
    said = {cell for r in rows(made) for cell in r}
    assert wording(language)("followed.due") in said
    assert written(followed(*actions, language=language), "docx", kind=kind)


def test_a_workbook_has_what_is_claimed_and_what_was_verified_in_columns_of_their_own() -> None:
    late = promised("Send it", standing="under_way", due="2026-11-13", first_due="2026-11-03", delay_reason="Money")
    book = load_workbook(io.BytesIO(written(followed(CLAIMED, late), "xlsx")))
    head, *found = list(book["Actions"].iter_rows(values_only=True))
    at = {str(name): n for n, name in enumerate(head)}
    first, second = found
    assert [first[at[n]] for n in ("State", "The unit claims", "Verified as")] == ["Claimed, not yet verified", "Done", None]
    days = [second[at[n]] for n in ("Days late, current date", "Days late, first date", "Reason for delay")]
    assert days == [10, 20, "Money"]
    plain_one = load_workbook(io.BytesIO(written(office.draft(office.ports()), "xlsx")))
    assert "The unit claims" not in [c.value for c in plain_one["Actions"][1]]


def test_a_csv_has_them_behind_its_other_columns() -> None:
    lines = written(followed(CLAIMED), "csv").decode("utf-8-sig").splitlines()
    assert lines[0].endswith('"days_late","days_late_first","delay_reason"')
    assert any('"claimed","Done","2026-11-02"' in line for line in lines)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@given(
    st.fixed_dictionaries(
        {"text": WORDS},
        optional={name: WORDS | st.none() for name in ("claimed", "verified", "due", "first_due", "standing", "delay_reason", "status")},
    )
)
def test_any_fields_make_a_paper_and_verified_stands_only_where_the_record_has_it(fields: dict[str, Any]) -> None:
    record = followed(promised(**fields), verifier="Audit")
    made = rows(paper(record))
    verified = next(r for r in made if r[0] == "Verified")
    assert verified[1] == (
        "1" if fields.get("standing") == "verified" or (fields.get("verified") and fields.get("standing") not in STANDINGS) else "0"
    )
    paper(record, "rolling-plan")
