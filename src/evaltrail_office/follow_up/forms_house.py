"""The form of the office's own settings of follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail_office.follow_up.preset import Preset

TIMES = {"short": _("Short term"), "medium": _("Medium term"), "long": _("Long term")}


class HouseForm(forms.Form):
    """Which preset, what words mean, and an own preset."""

    preset = forms.ChoiceField(label=_("New follow-ups begin with"))
    own = forms.CharField(
        label=_("Own preset"),
        required=False,
        max_length=40_000,
        help_text=_("As TOML. Copy one of those below and change it; it comes before one of the same id."),
        widget=forms.Textarea(attrs={"rows": 12, "class": "code", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, known: Mapping[str, Preset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = [(p.id, p.name) for p in known.values()]  # type: ignore[attr-defined]
        for name, label in TIMES.items():
            self.fields[name] = forms.IntegerField(label=label, required=False, help_text=_("Months; empty: as the preset says."))

    def months(self) -> dict[str, int]:
        """What the house means by a word where it differs."""
        return {name: self.cleaned_data[name] for name in TIMES if self.cleaned_data.get(name) is not None}
