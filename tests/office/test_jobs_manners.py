"""Work stands back behind pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evaltrail_office.jobs.manners import STEPS

AUTOGROUP = Path("/proc/self/autogroup")
TOLD = f"""
import os, pathlib
from evaltrail_office.jobs.manners import give_way
give_way()
group = pathlib.Path("{AUTOGROUP}")
print(os.nice(0), group.read_text().strip() if group.exists() else "")
"""


def told(*, own_session: bool) -> list[str]:
    done = subprocess.run([sys.executable, "-c", TOLD], check=True, capture_output=True, text=True, start_new_session=own_session)
    return done.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such steps")
def test_a_worker_stands_back_behind_whoever_asks_for_pages() -> None:
    assert int(told(own_session=True)[0]) >= STEPS


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this system weighs no sessions against each other")
def test_its_session_stands_back_where_it_has_one_of_its_own() -> None:
    assert told(own_session=True)[-1] == str(STEPS)
    # The session of these tests is whatever ran them: one that Linux weighs, or, as in many containers, none, and then the file is empty.
    before = AUTOGROUP.read_text()
    assert told(own_session=False)[1:] == before.split()
    assert AUTOGROUP.read_text() == before
