"""Papers and records that a command is given, as records: papers are read in their own processes, records are taken in."""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaltrail.cli.reading import readings, standard_input, tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from evaltrail.cli.progress import Bar
    from evaltrail.record import Record

_SCHEMA = "evaltrail.record/"


class Unsound(Exception):
    """A file is no record that could be used. ``str()`` is one line with the fault and the remedy, without the file's name."""


@dataclass(frozen=True, slots=True)
class Given:
    """What came of one file."""

    index: int
    """Position among the files given, from 0."""
    name: str
    """As shown to people."""
    record: Record | None
    """None where the file could not be read; why has been said."""
    losses: bool = False
    """Whether words of the paper are missing from the record."""
    source: bytes | None = None
    """The paper where it came by standard input."""


def given(files: list[str], args: argparse.Namespace, bar: Bar) -> Iterator[Given]:
    """The records of the files, in the order given; of what cannot be read standard error says why.

    A file is taken for a record where its content begins as JSON does, or its name ends in ``.json``.
    """
    contents: dict[int, bytes] = {i: standard_input(args) for i, f in enumerate(files) if f == "-"}
    records = {i for i, f in enumerate(files) if (_is_record(contents[i]) if i in contents else _holds_record(f))}
    papers = [i for i in range(len(files)) if i not in records]
    read = readings([contents.get(i, files[i]) for i in papers], args, bar, in_order=True)
    for i, file in enumerate(files):
        yield _record_file(i, file, contents.get(i), bar) if i in records else _paper(i, next(read), contents.get(i), bar)


def _paper(index: int, reading: Any, source: bytes | None, bar: Bar) -> Given:
    from evaltrail.link import linked

    with bar.aside():
        tell(reading)
    record = linked(reading.record()) if reading.json is not None else None
    name = "standard input" if source is not None else reading.name
    return Given(index, name, record, bool(reading.losses), source)


def _record_file(index: int, file: str, content: bytes | None, bar: Bar) -> Given:
    from evaltrail.cli.say import say
    from evaltrail.read.formats import Unreadable
    from evaltrail.read.source import display_name, open_source

    name = "standard input" if content is not None else display_name(file)
    try:
        return Given(index, name, record_of(content if content is not None else open_source(file).data))
    except (Unreadable, Unsound) as e:
        with bar.aside():
            say(f"{name}: {e}")
        return Given(index, name, None)


def _holds_record(file: str) -> bool:
    path = Path(file)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as f:
            head = f.read(4096)
    except (OSError, ValueError):
        return False  # the reader finds the words for it
    return path.suffix.casefold() == ".json" or _is_record(head)


def _is_record(content: bytes) -> bool:
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    # RTF begins with a brace too, but no white space, quotation mark or brace follows it.
    return head[:1] == b"{" and head[1:].lstrip()[:1] in (b'"', b"}")


def record_of(content: bytes) -> Record:
    """A record from the bytes of its file. Raises ``Unsound``."""
    from pydantic import ValidationError

    from evaltrail.record import SCHEMA, Record

    try:
        text = content.decode("utf-8-sig")
        raw = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise Unsound("it is not sound JSON (it is nested too deeply). Read the paper again with evaltrail read") from None
    except ValueError as e:
        raise Unsound(f"it is not sound JSON ({e}). Read the paper again with evaltrail read") from None
    schema = raw.get("schema") if isinstance(raw, dict) else None
    if not isinstance(schema, str) or not schema.startswith(_SCHEMA):
        called = f" (its schema is {schema!r})" if isinstance(schema, str) else ""
        raise Unsound(f"it is JSON, but no record of Evaltrail{called}. Give a paper, or what evaltrail read has written")
    if schema != SCHEMA:
        raise Unsound(f"it was written by a newer Evaltrail (its schema is {schema}, this program knows {SCHEMA}). Update Evaltrail")
    try:
        record = Record.from_json(text)
    except ValidationError as e:
        faults = e.errors(include_url=False, include_input=False)
        more = f"; and {len(faults) - 3} more" if len(faults) > 3 else ""
        said = "; ".join(": ".join(x for x in ("/".join(map(str, f["loc"])), f["msg"]) if x) for f in faults[:3])
        raise Unsound(f"it is no sound record: {said}{more}") from None
    fault = _fault(record, raw)
    if fault:
        raise Unsound(f"it is no sound record: {fault}")
    return record


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _fault(record: Record, raw: Any) -> str:
    """What is wrong though every value has its type: places outside the pages, headings that come after what they head."""
    for i, page in enumerate(record.pages, 1):
        if page.number != i:
            return f"pages/{i - 1}: page {page.number} stands where page {i} should"
    sizes = [len(p.text) for p in record.pages]
    for where, (number, start, end) in _places(raw):
        if number > len(sizes):
            return f"{where}: it names page {number}, and the record has {len(sizes)}"
        if not start <= end <= sizes[number - 1]:
            return f"{where}: the span {start} to {end} is not within the {sizes[number - 1]} characters of page {number}"
    for i, passage in enumerate(record.passages):
        if passage.section is not None and not 0 <= passage.section < i:
            return f"passages/{i}/section: {passage.section} is no passage before it"
    return ""


def _whole(value: object) -> int | None:
    """What the record takes a value for: 9, 9.0 and "9" are one number to it."""
    try:
        return value if isinstance(value, int) else int(float(value)) if isinstance(value, float | str) else None
    except (ValueError, OverflowError):
        return None


def _places(raw: Any, where: str = "") -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Page, start and end of every place, with its path; what a house's own fields call so is passed over where it is something else."""
    if isinstance(raw, dict):
        page, start, end = (_whole(raw.get(k)) for k in ("page", "start", "end"))
        if page is not None and start is not None and end is not None and page > 0 <= start:
            yield where, (page, start, end)
        for key, value in raw.items():
            if isinstance(value, dict | list):
                yield from _places(value, f"{where}/{key}".lstrip("/"))
    elif isinstance(raw, list):
        for i, value in enumerate(raw):
            if isinstance(value, dict | list):
                yield from _places(value, f"{where}/{i}")
