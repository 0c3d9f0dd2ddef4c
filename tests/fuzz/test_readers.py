"""Damaged papers: each is read into a record whose places are true, or refused in a line; never a crash, never a hang.

A seeded share runs with every test run; ``make soak`` goes on with other seeds and real papers.
"""

from __future__ import annotations

import importlib.util
import math
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaltrail.read.batch import Reader, Reading
from evaltrail.read.formats import Options
from evaltrail.read.limits import Limits
from evaltrail.record import Record
from evaltrail.sample import path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.record import Place

_spec = importlib.util.spec_from_file_location("mutations", Path(__file__).with_name("mutations.py"))
assert _spec is not None
assert _spec.loader is not None
mutations = importlib.util.module_from_spec(_spec)
sys.modules["mutations"] = mutations
_spec.loader.exec_module(mutations)

SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf")
EVERY_RUN = {".txt": 20, ".md": 25, ".html": 6, ".docx": 8, ".pdf": 10}
SOAK_EXAMPLES = int(os.environ.get("EVALTRAIL_FUZZ", "2000"))
"""Examples of each format in a soak."""

MARKDOWN = """# Evaluation of the Harbour Programme

## Findings

**Finding 1.** The harbour was rebuilt in two years[^1].

| Criterion | Rating |
|---|---|
| Relevance | 5 – satisfactory |

## Recommendations

1. The Ports Unit should train the pilots.
   - (a) by 2025;
   - (b) with US$25 million.

> Management response: partially accepted.

[^1]: Interviews with 43 pilots.
"""


def sample(suffix: str) -> bytes:
    """The first pages of the project's own paper, small enough to be read many times."""
    if suffix == ".md":
        return MARKDOWN.encode()
    return path(suffix[1:]).read_bytes()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(options=Options(ocr=False, max_pages=4), limits=Limits(seconds=20, memory=1 << 30)) as r:
        yield r


def letters(text: str) -> str:
    """The letters and digits of a text, whatever a reader does to ligatures, hyphens and spaces."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()


def check_place(record: Record, place: Place) -> str:
    """Check that a place is on a page and give the words that stand there."""
    assert 1 <= place.page <= len(record.pages)
    page = record.pages[place.page - 1]
    assert 0 <= place.start < place.end <= len(page.text)
    for left, bottom, right, top in place.boxes:
        assert all(map(math.isfinite, (left, bottom, right, top)))
        assert left <= right
        assert bottom <= top
    return page.text[place.start : place.end]


def check(reading: Reading) -> None:
    """Check that a reading is a record with true places, or a refusal in a line."""
    if reading.code in {"fault", "crash", "timeout", "memory"}:
        pytest.fail(f"{reading.message}\n{reading.trace}", pytrace=False)
    if reading.json is None:
        assert reading.message
        assert "\n" not in reading.message
        return
    record = Record.from_json(reading.json)
    assert Record.from_json(record.to_json()) == record
    assert [p.number for p in record.pages] == list(range(1, len(record.pages) + 1))
    told: list[Any] = [*record.decisions, *record.paragraphs, *record.footnotes]
    for e in record.evaluations:
        told += e.statements
        ids = {s.id for s in e.statements}
        assert len(ids) == len(e.statements)
        assert all(s.parent is None or s.parent in ids for s in e.statements)
    for one in told:
        # What a statement says stands at its places in this order; there may be its label and footnote marks as well.
        words = iter(letters("".join(check_place(record, p) for p in one.places)))
        assert all(letter in words for letter in letters(one.text)), one
    for q in record.quantities:
        assert math.isfinite(q.value)
        for p in q.places:
            check_place(record, p)


def bearing(suffix: str, data: bytes, reader: Reader, *, examples: int, seeded: bool) -> None:
    """Read damaged variants of a file."""

    @settings(max_examples=examples, derandomize=seeded, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(mutations.damages(), st.booleans())
    def bear(what: Any, inside: bool) -> None:  # noqa: FBT001
        check(reader.read(mutations.variant(suffix, data, what, inside=inside), name=f"damaged{suffix}"))

    bear()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_sample_itself_is_read_with_true_places(suffix: str, reader: Reader) -> None:
    reading = reader.read(sample(suffix), name=f"sample{suffix}")
    assert reading.json is not None
    check(reading)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_damaged_sample_is_read_with_true_places_or_refused(suffix: str, reader: Reader) -> None:
    bearing(suffix, sample(suffix), reader, examples=EVERY_RUN[suffix], seeded=True)


@pytest.mark.soak
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_damaged_samples_are_borne_for_long(suffix: str, reader: Reader) -> None:
    bearing(suffix, sample(suffix), reader, examples=SOAK_EXAMPLES, seeded=False)


@pytest.mark.soak
def test_damaged_real_papers_are_borne(shared: Path, root: Path, reader: Reader) -> None:
    held_out = set((root / "tests" / "reading" / "held_out.txt").read_text().split())
    papers = sorted(f for f in (shared / "reports").iterdir() if f.suffix in SUFFIXES and f.stem not in held_out and f.name not in held_out)
    assert papers
    for paper in papers:
        if paper.stat().st_size < 4 << 20:
            bearing(paper.suffix, paper.read_bytes(), reader, examples=max(1, SOAK_EXAMPLES // 40), seeded=False)


@pytest.mark.soak
@settings(
    max_examples=SOAK_EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(text=st.lists(st.one_of(st.text(max_size=80), st.sampled_from(mutations.ODD), st.just("\n\n")), max_size=60).map(" ".join))
def test_any_text_is_borne(text: str, reader: Reader) -> None:
    for suffix in (".txt", ".md", ".html"):
        check(reader.read(text.encode("utf-8", errors="surrogatepass"), name=f"any{suffix}"))
