"""The charts in docs/images/charts, one of each kind, drawn of invented figures.

python tools/draw_charts.py           draws them anew
python tools/draw_charts.py --check   says whether they are as they would be drawn; ends with 1 if not
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.write import charts as c

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images" / "charts"
TODAY = dt.date(2026, 3, 1)
CRITERIA = ("Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability")


def drawn() -> Mapping[str, c.Chart]:
    """Charts by the name of their function."""
    return {
        "rating_bars": _ratings(),
        "rating_cell": c.rating_cell(3),
        "heat_map": _heat_map(),
        "trail": _trail(),
        "likert": _answers(),
        "target_actual": _targets(),
        "timeline": _dates(),
        "status_over_time": _states(),
    }


def _ratings() -> c.Chart:
    now, before = (5, 3, 4, 3, None, 2), (5, 4, 3, 3, None, 3)
    return c.rating_bars([c.RatingRow(n, v, earlier=e) for n, v, e in zip(CRITERIA, now, before, strict=True)])


def _heat_map() -> c.Chart:
    rows = (
        c.HeatRow("Landing sites that last", (5, 3, 4, 3, 4, 2), "2025"),
        c.HeatRow("Fees and fairness on the lower lakes", (4, 4, 3, 3, 2, 2), "2023"),
        c.HeatRow("Stores and supply", (5, 4, 4, 2, None, 3), "2024"),
        c.HeatRow("Training for net crews, second phase", (6, 3, 5, 4, 4, 4), "2024"),
        c.HeatRow("Early warning of low water", (6, 5, 5, 4, 5, 3), "2025"),
        c.HeatRow("Ice and light: energy at the jetty", (5, 5, 4, 3, 4, 1), "2023"),
    )
    return c.heat_map(rows, CRITERIA)


def _trail() -> c.Chart:
    columns: dict[str, tuple[tuple[str, str, str], ...]] = {
        "evidence": (
            ("e1", "Survey", "Committee members at 38 sites"),
            ("e2", "Interviews", "Officials, buyers, net crews"),
            ("e3", "Records", "Weights landed, month by month"),
            ("e4", "Ledgers", "Repair orders with dates and cost"),
        ),
        "findings": (
            ("f1", "F1", "Sites stand where need was greatest"),
            ("f2", "F2", "Two more bodies train the same groups"),
            ("f3", "F3", "Half of the cold rooms stand idle"),
            ("f4", "F4", "A repair takes 74 days on average"),
            ("f5", "F5", "Partners value the programme"),
        ),
        "conclusions": (("c1", "C1", "The right places, a crowded field"), ("c2", "C2", "People stayed; the equipment did not")),
        "recommendations": (
            ("r1", "R1", "Agree one training plan with both bodies"),
            ("r2", "R2", "Hand over only with a repair contract"),
            ("r3", "R3", "Publish landing weights each quarter"),
        ),
        "responses": (("m1", "Accepted", "One plan by the end of 2025"), ("m2", "Accepted", "“This proposal is welcomed.”")),
        "actions": (("a1", "1.1", "Joint plan signed by three bodies"),),
    }
    nodes = tuple(
        c.TrailNode(key, column, label, text, sign="accepted" if column == "responses" else "")  # type: ignore[arg-type]  # the six names
        for column, some in columns.items()
        for key, label, text in some
    )
    stated = "e1f1 e2f1 e2f2 e3f3 e4f4 f1c1 f2c1 f3c2 f4c2 c1r1 c2r2 r1m1 r2m2 m1a1"
    lines = [c.TrailLine(x[:2], x[2:]) for x in stated.split()] + [c.TrailLine("e1", "f3", proposed=True)]
    breaks = (
        c.TrailBreak("f5", "evidence", "No evidence cited"),
        c.TrailBreak("r3", "conclusions", "Rests on no conclusion"),
        c.TrailBreak("r3", "responses", "Answer due 4 April", due=True),
        c.TrailBreak("m2", "actions", "Promises no action"),
    )
    return c.trail(c.Trail(nodes, tuple(lines), breaks))


def _answers() -> c.Chart:
    rows = (
        c.LikertRow("The training met my needs", (2, 5, 10, 30, 12)),
        c.LikertRow("I was asked before the site was chosen", (20, 14, 6, 8, 1)),
        c.LikertRow("Repairs come in time", (9, 12, 9, 11, 3)),
    )
    return c.likert(rows, ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"))


def _targets() -> c.Chart:
    rows = (
        c.TargetRow("Landing sites with a committee", 12, 38, 31, "sites"),
        c.TargetRow("Losses between net and buyer", 40, 20, 32, "per cent"),
        c.TargetRow("Time from call to finished repair", None, 30, 74, "days", lower_is_better=True),
        c.TargetRow("Women among members", 10, 40, None, "per cent"),
        c.TargetRow("Balance of the reserve", -250_000, 1_000_000, 1_250_000, "crowns"),
    )
    return c.target_actual(rows)


def _dates() -> c.Chart:
    rows = (
        c.TimelineRow(
            "7.1 Joint fee table for the three lakes", "2026-09-30", "2025-03", ("2025-04-30", "2025-12-01"), note="Ports Division"
        ),
        c.TimelineRow("2.2 Contracts signed at 12 sites", "2026-04-30", "2025-04", ("2025-10-10",), note="Ports Division"),
        c.TimelineRow("1.3 Trainers of all three bodies meet", "2026-03-31", "2025-04", note="Training Section"),
        c.TimelineRow("2.1 Model contract issued", "2025-09-01", "2025-04", done="2025-09-19", note="Legal Unit"),
        c.TimelineRow("5.2 One ledger for all desks", "in due course", note="Finance Unit"),
    )
    return c.timeline(rows, TODAY)


def _states() -> c.Chart:
    states = (
        c.Status("Verified", "done"),
        c.Status("Claimed", "claimed"),
        c.Status("Under way", "under_way"),
        c.Status("Not started", "open"),
        c.Status("Late", "late"),
    )
    counts = ((2, 3, 10, 20, 0), (8, 6, 14, 12, 2), (15, 8, 15, 9, 5), (26, 7, 12, 8, 6), (40, 9, 10, 6, 7))
    return c.status_over_time([c.StatusPeriod(str(2021 + i), some) for i, some in enumerate(counts)], states)


def main() -> int:
    """Draw the charts, or say which are not as they would be drawn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="draw nothing; end with 1 where a picture is out of date")
    check = parser.parse_args().check
    stale = []
    for name, chart in drawn().items():
        path = FOLDER / f"{name}.svg"
        if not path.is_file() or path.read_text(encoding="utf-8") != chart.picture.svg:
            stale.append(path.name)
            if not check:
                FOLDER.mkdir(parents=True, exist_ok=True)
                path.write_text(chart.picture.svg, encoding="utf-8", newline="\n")
    print(f"{'out of date' if check else 'drawn'}: {', '.join(stale) or 'none'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
