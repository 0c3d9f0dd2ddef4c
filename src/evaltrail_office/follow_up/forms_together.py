"""Forms for changing many recommendations in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.models import Unit
from evaltrail_office.follow_up.actions.together import FIELDS, TIMES
from evaltrail_office.follow_up.models.answers import Addressee

if TYPE_CHECKING:
    from evaltrail_office.accounts.refused import Refused


class Together(forms.Form):
    """Which field is set, and to what."""

    field = forms.ChoiceField(label=gettext_lazy("Set"), choices=list(FIELDS.items()))
    addressee = forms.ChoiceField(label=FIELDS["addressee"], choices=Addressee.choices, required=False)
    lead = forms.ChoiceField(label=FIELDS["lead"], required=False)
    time = forms.ChoiceField(label=FIELDS["time"], choices=list(TIMES.items()), required=False)
    priority = forms.CharField(label=FIELDS["priority"], max_length=40, required=False)
    theme = forms.CharField(label=FIELDS["theme"], max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lead"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        units = Unit.objects.filter(valid_until=None).values_list("key", "name", "code")
        field.choices = [("", "–"), *((key, f"{name} ({code})" if code else name) for key, name, code in units)]

    def values(self) -> list[forms.BoundField]:
        """One field for each that can be set; the one that is chosen above counts."""
        return [self[name] for name in FIELDS]

    @property
    def chosen(self) -> tuple[str, str]:
        """The field and what it is set to."""
        name = self.cleaned_data["field"]
        return name, self.cleaned_data[name]

    def told(self, fault: Refused) -> None:
        """Put a refusal beside what it is about."""
        name = self.cleaned_data.get("field")
        self.add_error(name if fault.field == "value" and name else None, str(fault))
