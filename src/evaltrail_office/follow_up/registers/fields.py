"""What a mapping says: which column holds what, and how its words are turned into statuses, verdicts and units."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import BaseModel, ConfigDict, Field

LABELS = {
    "number": _("Number of the recommendation"),
    "evaluation": _("Evaluation: number or key"),
    "title": _("Evaluation: title"),
    "text": _("Text of the recommendation"),
    "unit": _("Unit that is to act"),
    "status": _("Status of what is done"),
    "verdict": _("Accepted or not"),
    "reply": _("Reply of management"),
    "reason": _("Reason for not accepting"),
    "action": _("Action"),
    "action_number": _("Number of the action"),
    "made": _("Day on which it was made"),
    "due": _("Due now"),
    "first_due": _("Due at first"),
    "closed": _("Day on which it was closed"),
    "answered": _("Day of the reply"),
    "comments": _("Note on progress"),
    "priority": pgettext_lazy("of a recommendation", "Priority"),
    "time": _("Time implication"),
}
"""Fields that a column may hold, in the order in which they are offered."""
LEFT_OUT = "-"
"""In place of a status: rows with these words are left out."""
NEW_UNIT = "new"
"""In place of a unit's key: one is made."""


class Fields(BaseModel):
    """A mapping."""

    model_config = ConfigDict(extra="ignore")

    columns: dict[str, str] = Field(default_factory=dict)
    """Heading by field."""
    statuses: dict[str, str] = Field(default_factory=dict)
    """Code of the preset's status by printed words; empty: not known; ``-``: rows with it are left out."""
    verdicts: dict[str, str] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    """Key of the unit by printed words; ``new``: a unit is made; empty: the printed words are kept."""
    unknown_units: Literal["words", "new"] = "words"
    """What becomes of units that the office does not know and of which ``units`` says nothing."""
    order: Literal["day", "month"] = "day"
    closer: Literal["unit", "keeper"] = "unit"
    """Who says that something is done: the unit itself, or whoever keeps the register, for whom closing is a verification."""
    addressee: Literal["management", "governing_body", "donor", "partner"] = "management"
    stage: Literal["issued", "released"] = "issued"
    """Who sees evaluations that are made of it."""
    organisation: str = ""
    own: str = ""
    """Key of the evaluation of rows that name none; empty: one is made, named after the file."""

    def missing(self, headings: list[str]) -> list[tuple[str, str]]:
        """Fields with the columns that a file does not have."""
        return [(name, heading) for name, heading in self.columns.items() if heading and heading not in headings]

    def at(self, headings: list[str]) -> dict[str, int]:
        """Place of the column of each field."""
        return {name: headings.index(heading) for name, heading in self.columns.items() if heading in headings}
