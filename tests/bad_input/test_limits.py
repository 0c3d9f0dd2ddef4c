"""Files that hang, crash or swell: each costs itself and no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import Any

import pytest

import evaltrail.read
from evaltrail.read.batch import Progress, Reading, read_many
from evaltrail.read.formats import Options, Unreadable
from evaltrail.read.limits import Limits

pytestmark = pytest.mark.alone

LINE = "{}. The Unit reported on the harbour in good time, as it had in the years before."


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Twelve small papers."""
    files = [tmp_path / f"{i:02}.txt" for i in range(12)]
    for i, f in enumerate(files):
        f.write_text(f"Recommendation {i}: The Unit should report.\n")
    return files


@pytest.fixture(scope="session")
def many_pages(make: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of ten thousand pages of text."""
    file = tmp_path_factory.mktemp("long") / "long.pdf"
    rows = [LINE.format(i) for i in range(40)]
    file.write_bytes(make.pdf_of([make.lines(f"Page {n}", *rows) for n in range(1, 10_001)]))
    return file


def workers() -> list[int]:
    """Processes that this one has started and that still run."""
    started = [int(p) for t in Path("/proc/self/task").iterdir() for p in told(t / "children").split()]
    return [p for p in started if b"evaltrail.read.worker" in told(Path(f"/proc/{p}/cmdline"))]


def told(file: Path) -> bytes:
    """What the system says of a process or thread: nothing once it has ended, which it may do while it is being asked."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


class Strike:
    """Sends a signal to one worker, once, as soon as it reads something."""

    def __init__(self, number: int, after: int = 0) -> None:
        self.number, self.after, self.struck = number, after, ""

    def __call__(self, progress: Progress) -> None:
        """Look whether it is time."""
        if not self.struck and progress.current and progress.done >= self.after and (found := workers()):
            os.kill(found[0], self.number)
            self.struck = progress.current[0]


def slow(tmp_path: Path) -> Path:
    """A paper that takes some seconds."""
    file = tmp_path / "slow.txt"
    file.write_text("\n\n".join(LINE.format(i) for i in range(20_000)))
    return file


def test_results_come_in_the_order_given(papers: list[Path]) -> None:
    readings = list(read_many(papers, jobs=2))
    assert [r.source for r in readings] == papers
    assert [r.index for r in readings] == list(range(12))
    assert all(f"Recommendation {i}" in r.record().pages[0].text for i, r in enumerate(readings))


def test_results_come_as_they_are_done_when_order_does_not_matter(papers: list[Path]) -> None:
    readings = list(read_many([b"", *papers], jobs=2, in_order=False))
    assert sorted(r.index for r in readings) == list(range(13))


def test_no_file_is_no_work() -> None:
    assert list(read_many([])) == []


def test_bytes_are_read_as_files_are() -> None:
    (reading,) = read_many([b"Recommendation 1: The Unit should report.\n"])
    assert reading.record().document.media_type == "text/plain"


def test_a_reading_without_a_record_raises_its_reason() -> None:
    (reading,) = read_many(["/no/such.pdf"])
    with pytest.raises(Unreadable, match="no such file") as caught:
        reading.record()
    assert caught.value.code == "missing"


def test_progress_counts_every_file_and_byte(papers: list[Path]) -> None:
    seen: list[Progress] = []
    list(read_many(papers, on_progress=seen.append))
    assert [p.done for p in seen] == sorted(p.done for p in seen)
    assert (seen[-1].done, seen[-1].total) == (12, 12)
    assert seen[-1].bytes_done == seen[-1].bytes_total == sum(f.stat().st_size for f in papers)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS])
def test_a_crash_costs_one_file_and_names_its_signal(number: signal.Signals, papers: list[Path], tmp_path: Path) -> None:
    readings = list(read_many([slow(tmp_path), *papers], jobs=1, on_progress=Strike(number)))
    assert [r.code for r in readings] == ["crash", *[None] * 12]
    assert number.name in readings[0].message


def test_a_crash_is_only_blamed_on_a_file_that_had_its_process_to_itself(papers: list[Path], tmp_path: Path) -> None:
    strike = Strike(signal.SIGSEGV, after=12)
    readings = list(read_many([*papers, slow(tmp_path)], jobs=1, on_progress=strike))
    assert strike.struck.endswith("slow.txt")
    assert [r.code for r in readings] == [None] * 13


def test_a_hang_ends_at_its_time_and_costs_one_file(papers: list[Path], tmp_path: Path) -> None:
    began = time.monotonic()
    strike = Strike(signal.SIGSTOP)
    readings = list(read_many([slow(tmp_path), *papers], jobs=1, limits=Limits(seconds=6), on_progress=strike))
    assert [r.code for r in readings] == ["timeout", *[None] * 12]
    assert readings[0].message.startswith("it took more than 6 s to read. ")
    assert 6 <= readings[0].seconds < 9
    assert time.monotonic() - began < 30


def test_being_killed_by_the_system_is_want_of_memory(tmp_path: Path) -> None:
    (reading,) = read_many([slow(tmp_path)], on_progress=Strike(signal.SIGKILL))
    assert reading.code == "memory"


def test_a_file_that_swells_is_told_and_the_others_are_read(many_pages: Path, papers: list[Path]) -> None:
    readings = list(read_many([many_pages, *papers], jobs=2, limits=Limits(memory=200 << 20)))
    assert [r.code for r in readings] == ["memory", *[None] * 12]
    assert readings[0].message.startswith("it took more than 200 MB of memory to read. ")


def test_time_runs_out_for_a_long_file_in_a_line(refusal: Any, many_pages: Path) -> None:
    assert refusal(many_pages, "--timeout", "1.5", within=10).startswith("it took more than 1.5 s to read. ")


def test_the_first_pages_of_a_long_file_are_read_quickly(run: Any, many_pages: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    done = run("read", many_pages, "--max-pages", "20", "-o", tmp_path / "out.json")
    assert time.monotonic() - began < 20
    assert done.returncode == 3
    assert "read in part: " in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.soak
def test_ten_thousand_pages_are_read_within_the_limits(many_pages: Path) -> None:
    (reading,) = read_many([many_pages])
    assert reading.code is None
    assert reading.pages == 10_000
    assert reading.held < 4 << 30


def test_processes_end_when_the_caller_loses_interest() -> None:
    readings = read_many([b"Recommendation %d: Report.\n" % i for i in range(1000)], jobs=2)
    first: Reading = next(readings)
    assert first.code is None
    assert workers()
    readings.close()  # type: ignore[attr-defined]
    assert workers() == []


def test_a_thousand_files_need_no_more_processes_than_jobs() -> None:
    most = 0

    def count(_: Progress) -> None:
        nonlocal most
        most = max(most, len(workers()))

    files = [b"Recommendation %d: Report.\n" % i for i in range(1000)]
    assert sum(r.code is None for r in read_many(files, jobs=2, on_progress=count)) == 1000
    assert most == 2


def test_options_reach_the_reader(many_pages: Path) -> None:
    (reading,) = read_many([many_pages], options=Options(max_pages=3))
    assert reading.pages == 3
    assert reading.losses


def test_a_batch_can_be_run_from_a_thread_and_from_a_script_without_a_guard(papers: list[Path], tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, threading\nfrom evaltrail.read.batch import read_many\n"
        "def go(): print(sum(r.code is None for r in read_many(sys.argv[1:])))\n"
        "t = threading.Thread(target=go); t.start(); t.join()\n"
    )
    done = subprocess.run([sys.executable, script, *papers], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "12\n"


def test_a_module_beside_the_papers_is_not_run(papers: list[Path], tmp_path: Path) -> None:
    for name in ("json", "evaltrail", "queue", "struct"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(9)")
    program = Path(sysconfig.get_path("scripts")) / "evaltrail"
    if not program.exists():
        pytest.skip("needs the installed program")
    done = subprocess.run([program, "read", papers[0]], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0


def test_reading_many_stands_beside_reading_one() -> None:
    assert evaltrail.read.read_many is read_many
