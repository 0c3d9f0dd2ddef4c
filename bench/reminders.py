"""A morning of reminders for an organisation of 5,000 people: what is due is found, put into words and handed to a mail server.

    python bench/reminders.py [--people N] [--actions N]

Units of ten people, actions with owners and without, a third of them late; a mail server in a process of its own that takes what it is
given. Printed: how many were told, and the seconds that the day's job took; in a second run nobody is told again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socketserver
import tempfile
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

A_UNIT = 10


class Taker(socketserver.StreamRequestHandler):
    """Takes mail and throws it away."""

    def handle(self) -> None:
        """Answer each command of SMTP with what lets it go on."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
            elif command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 taken\r\n")


def _serve(told: Connection) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Taker) as server:
        told.send(server.server_address[1])
        server.serve_forever()


def main() -> int:
    """Run and print. Returns 0 whatever was measured: this is no test."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--actions", type=int, default=20_000)
    args = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    with tempfile.TemporaryDirectory(prefix="evaltrail-reminders-") as folder:
        os.environ |= {
            "EVALTRAIL_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings",
            "EVALTRAIL_SMTP_HOST": "127.0.0.1",
            "EVALTRAIL_SMTP_PORT": str(here.recv()),
            "EVALTRAIL_SMTP_TLS": "none",
            "EVALTRAIL_URL": "https://office.example",
        }
        os.environ.pop("DATABASE_URL", None)
        _fill(args.people, args.actions)
        for which in ("first", "second"):
            seconds, told = _remind()
            print(f"{which} run: {told['sent']} mails in {seconds:.1f} s, {told['failed']} failed")
    server.terminate()
    return 0


def _fill(people: int, actions: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from evaltrail_office.accounts.models import Unit, User
    from evaltrail_office.evaluations.models import Evaluation, Recommendation
    from evaltrail_office.follow_up.models import Action, FollowUp, Track
    from evaltrail_office.follow_up.preset import shipped

    call_command("migrate", verbosity=0)
    units = Unit.objects.bulk_create([Unit(key=f"U-{n:04}", name=f"Unit {n}") for n in range(people // A_UNIT)])
    of = [units[n // A_UNIT % len(units)] for n in range(people)]
    made = User.objects.bulk_create(
        [User(key=f"P-{n:05}", email=f"p{n}@office.example", name=f"Person {n}", unit=of[n]) for n in range(people)]
    )
    own = Evaluation.objects.create(key="E-00001", title="Landing sites that last", made_by="system:bench", stage="released")
    rules = shipped()["house"].model_dump(mode="json")
    follow_up = FollowUp.objects.create(evaluation=own, preset="house", rules=rules, made_by="system:bench", started=date(2026, 1, 1))
    asked = Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Train the fitters.")
    track = Track.objects.create(recommendation=asked, follow_up=follow_up, evaluation=own)
    today = date.today()  # noqa: DTZ011 - the bench's own day
    Action.objects.bulk_create(
        [
            Action(
                key=f"A-{n:06}",
                track=track,
                evaluation=own,
                text=f"Train the fitters of site {n} and name one of them for its stores.",
                unit=made[n % people].unit,
                owner=made[n % people] if n % 4 else None,
                first_due=today + timedelta(days=n % 45 - 15),
                due=today + timedelta(days=n % 45 - 15),
                state="open",
            )
            for n in range(actions)
        ],
        batch_size=2000,
    )


def _remind() -> tuple[float, dict[str, int]]:
    from evaltrail_office.follow_up.jobs_reminders import daily

    class Work:
        """What a handler tells how far it has come; nobody listens here."""

        number, asked_by = 0, "system:bench"
        args: Mapping[str, Any] = {}

        def step(self, done: int, total: int = 0, doing: str = "") -> None:
            """Say nothing."""

    begun = time.perf_counter()
    told = daily(Work())
    return time.perf_counter() - begun, told


if __name__ == "__main__":
    raise SystemExit(main())
