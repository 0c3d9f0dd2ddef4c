"""Whether everybody can use a page in a real browser: axe finds nothing, and nothing sticks out sideways."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BOTH: tuple[tuple[int, str], ...] = ((1440, "light"), (390, "dark"))
"""Each width and each theme once: light and dark differ in colours, wide and narrow in places."""
ALL = (*BOTH, (390, "light"), (1440, "dark"))
# What passed or does not apply is not told: to describe it takes axe and its reader twice as long as to look for faults.
_RUN = "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"


@cache
def _axe() -> Any:
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")


@cache
def _script() -> str:
    return str(_axe().Axe().axe_script)


def assert_accessible(page: Page, *ways: tuple[int, str]) -> None:
    """Look at a page that is open, at each of the widths in each of the themes on the one load; without any as it is shown."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_script())
    for way in ways or (None,):
        if way is not None:
            page.set_viewport_size({"width": way[0], "height": 900})
            page.emulate_media(color_scheme=way[1])  # type: ignore[arg-type]
        found = _axe().AxeResults(page.evaluate(_RUN, list(RULES)))
        assert found.violations_count == 0, f"{page.url} {way or ''}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (page.url, way)
