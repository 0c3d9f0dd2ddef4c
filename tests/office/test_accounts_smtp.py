"""Mail over a real server that speaks SMTP: what goes out, how the office signs in there, and what happens when the server is away."""

from __future__ import annotations

import base64
import logging
import os
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.utils import timezone

from evaltrail_office.accounts import mail
from evaltrail_office.accounts.actions.grants import take_emergency_access
from evaltrail_office.accounts.models import Grant, Invitation, User
from evaltrail_office.jobs.models import Job, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client

    from evaltrail_office.evaluations.models import Evaluation

    People = Callable[..., User]

pytestmark = pytest.mark.django_db
NAME, PASSWORD = "office", "s3cret words"
INVITED, HEAD = "invited@office.example", "ada@office.example"


@dataclass(slots=True)
class Taken:
    """A mail that the server took."""

    by: str
    to: list[str]
    text: str
    signed_in: bool
    ciphered: bool


@dataclass(slots=True)
class PostOffice:
    """A mail server of one test."""

    port: int
    taken: list[Taken] = field(default_factory=list)


class Talk(socketserver.StreamRequestHandler):
    """One conversation in SMTP, as far as RFC 5321, 3207 and 4954 are needed to hand over a mail."""

    timeout = 10

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        server = cast("Server", self.server)
        self.signed_in, self.ciphered = False, server.secure == "tls"
        self.by, self.to = "", []
        self.say("220 mail.test")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            verb, _, rest = line.partition(" ")
            answer = getattr(self, f"on_{verb.lower()}", None)
            if answer is None:
                self.say("502 not known")
            elif answer(rest) is False:
                return

    def on_ehlo(self, _rest: str) -> None:
        server = cast("Server", self.server)
        can = ["250-mail.test"]
        if server.secure == "starttls" and not self.ciphered:
            can.append("250-STARTTLS")
        elif server.password:
            can.append("250-AUTH PLAIN")
        for line in can:
            self.say(line)
        self.say("250 8BITMIME")

    def on_starttls(self, _rest: str) -> None:
        server = cast("Server", self.server)
        assert server.context is not None
        self.say("220 go on")
        self.connection = server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.ciphered = True

    def on_auth(self, rest: str) -> None:
        told = base64.b64decode(rest.partition(" ")[2]).decode().split("\0")
        self.signed_in = told[1:] == [NAME, cast("Server", self.server).password]
        self.say("235 welcome" if self.signed_in else "535 5.7.8 not you")

    def on_mail(self, rest: str) -> None:
        server = cast("Server", self.server)
        if server.password and not self.signed_in:
            self.say("530 sign in first")
            return
        self.by = rest.partition("<")[2].partition(">")[0]
        self.say("250 fine")

    def on_rcpt(self, rest: str) -> None:
        address = rest.partition("<")[2].partition(">")[0]
        if address.startswith("nobody"):
            self.say("550 5.1.1 no such person")
            return
        self.to.append(address)
        self.say("250 fine")

    def on_data(self, _rest: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        office = cast("Server", self.server).office
        office.taken.append(Taken(self.by, self.to, b"".join(lines).decode(), self.signed_in, self.ciphered))
        self.to = []
        self.say("250 kept")

    def on_rset(self, _rest: str) -> None:
        self.to = []
        self.say("250 fine")

    def on_quit(self, _rest: str) -> bool:
        self.say("221 bye")
        return False


class Server(socketserver.ThreadingTCPServer):
    """The listening side; with ``tls`` every conversation is ciphered from its first word."""

    allow_reuse_address = True
    daemon_threads = True
    office: PostOffice
    secure = "none"
    password = ""
    context: ssl.SSLContext | None = None

    def get_request(self) -> Any:
        talk, at = super().get_request()
        return (self.context.wrap_socket(talk, server_side=True) if self.secure == "tls" and self.context else talk), at

    def handle_error(self, _request: Any, _address: Any) -> None:
        """Whoever hangs up in the middle is not this server's trouble."""


@contextmanager
def post_office(port: int = 0, *, secure: str = "none", password: str = "", context: ssl.SSLContext | None = None) -> Iterator[PostOffice]:
    """A mail server as long as the block lasts."""
    with Server(("127.0.0.1", port), Talk) as server:
        server.office = PostOffice(server.server_address[1])
        server.secure, server.password, server.context = secure, password, context
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.office
        finally:
            server.shutdown()
            thread.join(5)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """What a server for ``localhost`` ciphers with, and the file of the certificate that is to be trusted for it."""
    pytest.importorskip("cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    file, secret = folder / "server.pem", folder / "server.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    secret.write_bytes(key.private_bytes(*plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return context, file


INVITES = f"""
import django
django.setup()
from django.conf import settings
from django.test import Client
from evaltrail_office.accounts.actions.grants import take_emergency_access
from evaltrail_office.accounts.models import User
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.jobs.worker import drain
settings.ALLOWED_HOSTS = ["testserver"]
client = Client()
client.force_login(User.objects.get(email="head@office.example"))
answer = client.post("/people/invite/", {{"email": "{INVITED}", "name": "Kim Wood"}})
assert answer.status_code == 200, answer.content
system = User.objects.create_user("system@office.example", name="Sam Okoye", is_administrator=True)
own = Evaluation.objects.create(key="E-00001", title="Cold rooms", made_by="system:test")
take_emergency_access(system, own, "A page breaks off.")
drain()
"""


@pytest.mark.parametrize("secure", ["starttls", "tls"])
def test_an_invitation_and_a_notice_of_emergency_access_go_out_as_the_settings_say(
    secure: str, own_office: Path, certificate: tuple[ssl.SSLContext, Path]
) -> None:
    context, file = certificate
    with post_office(secure=secure, password=PASSWORD, context=context) as server:
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith(("EVALTRAIL_", "DJANGO_"))}
        environment = kept | {
            "EVALTRAIL_DATA": str(own_office),
            "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings",
            "EVALTRAIL_SMTP_HOST": "localhost",
            "EVALTRAIL_SMTP_PORT": str(server.port),
            "EVALTRAIL_SMTP_USER": NAME,
            "EVALTRAIL_SMTP_PASSWORD": PASSWORD,
            "EVALTRAIL_SMTP_TLS": secure,
            "EVALTRAIL_MAIL_FROM": "evaluation@office.example",
            "SSL_CERT_FILE": str(file),
        }
        done = subprocess.run([sys.executable, "-c", INVITES], env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
    invitation, notice = server.taken
    assert (invitation.to, notice.to) == ([INVITED], ["head@office.example"])
    assert "Kim Wood" in invitation.text
    assert "/invitation" in invitation.text
    assert "A page breaks off." in notice.text
    assert all(t.by == "evaluation@office.example" and t.signed_in and t.ciphered for t in server.taken)


@pytest.fixture
def smtp(settings: Any) -> Callable[..., None]:
    """Has the office send over a server on this machine."""

    def to(port: int, **others: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        for name, value in others.items():
            setattr(settings, name, value)

    return to


@pytest.fixture
def closed() -> int:
    """A port at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def said(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(r.getMessage() for r in caplog.records)


def test_with_the_server_away_the_invitation_stands_on_the_page_and_works(
    client: Client, person: People, smtp: Callable[..., None], closed: int, caplog: pytest.LogCaptureFixture
) -> None:
    head = person("head", administrator=True)
    client.force_login(head)
    smtp(closed)
    with caplog.at_level(logging.WARNING):
        page = client.post("/people/invite/", {"email": INVITED, "name": "Kim Wood"}).content.decode()
    line = f"The mail server 127.0.0.1:{closed} cannot be reached"
    assert "The mail could not be sent." in page
    assert line in page
    assert line in said(caplog)
    assert not any(r.exc_info for r in caplog.records if r.name.startswith("evaltrail"))
    assert Invitation.objects.filter(user__email=INVITED).count() == 1
    link = next(x for x in page.split('<p class="secret" tabindex="0">')[1].split("<")).removeprefix("http://testserver")
    client.logout()
    assert client.get(link).status_code == 200


def test_with_the_server_away_a_notice_waits_with_a_clear_line_and_goes_out_when_it_is_back(
    person: People, evaluation: Callable[..., Evaluation], smtp: Callable[..., None], closed: int, work: Callable[[], int]
) -> None:
    heads = [person("head"), person("head")]
    smtp(closed)
    take_emergency_access(person(administrator=True), evaluation("Cold rooms"), "A page breaks off.")
    assert Grant.objects.filter(emergency=True).count() == 1
    work()
    jobs = Job.objects.filter(kind="accounts.mail")
    assert jobs.count() == 2
    assert {j.state for j in jobs} == {State.WAITING}
    assert all(f"The mail server 127.0.0.1:{closed} cannot be reached" in j.fault for j in jobs)
    # As after some hours in which it was tried again and again.
    jobs.update(due=timezone.now(), attempts=mail.ATTEMPTS - 1)
    with post_office(closed) as server:
        work()
    assert sorted(t.to[0] for t in server.taken) == sorted(h.email for h in heads)
    assert {j.state for j in jobs.all()} == {State.DONE}


def test_an_address_that_there_is_not_is_not_tried_again_and_keeps_no_other_from_its_mail(
    person: People, evaluation: Callable[..., Evaluation], smtp: Callable[..., None], work: Callable[[], int]
) -> None:
    gone, there = person("head"), person("head")
    User.objects.filter(pk=gone.pk).update(email="nobody@office.example")
    with post_office() as server:
        smtp(server.port)
        take_emergency_access(person(administrator=True), evaluation(), "A page breaks off.")
        work()
    assert [t.to for t in server.taken] == [[there.email]]
    failed = Job.objects.get(kind="accounts.mail", state=State.FAILED)
    assert failed.fault.endswith("does not take mail for the address.")


@pytest.mark.parametrize("known", [True, False])
def test_who_asks_for_a_new_password_gets_the_same_answer_while_the_server_is_away(
    known: bool,  # noqa: FBT001 - of the table above
    client: Client,
    person: People,
    smtp: Callable[..., None],
    closed: int,
) -> None:
    own = person("reader").email
    address = own if known else "who@office.example"
    smtp(closed)
    answer = client.post("/accounts/password/reset/", {"email": address})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/password/reset/done/")
    # The link would stand there for whoever reads the table.
    assert not Job.objects.exists()


def test_that_an_address_was_changed_is_told_when_the_server_is_back(
    client: Client, person: People, smtp: Callable[..., None], closed: int, work: Callable[[], int]
) -> None:
    client.force_login(person("head"))
    other = person("reader")
    before = other.email
    smtp(closed)
    answer = client.post(f"/people/{other.key}/", {"name": other.name, "email": "new@office.example"})
    assert answer.status_code == 302
    with post_office(closed) as server:
        work()
    assert [t.to for t in server.taken] == [[before]]
    assert "new@office.example" in server.taken[0].text


def test_that_a_password_was_changed_is_told_when_the_server_is_back(
    client: Client, person: People, smtp: Callable[..., None], closed: int, work: Callable[[], int]
) -> None:
    user = person("reader")
    client.force_login(user)
    smtp(closed)
    new = {"oldpassword": "a long password", "password1": "another long password", "password2": "another long password"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another long password")
    with post_office(closed) as server:
        work()
    assert [t.to for t in server.taken] == [[user.email]]


def test_each_fault_of_a_server_names_the_setting_to_look_at(smtp: Callable[..., None], certificate: tuple[ssl.SSLContext, Path]) -> None:
    def fault(port: int, **settings: Any) -> str:
        smtp(port, **settings)
        with pytest.raises(mail.NotSent) as told:
            mail.send("s", "t", HEAD)
        assert "\n" not in str(told.value)
        assert HEAD not in str(told.value)
        return str(told.value)

    context, _file = certificate
    with post_office(secure="starttls", password=PASSWORD, context=context) as server:
        assert "a certificate that is not trusted" in fault(server.port, EMAIL_USE_TLS=True)
    with post_office(password=PASSWORD) as server:
        assert "EVALTRAIL_SMTP_PASSWORD" in fault(server.port, EMAIL_HOST_USER=NAME, EMAIL_HOST_PASSWORD=NAME)
        assert "EVALTRAIL_SMTP_TLS" in fault(server.port, EMAIL_USE_TLS=True)
        assert "does not take mail" in fault(server.port)
