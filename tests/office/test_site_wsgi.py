"""The office as a server runs it."""

from __future__ import annotations

import gc

import pytest
from django.core.signals import request_finished


# Other receivers of the signal look at the connection to the database, where an earlier test has left one.
@pytest.mark.django_db
def test_what_stays_is_no_longer_looked_through_once_pages_have_brought_it_in() -> None:
    from evaltrail_office.site import wsgi

    assert gc.get_freeze_count() == 0
    try:
        for _ in range(wsgi.SETTLED - 1):
            wsgi.settle()
        assert gc.get_freeze_count() == 0
        request_finished.send(wsgi.application)
        assert gc.get_freeze_count() > 10_000
        # Done once: nothing of a request is kept for good.
        assert not request_finished.disconnect(wsgi.settle)
    finally:
        request_finished.disconnect(wsgi.settle)
        gc.unfreeze()
