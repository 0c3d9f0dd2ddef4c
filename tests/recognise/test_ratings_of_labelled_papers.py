"""Ratings of real papers, where the folder of labelled papers is at hand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from evaltrail.record import Record


def squeezed(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()


def read(labelled_records: dict[str, tuple[Any, bytes | None]], stem: str) -> list[tuple[str, str]]:
    """Criterion and value as printed."""
    data = labelled_records[stem][1]
    assert data is not None
    record = Record.from_json(data)
    return [(r.criterion_as_printed or "", r.as_printed) for e in record.evaluations for r in e.ratings]


@pytest.mark.parametrize("stem", ["iom_hoa_joint_initiative_final", "iom_ib0053", "iom_nigeria_ng20p0516"])
def test_every_labelled_rating_is_found_and_no_other(labelled_records: dict[str, tuple[Any, bytes | None]], stem: str) -> None:
    labels: dict[str, Any] = labelled_records[stem][0].labels
    wanted = sorted((squeezed(r["criterion"]), squeezed(r["value"])) for e in labels["evaluations"] for r in e["ratings"])
    found = sorted((squeezed(c), squeezed(v)) for c, v in read(labelled_records, stem))
    assert [v for _, v in found] == [v for _, v in wanted]
    assert all(a.startswith(b) or b.startswith(a) for (a, _), (b, _) in zip(found, wanted, strict=True))


@pytest.mark.parametrize("stem", ["cgiar_wheat_2020", "gao_05_927", "iom_arco", "iom_meta_evaluation_2020_2024", "jiu_rep_2025_2"])
def test_a_paper_that_rates_nothing_has_no_rating(labelled_records: dict[str, tuple[Any, bytes | None]], stem: str) -> None:
    assert read(labelled_records, stem) == []
