"""Forms of the work plan, of comments and of assessments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.evaluations.models import Chosen, CommentKind, Decision, Evaluation, EvaluationKind, MoneyKind, Timing
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    _OnePerson = forms.ModelChoiceField[User]
    _OneUnit = forms.ModelChoiceField[Unit]
    _OneDocument = forms.ModelChoiceField[Document]
    _OneEvaluation = forms.ModelChoiceField[Evaluation]
else:
    _OnePerson = _OneUnit = _OneDocument = _OneEvaluation = forms.ModelChoiceField

_LONG = 4000


def day(label: str | _StrPromise, help_text: str | _StrPromise = "", *, required: bool = False) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def words(label: str | _StrPromise, help_text: str | _StrPromise = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=_LONG, widget=forms.Textarea(attrs={"rows": rows})
    )


class _Named(_OneDocument):
    def label_from_instance(self, obj: Any) -> str:
        """A paper with its key and stage."""
        return f"{obj.title} ({obj.key}, {obj.get_stage_display()})"


class _Keyed(_OneEvaluation):
    def label_from_instance(self, obj: Any) -> str:
        """An evaluation with its key."""
        return f"{obj.key} {obj.title}"


class Planned(forms.Form):
    """What is planned of an evaluation."""

    title = forms.CharField(label=_("Title"), max_length=500)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("not decided")), *EvaluationKind.choices])
    timing = forms.ChoiceField(label=_("Timing"), required=False, choices=[("", _("not decided")), *Timing.choices])
    unit = _OneUnit(
        label=_("Unit"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("none"),
        help_text=_("Of a decentralised one: whose programme it judges."),
        blank=True,
    )
    chosen = forms.ChoiceField(label=_("Reason chosen"), choices=Chosen.choices)
    asked_by = forms.CharField(label=_("Asked for by"), required=False, max_length=200, help_text=_("Of a request: who made it."))
    why = words(_("The rule, or what the request says"), rows=2)
    starts = day(_("Starts"))
    ends = day(_("Ends"))
    issues = day(_("Report issued"))
    responsible = _OnePerson(
        label=_("Responsible person"), queryset=User.objects.none(), required=False, empty_label=_("not named"), blank=True
    )
    reason = words(_("Reason for the change"), rows=2)

    def __init__(self, *args: Any, people: QuerySet[User], new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["responsible"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people
        if new:
            del self.fields["reason"]


class Chose(forms.Form):
    """Why an evaluation that the office knows is put into the plan."""

    chosen = Planned.base_fields["chosen"]
    asked_by = Planned.base_fields["asked_by"]
    why = Planned.base_fields["why"]
    starts = Planned.base_fields["starts"]
    ends = Planned.base_fields["ends"]
    issues = Planned.base_fields["issues"]


class Postpone(forms.Form):
    """Later days."""

    starts = day(_("Starts"))
    ends = day(_("Ends"))
    issues = day(_("Report issued"), _("Leave all three empty if it is not known until when."))
    reason = words(_("Reason"))


class Why(forms.Form):
    """A reason."""

    reason = words(_("Reason"))


class Merge(forms.Form):
    """Into which evaluation."""

    into = _Keyed(label=_("Becomes a part of"), queryset=Evaluation.objects.none())
    reason = words(_("Reason"))

    def __init__(self, *args: Any, others: QuerySet[Evaluation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = others


class Approve(forms.Form):
    """A plan to be kept as approved."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As in “2026–27”."))
    year_from = forms.IntegerField(label=_("From year"), min_value=1900, max_value=2200)
    year_to = forms.IntegerField(label=_("To year"), min_value=1900, max_value=2200)
    words = words(_("Approved by"), _("The body and its decision."), rows=2)
    document_key = forms.CharField(
        label=_("Paper"), required=False, max_length=20, help_text=_("Its key, as in D-000012, where the office has it.")
    )
    announce = forms.BooleanField(
        label=_("Make it known: whoever holds a role sees title, dates and state of these evaluations"), required=False
    )


class GateSet(forms.Form):
    """Who passes a gate, and by when."""

    approver = _OnePerson(
        label=_("Approver"), queryset=User.objects.none(), required=False, empty_label=_("any head of evaluation"), blank=True
    )
    due = day(_("Due"))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["approver"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people


class GateDecide(forms.Form):
    """What is decided at a gate."""

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=[("passed", _("passed")), ("sent_back", _("sent back")), ("waived", _("not needed"))]
    )
    document = _Named(label=_("Document"), queryset=Document.objects.none(), required=False, empty_label=_("none"), blank=True)
    reason = words(_("Reason"), _("Not needed where it is passed."), required=False)

    def __init__(self, *args: Any, papers: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = papers


def _amount(label: str | _StrPromise, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=required, max_digits=14, decimal_places=2, min_value=Decimal("0.01"))


class Money(forms.Form):
    """An amount."""

    kind = forms.ChoiceField(label=_("What it is"), choices=MoneyKind.choices)
    amount = _amount(_("Amount"))
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3, initial="USD")
    day = day(_("Day"), required=True)
    words = forms.CharField(label=_("For what"), max_length=300)


class ContractForm(forms.Form):
    """A contract."""

    email = forms.EmailField(
        label=_("Address of their account"),
        required=False,
        max_length=254,
        help_text=_("With it they become one of the team until the last day. Empty: they do not use the office."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=150, help_text=_("Where there is no account."))
    role = forms.CharField(label=_("Role in the team"), max_length=120)
    firm = forms.CharField(label=_("Firm"), required=False, max_length=200)
    starts = day(_("First day"), required=True)
    ends = day(_("Last day"), required=True)
    fee = _amount(_("Fee"), required=False)
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3)

    person: User | None = None

    def clean(self) -> dict[str, Any]:
        """Who it is, by account or by name."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if email := given.get("email"):
            self.person = User.objects.filter(email=email.lower(), is_active=True).first()
            if self.person is None:
                self.add_error("email", _("Nobody has an account with this address. Invite them first, or leave it empty."))
        elif not given.get("name", "").strip():
            self.add_error("name", _("Give their name or their account's address."))
        given["currency"] = given.get("currency", "").upper()
        return given


class LastDay(forms.Form):
    """The last day of a contract."""

    ends = day(_("Last day"), _("Access to the evaluation ends at the end of this day."), required=True)
    reason = words(_("Reason"), rows=2)


class Declare(forms.Form):
    """An interest."""

    statement = words(_("Declared interest"), _("Or that there is none."), rows=2)


class Accept(forms.Form):
    """On which terms an interest is accepted."""

    terms = words(_("On these terms"), required=False, rows=2)


class Deliver(forms.Form):
    """Something promised."""

    title = forms.CharField(label=_("What is to be delivered"), max_length=200)
    due = day(_("Due"))


class CommentForm(forms.Form):
    """A comment on a passage."""

    kind = forms.ChoiceField(label=_("It is about"), choices=CommentKind.choices)
    text = words(_("Comment"))


class DecideForm(forms.Form):
    """What the team makes of a comment."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices)
    reason = words(_("Reason"))


class Disagree(forms.Form):
    """What is held against a decision."""

    disagreement = words(_("What you still hold against it"), _("Empty: you no longer disagree."), required=False)


class Assess(forms.Form):
    """Which paper is judged on which standard."""

    document = _Named(label=_("Report"), queryset=Document.objects.none(), empty_label=None)
    profile = forms.ChoiceField(label=_("Standard"))

    def __init__(self, *args: Any, papers: QuerySet[Document], standards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document, profile = self.fields["document"], self.fields["profile"]
        if isinstance(document, forms.ModelChoiceField):
            document.queryset = papers
        if isinstance(profile, forms.ChoiceField):
            profile.choices = standards
