"""Every word of the interface is there in every language."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def messages():
    pytest.importorskip("babel", reason="needs babel")
    return pytest.importorskip("messages", reason="needs the project's tools")


@pytest.mark.parametrize("language", ["fr", "es"])
def test_every_message_is_translated_and_built(messages, language: str) -> None:
    found = messages.words()
    assert len(found) > 500
    faults = messages.faults(language, found)
    assert not faults, f"{len(faults)} (python tools/messages.py brings them up to date):\n" + "\n".join(faults[:20])


def test_a_message_that_means_two_things_is_translated_by_its_context(messages) -> None:
    source = 'a = pgettext("to a decision", "Answer"); b = gettext("Answer"); c = ngettext("%(n)s day", "%(n)s days", 2)'
    in_context = messages.InContext("to a decision", "Answer")
    assert [words for words, _line in messages._of_python(source)] == [in_context, "Answer", ("%(n)s day", "%(n)s days")]
    template = '{% load i18n %}{% translate "Answer" context "to a decision" %}{% translate "Answer" %}'
    assert [words for words, _line in messages._of_template(template)] == [in_context, "Answer"]
    catalogue = messages.brought_up("fr", {in_context: [("x.py", 1)], "Answer": [("x.py", 2)]})
    assert {(m.id, m.context) for m in catalogue if m.id} == {("Answer", "to a decision"), ("Answer", None)}
