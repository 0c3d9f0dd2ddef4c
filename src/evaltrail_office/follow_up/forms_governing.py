"""Forms of concerns and of decisions of the governing body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.models import User
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.forms_answers import day, words
from evaltrail_office.follow_up.models import BodyDecision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail_office.accounts.policy import Group
    from evaltrail_office.evaluations.models import Recommendation

    _OneEvaluation = forms.ModelChoiceField[Evaluation]
    _OnePerson = forms.ModelChoiceField[User]
else:
    _OneEvaluation = _OnePerson = forms.ModelChoiceField


class RaiseForm(forms.Form):
    """A new concern."""

    evaluation = _OneEvaluation(
        Evaluation.objects.none(),
        label=_("Evaluation"),
        required=False,
        to_field_name="key",
        empty_label=_("none: a programme or its work"),
    )
    programme = forms.CharField(
        label=_("Programme or work"), required=False, max_length=300, help_text=_("Where it is about no evaluation: what it is about.")
    )
    title = forms.CharField(label=_("In a few words"), max_length=200)
    text = words(_("The concern"), rows=6)
    group = forms.ChoiceField(label=_("Raised for"))
    bureau = forms.BooleanField(label=_("A bureau raises it for its group"), required=False)

    def __init__(self, *args: Any, groups: Iterable[Group], evaluations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evaluation"].queryset = evaluations  # type: ignore[attr-defined]
        self.fields["group"].choices = [(g.value, g.label) for g in groups]  # type: ignore[attr-defined]


class OwnerForm(forms.Form):
    """Who resolves a concern."""

    owner = _OnePerson(User.objects.none(), label=_("Who resolves it"), required=False, to_field_name="key", empty_label=_("I do"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class ResolveForm(forms.Form):
    """How it was resolved."""

    resolution = words(_("How it was resolved"), _("Whoever raised it reads this and says whether they hold it to be settled."), rows=5)


class ViewForm(forms.Form):
    """The raiser's view of a resolution."""

    settled = forms.TypedChoiceField(
        label=_("Is it settled?"),
        choices=(("yes", _("Yes, it is settled")), ("no", _("No, it is not settled"))),
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )
    view = words(_("Your view of it"), _("Needed where it is not settled: it goes back to whoever resolves it."))


class DecisionForm(forms.Form):
    """What the governing body decided."""

    body = forms.CharField(label=_("Body"), max_length=200)
    session = forms.CharField(label=_("Session"), max_length=120, required=False)
    taken = day(_("Day"), required=True)
    how = forms.ChoiceField(
        label=_("How it was taken"), choices=BodyDecision.How.choices, widget=forms.RadioSelect, initial=BodyDecision.How.SITTING
    )
    drafted = words(_("Draft decision"), _("As the paper before the body has it."), rows=5, report=True)
    adopted = words(_("As adopted"), rows=5, report=True)
    amendments = words(_("Amendments"), _("What was moved, and by whom, where that is known."))
    recommendations = forms.MultipleChoiceField(
        label=_("Recommendations that it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )

    def __init__(self, *args: Any, known: Iterable[Recommendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendations"].choices = [(r.key, f"{r.number or r.key} {r.text[:80]}") for r in known]  # type: ignore[attr-defined]
        self.fields["taken"].widget.attrs["max"] = timezone.localdate().isoformat()


class WithdrawForm(forms.Form):
    """Why an entry was wrong."""

    reason = words(_("Why it was wrong"), rows=2)
