"""Ratings of real papers, where the folder of labelled papers is at hand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.read.formats import Options, pdf
from evaltrail.read.recognise.pipeline import recognise

if TYPE_CHECKING:
    from pathlib import Path


def squeezed(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()


def read(shared: Path, stem: str) -> list[tuple[str, str]]:
    """Criterion and value as printed."""
    record = recognise(pdf.outline((shared / "reports" / f"{stem}.pdf").read_bytes(), Options()))
    return [(r.criterion_as_printed or "", r.as_printed) for e in record.evaluations for r in e.ratings]


@pytest.mark.parametrize("stem", ["iom_hoa_joint_initiative_final", "iom_ib0053", "iom_nigeria_ng20p0516"])
def test_every_labelled_rating_is_found_and_no_other(shared: Path, stem: str) -> None:
    labels: dict[str, Any] = json.loads((shared / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
    wanted = sorted((squeezed(r["criterion"]), squeezed(r["value"])) for e in labels["evaluations"] for r in e["ratings"])
    found = sorted((squeezed(c), squeezed(v)) for c, v in read(shared, stem))
    assert [v for _, v in found] == [v for _, v in wanted]
    assert all(a.startswith(b) or b.startswith(a) for (a, _), (b, _) in zip(found, wanted, strict=True))


@pytest.mark.parametrize("stem", ["cgiar_wheat_2020", "gao_05_927", "iom_arco", "iom_meta_evaluation_2020_2024", "jiu_rep_2025_2"])
def test_a_paper_that_rates_nothing_has_no_rating(shared: Path, stem: str) -> None:
    assert read(shared, stem) == []
