"""Plain text, most often what came out of a PDF: lines, with page breaks, figures and bold lost.

Blocks are told by blank lines, markers, sentence ends and line lengths.  What such text no longer
holds (columns of a table, boxes) is left to the recognisers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evaltrail.read.outline import Block, Outline, OutlinePage, Piece, Text, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail.read.formats import Options

MEDIA_TYPE = "text/plain"
SUFFIXES = (".txt", ".text")
PRIORITY = -10

_BULLETS = "•▪◦‣⁃●○■□–—*\uf0b7\uf0a7\uf02d\uf0d8➢➤✓✔\u2043·"
_BULLET = re.compile(rf"[ \t]*([{re.escape(_BULLETS)}]|[-o](?=\s))\s+(?=\S)")
_NUMBERED = re.compile(r"[ \t]*(\d{1,3}\.)\s+(?=\S)")
_LETTERED = re.compile(r"[ \t]*(\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[a-z]\))\s+(?=\S)")
_LABEL = re.compile(r"[ \t]*(?:[^\W\d_][\w’'-]*\s+){1,3}\d{1,3}\s*[:.–—-]\s*\S")
_NOTE = re.compile(r"(\d{1,3})\s+(?=[^\W\d_]|[“\"(‘])")
_ENUMERATOR = re.compile(r"(?:part|partie|parte|section|chapter|annex)?\s*(?:[IVX]{1,5}|[A-Z]|\d+(?:\.\d+)*)[.)]?\s", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", ";", "…", ".”", ".’", ".)", '."', "?”")
_OPEN_END = re.compile(r"(?:,|\b(?:of|the|and|or|in|on|for|to|by|with|a|an|from|at|its|de|des|du|la|le|les|et|y|e|del|das|dos|do|da|para|pour|en|sur|sobre)|[’']s)$", re.IGNORECASE)
_MARK = re.compile(r"(?<=[.,;:)’”\w])\s?(\d{1,3})(?=\s|$)")


def sniff(head: bytes, size: int) -> bool:
    """Whether the bytes are text in a known encoding."""
    if not size or b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    control = sum(c < 32 and c not in b"\t\n\r\f\x1b" for c in head)
    return control <= len(head) // 100


def decode(data: bytes) -> str:
    """Text of the bytes: by byte order mark, else UTF-8, else Windows-1252. Line ends become ``\\n``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class _Line:
    page: int
    start: int
    text: str
    """Without surrounding white space; ``start`` points to its first character."""
    raw_indent: int
    opens_page: bool = False


def outline(data: bytes, options: Options) -> Outline:
    """Lines to an outline; form feeds are page breaks, else there is one page."""
    raw = decode(data)
    texts = raw.split("\f")
    if len(texts) > 1 and not texts[-1].strip():
        texts.pop()
    if options.max_pages is not None:
        texts = texts[: options.max_pages]
    out = Outline(MEDIA_TYPE, pages=[OutlinePage(i, text=t) for i, t in enumerate(texts, 1)])
    lines = _without_furniture(list(_lines(texts)))
    vocabulary = set(re.findall(r"\w+(?:-\w+)*", raw.lower()))
    chunks = list(_chunks(lines))
    body: list[list[_Line]] = []
    expected = 1
    for chunk in chunks:
        notes, rest, expected = _footnotes(chunk, expected)
        out.footnotes.extend(Block("footnote", _text(ls, vocabulary, len(number)), number=number) for number, ls in notes)
        if rest:
            body.append(rest)
    blocks: list[Block] = []
    for chunk in body:
        for part in _split(chunk):
            blocks.append(_block(part, vocabulary))
    numbers = [b.number or "" for b in out.footnotes]
    out.blocks = [_marks(b, numbers) for b in _without_chart_labels(list(_joined(blocks)))]
    out.symbol = _symbol(raw)
    return out


def _lines(texts: list[str]) -> Iterator[_Line | None]:
    """Lines of all pages, None for a blank one."""
    for number, text in enumerate(texts, 1):
        at = 0
        for raw in text.split("\n"):
            stripped = raw.strip()
            if stripped:
                indent = len(raw) - len(raw.lstrip())
                yield _Line(number, at + indent, stripped, indent)
            else:
                yield None
            at += len(raw) + 1
        yield None


def _without_furniture(lines: list[_Line | None]) -> list[_Line | None]:
    """Lines without page numbers standing alone, running headers and bare addresses."""
    counts: dict[str, int] = {}
    for line in lines:
        if line is not None and len(line.text) < 90:
            key = re.sub(r"\d+", "#", line.text)
            counts[key] = counts.get(key, 0) + 1
    symbol = re.compile(r"(?:[A-Z]{1,6}[./-])+[\w./-]*\d[\w./()-]*\s+\d{1,4}|\d{1,4}\s+(?:[A-Z]{1,6}[./-])+[\w./-]*\d[\w./()-]*")
    kept: list[_Line | None] = []
    pages = max((line.page for line in lines if line is not None), default=1)
    for i, line in enumerate(lines):
        if line is not None:
            key = re.sub(r"\d+", "#", line.text)
            alone = (i == 0 or lines[i - 1] is None) and (i + 1 >= len(lines) or lines[i + 1] is None)
            repeated = alone and "#" in key and pages > 3 and counts.get(key, 0) > max(3, pages // 2)
            if repeated or symbol.fullmatch(line.text) or re.fullmatch(r"(?:https?://|www\.|mailto:)\S+", line.text) or (alone and re.fullmatch(r"[-–— ]*\d{1,4}[-–— ]*", line.text)):
                continue
        kept.append(line)
    return kept


def _chunks(lines: Iterable[_Line | None]) -> Iterator[list[_Line]]:
    chunk: list[_Line] = []
    for line in lines:
        if line is None:
            if chunk:
                yield chunk
            chunk = []
        else:
            chunk.append(line)
    if chunk:
        yield chunk


def _footnotes(chunk: list[_Line], expected: int) -> tuple[list[tuple[str, list[_Line]]], list[_Line], int]:
    """Footnotes that a chunk begins with, what stands after them, and the next number.

    A footnote begins with the number that is due next; a line set off by a space (the first of
    a page, as PDF tools print it) ends the notes.
    """
    notes: list[tuple[str, list[_Line]]] = []
    for i, line in enumerate(chunk):
        m = _NOTE.match(line.text)
        if m and int(m.group(1)) == expected and (notes or i == 0):
            notes.append((m.group(1), [line]))
            expected += 1
        elif not notes:
            return [], chunk, expected
        elif line.raw_indent and not chunk[i - 1].raw_indent:
            return notes, chunk[i:], expected
        else:
            notes[-1][1].append(line)
    return notes, [], expected


def _split(chunk: list[_Line]) -> Iterator[list[_Line]]:
    """A chunk cut where a marker or a label begins a line."""
    widest = max(len(line.text) for line in chunk)
    part: list[_Line] = []
    for line in chunk:
        before = part[-1] if part else None
        ended = before is not None and (before.text.endswith(_ENDS) or len(before.text) < 0.7 * widest)
        begins = bool(_BULLET.match(line.text)) or bool(
            ended and (_NUMBERED.match(line.text) or _LETTERED.match(line.text) or _LABEL.match(line.text))
        )
        # The first line of a page stands alone before a lower-case continuation only within a sentence.
        top = before is not None and line.raw_indent > 0 and not before.raw_indent
        title = line is chunk[-1] and _is_heading(line.text) and len(line.text) < 0.6 * widest
        page_top = top and (bool(_NUMBERED.match(line.text)) or (ended or title) and line.text[:1].isupper())
        if part and (begins or page_top):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _text(lines: list[_Line], words: set[str], skip: int = 0) -> Text:
    """Lines joined; a hyphen at a line's end goes only where the joined word, and not the hyphenated one, is among the text's ``words``.

    PDF tools break lines at hyphens that belong to the word ("project-bound"), so without evidence it stays.
    """
    out: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for i, line in enumerate(lines):
        body, start = line.text, line.start
        if i == 0 and skip:
            cut = skip + len(body[skip:]) - len(body[skip:].lstrip())
            body, start = body[cut:], start + cut
        glue = " "
        if i + 1 < len(lines):
            tail = re.search(r"(\w+)-$", body)
            head = re.match(r"\w+", lines[i + 1].text)
            if tail and head and head.group()[0].islower():
                glue = ""
                joined = tail.group(1) + head.group()
                if joined.lower() in words and f"{tail.group(1)}-{head.group()}".lower() not in words:
                    body = body[:-1]
            elif body.endswith(("-", "/", "–")):
                glue = ""
        # White space inside a line is folded piece by piece.
        for m in re.finditer(r"\S+(?: \S+)*", body):
            if m.start() and at and out and not out[-1].endswith(" "):
                out.append(" ")
                at += 1
            pieces.append(Piece(at, line.page, start + m.start(), len(m.group())))
            out.append(m.group())
            at += len(m.group())
        if i + 1 < len(lines) and glue:
            out.append(glue)
            at += len(glue)
    return Text("".join(out), tuple(pieces))


def _block(lines: list[_Line], words: set[str]) -> Block:
    whole = _text(lines, words)
    for pattern in (_BULLET, _NUMBERED, _LETTERED):
        m = pattern.match(whole.text)
        if m:
            kind = "paragraph" if pattern is _NUMBERED else "item"
            return Block(kind, whole.cut(m.end()), marker=whole.cut(m.start(1), m.end(1)), level=int(kind == "item"))  # type: ignore[arg-type]
    return Block("heading" if _is_heading(whole.text) else "paragraph", whole, level=0)


def _is_heading(text: str) -> bool:
    words = text.split()
    if not words or len(words) > 14 or text.endswith((".", ",", ";")) or not (text[0].isupper() or text[0].isdigit()):
        return False
    return not re.search(r"[.;]\s+[A-Z]\w+ \w+ \w+", _ENUMERATOR.sub("", text))


def _joined(blocks: list[Block]) -> Iterator[Block]:
    """Blocks with those joined that a page break or a spaced-out heading tore apart."""
    held: Block | None = None
    for b in blocks:
        if held is not None and _continues(held, b):
            glue = "" if held.text.endswith("-") else " "
            held = replace(held, content=join([held.content, b.content], glue), kind="heading" if held.kind == "heading" else held.kind)
            continue
        if held is not None:
            yield _levelled(held)
        held = b
    if held is not None:
        yield _levelled(held)


def _without_chart_labels(blocks: list[Block]) -> list[Block]:
    """Blocks with the axis of a lost chart (a run of words alone on their lines) turned from headings to captions."""
    out: list[Block] = []
    run: list[Block] = []
    for b in [*blocks, Block("paragraph")]:
        if b.kind == "heading" and (len(b.text.split()) <= 3 or re.fullmatch(r"[\d\s.,%]+", b.text)):
            run.append(b)
            continue
        out.extend(replace(x, kind="caption", level=0) for x in run) if len(run) >= 3 else out.extend(run)
        run = []
        out.append(b)
    return out[:-1]


def _continues(a: Block, b: Block) -> bool:
    if b.marker or not b.text:
        return False
    if a.kind == "heading":
        return len(a.text) > 20 and b.kind in ("heading", "paragraph") and len(b.text) < 80 and (bool(_OPEN_END.search(a.text)) or b.text[0].islower())
    return not a.text.endswith(_ENDS) and b.text[0].islower() and len(a.text) > 60


def _levelled(b: Block) -> Block:
    if b.kind != "heading":
        return b
    m = re.match(r"(?i)(part|partie|parte)\s+[IVX\d]+\b", b.text)
    if m:
        return replace(b, level=1)
    m = re.match(r"\d+(?:\.\d+)*", b.text)
    if m and b.text[m.end() : m.end() + 1] in (".", " "):
        return replace(b, level=2 + m.group().count("."))
    if re.match(r"[A-Z]\.?\s", b.text) and not re.match(r"A [a-z]", b.text):
        return replace(b, level=3)
    return replace(b, level=2)


def _marks(b: Block, numbers: list[str]) -> Block:
    """A block with footnote marks (digits after a word or stop that are numbers of notes) cut from its text."""
    if b.kind == "heading" and len(b.text.split()) < 4 or not numbers:
        return b
    found: list[tuple[int, int, str]] = []
    for m in _MARK.finditer(b.text):
        if m.group(1) in numbers and _looks_like_mark(b.text, m):
            found.append((m.start(), m.end(), m.group(1)))
    if not found:
        return b
    parts: list[Text] = []
    marks: list[tuple[int, str]] = []
    at = length = 0
    for start, end, number in found:
        part = Text(b.text[at:start], tuple(p for p in _sub(b.content, at, start)))
        parts.append(part)
        length += len(part.text)
        marks.append((length, number))
        at = end
    parts.append(Text(b.text[at:], tuple(_sub(b.content, at, len(b.text)))))
    return replace(b, content=_concatenate(parts), marks=tuple(marks))


def _looks_like_mark(text: str, m: re.Match[str]) -> bool:
    before = text[: m.start()]
    after = text[m.end() :]
    if before.endswith((".", "”", ")", ",")):
        return not re.match(r"\s*(?:per cent|%|million|[a-z]+s\b)", after) or after[:2].strip()[:1].isupper()
    # After a word: a number that counts something has a noun behind it in lower case.
    return bool(re.match(r"\s*(?:for|in|during|of|and|or|was|were|is|are|should|which|that)\b", after)) and not re.search(
        r"(?i)(?:\b(?:paragraph|figure|table|finding|recommendation|outcome|part|SDG|goal|COVID|module|page|article|indicator|of|the|and|to|by|than|at|in|for|or|over|G)s?|\d|[–-])\s*$", before
    )


def _sub(text: Text, start: int, end: int) -> Iterator[Piece]:
    for p in text.pieces:
        a, b = max(p.at, start), min(p.at + p.length, end)
        if a < b:
            yield Piece(a - start, p.page, p.start + a - p.at, b - a, p.box)


def _concatenate(parts: list[Text]) -> Text:
    pieces: list[Piece] = []
    at = 0
    for t in parts:
        pieces.extend(replace(p, at=p.at + at) for p in t.pieces)
        at += len(t.text)
    return Text("".join(t.text for t in parts), tuple(pieces))


def _symbol(raw: str) -> str | None:
    """The document's symbol where one is printed among the running headers or the first lines."""
    pattern = re.compile(r"\b[A-Z]{1,6}(?:[./][A-Z0-9]{1,10})*[./]\d{1,4}(?:[./][A-Z]{1,6})*(?:[./]\d{1,4})*(?:/Rev\.\d+)?\b")
    counts: dict[str, int] = {}
    for s in pattern.findall(raw):
        if s.count("/") >= 2:
            counts[s] = counts.get(s, 0) + 1
    return max(counts, key=lambda s: counts[s]) if counts else None
