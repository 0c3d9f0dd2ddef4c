"""Facsimile: a paper as a page of HTML shows it, pictures of its pages or its words, with places marked on them."""

from __future__ import annotations

from evaltrail.facsimile.images import PIXELS, Picture, boxes_of, faces, pictures
from evaltrail.facsimile.leaf import is_pdf, sheet, stretches
from evaltrail.facsimile.marks import Mark, marked, overlay, regions, threads
from evaltrail.facsimile.shell import page

__all__ = [
    "PIXELS",
    "Mark",
    "Picture",
    "boxes_of",
    "faces",
    "is_pdf",
    "marked",
    "overlay",
    "page",
    "pictures",
    "regions",
    "sheet",
    "stretches",
    "threads",
]
