"""Charts of the field as SVG with title, description and the figures behind them: a module a chart.

    from evaltrail.write.charts import Look, RatingRow, rating_bars
    chart = rating_bars([RatingRow("Relevance", 5, earlier=4)], look=Look(width=450))
    chart.picture.svg, chart.data

Every chart takes plain rows and a ``Look`` and gives a ``Chart``; none reads a record, a clock or a file.  The same rows and the same
look give the same bytes.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaltrail.write.charts._chart import Chart as Chart
    from evaltrail.write.charts._chart import Look as Look
    from evaltrail.write.charts._scale import SIX as SIX
    from evaltrail.write.charts._scale import Scale as Scale
    from evaltrail.write.charts._scale import Step as Step
    from evaltrail.write.charts._trail_of import trail_of as trail_of
    from evaltrail.write.charts._trail_parts import Trail as Trail
    from evaltrail.write.charts._trail_parts import TrailBreak as TrailBreak
    from evaltrail.write.charts._trail_parts import TrailLine as TrailLine
    from evaltrail.write.charts._trail_parts import TrailNode as TrailNode
    from evaltrail.write.charts._trail_rows import rows_of as rows_of
    from evaltrail.write.charts._words import english as english
    from evaltrail.write.charts.heat_map import HeatRow as HeatRow
    from evaltrail.write.charts.heat_map import heat_map as heat_map
    from evaltrail.write.charts.likert import LikertRow as LikertRow
    from evaltrail.write.charts.likert import likert as likert
    from evaltrail.write.charts.png import png as png
    from evaltrail.write.charts.rating_bars import RatingRow as RatingRow
    from evaltrail.write.charts.rating_bars import rating_bars as rating_bars
    from evaltrail.write.charts.rating_cell import rating_cell as rating_cell
    from evaltrail.write.charts.status_over_time import Status as Status
    from evaltrail.write.charts.status_over_time import StatusPeriod as StatusPeriod
    from evaltrail.write.charts.status_over_time import status_over_time as status_over_time
    from evaltrail.write.charts.target_actual import TargetRow as TargetRow
    from evaltrail.write.charts.target_actual import target_actual as target_actual
    from evaltrail.write.charts.timeline import TimelineRow as TimelineRow
    from evaltrail.write.charts.timeline import timeline as timeline
    from evaltrail.write.charts.trail import trail as trail

_WHERE = {
    "Chart": "_chart",
    "HeatRow": "heat_map",
    "LikertRow": "likert",
    "Look": "_chart",
    "RatingRow": "rating_bars",
    "SIX": "_scale",
    "Scale": "_scale",
    "Status": "status_over_time",
    "StatusPeriod": "status_over_time",
    "Step": "_scale",
    "TargetRow": "target_actual",
    "TimelineRow": "timeline",
    "Trail": "_trail_parts",
    "TrailBreak": "_trail_parts",
    "TrailLine": "_trail_parts",
    "TrailNode": "_trail_parts",
    "english": "_words",
    "heat_map": "heat_map",
    "likert": "likert",
    "png": "png",
    "rating_bars": "rating_bars",
    "rating_cell": "rating_cell",
    "rows_of": "_trail_rows",
    "status_over_time": "status_over_time",
    "target_actual": "target_actual",
    "timeline": "timeline",
    "trail": "trail",
    "trail_of": "_trail_of",
}
__all__ = sorted(_WHERE)  # noqa: PLE0605  # a list, as it must be; the names stand once, in _WHERE


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Charts(ModuleType):
    """The import system puts a loaded module under its name; here the function of that name is what is meant."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, getattr(value, name) if isinstance(value, ModuleType) and _WHERE.get(name) == name else value)


sys.modules[__name__].__class__ = _Charts
