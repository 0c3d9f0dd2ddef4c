"""Forms in which answers come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.actions.opening import units_by_name
from evaltrail_office.follow_up.models.answers import Addressee

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

    from evaltrail_office.follow_up.preset import Preset

    _OnePerson = forms.ModelChoiceField[User]
else:
    _OnePerson = forms.ModelChoiceField

LONG = 10_000
"""Characters of an answer, or of what is planned."""
MOST_ACTIONS = 60
"""Actions of one answer."""
_LIST = {"list": "units", "autocomplete": "off"}


def day(label: str | _StrPromise, help_text: str | _StrPromise = "", *, required: bool = False) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def words(label: str | _StrPromise, help_text: str | _StrPromise = "", *, rows: int = 3, report: bool = False) -> forms.CharField:
    """A field for some sentences; ``report``: they will stand in a paper."""
    attrs = {"rows": rows} | ({"class": "report"} if report else {})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONG, widget=forms.Textarea(attrs=attrs))


def _key_of(name: str) -> str:
    return " ".join(name.casefold().split())


class UnitField(forms.CharField):
    """A unit by its name, code or key; the browser offers those that there are."""

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=200, widget=forms.TextInput(attrs=_LIST))
        self.known: Mapping[str, Unit] | None = None

    def clean(self, value: Any) -> Any:
        """The unit; None where nothing was given."""
        said = super().clean(value)
        return self.unit(said) if said else None

    def unit(self, said: str) -> Unit:
        """The unit of a name. Raises ``ValidationError`` for one that the office does not know."""
        if self.known is None:
            self.known = units_by_name()
        found = self.known.get(_key_of(said))
        if found is None:
            raise ValidationError(_("The office knows no unit “%(name)s”. Choose one that the field offers.") % {"name": said})
        return found


class UnitsField(UnitField):
    """Several units, a semicolon between them."""

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        super().__init__(label=label, help_text=help_text)
        self.max_length = None
        self.validators = []
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: Any) -> Any:
        """The units."""
        said = forms.CharField.clean(self, value)
        return [self.unit(name.strip()) for name in said.split(";") if name.strip()]


class Opening(forms.Form):
    """By which preset an evaluation is followed, and since when."""

    preset = forms.ChoiceField(label=gettext_lazy("Preset"))
    started = day(gettext_lazy("The clock starts on"))

    def __init__(self, *args: Any, presets: Mapping[str, Preset], why: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["preset"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(p.id, p.name) for p in presets.values()]
        self.fields["started"].help_text = why


class Clock(forms.Form):
    """When what starts the clock happened."""

    started = day(gettext_lazy("The clock starts on"), required=True)


class Charging(forms.Form):
    """Who answers one recommendation."""

    track = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    addressee = forms.ChoiceField(label=gettext_lazy("Addressed to"), choices=Addressee.choices)
    lead = UnitField(label=gettext_lazy("Lead unit"))
    others = UnitsField(label=gettext_lazy("Contributing units"))

    def __init__(self, *args: Any, known: Mapping[str, Unit] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.known = known

    def clean(self) -> dict[str, Any]:
        """Units that contribute need one that leads."""
        given = super().clean() or self.cleaned_data
        if given.get("others") and not given.get("lead") and "lead" not in self.errors:
            self.add_error("lead", _("Name the unit that leads; others contribute to its answer."))
        return given


class Answering(forms.Form):
    """What an answer says."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=gettext_lazy("Is it accepted?"), required=False, widget=forms.RadioSelect)
    text = words(gettext_lazy("The answer"), rows=7, report=True)
    reason = words(gettext_lazy("Reason"), gettext_lazy("Needed where it is accepted only in part or rejected."), rows=3, report=True)
    infeasible = forms.BooleanField(label=gettext_lazy("It cannot be done as recommended"), required=False)
    alternative = words(gettext_lazy("What is done instead"), gettext_lazy("Needed where it cannot be done."), rows=3, report=True)
    money = words(gettext_lazy("The money on which it depends"), gettext_lazy("Leave it empty if it depends on none."), rows=2)

    def __init__(self, *args: Any, preset: Preset, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("not decided yet")), *((str(v), label) for v, label in preset.verdicts.items())]
        if whole:
            for name in ("reason", "infeasible", "alternative", "money"):
                del self.fields[name]

    def said(self, actions: tuple[Promise, ...] | None) -> Drafted:
        """What was given."""
        given = self.cleaned_data
        return Drafted(
            verdict=given.get("verdict", ""),
            text=given.get("text", ""),
            reason=given.get("reason", ""),
            alternative=given.get("alternative", ""),
            infeasible=bool(given.get("infeasible")),
            money=given.get("money", ""),
            actions=actions,
        )


class _Person(_OnePerson):
    def label_from_instance(self, obj: Any) -> str:
        """A person with their unit."""
        return f"{obj.name} ({obj.unit.name})" if obj.unit else str(obj.name)


class Promising(forms.Form):
    """An action of an answer."""

    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    number = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=24)
    text = words(gettext_lazy("What is done"), rows=2, report=True)
    unit = UnitField(label=gettext_lazy("Unit"))
    owner = _Person(
        label=gettext_lazy("Person"), queryset=User.objects.none(), required=False, empty_label=gettext_lazy("not named"), blank=True
    )
    due = day(gettext_lazy("Due"))
    cost = forms.DecimalField(label=gettext_lazy("Cost"), required=False, min_value=0, max_digits=14, decimal_places=2)
    currency = forms.CharField(
        label=gettext_lazy("Currency"), required=False, max_length=3, widget=forms.TextInput(attrs={"placeholder": "USD"})
    )

    def __init__(self, *args: Any, people: Sequence[User] = (), known: Mapping[str, Unit] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, owner = self.fields["unit"], self.fields["owner"]
        if isinstance(unit, UnitField):
            unit.known = known
        if isinstance(owner, forms.ModelChoiceField):
            # The names are there once for all rows: each row would ask for them again.
            owner.queryset = User.objects.filter(pk__in=[p.pk for p in people])
            owner.choices = [("", owner.empty_label or ""), *((p.pk, owner.label_from_instance(p)) for p in people)]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into the row."""
        given = self.cleaned_data
        return not any(given.get(name) for name in ("text", "owner", "cost", "key"))

    def clean(self) -> dict[str, Any]:
        """A row with something in it says what is done; a cost has a currency."""
        given = super().clean() or self.cleaned_data
        if not given.get("text") and any(given.get(name) for name in ("owner", "cost", "key")):
            self.add_error("text", _("An action without words promises nothing: say what is done, or take the row out."))
        if given.get("cost") is not None and not given.get("currency"):
            self.add_error("currency", _("Say in which currency it costs that."))
        return given

    def promise(self) -> Promise:
        """What was given."""
        given = self.cleaned_data
        return Promise(
            text=given["text"],
            unit=given.get("unit"),
            due=given.get("due"),
            number=given.get("number", ""),
            owner=given.get("owner"),
            cost=given.get("cost"),
            currency=given.get("currency", ""),
            key=given.get("key", ""),
        )


class Contributing(forms.Form):
    """What a unit gives to an answer."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    words = words(gettext_lazy("What your unit contributes"), rows=4)


class Deciding(forms.Form):
    """Words with a decision on an answer."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    words = words(gettext_lazy("Words with it"), gettext_lazy("Needed to send it back: whoever reads it has to act on it."), rows=2)


class PointForm(forms.Form):
    """A point of a compound recommendation."""

    number = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=24)
    text = words(gettext_lazy("Words"), rows=2, report=True)
