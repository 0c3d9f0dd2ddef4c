"""``evaltrail schema``."""

from __future__ import annotations

import json
from typing import Any

from evaltrail.record import json_schema


def test_it_prints_the_schema_of_the_record(run: Any) -> None:
    done = run("schema")
    assert done.returncode == 0
    assert json.loads(done.stdout) == json_schema()
