"""Forms of registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.actions.registers import house_preset
from evaltrail_office.follow_up.machine import Verdict
from evaltrail_office.follow_up.models.answers import Addressee
from evaltrail_office.follow_up.registers.fields import LABELS, LEFT_OUT, NEW_UNIT, Fields
from evaltrail_office.follow_up.registers.guess import distinct
from evaltrail_office.follow_up.registers.words import status_for, verdict_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from evaltrail_office.follow_up.models import Register
    from evaltrail_office.follow_up.registers.known import OfUnit

    _OneEvaluation = forms.ModelChoiceField[Evaluation]
else:
    _OneEvaluation = forms.ModelChoiceField


class Bring(forms.Form):
    """For which evaluation a file is brought; the file itself goes straight into the shelf."""

    def __init__(self, *args: Any, evaluations: QuerySet[Evaluation], whole_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.evaluations = evaluations
        label = gettext_lazy("For the evaluation")
        if whole_office:
            # An office has thousands of them: no list to choose from.
            text = _("Its key, as E-00012, where all rows are of one evaluation. Empty: the rows say which.")
            self.fields["evaluation"] = forms.CharField(label=label, max_length=20, required=False, help_text=text)
        else:
            self.fields["evaluation"] = _OneEvaluation(queryset=evaluations, to_field_name="key", empty_label=_("choose one"), label=label)

    def clean_evaluation(self) -> Evaluation | None:
        """The evaluation that is named."""
        given: Evaluation | str = self.cleaned_data["evaluation"]
        if isinstance(given, Evaluation):
            return given
        if not given.strip():
            return None
        found = self.evaluations.filter(key=given.strip().upper()).first()
        if found is None:
            raise forms.ValidationError(_("There is no evaluation %(key)s.") % {"key": given.strip()})
        return found


class Sheet(forms.Form):
    """Which sheet holds the register, and which row the headings."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header = forms.IntegerField(label=gettext_lazy("Row of the headings"), min_value=1, max_value=20_000)

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"sheet": register.sheet, "header": register.header})
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            (s["name"], _("%(name)s (%(rows)d rows)") % {"name": s["name"] or _("the file"), "rows": s["rows"]}) for s in register.sheets
        ]


class Mapped(forms.Form):
    """What each column is, what words of statuses and answers mean, and how the whole is taken over."""

    order = forms.ChoiceField(
        label=gettext_lazy("In 3/4/2026 the first number is"),
        choices=[("day", gettext_lazy("the day")), ("month", gettext_lazy("the month"))],
    )
    closer = forms.ChoiceField(
        label=gettext_lazy("Who says that something is done"),
        choices=[
            ("unit", gettext_lazy("the unit itself: it counts as self-reported")),
            ("keeper", gettext_lazy("whoever keeps the register, and judges it: it counts as verified")),
        ],
    )
    addressee = forms.ChoiceField(label=gettext_lazy("The recommendations are addressed to"), choices=Addressee.choices)
    stage = forms.ChoiceField(
        label=gettext_lazy("Evaluations that are made of it"),
        choices=[
            ("issued", gettext_lazy("are seen as issued ones are")),
            ("released", gettext_lazy("are released: everybody who holds a role sees them")),
        ],
    )
    unknown_units = forms.ChoiceField(
        label=gettext_lazy("Units that the office does not know"),
        choices=[("words", gettext_lazy("stay as printed words")), ("new", gettext_lazy("are made"))],
    )
    organisation = forms.CharField(label=pgettext_lazy("of an evaluation", "Organisation"), max_length=300, required=False)
    name = forms.CharField(label=gettext_lazy("Remember the mapping as"), max_length=120, required=False)

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        self.register = register
        self.was = Fields.model_validate(register.fields)
        initial = self.was.model_dump(include={"order", "closer", "addressee", "stage", "unknown_units", "organisation"})
        kwargs.setdefault("initial", {**initial, "name": register.mapping.name if register.mapping else ""})
        super().__init__(*args, **kwargs)
        if register.evaluation_id:
            self.fields["stage"].required = False
        fields = {heading: name for name, heading in self.was.columns.items()}
        choices = [("", _("not taken over")), *LABELS.items()]
        for at, heading in enumerate(register.headings):
            self.fields[f"column-{at}"] = forms.ChoiceField(label=heading, choices=choices, required=False, initial=fields.get(heading, ""))
        statuses = [("", _("not mapped")), *((s.code, s.words) for s in house_preset().statuses), (LEFT_OUT, _("leave these rows out"))]
        self._words("status", register.counts.get("statuses", {}), statuses, self.was.statuses)
        self._words("verdict", register.counts.get("verdicts", {}), [("", _("not mapped")), *Verdict.choices], self.was.verdicts)

    def _words(self, kind: str, words: dict[str, int], choices: list[tuple[Any, Any]], chosen: dict[str, str]) -> None:
        for at, printed in enumerate(words):
            self.fields[f"{kind}-{at}"] = forms.ChoiceField(label=printed, choices=choices, required=False, initial=chosen.get(printed, ""))

    def columns(self) -> Iterator[tuple[str, list[str], forms.BoundField]]:
        """Heading, examples and choice of each column."""
        examples = self.register.counts.get("examples", [])
        for at, heading in enumerate(self.register.headings):
            yield heading, examples[at] if at < len(examples) else [], self[f"column-{at}"]

    def options(self) -> list[forms.BoundField]:
        """How the whole is taken over; of one evaluation's matrix there is less to say."""
        names = ["order", "closer", "unknown_units", "addressee", "stage", "organisation", "name"]
        return [self[name] for name in names if not (self.register.evaluation_id and name in {"stage", "organisation"})]

    def statuses(self) -> list[tuple[str, int, forms.BoundField]]:
        """Printed words, how many rows have them, and the choice."""
        return [(words, n, self[f"status-{at}"]) for at, (words, n) in enumerate(self.register.counts.get("statuses", {}).items())]

    def verdicts(self) -> list[tuple[str, int, forms.BoundField]]:
        """The same of answers."""
        return [(words, n, self[f"verdict-{at}"]) for at, (words, n) in enumerate(self.register.counts.get("verdicts", {}).items())]

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one field."""
        given = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for at, heading in enumerate(self.register.headings):
            name = given.get(f"column-{at}")
            if name and name in seen:
                words = _("“%(one)s” and “%(other)s” cannot both be this: choose one.") % {"one": seen[name], "other": heading}
                self.add_error(f"column-{at}", words)
            elif name:
                seen[name] = heading
        return given

    def chosen(self) -> Fields:
        """The mapping that was chosen. Words of a column that was another before are understood anew."""
        given = self.cleaned_data
        columns = {name: h for at, h in enumerate(self.register.headings) if (name := given[f"column-{at}"])}
        fields = self.was.model_copy(
            update={
                "columns": {name: columns[name] for name in LABELS if name in columns},
                **{n: given[n] or getattr(self.was, n) for n in ("order", "closer", "addressee", "stage", "unknown_units")},
                "organisation": given["organisation"],
            }
        )
        counts = self.register.counts
        fields.statuses = {w: given[f"status-{at}"] for at, w in enumerate(counts.get("statuses", {}))}
        fields.verdicts = {w: given[f"verdict-{at}"] for at, w in enumerate(counts.get("verdicts", {}))}
        preset = house_preset()
        if columns.get("status") != self.was.columns.get("status"):
            fields.statuses = {w: status_for(w, preset) for w in self._distinct(columns.get("status"))}
        if columns.get("verdict") != self.was.columns.get("verdict"):
            fields.verdicts = {w: verdict_for(w) for w in self._distinct(columns.get("verdict"))}
        return fields

    def _distinct(self, heading: str | None) -> dict[str, int]:
        if heading is None:
            return {}
        at = self.register.headings.index(heading)
        return distinct([cells[at] for cells in self.register.rows.values_list("cells", flat=True) if at < len(cells)])


class Units(forms.Form):
    """Which unit printed words mean; one field for each of a page's words."""

    def __init__(
        self, *args: Any, words: dict[str, OfUnit], counts: dict[str, int], known: dict[str, str], was: Fields, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.counts = words, counts
        choices = [("", _("stays as printed words")), (NEW_UNIT, _("a new unit")), *known.items()]
        for at, (printed, meant) in enumerate(words.items()):
            usual = NEW_UNIT if was.unknown_units == "new" else ""
            chosen = was.units.get(printed, meant.unit.key if meant.unit else usual)
            self.fields[f"unit-{at}"] = forms.ChoiceField(label=printed, choices=choices, required=False, initial=chosen)

    def lines(self) -> list[tuple[str, int, OfUnit, forms.BoundField]]:
        """Printed words, how many rows have them, what they are known to mean, and the choice."""
        return [(p, self.counts.get(p, 0), meant, self[f"unit-{at}"]) for at, (p, meant) in enumerate(self.words.items())]

    def chosen(self) -> dict[str, str]:
        """By printed words."""
        return {printed: self.cleaned_data[f"unit-{at}"] for at, printed in enumerate(self.words)}
