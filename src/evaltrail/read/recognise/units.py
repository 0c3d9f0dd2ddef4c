"""Lists of responsible units, taken apart name by name."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.read.recognise.bodies import ACRONYM, ends_as_body, opens_as_body, without_determiner
from evaltrail.read.recognise.words import fold, listed
from evaltrail.text import packs

_OF_TOPIC = re.compile(r"^[A-ZÀ-Þ]\S+ (?:of|for|de|des?|du|do|da|dos|das|del) [A-ZÀ-Þ][a-zà-ÿ]+$")
_TWO_TOPICS = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+ (?:and|et|y|e|&) [A-ZÀ-Þ][a-zà-ÿ]+")
_OF_NAME = re.compile(r"(?:des?|du|de la|del|de los|de las|d[’']|do|da|dos|das|of|for)\s")
_ACRONYM_AT_END = re.compile(r"^(.*\S)\s*\(([A-Z][A-Za-z0-9&/–-]{1,18})\)$")
_INSIDE = re.compile(
    r"^(.*?)\s*\((?:in particular|especially|including|notably|i\.e\.|e\.g\.|notamment|en particular|em particular|y compris)\s+(.+)\)$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•●▪■○◦‣➢]|(?<!\S)[–—-](?=\s)")
_LEAD = re.compile(
    r"^(?:lead|led by|support|supported by|co-?lead|for|to|by|with|and|or"
    r"|chef de file|appui|et|avec|pour|y|e|con|com|para)(?:\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_TWO_CODES = re.compile(r"(\b[A-Z]{2,}/[A-Z]+)\s+(?=[A-Z]{2,}/[A-Z])")
_GENERAL = frozenset({"service", "services", "section", "sector", "general", "state", "staff"})
"""Words for bodies that do not name one by themselves."""
_OF = re.compile(r"\s(?:of|for|de|du|des|del|da|do|dos|das)\s")
_PREPOSITION = re.compile(r"\s(?:on|for|in|sur|en|sobre|em)\s")


def units(printed: str) -> tuple[str, ...]:
    """Responsible units one by one, each once, in the order printed.

    Commas, semicolons, bullets and line breaks part them, and "and" where both sides could act alone; a comma inside a
    name is known by its short form in brackets ("Gender, Equality and Diversity (GED)") or by a title in front of it
    ("Director General, Finance Directorate").  A short form in brackets stands for its name; other brackets add units.
    """
    out: list[str] = []
    for line in _lines(printed):
        for part in _rejoined(_parts(line)):
            for name in _names(part):
                if name and name not in out:
                    out.append(name)
    return tuple(out)


def _lines(printed: str) -> list[str]:
    """Lines and bullets; a line that only goes on with the one before is put back."""
    text = re.sub(r"[ \t]+", " ", _BULLET.sub("\n", printed.replace("\u00a0", " ")))
    out: list[str] = []
    for line in (x.strip(" .;:") for x in text.split("\n")):
        if not line:
            continue
        if out and (out[-1].endswith((",", "/", "(", " of", " and", " de", " et", " y", " e")) or line[0] == "("):
            out[-1] += " " + line
        else:
            out.append(line)
    return out


def _parts(text: str) -> list[str]:
    """Pieces between commas and semicolons outside brackets, and between two unit codes that a lost comma joined."""
    text = _TWO_CODES.sub(r"\1, ", text) if "," in text else text
    parts: list[str] = []
    depth = start = 0
    for i, ch in enumerate(text):
        if ch in "([":
            depth += 1
        elif ch in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and ch in ",;":
            parts.append(text[start:i] + (";" if ch == ";" else ""))
            start = i + 1
    parts.append(text[start:])
    # "the Director of Finance, as the official in charge," tells of one unit, it names no other.
    return [p.strip(" .–•\t-") for p in parts if p.strip(" .-–•\t;") and not re.match(r"\s*as\s+(?:the|a)\s", p)]


def _rejoined(parts: list[str]) -> list[str]:
    """Pieces that a comma inside a name has parted, put back together."""
    out: list[str] = []
    for part in parts:
        name = part.rstrip(";")
        m = _ACRONYM_AT_END.match(name)
        back = _pieces_of_acronym(out, m.group(1), m.group(2)) if m else 0
        if back:
            out[-back:] = [", ".join([*out[-back:], name])]
        elif out and not out[-1].endswith(";") and _goes_on(out[-1], name):
            out[-1] += ", " + part
        else:
            out.append(part)
    return [p.rstrip(";").strip() for p in out]


def _goes_on(before: str, name: str) -> bool:
    """Whether a piece behind a comma belongs to the name before it."""
    if _OF_NAME.match(name) and before[:1].isupper() and not ACRONYM.fullmatch(before):
        return True  # "Direction des pêches, des ports et du littoral"
    if _OF_TOPIC.search(before) and _TWO_TOPICS.fullmatch(name) and not any(opens_as_body(w) or ends_as_body(w) for w in name.split()):
        return True  # "Department of Trade, Industry and Energy"
    titled = _is_title(before.rsplit(", ", maxsplit=1)[-1]) or (", " in before and _is_title(before.split(", ", maxsplit=1)[0]))
    if titled:  # "Director General, Finance Directorate, Health Agency"
        return not _is_title(name)
    joined = re.search(r"\s(?:and|et|y|e|&)\s", name)
    if re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]+", before) and joined and ends_as_body(name):
        return not ends_as_body(before) or fold(before) in _GENERAL  # "Service, Innovation and Training Branch"
    # "experts on rights, gender and environment": topics behind a preposition
    topic = name[0].islower() and not ends_as_body(re.split(r"\s(?:and|et|y|e)\s", name)[0]) and not opens_as_body(name)
    return bool(_PREPOSITION.search(before)) and topic


def _is_title(name: str) -> bool:
    return fold(name) in listed("fields", "bodies", "titles")


def _pieces_of_acronym(before: list[str], name: str, acronym: str) -> int:
    """How many pieces before a name its short form covers too: GED is "Gender" and "Equality and Diversity"."""
    for back in range(min(4, len(before)) + 1):
        pieces = before[len(before) - back :]
        if any(p.endswith((";", ")")) or ACRONYM.fullmatch(p) for p in pieces):
            return 0
        if _spells(" ".join([*pieces, name]), acronym) and (not back or pieces[0].lstrip()[:1].isupper()):
            return back
    return 0


def _spells(name: str, acronym: str) -> bool:
    """Whether the capitals of a short form are, in order, initials of a name."""
    words = re.split(r"[\s-]+", name)
    initials = iter("".join(w if ACRONYM.fullmatch(w) else w[0] for w in words if w[:1].isupper()))
    return all(c in initials for c in acronym if c.isupper())


@cache
def _joiners() -> re.Pattern[str]:
    words: set[str] = set()
    for code in packs.languages():
        words.update(packs.pack(code, "fields").get("units", {}).get("joiners", []))
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"\s+(?:" + "|".join(re.escape(w) for w in ordered) + r")\s+", re.IGNORECASE)


def _names(part: str) -> list[str]:
    """One piece to names."""
    while (m := _LEAD.match(part) or _joiners().match(f" {part}")) is not None:
        part = part[m.end() - (m.re is not _LEAD) :]
    m = _INSIDE.match(part)
    if m:
        return [*_names(m.group(1)), *[n for p in _parts(m.group(2)) for n in _names(p)]]
    out: list[str] = []
    for p in _joined(part):
        name = re.sub(
            rf"\s*\((?:{'|'.join(re.escape(w) for w in sorted(listed('fields', 'bodies', 'roles')))})\)", "", p, flags=re.IGNORECASE
        )
        name = without_determiner(name).strip(" .,;:")
        m = _ACRONYM_AT_END.match(name)
        out.append(m.group(2) if m and len(re.findall("[A-Z]", m.group(2))) > 1 else name)
    return out


def _joined(part: str) -> list[str]:
    """Names joined by "and" or "with", where both sides could act alone."""
    found = [m for m in _joiners().finditer(part) if part[: m.start()].count("(") == part[: m.start()].count(")")]
    for n, m in enumerate(found):
        left, right = part[: m.start()].rstrip(" ,"), part[m.end() :]
        next_name = part[m.end() : found[n + 1].start()] if n + 1 < len(found) else right
        whole = _ACRONYM_AT_END.match(part)
        if whole and _spells(whole.group(1), whole.group(2)) and not _spells(without_determiner(right).rpartition(" (")[0], whole.group(2)):
            continue  # "Legal and Regulatory Affairs (LRA)" is one name
        if len(m.group().split()) > 1 or _stands_alone(left.rsplit(", ", 1)[-1], next_name):
            return [*_joined(left), *_joined(without_determiner(right))]
    return [part]


def _stands_alone(left: str, right: str) -> bool:
    """Whether both sides of an "and" are somebody: the left ends as one, or begins as one where the right does too."""
    right = without_determiner(right)
    if ends_as_body(left):
        return ends_as_body(right) or opens_as_body(right) or right[:1].isupper()
    words = left.split()
    if left[:1].islower() and len(words) == 1:
        return False
    if ACRONYM.fullmatch(right) and len(words) > 1 and left[:1].isupper():
        return True
    return len(words) > 1 and opens_as_body(left) and (bool(ACRONYM.match(right)) or (opens_as_body(right) and bool(_OF.search(right))))
