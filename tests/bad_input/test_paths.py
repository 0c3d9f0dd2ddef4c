"""What a path may be other than a file, and what may happen to a file while it is read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.read.formats import Unreadable
from evaltrail.read.source import open_source

if TYPE_CHECKING:
    from pathlib import Path


def cause(source: str | bytes | Path, **options: Any) -> str:
    """The code with which a source is refused."""
    with pytest.raises(Unreadable) as caught:
        open_source(source, **options)
    assert "\n" not in str(caught.value)
    return caught.value.code


def outcome(file: Path) -> tuple[str, bytes]:
    """The code with which a file is refused, or its content."""
    try:
        return "", open_source(file).data
    except Unreadable as e:
        return e.code, b""


def test_a_file_is_opened_with_its_name_its_ending_and_its_hash(tmp_path: Path) -> None:
    file = tmp_path / "Report.v2.PDF"
    file.write_bytes(b"abc")
    source = open_source(file)
    assert (source.data, source.name, source.suffix) == (b"abc", str(file), ".pdf")
    assert source.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_bytes_take_their_ending_from_the_name_that_they_are_given() -> None:
    assert open_source(b"abc", "folder/report.Html").suffix == ".html"
    assert open_source(b"abc").suffix == ""


def test_a_missing_file_is_told(refusal: Any, tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.pdf") == "there is no such file. Check the name"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "", "README.md/report.pdf"])
def test_a_name_that_no_file_can_have_is_missing(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert cause(name) == "missing"


def test_a_directory_is_told_with_the_command_that_reads_its_files(refusal: Any, tmp_path: Path) -> None:
    said = refusal(tmp_path)
    assert said == f"it is a directory. Read the files in it: evaltrail read {tmp_path}/* -o OUT"


def test_an_empty_file_is_told(refusal: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert refusal(tmp_path / "empty.pdf") == "it is empty (0 bytes). Fetch or export it again"
    assert cause(b"") == "empty"


def test_a_pipe_that_nobody_writes_to_does_not_keep_it_waiting(refusal: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "it is a pipe" in refusal(tmp_path / "pipe.pdf")


def test_devices_and_sockets_are_no_files(tmp_path: Path) -> None:
    assert cause("/dev/zero") == "not-a-file"
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(str(tmp_path / "socket"))
        assert cause(tmp_path / "socket") == "not-a-file"


def test_a_link_that_leads_in_a_circle_is_told(refusal: Any, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").symlink_to(tmp_path / "b.pdf")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    assert "leads in a circle" in refusal(tmp_path / "a.pdf")


def test_a_file_that_this_user_may_not_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(b"%PDF-1.7")
    file.chmod(0)
    # Root may read everything, so the process becomes another user for the one call.
    code = (
        "import os, sys\nfrom evaltrail.read.formats import Unreadable\nfrom evaltrail.read.source import open_source\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try: open_source(sys.argv[1])\nexcept Unreadable as e: print(e.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout == "permission\n"


def test_a_file_larger_than_the_limit_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as f:
        f.truncate(1 << 40)
    assert cause(tmp_path / "huge.pdf") == "too-large"
    assert cause(b"abcd", max_bytes=3) == "too-large"


def test_half_of_the_memory_is_for_the_bytes_of_the_file(refusal: Any, tmp_path: Path) -> None:
    with (tmp_path / "big.pdf").open("wb") as f:
        f.truncate(200 << 20)
    said = refusal(tmp_path / "big.pdf", "--memory", "300")
    assert said == "it is too large (200 MB; the limit is 150 MB). Split it, or allow more with --memory"


def test_a_file_that_grows_while_it_is_read_is_told_or_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "growing.txt"
    file.write_bytes(b"start ")
    stop = threading.Event()

    def grow() -> None:
        with file.open("ab") as f:
            while not stop.is_set():
                f.write(b"x" * 65536)
                f.flush()
                if f.tell() > 200 << 20:
                    f.truncate(6)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        codes = {outcome(file)[0] for _ in range(20)}
    finally:
        stop.set()
        writer.join()
    assert codes <= {"", "changed"}


def test_a_file_that_is_removed_once_it_is_open_is_read_whole(tmp_path: Path) -> None:
    """Fifty files, each removed as early as can be: each is either read whole or missing, never half."""
    content = b"Recommendation 1: The Unit should report.\n" * 100_000
    for i in range(50):
        file = tmp_path / f"{i}.txt"
        file.write_bytes(content)
        remover = threading.Thread(target=file.unlink)
        remover.start()
        code, data = outcome(file)
        assert code == "missing" or data == content
        remover.join()
