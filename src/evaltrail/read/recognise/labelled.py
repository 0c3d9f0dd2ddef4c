"""Labelled statements: "Key finding 3: …", a heading "Recommendation 1" with what follows, "Management response: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Candidate
from evaltrail.read.recognise.column_lines import heads_columns
from evaltrail.read.recognise.labels import Label, code_of, label_of, label_of_several
from evaltrail.read.recognise.sections import KIND_OF_ROLE, criteria_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting


def whole(block: Block) -> Text:
    """A block's marker and words as one text."""
    return join([block.marker, block.content]) if block.marker.text else block.content


def block_label(block: Block, roles: frozenset[str] = frozenset()) -> Label | None:
    """The label that a block begins with; roles of its section allow short codes."""
    if block.kind == "table" or not block.text:
        return None
    return _noun_label(block) or _bold_label(block) or _code_label(block, frozenset(KIND_OF_ROLE[r] for r in roles))


def _noun_label(block: Block) -> Label | None:
    """A noun with its number or mark."""
    head = block.kind in ("heading", "title")
    alone = head or block.bold > 0.9 or _lead(block) > 0
    found = label_of(block.text, alone=alone or len(block.text.split()) <= 4)
    if found is not None and found.number is None and alone and not head and not found.separator:
        lead = block.bold_spans[0][1] if block.bold_spans else 0
        if lead and abs(lead - found.end) > 3 and block.bold <= 0.9:
            return None
    return found


def _bold_label(block: Block) -> Label | None:
    """A bold opening that is a label and nothing else, without a mark behind it."""
    if block.kind == "heading" or not _lead(block):
        return None
    lead = block.text[: _lead(block)]
    label = label_of(lead, alone=True)
    return label if label is not None and label.end >= len(lead.rstrip()) else None


def _code_label(block: Block, kinds: frozenset[str]) -> Label | None:
    """A short code, in the text or as the block's marker, for one of ``kinds``."""
    if not kinds:
        return None
    marker = block.marker.text
    if marker and re.match(r"[A-Z]{1,3}\s?\d", marker):
        code = code_of(marker, kinds)
        if code is not None:
            return Label(code.kind, code.number, code.printed, 0, "code", code.separator)
    return code_of(block.text, kinds)


def _of_several(block: Block, setting: Setting) -> Label | None:
    """The heading of an answer to several recommendations at once: "Recommendations 1 and 2" in a section of answers."""
    alone = block.kind == "heading" or block.bold > 0.9
    return label_of_several(block.text) if alone and "response" in setting.roles and "recommendations" not in setting.roles else None


def _lead(block: Block) -> int:
    """Length of the bold opening of a block, 0 without one."""
    return block.bold_spans[0][1] if block.bold_spans and block.bold_spans[0][0] == 0 else 0


@dataclass(slots=True)
class _Scan:
    blocks: Sequence[Block]
    settings: Sequence[Setting]
    labels: list[Label | None]
    found: list[Candidate]


def labelled(blocks: Sequence[Block], settings: Sequence[Setting], taken: set[int]) -> list[Candidate]:
    """All labelled statements in reading order, repetitions included; ``taken`` blocks (tables read otherwise) are left out.

    Under a heading that announces responses, "Recommendation n" labels the answer, unless a label of a response
    follows before the next recommendation.
    """
    labels = [None if i in taken else block_label(b, settings[i].roles) or _of_several(b, settings[i]) for i, b in enumerate(blocks)]
    scan = _Scan(blocks, settings, labels, [])
    current: Candidate | None = None
    for i, label in enumerate(labels):
        if label is None or settings[i].aside:
            continue
        several = _items_under(scan, i, label)
        if several:
            scan.found.extend(several)
            current = several[-1] if label.kind == "recommendation" else current
            continue
        candidate = _candidate(scan, i, label)
        if candidate is None:
            continue
        if candidate.kind == "recommendation":
            if _is_answer(scan, i):
                candidate.kind = "response"
                candidate.answers = [label.number] if label.number else []
                candidate.number = None
            elif label.plural and label.number:
                continue
            else:
                current = candidate
        elif candidate.kind == "response" and not candidate.answers:
            if label.number:
                candidate.answers = [label.number]
            elif current is not None:
                candidate.target = current
                candidate.answers = [current.number] if current.number else []
        scan.found.append(candidate)
    return scan.found


def _items_under(scan: _Scan, i: int, label: Label) -> list[Candidate]:
    """A bare "Recommendation:" or "Lessons:" over a list: each item is a statement."""
    block = scan.blocks[i]
    if label.number is not None or label.kind == "response" or block.content.cut(label.end).text or block.kind == "title":
        return []
    out: list[Candidate] = []
    for j in range(i + 1, len(scan.blocks)):
        b = scan.blocks[j]
        if b.kind != "item" or scan.labels[j] is not None:
            break
        if out and b.level > (out[0].block.level if out[0].block else 1):
            out[-1].text = join([out[-1].text, whole(b)], "\n")
            out[-1].last = j
            continue
        out.append(
            Candidate(
                label.kind,
                b.content,
                j,
                scan.settings[j],
                "bullet",
                label=label.printed,
                criteria=scan.settings[j].criteria,
                block=b,
                last=j,
                group=("label list", i),
            )
        )
    return out


def _candidate(scan: _Scan, i: int, label: Label) -> Candidate | None:
    block, setting = scan.blocks[i], scan.settings[i]
    rest = block.content.cut(label.end)
    head = block.kind in ("heading", "title")
    alone = head or (block.bold > 0.9 and len(rest.text) < 90 and not rest.text.endswith("."))
    if label.number is None and head and label.kind != "response" and len(rest.text.split()) < 5:
        # "Finding: relevance" as a section title.
        return None
    parts = [rest] if rest.text else []
    last = i
    if not rest.text or (alone and label.kind in ("recommendation", "response")) or (alone and len(rest.text.split()) < 7):
        body, last = _body(scan, i, label)
        if not rest.text and not body:
            return None
        parts += body
    elif rest.text.endswith(":") or label.kind == "response":
        body, last = _tail(scan, i, label)
        parts += body
    if block.box is not None and label.kind != "response":
        body, last = _rest_of_frame(scan, last, block.box)
        parts += body
    if not parts:
        return None
    text = join(parts, "\n")
    criteria = setting.criteria
    if head and not criteria:
        criteria = criteria_of(rest.text)
    fields = {"responsible": block.content.cut(*label.to)} if label.to is not None else {}
    return Candidate(
        label.kind,
        text,
        i,
        setting,
        "heading" if alone else "label",
        number=label.number,
        label=label.printed,
        criteria=criteria,
        fields=fields,
        answers=[label.number] if label.answers and label.number else [],
        block=block,
        last=last,
        group=(label.kind, label.printed.rstrip("0123456789IVX. ")),
    )


def _body(scan: _Scan, i: int, label: Label) -> tuple[list[Text], int]:
    """What stands under a label that is alone on its line: the next paragraphs up to another label, heading or table."""
    parts: list[Text] = []
    counted = 0
    last = i
    start = scan.blocks[i]
    for j in range(i + 1, min(len(scan.blocks), i + 60)):
        b = scan.blocks[j]
        if scan.labels[j] is not None or b.kind in ("table", "caption", "title"):
            break
        if b.kind == "heading" and (not start.level or not b.level or b.level <= start.level or start.kind != "heading" or parts):
            break
        if heads_columns(b.text):
            break
        if b.kind == "heading":
            continue
        # "2.1", "2.2" … under "Recommendation 2" are its parts, and not paragraphs of chapter 2.
        counts = b.marker.text.strip("().: ") == f"{label.number}.{counted + 1}"
        counted += counts
        parts.append(whole(b) if counts or (b.kind == "item" and parts) else b.content)
        last = j
        if label.kind not in ("recommendation", "response") and not b.text.endswith(":"):
            break
        if label.kind == "response" and _opens_another(scan, j + 1):
            break
        if label.kind == "recommendation" and start.box != b.box:
            break
    return parts, last


def _rest_of_frame(scan: _Scan, last: int, box: str) -> tuple[list[Text], int]:
    """What follows a labelled statement in the drawn frame that it opens: a frame with one label holds one statement."""
    parts: list[Text] = []
    for j in range(last + 1, len(scan.blocks)):
        b = scan.blocks[j]
        if b.box != box or b.kind not in ("paragraph", "item"):
            break
        if scan.labels[j] is not None:
            return [], last
        parts.append(whole(b) if b.kind == "item" else b.content)
    return parts, last + len(parts)


def _opens_another(scan: _Scan, j: int) -> bool:
    """Whether a numbered block in bold begins here: the next recommendation of a list, not the answer's next paragraph."""
    return j < len(scan.blocks) and scan.blocks[j].bold > 0.85 and bool(re.match(r"\(?\d{1,3}[.)]?$", scan.blocks[j].marker.text.strip()))


def _tail(scan: _Scan, i: int, label: Label) -> tuple[list[Text], int]:
    """Items behind a statement that ends with a colon, or the further paragraphs of a response."""
    parts: list[Text] = []
    last = i
    for j in range(i + 1, min(len(scan.blocks), i + 40)):
        b = scan.blocks[j]
        if scan.labels[j] is not None or b.kind not in ("item", "paragraph"):
            break
        if b.kind == "paragraph" and (label.kind != "response" or b.bold > 0.9):
            break
        parts.append(whole(b))
        last = j
    return parts, last


def _is_answer(scan: _Scan, i: int) -> bool:
    """Whether "Recommendation n" heads an answer: in a section of responses, with no label of a response before the next one."""
    if "response" not in scan.settings[i].roles or "recommendations" in scan.settings[i].roles:
        return False
    for j in range(i + 1, len(scan.blocks)):
        other = scan.labels[j]
        if other is not None and other.kind == "response":
            return False
        if (other is not None and other.kind == "recommendation") or "response" not in scan.settings[j].roles:
            break
    return True
