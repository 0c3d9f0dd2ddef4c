"""The page docs/reference/figures.md: the definitions that come with the program, and what may stand in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.measure.follow_up import Definition
    from evaltrail.measure.follow_up.definition import Formula

_ABOUT = """The definitions of follow-up figures that come with the program ([how to use them and write your own](../how-to/figures.md)).
One that carries an organisation's name follows what that organisation publishes, as far as it could be read; what the source leaves
open is said in its notes."""
_KINDS = {
    "day": "day",
    "event": "day on which it happened; nothing where it has not",
    "last": "day on which it was last reported or looked at; nothing where it was not",
    "text": "text",
    "number": "number",
    "many": "several texts",
}


def figure_page() -> str:
    """The text of the page."""
    from evaltrail.measure.follow_up import shipped
    from evaltrail.measure.follow_up.language import FIELDS

    lines = ["# Figures", "", _ABOUT, "", "| definition | figure | whose | in words |", "|---|---|---|---|"]
    lines += [f"| [`{d.key}`](#{_anchor(d)}) | {d.name} | {d.organisation or ''} | {_cell(d.words)} |" for d in shipped()]
    for definition in shipped():
        lines += ["", *_one(definition)]
    lines += ["", "## Fields that a condition may name", ""]
    for unit, fields in FIELDS.items():
        lines += [f"Of {'an' if unit[0] in 'ae' else 'a'} {unit}:", "", "| field | what it is |", "|---|---|"]
        for name, field in fields.items():
            what = ", ".join(field.values) or _KINDS[field.kind]
            lines.append(f"| `{name}` | {what}{f'; known once `{field.says}` happened' if field.says else ''} |")
        lines.append("")
    lines += ["## What may stand in a definition", "", *_keys()]
    return "\n".join(lines).rstrip() + "\n"


def _anchor(definition: Definition) -> str:
    return definition.key.replace("@", "")


def _one(definition: Definition) -> list[str]:
    facts = {
        "whose": definition.organisation or "a general figure",
        "since": str(definition.since or ""),
        "takes the place of": f"version {definition.replaces}" if definition.replaces else "",
        "kind": f"{definition.kind}{f' over {definition.unit}s' if definition.unit else ''}{', in days' if definition.in_days else ''}",
        "in words": definition.words,
        **(dict(zip(("counted", "out of"), _counted(definition), strict=True)) if definition.unit else {}),
        "needs": ", ".join(f"`{i}`" for i in definition.inputs) + (", a period" if definition.needs_period else ""),
        "unknown": _unknown(definition),
        "left open": "; ".join(
            f"`{name}`: {s.words}{'' if s.default is None else f' ({s.default} unless set)'}" for name, s in definition.settings.items()
        ),
        "bands": ", ".join(f"{word} from {least:g}" for least, word in definition.bands),
    }
    lines = [f"## {definition.key}", "", f"**{definition.name}.** {_cell(definition.notes)}".rstrip(), "", "| | |", "|---|---|"]
    lines += [f"| {name} | {_cell(value)} |" for name, value in facts.items() if value]
    if definition.parts:
        lines += ["", "| part | weight | counted | out of | unknown |", "|---|---|---|---|---|", *_parts(definition)]
    lines += [""] if definition.sources else []
    for source in definition.sources:
        where = f"<{source.url}>" if source.url else source.symbol
        year = f", {source.year}" if source.year else ""
        note = f". {_cell(source.note)}" if source.note else ""
        lines.append(f"- {_cell(source.title)}{year}, {source.status}, read in {source.read}: {where}{note}")
    return lines


def _unknown(definition: Definition) -> str:
    if definition.kind == "composite":
        return "as in its parts"
    if definition.unknown == "abstain":
        return "stops the figure"
    most = f", up to {definition.unknown_at_most * 100:g} per cent of all" if definition.unknown_at_most < 1 else ""
    return f"is left out and counted{most}"


def _counted(formula: Formula) -> tuple[str, str]:
    """What is counted and out of what, as the file has it."""
    from evaltrail.measure.follow_up.language import in_words

    out_of = f"`{in_words(formula.denominator)}`" if formula.denominator else f"all {formula.unit}s"
    counted = f"`{in_words(formula.numerator)}`" if formula.numerator else f"{formula.kind} of `{formula.value}`"
    return counted, out_of


def _parts(formula: Formula, share: float = 1.0, above: str = "") -> Iterator[str]:
    """A line for every part of a composite, those of its parts below it, each with its weight in the whole."""
    for part in formula.parts:
        name = f"{above}{part.name}"
        weight = round(share * part.weight, 4)
        if part.of.kind == "composite":
            yield f"| {name} | {weight:g} | | | |"
            yield from _parts(part.of, weight, f"{name}: ")
        else:
            left_out = "left out and counted" if part.of.unknown == "left out" else "stops the figure"
            yield f"| {name} | {weight:g} | {' | '.join(_counted(part.of))} | {left_out} |"


def _keys() -> list[str]:
    from evaltrail.measure.follow_up import Definition

    whole = Definition.model_json_schema()
    lines = []
    for name, one in {"The file": whole, **{f"`[{k.lower()}]`": v for k, v in whole["$defs"].items()}}.items():
        lines += [f"{name}:", "", "| key | meaning |", "|---|---|"]
        required: list[Any] = one.get("required", [])
        for key, value in one["properties"].items():
            words = _cell(str(value.get("description", "")))
            lines.append(f"| `{key}`{' (required)' if key in required else ''} | {words} |")
        lines.append("")
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
