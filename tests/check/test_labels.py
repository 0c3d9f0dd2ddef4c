"""A rule is stable when readers' labels bear it out, and every message on the real papers has a label."""

from __future__ import annotations

import re

import pytest

from evaltrail.check.rule import rules

labels = pytest.importorskip("labels", reason="needs the tools folder of the repository")
precision = pytest.importorskip("precision", reason="needs the tools folder of the repository")

LABELS = labels.load()
MEASURED = labels.precision(LABELS, {code: r.rule.version for code, r in rules().items()})
OPEN_SHARE = 0.02
"""Share of messages that may wait for a label after a change of a rule or a reader."""


@pytest.mark.parametrize("code", [code for code, r in rules().items() if r.rule.status == "stable"])
def test_a_stable_rule_has_enough_labels_and_nearly_all_are_true(code):
    found = MEASURED.get(code, labels.Precision())
    assert found.enough, found


def test_some_rule_is_stable():
    assert any(r.rule.status == "stable" for r in rules().values())


def test_a_label_names_a_rule_a_paper_and_a_fingerprint_and_quotes_nothing():
    assert len(LABELS) > 300
    for one in LABELS:
        assert one.rule in rules()
        assert re.fullmatch(r"[0-9a-f]{16}", one.fingerprint)
        assert one.label == "true" or one.why, one
        assert not re.search("[“”«»]", one.why), one


def test_a_message_is_labelled_once():
    keys = [(x.rule, x.paper, x.fingerprint) for x in LABELS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["read for other tests", "every paper"])
def test_every_message_on_the_real_papers_has_a_label(shared, labelled_records, every):
    read = {paper.file: record for paper, record in labelled_records.values() if record is not None}
    papers = [file for file in precision.documents(shared) if every or file in read]
    given = precision.messages(papers, jobs=2, read=read)
    known = {(x.rule, x.paper, x.fingerprint) for x in LABELS}
    waiting = [g for g in given if g.key not in known]
    assert len(papers) > (50 if every else 30)
    assert len(waiting) <= OPEN_SHARE * len(given), sorted((g.remark.rule, g.paper) for g in waiting)
