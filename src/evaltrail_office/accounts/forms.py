"""Forms of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.policy import Group, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from evaltrail_office.accounts.refused import Refused

    _OneUnit = forms.ModelChoiceField[Unit]
else:
    _OneUnit = forms.ModelChoiceField


def _password(label: str | _StrPromise, *, new: bool = True) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget)


class NewPassword(forms.Form):
    """A password, twice, that the rules for passwords allow."""

    password = _password(_("Password"))
    again = _password(_("The same password again"))

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = " ".join(str(line) for line in password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Compare the two, and ask the rules."""
        given = super().clean() or self.cleaned_data
        password = given.get("password")
        if password and given.get("again") and password != given["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        elif password:
            whose = self.person or User(email=given.get("email", ""), name=given.get("name", ""))
            try:
                validate_password(password, whose)
            except ValidationError as fault:
                self.add_error("password", fault)
        return given


class FirstPerson(NewPassword):
    """The first person's account."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    head = forms.BooleanField(
        label=_("I am also the head of evaluation"),
        required=False,
        initial=True,
        help_text=_("Leave this empty if you only run the system; then invite the head of evaluation and give them the role."),
    )
    field_order = ("name", "email", "password", "again", "head")


class _UnitChoice(_OneUnit):
    """A unit by name, those that have ended marked."""

    def __init__(self, label: str | _StrPromise, help_text: str | _StrPromise = "", empty: str | _StrPromise = "") -> None:
        super().__init__(
            queryset=Unit.objects.all(),
            required=False,
            label=label,
            help_text=help_text,
            empty_label=cast("str", empty) or None,
            blank=True,
        )

    def label_from_instance(self, obj: Any) -> str:
        """The name, with the code where there is one."""
        return f"{obj.name} ({obj.code})" if obj.code else str(obj.name)


def _date(label: str | _StrPromise, help_text: str | _StrPromise = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _reason(label: str | _StrPromise, *, required: bool) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class Person(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("They sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    unit = _UnitChoice(_("Unit"), empty=_("none"))


def _account(address: str) -> User:
    person = User.objects.filter(email=address.lower()).first()
    if person is None:
        raise ValidationError(_("Nobody has an account with this address. Invite them first."))
    return person


class UnitForm(forms.Form):
    """A unit."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(label=_("Code"), max_length=40, required=False, help_text=_("As papers print it: EVAL."))
    within = _UnitChoice(_("Part of"), empty=_("nothing above it"))
    valid_from = _date(_("First day"))
    valid_until = _date(_("Last day"), _("Empty while it goes on."))
    successor = _UnitChoice(_("Followed by"), _("Who answers for it after its last day."), empty=_("nobody"))
    head = forms.EmailField(
        label=_("Head"),
        max_length=254,
        required=False,
        help_text=_("The address of whoever clears what the unit answers, and is told of what is long overdue."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    evaluates = forms.BooleanField(label=_("It is an evaluation office"), required=False)

    def clean_head(self) -> User | None:
        """Whose address it is; None where none is given."""
        return _account(self.cleaned_data["head"]) if self.cleaned_data["head"] else None


class Reason(forms.Form):
    """Why something is ended or taken back."""

    reason = _reason(_("Reason"), required=True)


class GrantForm(forms.Form):
    """A role for somebody."""

    email = forms.EmailField(
        label=_("Who"),
        max_length=254,
        help_text=_("The address of somebody who has an account."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))
    unit = _UnitChoice(_("Unit"), _("Of a focal point: the unit that they answer for."), empty=_("none"))
    group = forms.ChoiceField(label=_("Group"), help_text=_("Of a constituent."), required=False, choices=[("", _("none")), *Group.choices])
    starts = _date(_("From"), _("Empty: from now on."))
    ends = _date(_("Until"), _("Of a team: the last day of its contract."))
    reason = _reason(_("Reason"), required=False)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = frozenset(roles)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("choose")), *((role.value, role.label) for role in Role if role in own)]

    def clean_email(self) -> User:
        """Whose address it is."""
        return _account(self.cleaned_data["email"])


class Own(forms.Form):
    """What a person sets for themselves."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), required=False)
    theme = forms.ChoiceField(
        label=_("Appearance"), required=False, choices=[("", _("as the system is set")), ("light", _("light")), ("dark", _("dark"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("as the browser asks")), *settings.LANGUAGES]


def told(form: forms.Form, fault: Refused) -> None:
    """Show why something was refused at the field that is at fault."""
    form.add_error(fault.field if fault.field in form.fields else None, str(fault))
