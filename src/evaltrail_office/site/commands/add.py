"""``evaltrail add``: papers into intake."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.cli.progress import Bar
from evaltrail.cli.say import say
from evaltrail.read.batch import Progress
from evaltrail_office.site.commands.opening import FAULT, in_office, person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.accounts.models import User
    from evaltrail_office.intake.models import Batch, Item

PART = 3
LOOK = 0.3
"""Seconds between two looks at how far reading has come."""
_PIECE = 1 << 20


@dataclass(slots=True)
class _Brought:
    batches: list[Batch] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    faults: int = 0


def main(
    files: Sequence[str],
    *,
    who: str | None = None,
    evaluation: str = "",
    wait: bool = False,
    quiet: bool = False,
    data: str | None = None,
) -> int:
    """Bring files; returns the exit code: 0 all, 3 some, 2 none."""
    return in_office(data, lambda: _add(files, who, evaluation, wait=wait, bar=Bar(quiet=quiet)))


def _add(files: Sequence[str], who: str | None, evaluation: str, *, wait: bool, bar: Bar) -> int:
    user = person(who)
    there = [f for f in dict.fromkeys(files) if _is_there(f)]
    brought = _Brought(faults=len(set(files)) - len(there))
    began = time.monotonic()
    for number, name in enumerate(there):
        _bring(user, name, evaluation, brought)
        bar.show(Progress(number + 1, len(there), 0, 0, (name,), time.monotonic() - began))
    bar.clear()
    for batch in brought.batches:
        waiting = sum(item.batch_id == batch.pk for item in brought.items)
        sys.stdout.write(f"{batch.key}: {waiting} {'file' if waiting == 1 else 'files'} to be read, brought by {user}\n")
    sys.stdout.flush()
    if wait and brought.items:
        _wait(brought, bar)
    done = len(brought.items)
    if wait:
        done = sum(_told(item) for item in brought.items)
        brought.faults += len(brought.items) - done
    return 0 if not brought.faults else PART if done else FAULT


def _is_there(name: str) -> bool:
    try:
        with Path(name).open("rb"):
            return True
    except IsADirectoryError:
        say(f"{name}: it is a folder; name the files in it")
    except OSError as fault:
        say(f"{name}: it cannot be opened ({fault.strerror})")
    return False


def _bring(user: User, name: str, evaluation: str, brought: _Brought) -> None:
    """Keep one file and put it into the batch, or into another where that is full."""
    from evaltrail_office.intake import actions
    from evaltrail_office.intake.models import Item

    sha256, size, head, fault = _kept(Path(name))
    if not brought.batches:
        brought.batches.append(actions.new_batch(user, evaluation))
    put = partial(actions.add_file, user, filename=Path(name).name, size=size, sha256=sha256, head=head, fault=fault)
    try:
        item = put(brought.batches[-1])
    except actions.TooMany:
        brought.batches.append(actions.new_batch(user, evaluation))
        item = put(brought.batches[-1])
    if item.state == Item.State.FAILED:
        say(f"{name}: {item.fault}")
        brought.faults += 1
    elif item.state == Item.State.REPEATED:
        say(f"{name}: the office has the same file already; nothing is read")
    else:
        brought.items.append(item)


def _kept(path: Path) -> tuple[str, int, bytes, str]:
    """Hash, size, first bytes and fault of a file that was put on the shelf; what is too large is not kept, as with an upload."""
    from evaltrail_office.intake.sniff import HEAD, most_bytes
    from evaltrail_office.shelf.files import Keeping

    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not size or size > most_bytes():
            return "", size, head, ""
        file.seek(0)
        try:
            keeping = Keeping()
        except OSError:
            return "", size, head, "disk"
        try:
            while piece := file.read(_PIECE):
                keeping.write(piece)
            return *keeping.finish(), head, ""
        except OSError:
            return "", size, head, "disk"
        finally:
            keeping.drop()


def _wait(brought: _Brought, bar: Bar) -> None:
    """Wait until all are read; where no worker gives signs of life, read them here."""
    from evaltrail_office.intake.models import OPEN, Item
    from evaltrail_office.jobs import queries, worker

    numbers, began = [item.pk for item in brought.items], time.monotonic()
    name = worker.name()
    with worker.beating(name) as alive:
        while True:
            brought.items = list(
                Item.objects.select_related("job", "document", "batch").filter(pk__in=numbers).order_by("batch", "position")
            )
            unread = [i for i in brought.items if i.stands in OPEN and i.batch.stopped is None]
            if not unread:
                break
            current = tuple(i.filename for i in unread if i.state == Item.State.READING)
            bar.show(Progress(len(numbers) - len(unread), len(numbers), 0, 0, current, time.monotonic() - began))
            job = None if queries.workers().exclude(name=name).exists() else worker.lease(name)
            if job is None:
                time.sleep(LOOK)
                continue
            with alive.at(job):
                worker.do(job, name)
        if not queries.workers().exclude(name=name).exists():
            # What follows from reading: the search index, the first check.
            worker.drain()
    bar.clear()


def _told(item: Item) -> bool:
    """Say what became of a file; returns whether the office has it now."""
    from evaltrail_office.intake.models import Item

    if item.document is not None:
        sys.stdout.write(f"{item.document.key}  {item.filename}\n")
        return True
    if item.stands == Item.State.REPEATED:
        say(f"{item.filename}: the office has the same file already; nothing was read")
        return True
    say(f"{item.filename}: {item.why or 'reading was stopped'}")
    return False
