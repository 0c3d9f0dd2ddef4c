"""What a rule says can be said in other languages: its templates are translated, and a sentence knows what it was made of."""

from __future__ import annotations

import ast
import copy
import json
from datetime import date
from importlib.resources import files
from typing import get_args

import pytest

from evaltrail import sample
from evaltrail.check import check
from evaltrail.check.report import Remark
from evaltrail.check.rule import Message, rules
from evaltrail.check.sheet import SUGGESTIONS, Found, sheet
from evaltrail.check.told import report_in, sheet_in
from evaltrail.check.wording import Wording, listed, plural, say, worded, wording
from evaltrail.link import linked
from evaltrail.read import read

messages = pytest.importorskip("check_messages", reason="needs the tools folder of the repository")

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def record():
    return linked(read(sample.path("txt")))


def told(said, language):
    return worded(said, wording(said), language)


@pytest.mark.parametrize("language", messages.OTHERS)
def test_every_template_of_the_checks_is_translated_with_the_same_places(language):
    assert messages.faults(language, messages.templates()) == []


def test_a_rule_cannot_give_a_message_that_only_english_has():
    with pytest.raises(TypeError, match="say"):
        Message("Recommendation 3 has no priority.")


def test_a_template_is_written_out_where_it_is_said():
    with pytest.raises(ValueError, match=r"rule\.py:1: a template has to be written out"):
        list(messages._said("say(text, name=1)", "rule.py"))


def test_nothing_that_a_rule_itself_says_stands_in_a_message_untranslated():
    """Words of a rule's own in the place of a template, or of another place that a message speaks of, are said as the template is."""
    found = []
    for path in sorted((files("evaltrail") / "check" / "rules").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "plural", "Related"}:
                values = node.args[:1] if node.func.id == "Related" else [k.value for k in node.keywords]
                found += [f"{path.name}:{v.lineno}" for value in values for v in _own_words(value)]
    assert found == []


def _own_words(value):
    """Strings with letters that an expression gives, those that it only looks for or says left out."""
    match value:
        case ast.JoinedStr(values=parts):
            yield from (value for part in parts if isinstance(part, ast.Constant) and any(c.isalpha() for c in part.value))
        case ast.Constant(value=str(words)) if any(c.isalpha() for c in words):
            yield value
        case ast.IfExp(body=body, orelse=other):
            yield from (*_own_words(body), *_own_words(other))
        case ast.BoolOp(values=values):
            yield from (w for v in values for w in _own_words(v))


def test_a_sentence_is_the_same_in_english_however_it_is_stored():
    said = say(
        "{name:capital} has {count}, {shares}.", name=say("finding"), count=plural(2, "{number} lesson", "{number} lessons"), shares=(1, 2)
    )
    assert said == "Finding has 2 lessons, 1, 2."
    assert copy.deepcopy(said).values == said.values
    stored = Wording.model_validate_json(wording(said).model_dump_json())
    assert stored == wording(said)
    assert worded(said, stored, "en") == said


def test_a_message_is_said_in_french_and_spanish_with_the_words_of_the_paper_as_they_are():
    said = say(
        "{which:capital} has no answer.", which=say("{kind:capital} {number}{where}", kind=say("recommendation"), number="3", where="")
    )
    said = plural(1, "{which:capital} has no answer.", "{which:capital} have no answer.", which=said.values["which"])
    assert said == "Recommendation 3 has no answer."
    assert told(said, "fr") == "La recommandation 3 n’a pas de réponse."
    assert told(said, "es-AR") == "La recomendación 3 no tiene respuesta."
    quoted = say("“{words}” should be “{right}”.", words="Satisfactry", right="Satisfactory")
    assert told(quoted, "fr") == "«\u00a0Satisfactry\u00a0» devrait être «\u00a0Satisfactory\u00a0»."


def test_a_number_decides_about_the_words_in_each_language_by_its_own_rule():
    none, one, many = (plural(n, "{number} findings", "{number} findings") for n in (0, 1, 2))
    assert [told(s, "fr") for s in (none, one, many)] == ["0 constatation", "1 constatation", "2 constatations"]
    assert [told(s, "es") for s in (none, one, many)] == ["0 constataciones", "1 constatación", "2 constataciones"]


def test_numbers_have_the_marks_of_the_language():
    said = say("about {number:,} words", number=12400)
    assert (said, told(said, "fr"), told(said, "es")) == ("about 12,400 words", "environ 12\u202f400 mots", "unas 12\u202f400 palabras")
    assert told(say("{value:words}", value=2.5), "fr") == "2,5"
    assert [say("{value:words}", value=v) for v in (12, 13, 1250)] == ["twelve", "13", "1,250"]
    assert [told(say("{value:words}", value=v), "es") for v in (3, 1250)] == ["3", "1\u202f250"]


def test_several_things_are_listed_as_the_language_does():
    assert [listed(w) for w in (("2",), ("2", "5"), ("2", "5", "7"))] == ["2", "2 and 5", "2, 5 and 7"]
    assert told(listed(("2", "5", "7")), "es") == "2, 5 y 7"
    apart = say("Words are spelt in two ways: {shown:apart}{more}.", shown=("a", "b"), more="")
    assert (apart, told(apart, "fr")) == (
        "Words are spelt in two ways: a; b.",
        "Des mots sont orthographiés de deux façons\u00a0: a\u00a0; b.",
    )


def test_what_a_language_has_no_words_for_is_not_said_in_it():
    assert told(say("Nobody has ever translated this."), "fr") is None
    assert told(say("The report has no summary."), "de") is None
    assert worded("Stored by an earlier version.", None, "fr") is None
    part = say("{name}: {words}", name=say("Nobody has ever translated this"), words="x")
    assert told(part, "es") == "Nobody has ever translated this: x"


@pytest.mark.parametrize("language", messages.OTHERS)
def test_every_message_on_a_paper_is_stored_with_what_it_was_made_of(record, language):
    report = check(record, today=TODAY)
    assert len(report.remarks) > 10
    for r in (*report.remarks, *report.confirmations):
        stored = Remark.model_validate(json.loads(r.model_dump_json()))
        assert worded(stored.message, stored.wording, "en") == r.message
        said = worded(stored.message, stored.wording, language)
        assert said, r.message
        assert said != r.message


def test_a_sheet_keeps_what_its_words_were_made_of():
    record = linked(read(rules()["MET001"].good[0].encode(), name="report.md"))
    rows = sheet(record, "uneg", report=check(record, profile="uneg", genre="report", today=TODAY)).rows
    assert all(worded(r.why, r.why_wording, "fr") for r in rows if r.why)
    assert any(r.why for r in rows)
    assert all(worded(e.message, e.wording, "es") for r in rows for e in r.evidence)
    assert any(r.evidence for r in rows)


def test_a_whole_report_and_a_whole_checklist_can_be_told_in_another_language(record):
    report = check(record, today=TODAY)
    told_in = report_in(report, "es")
    assert report_in(report, "en") is report
    assert [r.fingerprint for r in told_in.remarks] == [r.fingerprint for r in report.remarks]
    assert all(a.message != b.message for a, b in zip(told_in.remarks, report.remarks, strict=True))
    filled = sheet(record, "uneg", report=check(record, profile="uneg", genre="report", today=TODAY))
    rows = sheet_in(filled, "fr").rows
    assert {r.why for r in rows if r.why} & {"Aucune règle n’examine ce point."}
    assert [r.found for r in rows] == [r.found for r in filled.rows]


def test_whatever_is_found_of_an_item_can_be_said():
    every = {f"{seems}{found}" for found in get_args(Found) for seems in ("", "seems ")}
    sayable = {w for w in every if w in SUGGESTIONS}
    assert {w for w in every if not w.startswith("seems ")} | {"seems met", "seems partly met"} <= sayable
    assert all(told(SUGGESTIONS[w], "es") for w in sayable)
