"""In which row of a trail each statement stands, so that lines run level where they can and cross little.

Layers are put in order by the mean place of their neighbours (the barycentre rule of Sugiyama, Tagawa and Toda 1981), a few times to
and fro; then each layer takes the rows nearest to its neighbours' that keep its order, which is isotonic regression by pooling
adjacent violators (Ayer and others 1955).
"""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SWEEPS = 4
_MOST_LINES = 500
"""Lines between two layers up to which crossings are counted."""


def rows_of(layers: Sequence[Sequence[str]], lines: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The row of each node, from 0; no two of a layer share one.

    ``layers`` hold the nodes of each column in the paper's order; ``lines`` join nodes of neighbouring layers.
    """
    near: dict[str, list[str]] = {n: [] for layer in layers for n in layer}
    layer_of = {n: k for k, layer in enumerate(layers) for n in layer}
    for a, b in lines:
        near[a].append(b)
        near[b].append(a)
    ordered = _in_order([list(layer) for layer in layers], near, layer_of)
    rows: dict[str, int] = {}
    widest = max(range(len(ordered)), key=lambda k: len(ordered[k]), default=0)
    placed: set[int] = set()
    for k in sorted(range(len(ordered)), key=lambda k: (abs(k - widest), k)):
        _place(ordered[k], near, rows)
        placed.add(k)
    # Once more, now that every neighbour has a place; the widest layer keeps its rows.
    for k in (k for k in range(len(ordered)) if k != widest):
        _place(ordered[k], near, rows)
    used = {r: i for i, r in enumerate(sorted(set(rows.values())))}
    return {n: used[r] for n, r in rows.items()}


def _in_order(layers: list[list[str]], near: Mapping[str, list[str]], layer_of: Mapping[str, int]) -> list[list[str]]:
    """The order with the fewest crossings; of several the one that was found first, so that the paper's own order counts most."""
    best, least = [list(layer) for layer in layers], _crossings(layers, near, layer_of)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        pairs = list(pairwise(range(len(layers)) if forward else range(len(layers) - 1, -1, -1)))
        for fixed, moved in pairs:
            at = {n: i / max(1, len(layers[fixed])) for i, n in enumerate(layers[fixed])}
            own = {n: i / max(1, len(layers[moved])) for i, n in enumerate(layers[moved])}
            wanted = {n: fmean(there) if (there := [at[m] for m in near[n] if layer_of[m] == fixed]) else own[n] for n in layers[moved]}
            layers[moved].sort(key=wanted.__getitem__)
        found = _crossings(layers, near, layer_of)
        if found < least:
            best, least = [list(layer) for layer in layers], found
    return best


def _crossings(layers: Sequence[Sequence[str]], near: Mapping[str, list[str]], layer_of: Mapping[str, int]) -> int:
    """How often lines cross; too many lines to be counted all count as one."""
    at = {n: i for layer in layers for i, n in enumerate(layer)}
    out = 0
    for k, layer in enumerate(layers[:-1]):
        lines = [(at[n], at[m]) for n in layer for m in near[n] if layer_of[m] == k + 1]
        if len(lines) > _MOST_LINES:
            return 1
        out += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(lines) for b in lines[i + 1 :])
    return out


def _place(layer: Sequence[str], near: Mapping[str, list[str]], rows: dict[str, int]) -> None:
    """Give the nodes of one layer their rows."""
    wanted: list[float] = []
    for i, n in enumerate(layer):
        there = [rows[m] for m in near[n] if m in rows]
        wanted.append(median(there) if there else wanted[-1] + 1 if wanted else float(i))
    for i, v in enumerate(_rising([w - i for i, w in enumerate(wanted)])):
        rows[layer[i]] = round(max(0.0, v)) + i


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest sequence (least squares) that never falls."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, many = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / many:
            before = pools.pop()
            total, many = total + before[0], many + before[1]
        pools.append((total, many))
    return [total / many for total, many in pools for _ in range(many)]
