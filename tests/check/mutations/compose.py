"""Write a draft down as Markdown, which the reader then reads as any paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recall_mutations.draft import Draft, Leaf, Part, Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def compose(draft: Draft) -> str:
    """The paper as Markdown."""
    blocks = [f"# {draft.title}", *draft.front]
    numbers = _numbers(draft)
    for leaf in draft.leaves:
        number = numbers.get(re.sub(r"^p\d\.", "", leaf.key), "")
        blocks.append(f"{'#' * leaf.level} {number} {leaf.heading}" if number else f"{'#' * leaf.level} {leaf.heading}")
        blocks += _written(draft, leaf, numbers)
    if draft.shape == "summary":
        blocks = _with_paragraphs(draft, blocks)
    blocks += [f"[^{n}]: {text}" for n, text in draft.notes.items()]
    return "\n\n".join(b for b in blocks if b) + "\n"


def _with_paragraphs(draft: Draft, blocks: list[str]) -> list[str]:
    """Number the paragraphs, and put in the ranges that the decision names: «R1» for the recommendations of part 1."""
    out: list[str] = []
    ranges: dict[str, list[int]] = {}
    n = part = 0
    under = ""
    for b in blocks:
        if b.startswith("#"):
            part += b.startswith("## ") and b.lstrip("# ").startswith(("Part ", "Partie "))
            under = f"«{'R' if under_recommendations(draft, b) else 'A'}{part}»" if not b.startswith("####") else under
            out.append(b)
        elif not b.startswith(("|", "-", "**", "Table", "Tableau")) and part:
            n += 1
            ranges.setdefault(under, []).append(n)
            out.append(f"{n}. {b}")
        else:
            out.append(b)
    text = {k: (v[0], v[-1]) for k, v in ranges.items()}
    for k, (a, b) in draft.facts.get("shift", {}).items():
        text[k] = (text[k][0] + a, text[k][1] + b)
    return [_with_ranges(b, text) for b in out]


def under_recommendations(draft: Draft, heading: str) -> bool:
    """Whether a heading opens the recommendations of a part."""
    return heading.lstrip("# ") in draft.facts["recommendation headings"]


def _with_ranges(block: str, ranges: dict[str, tuple[int, int]]) -> str:
    for k, (a, b) in ranges.items():
        block = block.replace(k, f"{a}–{b}")
    return block


def _numbers(draft: Draft) -> dict[str, str]:
    """Printed number of each heading by key: 2, 2.1."""
    out: dict[str, str] = {}
    if not draft.number_headings:
        return out
    top = sub = 0
    for leaf in draft.leaves:
        if not leaf.numbered:
            continue
        if leaf.level == 2:
            top, sub = top + 1, 0
            out[leaf.key] = f"{top}."
        else:
            sub += 1
            out[leaf.key] = f"{top}.{sub}"
    return out | draft.overrides


def table(rows: list[list[str]]) -> str:
    """A table; its first row is the header."""
    lines = [f"| {' | '.join(r)} |" for r in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _written(draft: Draft, leaf: Leaf, numbers: dict[str, str]) -> Iterator[str]:
    part = draft.parts[int(leaf.key[1]) - 1] if re.match(r"p\d\.", leaf.key) else draft.part
    words = draft.labels
    if leaf.key == "contents":
        lines = draft.contents
        if lines is None:
            lines = [f"{numbers.get(x.key, '')} {x.heading}".strip() for x in draft.leaves if x.level == 2 and x.key != "contents"]
        yield "\n".join(f"- {x}" for x in lines)
    if leaf.key == "acronyms":
        yield table([[words["acronym"], words["meaning"]], *([k, v] for k, v in draft.acronyms.items())])
    for block in leaf.blocks:
        yield from _block(block)
    yield from {
        "findings": _findings,
        "ratings": _ratings,
        "conclusions": _conclusions,
        "lessons": _lessons,
        "practices": _practices,
        "recommendations": _recommendations,
        "response": _responses,
    }.get(re.sub(r"^p\d\.", "", leaf.key), lambda *_: iter(()))(draft, part)


def _block(block: Any) -> Iterator[str]:
    if isinstance(block, Table):
        if block.title:
            yield block.title
        yield table(block.rows)
    else:
        yield block


def _findings(draft: Draft, part: Part) -> Iterator[str]:
    before = ""
    for f in part.findings:
        if f.criterion != before:
            before = f.criterion
            yield f"{'####' if draft.shape == 'summary' else '###'} {f.criterion}"
        yield (
            f"**{draft.labels['finding']} {f.number}: {f.text}**"
            if draft.seed % 2 or draft.shape == "summary"
            else f"{draft.labels['finding']} {f.number}: {f.text}"
        )
        yield from f.evidence
        yield from (b for t in part.facts.get("tables", {}).get(f.number, ()) for b in _block(t))


def _ratings(draft: Draft, part: Part) -> Iterator[str]:
    words = draft.labels
    if part.ratings:
        yield part.facts.get("ratings_title", "Table 2. Ratings by criterion")
        yield table(
            [
                [words["criterion"], words["rating"], words["value"], words["why"]],
                *([r.criterion, r.words, str(r.value), r.why] for r in part.ratings),
            ]
        )


def _observations(label: str, items: list[Any]) -> Iterator[str]:
    for o in items:
        yield f"{label} {o.number}: {o.text} {o.basis}".rstrip()


def _conclusions(draft: Draft, part: Part) -> Iterator[str]:
    return _observations(draft.labels["conclusion"], part.conclusions)


def _lessons(draft: Draft, part: Part) -> Iterator[str]:
    return _observations(draft.labels["lesson"], part.lessons)


def _practices(draft: Draft, part: Part) -> Iterator[str]:
    return _observations(draft.labels["practice"], part.practices)


def _recommendations(draft: Draft, part: Part) -> Iterator[str]:
    words = draft.labels
    for r in part.recommendations:
        yield f"{'####' if draft.shape == 'summary' else '###'} {words['recommendation']} {r.number}"
        yield " ".join(x for x in (r.text, r.measure, r.basis) if x)
        columns = [(words["unit"], r.unit), (words["priority"], r.priority), (words["time"], r.time), (words["resources"], r.resources)]
        if any(v is not None for _, v in columns):
            yield table([[k for k, _ in columns], [v or "" for _, v in columns]])


def _responses(draft: Draft, part: Part) -> Iterator[str]:
    words = draft.labels
    for a in part.responses:
        yield f"{'####' if draft.shape == 'summary' else '###'} {words['recommendation']} {a.to}"
        yield " ".join(a.sentences)
        if a.actions:
            yield table(
                [[words["action"], words["owner"], words["due"], words["status"]], *([x.text, x.unit, x.due, x.status] for x in a.actions)]
            )
