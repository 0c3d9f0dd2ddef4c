"""What changed in figures since the last report, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.measure.follow_up.figures import Figure


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in one figure between two days. Keys are in the order of their names."""

    definition: str
    old: Figure | None
    """None where the last report did not have it."""
    new: Figure | None
    difference: float | None
    """New value less old one; None where one of them is missing or they do not count the same."""
    not_compared: str | None
    """Why there is no difference, in words."""
    into_denominator: tuple[str, ...] = ()
    out_of_denominator: tuple[str, ...] = ()
    into_numerator: tuple[str, ...] = ()
    out_of_numerator: tuple[str, ...] = ()
    newly_missing: tuple[tuple[str, str], ...] = ()
    no_longer_missing: tuple[tuple[str, str], ...] = ()
    parts: tuple[Changed, ...] = ()


def changed(old_figures: Iterable[Figure], new_figures: Iterable[Figure]) -> tuple[Changed, ...]:
    """What changed since the last report, figure by figure, by id of their definitions.

    Args:
        old_figures: those of the last report, each definition once.
        new_figures: those of this one.

    Returns:
        For every definition, in the order of the new report and then of the old: which keys entered and left the denominator and the
        numerator, and the difference. Values by two versions of a definition, or with other settings, do not count the same:
        then the keys are compared and the values are not.
    """
    old = {f.definition: f for f in old_figures}
    new = {f.definition: f for f in new_figures}
    return tuple(_changed(name, old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old)))


def _changed(name: str, old: Figure | None, new: Figure | None) -> Changed:
    why = _why_not(old, new)
    difference = None
    if why is None and old and new and old.value is not None and new.value is not None:
        difference = new.value - old.value
    if old is None or new is None:
        return Changed(name, old, new, None, why)
    return Changed(
        name,
        old,
        new,
        difference,
        why,
        _only(new.denominator_keys, old.denominator_keys),
        _only(old.denominator_keys, new.denominator_keys),
        _only(new.numerator_keys, old.numerator_keys),
        _only(old.numerator_keys, new.numerator_keys),
        tuple(sorted(set(new.missing) - set(old.missing))),
        tuple(sorted(set(old.missing) - set(new.missing))),
        changed(old.parts, new.parts),
    )


def _why_not(old: Figure | None, new: Figure | None) -> str | None:
    if old is None:
        return "the last report did not have it"
    if new is None:
        return "this report does not have it"
    if old.version != new.version:
        return f"version {old.version} and version {new.version} of the definition do not count the same"
    if old.settings != new.settings:
        return "other numbers were set where the definition leaves some open"
    if old.value is None:
        return f"there was no figure then: {old.abstained}"
    return None if new.value is not None else f"there is no figure now: {new.abstained}"


def _only(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(these) - set(those)))
