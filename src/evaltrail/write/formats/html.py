"""HTML: one accessible file with its style, for screen and paper, without script and without anything from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.order import Order

NAME = "html"
ENDINGS = (".html", ".htm")
MEDIA_TYPE = "text/html"


def written(order: Order) -> bytes:
    """The page as UTF-8."""
    from evaltrail.write.markup.page.shell import page

    return page(order.paper).encode()
