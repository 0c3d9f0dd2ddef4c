"""A worker process: ``python -m evaltrail_office.jobs [PARENT]``; with a parent's process number it ends when that is gone."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")
try:
    django.setup()
except (ValueError, OSError) as fault:
    sys.exit(f"evaltrail worker: {fault}")

from evaltrail_office.jobs.manners import give_way
from evaltrail_office.jobs.presence import InUse
from evaltrail_office.jobs.worker import run

give_way()
try:
    run(int(sys.argv[1]) if len(sys.argv) > 1 else None)
except InUse as fault:
    sys.exit(f"evaltrail worker: {fault}")
