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
