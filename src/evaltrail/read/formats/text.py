"""Plain text, most often what came out of a PDF: lines, with page breaks, figures and bold lost.

Blocks are told by blank lines, markers, sentence ends and line lengths; tables by columns of spaces where the tool
kept them.  What such text no longer holds (boxes, columns run together) is left to the recognisers.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evaltrail.read.outline import Block, Outline, OutlinePage, Piece, Text, join
from evaltrail.read.plain.columns import table_at
from evaltrail.read.plain.lines import Line, body_width, lines_of
from evaltrail.read.plain.notes import footnotes, with_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.read.formats import Options

MEDIA_TYPE = "text/plain"
SUFFIXES = (".txt", ".text")
PRIORITY = -10

_BULLETS = "•▪◦‣⁃●○■□–—*\uf0b7\uf0a7\uf02d\uf0d8➢➤✓✔\u2043·"
_BULLET = re.compile(rf"([{re.escape(_BULLETS)}]|[-o](?=\s))\s+(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3}\.)\s+(?=\S)")
_LETTERED = re.compile(r"(\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[a-z]\))\s+(?=\S)")
_LABEL = re.compile(r"(?:[^\W\d_][\w’'-]*\s+){1,3}\d{1,3}\s*[:.–—-]\s*\S")
_PART = re.compile(r"(?i)(?:part|partie|parte)\s+[IVX\d]+\b")
_ENUMERATOR = re.compile(r"(?:part|partie|parte|section|chapter|annex)?\s*(?:[IVX]{1,5}|[A-Z]|\d+(?:\.\d+)*)[.)]?\s", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?i)(?:table|figure|box|chart|map|exhibit|tableau|graphique|encadré|carte|cuadro|tabla|gráfico|figura|recuadro|mapa|tabela|quadro|caixa)\s+(?:\d+|[IVX]+)(?:\.\d+)*\s*[.:–—-]\s*\S"
)
_ENDS = (".", "!", "?", ":", ";", "…", ".”", ".’", ".)", '."', "?”")
_FUNCTION_WORDS = "of|the|and|or|in|on|for|to|by|with|a|an|from|at|its|de|des|du|la|le|les|et|y|e|del|das|dos|do|da|para|pour|en|sur|sobre"
_OPEN_END = re.compile(rf"(?:,|\b(?:{_FUNCTION_WORDS})|[’']s)$", re.IGNORECASE)


def sniff(head: bytes, size: int) -> bool:
    """Whether the bytes are text in a known encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = decode(head[: len(head) // 2 * 2]).encode()
    if not size or b"\x00" in head:
        return False
    control = sum(c < 32 and c not in b"\t\n\r\f\x1b" for c in head)
    return control <= len(head) // 100


def decode(data: bytes) -> str:
    r"""Text of the bytes: by byte order mark, else UTF-8, else Windows-1252. Line ends become ``\n``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def outline(data: bytes, options: Options) -> Outline:
    """Lines to an outline; form feeds are page breaks, else there is one page."""
    raw = decode(data)
    texts = raw.split("\f")
    if len(texts) > 1 and not texts[-1].strip():
        texts.pop()
    total = len(texts)
    if options.max_pages is not None:
        texts = texts[: options.max_pages]
    out = Outline(MEDIA_TYPE, pages=[OutlinePage(i, text=t) for i, t in enumerate(texts, 1)])
    if len(texts) < total:
        from evaltrail.record import Diagnostic

        out.diagnostics.append(
            Diagnostic(code="pages-left-out", message=f"Only pages 1 to {len(texts)} of {total} were read, as asked.", lost=True)
        )
    lines = lines_of(texts)
    words = _Words(set(re.findall(r"\w+(?:-\w+)*", raw.lower())))
    words.learn(lines)
    paged = len(texts) > 1
    width = body_width(lines)
    hanging = _hanging(lines)
    blocks: list[Block] = []
    expected = 1
    for chunk in _chunks(lines):
        if isinstance(chunk, Block):
            blocks.append(chunk)
            continue
        notes, rest, expected = footnotes(chunk, expected, paged=paged)
        out.footnotes.extend(Block("footnote", _text(ls, words, len(number)), number=number) for number, ls in notes)
        for part in _split(rest, width, paged=paged) if rest else ():
            block = _block(part, words)
            framed = paged and rest[0].indent not in (0, hanging) and len({line.indent for line in rest}) == 1 and not block.marker.text
            # A frame is lost, but what stood in it is set in from the text around.
            blocks.append(replace(block, box=f"p{rest[0].page}l{rest[0].start}") if framed else block)
    numbers = [b.number or "" for b in out.footnotes]
    out.blocks = with_marks(_without_chart_labels(list(_joined(blocks))), numbers)
    out.symbol = _symbol(raw)
    out.title = _title(out.blocks)
    return out


@dataclass(slots=True)
class _Words:
    """The words of a text, by which a hyphen at a line's end is judged."""

    known: set[str]
    breaks: bool = False
    """Whether the tool that printed the text broke words, by the cases that its own words decide."""

    def learn(self, lines: Sequence[Line]) -> None:
        """Set ``breaks`` from the hyphens at line ends whose word occurs elsewhere, joined or hyphenated."""
        joined = hyphenated = 0
        for line, following in itertools.pairwise(lines):
            parts = _broken(line.text, following.text)
            if parts is not None:
                hyphenated += f"{parts[0]}-{parts[1]}".lower() in self.known
                joined += (parts[0] + parts[1]).lower() in self.known
        self.breaks = joined > hyphenated

    def whole(self, tail: str, head: str) -> bool:
        """Whether two parts at a hyphen are one word without it."""
        joined, hyphenated = (tail + head).lower() in self.known, f"{tail}-{head}".lower() in self.known
        return (joined and not hyphenated) or (self.breaks and not hyphenated and len(tail) > 1)


def _broken(text: str, following: str) -> tuple[str, str] | None:
    """The two parts of a word at a hyphen that ends a line, or None."""
    tail = re.search(r"(?<![\w-])([^\W\d_]+)-$", text)
    head = re.match(r"[^\W\d_]+", following)
    return (tail.group(1), head.group()) if tail and head and head.group()[0].islower() else None


def _chunks(lines: Sequence[Line]) -> Iterator[list[Line] | Block]:
    """Lines between blank ones, and the tables that stand in columns."""
    chunk: list[Line] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if chunk and line.spaced:
            yield chunk
            chunk = []
        found = table_at(lines, at) if not chunk else None
        if found is not None:
            yield found[0]
            at = found[1]
            continue
        chunk.append(line)
        at += 1
    if chunk:
        yield chunk


def _hanging(lines: Sequence[Line]) -> int:
    """Column to which the lines of numbered paragraphs are set in."""
    counts = Counter(
        b.indent for a, b in itertools.pairwise(lines) if _NUMBERED.match(a.text) and not b.spaced and not _NUMBERED.match(b.text)
    )
    return counts.most_common(1)[0][0] if counts else 0


def _split(chunk: list[Line], width: int, *, paged: bool) -> Iterator[list[Line]]:
    """A chunk cut where a marker or a label begins a line, and where a heading or a paragraph ends above one."""
    widest = max(len(line.text) for line in chunk)
    part: list[Line] = []
    for line in chunk:
        if part and _begins(line, part, chunk, widest, width, paged=paged):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _begins(line: Line, part: list[Line], chunk: list[Line], widest: int, width: int, *, paged: bool) -> bool:
    before = part[-1]
    if _BULLET.match(line.text):
        return True
    ended = before.text.endswith(_ENDS) or len(before.text) < 0.7 * widest or before.end < 0.7 * width
    if ended and (_NUMBERED.match(line.text) or _LETTERED.match(line.text) or _LABEL.match(line.text)):
        return True
    if _LETTERED.match(line.text) and _LETTERED.match(part[0].text):
        return True
    if not paged and line.indent > 0 and not before.indent and _NUMBERED.match(line.text):
        return True
    if not line.text[0].isupper():
        return False
    if paged:
        # Without blank lines between paragraphs, a sentence that ends well before the margin ends one.
        if before.text.endswith((".", "?", "!", ".”", ":")) and before.end < 0.8 * width and len(part) + len(chunk) > 2:
            return True
        return (
            _is_heading(" ".join(x.text for x in part))
            and before.end < 0.75 * width
            and not _OPEN_END.search(before.text)
            and _titles(part, line)
        )
    top = line.indent > 0 and not before.indent
    title = line is chunk[-1] and _is_heading(line.text) and len(line.text) < 0.6 * widest
    return top and (ended or title)


def _titles(part: list[Line], line: Line) -> bool:
    """Whether a heading above a line is done: the line is a heading of its own or a long line of text."""
    return len(part) <= 3 and (_ENUMERATOR.match(line.text) is not None or _is_heading(line.text) or len(line.text) > 60)


def _text(lines: list[Line], words: _Words, skip: int = 0) -> Text:
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
        body, glue = _line_end(body, lines[i + 1].text if i + 1 < len(lines) else None, words)
        # White space inside a line is folded piece by piece.
        for m in re.finditer(r"\S+(?: \S+)*", body):
            if m.start() and at and out and not out[-1].endswith(" "):
                out.append(" ")
                at += 1
            pieces.append(Piece(at, line.page, start + m.start(), len(m.group())))
            out.append(m.group())
            at += len(m.group())
        if glue:
            out.append(glue)
            at += len(glue)
    return Text("".join(out), tuple(pieces))


def _line_end(body: str, following: str | None, words: _Words) -> tuple[str, str]:
    """A line's words without a hyphen that only breaks a word, and what goes between it and the next."""
    if following is None:
        return body, ""
    parts = _broken(body, following)
    if parts is not None:
        return (body[:-1] if words.whole(*parts) else body), ""
    return body, "" if body.endswith(("-", "/", "–")) else " "


def _block(lines: list[Line], words: _Words) -> Block:
    whole = _text(lines, words)
    for pattern in (_BULLET, _NUMBERED, _LETTERED):
        m = pattern.match(whole.text)
        if m:
            numbered = pattern is _NUMBERED
            return Block(
                "paragraph" if numbered else "item", whole.cut(m.end()), marker=whole.cut(m.start(1), m.end(1)), level=int(not numbered)
            )
    if _CAPTION.match(whole.text) and len(whole.text.split()) < 30:
        return Block("caption", whole)
    return Block("heading" if _is_heading(whole.text) else "paragraph", whole, level=0)


_LONGEST_HEADING = 600
"""Characters; a word may be as long as a file."""


def _is_heading(text: str) -> bool:
    words = text.split()
    if (
        not words
        or len(text) > _LONGEST_HEADING
        or len(words) > (30 if _PART.match(text) else 14)
        or text.endswith((".", ",", ";"))
        or not (text[0].isupper() or text[0].isdigit())
    ):
        return False
    return not re.search(r"[.;]\s+[A-Z]\w+ \w+ \w+", _ENUMERATOR.sub("", text))


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with those joined that a page break or a spaced-out heading tore apart."""
    held: Block | None = None
    for b in blocks:
        if held is not None and _continues(held, b):
            held = replace(held, content=join([held.content, b.content], "" if held.text.endswith("-") else " "))
            continue
        if held is not None:
            yield _levelled(held)
        held = b
    if held is not None:
        yield _levelled(held)


def _continues(a: Block, b: Block) -> bool:
    if b.marker or not b.text or a.kind == "table":
        return False
    if a.kind == "heading":
        return (
            len(a.text) > 20
            and b.kind in ("heading", "paragraph")
            and len(b.text) < 80
            and (bool(_OPEN_END.search(a.text)) or b.text[0].islower())
        )
    return not a.text.endswith(_ENDS) and b.text[0].islower() and len(a.text) > 60


def _levelled(b: Block) -> Block:
    if b.kind != "heading":
        return b
    if _PART.match(b.text):
        return replace(b, level=1)
    m = re.match(r"\d+(?:\.\d+)*", b.text)
    if m and b.text[m.end() : m.end() + 1] in (".", " "):
        return replace(b, level=2 + m.group().count("."))
    if re.match(r"[A-Z]\.?\s", b.text) and not re.match(r"A [a-z]", b.text):
        return replace(b, level=3)
    return replace(b, level=2)


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


def _title(blocks: list[Block]) -> str:
    """The longest heading before the first paragraph of some length: what a title page or a masthead leads to."""
    heads: list[str] = []
    for b in blocks[:40]:
        if b.kind == "paragraph" and (len(b.text.split()) > 25 or b.marker.text):
            break
        if b.kind == "heading" and not _PART.match(b.text) and len(b.text.split()) >= 3:
            heads.append(b.text)
    return max(heads, key=len, default="")


def _symbol(raw: str) -> str | None:
    """The document's symbol where one is printed among the running headers or the first lines."""
    pattern = re.compile(r"\b[A-Z]{1,6}(?:[./][A-Z0-9]{1,10})*[./]\d{1,4}(?:[./][A-Z]{1,6})*(?:[./]\d{1,4})*(?:/Rev\.\d+)?\b")
    counts: dict[str, int] = {}
    for s in pattern.findall(raw):
        if s.count("/") >= 2:
            counts[s] = counts.get(s, 0) + 1
    return max(counts, key=lambda s: counts[s]) if counts else None
