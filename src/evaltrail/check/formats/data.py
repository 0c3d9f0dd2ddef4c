"""JSON: the report as it is, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.formats import Checked, Style

NAME = "json"
ENDING = ".json"


def written(checked: Sequence[Checked], style: Style) -> str:
    """One report as an object; several as a list, in the order of the papers."""
    del style  # a report is always whole
    if len(checked) == 1:
        return checked[0].report.to_json() + "\n"
    return json.dumps([json.loads(c.report.to_json(indent=None)) for c in checked], indent=2, ensure_ascii=False) + "\n"
