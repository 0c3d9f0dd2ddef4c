"""The figures of a clean paper, drawn once so that they agree wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def whole_share(rng: Random, low: int, high: int) -> tuple[int, int, int]:
    """A part, its whole and the percentage that it makes exactly."""
    while True:
        whole = rng.randrange(low, high)
        per_cent = rng.randrange(52, 93)
        if whole * per_cent % 100 == 0:
            return whole * per_cent // 100, whole, per_cent


def drawn(rng: Random, districts: tuple[str, ...]) -> dict[str, Any]:
    """Figures by name; none of them stands twice for two things."""
    f: dict[str, Any] = {}
    f["y0"] = rng.randrange(2013, 2018)
    f["y1"] = f["y0"] + rng.randrange(3, 6)
    f["paper"] = f["y1"] + 1
    f["women"], f["men"] = rng.sample(range(21, 49), 2)
    f["interviews"] = f["women"] + f["men"]
    f["answers"], f["sent"], f["rate"] = whole_share(rng, 100, 400)
    f["documents"] = rng.choice([53, 57, 64, 71, 86, 93, 98])
    f["groups"] = rng.randrange(5, 10)
    f["by_district"] = [(d, rng.randrange(110, 380), rng.randrange(110, 380)) for d in districts]
    f["trained_women"] = sum(w for _, w, _ in f["by_district"])
    f["trained_men"] = sum(m for _, _, m in f["by_district"])
    f["trained"] = f["trained_women"] + f["trained_men"]
    f["target"] = f["trained"] - rng.randrange(20, 60)
    f["built"], f["planned"], f["built_share"] = whole_share(rng, 25, 99)
    f["budget"] = f"{rng.randrange(11, 49)}.{rng.randrange(1, 10)}"
    f["delay"] = rng.randrange(13, 20)
    f["user_share"] = rng.choice([61, 67, 73, 77, 79])
    f["before"] = rng.randrange(22, 33)
    f["after"] = f["before"] + rng.randrange(14, 22)
    f["cost"] = rng.randrange(410, 690)
    f["kept"], f["seen"], f["kept_share"] = whole_share(rng, 20, 51)
    f["fees"] = rng.randrange(41, 50)
    return f
