"""``evaltrail serve``: the door to the office."""

from __future__ import annotations

import signal
import subprocess
import sys
import sysconfig
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def test_it_opens_the_office_and_ctrl_c_closes_it(tmp_path: Path) -> None:
    pytest.importorskip("django", reason="needs the extra [office]")
    command = [sys.executable, "-m", "evaltrail", "serve", "--data", str(tmp_path / "data"), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = next(w for w in process.stdout.readline().split() if w.startswith("http://"))
        with urllib.request.urlopen(f"{address}health", timeout=20) as page:
            assert page.read() == b"ok\n"
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode in {0, 130}
    assert "Traceback" not in said


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    """In a Python that has the library and nothing that the office needs."""
    (tmp_path / "evaltrail").symlink_to(__import__("evaltrail").__path__[0])
    code = f"import sys; sys.path[:] = [{str(tmp_path)!r}, {sysconfig.get_path('stdlib')!r}, {sysconfig.get_path('platstdlib')!r}]\n"
    code += "from evaltrail.cli import main; sys.exit(main(['serve']))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr == ('evaltrail: the office is not installed (django is missing). Install it with: pip install "evaltrail[office]"\n')


@pytest.mark.parametrize("port", ["x", "-1", "65536"])
def test_a_port_that_is_none_is_a_wrong_call(port: str, run: Any) -> None:
    done = run("serve", f"--port={port}")
    assert done.returncode == 2
    assert "is not a port" in done.stderr
