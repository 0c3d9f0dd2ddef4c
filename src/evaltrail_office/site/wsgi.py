"""The office as a WSGI application, for granian or any other WSGI server."""

import gc
import os
from itertools import count

from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")

application = get_wsgi_application()
SETTLED = 50
"""Requests after which a process has brought in what pages are made with."""
_answered = count(1)


def settle(**_signal: object) -> None:
    """Take what stays as long as the process out of what is looked through for things that may go.

    All of it is looked through whenever enough new has come, and a page that comes just then would wait for that longer than for itself.
    """
    if next(_answered) == SETTLED:
        request_finished.disconnect(settle)
        gc.collect()
        gc.freeze()


request_finished.connect(settle)
