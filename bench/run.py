"""Speed and memory of reading, as ratios measured in one run; nothing here is a test and nothing fails.

    python bench/run.py [--files FILE.pdf ... | --all] [--rounds N] [--only PART ...] [--json]

``objects``  reading against pypdfium2 handing over every text object, in one process (``read_speed.py``)
``memory``   the most memory that reading 500 pages takes
``start``    how long ``evaltrail --help`` takes
``checks``   a check of 200 pages, and of 100,000 statements against a tenth of them (``check_speed.py``)
``writing``  a paper of 40 pages with three charts as PDF, DOCX and HTML, and LibreOffice and WeasyPrint on the same (``write_speed.py``)
``charts``   three charts, and matplotlib on the same figures (``chart_speed.py``)
``jobs``     two files at once against one
``peers``    other libraries on the same files, each in an environment of its own (``peers.py``)

What is compared runs in turn (A B A B); the figures are medians of the rounds.  A ratio is given by the clock and by processor time, and
a target is met only if it is met by both, so that neither idle cores nor a busy machine decide.

Without ``--files`` it reads the sample and, where the folder of labelled papers is there, one paper of each organisation; with ``--all``
every one that was not set aside.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from papers import SAMPLE, chosen, pages_of, repeated, reports
from peers import MATPLOTLIB, PEERS, WEASYPRINT, Environment, Missing, Peer, installed
from timed import Failed, Taken, added, in_turn, inside_process, middle, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
COMMAND = Path(sys.executable).with_name("evaltrail")
MEMORY_PAGES = 500
MEMORY_TARGET = 300.0
START_TARGET = 0.15
OBJECTS_TARGET = 2.0
CHECKED_PAGES = 200
CHECK_TARGET = 0.3
CHECKED_STATEMENTS = 100_000
LINE_TARGET = 1.3
CHARTS_TARGET = 0.02
WRITING_TARGETS = {"pdf": 0.5, "docx": 0.5, "html": None}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: ratios, or figures with a unit."""

    part: str
    what: str
    by_clock: float | None = None
    by_processor: float | None = None
    unit: str = "times"
    target: float | None = None
    at_least: bool = False
    """Whether the target is the least that is wanted; else the most."""
    note: str = ""
    """Seconds behind a ratio, or why nothing was measured."""

    @property
    def met(self) -> bool | None:
        """Whether the target is met by every figure; None where there is none."""
        figures = [f for f in (self.by_clock, self.by_processor) if f is not None]
        if self.target is None or not figures:
            return None
        return all(f >= self.target if self.at_least else f <= self.target for f in figures)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured, and how often."""

    files: tuple[Path, ...]
    rounds: int
    folder: Path
    """For what the programs write."""


def objects(setting: Setting) -> Iterator[Row]:
    """Reading against the bare handing over of text objects, in this process."""
    import read_speed

    works = (read_speed.whole, read_speed.objects, read_speed.calls)
    each = []
    for file in setting.files:
        data = file.read_bytes()
        each.append(in_turn(setting.rounds, *(partial(inside_process, work, data) for work in works)))
    whole, helpers, calls = (added(column) for column in zip(*each, strict=True))
    yield _ratio("objects", "reading / every text object by pypdfium2's own methods", whole, helpers, OBJECTS_TARGET)
    yield _ratio("objects", "reading / the same through its raw bindings", whole, calls, None)


def memory(setting: Setting) -> Iterator[Row]:
    """The most memory of reading many pages, in a fresh process."""
    sources = {"the sample, repeated": [SAMPLE]}
    if setting.files != (SAMPLE,):
        sources["the files measured, in one"] = list(setting.files)
    for what, some in sources.items():
        long = setting.folder / "long.pdf"
        repeated(some, MEMORY_PAGES, long)
        in_process = run(*_reader(Path(sys.executable), "evaltrail", setting, (long,)))
        command = run(*_command(setting, 1, (long,)))
        for name, taken in (("library", in_process), ("command", command)):
            note = f"{MEMORY_PAGES / taken.processor:.0f} pages a second of processor time, {long.stat().st_size >> 20} MB of PDF"
            yield Row("memory", f"{MEMORY_PAGES} pages of {what}, {name}", taken.memory, unit="MB", target=MEMORY_TARGET, note=note)


def start(setting: Setting) -> Iterator[Row]:
    """How long the command takes to say what it can do."""
    told, bare = in_turn(setting.rounds * 5, partial(run, COMMAND, "--help"), partial(run, sys.executable, "-c", "pass"))
    note = f"bare Python {bare.elapsed:.3f} and {bare.processor:.3f}"
    yield Row("start", "evaltrail --help", told.elapsed, told.processor, "s", START_TARGET, note=note)


def checks(setting: Setting) -> Iterator[Row]:
    """How long a check takes after reading, and whether ten times the statements take ten times as long."""
    import check_speed

    for file in setting.files:
        one = check_speed.record_of(file)
        if len(one.pages) >= CHECKED_PAGES // 8 and check_speed.statements_in(one):
            break
    long = check_speed.grown(one, -(-CHECKED_PAGES // len(one.pages)))
    first, *rest = (inside_process(lambda _: check_speed.checked(long), b"") for _ in range(setting.rounds + 1))
    note = (
        f"{check_speed.statements_in(long)} statements, {len(long.passages)} passages; the first one in its process {first.elapsed:.2f} s"
    )
    taken = middle(rest)
    yield Row("checks", f"a check of {len(long.pages)} pages", taken.elapsed, taken.processor, "s", CHECK_TARGET, note=note)
    # The sample states much on few pages, so that the longest record fits into memory.
    dense = check_speed.record_of(SAMPLE)
    each = check_speed.statements_in(dense)
    few, many = (check_speed.grown(dense, -(-count // each)) for count in (CHECKED_STATEMENTS // 10, CHECKED_STATEMENTS))
    works = (partial(inside_process, lambda _, r=r: check_speed.checked(r), b"") for r in (few, many))
    small, large = in_turn(1, *works)
    growth = check_speed.statements_in(many) / check_speed.statements_in(few)
    yield Row(
        "checks",
        f"{check_speed.statements_in(many):,} statements / a tenth of them, per statement",
        large.elapsed / small.elapsed / growth,
        large.processor / small.processor / growth,
        target=LINE_TARGET,
        note=f"{large.elapsed:.1f} s / {small.elapsed:.1f} s, {len(many.pages):,} pages",
    )


def writing(setting: Setting) -> Iterator[Row]:
    """How long a paper takes to be written, beside the programs that others print one with."""
    import write_speed

    record, pages = write_speed.grown(SAMPLE)
    ours: dict[str, Taken] = {}
    for to, target in WRITING_TARGETS.items():
        work = partial(inside_process, lambda _, to=to: write_speed.written(record, to), b"")
        taken = [work() for _ in range(setting.rounds + 1)]
        ours[to] = middle(taken[1:])
        (setting.folder / f"long.{to}").write_bytes(write_speed.written(record, to))
        note = f"the first in its process {taken[0].elapsed:.2f} s"
        yield Row("writing", f"{pages} pages as {to.upper()}", ours[to].elapsed, ours[to].processor, "s", target, note=note)
    yield from _libreoffice(setting, ours["pdf"])
    try:
        python = installed(WEASYPRINT).program("python")
        # It breaks off at gradients in the colour of the text, so it is spared the marks of low ratings.
        page = setting.folder / "long.html"
        page.write_bytes(page.read_bytes().replace(b"</head>", b"<style>* { background-image: none !important }</style></head>", 1))
        inside: list[Taken] = []
        for _ in range(setting.rounds):
            run(*_reader(python, "weasyprint", setting, (setting.folder / "long.html",)))
            told = json.loads(_result(setting).read_text(encoding="utf-8"))
            inside.append(Taken(told["elapsed"], told["processor"]))
        yield _ratio("writing", "WeasyPrint: PDF of our HTML, in the process / our PDF", middle(inside), ours["pdf"], None)
    except (Missing, Failed) as e:
        yield Row("writing", "WeasyPrint", note=f"skipped: {e}")


def _libreoffice(setting: Setting, ours: Taken) -> Iterator[Row]:
    """LibreOffice printing our DOCX, once it has made its profile."""
    office = shutil.which("soffice")
    if not office:
        yield Row("writing", "LibreOffice", note="skipped: soffice is not installed")
        return
    profile = f"-env:UserInstallation={(setting.folder / 'profile').as_uri()}"
    out = setting.folder / "libreoffice"
    convert = (office, profile, "--headless", "--convert-to", "pdf", "--outdir", out, setting.folder / "long.docx")
    first, *theirs = (run(*convert) for _ in range(setting.rounds + 1))
    row = _ratio("writing", "LibreOffice: PDF of our DOCX, whole process / our PDF", middle(theirs), ours, None)
    yield replace(row, note=f"{row.note}; the first with a new profile {first.elapsed:.1f} s")


def charts(setting: Setting) -> Iterator[Row]:
    """How long three charts with their tables take to be drawn, beside the same figures as JSON and drawn by matplotlib."""
    import chart_speed

    def repeated_work(work: Callable[[], object], rounds: int) -> Taken:
        def all_rounds(_: bytes) -> None:
            for _n in range(rounds):
                work()

        taken = inside_process(all_rounds, b"")
        return Taken(taken.elapsed / rounds, taken.processor / rounds)

    chart_speed.ours()
    drawn, dumped = in_turn(setting.rounds, partial(repeated_work, chart_speed.ours, 20), partial(repeated_work, chart_speed.dumped, 500))
    yield Row("charts", "three charts as SVG, 222 figures", drawn.elapsed, drawn.processor, "s", CHARTS_TARGET)
    row = _ratio("charts", "three charts / their figures as JSON", drawn, dumped, None)
    yield replace(row, note=f"{drawn.elapsed * 1e6:.0f} µs / {dumped.elapsed * 1e6:.0f} µs")
    try:
        environment = installed(MATPLOTLIB)
        run(environment.program("python"), HERE / "chart_speed.py", "matplotlib", _result(setting))
        told = json.loads(_result(setting).read_text(encoding="utf-8"))
        theirs = Taken(told["elapsed"], told["processor"])
        name = f"matplotlib {environment.version}, the same figures as SVG / ours"
        row = _ratio("charts", name, theirs, drawn, MATPLOTLIB.target, at_least=True)
        yield replace(row, note=f"{theirs.elapsed * 1e3:.0f} ms / {drawn.elapsed * 1e3:.1f} ms")
    except (Missing, Failed) as e:
        yield Row("charts", "matplotlib", target=MATPLOTLIB.target, at_least=True, note=f"skipped: {e}")


def jobs(setting: Setting) -> Iterator[Row]:
    """Two files at once against one."""
    one, two = in_turn(setting.rounds, *(partial(run, *_command(setting, n, setting.files)) for n in (1, 2)))
    ratio = one.elapsed / two.elapsed
    yield Row(
        "jobs", "2 jobs as fast as 1", ratio, at_least=True, note=f"{one.elapsed:.1f} s / {two.elapsed:.1f} s, {len(setting.files)} files"
    )


def peers(setting: Setting) -> Iterator[Row]:
    """Other libraries on the same files."""
    for peer in PEERS:
        try:
            environment = installed(peer)
            yield from _libraries(peer, environment, setting) if peer.readers else _commands(peer, environment, setting)
        except (Missing, Failed) as e:
            yield Row("peers", peer.name, target=peer.target, at_least=True, note=f"skipped: {e}")


def _commands(peer: Peer, environment: Environment, setting: Setting) -> Iterator[Row]:
    """One command that writes JSON for all files against the other: file by file, and with all cores."""
    out = setting.folder / peer.name
    plain = (environment.program(peer.name), "--quiet", "--format", "json", "--image-output", "off", "--output-dir", out)
    cores = os.cpu_count() or 1
    for manner, count in (("one at a time", 1), (f"{cores} at once", cores)):
        # Evaltrail reads files side by side, the peer pages of one file, which may even slow it down: no measure for a target.
        target = peer.target if count == 1 else None
        theirs: tuple[str | Path, ...] = (*plain, "--threads", str(count), *setting.files)
        ours, other = in_turn(setting.rounds, partial(run, *_command(setting, count, setting.files)), partial(run, *theirs))
        yield _ratio("peers", f"{peer.name} {environment.version}, JSON: command, {manner}", other, ours, target, at_least=True)


def _libraries(peer: Peer, environment: Environment, setting: Setting) -> Iterator[Row]:
    """Each reader of the peer against ours, the process as a whole and what it takes once the library is there."""
    python = environment.program("python")
    for reader, manner in peer.readers:
        inside: dict[str, list[Taken]] = {"evaltrail": [], reader: []}

        def work(program: Path, name: str, inside: dict[str, list[Taken]] = inside) -> Taken:
            taken = run(*_reader(program, name, setting, setting.files))
            told = json.loads(_result(setting).read_text(encoding="utf-8"))
            inside[name].append(Taken(told["elapsed"], told["processor"]))
            return taken

        ours, other = in_turn(setting.rounds, partial(work, Path(sys.executable), "evaltrail"), partial(work, python, reader))
        ours_inside, other_inside = (middle(some) for some in inside.values())
        name = f"{peer.name} {environment.version}, {manner}"
        yield _ratio("peers", f"{name}: in the process", other_inside, ours_inside, peer.target, at_least=True)
        yield _ratio("peers", f"{name}: whole process", other, ours, peer.target, at_least=True)


PARTS = {
    "memory": memory,
    "start": start,
    "objects": objects,
    "checks": checks,
    "writing": writing,
    "charts": charts,
    "jobs": jobs,
    "peers": peers,
}
"""Memory first: later parts make this process larger, and a child begins with its parent's peak."""


def _ratio(part: str, what: str, upper: Taken, lower: Taken, target: float | None, *, at_least: bool = False) -> Row:
    note = f"{upper.elapsed:.2f} s / {lower.elapsed:.2f} s"
    return Row(part, what, upper.elapsed / lower.elapsed, upper.processor / lower.processor, "times", target, at_least, note)


def _result(setting: Setting) -> Path:
    return setting.folder / "taken.json"


def _reader(python: Path, reader: str, setting: Setting, files: Sequence[Path]) -> tuple[str | Path, ...]:
    return (python, HERE / "one_reader.py", reader, _result(setting), *files)


def _command(setting: Setting, jobs: int, files: Sequence[Path]) -> tuple[str | Path, ...]:
    # With one file -o names a file, with several a folder.
    out = setting.folder / ("record.json" if len(files) == 1 else "records")
    return (COMMAND, "read", "--quiet", "--no-ocr", "--jobs", str(jobs), "--output", out, *files)


def machine() -> dict[str, str | int | float]:
    """What the figures were measured on; the load tells whether other work was running."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 1),
    }


def table(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown, which is as readable in a terminal."""
    head = ("", "by the clock", "by processor time", "target", "met", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    rule = ["-" * width for width in widths]
    shown = [lines[0], rule, *lines[1:]]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in shown)


def _cells(row: Row) -> tuple[str, ...]:
    unit = {"times": " ×", "s": " s", "MB": " MB"}[row.unit]
    form = {"times": ".2f", "s": ".3f", "MB": ".0f"}[row.unit]
    clock, processor = ("" if f is None else f"{f:{form}}{unit}" for f in (row.by_clock, row.by_processor))
    target = "" if row.target is None else f"{'≥' if row.at_least else '≤'} {row.target:g}{unit}"
    return (row.what, clock, processor, target, {True: "yes", False: "no", None: ""}[row.met], row.note)


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """What the caller wants."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--files", nargs="+", type=Path, metavar="FILE.pdf", help="measure these")
    which.add_argument("--all", action="store_true", help="measure the sample and every labelled PDF that was not set aside")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each is measured (default: 3)")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"measure only these parts: {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    wanted = arguments(words)
    files = tuple(file.resolve() for file in wanted.files or ([SAMPLE, *reports()] if wanted.all else chosen()))
    pages = sum(pages_of(file) for file in files)
    facts = machine()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="evaltrail-bench-") as folder:
        setting = Setting(files, max(1, wanted.rounds), Path(folder))
        for name in [n for n in PARTS if n in (wanted.only or PARTS)]:
            print(f"Measuring {name} …", file=sys.stderr, flush=True)
            for row in PARTS[name](setting):
                rows.append(row)
                print(f"  {' '.join(cell for cell in _cells(row) if cell)}", file=sys.stderr, flush=True)
    if wanted.json:
        told = [{**asdict(row), "met": row.met} for row in rows]
        print(json.dumps({"machine": facts, "files": [f.name for f in files], "pages": pages, "rows": told}, indent=2, ensure_ascii=False))
    else:
        print(f"{len(files)} files, {pages} pages, {setting.rounds} rounds. {facts['system']}, {facts['cores']} cores, ", end="")
        print(f"Python {facts['python']}; load at the start {facts['load']}.\n\n{table(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
