"""Forms of an action: one for each move that a person may make, with the choices that the preset gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from evaltrail_office.follow_up.machine import Meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Action, Proof
    from evaltrail_office.follow_up.preset import Preset, Status

LONG = 20_000
"""Characters of a note, a reason or what was found."""
_NOT_DONE = (Meaning.OPEN, Meaning.PARTIAL)
_CLAIMED = (Meaning.PARTIAL, Meaning.SUBSTANTIAL, Meaning.DONE)
_FOUND = (Meaning.OPEN, *_CLAIMED)


def _words(label: Any, *, help_text: Any = "", rows: int = 3) -> forms.CharField:
    # What is needed is said by the verb, in the same words for pages and programs.
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=widget, max_length=LONG, help_text=help_text)


def _choice(label: Any, *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, help_text=help_text)


def _day(label: Any, *, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Give a date: year, month and day.")},
    )


def _options(statuses: Sequence[Status]) -> list[tuple[str, str]]:
    return [(s.code, s.words) for s in statuses]


class Move(forms.Form):
    """A move of an action. ``revision`` is the one that the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    error_css_class = "in-error"
    FIELDS: ClassVar[dict[str, str]] = {}
    """Fields as the verb names them, where the form names them otherwise."""

    def __init__(
        self,
        given: Any = None,
        *,
        action: Action,
        preset: Preset,
        people: Sequence[User] = (),
        brought: Sequence[Proof] = (),
        auto_id: str = "id_%s",
    ) -> None:
        super().__init__(given, initial={"revision": action.revision}, auto_id=auto_id)
        self.action, self.preset, self.people, self.brought = action, preset, people, brought
        self.arrange()
        for name, field in self.fields.items():
            if name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"

    def arrange(self) -> None:
        """Give the fields the choices that there are."""

    def choices(self, name: str, options: Sequence[tuple[str, Any]]) -> None:
        """Of a field; what is not among them the verb refuses, in words."""
        field = self.fields[name]
        widget = forms.Select(choices=list(options))
        self.fields[name] = forms.CharField(label=field.label, required=False, widget=widget, help_text=field.help_text)

    @property
    def given(self) -> dict[str, Any]:
        """What the verb is called with."""
        return {k: v for k, v in self.cleaned_data.items() if k != "revision"}


class Bare(Move):
    """A move for which nothing is given."""


class Report(Move):
    """How it stands."""

    words = _words(_("How it stands"))
    status = _choice(_("State"), help_text=_("What is done is claimed, with proof."))

    def arrange(self) -> None:
        """States in which it is not done."""
        self.choices("status", [("", _("as it is")), *_options(self.preset.of(*_NOT_DONE))])


class Explain(Move):
    """Why it is late."""

    reason = _choice(_("Why it is late"))
    words = _words(_("In your own words"), rows=2)
    FIELDS: ClassVar[dict[str, str]] = {"delay": "reason"}

    def arrange(self) -> None:
        """Reasons of the preset."""
        self.choices("reason", [("", _("choose")), *((r.code, r.words) for r in self.preset.reasons)])
        self.fields["reason"].initial, self.fields["words"].initial = self.action.delay, self.action.delay_words


class Assign(Move):
    """Who does it."""

    owner = _choice(_("Owner"))

    def arrange(self) -> None:
        """People of the unit."""
        self.choices("owner", [("", _("nobody named")), *((u.key, u.name) for u in self.people)])
        self.fields["owner"].initial = self.action.owner.key if self.action.owner else ""

    def clean_owner(self) -> User | None:
        """The person, of those of the unit."""
        key = self.cleaned_data["owner"]
        found = next((u for u in self.people if u.key == key), None)
        if key and found is None:
            raise forms.ValidationError(_("Choose somebody of the unit."))
        return found


class Claim(Move):
    """The first key."""

    status = _choice(_("How far it is"))
    words = _words(_("What was done"))
    proofs = forms.MultipleChoiceField(label=_("Proofs on which it rests"), required=False, widget=forms.CheckboxSelectMultiple)

    def arrange(self) -> None:
        """States that can be claimed, the furthest chosen."""
        options = list(reversed(_options(self.preset.of(*_CLAIMED))))
        self.choices("status", options)
        field = self.fields["proofs"]
        if not self.brought:
            if any(s.proof for s in self.preset.of(*_CLAIMED)):
                self.fields["status"].help_text = _("There is no proof yet. Add one first: a claim that it is done needs it.")
            del self.fields["proofs"]
            return
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(p.pk), p.words) for p in self.brought]
        field.initial = [str(p.pk) for p in self.brought]

    @property
    def given(self) -> dict[str, Any]:
        """With the proofs that are ticked."""
        ticked = set(self.cleaned_data.get("proofs", ()))
        return {
            "status": self.cleaned_data["status"],
            "words": self.cleaned_data["words"],
            "proofs": [p for p in self.brought if str(p.pk) in ticked],
        }


class Verify(Move):
    """The second key: what was claimed, or another status."""

    status = _choice(_("What you found"))
    words = _words(_("In words"), help_text=_("Needed where you find another status than was claimed, and where you send it back."))

    def arrange(self) -> None:
        """States that can be found, the claimed one chosen."""
        self.choices("status", list(reversed(_options(self.preset.of(*_FOUND)))))
        self.fields["status"].initial = self.action.claimed_status


class SendBack(Move):
    """A claim that the proof does not show."""

    words = _words(_("Why it is sent back"), help_text=_("The unit reads it and may claim again."))


class Reopen(Move):
    """A closed action that is open again."""

    reason = _words(_("Reason"), rows=2)


class AskLater(Move):
    """A later date."""

    day = _day(_("New date"))
    reason = _choice(_("Why it needs longer"))
    words = _words(_("In your own words"), rows=2)
    FIELDS: ClassVar[dict[str, str]] = {"date": "day"}

    def arrange(self) -> None:
        """Reasons of the preset."""
        self.choices("reason", [("", _("choose")), *((r.code, r.words) for r in self.preset.reasons)])


class GrantLater(Move):
    """The date that was asked for, or an earlier one; or none."""

    day = _day(_("Date that is given"), help_text=_("The one that was asked for, or an earlier one."))
    words = _words(_("In words"), help_text=_("Needed where you refuse."), rows=2)
    FIELDS: ClassVar[dict[str, str]] = {"date": "day"}

    def arrange(self) -> None:
        """The date that was asked for."""
        asked = next((x for x in self.action.extensions.all() if x.state == "asked"), None)
        self.fields["day"].initial = asked.asked_for if asked else None


class AskDrop(Move):
    """That it is followed no longer."""

    status = _choice(_("What it is"))
    reason = _words(_("Reason"), rows=2)

    def arrange(self) -> None:
        """States that mean dropped."""
        self.choices("status", [("", _("choose")), *_options(self.preset.of(Meaning.DROPPED))])


class AnswerDrop(Move):
    """Whether it may be dropped."""

    words = _words(_("In words"), help_text=_("Needed where you refuse."), rows=2)
