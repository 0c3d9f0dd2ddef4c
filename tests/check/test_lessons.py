"""What can be learned elsewhere: what the rules on lessons do beyond their samples."""

from __future__ import annotations

from datetime import date

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.link import linked
from evaltrail.read import read

TODAY = date(2026, 6, 1)
HEAD = "# Evaluation of the water programme\n\n## Lessons learned\n\n"


def messages(code, text, *, right=False):
    rule = rules()[code]
    paper = Paper(linked(read(text.encode(), name="sample.md")), today=TODAY)
    return [m.text for m in rule.check(paper, rule.rule.options) if m.right is right]


def test_a_chapter_on_lessons_is_enough_though_no_statement_was_read_from_it():
    assert messages("LES001", HEAD + "Much was learned about wells.\n") == []


def test_lessons_are_counted_as_right():
    text = HEAD + "Lesson 1: Wells last where users choose the keeper.\n\nLesson 2: Pumps break when sand gets in.\n"
    assert messages("LES001", text, right=True) == ["The report draws 2 lessons or good practices."]


def test_a_short_lesson_that_is_explained_has_its_context():
    text = HEAD + "Lesson 1: Trust matters.\n\nIn villages with two clans, each feared that the other would close the well.\n"
    assert messages("LES002", text) == []


def test_a_lesson_that_tells_what_users_asked_for_gives_no_advice():
    assert messages("LES003", HEAD + "Lesson 1: Users said that the Ministry should pay the keepers.\n") == []


def test_a_lesson_that_speaks_beyond_the_project_is_not_bound_to_it():
    assert messages("LES004", HEAD + "Lesson 1: The project showed that pumps break when sand gets in.\n") == []


def test_a_lesson_in_other_words_repeats_nothing():
    text = (
        "# Evaluation\n\n## Findings\n\nFinding 1: Three wells fell dry because nobody had measured the water under them.\n\n"
        "## Lessons learned\n\nLesson 1: Wells last when the water under the ground is measured before anybody digs.\n"
    )
    assert messages("LES005", text) == []
