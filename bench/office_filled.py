"""Fill an office for the load, if that was not done before, and print who is signed in and what may be corrected, as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path

import django

import evaltrail_office

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from office_seed import fill, record  # noqa: E402


def main(evaluations: int, paper: Path, papers: int) -> None:
    """See the module."""
    import random

    from evaltrail_office.accounts.models import Grant, User
    from evaltrail_office.accounts.policy import Role
    from evaltrail_office.intake.actions import add_file, new_batch
    from evaltrail_office.jobs.models import Job
    from evaltrail_office.jobs.worker import drain
    from evaltrail_office.journal.actions import note
    from evaltrail_office.shelf import files, search, store
    from evaltrail_office.shelf.models import Document

    call_command("migrate", verbosity=0)
    done, wanted = Path(settings.DATA) / "filled", f"{evaluations} evaluations in tables {_tables()}"
    if not done.exists():
        if User.objects.exists():
            raise SystemExit(f"the office in {settings.DATA} was only filled in part: remove it")
        head = User.objects.create_user("head@load.example", "a long password", name="Head")
        Grant.objects.create(user=head, role=Role.HEAD, given_by="system:bench")
        for count in fill(evaluations):
            print(count, file=sys.stderr)
        for n in range(20):
            # Papers that somebody corrects.
            made = store.new_document(record(random.Random(n), n), actor=head)  # noqa: S311 - the same in every run
            made.filename = f"paper {n}.pdf"
            made.save()
        note("system:bench", "filled", "office:1")
        search.rebuild()
        drain()
        left = Job.objects.exclude(state="done").first()
        if left is not None:
            raise SystemExit(f"a job of the filling was not done: {left.kind}: {left.fault}")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Its own maintenance would come to it a minute later, in the middle of the measuring.
                cursor.execute("VACUUM ANALYZE")
        done.write_text(wanted)
    if done.read_text() != wanted:
        raise SystemExit(f"the office in {settings.DATA} has {done.read_text()}, wanted are {wanted}: remove it, or give another folder")
    head = User.objects.get(email="head@load.example")
    Job.objects.filter(state__in=("waiting", "running")).update(state="stopped")
    batch = new_batch(head)
    for n in range(papers):
        # No two files are the same, or the office would read one.
        content = paper.read_bytes() + f"\n% {time.time_ns()} {n}\n".encode()
        sha256, size = files.keep([content])
        add_file(head, batch, filename=f"long {n}.pdf", size=size, sha256=sha256, head=content[:4096])
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(head.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = head.get_session_auth_hash()
    session.create()
    own = Document.objects.filter(brought_by=head.key).order_by("id")
    print(json.dumps({"session": session.session_key, "statements": [f"{d.key}/f{n}" for d in own for n in range(1, 9)]}))


def _tables() -> str:
    """Tells one state of the office's tables from another: an office that was filled before they changed cannot be opened."""
    folder = Path(evaltrail_office.__file__).parent
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.glob("*/migrations/*.py")))).hexdigest()[:12]


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
