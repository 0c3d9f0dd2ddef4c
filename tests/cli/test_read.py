"""``evaltrail read``: where records go, and what the exit code says."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from evaltrail.record import Record


def test_one_file_goes_to_standard_output(start: Any, paper: Path) -> None:
    done = start("read", paper)
    assert done.returncode == 0
    assert done.stderr == ""
    assert Record.from_json(done.stdout).document.media_type == "text/plain"


def test_one_file_goes_to_the_file_that_is_named(run: Any, paper: Path, tmp_path: Path) -> None:
    done = run("read", paper, "-o", tmp_path / "out.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert Record.from_json((tmp_path / "out.json").read_bytes()).pages


@pytest.mark.parametrize("given", ["there", "made/"])
def test_one_file_goes_into_a_directory(given: str, run: Any, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    done = run("read", paper, "-o", f"{tmp_path}/{given}")
    assert done.returncode == 0
    assert (tmp_path / given / "paper.json").is_file()


def test_standard_input_is_read(run: Any, paper: Path) -> None:
    done = run("read", "-", input=paper.read_text())
    assert done.returncode == 0
    assert "harbour" in json.loads(done.stdout)["pages"][0]["text"]


def test_standard_input_without_end_is_refused(run: Any) -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = run("read", "-", "--memory", "100", stdin=endless)
    assert done.returncode == 2
    assert done.stderr.startswith("evaltrail: standard input: it is too large (50 MB; the limit is 50 MB)")


def test_closed_standard_input_is_empty(run: Any) -> None:
    done = run("read", "-", preexec_fn=lambda: os.close(0))
    assert done.returncode == 2
    assert done.stderr.startswith("evaltrail: standard input: it is empty")


def test_several_files_go_into_a_directory_under_their_stems(run: Any, paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Recommendation 1: The Unit should report.\n")
    done = run("read", paper, other, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["other.json", "paper.json"]
    assert done.stderr == "evaltrail: 2 files: 2 read, 0 in part, 0 not\n"


def test_files_with_the_same_stem_keep_their_whole_name(run: Any, paper: Path, tmp_path: Path) -> None:
    twin = tmp_path / "Paper.md"
    twin.write_text("# Evaluation\n\nRecommendation 1: The Unit should report.\n")
    done = run("read", paper, twin, "-o", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["Paper.md.json", "paper.txt.json"]


def test_two_files_of_one_name_are_refused_before_anything_is_read(run: Any, paper: Path, tmp_path: Path) -> None:
    twin = tmp_path / "folder" / "paper.txt"
    twin.parent.mkdir()
    twin.write_bytes(paper.read_bytes())
    done = run("read", paper, twin, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert str(paper) in done.stderr
    assert str(twin) in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_given_twice_is_read_once(run: Any, paper: Path, tmp_path: Path) -> None:
    done = run("read", paper, tmp_path / "." / "paper.txt", "-o", tmp_path / "out")
    assert done.returncode == 0
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["paper.json"]


def test_several_files_need_a_directory(run: Any, paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Text\n")
    assert "-o DIR" in run("read", paper, other).stderr
    done = run("read", paper, other, "-o", paper.with_name("paper.txt"))
    assert done.returncode == 2
    assert "is a file" in done.stderr


def test_an_input_is_never_overwritten(run: Any, paper: Path) -> None:
    before = paper.read_bytes()
    done = run("read", paper, "-o", paper)
    assert done.returncode == 2
    assert "would be overwritten" in done.stderr
    assert paper.read_bytes() == before


def test_a_link_is_followed_and_kept_when_its_target_is_written(run: Any, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    (tmp_path / "real.json").write_text("old")
    assert run("read", paper, "-o", tmp_path / "link.json").returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() != "old"


def test_a_written_file_has_the_permissions_that_the_umask_gives(run: Any, paper: Path, tmp_path: Path) -> None:
    run("read", paper, "-o", tmp_path / "out.json", umask=0o027)
    assert (tmp_path / "out.json").stat().st_mode & 0o777 == 0o640


def test_in_a_batch_the_others_are_read_when_some_cannot(run: Any, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    done = run("read", paper, tmp_path / "empty.pdf", tmp_path / "missing.pdf", "-o", tmp_path / "out")
    assert done.returncode == 3
    lines = sorted(done.stderr.splitlines())
    assert lines[0].startswith(f"evaltrail: {tmp_path}/empty.pdf: it is empty")
    assert lines[1].startswith(f"evaltrail: {tmp_path}/missing.pdf: there is no such file")
    assert lines[2] == "evaltrail: 3 files: 1 read, 0 in part, 2 not"
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["paper.json"]


def test_a_batch_of_which_nothing_can_be_read_is_unreadable(run: Any, tmp_path: Path) -> None:
    done = run("read", tmp_path / "a.pdf", tmp_path / "b.pdf", "-o", tmp_path)
    assert done.returncode == 2


def test_a_missing_output_directory_is_told_before_reading(run: Any, paper: Path, tmp_path: Path) -> None:
    done = run("read", paper, "-o", tmp_path / "no" / "out.json")
    assert done.returncode == 2
    assert done.stderr == f"evaltrail: there is no directory {tmp_path}/no. Make it, or give another place with -o\n"


def test_an_output_directory_that_may_not_be_written_is_told_in_a_line(run: Any, paper: Path) -> None:
    done = run("read", paper, "-o", "/proc/out.json")
    assert done.returncode == 2
    assert done.stderr.startswith("evaltrail: /proc/out.json cannot be written (")
    assert done.stderr.count("\n") == 1


def test_a_full_disk_leaves_what_was_there_and_nothing_half_written(run: Any, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "paper.json").write_text("old")
    # A file may grow to 100 bytes and no further, as on a disk with no more room.
    done = run(
        "read", paper, "-o", tmp_path / "out", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    )  # the limit holds for pipes neither in nor out
    assert done.returncode == 2
    assert "paper.json cannot be written (File too large)" in done.stderr
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["paper.json"]
    assert (tmp_path / "out" / "paper.json").read_text() == "old"


def test_standard_output_without_room_is_told_in_a_line(run: Any, paper: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("read", paper, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert (
        done.stderr == "evaltrail: standard output cannot be written (No space left on device). Give another place with -o, or make room\n"
    )


def test_a_reader_that_leaves_early_ends_it_quietly(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("Recommendation 1: The Unit should report.\n\n" * 5000)
    command = f"{sys.executable} -m evaltrail read {long} | head -c 10"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_with_all_its_processes(number: int, paper: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{i}.txt" for i in range(200)]
    for f in files:
        f.write_bytes(paper.read_bytes())
    command = [sys.executable, "-m", "evaltrail", "read", *map(str, files), "-o", str(tmp_path / "out"), "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not list((tmp_path / "out").glob("*.json")):
        time.sleep(0.02)
    workers = children(process.pid)
    process.send_signal(number)
    _, said = process.communicate(timeout=10)
    assert process.returncode == 130
    assert said.startswith("evaltrail: stopped. ")
    assert said.count("\n") == 1
    assert workers
    assert not [w for w in workers if Path(f"/proc/{w}").exists()]
    for f in (tmp_path / "out").iterdir():
        Record.from_json(f.read_bytes())


def test_its_processes_end_when_it_is_killed(paper: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{i}.txt" for i in range(200)]
    for f in files:
        f.write_bytes(paper.read_bytes())
    process = subprocess.Popen(
        [sys.executable, "-m", "evaltrail", "read", *map(str, files), "-o", str(tmp_path / "out")], stderr=subprocess.DEVNULL
    )
    while not list((tmp_path / "out").glob("*.json")):
        time.sleep(0.02)
    workers = children(process.pid)
    process.kill()
    process.wait()
    end = time.monotonic() + 10
    while [w for w in workers if alive(w)]:
        assert time.monotonic() < end
        time.sleep(0.05)


def children(parent: int) -> list[int]:
    """Processes that a process has started, by whichever of its threads."""
    return [int(p) for t in Path(f"/proc/{parent}/task").iterdir() for p in told(t / "children").split()]


def alive(pid: int) -> bool:
    """Whether a process runs (one that only waits to be reaped does not)."""
    return told(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[:1] not in ([], ["Z"])


def told(file: Path) -> str:
    """What the system says of a process or thread: nothing once it has ended, which it may do while it is being asked."""
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_a_name_that_is_not_utf_8_is_shown_escaped(run: Any, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/r\xe9sum\xe9\n.pdf"
    done = run("read", name)
    assert done.returncode == 2
    assert done.stderr == f"evaltrail: {tmp_path}/r\\xe9sum\\xe9\\n.pdf: there is no such file. Check the name\n"


def test_a_file_whose_name_is_not_utf_8_is_read(run: Any, paper: Path, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/r\xe9sum\xe9.txt"
    Path(os.fsdecode(name)).write_bytes(paper.read_bytes())
    (tmp_path / "out").mkdir()
    done = run("read", name, "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert [os.fsencode(f.name) for f in (tmp_path / "out").iterdir()] == [b"r\xe9sum\xe9.json"]
