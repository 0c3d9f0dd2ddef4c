"""Whatever people do to a document one after the other, its rows say what its working record says."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from evaltrail.record import (
    AddLink,
    AddStatement,
    MergeEvaluations,
    MergeStatements,
    MoveStatement,
    Record,
    RemoveStatement,
    SetDocument,
    SetEvaluation,
    SetField,
    SplitEvaluation,
    SplitStatement,
)
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import actions, store, working

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail.record import Correction
    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

pytestmark = pytest.mark.django_db

STEPS = 25


def change_of(record: Record, chance: random.Random) -> Correction:
    """Some correction of the record; not every one fits."""
    keys = [s.id for e in record.evaluations for s in e.statements]
    evaluations = [e.id for e in record.evaluations]
    key, other, word = chance.choice(keys), chance.choice(keys), f"Words {chance.random():.3f}."
    kind = chance.choice(["finding", "conclusion", "lesson", "recommendation", "response"])
    return chance.choice(
        [
            SetField(statement=key, field="text", new=word),
            SetField(statement=key, field="label", new=word),
            SetField(statement=key, field="kind", new=kind),
            MergeStatements(statement=key, into=other),
            SplitStatement(statement=key, offset=chance.randint(1, 150)),
            RemoveStatement(statement=key, keep_parts=chance.random() < 0.5),
            AddStatement(evaluation=chance.choice(evaluations), becomes=kind, text=word, after=other),
            MoveStatement(statement=key, evaluation=chance.choice(evaluations)),
            AddLink(from_=key, to=other, link="leads_to"),
            SetDocument(field="title", new=word),
            SplitEvaluation(statement=key, title=word),
            MergeEvaluations(evaluation=chance.choice(evaluations), into=chance.choice(evaluations)),
            SetEvaluation(evaluation=chance.choice(evaluations), field="title", new=word),
        ]
    )


def reread(record: Record, chance: random.Random) -> Record:
    """The paper as another reader would have it: some statements less, some under other ids, some with other words."""
    evaluations = []
    for e in record.evaluations:
        statements = []
        for s in e.statements:
            luck = chance.random()
            if luck > 0.05:
                update = {"id": f"{s.id}-q"} if luck < 0.15 else {"text": f"{s.text} Read on."} if luck < 0.25 else {}
                statements.append(s.model_copy(update=update))
        known = {s.id for s in statements}
        links = tuple(x for x in e.links if {x.from_, x.to} <= known)
        statements = [s.model_copy(update={"parent": s.parent if s.parent in known else None}) for s in statements]
        evaluations.append(e.model_copy(update={"statements": tuple(statements), "links": links}))
    return record.model_copy(update={"evaluations": tuple(evaluations)})


def told(document: Document) -> list[tuple[object, ...]]:
    """What the rows say."""
    fields = ("record_id", "position", "kind", "number", "label", "text", "priority", "verdict", "page", "part__record_id")
    rows = [(document.title,), *document.parts.order_by("position").values_list("record_id", "label", "title")]
    return [*rows, *document.statements.order_by("position").values_list(*fields)]


def step(users: list[User], document: Document, sample: Record, chance: random.Random) -> None:
    """One thing that somebody does."""
    user = chance.choice(users)
    record = actions.working_record(document)
    keys = [s.id for e in record.evaluations for s in e.statements]
    luck = chance.random()
    if luck < 0.5:
        actions.correct_all(user, document, [change_of(record, chance) for _ in range(chance.choice([1, 1, 2]))])
    elif luck < 0.6:
        actions.undo(user, document, chance.choice([None, *document.corrections.all()]))
    elif luck < 0.7:
        actions.redo(user, document)
    elif luck < 0.8:
        actions.confirm_statements(user, document, chance.sample(keys, min(5, len(keys))))
    elif luck < 0.85:
        actions.confirm(user, document, rest=True)
    elif luck < 0.9:
        actions.unconfirm_statement(user, document, chance.choice(keys))
    elif luck < 0.95:
        actions.replay(document, reread(sample, chance), user)
    else:
        open_ = document.corrections.filter(undone=None).exclude(conflict="").first()
        if open_ is not None:
            actions.resolve(user, document, open_, chance.choice(["person", "reading"]), chance.choice(keys))


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(n, marks=pytest.mark.soak) for n in range(4, 100))])
def test_rows_say_what_the_record_says_whatever_people_do(
    seed: int, document: Callable[..., Document], person: Callable[..., User], sample: Record
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same people do the same in every run
    users = [person("head"), person("head")]
    paper = document()
    done = 0
    for _ in range(STEPS):
        before = told(paper)
        count = Entry.objects.count()
        try:
            step(users, paper, sample, chance)
        except (actions.Conflicting, actions.NotConfirmed, actions.NothingToUndo):
            paper.refresh_from_db()
            assert told(paper) == before
            assert Entry.objects.count() == count
        else:
            done += 1
    assert done > STEPS / 3
    record = actions.working_record(paper)
    assert Record.from_json(record.to_json()) == record
    now = told(paper)
    store.derive(paper, record)
    assert told(paper) == now
    # A process that has kept nothing computes the same.
    working._kept.clear()
    assert actions.working_record(paper) == record
    paper.refresh_from_db()
    if paper.confirmed:
        assert not paper.statements.filter(confirmed=None).exists()
