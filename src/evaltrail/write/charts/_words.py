"""The words that stand on charts, in English. A caller gives those of another language or house by the same keys."""

from __future__ import annotations

from types import MappingProxyType

ENGLISH = MappingProxyType(
    {
        "months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "not_stated": "not stated",
        "nothing": "There is nothing to show.",
        # Ratings.
        "ratings": "Ratings by criterion",
        "criterion": "Criterion",
        "rating": "Rating",
        "value": "Value",
        "earlier": "Earlier rating",
        "not_rated": "not rated",
        "off_scale": "not on the scale",
        "line_between": "the line between {below} and {above}",
        "scale_from_to": "Scale from {low} to {high}.",
        "rated_so": "{what}: {rating}.",
        "rated_count": "Criteria rated: {rated} of {all}.",
        "at_line": "At or above the line ({low} to {high})",
        "at_line_count": "At or above the line: {count} of {all}.",
        "at_line_of": "{count} of {all} at or above the line",
        "rated_of": "{count} of {all} rated",
        "heat_map": "Ratings of evaluations by criterion",
        "heat_map_size": "{rows} evaluations, {columns} criteria.",
        "evaluation": "Evaluation",
        "of": "{count} of {all}",
        # Answers on a scale of agreement.
        "likert": "Answers by question",
        "question": "Question",
        "answers": "Answers",
        "n": "n = {count}",
        "no_answers": "no answers",
        "answered_so": "{what} (n = {count}): {parts}.",
        # Indicators.
        "target_actual": "Targets and what was reached",
        "indicator": "Indicator",
        "unit": "Unit",
        "baseline": "Baseline",
        "target": "Target",
        "actual": "Actual",
        "reached": "Target reached",
        "yes": "yes",
        "no": "no",
        "own_scale": "Each row has a scale of its own; the grey upright line is 0.",
        "reached_count": "Targets reached: {count} of {all}.",
        "against": "{what}: {actual}, target {target}, baseline {baseline}.",
        # Dates.
        "timeline": "Dates",
        "item": "Item",
        "start": "Start",
        "due": "Due",
        "due_date": "due date",
        "earlier_due": "earlier due date",
        "earlier_dates": "Earlier dates",
        "done": "Done",
        "past_due": "time past the first due date",
        "today": "today",
        "no_date": "no date stated",
        "state": "State",
        "late_days": "late, {days} days",
        "done_days": "done, {days} days late",
        "due_in": "due in {days} days",
        "done_in_time": "done in time",
        "timeline_said": "{all} items. On {today}: late {late}, done {done}, due later {later}, without a date {none}.",
        "latest": "Longest past its first date: {what}, {days} days.",
        # Statuses.
        "status_over_time": "Status over time",
        "period": "Period",
        "total": "Total",
        "status_said": "{period}: {parts}; {total} in all.",
    }
)
