"""The form that asks for a report of follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from evaltrail.write.wording import languages
from evaltrail_office.accounts.models import Unit
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.reports import FOLLOW_UP, PLAN, Asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

KINDS = (
    (FOLLOW_UP, _("Follow-up report: figures, then every recommendation with its answer and actions")),
    (PLAN, _("Rolling plan: what is open, by unit and due date")),
)
FORMS = {"docx": "DOCX", "pdf": "PDF", "xlsx": "XLSX", "html": "HTML", "csv": "CSV"}
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "pt": "Português", "ar": "العربية"}


class ReportForm(forms.Form):
    """Which report, of what, and as what kind of file."""

    kind = forms.ChoiceField(label=_("Report"), choices=KINDS, widget=forms.RadioSelect, initial=FOLLOW_UP)
    year = forms.TypedChoiceField(
        label=_("Year"), required=False, coerce=int, empty_value=None, help_text=_("The rolling plan is always that of today.")
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, to_field_name="key", empty_label=_("all units")
    )
    evaluations = forms.ModelMultipleChoiceField(
        label=_("Evaluations"),
        queryset=Evaluation.objects.none(),
        required=False,
        to_field_name="key",
        help_text=_("None chosen: all of them. With Ctrl or ⌘ held, a click adds one or takes it out."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    public = forms.BooleanField(label=_("Only what is public: released evaluations and issued answers"), required=False)
    language = forms.ChoiceField(label=_("Language"))
    form = forms.ChoiceField(label=_("Written as"), choices=list(FORMS.items()), initial="docx")

    def __init__(self, *args: Any, years: Iterable[int], units: QuerySet[Unit], evaluations: QuerySet[Evaluation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["year"].choices = [("", _("any year")), *((y, y) for y in years)]
        fields["unit"].queryset = units
        fields["evaluations"].queryset = evaluations
        fields["evaluations"].label_from_instance = lambda e: f"{e.title} ({e.year})" if e.year else e.title
        fields["language"].choices = [(code, LANGUAGES.get(code, code)) for code in languages()]
        fields["language"].initial = spoken()

    def asked(self) -> Asked:
        """What was asked for."""
        said = self.cleaned_data
        return Asked(
            kind=said["kind"],
            year=said["year"] if said["kind"] == FOLLOW_UP else None,
            unit=said["unit"].key if said["unit"] else "",
            evaluations=tuple(sorted(e.key for e in said["evaluations"])),
            public=said["public"],
            language=said["language"],
        )


def spoken() -> str:
    """The interface's language, where papers can be written in it."""
    code = (get_language() or "en").split("-")[0]
    return code if code in languages() else "en"
