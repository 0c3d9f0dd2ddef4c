"""A worker process: ``python -m evaltrail_office.jobs [PARENT]``; with a parent's process number it ends when that is gone."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")
django.setup()

from evaltrail_office.jobs.worker import run  # noqa: E402 - models can be imported once Django is set up

run(int(sys.argv[1]) if len(sys.argv) > 1 else None)
