"""What is worked out once is worked out again for another paper or another argument, and goes with its paper."""

from __future__ import annotations

import gc
import weakref
from datetime import date

from evaltrail.check.once import once
from evaltrail.check.paper import Paper
from evaltrail.record import Record

calls = []


@once
def asked(paper, word="", *, loud=False):
    """What is asked of a paper."""
    calls.append((id(paper), word, loud))
    return None if not word else word.upper() if loud else word


def paper():
    calls.clear()
    return Paper(Record(), today=date(2026, 6, 1))


def test_the_same_question_is_answered_once_also_when_the_answer_is_none():
    one = paper()
    assert [asked(one), asked(one), asked(one, "a"), asked(one, "a"), asked(one, "a", loud=True)] == [None, None, "a", "a", "A"]
    assert len(calls) == 3


def test_another_paper_is_asked_anew():
    one, other = paper(), paper()
    asked(one, "a")
    asked(other, "a")
    assert len(calls) == 2


def test_nothing_is_kept_of_a_paper_that_is_gone():
    one = paper()
    asked(one, "a")
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_a_function_keeps_its_name_and_documentation():
    assert asked.__name__ == "asked"
    assert asked.__doc__ == "What is asked of a paper."
