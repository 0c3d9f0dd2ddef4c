"""What LibreOffice prints of a written DOCX: all its words, in their order; and what is read from that PDF."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import discrepancies, facts
from evaltrail.write.model import Contents, Frame, plain
from evaltrail.write.order import Order
from evaltrail.write.word.document import document
from evaltrail.write.word.notes import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.record import Record
    from evaltrail.write.model import Block

GENERATED = 3


def beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"write_{name}")
    if known is None:
        spec = importlib.util.spec_from_file_location(f"write_{name}", Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        known = sys.modules[f"write_{name}"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(known)
    return known


@cache
def orders() -> dict[str, Order]:
    """The sample paper, and papers that were drawn."""
    found = {"sample": Order(read(sample.path("pdf")), "same")}
    drawn = [beside("papers").paper(Random(seed)) for seed in range(GENERATED)]  # noqa: S311  # test data
    return found | {f"drawn{seed}": Order(record, "same") for seed, record in enumerate(drawn)}


@pytest.fixture(scope="module")
def printed(libreoffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the PDFs that LibreOffice prints."""
    folder = tmp_path_factory.mktemp("printed")
    for name, order in orders().items():
        (folder / f"{name}.docx").write_bytes(document(order.paper))
    (folder / "every.docx").write_bytes(document(beside("every_block").paper()))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [libreoffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *sorted(folder.glob("*.docx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder


def words_in(pdf: Path) -> list[str]:
    """The words of the pages; what is raised (the mark of a note) is parted from the word before it."""
    out: list[str] = []
    with pypdfium2.PdfDocument(pdf) as file:
        for page in file:
            out += re.findall(r"[^\W\d]+|\d+", page.get_textpage().get_text_range())
    return out


def words_of_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The words of a paper's blocks with their markers, captions before what they name."""
    for b in blocks:
        yield from re.findall(r"[^\W\d]+|\d+", getattr(b, "marker", ""))
        if isinstance(b, Frame):
            yield from words_of_blocks(b.blocks)
        else:
            for words in [b.title] if isinstance(b, Contents) else words_of((b,)):
                yield from re.findall(r"[^\W\d]+|\d+", plain(words))


def first_missing(said: list[str], found: list[str]) -> tuple[int, list[str]] | None:
    """Where the words found no longer go on as they were said, whatever stands between."""
    at = 0
    for n, word in enumerate(said):
        try:
            at = found.index(word, at) + 1
        except ValueError:
            return n, said[max(0, n - 8) : n + 3]
    return None


@pytest.mark.parametrize("name", [*(f"drawn{seed}" for seed in range(GENERATED)), "sample"])
def test_libreoffice_prints_all_words_in_their_order(printed: Path, name: str) -> None:
    paper = orders()[name].paper
    found = words_in(printed / f"{name}.pdf")
    assert first_missing(list(words_of_blocks(paper.blocks)), found) is None
    for note in paper.notes:
        assert first_missing(re.findall(r"[^\W\d]+|\d+", plain(note.words)), found) is None


def test_a_word_that_is_not_printed_would_be_missed() -> None:
    assert first_missing(["a", "b", "c"], ["a", "x", "b", "9", "c"]) is None
    assert first_missing(["a", "c", "b"], ["a", "x", "b", "9", "c"]) == (2, ["a", "c", "b"])


def test_numbers_that_word_counts_are_printed_as_they_stood(printed: Path) -> None:
    found = words_in(printed / "every.pdf")
    assert first_missing(list(words_of_blocks(beside("every_block").paper().blocks)), found) is None


def test_what_libreoffice_prints_of_the_sample_is_read_as_the_record(printed: Path) -> None:
    record = orders()["sample"].record
    assert lost(record, printed / "sample.pdf") == 0


def lost(record: Record, pdf: Path) -> float:
    """Share of a record's facts that do not come back."""
    return sum(d.lost for d in discrepancies(record, read(pdf))) / sum(facts(record).values())
