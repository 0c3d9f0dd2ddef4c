"""A worker is woken as soon as there is work, on both databases."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.presence import InUse, alone, present
from evaltrail_office.jobs.waking import Bed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONG = 20.0


@pytest.fixture
def asleep() -> Iterator[list[float]]:
    """A worker that sleeps for long; gives how long it slept."""
    slept: list[float] = []
    lies = threading.Event()

    def sleep() -> None:
        bed = Bed()
        lies.set()
        began = time.monotonic()
        bed.sleep(LONG)
        slept.append(time.monotonic() - began)
        connection.close()

    thread = threading.Thread(target=sleep, daemon=True)
    thread.start()
    lies.wait(5)
    time.sleep(0.3)
    yield slept
    thread.join(LONG + 5)


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_when_the_job_can_be_seen_and_not_before(asleep: list[float]) -> None:
    with transaction.atomic():
        enqueue("test.nothing", {}, asked_by="P-00001")
        time.sleep(0.3)
        assert asleep == []
    limit = time.monotonic() + 5
    while not asleep and time.monotonic() < limit:
        time.sleep(0.01)
    assert asleep
    assert asleep[0] < LONG / 2


@pytest.mark.django_db
def test_nobody_has_to_be_there_to_be_woken() -> None:
    enqueue("test.nothing", {}, asked_by="P-00001")


def test_many_use_a_folder_together_and_one_has_it_alone(tmp_path: Path) -> None:
    with present(tmp_path), present(tmp_path), pytest.raises(InUse, match="is running"), alone(tmp_path):
        pass
    with alone(tmp_path), pytest.raises(InUse, match="wait until evaltrail restore has ended"), present(tmp_path):
        pass
    with alone(tmp_path):
        pass
