"""Statements in drawn frames and on shaded panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.recognise.sections import roles_of
from evaltrail.read.recognise.wording import is_quotation, states

if TYPE_CHECKING:
    from evaltrail.read.recognise.ways.unit import Unit


def finding_boxes(units: list[Unit]) -> list[Unit]:
    """Findings in drawn frames, of a frame of short paragraphs each."""
    return boxes(units, "finding")


def boxes(units: list[Unit], kind: str = "") -> list[Unit]:
    """Statements in drawn frames: one a frame, or each item of a frame that lists.

    Frames also hold examples, questions and charts, so those that state must open their sections or be the rule.
    """
    frames: dict[str, list[Unit]] = {}
    for u in units:
        if u.block.box is not None and u.block.kind in ("paragraph", "item", "heading"):
            frames.setdefault(u.block.box, []).append(u)
    out: list[Unit] = []
    stating = 0
    for inside in frames.values():
        body = [u for u in inside if not (u.block.kind == "heading" and len(u.block.text.split()) < 8)]
        items = [u for u in body if u.block.kind == "item"]
        chosen = items if len(items) >= 2 and len(items) >= len(body) - 1 else body[:1]
        if kind == "finding" and len(body) > 1 and all(states(u.block.text) and len(u.block.text.split()) <= 60 for u in body):
            # A frame of short paragraphs lists findings; a longer one explains its first.
            chosen = body
        if chosen and all(states(u.block.text) and not is_quotation(u.block) for u in chosen):
            at = next(n for n, u in enumerate(units) if u is inside[0])
            opens = at == 0 or units[at - 1].block.kind in ("heading", "title") or inside[0].block.kind == "heading"
            stating += opens
            out += chosen
    named = any(u.block.kind == "heading" and roles_of(u.block.text) for inside in frames.values() for u in inside)
    return out if out and 2 * stating >= len(frames) and (len(frames) > 1 or named) else []
