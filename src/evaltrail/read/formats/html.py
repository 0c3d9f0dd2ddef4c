"""HTML pages, saved from a web site or made by a converter."""

from __future__ import annotations

import codecs
import re

from evaltrail.read.formats import Options, Unreadable
from evaltrail.read.outline import Outline, OutlinePage

MEDIA_TYPE = "text/html"
SUFFIXES = (".html", ".htm", ".xhtml")

_SIGNS = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|table|p|h[1-6])[\s>/]", re.IGNORECASE)
_STARTS = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)[\s>/]", re.IGNORECASE | re.DOTALL
)
_MARKDOWN = re.compile(rb"^#{1,6} \S|^\|?\s*:?-{3,}:?\s*\|", re.MULTILINE)
"""Lines that a fragment of a page does not have, and a Markdown text that begins with mark-up does."""
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-z0-9_:.-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([a-z0-9_:.-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def sniff(head: bytes, size: int) -> bool:
    """Whether the bytes begin as a page does, or have its main tags early on."""
    if not size:
        return False
    for bom, name in _BOMS:
        if head.startswith(bom):
            head = head.decode(name, "ignore").lstrip("\ufeff").encode()
            break
    fragment = head.lstrip()[:1] == b"<" and len(_SIGNS.findall(head)) >= 2 and not _MARKDOWN.search(head)
    return _STARTS.match(head) is not None or fragment


def outline(data: bytes, options: Options) -> Outline:
    """The page's main content as an outline with one page of size 0.

    Raises :class:`Unreadable` with ``empty``, ``too-large`` or ``no-text``.
    """
    from evaltrail.read.markup import page
    from evaltrail.read.markup.parse import parse

    if not data.strip():
        raise Unreadable("empty", "it is empty. Save the page again")
    if len(data) > options.max_expanded:
        raise Unreadable("too-large", f"it is larger than {options.max_expanded >> 20:,} MB, which no page is")
    text = decode(data).replace("\x00", "")
    root = parse(text)
    if root is None:
        raise Unreadable("no-text", "the page has no text")
    out = Outline(MEDIA_TYPE, [OutlinePage(1)])
    page.read(root, out, text)
    if not out.pages[0].text.strip():
        raise Unreadable(
            "no-text", "the page has no text; if it is drawn by a script, save it from the browser as a complete page or a PDF"
        )
    return out


def decode(data: bytes) -> str:
    """The page's text: by byte order mark, by its own declaration, as UTF-8, else as Windows-1252 (as browsers do)."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace").lstrip("\ufeff")
    found = _CHARSET.search(data[:8192])
    names = [(found.group(1) or found.group(2)).decode("ascii")] if found else []
    for name in [*names, "utf-8"]:
        # The web's rule: what calls itself Latin-1 is Windows-1252; a declaration of UTF-16 that could be read as ASCII is wrong.
        known = "cp1252" if name.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name
        if known.lower().startswith(("utf-16", "utf-32")):
            continue
        try:
            return data.decode(known)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8" if names and names[0].lower() in {"utf-8", "utf8"} else "cp1252", "replace")
