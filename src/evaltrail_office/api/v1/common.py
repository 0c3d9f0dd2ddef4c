"""Types that the operations share."""

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Header, Path, Query
from pydantic import StringConstraints

from evaltrail_office.api.paging import MOST
from evaltrail_office.api.problems import Problem, ProblemOut, not_valid

Key = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}-[0-9]{4,10}$")]
"""A key of a thing: ``E-00014``, ``D-000012``."""
KeyInPath = Annotated[Key, Path(description="Its key, as lists give it.")]
DocumentKey = Annotated[Key, Path(description="Key of the document: D-000012.")]
StatementId = Annotated[str, Path(description="id of the statement in the paper's record: I.f1.", max_length=80)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows of a page.")]
Cursor = Annotated[str, Query(max_length=400, description="next of the page before; empty: the first page.")]
NumberInPath = Annotated[int, Path(ge=1, le=2**31 - 1)]

PROBLEMS = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429})
"""Every operation may answer these."""
OF_CHANGES = PROBLEMS | {412, 428}
"""And those that change what others may change at the same time."""
Answers = dict[int | frozenset[int], type]
IfMatch = Annotated[
    str, Header(alias="If-Match", max_length=40, description='Its revision as you read it: "3". With * it is done whatever it is now.')
]


def answers(model: type, status: int = 200, *, revised: bool = False) -> Answers:
    """What an operation answers: the model, or a problem. ``revised``: it is told the revision that was seen."""
    return {status: model, OF_CHANGES if revised else PROBLEMS: ProblemOut}


def revision_of(given: str) -> int | None:
    """The revision that a program has seen, from its header ``If-Match``; None: it does not care.

    Raises:
        Problem: there is none, or it is no revision.
    """
    bare = given.strip().removeprefix("W/").strip('"')
    if bare == "*":
        return None
    if not bare:
        raise Problem(
            "no-revision",
            _("Without it you could undo unseen what somebody else has just done."),
            _('Read it, and send its revision as a header: If-Match: "3"'),
        )
    if not (bare.isascii() and bare.isdigit()):
        raise not_valid("header.If-Match", _('it is a revision in quotes, as in: If-Match: "3"'))
    return int(bare)


def clean_json(value: object, field: str = "body") -> None:
    """Refuse what no text of the office can hold: the character 0 and halves of characters. Raises ``Problem`` that names the field."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise not_valid(field, _("it holds a character that cannot be kept (U+0000, or half of one)"))
    elif isinstance(value, dict):
        for key, inner in value.items():
            clean_json(str(key), field)
            clean_json(inner, f"{field}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            clean_json(inner, f"{field}.{number}")


def damaged(fault: ValueError) -> Problem:
    """A paper without a reading, or with a damaged one."""
    return Problem("conflict", str(fault), _("Where a paper was not read yet, wait until it is; a damaged one comes back from a backup."))
