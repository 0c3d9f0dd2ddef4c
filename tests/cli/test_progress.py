"""The progress bar: on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

from evaltrail.cli.progress import cut, describe
from evaltrail.read.batch import Progress

if TYPE_CHECKING:
    from pathlib import Path


def test_it_says_how_far_it_is_and_how_long_it_will_take() -> None:
    line = describe(Progress(3, 8, 250, 1000, ("reports/a.pdf", "b.pdf"), 30.0))
    assert line == "█████░░░░░░░░░░░░░░░  3/8  1:30 left  a.pdf +1"


def test_it_is_plain_where_the_terminal_has_no_blocks() -> None:
    assert describe(Progress(1, 2, 1, 2, (), 5400.0), full=False) == "##########..........  1/2  1:30:00 left"


def test_it_counts_files_where_their_sizes_are_unknown() -> None:
    assert describe(Progress(1, 2, 0, 0, (), 1.0)).startswith("██████████░░░░░░░░░░  1/2")


def test_it_is_cut_to_the_terminal_with_wide_characters_counted_twice() -> None:
    assert cut("評価報告", 5) == "評価"


def on_a_terminal(*arguments: str) -> str:
    """What the program writes to standard error when that is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "evaltrail", *arguments], stderr=theirs, env=os.environ | {"TERM": "xterm"})
    os.close(theirs)
    said = b""
    try:
        while block := os.read(ours, 4096):
            said += block
    except OSError:  # Linux ends a terminal so
        pass
    os.close(ours)
    process.wait()
    return said.decode()


def test_a_terminal_shows_a_bar_and_is_left_clean(tmp_path: Path) -> None:
    files = [tmp_path / f"{i}.txt" for i in range(8)]
    for f in files:
        f.write_text("Recommendation 1: The Unit should report.\n\n" * 250)
    said = on_a_terminal("read", *map(str, files), "-o", str(tmp_path / "out"))
    assert "/8" in said
    assert "left" in said
    assert said.endswith("\r\x1b[Kevaltrail: 8 files: 8 read, 0 in part, 0 not\r\n")
    assert on_a_terminal("read", *map(str, files[:2]), "-o", str(tmp_path / "out"), "--quiet") == ""
