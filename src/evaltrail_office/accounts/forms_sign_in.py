"""The forms of allauth in the office's words: no hint in a field that its label says already."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("The password until now"),
    "password1": _("New password"),
    "password2": _("The same password again"),
}


class _Plain:
    """Labels of the office, and no words in the fields."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignIn(_Plain, allauth.LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page has the link to a new password beside its button.
        self.fields["password"].help_text = ""


class ForgottenPassword(_Plain, allauth.ResetPasswordForm):  # type: ignore[misc]
    """The address where a link goes."""


class NewPasswordFromLink(_Plain, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, twice."""


class ChangedPassword(_Plain, allauth.ChangePasswordForm):  # type: ignore[misc]
    """The password from before, and a new one, twice."""


class FirstPassword(_Plain, allauth.SetPasswordForm):  # type: ignore[misc]
    """A password, twice, for who signed in another way so far."""


class Again(_Plain, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""
