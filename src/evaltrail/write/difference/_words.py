"""What the formats for people say alike: counts, names of fields, values in words, places in both versions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evaltrail.text.difference.alignment import aligned
from evaltrail.text.difference.version import ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import Change, Comparison, FieldChange, Sighting, Stretch, Tally, Version
    from evaltrail.write.difference import Showing

NOUNS = {
    "document": ("front page", "front pages"),
    "evaluation": ("part", "parts"),
    "finding": ("finding", "findings"),
    "conclusion": ("conclusion", "conclusions"),
    "lesson": ("lesson", "lessons"),
    "good_practice": ("good practice", "good practices"),
    "recommendation": ("recommendation", "recommendations"),
    "response": ("response", "responses"),
    "action": ("action", "actions"),
    "rating": ("rating", "ratings"),
    "overall_response": ("response to the whole", "responses to the whole"),
    "decision": ("decision", "decisions"),
    "footnote": ("footnote", "footnotes"),
    "title": ("title", "titles"),
    "heading": ("heading", "headings"),
    "paragraph": ("paragraph", "paragraphs"),
    "item": ("list item", "list items"),
    "table": ("table", "tables"),
    "caption": ("caption", "captions"),
}
FIRST = ("recommendation", "response", "action", "rating", "finding", "conclusion", "lesson", "good_practice")
"""Kinds that a summary names first: what is followed up, then what it rests on."""
WAYS = ("changed", "added", "removed", "moved", "renumbered", "split", "merged")
FIELDS = {
    "text": "Text",
    "kind": "Kind",
    "order": "Place in order",
    "part": "Part of the paper",
    "number": "Number",
    "label": "Label",
    "criteria": "Criteria",
    "parent": "Part of",
    "responsible": "Responsible",
    "priority": "Priority",
    "time": "Time",
    "resources": "Resources",
    "verdict": "Answer",
    "answers": "Answers",
    "prompt": "Comment answered",
    "unit": "Unit",
    "due": "Due",
    "status": "Status",
    "deliverables": "Deliverables",
    "comments": "Comments",
    "value": "Value",
    "as_printed": "As printed",
    "criterion_as_printed": "Criterion as printed",
    "scale": "Scale",
    "paragraph": "Paragraph",
    "refers": "Paragraphs referred to",
    "title": "Title",
    "symbol": "Symbol",
    "organisation": "Organisation",
    "date": "Date",
    "language": "Language",
    "period.from": "Period from",
    "period.to": "Period to",
    "marker": "Number",
}
_CONTEXT = 24
"""Words by which a thing is told."""
NOTHING = "not stated"
WHOLE = "The paper as a whole"
AFTER = "Decisions and footnotes"
_CODES = {"kind", "verdict", "criteria", "priority", "time", "resources"}
"""Fields whose values are names of the record, in which an underscore stands for a space."""


def counted(number: int, what: str) -> str:
    """A count with its noun: '1 finding', '3 recommendations'."""
    one, many = NOUNS[what]
    return f"{number:,} {one if number == 1 else many}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list: 'a, b and c'."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def summary(comparison: Comparison) -> str:
    """The first line: '3 recommendations changed, 1 added; 2 ratings changed'."""
    said = [_kind_summary(t) for t in in_order(comparison.tallies) if t.all_changes]
    if comparison.renumbered_footnotes:
        said.append(f"{counted(comparison.renumbered_footnotes, 'footnote')} renumbered")
    return "; ".join(said) or ("no statement changed" if not comparison.empty else "no difference")


def in_order(tallies: Iterable[Tally]) -> list[Tally]:
    """The counts with those first that a reader asks for first."""
    return sorted(tallies, key=lambda t: FIRST.index(t.what) if t.what in FIRST else len(FIRST))


def _kind_summary(tally: Tally) -> str:
    found = [(way, getattr(tally, way)) for way in WAYS if getattr(tally, way)]
    (first, n), rest = found[0], found[1:]
    return ", ".join([f"{counted(n, tally.what)} {first}", *(f"{k:,} {way}" for way, k in rest)])


def aside(comparison: Comparison, showing: Showing) -> list[str]:
    """Sentences on what is not in the list of changes, and on how the two were compared."""
    out = list(comparison.notes)
    if comparison.running and not showing.running:
        out.append(f"Of the running text, {running_summary(comparison)}; these are not listed here.")
    if comparison.renumbered_paragraphs:
        one = comparison.renumbered_paragraphs == 1
        out.append(f"{counted(comparison.renumbered_paragraphs, 'paragraph')} {'has' if one else 'have'} another number.")
    if comparison.typographic:
        n = comparison.typographic
        texts = f"{n:,} texts differ only in how they are" if n > 1 else "1 text differs only in how it is"
        out.append(f"{texts} written (quotes, dashes, spaces, hyphens, a rating as a word or a number), which is no change.")
    return out


def running_summary(comparison: Comparison) -> str:
    """'4 paragraphs changed, 2 added; 1 heading removed'."""
    counts = Counter((c.what, c.how) for c in comparison.running)
    said = []
    for what in NOUNS:
        found = [(way, counts[what, way]) for way in WAYS if counts[what, way]]  # type: ignore[index]  # both are names of the schema
        if found:
            said.append(", ".join([f"{counted(found[0][1], what)} {found[0][0]}", *(f"{k:,} {way}" for way, k in found[1:])]))
    return "; ".join(said)


def heading(change: Change) -> str:
    """What happened to what: 'Recommendation 3 changed', 'Recommendation 4 added', 'Recommendation 2 is now 3'."""
    old, new = [s.name for s in change.old], [s.name for s in change.new]
    if not old or not new:
        return f"{(old or new)[0]} {change.how}"
    if change.how == "split":
        return f"{old[0]} split into {listed(new)}"
    if change.how == "merged":
        return f"{listed(old)} merged into {new[0]}"
    kinds = next((f for f in change.fields if f.field == "kind"), None)
    if kinds is not None and change.what not in FIRST:
        return f"{old[0]} is now {_article(NOUNS[change.what][0])}"
    if old[0] == new[0]:
        return f"{new[0]} {change.how}"
    if change.how == "changed":
        return f"{new[0]} (was {old[0]}) changed"
    return f"{old[0]} is now {new[0]}"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def place(seen: Sequence[Sighting]) -> str:
    """Where it stands: 'p. 6, §21'; empty where the paper has neither pages nor lines."""
    said = []
    for s in seen:
        at = [f"p. {s.page}"] if s.page is not None else [f"line {s.line}"] if s.line is not None else []
        if s.paragraph is not None:
            at.append(f"§{s.paragraph.rstrip('.')}")
        if at and ", ".join(at) not in said:
            said.append(", ".join(at))
    return "; ".join(said)


def places(change: Change) -> list[tuple[str, str]]:
    """Where it stands in each version that has it: ('old', 'p. 6'), ('new', 'p. 7')."""
    both = [("old", place(change.old)), ("new", place(change.new))]
    return [(which, at) for which, at in both if at]


def context(change: Change) -> str:
    """The first words of a thing whose own words did not change, so that a reader knows what is meant; empty elsewhere."""
    if not change.new or not change.old or any(f.field == "text" for f in change.fields) or change.what in ("rating", "document"):
        return ""
    words = change.new[0].text.split()
    return " ".join(words[:_CONTEXT]) + (" …" if len(words) > _CONTEXT else "")


def match(change: Change) -> str:
    """How the two were known for the same, where that is not plain: 'matched by likeness, 72 per cent'."""
    if change.by not in ("likeness", "words") or change.how in ("added", "removed", "split", "merged"):
        return ""
    if change.by == "words":
        moved = {"number", "label", "kind", "part"} & {f.field for f in change.fields}
        return "matched by its words" if moved else ""
    return f"matched by likeness, {percent(change.likeness or 0)}"


def percent(share: float) -> str:
    """'72 per cent'; never 100 of what is not the same."""
    return f"{min(round(share * 100), 99 if share < 1 else 100)} per cent"


def field_name(field: str) -> str:
    """A field in words."""
    if field.startswith("as_printed."):
        return f"{FIELDS.get(field.removeprefix('as_printed.'), field)} as printed"
    return FIELDS.get(field, field)


def value(change: FieldChange, side: str) -> str:
    """What a field holds in one version ('old', 'new'), in words."""
    held = change.old if side == "old" else change.new
    if held is None or held in ((), ""):
        return NOTHING
    if isinstance(held, float):
        return f"{held:g}"
    if isinstance(held, int):
        return ordinal(held) if change.field == "order" else f"{held:,}"
    many = list(held) if isinstance(held, tuple) else [held]
    if change.field in _CODES:
        many = [m.replace("_", " ") for m in many]
    return ", ".join(many)


def told_fields(change: Change) -> list[FieldChange]:
    """The fields to be shown beside the text: words as printed only where they say more than the value that was made of them."""
    values = {f.field: f for f in change.fields}
    named = " ".join(s.name for s in change.old), " ".join(s.name for s in change.new)
    out = []
    for f in change.fields:
        made = values.get(f.field.removeprefix("as_printed.")) if "." in f.field else None
        if f.field in ("number", "label") and named[0] != named[1] and str(f.old) in named[0] and str(f.new) in named[1]:
            continue  # the heading says it
        if (
            f.field == "text"
            or (f.field == "number" and "label" in values)
            or (made is not None and _plainly(f.old) == _plainly(made.old) and _plainly(f.new) == _plainly(made.new))
        ):
            continue
        out.append(f)
    return out


def _plainly(held: object) -> str:
    words = ", ".join(held) if isinstance(held, tuple) else str(held or "")
    return words.casefold().replace("_", " ")


def value_pieces(change: FieldChange) -> list[tuple[str, str]]:
    """A field's two values as pairs of sort and words; of lists, name by name. What was not stated is no piece."""
    old, new = change.old, change.new
    if isinstance(old, tuple) and isinstance(new, tuple) and set(old) & set(new):
        out: list[tuple[str, str]] = []
        for sort, name in _names_in_order(old, new):
            out += [("same", ", ")] * bool(out) + [(sort, name.replace("_", " ") if change.field in _CODES else name)]
        return out
    both = [("removed", value(change, "old")), ("added", value(change, "new"))]
    both = [(sort, words) for sort, words in both if words != NOTHING]
    return [both[0], ("same", " → "), both[1]] if len(both) == 2 else both


def _names_in_order(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names of both lists, those taken out where they stood."""
    out: list[tuple[str, str]] = []
    i = j = 0
    for a, b in [*aligned(old, new), (len(old), len(new))]:
        out += [("removed", x) for x in old[i:a]] + [("added", x) for x in new[j:b]] + [("same", x) for x in new[b : b + 1]]
        i, j = a + 1, b + 1
    return out


def names(comparison: Comparison, showing: Showing) -> tuple[str, str]:
    """What the two versions are called: their files, else their symbols and dates where these tell them apart."""
    old, new = (
        given or ", ".join(x for x in (v.symbol, v.date) if x)
        for v, given in zip((comparison.old, comparison.new), showing.names, strict=True)
    )
    told = old != new or any(showing.names)
    return (old or "the older version", new or "the newer version") if told else ("the older version", "the newer version")


def about(version: Version) -> str:
    """Symbol, date, pages and statements of a version."""
    said = [version.symbol, version.date]
    if version.pages:
        said.append(f"{version.pages:,} page{'' if version.pages == 1 else 's'}")
    said.append(f"{version.statements:,} statement{'' if version.statements == 1 else 's'}")
    return ", ".join(x for x in said if x)


def by_part(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Changes under the parts of the paper that they stand in, in their order, each part with its name."""
    out: list[tuple[str, list[Change]]] = []
    for c in changes:
        name = c.part or (AFTER if c.what in ("decision", "footnote") else WHOLE)
        if not out or out[-1][0] != name:
            out.append((name, []))
        out[-1][1].append(c)
    return out


def pieces(change: Change, f: FieldChange) -> list[tuple[str, tuple[Stretch, ...]]]:
    """The words of a text under the names of the statements that it was split into, or merged of; else all under no name."""
    parts = {"split": change.new, "merged": change.old}.get(change.how)
    if parts is None or f.field != "text":
        return [("", f.words)]
    other = "removed" if change.how == "split" else "added"
    left = list(f.words)
    out = []
    for n, part in enumerate(parts):
        room, mine = len(part.text) + 1, []  # a line break parts the statements' texts
        while left and (room > 0 or n == len(parts) - 1):
            s = left.pop(0)
            words = s.was if change.how == "merged" and s.was is not None else s.text
            if s.how != other:
                if len(words) > room and n < len(parts) - 1:
                    # A stretch that differs in typography alone is cut in the writing of one version, and shown in that.
                    mine.append(s.model_copy(update={"text": words[:room], "was": None}))
                    left.insert(0, s.model_copy(update={"text": words[room:], "was": None}))
                    break
                room -= len(words)
            mine.append(s)
        out.append((part.name, tuple(mine)))
    return out


def excerpted(stretches: Sequence[Stretch], around: int = 12) -> list[tuple[str, str]]:
    """The stretches as pairs of sort and words, those in both versions cut to so many words around the changes."""
    out: list[tuple[str, str]] = []
    last = len(stretches) - 1
    for n, s in enumerate(stretches):
        if s.how != "same":
            out.append((s.how, s.text))
            continue
        words = s.text.split()
        keep = (around if n else 0) + (around if n < last else 0)
        if len(words) <= keep + 4 or last < 1:
            out.append(("same", s.text))
            continue
        head, tail = " ".join(words[:around]) if n else "", " ".join(words[-around:]) if n < last else ""
        lead = " " if s.text[:1].isspace() and n else ""
        end = " " if s.text[-1:].isspace() and n < last else ""
        out.append(("same", f"{lead}{head}{' ' if head else ''}…{' ' if tail else ''}{tail}{end}"))
    return out
