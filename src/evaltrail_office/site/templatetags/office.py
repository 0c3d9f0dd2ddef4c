"""Tags that every page of the office may use: ``{% load office %}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from evaltrail.check.rule import rules
from evaltrail.check.sheet import SUGGESTIONS
from evaltrail.check.wording import worded, wording
from evaltrail.write.charts import SIX, Scale
from evaltrail_office.accounts.access import Scope
from evaltrail_office.accounts.policy import CONSULTED, Role
from evaltrail_office.evaluations.models import GateKind
from evaltrail_office.journal import words as journal_words
from evaltrail_office.shelf import words as shelf_words
from evaltrail_office.shelf.words import SATISFACTORY, rating_word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.template import RequestContext

    from evaltrail.check.report import RelatedPlace, Remark
    from evaltrail.check.sheet import Evidence, Row
    from evaltrail_office.journal.models import Entry

register = template.Library()

_ICON = re.compile(r"[a-z_]+")
_STEPS = 6

STATES = {
    "late": gettext_lazy("Late"),
    "broken": gettext_lazy("Broken"),
    "under_way": gettext_lazy("Under way"),
    "claimed": gettext_lazy("Claimed"),
    "verified": gettext_lazy("Verified"),
    "confirmed": gettext_lazy("Confirmed"),
    "not_started": gettext_lazy("Not started"),
    "accepted": gettext_lazy("Accepted"),
    "partially_accepted": gettext_lazy("Accepted in part"),
    "rejected": gettext_lazy("Rejected"),
    "noted": gettext_lazy("Noted"),
    "unclear": gettext_lazy("Unclear answer"),
}

LETTERS = {"finding": "F", "conclusion": "C", "lesson": "L", "good_practice": "L", "recommendation": "R", "response": "A"}


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry of the main navigation."""

    label: str
    url: str
    current: str
    """Value of ``aria-current``; empty: elsewhere."""


def _navigation() -> list[tuple[str, str, bool]]:
    """URL name, label, and whether only those who work in the evaluation office use it."""
    return [
        ("library", _("Evaluations"), False),
        ("intake", _("Intake"), True),
        ("plan", _("Work plan"), False),
        ("drafts", _("Drafts"), True),
        ("follow-up", _("Follow-up"), False),
        ("dashboard", _("Dashboard"), False),
        ("search", _("Search"), False),
    ]


@register.simple_tag(takes_context=True)
def navigation(context: RequestContext) -> list[NavLink]:
    """Entries of the main navigation, as far as the person may use them."""
    request = context.get("request")
    scope = context.get("scope") or Scope()
    if request is None or not scope.key:
        return []
    writes = scope.in_office or bool(scope.keys({Role.TEAM}))
    entries = [(n, label) for n, label, of_office in _navigation() if not of_office or (writes if n == "drafts" else scope.in_office)]
    if scope.office & CONSULTED or scope.keys(CONSULTED):
        entries.insert(1, ("comments-mine", _("Comments")))
    if scope.administrator or Role.HEAD in scope.office:
        entries.append(("people", _("People")))
    if scope.administrator:
        entries.append(("jobs", _("Jobs")))
    found = [NavLink(label, url, _current(request.path, url)) for name, label in entries if (url := named_url(name))]
    section = context.get("section")
    if section and not any(link.current for link in found):
        return [NavLink(link.label, link.url, "true" if link.url == named_url(section) else "") for link in found]
    return found


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


@register.simple_tag
def named_url(name: str, *args: Any) -> str:
    """The address of that name; empty where this office has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@cache
def _drawing(name: str) -> SafeString:
    if not _ICON.fullmatch(name):
        raise ValueError(f"{name!r} names no icon")
    return mark_safe(get_template(f"site/icons/{name}.svg").render().strip())  # noqa: S308 - our own file


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon as inline SVG: ``{% icon "late" %}``. It says nothing by itself; words stand beside it."""
    return _drawing(name)


@register.simple_tag
def state(name: str, words: str = "") -> SafeString:
    """A state as shape and word: ``{% state "late" "Late, 29 days" %}``. Without words those of the state itself."""
    if not name:
        return SafeString("")
    drawn = _drawing(name) if name in STATES else _drawing("not_started")
    return format_html('<span class="state state-{}">{}<span>{}</span></span>', name, drawn, words or STATES.get(name, name))


@cache
def scale_of(printed: str) -> Scale:
    """The scale that a record's words tell (``1-4: 1 = Poor; …``); the one of six where they tell none."""
    try:
        found = Scale.of(printed)
    except ValueError:
        return SIX
    # Six steps without words are the usual ones.
    return SIX if len(found.steps) == _STEPS and not any(step.word for step in found.steps) and found.first == 1 else found


def colour_step(scale: Scale, index: int) -> int:
    """One of six colours for a step of a scale, on the same side of the line."""
    last = len(scale.steps) - 1
    if scale.line is None:
        return 1 + round(index / last * (_STEPS - 1))
    below = index < scale.line
    most, at = (scale.line - 1, index) if below else (last - scale.line, index - scale.line)
    # The step next to the line has the colour next to it; the outermost the outermost.
    third = round(at / most * 2) if most else (2 if below else 0)
    return (1 if below else 4) + third


def word_of(scale: Scale, value: float | None) -> str:
    """What a value means in the words of its scale; empty where it has none."""
    if value is None:
        return _("not rated")
    position = scale.position(value)
    if position is None:
        return ""
    index = scale.step(position)
    return str(SATISFACTORY[index + 1]) if scale is SIX else rating_word(scale.steps[index].word)


def printed_value(value: float | None) -> str:
    """A rating as it is shown: ``4``, ``3.5``, ``–`` for none."""
    if value is None:
        return "–"
    return str(int(value)) if value == int(value) else f"{value:.1f}"


def _step(scale: Scale, value: float | None) -> int | None:
    position = None if value is None else scale.position(value)
    return None if position is None else scale.step(position)


@register.inclusion_tag("site/parts/rating.html")
def rating(value: float | None, scale: str = "") -> dict[str, Any]:
    """A rating as a cell: number, colour, notch. ``scale`` as the record prints it."""
    on = scale_of(scale)
    at = _step(on, value)
    return {
        "step": "" if at is None else colour_step(on, at),
        "lineless": on.line is None,
        "words": word_of(on, value),
        "printed": printed_value(value),
    }


@register.inclusion_tag("site/parts/boxes.html")
def boxes(value: float | None, scale: str = "", earlier: float | None = None) -> dict[str, Any]:
    """A rating as a row of boxes filled to the value, a line in the middle, a hollow triangle for an earlier rating."""
    on = scale_of(scale)
    at, before = _step(on, value), _step(on, earlier)
    row = [
        {
            "number": printed_value(value),
            "filled": at is not None and index <= at,
            "on": index == at,
            "line": index == on.line,
            "earlier": index == before,
        }
        for index in range(len(on.steps))
    ]
    return {"step": "" if at is None else colour_step(on, at), "lineless": on.line is None, "boxes": row}


@register.simple_tag
def scale_marks(scale: str = "") -> SafeString:
    """Marks of a scale's steps, to stand above rows of boxes."""
    on = scale_of(scale)
    marks = format_html_join(
        "", "<span{}>{}</span>", ((mark_safe(' class="past"') if i == on.line else "", on.label(i)) for i in range(len(on.steps)))
    )
    return format_html('<span class="boxes scale" aria-hidden="true">{}</span>', marks)


@register.simple_tag
def has_line(scale: str = "") -> bool:
    """Whether a scale has a line between bad and good."""
    return scale_of(scale).line is not None


@register.simple_tag
def rating_words(value: float | None, scale: str = "") -> str:
    """What a rating means, in the words of its scale."""
    return word_of(scale_of(scale), value)


@register.simple_tag
def place(document: Any, statement: Any, paragraph: str = "") -> SafeString:
    """A link to a statement's place: ``p. 38, §83``. ``document`` has a key, ``statement`` a record id and a page."""
    key = getattr(document, "key", document)
    identifier = getattr(statement, "record_id", "") or getattr(statement, "id", "")
    page = getattr(statement, "page", None)
    places = getattr(statement, "places", ())
    if page is None and places:
        page = places[0].page
    words = ", ".join([*([_("p. %(page)s") % {"page": page}] if page else []), *([f"§{paragraph}"] if paragraph else [])])
    address = named_url("statement", key, identifier)
    if not address:
        return format_html('<span class="place">{}</span>', words)
    return format_html('<a class="place" href="{}">{}</a>', address, words or _("place"))


_PAGES = {
    "action": "action",
    "answer": "answer",
    "batch": "batch",
    "document": "document",
    "evaluation": "evaluation",
    "recommendation": "recommendation",
}


@register.simple_tag
def thing(name: str) -> SafeString:
    """What a journal's entry is about, as a link where it has a page: ``document:D-000012``."""
    kind_of, _colon, key = name.partition(":")
    if kind_of == "statement":
        document, _slash, statement = key.partition("/")
        address = named_url("statement", document, statement) if statement else ""
    else:
        address = named_url(_PAGES[kind_of], key) if kind_of in _PAGES else ""
    words = journal_words.thing(kind_of, _gate(key) if kind_of == "gate" else key)
    return format_html('<a href="{}">{}</a>', address, words) if address else SafeString(escape(words))


def _gate(key: str) -> str:
    """A gate's key for people: ``E-000007, draft report``."""
    evaluation, _slash, name = key.partition("/")
    return f"{evaluation}, {GateKind(name).label}" if name in GateKind.values else key


@register.simple_tag
def doer(names: Mapping[str, str], actor: str) -> str:
    """Who did what an entry tells: a person's name, or that it was the program itself."""
    return _("The program") if actor.startswith("system:") else names.get(actor) or actor


@register.simple_tag
def done(entry: Entry) -> SafeString:
    """What an entry of the journal says was done, in the interface's language: ``confirmed document D-000012``."""
    words = journal_words.verb(entry.verb, entry.thing.partition(":")[0])
    return SafeString(escape(words) % {"thing": thing(entry.thing)})


_DAYS = {
    "day": {"": "j F Y", "es": r"j \d\e F \d\e Y"},
    "short": {"": "j M Y", "fr": "j N Y", "es": "j b Y"},
    "month": {"": "F Y", "es": r"F \d\e Y"},
}
"""How dates are written: in every language that has no form of its own as under the empty one. Names of months are the language's."""


def _written(when: date | None, form: str, *, time: bool = False) -> str:
    forms = _DAYS[form]
    return date_format(when, forms.get((get_language() or "")[:2], forms[""]) + (", H:i" if time else "")) if when else ""


@register.filter(expects_localtime=True)
def day(when: date | None) -> str:
    """A date in the words of the interface's language: 3 March 2025. Pages write dates by these filters and have no format of their own."""
    return _written(when, "day")


@register.filter(expects_localtime=True)
def moment(when: datetime | None) -> str:
    """A date and time: 3 March 2025, 14:05."""
    return _written(when, "day", time=True)


@register.filter(expects_localtime=True)
def short_day(when: date | None) -> str:
    """A date where there is little room: 3 Mar 2025."""
    return _written(when, "short")


@register.filter(expects_localtime=True)
def short_moment(when: datetime | None) -> str:
    """A date and time where there is little room: 3 Mar 2025, 14:05."""
    return _written(when, "short", time=True)


@register.filter(expects_localtime=True)
def month(when: date | None) -> str:
    """A month: March 2025."""
    return _written(when, "month")


@register.filter
def criterion(name: str) -> str:
    """A criterion's name for people."""
    return shelf_words.criterion(name)


@register.filter
def criterion_field(name: str) -> str:
    """A criterion as it stands in a field that is read back."""
    return shelf_words.criteria_line([name])


@register.filter
def term(value: str | None) -> str:
    """A priority, a time or a need of resources for people."""
    return shelf_words.term(value or "")


@register.simple_tag
def remark_words(remark: Remark) -> SafeString:
    """What a remark of the check says.

    One that an earlier version of the program has kept, or says no more, is in English: the rule's title stands before it.
    """
    words = worded(remark.message, remark.wording, get_language() or "en")
    if words is not None:
        return format_html("<p>{}</p>", words)
    rule = rules().get(remark.rule)
    sentence = format_html('<p lang="en"{}>{}</p>', SafeString(' class="small"') if rule else "", remark.message)
    return format_html("<p>{}.</p>{}", _(rule.title), sentence) if rule else sentence


@register.filter
def said(kept: RelatedPlace) -> str:
    """What a remark says of another place."""
    return shelf_words.said(kept.text, kept.wording)


@register.simple_tag
def evidence_words(kept: Evidence) -> str:
    """What a rule says for or against an item of a checklist."""
    return shelf_words.said(kept.message, kept.wording)


@register.simple_tag
def suggestion_words(row: Row) -> str:
    """What the program found of an item of a checklist: "seems partly met"."""
    return shelf_words.said(row.suggestion, wording(SUGGESTIONS[row.suggestion]))


@register.simple_tag
def why_words(row: Row) -> str:
    """Why an item of a checklist is left to a person, or not applicable."""
    return shelf_words.said(row.why, row.why_wording)


@register.simple_tag
def remark_counts(errors: int, warnings: int, notes: int) -> str:
    """How many remarks a check made: ``1 error, 6 warnings, 8 notes``."""
    told = [
        ngettext("%(n)s error", "%(n)s errors", errors) % {"n": errors},
        ngettext("%(n)s warning", "%(n)s warnings", warnings) % {"n": warnings},
        ngettext("%(n)s note", "%(n)s notes", notes) % {"n": notes},
    ]
    return ", ".join(told)


@register.filter
def language(code: str | None) -> str:
    """A language's name for people, in theirs; the code where it is of no known language."""
    try:
        return str(get_language_info((code or "").lower())["name_translated"])
    except KeyError:
        return code or ""


@register.filter
def kind(name: str) -> str:
    """The name of a kind of statement for people."""
    return shelf_words.kind(name)


@register.filter
def field_name(name: str) -> str:
    """The name of a record's field for people."""
    return shelf_words.field(name)


@register.simple_tag
def field_value(name: str, value: Any) -> str:
    """A field's value for people, as a comparison tells it."""
    return shelf_words.value_of(
        name, ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else "" if value is None else str(value)
    )


@register.filter
def letter(name: str) -> str:
    """The letter of a kind of statement: F, C, L, R, A."""
    return LETTERS.get(name, "T")


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """What a mapping holds under a key; None where it holds nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None
