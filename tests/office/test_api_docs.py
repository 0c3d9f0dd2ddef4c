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
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-the-api.md"


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


def test_the_examples_run_as_they_stand(office: dict[str, str], tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl on the path")
    blocks = re.findall(r"^```(sh|python)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert len(blocks) == 8
    said = []
    for language, code in blocks:
        command = [sys.executable, "-c", code] if language == "python" else ["sh", "-e", "-c", code]
        done = subprocess.run(command, env=office, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    assert any("R-000001 not answered" in out for out in said)
    assert any("made evaluation E-00001" in out for out in said)
    assert (tmp_path / "statements.csv").read_text(encoding="utf-8-sig").startswith("document,id,position")
    assert '"version": 2' in said[-1]
