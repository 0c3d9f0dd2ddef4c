"""What answers promise in running text is told in their own words, and an empty answer promises nothing."""

from __future__ import annotations

from evaltrail import sample
from evaltrail.check.promised import promised
from evaltrail.read import read
from evaltrail.record import Record


def answer(text: str) -> Record:
    responses = [{"id": "I.a1", "kind": "response", "text": text, "answers": [{"id": "I.r1"}], "verdict": "accepted"}]
    asked = {"id": "I.r1", "kind": "recommendation", "text": "Publish a report on wells."}
    return Record.model_validate({"document": {"language": "en"}, "evaluations": [{"id": "I", "statements": [asked, *responses]}]})


def test_a_promise_is_told_in_the_answers_own_words() -> None:
    said = promised(answer("The recommendation is accepted. The Ministry will publish the report in June 2027. It is welcome."))
    assert said == {"I.a1": "The Ministry will publish the report in June 2027."}


def test_a_welcome_is_no_promise() -> None:
    assert promised(answer("This recommendation is welcomed.")) == {}


def test_a_date_without_an_act_is_there_without_words() -> None:
    assert promised(answer("Accepted: June 2027.")) == {"I.a1": ""}


def test_of_the_sample_one_answer_promises_nothing_as_the_rule_finds_too() -> None:
    record = read(sample.path("pdf"))
    responses = {s.id for e in record.evaluations for s in e.statements if s.kind == "response"}
    assert responses - promised(record).keys() == {"I.a5"}
