"""The examples of the how-to about the API run as they stand, against a running office."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from evaltrail_office.api.actions import make_token
from evaltrail_office.api.scopes import CHOOSABLE
from evaltrail_office.evaluations.index import index
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up import tallies
from evaltrail_office.follow_up.models import Action
from evaltrail_office.journal.actions import note
from tests.office.follow_up_cast import transmitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.follow_up_cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to"


@pytest.fixture
def office(live_server: Any, person: Callable, evaluation: Callable, document: Callable) -> dict[str, str]:
    """Address and token of an office with a paper."""
    index.forget()
    head = person("head")
    own = evaluation(state="completed")
    note(head, "made", f"evaluation:{own.key}", about=own.key)
    document(own)
    Recommendation.objects.create(key="R-000001", evaluation=own, position=1, text="Mend.")
    token = make_token(head, "test", [s.value for s in CHOOSABLE], timezone.now() + timedelta(days=1))[1]
    assert (own.key, own.state) == ("E-00001", "completed")
    return {"OFFICE": live_server.url, "TOKEN": token, "PATH": os.environ["PATH"]}


def run(page: str, count: int, office: dict[str, str], folder: Path) -> list[str]:
    """What the examples of a page say, of which there are so many."""
    if shutil.which("curl") is None:
        pytest.skip("needs curl on the path")
    text = (PAGES / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    assert len(blocks) == count
    said = []
    for language, code in blocks:
        command = [sys.executable, "-c", code] if language == "python" else ["sh", "-e", "-c", code]
        done = subprocess.run(command, env=office, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    return said


def test_the_examples_run_as_they_stand(office: dict[str, str], tmp_path: Path) -> None:
    said = run("use-the-api.md", 8, office, tmp_path)
    assert any("R-000001 not answered" in out for out in said)
    assert any("made evaluation E-00001" in out for out in said)
    assert (tmp_path / "statements.csv").read_text(encoding="utf-8-sig").startswith("document,id,position")
    assert '"version": 2' in said[-1]


def test_the_examples_of_follow_up_run_as_they_stand(live_server: Any, cast: Cast, tmp_path: Path) -> None:
    index.forget()
    action = transmitted(cast)
    day = timezone.localdate() - timedelta(days=9)
    Action.objects.update(first_due=day, due=day)
    tallies.tally()
    ends, scopes = timezone.now() + timedelta(days=1), [s.value for s in CHOOSABLE]
    tokens = [make_token(user, "test", scopes, ends)[1] for user in (cast.line, cast.head)]
    surroundings = {"OFFICE": live_server.url, "TOKEN": tokens[0], "VERIFIER": tokens[1], "PATH": os.environ["PATH"]}
    said = run("follow-up-through-the-api.md", 6, surroundings, tmp_path)
    assert said[0].count(action.key) >= 3
    assert '"definition": "overdue"' in said[1]
    assert "Attendance of twelve fitters" in (tmp_path / "claimed.json").read_text(encoding="utf-8")
    assert cast.line.name in (tmp_path / "late.json").read_text(encoding="utf-8")
    assert "who is never of the unit itself" in (tmp_path / "refused.json").read_text(encoding="utf-8")
    assert '"state": "verified"' in said[3]
    assert said[4].splitlines() == [f"{action.key} verified Done Done"]
    assert (tmp_path / "follow-up.csv").read_text(encoding="utf-8-sig").startswith("recommendation,evaluation,number,text")
    assert len((tmp_path / "actions.csv").read_text(encoding="utf-8-sig").splitlines()) == 2
