"""Dates follow the language of the interface: pages write them by the office's own filters."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

import evaltrail_office

TEMPLATES = sorted(Path(evaltrail_office.__file__).parent.glob("*/templates/**/*.html"))
OWN_FORMAT = re.compile(r"\|(?:date|time)\b(?::(\"[^\"]*\"|'[^']*'))?")
FOR_PROGRAMS = {"'c'", "'Y-m-d'"}
"""In ``datetime`` attributes and the values of date fields, which no person reads."""


def shown(name: str, when: date | None, language: str = "en") -> str:
    with translation.override(language):
        return Template("{% load office %}{{ when|" + name + " }}").render(Context({"when": when}))


def test_no_page_has_a_date_format_of_its_own() -> None:
    assert len(TEMPLATES) > 100
    own = [f"{p.name}: {m[0]}" for p in TEMPLATES for m in OWN_FORMAT.finditer(p.read_text("utf-8")) if m[1] not in FOR_PROGRAMS]
    assert own == []


@pytest.mark.parametrize(
    "language, short, long, month",
    [
        ("en", "7 Apr 2025", "7 April 2025", "April 2025"),
        ("fr", "7 avr. 2025", "7 avril 2025", "avril 2025"),
        ("es", "7 abr 2025", "7 de abril de 2025", "abril de 2025"),
    ],
)
def test_a_date_is_written_as_its_language_does(language: str, short: str, long: str, month: str) -> None:
    when = date(2025, 4, 7)
    assert [shown(name, when, language) for name in ("short_day", "day", "month")] == [short, long, month]
    assert shown("short_moment", datetime(2025, 4, 7, 9, 5, tzinfo=UTC), language) == f"{short}, 09:05"
    assert shown("moment", datetime(2025, 4, 7, 9, 5, tzinfo=UTC), language) == f"{long}, 09:05"


@pytest.mark.parametrize("name", ["day", "moment", "short_day", "short_moment", "month"])
def test_no_date_is_nothing(name: str) -> None:
    assert shown(name, None) == ""


def test_a_moment_is_told_in_the_offices_own_time_zone() -> None:
    from django.utils import timezone

    with timezone.override("Asia/Kathmandu"):
        assert shown("moment", datetime(2025, 4, 7, 22, 0, tzinfo=UTC)) == "8 April 2025, 03:45"
        assert shown("short_day", datetime(2025, 4, 7, 22, 0, tzinfo=UTC)) == "8 Apr 2025"
