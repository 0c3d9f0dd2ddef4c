"""How long charts take to be drawn, beside matplotlib drawing the same figures as SVG.

    python bench/chart_speed.py matplotlib RESULT.json

runs in the environment of matplotlib and writes what one round took there; the other way of drawing is called from ``run.py``.
"""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path
from typing import Any

ROUNDS = 20
CRITERIA = ("Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability")
EVALUATIONS = tuple((f"Evaluation {i + 1}", tuple((i * 5 + k * 3) % 6 + 1 for k in range(6))) for i in range(30))
PERIODS = tuple((str(2014 + i), (i * 4, 3 + i % 4, 30 - 2 * i)) for i in range(12))
STATES = ("Verified", "Claimed", "Under way")


def ours() -> tuple[str, ...]:
    """A heat map of 30 evaluations, the ratings of one of them, and 12 periods of three states, with their tables."""
    from evaltrail.write import charts as c

    heat = c.heat_map([c.HeatRow(name, values) for name, values in EVALUATIONS], CRITERIA)
    bars = c.rating_bars([c.RatingRow(name, value) for name, value in zip(CRITERIA, EVALUATIONS[0][1], strict=True)])
    states = [c.Status(name, style) for name, style in zip(STATES, ("done", "claimed", "under_way"), strict=True)]
    columns = c.status_over_time([c.StatusPeriod(name, counts) for name, counts in PERIODS], states)
    return tuple(chart.picture.svg for chart in (heat, bars, columns))


def theirs() -> tuple[str, ...]:
    """The same figures by matplotlib, without description, tables or measured labels."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.fonttype"] = "none"
    import matplotlib.pyplot as plt

    out = []
    for draw in (_heat, _bars, _columns):
        figure, axes = plt.subplots(figsize=(6.25, 4))
        draw(axes)
        held = io.StringIO()
        figure.savefig(held, format="svg")
        plt.close(figure)
        out.append(held.getvalue())
    return tuple(out)


def _heat(axes: Any) -> None:
    axes.imshow([values for _, values in EVALUATIONS], aspect="auto")
    axes.set_xticks(range(6), CRITERIA)
    axes.set_yticks(range(len(EVALUATIONS)), [name for name, _ in EVALUATIONS])
    for y, (_, values) in enumerate(EVALUATIONS):
        for x, value in enumerate(values):
            axes.text(x, y, str(value), ha="center", va="center")


def _bars(axes: Any) -> None:
    axes.barh(CRITERIA, EVALUATIONS[0][1])
    axes.set_xlim(0, 6)


def _columns(axes: Any) -> None:
    foot = [0] * len(PERIODS)
    for k, state in enumerate(STATES):
        counts = [values[k] for _, values in PERIODS]
        drawn = axes.bar([name for name, _ in PERIODS], counts, bottom=foot, label=state)
        axes.bar_label(drawn, label_type="center")
        foot = [a + b for a, b in zip(foot, counts, strict=True)]
    axes.legend()


def dumped() -> str:
    """The figures as JSON, for a measure that any machine has."""
    return json.dumps([CRITERIA, EVALUATIONS, PERIODS, STATES])


def main(result: Path) -> None:
    """Time the other way of drawing, the first round left out."""
    theirs()
    elapsed, processor = time.perf_counter(), time.process_time()
    for _ in range(ROUNDS):
        theirs()
    taken = {"elapsed": (time.perf_counter() - elapsed) / ROUNDS, "processor": (time.process_time() - processor) / ROUNDS}
    result.write_text(json.dumps(taken), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[2]))
