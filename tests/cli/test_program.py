"""The program as a whole: help, version, wrong calls, start."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import __version__
from evaltrail.cli import build_parser, command_modules, commands, main

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = sorted(command_modules())


def test_it_says_its_version(run: Any) -> None:
    assert run("--version").stdout == f"evaltrail {__version__}\n"


def test_its_help_names_every_command_and_every_exit_code(run: Any) -> None:
    said = run("--help").stdout
    for word in [*COMMANDS, "0 ", "2 ", "3 ", "130"]:
        assert word in said


def test_it_starts_without_the_libraries_that_read() -> None:
    heavy = {"pydantic", "lxml", "numpy", "pypdfium2", "docx", "rich", "django", "subprocess", "markdown_it"}
    code = "import sys\nfrom evaltrail.cli import build_parser\nbuild_parser()\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert heavy & set(loaded) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_says_what_it_does(name: str) -> None:
    parser = next(a for a in build_parser()._actions if hasattr(a, "choices") and a.choices).choices[name]
    assert parser.description
    for action in parser._actions:
        assert action.help, action.dest


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, start: Any) -> None:
    done = start(name, "--help")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith(f"usage: evaltrail {name}")


def test_no_command_is_a_wrong_call(run: Any) -> None:
    done = run()
    assert done.returncode == 2
    assert "COMMAND" in done.stderr


@pytest.mark.parametrize("option", ["--jobs=0", "--jobs=many", "--timeout=0", "--timeout=nan", "--memory=-1", "--max-pages=0"])
def test_a_limit_that_is_none_is_a_wrong_call(option: str, run: Any, paper: Any) -> None:
    done = run("read", paper, option)
    assert done.returncode == 2
    assert "is not a" in done.stderr
    assert done.stdout == ""


def test_a_terminal_that_cannot_show_a_character_gets_an_escape(run: Any) -> None:
    done = run("read", "/no/évaluation.pdf", env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 2
    assert done.stderr == "evaltrail: /no/\\xe9valuation.pdf: there is no such file. Check the name\n"


def test_a_command_is_found_by_its_file_and_its_fault_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.py").write_text(
        """'''Break.'''
NAME, HELP = "broken", "break"
def add_arguments(parser): pass
def run(args): raise LookupError("no such\\nthing")
"""
    )
    commands.__path__.append(str(tmp_path))
    try:
        assert main(["broken"]) == 70
    finally:
        commands.__path__.remove(str(tmp_path))
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "LookupError: no such thing" in said


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = f"{sys.executable} -m evaltrail schema | head -c 1"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout == "{"
