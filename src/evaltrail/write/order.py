"""What is asked for: a record, the kind of paper and the house; and the paper made of it, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from evaltrail.record import Record  # noqa: TC001  # a reader of the class wants the real type
from evaltrail.write.house import House
from evaltrail.write.model import Paper  # noqa: TC001  # as above


@dataclass(frozen=True)
class Order:
    """One paper to be written."""

    record: Record
    kind: str | None = None
    """Name of a module in ``papers``; None: the one that fits the record."""
    house: House = field(default_factory=House)
    companion: Record | None = None
    """A second record that the paper needs: of a response matrix or follow-up report the one that holds the recommendations."""

    @cached_property
    def paper(self) -> Paper:
        """The paper, composed when it is first asked for (tables and data formats take the record itself)."""
        from evaltrail.write.papers import compose

        return compose(self)


class Unwritable(Exception):
    """The paper that was asked for cannot be made of this record. ``str()`` is one line with the cause and the remedy."""
