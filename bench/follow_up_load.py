"""Follow-up at its full size: how long its pages and figures take in 150,000 recommendations and half a million actions.

    python bench/follow_up_load.py [--evaluations N] [--seconds S] [--rounds N] [--postgres] [--keep DIR] [--without-papers]

Fills an office (ten recommendations and some 33 actions an evaluation), works out all figures once, then asks each page many times in this
process and, at a few requests a second, of the office as ``evaltrail serve`` starts it. Printed: medians, 95th percentiles, the share
within 150 ms, and seconds and memory of the facts and the figures.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).resolve().parent
WITHIN = 0.150
A_SECOND = 4
"""Pages of follow-up that people open in a second, while everything else goes on."""


def main() -> int:
    """Run and print. Returns 0 whatever was measured: this is no test."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluations", type=int, default=15_000)
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument(
        "--without-papers", action="store_true", help="evaluations and recommendations alone: filled in a tenth of the time"
    )
    parser.add_argument("--inside", choices=["fill", "figures", "pages"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        return inside(args)
    from office_load import _office, _postgres

    with ExitStack() as stack:
        folder = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="evaltrail-follow-up-")))
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["EVALTRAIL_DATA"] = str(folder)
        os.environ.pop("DATABASE_URL", None)
        if args.postgres:
            os.environ["DATABASE_URL"] = stack.enter_context(_postgres(folder))
        for what in ("fill", "figures", "pages"):
            command = [sys.executable, str(HERE / "follow_up_load.py"), *sys.argv[1:], "--inside", what]
            made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            print(made.stdout.rpartition("{")[0], end="")
        told = json.loads(made.stdout.splitlines()[-1])
        address = stack.enter_context(_office(folder))
        served(address, told, args.seconds)
    return 0


def inside(args: argparse.Namespace) -> int:
    """One step in a process of its own, with Django."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")
    django.setup()
    {"fill": _fill, "figures": _figures, "pages": _pages}[args.inside](args)
    return 0


def _fill(args: argparse.Namespace) -> None:
    from django.core.management import call_command
    from django.db import connection
    from follow_up_seed import follow, units
    from office_seed import fill

    from evaltrail_office.accounts.models import Grant, User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.evaluations.models import Recommendation as Kept
    from evaltrail_office.journal.actions import note

    call_command("migrate", verbosity=0)
    if not Evaluation.objects.exists():
        if args.without_papers:
            rng = random.Random(7)  # noqa: S311 - the same in every run
            made = Evaluation.objects.bulk_create(
                (
                    Evaluation(
                        key=f"E-{n + 1:05}", title=f"Evaluation {n}", year=rng.randint(2004, 2025), state="completed",
                        made_by="system:bench",
                        stage=rng.choice(("draft", "released", "released", "released")),
                    )
                    for n in range(args.evaluations)
                ),
                batch_size=1000,
            )  # fmt: skip
            Kept.objects.bulk_create(
                (
                    Kept(key=f"R-{n * 10 + m + 1:06}", evaluation=e, number=str(m + 1), position=m, text=f"Do this {n} {m}.")
                    for n, e in enumerate(made)
                    for m in range(10)
                ),
                batch_size=2000,
            )
        else:
            for count in fill(args.evaluations):
                print(count, "evaluations", file=sys.stderr)
    own = units()
    if not User.objects.filter(email="head@load.example").exists():
        head = User.objects.create_user("head@load.example", "a long password", name="Head")
        Grant.objects.create(user=head, role="head", given_by="system:bench")
        User.objects.create_user("unit@load.example", "a long password", name="Of a unit", unit=own[7])
        reader = User.objects.create_user("reader@load.example", "a long password", name="Reader")
        Grant.objects.create(user=reader, role="reader", given_by="system:bench")
        note("system:bench", "filled", "office:1")
    for count in follow():
        print(count, "actions", file=sys.stderr)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Its own maintenance would come to it a minute later, in the middle of the measuring.
            cursor.execute("VACUUM ANALYZE")
    print("{}")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _figures(_args: argparse.Namespace) -> None:
    from evaltrail_office.follow_up import tallies
    from evaltrail_office.follow_up.facts import Chosen, facts
    from evaltrail_office.follow_up.models import Tally

    before = _megabytes()
    for released in (False, True):
        start, wall = time.process_time(), time.monotonic()
        found = facts(Chosen(released=released))
        took = f"{time.process_time() - start:5.1f} s of processor time, {time.monotonic() - wall:5.1f} s"
        count = sum(len(r.actions) for r in found.recommendations)
        name, rows = f"facts{' of the public' if released else ''}", f"{len(found.recommendations)} and {count} actions"
        print(f"{name:20} {rows}  {took}  {_megabytes() - before:.0f} MB")
        del found
    if not Tally.objects.exists():
        start = time.process_time()
        made = tallies.tally()
        print(f"all figures          {made}  {time.process_time() - start:5.1f} s of processor time  {_megabytes() - before:.0f} MB")
    print("{}")


PAGES = {
    "head": {
        "dashboard": "/dashboard/",
        "figures": "/follow-up/figures/",
        "a figure": "/follow-up/figures/implementation-claimed/?rows=numerator&page=900",
        "a figure, of a unit": "/follow-up/figures/overdue/?rows=numerator&by=unit&value={unit}",
        "board": "/follow-up/units/{unit}/",
        "board, above": "/follow-up/units/{above}/",
        "my actions": "/follow-up/",
        "verification": "/follow-up/verify/",
        "recommendation": "/follow-up/recommendations/R-{n:06}/",
    },
    "unit": {"board": "/follow-up/units/{own}/", "my actions": "/follow-up/", "dashboard": "/dashboard/"},
    "reader": {"dashboard": "/dashboard/", "what became of it": "/public/", "figures": "/follow-up/figures/"},
}


def _address(rng: random.Random, path: str) -> str:
    unit = rng.randrange(300)
    return path.format(unit=f"U-{unit + 21:04}", above=f"U-{unit % 20 + 1:04}", own="U-0028", n=rng.randint(1, 10_000))


def _pages(args: argparse.Namespace) -> None:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from evaltrail_office.accounts.models import User

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    rng, sessions = random.Random(3), {}  # noqa: S311 - the same in every run
    for who, pages in PAGES.items():
        user = User.objects.get(email=f"{who}@load.example")
        browser = Client()
        browser.force_login(user)
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions[who] = session.session_key
        for name, path in pages.items():
            browser.get(_address(rng, path))
            took, used, bad, slow = [], [], 0, []
            for _ in range(args.rounds):
                address = _address(rng, path)
                with CaptureQueriesContext(connection) as asked:
                    start, processor = time.monotonic(), time.process_time()
                    answer = browser.get(address)
                    took.append(time.monotonic() - start)
                    used.append(time.process_time() - processor)
                bad += answer.status_code != http.client.OK
                slow += [(float(q["time"]), q["sql"]) for q in asked]
            told(f"{who}: {name}", took, bad, f"processor 95 % {sorted(used)[int(0.95 * len(used))] * 1000:6.1f} ms  {len(asked)} queries")
            if sorted(took)[int(0.95 * len(took))] > WITHIN and os.environ.get("EXPLAIN"):
                for seconds, sql in sorted(slow, reverse=True)[:3]:
                    print(f"      {seconds * 1000:.0f} ms  {sql[:1500]}", file=sys.stderr)
    print(json.dumps(sessions))


def told(name: str, took: list[float], bad: int, more: str = "") -> None:
    """Print a line."""
    own = sorted(took)
    high, within = own[min(len(own) - 1, int(0.95 * len(own)))], sum(s <= WITHIN for s in own) / len(own)
    words = f"median {statistics.median(own) * 1000:7.1f} ms  95 % {high * 1000:7.1f} ms  within 150 ms {within:6.1%}  failed {bad}"
    print(f"{name:32}{len(own):5}  {words}  {more}")


def served(address: str, sessions: dict[str, str], seconds: float) -> None:
    """The same of the office that runs, at fixed times whether or not the last page came."""
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    rng, local = random.Random(9), threading.local()  # noqa: S311 - the same in every run
    every = [(who, name, path) for who, pages in PAGES.items() for name, path in pages.items()]
    warm = 10.0

    def ask(when: float, who: str, path: str) -> tuple[float, int]:
        time.sleep(max(0.0, when - time.monotonic()))
        connection = getattr(local, "connection", None)
        if connection is None:
            connection = local.connection = http.client.HTTPConnection(host, int(port), timeout=60)
        connection.request("GET", path, headers={"Cookie": f"sessionid={sessions[who]}", "Host": f"localhost:{port}"})
        answer = connection.getresponse()
        answer.read()
        return time.monotonic() - when, answer.status

    begun = time.monotonic() + 0.5
    with ThreadPoolExecutor(32) as pool:
        waiting = []
        for n in range(int((warm + seconds) * A_SECOND)):
            who, name, path = every[n % len(every)] if n < len(every) else rng.choice(every)
            waiting.append((n / A_SECOND, f"{who}: {name}", pool.submit(ask, begun + n / A_SECOND, who, _address(rng, path))))
        found = [(name, *w.result()) for at, name, w in waiting if at >= warm]
    print(f"of the office that runs, {A_SECOND} pages a second:")
    for name in sorted({f[0] for f in found}):
        own = [f for f in found if f[0] == name]
        told(name, [f[1] for f in own], sum(f[2] != http.client.OK for f in own))
    told("all", [f[1] for f in found], sum(f[2] != http.client.OK for f in found))


if __name__ == "__main__":
    sys.exit(main())
