"""Colours that survive grey printing and both red-green kinds of colour blindness, or a second mark beside them."""

from __future__ import annotations

import itertools

import pytest

from evaltrail.write.charts import SIX, Scale, Step
from evaltrail.write.charts import _colour as colour
from evaltrail.write.charts.likert import _Levels

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE Transactions on
# Visualization and Computer Graphics 15 (2009), 1291-1298, table for severity 1.0; they work on linear red, green and blue.
SEEN = {
    "without red cones": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "without green cones": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "in full colour": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}
JUST_SEEN = 2.3
"""Difference in L*a*b* that is just noticeable: Mahy, Van Eycken and Oosterlinck, Color Research and Application 19 (1994)."""
SCALES = {
    "six": SIX,
    "four": Scale.of("1-4"),
    "five": Scale.of("1-5"),
    "letters": Scale.of("A-D"),
    "ten": Scale.of("1-10"),
    "words": Scale((Step("", "No"), Step("", "Partly"), Step("", "Yes")), 1),
}


def seen(hexed: str, how: str) -> str:
    rgb = colour.linear(hexed)
    r, g, b = (sum(m * v for m, v in zip(row, rgb, strict=True)) for row in SEEN[how])
    return colour.coded((r, g, b))


def apart(one: str, other: str) -> float:
    """CIE 1976 difference."""
    return sum((a - b) ** 2 for a, b in zip(colour.lab(one), colour.lab(other), strict=True)) ** 0.5


def test_lightness_of_known_colours_is_right() -> None:
    assert colour.lab("#ffffff") == pytest.approx((100, 0, 0), abs=0.02)
    assert colour.lab("#000000") == pytest.approx((0, 0, 0), abs=0.02)
    assert colour.lab("#ff0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.1)
    assert [round(colour.lab(c)[0]) for c in SIX.colours] == [83, 71, 59, 46, 37, 24]


def test_colours_go_to_lab_and_back() -> None:
    for hexed in (*SIX.colours, "#ff0000", "#171d22"):
        assert colour._of_lab(colour.lab(hexed)) == hexed


@pytest.mark.parametrize("how", SEEN)
@pytest.mark.parametrize("name", SCALES)
def test_neighbouring_steps_differ_by_lightness_alone(name: str, how: str) -> None:
    light = [colour.lab(seen(c, how))[0] for c in SCALES[name].colours]
    assert light == sorted(light, reverse=True)
    assert min(a - b for a, b in itertools.pairwise(light)) >= 2 * JUST_SEEN


@pytest.mark.parametrize("how", SEEN)
def test_the_two_sides_of_the_line_have_hues_that_stay_apart(how: str) -> None:
    for scale in SCALES.values():
        if scale.line is not None:
            below, above = (seen(scale.colours[i], how) for i in (scale.line - 1, scale.line))
            assert apart(below, above) > 10 * JUST_SEEN
            assert colour.lab(below)[2] > 0 > colour.lab(above)[2]


def test_below_the_line_a_notch_grows_as_the_rating_falls_and_above_there_is_none() -> None:
    for scale in SCALES.values():
        notches = [scale.notch(i, 10) for i in range(len(scale.steps))]
        if scale.line is None:
            assert not any(notches)
        else:
            assert all(n > 0 for n in notches[: scale.line])
            assert not any(notches[scale.line :])
            assert all(b < a for a, b in itertools.pairwise(notches[: scale.line]))


@pytest.mark.parametrize("name", SCALES)
def test_numbers_on_a_step_and_borders_beside_the_paper_are_strong_enough(name: str) -> None:
    scale = SCALES[name]
    for i, c in enumerate(scale.colours):
        assert colour.contrast(scale.text_on(i), c) >= 4.5  # WCAG 2.2, 1.4.3
        assert scale.needs_border(i) or colour.contrast(c, colour.PAPER) >= 2.4
    assert colour.contrast(colour.EDGE, colour.PAPER) >= 3  # 1.4.11


def test_text_is_strong_enough_on_paper_and_on_its_wash() -> None:
    for ink in (colour.INK, colour.INK_2, colour.INK_3, colour.ALARM, colour.DONE):
        assert colour.contrast(ink, colour.PAPER) >= 4.5
    assert colour.contrast(colour.ALARM, colour.ALARM_WASH) >= 4.5


@pytest.mark.parametrize("how", SEEN)
@pytest.mark.parametrize("many", [2, 3, 4, 5, 7])
def test_answers_differ_by_lightness_too(many: int, how: str) -> None:
    light = sorted(colour.lab(seen(c, how))[0] for c in _Levels(tuple("abcdefg"[:many])).colours)
    assert min(b - a for a, b in itertools.pairwise(light)) > 5
