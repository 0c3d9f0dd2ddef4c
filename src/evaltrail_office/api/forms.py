"""Forms of tokens."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.api.scopes import CHOOSABLE


def _in_three_months() -> str:
    return (timezone.localdate() + timedelta(days=90)).isoformat()


class NewToken(forms.Form):
    """A token for a program."""

    name = forms.CharField(label=_("What it is for"), max_length=100, help_text=_("For example: nightly copy into the data warehouse."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        choices=[(scope.value, scope.label) for scope in CHOOSABLE],
        widget=forms.CheckboxSelectMultiple,
        initial=["read:records"],
    )
    ends = forms.DateField(
        label=_("Last day"),
        initial=_in_three_months,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Within a year. Programs go on by a new token."),
    )


class NewFeed(forms.Form):
    """An address for a feed reader."""

    name = forms.CharField(label=_("What reads it"), max_length=100, help_text=_("For example: the reader on my telephone."))
