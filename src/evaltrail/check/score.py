"""The score of a quality sheet: a weighted share over what people judged, never over what the program suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from evaltrail.check.profile import NOT_APPLICABLE, Refused
from evaltrail.record import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.check.profile import Profile, Scoring
    from evaltrail.check.sheet import Row

ENOUGH = 0.8
"""Share of the applicable weight that must be judged before a score is more than provisional."""


class Judgements(Model):
    """What people judged, as it came back from a filled-in sheet."""

    profile: str
    version: str = ""
    sha256: str = Field(default="", description="Hash of the paper that the sheet was made for; empty where it is not known.")
    words: dict[str, str] = Field(default_factory=dict, description="Judgement by the item's id; an item that is not judged is not there.")
    comments: dict[str, str] = Field(default_factory=dict, description="Comment by the item's id.")
    name: str = Field(default="", description="Name of the file that they came from, for messages.")

    def fitted(self, profile: Profile) -> Judgements:
        """These judgements with their words as the profile writes them.

        Raises:
            Refused: they are for another profile, or have an item or a word that the profile does not know.
        """
        if self.profile != profile.name:
            said = f"of profile “{self.profile}”" if self.profile else "that names no profile"
            raise Refused(
                f"{self.name}: it is a sheet {said}, not of “{profile.name}”. Give the sheet that was made with --sheet {profile.name}"
            )
        known = {i.id for i in profile.items}
        strange = sorted(set(self.words) - known)
        if strange:
            raise Refused(f"{self.name}: the profile “{profile.name}” has no item {', '.join(strange[:5])}")
        words = {_folded(w): w for w in (*(w for _, w in profile.scoring.scale), NOT_APPLICABLE)}
        for item, word in self.words.items():
            if _folded(word) not in words:
                allowed = ", ".join(w for _, w in profile.scoring.scale)
                raise Refused(f"{self.name}: item {item} is judged “{word[:60]}”. It can be {allowed} or {NOT_APPLICABLE}")
        return self.model_copy(update={"words": {i: words[_folded(w)] for i, w in self.words.items()}})


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold()


class Score(Model):
    """What the judgements come to."""

    applicable: float = Field(
        description="Weight of the items that apply: neither found nor judged not applicable, or judged all the same."
    )
    judged: float = Field(description="Weight of those of them that are judged.")
    share: float | None = Field(default=None, description="Weight earned, of the weight judged; null while nothing is judged.")
    provisional: bool = Field(description="Whether less than 80 per cent of the applicable weight is judged.")
    failed: tuple[str, ...] = Field(default=(), description="ids of must-pass items that are judged to be the worst of the scale.")
    open: tuple[str, ...] = Field(default=(), description="ids of must-pass items that apply and are not judged.")
    band: str | None = Field(
        default=None, description="The profile's words for the share; null where it has none or a must-pass item fails."
    )

    @property
    def in_words(self) -> str:
        """The score in one sentence or two."""
        done = f"{100 * self.judged / self.applicable:.0f} per cent of the weight is judged" if self.applicable else "No item applies"
        if self.share is None:
            return f"No score yet: {done[0].lower()}{done[1:]}."
        result = f"{'Provisional score' if self.provisional else 'Score'}: {100 * self.share:.0f} per cent"
        if self.band:
            result += f" ({self.band})"
        ends = [f"{result}. {done}."]
        if self.failed:
            ends.insert(
                0, f"Fails, whatever the score: {', '.join(self.failed)} must pass and {'is' if len(self.failed) == 1 else 'are'} not met."
            )
        return " ".join(ends)


def score(rows: Sequence[Row], scoring: Scoring) -> Score:
    """The score of a sheet's rows.

    The share is the sum of (weight x share of the word judged) over the judged items, divided by the sum of their
    weights.  An item that a person judges not applicable is left out; one that the program holds for not applicable
    counts only if a person judges it all the same.
    """
    shares = {word: share for share, word in scoring.scale}
    judged = [(r, shares[r.judgement]) for r in rows if r.judgement in shares]
    open_ = [r for r in rows if r.judgement is None and r.found != "not applicable"]
    weight = sum(r.weight for r, _ in judged)
    applicable = weight + sum(r.weight for r in open_)
    share = sum(r.weight * s for r, s in judged) / weight if weight else None
    failed = tuple(r.id for r, s in judged if r.must_pass and s == 0)
    # A hair's breadth, so that 0.6 of 1.0 in tenths is not lost to binary fractions.
    band = next((words for least, words in scoring.bands if share is not None and share >= least - 1e-9), None)
    return Score(
        applicable=applicable,
        judged=weight,
        share=share,
        provisional=weight < ENOUGH * applicable - 1e-9 or not weight,
        failed=failed,
        open=tuple(r.id for r in open_ if r.must_pass),
        band=None if failed else band,
    )
