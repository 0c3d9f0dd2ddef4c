"""Colours of charts: the design's light tokens, which are those of paper, and steps between them in CIE L*a*b*."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

PAPER = "#ffffff"
WASH = "#e9edef"
RULE = "#cfd6da"
EDGE = "#7c8891"
INK = "#171d22"
INK_2 = "#465059"
INK_3 = "#5c6770"
ALARM = "#a3241f"
ALARM_WASH = "#fbeae8"
WAIT = "#745000"
DONE = "#1d6243"

WARM = ("#f7c78f", "#ea9f52", "#cc7a2b")
"""Below the line, lowest first: the further from the paper, the higher."""
COOL = ("#3d7490", "#255b80", "#123c60")
"""Above the line."""
ONE_HUE = ("#d3e9f2", "#a0c9dc", "#74a8c2", "#3d7490", "#255b80", "#123c60")
"""A scale without a line."""

Lab = tuple[float, float, float]
_WHITE = (0.95047, 1.0, 1.08883)
"""D65, 2°."""


def linear(colour: str) -> tuple[float, float, float]:
    """Linear red, green and blue of '#rrggbb', each 0 to 1 (IEC 61966-2-1)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return r, g, b


def coded(rgb: tuple[float, float, float]) -> str:
    """'#rrggbb' of linear parts; what lies outside sRGB is cut."""
    out = []
    for c in rgb:
        cut = min(1.0, max(0.0, c))
        out.append(round(255 * (12.92 * cut if cut <= 0.0031308 else 1.055 * cut ** (1 / 2.4) - 0.055)))
    return "#{:02x}{:02x}{:02x}".format(*out)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str) -> Lab:
    """CIE 1976 L*a*b* of '#rrggbb' for D65 (CIE 15:2004)."""
    r, g, b = linear(colour)
    xyz = (
        0.4124564 * r + 0.3575761 * g + 0.1804375 * b,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        0.0193339 * r + 0.1191920 * g + 0.9503041 * b,
    )
    x, y, z = (v / w for v, w in zip(xyz, _WHITE, strict=True))
    fx, fy, fz = (t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _of_lab(value: Lab) -> str:
    fy = (value[0] + 16) / 116
    f = (fy + value[1] / 500, fy, fy - value[2] / 200)
    x, y, z = (w * (t**3 if t > 6 / 29 else 3 * (6 / 29) ** 2 * (t - 4 / 29)) for t, w in zip(f, _WHITE, strict=True))
    return coded(
        (
            3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
            -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
            0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
        )
    )


@lru_cache(maxsize=64)
def ramp(anchors: tuple[str, ...], many: int) -> tuple[str, ...]:
    """``many`` colours from the first anchor to the last, in even steps of lightness; the anchors themselves where they fit."""
    if many == len(anchors):
        return anchors
    if many <= 1:
        return (anchors[len(anchors) // 2],) * many
    labs = [lab(a) for a in anchors]
    first, last = labs[0][0], labs[-1][0]
    out = []
    for i in range(many):
        light = first + (last - first) * i / (many - 1)
        low, high = next((p, q) for p, q in pairwise(labs) if q[0] - 1e-9 <= light <= p[0] + 1e-9)
        t = (low[0] - light) / (low[0] - high[0])
        out.append(_of_lab((light, low[1] + t * (high[1] - low[1]), low[2] + t * (high[2] - low[2]))))
    return tuple(out)


def on(colour: str) -> str:
    """Ink or white, whichever reads better on the colour."""
    return INK if contrast(INK, colour) >= contrast(PAPER, colour) else PAPER
