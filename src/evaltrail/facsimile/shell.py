"""The shell of an HTML page that needs nothing from anywhere else, and no script."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from evaltrail.facsimile.images import faces

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
"""
_LOGO = (
    '<svg viewBox="0 0 26 16" aria-hidden="true">'
    '<path d="M3 12C8 12 8 4 13 4s5 8 10 8" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path fill="currentColor" d="M0 9h6v6H0zM10 1h6v6h-6zM20 9h6v6h-6z"/></svg>'
)


def page(title: str, links: Sequence[tuple[str, str]], body: str, foot: str, css: str) -> str:
    """A whole page.

    Args:
        title: what the window is called.
        links: id and words of the sections that the header leads to; the first is what the skip link leads to.
        body: HTML of the main part.
        foot: HTML of the footer.
        css: rules of this page besides those that all share.
    """
    to = "".join(f'<a href="#{key}">{escape(words)}</a>\n' for key, words in links)
    first, words = links[0]
    top = (
        f'<a class="skip" href="#{first}">To {escape(words[0].lower() + words[1:])}</a>\n<div class="top"><div class="wrap">'
        f'<span class="brand">{_LOGO}Evaltrail</span><nav aria-label="On this page">\n{to}</nav></div></div>\n'
    )
    shared = tokens() + (files("evaltrail.facsimile") / "style.css").read_text(encoding="utf-8")
    return (
        f"{_HEAD}<title>{escape(title)}</title>\n<style>\n{faces()}\n{shared}\n{css}\n</style>\n</head>\n"
        f'<body>\n{top}<main class="wrap">\n{body}</main>\n<footer class="wrap">{foot}</footer>\n</body>\n</html>\n'
    )


def tokens() -> str:
    """The style sheet of the colours that pages share."""
    return (files("evaltrail.facsimile") / "tokens.css").read_text(encoding="utf-8")
