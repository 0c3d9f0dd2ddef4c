"""A block of a section, and a way of setting statements as such blocks show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

DECIMAL = re.compile(r"^\(?(\d{1,3})[.)]?$")
COMPOSITE = re.compile(r"^\(?([A-Z]{1,3}[.-]?\d{1,2}(?:\.\d{1,2})?|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[.):]?$")


@dataclass(slots=True)
class Unit:
    """A block with its place among the blocks of the paper."""

    index: int
    block: Block
    setting: Setting
    number: str | None = None
    """The statement's number, where its marker counts statements."""
    running: bool = False
    """Whether its marker is the paper's running paragraph number."""
    language: str | None = None
    """The paper's, as an ISO 639-1 code."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which writers set statements, told by the blocks of one section."""

    name: str
    find: Callable[[list[Unit]], list[Unit]]
    """The blocks of a section that begin a statement set this way; none where the section is not set so."""
    basis: str
    prose: bool = False
    """Whether it is near to running text, so that every plainer list goes before it."""
    counts: bool = False
    """Whether its numbers count the statements, from 1 or on from those of the section before."""
    direct: bool = False
    """Whether it looks only at what stands straight under the heading that names the kind."""
    pure: bool = False
    """Whether it counts only under a heading that names the kind and nothing else."""
    topics: bool = False
    """Whether its headings are topics, each one statement with the paragraph under it."""
    least: int = 2
    """Fewer statements than these show no way of setting."""


def count(u: Unit) -> int:
    """The last part of a number: 3 of "3", 4 of "5.4"."""
    m = re.search(r"(\d+)$", u.number or "")
    return int(m.group(1)) if m else -1


def giver(s: Setting) -> int:
    """Index of the heading that gives the block its roles."""
    if not s.roles:
        return -2
    for section in s.section.chain:
        if section.roles & s.roles:
            return section.index
    return -2


def title_of_section(s: Setting) -> str:
    """Words of the heading that gives the block its roles."""
    return next((x.title for x in s.section.chain if x.roles & s.roles), "")
