"""The page around a paper: its head, the house's mark, the way past it.

The faces are named and not brought along: they would make a paper of 100 kB one of 900 kB, and its bytes would change with the version
of the faces that happens to be installed.  Where the reader has none of them, a face of the same kind takes their place.
"""

from __future__ import annotations

import base64
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from evaltrail.facsimile.shell import tokens
from evaltrail.write.house import House
from evaltrail.write.markup.characters import attribute, escaped, fit
from evaltrail.write.markup.elements import block, element, said
from evaltrail.write.markup.page.blocks import Writer
from evaltrail.write.model import Heading, Paragraph, plain
from evaltrail.write.running import numbers_run_through

if TYPE_CHECKING:
    from evaltrail.write.house import Logo
    from evaltrail.write.model import Paper

_SIZES = {"a4": "A4", "us-letter": "letter"}
_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The page itself forbids scripts and all that comes from anywhere else."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def page(paper: Paper) -> str:
    """The whole file."""
    writer = Writer(paper)
    main = writer.body()
    skip = element("a", escaped(writer.words["skip"]), class_="skip", href="#text")
    meta = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_ELSE}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
    ]
    head = block("head", [*meta, element("title", escaped(_title(paper))), element("style", f"\n{_style(paper)}")])
    parts = [skip, *_masthead(_house(paper).logo), block("main", main, id="text", class_="running" if numbers_run_through(paper) else None)]
    body = block("body", parts, class_=None if writer.titled else "untitled")
    language = paper.language if _TAG.fullmatch(paper.language) else "und"
    return "<!DOCTYPE html>\n" + block("html", [head, body], lang=language, dir=paper.direction) + "\n"


def _title(paper: Paper) -> str:
    """What the window is called."""
    first = next((plain(b.words) for b in paper.walk() if isinstance(b, Heading)), "")
    names = (paper.title, paper.symbol, first, paper.organisation)
    return next((" ".join(fit(n).split()) for n in names if n and fit(n).strip()), "Paper")


def _masthead(logo: Logo | None) -> list[str]:
    """The house's mark; its name stands in the paper where the paper gives it."""
    if logo is None:
        return []
    source = f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode()}"
    size = f"width: {logo.width:g}pt; height: {logo.height:g}pt"
    return [element("header", f'<img{said(src=source, style=size)} alt="{attribute(logo.description)}">')]


def _house(paper: Paper) -> House:
    return paper.house or House()


def _style(paper: Paper) -> str:
    house = _house(paper)
    css = tokens() + (files("evaltrail.write.markup.page") / "style.css").read_text(encoding="utf-8")
    size = _SIZES.get(house.paper, "A4")
    accent = house.accent if _COLOUR.fullmatch(house.accent) else "#123c60"
    head = f'@top-right {{ content: "{_css(paper.symbol)}"; }}' if paper.symbol else ""
    # The first page says it in its own words.
    first = (
        "@page :first { @top-right { content: none; } }\n"
        if any(isinstance(b, Paragraph) and b.style == "symbol" for b in paper.blocks)
        else ""
    )
    foot = f"@bottom-center {{ content: {_numbering(paper.continued)}; }}"
    colours = f":root {{ --accent: {accent}; --house-ink: {house.ink}; }}"
    return f"{css}{colours}\n@page {{ size: {size}; {head} {foot} }}\n{first}@page wide {{ size: {size} landscape; }}\n"


def _numbering(continued: str) -> str:
    """The words with a page's number as CSS content."""
    parts = re.split(r"(\{pages?\})", continued or "{page}")
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    return " ".join(counters.get(p) or f'"{_css(p)}"' for p in parts if p)


def _css(text: str) -> str:
    """A string inside a style sheet: nothing in it may end the string or the element."""
    return "".join(c if c.isalnum() or c in " /.,-–" else f"\\{ord(c):x} " for c in " ".join(fit(text).split(" ")))
