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
        "of": "{count} of {all}",
    }
)
