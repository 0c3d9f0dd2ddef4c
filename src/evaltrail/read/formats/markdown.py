"""Markdown: CommonMark with tables and footnotes, written by hand or by a converter from PDF."""

from __future__ import annotations

import re
from html import escape

from evaltrail.read.formats import Options, Unreadable
from evaltrail.read.outline import Outline, OutlinePage

MEDIA_TYPE = "text/markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
PRIORITY = -5

_SIGNS = re.compile(
    rb"^#{1,6} \S|^\S.*\r?\n(?:={3,}|-{3,})\s*$|^\|.*\|\s*$|^\|?\s*:?-{3,}:?\s*\|"
    rb"|\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*|^```|^\[\^?[\w-]+\]: ",
    re.MULTILINE,
)
_DEEPEST = 20
_DEEP_QUOTE = re.compile(rf"^((?:[ \t]*>){{{_DEEPEST}}})(?:[ \t]*>)+", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD = re.compile(r"^(title|lang|language)[ \t]*:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*(.*(?:\n(?!\[\^|#)\S.*|\n\n?[ \t]{2,}\S.*)*)", re.MULTILINE)
_CALL = re.compile(r"\[\^([^\]\s]{1,80})\](?!:)")
_MARGIN = re.compile(r"^[ \t]+", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)


def sniff(head: bytes, size: int) -> bool:
    """Whether the bytes are text with at least two of Markdown's marks."""
    if not size or b"\x00" in head:
        return False
    return len(_SIGNS.findall(head)) >= 2


def outline(data: bytes, options: Options) -> Outline:
    """The text as an outline with one page of size 0, which holds the words as they are shown, without the marks.

    Raises :class:`Unreadable` with ``empty``, ``too-large`` or ``no-text``.
    """
    from evaltrail.read.formats.text import decode
    from evaltrail.read.markup import page
    from evaltrail.read.markup.parse import parse

    if not data.strip():
        raise Unreadable("empty", "it is empty. Fetch or export it again")
    if len(data) > options.max_expanded:
        raise Unreadable("too-large", f"it is larger than {options.max_expanded >> 20:,} MB, which no text is")
    source, fields = _without_front_matter(decode(data).replace("\x00", "").removeprefix("\ufeff"))
    root = parse(f"<html><body>{_rendered(source)}</body></html>")
    if root is None:
        raise Unreadable("no-text", "the file has no text")
    out = Outline(MEDIA_TYPE, [OutlinePage(1)])
    page.read(root, out, source, saved_page=False)
    out.title = fields.get("title") or out.title
    out.language = (fields.get("lang") or fields.get("language") or "")[:2].lower() or None
    if not out.pages[0].text.strip():
        raise Unreadable("no-text", "the file has no text")
    return out


def _without_front_matter(source: str) -> tuple[str, dict[str, str]]:
    """The text after its front matter, and the front matter's title and language."""
    found = _FRONT_MATTER.match(source)
    if found is None:
        return source, {}
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(found.group(1))}
    return source[found.end() :], fields


def _rendered(source: str) -> str:
    from markdown_it import MarkdownIt

    # The parser drops what is nested deeper than this without a word.
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 5 * _DEEPEST}).enable(["table", "strikethrough"])
    if "[^" in source:
        source = _with_notes(source)
    return str(reader.render(_DEEP_QUOTE.sub(r"\1", source)))


def _with_notes(source: str) -> str:
    """Footnotes, which CommonMark does not have, as the links that a page has: each call a raised link, each note an element."""
    fences = [m.span() for m in _FENCE.finditer(source)]

    def in_fence(at: int) -> bool:
        return any(a <= at < b for a, b in fences)

    notes = {m.group(1): m.group(2) for m in _DEFINITION.finditer(source) if not in_fence(m.start())}
    if not notes:
        return source
    numbers: dict[str, str] = {}

    def call(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in notes or in_fence(found.start()):
            return found.group()
        number = numbers.setdefault(name, name if name.isdigit() else str(len(numbers) + 1))
        return f'<sup><a href="#fn-{escape(name)}">{number}</a></sup>'

    body = _CALL.sub(call, _DEFINITION.sub(lambda m: m.group() if in_fence(m.start()) else "", source))
    ends = [f'<div id="fn-{escape(name)}">\n\n{_MARGIN.sub("", text)}\n\n</div>' for name, text in notes.items() if name in numbers]
    return "\n\n".join([body, *ends])
