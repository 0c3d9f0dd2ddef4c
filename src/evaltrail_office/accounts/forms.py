"""Forms of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


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
