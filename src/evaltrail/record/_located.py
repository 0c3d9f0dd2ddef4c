"""Finding again what a correction speaks of, and where the words of a text stand in the places that hold them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from evaltrail.record._models import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evaltrail.record._corrections import Known
    from evaltrail.record._models import AnyStatement, Box, Page, Record

ALIKE = 0.6
"""How like two texts must be, 0 to 1, to be taken for the same statement by their words alone."""
APART = 0.1
"""By how much the likest must be before the next, or it is not told which is meant."""
_FAINT = 0.25  # for statements of the same kind and number, and for those with the same id
_COMMON = 0.4  # share of the words
_TOLD = 40  # letters of a beginning that two statements do not have in common by chance
_IGNORED = re.compile(r"[\s\u00ad\u200b\-\u2010\u2011]+")

FoundBy = Literal["id", "number", "likeness"]


@dataclass(frozen=True, slots=True)
class Find:
    """How a statement that a correction names was found."""

    correction: int
    """Position of the correction among those given, from 0."""
    known: str
    """id by which the correction names it."""
    found: str
    """id that it has in this record."""
    by: FoundBy
    likeness: float
    """How like the words are, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A statement that was not found, or for which several may be meant."""

    ambiguous: bool
    candidates: tuple[str, ...] = ()


def plain(text: str) -> str:
    """A text without what a reading may make otherwise: spaces, line ends, hyphens, forms of letters."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


def likeness(a: str, b: str) -> float:
    """How like two texts are in their words, 0 to 1."""
    if plain(a) == plain(b):
        return 1.0
    matcher = SequenceMatcher(None, a.casefold().split(), b.casefold().split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _FAINT and matcher.quick_ratio() >= _FAINT else 0.0


def grown(a: str, b: str) -> bool:
    """Whether one of two texts goes on where the other ends: a reading took more or fewer paragraphs for the statement."""
    short, long = sorted((plain(a), plain(b)), key=len)
    return len(short) >= _TOLD and long.startswith(short)


def bag(text: str) -> set[str]:
    """The words of a text, to tell quickly which others can be like it."""
    return set(text.casefold().split())


def near(a: set[str], b: set[str]) -> bool:
    """Whether two texts have enough words in common to be compared word by word, which is slow."""
    return 2 * len(a & b) >= _COMMON * (len(a) + len(b))


def locate(known: Known, at_id: AnyStatement | None, all_of: Sequence[tuple[str, AnyStatement]]) -> tuple[str, FoundBy, float] | Lost:
    """The id of the statement that is meant, how it was found, and how like the words are.

    Args:
        known: what the correction knows of it.
        at_id: the statement that has the id.
        all_of: all statements with the id of their evaluation.
    """
    if at_id is not None:
        same = likeness(known.text, at_id.text)
        numbered = known.number is not None and (known.number, known.kind) == (at_id.number, at_id.kind)
        longer = known.kind == at_id.kind and grown(known.text, at_id.text)
        if same >= ALIKE or (numbered and same >= _FAINT) or longer:
            return at_id.id, "id", same
    at_number = [s for e, s in all_of if e == known.evaluation and known.number and (s.number, s.kind) == (known.number, known.kind)]
    if len(at_number) == 1 and (same := likeness(known.text, at_number[0].text)) >= _FAINT:
        return at_number[0].id, "number", same
    words = bag(known.text)
    ranked = sorted(((likeness(known.text, s.text), s.id) for _, s in all_of if words and near(words, bag(s.text))), key=lambda x: -x[0])
    good = [(score, key) for score, key in ranked if score >= ALIKE]
    if not good:
        return Lost(ambiguous=False)
    likest = [key for score, key in good if score > good[0][0] - APART and not (good[0][0] == 1.0 and score < 1.0)]
    if len(likest) > 1:
        return Lost(ambiguous=True, candidates=tuple(likest))
    return good[0][1], "likeness", good[0][0]


def offset_again(old: str, offset: int, now: str) -> int | None:
    """Where a cut in a text stands in another reading of it; None where the words on both sides are not found, or not once."""
    if old == now:
        return offset
    positions = [i for i, c in enumerate(now) if plain(c)]
    there, left, right = plain(now), plain(old[:offset]), plain(old[offset:])
    if len(there) != len(positions):
        return None  # a letter that stands for two; rare, and better told than cut wrongly
    for width in (60, 30, 15):
        a, b = left[-width:], right[:width]
        if b and there.count(a + b) == 1:
            return positions[there.index(a + b) + len(a)]
        if b and there.count(b) == 1:
            return positions[there.index(b)]
    return None


def words_of(pages: Mapping[int, str], place: Place) -> str:
    """The page's own words at a place."""
    return pages.get(place.page, "")[place.start : place.end]


def place_again(place: Place, words: str, pages: Mapping[int, str]) -> Place | None:
    """Where the words of a place stand in another reading of the same page; boxes are kept, as the page is the same.

    None where they are not on the page, or more than once.
    """
    if plain(words_of(pages, place)) == plain(words):
        return place
    text, wanted = pages.get(place.page, ""), plain(words)
    positions = [i for i, c in enumerate(text) if plain(c)]
    there = plain(text)
    if not wanted or there.count(wanted) != 1 or len(there) != len(positions):
        return None
    at = there.index(wanted)
    return place.model_copy(update={"start": positions[at], "end": positions[at + len(wanted) - 1] + 1})


def cut_places(text: str, offset: int, places: Sequence[Place], pages: Mapping[int, str]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The places of a statement's words before an offset of its text, and of those after it."""
    # Characters of the pages that hold words, each with its place's position and its own.
    letters = [(n, i) for n, p in enumerate(places) for i in range(p.start, p.end) if plain(pages.get(p.page, "")[i : i + 1])]
    held = "".join(plain(pages.get(places[n].page, "")[i : i + 1])[:1] for n, i in letters)
    before, after = "".join(plain(c)[:1] for c in text[:offset]), "".join(plain(c)[:1] for c in text[offset:])
    if not letters or not before or not after:
        return tuple(places), ()
    at = len(before) if held == before + after else _aligned(before + after, len(before), held)
    if at <= 0 or at >= len(letters):
        return tuple(places), tuple(places)  # not told where the cut is: both keep the whole rather than a wrong part
    n, start = letters[at]
    last, end = letters[at - 1]
    whole = places[n]
    first = [*places[:last]]
    ending = places[last]
    boxes_left, boxes_right = _cut_boxes(whole, start, pages)
    first.append(
        ending if last != n else Place(page=ending.page, start=ending.start, end=end + 1, boxes=boxes_left),
    )
    second = whole if last != n else Place(page=whole.page, start=start, end=whole.end, boxes=boxes_right)
    return tuple(first), (second, *places[n + 1 :])


def _aligned(words: str, at: int, held: str) -> int:
    """The position in the page's letters that belongs to one in the text's, where they are not all the same (footnote marks, labels)."""
    for block in SequenceMatcher(None, words, held, autojunk=False).get_matching_blocks():
        if block.a <= at < block.a + block.size:
            return block.b + at - block.a
        if block.a > at:
            return block.b
    return len(held)


def _cut_boxes(place: Place, start: int, pages: Mapping[int, str]) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """A place's boxes before and after a code point; the line that holds it is cut by its letters."""
    boxes = place.boxes
    if not boxes:
        return (), ()
    rows = _rows(boxes)
    lines = [(m.start() + place.start, m.end() + place.start) for m in re.finditer(r"[^\n]+", words_of(pages, place)) if m.group().strip()]
    if len(lines) != len(rows):
        # Lines and boxes do not go together one to one, so the cut is made where it falls of all letters.
        share = (start - place.start) / max(1, place.end - place.start)
        n = min(len(boxes) - 1, int(share * len(boxes)))
        return boxes[: n + 1], boxes[n:]
    n = next((i for i, (_, b) in enumerate(lines) if start < b), len(lines) - 1)
    a, b = lines[n]
    ahead, behind = tuple(x for row in rows[:n] for x in row), tuple(x for row in rows[n + 1 :] for x in row)
    if start <= a:
        return ahead, (*rows[n], *behind)
    width = max(x[2] for x in rows[n]) - rows[n][0][0]
    cut = rows[n][0][0] + width * (start - a) / (b - a)
    before = tuple((left, low, min(right, cut), high) for left, low, right, high in rows[n] if left < cut)
    after = tuple((max(left, cut), low, right, high) for left, low, right, high in rows[n] if right > cut)
    return (*ahead, *before), (*after, *behind)


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes side by side on a line (a bullet and its words) together."""
    rows: list[list[Box]] = []
    for box in boxes:
        middle = (box[1] + box[3]) / 2
        if rows and rows[-1][-1][1] < middle < rows[-1][-1][3] and box[0] >= rows[-1][-1][0]:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def joined_places(*groups: Iterable[Place]) -> tuple[Place, ...]:
    """Places in reading order, those that lie within another left out."""
    places = sorted((p for group in groups for p in group), key=lambda p: (p.page, p.start, -p.end))
    out: list[Place] = []
    for p in places:
        if not any(q.page == p.page and q.start <= p.start and p.end <= q.end for q in out):
            out.append(p)
    return tuple(out)


def words_at(record: Record, places: Iterable[Place]) -> str:
    """The words at places as a statement's text has them: lines joined, hyphens at line ends undone; one line a place.

    Where a passage stands there its words are taken, since its reader knew which hyphens belong to a word.
    """
    pages = {p.number: p for p in record.pages}
    return "\n".join(words for words in (_read_at(record, p, pages) for p in places) if words)


def _read_at(record: Record, place: Place, pages: Mapping[int, Page]) -> str:
    raw = pages[place.page].text[place.start : place.end] if place.page in pages else ""
    wanted = plain(raw)
    for passage in record.passages:
        if any(p.page == place.page and p.start < place.end and place.start < p.end for p in passage.places):
            positions = [i for i, c in enumerate(passage.text) if plain(c)]
            there = plain(passage.text)
            if wanted and len(positions) == len(there) and there.count(wanted) == 1:
                at = there.index(wanted)
                return passage.text[positions[at] : positions[at + len(wanted) - 1] + 1]
    undone = re.sub(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[a-zß-ÿ])", "", raw)
    return " ".join(undone.split())
