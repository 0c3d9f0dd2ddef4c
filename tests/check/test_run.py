"""A check runs the rules of a profile, keeps what a house suppresses apart, and loses nothing when a rule breaks off."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail import check, sample
from evaltrail.check import rule as rule_module
from evaltrail.check.profile import Profile, load
from evaltrail.check.rule import Message
from evaltrail.check.wording import say
from evaltrail.read import read
from evaltrail.record import Record

TODAY = date(2026, 6, 1)
THIRTEEN = "\n\n".join(f"Recommendation {n}: The Ministry should publish report {n} by June 2026." for n in range(1, 14))
PAPER = f"# Evaluation of the water programme\n\n## Recommendations\n\n{THIRTEEN}\n"


@pytest.fixture(scope="module")
def record():
    return read(PAPER.encode(), name="paper.md")


def house(**more):
    return Profile.model_validate({"name": "house", "title": "House", "version": "1", "rules": {"select": ["REC001"]}, **more})


def codes(report):
    return [r.rule for r in report.remarks]


def test_a_check_runs_the_rules_of_its_profile(record):
    report = check(record, profile=house(), genre="summary", today=TODAY)
    assert codes(report) == ["REC001"]
    assert report.rules == ("REC001",)


def test_a_rule_for_another_kind_of_paper_is_not_run(record):
    report = check(record, profile=house(), genre="other", today=TODAY)
    assert report.rules == ()
    assert report.remarks == ()


DEVELOPMENT = "Donors and beneficiaries agree with the United Nations. " * 3


@pytest.mark.parametrize("words,run", [("Taxpayers agree with the agency. ", False), (DEVELOPMENT, True)])
def test_a_norm_of_development_cooperation_is_asked_only_of_such_papers(words, run):
    from evaltrail.check.rule import rules

    asked = {code for code, rule in rules().items() if rule.rule.development}
    assert asked
    record = read(f"# Evaluation of the programme\n\n## Findings\n\n{words}\n".encode(), name="paper.md")
    everything = check(record, genre="report", today=TODAY)
    assert asked.isdisjoint(everything.rules) is not run
    named = house(rules={"select": sorted(asked)})
    assert set(check(record, profile=named, genre="report", today=TODAY).rules) == asked


def test_a_profile_sets_options_and_severity(record):
    settings = {"REC001": {"severity": "error", "options": {"most": 5}}}
    (remark,) = check(record, profile=house(settings=settings), genre="summary", today=TODAY).remarks
    assert remark.severity == "error"
    assert "about 5" in remark.message


def suppression(**more):
    return house(suppress=[{"rule": "REC001", "reason": "agreed with the board", "until": date(2026, 12, 31), **more}])


def test_a_suppressed_message_is_kept_apart_with_its_reason(record):
    report = check(record, profile=suppression(), genre="summary", today=TODAY)
    assert report.remarks == ()
    assert [(s.remark.rule, s.reason) for s in report.suppressed] == [("REC001", "agreed with the board")]


def test_a_suppression_holds_on_its_last_day_and_not_on_the_next(record):
    last = suppression(until=TODAY)
    assert check(record, profile=last, genre="summary", today=TODAY).remarks == ()
    after = check(record, profile=last, genre="summary", today=date(2026, 6, 2))
    assert codes(after) == ["REC001"]
    assert after.expired == ("the suppression of REC001 ended on 2026-06-01",)


def test_a_suppression_reaches_only_messages_that_hold_its_words(record):
    assert codes(check(record, profile=suppression(where="something else"), genre="summary", today=TODAY)) == ["REC001"]
    assert codes(check(record, profile=suppression(where="13 RECOMMENDATIONS"), genre="summary", today=TODAY)) == []


def test_a_fingerprint_is_the_same_from_every_format():
    reports = [check(read(sample.path(suffix)), profile=load("evaltrail"), today=TODAY) for suffix in sample.FORMATS]
    each = [{r.fingerprint for r in report.remarks} for report in reports]
    common = set.intersection(*each)
    assert all(len(common) >= 0.6 * len(prints) for prints in each)


def test_a_rule_that_breaks_off_is_named_and_says_nothing_and_the_others_go_on(record, monkeypatch):
    monkeypatch.delenv("EVALTRAIL_DEBUG", raising=False)

    def broken(_paper, _options):
        yield Message(say("The first of what it had to say."))
        raise RuntimeError("no such luck")

    known = dict(rule_module.rules())
    one = known["REC001"]
    bad = rule_module.Loaded(one.rule, one.name, one.family, one.doc, one.bad, one.good, broken)
    report = check(record, profile=_Picked((bad, one)), genre="summary", today=TODAY)
    assert codes(report) == ["REC001"]
    assert [(f.rule, f.fault) for f in report.failed] == [("REC001", "RuntimeError: no such luck")]


class _Picked(Profile):
    """A profile that runs just these rules."""

    def __init__(self, chosen):
        super().__init__(name="picked", title="Picked", version="1")
        object.__setattr__(self, "_chosen", chosen)

    def chosen(self):
        return self._chosen


def test_a_paper_is_not_held_against_itself_in_another_file():
    sentence = "The committees that were trained in the first year keep the pumps of their villages in repair with money that users pay. "
    text = f"# Evaluation\n\n## Findings\n\nFinding 1: {sentence * 2}\n".encode()
    copied = house(rules={"select": ["CHA007"]})
    own, other = read(text, name="a.md"), read(text + b"\nMore words.\n", name="b.md")
    assert codes(check(own, profile=copied, today=TODAY, corpus=[("b.md", other)])) == ["CHA007"]
    assert codes(check(own, profile=copied, today=TODAY, corpus=[("a.json", own)])) == []


def test_an_empty_record_can_be_checked():
    assert check(Record(), today=TODAY).genre == "other"


def test_a_report_comes_back_from_its_json(record):
    from evaltrail.check.report import Report

    report = check(record, today=TODAY)
    assert Report.model_validate_json(report.to_json()) == report
